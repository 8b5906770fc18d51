/*
 * The tokens of a macro's body or of an attribute, as arguments: a literal, a path or a simple call is read
 * from its tokens, any other is parsed again on its own, and says nothing when it does not parse.
 */
#include "parse/rust_tokens.h"

#include "parse/compile.h"
#include "parse/rust.h"

enum { SIMPLE_MOST_DEPTH = 4 };

enum token token_of(const struct walk *w, TSNode node)
{
	TSSymbol symbol = ts_node_symbol(node);
	if (symbol >= w->grammar->symbol_count || !ts_node_is_named(node))
		return TOKEN_OTHER;
	if (w->grammar->identifiers[symbol])
		return TOKEN_WORD;
	const struct syntax *row = w->grammar->symbols[symbol].row;
	if (!row)
		return TOKEN_OTHER;
	if (row->kind == NODE_STRING || row->kind == NODE_NUMBER || row->kind == NODE_CONST)
		return TOKEN_LITERAL;
	if (row->action == SKIP)
		return TOKEN_TREE; /* the only skipped type that can stand between tokens */
	return ts_node_is_extra(node) ? TOKEN_COMMENT : TOKEN_OTHER;
}

void tokens_begin(struct tokens *t, const struct walk *w, TSNode tree, uint32_t depth)
{
	*t = (struct tokens){ .w = w, .cursor = walk_cursor(w, tree), .depth = depth };
	/* the first child is the opening delimiter */
	t->more = cursor_down(&t->cursor) && cursor_next(&t->cursor);
}

void tokens_end(struct tokens *t)
{
	cursor_end(&t->cursor);
}

bool tokens_step(struct tokens *t, TSNode *token)
{
	if (!t->more)
		return false;
	*token = t->cursor.node;
	t->more = cursor_next(&t->cursor);
	return true;
}

char token_first_byte(const struct walk *w, TSNode node)
{
	uint32_t start = ts_node_start_byte(node);
	return start < w->source.len ? w->source.ptr[start] : '\0';
}

/* `key =`, `key:` and `key =>` in front of a value. */
static bool take_key(struct argument *a, struct str token)
{
	bool colon = str_is(token, ":"), arrow = str_is(token, "=>");
	bool key = a->shape == PATH || a->shape == LITERAL || (colon && a->shape == TREE);
	if (!key || a->reference || a->key_end || (!colon && !arrow && !str_is(token, "=")))
		return false;
	*a = (struct argument){ .key_start = a->start, .key_end = a->end, .special = colon || arrow };
	return true;
}

/* Commas inside of ::<…> and of |…| do not end an argument. True when the token belongs to one of these. */
static bool inside_brackets(struct tokens *t, const struct argument *a, struct str token)
{
	char c = token.ptr[0];
	bool starts = a->shape == EMPTY || t->last == 'm' /* move */;
	if (t->bars) {
		t->bars = c != '|';
		return true;
	}
	if (t->angles || (c == '<' && token.len == 1 && (t->last == ':' || a->shape == EMPTY))) {
		if (c == '<')
			t->angles++;
		else if (c == '>')
			t->angles -= token.len < t->angles ? token.len : t->angles;
		return true;
	}
	if (c == '|' && token.len == 1 && starts) {
		t->bars = true;
		return true;
	}
	return false;
}

/* Keywords that start no expression: names of arguments in attributes, such as `type = "text"`. */
static bool is_name_keyword(struct str token)
{
	static const char *const words[] = { "type", "default", "union", "use", "where", "mod", "pub", "enum",
		"struct" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(token, words[i]))
			return true;
	return false;
}

static enum shape shape_after_other(struct argument *a, struct str token)
{
	char c = token.ptr[0];
	if (a->shape == EMPTY && is_name_keyword(token))
		return PATH;
	if (a->shape == PATH && (str_is(token, ".") || str_is(token, "::")))
		return PATH_OPEN;
	if (a->shape == EMPTY && !a->reference && !a->recorded && token.len == 1) {
		a->reference = c == '&';
		a->recorded = c == '?' || c == '%';
		a->special |= a->recorded;
		if (a->reference || a->recorded)
			return EMPTY;
	}
	return COMPLEX;
}

