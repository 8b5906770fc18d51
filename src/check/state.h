/* What the checker keeps while a rule looks at one file, or at the project. */
#ifndef BYLAW_CHECK_STATE_H
#define BYLAW_CHECK_STATE_H

#include "bylaw/contract.h"
#include "check/check.h"

/* Findings and abstentions of one file, until they are joined in the order of the files. */
struct slot {
	VEC(struct finding *) findings;
	VEC(struct abstention) abstentions;
};

struct rule_state {
	const struct check_input *input;
	struct arena *arena; /* a worker's own; lives as long as the report */
	struct slot *slot;
};

/* The severity that holds at a path: the config's, else the rule's own. */
enum severity state_severity(const struct config *config, const struct rule *rule, struct str path);
/* The place of a node, cut to its first line. */
struct place place_of(const struct model_file *file, node_id node, bool in_base);
/* Adds a finding of the checker's own, at bytes of a file. */
struct finding *state_report(struct rule_state *state, const struct rule *rule, const struct model_file *file,
			     uint32_t start, uint32_t end, struct str message);

/* Applies comments of a file to its findings, and reports the comments' own faults. suppress.c */
void suppress_file(struct rule_state *state, file_id file, const bool *ran);
/* Covers findings by other linters' comments that mean the same. peers.c */
void suppress_by_peers(struct rule_state *state, file_id file);
/* The bytes a comment covers: its statement when it trails, else the next one. */
struct facts_error comment_covers(const struct facts *f, const struct comment *comment);

#endif
