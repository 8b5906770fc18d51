#include "report/lines.h"

#include "base/line.h"
#include "base/utf8.h"

static void index_lines(struct lines *l)
{
	vec_clear(&l->starts);
	vec_push(&l->starts, bom_length(lines_text(l)));
	for (uint32_t i = 0; i < l->text.len; i++)
		if (line_ends_at(lines_text(l), i))
			vec_push(&l->starts, i + 1);
}

static void fill(struct lines *l, const struct format_options *options, struct str path, bool in_base)
{
	struct str bytes = { 0 };
	buf_clear(&l->path);
	buf_add(&l->path, path);
	buf_clear(&l->text);
	l->in_base = in_base;
	l->used = true;
	vec_clear(&l->marks);
	l->readable = options->text && options->text(options->text_context, path, in_base, &bytes);
	if (!l->readable)
		return;
	buf_add(&l->text, bytes);
	index_lines(l);
}

struct lines *lines_of(struct lines_cache *cache, struct str path, bool in_base)
{
	for (uint32_t i = 0; i < LINES_KEPT; i++) {
		struct lines *l = &cache->kept[i];
		if (!l->used || l->in_base != in_base || !str_eq(buf_str(&l->path), path))
			continue;
		cache->latest = i;
		return l->readable ? l : NULL;
	}
	if (cache->next == cache->latest)
		cache->next = (cache->next + 1) % LINES_KEPT;
	struct lines *l = &cache->kept[cache->next];
	cache->latest = cache->next;
	cache->next = (cache->next + 1) % LINES_KEPT;
	fill(l, cache->options, path, in_base);
	return l->readable ? l : NULL;
}

void lines_release(struct lines_cache *cache)
{
	for (uint32_t i = 0; i < LINES_KEPT; i++) {
		buf_release(&cache->kept[i].path);
		buf_release(&cache->kept[i].text);
		vec_release(&cache->kept[i].starts);
		vec_release(&cache->kept[i].marks);
	}
}

struct str lines_text(const struct lines *l)
{
	return buf_str(&l->text);
}

struct str lines_get(const struct lines *l, uint32_t line)
{
	if (line == 0 || line > l->starts.count)
		return STR("");
	if (line == l->starts.count)
		return str_slice(lines_text(l), l->starts.items[line - 1], l->text.len);
	struct str text = str_slice(lines_text(l), l->starts.items[line - 1], l->starts.items[line]);
	text.len -= str_ends(text, STR("\r\n")) ? 2 : 1;
	return text;
}

void lines_locate(const struct lines *l, uint32_t byte, uint32_t *line, uint32_t *column)
{
	uint32_t low = 1, high = l->starts.count; /* the line is in [low, high] */
	while (low < high) {
		uint32_t middle = low + (high - low + 1) / 2;
		if (l->starts.items[middle - 1] <= byte)
			low = middle;
		else
			high = middle - 1;
	}
	uint32_t start = l->starts.items[low - 1];
	*line = low;
	*column = byte > start ? byte - start + 1 : 1;
}

static void mark_units(struct lines *l)
{
	struct str text = lines_text(l);
	struct lines_mark mark = { 0, 0 };
	vec_push(&l->marks, mark);
	while (mark.byte < text.len) {
		uint32_t code;
		uint32_t before = mark.byte;
		mark.byte += utf8_next(text, mark.byte, &code);
		mark.units += code != UTF8_BAD && code > 0xFFFF ? 2 : 1;
		if (before / LINES_STEP != mark.byte / LINES_STEP)
			vec_push(&l->marks, mark);
	}
}

/* Columns are looked up by the thousand, and a line may be as long as the file: never from its beginning. */
static uint32_t units_before(struct lines *l, uint32_t byte)
{
	if (!l->marks.count)
		mark_units(l);
	const struct lines_mark *mark = &l->marks.items[byte / LINES_STEP];
	if (mark->byte > byte)
		mark--;
	return mark->units + utf8_utf16_length(str_slice(lines_text(l), mark->byte, byte));
}

void lines_to_utf16(struct lines *l, uint32_t line, uint32_t *start, uint32_t *end)
{
	struct str text = lines_get(l, line);
	uint32_t line_byte = text.len ? l->starts.items[line - 1] : 0;
	uint32_t *columns[] = { start, end };
	for (int i = 0; i < 2; i++) {
		uint32_t byte = *columns[i] ? *columns[i] - 1 : 0;
		if (byte > text.len)
			byte = text.len;
		*columns[i] = byte ? units_before(l, line_byte + byte) - units_before(l, line_byte) + 1 : 1;
	}
}
