/* One walk over folders on disk. Reads names and stats, opens no file but .gitignore. */
#ifndef BYLAW_SOURCE_WALK_H
#define BYLAW_SOURCE_WALK_H

#include "source/ignore.h"
#include "source/source.h"

struct walk {
	struct source_files *files;
	struct ignore ignore;
	struct worktree worktree; /* around the root; zeroed when there is none */
	struct buf path; /* of what is looked at, from the work tree's root */
	uint32_t prefix; /* bytes of it that lead to bylaw's root */
};

/* `root` is the root's absolute path. */
void walk_init(struct walk *w, const char *root, struct source_files *files);
void walk_release(struct walk *w);
/* Adds what lies at a path below the open root: a file, or a folder's files. "" is the root itself. */
bool walk_add(struct walk *w, int root, struct str path, struct err *err);

/* Asks about single paths. The folders on the way to the last one stay entered. */
struct walk_probe {
	struct walk walk;
	VEC(uint32_t) entered; /* bytes of the walk's path up to each, with the slash behind it */
};

void walk_probe_init(struct walk_probe *p, const char *root);
void walk_probe_release(struct walk_probe *p);
/* Is a file at a path below the open root ignored, be it there or not? */
bool walk_ignores(struct walk_probe *p, int root, struct str path);

#endif
