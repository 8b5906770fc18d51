/* What the pages show of the rules: each message that a rule can give, each option that makes a difference. */
#ifndef BYLAW_TESTS_COVERAGE_H
#define BYLAW_TESTS_COVERAGE_H

#include "base/arena.h"
#include "base/vec.h"
#include "bylaw/rule.h"

struct coverage {
	struct arena arena;
	VEC(struct shown {
		const struct rule *rule;
		struct str text;
	})
	messages, options;
};

/* A page's fence got this message. */
void coverage_message(struct coverage *c, const struct rule *rule, struct str message);
/* A page's fences come out otherwise without this option. */
void coverage_option(struct coverage *c, const struct rule *rule, struct str option);
/*
 * Prints what no fence shows, and what a page does not say of the rule's table (options with what they are by default,
 * severity, precision, other linters' codes); how many that are. The rules' sources lie below `folder`.
 */
uint32_t coverage_gaps(const struct coverage *c, const struct rule *const *rules, uint32_t count, const char *folder);
void coverage_release(struct coverage *c);

#endif
