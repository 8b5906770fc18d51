#include "git/git.h"

#include <dirent.h>
#include <fcntl.h>
#include <git2.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* --- a repository that is made for one test through libgit2, and removed after it --- */

static char root[64];
static git_repository *made;

static int make_repository(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/bylaw-git-XXXXXX");
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	unsetenv("GIT_INDEX_FILE");
	git_libgit2_init();
	git_repository_init_options options;
	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_MKPATH;
	options.initial_head = "main";
	return mkdtemp(root) && git_repository_init_ext(&made, root, &options) == 0 ? 0 : -1;
}

static void empty_folder(int parent, const char *name)
{
	DIR *stream = fdopendir(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
	assert_non_null(stream);
	for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type == DT_DIR)
			empty_folder(dirfd(stream), entry->d_name);
		unlinkat(dirfd(stream), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
	}
	closedir(stream);
}

static int remove_repository(void **state)
{
	(void)state;
	git_repository_free(made);
	git_libgit2_shutdown();
	empty_folder(AT_FDCWD, root);
	return rmdir(root);
}

/* Valid until the next but one. */
static const char *in_root(const char *path)
{
	static char full[2][4096];
	static int turn;
	turn = !turn;
	snprintf(full[turn], sizeof(full[turn]), "%s/%s", root, path);
	return full[turn];
}

static void put(const char *path, const char *text)
{
	char full[4096];
	snprintf(full, sizeof(full), "%s", in_root(path));
	for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
	FILE *f = fopen(full, "wb");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void stage(const char *path)
{
	git_index *index;
	assert_int_equal(git_repository_index(&index, made), 0);
	assert_int_equal(git_index_add_bypath(index, path), 0);
	assert_int_equal(git_index_write(index), 0);
	git_index_free(index);
}

static void add(const char *path, const char *text)
{
	put(path, text);
	stage(path);
}

/* Commits a tree to a reference (NULL for none), with parents. */
static git_oid commit_tree(const char *ref, const git_oid *tree_id, const git_oid *const *parents, size_t count)
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
	const git_commit *const given[2] = { commits[0], commits[1] };
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 8
	git_commit *const *list = commits;
	(void)given;
#else
	const git_commit *list[2] = { given[0], given[1] };
#endif
	assert_int_equal(git_commit_create(&id, made, ref, who, who, NULL, "x", tree, count, list), 0);
	git_commit_free(commits[0]);
	git_commit_free(commits[1]);
	git_tree_free(tree);
	git_signature_free(who);
	return id;
}

/* Commits the index on a branch. */
static git_oid commit_on(const char *ref, const git_oid *parent)
{
	git_index *index;
	git_oid tree;
	assert_int_equal(git_repository_index(&index, made), 0);
	assert_int_equal(git_index_write_tree(&tree, index), 0);
	git_index_free(index);
	return commit_tree(ref, &tree, &parent, parent ? 1 : 0);
}

static git_oid commit(const git_oid *parent)
{
	return commit_on("HEAD", parent);
}

static struct git_repo *opened(void)
{
	struct err err = { "" };
	struct git_repo *repo = git_repo_open(root, &err);
	if (!repo)
		fail_msg("%s", err.message);
	return repo;
}

static void assert_lists(struct source *s, const char *expected)
{
	struct source_files files = { 0 };
	struct err err = { "" };
	struct buf out = { 0 };
	assert_non_null(s);
	assert_true(source_list(s, &files, &err));
	for (uint32_t i = 0; i < files.list.count; i++) {
		const struct source_file *f = &files.list.items[i];
		buf_printf(&out, "%.*s%s%s\n", STR_ARG(f->path), f->skip ? "!" : "", skip_reason_text(f->skip));
	}
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
	source_files_release(&files);
}

static void assert_tree(struct git_repo *repo, const char *revision, const char *below, const char *expected)
{
	struct err err = { "" };
	struct source *s = git_tree_source_open(repo, revision, str_from(below), &err);
	if (!s)
		fail_msg("%s", err.message);
	assert_lists(s, expected);
	source_close(s);
}

