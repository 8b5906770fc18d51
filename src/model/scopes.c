/* Which names a file binds, and in which scope. */
#include "model/internal.h"

#include "base/hash.h"

static const uint64_t SCOPES = KIND(FILE) | KIND(NAMESPACE) | KIND(FUNCTION) | KIND(LAMBDA) | KIND(BLOCK) | KIND(LOOP) |
			       KIND(CATCH) | KIND(CASE) | KIND(IF) | KIND(SWITCH) | KIND(COMPREHENSION) | KIND(CLASS) |
			       KIND(INTERFACE) | KIND(IMPL) | KIND(WITH);
/* Names bound in these are reached through their owner, not lexically. */
static const uint64_t MEMBER_SCOPES = KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL);
static const uint64_t FUNCTION_SCOPES = KIND(FILE) | KIND(FUNCTION) | KIND(LAMBDA);

uint64_t model_key(uint64_t within, struct str name)
{
	return hash_mix(within, name.ptr, name.len);
}

static node_id enclosing(const struct facts *f, node_id n, uint64_t kinds)
{
	while (n) {
		n = f->nodes[n].parent;
		if (kinds >> f->nodes[n].kind & 1)
			return n;
	}
	return 0;
}

static void bind(struct file_index *index, const struct facts *f, node_id scope, struct str name, node_id node)
{
	(void)f;
	if (str_empty(name))
		return;
	bool added;
	uint32_t *slot = map_put(&index->bindings, model_key(scope, name), node, &added);
	if (!added && *slot != node)
		*slot |= NAME_SHARED;
}

/* The scope that sees what node `n` declares. */
static node_id scope_of(const struct facts *f, node_id n)
{
	bool whole_function = node_has(f, n, FLAG_FUNCTION_SCOPED) ||
			      node_has(f, f->nodes[n].parent, FLAG_FUNCTION_SCOPED);
	return enclosing(f, n, whole_function ? FUNCTION_SCOPES | KIND(CLASS) : SCOPES);
}

/* Do the TARGET children of this node declare names? */
static bool declares_targets(const struct facts *f, node_id n)
{
	switch (node_kind(f, n)) {
	case NODE_ASSIGN:
	case NODE_LOOP:
	case NODE_SWITCH:
	case NODE_COMPREHENSION:
	case NODE_WITH:
		return node_has(f, n, FLAG_DECLARES);
	case NODE_PARAM:
	case NODE_CATCH:
		return true; /* a pattern that the parameter is taken apart by */
	default:
		return false;
	}
}

/* A NAME that stands in a declaring target, however deep inside patterns. */
static bool is_declared_target(const struct facts *f, node_id n)
{
	static const uint64_t patterns = KIND(ARRAY) | KIND(OBJECT) | KIND(PAIR) | KIND(SPREAD);
	node_id up = n;
	while (patterns >> f->nodes[f->nodes[up].parent].kind & 1) {
		if (f->nodes[up].part == PART_KEY) /* {[key]: name} reads key */
			return false;
		up = f->nodes[up].parent;
	}
	return f->nodes[up].part == PART_TARGET && declares_targets(f, f->nodes[up].parent);
}

/* url = `${url}?q=${q}`, url = url + "?q=" + q: a query behind what it was. */
static bool adds_query(const struct facts *f, node_id value, struct str name)
{
	node_id first = value, end = f->nodes[value].next;
	while (first + 1 < end && (KIND(BINARY) | KIND(TEMPLATE)) >> f->nodes[first].kind & 1)
		first++;
	return first + 1 < end && node_kind(f, first) == NODE_NAME && str_eq(node_name(f, first), name) &&
	       node_kind(f, first + 1) == NODE_STRING &&
	       (str_starts(node_name(f, first + 1), STR("?")) || str_starts(node_name(f, first + 1), STR("&")));
}

