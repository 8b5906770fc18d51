/* Ignore files, as git reads them. */
#include "source/disk.h"
#include "source/wildmatch.h"
#include "tree.h"
#include "unit/sources.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

/*
 * A .gitignore at the root, a file, and what `git check-ignore --no-index` says of it.
 */
static const struct {
	const char *rules, *path;
	bool ignored;
} ignore_cases[] = {
	{ "a.ts", "a.ts", true },
	{ "a.ts", "x/a.ts", true },
	{ "a.ts", "ba.ts", false },
	{ "/a.ts", "a.ts", true },
	{ "/a.ts", "x/a.ts", false },
	{ "x/a.ts", "x/a.ts", true },
	{ "x/a.ts", "y/x/a.ts", false },
	{ "*.ts", "x/a.ts", true },
	{ "*.ts", "x/a.tsx", false },
	{ "*.min.ts", "a.min.ts", true },
	{ "*.ts\n!a.ts", "a.ts", false },
	{ "!a.ts\n*.ts", "a.ts", true },
	{ "*.ts\n!x/a.ts", "x/a.ts", false },
	{ "*.ts\n!x/a.ts", "a.ts", true },
	{ "x/\n!x/a.ts", "x/a.ts", true },
	{ "x/*\n!x/a.ts", "x/a.ts", false },
	{ "x/*\n!x/a.ts", "x/b.ts", true },
	{ "x/", "x/a.ts", true },
	{ "x/", "y/x/a.ts", true },
	{ "/x/", "y/x/a.ts", false },
	{ "x.ts/", "x.ts", false },
	{ "x", "x/a.ts", true },
	{ "x/*.ts", "x/a.ts", true },
	{ "x/*.ts", "x/y/a.ts", false },
	{ "x/**", "x/y/a.ts", true },
	{ "x/**/a.ts", "x/a.ts", true },
	{ "x/**/a.ts", "x/y/z/a.ts", true },
	{ "x/**/a.ts", "x/y/z/ba.ts", false },
	{ "**/y/a.ts", "y/a.ts", true },
	{ "**/y/a.ts", "x/y/a.ts", true },
	{ "**/y/a.ts", "x/yy/a.ts", false },
	{ "x/**y/a.ts", "x/zy/a.ts", true },
	{ "x/**y/a.ts", "x/z/y/a.ts", false },
	{ "**", "a.ts", true },
	{ "*", "x/a.ts", true },
	{ "*\n!*/\n!*.ts", "x/a.ts", false },
	{ "*\n!*/\n!*.ts", "x/a.js", true },
	{ "?.ts", "a.ts", true },
	{ "?.ts", "ab.ts", false },
	{ "x?a.ts", "x/a.ts", false },
	{ "[ab].ts", "a.ts", true },
	{ "[!ab].ts", "a.ts", false },
	{ "[^ab].ts", "c.ts", true },
	{ "[a-c].ts", "b.ts", true },
	{ "[a-c].ts", "d.ts", false },
	{ "[]a].ts", "].ts", true },
	{ "[a-].ts", "-.ts", true },
	{ "[[:digit:]]*.ts", "1a.ts", true },
	{ "[[:digit:]]*.ts", "a1.ts", false },
	{ "[\\]].ts", "].ts", true },
	{ "[ab.ts", "[ab.ts", false },
	{ "x[/]a.ts", "x/a.ts", false },
	{ "\\*.ts", "*.ts", true },
	{ "\\*.ts", "a.ts", false },
	{ "#a.ts", "#a.ts", false },
	{ "\\#a.ts", "#a.ts", true },
	{ "\\!a.ts", "!a.ts", true },
	{ "a.ts\\", "a.ts", false },
	{ "a.ts  ", "a.ts", true },
	{ "a.ts\\ ", "a.ts", false },
	{ "a.ts\r", "a.ts", true },
	{ "\xEF\xBB\xBF"
	  "a.ts",
		"a.ts", true },
	{ "/", "a.ts", false },
	{ "!", "a.ts", false },
	{ "\n\n# nothing\n", "a.ts", false },
	{ "a*b*c.ts", "axbxc.ts", true },
	{ "a*b*c.ts", "axcxb.ts", false },
	{ "*a*/b.ts", "xax/b.ts", true },
	{ "**/*a/*b/c.ts", "q/xa/xb/c.ts", true },
	{ "**/a*b/**/c.ts", "ax/ayb/z/c.ts", true },
	{ "x/y", "x/y/a.ts", true },
	{ "bin", "bin.ts", false },
};

static void ignore_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ignore_cases); i++) {
		struct err err = { "" };
		tree_begin();
		tree_write(".gitignore", ignore_cases[i].rules);
		tree_write(ignore_cases[i].path, "");
		struct source *s = disk_source_open(tree_root(), NULL, 0, &err);
		struct buf out = source_text(s);
		if ((out.len == 0) != ignore_cases[i].ignored)
			fail_msg("%s on %s: %s", ignore_cases[i].rules, ignore_cases[i].path, buf_cstr(&out));
		buf_release(&out);
		source_close(s);
		tree_end();
	}
}

