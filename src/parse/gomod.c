/*
 * go.mod and go.work, read by hand: one PAIR a directive, named by it, with its operands as STRING values in
 * order. The lines of a block are directives of their own. A replace has always four: old path and version,
 * new path and version, empty where there is none.
 */
#include "parse/grammar.h"
#include "parse/text.h"

enum { MOST_TOKENS = 16 };

struct token {
	uint32_t start, end;
	struct str text; /* without quotes */
};

struct gomod {
	struct facts_builder *facts;
	struct str text;
	uint32_t at;
	struct str block; /* directive of the block we are in, or empty */
	struct token tokens[MOST_TOKENS]; /* of one line */
	uint32_t count;
};

static bool is_comment(const struct gomod *m)
{
	return str_starts(str_slice(m->text, m->at, m->at + 2), STR("//"));
}

/* A quoted or bare word, `=>`, or one of the brackets. */
static struct token read_token(struct gomod *m)
{
	struct token token = { .start = m->at };
	char first = m->text.ptr[m->at++];
	bool quoted = first == '"' || first == '`';
	while (m->at < m->text.len && !memchr("()[],", first, 5)) {
		char c = m->text.ptr[m->at];
		if (c == '\n' || (quoted ? c == first : is_comment(m) || memchr(" \t\r()[],", c, 8) != NULL))
			break;
		m->at += quoted && first == '"' && c == '\\' && m->at + 1 < m->text.len ? 2 : 1;
	}
	token.text = str_slice(m->text, token.start + quoted, m->at);
	if (quoted && m->at < m->text.len && m->text.ptr[m->at] == first)
		m->at++;
	else if (quoted)
		facts_error(m->facts, token.start, m->at);
	token.end = m->at;
	return token;
}

/* The tokens of one line; its comment goes to the comments. */
static void read_line(struct gomod *m)
{
	m->count = 0;
	while (m->at < m->text.len && m->text.ptr[m->at] != '\n') {
		if (memchr(" \t\r", m->text.ptr[m->at], 3)) {
			m->at++;
		} else if (is_comment(m)) {
			uint32_t start = m->at;
			while (m->at < m->text.len && m->text.ptr[m->at] != '\n')
				m->at++;
			text_comment(m->facts, m->text, start, m->at, 0);
		} else {
			struct token token = read_token(m);
			if (m->count < MOST_TOKENS)
				m->tokens[m->count++] = token;
			else
				facts_error(m->facts, token.start, token.end);
		}
	}
	m->at++;
}

static bool is_mark(const struct token *t)
{
	return t->text.len == 1 && memchr("()[],", t->text.ptr[0], 5);
}

static void add_value(struct gomod *m, const struct token *t, struct buf *scratch)
{
	bool escaped = m->text.ptr[t->start] == '"';
	facts_leaf(
		m->facts, NODE_STRING, PART_VALUE, t->start, t->end, escaped ? text_decode(scratch, t->text) : t->text);
}

static void add_empty(struct gomod *m, uint32_t at)
{
	facts_leaf(m->facts, NODE_STRING, PART_VALUE, at, at, STR(""));
}

/* Each side of the arrow is a path and, perhaps, a version. */
static void add_replacement(struct gomod *m, uint32_t from, struct buf *scratch)
{
	uint32_t arrow = from;
	while (arrow < m->count && !str_is(m->tokens[arrow].text, "=>"))
		arrow++;
	if (arrow == m->count)
		facts_error(m->facts, m->tokens[0].start, m->tokens[m->count - 1].end);
	uint32_t ends[2] = { arrow, m->count };
	for (unsigned side = 0; side < 2; side++) {
		for (uint32_t i = 0; i < 2; i++) {
			if (from + i < ends[side])
				add_value(m, &m->tokens[from + i], scratch);
			else
				add_empty(m, ends[side] ? m->tokens[ends[side] - 1].end : m->tokens[0].start);
		}
		from = arrow + 1;
	}
}

static void add_directive(struct gomod *m, struct str name, uint32_t from)
{
	struct buf scratch = { 0 };
	uint32_t last = m->tokens[m->count - 1].end;
	node_id pair = facts_open(m->facts, NODE_PAIR, PART_NONE, m->tokens[0].start, last);
	facts_name(m->facts, pair, name);
	if (from == m->count)
		facts_error(m->facts, m->tokens[0].start, last);
	else if (str_is(name, "replace"))
		add_replacement(m, from, &scratch);
	else
		for (uint32_t i = from; i < m->count; i++)
			if (!is_mark(&m->tokens[i]))
				add_value(m, &m->tokens[i], &scratch);
	facts_close(m->facts);
	buf_release(&scratch);
}

static void take_line(struct gomod *m)
{
	const struct token *first = &m->tokens[0], *last = &m->tokens[m->count - 1];
	if (m->block.len && str_is(first->text, ")"))
		m->block = STR("");
	else if (m->block.len)
		add_directive(m, m->block, 0);
	else if (is_mark(first))
		facts_error(m->facts, first->start, last->end);
	else if (m->count == 2 && str_is(last->text, "("))
		m->block = first->text;
	else if (m->count != 3 || !str_is(m->tokens[1].text, "(") || !str_is(last->text, ")"))
		add_directive(m, first->text, 1);
}

static void parse(struct facts_builder *b, struct str bytes)
{
	struct gomod m = { .facts = b, .text = bytes };
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		m.at = 3;
	while (m.at < bytes.len) {
		read_line(&m);
		if (m.count)
			take_line(&m);
	}
	if (m.block.len)
		facts_error(b, bytes.len, bytes.len);
}

const struct grammar grammar_gomod = { .parse = parse };
