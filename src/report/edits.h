/* Fixes as text: the edits of findings, made in the bytes of one file. */
#ifndef BYLAW_REPORT_EDITS_H
#define BYLAW_REPORT_EDITS_H

#include "base/buf.h"
#include "report/finding.h"

/* What is to be put where, in bytes of the file as it is; each by the finding that offers it. */
struct edits {
	VEC(struct edit) list;
	struct arena texts;
};

/*
 * Adds what a finding offers; false, and nothing is added, when the file does not say what the finding expects or when
 * it collides with what is there already.
 */
bool edits_add(struct edits *edits, struct str bytes, const struct finding *finding);
/* The fix of one finding alone, for a report; false when there is none that JSON can say, which holds text and not bytes. */
bool edits_of(struct edits *edits, struct str bytes, const struct finding *finding);
/* In a few words what the fix of a finding does: "replace `dict` by `model_dump`". */
void edits_describe(struct buf *out, const struct finding *finding);
/* The file with all of them made. */
void edits_make(struct edits *edits, struct str bytes, struct buf *out);
void edits_release(struct edits *edits);

#endif
