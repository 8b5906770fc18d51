/* Classes, enums, namespaces and variables. */
#include "parse/typescript.h"

/* ---- decorators ---- */

static void attach_decorator(struct walk *w, TSNode decorator)
{
	TSNode expression = ts_node_named_child(decorator, 0);
	bool called = walk_type_is(expression, "call_expression");
	TSNode callee = called ? walk_field(w, expression, FIELD_FUNCTION) : expression;
	struct str path;
	node_id id = walk_open(w, decorator, NODE_DECORATOR, PART_DECORATOR);
	facts_name(w->facts, id, ts_path(w, callee, &path) ? path : walk_property(w, callee));
	if (called)
		walk_here(w, walk_field(w, expression, FIELD_ARGUMENTS), PART_ARG);
	walk_close(w);
}

/* What waited for the node that has just been opened. */
static void attach(struct walk *w, TSNode node)
{
	if (walk_type_is(node, "decorator"))
		attach_decorator(w, node);
	else
		ts_attach_modifiers(w, node);
}

void ts_wait(struct walk *w, TSNode node)
{
	walk_defer(w, node, attach);
}

/* A decorator stands inside what it decorates, or before it: then it waits for the node to come (PART_INIT).
 */
enum visit visit_ts_decorator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part == PART_INIT)
		ts_wait(w, node);
	else
		attach_decorator(w, node);
	return STOP;
}

/* ---- classes ---- */

/* `export default class {}` is the file's own, as any class. */
enum visit visit_ts_class(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	struct node *nodes = w->facts->nodes.items;
	if (part == PART_VALUE && nodes[nodes[opened].parent].kind == NODE_FILE)
		nodes[opened].part = PART_NONE;
	return DESCEND;
}

/* The superclass is an expression; when it is a path, it is a type like those that are implemented. */
enum visit visit_ts_extends(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode value = walk_field(w, node, FIELD_VALUE);
	struct str path;
	if (!ts_path(w, value, &path)) {
		w->skip_field = walk_field_id(w, FIELD_TYPE_ARGUMENTS);
		return DESCEND;
	}
	facts_name(w->facts, walk_open(w, value, NODE_TYPE, PART_BASE), path);
	w->skip_field = walk_field_id(w, FIELD_VALUE);
	w->children = PART_TYPE;
	return DESCEND;
}

enum visit visit_js_heritage(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode value = ts_node_named_child(node, 0);
	struct str path;
	if (ts_node_is_null(value) || !ts_path(w, value, &path))
		return DESCEND;
	walk_leaf(w, value, NODE_TYPE, PART_BASE, path);
	return STOP;
}

/* Names a member; a computed name becomes a KEY. */
static void name_member(struct walk *w, node_id id, TSNode name)
{
	struct str text;
	if (!ts_key(w, name, &text)) {
		walk_here(w, name, PART_KEY);
		return;
	}
	facts_name(w->facts, id, text);
	if (text.len && text.ptr[0] == '#')
		facts_flag(w->facts, id, (uint32_t)FLAG_PRIVATE);
}

/* name?: T, name?(): T */
static bool is_optional(const struct walk *w, TSNode name)
{
	struct str source = w->source;
	uint32_t i = ts_node_end_byte(name);
	while (i < source.len && (source.ptr[i] == ' ' || source.ptr[i] == '\n'))
		i++;
	return i < source.len && source.ptr[i] == '?';
}

/* In a class a method; in an object literal a pair with a function for its value. */
enum visit visit_ts_method(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_NAME);
	w->skip_field = walk_field_id(w, FIELD_NAME);
	w->children = PART_NONE;
	if (ts_current_is(w, NODE_OBJECT)) {
		name_member(w, walk_open(w, node, NODE_PAIR, part), name);
		walk_open(w, node, NODE_LAMBDA, PART_VALUE);
		return DESCEND;
	}
	node_id id = walk_open(w, node, NODE_FUNCTION, part);
	name_member(w, id, name);
	if (str_is(walk_text(w, name), "constructor"))
		facts_flag(w->facts, id, (uint32_t)FLAG_CONSTRUCTOR);
	if (is_optional(w, name))
		facts_flag(w->facts, id, (uint32_t)FLAG_OPTIONAL);
	return DESCEND;
}

