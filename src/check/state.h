/* What the checker keeps while a rule looks at one file, or at the project. */
#ifndef BYLAW_CHECK_STATE_H
#define BYLAW_CHECK_STATE_H

#include "base/map.h"
#include "bylaw/contract.h"
#include "check/check.h"

/* Why a rule did not judge, with the file that was counted last. */
struct slot_abstention {
	struct abstention told;
	file_id last;
};

/* Findings and abstentions of one file, until they are joined in the order of the files. */
struct slot {
	VEC(struct finding *) findings;
	VEC(struct slot_abstention) abstentions;
};

struct rule_state {
	const struct check_input *input;
	struct arena *arena; /* a worker's own; lives as long as the report */
	struct slot *slot;
	struct map *told; /* of on_project: rule and key → 1 */
};

/* The severity that holds at a path: the config's (*configured says so; it may be NULL), else the rule's own.
 */
enum severity state_severity(const struct config *config, const struct rule *rule, struct str path, bool *configured);
/* The place of a node, cut to its first line. */
struct place place_of(const struct model_file *file, node_id node, bool in_base);
/* Adds a finding of the checker's own, at bytes of a file. */
struct finding *state_report(struct rule_state *state, const struct rule *rule, const struct model_file *file,
	uint32_t start, uint32_t end, struct str message);

/* The nodes of a file by where they start: decorators stand before what they decorate. A zeroed one is empty.
 */
struct outline {
	const struct facts *facts;
	VEC(node_id) nodes;
};

/* Bytes of a file, the end one past the last. */
struct span {
	uint32_t start, end;
};

/* Makes the outline when it is not made yet: only files with suppressions need one. */
void outline_make(struct outline *o, const struct facts *f);
void outline_release(struct outline *o);
/* What a comment covers: its statement when it trails, else the next one; of a compound one only its header.
 */
struct span outline_covers(const struct outline *o, const struct comment *comment);
/*
 * From the comment's line (or the next one with code, when it stands alone) to the end of the longest thing
 * that starts on it.
 */
struct span outline_whole(const struct outline *o, const struct comment *comment);

/* Applies comments of a file to its findings, and reports the comments' own faults. suppress.c */
void suppress_file(struct rule_state *state, file_id file, const bool *ran, struct outline *outline);
/* Covers findings by other linters' comments that mean the same. peers.c */
void suppress_by_peers(struct rule_state *state, file_id file, struct outline *outline);

#endif
