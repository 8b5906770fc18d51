#include "parse/typescript.h"

const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

/* ---- calls and members ---- */

/* console["log"] is console.log. */
static bool literal_index(struct walk *w, TSNode node, struct str *path)
{
	struct str object;
	TSNode index = walk_field(w, node, FIELD_INDEX);
	if (!walk_type_is(node, "subscript_expression") || !walk_type_is(index, "string") ||
	    !walk_path(w, walk_field(w, node, FIELD_OBJECT), &object))
		return false;
	struct str text = walk_text(w, index);
	if (text.len < 3 || str_find(text, '\\') != UINT32_MAX)
		return false;
	uint32_t owner = facts_string(w->facts, object); /* the path's buffer is about to be used again */
	object = facts_builder_str(w->facts, owner);
	buf_clear(w->scratch);
	buf_add(w->scratch, object);
	buf_add_char(w->scratch, '.');
	buf_add(w->scratch, str_slice(text, 1, text.len - 1));
	*path = buf_str(w->scratch);
	return true;
}

static enum visit visit_ts_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	TSNode callee = walk_field(w, node, FIELD_FUNCTION);
	struct str path;
	if (walk_type_is(walk_field(w, node, FIELD_ARGUMENTS), "template_string"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_TAGGED);
	if (walk_type_is(callee, "import")) {
		facts_name(w->facts, opened, STR("import"));
		w->skip_field = walk_field_id(w, FIELD_FUNCTION);
	}
	ts_note_call_import(w, node, opened);
	if (literal_index(w, callee, &path)) {
		facts_name(w->facts, opened, path);
		w->skip_field = walk_field_id(w, FIELD_FUNCTION);
		return DESCEND;
	}
	return visit_call(w, node, part, opened);
}

static enum visit visit_new(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode constructor = walk_field(w, node, FIELD_CONSTRUCTOR);
	struct str path;
	if (walk_path(w, constructor, &path)) {
		facts_name(w->facts, opened, path);
		w->skip_field = walk_field_id(w, FIELD_CONSTRUCTOR);
	} else {
		facts_name(w->facts, opened, walk_property(w, constructor));
	}
	return DESCEND;
}

static enum visit visit_subscript(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path;
	if (literal_index(w, node, &path)) {
		walk_leaf(w, node, NODE_NAME, part, path);
		return STOP;
	}
	walk_open(w, node, NODE_INDEX, part);
	return DESCEND;
}

/* ---- statements ---- */

static bool is_statement_already(TSNode expression)
{
	return walk_type_is(expression, "assignment_expression") || walk_type_is(expression, "augmented_assignment_expression") ||
	       walk_type_is(expression, "update_expression") || walk_type_is(expression, "yield_expression");
}

static enum visit visit_expression_statement(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode only = ts_node_named_child(node, 0);
	if (walk_type_is(only, "string"))
		return STOP; /* "use strict" */
	if (is_statement_already(only))
		return DESCEND;
	walk_open(w, node, NODE_EXPR, part);
	w->children = PART_VALUE;
	return DESCEND;
}

static enum visit visit_assignment(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	ts_note_commonjs_export(w, node);
	return DESCEND;
}

static bool is_true(TSNode condition)
{
	if (walk_type_is(condition, "parenthesized_expression"))
		condition = ts_node_named_child(condition, 0);
	return walk_type_is(condition, "true");
}

static enum visit visit_loop(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode condition = walk_field(w, node, FIELD_CONDITION);
	if (ts_node_is_null(condition) || walk_type_is(condition, "empty_statement") || is_true(condition))
		facts_flag(w->facts, opened, (uint32_t)FLAG_INFINITE);
	return DESCEND;
}

static enum visit visit_for_in(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode kind = walk_field(w, node, FIELD_KIND);
	uint32_t flags = (uint32_t)FLAG_RANGE;
	if (!ts_node_is_null(kind))
		flags |= (uint32_t)FLAG_DECLARES;
	if (walk_has_token(node, "await"))
		flags |= (uint32_t)FLAG_ASYNC;
	facts_flag(w->facts, opened, flags);
	return DESCEND;
}

static enum visit visit_catch(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode parameter = walk_field(w, node, FIELD_PARAMETER);
	if (ts_node_is_null(parameter))
		facts_flag(w->facts, opened, (uint32_t)FLAG_BARE);
	else if (walk_type_is(parameter, "identifier"))
		facts_name(w->facts, opened, walk_text(w, parameter));
	w->skip_field = walk_field_id(w, FIELD_PARAMETER);
	return DESCEND;
}

