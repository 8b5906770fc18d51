/*
 * Macro invocations of Rust. The grammar gives their bodies as tokens. Most are lists of expressions, read
 * one by one (rust_tokens.c); some have a syntax of their own. The body of a macro that nobody knows here
 * must parse as a whole, else it says nothing. In tests, where most macros are assertions, no body is read: what
 * a test does says nothing of how the program runs, and reading it again would cost as much as the test's own code.
 */
#include "parse/rust.h"
#include "parse/rust_tokens.h"

#include <stdlib.h>

enum body { BODY_UNKNOWN, BODY_LIST, BODY_SELECT, BODY_ITEMS, BODY_BRANCHES, BODY_JSON, BODY_MATCHES, BODY_NOTHING };

struct macro {
	const char *name;
	enum body body;
};

/* By the last segment of the path, sorted. */
static const struct macro macros[] = {
	{ "anyhow", BODY_LIST },
	{ "assert", BODY_LIST },
	{ "assert_eq", BODY_LIST },
	{ "assert_matches", BODY_MATCHES },
	{ "assert_ne", BODY_LIST },
	{ "bail", BODY_LIST },
	{ "cfg_if", BODY_BRANCHES },
	{ "cfg_select", BODY_BRANCHES },
	{ "concat", BODY_LIST },
	{ "dbg", BODY_LIST },
	{ "debug", BODY_LIST },
	{ "debug_assert", BODY_LIST },
	{ "debug_assert_eq", BODY_LIST },
	{ "debug_assert_ne", BODY_LIST },
	{ "debug_span", BODY_LIST },
	{ "doc", BODY_JSON },
	{ "ensure", BODY_LIST },
	{ "eprint", BODY_LIST },
	{ "eprintln", BODY_LIST },
	{ "error", BODY_LIST },
	{ "error_span", BODY_LIST },
	{ "event", BODY_LIST },
	{ "eyre", BODY_LIST },
	{ "format", BODY_LIST },
	{ "format_args", BODY_LIST },
	{ "info", BODY_LIST },
	{ "info_span", BODY_LIST },
	{ "join", BODY_LIST },
	{ "json", BODY_JSON },
	{ "lazy_static", BODY_ITEMS },
	{ "log", BODY_LIST },
	{ "matches", BODY_MATCHES },
	{ "panic", BODY_LIST },
	{ "parse_quote", BODY_NOTHING },
	{ "pin", BODY_LIST },
	{ "pin_project", BODY_ITEMS },
	{ "print", BODY_LIST },
	{ "println", BODY_LIST },
	{ "query", BODY_LIST },
	{ "query_as", BODY_LIST },
	{ "query_scalar", BODY_LIST },
	{ "quote", BODY_NOTHING },
	{ "quote_spanned", BODY_NOTHING },
	{ "ready", BODY_LIST },
	{ "select", BODY_SELECT },
	{ "select_biased", BODY_SELECT },
	{ "span", BODY_LIST },
	{ "task_local", BODY_ITEMS },
	{ "thread_local", BODY_ITEMS },
	{ "todo", BODY_LIST },
	{ "trace", BODY_LIST },
	{ "trace_span", BODY_LIST },
	{ "try_join", BODY_LIST },
	{ "unimplemented", BODY_LIST },
	{ "unreachable", BODY_LIST },
	{ "vec", BODY_LIST },
	{ "warn", BODY_LIST },
	{ "warn_span", BODY_LIST },
	{ "write", BODY_LIST },
	{ "writeln", BODY_LIST },
};

static int by_name(const void *key, const void *row)
{
	return str_cmp(*(const struct str *)key, str_from(((const struct macro *)row)->name));
}

static enum body body_of(struct str path)
{
	uint32_t colon = str_rfind(path, ':');
	struct str last = colon == UINT32_MAX ? path : str_slice(path, colon + 1, path.len);
	const struct macro *row = bsearch(&last, macros, sizeof(macros) / sizeof(*macros), sizeof(*macros), by_name);
	return row ? row->body : BODY_UNKNOWN;
}

/* --- bodies --- */

/* What stands between the delimiters. */
static uint32_t inner_start(TSNode tree)
{
	return ts_node_start_byte(tree) + 1;
}

static uint32_t inner_end(TSNode tree)
{
	return ts_node_end_byte(tree) - 1;
}

static void add_matches(struct walk *w, TSNode tree)
{
	struct tokens t;
	struct argument a;
	tokens_begin(&t, w, tree, 0);
	for (bool first = true; tokens_next(&t, &a); first = false)
		if (first || a.shape == PATH || a.shape == LITERAL) /* any other pattern is no expression */
			argument_add(w, &a, 0);
	tokens_end(&t);
}

static bool add_items(struct walk *w, TSNode tree)
{
	return walk_again_between(w, inner_start(tree), inner_end(tree), "", ";", PART_NONE);
}

