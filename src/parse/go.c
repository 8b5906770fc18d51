#include "parse/go.h"

const TSLanguage *tree_sitter_go(void);

static bool is_exported(struct str name)
{
	return name.len && ((name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') || (unsigned char)name.ptr[0] >= 0x80);
}

static void name_and_export(struct walk *w, node_id id, struct str name)
{
	facts_name(w->facts, id, name);
	if (is_exported(name))
		facts_flag(w->facts, id, (uint32_t)FLAG_EXPORTED);
}

static enum visit visit_function(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	name_and_export(w, opened, walk_text(w, walk_field(w, node, FIELD_NAME)));
	return DESCEND;
}

/* A field's tag, as it stands between its quotes: json:"id" gorm:"primaryKey". */
static void add_tag(struct walk *w, TSNode tag)
{
	struct str text = walk_text(w, tag);
	if (text.len > 2)
		walk_leaf(w, tag, NODE_STRING, PART_DECORATOR, str_slice(text, 1, text.len - 1));
}

/* `a, b int` declares one thing for each name; each carries the type. Without a name it is the type alone. */
static enum visit declare_names(struct walk *w, TSNode node, enum node_kind kind, enum node_part part, uint32_t flags)
{
	TSNode tag = kind == NODE_FIELD ? ts_node_child_by_field_name(node, "tag", 3) : (TSNode){ 0 };
	TSNode type = walk_field(w, node, FIELD_TYPE);
	uint32_t count = ts_node_child_count(node), names = 0;
	for (uint32_t i = 0; i < count; i++) {
		const char *field = ts_node_field_name_for_child(node, i);
		if (!field || strcmp(field, "name") != 0)
			continue;
		TSNode name = ts_node_child(node, i);
		node_id id = walk_open(w, name, kind, part);
		facts_flag(w->facts, id, flags);
		name_and_export(w, id, walk_text(w, name));
		walk_here(w, type, PART_TYPE);
		add_tag(w, tag);
		walk_close(w);
		names++;
	}
	if (names)
		return STOP;
	if (kind == NODE_PARAM && part != PART_RESULT) {
		facts_flag(w->facts, walk_open(w, node, kind, part), flags);
		walk_here(w, type, PART_TYPE);
		return STOP;
	}
	walk_here(w, type, part);
	return STOP;
}

static enum visit visit_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	return declare_names(w, node, NODE_PARAM, part, 0);
}

static enum visit visit_variadic_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	return declare_names(w, node, NODE_PARAM, part, (uint32_t)FLAG_VARIADIC);
}

static enum visit visit_field(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	bool embedded = ts_node_is_null(walk_field(w, node, FIELD_NAME));
	return declare_names(w, node, NODE_FIELD, embedded ? PART_BASE : part, 0);
}

static enum visit visit_type_spec(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode type = walk_field(w, node, FIELD_TYPE);
	bool is_struct = walk_type_is(type, "struct_type"), is_interface = walk_type_is(type, "interface_type");
	node_id id = walk_open(w, node, is_struct ? NODE_CLASS : is_interface ? NODE_INTERFACE : NODE_ALIAS, part);
	name_and_export(w, id, walk_text(w, walk_field(w, node, FIELD_NAME)));
	if (!is_struct && !is_interface && walk_type_is(node, "type_spec"))
		facts_flag(w->facts, id, (uint32_t)FLAG_DECLARES);
	w->skip_field = walk_field_id(w, FIELD_NAME);
	w->children = PART_NONE;
	return DESCEND;
}

/* A declared struct's members are the declaration's own; anywhere else it is a type without a name. */
static enum visit visit_struct_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	enum node_kind above = (enum node_kind)w->facts->nodes.items[facts_current(w->facts)].kind;
	w->children = PART_NONE;
	if (above != NODE_CLASS && above != NODE_INTERFACE)
		facts_name(w->facts, walk_open(w, node, NODE_TYPE, part),
			walk_type_is(node, "struct_type") ? STR("struct") : STR("interface"));
	return DESCEND;
}

