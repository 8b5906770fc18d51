/*
 * Options of single-file components: `export default { methods: { … }, setup() { return { … }; } }`. What stands there is a member
 * of `this`, and a name for the markup's handlers.
 */
#include "model/internal.h"
#include "model/names.h"

/* `export default { … }`, `export default defineComponent({ … })`; 0 where a component has no options. */
static node_id options_of(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	const uint32_t *row = m->files[file].language == LANGUAGE_COMPONENT
				      ? map_get(&m->indexes[file].exports, model_key(0, STR("default")))
				      : NULL;
	node_id value = row ? f->exports[*row - 1].node : 0;
	if (value && node_kind(f, value) == NODE_CALL)
		value = call_arg(f, value, 0);
	return value && node_kind(f, value) == NODE_OBJECT ? value : 0;
}

/* The object that `setup` returns; 0 when it returns something else. */
static node_id setup_result(const struct model *m, file_id file, node_id options)
{
	const struct facts *f = &m->files[file].facts;
	node_id setup = model_object_value(m, file, options, STR("setup"));
	bool is_function = setup && node_kind(f, setup) == NODE_LAMBDA;
	node_id result = is_function ? model_result(m, file, setup) : 0;
	return result && node_kind(f, result) == NODE_OBJECT ? result : 0;
}

/* The object whose members the markup's handlers name. */
static node_id object_with(const struct model *m, file_id file, struct str name)
{
	node_id options = options_of(m, file);
	node_id result = options ? setup_result(m, file, options) : 0;
	if (result && model_object_value(m, file, result, name))
		return result;
	node_id methods = options ? model_object_value(m, file, options, STR("methods")) : 0;
	return methods && node_kind(&m->files[file].facts, methods) == NODE_OBJECT ? methods : 0;
}

node_id model_component_member(const struct model *m, file_id file, struct str name)
{
	node_id object = object_with(m, file, name);
	return object ? model_object_value(m, file, object, name) : 0;
}

struct meaning resolve_component_member(struct resolver *r, struct str path)
{
	node_id object = object_with(r->model, r->file, path_first(path));
	struct type type = { MEANS_DECLARATION, r->file, object, { 0 } };
	return object ? resolve_member_of_type(r, type, path) : (struct meaning){ .kind = MEANS_UNKNOWN };
}

bool is_in_markup(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &m->files[file].facts;
	if (m->files[file].language != LANGUAGE_COMPONENT)
		return false;
	while (f->nodes[node].parent)
		node = f->nodes[node].parent;
	return model_markup_handler(m, file, node) != 0;
}
