/* bylaw check --fix, --diff: what findings offer, made in the files. */
#ifndef BYLAW_CLI_FIX_H
#define BYLAW_CLI_FIX_H

#include "base/map.h"
#include "cli/options.h"
#include "cli/project.h"

/* What came of it, over all passes of a run. */
struct fixes {
	uint32_t made; /* findings that were fixed */
	struct str_map refused; /* paths of files that are left as they are; release it */
};

/*
 * Makes the fixes of a report in the files of the project, each file at once, and only when it still says what was checked and
 * what comes out parses as well. A file that is left as it is, or cannot be written, is named on stderr with the reason.
 */
void fix_files(
	const struct check_options *o, struct project *p, const struct bylaw_result *result, struct fixes *fixes);
/* Adds what fix_files would change, as a patch. */
void fix_diff(const struct check_options *o, struct project *p, const struct bylaw_result *result, struct fixes *fixes,
	struct buf *out);
/* Can `--fix` mend it, with these options? */
bool fix_is_offered(const struct check_options *o, const struct finding *finding);

#endif
