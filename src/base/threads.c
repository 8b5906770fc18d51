#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { MOST_WORKERS = 256 };
/* Deep inputs are walked without recursion; the parser itself needs little more than this. */
static const size_t STACK_SIZE = 1024 * 1024;

struct pool {
	void (*task)(void *, uint32_t, uint32_t);
	void *context;
	uint32_t count;
	atomic_uint next;
	atomic_uint workers;
};

static void *work(void *argument)
{
	struct pool *pool = argument;
	uint32_t worker = atomic_fetch_add(&pool->workers, 1);
	for (;;) {
		uint32_t index = atomic_fetch_add(&pool->next, 1);
		if (index >= pool->count)
			return NULL;
		pool->task(pool->context, worker, index);
	}
}

void threads_each(uint32_t workers, uint32_t count, void (*task)(void *, uint32_t, uint32_t), void *context)
{
	struct pool pool = { .task = task, .context = context, .count = count };
	pthread_t threads[MOST_WORKERS];
	uint32_t started = 0;
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	if (workers > MOST_WORKERS)
		workers = MOST_WORKERS;
	for (uint32_t i = 1; i < workers && i < count; i++)
		if (pthread_create(&threads[started], &attributes, work, &pool) == 0)
			started++;
	work(&pool);
	for (uint32_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_attr_destroy(&attributes);
}

uint32_t threads_available(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	int count = CPU_COUNT(&set);
	return count > 0 ? (uint32_t)count : 1;
}
