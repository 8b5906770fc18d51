/* The command line and the configuration: group C of the bad-input list. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int begin(void **state)
{
	(void)state;
	tree_begin();
	tree_write_good();
	return 0;
}

static int end(void **state)
{
	(void)state;
	tree_end();
	return 0;
}

/* Runs check with one format and at most two arguments more, and expects this of it. */
static void check_says(const char *a, const char *b, int status, const char *out_says, const char *err_says)
{
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", a, b, NULL);
	expect_outcome(&o, status, out_says, err_says);
	outcome_release(&o);
}

/* A refusal: status 2, one line on stderr that says this, nothing on stdout. */
static void expect_refusal(const struct outcome *o, const char *says)
{
	expect_outcome(o, 2, NULL, says);
	assert_int_equal(o->out.len, 0);
	assert_true(str_starts(buf_str(&o->err), STR("bylaw: ")));
	assert_int_equal(str_find(buf_str(&o->err), '\n'), o->err.len - 1);
}

static void expect_config_refused(const char *says)
{
	struct outcome o = run_bylaw(NULL, "check", NULL);
	expect_refusal(&o, says);
	outcome_release(&o);
}

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

/* C10–C18, C21, C22: a config that is wrong. The message has place and reason, and nothing is checked. */
static void test_bad_configurations(void **state)
{
	(void)state;
	static const struct {
		const char *yaml, *says;
	} rows[] = {
		{ "rulez: {}\n", "bylaw.yaml:1:1: unknown key \"rulez\"; did you mean \"rules\"?" },
		{ "rules:\n  node/no-consol: off\n", "bylaw.yaml:2:3: " },
		{ "rules:\n  node/no-console: fatal\n", "bylaw.yaml:2:20: " },
		{ "rules:\n  node/no-console:\n    options: { strikt: true }\n", "did you mean \"strict\"?" },
		{ "rules:\n  node/no-console:\n    options: { strict: 3 }\n", "expected true or false, not \"3\"" },
		{ "rules:\n  node/no-console:\n    options: { allow: { a: b } }\n", "bylaw.yaml:3:" },
		{ "rules: 7\n", "bylaw.yaml:1:8: expected rules by id, not \"7\"" },
		{ "rules: []\n", "bylaw.yaml:1:8: expected rules by id, not a list" },
		{ "[]\n", "bylaw.yaml:1:1: expected keys, not a list" },
		{ "peer-suppressions: yes\n", "expected true or false, not \"yes\"" },
		{ "peer-suppressions: 0x10\n", "expected true or false" },
		{ "peer-suppressions: 1e999\n", "expected true or false" },
		{ "timeout: -1\n", "unknown key \"timeout\"" },
		{ "a: &x {}\nb: *x\n", "bylaw.yaml:1:4: anchors and aliases are not supported" },
		{ "a: &a {b: *a}\n", "bylaw.yaml:1:4: anchors" },
		{ "exclude: !!python/object {}\n", "bylaw.yaml:1:10: tags are not supported" },
		{ "rules: {}\nrules: {}\n", "bylaw.yaml:2:1: the key \"rules\" is already on line 1" },
		{ "exclude: []\n---\nexclude: []\n", "document" },
		{ "exclude: [a\n", "bylaw.yaml:" },
		{ "rules:\n\ta: b\n", "bylaw.yaml:2:1: a tab cannot indent YAML" },
		{ "? [a]\n: b\n", "bylaw.yaml:1:3: a key must be plain text" },
		{ "exclude: [\"\xff\xfe\"]\n", "bylaw.yaml:1:12: the byte \\xff is not UTF-8" },
		{ "exclude: [\"a\x01\"]\n", "bylaw.yaml:1:13: the control character U+0001" },
		{ "exclude: [\"a\\0b\"]\n", "a NUL character is not allowed" },
		{ "exclude: [\"[\"]\n", "bylaw.yaml:1:11: pattern \"[\"" },
		{ "exclude: ['a\\']\n", "bylaw.yaml:1:11: pattern" },
		{ "exclude: ['{a,b']\n", "bylaw.yaml:1:11: pattern" },
		{ "exclude: ['!a']\n", "bylaw.yaml:1:11: pattern" },
		{ "exclude: ['']\n", "bylaw.yaml:1:11: pattern" },
		{ "exclude: { a: b }\n", "expected a list of path patterns" },
		{ "exclude: [\"../../etc/**\"]\n", "leaves the root" },
		{ "layers: { controller: [\"src/../../x\"] }\n", "leaves the root" },
		{ "layers: { kontroller: [] }\n", "did you mean \"controller\"?" },
		{ "extends: ../../../etc/passwd\n", "unknown key \"extends\"" },
		{ "cache-dir: /tmp\n", "unknown key \"cache-dir\"" },
		{ "output: /tmp/report\n", "unknown key \"output\"" },
		{ "plugins: [./rules.so]\n", "unknown key \"plugins\"" },
		{ "libraries:\n  - library: x\n    language: cobol\n", "node, go, python, rust" },
		{ "overrides: [ { rules: {} } ]\n", "an override needs `files:`" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write("bylaw.yaml", rows[i].yaml);
		expect_config_refused(rows[i].says);
	}
}

/* C10–C12, C15, C22: depth, size, encodings, patterns that would explode. */
static void test_configuration_bombs(void **state)
{
	(void)state;
	static const char utf16[] = "\xff\xfe"
				    "r\0u\0l\0e\0s\0:\0";
	static const struct {
		const char *before, *part;
		size_t times;
		const char *after, *says;
	} rows[] = {
		{ "", "[", 100000, "", "bylaw.yaml:1:" },
		{ "", "{a: ", 100000, "", "bylaw.yaml:1:" },
		{ "exclude: [", "a, ", 20000, "a]\n", "bylaw.yaml:1:" },
		{ "# ", "x", 1100000, "\n", "config larger than 1 MiB" },
		{ "exclude: ['", "{a,b}", 12, "']\n", "braces stand for more than 1000 patterns" },
		{ "exclude: ['", "x", 5000, "']\n", "the pattern is longer than 4 KiB" },
		{ "exclude: ['", "x", 1000000, "']\n", "the pattern is longer than 4 KiB" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write_repeated("bylaw.yaml", rows[i].before, rows[i].part, rows[i].times, rows[i].after);
		expect_config_refused(rows[i].says);
	}
	tree_write("bylaw.yaml", "a: &a [x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n");
	expect_config_refused("anchors and aliases are not supported");
	tree_write_bytes("bylaw.yaml", utf16, sizeof(utf16) - 1);
	expect_config_refused("this is UTF-16; save the file as UTF-8");
	tree_write_bytes("bylaw.yaml", "exclude: []\n\0", 13);
	expect_config_refused("control character U+0000");
}

/* C6, C15, C16, C22: these are right, or cost nothing. */
static void test_configurations_that_hold(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		"# only a comment\n",
		"---\n",
		"exclude:\n",
		"\xef\xbb\xbf"
		"exclude: []\n",
		"exclude: []\r\n",
		"%YAML 1.2\n---\nexclude: []\n",
	};
	check_says(NULL, NULL, 1, GOOD_FINDING, NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write("bylaw.yaml", rows[i]);
		check_says(NULL, NULL, 1, GOOD_FINDING, NULL);
	}
	tree_write_repeated("src/aaaa.ts", "//", "a", 100, "");
	tree_write_repeated("bylaw.yaml", "exclude: ['", "a*", 40, "b']\n");
	check_says(NULL, NULL, 1, GOOD_FINDING, NULL);
	tree_write_repeated("bylaw.yaml", "exclude: ['", "**/", 1000, "zzz']\n");
	check_says(NULL, NULL, 1, GOOD_FINDING, NULL);
}

/* C9: things that are no files, and names that are not looked for. */
static void test_configurations_that_are_no_files(void **state)
{
	(void)state;
	assert_int_equal(mkfifo(tree_path("bylaw.yaml"), 0644), 0);
	expect_config_refused("bylaw.yaml: not a regular file");
	unlink(tree_path("bylaw.yaml"));
	assert_int_equal(mkdir(tree_path("bylaw.yaml"), 0755), 0);
	expect_config_refused("bylaw.yaml: not a regular file");
	rmdir(tree_path("bylaw.yaml"));
	static const char *const targets[] = { "/etc/passwd", "/dev/zero", "nowhere" };
	for (size_t i = 0; i < COUNT(targets); i++) {
		assert_int_equal(symlink(targets[i], tree_path("bylaw.yaml")), 0);
		struct outcome o = run_bylaw(NULL, "check", NULL);
		expect_refusal(&o, "bylaw.yaml: not a regular file");
		assert_lacks(o.err, "root:");
		outcome_release(&o);
		unlink(tree_path("bylaw.yaml"));
	}
	tree_write(".bylaw.yml", "");
	expect_config_refused("rename it to bylaw.yaml");
}

static void test_config_by_option(void **state)
{
	(void)state;
	tree_write("bylaw.yaml", "broken: [\n");
	tree_write("other.yaml", "rules: { node/no-console: off }\n");
	check_says("--config", "other.yaml", 0, NULL, NULL);
	check_says("--config", "src", 2, NULL, "src: not a regular file");
	check_says("--config", "/dev/zero", 2, NULL, "/dev/zero: not a regular file");
}

/* C7: a config above the repository's top is nobody's. */
static void test_config_above_the_repository_is_not_read(void **state)
{
	(void)state;
	tree_write("bylaw.yaml", "this is: [not\n");
	tree_write("repo/.git/HEAD", "ref: refs/heads/main\n");
	tree_write("repo/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("repo/src/a.ts", "console.log(1);\n");
	struct run_options options = { .folder = tree_path("repo") };
	struct outcome o = run_bylaw(&options, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, "src/a.ts:1", NULL);
	outcome_release(&o);
	options.folder = tree_path("repo/src"); /* the repository is the project */
	o = run_bylaw(&options, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, "src/a.ts:1", NULL);
	outcome_release(&o);
}

/* C7: somebody else's repository above ours does not make his config ours (CVE-2022-24765). */
static void test_a_strangers_repository_above_is_not_ours(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip(); /* only root can make files of somebody else's */
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write("bylaw.yaml", "this is: [not\n");
	tree_write("mine/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("mine/a.ts", "console.log(1);\n");
	check_says("mine", NULL, 2, NULL, "bylaw.yaml:");
	assert_int_equal(chown(tree_path(".git"), 12345, 12345), 0);
	check_says("mine", NULL, 1, "a.ts:1", NULL);
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

/* C3: a file named twice is checked once. */
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

/* What `bylaw config check` says is for people: it goes to stderr. */
static void test_config_check(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "config", "check", NULL);
	expect_outcome(&o, 0, NULL, "no bylaw.yaml: the defaults hold");
	outcome_release(&o);
	tree_write("bylaw.yaml", "exclude: []\n");
	o = run_bylaw(NULL, "config", "check", NULL);
	expect_outcome(&o, 0, NULL, "bylaw.yaml is right");
	outcome_release(&o);
	tree_write("bad.yaml", "exclud: []\n");
	o = run_bylaw(NULL, "config", "check", "bad.yaml", NULL);
	expect_refusal(&o, "bad.yaml:1:1: unknown key \"exclud\"; did you mean \"exclude\"?");
	outcome_release(&o);
	tree_write("bylaw.yaml", "exclud: []\n");
	o = run_bylaw(NULL, "config", "show", NULL);
	expect_refusal(&o, "bylaw.yaml:1:1: ");
	outcome_release(&o);
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

/* C24 */
static void test_closed_streams(void **state)
{
	(void)state;
	struct run_options closed = { .streams = STREAM_CLOSED };
	struct outcome o = run_bylaw(&closed, "check", "-o", "json=report.json", NULL);
	assert_int_equal(o.status, 1);
	assert_int_equal(access(tree_path("report.json"), R_OK), 0);
	assert_true(tree_holds("src/good.ts", "export function good() {\n\tconsole.log(\"found\");\n}\n"));
	outcome_release(&o);
}

static void test_odd_environments(void **state)
{
	(void)state;
	static const char *const rows[][5] = {
		{ "HOME=", "PATH=", NULL },
		{ "HOME=/nowhere", "TMPDIR=/nowhere", "XDG_CONFIG_HOME=/dev/null", NULL },
		{ "LANG=C", "LC_ALL=C", "TZ=Nowhere/Else", "TERM=", NULL },
		{ "LC_ALL=xx_XX.nonsense", "COLUMNS=0", "LINES=-1", "CLICOLOR=", NULL },
		{ "GIT_DIR=/nowhere", "GIT_INDEX_FILE=/dev/zero", "GIT_WORK_TREE=/etc", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run_options environment = { .environment = rows[i] };
		struct outcome o = run_bylaw(&environment, "check", "-o", "concise", NULL);
		expect_outcome(&o, 1, GOOD_FINDING, "read 2 files");
		outcome_release(&o);
	}
}

/* C25: with few descriptors and a small stack it works, or says what is missing. */
static void test_small_limits(void **state)
{
	(void)state;
	static const struct run_limit rows[] = { { RLIMIT_NOFILE, 16 }, { RLIMIT_STACK, 128 * 1024 } };
	tree_write_repeated("src/deep.ts", "x = ", "[", 50000, "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run_options limited = { .limit = rows[i] };
		struct outcome o = run_bylaw(&limited, "check", "-o", "concise", "-j8", NULL);
		expect_outcome(&o, 1, GOOD_FINDING, NULL);
		outcome_release(&o);
	}
	struct run_options starved = { .limit = { RLIMIT_NOFILE, 5 } };
	struct outcome o = run_bylaw(&starved, "check", "-o", "concise", "--strict", NULL);
	expect_outcome(&o, 2, NULL, NULL);
	assert_true(o.err.len > 0);
	outcome_release(&o);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* C25: out of memory ends with a message; a sanitizer's own memory would be the first to go. */
static void test_little_memory(void **state)
{
	(void)state;
	static const rlim_t sizes[] = { 16, 32, 64, 256 };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct run_options limited = { .limit = { RLIMIT_AS, sizes[i] * 1024 * 1024 } };
		struct outcome o = run_bylaw(&limited, "check", "-o", "concise", NULL);
		if (o.status != 1)
			assert_true(o.err.len > 0);
		else
			assert_has(o.out, GOOD_FINDING);
		outcome_release(&o);
	}
}
#endif

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_version_and_help),
		TEST(test_findings_go_to_stdout_and_the_rest_to_stderr),
		TEST(test_the_completeness_line_counts_languages),
		TEST(test_fail_on),
		TEST(test_mistakes_on_the_command_line),
		TEST(test_more_threads_than_useful),
		TEST(test_odd_names_as_arguments),
		TEST(test_bad_configurations),
		TEST(test_configuration_bombs),
		TEST(test_configurations_that_hold),
		TEST(test_configurations_that_are_no_files),
		TEST(test_config_by_option),
		TEST(test_config_above_the_repository_is_not_read),
		TEST(test_a_strangers_repository_above_is_not_ours),
		TEST(test_paths_restrict_the_findings),
		TEST(test_a_path_named_twice),
		TEST(test_nothing_to_check),
		TEST(test_links_as_arguments),
		TEST(test_rule_and_clause_pick_rules),
		TEST(test_other_commands),
		TEST(test_config_check),
		TEST(test_commands_in_a_folder_below_the_root),
		TEST(test_closed_streams),
		TEST(test_odd_environments),
		TEST(test_small_limits),
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
		TEST(test_little_memory),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
