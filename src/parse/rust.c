#include "parse/rust.h"

#include "parse/compile.h"
#include "parse/text.h"

const TSLanguage *tree_sitter_rust(void);

/* Documentation is no fact, unless it suppresses something. */
static enum visit visit_comment(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	struct str text = walk_text(w, node);
	if (w->offset)
		return STOP; /* the macro whose body this is has it already */
	bool line = str_starts(text, STR("///")) && !str_starts(text, STR("////"));
	bool block = str_starts(text, STR("/**")) && !str_starts(text, STR("/***")) && text.len > 4;
	bool inner = str_starts(text, STR("//!")) || str_starts(text, STR("/*!"));
	if ((line || block || inner) && !str_contains(text, STR("bylaw-ignore")))
		return STOP;
	uint32_t end = ts_node_end_byte(node);
	if (str_ends(text, STR("\n")))
		end--; /* a documentation line reaches over its end */
	text_comment(w->facts, w->source, ts_node_start_byte(node), end, w->offset);
	return STOP;
}

/* Statements in the vocabulary of facts are not wrapped in an EXPR, although expressions in the grammar. */
static bool is_statement(const struct walk *w, TSNode node)
{
	static const uint64_t kinds = KIND(ASSIGN) | KIND(RETURN) | KIND(BREAK) | KIND(CONTINUE) | KIND(YIELD) |
				      KIND(LOOP);
	TSSymbol symbol = ts_node_symbol(node);
	const struct syntax *row = symbol < w->grammar->symbol_count ? w->grammar->symbols[symbol].row : NULL;
	return row && (kinds >> row->kind & 1);
}

/* `f();` drops its value, `if a { … }` has none to drop; what is parsed again as an argument keeps it. */
static enum visit visit_statement(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	enum node_kind around = rust_around(w);
	bool item = around == NODE_FILE || around == NODE_NAMESPACE; /* a macro that stands for items */
	bool semicolon = str_ends(walk_text(w, node), STR(";"));
	if (part != PART_NONE || !semicolon || item || is_statement(w, ts_node_child(node, 0)))
		return DESCEND;
	walk_open(w, node, NODE_EXPR, part);
	w->children = PART_VALUE;
	return DESCEND;
}

/* The block of an async or unsafe block is that block itself. */
static enum visit visit_block(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	bool macro = rust_is_macro_body(w, part);
	if (part != PART_BODY || rust_around(w) != NODE_BLOCK)
		walk_open(w, node, NODE_BLOCK, macro ? PART_BODY : part);
	w->children = PART_NONE;
	return DESCEND;
}

/* A label names what it stands on or what it leads to. */
static enum visit visit_label(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode name = ts_node_named_child(node, 0);
	if (!ts_node_is_null(name))
		facts_name(w->facts, facts_current(w->facts), walk_text(w, name));
	return STOP;
}

static enum visit visit_while(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode condition = walk_field(w, node, FIELD_CONDITION);
	if (walk_type_is(condition, "boolean_literal") && str_is(walk_text(w, condition), "true"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_INFINITE);
	return DESCEND;
}

/* The target is a name, not the binding that a bare identifier in a pattern is. */
static enum visit visit_assignment(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode left = walk_field(w, node, FIELD_LEFT), token = walk_field(w, node, FIELD_OPERATOR);
	node_id assign = walk_open(w, node, NODE_ASSIGN, part);
	facts_name(w->facts, assign, ts_node_is_null(token) ? STR("=") : walk_text(w, token));
	if (walk_type_is(left, "identifier")) {
		walk_leaf(w, left, NODE_NAME, PART_TARGET, walk_text(w, left));
		w->skip_field = walk_field_id(w, FIELD_LEFT);
	}
	return DESCEND;
}

/* The types of a turbofish stand before the arguments. */
static enum visit visit_rust_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	visit_call(w, node, part, opened);
	TSNode callee = walk_field(w, node, FIELD_FUNCTION);
	if (w->skip_field && walk_type_is(callee, "generic_function"))
		walk_here(w, walk_field(w, callee, FIELD_TYPE_ARGUMENTS), PART_TYPE);
	return DESCEND;
}