/* TypeScript's grammar has the name of a field in `name`, JavaScript's in `property`. */
enum visit visit_ts_field(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode name = walk_field(w, node, FIELD_NAME);
	enum field field = ts_node_is_null(name) ? FIELD_PROPERTY : FIELD_NAME;
	if (field == FIELD_PROPERTY)
		name = walk_field(w, node, FIELD_PROPERTY);
	if (ts_node_is_null(name))
		return DESCEND;
	name_member(w, opened, name);
	if (is_optional(w, name))
		facts_flag(w->facts, opened, (uint32_t)FLAG_OPTIONAL);
	w->skip_field = walk_field_id(w, field);
	return DESCEND;
}

/* public on a constructor's parameter makes it a field; private and protected hide a member. */
enum visit visit_ts_accessibility(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	uint32_t flags = str_is(walk_text(w, node), "public") ? 0 : (uint32_t)FLAG_PRIVATE;
	if (ts_current_is(w, NODE_PARAM))
		flags |= (uint32_t)FLAG_PARAM_PROPERTY;
	facts_flag(w->facts, facts_current(w->facts), flags);
	return STOP;
}

/* ---- enums and namespaces ---- */

enum visit visit_ts_enum_value(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text;
	w->skip_field = walk_field_id(w, FIELD_NAME);
	if (ts_key(w, walk_field(w, node, FIELD_NAME), &text))
		facts_name(w->facts, opened, text);
	return DESCEND;
}

/* The only bare property name that means something by itself is an enum's; it may be a string. */
enum visit visit_ts_enum_name(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	struct str text;
	if (ts_current_is(w, NODE_ENUM) && ts_key(w, node, &text))
		walk_leaf(w, node, NODE_ENUM_VALUE, PART_NONE, text);
	return STOP;
}

/* namespace A.B {}, declare module "m" {} */
enum visit visit_ts_namespace(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text;
	w->skip_field = walk_field_id(w, FIELD_NAME);
	if (ts_key(w, walk_field(w, node, FIELD_NAME), &text))
		facts_name(w->facts, opened, text);
	return DESCEND;
}

/* declare …: nothing of it is there at run time. */
enum visit visit_ts_ambient(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	w->children = (uint8_t)part;
	if (!walk_has_token(node, "global")) {
		ts_wait(w, node);
		return DESCEND;
	}
	node_id id = walk_open(w, node, NODE_NAMESPACE, part);
	facts_name(w->facts, id, STR("global"));
	facts_flag(w->facts, id, (uint32_t)FLAG_TYPE_ONLY);
	w->children = PART_BODY;
	return DESCEND;
}

/* ---- variables ---- */

uint32_t ts_kind_flags(struct str kind)
{
	if (str_is(kind, "const") || str_is(kind, "using"))
		return (uint32_t)FLAG_READONLY;
	return str_is(kind, "var") ? (uint32_t)FLAG_FUNCTION_SCOPED : 0;
}

/* const, let or var, for the first declarator that follows at once. */
enum visit visit_ts_variables(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode kind = walk_field(w, node, FIELD_KIND);
	w->label = ts_node_is_null(kind) ? STR("var") : walk_text(w, kind);
	return DESCEND;
}

/* `const a = 1, b = 2`: what was said of the first holds for the others. */
static uint32_t flags_of_previous(const struct walk *w)
{
	static const uint32_t shared = (uint32_t)FLAG_READONLY | (uint32_t)FLAG_FUNCTION_SCOPED |
				       (uint32_t)FLAG_EXPORTED | (uint32_t)FLAG_TYPE_ONLY;
	const struct node *nodes = w->facts->nodes.items;
	node_id current = facts_current(w->facts), n = w->facts->nodes.count - 1;
	while (n > current && nodes[n].parent != current)
		n = nodes[n].parent;
	return n > current ? nodes[n].flags & shared : 0;
}

enum visit visit_ts_declarator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str name = walk_text(w, walk_field(w, node, FIELD_NAME));
	uint32_t flags = w->label.len ? ts_kind_flags(w->label) : flags_of_previous(w);
	w->label = (struct str){ 0 };
	if (ts_declares_import(w, node, part, flags))
		return STOP;
	bool pattern = name.len && (name.ptr[0] == '{' || name.ptr[0] == '[');
	node_id id = walk_open(w, node, pattern ? NODE_ASSIGN : NODE_VAR, part);
	facts_name(w->facts, id, pattern ? STR("=") : name);
	facts_flag(w->facts, id, pattern ? flags | (uint32_t)FLAG_DECLARES : flags);
	if (!pattern)
		w->skip_field = walk_field_id(w, FIELD_NAME);
	return DESCEND;
}
