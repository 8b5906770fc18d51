/*
 * Vue, Svelte and Astro: one file holds scripts, markup and styles. The scripts are one module, which is read as what it is,
 * JavaScript or TypeScript; of the markup only as much is read as it takes to find them.
 */
#include "parse/component.h"

#include "base/line.h"
#include "parse/grammar.h"

#include <strings.h>

/* Where the scan stands. Each look goes forward only, so that it costs no more than the file's length. */
struct scan {
	struct str bytes;
	uint32_t at;
	struct buf *code;
	enum language language; /* the richest so far */
	uint32_t depth; /* of tags whose scripts are part of the page, not of the component */
};

struct tag {
	struct str name, attributes;
	bool closes, is_empty; /* </a>, <a/> */
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-';
}

static struct str rest(const struct scan *s)
{
	return str_slice(s->bytes, s->at, s->bytes.len);
}

/* Stands behind the next occurrence of the text, or at the end. */
static void skip_past(struct scan *s, struct str text)
{
	const char *hit = memmem(s->bytes.ptr + s->at, s->bytes.len - s->at, text.ptr, text.len);
	s->at = hit ? (uint32_t)(hit - s->bytes.ptr) + text.len : s->bytes.len;
}

/* Does a string begin here? Between braces anywhere, else only as what an attribute says. */
static bool opens_quote(const struct scan *s, bool in_code)
{
	char c = s->bytes.ptr[s->at];
	return c == '"' || c == '\'' ? in_code || s->bytes.ptr[s->at - 1] == '=' : c == '`' && in_code;
}

/* From within a tag behind its `>`, or from within braces behind the last of them; strings and braces may hold others. */
static void skip_to(struct scan *s, char end)
{
	uint32_t braces = 0;
	for (char quote = '\0'; s->at < s->bytes.len; s->at++) {
		char c = s->bytes.ptr[s->at];
		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (opens_quote(s, braces || end == '}'))
			quote = c;
		else if (c == end && !braces)
			break;
		else if (c == '{')
			braces++;
		else if (c == '}')
			braces -= braces > 0;
	}
	s->at += s->at < s->bytes.len;
}

/* The tag at `<`, and the scan behind it; a name without a letter for what is none. */
static struct tag take_tag(struct scan *s)
{
	struct tag tag = { .closes = s->at + 1 < s->bytes.len && s->bytes.ptr[s->at + 1] == '/' };
	uint32_t start = s->at + 1 + tag.closes, end = start;
	while (end < s->bytes.len && is_name(s->bytes.ptr[end]))
		end++;
	tag.name = str_slice(s->bytes, start, end);
	s->at = end;
	if (!tag.name.len)
		return tag;
	skip_to(s, '>');
	tag.attributes = str_slice(s->bytes, end, s->at - (s->at > end));
	tag.is_empty = str_ends(tag.attributes, STR("/"));
	return tag;
}

/* What an attribute of a tag says, without quotes; empty when it is not there or says nothing. */
static struct str attribute(struct str attributes, struct str name)
{
	for (uint32_t i = 1; i + name.len + 1 < attributes.len; i++) {
		struct str here = str_slice(attributes, i, attributes.len);
		if (!is_space(attributes.ptr[i - 1]) || !str_starts(here, name) || here.ptr[name.len] != '=')
			continue;
		struct str value = str_slice(here, name.len + 1, here.len);
		char quote = value.len ? value.ptr[0] : '\0';
		if (quote == '"' || quote == '\'')
			return str_slice(value, 1, 1 + str_find(str_slice(value, 1, value.len), quote));
		uint32_t end = 0;
		while (end < value.len && !is_space(value.ptr[end]))
			end++;
		return str_slice(value, 0, end);
	}
	return STR("");
}

