/* A repository that is made for one test through libgit2, in the folder of tree.h. */
#ifndef BYLAW_TESTS_REPOSITORY_H
#define BYLAW_TESTS_REPOSITORY_H

#include "git/git.h"

#include <git2.h>

int repo_begin(void **state);
int repo_end(void **state);
#define REPO_TEST(test) cmocka_unit_test_setup_teardown(test, repo_begin, repo_end)
git_repository *repo_made(void);

/* Writes a file and puts it into the index; `stage` takes it as it is. */
void repo_add(const char *path, const char *text);
void repo_stage(const char *path);
/* Commits the index to HEAD, or on a branch. */
git_oid repo_commit(const git_oid *parent);
git_oid repo_commit_on(const char *ref, const git_oid *parent);
/* Commits a tree to a reference (NULL for none), with at most two parents. */
git_oid repo_commit_tree(const char *ref, const git_oid *tree_id, const git_oid *const *parents, size_t count);

/* It as bylaw opens it, and what a tree of it lists. */
struct git_repo *repo_opened(void);
void assert_tree(struct git_repo *repo, const char *revision, const char *below, const char *expected);

#endif
