/* Reports as files and streams: group O of the bad-input list. */
#include "cli/process.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const formats[] = { "text", "concise", "json", "sarif" };
enum { FORMATS = sizeof(formats) / sizeof(*formats) };

/* O1 */
static void test_a_full_disk_is_a_failure(void **state)
{
	(void)state;
	struct run_options full = { .stdout_path = "/dev/full" };
	for (size_t i = 0; i < FORMATS; i++) {
		struct outcome o = run_bylaw(&full, "check", "-o", formats[i], NULL);
		assert_int_equal(o.status, 2);
		assert_has(o.err, "could not be written");
		outcome_release(&o);
	}
}

/* O2: the reader of stdout is gone (`| head -1`), also when whoever started us ignores SIGPIPE. */
static void test_nobody_reads_on(void **state)
{
	(void)state;
	static const int ignored[] = { 0, SIGPIPE };
	for (size_t i = 0; i < COUNT(ignored); i++) {
		struct run_options broken = { .streams = STREAM_BROKEN, .ignored = ignored[i] };
		struct outcome o = run_bylaw(&broken, "check", "-o", "text", "-o", "json=report.json", NULL);
		expect_outcome(&o, -SIGPIPE, NULL, NULL);
		assert_int_equal(o.err.len, 0);
		assert_int_equal(access(tree_path("report.json"), F_OK), 0);
		unlink(tree_path("report.json"));
		outcome_release(&o);
		o = run_bylaw(&broken, "rules", NULL);
		expect_outcome(&o, -SIGPIPE, NULL, NULL);
		outcome_release(&o);
	}
}

/* A pipe that somebody has set so that writing to it does not wait, as Node does. */
static void test_a_pipe_that_does_not_wait(void **state)
{
	(void)state;
	tree_write_repeated("src/many.ts", "", "console.log(1);\n", 500, "");
	struct outcome whole = run_bylaw(NULL, "check", "-o", "sarif", NULL);
	struct run_options options = { .streams = STREAM_HASTY_PIPE };
	struct outcome o = run_bylaw(&options, "check", "-o", "sarif", NULL);
	expect_outcome(&o, 1, NULL, NULL);
	assert_string_equal(buf_cstr(&o.out), buf_cstr(&whole.out));
	outcome_release(&whole);
	outcome_release(&o);
}

/* O3: the old report is whole until the new one is, whatever goes wrong, and nothing else is left. */
static void test_report_files_are_written_whole_or_not_at_all(void **state)
{
	(void)state;
	tree_write("out/report.json", "the old one");
	for (rlim_t room = 64; room < 400; room += 100) {
		struct run_options small = { .limit = { RLIMIT_FSIZE, room } };
		struct outcome o = run_bylaw(&small, "check", "-o", "json=out/report.json", NULL);
		expect_outcome(&o, 2, NULL, NULL);
		assert_true(tree_holds("out/report.json", "the old one"));
		assert_int_equal(unlink(tree_path("out/report.json")), 0);
		assert_int_equal(rmdir(tree_path("out")), 0);
		tree_write("out/report.json", "the old one");
		outcome_release(&o);
	}
	struct outcome whole = run_bylaw(NULL, "check", "-o", "json=-", NULL);
	struct outcome o = run_bylaw(NULL, "check", "-o", "json=out/report.json", "-o", "concise", NULL);
	expect_outcome(&o, 1, GOOD_FINDING, NULL);
	assert_true(tree_holds("out/report.json", buf_cstr(&whole.out)));
	outcome_release(&whole);
	outcome_release(&o);
}

/* O3: what cannot be a report's place, and why. */
static void test_places_that_are_no_report_files(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "json=missing/report", "missing/report: cannot be written: No such file or directory" },
		{ "json=src", "src: cannot be written: it is a folder" },
		{ "json=link", "link: cannot be written: it is a link" },
		{ "json=dangling", "dangling: cannot be written: it is a link" },
		{ "json=fifo", "fifo: cannot be written: nobody reads from it" },
		{ "json=/dev/full", "/dev/full: cannot be written: No space left on device" },
		{ "json=src/good.ts", "src/good.ts is part of what is checked" },
		{ "json=./src/../src/good.ts", "src/good.ts is part of what is checked" },
		{ "json=bylaw.yaml", "bylaw.yaml is part of what is checked" },
	};
	tree_write("target", "of a link");
	assert_int_equal(symlink("target", tree_path("link")), 0);
	assert_int_equal(symlink("nowhere", tree_path("dangling")), 0);
	assert_int_equal(mkfifo(tree_path("fifo"), 0644), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o = run_bylaw(NULL, "check", "-o", rows[i][0], NULL);
		expect_outcome(&o, 2, NULL, rows[i][1]);
		outcome_release(&o);
	}
	assert_true(tree_holds("target", "of a link"));
	assert_int_not_equal(access(tree_path("nowhere"), F_OK), 0);
	struct outcome o = run_bylaw(NULL, "check", "-o", "json=/dev/null", NULL);
	expect_outcome(&o, 1, NULL, NULL);
	outcome_release(&o);
}

