/* Parameters, and what destructuring takes apart. */
#include "parse/typescript.h"

static char first_byte(struct str text)
{
	return text.len ? text.ptr[0] : '\0';
}

static bool is_pattern(const struct walk *w, TSNode node)
{
	char c = first_byte(walk_text(w, node));
	return c == '{' || c == '[';
}

/* `public x`, `readonly x` and so on make a constructor's parameter a field (visit_ts_accessibility does the
 * rest). */
static bool is_readonly_property(const struct walk *w, TSNode node, node_id param)
{
	const struct node *nodes = w->facts->nodes.items;
	return (nodes[nodes[param].parent].flags & (uint32_t)FLAG_CONSTRUCTOR) && walk_has_token(node, "readonly");
}

/*
 * A parameter has a name, or a TARGET that takes it apart. Inside a type (of a function, of a tuple with
 * names) it is its type and nothing else: its name is seen by nobody.
 */
enum visit visit_ts_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode pattern = walk_field(w, node, FIELD_PATTERN);
	enum field field = ts_node_is_null(pattern) ? FIELD_NAME : FIELD_PATTERN;
	if (field == FIELD_NAME)
		pattern = walk_field(w, node, FIELD_NAME);
	struct str name = walk_text(w, pattern);
	w->skip_field = walk_field_id(w, field);
	if (str_is(name, "this")) /* tells a type, is never handed in */
		return STOP;
	if (ts_current_is(w, NODE_TYPE))
		return DESCEND;
	node_id id = walk_open(w, node, NODE_PARAM, part);
	if (is_readonly_property(w, node, id))
		facts_flag(w->facts, id, (uint32_t)FLAG_PARAM_PROPERTY);
	if (walk_type_is(node, "optional_parameter"))
		facts_flag(w->facts, id, (uint32_t)FLAG_OPTIONAL);
	w->children = PART_NONE;
	if (first_byte(name) == '.' || is_pattern(w, pattern))
		w->skip_field = 0;
	else
		facts_name(w->facts, id, name);
	return DESCEND;
}

/* A name among parameters is one (JavaScript, or an arrow's only one); elsewhere it is a name. */
enum visit visit_ts_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	walk_leaf(w, node, part == PART_PARAM ? NODE_PARAM : NODE_NAME, part, walk_text(w, node));
	return STOP;
}

/* {a, b: c} is an OBJECT of NAME and PAIR, [a, b] an ARRAY. */
enum visit visit_ts_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part == PART_PARAM) {
		walk_open(w, node, NODE_PARAM, part);
		part = PART_TARGET;
	}
	walk_open(w, node, first_byte(walk_text(w, node)) == '[' ? NODE_ARRAY : NODE_OBJECT, part);
	w->children = PART_NONE;
	return DESCEND;
}

/* ...rest: the last parameter, or what a pattern leaves. */
enum visit visit_ts_rest(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode inner = ts_node_named_child(node, 0);
	bool parameter = part == PART_PARAM || (part == PART_TARGET && ts_current_is(w, NODE_PARAM));
	if (!parameter) {
		walk_open(w, node, NODE_SPREAD, part);
		w->children = PART_NONE;
		return DESCEND;
	}
	node_id param = part == PART_PARAM ? walk_open(w, node, NODE_PARAM, part) : facts_current(w->facts);
	facts_flag(w->facts, param, (uint32_t)FLAG_VARIADIC);
	w->children = PART_TARGET;
	if (is_pattern(w, inner))
		return DESCEND;
	facts_name(w->facts, param, walk_text(w, inner));
	return STOP;
}

/* Does the pattern that is being read declare its names? An assignment to names that are there looks the
 * same. */
static bool in_declaration(const struct walk *w)
{
	static const uint64_t patterns = KIND(OBJECT) | KIND(ARRAY) | KIND(PAIR) | KIND(SPREAD);
	const struct facts_builder *b = w->facts;
	uint32_t least = b->open.count > TS_MOST_LEVELS ? b->open.count - TS_MOST_LEVELS : 0;
	for (uint32_t i = b->open.count; i > least; i--) {
		const struct node *node = &b->nodes.items[b->open.items[i - 1]];
		if (patterns >> node->kind & 1)
			continue;
		return node->kind == NODE_PARAM || node->kind == NODE_CATCH ||
		       (node->flags & (uint32_t)FLAG_DECLARES) != 0;
	}
	return false;
}

/* `x = 1` in a pattern is an ASSIGN; among JavaScript's parameters it is one with its default. */
enum visit visit_ts_assignment_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_PARAM) {
		uint32_t flags = in_declaration(w) ? (uint32_t)FLAG_DECLARES : 0;
		facts_flag(w->facts, walk_open(w, node, NODE_ASSIGN, part), flags);
		return DESCEND;
	}
	TSNode left = walk_field(w, node, FIELD_LEFT);
	node_id param = walk_open(w, node, NODE_PARAM, part);
	if (is_pattern(w, left))
		return DESCEND;
	facts_name(w->facts, param, walk_text(w, left));
	w->skip_field = walk_field_id(w, FIELD_LEFT);
	return DESCEND;
}

/* catch (e), catch ({ code }) and catch. */
enum visit visit_ts_catch(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode parameter = walk_field(w, node, FIELD_PARAMETER);
	if (ts_node_is_null(parameter)) {
		facts_flag(w->facts, opened, (uint32_t)FLAG_BARE);
	} else if (!is_pattern(w, parameter)) {
		facts_name(w->facts, opened, walk_text(w, parameter));
		w->skip_field = walk_field_id(w, FIELD_PARAMETER);
	}
	return DESCEND;
}
