/* What the names of libraries mean: rules/libraries/, compiled in, and what bylaw.yaml adds. */
#ifndef BYLAW_MODEL_LIBRARIES_H
#define BYLAW_MODEL_LIBRARIES_H

#include "base/err.h"
#include "bylaw/model.h"

struct libraries;

/* The built-in tables, and those under `libraries:` in the config (may be empty; `line` is where they start). */
struct libraries *libraries_new(struct str config_yaml, uint32_t line, struct err *err);
void libraries_free(struct libraries *l);

/*
 * The entry of a name in a role. `name` may be matched by an entry that ends in `*` in its place: `console.*` covers
 * console.log, `Client.*.*` covers Client.user.find. ROLE_NONE finds the first entry in any role.
 */
const struct library_entry *libraries_find(
	const struct libraries *l, enum language language, struct str name, enum role role);
/* Does any name in the role end in this segment? `*` is a segment like any other. */
bool libraries_have_word(const struct libraries *l, enum language language, struct str word, enum role role);
/* A bit for each role that a module (import path or distribution name) has. A module covers its sub-paths. */
uint64_t libraries_module_roles(const struct libraries *l, enum ecosystem ecosystem, struct str module);

#endif