/* f::<T> that is not called: the function's name, with its types. */
static enum visit visit_generic_function(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path;
	if (part == PART_CALLEE || !walk_path(w, node, &path))
		return DESCEND;
	uint32_t name = facts_string(w->facts, path);
	node_id id = walk_open(w, node, NODE_NAME, part);
	w->facts->nodes.items[id].name = name;
	w->skip_field = walk_field_id(w, FIELD_FUNCTION);
	return DESCEND;
}

static enum visit visit_reference(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	bool mutable = walk_type_is(ts_node_named_child(node, 0), "mutable_specifier");
	facts_name(w->facts, opened, mutable ? STR("&mut") : STR("&"));
	return DESCEND;
}

static enum visit visit_unary(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, str_slice(walk_text(w, node), 0, 1));
	return DESCEND;
}

/* The grammar gives the two sides of an index and of a range no fields. */
static enum visit visit_index(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	walk_here(w, ts_node_named_child(node, 0), PART_OBJECT);
	walk_here(w, ts_node_named_child(node, 1), PART_ARG);
	return STOP;
}

static enum visit visit_range(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	bool open = str_starts(text, STR(".."));
	TSNode first = ts_node_named_child(node, 0), second = ts_node_named_child(node, 1);
	bool inclusive = walk_has_token(node, "..=");
	facts_name(w->facts, opened, inclusive ? STR("..=") : STR(".."));
	walk_here(w, first, open ? PART_RIGHT : PART_LEFT);
	walk_here(w, second, PART_RIGHT);
	return STOP;
}

/* A list in parentheses: a tuple, or the arguments of a macro. */
static enum visit visit_list(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	w->children = PART_ARG;
	if (rust_is_macro_body(w, part))
		return DESCEND;
	walk_open(w, node, NODE_ARRAY, part);
	w->children = PART_VALUE;
	return DESCEND;
}

static enum visit visit_parentheses(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)opened;
	if (rust_is_macro_body(w, part))
		w->children = PART_ARG;
	return DESCEND;
}

static enum visit visit_shorthand(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode name = ts_node_named_child(node, ts_node_named_child_count(node) - 1);
	facts_name(w->facts, opened, walk_text(w, name));
	return DESCEND;
}

/* "…", b"…", c"…", r#"…"#, br"…": what stands between the quotes. */
static enum visit visit_rust_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	uint32_t open = str_find(text, '"'), close = str_rfind(text, '"');
	if (open == UINT32_MAX || close <= open)
		return STOP;
	char before = open ? text.ptr[open - 1] : '\0';
	bool raw = before == 'r' || before == '#';
	struct str inner = str_slice(text, open + 1, close);
	facts_name(w->facts, opened, raw ? inner : walk_decode(w, inner));
	if (text.ptr[0] == 'b')
		facts_flag(w->facts, opened, (uint32_t)FLAG_BYTES);
	return STOP;
}

static enum visit visit_char(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	uint32_t open = text.ptr[0] == 'b';
	if (text.len >= open + 2)
		facts_name(w->facts, opened, walk_decode(w, str_slice(text, open + 1, text.len - 1)));
	if (open)
		facts_flag(w->facts, opened, (uint32_t)FLAG_BYTES);
	return STOP;
}

static bool is_mutable(TSNode node)
{
	for (uint32_t i = 0; i < 4; i++)
		if (walk_type_is(ts_node_child(node, i), "mutable_specifier"))
			return true;
	return false;
}

static enum visit visit_static(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	if (!is_mutable(node))
		facts_flag(w->facts, opened, (uint32_t)FLAG_READONLY);
	return DESCEND;
}

/* self, &self, &mut self */
static enum visit visit_self(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	node_id self = walk_leaf(w, node, NODE_PARAM, part == PART_PARAM ? PART_RECEIVER : part, STR("self"));
	if (walk_has_token(node, "&"))
		facts_flag(w->facts, self, (uint32_t)FLAG_POINTER);
	if (!is_mutable(node))
		facts_flag(w->facts, self, (uint32_t)FLAG_READONLY);
	return STOP;
}

