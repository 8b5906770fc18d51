/* Trees, the index, and what differs between them. */
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

static void lists_a_tree_as_the_disk(void **state)
{
	(void)state;
	repo_add("b.ts", "");
	repo_add("a/z.go", "");
	repo_add("a-b.ts", "");
	repo_add("a.ts", "");
	repo_add("readme.md", "");
	repo_add("node_modules/x/index.js", "");
	repo_add(".storybook/main.ts", "");
	repo_add(".eslintrc.js", "");
	repo_add("LICENSE", "");
	tree_write("run", "#!/usr/bin/env node\n");
	chmod(tree_path("run"), 0755);
	repo_stage("run");
	assert_int_equal(symlink("a.ts", tree_path("link.ts")), 0);
	repo_stage("link.ts");
	repo_commit(NULL);
	struct git_repo *repo = repo_opened();
	assert_tree(repo, "HEAD", "", ".eslintrc.js\na-b.ts\na.ts\na/z.go\nb.ts\nlink.ts!skip/symlink\nrun\n");
	assert_tree(repo, "HEAD", "a", "z.go\n");
	assert_tree(repo, "HEAD", "not-there", "");
	assert_tree(repo, "HEAD", "a.ts", "");
	git_repo_close(repo);
}

static void reads_objects(void **state)
{
	struct err err = { "" };
	(void)state;
	char *big = malloc(SOURCE_MOST_BYTES + 2);
	memset(big, 'x', SOURCE_MOST_BYTES + 1);
	big[SOURCE_MOST_BYTES + 1] = '\0';
	repo_add("src/a.ts", "old");
	repo_add("big.ts", big);
	repo_add("utf16.ts", "\xFF\xFE"
			     "a");
	git_oid first = repo_commit(NULL);
	repo_add("src/a.ts", "new");
	repo_commit(&first);
	free(big);
	struct git_repo *repo = repo_opened();
	struct source *before = git_tree_source_open(repo, "HEAD~1", STR("src"), &err);
	struct source *after = git_tree_source_open(repo, "HEAD", STR(""), &err);
	assert_content(before, "a.ts", "old");
	assert_content(after, "src/a.ts", "new");
	assert_int_equal(reason_of(after, "big.ts"), SKIP_SIZE);
	assert_int_equal(reason_of(after, "utf16.ts"), SKIP_ENCODING);
	assert_int_equal(reason_of(after, "gone.ts"), SKIP_CHANGED);
	source_close(before);
	source_close(after);
	git_repo_close(repo);
}

static git_oid blob(const char *text)
{
	git_oid id;
	assert_int_equal(git_blob_create_from_buffer(&id, repo_made(), text, strlen(text)), 0);
	return id;
}

/* Writes a tree without libgit2's checks of its names. */
static git_oid raw_tree(const char *mode, const char *name, const git_oid *entry)
{
	char data[256];
	int length = snprintf(data, sizeof(data), "%s %s", mode, name) + 1;
	git_odb *odb;
	git_oid id;
	memcpy(data + length, entry->id, GIT_OID_RAWSZ);
	assert_int_equal(git_repository_odb(&odb, repo_made()), 0);
	assert_int_equal(git_odb_write(&id, odb, data, (size_t)length + GIT_OID_RAWSZ, GIT_OBJECT_TREE), 0);
	git_odb_free(odb);
	return id;
}

static void spoil(const git_oid *id)
{
	char hex[41], path[128];
	git_oid_tostr(hex, sizeof(hex), id);
	snprintf(path, sizeof(path), ".git/objects/%.2s/%s", hex, hex + 2);
	chmod(tree_path(path), 0644);
	tree_write(path, "spoilt");
}

/* G11 */
static void broken_objects(void **state)
{
	struct err err = { "" };
	(void)state;
	repo_add("a.ts", "spoilt one");
	repo_add("b.ts", "b");
	repo_add("dir/c.ts", "c");
	repo_commit(NULL);
	git_oid a = blob("spoilt one"), c = blob("c"), dir = raw_tree("100644", "c.ts", &c);
	spoil(&a);
	spoil(&dir);
	struct git_repo *repo = repo_opened();
	struct source *s = git_tree_source_open(repo, "HEAD", STR(""), &err);
	assert_lists(s, "a.ts\nb.ts\ndir!git/object\n");
	assert_int_equal(reason_of(s, "a.ts"), SKIP_OBJECT);
	assert_content(s, "b.ts", "b");
	source_close(s);
	git_repo_close(repo);
}

/* G13 */
static void hostile_trees(void **state)
{
	static const char *const names[] = { ".git", "..", "../x.ts", ".GIT", "." };
	(void)state;
	git_oid content = blob("x"), inner = raw_tree("100644", "x.ts", &content);
	struct git_repo *repo = repo_opened();
	char message[64];
	for (size_t i = 0; i < COUNT(names); i++) {
		git_oid tree = raw_tree(strchr(names[i], 'x') ? "100644" : "40000", names[i], &inner);
		snprintf(message, sizeof(message), "refs/heads/odd%zu", i);
		repo_commit_tree(message, &tree, NULL, 0);
		assert_tree(repo, message, "", "");
	}
	git_oid deep = inner;
	for (int i = 0; i < 1000; i++)
		deep = raw_tree("40000", "d", &deep);
	repo_commit_tree("refs/heads/deep", &deep, NULL, 0);
	struct err err = { "" };
	struct source_files files = { 0 };
	struct source *s = git_tree_source_open(repo, "deep", STR(""), &err);
	assert_true(source_list(s, &files, &err));
	assert_int_equal(files.list.count, 1);
	assert_int_equal(files.list.items[0].skip, SKIP_DEPTH);
	source_files_release(&files);
	source_close(s);
	git_repo_close(repo);
}

