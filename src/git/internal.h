/* What the files of this module share. */
#ifndef BYLAW_GIT_INTERNAL_H
#define BYLAW_GIT_INTERNAL_H

#include "base/map.h"
#include "git/git.h"
#include "source/worktree.h"

#include <git2.h>
#include <pthread.h>

/*
 * libgit2 sees the objects and nothing else: its repository has neither configuration nor references. So
 * nothing in .git/config can make it hang, refuse or read elsewhere (safe.directory, include.path,
 * core.worktree, extensions of the format), and no file of the user or the system is read.
 */
struct git_repo {
	struct worktree worktree;
	git_repository *objects;
	git_odb *odb;
	pthread_mutex_t lock; /* around every read of an object */
};

/* The commit that a revision names. */
bool git_resolve(struct git_repo *repo, const char *revision, git_oid *commit, struct err *err);
/* What to add to an error about a missing object: a hint when history or objects were not fetched, or "". */
const char *git_missing_hint(struct git_repo *repo);
/* Is it an object of that type and not larger than `most` bytes? Reads its header only. */
bool git_is_object(struct git_repo *repo, const git_oid *id, git_object_t type, size_t most);
/* Checks that there are only regular files and folders among the objects: a FIFO would block libgit2. */
bool git_objects_are_plain(const char *folder, struct err *err);

/* A source whose files are objects. */
struct git_file {
	struct source_file file;
	git_oid id;
};

struct git_source {
	struct source source;
	struct git_repo *repo;
	struct arena paths;
	VEC(struct git_file) list;
	struct str_map index; /* path → file, once it is finished */
};

struct git_source *git_source_new(struct git_repo *repo);
/* Adds a file by its mode in a tree or the index, if a source lists such files. The path is copied. */
void git_source_add(struct git_source *s, struct str path, uint32_t mode, const git_oid *id);
/* Adds what cannot be read. */
void git_source_add_skipped(struct git_source *s, struct str path, enum skip_reason reason);
/* Sorts by path. */
struct source *git_source_finish(struct git_source *s);
/* The object of a path, or NULL. */
const git_oid *git_source_find(const struct git_source *s, struct str path);

/* The index of the work tree, the one that a hook is told of by GIT_INDEX_FILE included. NULL with an error.
 */
git_index *git_open_index(struct git_repo *repo, struct err *err);

#endif