/* What an interface embeds, and one of the types that a generic one is given. */
static enum visit visit_type_element(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)opened;
	w->children = part == PART_TYPE ? PART_TYPE : PART_BASE;
	return DESCEND;
}

static enum visit visit_pointer_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode to = ts_node_named_child(node, 0);
	if (!ts_node_is_null(to) && (walk_type_is(to, "type_identifier") || walk_type_is(to, "qualified_type"))) {
		node_id leaf = walk_leaf(w, node, NODE_TYPE, part, walk_text(w, to));
		facts_flag(w->facts, leaf, (uint32_t)FLAG_POINTER);
		return STOP;
	}
	if (walk_type_is(to, "generic_type")) {
		node_id id = walk_open(w, node, NODE_TYPE, part);
		facts_name(w->facts, id, walk_text(w, walk_field(w, to, FIELD_TYPE)));
		facts_flag(w->facts, id, (uint32_t)FLAG_POINTER);
		walk_here(w, walk_field(w, to, FIELD_TYPE_ARGUMENTS), PART_TYPE);
		return STOP;
	}
	facts_name(w->facts, walk_open(w, node, NODE_TYPE, part), STR("*"));
	w->children = PART_TYPE;
	return DESCEND;
}

/* One name is a VAR; several are an assignment that declares its targets. */
static enum visit visit_var_spec(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_NAME);
	bool single = ts_node_named_child_count(node) < 2 || !walk_has_token(node, ",");
	uint32_t flags = walk_type_is(node, "const_spec") ? (uint32_t)FLAG_READONLY : 0;
	node_id id = walk_open(w, node, single ? NODE_VAR : NODE_ASSIGN, part);
	facts_flag(w->facts, id, single ? flags : flags | (uint32_t)FLAG_DECLARES);
	w->children = PART_VALUE;
	if (single) {
		name_and_export(w, id, walk_text(w, name));
		w->skip_field = walk_field_id(w, FIELD_NAME);
	}
	return DESCEND;
}

static enum visit visit_import(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path = walk_text(w, walk_field(w, node, FIELD_PATH));
	path = path.len >= 2 ? str_slice(path, 1, path.len - 1) : path;
	TSNode name = walk_field(w, node, FIELD_NAME);
	struct import import = { .node = walk_leaf(w, node, NODE_IMPORT, part, path),
		.module = facts_string(w->facts, path),
		.imported = facts_string(w->facts, STR("*")) };
	if (ts_node_is_null(name))
		import.local = facts_string(w->facts, go_package_name(path));
	else if (walk_type_is(name, "dot"))
		import.flags = IMPORT_GLOB;
	else if (walk_type_is(name, "blank_identifier"))
		import.flags = IMPORT_SIDE_EFFECT;
	else
		import.local = facts_string(w->facts, walk_text(w, name));
	vec_push(&w->facts->imports, import);
	return STOP;
}

static enum visit visit_package(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	walk_leaf(w, node, NODE_NAMESPACE, part, walk_text(w, ts_node_named_child(node, 0)));
	return STOP;
}

static enum visit visit_unary(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str operator_text = walk_text(w, walk_field(w, node, FIELD_OPERATOR));
	bool receive = str_is(operator_text, "<-");
	node_id id = walk_open(w, node, receive ? NODE_RECEIVE : NODE_UNARY, part);
	facts_name(w->facts, id, operator_text);
	w->children = PART_VALUE;
	return DESCEND;
}

