/*
 * Keys with at most one star: the `paths` of a tsconfig, the `exports` and `imports` of a package. Looking a name up
 * takes as long as there are different lengths before the star, however many keys there are.
 */
#ifndef BYLAW_MODEL_PATTERNS_H
#define BYLAW_MODEL_PATTERNS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "bylaw/facts.h"

struct pattern {
	struct str head, after; /* the star */
	node_id pair;
};

/* A zeroed one is empty. The keys live in the facts. */
struct pattern_table {
	struct str_map exact; /* key without a star → its pair */
	VEC(struct pattern) patterns; /* those with the longest head first, then those with the longest rest */
	struct str_map heads; /* head → its first pattern */
	VEC(uint32_t) lengths; /* of the heads, the longest first, each once */
	bool packages;
	bool has_dotted, has_plain; /* keys that begin with a dot, and others */
};

enum pattern_rules {
	PATTERNS_OF_PATHS, /* the star may stand for nothing */
	PATTERNS_OF_PACKAGES, /* it stands for something, and a key that ends with a slash is for all below it */
};

/* From the pairs of an object. */
void pattern_table_build(struct pattern_table *t, const struct facts *f, node_id object, enum pattern_rules rules);
void pattern_table_release(struct pattern_table *t);
/*
 * The pair whose key is the name, else the one with the longest text before the star (then the longest behind it), or 0.
 * `star` receives what the star stands for.
 */
node_id pattern_table_find(const struct pattern_table *t, struct str name, struct str *star);

/* The target with `star` in place of each of its stars; behind a slash at its end when it has none. */
struct str pattern_expand(struct arena *a, struct str target, struct str star);

#endif