static void assert_no_tree(struct git_repo *repo, const char *revision, const char *message)
{
	struct err err = { "" };
	assert_null(git_tree_source_open(repo, revision, STR(""), &err));
	assert_string_equal(err.message, message);
}

static void assert_content(struct source *s, const char *path, const char *text)
{
	struct buf bytes = { 0 };
	struct source_file file = { .path = str_from(path) };
	assert_int_equal(source_read(s, &file, &bytes), SKIP_NONE);
	assert_string_equal(buf_cstr(&bytes), text);
	buf_release(&bytes);
}

static enum skip_reason reason_of(struct source *s, const char *path)
{
	struct buf bytes = { 0 };
	struct source_file file = { .path = str_from(path) };
	enum skip_reason reason = source_read(s, &file, &bytes);
	assert_true(reason == SKIP_NONE || bytes.len == 0);
	buf_release(&bytes);
	return reason;
}

/* --- opening --- */

static void opens_from_below(void **state)
{
	struct err err = { "" };
	char real[4096];
	(void)state;
	put("a/b/c.ts", "");
	struct git_repo *repo = git_repo_open(in_root("a/b"), &err);
	assert_non_null(repo);
	assert_non_null(realpath(root, real));
	assert_true(str_is(git_repo_root(repo), real));
	git_repo_close(repo);
	repo = git_repo_open(in_root("a/b/c.ts"), &err);
	assert_non_null(repo);
	git_repo_close(repo);
}

static void refuses_what_is_no_repository(void **state)
{
	struct err err = { "" };
	char message[256];
	(void)state;
	put("sub/.git", "gitdir: nowhere\n");
	assert_null(git_repo_open(in_root("sub"), &err));
	snprintf(message, sizeof(message), "%s/sub/.git does not lead to a git repository", root);
	assert_string_equal(err.message, message);
	assert_int_equal(unlink(in_root("sub/.git")), 0);
	assert_int_equal(mkfifo(in_root("sub/.git"), 0644), 0);
	err.message[0] = '\0';
	struct git_repo *repo = git_repo_open(in_root("sub"), &err);
	assert_non_null(repo);
	git_repo_close(repo);
	assert_int_equal(rename(in_root(".git/HEAD"), in_root(".git/TAIL")), 0);
	assert_null(git_repo_open(root, &err));
	snprintf(message, sizeof(message), "%s is not in a git repository", root);
	assert_string_equal(err.message, message);
}

/* G7: nothing in the configuration is read. */
static void hostile_configuration(void **state)
{
	(void)state;
	add("a.ts", "a");
	commit(NULL);
	assert_int_equal(mkfifo(in_root("fifo"), 0644), 0);
	put(".git/config", "[core]\n\trepositoryformatversion = 1\n\tworktree = /etc\n\texcludesfile = ../fifo\n"
			   "[extensions]\n\tworktreeConfig = true\n\tpartialClone = origin\n\tnonsense = yes\n"
			   "[include]\n\tpath = ../fifo\n[broken");
	struct git_repo *repo = opened();
	assert_tree(repo, "HEAD", "", "a.ts\n");
	git_repo_close(repo);
	/* A FIFO among the objects would block libgit2 itself. */
	assert_int_equal(mkfifo(in_root(".git/objects/info/alternates"), 0644), 0);
	struct err err = { "" };
	assert_null(git_repo_open(root, &err));
	assert_non_null(strstr(err.message, "neither a file nor a folder"));
}

static void linked_work_tree(void **state)
{
	struct err err = { "" };
	git_worktree *linked;
	(void)state;
	add("a.ts", "a");
	commit(NULL);
	char path[256];
	snprintf(path, sizeof(path), "%s/linked", root);
	assert_int_equal(git_worktree_add(&linked, made, "linked", path, NULL), 0);
	git_worktree_free(linked);
	struct git_repo *repo = git_repo_open(path, &err);
	assert_non_null(repo);
	assert_tree(repo, "HEAD", "", "a.ts\n");
	assert_tree(repo, "main", "", "a.ts\n");
	git_repo_close(repo);
}

