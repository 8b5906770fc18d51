#include "parse/python.h"

const TSLanguage *tree_sitter_python(void);

/* Python's scopes are functions: what is assigned anywhere in one is its local. */
static const uint32_t DECLARES = (uint32_t)FLAG_DECLARES | (uint32_t)FLAG_FUNCTION_SCOPED;

static bool in_class_body(const struct walk *w)
{
	return w->facts->nodes.items[facts_current(w->facts)].kind == NODE_CLASS;
}

/* The members of a class and the cases of a match are its own; every other block is one. */
static enum visit visit_block(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	uint8_t around = w->facts->nodes.items[facts_current(w->facts)].kind;
	if (around != NODE_CLASS && around != NODE_SWITCH)
		walk_open(w, node, NODE_BLOCK, part);
	w->children = PART_NONE;
	return DESCEND;
}

/* What only a type checker sees: the body of `if TYPE_CHECKING:`, not its else. */
static enum visit visit_if(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str condition = walk_text(w, walk_field(w, node, FIELD_CONDITION));
	if (str_is(path_last(condition), "TYPE_CHECKING"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_TYPE_ONLY);
	return DESCEND;
}

/* ---- definitions ---- */

static enum visit visit_function(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	if (walk_has_token(node, "async"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_ASYNC);
	if (str_is(walk_text(w, walk_field(w, node, FIELD_NAME)), "__init__"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_CONSTRUCTOR);
	return DESCEND;
}

/* Decorators stand before the definition: they wait for the node that it opens. */
static void attach_decorator(struct walk *w, TSNode decorator)
{
	TSNode expression = ts_node_named_child(decorator, 0);
	bool called = walk_type_is(expression, "call");
	TSNode callee = called ? walk_field(w, expression, FIELD_FUNCTION) : expression;
	struct str path;
	node_id id = walk_open(w, decorator, NODE_DECORATOR, PART_DECORATOR);
	if (walk_path(w, callee, &path))
		facts_name(w->facts, id, path);
	else
		walk_here(w, callee, PART_CALLEE);
	if (called)
		walk_here(w, walk_field(w, expression, FIELD_ARGUMENTS), PART_ARG);
	walk_close(w);
}

static enum visit visit_decorator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	walk_defer(w, node, attach_decorator);
	return STOP;
}

/* The name that a parameter or a pattern with stars binds. */
static TSNode bare_name(TSNode node)
{
	bool starred = walk_type_is(node, "list_splat_pattern") || walk_type_is(node, "dictionary_splat_pattern");
	return starred ? ts_node_named_child(node, 0) : node;
}

static uint32_t star_flags(TSNode node)
{
	if (walk_type_is(node, "list_splat_pattern"))
		return (uint32_t)FLAG_VARIADIC;
	if (walk_type_is(node, "dictionary_splat_pattern"))
		return (uint32_t)FLAG_VARIADIC | (uint32_t)FLAG_KEYWORD;
	return 0;
}

static enum visit open_parameter(struct walk *w, TSNode node, TSNode name)
{
	node_id id = walk_open(w, node, NODE_PARAM, PART_PARAM);
	facts_flag(w->facts, id, star_flags(name));
	facts_name(w->facts, id, walk_text(w, bare_name(name)));
	walk_here(w, walk_field(w, node, FIELD_TYPE), PART_TYPE);
	walk_here(w, walk_field(w, node, FIELD_VALUE), PART_VALUE);
	return STOP;
}

static enum visit visit_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_NAME);
	return open_parameter(w, node, ts_node_is_null(name) ? ts_node_named_child(node, 0) : name);
}

/* `def f(a, /)`: nobody can name the parameters before the slash. */
static enum visit visit_positional_separator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	(void)opened;
	node_id function = facts_current(w->facts);
	for (node_id n = function + 1; n < w->facts->nodes.count; n++)
		if (w->facts->nodes.items[n].part == PART_PARAM && w->facts->nodes.items[n].parent == function)
			facts_flag(w->facts, n, (uint32_t)FLAG_PRIVATE);
	return STOP;
}

/* A name among parameters is one; elsewhere it is a name. */
static enum visit visit_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part == PART_PARAM)
		walk_leaf(w, node, NODE_PARAM, part, walk_text(w, node));
	else if (part == PART_TYPE)
		walk_leaf(w, node, NODE_TYPE, part, walk_text(w, node));
	else
		walk_leaf(w, node, NODE_NAME, part, walk_text(w, node));
	return STOP;
}

static enum visit visit_splat_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_PARAM)
		return DESCEND;
	facts_flag(w->facts, walk_leaf(w, node, NODE_PARAM, part, walk_text(w, bare_name(node))), star_flags(node));
	return STOP;
}

