/*
 * requirements.txt, read by hand: one PAIR a requirement, named by the distribution as PEP 503 writes it
 * (lower case,
 * `-`), with the version specifier or URL as its VALUE. Extras are ARG children, the environment marker is
 * the GUARD. `-r FILE`, `-c FILE` and `-e PATH` are pairs named "-r", "-c", "-e"; other options say nothing
 * about dependencies.
 */
#include "parse/grammar.h"
#include "parse/text.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\';
}

static bool is_name(char c)
{
	return char_is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/* A stretch of the file. */
struct span {
	uint32_t start, end;
};

/* Without blanks around it; a backslash that continues the line is a blank. */
static struct span trim(struct str source, struct span s)
{
	while (s.start < s.end && is_space(source.ptr[s.start]))
		s.start++;
	while (s.start < s.end && is_space(source.ptr[s.end - 1]))
		s.end--;
	return s;
}

/* Where `c` first stands in the span, or its end. */
static uint32_t find(struct str source, struct span s, char c)
{
	const char *at = s.start < s.end ? memchr(source.ptr + s.start, c, s.end - s.start) : NULL;
	return at ? (uint32_t)(at - source.ptr) : s.end;
}

static void add_text(struct facts_builder *b, struct str source, enum node_part part, struct span s)
{
	s = trim(source, s);
	facts_leaf(b, NODE_STRING, part, s.start, s.end, str_slice(source, s.start, s.end));
}

static void name_distribution(struct facts_builder *b, node_id id, struct str name)
{
	struct buf text = { 0 };
	for (uint32_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool dash = c == '-' || c == '_' || c == '.';
		if (!dash)
			buf_add_char(&text, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
		else if (text.len && text.ptr[text.len - 1] != '-')
			buf_add_char(&text, '-');
	}
	facts_name(b, id, buf_str(&text));
	buf_release(&text);
}

/* `[a, b]` behind the name; returns the offset behind it. */
static uint32_t add_extras(struct facts_builder *b, struct str source, struct span s)
{
	if (s.start == s.end || source.ptr[s.start] != '[')
		return s.start;
	uint32_t close = find(source, s, ']');
	for (struct span item = { s.start + 1, 0 }; item.start < close; item.start = item.end + 1) {
		item.end = find(source, (struct span){ item.start, close }, ',');
		add_text(b, source, PART_ARG, item);
	}
	if (close == s.end)
		facts_error(b, s.start, s.end);
	return close < s.end ? close + 1 : close;
}

/* The marker starts at a semicolon; in a URL only at one that a blank precedes. */
static uint32_t find_marker(struct str source, struct span s, bool url)
{
	uint32_t at = find(source, s, ';');
	while (url && at < s.end && (at == s.start || !is_space(source.ptr[at - 1])))
		at = find(source, (struct span){ at + 1, s.end }, ';');
	return at;
}

/* The name in `#egg=name` of a URL. */
static struct str egg(struct str source, struct span s)
{
	static const char mark[] = "egg=";
	for (uint32_t i = find(source, s, '#'); i < s.end; i++) {
		if (!str_starts(str_slice(source, i, s.end), STR(mark)))
			continue;
		uint32_t start = i + (uint32_t)sizeof(mark) - 1, end = start;
		while (end < s.end && is_name(source.ptr[end]))
			end++;
		return str_slice(source, start, end);
	}
	return (struct str){ 0 };
}

static bool is_place(struct str source, struct span s)
{
	return source.ptr[s.start] == '.' || find(source, s, '/') < s.end || find(source, s, ':') < s.end;
}

/* `name[extras] >=1,<2 ; marker`, `name @ URL`, or a URL or path alone. */
static void add_requirement(struct facts_builder *b, struct str source, struct span s)
{
	uint32_t end = s.start;
	while (end < s.end && is_name(source.ptr[end]))
		end++;
	if (end == s.start && !is_place(source, s)) {
		facts_error(b, s.start, s.end);
		return;
	}
	node_id pair = facts_open(b, NODE_PAIR, PART_NONE, s.start, s.end);
	struct span rest = trim(source, (struct span){ end, s.end });
	bool alone = end == s.start || (rest.start < s.end && memchr(":/+", source.ptr[rest.start], 3));
	if (alone)
		rest = s;
	name_distribution(b, pair, alone ? egg(source, s) : str_slice(source, s.start, end));
	if (!alone)
		rest.start = add_extras(b, source, rest);
	rest = trim(source, rest);
	bool url = alone || (rest.start < rest.end && source.ptr[rest.start] == '@');
	uint32_t marker = find_marker(source, rest, url);
	add_text(b, source, PART_VALUE, (struct span){ rest.start, marker });
	if (marker < rest.end)
		add_text(b, source, PART_GUARD, (struct span){ marker + 1, rest.end });
	facts_close(b);
}

static const struct option {
	const char *text, *name;
} options[] = {
	{ "--requirement", "-r" },
	{ "-r", "-r" },
	{ "--constraint", "-c" },
	{ "-c", "-c" },
	{ "--editable", "-e" },
	{ "-e", "-e" },
};

static void add_option(struct facts_builder *b, struct str source, struct span s)
{
	struct str line = str_slice(source, s.start, s.end);
	for (unsigned i = 0; i < sizeof(options) / sizeof(*options); i++) {
		struct str text = str_from(options[i].text);
		if (!str_starts(line, text) || line.len == text.len)
			continue;
		uint32_t value = s.start + text.len;
		bool is_long = text.len > 2;
		if (is_long && source.ptr[value] != '=' && !is_space(source.ptr[value]))
			continue;
		value += source.ptr[value] == '=';
		struct span rest = trim(source, (struct span){ value, s.end });
		struct str name = str_is(str_from(options[i].name), "-e") ? egg(source, rest) : (struct str){ 0 };
		node_id pair = facts_open(b, NODE_PAIR, PART_NONE, s.start, s.end);
		if (name.len)
			name_distribution(b, pair, name);
		else
			facts_name(b, pair, str_from(options[i].name));
		add_text(b, source, PART_VALUE, rest);
		facts_close(b);
		return;
	}
}

/* Options may stand behind a requirement too: ` --hash=…`. */
static uint32_t find_option(struct str source, struct span s)
{
	for (uint32_t i = s.start + 1; i + 1 < s.end; i++)
		if (source.ptr[i] == '-' && source.ptr[i + 1] == '-' && is_space(source.ptr[i - 1]))
			return i;
	return s.end;
}

static void add_line(struct facts_builder *b, struct str source, struct span s)
{
	s = trim(source, s);
	if (s.start == s.end)
		return;
	if (source.ptr[s.start] == '-') {
		add_option(b, source, s);
		return;
	}
	s.end = find_option(source, s);
	add_requirement(b, source, trim(source, s));
}

/* Up to the end of the line, or of the last line that a backslash continues, without the comment. */
static uint32_t read_line(struct facts_builder *b, struct str source, uint32_t start)
{
	uint32_t i = start;
	while (i < source.len && source.ptr[i] != '\n') {
		bool comment = source.ptr[i] == '#' && (i == start || is_space(source.ptr[i - 1]));
		if (comment)
			break;
		bool continued = source.ptr[i] == '\\' && i + 1 < source.len;
		if (continued && source.ptr[i + 1] == '\r' && i + 2 < source.len)
			i++;
		i += continued ? 2 : 1;
	}
	i = i < source.len ? i : source.len;
	add_line(b, source, (struct span){ start, i });
	if (i == source.len || source.ptr[i] == '\n')
		return i + 1;
	uint32_t end = find(source, (struct span){ i, source.len }, '\n');
	text_comment(b, source, i, end, 0);
	return end + 1;
}

static void parse(struct facts_builder *b, struct str bytes)
{
	uint32_t at = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;
	while (at < bytes.len)
		at = read_line(b, bytes, at);
}

const struct grammar grammar_requirements = { .parse = parse };
