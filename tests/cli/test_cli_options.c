/* Words on the command line: group C of the bad-input list. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_version_and_help(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[3];
		const char *says;
	} rows[] = {
		{ { "--version" }, "bylaw 0." },
		{ { "-V" }, "bylaw 0." },
		{ { "--help" }, "bylaw check" },
		{ { "help" }, "bylaw explain" },
		{ { "check", "--help" }, "--fail-on" },
		{ { "check", "src", "-h" }, "--fail-on" },
		{ { "explain", "--help" }, "bylaw explain  RULE" },
		{ { "why", "-h" }, "how a file is seen" },
		{ { "config", "--help" }, "check|show|schema" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, a[0], a[1], a[2], NULL);
		expect_outcome(&o, 0, rows[i].says, NULL);
		assert_int_equal(o.err.len, 0);
		outcome_release(&o);
	}
	struct outcome o = run_bylaw(NULL, NULL);
	expect_outcome(&o, 2, NULL, "bylaw check");
	assert_int_equal(o.out.len, 0);
	outcome_release(&o);
}

static void test_findings_go_to_stdout_and_the_rest_to_stderr(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, GOOD_FINDING, "read 2 files");
	assert_lacks(o.out, "read ");
	assert_lacks(o.err, "good.ts");
	outcome_release(&o);
}

/* TypeScript and TSX are one language to people. */
static void test_the_completeness_line_counts_languages(void **state)
{
	(void)state;
	tree_write("src/view.tsx", "export const a = 1;\n");
	tree_write("src/b.js", "export const b = 1;\n");
	tree_write("go/main.go", "package main\n");
	tree_write_bytes("src/binary.ts", "a\0b", 3);
	check_says(NULL, NULL, 1, NULL, "(JavaScript 1, TypeScript 2, Go 1, JSON 1); 0 partly parsed, 1 skipped\n");
	check_says("--stats", NULL, 1, NULL, "phase parse");
}

static void test_fail_on(void **state)
{
	(void)state;
	static const struct {
		const char *config, *fail_on;
		int status;
	} rows[] = {
		{ "rules: { node/no-console: error }", "error", 1 },
		{ "rules: { node/no-console: warning }", "error", 0 },
		{ "rules: { node/no-console: warning }", "warning", 1 },
		{ "rules: { node/no-console: note }", "warning", 0 },
		{ "rules: { node/no-console: note }", "note", 1 },
		{ "rules: { node/no-console: off }", "note", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write("bylaw.yaml", rows[i].config);
		check_says("--fail-on", rows[i].fail_on, rows[i].status, NULL, NULL);
	}
}

/* C1, C2, C26: wrong words. The message names the word and what there is instead. */
static void test_mistakes_on_the_command_line(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[4];
		const char *says;
	} rows[] = {
		{ { "chekc" }, "there is no command \"chekc\"; did you mean \"check\"?" },
		{ { "launch" }, "there is no command \"launch\"; see bylaw --help" },
		{ { "check", "--fail-no=error" }, "there is no option --fail-no=error; did you mean --fail-on?" },
		{ { "check", "--frobnicate" }, "there is no option --frobnicate; see bylaw check --help" },
		{ { "check", "-x" }, "there is no option -x" },
		{ { "check", "--strict", "-xo" }, "there is no option -x" },
		{ { "check", "--strict=1" }, "--strict takes no value" },
		{ { "check", "--help=1" }, "--help takes no value" },
		{ { "check", "-o" }, "-o needs a value" },
		{ { "check", "--base" }, "--base needs a value" },
		{ { "check", "--fail-on", "fatal" }, "error, warning or note" },
		{ { "check", "-j", "0" }, "from 1 on" },
		{ { "check", "-j", "-1" }, "from 1 on" },
		{ { "check", "-j", "abc" }, "from 1 on" },
		{ { "check", "-j", "2x" }, "from 1 on" },
		{ { "check", "-j", "" }, "from 1 on" },
		{ { "check", "-o", "xml" }, "text, concise, json, sarif" },
		{ { "check", "-o", "sarif=" }, "-o sarif= names no file" },
		{ { "check", "-otext", "-oconcise" }, "two reports cannot both go to stdout" },
		{ { "check", "-ojson=a", "-osarif=a" }, "two reports cannot both go to a" },
		{ { "check", "--rule", "node/no-consle" }, "did you mean \"node/no-console\"?" },
		{ { "check", "--rule", "" }, "bylaw rules lists them" },
		{ { "check", "--clause", "99" }, "no rule checks clause \"99\"" },
		{ { "check", "--color", "red" }, "always, never or auto" },
		{ { "check", "src/missing.ts" }, "src/missing.ts: no such file or folder" },
		{ { "check", "" }, "an empty path names nothing" },
		{ { "check", "src", "" }, "an empty path names nothing" },
		{ { "check", "src", "missing" }, "missing: no such file or folder" },
		{ { "check", "src/good.ts/" }, "src/good.ts/: Not a directory" },
		{ { "check", "src", "/etc/passwd" }, "/etc/passwd lies outside the project" },
		{ { "check", "\x1b[31m\n\xff" }, "\\x1b[31m\\x0a\\xff: no such file" },
		{ { "check", "--config", "missing.yaml" }, "missing.yaml: No such file" },
		{ { "check", "--base", "main" }, "is not in a git repository" },
		{ { "explain", "node/no-consol" }, "did you mean \"node/no-console\"?" },
		{ { "explain", "quite/different" }, "bylaw rules lists them" },
		{ { "explain" }, "takes a rule" },
		{ { "rules", "all" }, "takes no arguments" },
		{ { "config" }, "bylaw config check" },
		{ { "config", "chekc" }, "bylaw config check" },
		{ { "config", "schema", "x" }, "bylaw config check" },
		{ { "config", "check", "missing.yaml" }, "missing.yaml: No such file" },
		{ { "facts" }, "takes a file" },
		{ { "facts", "src" }, "src is a folder; name a file" },
		{ { "facts", "missing.ts" }, "missing.ts: no such file" },
		{ { "facts", "/dev/zero" }, "/dev/zero: skip/special-file" },
		{ { "why" }, "takes a file" },
		{ { "why", "src/" }, "src/ is a folder; name a file" },
		{ { "why", "missing.ts" }, "missing.ts: no such file" },
		{ { "why", "/dev/null" }, "not looked at" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, a[0], a[1], a[2], a[3], NULL);
		expect_refusal(&o, rows[i].says);
		outcome_release(&o);
	}
}

