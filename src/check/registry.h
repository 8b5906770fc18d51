/* Every rule, in the order of the written rules (rules/rules.def). */
#ifndef BYLAW_CHECK_REGISTRY_H
#define BYLAW_CHECK_REGISTRY_H

#include "bylaw/rule.h"

uint32_t registry_count(void);
const struct rule *const *registry_rules(void);
/* By id; NULL when there is none. */
const struct rule *registry_find(struct str id);
/* The rule's page, as Markdown. */
const char *registry_page(const struct rule *rule);
/* Does the rule enforce this clause? "§17", "17", or a part's number such as "7.3" (see the parts in registry.c). */
bool registry_in_clause(const struct rule *rule, struct str clause);

#endif
