/* "did you mean": the nearest of a few words. */
#ifndef BYLAW_CONFIG_SUGGEST_H
#define BYLAW_CONFIG_SUGGEST_H

#include "bylaw/str.h"

struct suggestion {
	struct str word; /* what was written */
	struct str best; /* the nearest word so far; empty when none is near */
	uint32_t distance;
};

/* Takes one more word that was possible. It must live as long as the suggestion. */
void suggest_from(struct suggestion *s, struct str candidate);

#endif
