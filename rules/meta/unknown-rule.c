#include <bylaw/rule.h>

/* Reported by the checker itself; this is the row that names it and gives it a severity. */
const struct rule rule_meta_unknown_rule = {
	.id = "meta/unknown-rule",
	.clauses = "",
	.title = "A suppression names a rule that exists",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = UINT32_MAX,
	.all_classes = true,
};
