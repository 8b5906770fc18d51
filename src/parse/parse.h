/* Bytes to facts: one parse, one walk, then the tree is gone. */
#ifndef BYLAW_PARSE_PARSE_H
#define BYLAW_PARSE_PARSE_H

#include "base/buf.h"
#include "base/err.h"
#include "bylaw/file.h"

/* What one file may cost. */
enum { PARSE_MOST_MILLISECONDS = 2000, PARSE_MOST_MEMORY = 256 * 1024 * 1024 };

struct parser;

/* Call once, before any thread parses. */
void parse_init(void);

/* One for each worker. */
struct parser *parser_new(void);
void parser_free(struct parser *p);

/*
 * Appends the file's facts to `out` (8-byte aligned within it when it was empty). SKIP_NONE on success, a broken
 * file too: what did not parse is listed in the facts. Otherwise the limit it ran into, and nothing is appended.
 */
enum skip_reason parse_file(struct parser *p, enum language language, struct str bytes, struct buf *out);

/* Checks that each language's tables name only what its grammar has; false with the first name that is not there. */
bool parse_check_tables(struct err *err);

#endif