/* --- revisions --- */

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
	add("a.ts", "a");
	git_oid first = commit(NULL);
	add("b.ts", "b");
	git_oid second = commit(&first);
	add("c.ts", "c");
	git_oid third = commit(&second);
	git_reference *ref;
	git_object *target;
	git_oid tag;
	git_signature *who;
	git_object_lookup(&target, made, &first, GIT_OBJECT_COMMIT);
	git_signature_now(&who, "A", "a@example.org");
	assert_int_equal(git_tag_create(&tag, made, "v1", target, who, "x", 0), 0);
	git_signature_free(who);
	git_object_free(target);
	assert_int_equal(git_reference_create(&ref, made, "refs/heads/feature/x", &second, 0, "x"), 0);
	git_reference_free(ref);
	assert_int_equal(git_reference_create(&ref, made, "refs/remotes/origin/main", &first, 0, "x"), 0);
	git_reference_free(ref);
	snprintf(text, sizeof(text), "# pack-refs with: peeled\n%s refs/heads/packed\n", git_oid_tostr_s(&first));
	put(".git/packed-refs", text);
	struct git_repo *repo = opened();
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
	struct git_repo *repo = opened();
	assert_no_tree(repo, "HEAD", "the repository has no commit yet");
	add("a.ts", "a");
	git_oid first = commit(NULL);
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
	put(".git/shallow", git_oid_tostr_s(&first));
	assert_no_tree(repo, "v9",
		"no commit or tag \"v9\"; the clone is shallow: fetch the history (fetch-depth: 0, or "
		"git fetch "
		"--unshallow)");
	put(".git/refs/heads/loop", "ref: refs/heads/loop\n");
	assert_no_tree(repo, "loop",
		"no commit or tag \"loop\"; the clone is shallow: fetch the history (fetch-depth: 0, "
		"or git fetch --unshallow)");
	assert_int_equal(mkfifo(in_root(".git/refs/heads/fifo"), 0644), 0);
	struct err err = { "" };
	assert_null(git_tree_source_open(repo, "fifo", STR(""), &err));
	git_repo_close(repo);
}

/* --- trees --- */

static void lists_a_tree_as_the_disk(void **state)
{
	(void)state;
	add("b.ts", "");
	add("a/z.go", "");
	add("a-b.ts", "");
	add("a.ts", "");
	add("readme.md", "");
	add("node_modules/x/index.js", "");
	add(".storybook/main.ts", "");
	add(".eslintrc.js", "");
	add("LICENSE", "");
	put("run", "#!/usr/bin/env node\n");
	chmod(in_root("run"), 0755);
	stage("run");
	assert_int_equal(symlink("a.ts", in_root("link.ts")), 0);
	stage("link.ts");
	commit(NULL);
	struct git_repo *repo = opened();
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
	add("src/a.ts", "old");
	add("big.ts", big);
	add("utf16.ts", "\xFF\xFE"
			"a");
	git_oid first = commit(NULL);
	add("src/a.ts", "new");
	commit(&first);
	free(big);
	struct git_repo *repo = opened();
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
	assert_int_equal(git_blob_create_from_buffer(&id, made, text, strlen(text)), 0);
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
	assert_int_equal(git_repository_odb(&odb, made), 0);
	assert_int_equal(git_odb_write(&id, odb, data, (size_t)length + GIT_OID_RAWSZ, GIT_OBJECT_TREE), 0);
	git_odb_free(odb);
	return id;
}

static void spoil(const git_oid *id)
{
	char hex[41], path[128];
	git_oid_tostr(hex, sizeof(hex), id);
	snprintf(path, sizeof(path), ".git/objects/%.2s/%s", hex, hex + 2);
	chmod(in_root(path), 0644);
	put(path, "spoilt");
}