/* O3: a folder that may not be written to. */
static void test_a_closed_folder_for_reports(void **state)
{
	(void)state;
	struct run_options options = { .as_nobody = geteuid() == 0 };
	tree_write("out/report.json", "the old one");
	assert_int_equal(chmod(tree_root(), 0755), 0);
	assert_int_equal(chmod(tree_path("out"), 0555), 0);
	struct outcome o = run_bylaw(&options, "check", "-o", "json=out/report.json", NULL);
	expect_outcome(&o, 2, NULL, "out/report.json: cannot be written: Permission denied");
	assert_true(tree_holds("out/report.json", "the old one"));
	assert_int_equal(chmod(tree_path("out"), 0755), 0);
	outcome_release(&o);
}

/* O6 */
static void test_no_findings_is_a_valid_report(void **state)
{
	(void)state;
	tree_write("src/good.ts", "export const a = 1;\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "sarif", NULL);
	assert_int_equal(o.status, 0);
	cJSON *root = cJSON_Parse(buf_cstr(&o.out));
	const cJSON *run = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "runs"), 0);
	assert_non_null(run);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(run, "results")), 0);
	assert_true(cJSON_GetArraySize(cJSON_GetObjectItem(
			    cJSON_GetObjectItem(cJSON_GetObjectItem(run, "tool"), "driver"), "rules")) > 5);
	cJSON_Delete(root);
	outcome_release(&o);
}

/* O8: relative references without `.` and `..`, from the top of the repository, whatever stands in the names. */
static void test_uris(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "src/a b[1]%\xff.ts", "\"src/a%20b%5B1%5D%25%FF.ts\"" },
		{ "http:x.ts", "\"http%3Ax.ts\"" },
		{ "a?b#c.ts", "\"a%3Fb%23c.ts\"" },
		{ "src/\xe4\xb8\xad\n.ts", "\"src/%E4%B8%AD%0A.ts\"" },
	};
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write("svc/bylaw.yaml", "");
	tree_write("svc/package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("svc/src/a.ts", "console.log(1);\n");
	for (size_t i = 0; i < COUNT(rows); i++)
		tree_write(rows[i][0], "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "sarif", NULL);
	for (size_t i = 0; i < COUNT(rows); i++)
		expect_outcome(&o, 1, rows[i][1], NULL);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "-o", "sarif", "svc", NULL);
	expect_outcome(&o, 1, "\"uri\":\"svc/src/a.ts\"", NULL);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "-o", "concise", "svc", NULL);
	assert_true(str_starts(buf_str(&o.out), STR("src/a.ts:1:")));
	outcome_release(&o);
}

/* O9: JSON is UTF-8 whatever the source is. */
static void test_odd_bytes_in_messages(void **state)
{
	(void)state;
	tree_write("src/odd.ts",
		"console.log(\"\xff\x01 \xed\xa0\x80 \\ \xc0\x80\"); // bylaw-ignore[node/no-console]: \xff\xed\xa0\x80\n");
	static const char *const json[] = { "json", "sarif" };
	for (size_t i = 0; i < COUNT(json); i++) {
		struct outcome o = run_bylaw(NULL, "check", "-o", json[i], NULL);
		cJSON *root = cJSON_Parse(buf_cstr(&o.out));
		assert_non_null(root);
		assert_lacks(o.out, "\xff");
		assert_lacks(o.out, "\xed\xa0");
		cJSON_Delete(root);
		outcome_release(&o);
	}
}

