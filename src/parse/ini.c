/*
 * setup.cfg and its like, read by hand as Python's configparser does: one PAIR a section, named by it, whose OBJECT holds
 * a PAIR for each key. A value of one line is a STRING; one that goes on in indented lines is an ARRAY of them.
 */
#include "parse/grammar.h"
#include "parse/text.h"

/* A stretch of the file. */
struct span {
	uint32_t start, end;
};

struct ini {
	struct facts_builder *facts;
	struct str text;
	uint32_t at; /* first byte of the next line */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct span trim(struct str text, struct span s)
{
	while (s.start < s.end && is_blank(text.ptr[s.start]))
		s.start++;
	while (s.start < s.end && is_blank(text.ptr[s.end - 1]))
		s.end--;
	return s;
}

static struct str text_of(const struct ini *i, struct span s)
{
	return str_slice(i->text, s.start, s.end);
}

/* The line at `start`, with its line break. */
static struct span line_at(const struct ini *i, uint32_t start)
{
	const char *end = memchr(i->text.ptr + start, '\n', i->text.len - start);
	return (struct span){ start, end ? (uint32_t)(end - i->text.ptr) + 1 : i->text.len };
}

static bool is_comment(const struct ini *i, struct span line)
{
	return line.start < line.end && memchr("#;", i->text.ptr[line.start], 2);
}

/* Comments and empty lines, which may stand anywhere. */
static bool skip_line(struct ini *i, struct span line)
{
	struct span s = trim(i->text, line);
	if (is_comment(i, s))
		text_comment(i->facts, i->text, s.start, s.end, 0);
	else if (s.start < s.end)
		return false;
	i->at = line.end;
	return true;
}

/* Is the line one more of the value above it? */
static bool goes_on(const struct ini *i, struct span line)
{
	return line.start < line.end && (i->text.ptr[line.start] == ' ' || i->text.ptr[line.start] == '\t');
}

static void add_text(struct ini *i, struct span s, enum node_part part)
{
	facts_leaf(i->facts, NODE_STRING, part, s.start, s.end, text_of(i, s));
}

/* Where the indented lines below `from` end. */
static uint32_t value_end(const struct ini *i, uint32_t from)
{
	uint32_t end = from;
	for (uint32_t at = from; at < i->text.len;) {
		struct span line = line_at(i, at), s = trim(i->text, line);
		if (s.start < s.end && !goes_on(i, line))
			break;
		at = line.end;
		if (s.start < s.end && !is_comment(i, s))
			end = s.end;
	}
	return end;
}

static void add_lines(struct ini *i, struct span first, uint32_t end)
{
	facts_open(i->facts, NODE_ARRAY, PART_VALUE, first.start, end);
	if (first.start < first.end)
		add_text(i, first, PART_NONE);
	while (i->at < end) {
		struct span line = line_at(i, i->at);
		if (skip_line(i, line))
			continue;
		add_text(i, trim(i->text, line), PART_NONE);
		i->at = line.end;
	}
	facts_close(i->facts);
}

/* `key = value` or `key: value`, and the lines that go on with it. */
static void add_key(struct ini *i, struct span line)
{
	uint32_t mark = line.start;
	while (mark < line.end && !memchr("=:", i->text.ptr[mark], 2))
		mark++;
	if (mark == line.end) {
		struct span s = trim(i->text, line);
		facts_error(i->facts, s.start, s.end);
		return;
	}
	struct span key = trim(i->text, (struct span){ line.start, mark });
	struct span value = trim(i->text, (struct span){ mark + 1, line.end });
	uint32_t end = value_end(i, line.end);
	bool single = end == line.end;
	node_id pair = facts_open(i->facts, NODE_PAIR, PART_NONE, key.start, single ? value.end : end);
	facts_name(i->facts, pair, text_of(i, key));
	if (single)
		add_text(i, value, PART_VALUE);
	else
		add_lines(i, value, end);
	facts_close(i->facts);
}

/* Where the next line starts that opens a section. */
static uint32_t section_end(const struct ini *i)
{
	uint32_t at = i->at;
	while (at < i->text.len && i->text.ptr[at] != '[')
		at = line_at(i, at).end;
	return at;
}

/* [name], and the keys up to the next one. */
static void add_section(struct ini *i, struct span line)
{
	uint32_t end = section_end(i), close = line.start + 1;
	while (close < line.end && i->text.ptr[close] != ']')
		close++;
	if (close == line.end)
		facts_error(i->facts, line.start, line.end);
	node_id section = facts_open(i->facts, NODE_PAIR, PART_NONE, line.start, end);
	facts_name(i->facts, section, str_trim(str_slice(i->text, line.start + 1, close)));
	facts_open(i->facts, NODE_OBJECT, PART_VALUE, line.start, end);
	while (i->at < end) {
		line = line_at(i, i->at);
		if (skip_line(i, line))
			continue;
		i->at = line.end;
		add_key(i, line);
	}
	facts_close(i->facts);
	facts_close(i->facts);
}

static void parse(struct facts_builder *b, struct str bytes)
{
	struct ini i = { .facts = b, .text = bytes };
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		i.at = 3;
	while (i.at < bytes.len) {
		struct span line = line_at(&i, i.at);
		if (skip_line(&i, line))
			continue;
		i.at = line.end;
		if (bytes.ptr[line.start] == '[')
			add_section(&i, line);
		else
			add_key(&i, line);
	}
}

const struct grammar grammar_ini = { .parse = parse };
