/* Whole runs over sources that do not keep still: S16, S17, S23 of the bad-input list. */
#include "source/disk.h"
#include "source/plain.h"
#include "tree.h"
#include "unit/project.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A source over another one, where something happens: before the first file is read, and with one file. */
struct eventful {
	struct source source;
	struct source *below;
	void (*before_reading)(void);
	const char *broken; /* cannot be read, */
	enum skip_reason reason; /* for this reason */
};

static bool eventful_list(struct source *s, struct source_files *files, struct err *err)
{
	return source_list(((struct eventful *)s)->below, files, err);
}

static enum skip_reason eventful_read(struct source *s, const struct source_file *file, struct buf *bytes)
{
	struct eventful *e = (struct eventful *)s;
	if (e->before_reading)
		e->before_reading();
	e->before_reading = NULL;
	buf_clear(bytes);
	return e->broken && str_is(file->path, e->broken) ? e->reason : source_read(e->below, file, bytes);
}

static void eventful_close(struct source *s)
{
	source_close(((struct eventful *)s)->below);
}

static const struct source_type eventful_type = { eventful_list, eventful_read, NULL, NULL, eventful_close };

static struct source *open_disk(void)
{
	struct err err = { 0 };
	struct source *s = disk_source_open(tree_root(), NULL, 0, &err);
	assert_non_null(s);
	return s;
}

static int setup(void **state)
{
	(void)state;
	tree_begin();
	tree_write("package.json", "{ \"dependencies\": { \"express\": \"4\" } }");
	tree_write("src/good.ts", "console.log(1);\n");
	return 0;
}

/* Findings as "path:line" and files that were not read as "path!reason", one a line. */
static void assert_report(const struct report *r, const char *expected)
{
	struct buf out = { 0 };
	for (uint32_t i = 0; i < r->findings.count; i++)
		buf_printf(
			&out, "%.*s:%u\n", STR_ARG(r->findings.items[i]->place.path), r->findings.items[i]->place.line);
	for (uint32_t i = 0; i < r->skipped.count; i++)
		buf_printf(&out, "%.*s!%s\n", STR_ARG(r->skipped.items[i].path),
			skip_reason_text(r->skipped.items[i].reason));
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

static const char *const changing[] = { "deleted.ts", "fifo.ts", "folder.ts", "grown.ts", "link.ts", "replaced.ts",
	"shrunk.ts", "src2/moved.ts" };

static void change_them(void)
{
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(unlink(tree_path(changing[i])), 0);
	assert_int_equal(mkfifo(tree_path("fifo.ts"), 0644), 0);
	assert_int_equal(mkdir(tree_path("folder.ts"), 0755), 0);
	assert_int_equal(symlink("/etc/passwd", tree_path("link.ts")), 0);
	tree_write_repeated("grown.ts", "console.log(1);\n", "console.log(1);\n", 1, "");
	tree_write("replaced.tmp", "\nconsole.log(1);\n");
	assert_int_equal(rename(tree_path("replaced.tmp"), tree_path("replaced.ts")), 0);
	assert_int_equal(truncate(tree_path("shrunk.ts"), 0), 0);
	assert_int_equal(rename(tree_path("src2"), tree_path("src3")), 0);
}

/* S16: each file is read as it is then, or named; nothing is read that is not a file of the project. */
static void test_files_change_between_listing_and_reading(void **state)
{
	(void)state;
	struct project p;
	struct eventful e = { { &eventful_type }, open_disk(), change_them, NULL, SKIP_NONE };
	for (size_t i = 0; i < COUNT(changing); i++)
		tree_write(changing[i], "console.log(1);\n");
	project_run_source(&p, &e.source, "", 1, false);
	assert_report(&p.result.report,
		"grown.ts:1\ngrown.ts:2\nreplaced.ts:2\nsrc/good.ts:1\n"
		"deleted.ts!io/changed\nfifo.ts!skip/special-file\nfolder.ts!skip/special-file\n"
		"link.ts!skip/symlink\nsrc2/moved.ts!io/changed\n");
	project_release(&p);
}

/* S17: a disk that gives up on one file. */
static void test_a_file_that_cannot_be_read(void **state)
{
	(void)state;
	struct project p;
	struct eventful e = { { &eventful_type }, open_disk(), NULL, "src/bad.ts", SKIP_IO };
	tree_write("src/bad.ts", "console.log(1);\n");
	project_run_source(&p, &e.source, "", 2, false);
	assert_report(&p.result.report, "src/good.ts:1\nsrc/bad.ts!io/error\n");
	project_release(&p);
}

/* S17: what read() says comes through. The first byte of a process' memory is a read error of the kernel's. */
static void test_read_errors(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct buf bytes = { 0 };
	struct source *s = disk_source_open("/proc/self", NULL, 0, &err);
	struct source_file file = { .path = STR("mem") };
	assert_non_null(s);
	assert_int_equal(source_read(s, &file, &bytes), SKIP_IO);
	assert_int_equal(bytes.len, 0);
	source_close(s);
	buf_release(&bytes);
}

static void on_signal(int signal)
{
	(void)signal;
}

/* S17: short reads, and reads that a signal breaks off. */
static void test_reads_go_on(void **state)
{
	(void)state;
	enum { TIMES = 200 };
	int ends[2];
	struct buf bytes = { 0 };
	struct sigaction action = { .sa_handler = on_signal }, before; /* without SA_RESTART */
	assert_int_equal(sigaction(SIGUSR1, &action, &before), 0);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < TIMES; i++)
			if (kill(getppid(), SIGUSR1) != 0 || write(ends[1], "piece ", 6) != 6)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	assert_true(plain_read(ends[0], 1 << 20, &bytes));
	assert_int_equal(bytes.len, 6 * TIMES);
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	sigaction(SIGUSR1, &before, NULL);
	buf_release(&bytes);
}