/* ---- types ---- */

static bool is_annotated(struct str name)
{
	return str_is(path_last(name), "Annotated");
}

/* Optional[X], dict[str, int], Annotated[Session, Depends(f)]: in the last one only the first is a type. */
static void type_arguments(struct walk *w, TSNode node, bool annotated)
{
	uint32_t count = ts_node_named_child_count(node);
	for (uint32_t i = 1; i < count && i < 16; i++) {
		TSNode child = ts_node_named_child(node, i);
		if (!walk_type_is(child, "type_parameter")) {
			walk_here(w, child, annotated && i > 1 ? PART_ARG : PART_TYPE);
			continue;
		}
		uint32_t inner = ts_node_named_child_count(child);
		for (uint32_t k = 0; k < inner && k < 16; k++) {
			TSNode argument = ts_node_named_child(child, k);
			if (annotated && k > 0 && walk_type_is(argument, "type"))
				argument = ts_node_named_child(argument, 0);
			walk_here(w, argument, annotated && k > 0 ? PART_ARG : PART_TYPE);
		}
	}
}

static enum visit visit_generic(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path = { 0 };
	node_id id = walk_open(w, node, NODE_TYPE, part);
	walk_path(w, ts_node_named_child(node, 0), &path);
	bool annotated = is_annotated(path);
	facts_name(w->facts, id, path);
	type_arguments(w, node, annotated);
	return STOP;
}

/* An index in a type position is a generic type. */
static enum visit visit_subscript(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	if (part == PART_TYPE)
		return visit_generic(w, node, part, opened);
	walk_open(w, node, NODE_INDEX, part);
	w->children = PART_ARG;
	return DESCEND;
}

static enum visit visit_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	struct str path;
	if (part != PART_TYPE)
		return visit_member(w, node, part, opened);
	if (walk_path(w, node, &path))
		walk_leaf(w, node, NODE_TYPE, part, path);
	return STOP;
}

static enum visit visit_binary(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	node_id id = walk_open(w, node, part == PART_TYPE ? NODE_TYPE : NODE_BINARY, part);
	facts_name(w->facts, id, walk_text(w, walk_field(w, node, FIELD_OPERATOR)));
	if (part == PART_TYPE) {
		walk_here(w, walk_field(w, node, FIELD_LEFT), PART_TYPE);
		walk_here(w, walk_field(w, node, FIELD_RIGHT), PART_TYPE);
		return STOP;
	}
	return DESCEND;
}

/* ---- assignments ---- */

static bool is_single_name(TSNode left)
{
	return walk_type_is(left, "identifier");
}

/* x: T = v, and x = v in a class body, declare one thing; the rest are assignments that bind their targets. */
static enum visit visit_assignment(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode left = walk_field(w, node, FIELD_LEFT), type = walk_field(w, node, FIELD_TYPE);
	bool member = in_class_body(w);
	if (is_single_name(left) && (member || !ts_node_is_null(type))) {
		node_id id = walk_open(w, node, member ? NODE_FIELD : NODE_VAR, part);
		facts_name(w->facts, id, walk_text(w, left));
		facts_flag(w->facts, id, member ? 0 : (uint32_t)FLAG_FUNCTION_SCOPED);
		w->skip_field = walk_field_id(w, FIELD_LEFT);
		return DESCEND;
	}
	node_id id = walk_open(w, node, NODE_ASSIGN, part);
	facts_name(w->facts, id, STR("="));
	facts_flag(w->facts, id, DECLARES);
	return DESCEND;
}

static enum visit visit_named_expression(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_flag(w->facts, opened, DECLARES);
	facts_name(w->facts, opened, STR(":="));
	TSNode name = walk_field(w, node, FIELD_NAME);
	walk_leaf(w, name, NODE_NAME, PART_TARGET, walk_text(w, name));
	w->skip_field = walk_field_id(w, FIELD_NAME);
	return DESCEND;
}

/* An assignment is its own statement; what else stands alone has its value dropped. A docstring says nothing. */
static enum visit visit_expression_statement(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode only = ts_node_named_child(node, 0);
	if (walk_type_is(only, "string") && ts_node_named_child_count(node) == 1)
		return STOP;
	if (walk_type_is(only, "assignment") || walk_type_is(only, "augmented_assignment") ||
		walk_type_is(only, "yield"))
		return DESCEND;
	walk_open(w, node, NODE_EXPR, part);
	w->children = PART_VALUE;
	return DESCEND;
}

/* ---- statements ---- */