static enum visit visit_jump(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode label = walk_field(w, node, FIELD_LABEL);
	if (!ts_node_is_null(label))
		facts_name(w->facts, opened, walk_text(w, label));
	return STOP;
}

static enum visit visit_update(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, walk_text(w, walk_field(w, node, FIELD_OPERATOR)));
	return DESCEND;
}

/* ---- literals ---- */

static enum visit visit_pair(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode key = walk_field(w, node, FIELD_KEY);
	if (walk_type_is(key, "computed_property_name"))
		return DESCEND;
	facts_name(w->facts, opened, walk_type_is(key, "string") ? ts_string_text(w, key) : walk_text(w, key));
	w->skip_field = walk_field_id(w, FIELD_KEY);
	return DESCEND;
}

/* A template without holes is a string. */
static enum visit visit_template(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	uint32_t count = ts_node_named_child_count(node);
	bool holes = false;
	for (uint32_t i = 0; i < count && i < 64 && !holes; i++)
		holes = walk_type_is(ts_node_named_child(node, i), "template_substitution");
	if (!holes && count < 64) {
		walk_leaf(w, node, NODE_STRING, part, ts_string_text(w, node));
		return STOP;
	}
	walk_open(w, node, NODE_TEMPLATE, part);
	w->children = PART_NONE;
	return DESCEND;
}

/* ---- JSX ---- */

static enum visit visit_jsx(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode tag = walk_type_is(node, "jsx_element") ? walk_field(w, node, FIELD_OPEN_TAG) : node;
	facts_name(w->facts, opened, walk_text(w, walk_field(w, tag, FIELD_NAME)));
	return DESCEND;
}

/* name="text", name={expression}, name */
static enum visit visit_jsx_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, walk_text(w, ts_node_named_child(node, 0)));
	w->children = PART_VALUE;
	return DESCEND;
}

/* ---- types ---- */

/* In a type position an object's members are a type of their own; elsewhere they are the interface's. */
static enum visit visit_object_type(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_BODY)
		facts_name(w->facts, walk_open(w, node, NODE_TYPE, part), STR("{}"));
	w->children = PART_NONE;
	return DESCEND;
}

