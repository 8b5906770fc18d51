/* A growable array on the heap: struct { T *items; uint32_t count, capacity; }. A zeroed one is empty. */
#ifndef BYLAW_BASE_VEC_H
#define BYLAW_BASE_VEC_H

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

#define VEC(type)                         \
	struct {                          \
		type *items;              \
		uint32_t count, capacity; \
	}

void *vec_grow(void *items, uint32_t *capacity, uint32_t needed, size_t item_size);

#define vec_reserve(v, n)               \
	((v)->capacity >= (n) ? (void)0 \
			      : (void)((v)->items = vec_grow((v)->items, &(v)->capacity, (n), sizeof(*(v)->items))))
#define vec_push(v, value) (vec_reserve((v), (v)->count + 1), (void)((v)->items[(v)->count++] = (value)))
#define vec_last(v) ((v)->items[(v)->count - 1])
#define vec_clear(v) ((void)((v)->count = 0))
#define vec_release(v) (mem_free((v)->items), (void)memset((v), 0, sizeof(*(v))))

#endif