static enum shape shape_after(struct tokens *t, struct argument *a, TSNode node)
{
	switch (token_of(t->w, node)) {
	case TOKEN_LITERAL:
		a->node = node;
		return a->shape == EMPTY ? LITERAL : a->shape == PATH_OPEN ? PATH : COMPLEX;
	case TOKEN_WORD:
		return a->shape == EMPTY || a->shape == PATH_OPEN ? PATH : COMPLEX;
	case TOKEN_TREE:
		a->node = node;
		a->name_end = a->shape == PATH ? a->end : 0;
		if (a->shape == EMPTY && !a->reference)
			return TREE;
		if (a->shape == PATH && token_first_byte(t->w, node) == '(' && t->depth < SIMPLE_MOST_DEPTH &&
			tokens_simple(t->w, node, t->depth + 1))
			return SIMPLE_CALL;
		return COMPLEX;
	case TOKEN_OTHER:
	case TOKEN_COMMENT:
		break;
	}
	return shape_after_other(a, walk_text(t->w, node));
}

/* Moves over one token; true when it ended the argument. */
static bool take_token(struct tokens *t, struct argument *a, TSNode node)
{
	struct str text = walk_text(t->w, node);
	if (!text.len || token_of(t->w, node) == TOKEN_COMMENT)
		return false;
	char c = text.ptr[0];
	bool other = !ts_node_is_named(node);
	bool bracket = other && inside_brackets(t, a, text);
	bool within = bracket || t->angles || t->bars;
	t->last = str_is(text, "move") ? 'm' : other ? c : '\0';
	if (other && !within && text.len == 1 && (c == ',' || c == ';'))
		return true;
	if (other && !within && take_key(a, text))
		return false;
	bool recorded = a->recorded;
	a->shape = within ? COMPLEX : shape_after(t, a, node);
	if (a->recorded && !recorded)
		return false; /* the sigil is no part of the value */
	if (!a->end)
		a->start = ts_node_start_byte(node);
	a->end = ts_node_end_byte(node);
	return false;
}

bool tokens_next(struct tokens *t, struct argument *a)
{
	*a = (struct argument){ 0 };
	t->angles = 0;
	t->bars = false;
	t->last = '\0';
	for (TSNode node; tokens_step(t, &node);) {
		bool closing = !t->more; /* the last child is the closing delimiter */
		bool ended = closing || take_token(t, a, node);
		if (ended && (a->end || a->key_end))
			return true;
	}
	return false;
}

static bool is_simple(const struct argument *a)
{
	return !a->special && (a->shape == LITERAL || a->shape == PATH || a->shape == SIMPLE_CALL);
}

bool tokens_has(const struct walk *w, TSNode tree, struct str token)
{
	struct tokens t;
	bool found = false;
	tokens_begin(&t, w, tree, 0);
	for (TSNode node; !found && tokens_step(&t, &node);)
		found = token_of(w, node) == TOKEN_OTHER && str_eq(walk_text(w, node), token);
	tokens_end(&t);
	return found;
}

bool tokens_simple(const struct walk *w, TSNode tree, uint32_t depth)
{
	struct tokens t;
	struct argument a;
	bool simple = true;
	tokens_begin(&t, w, tree, depth);
	while (simple && tokens_next(&t, &a))
		simple = is_simple(&a);
	tokens_end(&t);
	return simple;
}

node_id argument_open(struct walk *w, uint32_t start, uint32_t end, enum node_kind kind, enum node_part part)
{
	return facts_open(w->facts, kind, part, w->offset + start, w->offset + end);
}

/* Source text without the white space that may stand in a path. */
static struct str path_text(struct walk *w, uint32_t start, uint32_t end)
{
	struct str text = str_slice(w->source, start, end);
	bool spaced = false;
	for (uint32_t i = 0; i < text.len && !spaced; i++)
		spaced = text.ptr[i] <= ' ';
	if (!spaced)
		return text;
	buf_clear(w->scratch);
	for (uint32_t i = 0; i < text.len; i++)
		if (text.ptr[i] > ' ' || (unsigned char)text.ptr[i] >= 0x80)
			buf_add_char(w->scratch, text.ptr[i]);
	return buf_str(w->scratch);
}

struct str argument_key(struct walk *w, const struct argument *a)
{
	struct str key = path_text(w, a->key_start, a->key_end);
	if (key.len >= 2 && key.ptr[0] == '"')
		return walk_decode(w, str_slice(key, 1, key.len - 1));
	return str_starts(key, STR("(")) || str_starts(key, STR("[")) ? (struct str){ 0 } : key; /* computed */
}