/* url.trim(), strings.Replace(url, …) */
static bool is_kept_by_call(const struct facts *f, node_id call, struct str name)
{
	node_id first = call_arg(f, call, 0);
	bool is_handed = f->language == LANGUAGE_GO && first && node_kind(f, first) == NODE_NAME &&
			 str_eq(node_name(f, first), name);
	return text_is_kept_by(path_last(node_name(f, call))) &&
	       (is_handed || str_eq(path_parent(node_name(f, call)), name));
}

/* `url = url.trim()` and the like say what was said, but for a query. */
static bool keeps_text(const struct facts *f, node_id target)
{
	node_id assign = f->nodes[target].parent;
	node_id value = node_kind(f, assign) == NODE_ASSIGN ? node_child(f, assign, PART_VALUE) : 0;
	struct str name = node_name(f, target);
	if (value && node_kind(f, value) == NODE_CALL)
		return is_kept_by_call(f, value, name);
	return value && !str_is(node_name(f, assign), "+=") && adds_query(f, value, name);
}

/* Python binds by assignment: `url = url.strip()` of a parameter is no second variable. */
static void bind_target(struct file_index *index, const struct facts *f, node_id n)
{
	node_id scope = scope_of(f, n);
	struct str name = node_name(f, n);
	if (keeps_text(f, n) && map_get(&index->bindings, model_key(scope, name)))
		return;
	bind(index, f, scope, name, n);
}

/* The members of an object literal that is too long to look through again and again. */
static const uint64_t OBJECT_MEMBERS = 1ull << 33;
enum { SHORT_OBJECT = 16 };
#define SPREAD_NAME STR("...")

static struct str member_name(const struct facts *f, node_id child)
{
	return node_kind(f, child) == NODE_SPREAD ? SPREAD_NAME : node_name(f, child);
}

static void index_object(struct file_index *index, const struct facts *f, node_id object)
{
	uint32_t count = 0;
	facts_each_child(f, object, c)
		if (++count > SHORT_OBJECT)
			map_put(&index->bindings, model_key(OBJECT_MEMBERS | object, member_name(f, c)), c, NULL);
}

/* The first child by this name, or 0. */
static node_id object_child(const struct model *m, file_id file, node_id object, struct str name)
{
	const struct facts *f = &m->files[file].facts;
	uint32_t count = 0;
	facts_each_child(f, object, c) {
		if (++count > SHORT_OBJECT)
			break;
		if (str_eq(member_name(f, c), name))
			return c;
	}
	const uint32_t *child = NULL;
	if (count > SHORT_OBJECT)
		child = map_get(&m->indexes[file].bindings, model_key(OBJECT_MEMBERS | object, name));
	return child ? *child : 0;
}

node_id model_object_value(const struct model *m, file_id file, node_id object, struct str key)
{
	node_id pair = object_child(m, file, object, key);
	return pair ? node_child(&m->files[file].facts, pair, PART_VALUE) : 0;
}

node_id model_object_spread(const struct model *m, file_id file, node_id object)
{
	return object_child(m, file, object, SPREAD_NAME);
}

/* Members that only an assignment makes are bound apart, so that a declared one comes first. */
static const uint64_t ASSIGNED_MEMBERS = 1ull << 32;

bool is_self(struct str name)
{
	return str_is(name, "this") || str_is(name, "self") || str_is(name, "cls") || str_is(name, "Self");
}

/* `this.name = …`, `self.name = …` */
static void index_assigned_member(struct file_index *index, const struct facts *f, node_id n)
{
	struct str name = node_name(f, n), member = path_rest(name);
	if (f->nodes[n].part != PART_TARGET || !is_self(path_first(name)) || !str_empty(path_rest(member)))
		return;
	node_id class_node = node_ancestor(f, n, KIND(CLASS));
	if (class_node && !str_empty(member))
		map_put(&index->bindings, model_key(ASSIGNED_MEMBERS | class_node, member), n, NULL);
}

node_id assigned_member(const struct model *m, file_id file, node_id class_node, struct str name)
{
	const uint32_t *found = map_get(&m->indexes[file].bindings, model_key(ASSIGNED_MEMBERS | class_node, name));
	return found ? *found : 0;
}

