/* Where what an endpoint does ends up: in something that lasts, or in a field that a restart empties. */
#include "wire/functions.h"

struct search {
	const struct wire *w;
	const struct model *m;
	struct function handler;
	struct functions walk;
	struct map places; /* in memory, that endpoints lead to */
};

/* ---- what values are ---- */

/* What a field is made as: a list, a table or a set of the language's own. */
static bool is_collection(const struct model *m, file_id file, node_id field)
{
	static const char *const made[] = { "Map", "Set", "Array", "dict", "list", "set", "make", "HashMap::new",
		"Vec::new" };
	const struct facts *f = &model_file(m, file)->facts;
	node_id value = node_child(f, field, PART_VALUE);
	if (!value)
		return false;
	if ((KIND(ARRAY) | KIND(OBJECT)) >> f->nodes[value].kind & 1)
		return !node_child(f, value, PART_TYPE);
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		if (node_kind(f, value) == NODE_CALL && str_is(node_name(f, value), made[i]))
			return true;
	return false;
}

/* Is it a value of the language's own: a list, a number, a text? No repository hides in it. */
static bool is_plain_value(const struct model *m, file_id file, node_id binding)
{
	const struct facts *f = &model_file(m, file)->facts;
	node_id spelled = node_child(f, binding, PART_TYPE);
	if (is_collection(m, file, binding))
		return true;
	if (!spelled)
		return false;
	struct str name = node_name(f, spelled);
	return model_spelled_type(m, file, spelled).kind == MEANS_BUILTIN || str_starts(name, STR("[")) ||
	       str_is(name, "map") || str_is(name, "Map") || str_is(name, "Array");
}

/* A call on a value that the code tells nothing of. An untyped handler's own parameters (`res.json()`) are the framework's. */
static bool may_lead_anywhere(const struct search *s, struct function f, node_id call)
{
	const struct facts *facts = &model_file(s->m, f.file)->facts;
	struct str name = node_name(facts, call), object = path_parent(name);
	node_id binding = model_binding(s->m, f.file, call, path_first(name));
	if (f.file == s->handler.file && binding && node_kind(facts, binding) == NODE_PARAM &&
		facts->nodes[binding].parent == s->handler.node)
		return false;
	struct meaning means = model_path_meaning(s->m, f.file, call, str_empty(object) ? name : object);
	bool is_bound = (means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL) && str_empty(means.name);
	return !is_bound || !is_plain_value(s->m, means.file, means.node);
}

static bool calls_unknown(const struct search *s, struct function f)
{
	const node_id *calls;
	uint32_t count = model_unknown_calls(s->m, f.file, f.node, &calls);
	for (uint32_t i = 0; i < count; i++)
		if (may_lead_anywhere(s, f, calls[i]))
			return true;
	return false;
}

/* ---- fields that hold data ---- */

/* Names of what a process keeps about itself: it is not what a user asked to store. */
static bool is_own_affair(struct str name)
{
	static const char *const words[] = { "cache", "pending", "queue", "client", "socket", "connection",
		"subscriber", "listener", "handler", "metric", "timer", "lock", "flight", "registr", "provider",
		"strateg", "room", "session", "stream", "watch", "hook", "plugin", "config", "option", "route",
		"middleware", "seen", "buffer", "batch" };
	struct buf lower = { 0 };
	bool own = false;
	for (uint32_t i = 0; i < name.len; i++)
		buf_add_char(&lower, name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32) : name.ptr[i]);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !own; i++)
		own = str_contains(buf_str(&lower), str_from(words[i]));
	buf_release(&lower);
	return own;
}

/* this.orders.push(…), this.orders.set(…): the call that changes a collection in a field; 0 when there is none. */
static node_id changes_field(const struct search *s, struct function f)
{
	static const char *const changes[] = { "push", "set", "add", "delete", "unshift", "splice", "append", "pop",
		"remove", "insert", "update", "clear" };
	const struct facts *facts = &model_file(s->m, f.file)->facts;
	facts_each_below(facts, f.node, n) {
		struct str name = node_name(facts, n), last = path_last(name), object = path_parent(name);
		bool change = false;
		if (node_kind(facts, n) != NODE_CALL || str_empty(object))
			continue;
		for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
			change = change || str_is(last, changes[i]);
		if (!change || is_own_affair(path_last(object)))
			continue;
		struct meaning means = model_path_meaning(s->m, f.file, n, object);
		bool is_field = means.kind == MEANS_DECLARATION &&
				node_kind(&model_file(s->m, means.file)->facts, means.node) == NODE_FIELD;
		if (is_field && is_collection(s->m, means.file, means.node))
			return n;
	}
	return 0;
}

/* ---- the walk ---- */

static bool is_persistent(const struct search *s, struct function f)
{
	const node_id *calls;
	enum layer layer = function_layer(s->m, f);
	return layer == LAYER_REPOSITORY || layer == LAYER_ENTITY || model_database_calls(s->m, f.file, f.node, &calls);
}

static struct storage_evidence find_storage(struct search *s)
{
	struct storage_evidence memory = { .storage = STORAGE_NONE };
	bool unknown = false;
	functions_begin(&s->walk, s->handler);
	for (uint32_t i = 0; i < s->walk.queue.count; i++) {
		struct function f = s->walk.queue.items[i];
		struct call call;
		if (is_persistent(s, f))
			return (struct storage_evidence){ .storage = STORAGE_PERSISTENT };
		unknown = unknown || calls_unknown(s, f);
		node_id change = memory.storage == STORAGE_NONE ? changes_field(s, f) : 0;
		if (change)
			memory = (struct storage_evidence){ STORAGE_MEMORY, f.file, change, false };
		for (uint32_t position = 0; model_next_call(s->m, f.file, f.node, &position, &call);)
			functions_add(&s->walk, (struct function){ call.file, call.callee });
	}
	if (unknown || s->walk.queue.count == MOST_WALKED)
		return (struct storage_evidence){ .storage = STORAGE_UNKNOWN };
	return memory;
}

static bool is_repeated(struct search *s, struct storage_evidence evidence)
{
	bool added;
	if (evidence.storage != STORAGE_MEMORY)
		return false;
	map_put(&s->places, function_number((struct function){ evidence.file, evidence.node }), 1, &added);
	return !added;
}

void wire_find_storage(struct wire *w)
{
	struct search s = { .w = w, .m = w->model };
	w->storage = arena_array(&w->arena, struct storage_evidence, w->endpoints.count);
	for (uint32_t i = 0; i < w->endpoints.count; i++) {
		const struct endpoint *e = &w->endpoints.items[i];
		s.handler = (struct function){ e->handler_file, e->handler };
		w->storage[i] = e->handler ? find_storage(&s) : (struct storage_evidence){ .storage = STORAGE_UNKNOWN };
		w->storage[i].repeated = is_repeated(&s, w->storage[i]);
	}
	map_release(&s.places);
	functions_release(&s.walk);
}

struct storage_evidence wire_storage(const struct wire *w, uint32_t endpoint)
{
	return w->storage[endpoint];
}
