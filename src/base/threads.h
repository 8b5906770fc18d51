/* A list of tasks worked off by a few threads: each takes the next index, its result goes to that slot. */
#ifndef BYLAW_BASE_THREADS_H
#define BYLAW_BASE_THREADS_H

#include <stdint.h>

/* Runs task(context, worker, index) once for each index below `count`; `worker` is below `workers`. */
void threads_each(
	uint32_t workers, uint32_t count, void (*task)(void *context, uint32_t worker, uint32_t index), void *context);
/* Processors this process may use. */
uint32_t threads_available(void);

#endif