/* if #[cfg(…)] { items } else { items } */
static void add_branches(struct walk *w, TSNode tree)
{
	struct cursor cursor = walk_cursor(w, tree);
	for (bool more = cursor_down(&cursor); more; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		if (token_of(w, child) == TOKEN_TREE && token_first_byte(w, child) == '{')
			add_items(w, child);
	}
	cursor_end(&cursor);
}

static void add_json_members(struct walk *w, TSNode tree, uint32_t depth);

static void add_json_value(struct walk *w, const struct argument *a, enum node_part part, uint32_t depth)
{
	char c = a->shape == TREE ? token_first_byte(w, a->node) : '\0';
	if (c == '{' || c == '[') {
		argument_open(w, a->start, a->end, c == '{' ? NODE_OBJECT : NODE_ARRAY, part);
		add_json_members(w, a->node, depth + 1);
		walk_close(w);
	} else if (a->shape == PATH && str_is(str_slice(w->source, a->start, a->end), "null")) {
		facts_name(w->facts, argument_open(w, a->start, a->end, NODE_CONST, part), STR("null"));
		walk_close(w);
	} else {
		argument_value(w, a, part, 0);
	}
}

/* { "key": value, … } and [value, …] */
static void add_json_members(struct walk *w, TSNode tree, uint32_t depth)
{
	struct tokens t;
	struct argument a;
	if (depth >= TREE_MOST_DEPTH)
		return;
	tokens_begin(&t, w, tree, 0);
	bool object = token_first_byte(w, tree) == '{';
	while (tokens_next(&t, &a)) {
		bool pair = a.key_end != 0;
		if (object && !pair)
			continue; /* some other macro of the same name */
		if (pair)
			facts_name(w->facts,
				argument_open(w, a.key_start, a.end ? a.end : a.key_end, NODE_PAIR, PART_NONE),
				argument_key(w, &a));
		add_json_value(w, &a, PART_VALUE, depth);
		if (pair)
			walk_close(w);
	}
	tokens_end(&t);
}

/* json!({ … }) has the object inside its parentheses, doc! { … } is the object. */
static void add_json(struct walk *w, TSNode tree)
{
	struct argument whole = {
		.shape = TREE, .start = ts_node_start_byte(tree), .end = ts_node_end_byte(tree), .node = tree
	};
	struct tokens t;
	struct argument a;
	if (token_first_byte(w, tree) != '(') {
		add_json_value(w, &whole, PART_ARG, 0);
		return;
	}
	tokens_begin(&t, w, tree, 0);
	while (tokens_next(&t, &a))
		add_json_value(w, &a, PART_ARG, 0);
	tokens_end(&t);
}

/* --- select! --- */

/* `pattern = future, if guard => body`; offsets of the source, 0 for what is missing. */
struct arm {
	uint32_t start, end; /* what was read so far of the part under way */
	uint32_t pattern_start, pattern_end, future_start, future_end, guard_start, guard_end;
	enum { ARM_PATTERN, ARM_FUTURE, ARM_GUARD, ARM_BODY } at;
};

static void add_arm(struct walk *w, const struct arm *arm)
{
	struct str pattern = str_slice(w->source, arm->pattern_start, arm->pattern_end);
	bool other = !arm->future_end &&
		     (str_is(pattern, "else") || str_is(pattern, "default") || str_is(pattern, "complete"));
	node_id id = argument_open(w, arm->pattern_start, arm->end, NODE_CASE, PART_NONE);
	if (other)
		facts_flag(w->facts, id, (uint32_t)FLAG_DEFAULT);
	else if (!arm->future_end)
		walk_again_between(w, arm->pattern_start, arm->pattern_end, "", ";", PART_COND);
	else if (str_is(pattern, "_"))
		walk_again_between(w, arm->future_start, arm->future_end, "", ";", PART_COND);
	else
		walk_again_between(w, arm->pattern_start, arm->future_end, "let ", ";", PART_COND);
	walk_again_between(w, arm->guard_start, arm->guard_end, "", ";", PART_GUARD);
	walk_again_between(w, arm->start, arm->end, "", ";", PART_BODY);
	walk_close(w);
}

/* A separator ends a part of the arm; true when it was one. */
static bool end_part(struct arm *arm, struct str token, bool guard_follows)
{
	if (arm->at == ARM_PATTERN && str_is(token, "=")) {
		arm->at = ARM_FUTURE;
		arm->pattern_start = arm->start;
		arm->pattern_end = arm->end;
	} else if (arm->at == ARM_PATTERN && str_is(token, "=>")) {
		arm->at = ARM_BODY;
		arm->pattern_start = arm->start;
		arm->pattern_end = arm->end;
	} else if (arm->at == ARM_FUTURE && (str_is(token, "=>") || (guard_follows && str_is(token, ",")))) {
		arm->at = str_is(token, ",") ? ARM_GUARD : ARM_BODY;
		arm->future_start = arm->start;
		arm->future_end = arm->end;
	} else if (arm->at == ARM_GUARD && str_is(token, "=>")) {
		arm->at = ARM_BODY;
		arm->guard_start = arm->start;
		arm->guard_end = arm->end;
	} else {
		return false;
	}
	arm->start = arm->end = 0;
	return true;
}

