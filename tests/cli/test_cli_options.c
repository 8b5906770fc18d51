/* The command line and the configuration: groups C of the bad-input list. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

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

static void test_version_and_help(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "--version", NULL);
	assert_int_equal(o.status, 0);
	assert_true(str_starts(buf_str(&o.out), STR("bylaw ")));
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "--help", NULL);
	assert_int_equal(o.status, 0);
	assert_has(o.out, "--fail-on");
	outcome_release(&o);
}

static void test_findings_go_to_stdout_and_the_rest_to_stderr(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	assert_int_equal(o.status, 1);
	assert_has(o.out, GOOD_FINDING);
	assert_lacks(o.out, "read ");
	assert_has(o.err, "read 2 files");
	outcome_release(&o);
}

static void test_fail_on(void **state)
{
	(void)state;
	static const struct {
		const char *config, *fail_on;
		int status;
	} rows[] = {
		{ "rules: { node/no-console: error }", "error", 1 },   { "rules: { node/no-console: warning }", "error", 0 },
		{ "rules: { node/no-console: warning }", "warning", 1 }, { "rules: { node/no-console: note }", "warning", 0 },
		{ "rules: { node/no-console: note }", "note", 1 },     { "rules: { node/no-console: off }", "note", 0 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		tree_write("bylaw.yaml", rows[i].config);
		struct outcome o = run_bylaw(NULL, "check", "--fail-on", rows[i].fail_on, NULL);
		assert_int_equal(o.status, rows[i].status);
		outcome_release(&o);
	}
}

/* Wrong words: status 2, one line that names the word and what there is instead, nothing on stdout. */
static void test_mistakes_on_the_command_line(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[4];
		const char *says;
	} rows[] = {
		{ { "chekc" }, "there is no command \"chekc\"" },
		{ { "check", "--fail-no=error" }, "did you mean --fail-on?" },
		{ { "check", "--fail-on", "fatal" }, "error, warning or note" },
		{ { "check", "-j", "0" }, "from 1 on" },
		{ { "check", "-j", "-1" }, "from 1 on" },
		{ { "check", "-j", "abc" }, "from 1 on" },
		{ { "check", "-o", "xml" }, "text, concise, json, sarif" },
		{ { "check", "--rule", "node/no-consle" }, "did you mean \"node/no-console\"?" },
		{ { "check", "--clause", "99" }, "no rule checks clause" },
		{ { "check", "--color", "red" }, "always, never or auto" },
		{ { "check", "src/missing.ts" }, "src/missing.ts: no such file or folder" },
		{ { "check", "-o" }, "needs a value" },
		{ { "check", "--base", "main" }, "git" },
		{ { "explain", "node/no-consol" }, "did you mean" },
		{ { "explain" }, "takes a rule" },
		{ { "config", "chekc" }, "bylaw config check" },
		{ { "facts" }, "takes a file" },
		{ { "why" }, "takes a file" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, a[0], a[1], a[2], a[3], NULL);
		if (o.status != 2 || !str_contains(buf_str(&o.err), str_from(rows[i].says)))
			print_message("row %zu: status %d: %s\n", i, o.status, buf_cstr(&o.err));
		assert_int_equal(o.status, 2);
		assert_has(o.err, rows[i].says);
		assert_int_equal(o.out.len, 0);
		outcome_release(&o);
	}
}