// clang-format off
static const struct syntax syntax[] = {
	/* declarations */
	{ "shebang", SKIP },
	{ "attribute_item", PASS, .enter = rust_attribute_item },
	{ "inner_attribute_item", PASS, .enter = rust_inner_attribute },
	{ "use_declaration", OPEN, NODE_IMPORT, .enter = rust_use },
	{ "extern_crate_declaration", OPEN, NODE_IMPORT, .enter = rust_extern_crate },
	{ "mod_item", OPEN, NODE_NAMESPACE, .name = "name", .enter = rust_module },
	{ "foreign_mod_item", PASS, .enter = rust_foreign_items },
	{ "extern_modifier", SKIP },
	{ "declaration_list", PASS },
	{ "function_item", OPEN, NODE_FUNCTION, .name = "name" },
	{ "function_signature_item", OPEN, NODE_FUNCTION, .name = "name", .enter = rust_signature },
	{ "closure_expression", OPEN, NODE_LAMBDA },
	{ "closure_parameters", PASS, .enter = rust_closure_parameters },
	{ "parameter", PASS, .enter = rust_parameter },
	{ "self_parameter", PASS, .enter = visit_self },
	{ "variadic_parameter", OPEN, NODE_PARAM, (uint32_t)FLAG_VARIADIC },
	{ "struct_item", OPEN, NODE_CLASS, .name = "name" },
	{ "union_item", OPEN, NODE_CLASS, .name = "name" },
	{ "field_declaration_list", PASS },
	{ "ordered_field_declaration_list", PASS, .enter = rust_tuple_fields },
	{ "field_declaration", OPEN, NODE_FIELD, .name = "name" },
	{ "enum_item", OPEN, NODE_ENUM, .name = "name" },
	{ "enum_variant_list", PASS },
	{ "enum_variant", OPEN, NODE_ENUM_VALUE, .name = "name" },
	{ "trait_item", OPEN, NODE_INTERFACE, .name = "name" },
	{ "impl_item", OPEN, NODE_IMPL, .enter = rust_impl },
	{ "type_item", OPEN, NODE_ALIAS, .name = "name" },
	{ "associated_type", OPEN, NODE_ALIAS, .name = "name" },
	{ "const_item", OPEN, NODE_VAR, (uint32_t)FLAG_READONLY | FLAG_STATIC, .name = "name" },
	{ "static_item", OPEN, NODE_VAR, (uint32_t)FLAG_STATIC, .name = "name", .enter = visit_static },
	{ "macro_definition", OPEN, NODE_FUNCTION, (uint32_t)FLAG_MACRO, .name = "name" },
	{ "macro_rule", SKIP },
	{ "visibility_modifier", PASS, .enter = rust_visibility },
	{ "async", TOKEN, .flags = (uint32_t)FLAG_ASYNC },
	{ "unsafe", TOKEN, .flags = (uint32_t)FLAG_UNSAFE },
	{ "gen", TOKEN, .flags = (uint32_t)FLAG_GENERATOR },
	{ "empty_statement", SKIP },
	/* types */
	{ "type_identifier", LEAF, NODE_TYPE },
	{ "primitive_type", LEAF, NODE_TYPE },
	{ "never_type", LEAF, NODE_TYPE },
	{ "unit_type", OPEN, NODE_TYPE, .text = "()" },
	{ "scoped_type_identifier", PASS, .enter = rust_type_path },
	{ "generic_type", OPEN, NODE_TYPE, .name = "type", .children = PART_TYPE },
	{ "generic_type_with_turbofish", OPEN, NODE_TYPE, .name = "type", .children = PART_TYPE },
	{ "type_arguments", PASS, .children = PART_TYPE },
	{ "reference_type", PASS, .enter = rust_reference_type },
	{ "pointer_type", PASS, .enter = rust_reference_type },
	{ "dynamic_type", PASS, .enter = rust_trait_object },
	{ "abstract_type", PASS, .enter = rust_trait_object },
	{ "bounded_type", PASS, .enter = rust_bounded_type },
	{ "qualified_type", PASS },
	{ "removed_trait_bound", SKIP },
	{ "use_bounds", SKIP },
	{ "tuple_type", OPEN, NODE_TYPE, .text = "()", .children = PART_TYPE },
	{ "array_type", OPEN, NODE_TYPE, .text = "[]" },
	{ "function_type", OPEN, NODE_TYPE, .enter = rust_function_type },
	{ "type_parameter", PASS, .enter = rust_type_parameter },
	{ "const_parameter", SKIP },
	{ "lifetime_parameter", SKIP },
	{ "where_predicate", PASS, .enter = rust_where_predicate },
	{ "lifetime", SKIP },
	{ "for_lifetimes", SKIP },
	/* statements */
	{ "block", PASS, .enter = visit_block },
	{ "expression_statement", PASS, .enter = visit_statement },
	{ "let_declaration", PASS, .enter = rust_let },
	{ "let_condition", OPEN, NODE_ASSIGN, (uint32_t)FLAG_DECLARES, .text = "=" },
	{ "assignment_expression", PASS, NODE_ASSIGN, .enter = visit_assignment },
	{ "compound_assignment_expr", PASS, NODE_ASSIGN, .enter = visit_assignment },
	{ "if_expression", OPEN, NODE_IF },
	{ "match_expression", OPEN, NODE_SWITCH },
	{ "match_arm", OPEN, NODE_CASE },
	{ "match_pattern", PASS, .enter = rust_match_pattern },
	{ "while_expression", OPEN, NODE_LOOP, .enter = visit_while },
	{ "loop_expression", OPEN, NODE_LOOP, (uint32_t)FLAG_INFINITE },
	{ "for_expression", OPEN, NODE_LOOP, (uint32_t)FLAG_RANGE | FLAG_DECLARES },
	{ "label", PASS, .enter = visit_label },
	{ "break_expression", OPEN, NODE_BREAK, .children = PART_VALUE },
	{ "continue_expression", OPEN, NODE_CONTINUE },
	{ "return_expression", OPEN, NODE_RETURN, .children = PART_VALUE },
	{ "yield_expression", OPEN, NODE_YIELD, .children = PART_VALUE },
	{ "unsafe_block", OPEN, NODE_BLOCK, .children = PART_BODY },
	{ "async_block", OPEN, NODE_BLOCK, .children = PART_BODY },
	{ "gen_block", OPEN, NODE_BLOCK, .children = PART_BODY },
	{ "const_block", OPEN, NODE_BLOCK, (uint32_t)FLAG_READONLY, .children = PART_BODY },
	{ "try_block", OPEN, NODE_TRY, .children = PART_BODY },
	/* patterns */
	{ "identifier", PASS, .enter = rust_identifier },
	{ "tuple_struct_pattern", PASS, .enter = rust_struct_pattern },
	{ "struct_pattern", PASS, .enter = rust_struct_pattern },
	{ "field_pattern", PASS, .enter = rust_field_pattern },
	{ "tuple_pattern", PASS, .enter = rust_tuple_pattern },
	{ "slice_pattern", PASS, .enter = rust_slice_pattern },
	{ "captured_pattern", PASS, .enter = rust_captured_pattern },
	{ "mut_pattern", PASS, .enter = rust_mut_pattern },
	{ "range_pattern", OPEN, NODE_RANGE },
	{ "remaining_field_pattern", SKIP },
	/* expressions */
	{ "self", LEAF, NODE_NAME },
	{ "super", LEAF, NODE_NAME },
	{ "crate", LEAF, NODE_NAME },
	{ "metavariable", LEAF, NODE_NAME },
	{ "scoped_identifier", PASS, .enter = visit_member },
	{ "field_expression", PASS, .enter = visit_member },
	{ "generic_function", PASS, .enter = visit_generic_function },
	{ "call_expression", OPEN, NODE_CALL, .enter = visit_rust_call },
	{ "macro_invocation", PASS, .enter = rust_macro },
	{ "token_tree", SKIP },
	{ "await_expression", OPEN, NODE_AWAIT, .children = PART_VALUE },
	{ "try_expression", OPEN, NODE_UNWRAP, .text = "?", .children = PART_VALUE },
	{ "reference_expression", OPEN, NODE_UNARY, .enter = visit_reference },
	{ "unary_expression", OPEN, NODE_UNARY, .children = PART_VALUE, .enter = visit_unary },
	{ "binary_expression", OPEN, NODE_BINARY, .enter = visit_operator },
	{ "range_expression", OPEN, NODE_RANGE, .enter = visit_range },
	{ "index_expression", OPEN, NODE_INDEX, .enter = visit_index },
	{ "type_cast_expression", OPEN, NODE_CAST },
	{ "parenthesized_expression", PASS, .enter = visit_parentheses },
	{ "tuple_expression", PASS, .enter = visit_list },
	{ "array_expression", PASS, .enter = visit_list },
	{ "unit_expression", LEAF, NODE_CONST },
	{ "struct_expression", OPEN, NODE_OBJECT },
	{ "field_initializer", OPEN, NODE_PAIR, .name = "field" },
	{ "shorthand_field_initializer", OPEN, NODE_PAIR, .children = PART_VALUE, .enter = visit_shorthand },
	{ "base_field_initializer", OPEN, NODE_SPREAD, .children = PART_VALUE },
	{ "string_literal", OPEN, NODE_STRING, .enter = visit_rust_string },
	{ "raw_string_literal", OPEN, NODE_STRING, .enter = visit_rust_string },
	{ "char_literal", OPEN, NODE_STRING, .enter = visit_char },
	{ "integer_literal", LEAF, NODE_NUMBER },
	{ "float_literal", LEAF, NODE_NUMBER },
	{ "negative_literal", LEAF, NODE_NUMBER },
	{ "boolean_literal", LEAF, NODE_CONST },
	{ "line_comment", COMMENT, .enter = visit_comment },
	{ "block_comment", COMMENT, .enter = visit_comment },
	{ 0 },
};

