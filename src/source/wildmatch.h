/* One pattern of a .gitignore against one path, with git's meaning of it (its WM_PATHNAME). */
#ifndef BYLAW_SOURCE_WILDMATCH_H
#define BYLAW_SOURCE_WILDMATCH_H

#include "bylaw/str.h"

/*
 * `*`, `?` and `[…]` stay within a folder, `**` between slashes crosses folders. Never goes back further than
 * to the last `*` and the last `**`. *steps grows with the work done.
 */
bool wildmatch(struct str pattern, struct str path, uint64_t *steps);

#endif
