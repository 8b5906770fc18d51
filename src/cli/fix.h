/* bylaw check --fix, --diff: what findings offer, made in the files. */
#ifndef BYLAW_CLI_FIX_H
#define BYLAW_CLI_FIX_H

#include "cli/options.h"
#include "cli/project.h"

/*
 * Makes the fixes of a report in the files of the project, each file at once and only when what comes out parses as well as
 * what was there; a file that cannot be written is named on stderr and left. How many findings that was.
 */
uint32_t fix_files(const struct check_options *o, struct project *p, const struct bylaw_result *result);
/* Adds what fix_files would change, as a patch. */
void fix_diff(const struct check_options *o, struct project *p, const struct bylaw_result *result, struct buf *out);
/* Can `--fix` mend it, with these options? */
bool fix_is_offered(const struct check_options *o, const struct finding *finding);

#endif
