/* Opening repositories, and the names of revisions. */
#include "tree.h"
#include "unit/repository.h"
#include "unit/sources.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static void opens_from_below(void **state)
{
	struct err err = { "" };
	char real[4096];
	(void)state;
	tree_write("a/b/c.ts", "");
	struct git_repo *repo = git_repo_open(tree_path("a/b"), &err);
	assert_non_null(repo);
	assert_non_null(realpath(tree_root(), real));
	assert_true(str_is(git_repo_root(repo), real));
	git_repo_close(repo);
	repo = git_repo_open(tree_path("a/b/c.ts"), &err);
	assert_non_null(repo);
	git_repo_close(repo);
}

static void refuses_what_is_no_repository(void **state)
{
	struct err err = { "" };
	char message[256];
	(void)state;
	tree_write("sub/.git", "gitdir: nowhere\n");
	assert_null(git_repo_open(tree_path("sub"), &err));
	snprintf(message, sizeof(message), "%s/sub/.git does not lead to a git repository", tree_root());
	assert_string_equal(err.message, message);
	assert_int_equal(unlink(tree_path("sub/.git")), 0);
	assert_int_equal(mkfifo(tree_path("sub/.git"), 0644), 0);
	err.message[0] = '\0';
	struct git_repo *repo = git_repo_open(tree_path("sub"), &err);
	assert_non_null(repo);
	git_repo_close(repo);
	assert_int_equal(rename(tree_path(".git/HEAD"), tree_path(".git/TAIL")), 0);
	assert_null(git_repo_open(tree_root(), &err));
	snprintf(message, sizeof(message), "%s is not in a git repository", tree_root());
	assert_string_equal(err.message, message);
}

/* G7: nothing in the configuration is read. */
static void hostile_configuration(void **state)
{
	(void)state;
	repo_add("a.ts", "a");
	repo_commit(NULL);
	assert_int_equal(mkfifo(tree_path("fifo"), 0644), 0);
	tree_write(".git/config", "[core]\n\trepositoryformatversion = 1\n\tworktree = /etc\n\texcludesfile = ../fifo\n"
				  "[extensions]\n\tworktreeConfig = true\n\tpartialClone = origin\n\tnonsense = yes\n"
				  "[include]\n\tpath = ../fifo\n[broken");
	struct git_repo *repo = repo_opened();
	assert_tree(repo, "HEAD", "", "a.ts\n");
	git_repo_close(repo);
	/* A FIFO among the objects would block libgit2 itself. */
	assert_int_equal(mkfifo(tree_path(".git/objects/info/alternates"), 0644), 0);
	struct err err = { "" };
	assert_null(git_repo_open(tree_root(), &err));
	assert_non_null(strstr(err.message, "neither a file nor a folder"));
}

static void linked_work_tree(void **state)
{
	struct err err = { "" };
	git_worktree *linked;
	(void)state;
	repo_add("a.ts", "a");
	repo_commit(NULL);
	char path[256];
	snprintf(path, sizeof(path), "%s/linked", tree_root());
	assert_int_equal(git_worktree_add(&linked, repo_made(), "linked", path, NULL), 0);
	git_worktree_free(linked);
	struct git_repo *repo = git_repo_open(path, &err);
	assert_non_null(repo);
	assert_tree(repo, "HEAD", "", "a.ts\n");
	assert_tree(repo, "main", "", "a.ts\n");
	git_repo_close(repo);
}

static void assert_no_tree(struct git_repo *repo, const char *revision, const char *message)
{
	struct err err = { "" };
	assert_null(git_tree_source_open(repo, revision, STR(""), &err));
	assert_string_equal(err.message, message);
}

