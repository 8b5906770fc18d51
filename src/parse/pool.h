/*
 * The memory behind tree-sitter while one file is parsed: handed out from blocks, thrown away whole. A file that
 * asks for more than its limit is given up by a jump back to pool_run, without harm to the next file.
 *
 * tree-sitter's allocator is process-wide and has no context argument, so the pool in use is a thread-local.
 */
#ifndef BYLAW_PARSE_POOL_H
#define BYLAW_PARSE_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

/* Points tree-sitter at the pools. Call once, before any thread parses. */
void pool_install(void);

struct pool *pool_new(size_t limit);
void pool_free(struct pool *pool);

/*
 * Runs task(context) with the pool behind tree-sitter on this thread, then empties the pool. False when the task
 * was cut off because it reached the limit. What the task keeps must not live in the pool.
 */
bool pool_run(struct pool *pool, void (*task)(void *context), void *context);

#endif
