#include "wire/functions.h"

uint64_t function_number(struct function f)
{
	return (uint64_t)f.file << 32 | f.node;
}

void functions_add(struct functions *walk, struct function f)
{
	bool added;
	map_put(&walk->seen, function_number(f), 1, &added);
	if (added && walk->queue.count < MOST_WALKED)
		vec_push(&walk->queue, f);
}

void functions_begin(struct functions *walk, struct function from)
{
	walk->queue.count = 0;
	map_clear(&walk->seen);
	functions_add(walk, from);
}

void functions_release(struct functions *walk)
{
	vec_release(&walk->queue);
	map_release(&walk->seen);
}

enum layer function_layer(const struct model *m, struct function f)
{
	const struct facts *facts = &model_file(m, f.file)->facts;
	if (node_kind(facts, f.node) == NODE_LAMBDA && node_function(facts, f.node))
		return LAYER_NONE;
	node_id around = node_ancestor(facts, f.node, KIND(CLASS) | KIND(IMPL));
	node_id receiver = node_child(facts, f.node, PART_RECEIVER);
	struct type owner = { .kind = MEANS_UNKNOWN };
	if (receiver || around)
		owner = model_type(m, f.file, receiver ? receiver : around);
	if (owner.kind == MEANS_DECLARATION)
		return model_class_layer(m, owner.file, owner.node).layer;
	return model_file_layer(m, f.file).layer;
}

struct function function_around(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &model_file(m, file)->facts;
	struct function outermost = { file, 0 };
	for (node_id n = node_function(f, node); n; n = node_function(f, n))
		outermost.node = n;
	return outermost;
}

node_id component_class(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &model_file(m, file)->facts;
	node_id class_node = node_kind(f, node) == NODE_CLASS ? node : node_ancestor(f, node, KIND(CLASS));
	if (!class_node)
		return 0;
	facts_each_child(f, class_node, c)
		if (node_kind(f, c) == NODE_DECORATOR && model_role(m, file, c, ROLE_COMPONENT))
			return class_node;
	return 0;
}

node_id parameter(const struct facts *f, node_id function, uint32_t index)
{
	facts_each_child(f, function, c) {
		struct str name = node_name(f, c);
		bool is_self = str_is(name, "self") || str_is(name, "cls") || str_is(name, "&self");
		if (f->nodes[c].part == PART_PARAM && !is_self && index-- == 0)
			return c;
	}
	return 0;
}