static void revisions(void **state)
{
	static const struct {
		const char *revision, *files;
	} cases[] = {
		{ "HEAD", "a.ts\nb.ts\nc.ts\n" },
		{ "@", "a.ts\nb.ts\nc.ts\n" },
		{ "main", "a.ts\nb.ts\nc.ts\n" },
		{ "heads/main", "a.ts\nb.ts\nc.ts\n" },
		{ "refs/heads/main", "a.ts\nb.ts\nc.ts\n" },
		{ "HEAD~1", "a.ts\nb.ts\n" },
		{ "HEAD~", "a.ts\nb.ts\n" },
		{ "HEAD^", "a.ts\nb.ts\n" },
		{ "HEAD^^", "a.ts\n" },
		{ "HEAD~2", "a.ts\n" },
		{ "HEAD~1^1", "a.ts\n" },
		{ "HEAD^0", "a.ts\nb.ts\nc.ts\n" },
		{ "v1", "a.ts\n" },
		{ "feature/x", "a.ts\nb.ts\n" },
		{ "origin/main", "a.ts\n" },
		{ "packed", "a.ts\n" },
	};
	(void)state;
	char text[512];
	repo_add("a.ts", "a");
	git_oid first = repo_commit(NULL);
	repo_add("b.ts", "b");
	git_oid second = repo_commit(&first);
	repo_add("c.ts", "c");
	git_oid third = repo_commit(&second);
	git_reference *ref;
	git_object *target;
	git_oid tag;
	git_signature *who;
	git_object_lookup(&target, repo_made(), &first, GIT_OBJECT_COMMIT);
	git_signature_now(&who, "A", "a@example.org");
	assert_int_equal(git_tag_create(&tag, repo_made(), "v1", target, who, "x", 0), 0);
	git_signature_free(who);
	git_object_free(target);
	assert_int_equal(git_reference_create(&ref, repo_made(), "refs/heads/feature/x", &second, 0, "x"), 0);
	git_reference_free(ref);
	assert_int_equal(git_reference_create(&ref, repo_made(), "refs/remotes/origin/main", &first, 0, "x"), 0);
	git_reference_free(ref);
	snprintf(text, sizeof(text), "# pack-refs with: peeled\n%s refs/heads/packed\n", git_oid_tostr_s(&first));
	tree_write(".git/packed-refs", text);
	struct git_repo *repo = repo_opened();
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_tree(repo, cases[i].revision, "", cases[i].files);
	char hex[41];
	git_oid_tostr(hex, sizeof(hex), &third);
	assert_tree(repo, hex, "", "a.ts\nb.ts\nc.ts\n");
	hex[10] = '\0';
	assert_tree(repo, hex, "", "a.ts\nb.ts\nc.ts\n");
	git_repo_close(repo);
}

static void wrong_revisions(void **state)
{
	static const char *const odd[] = { "--", ":/x((((", "refs/heads/../../config", "@{-1}", "", "main:a.ts",
		"../HEAD", "main..main", "config", "HEAD.lock", "refs/heads/main\n", "deadbee" };
	(void)state;
	struct git_repo *repo = repo_opened();
	assert_no_tree(repo, "HEAD", "the repository has no commit yet");
	repo_add("a.ts", "a");
	git_oid first = repo_commit(NULL);
	assert_no_tree(repo, "v9", "no commit or tag \"v9\"");
	assert_no_tree(repo, "HEAD~1", "\"HEAD~1\" has no such parent");
	assert_no_tree(repo, "HEAD^{/x((((}",
		"\"HEAD^{/x((((}\" is not the name of a commit: write a branch, a tag or "
		"a hash, with ~2 or ^2 behind it");
	for (size_t i = 0; i < COUNT(odd); i++) {
		struct err err = { "" };
		assert_null(git_tree_source_open(repo, odd[i], STR(""), &err));
		assert_non_null(strstr(err.message, "no commit or tag"));
	}
	tree_write(".git/shallow", git_oid_tostr_s(&first));
	assert_no_tree(repo, "v9",
		"no commit or tag \"v9\"; the clone is shallow: fetch the history (fetch-depth: 0, or "
		"git fetch "
		"--unshallow)");
	tree_write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
	assert_no_tree(repo, "loop",
		"no commit or tag \"loop\"; the clone is shallow: fetch the history (fetch-depth: 0, "
		"or git fetch --unshallow)");
	assert_int_equal(mkfifo(tree_path(".git/refs/heads/fifo"), 0644), 0);
	struct err err = { "" };
	assert_null(git_tree_source_open(repo, "fifo", STR(""), &err));
	git_repo_close(repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPO_TEST(opens_from_below),
		REPO_TEST(refuses_what_is_no_repository),
		REPO_TEST(hostile_configuration),
		REPO_TEST(linked_work_tree),
		REPO_TEST(revisions),
		REPO_TEST(wrong_revisions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
