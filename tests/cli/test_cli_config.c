/* The configuration: group C of the bad-input list. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void expect_config_refused(const char *says)
{
	struct outcome o = run_bylaw(NULL, "check", NULL);
	expect_refusal(&o, says);
	outcome_release(&o);
}

/*
 * C10–C22: a config that is wrong. The message has place and reason, and nothing is checked. Nothing leads out of the file:
 * what C19–C21 guard against (extends, cache-dir, output) are keys that there are not.
 */
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
		"\357\273\277exclude: []\n",
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

/* C8: whose config is read, and that one may say so. In a container root often works on a checkout of somebody else's. */
static void test_a_strangers_config_is_not_read(void **state)
{
	(void)state;
	enum { ROOT = 0, NOBODY = 65534, STRANGER = 12345 };
	static const struct {
		uid_t config, folder, we;
		int status;
	} rows[] = {
		{ STRANGER, ROOT, ROOT, 2 },
		{ STRANGER, ROOT, NOBODY, 2 },
		{ STRANGER, NOBODY, NOBODY, 2 },
		{ STRANGER, STRANGER, ROOT, 0 },
		{ STRANGER, STRANGER, NOBODY, 0 },
		{ NOBODY, ROOT, NOBODY, 0 },
		{ ROOT, STRANGER, NOBODY, 0 },
	};
	if (geteuid() != 0)
		skip(); /* only root can make files of somebody else's */
	tree_write("bylaw.yaml", "rules: { node/no-console: off }\n");
	assert_int_equal(chmod(tree_root(), 0755), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run_options options = { .as_nobody = rows[i].we == NOBODY };
		assert_int_equal(chown(tree_path("bylaw.yaml"), rows[i].config, 0), 0);
		assert_int_equal(chown(tree_root(), rows[i].folder, 0), 0);
		struct outcome o = run_bylaw(&options, "check", NULL);
		expect_outcome(&o, rows[i].status, NULL, rows[i].status ? "belongs to user 12345" : NULL);
		outcome_release(&o);
		o = run_bylaw(&options, "check", "--config", "bylaw.yaml", NULL);
		expect_outcome(&o, 0, NULL, NULL);
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
	tree_write("\x1b[31m.yaml", "exclude: []\n");
	o = run_bylaw(NULL, "config", "check", "\x1b[31m.yaml", NULL);
	expect_outcome(&o, 0, NULL, "\\x1b[31m.yaml is right\n");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_bad_configurations),
		CLI_TEST(test_configuration_bombs),
		CLI_TEST(test_configurations_that_hold),
		CLI_TEST(test_configurations_that_are_no_files),
		CLI_TEST(test_config_by_option),
		CLI_TEST(test_config_above_the_repository_is_not_read),
		CLI_TEST(test_a_strangers_repository_above_is_not_ours),
		CLI_TEST(test_a_strangers_config_is_not_read),
		CLI_TEST(test_config_check),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
