#include <bylaw/rule.h>

/* Reported by the checker itself; this is the row that names it and gives it a severity. */
const struct rule rule_meta_unused_suppression = {
	.id = "meta/unused-suppression",
	.clauses = "",
	.title = "Every suppression covers a finding",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = UINT32_MAX,
	.all_classes = true,
};
