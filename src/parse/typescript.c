/* TypeScript, TSX and (javascript.c) JavaScript: the table, statements and expressions. */
#include "parse/typescript.h"

const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

bool ts_current_is(const struct walk *w, enum node_kind kind)
{
	return w->facts->nodes.items[facts_current(w->facts)].kind == kind;
}

bool ts_is_inside(const struct walk *w, uint64_t kinds)
{
	const struct facts_builder *b = w->facts;
	uint32_t least = b->open.count > TS_MOST_LEVELS ? b->open.count - TS_MOST_LEVELS : 0;
	for (uint32_t i = b->open.count; i > least; i--)
		if (kinds >> b->nodes.items[b->open.items[i - 1]].kind & 1)
			return true;
	return false;
}

/* ---- statements ---- */

/* These are statements of their own in the vocabulary. */
static bool is_statement_already(TSNode expression)
{
	static const char *const types[] = { "assignment_expression", "augmented_assignment_expression",
		"update_expression", "yield_expression", "internal_module" };
	const char *type = ts_node_is_null(expression) ? "" : ts_node_type(expression);
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

static enum visit visit_expression_statement(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str label = w->label;
	w->label = (struct str){ 0 };
	if (is_statement_already(ts_node_named_child(node, 0)))
		return DESCEND;
	facts_name(w->facts, walk_open(w, node, NODE_EXPR, part), label);
	w->children = PART_VALUE;
	return DESCEND;
}

/* a(), b(): several statements in one, or an operator like others. */
static enum visit visit_sequence(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	w->children = (uint8_t)part;
	if (ts_current_is(w, NODE_EXPR) || ts_current_is(w, NODE_LOOP))
		return DESCEND;
	facts_name(w->facts, walk_open(w, node, NODE_BINARY, part), STR(","));
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

/* The label of a loop or switch is its name, what `break` and `continue` refer to; of an expression too. */
static enum visit visit_labeled(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	struct str body = walk_text(w, walk_field(w, node, FIELD_BODY));
	bool block = body.len && body.ptr[0] == '{';
	w->label = block ? (struct str){ 0 } : walk_text(w, walk_field(w, node, FIELD_LABEL));
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

/* true, or a number that is not 0 */
static bool is_constantly_true(const struct walk *w, TSNode condition)
{
	if (walk_type_is(condition, "parenthesized_expression"))
		condition = ts_node_named_child(condition, 0);
	return walk_type_is(condition, "true") ||
	       (walk_type_is(condition, "number") && !str_is(walk_text(w, condition), "0"));
}

static enum visit visit_loop(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	TSNode condition = walk_field(w, node, FIELD_CONDITION);
	bool none = ts_node_is_null(condition) || !ts_node_is_named(condition) ||
		    walk_type_is(condition, "empty_statement");
	if (none || is_constantly_true(w, condition))
		facts_flag(w->facts, opened, (uint32_t)FLAG_INFINITE);
	return visit_labelled(w, node, part, opened);
}

static enum visit visit_for_in(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	TSNode kind = walk_field(w, node, FIELD_KIND);
	uint32_t flags = (uint32_t)FLAG_RANGE;
	if (!ts_node_is_null(kind))
		flags |= (uint32_t)FLAG_DECLARES | ts_kind_flags(walk_text(w, kind));
	if (walk_has_token(node, "await"))
		flags |= (uint32_t)FLAG_ASYNC;
	facts_flag(w->facts, opened, flags);
	return visit_labelled(w, node, part, opened);
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
	struct str key;
	if (!ts_key(w, walk_field(w, node, FIELD_KEY), &key))
		return DESCEND;
	facts_name(w->facts, opened, key);
	w->skip_field = walk_field_id(w, FIELD_KEY);
	return DESCEND;
}

/* {a} is {a: a}. */
static enum visit visit_shorthand(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str name = walk_text(w, node);
	facts_name(w->facts, walk_open(w, node, NODE_PAIR, part), name);
	walk_leaf(w, node, NODE_NAME, PART_VALUE, name);
	return STOP;
}

/* A string is a name where an enum lists its values. */
static enum visit visit_ts_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	if (part == PART_KEY && w->facts->nodes.items[w->facts->nodes.items[opened].parent].kind == NODE_ENUM) {
		w->facts->nodes.items[opened].kind = NODE_ENUM_VALUE;
		w->facts->nodes.items[opened].part = PART_NONE;
	}
	return visit_string(w, node, part, opened);
}

/* A template without holes is a string. */
static enum visit visit_template(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (!str_contains(walk_text(w, node), STR("${"))) {
		walk_leaf(w, node, NODE_STRING, part, ts_string_text(w, node));
		return STOP;
	}
	walk_open(w, node, NODE_TEMPLATE, part);
	w->children = PART_NONE;
	return DESCEND;
}

/* Between the holes of a template. */
static enum visit visit_escape(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, walk_decode(w, walk_text(w, node)));
	return STOP;
}

// clang-format off
const struct syntax typescript_syntax[] = {
	{ "hash_bang_line", SKIP },
	/* modules */
	{ "import_statement", PASS, .enter = visit_ts_import },
	{ "export_statement", PASS, .enter = visit_ts_export },
	{ "import_alias", PASS, .enter = visit_ts_import_alias },
	{ "ambient_declaration", PASS, .enter = visit_ts_ambient },
	{ "internal_module", OPEN, NODE_NAMESPACE, .enter = visit_ts_namespace },
	{ "module", OPEN, NODE_NAMESPACE, .enter = visit_ts_namespace },
	/* classes */
	{ "class_declaration", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "abstract_class_declaration", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "class", OPEN, NODE_CLASS, .name = "name", .enter = visit_ts_class },
	{ "class_body", PASS },
	{ "class_heritage", PASS, .children = PART_BASE },
	{ "extends_clause", PASS, .children = PART_BASE, .enter = visit_ts_extends },
	{ "implements_clause", PASS, .children = PART_BASE },
	{ "decorator", PASS, .enter = visit_ts_decorator },
	{ "method_definition", PASS, .enter = visit_ts_method },
	{ "method_signature", PASS, .enter = visit_ts_method },
	{ "abstract_method_signature", PASS, .enter = visit_ts_method },
	{ "public_field_definition", OPEN, NODE_FIELD, .enter = visit_ts_field },
	{ "property_signature", OPEN, NODE_FIELD, .enter = visit_ts_field },
	{ "class_static_block", PASS, .children = PART_SKIP },
	{ "accessibility_modifier", PASS, .enter = visit_ts_accessibility },
	{ "override_modifier", SKIP },
	{ "async", TOKEN, .flags = (uint32_t)FLAG_ASYNC },
	{ "static", TOKEN, .flags = (uint32_t)FLAG_STATIC },
	{ "abstract", TOKEN, .flags = (uint32_t)FLAG_ABSTRACT },
	{ "readonly", TOKEN, .flags = (uint32_t)FLAG_READONLY },
	{ "const", TOKEN, .flags = (uint32_t)FLAG_READONLY }, /* const enum, as const */
	{ "*", TOKEN, .flags = (uint32_t)FLAG_GENERATOR }, /* *method(), yield* */
	{ "get", TOKEN, .flags = (uint32_t)FLAG_ACCESSOR },
	{ "set", TOKEN, .flags = (uint32_t)FLAG_ACCESSOR },
	{ "optional_chain", MARK, .flags = (uint32_t)FLAG_OPTIONAL },
	{ "?.", TOKEN, .flags = (uint32_t)FLAG_OPTIONAL },
	{ "interface_declaration", OPEN, NODE_INTERFACE, .name = "name" },
	{ "interface_body", PASS },
	{ "extends_type_clause", PASS, .children = PART_BASE },
	{ "call_signature", SKIP },
	{ "construct_signature", SKIP },
	{ "index_signature", SKIP },
	{ "enum_declaration", OPEN, NODE_ENUM, .name = "name" },
	{ "enum_body", PASS },
	{ "enum_assignment", OPEN, NODE_ENUM_VALUE, .enter = visit_ts_enum_value },
	{ "property_identifier", PASS, .enter = visit_ts_enum_name },
	{ "private_property_identifier", LEAF, NODE_NAME },
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
	{ "rest_pattern", PASS, .enter = visit_ts_rest },
	{ "assignment_pattern", PASS, .enter = visit_ts_assignment_pattern },
	{ "object_assignment_pattern", PASS, .enter = visit_ts_assignment_pattern },
	{ "pair_pattern", OPEN, NODE_PAIR, .enter = visit_pair },
	{ "shorthand_property_identifier_pattern", LEAF, NODE_NAME },
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
	{ "switch_statement", OPEN, NODE_SWITCH, .enter = visit_labelled },
	{ "switch_body", PASS },
	{ "switch_case", OPEN, NODE_CASE },
	{ "switch_default", OPEN, NODE_CASE, (uint32_t)FLAG_DEFAULT },
	{ "try_statement", OPEN, NODE_TRY },
	{ "catch_clause", OPEN, NODE_CATCH, .enter = visit_ts_catch },
	{ "finally_clause", PASS },
	{ "return_statement", OPEN, NODE_RETURN, .children = PART_VALUE },
	{ "throw_statement", OPEN, NODE_THROW, .children = PART_VALUE },
	{ "break_statement", OPEN, NODE_BREAK, .enter = visit_jump },
	{ "continue_statement", OPEN, NODE_CONTINUE, .enter = visit_jump },
	{ "labeled_statement", PASS, .enter = visit_labeled },
	{ "with_statement", OPEN, NODE_WITH },
	{ "statement_identifier", SKIP },
	{ "debugger_statement", SKIP },
	{ "empty_statement", SKIP },
	/* expressions */
	{ "identifier", PASS, .enter = visit_ts_identifier },
	{ "this", LEAF, NODE_NAME },
	{ "super", LEAF, NODE_NAME },
	{ "meta_property", LEAF, NODE_NAME },
	{ "call_expression", OPEN, NODE_CALL, .enter = visit_ts_call },
	{ "new_expression", OPEN, NODE_CALL, (uint32_t)FLAG_NEW, .enter = visit_ts_new },
	{ "member_expression", PASS, .enter = visit_ts_member },
	{ "subscript_expression", PASS, .enter = visit_ts_subscript },
	{ "await_expression", OPEN, NODE_AWAIT, .children = PART_VALUE },
	{ "yield_expression", OPEN, NODE_YIELD, .children = PART_VALUE },
	{ "assignment_expression", OPEN, NODE_ASSIGN, .text = "=", .enter = visit_assignment },
	{ "augmented_assignment_expression", OPEN, NODE_ASSIGN, .enter = visit_operator },
	{ "update_expression", OPEN, NODE_ASSIGN, .enter = visit_update },
	{ "binary_expression", OPEN, NODE_BINARY, .enter = visit_operator },
	{ "unary_expression", OPEN, NODE_UNARY, .enter = visit_operator },
	{ "ternary_expression", OPEN, NODE_CONDITIONAL },
	{ "sequence_expression", PASS, .enter = visit_sequence },
	{ "as_expression", OPEN, NODE_CAST, .children = PART_VALUE },
	{ "satisfies_expression", OPEN, NODE_CAST, .text = "satisfies", .children = PART_VALUE },
	{ "non_null_expression", OPEN, NODE_UNWRAP, .text = "!", .children = PART_VALUE },
	{ "object", OPEN, NODE_OBJECT },
	{ "pair", OPEN, NODE_PAIR, .enter = visit_pair },
	{ "computed_property_name", PASS },
	{ "shorthand_property_identifier", PASS, .enter = visit_shorthand },
	{ "array", OPEN, NODE_ARRAY },
	{ "spread_element", OPEN, NODE_SPREAD },
	{ "string", OPEN, NODE_STRING, .enter = visit_ts_string },
	{ "string_fragment", LEAF, NODE_STRING },
	{ "escape_sequence", OPEN, NODE_STRING, .enter = visit_escape },
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
	{ "jsx_text", PASS, .enter = visit_jsx_text },
	{ "html_character_reference", SKIP },
	/* types */
	{ "type_parameters", SKIP },
	{ "type_annotation", PASS },
	{ "type_arguments", PASS },
	{ "type_identifier", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "predefined_type", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "this_type", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "nested_type_identifier", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "literal_type", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "template_literal_type", OPEN, NODE_TYPE, .enter = visit_ts_type_name },
	{ "generic_type", OPEN, NODE_TYPE, .name = "name", .children = PART_TYPE, .enter = visit_ts_type },
	{ "union_type", PASS, .enter = visit_ts_union },
	{ "intersection_type", PASS, .enter = visit_ts_union },
	{ "array_type", OPEN, NODE_TYPE, .text = "[]", .children = PART_TYPE, .enter = visit_ts_type },
	{ "tuple_type", OPEN, NODE_TYPE, .text = "[,]", .children = PART_TYPE, .enter = visit_ts_type },
	{ "readonly_type", OPEN, NODE_TYPE, .text = "Readonly", .children = PART_TYPE, .enter = visit_ts_type },
	{ "function_type", OPEN, NODE_TYPE, .text = "=>", .children = PART_TYPE, .enter = visit_ts_type },
	{ "constructor_type", OPEN, NODE_TYPE, (uint32_t)FLAG_NEW, .text = "=>", .enter = visit_ts_type },
	{ "object_type", PASS, .enter = visit_ts_object_type },
	{ "parenthesized_type", PASS },
	{ "optional_type", PASS },
	{ "rest_type", PASS },
	{ "type_query", OPEN, NODE_TYPE, .text = "typeof", .children = PART_VALUE, .enter = visit_ts_type },
	{ "lookup_type", OPEN, NODE_TYPE, .text = "T[K]", .children = PART_TYPE, .enter = visit_ts_type },
	{ "index_type_query", OPEN, NODE_TYPE, .text = "keyof", .children = PART_TYPE, .enter = visit_ts_type },
	{ "conditional_type", OPEN, NODE_TYPE, .text = "?:", .enter = visit_ts_opaque_type },
	{ "infer_type", OPEN, NODE_TYPE, .text = "infer", .enter = visit_ts_opaque_type },
	{ "mapped_type_clause", SKIP },
	{ "type_predicate", OPEN, NODE_TYPE, .text = "boolean", .enter = visit_ts_opaque_type },
	{ "type_predicate_annotation", PASS },
	{ "asserts_annotation", SKIP },
	{ "asserts", SKIP },
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
	{ NULL, "pattern", PART_TARGET },
	{ NULL, "declaration", PART_NONE },
	{ NULL, "source", PART_SKIP },
	{ NULL, "open_tag", PART_NONE },
	{ NULL, "close_tag", PART_SKIP },
	{ NULL, "attribute", PART_NONE },
	{ NULL, "optional_chain", PART_NONE },
	{ "enum_body", "name", PART_KEY },
	{ "function_type", "parameters", PART_TYPE },
	{ "constructor_type", "parameters", PART_TYPE },
	{ "constructor_type", "type", PART_RESULT },
	{ "instantiation_expression", "function", PART_VALUE },
	{ "instantiation_expression", "type_arguments", PART_SKIP },
	{ "regex", "pattern", PART_SKIP },
	{ "jsx_opening_element", "name", PART_SKIP },
	{ "jsx_self_closing_element", "name", PART_SKIP },
	{ "class_declaration", "body", PART_NONE },
	{ "abstract_class_declaration", "body", PART_NONE },
	{ "class", "body", PART_NONE },
	{ "class_static_block", "body", PART_INIT },
	{ "labeled_statement", "body", PART_NONE },
	{ "interface_declaration", "body", PART_NONE },
	{ "enum_declaration", "body", PART_NONE },
	{ "extends_clause", "value", PART_BASE },
	{ "extends_type_clause", "type", PART_BASE },
	{ "type_alias_declaration", "value", PART_TYPE },
	{ "assignment_expression", "left", PART_TARGET },
	{ "assignment_expression", "right", PART_VALUE },
	{ "augmented_assignment_expression", "left", PART_TARGET },
	{ "augmented_assignment_expression", "right", PART_VALUE },
	{ "assignment_pattern", "left", PART_TARGET },
	{ "assignment_pattern", "right", PART_VALUE },
	{ "object_assignment_pattern", "left", PART_TARGET },
	{ "object_assignment_pattern", "right", PART_VALUE },
	{ "update_expression", "argument", PART_TARGET },
	{ "for_in_statement", "left", PART_TARGET },
	{ "for_in_statement", "right", PART_ITER },
	{ "for_in_statement", "value", PART_SKIP },
	{ "switch_statement", "value", PART_COND },
	{ "switch_statement", "body", PART_NONE },
	{ "catch_clause", "parameter", PART_TARGET },
	{ "with_statement", "object", PART_ARG },
	{ "switch_case", "value", PART_COND },
	{ "finally_clause", "body", PART_FINALLY },
	{ "export_statement", "value", PART_VALUE },
	{ 0 },
};
// clang-format on

const struct syntax_member typescript_members[] = { { "member_expression", "object", "property", "." }, { 0 } };

const char *const typescript_identifiers[] = { "identifier", "this", "super", "meta_property", NULL };

const struct grammar grammar_tsx = {
	.language = tree_sitter_tsx,
	.syntax = typescript_syntax,
	.parts = typescript_parts,
	.members = typescript_members,
	.identifiers = typescript_identifiers,
	.callee = "function",
	.prepare = tsx_mend,
};

/* <T>value: in TSX that is an element. */
static const struct syntax assertions[] = {
	{ "type_assertion", OPEN, NODE_CAST, .children = PART_VALUE },
	{ 0 },
};

const struct grammar grammar_typescript = {
	.language = tree_sitter_typescript,
	.syntax = assertions,
	.dialect_of = &grammar_tsx,
	.parts = typescript_parts,
	.members = typescript_members,
	.identifiers = typescript_identifiers,
	.callee = "function",
	.prepare = ts_mend,
};
