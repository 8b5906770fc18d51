#include "report/edits.h"

#include <stdlib.h>

static bool is_blank(struct str text)
{
	return str_empty(str_trim(text));
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
	if (!is_blank(str_slice(bytes, e->end, end)))
		return;
	if (is_blank(before)) {
		e->start = line;
		e->end = end < bytes.len ? end + 1 : end;
		return;
	}
	while (e->start > line && (bytes.ptr[e->start - 1] == ' ' || bytes.ptr[e->start - 1] == '\t'))
		e->start--;
}

/* Where in the file the edit is to be made. */
static bool locate(struct str bytes, const struct edit *offered, struct edit *at)
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
		if (!locate(bytes, &finding->edits.items[i], &at) || collides(edits, &at) ||
			edits->list.count >= MOST_EDITS) {
			edits->list.count = before;
			return false;
		}
		vec_push(&edits->list, at);
	}
	return edits->list.count > before;
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
}
