#include "parse/typescript.h"

static bool current_is(const struct walk *w, enum node_kind kind)
{
	return w->facts->nodes.items[facts_current(w->facts)].kind == kind;
}

/* ---- classes ---- */

enum visit visit_ts_class(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	if (walk_type_is(node, "abstract_class_declaration"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_ABSTRACT);
	return DESCEND;
}

static void attach_decorator(struct walk *w, TSNode decorator)
{
	TSNode expression = ts_node_named_child(decorator, 0);
	bool called = walk_type_is(expression, "call_expression");
	TSNode callee = called ? walk_field(w, expression, FIELD_FUNCTION) : expression;
	struct str path;
	node_id id = walk_open(w, decorator, NODE_DECORATOR, PART_DECORATOR);
	if (walk_path(w, callee, &path))
		facts_name(w->facts, id, path);
	if (called)
		walk_here(w, walk_field(w, expression, FIELD_ARGUMENTS), PART_ARG);
	walk_close(w);
}

/* A decorator stands inside what it decorates, or before it: then it waits for the node to come (PART_INIT). */
enum visit visit_ts_decorator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part == PART_INIT)
		walk_defer(w, node, attach_decorator);
	else
		attach_decorator(w, node);
	return STOP;
}

/* In a class a method; in an object literal a pair with a function for its value. */
enum visit visit_ts_method(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name_node = walk_field(w, node, FIELD_NAME);
	struct str name = walk_type_is(name_node, "string") ? ts_string_text(w, name_node) : walk_text(w, name_node);
	if (current_is(w, NODE_OBJECT)) {
		facts_name(w->facts, walk_open(w, node, NODE_PAIR, part), name);
		walk_open(w, node, NODE_LAMBDA, PART_VALUE);
	} else {
		node_id id = walk_open(w, node, NODE_FUNCTION, part);
		facts_name(w->facts, id, name);
		if (str_is(name, "constructor"))
			facts_flag(w->facts, id, (uint32_t)FLAG_CONSTRUCTOR);
	}
	w->skip_field = walk_field_id(w, FIELD_NAME);
	w->children = PART_NONE;
	return DESCEND;
}

/* public on a constructor's parameter makes it a field; private and protected hide a member. */
enum visit visit_ts_accessibility(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	uint32_t flags = str_is(walk_text(w, node), "public") ? 0 : (uint32_t)FLAG_PRIVATE;
	if (current_is(w, NODE_PARAM))
		flags |= (uint32_t)FLAG_PARAM_PROPERTY;
	facts_flag(w->facts, facts_current(w->facts), flags);
	return STOP;
}

/* ---- parameters and patterns ---- */

static bool is_pattern(TSNode node)
{
	return walk_type_is(node, "object_pattern") || walk_type_is(node, "array_pattern");
}

/* Names the parameter, or leaves its pattern as TARGET. */
static void open_parameter(struct walk *w, TSNode node, TSNode pattern)
{
	node_id id = walk_open(w, node, NODE_PARAM, PART_PARAM);
	if (walk_type_is(pattern, "rest_pattern")) {
		facts_flag(w->facts, id, (uint32_t)FLAG_VARIADIC);
		pattern = ts_node_named_child(pattern, 0);
	}
	if (is_pattern(pattern))
		walk_here(w, pattern, PART_TARGET);
	else
		facts_name(w->facts, id, walk_text(w, pattern));
	w->children = PART_NONE;
}

enum visit visit_ts_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode pattern = walk_field(w, node, FIELD_PATTERN);
	open_parameter(w, node, ts_node_is_null(pattern) ? walk_field(w, node, FIELD_NAME) : pattern);
	node_id id = facts_current(w->facts);
	if (walk_type_is(node, "optional_parameter"))
		facts_flag(w->facts, id, (uint32_t)FLAG_OPTIONAL);
	if (walk_has_token(node, "readonly"))
		facts_flag(w->facts, id, (uint32_t)FLAG_PARAM_PROPERTY);
	w->skip_field = walk_field_id(w, FIELD_PATTERN);
	return DESCEND;
}

/* A name among parameters is one (JavaScript, or an arrow's only one); elsewhere it is a name. */
enum visit visit_ts_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	walk_leaf(w, node, part == PART_PARAM ? NODE_PARAM : NODE_NAME, part, walk_text(w, node));
	return STOP;
}

enum visit visit_ts_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part == PART_PARAM) {
		open_parameter(w, node, node);
		return STOP;
	}
	if (walk_type_is(node, "rest_pattern"))
		walk_open(w, node, NODE_SPREAD, part);
	else
		walk_open(w, node, walk_type_is(node, "array_pattern") ? NODE_ARRAY : NODE_OBJECT, part);
	w->children = PART_NONE;
	return DESCEND;
}

/* `x = 1` in a pattern or among parameters: a target with its default. */
enum visit visit_ts_assignment_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode left = walk_field(w, node, FIELD_LEFT);
	w->skip_field = walk_field_id(w, FIELD_LEFT);
	if (part == PART_PARAM) {
		open_parameter(w, node, left);
		return DESCEND;
	}
	facts_flag(w->facts, walk_open(w, node, NODE_ASSIGN, part), (uint32_t)FLAG_DECLARES);
	if (walk_type_is(left, "shorthand_property_identifier_pattern"))
		walk_leaf(w, left, NODE_NAME, PART_TARGET, walk_text(w, left));
	else
		walk_here(w, left, PART_TARGET);
	return DESCEND;
}

/* {a} is {a: a}. */
enum visit visit_ts_shorthand(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str name = walk_text(w, node);
	facts_name(w->facts, walk_open(w, node, NODE_PAIR, part), name);
	walk_leaf(w, node, NODE_NAME, PART_VALUE, name);
	return STOP;
}

/* The only bare property name that means something by itself is an enum's. */
enum visit visit_ts_property(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (current_is(w, NODE_ENUM))
		walk_leaf(w, node, NODE_ENUM_VALUE, part, walk_text(w, node));
	return STOP;
}

/* ---- variables ---- */

/* const, let or var, for the declarators that follow. */
enum visit visit_ts_variables(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode kind = walk_field(w, node, FIELD_KIND);
	w->label = ts_node_is_null(kind) ? STR("var") : walk_text(w, kind);
	return DESCEND;
}

static uint32_t kind_flags(struct str kind)
{
	if (str_is(kind, "const"))
		return (uint32_t)FLAG_READONLY;
	return str_is(kind, "var") ? (uint32_t)FLAG_FUNCTION_SCOPED : 0;
}

enum visit visit_ts_declarator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_NAME);
	uint32_t flags = kind_flags(w->label);
	if (ts_declares_import(w, node, part))
		return STOP;
	if (is_pattern(name)) {
		node_id id = walk_open(w, node, NODE_ASSIGN, part);
		facts_name(w->facts, id, STR("="));
		facts_flag(w->facts, id, flags | (uint32_t)FLAG_DECLARES);
		return DESCEND;
	}
	node_id id = walk_open(w, node, NODE_VAR, part);
	facts_name(w->facts, id, walk_text(w, name));
	facts_flag(w->facts, id, flags);
	w->skip_field = walk_field_id(w, FIELD_NAME);
	return DESCEND;
}
