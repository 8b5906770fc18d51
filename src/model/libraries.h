/* What the names of libraries mean: rules/libraries/, compiled in, and what bylaw.yaml adds. */
#ifndef BYLAW_MODEL_LIBRARIES_H
#define BYLAW_MODEL_LIBRARIES_H

#include "base/err.h"
#include "bylaw/model.h"

struct libraries;

struct role_set {
	uint64_t bits[2];
};

static inline bool role_set_has(struct role_set set, enum role role)
{
	return set.bits[role / 64] >> role % 64 & 1;
}

static inline void role_set_add(struct role_set *set, enum role role)
{
	set->bits[role / 64] |= 1ull << role % 64;
}

static inline void role_set_join(struct role_set *set, struct role_set other)
{
	set->bits[0] |= other.bits[0];
	set->bits[1] |= other.bits[1];
}

/* The built-in tables, and those under `libraries:` in the config (may be empty; `line` is where they start). */
struct libraries *libraries_new(struct str config_yaml, uint32_t line, struct err *err);
void libraries_free(struct libraries *l);

/*
 * The entry of a name in a role. `name` may be matched by an entry that ends in `*` in its place: `console.*` covers
 * console.log, `Client.*.*` covers Client.user.find. ROLE_NONE finds the first entry in any role.
 */
const struct library_entry *libraries_find(
	const struct libraries *l, enum language language, struct str name, enum role role);
/* Is it a name that bylaw.yaml adds, or the beginning of one? Then it is what is said there, though the project declares it. */
bool libraries_describe_own(const struct libraries *l, enum language language, struct str name);
bool libraries_have_own(const struct libraries *l, enum language language);
/* Does any name in the role end in this segment? `*` is a segment like any other. */
bool libraries_have_word(const struct libraries *l, enum language language, struct str word, enum role role);
/* The roles for which libraries_find has an entry. */
struct role_set libraries_name_roles(const struct libraries *l, enum language language, struct str name);
/* The roles that a module (import path or distribution name) has. A module covers its sub-paths. */
struct role_set libraries_module_roles(const struct libraries *l, enum ecosystem ecosystem, struct str module);

#endif
