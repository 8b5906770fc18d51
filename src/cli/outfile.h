/* A report that goes to a file. */
#ifndef BYLAW_CLI_OUTFILE_H
#define BYLAW_CLI_OUTFILE_H

#include "base/arena.h"
#include "base/err.h"

/*
 * Writes beside the target and renames, so that an old report is whole until the new one is; straight into what is no file
 * (a terminal, /dev/null, a pipe that somebody reads). A link to a file is not followed: in a repository that is not ours it
 * may lead anywhere. False with what is wrong.
 */
bool outfile_write(struct arena *a, struct str path, struct str text, struct err *err);

#endif
