/* The only place that calls malloc. Running out of memory ends the program with a message. */
#ifndef BYLAW_BASE_MEM_H
#define BYLAW_BASE_MEM_H

#include <stddef.h>

/* Under AddressSanitizer arenas and pools give each allocation a block of its own, so that it sees each overrun. */
#if defined(__SANITIZE_ADDRESS__)
#define MEM_EVERY_ALLOCATION_APART 1
#elif defined(__has_feature)
#define MEM_EVERY_ALLOCATION_APART __has_feature(address_sanitizer)
#else
#define MEM_EVERY_ALLOCATION_APART 0
#endif

void *mem_alloc(size_t size);
void *mem_realloc(void *old, size_t size);
void mem_free(void *p);
/* For memory that others ask for. Exit status 2, as for every run that fails. */
_Noreturn void mem_exhausted(void);

#endif