static void index_result(struct file_index *index, const struct facts *f, node_id n)
{
	node_id value = node_child(f, n, PART_VALUE);
	if (!value || node_kind(f, value) == NODE_CONST)
		return;
	bool added;
	uint32_t *slot = map_put(&index->results, node_function(f, n), value, &added);
	if (!added)
		*slot |= NAME_SHARED;
}

/* A method of Go stands at the top of its file, and is reached through its receiver alone. */
static bool is_detached_method(const struct facts *f, node_id function)
{
	return f->nodes[function].parent == 0 && node_child(f, function, PART_RECEIVER);
}

static void index_node(struct file_index *index, const struct facts *f, node_id n)
{
	struct str name = node_name(f, n);
	if (node_kind(f, f->nodes[n].parent) == NODE_TYPE)
		return; /* members of a type without a name are seen by nobody */
	switch (node_kind(f, n)) {
	case NODE_NAME:
		if (str_find(name, '.') != UINT32_MAX)
			index_assigned_member(index, f, n);
		else if (is_declared_target(f, n))
			bind_target(index, f, n);
		break;
	case NODE_OBJECT:
		index_object(index, f, n);
		break;
	case NODE_RETURN:
		index_result(index, f, n);
		break;
	case NODE_PARAM:
		bind(index, f, scope_of(f, n), name, n);
		if (node_has(f, n, FLAG_PARAM_PROPERTY))
			bind(index, f, node_ancestor(f, n, KIND(CLASS)), name, n);
		break;
	case NODE_FUNCTION:
		if (!is_detached_method(f, n))
			bind(index, f, scope_of(f, n), name, n);
		break;
	case NODE_VAR:
	case NODE_CLASS:
	case NODE_INTERFACE:
	case NODE_ENUM:
	case NODE_ALIAS:
		bind(index, f, scope_of(f, n), name, n);
		break;
	case NODE_CATCH:
		bind(index, f, n, name, n);
		break;
	case NODE_FIELD:
	case NODE_ENUM_VALUE:
		bind(index, f, enclosing(f, n, SCOPES | KIND(ENUM)), name, n);
		break;
	default:
		break;
	}
}

/* Imports stand among the bindings, too: by their node and local name, where no scope is. */
static uint64_t import_key(node_id node, struct str local)
{
	return model_key(UINT64_C(1) << 40 | node, local);
}

uint32_t import_that_binds(const struct model *m, file_id file, node_id node, struct str local)
{
	const uint32_t *import = map_get(&m->indexes[file].bindings, import_key(node, local));
	return import ? *import : UINT32_MAX;
}

void bind_import_as(struct model *m, file_id file, uint32_t import, struct str name)
{
	struct map *bindings = &m->indexes[file].bindings;
	node_id node = m->files[file].facts.imports[import].node;
	bool added;
	map_put(bindings, model_key(0, name), node, &added);
	if (added)
		map_put(bindings, import_key(node, name), import, NULL);
}

uint32_t binding_in_scope(const struct model *m, file_id file, node_id scope, struct str name)
{
	const uint32_t *found = map_get(&m->indexes[file].bindings, model_key(scope, name));
	return found ? *found : 0;
}

static uint32_t *binding_slot(const struct model *m, file_id file, node_id from, struct str name)
{
	const struct facts *f = &m->files[file].facts;
	if (!f->node_count)
		return NULL;
	node_id scope = from;
	for (;;) {
		uint64_t bit = 1ull << f->nodes[scope].kind;
		/* a class's own body (not a method of it) sees its members in Python only */
		bool lexical = (bit & SCOPES) && (!(bit & MEMBER_SCOPES) || f->nodes[from].parent == scope);
		uint32_t *found = lexical ? map_get(&m->indexes[file].bindings, model_key(scope, name)) : NULL;
		if (found)
			return found;
		if (!scope)
			return NULL;
		bool decorates = node_kind(f, scope) == NODE_DECORATOR;
		scope = f->nodes[scope].parent;
		if (decorates &&
			node_kind(f, scope) == NODE_FUNCTION) /* @users.get("/") does not see what the function binds */
			scope = f->nodes[scope].parent;
	}
}

