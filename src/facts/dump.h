/* Facts as text, for `bylaw facts FILE` and for goldens: one node a line, indented. */
#ifndef BYLAW_FACTS_DUMP_H
#define BYLAW_FACTS_DUMP_H

#include "base/buf.h"
#include "bylaw/facts.h"

void facts_dump(const struct facts *f, struct buf *out);

#endif