static void add_select(struct walk *w, TSNode tree)
{
	struct tokens t;
	struct arm arm = { 0 };
	tokens_begin(&t, w, tree, 0);
	for (TSNode node; tokens_step(&t, &node);) {
		struct str token = walk_text(w, node);
		enum token kind = token_of(w, node);
		bool guard_follows = t.more && walk_type_is(t.cursor.node, "if");
		if (kind == TOKEN_COMMENT || (kind == TOKEN_OTHER && end_part(&arm, token, guard_follows)))
			continue;
		bool separator = !t.more || str_is(token, ",") || (arm.at == ARM_PATTERN && str_is(token, ";"));
		bool opening = arm.at == ARM_GUARD && !arm.end && str_is(token, "if");
		if (!separator && !opening) {
			arm.start = arm.end ? arm.start : ts_node_start_byte(node);
			arm.end = ts_node_end_byte(node);
		}
		bool block = arm.at == ARM_BODY && kind == TOKEN_TREE && *token.ptr == '{' &&
			     arm.start == ts_node_start_byte(node);
		if (arm.at == ARM_BODY && arm.end && (separator || block))
			add_arm(w, &arm);
		if (arm.at == ARM_PATTERN ? separator : arm.at == ARM_BODY && arm.end && (separator || block))
			arm = (struct arm){ 0 };
	}
	tokens_end(&t);
}

/* --- the invocation --- */

bool rust_is_macro_body(const struct walk *w, enum node_part part)
{
	const struct node *around = &w->facts->nodes.items[facts_current(w->facts)];
	return part == PART_CALLEE && around->kind == NODE_CALL && (around->flags & (uint32_t)FLAG_MACRO);
}

/* #[test], #[cfg(test)] around here; further in than anybody writes them it is not looked for. */
static bool is_in_test(const struct walk *w)
{
	enum { LOOK_AT = 8 };
	for (uint32_t i = 0; i < w->facts->open.count && i < LOOK_AT; i++)
		if (w->facts->nodes.items[w->facts->open.items[i]].flags & (uint32_t)FLAG_TEST)
			return true;
	return false;
}

/*
 * Has the body a token that no expression has there? To find out by parsing takes longer than all else in a file of
 * `table! { users (id) { id -> Int4 } }`, say.
 */
static bool is_no_expression(const struct walk *w, TSNode tree)
{
	struct str text = walk_text(w, tree);
	bool arrow = str_contains(text, STR("->")) && !str_contains(text, STR("|")) && !str_contains(text, STR("fn "));
	bool list = token_first_byte(w, tree) != '{';
	return arrow || (list && (tokens_has(w, tree, STR(";")) || tokens_has(w, tree, STR("=>"))));
}

/* The body of a macro that is not known. */
static void add_unknown(struct walk *w, TSNode tree)
{
	if (tokens_simple(w, tree, 0))
		arguments_add(w, tree, 0);
	else if (!is_no_expression(w, tree))
		walk_again_between(w, ts_node_start_byte(tree), ts_node_end_byte(tree), "", ";", PART_CALLEE);
}

static void add_body(struct walk *w, enum body body, TSNode tree)
{
	if (is_in_test(w))
		return;
	switch (body) {
	case BODY_LIST:
		arguments_add(w, tree, 0);
		break;
	case BODY_SELECT:
		add_select(w, tree);
		break;
	case BODY_JSON:
		add_json(w, tree);
		break;
	case BODY_MATCHES:
		add_matches(w, tree);
		break;
	case BODY_UNKNOWN:
		add_unknown(w, tree);
		break;
	case BODY_ITEMS:
	case BODY_BRANCHES:
	case BODY_NOTHING:
		break;
	}
}

enum visit rust_macro(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode name = walk_field(w, node, FIELD_MACRO);
	TSNode tree = ts_node_child(node, ts_node_child_count(node) - 1);
	struct str path;
	if (ts_node_is_null(name) || !walk_path(w, name, &path))
		return STOP;
	enum body body = body_of(path);
	bool is_item = rust_around(w) == NODE_FILE || rust_around(w) == NODE_NAMESPACE;
	uint32_t id = facts_string(w->facts, path);
	node_id call = walk_open(w, node, body == BODY_SELECT ? NODE_SELECT : NODE_CALL, part);
	w->facts->nodes.items[call].name = id;
	facts_flag(w->facts, call, (uint32_t)FLAG_MACRO);
	if (token_of(w, tree) != TOKEN_TREE || ts_node_end_byte(tree) < ts_node_start_byte(tree) + 2)
		return STOP;
	add_body(w, body, tree);
	bool silent = body == BODY_UNKNOWN && is_item && w->facts->nodes.count == call + 1;
	if (body != BODY_ITEMS && body != BODY_BRANCHES && !silent)
		return STOP;
	walk_close(w); /* the items are the file's own */
	if (body == BODY_BRANCHES)
		add_branches(w, tree);
	else if (body == BODY_UNKNOWN || !add_items(w, tree))
		rust_spelled_items(w, tree);
	return STOP;
}