static const struct syntax_part parts[] = {
	{ NULL, "parameters", PART_PARAM },
	{ NULL, "type_parameters", PART_TYPE_PARAM },
	{ NULL, "return_type", PART_RESULT },
	{ NULL, "body", PART_BODY },
	{ NULL, "type", PART_TYPE },
	{ NULL, "element", PART_TYPE },
	{ NULL, "type_arguments", PART_TYPE },
	{ NULL, "trait", PART_TYPE },
	{ NULL, "bounds", PART_TYPE },
	{ NULL, "pattern", PART_TARGET },
	{ NULL, "value", PART_VALUE },
	{ NULL, "condition", PART_COND },
	{ NULL, "consequence", PART_THEN },
	{ NULL, "alternative", PART_ELSE },
	{ NULL, "function", PART_CALLEE },
	{ NULL, "arguments", PART_ARG },
	{ NULL, "path", PART_OBJECT },
	{ NULL, "left", PART_LEFT },
	{ NULL, "right", PART_RIGHT },
	{ NULL, "name", PART_SKIP },
	{ NULL, "field", PART_SKIP },
	{ NULL, "operator", PART_SKIP },
	{ NULL, "macro", PART_SKIP },
	{ NULL, "length", PART_SKIP },
	{ NULL, "alias", PART_SKIP },
	{ NULL, "default_type", PART_SKIP },
	{ "function_type", "parameters", PART_TYPE },
	{ "qualified_type", "type", PART_OBJECT },
	{ "impl_item", "trait", PART_BASE },
	{ "trait_item", "bounds", PART_BASE },
	{ "associated_type", "bounds", PART_BASE },
	{ "struct_item", "body", PART_NONE },
	{ "union_item", "body", PART_NONE },
	{ "enum_item", "body", PART_NONE },
	{ "enum_variant", "body", PART_NONE },
	{ "trait_item", "body", PART_NONE },
	{ "impl_item", "body", PART_NONE },
	{ "mod_item", "body", PART_NONE },
	{ "foreign_mod_item", "body", PART_NONE },
	{ "struct_expression", "name", PART_TYPE },
	{ "struct_expression", "body", PART_NONE },
	{ "match_expression", "value", PART_COND },
	{ "match_expression", "body", PART_NONE },
	{ "match_arm", "value", PART_BODY },
	{ "match_pattern", "condition", PART_GUARD },
	{ "for_expression", "value", PART_ITER },
	{ "assignment_expression", "left", PART_TARGET },
	{ "assignment_expression", "right", PART_VALUE },
	{ "compound_assignment_expr", "left", PART_TARGET },
	{ "compound_assignment_expr", "right", PART_VALUE },
	{ "field_expression", "value", PART_OBJECT },
	{ 0 },
};

static const struct syntax_member members[] = {
	{ "field_expression", "value", "field", "." },
	{ "scoped_identifier", "path", "name", "::" },
	{ "scoped_type_identifier", "path", "name", "::" },
	{ "generic_function", "function", NULL, "" },
	{ "generic_type", "type", NULL, "" },
	{ 0 },
};
// clang-format on

static const char *const identifiers[] = { "identifier", "self", "super", "crate", "type_identifier", "primitive_type",
	NULL };

const struct grammar grammar_rust = {
	.language = tree_sitter_rust,
	.syntax = syntax,
	.parts = parts,
	.members = members,
	.identifiers = identifiers,
	.callee = "function",
};
