/* Runs the rules over a linked model: which rule looks at what, options, suppressions, abstentions. */
#ifndef BYLAW_CHECK_CHECK_H
#define BYLAW_CHECK_CHECK_H

#include "bylaw/model.h"
#include "config/config.h"
#include "report/finding.h"

struct check_input {
	const struct model *model;
	const struct wire *wire;
	const struct config *config;
	/* Only these rules; NULL for all. Ids, areas ("go"), or clause numbers as `--clause` takes them ("7.3", "§17"). */
	const struct str *only;
	uint32_t only_count;
	/* Only findings in these files (by path); NULL for all. The model is of the whole project all the same. */
	bool (*wanted)(void *context, struct str path);
	void *wanted_context;
	uint32_t workers;
	char today[11]; /* YYYY-MM-DD, for suppressions with `until=` */
	bool timed; /* run rule by rule and say how long each took */
};

/* What one rule cost, when timed; in the order of the registry. */
struct rule_cost {
	const struct rule *rule;
	double seconds;
};

/*
 * Adds findings, abstentions and suppressions to the report; report_finish is the caller's. `costs` (may be NULL) has
 * room for every rule of the registry.
 */
void check_run(const struct check_input *input, struct report *report, struct rule_cost *costs);

#endif
