/* What rules found, in the order it is printed: by path, line, column, rule. */
#ifndef BYLAW_REPORT_FINDING_H
#define BYLAW_REPORT_FINDING_H

#include "base/arena.h"
#include "base/vec.h"
#include "bylaw/model.h"
#include "bylaw/rule.h"

/* A stretch of a file. Lines and columns count from 1, columns in bytes; the end is one past the last byte. */
struct place {
	struct str path; /* relative to the root */
	uint32_t line, column;
	uint32_t end_line, end_column;
	bool in_base; /* a place in the base revision */
};

struct finding_related {
	struct place place;
	struct str message;
};

/* Of a fix: the first `old` in [start, end) becomes `text`, or the whole range, provided that `old` is in it. */
struct edit {
	uint32_t start, end; /* bytes of the finding's file */
	struct str old, text;
	bool whole;
};

enum suppression { NOT_SUPPRESSED, SUPPRESSED_IN_SOURCE, SUPPRESSED_BY_BASELINE };

struct finding {
	const struct rule *rule;
	enum severity severity;
	struct place place;
	struct str message;
	struct str symbol; /* the enclosing declaration's name, for the fingerprint; may be empty */
	VEC(struct finding_related) related;
	VEC(struct edit) edits; /* none: there is no fix */
	bool fix_is_unsafe;
	enum suppression suppression;
	struct str justification; /* the reason in the suppression comment */
};

/* Does it offer a fix, safe or not, that `check --fix` may do? What is suppressed is left as it is. */
bool finding_is_fixable(const struct finding *f);
/* Lets go of what the finding holds on the heap. */
void finding_release(struct finding *f);

/* A file that was not analysed, or only partly. */
struct skipped_file {
	struct str path;
	enum skip_reason reason;
	uint32_t first_bad_line; /* for a partly parsed file; else 0 */
};

/* One reason why a rule did not judge, with how many files it touched. */
struct abstention {
	const struct rule *rule;
	struct str reason;
	uint32_t count;
	struct str example; /* path of the first */
	VEC(file_id) files; /* of the model, those it touched */
};

/* What was read, for the completeness line. */
struct completeness {
	uint32_t files, lines;
	uint32_t files_by_language[LANGUAGE_COUNT];
	uint32_t partly_parsed;
	struct import_counts imports[ECOSYSTEM_COUNT];
};

/* The imports of all ecosystems together. */
struct import_counts completeness_imports(const struct completeness *c);
uint32_t imports_unresolved(const struct import_counts *counts);
/*
 * Do so many imports of production code lead nowhere that a clean report says little? Rules are silent about what
 * they cannot resolve. The first ecosystem of which that is true, or ECOSYSTEM_COUNT.
 */
enum ecosystem completeness_hollow(const struct completeness *c);

struct report {
	struct arena arena; /* everything below lives here */
	VEC(struct finding *) findings;
	VEC(struct skipped_file) skipped;
	VEC(struct abstention) abstentions;
	struct completeness read;
	uint32_t suppressed; /* findings that a comment or the baseline covers */
};

void report_release(struct report *r);
/* Sorts findings, drops exact repeats (same rule, place and message), counts the suppressed. */
void report_finish(struct report *r);
/* How many findings that are not suppressed stand at or above a severity. */
uint32_t report_count(const struct report *r, enum severity least);

#endif
