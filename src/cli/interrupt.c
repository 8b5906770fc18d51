#include "cli/interrupt.h"

#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

/* Nothing here but what signal-safety(7) lists. Nobody waits for a reader of stderr that does not read. */
static void end(int signal)
{
	static const char text[] = "bylaw: interrupted\n";
	struct pollfd slot = { STDERR_FILENO, POLLOUT, 0 };
	if (poll(&slot, 1, 0) == 1 && write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(128 + signal);
	raise(signal); /* SA_RESETHAND has put its default back */
	_exit(128 + signal); /* the first process of a container has no defaults */
}

void interrupt_announce(void)
{
	struct sigaction action = { .sa_handler = end, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER) }, before;
	for (size_t i = 0; i < SIGNALS; i++)
		if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

void interrupt_hold(sigset_t *before)
{
	sigset_t held;
	sigemptyset(&held);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&held, signals[i]);
	pthread_sigmask(SIG_BLOCK, &held, before);
}

void interrupt_let(const sigset_t *before)
{
	pthread_sigmask(SIG_SETMASK, before, NULL);
}