/* LANGUAGE_NONE for a script that is data or a template: type="application/ld+json". */
static enum language script_language(struct str attributes)
{
	static const struct {
		const char *word;
		enum language language;
	} rows[] = { { "", LANGUAGE_JAVASCRIPT }, { "js", LANGUAGE_JAVASCRIPT }, { "javascript", LANGUAGE_JAVASCRIPT },
		{ "jsx", LANGUAGE_JAVASCRIPT }, { "module", LANGUAGE_JAVASCRIPT },
		{ "text/javascript", LANGUAGE_JAVASCRIPT }, { "ts", LANGUAGE_TYPESCRIPT },
		{ "typescript", LANGUAGE_TYPESCRIPT }, { "text/typescript", LANGUAGE_TYPESCRIPT },
		{ "tsx", LANGUAGE_TSX } };
	struct str said = attribute(attributes, STR("lang"));
	if (str_empty(said))
		said = attribute(attributes, STR("type"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(said, rows[i].word))
			return rows[i].language;
	return LANGUAGE_NONE;
}

/* Copies the code [from, to). What follows it is another statement, whatever it begins with. */
static void keep(struct scan *s, uint32_t from, uint32_t to, enum language language)
{
	if (from < to)
		memcpy(s->code->ptr + from, s->bytes.ptr + from, to - from);
	if (to < s->bytes.len)
		s->code->ptr[to] = ';';
	if (language > s->language)
		s->language = language;
}

/* Where an element that holds no markup ends: the `<` of its closing tag, or the end of the file. */
static uint32_t raw_end(struct scan *s, struct str name)
{
	for (;; s->at++) {
		uint32_t open = str_find(rest(s), '<');
		if (open == UINT32_MAX)
			return s->at = s->bytes.len;
		s->at += open;
		struct str behind = str_slice(s->bytes, s->at + 1, s->at + 2 + name.len);
		if (behind.len && behind.ptr[0] == '/' && str_eq_nocase(str_slice(behind, 1, behind.len), name))
			return s->at;
	}
}

static void take_raw(struct scan *s, const struct tag *tag)
{
	uint32_t start = s->at, end = raw_end(s, tag->name);
	enum language language = script_language(tag->attributes);
	if (str_eq_nocase(tag->name, STR("script")) && s->depth == 0 && language)
		keep(s, start, end, language);
}

static void take_element(struct scan *s)
{
	struct tag tag = take_tag(s);
	bool is_raw = str_eq_nocase(tag.name, STR("script")) || str_eq_nocase(tag.name, STR("style"));
	bool is_page = str_is(tag.name, "template") || str_is(tag.name, "svelte:head");
	if (tag.is_empty)
		return;
	if (is_raw && !tag.closes)
		take_raw(s, &tag);
	else if (is_page && !tag.closes)
		s->depth++;
	else if (is_page)
		s->depth -= s->depth > 0;
}

/* Astro: what stands between two lines of three dashes at the beginning. */
static void take_frontmatter(struct scan *s)
{
	const struct str fence = STR("---");
	while (s->at < s->bytes.len && is_space(s->bytes.ptr[s->at]))
		s->at++;
	if (!str_starts(rest(s), fence))
		return;
	uint32_t start = s->at + fence.len;
	skip_past(s, STR("\n---"));
	bool is_closed = s->at > start && str_ends(str_slice(s->bytes, start, s->at), STR("\n---"));
	keep(s, start, is_closed ? s->at - fence.len : s->bytes.len, LANGUAGE_TYPESCRIPT);
}

/* At the next tag, or behind the code of the next `{@html …}`, whose tags are text; false when there is neither. */
static bool find_tag(struct scan *s)
{
	for (; s->at < s->bytes.len && s->bytes.ptr[s->at] != '<'; s->at++)
		if (str_starts(rest(s), STR("{@"))) {
			s->at++;
			skip_to(s, '}');
			return true;
		}
	return s->at < s->bytes.len;
}

static void blank(struct scan *s)
{
	buf_add(s->code, s->bytes);
	for (uint32_t i = 0; i < s->bytes.len; i++)
		if (s->bytes.ptr[i] != '\n' && s->bytes.ptr[i] != '\r')
			s->code->ptr[i] = ' ';
}

enum language component_scripts(struct str bytes, struct buf *code)
{
	struct scan s = { .bytes = bytes, .at = bom_length(bytes), .code = code, .language = LANGUAGE_JAVASCRIPT };
	blank(&s);
	take_frontmatter(&s);
	while (find_tag(&s)) {
		if (str_starts(rest(&s), STR("<!--")))
			skip_past(&s, STR("-->"));
		else if (str_starts(rest(&s), STR("<")))
			take_element(&s);
	}
	return s.language;
}

const struct grammar grammar_component = { .embeds = component_scripts };
