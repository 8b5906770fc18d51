/*
 * What git would ignore: .gitignore files from the root of the work tree down, .git/info/exclude, the user's
 * own file (git/ignore under XDG_CONFIG_HOME or ~/.config; core.excludesFile is not read).
 */
#ifndef BYLAW_SOURCE_IGNORE_H
#define BYLAW_SOURCE_IGNORE_H

#include "base/map.h"
#include "base/vec.h"
#include "source/worktree.h"

/* One line of a file. */
struct ignore_rule {
	struct str pattern; /* without `!` and the slash at its end */
	bool negated, folder_only;
	bool anchored; /* matches the path from the file's folder, not the name */
};

/* Rules that are plain text are found by looking it up. */
enum ignore_plain { PLAIN_NAME, PLAIN_SUFFIX, PLAIN_PATH, PLAIN_COUNT };

/* One file. */
struct ignore_layer {
	struct buf text;
	uint32_t base; /* bytes of a path up to what this file's patterns are about */
	VEC(struct ignore_rule) rules;
	VEC(uint32_t) wild; /* rules that must be tried, ascending */
	struct str_map plain[PLAIN_COUNT][2]; /* text → the last rule that has it; [1] for folders only */
};

struct ignore {
	VEC(struct ignore_layer) layers; /* from the weakest to the strongest */
	uint64_t steps; /* work done, see ignore_is_exhausted */
};

/*
 * Begins with what holds for the whole work tree and for the folders between it and `root` (both absolute).
 * `prefix` receives the path of `root` in the work tree with a slash behind it, or nothing: it comes before
 * every path given to ignore_match.
 */
void ignore_open(struct ignore *ig, const struct worktree *w, struct str root, struct buf *prefix);
void ignore_release(struct ignore *ig);
/* Enters an open folder, whose path (with the prefix, and a slash behind it) is `base` bytes long. */
void ignore_enter(struct ignore *ig, int folder, uint32_t base);
void ignore_leave(struct ignore *ig);
/* Is it ignored? Its folder is not: what is below an ignored folder is never asked for. */
bool ignore_match(struct ignore *ig, struct str path, bool folder);
/* Have the patterns cost more than any honest project's? */
bool ignore_is_exhausted(const struct ignore *ig);

#endif
