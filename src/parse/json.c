/*
 * JSON, and what tsconfig.json may have besides: comments and a comma before a closing bracket. Read by hand,
 * since tree-sitter's grammar reports such a comma as an error and loses the shape of a document that is cut
 * short. The builder's open nodes are the stack.
 */
#include "parse/grammar.h"
#include "parse/text.h"

enum token { START, OPENED, VALUE, COMMA, COLON };

struct json {
	struct facts_builder *facts;
	struct str text;
	uint32_t at;
	uint32_t objects, arrays; /* open ones */
	enum token last;
	struct buf scratch;
};

static char peek(const struct json *j, uint32_t ahead)
{
	return j->at + ahead < j->text.len ? j->text.ptr[j->at + ahead] : '\0';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_comment(struct json *j)
{
	uint32_t start = j->at;
	bool block = peek(j, 1) == '*';
	j->at = start + 2;
	if (block) {
		while (j->at < j->text.len && !(peek(j, 0) == '*' && peek(j, 1) == '/'))
			j->at++;
		if (j->at == j->text.len)
			facts_error(j->facts, start, j->at);
		else
			j->at += 2;
	} else {
		while (j->at < j->text.len && peek(j, 0) != '\n')
			j->at++;
	}
	text_comment(j->facts, j->text, start, j->at, 0);
}

static void skip_blank(struct json *j)
{
	for (;;) {
		if (is_blank(peek(j, 0)))
			j->at++;
		else if (peek(j, 0) == '/' && (peek(j, 1) == '/' || peek(j, 1) == '*'))
			skip_comment(j);
		else
			return;
	}
}

static enum node_kind current_kind(const struct json *j)
{
	return (enum node_kind)j->facts->nodes.items[facts_current(j->facts)].kind;
}

static void open_node(struct json *j, enum node_kind kind, enum node_part part)
{
	facts_open(j->facts, kind, part, j->at, j->at);
}

static void close_node(struct json *j)
{
	enum node_kind kind = current_kind(j);
	j->objects -= kind == NODE_OBJECT;
	j->arrays -= kind == NODE_ARRAY;
	j->facts->nodes.items[facts_current(j->facts)].end = j->at;
	facts_close(j->facts);
}

/* A pair ends with its value. */
static void end_value(struct json *j)
{
	if (current_kind(j) == NODE_PAIR)
		close_node(j);
	j->last = VALUE;
}

static enum node_part begin_value(struct json *j)
{
	bool in_pair = current_kind(j) == NODE_PAIR;
	if (j->last == VALUE && current_kind(j) != NODE_FILE)
		facts_error(j->facts, j->at, j->at); /* no comma, or no colon */
	return in_pair ? PART_VALUE : PART_NONE;
}

static void read_container(struct json *j, enum node_kind kind)
{
	open_node(j, kind, begin_value(j));
	j->at++;
	j->objects += kind == NODE_OBJECT;
	j->arrays += kind == NODE_ARRAY;
	j->last = OPENED;
}

/* Closes what was left open inside; a bracket that closes nothing is an error. */
static void read_closing(struct json *j, enum node_kind kind)
{
	j->at++;
	if (!(kind == NODE_OBJECT ? j->objects : j->arrays)) {
		facts_error(j->facts, j->at - 1, j->at);
		return;
	}
	while (current_kind(j) != kind) {
		facts_error(j->facts, j->at - 1, j->at - 1);
		close_node(j);
	}
	close_node(j);
	end_value(j);
}

/* The text between the quotes; a string ends with its line. */
static struct str read_quoted(struct json *j)
{
	uint32_t start = ++j->at;
	while (j->at < j->text.len && peek(j, 0) != '"' && peek(j, 0) != '\n')
		j->at += peek(j, 0) == '\\' && peek(j, 1) != '\n' && j->at + 1 < j->text.len ? 2 : 1;
	struct str inside = str_slice(j->text, start, j->at);
	if (peek(j, 0) == '"')
		j->at++;
	else
		facts_error(j->facts, start - 1, j->at);
	return text_decode(&j->scratch, inside);
}

static void read_string(struct json *j)
{
	bool is_key = current_kind(j) == NODE_OBJECT;
	open_node(j, is_key ? NODE_PAIR : NODE_STRING, begin_value(j));
	facts_name(j->facts, facts_current(j->facts), read_quoted(j));
	j->last = VALUE;
	if (!is_key) {
		close_node(j);
		end_value(j);
	}
}

/* A number, a constant, or anything up to the next thing that means something: an error. */
static void read_word(struct json *j)
{
	uint32_t start = j->at;
	while (j->at < j->text.len && !is_blank(peek(j, 0)) && !memchr(",:{}[]\"/", peek(j, 0), 8))
		j->at++;
	j->at += j->at == start;
	struct str word = str_slice(j->text, start, j->at);
	bool is_constant = str_is(word, "true") || str_is(word, "false") || str_is(word, "null");
	bool is_number = word.ptr[0] == '-' || char_is_digit(word.ptr[0]);
	if ((!is_constant && !is_number) || current_kind(j) == NODE_OBJECT) {
		facts_error(j->facts, start, j->at);
		return;
	}
	facts_leaf(j->facts, is_constant ? NODE_CONST : NODE_NUMBER, begin_value(j), start, j->at, word);
	end_value(j);
}

static void read_mark(struct json *j, enum token mark)
{
	bool expected = j->last == VALUE && (current_kind(j) == NODE_PAIR) == (mark == COLON);
	if (!expected)
		facts_error(j->facts, j->at, j->at + 1);
	if (mark == COMMA && current_kind(j) == NODE_PAIR)
		close_node(j); /* a key without a value */
	j->last = mark;
	j->at++;
}

static void read_token(struct json *j)
{
	switch (peek(j, 0)) {
	case '{':
		read_container(j, NODE_OBJECT);
		break;
	case '[':
		read_container(j, NODE_ARRAY);
		break;
	case '}':
		read_closing(j, NODE_OBJECT);
		break;
	case ']':
		read_closing(j, NODE_ARRAY);
		break;
	case '"':
		read_string(j);
		break;
	case ',':
		read_mark(j, COMMA);
		break;
	case ':':
		read_mark(j, COLON);
		break;
	default:
		read_word(j);
	}
}

static void parse(struct facts_builder *b, struct str bytes)
{
	struct json j = { .facts = b, .text = bytes };
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		j.at = 3;
	for (skip_blank(&j); j.at < bytes.len; skip_blank(&j))
		read_token(&j);
	if (current_kind(&j) != NODE_FILE)
		facts_error(b, bytes.len, bytes.len);
	while (current_kind(&j) != NODE_FILE)
		close_node(&j);
	buf_release(&j.scratch);
}

const struct grammar grammar_json = { .parse = parse };