static enum visit visit_async(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	if (walk_has_token(node, "async"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_ASYNC);
	return DESCEND;
}

static enum visit visit_while(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode condition = walk_field(w, node, FIELD_CONDITION);
	if (walk_type_is(condition, "true") || str_is(walk_text(w, condition), "1"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_INFINITE);
	return DESCEND;
}

/* `with f() as x`: x is bound to what f() gives. */
static enum visit visit_with_item(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode value = walk_field(w, node, FIELD_VALUE);
	TSNode alias = walk_type_is(value, "as_pattern") ? walk_field(w, value, FIELD_ALIAS) : (TSNode){ 0 };
	if (ts_node_is_null(alias)) {
		w->children = PART_VALUE;
		return DESCEND;
	}
	node_id id = walk_open(w, node, NODE_ASSIGN, PART_NONE);
	facts_flag(w->facts, id, DECLARES);
	walk_here(w, alias, PART_TARGET);
	walk_here(w, ts_node_named_child(value, 0), PART_VALUE);
	return STOP;
}

static enum visit visit_except(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode value = walk_field(w, node, FIELD_VALUE), alias = walk_field(w, node, FIELD_ALIAS);
	if (ts_node_is_null(value)) {
		facts_flag(w->facts, opened, (uint32_t)FLAG_BARE);
	} else if (walk_type_is(value, "as_pattern")) {
		alias = walk_field(w, value, FIELD_ALIAS);
		value = ts_node_named_child(value, 0);
	}
	facts_name(w->facts, opened, walk_text(w, alias));
	uint32_t count = walk_type_is(value, "tuple") ? ts_node_named_child_count(value) : 0;
	for (uint32_t i = 0; i < count && i < 16; i++)
		walk_here(w, ts_node_named_child(value, i), PART_TYPE);
	if (!count)
		walk_here(w, value, PART_TYPE);
	w->skip_field = walk_field_id(w, FIELD_VALUE);
	w->children = PART_BODY;
	return DESCEND;
}

static enum visit visit_case(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode pattern = ts_node_named_child(node, 0);
	if (str_is(str_trim(walk_text(w, pattern)), "_"))
		facts_flag(w->facts, opened, (uint32_t)FLAG_DEFAULT);
	return DESCEND;
}

/* ---- expressions ---- */

static enum visit visit_keyword_argument(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	facts_flag(w->facts, opened, (uint32_t)FLAG_KEYWORD);
	return DESCEND;
}

static bool string_content(struct walk *w, TSNode node, struct str *text, bool *raw)
{
	*text = walk_text(w, node);
	uint32_t prefix = 0;
	*raw = false;
	while (prefix < text->len && text->ptr[prefix] != '"' && text->ptr[prefix] != '\'') {
		*raw |= text->ptr[prefix] == 'r' || text->ptr[prefix] == 'R';
		prefix++;
	}
	uint32_t quotes = 1;
	if (text->len >= prefix + 6 && text->ptr[prefix] == text->ptr[prefix + 1] &&
		text->ptr[prefix] == text->ptr[prefix + 2])
		quotes = 3;
	bool whole = text->len >= prefix + 2 * quotes;
	*text = whole ? str_slice(*text, prefix + quotes, text->len - quotes) : STR("");
	return whole;
}

static bool has_hole(TSNode node)
{
	uint32_t count = ts_node_named_child_count(node);
	for (uint32_t i = 0; i < count && i < 64; i++)
		if (walk_type_is(ts_node_named_child(node, i), "interpolation"))
			return true;
	return false;
}

static enum visit visit_python_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str text;
	bool raw;
	if (has_hole(node)) {
		walk_open(w, node, NODE_TEMPLATE, part);
		w->children = PART_NONE;
		return DESCEND;
	}
	string_content(w, node, &text, &raw);
	if (part == PART_TYPE) {
		walk_leaf(w, node, NODE_TYPE, part, text);
		return STOP;
	}
	node_id id = walk_leaf(w, node, NODE_STRING, part, raw ? text : walk_decode(w, text));
	struct str all = walk_text(w, node);
	if (all.len && (all.ptr[0] == 'b' || all.ptr[0] == 'B'))
		facts_flag(w->facts, id, (uint32_t)FLAG_BYTES);
	return STOP;
}

/* {"key": v} has a name; {key: v} an expression. */
static enum visit visit_pair(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode key = walk_field(w, node, FIELD_KEY);
	struct str text;
	bool raw;
	if (walk_type_is(key, "string") && !has_hole(key) && string_content(w, key, &text, &raw)) {
		facts_name(w->facts, opened, walk_decode(w, text));
		w->skip_field = walk_field_id(w, FIELD_KEY);
	}
	return DESCEND;
}

static enum visit visit_raise(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	(void)opened;
	w->children = PART_VALUE;
	return DESCEND;
}

// clang-format off
static const struct syntax syntax[] = {
	/* definitions */
	{ "function_definition", OPEN, NODE_FUNCTION, .name = "name", .enter = visit_function },
	{ "class_definition", OPEN, NODE_CLASS, .name = "name" },
	{ "lambda", OPEN, NODE_LAMBDA },
	{ "decorator", PASS, .enter = visit_decorator },
	{ "typed_parameter", PASS, .enter = visit_parameter },
	{ "default_parameter", PASS, .enter = visit_parameter },
	{ "typed_default_parameter", PASS, .enter = visit_parameter },
	{ "list_splat_pattern", PASS, .enter = visit_splat_pattern },
	{ "dictionary_splat_pattern", PASS, .enter = visit_splat_pattern },
	{ "keyword_separator", SKIP },
	{ "positional_separator", PASS, .enter = visit_positional_separator },
	{ "type_alias_statement", SKIP },
	/* types */
	{ "generic_type", PASS, .enter = visit_generic },
	{ "subscript", PASS, .enter = visit_subscript },
	{ "union_type", OPEN, NODE_TYPE, .text = "|", .children = PART_TYPE },
	/* imports */
	{ "import_statement", PASS, .enter = visit_python_import },
	{ "import_from_statement", PASS, .enter = visit_python_import },
	{ "future_import_statement", SKIP },
	/* statements */
	{ "block", PASS, .enter = visit_block },
	{ "expression_statement", PASS, .enter = visit_expression_statement },
	{ "assignment", PASS, .enter = visit_assignment },
	{ "augmented_assignment", OPEN, NODE_ASSIGN, .enter = visit_operator },
	{ "named_expression", OPEN, NODE_ASSIGN, .enter = visit_named_expression },
	{ "if_statement", OPEN, NODE_IF, .enter = visit_if },
	{ "elif_clause", OPEN, NODE_IF },
	{ "else_clause", PASS },
	{ "for_statement", OPEN, NODE_LOOP, (uint32_t)FLAG_RANGE | (uint32_t)FLAG_DECLARES | (uint32_t)FLAG_FUNCTION_SCOPED,
	  .enter = visit_async },
	{ "while_statement", OPEN, NODE_LOOP, .enter = visit_while },
	{ "match_statement", OPEN, NODE_SWITCH },
	{ "case_clause", OPEN, NODE_CASE, .children = PART_COND, .enter = visit_case },
	{ "try_statement", OPEN, NODE_TRY },
	{ "except_clause", OPEN, NODE_CATCH, .enter = visit_except },
	{ "finally_clause", PASS, .children = PART_FINALLY },
	{ "with_statement", OPEN, NODE_WITH, .enter = visit_async },
	{ "with_item", PASS, .enter = visit_with_item },
	{ "return_statement", OPEN, NODE_RETURN, .children = PART_VALUE },
	{ "raise_statement", OPEN, NODE_THROW, .enter = visit_raise },
	{ "break_statement", LEAF, NODE_BREAK },
	{ "continue_statement", LEAF, NODE_CONTINUE },
	{ "assert_statement", OPEN, NODE_ASSERT, .children = PART_COND },
	{ "delete_statement", OPEN, NODE_UNARY, .text = "del", .children = PART_VALUE },
	{ "global_statement", SKIP },
	{ "nonlocal_statement", SKIP },
	{ "pass_statement", SKIP },
	/* expressions */
	{ "identifier", PASS, .enter = visit_identifier },
	{ "attribute", PASS, .enter = visit_attribute },
	{ "call", OPEN, NODE_CALL, .enter = visit_call },
	{ "keyword_argument", OPEN, NODE_PAIR, .name = "name", .enter = visit_keyword_argument },
	{ "await", OPEN, NODE_AWAIT, .children = PART_VALUE },
	{ "yield", OPEN, NODE_YIELD, .children = PART_VALUE },
	{ "binary_operator", PASS, .enter = visit_binary },
	{ "boolean_operator", OPEN, NODE_BINARY, .enter = visit_operator },
	{ "comparison_operator", OPEN, NODE_BINARY, .turns = { PART_LEFT, PART_RIGHT } },
	{ "not_operator", OPEN, NODE_UNARY, .text = "not" },
	{ "unary_operator", OPEN, NODE_UNARY, .enter = visit_operator },
	{ "conditional_expression", OPEN, NODE_CONDITIONAL, .turns = { PART_THEN, PART_COND, PART_ELSE } },
	{ "string", PASS, .enter = visit_python_string },
	{ "concatenated_string", OPEN, NODE_TEMPLATE },
	{ "string_start", SKIP },
	{ "string_end", SKIP },
	{ "string_content", LEAF, NODE_STRING },
	{ "format_specifier", SKIP },
	{ "type_conversion", SKIP },
	{ "integer", LEAF, NODE_NUMBER },
	{ "float", LEAF, NODE_NUMBER },
	{ "true", LEAF, NODE_CONST },
	{ "false", LEAF, NODE_CONST },
	{ "none", LEAF, NODE_CONST },
	{ "ellipsis", LEAF, NODE_CONST },
	{ "dictionary", OPEN, NODE_OBJECT },
	{ "pair", OPEN, NODE_PAIR, .enter = visit_pair },
	{ "list", OPEN, NODE_ARRAY },
	{ "set", OPEN, NODE_ARRAY },
	{ "tuple", OPEN, NODE_ARRAY },
	{ "list_splat", OPEN, NODE_SPREAD },
	{ "dictionary_splat", OPEN, NODE_SPREAD, (uint32_t)FLAG_KEYWORD },
	{ "list_comprehension", OPEN, NODE_COMPREHENSION, (uint32_t)FLAG_DECLARES },
	{ "set_comprehension", OPEN, NODE_COMPREHENSION, (uint32_t)FLAG_DECLARES },
	{ "dictionary_comprehension", OPEN, NODE_COMPREHENSION, (uint32_t)FLAG_DECLARES },
	{ "generator_expression", OPEN, NODE_COMPREHENSION, (uint32_t)FLAG_DECLARES },
	{ "for_in_clause", PASS },
	{ "if_clause", PASS, .children = PART_COND },
	{ "line_continuation", SKIP },
	{ "comment", COMMENT },
	{ 0 },
};

static const struct syntax_part parts[] = {
	{ NULL, "parameters", PART_PARAM },
	{ NULL, "type_parameters", PART_SKIP },
	{ NULL, "return_type", PART_RESULT },
	{ NULL, "superclasses", PART_BASE },
	{ NULL, "body", PART_BODY },
	{ NULL, "type", PART_TYPE },
	{ NULL, "condition", PART_COND },
	{ NULL, "consequence", PART_THEN },
	{ NULL, "alternative", PART_ELSE },
	{ NULL, "guard", PART_GUARD },
	{ NULL, "subject", PART_COND },
	{ NULL, "left", PART_LEFT },
	{ NULL, "right", PART_RIGHT },
	{ NULL, "operator", PART_SKIP },
	{ NULL, "operators", PART_SKIP },
	{ NULL, "argument", PART_VALUE },
	{ NULL, "value", PART_VALUE },
	{ NULL, "key", PART_KEY },
	{ NULL, "cause", PART_VALUE },
	{ NULL, "function", PART_CALLEE },
	{ NULL, "arguments", PART_ARG },
	{ NULL, "object", PART_OBJECT },
	{ NULL, "attribute", PART_SKIP },
	{ NULL, "subscript", PART_ARG },
	{ NULL, "expression", PART_NONE },
	{ NULL, "alias", PART_TARGET },
	{ "subscript", "value", PART_OBJECT },
	{ "assignment", "left", PART_TARGET },
	{ "assignment", "right", PART_VALUE },
	{ "augmented_assignment", "left", PART_TARGET },
	{ "augmented_assignment", "right", PART_VALUE },
	{ "for_statement", "left", PART_TARGET },
	{ "for_statement", "right", PART_ITER },
	{ "for_in_clause", "left", PART_TARGET },
	{ "for_in_clause", "right", PART_ITER },
	{ "list_comprehension", "body", PART_VALUE },
	{ "set_comprehension", "body", PART_VALUE },
	{ "dictionary_comprehension", "body", PART_VALUE },
	{ "generator_expression", "body", PART_VALUE },
	{ "case_clause", "consequence", PART_BODY },
	{ "else_clause", "body", PART_ELSE },
	{ "block", "alternative", PART_BODY }, /* the cases of a match */
	{ "class_definition", "body", PART_NONE },
	{ 0 },
};
// clang-format on

static const struct syntax_member members[] = { { "attribute", "object", "attribute", "." }, { 0 } };

static const char *const identifiers[] = { "identifier", "dotted_name", NULL };

const struct grammar grammar_python = {
	.language = tree_sitter_python,
	.syntax = syntax,
	.parts = parts,
	.members = members,
	.identifiers = identifiers,
	.callee = "function",
};
