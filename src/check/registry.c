#include "check/registry.h"

#define RULE(symbol) extern const struct rule rule_##symbol;
#include "rules.def"
#undef RULE

static const struct rule *const rules[] = {
#define RULE(symbol) &rule_##symbol,
#include "rules.def"
#undef RULE
};

enum { RULE_COUNT = sizeof(rules) / sizeof(*rules) };

/* Written by src/tools/embed_pages.c when bylaw is built; in the order of rules.def. */
extern const char *const rule_pages[];

/* The parts of the written rules, and the sentences in them. */
static const struct part {
	const char *number;
	unsigned first, last;
} parts[] = {
	{ "7", 1, 21 },
	{ "7.1", 1, 4 },
	{ "7.1.1", 2, 4 },
	{ "7.2", 5, 12 },
	{ "7.3", 13, 17 },
	{ "7.4", 18, 21 },
	{ "19", 22, 34 },
	{ "19.1", 22, 26 },
	{ "19.2", 27, 31 },
	{ "19.3", 32, 34 },
	{ "20", 35, 42 },
	{ "20.1", 36, 39 },
	{ "20.2", 40, 42 },
};

uint32_t registry_count(void)
{
	return RULE_COUNT;
}

const struct rule *const *registry_rules(void)
{
	return rules;
}

const struct rule *registry_find(struct str id)
{
	for (uint32_t i = 0; i < RULE_COUNT; i++)
		if (str_is(id, rules[i]->id))
			return rules[i];
	return NULL;
}

const char *registry_page(const struct rule *rule)
{
	for (uint32_t i = 0; i < RULE_COUNT; i++)
		if (rules[i] == rule)
			return rule_pages[i];
	return NULL;
}

static bool read_number(struct str text, unsigned *number)
{
	*number = 0;
	for (uint32_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		*number = *number * 10 + (unsigned)(text.ptr[i] - '0');
	}
	return text.len > 0 && text.len < 4;
}

/* Does the rule's list ("28, 29") hold a sentence of the range? */
static bool enforces(const struct rule *rule, unsigned first, unsigned last)
{
	struct str rest = str_from(rule->clauses), item;
	unsigned number;
	while (str_split(&rest, ',', &item))
		if (read_number(str_trim(item), &number) && number >= first && number <= last)
			return true;
	return false;
}

bool registry_in_clause(const struct rule *rule, struct str clause)
{
	unsigned number;
	if (str_starts(clause, STR("§"))) {
		clause = str_slice(clause, 2, clause.len);
		return read_number(clause, &number) && enforces(rule, number, number);
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (str_is(clause, parts[i].number))
			return enforces(rule, parts[i].first, parts[i].last);
	return read_number(clause, &number) && enforces(rule, number, number);
}