// clang-format off
const struct syntax typescript_syntax[] = {
	{ "hash_bang_line", SKIP },
	/* modules */
	{ "import_statement", PASS, .enter = visit_ts_import },
	{ "export_statement", PASS, .enter = visit_ts_export },
	{ "import_alias", SKIP },
	{ "ambient_declaration", PASS },
	{ "internal_module", OPEN, NODE_NAMESPACE, .name = "name" },
	{ "module", OPEN, NODE_NAMESPACE, .name = "name" },
	/* classes */
	{ "class_declaration", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "abstract_class_declaration", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "class", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "class_body", PASS },
	{ "class_heritage", PASS, .children = PART_BASE },
	{ "extends_clause", PASS, .children = PART_BASE },
	{ "implements_clause", OPEN, NODE_TYPE, (uint32_t)FLAG_TYPE_ONLY, .text = "implements", .children = PART_TYPE },
	{ "decorator", PASS, .enter = visit_ts_decorator },
	{ "method_definition", PASS, .enter = visit_ts_method },
	{ "method_signature", PASS, .enter = visit_ts_method },
	{ "abstract_method_signature", PASS, .enter = visit_ts_method },
	{ "public_field_definition", OPEN, NODE_FIELD, .name = "name" },
	{ "property_signature", OPEN, NODE_FIELD, .name = "name" },
	{ "class_static_block", PASS },
	{ "accessibility_modifier", PASS, .enter = visit_ts_accessibility },
	{ "override_modifier", SKIP },
	{ "async", TOKEN, .flags = (uint32_t)FLAG_ASYNC },
	{ "static", TOKEN, .flags = (uint32_t)FLAG_STATIC },
	{ "abstract", TOKEN, .flags = (uint32_t)FLAG_ABSTRACT },
	{ "readonly", TOKEN, .flags = (uint32_t)FLAG_READONLY },
	{ "get", TOKEN, .flags = (uint32_t)FLAG_ACCESSOR },
	{ "set", TOKEN, .flags = (uint32_t)FLAG_ACCESSOR },
	{ "optional_chain", MARK, .flags = (uint32_t)FLAG_OPTIONAL },
	{ "interface_declaration", OPEN, NODE_INTERFACE, .name = "name" },
	{ "interface_body", PASS },
	{ "extends_type_clause", PASS, .children = PART_BASE },
	{ "call_signature", SKIP },
	{ "construct_signature", SKIP },
	{ "index_signature", SKIP },
	{ "enum_declaration", OPEN, NODE_ENUM, .name = "name" },
	{ "enum_body", PASS },
	{ "enum_assignment", OPEN, NODE_ENUM_VALUE, .name = "name" },
	{ "property_identifier", PASS, .enter = visit_ts_property },
	{ "type_alias_declaration", OPEN, NODE_ALIAS, .name = "name" },
	/* functions */
	{ "function_declaration", OPEN, NODE_FUNCTION, .name = "name" },
	{ "function_signature", OPEN, NODE_FUNCTION, .name = "name" },
	{ "generator_function_declaration", OPEN, NODE_FUNCTION, (uint32_t)FLAG_GENERATOR, .name = "name" },
	{ "function_expression", OPEN, NODE_LAMBDA, .name = "name" },
	{ "generator_function", OPEN, NODE_LAMBDA, (uint32_t)FLAG_GENERATOR, .name = "name" },
	{ "arrow_function", OPEN, NODE_LAMBDA },
	{ "formal_parameters", PASS },
	{ "required_parameter", PASS, .enter = visit_ts_parameter },
	{ "optional_parameter", PASS, .enter = visit_ts_parameter },
	{ "object_pattern", PASS, .enter = visit_ts_pattern },
	{ "array_pattern", PASS, .enter = visit_ts_pattern },
	{ "rest_pattern", PASS, .enter = visit_ts_pattern },
	{ "assignment_pattern", PASS, .enter = visit_ts_assignment_pattern },
	{ "object_assignment_pattern", PASS, .enter = visit_ts_assignment_pattern },
	{ "pair_pattern", OPEN, NODE_PAIR, .enter = visit_pair },
	{ "shorthand_property_identifier_pattern", PASS, .enter = visit_ts_shorthand },
	/* variables */
	{ "lexical_declaration", PASS, .enter = visit_ts_variables },
	{ "variable_declaration", PASS, .enter = visit_ts_variables },
	{ "variable_declarator", PASS, .enter = visit_ts_declarator },
	/* statements */
	{ "statement_block", OPEN, NODE_BLOCK },
	{ "expression_statement", PASS, .enter = visit_expression_statement },
	{ "if_statement", OPEN, NODE_IF },
	{ "else_clause", PASS },
	{ "for_statement", OPEN, NODE_LOOP, .enter = visit_loop },
	{ "for_in_statement", OPEN, NODE_LOOP, .enter = visit_for_in },
	{ "while_statement", OPEN, NODE_LOOP, .enter = visit_loop },
	{ "do_statement", OPEN, NODE_LOOP, .enter = visit_loop },
	{ "switch_statement", OPEN, NODE_SWITCH },
	{ "switch_body", PASS },
	{ "switch_case", OPEN, NODE_CASE },
	{ "switch_default", OPEN, NODE_CASE, (uint32_t)FLAG_DEFAULT },
	{ "try_statement", OPEN, NODE_TRY },
	{ "catch_clause", OPEN, NODE_CATCH, .enter = visit_catch },
	{ "finally_clause", PASS },
	{ "return_statement", OPEN, NODE_RETURN, .children = PART_VALUE },
	{ "throw_statement", OPEN, NODE_THROW, .children = PART_VALUE },
	{ "break_statement", OPEN, NODE_BREAK, .enter = visit_jump },
	{ "continue_statement", OPEN, NODE_CONTINUE, .enter = visit_jump },
	{ "labeled_statement", PASS },
	{ "statement_identifier", SKIP },
	{ "debugger_statement", SKIP },
	{ "empty_statement", SKIP },
	/* expressions */
	{ "identifier", PASS, .enter = visit_ts_identifier },
	{ "this", LEAF, NODE_NAME },
	{ "super", LEAF, NODE_NAME },
	{ "meta_property", LEAF, NODE_NAME },
	{ "call_expression", OPEN, NODE_CALL, .enter = visit_ts_call },
	{ "new_expression", OPEN, NODE_CALL, (uint32_t)FLAG_NEW, .enter = visit_new },
	{ "member_expression", PASS, .enter = visit_member },
	{ "subscript_expression", PASS, .enter = visit_subscript },
	{ "await_expression", OPEN, NODE_AWAIT, .children = PART_VALUE },
	{ "yield_expression", OPEN, NODE_YIELD, .children = PART_VALUE },
	{ "assignment_expression", OPEN, NODE_ASSIGN, .text = "=", .enter = visit_assignment },
	{ "augmented_assignment_expression", OPEN, NODE_ASSIGN, .enter = visit_operator },
	{ "update_expression", OPEN, NODE_ASSIGN, .enter = visit_update },
	{ "binary_expression", OPEN, NODE_BINARY, .enter = visit_operator },
	{ "unary_expression", OPEN, NODE_UNARY, .enter = visit_operator },
	{ "ternary_expression", OPEN, NODE_CONDITIONAL },
	{ "as_expression", OPEN, NODE_CAST, .children = PART_VALUE },
	{ "satisfies_expression", OPEN, NODE_CAST, .children = PART_VALUE },
	{ "non_null_expression", OPEN, NODE_UNWRAP, .text = "!", .children = PART_VALUE },
	{ "object", OPEN, NODE_OBJECT },
	{ "pair", OPEN, NODE_PAIR, .enter = visit_pair },
	{ "computed_property_name", PASS },
	{ "shorthand_property_identifier", PASS, .enter = visit_ts_shorthand },
	{ "array", OPEN, NODE_ARRAY },
	{ "spread_element", OPEN, NODE_SPREAD },
	{ "string", OPEN, NODE_STRING, .enter = visit_string },
	{ "string_fragment", LEAF, NODE_STRING },
	{ "escape_sequence", SKIP },
	{ "template_string", PASS, .enter = visit_template },
	{ "template_substitution", PASS },
	{ "regex", LEAF, NODE_STRING },
	{ "number", LEAF, NODE_NUMBER },
	{ "true", LEAF, NODE_CONST },
	{ "false", LEAF, NODE_CONST },
	{ "null", LEAF, NODE_CONST },
	{ "undefined", LEAF, NODE_CONST },
	/* JSX */
	{ "jsx_element", OPEN, NODE_JSX, .enter = visit_jsx },
	{ "jsx_self_closing_element", OPEN, NODE_JSX, .enter = visit_jsx },
	{ "jsx_opening_element", PASS },
	{ "jsx_closing_element", SKIP },
	{ "jsx_attribute", OPEN, NODE_PAIR, .enter = visit_jsx_attribute },
	{ "jsx_namespace_name", SKIP },
	{ "jsx_expression", PASS },
	{ "jsx_text", SKIP },
	{ "html_character_reference", SKIP },
	/* types */
	{ "type_parameters", SKIP },
	{ "type_annotation", PASS },
	{ "type_arguments", PASS },
	{ "type_identifier", LEAF, NODE_TYPE },
	{ "predefined_type", LEAF, NODE_TYPE },
	{ "this_type", LEAF, NODE_TYPE },
	{ "nested_type_identifier", LEAF, NODE_TYPE },
	{ "literal_type", LEAF, NODE_TYPE },
	{ "template_literal_type", LEAF, NODE_TYPE },
	{ "generic_type", OPEN, NODE_TYPE, .name = "name", .children = PART_TYPE },
	{ "union_type", OPEN, NODE_TYPE, .text = "|", .children = PART_TYPE },
	{ "intersection_type", OPEN, NODE_TYPE, .text = "&", .children = PART_TYPE },
	{ "array_type", OPEN, NODE_TYPE, .text = "[]", .children = PART_TYPE },
	{ "tuple_type", OPEN, NODE_TYPE, .text = "[]", .children = PART_TYPE },
	{ "function_type", OPEN, NODE_TYPE, .text = "=>" },
	{ "constructor_type", OPEN, NODE_TYPE, .text = "=>" },
	{ "object_type", PASS, .enter = visit_object_type },
	{ "parenthesized_type", PASS },
	{ "readonly_type", PASS },
	{ "optional_type", PASS },
	{ "rest_type", PASS },
	{ "type_query", OPEN, NODE_TYPE, .text = "typeof", .children = PART_VALUE },
	{ "lookup_type", OPEN, NODE_TYPE, .text = "[]", .children = PART_TYPE },
	{ "index_type_query", OPEN, NODE_TYPE, .text = "keyof", .children = PART_TYPE },
	{ "conditional_type", SKIP },
	{ "infer_type", SKIP },
	{ "mapped_type_clause", SKIP },
	{ "type_predicate", SKIP },
	{ "type_predicate_annotation", SKIP },
	{ "asserts_annotation", SKIP },
	{ "html_comment", SKIP },
	{ "comment", COMMENT },
	{ 0 },
};