/* O10 */
static void test_the_same_bytes_every_time(void **state)
{
	(void)state;
	static const char *const elsewhere[] = { "LC_ALL=tr_TR.UTF-8", "TZ=Asia/Tokyo", NULL };
	struct run_options other = { .environment = elsewhere };
	for (unsigned i = 0; i < 60; i++) {
		char path[32];
		snprintf(path, sizeof(path), "src/file%u.ts", i);
		tree_write(path, "export function f() {\n\tconsole.log(1);\n\tconsole.warn(2);\n}\n");
	}
	for (size_t i = 0; i < FORMATS; i++) {
		struct outcome first = run_bylaw(NULL, "check", "-o", formats[i], "-j1", NULL);
		static const char *const jobs[] = { "-j1", "-j2", "-j8" };
		for (size_t j = 0; j < COUNT(jobs); j++) {
			struct outcome again = run_bylaw(&other, "check", "-o", formats[i], jobs[j], NULL);
			assert_int_equal(first.out.len, again.out.len);
			assert_memory_equal(first.out.ptr, again.out.ptr, first.out.len);
			outcome_release(&again);
		}
		outcome_release(&first);
	}
}

/* What a terminal gets that says this of itself. */
static struct outcome run_on_terminal(const char *const *environment, const char *when)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
	struct run_options options = { .environment = environment, .stdout_path = ptsname(terminal) };
	struct outcome o = run_bylaw(&options, "check", when, NULL);
	o.out.len += (uint32_t)read(terminal, buf_reserve(&o.out, 8192), 8192);
	buf_cstr(&o.out);
	close(terminal);
	return o;
}

