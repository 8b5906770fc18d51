/* Calls through an interface of TypeScript go to the class or object that implements it, where there is just one. */
#include "wire/requests.h"

static void add_implementing(const struct model *m, file_id file, node_id node, struct type type, struct scan *out)
{
	bool is_interface = type.kind == MEANS_DECLARATION &&
			    node_kind(&model_file(m, type.file)->facts, type.node) == NODE_INTERFACE;
	struct implementing implementing = { type.file, type.node, file, node };
	if (is_interface)
		vec_push(&out->implementings, implementing);
}

void requests_scan_implementing(const struct model *m, file_id file, node_id node, struct scan *out)
{
	const struct facts *f = &model_file(m, file)->facts;
	bool is_class = node_kind(f, node) == NODE_CLASS, is_variable = node_kind(f, node) == NODE_VAR;
	if (is_class) {
		facts_each_child(f, node, base)
			if (f->nodes[base].part == PART_BASE)
				add_implementing(m, file, node, model_spelled_type(m, file, base), out);
		return;
	}
	node_id type = node_child(f, node, is_variable ? PART_TYPE : PART_RESULT);
	node_id value = !type ? 0 : is_variable ? node_child(f, node, PART_VALUE) : model_result(m, file, node);
	if (value && node_kind(f, value) == NODE_OBJECT)
		add_implementing(m, file, value, model_spelled_type(m, file, type), out);
}

/* The function that a class or an object has by this name; 0 for none. */
static struct calling implemented(const struct model *m, const struct implementing *by, struct str name)
{
	const struct facts *f = &model_file(m, by->file)->facts;
	struct calling to = { .function_file = by->file };
	node_id member = 0;
	if (node_kind(f, by->node) == NODE_OBJECT)
		member = object_value(f, by->node, name);
	else if (!class_member(m, by->file, by->node, name, &to.function_file, &member))
		member = 0;
	to.function = member ? declared_function(&model_file(m, to.function_file)->facts, member) : 0;
	return to;
}

void requests_resolve_interfaces(struct requests *r)
{
	struct map only = { 0 }; /* interface → its implementing, + 1; 0 when there are several */
	for (uint32_t i = 0; i < r->implementings.count; i++) {
		const struct implementing *by = &r->implementings.items[i];
		bool is_new;
		uint32_t *one = map_put(&only, place_key(by->interface_file, by->interface), i + 1, &is_new);
		if (!is_new)
			*one = 0;
	}
	for (uint32_t i = 0; only.count && i < r->callings.count; i++) {
		struct calling *c = &r->callings.items[i];
		const struct facts *f = &model_file(r->m, c->function_file)->facts;
		const uint32_t *one = map_get(&only, place_key(c->function_file, f->nodes[c->function].parent));
		if (!one || !*one)
			continue;
		struct calling to = implemented(r->m, &r->implementings.items[*one - 1], node_name(f, c->function));
		if (to.function) {
			c->function_file = to.function_file;
			c->function = to.function;
		}
	}
	map_release(&only);
}
