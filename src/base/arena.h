/*
 * Memory by lifetime: run (config, model, findings), file (one file's facts), scratch (one worker's step).
 * An arena is freed whole; nothing in it is freed alone. No pointer may go from a longer-lived arena into a
 * shorter-lived one: copy with arena_str. Out of memory aborts with a message.
 */
#ifndef BYLAW_BASE_ARENA_H
#define BYLAW_BASE_ARENA_H

#include "bylaw/str.h"

struct arena_block;

struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes handed out since the last clear */
};

/* Zeroed memory, aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size);
#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, count) ((type *)arena_alloc((a), sizeof(type) * (size_t)(count)))
/* A copy with a NUL behind it. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forgets everything handed out; keeps one block for reuse. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