/* A config that is wrong: status 2 with place and reason, and nothing is checked. */
static void test_bad_configurations(void **state)
{
	(void)state;
	static const struct {
		const char *yaml, *says;
	} rows[] = {
		{ "rulez: {}\n", "did you mean \"rules\"" },
		{ "rules:\n  node/no-consol: off\n", "bylaw.yaml:2:" },
		{ "rules:\n  node/no-console: fatal\n", "bylaw.yaml:2:" },
		{ "rules:\n  node/no-console:\n    options: { strikt: true }\n", "strict" },
		{ "rules:\n  node/no-console:\n    options: { strict: 3 }\n", "bylaw.yaml:3:" },
		{ "a: &x {}\nb: *x\n", "bylaw.yaml:1:" },
		{ "exclude: !!python/object {}\n", "tag" },
		{ "rules: {}\nrules: {}\n", "already on line 1" },
		{ "exclude: []\n---\nexclude: []\n", "document" },
		{ "exclude: [\"[\"]\n", "bylaw.yaml:1:" },
		{ "exclude: [a\n", "bylaw.yaml:" },
		{ "layers: { kontroller: [] }\n", "bylaw.yaml:1:" },
		{ "libraries:\n  - library: x\n    language: cobol\n", "node, go, python, rust" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		tree_write("bylaw.yaml", rows[i].yaml);
		struct outcome o = run_bylaw(NULL, "check", NULL);
		if (o.status != 2 || !str_contains(buf_str(&o.err), str_from(rows[i].says)))
			print_message("row %zu: status %d: %s\n", i, o.status, buf_cstr(&o.err));
		assert_int_equal(o.status, 2);
		assert_has(o.err, rows[i].says);
		assert_int_equal(o.out.len, 0);
		outcome_release(&o);
	}
}

/* Depth, size, and things that are no files: refused at once. */
static void test_hostile_configurations(void **state)
{
	(void)state;
	size_t len = 100000;
	char *bomb = malloc(len + 1);
	memset(bomb, '[', len);
	bomb[len] = '\0';
	tree_write("bylaw.yaml", bomb);
	struct outcome o = run_bylaw(NULL, "check", NULL);
	assert_int_equal(o.status, 2);
	outcome_release(&o);
	free(bomb);
	unlink(tree_path("bylaw.yaml"));
	assert_int_equal(mkfifo(tree_path("bylaw.yaml"), 0644), 0);
	o = run_bylaw(NULL, "check", NULL);
	assert_int_equal(o.status, 2);
	assert_has(o.err, "regular file");
	outcome_release(&o);
	unlink(tree_path("bylaw.yaml"));
	assert_int_equal(symlink("/etc/passwd", tree_path("bylaw.yaml")), 0);
	o = run_bylaw(NULL, "check", NULL);
	assert_int_equal(o.status, 2);
	outcome_release(&o);
}

/* A config above the repository's top is nobody's. */
static void test_config_above_the_repository_is_not_read(void **state)
{
	(void)state;
	tree_write("bylaw.yaml", "this is: [not\n");
	tree_write("repo/.git/HEAD", "ref: refs/heads/main\n");
	tree_write("repo/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("repo/src/a.ts", "console.log(1);\n");
	struct run_options options = { .folder = tree_path("repo") };
	struct outcome o = run_bylaw(&options, "check", "-o", "concise", NULL);
	assert_int_equal(o.status, 1);
	assert_has(o.out, "src/a.ts:1");
	outcome_release(&o);
}

static void test_paths_restrict_the_findings(void **state)
{
	(void)state;
	tree_write("src/other.ts", "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "src/other.ts", NULL);
	assert_int_equal(o.status, 1);
	assert_has(o.out, "src/other.ts:1");
	assert_lacks(o.out, "src/good.ts");
	outcome_release(&o);
	tree_write("lib/more.ts", "console.log(1);\n");
	o = run_bylaw(NULL, "check", "-o", "concise", "src/other.ts", "lib", NULL);
	assert_has(o.out, "src/other.ts:1");
	assert_has(o.out, "lib/more.ts:1");
	outcome_release(&o);
	tree_write("inner/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("inner/a.ts", "console.log(1);\n");
	o = run_bylaw(NULL, "check", "-o", "concise", "inner", NULL); /* one folder is the project */
	assert_true(str_starts(buf_str(&o.out), STR("a.ts:1")));
	assert_has(o.err, "read 2 files");
	outcome_release(&o);
	tree_write(".gitignore", "ignored.ts\n");
	tree_write("src/ignored.ts", "console.log(1);\n");
	o = run_bylaw(NULL, "check", "src/ignored.ts", NULL);
	assert_int_equal(o.status, 2);
	assert_has(o.err, "ignored");
	outcome_release(&o);
}

static void test_rule_and_clause_pick_rules(void **state)
{
	(void)state;
	static const struct {
		const char *option, *value;
		int status;
	} rows[] = { { "--rule", "node/no-console", 1 }, { "--rule", "node", 1 },   { "--rule", "go", 0 },
		     { "--clause", "7.2", 1 },		 { "--clause", "10", 1 },   { "--clause", "7.3", 0 } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct outcome o = run_bylaw(NULL, "check", rows[i].option, rows[i].value, NULL);
		assert_int_equal(o.status, rows[i].status);
		outcome_release(&o);
	}
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
		{ { "why", "src/good.ts" }, "class: production" },
		{ { "config", "show" }, "node/no-console" },
		{ { "config", "schema" }, "$schema" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, a[0], a[1], a[2], NULL);
		assert_int_equal(o.status, 0);
		assert_has(o.out, rows[i].says);
		outcome_release(&o);
	}
}

static void test_closed_streams_and_odd_environments(void **state)
{
	(void)state;
	struct run_options closed = { .close_streams = true };
	struct outcome o = run_bylaw(&closed, "check", "-o", "json=report.json", NULL);
	assert_int_equal(o.status, 1);
	assert_int_equal(access(tree_path("report.json"), R_OK), 0);
	outcome_release(&o);
	static const char *const odd[] = { "HOME=", "TMPDIR=/nowhere", "LANG=C", "LC_ALL=C", "TZ=Nowhere/Else", NULL };
	struct run_options environment = { .environment = odd };
	o = run_bylaw(&environment, "check", "-o", "concise", NULL);
	assert_int_equal(o.status, 1);
	assert_has(o.out, GOOD_FINDING);
	outcome_release(&o);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_version_and_help),
		TEST(test_findings_go_to_stdout_and_the_rest_to_stderr),
		TEST(test_fail_on),
		TEST(test_mistakes_on_the_command_line),
		TEST(test_bad_configurations),
		TEST(test_hostile_configurations),
		TEST(test_config_above_the_repository_is_not_read),
		TEST(test_paths_restrict_the_findings),
		TEST(test_rule_and_clause_pick_rules),
		TEST(test_other_commands),
		TEST(test_closed_streams_and_odd_environments),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
