/*
 * Patterns of Rust. A pattern stands in a PART_TARGET (let, for), a PART_PARAM (closure, function) or a
 * PART_COND (match arm); a name that it binds is a VAR wherever it stands below one, a PARAM when it is the
 * whole parameter.
 */
#include "parse/rust.h"

/* By convention, and the compiler warns otherwise, what starts with a capital is a constant or a variant. */
static bool binds(struct str name)
{
	return name.len && !(name.ptr[0] >= 'A' && name.ptr[0] <= 'Z');
}

static enum visit bind_name(struct walk *w, TSNode node, enum node_part part, struct str name, uint32_t flags)
{
	if (part == PART_PARAM)
		walk_leaf(w, node, NODE_PARAM, part, name);
	else
		facts_flag(w->facts, walk_leaf(w, node, NODE_VAR, part, name), flags);
	return STOP;
}

/* An identifier, in a pattern and everywhere else. */
enum visit rust_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str name = walk_text(w, node);
	if (part == PART_PARAM || (part == PART_TARGET && binds(name)))
		return bind_name(w, node, part, name, (uint32_t)FLAG_READONLY);
	walk_leaf(w, node, NODE_NAME, part, name);
	return STOP;
}

/* A parameter that is a pattern: the parameter has no name, what it binds is below it. */
static enum node_part open_parameter(struct walk *w, TSNode node, enum node_part part)
{
	if (part != PART_PARAM)
		return part;
	walk_open(w, node, NODE_PARAM, part);
	return PART_TARGET;
}

/* Ok(x), Foo { a, b: c } */
enum visit rust_struct_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	part = open_parameter(w, node, part);
	node_id object = walk_open(w, node, NODE_OBJECT, part);
	TSNode type = walk_field(w, node, FIELD_TYPE);
	struct str path;
	facts_name(w->facts, object, walk_path(w, type, &path) ? path : walk_text(w, type));
	w->skip_field = walk_field_id(w, FIELD_TYPE);
	w->children = PART_TARGET;
	return DESCEND;
}

enum visit rust_field_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_NAME);
	if (ts_node_is_null(walk_field(w, node, FIELD_PATTERN))) {
		bool mutable = walk_type_is(ts_node_named_child(node, 0), "mutable_specifier");
		return bind_name(w, name, part, walk_text(w, name), mutable ? 0 : (uint32_t)FLAG_READONLY);
	}
	facts_name(w->facts, walk_open(w, node, NODE_PAIR, part), walk_text(w, name));
	w->skip_field = walk_field_id(w, FIELD_NAME);
	w->children = PART_TARGET;
	return DESCEND;
}

/* What a let, a loop or a parameter takes apart are its own targets; elsewhere a tuple is a node. */
enum visit rust_tuple_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	part = open_parameter(w, node, part);
	enum node_kind around = rust_around(w);
	bool flat = part == PART_TARGET && (around == NODE_ASSIGN || around == NODE_LOOP || around == NODE_PARAM);
	if (!flat)
		walk_open(w, node, NODE_ARRAY, part);
	w->children = PART_TARGET;
	return DESCEND;
}

enum visit rust_slice_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	part = open_parameter(w, node, part);
	walk_open(w, node, NODE_ARRAY, part);
	w->children = PART_TARGET;
	return DESCEND;
}

/* name @ pattern */
enum visit rust_captured_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	part = open_parameter(w, node, part);
	node_id var = walk_open(w, node, NODE_VAR, part);
	facts_name(w->facts, var, walk_text(w, ts_node_named_child(node, 0)));
	facts_flag(w->facts, var, (uint32_t)FLAG_READONLY);
	walk_here(w, ts_node_named_child(node, 1), PART_TARGET);
	return STOP;
}

enum visit rust_mut_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode inner = ts_node_named_child(node, 1);
	if (walk_type_is(inner, "identifier"))
		return bind_name(w, inner, part, walk_text(w, inner), 0);
	return DESCEND;
}

/* `_ =>` and `name =>` take whatever is left. */
enum visit rust_match_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode pattern = ts_node_child(node, 0);
	bool any = !ts_node_is_named(pattern);
	bool named = walk_type_is(pattern, "identifier") && binds(walk_text(w, pattern));
	w->children = PART_COND;
	if (!any && !named)
		return DESCEND;
	TSNode guard = walk_field(w, node, FIELD_CONDITION);
	if (ts_node_is_null(guard))
		facts_flag(w->facts, facts_current(w->facts), (uint32_t)FLAG_DEFAULT);
	if (named) {
		bind_name(w, pattern, PART_COND, walk_text(w, pattern), (uint32_t)FLAG_READONLY);
		w->children = PART_SKIP;
	}
	return DESCEND;
}

static bool is_plain(TSNode pattern)
{
	return !ts_node_is_named(pattern) || walk_type_is(pattern, "identifier") || walk_type_is(pattern, "self");
}

/* One name is a VAR; a pattern is an assignment that declares its targets. */
enum visit rust_let(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode pattern = walk_field(w, node, FIELD_PATTERN);
	if (is_plain(pattern)) {
		node_id var = walk_open(w, node, NODE_VAR, part);
		facts_name(w->facts, var, walk_text(w, pattern));
		if (!walk_type_is(ts_node_child(node, 1), "mutable_specifier"))
			facts_flag(w->facts, var, (uint32_t)FLAG_READONLY);
		w->skip_field = walk_field_id(w, FIELD_PATTERN);
	} else {
		node_id assign = walk_open(w, node, NODE_ASSIGN, part);
		facts_name(w->facts, assign, STR("="));
		facts_flag(w->facts, assign, (uint32_t)FLAG_DECLARES);
	}
	w->children = PART_NONE;
	return DESCEND;
}

/* `name: T`, `State(app): State<App>`; inside a function's type only the type counts. */
enum visit rust_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode pattern = walk_field(w, node, FIELD_PATTERN);
	w->skip_field = walk_field_id(w, FIELD_PATTERN);
	if (part != PART_PARAM)
		return DESCEND;
	bool receiver = walk_type_is(pattern, "self");
	node_id id = walk_open(w, node, NODE_PARAM, receiver ? PART_RECEIVER : part);
	if (is_plain(pattern))
		facts_name(w->facts, id, walk_text(w, pattern));
	else
		w->skip_field = 0;
	return DESCEND;
}

/* `_` is a token, not a node: a closure that takes something and ignores it still has that parameter. */
enum visit rust_closure_parameters(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (!walk_has_token(node, "_"))
		return DESCEND;
	struct cursor cursor = walk_cursor(w, node);
	for (bool more = cursor_down(&cursor); more; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		if (ts_node_is_named(child))
			walk_here(w, child, part);
		else if (walk_type_is(child, "_"))
			walk_leaf(w, child, NODE_PARAM, part, STR("_"));
	}
	cursor_end(&cursor);
	return STOP;
}
