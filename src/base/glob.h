/*
 * Path patterns, with the meaning of .gitignore: `*` and `?` stay within a folder, `[a-z]`, `[!a]`, a folder
 * `**` is any number of folders, `{a,b}` either, `\` takes the next character as it is. A pattern without a
 * slash matches at any depth; a leading slash ties it to the root. What names a folder matches everything
 * below it.
 */
#ifndef BYLAW_BASE_GLOB_H
#define BYLAW_BASE_GLOB_H

#include "base/err.h"

/* Time is at most the product of the lengths. A pattern that glob_check would refuse as too large never
 * matches. */
bool glob_match(struct str pattern, struct str path);
/* False with what is wrong with the pattern, for someone who wrote it by hand. */
bool glob_check(struct str pattern, struct err *err);

/*
 * The patterns of package managers and of tsconfig: segment by segment, from the root, and the whole path. `*` and `?` stay
 * within a segment, a segment `**` is any number of them; nothing else is special.
 */
enum glob_segments {
	GLOB_HIDDEN =
		1, /* wildcards match names that begin with a dot, and `**` crosses folders of installed packages */
	GLOB_BELOW = 2, /* what matches a folder matches everything below it */
};
bool glob_match_segments(struct str pattern, struct str path, unsigned flags);

#endif
