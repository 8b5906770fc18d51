/* What happens while a run is on: signals (O4), a config that is edited (C23), other runs (O13). */
#include "cli/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cmocka.h>

/* Has the kernel send a signal to the run at the moment when the run does this in a folder (DN_…). */
static int signal_when(const char *folder, unsigned long event, int signal)
{
	int fd = open(tree_path(folder), O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	if (fcntl(fd, F_SETSIG, signal) != 0 || fcntl(fd, F_NOTIFY, event) != 0)
		skip(); /* a kernel without CONFIG_DNOTIFY */
	return fd;
}

static unsigned count_entries(const char *folder)
{
	DIR *stream = opendir(tree_path(folder));
	unsigned count = 0;
	assert_non_null(stream);
	while (readdir(stream))
		count++;
	closedir(stream);
	return count - 2; /* itself and the one above */
}

static void test_interrupted_while_reading(void **state)
{
	(void)state;
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	for (size_t i = 0; i < COUNT(signals); i++) {
		struct run_options options = { .signalled_by = signal_when("src", DN_ACCESS, signals[i]) };
		struct outcome o = run_bylaw(&options, "check", "-o", "json=report.json", "-o", "text", NULL);
		expect_outcome(&o, -signals[i], NULL, NULL);
		assert_string_equal(buf_cstr(&o.err), "bylaw: interrupted\n");
		assert_int_equal(o.out.len, 0);
		assert_int_not_equal(access(tree_path("report.json"), F_OK), 0);
		close(options.signalled_by);
		outcome_release(&o);
	}
}

/* nohup, and a shell that runs it in the background. */
static void test_an_ignored_signal_stays_ignored(void **state)
{
	(void)state;
	static const int signals[] = { SIGINT, SIGHUP };
	for (size_t i = 0; i < COUNT(signals); i++) {
		struct run_options options = { .signalled_by = signal_when("src", DN_ACCESS, signals[i]) };
		options.ignored = signals[i];
		struct outcome o = run_bylaw(&options, "check", "-o", "concise", NULL);
		expect_outcome(&o, 1, GOOD_FINDING, "read 2 files");
		close(options.signalled_by);
		outcome_release(&o);
	}
}

/* What was printed is whole findings, though the reader takes them slowly. */
static void test_interrupted_while_printing(void **state)
{
	(void)state;
	static const struct {
		const char *format, *end_of_finding;
	} rows[] = { { "text", "\n\n" }, { "concise", "\n" } };
	struct run_options options = { .streams = STREAM_PIPE };
	char first;
	tree_write_repeated("src/many.ts", "", "console.log(\"one of many\");\n", 500, "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome whole = run_bylaw(NULL, "check", "-o", rows[i].format, NULL);
		struct run run = start_bylaw(&options, "check", "-o", rows[i].format, NULL);
		assert_int_equal(read(run.out, &first, 1), 1);
		kill(run.pid, SIGINT);
		struct outcome o = finish_bylaw(&run);
		expect_outcome(&o, -SIGINT, NULL, NULL);
		assert_string_equal(buf_cstr(&o.err), "bylaw: interrupted\n");
		assert_true(str_ends(buf_str(&o.out), str_from(rows[i].end_of_finding)));
		assert_true(str_starts(str_slice(buf_str(&whole.out), 1, whole.out.len), buf_str(&o.out)));
		assert_true(o.out.len + 1 < whole.out.len);
		outcome_release(&whole);
		outcome_release(&o);
	}
}

/* A report that is begun is finished, and nothing else is left. */
static void test_interrupted_while_writing_a_report(void **state)
{
	(void)state;
	static const unsigned long moments[] = { DN_CREATE, DN_MODIFY, DN_RENAME };
	struct outcome whole = run_bylaw(NULL, "check", "-o", "json", NULL);
	for (size_t i = 0; i < COUNT(moments); i++) {
		tree_write("out/report.json", "the old one");
		struct run_options options = { .signalled_by = signal_when("out", moments[i], SIGTERM) };
		struct outcome o = run_bylaw(&options, "check", "-o", "concise", "-o", "json=out/report.json", NULL);
		expect_outcome(&o, -SIGTERM, NULL, "bylaw: interrupted\n");
		assert_int_equal(o.out.len, 0);
		assert_int_equal(count_entries("out"), 1);
		assert_true(tree_holds("out/report.json", buf_cstr(&whole.out)));
		close(options.signalled_by);
		outcome_release(&o);
	}
	outcome_release(&whole);
}

static int watch(const char *path, uint32_t events)
{
	int fd = inotify_init1(IN_CLOEXEC);
	if (fd < 0 || inotify_add_watch(fd, tree_path(path), events) < 0)
		fail_msg("%s cannot be watched", path);
	return fd;
}

/* C23: the config is opened once, and what comes after that does not matter. */
static void test_the_config_is_edited(void **state)
{
	(void)state;
	enum { EVENT = sizeof(struct inotify_event) };
	char events[8 * EVENT];
	tree_write("bylaw.yaml", "rules: { node/no-console: note }\n");
	int is_read = watch("bylaw.yaml", IN_CLOSE_NOWRITE), uses = watch("bylaw.yaml", IN_OPEN | IN_CLOSE);
	struct run run = start_bylaw(NULL, "check", "-o", "concise", "-o", "json=report.json", NULL);
	assert_int_equal(read(is_read, events, sizeof(events)), EVENT);
	tree_write("bylaw.yaml", "rules: { node/no-console: [\n");
	struct outcome o = finish_bylaw(&run);
	expect_outcome(&o, 0, "note[node/no-console]", NULL);
	/* opened and closed by the run, and by us to write */
	assert_int_equal(read(uses, events, sizeof(events)), 4 * EVENT);
	close(is_read);
	close(uses);
	outcome_release(&o);
}

/* Every line of `text` is one of the lines of `known`; returns how many there are. */
static unsigned count_known_lines(struct str text, struct str known)
{
	struct buf line = { 0 };
	struct str part;
	unsigned count = 0;
	text.len -= str_ends(text, STR("\n"));
	for (; str_split(&text, '\n', &part); count++) {
		buf_clear(&line);
		buf_printf(&line, "\n%.*s\n", STR_ARG(part));
		if (!str_contains(known, buf_str(&line)))
			fail_msg("a line that no run prints: %s", buf_cstr(&line));
	}
	buf_release(&line);
	return count;
}

/* O13: both streams of three runs at once on one pipe: no line stands in the middle of another. */
static void test_lines_of_several_runs_stay_whole(void **state)
{
	(void)state;
	enum { RUNS = 3 };
	int ends[2];
	char report[32], event[sizeof(struct inotify_event) + NAME_MAX + 1];
	struct run runs[RUNS];
	struct buf all = { 0 }, known = { 0 };
	tree_write_repeated("src/many.ts", "", "console.log(1);\n", 400, "");
	struct outcome alone = run_bylaw(NULL, "check", "-o", "concise", NULL);
	buf_printf(&known, "\n%s%s", buf_cstr(&alone.out), buf_cstr(&alone.err));
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	fcntl(ends[1], F_SETPIPE_SZ, 4096); /* all of them wait to be read */
	struct run_options options = { .onto = ends[1] };
	for (unsigned i = 0; i < RUNS; i++) {
		snprintf(report, sizeof(report), "json=report%u.json", i);
		int written = watch(".", IN_MOVED_TO);
		runs[i] = start_bylaw(&options, "check", "-o", report, "-o", "concise", NULL);
		assert_true(read(written, event, sizeof(event)) > 0);
		close(written);
	}
	close(ends[1]);
	read_to_end(ends[0], &all);
	close(ends[0]);
	unsigned lines = count_known_lines(buf_str(&all), buf_str(&known));
	assert_int_equal(lines, RUNS * count_known_lines(str_slice(buf_str(&known), 1, known.len), buf_str(&known)));
	for (unsigned i = 0; i < RUNS; i++) {
		struct outcome o = finish_bylaw(&runs[i]);
		assert_int_equal(o.status, 1);
		outcome_release(&o);
	}
	buf_release(&all);
	buf_release(&known);
	outcome_release(&alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_interrupted_while_reading),
		CLI_TEST(test_an_ignored_signal_stays_ignored),
		CLI_TEST(test_interrupted_while_printing),
		CLI_TEST(test_interrupted_while_writing_a_report),
		CLI_TEST(test_the_config_is_edited),
		CLI_TEST(test_lines_of_several_runs_stay_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
