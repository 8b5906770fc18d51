/*
 * GraphQL resolvers in maps: { Query: { users }, User: { orders() {} } }, in lists and merges of such maps, with the fields
 * of one spread into another, and in modules, whose exports are a map as well.
 */
#include "wire/reading.h"

enum { DEEPEST = 6 };

/* A map of types, or of the fields of one type. */
struct map_of {
	struct str type; /* "" for one of types */
	unsigned depth;
};

static void read_map(struct reading *r, struct map_of m, struct place map);

/* What may resolve a field, as far as it is known; the values of an enumeration are literals. */
static bool may_resolve(struct reading *r, struct place value)
{
	static const uint64_t kinds = KIND(LAMBDA) | KIND(FUNCTION) | KIND(NAME) | KIND(MEMBER) | KIND(CALL) |
				      KIND(OBJECT);
	struct place at = behind(r, value);
	at = at.node ? at : value;
	return kinds >> facts_of(r, at.file)->nodes[at.node].kind & 1;
}

/* A function, or what subscribes to events: { subscribe() {}, resolve() {} }. */
static struct place resolver_behind(struct reading *r, struct place value)
{
	struct place at = behind(r, value);
	if (!at.node || node_kind(facts_of(r, at.file), at.node) != NODE_OBJECT)
		return handler_behind(r, value);
	struct place subscribe = at_key(r, at, STR("subscribe")), resolve = at_key(r, at, STR("resolve"));
	struct place function = subscribe.node ? subscribe : resolve;
	return function.node ? handler_behind(r, function) : function;
}

/* An entry of a map: a type with its fields, or a field with what resolves it. __resolveType and the like are no fields. */
static void read_entry(struct reading *r, struct map_of m, struct str name, struct place at, struct place value)
{
	if (!value.node || str_starts(name, STR("__")))
		return;
	if (str_empty(m.type)) {
		read_map(r, (struct map_of){ name, m.depth + 1 }, value);
		return;
	}
	struct route route = { .protocol = PROTOCOL_GRAPHQL,
		.path = { .text = arena_printf(&r->graph.arena, "%.*s.%.*s", STR_ARG(m.type), STR_ARG(name)) },
		.place = at,
		.handler = resolver_behind(r, value) };
	if (may_resolve(r, value))
		add_route(r, route);
}

static void read_module(struct reading *r, struct map_of m, file_id file)
{
	const struct facts *f = facts_of(r, file);
	for (uint32_t i = 0; i < f->export_count && m.depth < DEEPEST; i++) {
		struct str name = facts_str(f, f->exports[i].name);
		struct map_of below = { str_is(name, "default") ? m.type : name, m.depth + 1 };
		struct place at;
		if (!model_exported(r->model, file, name, &at.file, &at.node))
			continue;
		if (!at.node && str_empty(m.type)) /* module.exports = { Query: require("./queries") } */
			read_module(r, below, at.file);
		else if (str_is(name, "default"))
			read_map(r, below, at);
		else
			read_entry(r, m, name, at, at);
	}
}

static void read_object(struct reading *r, struct map_of m, struct place object)
{
	const struct facts *f = facts_of(r, object.file);
	facts_each_child(f, object.node, c) {
		struct place part = { object.file, c }, value = { object.file, node_child(f, c, PART_VALUE) };
		if (node_kind(f, c) == NODE_SPREAD)
			read_map(r, (struct map_of){ m.type, m.depth + 1 }, part);
		else if (node_kind(f, c) == NODE_PAIR)
			read_entry(r, m, node_name(f, c), part, value);
	}
}

static void read_map(struct reading *r, struct map_of m, struct place map)
{
	struct place at = map.node ? behind(r, map) : map;
	file_id file;
	if (!map.node || m.depth > DEEPEST)
		return;
	if (!at.node) {
		if (module_behind(r, map, &file))
			read_module(r, m, file);
		return;
	}
	const struct facts *f = facts_of(r, at.file);
	enum node_kind kind = node_kind(f, at.node);
	if (kind == NODE_OBJECT)
		read_object(r, m, at);
	bool is_list = kind == NODE_ARRAY || kind == NODE_SPREAD;
	bool is_merge = kind == NODE_CALL && !node_has(f, at.node, FLAG_NEW);
	facts_each_child(f, at.node, c)
		if (is_list || (is_merge && f->nodes[c].part == PART_ARG))
			read_map(r, (struct map_of){ m.type, m.depth + 1 }, (struct place){ at.file, c });
}

void read_resolvers(struct reading *r, struct place call, const struct library_entry *entry)
{
	read_map(r, (struct map_of){ STR(""), 0 },
		argument(r, call.file, call.node, library_attribute(entry, "resolvers")));
}
