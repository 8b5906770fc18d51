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

static void index_node(struct file_index *index, const struct facts *f, node_id n)
{
	struct str name = node_name(f, n);
	if (node_kind(f, f->nodes[n].parent) == NODE_TYPE)
		return; /* members of a type without a name are seen by nobody */
	switch (node_kind(f, n)) {
	case NODE_NAME:
		if (is_declared_target(f, n) && str_find(name, '.') == UINT32_MAX)
			bind(index, f, scope_of(f, n), name, n);
		break;
	case NODE_PARAM:
		bind(index, f, scope_of(f, n), name, n);
		if (node_has(f, n, FLAG_PARAM_PROPERTY))
			bind(index, f, node_ancestor(f, n, KIND(CLASS)), name, n);
		break;
	case NODE_VAR:
	case NODE_CLASS:
	case NODE_INTERFACE:
	case NODE_ENUM:
	case NODE_ALIAS:
	case NODE_FUNCTION:
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
		scope = f->nodes[scope].parent;
	}
}

static uint32_t find_binding(const struct model *m, file_id file, node_id from, struct str name)
{
	const uint32_t *slot = binding_slot(m, file, from, name);
	return slot ? *slot : 0;
}

/* A variable that is another name for something (`let x = console`) is no longer when it is assigned again. */
static void note_reassignments(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_NAME || f->nodes[n].part != PART_TARGET || is_declared_target(f, n))
			continue;
		uint32_t *slot = binding_slot(m, file, n, node_name(f, n));
		node_id value = slot ? node_child(f, *slot & ~NAME_SHARED, PART_VALUE) : 0;
		if (value && node_kind(f, value) == NODE_NAME)
			*slot |= NAME_SHARED;
	}
}

void model_index_file(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct file_index *index = &m->indexes[file];
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		bind(index, f, enclosing(f, import->node, SCOPES), facts_str(f, import->local), import->node);
		index->has_glob_import |= (import->flags & IMPORT_GLOB) != 0;
	}
	for (node_id n = 1; n < f->node_count; n++)
		index_node(index, f, n);
	for (uint32_t i = 0; i < f->export_count; i++)
		if (f->exports[i].name)
			map_put(&index->exports, model_key(0, facts_str(f, f->exports[i].name)), i + 1, NULL);
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