/* C26 */
static void test_more_threads_than_useful(void **state)
{
	(void)state;
	check_says("-j", "10000", 1, GOOD_FINDING, "256 threads are the most");
	check_says("-j", "99999999999999999999", 1, GOOD_FINDING, "256 threads are the most");
	check_says("--jobs=3", NULL, 1, GOOD_FINDING, NULL);
}

/* C4, C5: names as a shell hands them over. */
static void test_odd_names_as_arguments(void **state)
{
	(void)state;
	static const struct {
		const char *name, *shown;
	} rows[] = {
		{ "-rf.ts", "-rf.ts:1:1" },
		{ "with space.ts", "with space.ts:1:1" },
		{ "\"quoted\" 'twice'.ts", "\"quoted\" 'twice'.ts:1:1" },
		{ "two\nlines.ts", "two\\x0alines.ts:1:1" },
		{ "\x1b[31mred.ts", "\\x1b[31mred.ts:1:1" },
		{ "bad\xff.ts", "bad\\xff.ts:1:1" },
		{ "\xe2\x80\xaetxt.ts", "\\u{202e}txt.ts:1:1" },
		{ "a=b,c;d$e`f.ts", "a=b,c;d$e`f.ts:1:1" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write(rows[i].name, "console.log(1);\n");
		check_says("--", rows[i].name, 1, rows[i].shown, NULL);
	}
}

static void test_paths_restrict_the_findings(void **state)
{
	(void)state;
	tree_write("src/other.ts", "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "src/other.ts", NULL);
	expect_outcome(&o, 1, "src/other.ts:1", NULL);
	assert_lacks(o.out, "src/good.ts");
	outcome_release(&o);
	tree_write("lib/more.ts", "console.log(1);\n");
	o = run_bylaw(NULL, "check", "-o", "concise", "src/other.ts", "lib", "lib/", "./lib/../lib", NULL);
	expect_outcome(&o, 1, "src/other.ts:1", NULL);
	assert_has(o.out, "lib/more.ts:1");
	outcome_release(&o);
	tree_write("inner/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("inner/a.ts", "console.log(1);\n");
	o = run_bylaw(NULL, "check", "-o", "concise", "inner", NULL); /* one folder is the project */
	expect_outcome(&o, 1, "a.ts:1", "read 2 files");
	assert_true(str_starts(buf_str(&o.out), STR("a.ts:1")));
	outcome_release(&o);
}

/* C3: a file named twice is checked once. Paths come on the command line only: there is no list of files to read. */
static void test_a_path_named_twice(void **state)
{
	(void)state;
	struct outcome once = run_bylaw(NULL, "check", "-o", "concise", "src/good.ts", NULL);
	struct outcome twice = run_bylaw(NULL, "check", "-o", "concise", "src/good.ts", "src", "src/good.ts", NULL);
	expect_outcome(&once, 1, GOOD_FINDING, NULL);
	expect_outcome(&twice, 1, once.out.ptr, NULL);
	assert_int_equal(once.out.len, twice.out.len);
	outcome_release(&once);
	outcome_release(&twice);
}

/* A gate that saw nothing is not a clean one. */
static void test_nothing_to_check(void **state)
{
	(void)state;
	tree_write(".gitignore", "ignored.ts\n");
	tree_write("src/ignored.ts", "console.log(1);\n");
	tree_write("README.md", "# Read me\n");
	tree_write("empty/README.md", "# Read me\n");
	check_says("src/ignored.ts", NULL, 2, NULL, "src/ignored.ts: nothing to check there: ignored");
	check_says("README.md", NULL, 2, NULL, "README.md: nothing to check there");
	check_says("src", "empty", 2, GOOD_FINDING, "empty: nothing to check there");
	struct run_options options = { .folder = tree_path("empty") };
	struct outcome o = run_bylaw(&options, "check", NULL);
	expect_outcome(&o, 2, NULL, "nothing to check here");
	outcome_release(&o);
}

/* A link that is named: to a folder it is the folder, to a file it is what it is, a link, and not read. */
static void test_links_as_arguments(void **state)
{
	(void)state;
	assert_int_equal(symlink("src", tree_path("folder")), 0);
	assert_int_equal(mkdir(tree_path("other"), 0755), 0);
	assert_int_equal(symlink("../src/good.ts", tree_path("other/link.ts")), 0);
	assert_int_equal(symlink("nowhere.ts", tree_path("other/dead.ts")), 0);
	check_says("package.json", "folder", 1, GOOD_FINDING, NULL);
	check_says("other/link.ts", NULL, 0, NULL, "other/link.ts: skip/symlink");
	check_says("other/dead.ts", NULL, 0, NULL, "other/dead.ts: skip/symlink");
	struct outcome o = run_bylaw(NULL, "why", "other/link.ts", NULL);
	expect_outcome(&o, 0, "not read: skip/symlink", NULL);
	outcome_release(&o);
}

static void test_rule_and_clause_pick_rules(void **state)
{
	(void)state;
	static const struct {
		const char *option, *value;
		int status;
	} rows[] = {
		{ "--rule", "node/no-console", 1 },
		{ "--rule", "node", 1 },
		{ "--rule", "go", 0 },
		{ "--clause", "7.2", 1 },
		{ "--clause", "10", 1 },
		{ "--clause", "7.3", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_says(rows[i].option, rows[i].value, rows[i].status, NULL, NULL);
}

static void test_other_commands(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[3];
		const char *says;
	} rows[] = {
		{ { "rules" }, "node/no-console" },
		{ { "explain", "node/no-console" }, "# node/no-console" },
		{ { "facts", "src/good.ts" }, "call \"console.log\"" },
		{ { "facts", "package.json" }, "pair \"name\"" },
		{ { "why", "src/good.ts" }, "class: production" },
		{ { "why", "./src/../src/good.ts" }, "class: production" },
		{ { "config", "show" }, "node/no-console" },
		{ { "config", "show", "src/good.ts" }, "as it holds for src/good.ts" },
		{ { "config", "show", "src/unborn.ts" }, "as it holds for src/unborn.ts" },
		{ { "config", "schema" }, "$schema" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, a[0], a[1], a[2], NULL);
		expect_outcome(&o, 0, rows[i].says, NULL);
		outcome_release(&o);
	}
}

/* A file is named from where the user stands; the config's patterns hold from the root. */
static void test_commands_in_a_folder_below_the_root(void **state)
{
	(void)state;
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write("bylaw.yaml", "overrides: [ { files: [\"src/**\"], rules: { node/no-console: note } } ]\n");
	struct run_options options = { .folder = tree_path("src") };
	struct outcome o = run_bylaw(&options, "config", "show", "good.ts", NULL);
	expect_outcome(&o, 0, "as it holds for src/good.ts", NULL);
	outcome_release(&o);
	o = run_bylaw(&options, "why", "good.ts", NULL);
	expect_outcome(&o, 0, "src/good.ts\n", NULL);
	outcome_release(&o);
	o = run_bylaw(&options, "check", "-o", "concise", "--fail-on=note", "good.ts", NULL);
	expect_outcome(&o, 1, GOOD_FINDING, NULL);
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_version_and_help),
		CLI_TEST(test_findings_go_to_stdout_and_the_rest_to_stderr),
		CLI_TEST(test_the_completeness_line_counts_languages),
		CLI_TEST(test_fail_on),
		CLI_TEST(test_mistakes_on_the_command_line),
		CLI_TEST(test_more_threads_than_useful),
		CLI_TEST(test_odd_names_as_arguments),
		CLI_TEST(test_paths_restrict_the_findings),
		CLI_TEST(test_a_path_named_twice),
		CLI_TEST(test_nothing_to_check),
		CLI_TEST(test_links_as_arguments),
		CLI_TEST(test_rule_and_clause_pick_rules),
		CLI_TEST(test_other_commands),
		CLI_TEST(test_commands_in_a_folder_below_the_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