static void ignore_files_of_folders(void **state)
{
	(void)state;
	tree_write("keep.ts", "");
	tree_write(".gitignore", "*.gen.ts\n/only-top.ts\nlogs/\n");
	tree_write("only-top.ts", "");
	tree_write("a.gen.ts", "");
	tree_write("pkg/.gitignore", "!a.gen.ts\n/b.ts\nsub/c.ts\n");
	tree_write("pkg/a.gen.ts", "");
	tree_write("pkg/b.ts", "");
	tree_write("pkg/only-top.ts", "");
	tree_write("pkg/sub/b.ts", "");
	tree_write("pkg/sub/c.ts", "");
	tree_write("other/sub/c.ts", "");
	tree_write("logs/.gitignore", "!*\n");
	tree_write("logs/a.ts", "");
	tree_write("package.json", "{}");
	tree_write("other/.gitignore", "package.json\n");
	tree_write("other/package.json", "{}");
	assert_disk_lists(
		NULL, 0, "keep.ts\nother/sub/c.ts\npackage.json\npkg/a.gen.ts\npkg/only-top.ts\npkg/sub/b.ts\n");
	/* What is asked for is not ignored itself, the rest still is. */
	const struct str named[] = { STR("logs"), STR("pkg/b.ts"), STR("./pkg/sub/") };
	assert_disk_lists(named, 3, "logs/a.ts\npkg/b.ts\npkg/sub/b.ts\n");
}

static void ignore_files_of_the_repository(void **state)
{
	(void)state;
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write(".git/objects/keep", "");
	tree_write(".git/info/exclude", "excluded.ts\n");
	tree_write(".gitignore", "*.top.ts\n/svc/anchored.ts\n!kept.top.ts\n");
	tree_write("svc/.gitignore", "mine.ts\n");
	tree_write("svc/api/a.ts", "");
	tree_write("svc/api/excluded.ts", "");
	tree_write("svc/api/x.top.ts", "");
	tree_write("svc/api/kept.top.ts", "");
	tree_write("svc/api/mine.ts", "");
	tree_write("svc/anchored.ts", "");
	tree_write("svc/submodule/.git", "gitdir: ../../.git/modules/x\n");
	tree_write("svc/submodule/a.ts", "");
	struct err err = { "" };
	struct source *s = disk_source_open(tree_path("svc"), NULL, 0, &err);
	struct buf out = source_text(s);
	assert_string_equal(buf_cstr(&out), "api/a.ts\napi/kept.top.ts\n");
	buf_release(&out);
	source_close(s);
}

/* Of files that are not there, too: what an import leads to may be made by a build. */
static void ignored_paths(void **state)
{
	(void)state;
	tree_write(".gitignore", "*.gen.ts\n/dist/\nlogs/\n");
	tree_write("pkg/.gitignore", "!a.gen.ts\n/b.ts\nsub/c.ts\n");
	tree_write("pkg/sub/keep.ts", "");
	static const struct {
		const char *path;
		bool ignored;
	} cases[] = {
		{ "a.ts", false },
		{ "a.gen.ts", true },
		{ "dist/index.js", true },
		{ "dist", false }, /* the pattern is for folders */
		{ "pkg/a.gen.ts", false },
		{ "pkg/dist/index.js", false },
		{ "pkg/sub/c.ts", true },
		{ "pkg/sub/none/at/all/x.gen.ts", true },
		{ "pkg/sub/none/at/all/x.ts", false },
		{ "pkg/b.ts", true },
		{ "other/b.ts", false },
		{ "other/logs/deep/b.ts", true },
		{ "pkg/sub/c.ts", true },
	};
	struct err err = { "" };
	struct source *s = disk_source_open(tree_root(), NULL, 0, &err);
	for (size_t i = 0; i < COUNT(cases); i++)
		if (source_ignores(s, str_from(cases[i].path)) != cases[i].ignored)
			fail_msg("%s", cases[i].path);
	source_close(s);
}

static void patterns_are_not_exponential(void **state)
{
	struct buf pattern = { 0 }, path = { 0 };
	uint64_t steps = 0;
	(void)state;
	add_repeated(&pattern, "a*", 100);
	buf_add_char(&pattern, 'b');
	add_repeated(&path, "a", 250);
	assert_false(wildmatch(buf_str(&pattern), buf_str(&path), &steps));
	assert_in_range(steps, 1, 100 * 250 * 2);
	buf_clear(&pattern);
	buf_clear(&path);
	add_repeated(&pattern, "**/a*a*a/", 20);
	buf_add_char(&pattern, 'b');
	add_repeated(&path, "aaaaaaaaaaaa/", 200);
	buf_add_char(&path, 'c');
	steps = 0;
	assert_false(wildmatch(buf_str(&pattern), buf_str(&path), &steps));
	assert_in_range(steps, 1, 1000 * 1000);
	buf_release(&pattern);
	buf_release(&path);
}

int main(void)
{
	/* The user's own ignore file must not matter. */
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ignore_rules),
		TREE_TEST(ignore_files_of_folders),
		TREE_TEST(ignore_files_of_the_repository),
		TREE_TEST(ignored_paths),
		cmocka_unit_test(patterns_are_not_exponential),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
