#include "base/vec.h"

void *vec_grow(void *items, uint32_t *capacity, uint32_t needed, size_t item_size)
{
	uint32_t size = *capacity ? *capacity : 8;
	while (size < needed)
		size = size > UINT32_MAX / 2 ? UINT32_MAX : size * 2;
	*capacity = size;
	return mem_realloc(items, (size_t)size * item_size);
}
