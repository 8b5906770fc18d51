#include <bylaw/rule.h>

/* Reported by the checker itself; this is the row that names it and gives it a severity. */
const struct rule rule_meta_parse_error = {
	.id = "meta/parse-error",
	.clauses = "",
	.title = "Production code is read whole",
	.severity = SEVERITY_NOTE,
	.precision = PRECISE,
	.languages = UINT32_MAX,
	.all_classes = false,
};
