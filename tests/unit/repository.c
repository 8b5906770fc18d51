#include "unit/repository.h"

#include "tree.h"
#include "unit/sources.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static git_repository *made;

int repo_begin(void **state)
{
	(void)state;
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	unsetenv("GIT_INDEX_FILE");
	git_libgit2_init();
	git_repository_init_options options;
	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.initial_head = "main";
	tree_begin();
	return git_repository_init_ext(&made, tree_root(), &options);
}

int repo_end(void **state)
{
	(void)state;
	git_repository_free(made);
	git_libgit2_shutdown();
	tree_end();
	return 0;
}

git_repository *repo_made(void)
{
	return made;
}

void repo_stage(const char *path)
{
	git_index *index;
	assert_int_equal(git_repository_index(&index, made), 0);
	assert_int_equal(git_index_add_bypath(index, path), 0);
	assert_int_equal(git_index_write(index), 0);
	git_index_free(index);
}

void repo_add(const char *path, const char *text)
{
	tree_write(path, text);
	repo_stage(path);
}

git_oid repo_commit_tree(const char *ref, const git_oid *tree_id, const git_oid *const *parents, size_t count)
{
	static git_time_t now = 1700000000;
	git_commit *commits[2] = { NULL, NULL };
	git_signature *who;
	git_tree *tree;
	git_oid id;
	assert_int_equal(git_signature_new(&who, "A", "a@example.org", ++now, 0), 0);
	assert_int_equal(git_tree_lookup(&tree, made, tree_id), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(git_commit_lookup(&commits[i], made, parents[i]), 0);
	assert_int_equal(
		git_commit_create_v(&id, made, ref, who, who, NULL, "x", tree, count, commits[0], commits[1]), 0);
	git_commit_free(commits[0]);
	git_commit_free(commits[1]);
	git_tree_free(tree);
	git_signature_free(who);
	return id;
}

git_oid repo_commit_on(const char *ref, const git_oid *parent)
{
	git_index *index;
	git_oid tree;
	assert_int_equal(git_repository_index(&index, made), 0);
	assert_int_equal(git_index_write_tree(&tree, index), 0);
	git_index_free(index);
	return repo_commit_tree(ref, &tree, &parent, parent ? 1 : 0);
}

git_oid repo_commit(const git_oid *parent)
{
	return repo_commit_on("HEAD", parent);
}

struct git_repo *repo_opened(void)
{
	struct err err = { "" };
	struct git_repo *repo = git_repo_open(tree_root(), &err);
	if (!repo)
		fail_msg("%s", err.message);
	return repo;
}

void assert_tree(struct git_repo *repo, const char *revision, const char *below, const char *expected)
{
	struct err err = { "" };
	struct source *s = git_tree_source_open(repo, revision, str_from(below), &err);
	if (!s)
		fail_msg("%s", err.message);
	assert_lists(s, expected);
	source_close(s);
}