void argument_value(struct walk *w, const struct argument *a, enum node_part part, uint32_t depth)
{
	bool reference = a->reference && (a->shape == LITERAL || a->shape == PATH || a->shape == SIMPLE_CALL);
	uint32_t start = reference ? a->start + 1 : a->start;
	if (reference) {
		facts_name(w->facts, argument_open(w, a->start, a->end, NODE_UNARY, part), STR("&"));
		part = PART_VALUE;
	}
	switch (a->shape) {
	case LITERAL:
		walk_here(w, a->node, part);
		break;
	case PATH:
		facts_name(w->facts, argument_open(w, start, a->end, NODE_NAME, part), path_text(w, start, a->end));
		walk_close(w);
		break;
	case SIMPLE_CALL:
		facts_name(
			w->facts, argument_open(w, start, a->end, NODE_CALL, part), path_text(w, start, a->name_end));
		arguments_add(w, a->node, depth + 1);
		walk_close(w);
		break;
	case TREE:
	case COMPLEX:
		walk_again_between(w, a->start, a->end, "", ";", part);
		break;
	case EMPTY:
	case PATH_OPEN:
		break;
	}
	if (reference)
		walk_close(w);
}

/* Opens the PAIR of an argument that has a key, or whose value names itself (%user.id); false when it has
 * none. */
static bool open_pair(struct walk *w, const struct argument *a, enum node_part part)
{
	bool own = a->recorded && a->shape == PATH;
	if (!a->key_end && !own)
		return false;
	uint32_t start = a->key_end ? a->key_start : a->start;
	node_id pair = argument_open(w, start, a->end ? a->end : a->key_end, NODE_PAIR, part);
	facts_name(w->facts, pair, a->key_end ? argument_key(w, a) : path_text(w, a->start, a->end));
	facts_flag(w->facts, pair, (uint32_t)FLAG_KEYWORD);
	return true;
}

void argument_add(struct walk *w, const struct argument *a, uint32_t depth)
{
	bool pair = open_pair(w, a, PART_ARG);
	argument_value(w, a, pair ? PART_VALUE : PART_ARG, depth);
	if (pair)
		walk_close(w);
}

void arguments_add(struct walk *w, TSNode tree, uint32_t depth)
{
	struct tokens t;
	struct argument a;
	tokens_begin(&t, w, tree, depth);
	while (tokens_next(&t, &a))
		argument_add(w, &a, depth);
	tokens_end(&t);
}

static void add_attribute_arguments(struct walk *w, TSNode tree, enum node_part part, uint32_t depth);

/* A call in an attribute holds what the attribute's own list holds; (…) alone is a list. */
static void add_attribute_value(struct walk *w, const struct argument *a, enum node_part part, uint32_t depth)
{
	bool call = (a->shape == SIMPLE_CALL || a->shape == COMPLEX) && a->name_end > a->start &&
		    !ts_node_is_null(a->node) && ts_node_end_byte(a->node) == a->end && !a->reference;
	if (call)
		facts_name(w->facts, argument_open(w, a->start, a->end, NODE_CALL, part),
			path_text(w, a->start, a->name_end));
	else if (a->shape == TREE && token_first_byte(w, a->node) != '{')
		argument_open(w, a->start, a->end, NODE_ARRAY, part);
	else {
		argument_value(w, a, part, depth);
		return;
	}
	add_attribute_arguments(w, a->node, call ? PART_ARG : PART_VALUE, depth + 1);
	walk_close(w);
}

static void add_attribute_arguments(struct walk *w, TSNode tree, enum node_part part, uint32_t depth)
{
	struct tokens t;
	struct argument a;
	if (depth >= TREE_MOST_DEPTH)
		return;
	tokens_begin(&t, w, tree, SIMPLE_MOST_DEPTH);
	while (tokens_next(&t, &a)) {
		bool pair = open_pair(w, &a, part);
		add_attribute_value(w, &a, pair ? PART_VALUE : part, depth);
		if (pair)
			walk_close(w);
	}
	tokens_end(&t);
}

void rust_attribute_arguments(struct walk *w, TSNode tree)
{
	add_attribute_arguments(w, tree, PART_ARG, 0);
}
