/* What surrounds a run: group C of the bad-input list. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

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

/* A day from today, as `until=` has it. */
static void add_day(struct buf *out, time_t now, int days)
{
	char text[16];
	struct tm tm;
	time_t then = now + days * 24 * 60 * 60;
	gmtime_r(&then, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d", &tm);
	buf_add_text(out, text);
}

/* C27: today is the same everywhere, and nothing else asks what time it is: see also O10. */
static void test_time_zones(void **state)
{
	(void)state;
	static const char *const zones[][2] = { { "TZ=UTC" }, { "TZ=Pacific/Kiritimati" }, { "TZ=Etc/GMT+12" },
		{ "TZ=:/dev/zero" }, { "TZ=\x1b[31m,junk" }, { "TZ=XXX-167:59:59YYY" } };
	time_t now = time(NULL);
	struct buf text = { 0 };
	for (int days = -2; days <= 2; days++) {
		buf_add_text(&text, "console.log(1); // bylaw-ignore[node/no-console] until=");
		add_day(&text, now, days);
		buf_add_text(&text, ": a while\n");
	}
	tree_write("src/good.ts", buf_cstr(&text));
	struct run_options options = { .environment = zones[0] };
	struct outcome first = run_bylaw(&options, "check", "-o", "concise", NULL);
	expect_outcome(&first, 1, "src/good.ts:2:1: ", NULL);
	assert_lacks(first.out, "src/good.ts:4:1: ");
	for (size_t i = 1; i < COUNT(zones) && time(NULL) / 86400 == now / 86400; i++) {
		options.environment = zones[i];
		struct outcome o = run_bylaw(&options, "check", "-o", "concise", NULL);
		assert_string_equal(buf_cstr(&o.out), buf_cstr(&first.out));
		outcome_release(&o);
	}
	outcome_release(&first);
	buf_release(&text);
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
	static const rlim_t sizes[] = { 16, 20, 24, 32, 64, 256 };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct run_options limited = { .limit = { RLIMIT_AS, sizes[i] * 1024 * 1024 } };
		struct outcome o = run_bylaw(&limited, "check", "-o", "concise", NULL);
		if (o.status == 1)
			assert_has(o.out, GOOD_FINDING);
		else if (o.status != 127) /* not even the dynamic linker had enough */
			expect_outcome(&o, 2, NULL, "bylaw: out of memory\n");
		outcome_release(&o);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_closed_streams),
		CLI_TEST(test_odd_environments),
		CLI_TEST(test_time_zones),
		CLI_TEST(test_small_limits),
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
		CLI_TEST(test_little_memory),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