static bool can_be_left(TSNode statement)
{
	static const char *const types[] = { "for_statement", "select_statement", "expression_switch_statement",
		"type_switch_statement" };
	for (unsigned i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (walk_type_is(statement, types[i]))
			return true;
	return false;
}

/* The label of a loop, switch or select is its name: what `break` and `continue` refer to. */
static enum visit visit_labeled(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	uint32_t count = ts_node_named_child_count(node);
	w->label = (struct str){ 0 };
	if (count && can_be_left(ts_node_named_child(node, count - 1)))
		w->label = walk_text(w, walk_field(w, node, FIELD_LABEL));
	return DESCEND;
}

static enum visit visit_labelled(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	if (w->label.len)
		facts_name(w->facts, opened, w->label);
	w->label = (struct str){ 0 };
	return DESCEND;
}

static enum visit visit_for(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	visit_labelled(w, node, part, opened);
	TSNode clause = ts_node_named_child(node, 0);
	bool endless = !ts_node_is_null(clause) &&
		       (walk_type_is(clause, "block") || walk_type_is(clause, "true") ||
			       (walk_type_is(clause, "for_clause") &&
				       ts_node_is_null(walk_field(w, clause, FIELD_CONDITION))));
	if (endless)
		facts_flag(w->facts, opened, (uint32_t)FLAG_INFINITE);
	return DESCEND;
}

static enum visit visit_range_clause(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	(void)opened;
	facts_flag(w->facts, facts_current(w->facts), (uint32_t)FLAG_RANGE);
	return DESCEND;
}

/* `case v := <-ch:` assigns; `case <-ch:` only receives. */
static enum visit visit_receive(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (ts_node_is_null(walk_field(w, node, FIELD_LEFT))) {
		walk_here(w, walk_field(w, node, FIELD_RIGHT), part);
		return STOP;
	}
	node_id assign = walk_open(w, node, NODE_ASSIGN, part);
	facts_name(w->facts, assign, walk_has_token(node, ":=") ? STR(":=") : STR("="));
	return DESCEND;
}

/*
 * A call of a generic function: f[T](x) reads as a conversion to f[T], pkg.F[T]() as the call of an element.
 * The first becomes a call; the second gets its name and keeps the element as callee, for it may as well be
 * one of a map.
 */
static enum visit visit_generic_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode type = walk_field(w, node, FIELD_TYPE);
	if (!walk_type_is(type, "generic_type")) {
		walk_open(w, node, NODE_CAST, part);
		return DESCEND;
	}
	facts_name(w->facts, walk_open(w, node, NODE_CALL, part), walk_text(w, walk_field(w, type, FIELD_TYPE)));
	walk_here(w, walk_field(w, type, FIELD_TYPE_ARGUMENTS), PART_TYPE);
	walk_here(w, walk_field(w, node, FIELD_OPERAND), PART_ARG);
	return STOP;
}

/* (*T)(x): it could call what a pointer to a function points to, but hardly ever does. */
static bool read_pointer_conversion(struct walk *w, TSNode node, TSNode callee, node_id opened)
{
	TSNode unary = walk_type_is(callee, "parenthesized_expression") ? ts_node_named_child(callee, 0)
									: (TSNode){ 0 };
	TSNode arguments = walk_field(w, node, FIELD_ARGUMENTS);
	struct str path;
	if (!walk_type_is(unary, "unary_expression") || ts_node_is_null(arguments) ||
		ts_node_named_child_count(arguments) != 1 ||
		!str_is(walk_text(w, walk_field(w, unary, FIELD_OPERATOR)), "*") ||
		!walk_path(w, walk_field(w, unary, FIELD_OPERAND), &path))
		return false;
	w->facts->nodes.items[opened].kind = NODE_CAST;
	facts_flag(w->facts, walk_leaf(w, callee, NODE_TYPE, PART_TYPE, path), (uint32_t)FLAG_POINTER);
	walk_here(w, ts_node_named_child(arguments, 0), PART_VALUE);
	return true;
}

static enum visit visit_go_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	TSNode callee = walk_field(w, node, FIELD_FUNCTION);
	struct str path;
	if (read_pointer_conversion(w, node, callee, opened))
		return STOP;
	if (!walk_type_is(callee, "index_expression") || !walk_path(w, walk_field(w, callee, FIELD_OPERAND), &path))
		return visit_call(w, node, part, opened);
	facts_name(w->facts, opened, path);
	return DESCEND;
}