static uint32_t find_binding(const struct model *m, file_id file, node_id from, struct str name)
{
	const uint32_t *slot = binding_slot(m, file, from, name);
	return slot ? *slot : 0;
}

/* url += "/" + id, url += `/${id}`: more of a path, and no query. */
static bool adds_path(const struct facts *f, node_id assign)
{
	node_id value = node_child(f, assign, PART_VALUE);
	while (value && (KIND(BINARY) | KIND(TEMPLATE)) >> f->nodes[value].kind & 1 && value + 1 < f->nodes[value].next)
		value++;
	return value && node_kind(f, value) == NODE_STRING && str_starts(node_name(f, value), STR("/"));
}

/* A variable that is another name for something (`let x = console`) is no longer when it is assigned again. */
static void note_reassignment(struct file_index *index, const struct facts *f, uint32_t *slot, node_id target)
{
	node_id variable = *slot & ~NAME_SHARED, value = node_child(f, variable, PART_VALUE);
	if (value && node_kind(f, value) == NODE_NAME)
		*slot |= NAME_SHARED;
	if (keeps_text(f, target))
		return;
	node_id assign = f->nodes[target].parent;
	enum change now = !str_is(node_name(f, assign), "+=") ? CHANGED : adds_path(f, assign) ? LENGTHENED : EXTENDED;
	uint32_t *change = map_put(&index->changes, variable, now, NULL);
	if (*change < now)
		*change = now;
}

static void note_reassignments(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_NAME || f->nodes[n].part != PART_TARGET || is_declared_target(f, n))
			continue;
		uint32_t *slot = binding_slot(m, file, n, node_name(f, n));
		if (slot)
			note_reassignment(&m->indexes[file], f, slot, n);
	}
}

enum change model_change(const struct model *m, file_id file, node_id variable)
{
	const struct facts *f = &m->files[file].facts;
	const uint32_t *change = map_get(&m->indexes[file].changes, variable);
	if (change)
		return (enum change) * change;
	bool is_target = node_kind(f, variable) == NODE_NAME;
	bool is_member = is_target && is_self(path_first(node_name(f, variable)));
	return is_target && !is_member && !model_binding_is_unique(m, file, variable, node_name(f, variable))
		       ? CHANGED
		       : UNCHANGED;
}

void model_index_file(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct file_index *index = &m->indexes[file];
	/* a block is no scope in Python: what a try imports, its file has */
	bool blocks = f->language != LANGUAGE_PYTHON;
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		node_id scope = enclosing(f, import->node, blocks ? SCOPES : FUNCTION_SCOPES | KIND(CLASS));
		bind(index, f, scope, facts_str(f, import->local), import->node);
		if (import->local)
			map_put(&index->bindings, import_key(import->node, facts_str(f, import->local)), i, NULL);
		index->has_glob_import |= (import->flags & IMPORT_GLOB) != 0;
	}
	for (node_id n = 1; n < f->node_count; n++)
		index_node(index, f, n);
	for (uint32_t i = 0; i < f->export_count; i++)
		if (f->exports[i].name)
			map_put(&index->exports, model_key(0, facts_str(f, f->exports[i].name)), i + 1, NULL);
	if (f->language == LANGUAGE_PYTHON)
		python_index_module(m, file);
	note_reassignments(m, file);
}

node_id model_binding(const struct model *m, file_id file, node_id from, struct str name)
{
	return find_binding(m, file, from, name) & ~NAME_SHARED;
}

bool model_binding_is_unique(const struct model *m, file_id file, node_id from, struct str name)
{
	uint32_t found = find_binding(m, file, from, name);
	return found && !(found & NAME_SHARED);
}
