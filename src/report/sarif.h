/* What the two halves of the SARIF format share: sarif.c the log, sarif_result.c one result. */
#ifndef BYLAW_REPORT_SARIF_H
#define BYLAW_REPORT_SARIF_H

#include "base/map.h"
#include "report/encode.h"
#include "report/fingerprint.h"
#include "report/format.h"
#include "report/lines.h"

struct sarif {
	const struct format_options *options;
	struct str_map rule_index; /* id → index in driver.rules */
	struct lines_cache lines;
	struct fingerprints fingerprints;
	struct line_hashes hashes; /* of the file `hashed` */
	struct str hashed;
};

/* "none", "note", "warning", "error": SARIF's word for a severity. */
const char *sarif_level(enum severity severity);
/* Makes a location a whole file; returns its physicalLocation. */
cJSON *sarif_file(const struct sarif *s, cJSON *location, struct str path);
/* Makes a location a place: one line of it at most. */
void sarif_location(struct sarif *s, cJSON *location, const struct place *place);
/* Takes the findings in order, all of them; a NULL list only counts. */
void sarif_result(struct sarif *s, cJSON *list, const struct finding *f);

#endif