/* O12 */
static void test_colour(void **state)
{
	(void)state;
	static const struct {
		const char *environment[3], *option;
		bool on_terminal, elsewhere;
	} rows[] = {
		{ { "TERM=xterm" }, "--color=auto", true, false },
		{ { "TERM=dumb" }, "--color=auto", false, false },
		{ { "TERM=xterm", "NO_COLOR=1" }, "--color=auto", false, false },
		{ { "TERM=xterm", "NO_COLOR=" }, "--color=auto", true, false },
		{ { "TERM=xterm", "CLICOLOR=0" }, "--color=auto", false, false },
		{ { "NO_COLOR=1", "FORCE_COLOR=1" }, "--color=auto", true, true },
		{ { "CLICOLOR_FORCE=1" }, "--color=auto", true, true },
		{ { "NO_COLOR=1" }, "--color=always", true, true },
		{ { "TERM=xterm", "FORCE_COLOR=1" }, "--color=never", false, false },
		{ { "COLUMNS=0", "TERM=nonsense" }, "--color=auto", true, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct run_options options = { .environment = rows[i].environment };
		struct outcome terminal = run_on_terminal(rows[i].environment, rows[i].option);
		struct outcome file = run_bylaw(&options, "check", rows[i].option, NULL);
		expect_outcome(&terminal, 1, "src/good.ts", NULL);
		assert_int_equal(str_contains(buf_str(&terminal.out), STR("\x1b[")), rows[i].on_terminal);
		assert_int_equal(str_contains(buf_str(&file.out), STR("\x1b[")), rows[i].elsewhere);
		outcome_release(&terminal);
		outcome_release(&file);
	}
}

/* Rules are silent about what they cannot resolve: above a share of that, silence is no clean report. */
static void test_a_hollow_run_says_so(void **state)
{
	(void)state;
	tree_write("src/there.ts", "export const a = 1;\n");
	tree_write_repeated("src/good.ts", "", "import './there';\n", 12, "");
	tree_write_repeated("src/lost.ts", "", "import './gone';\n", 7, "");
	struct outcome o = run_bylaw(NULL, "check", NULL);
	expect_outcome(&o, 0, NULL, "7 of 19 in-project imports unresolved (no such file 7)");
	outcome_release(&o);
	tree_write_repeated("src/lost.ts", "", "import './gone';\n", 9, "");
	o = run_bylaw(NULL, "check", "-o", "json", NULL);
	expect_outcome(
		&o, 2, "\"complete\":false", "9 of the 21 in-project imports of Node production code lead nowhere");
	outcome_release(&o);
	o = run_bylaw(NULL, "why", "src/lost.ts", NULL);
	expect_outcome(&o, 0, "./gone → unresolved: no such file", NULL);
	outcome_release(&o);
	tree_write_repeated("src/lost.ts", "", "import './there';\n", 1, "console.log(1);\n");
	tree_write_repeated("src/lost.test.ts", "", "import './gone';\n", 30, "");
	o = run_bylaw(NULL, "check", NULL);
	expect_outcome(&o, 1, NULL, "30 of 43 in-project imports unresolved");
	assert_lacks(o.err, "lead nowhere");
	outcome_release(&o);
}

/* What is not there may be left out on purpose. */
static void test_why_an_import_leads_nowhere(void **state)
{
	(void)state;
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write(".git/objects/.keep", "");
	tree_write(".gitignore", "/dist/\n*.gen.ts\n/src/generated/\n");
	tree_write("bylaw.yaml", "exclude: [old/**]\n");
	tree_write("old/a.ts", "");
	tree_write("package.json", "{ \"name\": \"api\", \"exports\": { \"./x\": \"./dist/x.js\" } }");
	tree_write("src/good.ts",
		"import '../old/a';\nimport './b.gen';\nimport './generated';\nimport './generated/c';\n"
		"import 'api/x';\nimport 'api/y';\nimport './d';\nexport * from './e.gen';\nimport(d);\n");
	struct outcome o = run_bylaw(NULL, "why", "src/good.ts", NULL);
	expect_outcome(&o, 0, "  ../old/a → unresolved: excluded in bylaw.yaml\n", NULL);
	assert_has(o.out, "  ./b.gen → unresolved: ignored by git\n");
	assert_has(o.out, "  ./generated → unresolved: ignored by git\n");
	assert_has(o.out, "  ./generated/c → unresolved: ignored by git\n");
	assert_has(o.out, "  api/x → unresolved: ignored by git\n");
	assert_has(o.out, "  api/y → unresolved: not exported\n");
	assert_has(o.out, "  ./d → unresolved: no such file\n");
	assert_has(o.out, "  export from ./e.gen → unresolved: ignored by git\n");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", NULL);
	expect_outcome(&o, 0, NULL,
		"9 of 9 in-project imports unresolved (no such file 1, not exported 1, ignored by git 5, "
		"excluded in bylaw.yaml 1, named at run time 1)");
	outcome_release(&o);
}

static void test_why_in_python_and_go(void **state)
{
	(void)state;
	tree_write(".git/HEAD", "ref: refs/heads/main\n");
	tree_write(".git/objects/.keep", "");
	tree_write(".gitignore", "*_pb2.py\n/gen/\n");
	tree_write("shop/__init__.py", "");
	tree_write("shop/urls.py", "");
	tree_write("shop/settings.py",
		"from .api_pb2 import X\nfrom . import b_pb2\nimport shop.c_pb2\nimport shop.gone\nfrom .... import y\n"
		"ROOT_URLCONF = 'shop.urls'\nAUTH_USER_MODEL = 'gone.User'\n");
	struct outcome o = run_bylaw(NULL, "why", "shop/settings.py", NULL);
	expect_outcome(&o, 0, "  .api_pb2 → unresolved: ignored by git\n", NULL);
	assert_has(o.out, "  . → unresolved: ignored by git\n");
	assert_has(o.out, "  shop.c_pb2 → unresolved: ignored by git\n");
	assert_has(o.out, "  shop.gone → unresolved: no such module\n");
	assert_has(o.out, "  .... → unresolved: outside the project\n");
	assert_has(o.out, "names in strings:\n  \"shop.urls\" → file shop/urls.py\n");
	assert_lacks(o.out, "gone.User");
	outcome_release(&o);
	tree_write("go.mod", "module acme.io/shop\n");
	tree_write("store/s.go", "package store\n");
	tree_write("a.go",
		"package shop\nimport (\n\"fmt\"\n\"acme.io/shop/store\"\n\"acme.io/shop/gen/api\"\n\"acme.io/shop/gone\"\n)\n");
	o = run_bylaw(NULL, "why", "a.go", NULL);
	expect_outcome(&o, 0, "  acme.io/shop/store → Go package store\n", NULL);
	assert_has(o.out, "  fmt → library\n");
	assert_has(o.out, "  acme.io/shop/gen/api → unresolved: ignored by git\n");
	assert_has(o.out, "  acme.io/shop/gone → unresolved: no such module\n");
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_a_full_disk_is_a_failure),
		CLI_TEST(test_nobody_reads_on),
		CLI_TEST(test_a_pipe_that_does_not_wait),
		CLI_TEST(test_report_files_are_written_whole_or_not_at_all),
		CLI_TEST(test_places_that_are_no_report_files),
		CLI_TEST(test_a_closed_folder_for_reports),
		CLI_TEST(test_no_findings_is_a_valid_report),
		CLI_TEST(test_uris),
		CLI_TEST(test_odd_bytes_in_messages),
		CLI_TEST(test_the_same_bytes_every_time),
		CLI_TEST(test_colour),
		CLI_TEST(test_a_hollow_run_says_so),
		CLI_TEST(test_why_an_import_leads_nowhere),
		CLI_TEST(test_why_in_python_and_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