const struct syntax_part typescript_parts[] = {
	{ NULL, "decorator", PART_DECORATOR },
	{ "export_statement", "decorator", PART_INIT },
	{ "class_body", "decorator", PART_INIT },
	{ NULL, "parameters", PART_PARAM },
	{ NULL, "parameter", PART_PARAM },
	{ NULL, "return_type", PART_RESULT },
	{ NULL, "type_parameters", PART_SKIP },
	{ NULL, "type_arguments", PART_TYPE },
	{ NULL, "body", PART_BODY },
	{ NULL, "type", PART_TYPE },
	{ NULL, "value", PART_VALUE },
	{ NULL, "initializer", PART_INIT },
	{ NULL, "condition", PART_COND },
	{ NULL, "increment", PART_UPDATE },
	{ NULL, "consequence", PART_THEN },
	{ NULL, "alternative", PART_ELSE },
	{ NULL, "handler", PART_CATCH },
	{ NULL, "finalizer", PART_FINALLY },
	{ NULL, "function", PART_CALLEE },
	{ NULL, "constructor", PART_CALLEE },
	{ NULL, "arguments", PART_ARG },
	{ NULL, "object", PART_OBJECT },
	{ NULL, "property", PART_SKIP },
	{ NULL, "index", PART_ARG },
	{ NULL, "left", PART_LEFT },
	{ NULL, "right", PART_RIGHT },
	{ NULL, "operator", PART_SKIP },
	{ NULL, "kind", PART_SKIP },
	{ NULL, "label", PART_SKIP },
	{ NULL, "argument", PART_VALUE },
	{ NULL, "key", PART_KEY },
	{ NULL, "name", PART_TARGET },
	{ NULL, "pattern", PART_SKIP },
	{ NULL, "declaration", PART_NONE },
	{ NULL, "source", PART_SKIP },
	{ NULL, "open_tag", PART_NONE },
	{ NULL, "close_tag", PART_SKIP },
	{ NULL, "attribute", PART_NONE },
	{ NULL, "optional_chain", PART_NONE },
	{ "enum_body", "name", PART_NONE },
	{ "jsx_opening_element", "name", PART_SKIP },
	{ "jsx_self_closing_element", "name", PART_SKIP },
	{ "class_declaration", "body", PART_NONE },
	{ "abstract_class_declaration", "body", PART_NONE },
	{ "class", "body", PART_NONE },
	{ "class_static_block", "body", PART_NONE },
	{ "interface_declaration", "body", PART_NONE },
	{ "enum_declaration", "body", PART_NONE },
	{ "extends_clause", "value", PART_BASE },
	{ "extends_type_clause", "type", PART_BASE },
	{ "type_alias_declaration", "value", PART_TYPE },
	{ "assignment_expression", "left", PART_TARGET },
	{ "assignment_expression", "right", PART_VALUE },
	{ "augmented_assignment_expression", "left", PART_TARGET },
	{ "augmented_assignment_expression", "right", PART_VALUE },
	{ "assignment_pattern", "right", PART_VALUE },
	{ "object_assignment_pattern", "right", PART_VALUE },
	{ "update_expression", "argument", PART_TARGET },
	{ "for_in_statement", "left", PART_TARGET },
	{ "for_in_statement", "right", PART_ITER },
	{ "for_in_statement", "value", PART_SKIP },
	{ "switch_statement", "value", PART_COND },
	{ "switch_case", "value", PART_COND },
	{ "finally_clause", "body", PART_FINALLY },
	{ "export_statement", "value", PART_VALUE },
	{ 0 },
};
// clang-format on

const struct syntax_member typescript_members[] = { { "member_expression", "object", "property", "." }, { 0 } };

const char *const typescript_identifiers[] = { "identifier", "this", "super", NULL };

const struct grammar grammar_tsx = {
	.language = tree_sitter_tsx,
	.syntax = typescript_syntax,
	.parts = typescript_parts,
	.members = typescript_members,
	.identifiers = typescript_identifiers,
	.callee = "function",
};

static const struct syntax nothing_of_its_own[] = { { 0 } };

const struct grammar grammar_typescript = {
	.language = tree_sitter_typescript,
	.syntax = nothing_of_its_own,
	.dialect_of = &grammar_tsx,
	.parts = typescript_parts,
	.members = typescript_members,
	.identifiers = typescript_identifiers,
	.callee = "function",
};