static void put_repeated(struct source *s, const char *path, const char *before, const char *part, size_t times,
	const char *middle, const char *end)
{
	struct buf text = { 0 };
	buf_add_text(&text, before);
	add_repeated(&text, part, times);
	buf_add_text(&text, middle);
	add_repeated(&text, end, times);
	overlay_source_put(s, str_from(path), buf_str(&text));
	buf_release(&text);
}

/* Protos that nest, repeat and go round; `type` is what changes. */
static struct source *hostile_protos(const char *type)
{
	struct source *s = overlay_source_open(NULL);
	struct buf good = { 0 };
	buf_printf(&good, "syntax = \"proto3\";\npackage good;\nmessage Good {\n  %s a = 1;\n}\n", type);
	overlay_source_put(s, STR("good.proto"), buf_str(&good));
	put_repeated(s, "deep.proto", "syntax = \"proto3\";\npackage deep;\n", "message A { ", 20000, type, "}");
	put_repeated(s, "open.proto", "syntax = \"proto3\";\npackage open;\n", "message A { ", 50000, type, "");
	put_repeated(
		s, "same.proto", "package same;\n", "message A { B a = 1; }\n", 5000, "", "message B { A a = 1; }\n");
	put_repeated(s, "round.proto", "package round;\n", "import public \"round.proto\";\n", 5000, type, "");
	buf_release(&good);
	return s;
}

/* S23: two revisions of them are compared as far as they can be read; the good one's change is found. */
static void test_hostile_protos_are_compared(void **state)
{
	(void)state;
	struct project p;
	struct source *base = hostile_protos("int32");
	project_run_with_base(&p, hostile_protos("string"), base, "", 2, false);
	const struct report *r = &p.result.report;
	bool found = false;
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct place *at = &r->findings.items[i]->place;
		found |= str_is(at->path, "good.proto") && at->line == 4;
	}
	assert_true(found);
	project_release(&p);
	source_close(base);
}

int main(void)
{
#define RUN_TEST(test) cmocka_unit_test_setup_teardown(test, setup, tree_teardown)
	const struct CMUnitTest tests[] = {
		RUN_TEST(test_files_change_between_listing_and_reading),
		RUN_TEST(test_a_file_that_cannot_be_read),
		cmocka_unit_test(test_read_errors),
		cmocka_unit_test(test_reads_go_on),
		cmocka_unit_test(test_hostile_protos_are_compared),
	};
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	parse_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