/* G11 */
static void broken_objects(void **state)
{
	struct err err = { "" };
	(void)state;
	add("a.ts", "spoilt one");
	add("b.ts", "b");
	add("dir/c.ts", "c");
	commit(NULL);
	git_oid a = blob("spoilt one"), c = blob("c"), dir = raw_tree("100644", "c.ts", &c);
	spoil(&a);
	spoil(&dir);
	struct git_repo *repo = opened();
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
	struct git_repo *repo = opened();
	char message[64];
	for (size_t i = 0; i < COUNT(names); i++) {
		git_oid tree = raw_tree(strchr(names[i], 'x') ? "100644" : "40000", names[i], &inner);
		snprintf(message, sizeof(message), "refs/heads/odd%zu", i);
		commit_tree(message, &tree, NULL, 0);
		assert_tree(repo, message, "", "");
	}
	git_oid deep = inner;
	for (int i = 0; i < 1000; i++)
		deep = raw_tree("40000", "d", &deep);
	commit_tree("refs/heads/deep", &deep, NULL, 0);
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

/* --- the index --- */

static void lists_the_index(void **state)
{
	struct err err = { "" };
	(void)state;
	struct git_repo *repo = opened();
	struct source *s = git_index_source_open(repo, STR(""), &err);
	assert_lists(s, "");
	source_close(s);
	add("svc/a.ts", "staged");
	add("b.ts", "");
	add("node_modules/b.js", "");
	put("svc/a.ts", "edited since");
	put("svc/new.ts", "");
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
	add("a.ts", "");
	assert_int_equal(rename(in_root(".git/index"), in_root(".git/next-index-1.lock")), 0);
	add("b.ts", "");
	struct git_repo *repo = opened();
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
	put(".git/index", "DIRC garbage");
	err.message[0] = '\0';
	assert_null(git_index_source_open(repo, STR(""), &err));
	assert_non_null(strstr(err.message, "not an index that can be read"));
	git_repo_close(repo);
}

/* --- comparisons --- */

static void merge_base(void **state)
{
	struct err err = { "" };
	char out[41];
	(void)state;
	add("a.ts", "1");
	git_oid base = commit(NULL);
	add("a.ts", "2");
	commit(&base);
	add("a.ts", "3");
	commit_on("refs/heads/other", &base);
	commit_on("refs/heads/alien", NULL);
	struct git_repo *repo = opened();
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
	add("same.ts", "same\n");
	add("crlf.ts", "one\ntwo\n");
	add("edited.ts", "old");
	add("deleted.ts", "x");
	add("svc/edited.go", "old");
	add("tracked.ts", "ignored by a later rule");
	assert_int_equal(symlink("same.ts", in_root("link.ts")), 0);
	stage("link.ts");
	commit(NULL);
	struct git_repo *repo = opened();
	assert_changed(repo, "", "");
	put(".gitignore", "tracked.ts\nignored.ts\n");
	put("crlf.ts", "one\r\ntwo\r\n");
	/* The same size, within the same second. */
	put("edited.ts", "new");
	put("svc/edited.go", "package");
	put("new.ts", "");
	put("ignored.ts", "");
	put("readme.md", "");
	unlink(in_root("deleted.ts"));
	assert_changed(repo, "", "deleted.ts\nedited.ts\nnew.ts\nsvc/edited.go\n");
	assert_changed(repo, "svc", "edited.go\n");
	git_repo_close(repo);
}

int main(void)
{
#define IN_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, make_repository, remove_repository)
	const struct CMUnitTest tests[] = {
		IN_REPOSITORY(opens_from_below),
		IN_REPOSITORY(refuses_what_is_no_repository),
		IN_REPOSITORY(hostile_configuration),
		IN_REPOSITORY(linked_work_tree),
		IN_REPOSITORY(revisions),
		IN_REPOSITORY(wrong_revisions),
		IN_REPOSITORY(lists_a_tree_as_the_disk),
		IN_REPOSITORY(reads_objects),
		IN_REPOSITORY(broken_objects),
		IN_REPOSITORY(hostile_trees),
		IN_REPOSITORY(lists_the_index),
		IN_REPOSITORY(index_named_by_a_hook),
		IN_REPOSITORY(merge_base),
		IN_REPOSITORY(changed_paths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