/* A generic function with its types, as a value. */
static enum visit visit_instantiation(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode function = walk_field(w, node, FIELD_TYPE);
	walk_leaf(w, function, NODE_NAME, PART_OBJECT, walk_text(w, function));
	w->skip_field = walk_field_id(w, FIELD_TYPE);
	w->children = PART_ARG;
	return DESCEND;
}

static enum visit visit_increment(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, walk_type_is(node, "inc_statement") ? STR("++") : STR("--"));
	return DESCEND;
}

/* A table of numbers, such as generated code keeps its descriptors in, has nothing to tell. */
static bool is_number_table(TSNode node)
{
	enum { LONG = 64 };
	if (ts_node_named_child_count(node) < LONG)
		return false;
	TSNode element = ts_node_named_child(node, LONG / 2);
	return walk_type_is(element, "literal_element") && walk_type_is(ts_node_named_child(element, 0), "int_literal");
}

/* A composite literal's braces are the object; braces alone, inside a list of structs, are one of their own.
 */
static enum visit visit_literal_value(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_BODY)
		walk_open(w, node, NODE_OBJECT, part);
	w->children = PART_VALUE;
	return is_number_table(node) ? STOP : DESCEND;
}

/* A name or a string for a key is the pair's name; anything else stays a child. */
static enum visit visit_keyed_element(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	TSNode key = ts_node_named_child(walk_field(w, node, FIELD_KEY), 0);
	if (walk_type_is(key, "identifier"))
		facts_name(w->facts, opened, walk_text(w, key));
	else if (walk_type_is(key, "interpreted_string_literal"))
		visit_string(w, key, part, opened);
	else
		return DESCEND;
	w->skip_field = walk_field_id(w, FIELD_KEY);
	return DESCEND;
}

/* break, continue and goto carry their label as name. */
static enum visit visit_jump(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode label = ts_node_named_child(node, 0);
	if (!ts_node_is_null(label))
		facts_name(w->facts, opened, walk_text(w, label));
	return STOP;
}

/* Goes on with the next case. */
static enum visit visit_fallthrough(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	facts_name(w->facts, opened, STR("fallthrough"));
	return STOP;
}

static enum visit visit_raw_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	facts_name(w->facts, opened, text.len >= 2 ? str_slice(text, 1, text.len - 1) : text);
	return STOP;
}

