/* What was read and understood, and whether that is enough to be believed. */
#include "report/finding.h"

/* From here on a report is hollow. Fewer imports than these say nothing: one missing folder of three would decide. */
enum { LEAST_IMPORTS = 20, MOST_UNRESOLVED_PERCENT = 40 };

struct import_counts completeness_imports(const struct completeness *c)
{
	struct import_counts sum = { 0 };
	for (unsigned e = 0; e < ECOSYSTEM_COUNT; e++) {
		const struct import_counts *one = &c->imports[e];
		sum.total += one->total;
		sum.judged += one->judged;
		sum.judged_unresolved += one->judged_unresolved;
		for (unsigned cause = 0; cause < IMPORT_CAUSE_COUNT; cause++)
			sum.unresolved[cause] += one->unresolved[cause];
	}
	return sum;
}

uint32_t imports_unresolved(const struct import_counts *counts)
{
	uint32_t sum = 0;
	for (unsigned cause = 0; cause < IMPORT_CAUSE_COUNT; cause++)
		sum += counts->unresolved[cause];
	return sum;
}

enum ecosystem completeness_hollow(const struct completeness *c)
{
	for (enum ecosystem e = 0; e < ECOSYSTEM_COUNT; e++) {
		uint64_t judged = c->imports[e].judged, lost = c->imports[e].judged_unresolved;
		if (judged >= LEAST_IMPORTS && lost * 100 > judged * MOST_UNRESOLVED_PERCENT)
			return e;
	}
	return ECOSYSTEM_COUNT;
}
