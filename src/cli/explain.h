/* bylaw explain FILE:LINE: what stands at a place, and why rules speak or are silent there. */
#ifndef BYLAW_CLI_EXPLAIN_H
#define BYLAW_CLI_EXPLAIN_H

#include "bylaw.h"
#include "cli/project.h"

#include <cjson/cJSON.h>

/* All there is to say about a line of a file that was read; the caller prints or deletes it. */
cJSON *explain_place(const struct bylaw_result *result, file_id file, uint32_t line);
/* The same for people. */
void explain_print(const cJSON *place, struct buf *out);

#endif
