/*
 * Vue, Svelte, Astro and pages: one file holds scripts, markup and styles. The scripts are one module, which is read as what it
 * is, JavaScript or TypeScript. Of the markup, what leads somewhere and what handles events is left among them as statements:
 * `href: "/orders";`.
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
	bool is_page; /* HTML, no component */
};

struct tag {
	struct str name, attributes;
	bool closes, is_empty; /* </a>, <a/> */
};

static bool is_name(char c)
{
	return char_is_alnum(c) || c == ':' || c == '-';
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

/* name, name="value", name={value}, name=value */
struct attribute {
	struct str name, value;
	char opens; /* the quote or brace around the value; 0 for none */
};

/* The end of a value that opens with a quote or a brace; the text's end when it is not closed. */
static uint32_t value_end(struct str text, char opens)
{
	if (opens != '{') {
		uint32_t end = str_find(str_slice(text, 1, text.len), opens);
		return end == UINT32_MAX ? text.len : end + 1;
	}
	struct scan inside = { .bytes = text, .at = 1 };
	skip_to(&inside, '}');
	return inside.at - 1;
}

static struct attribute take_value(struct str *text, struct str name)
{
	struct attribute a = { .name = name };
	uint32_t end = 0;
	if (text->len && strchr("\"'{", text->ptr[0])) {
		a.opens = text->ptr[0];
		end = value_end(*text, a.opens);
		a.value = str_slice(*text, 1, end++);
	} else {
		while (end < text->len && !char_is_space(text->ptr[end]))
			end++;
		a.value = str_slice(*text, 0, end);
	}
	*text = str_slice(*text, end, text->len);
	return a;
}

static bool next_attribute(struct str *text, struct attribute *out)
{
	*text = str_trim(*text);
	uint32_t end = 0;
	while (end < text->len && text->ptr[end] != '=' && !char_is_space(text->ptr[end]))
		end++;
	struct str name = str_slice(*text, 0, end);
	bool has_value = end < text->len && text->ptr[end] == '=';
	*text = str_slice(*text, end + has_value, text->len);
	*out = has_value ? take_value(text, name) : (struct attribute){ .name = name };
	return end || has_value;
}

/* What an attribute of a tag says; empty when it is not there or says nothing. */
static struct str attribute(struct str attributes, const char *name)
{
	struct attribute a;
	while (next_attribute(&attributes, &a))
		if (str_is(a.name, name))
			return a.value;
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
		{ "text/javascript", LANGUAGE_JAVASCRIPT }, { "application/javascript", LANGUAGE_JAVASCRIPT },
		{ "text/babel", LANGUAGE_JAVASCRIPT }, { "ts", LANGUAGE_TYPESCRIPT },
		{ "typescript", LANGUAGE_TYPESCRIPT }, { "text/typescript", LANGUAGE_TYPESCRIPT },
		{ "tsx", LANGUAGE_TSX } };
	struct str said = attribute(attributes, "lang");
	if (str_empty(said))
		said = attribute(attributes, "type");
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

/* ---- attributes ---- */

/* `:href`, `v-bind:href`, `[href]`, `[attr.href]`: the name of an attribute whose value is code. */
static struct str bound_name(struct str name)
{
	static const char *const prefixes[] = { "v-bind:", ":", "[attr.", "[" };
	uint32_t end = str_ends(name, STR("]")) ? name.len - 1 : name.len;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (str_starts(name, str_from(prefixes[i])))
			return str_slice(name, (uint32_t)strlen(prefixes[i]), end);
	return STR("");
}

static bool leads_somewhere(struct str name)
{
	static const char *const names[] = { "href", "src", "action", "formaction" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

/* Where a page lies is not known: `../../orders` says as much as what begins with a hole, `{____}/orders`. */
static bool is_relative(const struct scan *s, struct str url)
{
	return s->is_page &&
	       (str_starts(url, STR("../")) || (str_starts(url, STR("{_")) && str_contains(url, STR("}/"))));
}

/* Is it a path or URL that is a string of JavaScript as it stands? */
static bool is_plain_url(const struct scan *s, struct str text)
{
	bool leads = str_starts(text, STR("/")) || str_starts(text, STR("http")) || is_relative(s, text);
	return leads && str_find(text, '\\') == UINT32_MAX && str_find(text, '\n') == UINT32_MAX;
}

/* Entities stand for what the code does not say itself. */
static bool is_plain_code(struct str text)
{
	bool has_entity = str_find(text, '&') != UINT32_MAX && str_find(text, ';') != UINT32_MAX;
	return !has_entity && !str_empty(str_trim(text));
}

/* Leaves `../..` of what a link says as a hole. */
static void hide_parents(char *code, struct str url)
{
	uint32_t len = 0;
	while (str_starts(str_slice(url, len, url.len), STR("../")))
		len += 3;
	if (!len--)
		return;
	memset(code, '_', len);
	code[0] = '{';
	code[len - 1] = '}';
}

/* `data-url` as data_url. */
static void keep_label(struct scan *s, struct str name)
{
	uint32_t start = (uint32_t)(name.ptr - s->bytes.ptr);
	for (uint32_t i = 0; i < name.len; i++)
		s->code->ptr[start + i] = (char)(name.ptr[i] == '-' ? '_' : name.ptr[i]);
	s->code->ptr[start + name.len] = ':';
}

/*
 * Leaves `href="/orders"` as `href:"/orders";`, a statement with the attribute's name as its label, and what is code (`:href="url"`,
 * `href={url}`) as `href: url ;`, `href:(url);`.
 */
static void keep_link(struct scan *s, const struct attribute *a)
{
	struct str bound = bound_name(a->name), name = str_empty(bound) ? a->name : bound;
	bool in_braces = a->opens == '{', is_code = in_braces || !str_empty(bound);
	uint32_t value = (uint32_t)(a->value.ptr - s->bytes.ptr), close = value + a->value.len;
	uint32_t end = close + (in_braces || !is_code);
	if (!(is_code ? is_plain_code(a->value) : is_plain_url(s, a->value)) || end >= s->bytes.len)
		return;
	char *code = s->code->ptr;
	keep_label(s, name);
	memcpy(code + value, a->value.ptr, a->value.len);
	if (!is_code)
		hide_parents(code + value, a->value);
	code[value - 1] = in_braces ? '(' : is_code ? ' ' : a->opens;
	code[close] = in_braces ? ')' : is_code ? ' ' : a->opens;
	code[end] = ';';
}

/* Code with a string that begins as a path does, or behind a hole. */
static bool makes_path(struct str code)
{
	return str_contains(code, STR("'/")) || str_contains(code, STR("\"/")) || str_contains(code, STR("`/")) ||
	       str_contains(code, STR("}/"));
}

/* A path is a path in whatever attribute (`hx-get`, `data-url`, a component's `:download-url`); which of them are asked for is data. */
static bool is_link(const struct scan *s, const struct attribute *a)
{
	struct str bound = bound_name(a->name);
	if (!str_empty(bound))
		return leads_somewhere(bound) || makes_path(a->value);
	bool is_path = a->opens == '{' ? makes_path(a->value)
				       : str_starts(a->value, STR("/")) || is_relative(s, a->value);
	bool is_plain = !s->is_page || (a->opens != '{' && str_find(a->name, ':') == UINT32_MAX);
	return is_plain && (is_path || leads_somewhere(a->name));
}

/* ---- handlers ---- */

/* On a page: onclick="…", (click)="…", @click="…". */
static bool is_handler(struct str name)
{
	return str_starts(name, STR("on")) || str_starts(name, STR("(")) || str_starts(name, STR("@"));
}

/* `@click="…"`, `v-on:click="…"`; `on:click={…}`, and `onclick={…}` but for components, of which it is a property. */
static bool handles_event(const struct attribute *a, struct str tag)
{
	bool is_event = str_starts(a->name, STR("on:"));
	bool is_property = str_starts(a->name, STR("on")) && tag.len && !char_is_upper(tag.ptr[0]);
	if (a->opens == '{')
		return is_event || is_property;
	return a->opens && (str_starts(a->name, STR("@")) || str_starts(a->name, STR("v-on:")));
}

static bool is_word(struct str text, const char *also)
{
	for (uint32_t i = 0; i < text.len; i++)
		if (!(is_name(text.ptr[i]) && text.ptr[i] != '-' && text.ptr[i] != ':') && !strchr(also, text.ptr[i]))
			return false;
	return text.len > 0;
}

/* Is it a function, rather than what an event does: `save`, `store.save`, `(order) => save(order)`, `async function () { … }`? */
static bool is_function(struct str text)
{
	const char *arrow = memmem(text.ptr, text.len, "=>", 2);
	text = str_trim(text);
	if (is_word(text, "_$.") || str_starts(text, STR("function")) || str_starts(text, STR("async ")))
		return true;
	struct str before = str_trim(str_slice(text, 0, arrow ? (uint32_t)(arrow - text.ptr) : 0));
	return str_starts(before, STR("(")) || is_word(before, "_$");
}

static bool begins_name(char c)
{
	return char_is_letter(c) || c == '$' || c == '_';
}

/* `a = 1; save()`, and one statement a line: a line ends like an expression, and the next begins like one. */
static bool has_statements(struct str text)
{
	char last = '\0';
	bool is_new_line = false;
	for (uint32_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool ends = last && (is_word((struct str){ &last, 1 }, "_$") || strchr(")]'\"`", last));
		if (c == ';' || (is_new_line && ends && begins_name(c)))
			return true;
		is_new_line = c == '\n' || (is_new_line && char_is_space(c));
		last = char_is_space(c) ? last : c;
	}
	return str_starts(str_trim(text), STR("if"));
}

/*
 * Leaves a function as `on:(save);`, and what an event does as a function that does it: `_=>(save(order));`, with braces around
 * statements. The four characters before the code, and the two behind it, are there for all but the shortest names.
 */
static void keep_handler(struct scan *s, const struct attribute *a)
{
	bool is_one = a->opens == '{' || is_function(a->value);
	const char *before = is_one ? "on:(" : has_statements(a->value) ? "_=>{" : "_=>(";
	uint32_t value = (uint32_t)(a->value.ptr - s->bytes.ptr), close = value + a->value.len;
	bool has_comment = memmem(a->value.ptr, a->value.len, "//", 2) != NULL;
	if (a->name.len < 3 || has_comment || !is_plain_code(a->value) || close + 1 >= s->bytes.len)
		return;
	char *code = s->code->ptr;
	memcpy(code + value - 4, before, 4);
	memcpy(code + value, a->value.ptr, a->value.len);
	code[close] = before[3] == '{' ? '}' : ')';
	code[close + 1] = ';';
}

static void keep_attribute(struct scan *s, const struct attribute *a, struct str tag)
{
	uint32_t value = (uint32_t)(a->value.ptr - s->bytes.ptr);
	bool is_angular = s->is_page && strchr("[(", a->name.ptr[0]);
	if (is_link(s, a))
		keep_link(s, a);
	else if (!s->is_page && handles_event(a, tag))
		keep_handler(s, a);
	else if (s->is_page && is_handler(a->name) && is_plain_code(a->value))
		keep(s, value, value + a->value.len, is_angular ? LANGUAGE_TYPESCRIPT : LANGUAGE_JAVASCRIPT);
}

static void keep_attributes(struct scan *s, const struct tag *tag)
{
	struct attribute a;
	for (struct str rest = tag->attributes; next_attribute(&rest, &a);)
		if (a.opens && a.name.len)
			keep_attribute(s, &a, tag->name);
}

/* ---- elements ---- */

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
	if (!tag.closes)
		keep_attributes(s, &tag);
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
	while (s->at < s->bytes.len && char_is_space(s->bytes.ptr[s->at]))
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
		if (s->bytes.ptr[s->at] == '{' && str_starts(rest(s), STR("{@"))) {
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

static enum language cut(struct scan *s)
{
	while (find_tag(s)) {
		if (str_starts(rest(s), STR("<!--")))
			skip_past(s, STR("-->"));
		else if (str_starts(rest(s), STR("<")))
			take_element(s);
	}
	return s->language;
}

enum language component_scripts(struct str bytes, struct buf *code)
{
	struct scan s = { .bytes = bytes, .at = bom_length(bytes), .code = code, .language = LANGUAGE_JAVASCRIPT };
	blank(&s);
	take_frontmatter(&s);
	return cut(&s);
}

enum language component_page(struct str bytes, struct buf *code)
{
	struct scan s = { .bytes = bytes, .code = code, .language = LANGUAGE_JAVASCRIPT, .is_page = true };
	blank(&s);
	return cut(&s);
}

const struct grammar grammar_component = { .embeds = component_scripts };
