/* Findings to print, in files that are made up, and what is printed of them. */
#ifndef BYLAW_TESTS_REPORTS_H
#define BYLAW_TESTS_REPORTS_H

#include "report/encode.h"
#include "report/format.h"

/* An error of clauses 5 and 6 with a page, a warning, and one that is off. */
extern const struct rule rule_layers, rule_no_console, rule_quiet;
/* Those three rules; src/a.ts, src/b.ts in both revisions, wide.ts and long.ts can be read. */
extern struct format_options report_options;

struct finding *add_finding(struct report *r, const struct rule *rule, const char *path, uint32_t line, uint32_t column,
	uint32_t end_column, const char *message);
void add_note(struct finding *f, const char *path, uint32_t line, uint32_t column, uint32_t end_column, bool in_base,
	const char *message);
/* Two findings in src/a.ts, one with evidence in two files. */
void fill_example(struct report *r);
/* Files that were not read, and an abstention. */
void fill_gaps(struct report *r);

struct buf printed(const struct report *r, const char *format);
cJSON *printed_json(const struct report *r, const char *format);
/* "runs.0.results.1.level": what stands there. Names with a dot are not needed here. */
const cJSON *dig(const cJSON *at, const char *path);
void assert_text(const cJSON *root, const char *path, const char *expected);
void assert_json(const cJSON *root, const char *path, const char *expected);

#endif
