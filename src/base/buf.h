/* Bytes being written: a growable string. A zeroed one is empty. */
#ifndef BYLAW_BASE_BUF_H
#define BYLAW_BASE_BUF_H

#include "bylaw/str.h"

struct buf {
	char *ptr;
	uint32_t len, capacity;
};

void buf_add(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_add_text(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `size` more bytes; returns where they start. The caller raises len by what it wrote. */
char *buf_reserve(struct buf *b, uint32_t size);
/* Valid until the next change. */
struct str buf_str(const struct buf *b);
/* The text with a NUL behind it, valid until the next change. */
const char *buf_cstr(struct buf *b);
void buf_clear(struct buf *b);
void buf_release(struct buf *b);

#endif
