#include <bylaw/rule.h>

/* Reported by the checker itself; this is the row that names it and gives it a severity. */
const struct rule rule_meta_missing_reason = {
	.id = "meta/missing-reason",
	.clauses = "",
	.title = "Every suppression gives its reason",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = UINT32_MAX,
	.all_classes = true,
};
