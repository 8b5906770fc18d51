#include "config/config.h"

#include "base/glob.h"
#include "config/internal.h"

const char *const config_severities[] = { "off", "note", "warning", "error" };
const char *const config_layers[] = { "controller", "service", "repository", "entity" };

const char *severity_name(enum severity severity)
{
	return config_severities[severity];
}

bool severity_find(struct str name, enum severity *severity)
{
	for (uint32_t i = 0; i < SEVERITY_COUNT; i++) {
		if (!str_is(name, config_severities[i]))
			continue;
		*severity = (enum severity)i;
		return true;
	}
	return false;
}

void config_defaults(struct config *c)
{
	*c = (struct config){ .peer_suppressions = true };
}

static void release_rules(struct config_rule *rules, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t k = 0; k < rules[i].options.count; k++)
			vec_release(&rules[i].options.items[k].values);
		vec_release(&rules[i].options);
		vec_release(&rules[i].exclude);
	}
}

void config_release(struct config *c)
{
	release_rules(c->rules.items, c->rules.count);
	vec_release(&c->rules);
	for (uint32_t i = 0; i < c->overrides.count; i++) {
		struct config_override *block = &c->overrides.items[i];
		release_rules(block->rules.items, block->rules.count);
		vec_release(&block->rules);
		vec_release(&block->files);
	}
	vec_release(&c->overrides);
	for (uint32_t i = 0; i < c->layers.count; i++)
		vec_release(&c->layers.items[i].files);
	vec_release(&c->layers);
	vec_release(&c->exclude);
	arena_release(&c->arena);
	config_defaults(c);
}

struct str config_area(const struct rule *rule)
{
	struct str id = str_from(rule->id);
	uint32_t slash = str_find(id, '/');
	return str_slice(id, 0, slash == UINT32_MAX ? 0 : slash);
}

const struct rule_option *config_rule_option(const struct rule *rule, struct str name)
{
	for (const struct rule_option *o = rule->options; o && o->name; o++)
		if (str_is(name, o->name))
			return o;
	return NULL;
}

uint32_t config_closeness(struct str id, const struct rule *rule)
{
	if (str_is(id, rule->id))
		return 3;
	if (str_is(id, "*"))
		return 1;
	bool is_area = str_ends(id, STR("/*")) && str_eq(str_slice(id, 0, id.len - 2), config_area(rule));
	return is_area ? 2 : 0;
}

bool config_globs_match(const struct str *globs, uint32_t count, struct str path)
{
	for (uint32_t i = 0; i < count; i++)
		if (glob_match(globs[i], path))
			return true;
	return false;
}

static const struct config_option *own_option(const struct config_rule *r, struct str name)
{
	for (uint32_t i = 0; i < r->options.count; i++)
		if (str_eq(r->options.items[i].name, name))
			return &r->options.items[i];
	return NULL;
}

/* Among the settings of one block, the one that names the rule most closely. */
static struct config_source find_in(
	const struct config_rule *rules, uint32_t count, const struct rule *rule, struct str option)
{
	struct config_source best = { 0 };
	uint32_t closest = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t closeness = config_closeness(rules[i].id, rule);
		const struct config_option *o = option.len ? own_option(&rules[i], option) : NULL;
		if (closeness <= closest || (option.len ? !o : !rules[i].has_severity))
			continue;
		closest = closeness;
		best = (struct config_source){ .rule = &rules[i], .option = o };
	}
	return best;
}

struct config_source config_find(const struct config *c, const struct rule *rule, struct str path, struct str option)
{
	for (uint32_t i = c->overrides.count; i-- > 0;) {
		const struct config_override *block = &c->overrides.items[i];
		struct config_source found = find_in(block->rules.items, block->rules.count, rule, option);
		if (!found.rule || !config_globs_match(block->files.items, block->files.count, path))
			continue;
		found.override = block;
		return found;
	}
	return find_in(c->rules.items, c->rules.count, rule, option);
}

bool config_severity(const struct config *c, const struct rule *rule, struct str path, enum severity *severity)
{
	struct config_source found = config_find(c, rule, path, STR(""));
	if (found.rule)
		*severity = found.rule->severity;
	return found.rule != NULL;
}

const struct config_option *config_option(
	const struct config *c, const struct rule *rule, struct str path, struct str name)
{
	return name.len ? config_find(c, rule, path, name).option : NULL;
}

static bool rules_exclude(const struct config_rule *rules, uint32_t count, const struct rule *rule, struct str path)
{
	for (uint32_t i = 0; i < count; i++)
		if (config_closeness(rules[i].id, rule) &&
			config_globs_match(rules[i].exclude.items, rules[i].exclude.count, path))
			return true;
	return false;
}

bool config_excludes(const struct config *c, const struct rule *rule, struct str path)
{
	if (config_globs_match(c->exclude.items, c->exclude.count, path))
		return true;
	if (!rule)
		return false;
	for (uint32_t i = 0; i < c->overrides.count; i++) {
		const struct config_override *block = &c->overrides.items[i];
		if (rules_exclude(block->rules.items, block->rules.count, rule, path) &&
			config_globs_match(block->files.items, block->files.count, path))
			return true;
	}
	return rules_exclude(c->rules.items, c->rules.count, rule, path);
}
