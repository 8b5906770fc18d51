/*
 * Opening regular files, and nothing else. A FIFO would block for ever, a device may act on being opened, a
 * link may lead out of the project.
 */
#ifndef BYLAW_SOURCE_PLAIN_H
#define BYLAW_SOURCE_PLAIN_H

#include "base/buf.h"

#include <sys/stat.h>

/* May the name itself be a link? Only for files that belong to the user, not to the project. */
enum plain_links { LINKS_REFUSED, LINKS_FOLLOWED };

/* A descriptor to read from, with what it is in *st; -1 with errno. Not a regular file is EINVAL. */
int plain_open(int folder, const char *name, enum plain_links links, struct stat *st);
/* Reads on to the end, or until there are more than `most` bytes. False with errno. */
bool plain_read(int fd, uint32_t most, struct buf *bytes);
/* Reads a whole file (cleared first). False when it cannot be read, is not regular or is larger than `most`.
 */
bool plain_load(int folder, const char *name, enum plain_links links, uint32_t most, struct buf *bytes);
/* Opens a folder below another; no part of `path` may be a link. -1 with errno. */
int plain_open_folder(int root, struct str path);

#endif
