#include "report/edits.h"

#include "base/utf8.h"

#include <stdlib.h>

static bool is_blank(struct str text)
{
	return str_empty(str_trim(text));
}

static bool is_word(char c)
{
	return char_is_alnum(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Would two bytes be read as one word, or one operator, if nothing stood between them? */
static bool joins(char before, char after)
{
	static const char operators[] = "+-*/%<>=&|!.:?";
	return (is_word(before) && is_word(after)) ||
	       (before && after && strchr(operators, before) && strchr(operators, after));
}

/* What is taken out takes the line with it that it stood on alone, or the space between it and what it stood behind. */
static void widen_removal(struct str bytes, struct edit *e)
{
	uint32_t line = e->start, end = e->end;
	while (line > 0 && bytes.ptr[line - 1] != '\n')
		line--;
	while (end < bytes.len && bytes.ptr[end] != '\n')
		end++;
	struct str before = str_slice(bytes, line, e->start);
	if (!is_blank(str_slice(bytes, e->end, end))) {
		if (e->start > 0 && joins(bytes.ptr[e->start - 1], bytes.ptr[e->end]))
			e->text = STR(" ");
		return;
	}
	if (is_blank(before)) {
		e->start = line;
		e->end = end < bytes.len ? end + 1 : end;
		return;
	}
	while (e->start > line && (bytes.ptr[e->start - 1] == ' ' || bytes.ptr[e->start - 1] == '\t'))
		e->start--;
}

static bool ends_lines_by_crlf(struct str bytes)
{
	uint32_t end = str_find(bytes, '\n');
	return end != UINT32_MAX && end > 0 && bytes.ptr[end - 1] == '\r';
}

/* A text of several lines with the line ends of the file it goes into. */
static struct str fit_line_ends(struct arena *a, struct str bytes, struct str text)
{
	struct buf fit = { 0 };
	if (str_find(text, '\n') == UINT32_MAX || !ends_lines_by_crlf(bytes))
		return text;
	for (uint32_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			buf_add_char(&fit, '\r');
		buf_add_char(&fit, text.ptr[i]);
	}
	text = arena_str(a, buf_str(&fit));
	buf_release(&fit);
	return text;
}

/* Where in the file the edit is to be made. */
static bool locate(struct edits *edits, struct str bytes, const struct edit *offered, struct edit *at)
{
	*at = *offered;
	if (at->end > bytes.len || at->start > at->end)
		return false;
	const char *found = memmem(bytes.ptr + at->start, at->end - at->start, at->old.ptr, at->old.len);
	if (!found)
		return false;
	if (!at->whole) {
		at->start = (uint32_t)(found - bytes.ptr);
		at->end = at->start + at->old.len;
	}
	if (str_empty(at->text))
		widen_removal(bytes, at);
	at->text = fit_line_ends(&edits->texts, bytes, at->text);
	return true;
}

static bool collides(const struct edits *edits, const struct edit *e)
{
	for (uint32_t i = 0; i < edits->list.count; i++) {
		const struct edit *other = &edits->list.items[i];
		bool is_same = e->start == other->start;
		if (is_same || (e->start < other->end && other->start < e->end))
			return true;
	}
	return false;
}

/* More in one file wait for the next pass, so that looking for collisions stays cheap. */
enum { MOST_EDITS = 1000 };

bool edits_add(struct edits *edits, struct str bytes, const struct finding *finding)
{
	uint32_t before = edits->list.count;
	for (uint32_t i = 0; i < finding->edits.count; i++) {
		struct edit at;
		if (!locate(edits, bytes, &finding->edits.items[i], &at) || collides(edits, &at) ||
			edits->list.count >= MOST_EDITS) {
			edits->list.count = before;
			return false;
		}
		vec_push(&edits->list, at);
	}
	return edits->list.count > before;
}

static bool is_utf8(struct str text)
{
	uint32_t code = 0;
	for (uint32_t at = 0; at < text.len && code != UTF8_BAD;)
		at += utf8_next(text, at, &code);
	return code != UTF8_BAD;
}

bool edits_of(struct edits *edits, struct str bytes, const struct finding *finding)
{
	for (uint32_t i = 0; i < finding->edits.count; i++)
		if (!is_utf8(finding->edits.items[i].text))
			return false;
	return finding_is_fixable(finding) && edits_add(edits, bytes, finding);
}

enum { QUOTED = 60 }; /* code points that are shown of a text */

/* On one line: what breaks or indents one is a blank. */
static void add_quoted(struct buf *out, struct str text)
{
	struct buf line = { 0 };
	for (uint32_t i = 0; i < text.len; i++) {
		bool blank = str_find(STR(" \t\r\n"), text.ptr[i]) != UINT32_MAX;
		if (!blank)
			buf_add_char(&line, text.ptr[i]);
		else if (line.len && line.ptr[line.len - 1] != ' ')
			buf_add_char(&line, ' ');
	}
	buf_add_char(out, '`');
	utf8_add_visible(out, str_trim(buf_str(&line)), QUOTED);
	buf_add_char(out, '`');
	buf_release(&line);
}

void edits_describe(struct buf *out, const struct finding *finding)
{
	for (uint32_t i = 0; i < finding->edits.count; i++) {
		const struct edit *e = &finding->edits.items[i];
		buf_add_text(out, i ? ", " : "");
		buf_add_text(out, str_empty(e->text) ? "remove " : "replace ");
		add_quoted(out, e->old);
		if (str_empty(e->text))
			continue;
		buf_add_text(out, " by ");
		add_quoted(out, e->text);
	}
}

static int by_start(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

void edits_make(struct edits *edits, struct str bytes, struct buf *out)
{
	uint32_t done = 0;
	if (edits->list.count)
		qsort(edits->list.items, edits->list.count, sizeof(*edits->list.items), by_start);
	buf_clear(out);
	for (uint32_t i = 0; i < edits->list.count; i++) {
		const struct edit *e = &edits->list.items[i];
		buf_add(out, str_slice(bytes, done, e->start));
		buf_add(out, e->text);
		done = e->end;
	}
	buf_add(out, str_slice(bytes, done, bytes.len));
}

void edits_release(struct edits *edits)
{
	vec_release(&edits->list);
	arena_release(&edits->texts);
}
