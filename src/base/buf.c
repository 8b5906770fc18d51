#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

char *buf_reserve(struct buf *b, uint32_t size)
{
	if (b->capacity - b->len < size) {
		uint32_t capacity = b->capacity ? b->capacity : 64;
		while (capacity - b->len < size)
			capacity *= 2;
		b->ptr = mem_realloc(b->ptr, capacity);
		b->capacity = capacity;
	}
	return b->ptr + b->len;
}

void buf_add(struct buf *b, struct str s)
{
	if (!s.len)
		return;
	memcpy(buf_reserve(b, s.len), s.ptr, s.len);
	b->len += s.len;
}

void buf_add_char(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->len++;
}

void buf_add_text(struct buf *b, const char *text)
{
	buf_add(b, str_from(text));
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	char measured[1];
	int len = vsnprintf(measured, sizeof(measured), format, args);
	va_end(args);
	vsnprintf(buf_reserve(b, (uint32_t)len + 1), (size_t)len + 1, format, again);
	va_end(again);
	b->len += (uint32_t)len;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){ b->ptr ? b->ptr : "", b->len };
}

const char *buf_cstr(struct buf *b)
{
	*buf_reserve(b, 1) = '\0';
	return b->ptr;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
}

void buf_release(struct buf *b)
{
	mem_free(b->ptr);
	*b = (struct buf){ 0 };
}
