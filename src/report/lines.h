/* The text of the files that findings point into, by line. Keeps the last few files, so that findings in
 * order cost one reading of each. */
#ifndef BYLAW_REPORT_LINES_H
#define BYLAW_REPORT_LINES_H

#include "base/buf.h"
#include "base/vec.h"
#include "report/format.h"

/* How many UTF-16 code units the text has before a byte. */
struct lines_mark {
	uint32_t byte, units;
};

struct lines {
	struct buf path;
	bool in_base, used, readable;
	struct buf text;
	VEC(uint32_t) starts; /* offset of each line */
	VEC(struct lines_mark)
	marks; /* one for each LINES_STEP bytes; made when a column is first converted */
};

enum { LINES_KEPT = 4, LINES_STEP = 1024 };

struct lines_cache {
	const struct format_options *options;
	struct lines kept[LINES_KEPT];
	uint32_t next; /* the one to give up next */
	uint32_t latest;
};

/* NULL when the text cannot be had. Valid until the next call. */
struct lines *lines_of(struct lines_cache *cache, struct str path, bool in_base);
void lines_release(struct lines_cache *cache);
/* A line without its end; empty behind the last. */
struct str lines_get(const struct lines *l, uint32_t line);
struct str lines_text(const struct lines *l);
/* Where a byte of the file stands: line and column from 1, the column in bytes. */
void lines_locate(const struct lines *l, uint32_t byte, uint32_t *line, uint32_t *column);
/* Turns the 1-based columns of a stretch of a line from bytes into UTF-16 code units. */
void lines_to_utf16(struct lines *l, uint32_t line, uint32_t *start, uint32_t *end);

#endif
