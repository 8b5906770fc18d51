/* Git repositories through libgit2: trees as sources, revisions, the work tree's root. */
#ifndef BYLAW_GIT_GIT_H
#define BYLAW_GIT_GIT_H

#include "source/source.h"

struct git_repo;

/* The repository that holds `path`; NULL with an error when there is none or it may not be read. */
struct git_repo *git_repo_open(const char *path, struct err *err);
void git_repo_close(struct git_repo *repo);
/* Absolute path of the work tree, with no slash at its end. */
struct str git_repo_root(const struct git_repo *repo);

/*
 * The tree of a revision, as a source. `revision` is a branch, a tag or a hash, ~n and ^n may follow; `below`
 * restricts the source to a folder of the repository ("" for all), paths are then relative to that folder. A
 * folder that the revision does not have is an empty source. The repository must outlive it.
 */
struct source *git_tree_source_open(struct git_repo *repo, const char *revision, struct str below, struct err *err);
/* The index (what would be committed), as a source. */
struct source *git_index_source_open(struct git_repo *repo, struct str below, struct err *err);
/* The best common ancestor of a revision and HEAD, as 40 hex digits and a NUL. */
bool git_repo_merge_base(struct git_repo *repo, const char *revision, char out[41], struct err *err);
/*
 * Files (relative to `below`, sorted) that differ between a revision and the work tree: changed, new,
 * deleted. Only those that a source lists: of a known language, not ignored. The list is in `a`, the bytes
 * too.
 */
bool git_changed_paths(struct git_repo *repo, const char *revision, struct str below, struct arena *a,
	struct str **paths, uint32_t *count, struct err *err);

/* Adds what changed in a file, as git writes it: a patch that `git apply` takes. */
bool git_text_diff(struct str path, struct str before, struct str after, struct buf *out, struct err *err);

#endif
