/* Where the git work tree around a folder is. Found by looking at files; git's configuration is not read. */
#ifndef BYLAW_SOURCE_WORKTREE_H
#define BYLAW_SOURCE_WORKTREE_H

#include "base/buf.h"
#include "base/err.h"

/* Absolute paths without a slash at the end. A zeroed one is empty. */
struct worktree {
	struct buf root;
	struct buf git_dir; /* HEAD and the index of this work tree */
	struct buf common_dir; /* objects, refs; the same folder unless the work tree is a linked one */
};

/*
 * Looks in `path` and above, not beyond its file system. False when there is no repository, when a `.git`
 * file points to none, and for one above that belongs to somebody else.
 */
bool worktree_find(struct worktree *w, const char *path, struct err *err);
void worktree_release(struct worktree *w);
/* Is a repository of its own (a submodule, say) in this open folder? */
bool worktree_is_at(int folder);

#endif
