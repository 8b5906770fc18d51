/* What ends a run from outside: SIGINT, SIGTERM, SIGHUP. */
#ifndef BYLAW_CLI_INTERRUPT_H
#define BYLAW_CLI_INTERRUPT_H

#include <signal.h>

/*
 * From now on such a signal says "bylaw: interrupted" on stderr and ends the program at once, by that very signal: a shell sees
 * 130 or 143. One that is ignored stays ignored (nohup, a shell's background).
 */
void interrupt_announce(void);

/* Holds the signals back for what must not be left half done, and lets them come. Only while there is one thread. */
void interrupt_hold(sigset_t *before);
void interrupt_let(const sigset_t *before);

#endif