// clang-format off
static const struct syntax syntax[] = {
	/* declarations */
	{ "package_clause", PASS, .enter = visit_package },
	{ "import_spec", PASS, .enter = visit_import },
	{ "function_declaration", OPEN, NODE_FUNCTION, .name = "name", .enter = visit_function },
	{ "method_declaration", OPEN, NODE_FUNCTION, .name = "name", .enter = visit_function },
	{ "method_elem", OPEN, NODE_FUNCTION, .name = "name", .enter = visit_function },
	{ "func_literal", OPEN, NODE_LAMBDA },
	{ "parameter_declaration", PASS, .enter = visit_parameter },
	{ "variadic_parameter_declaration", PASS, .enter = visit_variadic_parameter },
	{ "type_spec", PASS, .enter = visit_type_spec },
	{ "type_alias", PASS, .enter = visit_type_spec },
	{ "struct_type", PASS, .enter = visit_struct_type },
	{ "interface_type", PASS, .enter = visit_struct_type },
	{ "field_declaration", PASS, .enter = visit_field },
	{ "type_elem", PASS, .enter = visit_type_element },
	{ "var_spec", PASS, .enter = visit_var_spec },
	{ "const_spec", PASS, .enter = visit_var_spec },
	{ "type_parameter_list", SKIP },
	/* types */
	{ "type_identifier", LEAF, NODE_TYPE },
	{ "qualified_type", LEAF, NODE_TYPE },
	{ "pointer_type", PASS, .enter = visit_pointer_type },
	{ "generic_type", OPEN, NODE_TYPE, .name = "type", .children = PART_TYPE },
	{ "slice_type", OPEN, NODE_TYPE, .text = "[]" },
	{ "array_type", OPEN, NODE_TYPE, .text = "[]" },
	{ "implicit_length_array_type", OPEN, NODE_TYPE, .text = "[]" },
	{ "map_type", OPEN, NODE_TYPE, .text = "map" },
	{ "channel_type", OPEN, NODE_TYPE, .text = "chan" },
	{ "function_type", OPEN, NODE_TYPE, .text = "func" },
	/* statements */
	{ "block", OPEN, NODE_BLOCK },
	{ "expression_statement", OPEN, NODE_EXPR, .children = PART_VALUE },
	{ "assignment_statement", OPEN, NODE_ASSIGN, .enter = visit_operator },
	{ "short_var_declaration", OPEN, NODE_ASSIGN, (uint32_t)FLAG_DECLARES, .text = ":=" },
	{ "inc_statement", OPEN, NODE_ASSIGN, .children = PART_TARGET, .enter = visit_increment },
	{ "dec_statement", OPEN, NODE_ASSIGN, .children = PART_TARGET, .enter = visit_increment },
	{ "if_statement", OPEN, NODE_IF },
	{ "for_statement", OPEN, NODE_LOOP, .children = PART_COND, .enter = visit_for },
	{ "range_clause", PASS, .enter = visit_range_clause },
	{ "expression_switch_statement", OPEN, NODE_SWITCH, .enter = visit_labelled },
	{ "type_switch_statement", OPEN, NODE_SWITCH, (uint32_t)FLAG_DECLARES, .enter = visit_labelled },
	{ "select_statement", OPEN, NODE_SELECT, .enter = visit_labelled },
	{ "labeled_statement", PASS, .enter = visit_labeled },
	{ "expression_case", OPEN, NODE_CASE, .children = PART_BODY },
	{ "type_case", OPEN, NODE_CASE, .children = PART_BODY },
	{ "communication_case", OPEN, NODE_CASE, .children = PART_BODY },
	{ "default_case", OPEN, NODE_CASE, (uint32_t)FLAG_DEFAULT, .children = PART_BODY },
	{ "receive_statement", PASS, .enter = visit_receive },
	{ ":=", TOKEN, .flags = (uint32_t)FLAG_DECLARES },
	{ "send_statement", OPEN, NODE_SEND },
	{ "go_statement", OPEN, NODE_SPAWN, .children = PART_VALUE },
	{ "defer_statement", OPEN, NODE_DEFER, .children = PART_VALUE },
	{ "return_statement", OPEN, NODE_RETURN, .children = PART_VALUE },
	{ "break_statement", OPEN, NODE_BREAK, .enter = visit_jump },
	{ "goto_statement", OPEN, NODE_BREAK, .enter = visit_jump },
	{ "continue_statement", OPEN, NODE_CONTINUE, .enter = visit_jump },
	{ "fallthrough_statement", OPEN, NODE_CONTINUE, .enter = visit_fallthrough },
	{ "label_name", SKIP },
	/* expressions */
	{ "identifier", LEAF, NODE_NAME },
	{ "blank_identifier", LEAF, NODE_NAME },
	{ "call_expression", OPEN, NODE_CALL, .enter = visit_go_call },
	{ "selector_expression", PASS, .enter = visit_member },
	{ "index_expression", OPEN, NODE_INDEX },
	{ "slice_expression", OPEN, NODE_INDEX, (uint32_t)FLAG_RANGE },
	{ "type_assertion_expression", OPEN, NODE_CAST },
	{ "type_conversion_expression", PASS, .enter = visit_generic_call },
	{ "type_instantiation_expression", OPEN, NODE_INDEX, .enter = visit_instantiation },
	{ "unary_expression", PASS, .enter = visit_unary },
	{ "binary_expression", OPEN, NODE_BINARY, .enter = visit_operator },
	{ "variadic_argument", OPEN, NODE_SPREAD },
	{ "composite_literal", OPEN, NODE_OBJECT },
	{ "literal_value", PASS, .enter = visit_literal_value },
	{ "keyed_element", OPEN, NODE_PAIR, .enter = visit_keyed_element },
	{ "interpreted_string_literal", OPEN, NODE_STRING, .enter = visit_string },
	{ "raw_string_literal", OPEN, NODE_STRING, .enter = visit_raw_string },
	{ "int_literal", LEAF, NODE_NUMBER },
	{ "float_literal", LEAF, NODE_NUMBER },
	{ "imaginary_literal", LEAF, NODE_NUMBER },
	{ "rune_literal", LEAF, NODE_NUMBER },
	{ "true", LEAF, NODE_CONST },
	{ "false", LEAF, NODE_CONST },
	{ "nil", LEAF, NODE_CONST },
	{ "iota", LEAF, NODE_CONST },
	{ "comment", COMMENT },
	{ 0 },
};

