/* Types, as they stand in TypeScript, and JSX. */
#include "parse/typescript.h"

/* Among an expression's children a type is still a type; what a class implements is gone at run time. */
static void settle(struct walk *w, enum node_part part, node_id opened)
{
	struct node *nodes = w->facts->nodes.items;
	if (part == PART_VALUE)
		nodes[opened].part = PART_TYPE;
	if (part == PART_BASE && nodes[nodes[opened].parent].kind == NODE_CLASS)
		nodes[opened].flags |= (uint32_t)FLAG_TYPE_ONLY;
}

enum visit visit_ts_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	settle(w, part, opened);
	return DESCEND;
}

enum visit visit_ts_type_name(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	settle(w, part, opened);
	facts_name(w->facts, opened, walk_text(w, node));
	return STOP;
}

/* A type that would have to be computed. */
enum visit visit_ts_opaque_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	settle(w, part, opened);
	return STOP;
}

/* A | B | C nests to the left; here it is one node. The operator may stand in front of the first, too. */
enum visit visit_ts_union(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode first = ts_node_child(node, 0);
	struct str operator_text = walk_text(w, ts_node_is_named(first) ? ts_node_child(node, 1) : first);
	const struct node *above = &w->facts->nodes.items[facts_current(w->facts)];
	w->children = PART_TYPE;
	if (above->kind == NODE_TYPE && part == PART_TYPE &&
		str_eq(facts_builder_str(w->facts, above->name), operator_text))
		return DESCEND;
	node_id id = walk_open(w, node, NODE_TYPE, part);
	facts_name(w->facts, id, operator_text);
	settle(w, part, id);
	return DESCEND;
}

/* In a type position an object's members are a type of their own; elsewhere they are the interface's. */
enum visit visit_ts_object_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_BODY) {
		node_id id = walk_open(w, node, NODE_TYPE, part);
		facts_name(w->facts, id, STR("{}"));
		settle(w, part, id);
	}
	w->children = PART_NONE;
	return DESCEND;
}

/* ---- JSX ---- */

enum visit visit_jsx(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode open_tag = walk_field(w, node, FIELD_OPEN_TAG);
	TSNode tag = ts_node_is_null(open_tag) ? node : open_tag;
	facts_name(w->facts, opened, walk_text(w, walk_field(w, tag, FIELD_NAME)));
	return DESCEND;
}

/* name="text", name={expression}, name. There are no backslash escapes in JSX text. */
enum visit visit_jsx_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, walk_text(w, ts_node_named_child(node, 0)));
	TSNode value = ts_node_named_child(node, 1);
	w->children = PART_VALUE;
	if (!walk_type_is(value, "string"))
		return DESCEND;
	struct str text = walk_text(w, value);
	walk_leaf(w, value, NODE_STRING, PART_VALUE, str_slice(text, 1, text.len ? text.len - 1 : 0));
	return STOP;
}

/* Text that says something. */
enum visit visit_jsx_text(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str all = walk_text(w, node), text = str_trim(all);
	uint32_t start = walk_start(w, node) + (uint32_t)(text.ptr - all.ptr);
	if (!str_empty(text))
		facts_leaf(w->facts, NODE_STRING, part, start, start + text.len, text);
	return STOP;
}
