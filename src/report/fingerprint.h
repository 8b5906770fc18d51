/* What makes a finding the same finding in the next run, though lines moved. */
#ifndef BYLAW_REPORT_FINGERPRINT_H
#define BYLAW_REPORT_FINGERPRINT_H

#include "base/map.h"
#include "report/finding.h"

/* Printed as "hash:nth", the hash in hexadecimal. */
struct fingerprint {
	uint64_t hash;
	uint32_t nth; /* among equal hashes, from 1 */
};

/* GitHub's primaryLocationLineHash of every line of a file (github/codeql-action, src/fingerprints.ts). */
struct line_hashes {
	VEC(struct fingerprint) lines; /* of line 1, 2 … */
};

void line_hashes_compute(struct line_hashes *h, struct str text);
void line_hashes_release(struct line_hashes *h);

/*
 * `bylaw/v1`: rule, path, enclosing symbol and the primary line's text without its white space; equal ones
 * are counted. Findings must be given in the report's order, all of them.
 */
struct fingerprints {
	struct map seen;
};

struct fingerprint fingerprint_next(struct fingerprints *all, const struct finding *f, struct str line);
void fingerprints_release(struct fingerprints *all);

enum { FINGERPRINT_TEXT = 32 };
const char *fingerprint_text(struct fingerprint f, char text[FINGERPRINT_TEXT]);

#endif
