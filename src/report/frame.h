/* A line of source with a part of it underlined, for terminals. */
#ifndef BYLAW_REPORT_FRAME_H
#define BYLAW_REPORT_FRAME_H

#include "base/buf.h"

struct frame {
	struct str line;
	uint32_t number;
	uint32_t from, to; /* the underlined bytes */
	uint32_t gutter; /* digits to leave room for */
	/* sequences around the gutter and around the carets; empty without colour */
	const char *dim, *mark, *reset;
};

/*
 * Three lines: an empty gutter, the source, the carets. Tabs become spaces; a long line is cut around what is
 * underlined; nothing in it reaches the terminal unescaped.
 */
void frame_print(struct buf *out, const struct frame *f);

#endif
