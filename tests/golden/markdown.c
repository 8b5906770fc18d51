#include "markdown.h"

#include <stdio.h>

void markdown_init(struct markdown *m, struct str text)
{
	*m = (struct markdown){ .text = text, .line = 1 };
}

/* The line at `at`, without its end; moves behind it. */
static struct str next_line(struct markdown *m)
{
	uint32_t start = m->at, end = start;
	while (end < m->text.len && m->text.ptr[end] != '\n')
		end++;
	m->at = end < m->text.len ? end + 1 : end;
	m->line++;
	return str_slice(m->text, start, end);
}

static uint32_t count_leading(struct str line, char mark)
{
	uint32_t count = 0;
	while (count < line.len && line.ptr[count] == mark)
		count++;
	return count;
}

static void take_heading(struct markdown *m, struct str line)
{
	uint32_t level = count_leading(line, '#');
	if (!level || level > 6 || level == line.len || line.ptr[level] != ' ')
		return;
	m->heading = str_trim(str_slice(line, level, line.len));
	m->heading_level = level;
	m->heading_line = m->line - 1;
}

/* How many marks open a fence here; 0 when none does. */
static uint32_t opening(struct str line, char *mark)
{
	if (!line.len || (line.ptr[0] != '`' && line.ptr[0] != '~'))
		return 0;
	*mark = line.ptr[0];
	uint32_t count = count_leading(line, *mark);
	return count >= 3 ? count : 0;
}

static bool is_closing(struct str line, char mark, uint32_t count)
{
	uint32_t marks = count_leading(line, mark);
	return marks >= count && str_trim(str_slice(line, marks, line.len)).len == 0;
}

bool markdown_next(struct markdown *m, struct markdown_fence *fence)
{
	char mark = 0;
	uint32_t count = 0;
	struct str line = { 0 };
	while (!count) {
		if (m->at == m->text.len)
			return false;
		line = next_line(m);
		take_heading(m, line);
		count = opening(line, &mark);
	}
	*fence = (struct markdown_fence){
		.heading = m->heading,
		.heading_line = m->heading_line,
		.heading_level = m->heading_level,
		.info = str_trim(str_slice(line, count, line.len)),
		.line = m->line,
		.body_start = m->at,
	};
	do {
		fence->body_end = m->at;
		if (m->at == m->text.len)
			break;
		line = next_line(m);
	} while (!is_closing(line, mark, count));
	fence->body = str_slice(m->text, fence->body_start, fence->body_end);
	fence->end = m->at;
	return true;
}

struct str markdown_language(const struct markdown_fence *fence)
{
	struct str rest = fence->info, word = { 0 };
	str_split(&rest, ' ', &word);
	return word;
}

bool markdown_attribute(const struct markdown_fence *fence, const char *name, struct str *value)
{
	struct str rest = fence->info, word;
	while (str_split(&rest, ' ', &word)) {
		uint32_t equals = str_find(word, '=');
		struct str key = equals == UINT32_MAX ? word : str_slice(word, 0, equals);
		if (!str_is(key, name))
			continue;
		*value = equals == UINT32_MAX ? STR("") : str_slice(word, equals + 1, word.len);
		return true;
	}
	return false;
}

bool markdown_read_file(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	char piece[16384];
	size_t size;
	while ((size = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_add(out, (struct str){ piece, (uint32_t)size });
	bool ok = !ferror(file);
	fclose(file);
	return ok;
}
