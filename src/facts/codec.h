/* Facts as bytes. The arrays stand behind a header as they are in memory; opening them checks every link. */
#ifndef BYLAW_FACTS_CODEC_H
#define BYLAW_FACTS_CODEC_H

#include "base/arena.h"
#include "base/err.h"
#include "bylaw/language.h"
#include "facts/build.h"

/* Raised whenever the schema, or what the parsers write, changes. */
enum { FACTS_VERSION = 1 };

void facts_encode(const struct facts_builder *b, struct buf *out);

/*
 * Makes a view of encoded facts. The bytes must be 8-byte aligned and outlive the view. Any bytes at all may be
 * handed in: what is not whole and sound facts of this version is refused.
 */
bool facts_decode(struct str bytes, struct facts *out, struct err *err);

#endif
