/*
 * Pages of HTML, and the templates that servers and Angular make pages of. What a template's tags (`{{ … }}`, `{% … %}`,
 * `<%= … %>`) put in is a hole, which is the same in a string and in code: `/orders/{____}`. What a tag calls with a literal
 * may name a route: `{% url 'orders' %}` is left as `$url('orders');`.
 */
#include "parse/component.h"
#include "parse/grammar.h"

/* How tags begin and end; all are two bytes long. */
static const struct tag_kind {
	char open[3], close[3];
	bool is_comment;
} kinds[] = { { "{{", "}}", false }, { "{%", "%}", false }, { "<%", "%>", false }, { "{#", "#}", true } };

enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds) };

/* The tags of a text, in their order. */
struct tags {
	struct str text;
	uint32_t at; /* where the next is looked for */
	bool is_over[KIND_COUNT]; /* no more of them is closed */
};

/* Bytes [start, end) of the text. */
struct template_tag {
	uint32_t start, end;
	bool is_comment;
};

static int kind_at(const struct tags *tags, uint32_t at)
{
	for (int i = 0; i < KIND_COUNT; i++)
		if (!tags->is_over[i] && memcmp(tags->text.ptr + at, kinds[i].open, 2) == 0)
			return i;
	return -1;
}

/* The tag that opens where the search stands; false when nothing closes it. */
static bool take(struct tags *tags, int kind, struct template_tag *out)
{
	const char *text = tags->text.ptr;
	uint32_t body = tags->at + 2;
	const char *close = memmem(text + body, tags->text.len - body, kinds[kind].close, 2);
	tags->is_over[kind] = !close;
	if (!close)
		return false;
	uint32_t end = (uint32_t)(close - text) + 2;
	end += end < tags->text.len && text[body] == '{' && text[end] == '}'; /* {{{ raw }}} */
	*out = (struct template_tag){ tags->at, end, kinds[kind].is_comment };
	tags->at = end;
	return true;
}

static bool next_tag(struct tags *tags, struct template_tag *out)
{
	for (; tags->at + 4 <= tags->text.len; tags->at++) {
		char c = tags->text.ptr[tags->at];
		int kind = c == '{' || c == '<' ? kind_at(tags, tags->at) : -1;
		if (kind >= 0 && take(tags, kind, out))
			return true;
	}
	return false;
}

static void fill(char *text, const struct template_tag *tag)
{
	memset(text + tag->start, tag->is_comment ? ' ' : '_', tag->end - tag->start);
	if (tag->is_comment)
		return;
	text[tag->start] = '{';
	text[tag->end - 1] = '}';
}

/* ---- what tags call ---- */

/* `url 'orders'`, `url_for("orders"`: where the word begins that a quote stands behind; the quote's own place for none. */
static uint32_t word_before(struct str text, uint32_t from, uint32_t quote)
{
	uint32_t end = quote;
	end -= end > from && text.ptr[end - 1] == '(';
	while (end > from && text.ptr[end - 1] == ' ')
		end--;
	uint32_t start = end;
	while (start > from && char_is_word(text.ptr[start - 1]))
		start--;
	return start < end && end < quote ? start : quote;
}

/* Where the literal ends that a quote opens; `to` when it does not, or is not the same in JavaScript. */
static uint32_t literal_end(struct str text, uint32_t quote, uint32_t to)
{
	for (uint32_t i = quote + 1; i < to && !strchr("\\\n", text.ptr[i]); i++)
		if (text.ptr[i] == text.ptr[quote])
			return i;
	return to;
}

/* `"/orders/%d" .id`: what a format puts in is a hole, too. */
static void write_literal(char *code, struct str text, uint32_t from, uint32_t to)
{
	memcpy(code + from, text.ptr + from, to - from);
	for (uint32_t i = from; i + 1 < to; i++)
		if (text.ptr[i] == '%' && strchr("dsv", text.ptr[i + 1]))
			memcpy(code + i, "{}", 2);
}

/* Writes `$url('orders')` over a word and the literal behind it, then what separates it from the next. */
static void write_call(char *code, struct str text, uint32_t word, uint32_t quote, uint32_t close, char separator)
{
	memset(code + word, ' ', quote - word);
	for (uint32_t i = word; char_is_word(text.ptr[i]); i++)
		code[i] = text.ptr[i];
	code[word - 1] = '$';
	code[quote - 1] = '(';
	write_literal(code, text, quote, close + 1);
	code[close + 1] = ')';
	code[close + 2] = separator;
}

/* Writes the calls of a literal that stand in [from, to), with what follows them; false when there is none. */
static bool write_calls(char *code, struct str text, uint32_t from, uint32_t to, char separator)
{
	uint32_t free = from; /* what is written so far ends here */
	for (uint32_t i = from; i < to; i++) {
		if (text.ptr[i] != '\'' && text.ptr[i] != '"')
			continue;
		uint32_t close = literal_end(text, i, to), word = word_before(text, free + 1, i);
		if (word < i && close + 2 < to) {
			write_call(code, text, word, i, close, separator);
			free = close + 3;
		}
		i = close;
	}
	return free > from;
}

/* At the start of a string in code: `"{% url 'orders' %}?page=1"` is left as `$url('orders') +"?page=1"`. */
static void call_in_string(char *code, struct str bytes, const struct template_tag *tag)
{
	char quote = code[tag->start - 1];
	memset(code + tag->start, ' ', tag->end - tag->start);
	if (write_calls(code, bytes, tag->start + 1, tag->end - 1, '+')) {
		code[tag->start - 1] = ' ';
		code[tag->end - 1] = quote;
	} else {
		fill(code, tag);
	}
}

static bool opens_string(const char *code, uint32_t at)
{
	return at && code[at] == '{' && strchr("'\"`", code[at - 1]);
}

static enum language html_scripts(struct str bytes, struct buf *code)
{
	struct buf page = { 0 };
	struct tags tags = { .text = bytes }, again = tags;
	struct template_tag tag;
	buf_add(&page, bytes);
	while (next_tag(&tags, &tag))
		fill(page.ptr, &tag);
	enum language language = component_page(buf_str(&page), code);
	while (next_tag(&again, &tag)) {
		if (opens_string(code->ptr, tag.start))
			call_in_string(code->ptr, bytes, &tag);
		else if (code->ptr[tag.start] == ' ' && !tag.is_comment)
			write_calls(code->ptr, bytes, tag.start + 1, tag.end, ';');
	}
	buf_release(&page);
	return language;
}

const struct grammar grammar_html = { .embeds = html_scripts, .is_template = true };