static void lists_the_index(void **state)
{
	struct err err = { "" };
	(void)state;
	struct git_repo *repo = repo_opened();
	struct source *s = git_index_source_open(repo, STR(""), &err);
	assert_lists(s, "");
	source_close(s);
	repo_add("svc/a.ts", "staged");
	repo_add("b.ts", "");
	repo_add("node_modules/b.js", "");
	tree_write("svc/a.ts", "edited since");
	tree_write("svc/new.ts", "");
	s = git_index_source_open(repo, STR(""), &err);
	assert_lists(s, "b.ts\nsvc/a.ts\n");
	assert_content(s, "svc/a.ts", "staged");
	source_close(s);
	s = git_index_source_open(repo, STR("svc"), &err);
	assert_lists(s, "a.ts\n");
	source_close(s);
	git_repo_close(repo);
}

/* G15 */
static void index_named_by_a_hook(void **state)
{
	struct err err = { "" };
	(void)state;
	repo_add("a.ts", "");
	assert_int_equal(rename(tree_path(".git/index"), tree_path(".git/next-index-1.lock")), 0);
	repo_add("b.ts", "");
	struct git_repo *repo = repo_opened();
	setenv("GIT_INDEX_FILE", ".git/next-index-1.lock", 1);
	struct source *s = git_index_source_open(repo, STR(""), &err);
	if (!s)
		fail_msg("%s", err.message);
	assert_lists(s, "a.ts\n");
	source_close(s);
	setenv("GIT_INDEX_FILE", "/etc/passwd", 1);
	assert_null(git_index_source_open(repo, STR(""), &err));
	assert_string_equal(err.message, "GIT_INDEX_FILE: /etc/passwd is not in the repository");
	unsetenv("GIT_INDEX_FILE");
	tree_write(".git/index", "DIRC garbage");
	err.message[0] = '\0';
	assert_null(git_index_source_open(repo, STR(""), &err));
	assert_non_null(strstr(err.message, "not an index that can be read"));
	git_repo_close(repo);
}

static void merge_base(void **state)
{
	struct err err = { "" };
	char out[41];
	(void)state;
	repo_add("a.ts", "1");
	git_oid base = repo_commit(NULL);
	repo_add("a.ts", "2");
	repo_commit(&base);
	repo_add("a.ts", "3");
	repo_commit_on("refs/heads/other", &base);
	repo_commit_on("refs/heads/alien", NULL);
	struct git_repo *repo = repo_opened();
	assert_true(git_repo_merge_base(repo, "other", out, &err));
	assert_string_equal(out, git_oid_tostr_s(&base));
	assert_false(git_repo_merge_base(repo, "alien", out, &err));
	assert_string_equal(err.message, "\"alien\" and HEAD have no common commit");
	git_repo_close(repo);
}

static void assert_changed(struct git_repo *repo, const char *below, const char *expected)
{
	struct err err = { "" };
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct str *paths;
	uint32_t count;
	if (!git_changed_paths(repo, "HEAD", str_from(below), &a, &paths, &count, &err))
		fail_msg("%s", err.message);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&out, "%.*s\n", STR_ARG(paths[i]));
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
	arena_release(&a);
}

static void changed_paths(void **state)
{
	(void)state;
	repo_add("same.ts", "same\n");
	repo_add("crlf.ts", "one\ntwo\n");
	repo_add("edited.ts", "old");
	repo_add("deleted.ts", "x");
	repo_add("svc/edited.go", "old");
	repo_add("tracked.ts", "ignored by a later rule");
	assert_int_equal(symlink("same.ts", tree_path("link.ts")), 0);
	repo_stage("link.ts");
	repo_commit(NULL);
	struct git_repo *repo = repo_opened();
	assert_changed(repo, "", "");
	tree_write(".gitignore", "tracked.ts\nignored.ts\n");
	tree_write("crlf.ts", "one\r\ntwo\r\n");
	/* The same size, within the same second. */
	tree_write("edited.ts", "new");
	tree_write("svc/edited.go", "package");
	tree_write("new.ts", "");
	tree_write("ignored.ts", "");
	tree_write("readme.md", "");
	unlink(tree_path("deleted.ts"));
	assert_changed(repo, "", "deleted.ts\nedited.ts\nnew.ts\nsvc/edited.go\n");
	assert_changed(repo, "svc", "edited.go\n");
	git_repo_close(repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REPO_TEST(lists_a_tree_as_the_disk),
		REPO_TEST(reads_objects),
		REPO_TEST(broken_objects),
		REPO_TEST(hostile_trees),
		REPO_TEST(lists_the_index),
		REPO_TEST(index_named_by_a_hook),
		REPO_TEST(merge_base),
		REPO_TEST(changed_paths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
