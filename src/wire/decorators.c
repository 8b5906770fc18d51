/* Functions that a decorator registers: on a router, or under a name of their own. */
#include "wire/reading.h"

node_id decorator_with(
	const struct reading *r, struct place declaration, enum role role, const struct library_entry **entry)
{
	const struct facts *f = facts_of(r, declaration.file);
	facts_each_child(f, declaration.node, c) {
		if (node_kind(f, c) != NODE_DECORATOR)
			continue;
		*entry = model_role(r->model, declaration.file, c, role);
		if (*entry)
			return c;
	}
	return 0;
}

/* What a text or a lambda that hands on a class says: 'users', () => User, of => [User]. */
static struct str said(struct reading *r, struct place at)
{
	const struct facts *f = facts_of(r, at.file);
	while (node_kind(f, at.node) == NODE_LAMBDA || node_kind(f, at.node) == NODE_ARRAY) {
		bool is_lambda = node_kind(f, at.node) == NODE_LAMBDA;
		at.node = is_lambda ? node_child(f, at.node, PART_BODY)
				    : (at.node + 1 < f->nodes[at.node].next ? at.node + 1 : 0);
		if (!at.node)
			return STR("");
	}
	if (node_kind(f, at.node) == NODE_NAME)
		return path_last(node_name(f, at.node));
	return place_text(r, at);
}

/* The type that fields are resolved of: what the class's own decorator is handed. */
static struct str owner_of(struct reading *r, struct place function)
{
	struct place owner = { function.file, node_ancestor(facts_of(r, function.file), function.node, KIND(CLASS)) };
	const struct library_entry *entry;
	node_id decorator = owner.node ? decorator_with(r, owner, ROLE_CONTROLLER, &entry) : 0;
	struct place type = argument(r, owner.file, decorator, STR("0"));
	return decorator && type.node ? said(r, type) : STR("");
}

/* "Query.users", "users.created", "Orders/Create" */
static struct str full_name(struct reading *r, struct place decorator, const struct library_entry *entry,
	struct place function, enum protocol protocol)
{
	struct str words = library_attribute(entry, "path"), word, name = { 0 };
	while (str_empty(name) && str_split(&words, ' ', &word)) {
		struct place at = argument(r, decorator.file, decorator.node, word);
		if (at.node && node_kind(facts_of(r, at.file), at.node) != NODE_LAMBDA)
			name = place_text(r, at);
	}
	struct str own = node_name(facts_of(r, function.file), function.node),
		   kind = library_attribute(entry, "method");
	if (protocol == PROTOCOL_GRAPHQL) {
		struct str owner = str_empty(kind) ? owner_of(r, function) : kind;
		return arena_printf(
			&r->graph.arena, "%.*s.%.*s", STR_ARG(owner), STR_ARG(str_empty(name) ? own : name));
	}
	if (protocol == PROTOCOL_GRPC) {
		struct place method = argument(r, decorator.file, decorator.node, kind);
		struct str last = method.node ? place_text(r, method) : own;
		return arena_printf(&r->graph.arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(last));
	}
	return str_empty(name) ? own : name;
}

/* Resolvers, gateways, message handlers. */
static void read_named(struct reading *r, struct place decorator, const struct library_entry *entry)
{
	struct place function = { decorator.file, facts_of(r, decorator.file)->nodes[decorator.node].parent };
	for (enum protocol protocol = PROTOCOL_GRPC; protocol < PROTOCOL_COUNT; protocol++) {
		if (!str_is(library_attribute(entry, "protocol"), protocol_name(protocol)))
			continue;
		struct route route = { .protocol = protocol,
			.path = { .text = full_name(r, decorator, entry, function, protocol) },
			.place = decorator,
			.handler = function };
		add_route(r, route);
	}
}

/* #[get("/users")] on a function of no class, which `routes![list]` puts under a path. */
static const struct library_entry *own_route(const struct reading *r, struct place decorator)
{
	const struct facts *f = facts_of(r, decorator.file);
	const struct library_entry *entry = model_role(r->model, decorator.file, decorator.node, ROLE_ROUTE);
	if (!entry || str_empty(library_attribute(entry, "path")) || !str_empty(library_attribute(entry, "protocol")) ||
		node_ancestor(f, decorator.node, KIND(CLASS) | KIND(IMPL)))
		return NULL;
	bool is_member = model_library(r->model, f->language, path_parent(entry->name), ROLE_ROUTER) != NULL;
	return is_member ? NULL : entry;
}

router_id router_of_handler(struct reading *r, struct place function)
{
	const struct facts *f = facts_of(r, function.file);
	facts_each_child(f, function.node, c) {
		struct place decorator = { function.file, c };
		const struct library_entry *entry = node_kind(f, c) == NODE_DECORATOR ? own_route(r, decorator) : NULL;
		if (!entry)
			continue;
		router_id own = router_at(r, decorator, STR(""));
		routers_get(&r->graph, own)->is_described = !str_empty(library_attribute(entry, "describes"));
		return own;
	}
	return 0;
}

/* The router of a class whose own methods are its routes: class Users(BaseApi), @expose("/list"). */
static router_id router_around(struct reading *r, struct place decorator)
{
	const struct facts *f = facts_of(r, decorator.file);
	struct place owner = { decorator.file, node_ancestor(f, decorator.node, KIND(CLASS)) };
	const struct library_entry *base = owner.node ? class_base_role(r->model, owner.file, owner.node, ROLE_ROUTER)
						      : NULL;
	return base && !str_empty(library_attribute(base, "fields")) ? router_of(r, owner) : 0;
}

void read_decorator(struct reading *r, struct place decorator)
{
	const struct facts *f = facts_of(r, decorator.file);
	struct str path = path_parent(node_name(f, decorator.node));
	struct place at = { 0, 0 };
	if (!str_empty(path))
		at = behind_path(r, decorator.file, decorator.node, path).at;
	router_id router = at.node ? router_of(r, at) : 0;
	if (router) {
		call_member(r, decorator, router, path_last(node_name(f, decorator.node)));
		return;
	}
	if (node_kind(f, f->nodes[decorator.node].parent) == NODE_CLASS)
		return;
	const struct library_entry *entry = own_route(r, decorator);
	if (entry) {
		struct place function = { decorator.file, f->nodes[decorator.node].parent };
		register_name(r, decorator, router_of_handler(r, function), entry->name);
		return;
	}
	entry = model_role(r->model, decorator.file, decorator.node, ROLE_ROUTE);
	if (!entry)
		return;
	router_id around = router_around(r, decorator);
	if (around)
		register_name(r, decorator, around, entry->name);
	else if (!str_empty(library_attribute(entry, "protocol")))
		read_named(r, decorator, entry);
}
