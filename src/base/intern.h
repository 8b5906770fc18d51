/* One id for each distinct string. Id 0 is the empty string. Not shared between threads. */
#ifndef BYLAW_BASE_INTERN_H
#define BYLAW_BASE_INTERN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

struct intern {
	struct str_map ids;
	VEC(struct str) strings;
	struct arena text;
};

uint32_t intern_id(struct intern *in, struct str s);
/* The id of a string that was interned before, or 0. */
uint32_t intern_find(const struct intern *in, struct str s);
/* Lives as long as the table. */
struct str intern_str(const struct intern *in, uint32_t id);
/* Empties the table and keeps its memory. */
void intern_clear(struct intern *in);
void intern_release(struct intern *in);

#endif
