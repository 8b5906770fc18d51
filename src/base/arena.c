#include "base/arena.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGNMENT = 16 };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	_Alignas(ALIGNMENT) char bytes[];
};

static struct arena_block *add_block(struct arena *a, size_t needed)
{
	size_t size = needed;
	if (!MEM_EVERY_ALLOCATION_APART) {
		size_t grown = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
		if (grown > LARGEST_BLOCK)
			grown = LARGEST_BLOCK;
		if (size < grown)
			size = grown;
	}
	struct arena_block *block = mem_alloc(sizeof(*block) + size);
	block->next = a->blocks;
	block->size = size;
	block->used = 0;
	a->blocks = block;
	return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct arena_block *block = a->blocks;
	if (!block || block->size - block->used < rounded)
		block = add_block(a, MEM_EVERY_ALLOCATION_APART && size ? size : rounded);
	void *result = block->bytes + block->used;
	block->used = MEM_EVERY_ALLOCATION_APART ? block->size : block->used + rounded;
	a->used += rounded;
	if (size)
		memset(result, 0, size);
	return result;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, (size_t)s.len + 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (struct str){ copy, s.len };
}

struct str arena_printf(struct arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	char measured[1];
	int len = vsnprintf(measured, sizeof(measured), format, args);
	va_end(args);
	char *text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return (struct str){ text, (uint32_t)len };
}

void arena_clear(struct arena *a)
{
	struct arena_block *keep = MEM_EVERY_ALLOCATION_APART ? NULL : a->blocks;
	struct arena_block *block = keep ? keep->next : a->blocks;
	while (block) {
		struct arena_block *next = block->next;
		mem_free(block);
		block = next;
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->blocks = keep;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	arena_clear(a);
	mem_free(a->blocks);
	a->blocks = NULL;
}
