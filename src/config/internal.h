/* What the files of this folder share. */
#ifndef BYLAW_CONFIG_INTERNAL_H
#define BYLAW_CONFIG_INTERNAL_H

#include "config/config.h"

/* "off", "note", "warning", "error"; the index is the severity. */
#define SEVERITY_COUNT (SEVERITY_ERROR + 1)
extern const char *const config_severities[SEVERITY_COUNT];
#define LAYER_COUNT 4
extern const char *const config_layers[LAYER_COUNT];

enum { CONFIG_MAX_NUMBER = 1000000000 };

/* How closely a setting's id names a rule: 3 its own id, 2 its area, 1 `*`, 0 not at all. */
uint32_t config_closeness(struct str id, const struct rule *rule);
/* "node" of "node/no-console". */
struct str config_area(const struct rule *rule);
/* The row of an option, or NULL. */
const struct rule_option *config_rule_option(const struct rule *rule, struct str name);

/* Where a rule's setting comes from. Everything is NULL for a default. */
struct config_source {
	const struct config_rule *rule;
	const struct config_override *override; /* the block it stands in; NULL for the top level */
	const struct config_option *option;
};

/* The strongest setting of a rule's severity, or of its option `option` (when not empty), at a path. */
struct config_source config_find(const struct config *c, const struct rule *rule, struct str path, struct str option);
bool config_globs_match(const struct str *globs, uint32_t count, struct str path);

#endif
