/* Reports as files and streams: group O of the bad-input list. */
#include "cli/process.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
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

/* O3 */
static void test_report_files_are_written_whole_or_not_at_all(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "check", "-o", "sarif=missing/report.sarif", NULL);
	assert_int_equal(o.status, 2);
	outcome_release(&o);
	tree_write("report.json", "the old one");
	struct run_options small = { .limit = { RLIMIT_FSIZE, 64 } };
	o = run_bylaw(&small, "check", "-o", "json=report.json", NULL);
	assert_int_equal(o.status, 2);
	outcome_release(&o);
	struct stat st;
	assert_int_equal(stat(tree_path("report.json"), &st), 0);
	assert_int_equal(st.st_size, 11);
	o = run_bylaw(NULL, "check", "-o", "json=report.json", "-o", "concise", NULL);
	assert_int_equal(o.status, 1);
	assert_has(o.out, GOOD_FINDING);
	assert_int_equal(stat(tree_path("report.json"), &st), 0);
	assert_true(st.st_size > 100);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "-o", "concise=-", NULL);
	assert_has(o.out, GOOD_FINDING);
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

/* O8, O9 */
static void test_odd_bytes_in_names_and_messages(void **state)
{
	(void)state;
	tree_write("src/a b[1]%\xff.ts", "console.log(\"\xff\x01\");\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "sarif", NULL);
	assert_has(o.out, "src/a%20b%5B1%5D%25%FF.ts");
	cJSON *root = cJSON_Parse(buf_cstr(&o.out));
	assert_non_null(root);
	cJSON_Delete(root);
	outcome_release(&o);
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

/* O12 */
static void test_colour(void **state)
{
	(void)state;
	static const char *const force[] = { "FORCE_COLOR=1", NULL }, *const no[] = { "NO_COLOR=1", NULL };
	struct run_options forced = { .environment = force }, plain = { .environment = no };
	struct outcome o = run_bylaw(NULL, "check", NULL);
	assert_lacks(o.out, "\x1b[");
	outcome_release(&o);
	o = run_bylaw(&forced, "check", NULL);
	assert_has(o.out, "\x1b[");
	outcome_release(&o);
	o = run_bylaw(&plain, "check", NULL);
	assert_lacks(o.out, "\x1b[");
	outcome_release(&o);
	o = run_bylaw(&plain, "check", "--color=always", NULL);
	assert_has(o.out, "\x1b[");
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_a_full_disk_is_a_failure),
		CLI_TEST(test_nobody_reads_on),
		CLI_TEST(test_a_pipe_that_does_not_wait),
		CLI_TEST(test_report_files_are_written_whole_or_not_at_all),
		CLI_TEST(test_no_findings_is_a_valid_report),
		CLI_TEST(test_odd_bytes_in_names_and_messages),
		CLI_TEST(test_the_same_bytes_every_time),
		CLI_TEST(test_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