static const struct syntax_part parts[] = {
	{ NULL, "parameters", PART_PARAM },
	{ NULL, "receiver", PART_RECEIVER },
	{ NULL, "result", PART_RESULT },
	{ NULL, "body", PART_BODY },
	{ NULL, "type", PART_TYPE },
	{ NULL, "element", PART_TYPE },
	{ NULL, "type_arguments", PART_TYPE },
	{ NULL, "initializer", PART_INIT },
	{ NULL, "condition", PART_COND },
	{ NULL, "update", PART_UPDATE },
	{ NULL, "consequence", PART_THEN },
	{ NULL, "alternative", PART_ELSE },
	{ NULL, "communication", PART_COND },
	{ NULL, "function", PART_CALLEE },
	{ NULL, "arguments", PART_ARG },
	{ NULL, "operand", PART_OBJECT },
	{ NULL, "field", PART_SKIP },
	{ NULL, "index", PART_ARG },
	{ NULL, "start", PART_ARG },
	{ NULL, "end", PART_ARG },
	{ NULL, "capacity", PART_ARG },
	{ NULL, "left", PART_LEFT },
	{ NULL, "right", PART_RIGHT },
	{ NULL, "operator", PART_SKIP },
	{ NULL, "label", PART_SKIP },
	{ NULL, "tag", PART_SKIP },
	{ NULL, "length", PART_SKIP },
	{ NULL, "key", PART_KEY },
	{ NULL, "value", PART_VALUE },
	{ NULL, "name", PART_TARGET },
	{ "assignment_statement", "left", PART_TARGET },
	{ "assignment_statement", "right", PART_VALUE },
	{ "short_var_declaration", "left", PART_TARGET },
	{ "short_var_declaration", "right", PART_VALUE },
	{ "receive_statement", "left", PART_TARGET },
	{ "receive_statement", "right", PART_VALUE },
	{ "range_clause", "left", PART_TARGET },
	{ "range_clause", "right", PART_ITER },
	{ "expression_switch_statement", "value", PART_COND },
	{ "type_switch_statement", "value", PART_COND },
	{ "type_switch_statement", "alias", PART_TARGET },
	{ "expression_case", "value", PART_COND },
	{ "type_case", "type", PART_COND },
	{ "send_statement", "channel", PART_TARGET },
	{ "unary_expression", "operand", PART_VALUE },
	{ "type_assertion_expression", "operand", PART_VALUE },
	{ "type_conversion_expression", "operand", PART_VALUE },
	{ "map_type", "key", PART_TYPE },
	{ "map_type", "value", PART_TYPE },
	{ "channel_type", "value", PART_TYPE },
	{ 0 },
};
// clang-format on

static const struct syntax_member members[] = { { "selector_expression", "operand", "field", "." }, { 0 } };

static const char *const identifiers[] = { "identifier", "package_identifier", NULL };

const struct grammar grammar_go = {
	.language = tree_sitter_go,
	.syntax = syntax,
	.parts = parts,
	.members = members,
	.identifiers = identifiers,
	.callee = "function",
	.prepare = go_rename_new,
};
