/* What a run says of itself on stderr. */
#ifndef BYLAW_CLI_SUMMARY_H
#define BYLAW_CLI_SUMMARY_H

#include "bylaw.h"

/* What was read, and what was not: a few of the files that were not, or every one. */
void summary_add(struct buf *out, const struct report *r, bool every_file);
/* What each phase and each rule cost. */
void summary_add_costs(struct buf *out, const struct bylaw_result *result);

#endif
