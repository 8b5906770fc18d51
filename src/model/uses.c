/* Where a file uses at run time what it imports. */
#include "model/internal.h"

/* A constructor's parameter types are what a container injects. */
static bool is_injected(const struct facts *f, node_id type)
{
	node_id param = node_ancestor(f, type, KIND(PARAM) | KIND(FUNCTION) | KIND(FIELD));
	return node_kind(f, param) == NODE_PARAM && node_has(f, f->nodes[param].parent, FLAG_CONSTRUCTOR);
}

static bool is_type_use(const struct facts *f, node_id n)
{
	for (; n; n = f->nodes[n].parent) {
		if (node_kind(f, n) == NODE_TYPE)
			return !is_injected(f, n) && (f->nodes[n].part != PART_BASE || node_has(f, n, FLAG_TYPE_ONLY));
		if (node_kind(f, n) == NODE_CALL || node_kind(f, n) == NODE_DECORATOR)
			return false;
	}
	return false;
}

/* @Field(() => Order) orders: the other end of a relation is named in a function that runs later. */
static bool is_relation(const struct facts *f, node_id n)
{
	node_id lambda = node_ancestor(f, n, KIND(LAMBDA));
	node_id decorator = lambda ? node_ancestor(f, lambda, KIND(DECORATOR)) : 0;
	return decorator && node_kind(f, f->nodes[decorator].parent) == NODE_FIELD;
}

/* For each string of the file, the import whose local name is its first segment, + 1. */
static void map_strings(const struct facts *f, uint32_t count, uint32_t *import_of)
{
	struct str_map locals = { 0 };
	for (uint32_t i = 0; i < f->import_count && i < count; i++)
		if (f->imports[i].local)
			str_map_put(&locals, facts_str(f, f->imports[i].local), i + 1, NULL);
	for (uint32_t id = 1; id < f->string_count; id++) {
		const uint32_t *import = str_map_get(&locals, path_first(facts_str(f, id)));
		import_of[id] = import ? *import : 0;
	}
	str_map_release(&locals);
}

void model_runtime_uses(const struct model *m, file_id file, node_id *uses, uint32_t count)
{
	static const uint64_t named = KIND(NAME) | KIND(CALL) | KIND(TYPE) | KIND(DECORATOR) | KIND(MEMBER) | KIND(JSX);
	const struct facts *f = &m->files[file].facts;
	struct arena scratch = { 0 };
	uint32_t *import_of = arena_array(&scratch, uint32_t, f->string_count + 1);
	memset(uses, 0, sizeof(*uses) * count);
	map_strings(f, count, import_of);
	for (node_id n = 1; n < f->node_count; n++) {
		uint32_t import = (named >> f->nodes[n].kind & 1) ? import_of[f->nodes[n].name] : 0;
		if (!import || uses[import - 1] || is_type_use(f, n) || is_relation(f, n))
			continue;
		struct str local = facts_str(f, f->imports[import - 1].local);
		node_id binding = model_binding(m, file, n, local);
		if (binding && node_kind(f, binding) == NODE_IMPORT)
			uses[import - 1] = n;
	}
	arena_release(&scratch);
}
