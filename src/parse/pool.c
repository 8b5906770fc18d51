#include "parse/pool.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <tree_sitter/api.h>

enum { SMALL_STEP = 16, SMALL_CLASSES = 64, LARGE_CLASSES = 32, BLOCK_SIZE = 1024 * 1024 };

/* Stands before each allocation; free ones of a class are chained through their payload. */
struct chunk {
	uint64_t size; /* payload bytes, rounded up to its class */
	char payload[];
};

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(16) char bytes[];
};

struct pool {
	struct block *blocks;
	size_t limit, total;
	struct chunk *small[SMALL_CLASSES + 1], *large[LARGE_CLASSES + 1];
	jmp_buf *escape;
};

static _Thread_local struct pool *current;

static size_t class_size(size_t size)
{
	if (size <= SMALL_STEP * SMALL_CLASSES)
		return (size + SMALL_STEP - 1) / SMALL_STEP * SMALL_STEP + (size == 0 ? SMALL_STEP : 0);
	size_t power = SMALL_STEP * SMALL_CLASSES;
	while (power < size)
		power *= 2;
	return power;
}

static struct chunk **free_list(struct pool *pool, size_t size)
{
	if (size <= SMALL_STEP * SMALL_CLASSES)
		return &pool->small[size / SMALL_STEP];
	unsigned power = 0;
	while (((size_t)SMALL_STEP * SMALL_CLASSES << power) < size)
		power++;
	return &pool->large[power < LARGE_CLASSES ? power : LARGE_CLASSES];
}

static struct block *add_block(struct pool *pool, size_t needed)
{
	size_t size = !MEM_EVERY_ALLOCATION_APART && needed < BLOCK_SIZE ? BLOCK_SIZE : needed;
	if (pool->total + size > pool->limit)
		longjmp(*pool->escape, 1);
	struct block *block = mem_alloc(sizeof(*block) + size);
	*block = (struct block){ .next = pool->blocks, .size = size };
	pool->blocks = block;
	pool->total += size;
	return block;
}

static void *pool_malloc(size_t size)
{
	struct pool *pool = current;
	size = class_size(size);
	struct chunk **list = free_list(pool, size);
	struct chunk *chunk = *list;
	if (chunk) {
		memcpy(list, chunk->payload, sizeof(*list));
		return chunk->payload;
	}
	size_t needed = sizeof(struct chunk) + size;
	struct block *block = pool->blocks;
	if (!block || block->size - block->used < needed)
		block = add_block(pool, needed);
	chunk = (struct chunk *)(void *)(block->bytes + block->used);
	block->used += needed;
	chunk->size = size;
	return chunk->payload;
}

static struct chunk *chunk_of(void *payload)
{
	return (struct chunk *)(void *)((char *)payload - sizeof(struct chunk));
}

static void pool_release(void *payload)
{
	if (!payload)
		return;
	struct chunk *chunk = chunk_of(payload);
	struct chunk **list = free_list(current, chunk->size);
	memcpy(chunk->payload, list, sizeof(*list));
	*list = chunk;
}

static void *pool_calloc(size_t count, size_t size)
{
	void *payload = pool_malloc(count * size);
	memset(payload, 0, count * size);
	return payload;
}

static void *pool_realloc(void *payload, size_t size)
{
	if (!payload)
		return pool_malloc(size);
	size_t old = chunk_of(payload)->size;
	if (size <= old)
		return payload;
	void *grown = pool_malloc(size);
	memcpy(grown, payload, old);
	pool_release(payload);
	return grown;
}

void pool_install(void)
{
	ts_set_allocator(pool_malloc, pool_calloc, pool_realloc, pool_release);
}

struct pool *pool_new(size_t limit)
{
	struct pool *pool = mem_alloc(sizeof(*pool));
	*pool = (struct pool){ .limit = limit };
	return pool;
}

/* Empties the pool; keeps one block so that small files cost no system call. */
static void pool_clear(struct pool *pool)
{
	struct block *kept = NULL;
	for (struct block *block = pool->blocks, *next; block; block = next) {
		next = block->next;
		if (!kept && block->size == BLOCK_SIZE && !MEM_EVERY_ALLOCATION_APART)
			kept = block;
		else
			mem_free(block);
	}
	if (kept) {
		kept->next = NULL;
		kept->used = 0;
	}
	pool->blocks = kept;
	pool->total = kept ? kept->size : 0;
	memset(pool->small, 0, sizeof(pool->small));
	memset(pool->large, 0, sizeof(pool->large));
}

void pool_free(struct pool *pool)
{
	if (!pool)
		return;
	pool_clear(pool);
	mem_free(pool->blocks);
	mem_free(pool);
}

bool pool_run(struct pool *pool, void (*task)(void *), void *context)
{
	jmp_buf escape;
	pool->escape = &escape;
	current = pool;
	volatile bool finished = false; /* set between setjmp and a longjmp */
	if (setjmp(escape) == 0) {
		task(context);
		finished = true;
	}
	current = NULL;
	pool->escape = NULL;
	pool_clear(pool);
	return finished;
}
