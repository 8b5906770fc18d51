/* Where lines begin and end. */
#ifndef BYLAW_BASE_LINE_H
#define BYLAW_BASE_LINE_H

#include "bylaw/str.h"

/* What a UTF-8 byte order mark takes at the beginning of a text: it is no part of the first line. */
static inline uint32_t bom_length(struct str text)
{
	return str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* Does a line end with this byte? At \n, at \r\n and at a lone \r, as editors count (and LSP 3.17 says). */
static inline bool line_ends_at(struct str text, uint32_t at)
{
	char c = text.ptr[at];
	return c == '\n' || (c == '\r' && !(at + 1 < text.len && text.ptr[at + 1] == '\n'));
}

#endif
