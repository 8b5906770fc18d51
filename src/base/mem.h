/* The only place that calls malloc. Running out of memory ends the program with a message. */
#ifndef BYLAW_BASE_MEM_H
#define BYLAW_BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_realloc(void *old, size_t size);
void mem_free(void *p);

#endif
