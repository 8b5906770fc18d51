#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void mem_exhausted(void)
{
	fputs("bylaw: out of memory\n", stderr);
	_exit(2);
}

static void *checked(void *p)
{
	if (!p)
		mem_exhausted();
	return p;
}

void *mem_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *mem_realloc(void *old, size_t size)
{
	return checked(realloc(old, size ? size : 1));
}

void mem_free(void *p)
{
	free(p);
}
