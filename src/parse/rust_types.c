/* Types of Rust: references, trait objects and bounds cost no node of their own. */
#include "parse/rust.h"

/* What `type` means, with flags on the node that stands for it. */
static void walk_flagged(struct walk *w, TSNode type, enum node_part part, enum node_flag flag)
{
	node_id first = w->facts->nodes.count;
	walk_here(w, type, part);
	if (w->facts->nodes.count > first)
		facts_flag(w->facts, first, (uint32_t)flag);
}

enum visit rust_reference_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	walk_flagged(w, walk_field(w, node, FIELD_TYPE), part, FLAG_POINTER);
	return STOP;
}

/* dyn T and impl T: the value's own type is not known. */
enum visit rust_trait_object(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	walk_flagged(w, walk_field(w, node, FIELD_TRAIT), part, FLAG_ABSTRACT);
	return STOP;
}

static bool is_marker(struct str name)
{
	return str_is(name, "Send") || str_is(name, "Sync") || str_is(name, "Unpin");
}

/* `A + B`: one after the other; the markers that only say where a value may go are left out. */
enum visit rust_bounded_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	for (uint32_t i = 0; i < 2; i++) {
		TSNode bound = ts_node_named_child(node, i);
		if (!ts_node_is_null(bound) && !is_marker(walk_text(w, bound)))
			walk_here(w, bound, part);
	}
	return STOP;
}

/* a::b::T; of `<T as Trait>::Output` the last segment is all there is to a name. */
enum visit rust_type_path(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path;
	if (!walk_path(w, node, &path))
		path = walk_property(w, node);
	walk_leaf(w, node, NODE_TYPE, part, path);
	return STOP;
}

/* fn(A) -> B, and Fn(A) -> B by the trait's name. */
enum visit rust_function_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode trait = walk_field(w, node, FIELD_TRAIT);
	facts_name(w->facts, opened, ts_node_is_null(trait) ? STR("fn") : walk_text(w, trait));
	w->skip_field = walk_field_id(w, FIELD_TRAIT);
	w->children = PART_TYPE;
	return DESCEND;
}

/* A type parameter is worth a node when it has bounds: they tell what `repo: R` can do. */
enum visit rust_type_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode bounds = walk_field(w, node, FIELD_BOUNDS);
	if (ts_node_is_null(bounds))
		return STOP;
	facts_name(w->facts, walk_open(w, node, NODE_TYPE, PART_TYPE_PARAM),
		walk_text(w, walk_field(w, node, FIELD_NAME)));
	return DESCEND;
}

enum visit rust_where_predicate(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode left = walk_field(w, node, FIELD_LEFT);
	if (!walk_type_is(left, "type_identifier"))
		return STOP;
	facts_name(w->facts, walk_open(w, node, NODE_TYPE, PART_TYPE_PARAM), walk_text(w, left));
	w->skip_field = walk_field_id(w, FIELD_LEFT);
	return DESCEND;
}
