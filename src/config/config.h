/* bylaw.yaml. Unknown keys are errors with line, column and a suggestion. */
#ifndef BYLAW_CONFIG_CONFIG_H
#define BYLAW_CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "bylaw/rule.h"

/* A value given to a rule's option: a scalar is a list of one. */
struct config_option {
	struct str name;
	uint32_t line; /* in the config file */
	VEC(struct str) values;
};

/* Settings of one rule (`node/no-console`), of an area (an id that ends in a star) or of all (a star). */
struct config_rule {
	struct str id;
	uint32_t line;
	bool has_severity;
	enum severity severity;
	VEC(struct config_option) options;
	VEC(struct str) exclude; /* globs: the rule is silent there */
};

/* Rule settings that hold for some paths only; later blocks win. */
struct config_override {
	VEC(struct str) files; /* globs */
	VEC(struct config_rule) rules;
};

struct config_layer {
	struct str name; /* controller, service, repository, entity */
	VEC(struct str) files; /* globs */
};

struct config {
	struct arena arena;
	struct str path; /* where it was read from; empty for the defaults */
	VEC(struct str) exclude; /* globs: not read at all */
	VEC(struct config_rule) rules;
	VEC(struct config_override) overrides;
	VEC(struct config_layer) layers;
	bool peer_suppressions; /* honour other linters' ignore comments; default true */
	struct str libraries; /* the YAML text under `libraries:`, to be read by the model; empty when none */
	uint32_t libraries_line; /* its first line in the config file */
};

/* "off", "note", "warning", "error". */
const char *severity_name(enum severity severity);
/* False when there is no such severity. */
bool severity_find(struct str name, enum severity *severity);

/* The rules that exist, so that ids and options can be checked. */
struct config_schema {
	const struct rule *const *rules;
	uint32_t rule_count;
};

void config_defaults(struct config *c);
/*
 * Parses `bytes` (of the file named `path`). Overwrites *c; after a failure it holds nothing. False with
 * "bylaw.yaml:3:5: …" in err.
 */
bool config_parse(
	struct config *c, const struct config_schema *schema, struct str path, struct str bytes, struct err *err);
/*
 * Finds bylaw.yaml in `root` and reads it; the defaults when there is none. `explicit` (may be NULL) names the
 * file instead. Refuses anything that is not a regular file of at most 1 MiB, and what it finds when it belongs to
 * somebody who is neither we, root, nor the owner of `root`.
 */
bool config_load(struct config *c, const struct config_schema *schema, const char *root, const char *explicit_path,
	struct err *err);
void config_release(struct config *c);

/* What holds for a rule at a path: the strongest severity setting and option; NULL for what nobody set. */
bool config_severity(const struct config *c, const struct rule *rule, struct str path, enum severity *severity);
const struct config_option *config_option(
	const struct config *c, const struct rule *rule, struct str path, struct str name);
/* Is the path excluded, for everything or (with a rule) for that rule? */
bool config_excludes(const struct config *c, const struct rule *rule, struct str path);
/* The whole configuration as it is in force, as YAML, for `bylaw config show`. */
void config_show(const struct config *c, const struct config_schema *schema, struct str path, struct buf *out);
/* JSON Schema of bylaw.yaml, made from the rules' options. */
void config_json_schema(const struct config_schema *schema, struct buf *out);

#endif
