/* Writing to what is not our own file: a terminal, a pipe, what a shell has opened. */
#ifndef BYLAW_CLI_STREAM_H
#define BYLAW_CLI_STREAM_H

#include "bylaw/str.h"

/*
 * Writes all of it, and waits for a slow reader. Where that takes several writes each is of whole findings, or of whole lines:
 * a run that ends in between leaves no half of one, and two runs on one pipe do not mix theirs. False with errno.
 */
bool stream_write(int fd, struct str text);

#endif
