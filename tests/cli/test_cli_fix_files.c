/* check --fix and the file system: what is written, what is left as it is, and what is said of it. */
#include "cli/process.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD                                         \
	"from pydantic import BaseModel\n\n\n"       \
	"class Order(BaseModel):\n    id: int\n\n\n" \
	"def read(order: Order):\n"
#define STALE HEAD "    return order.dict()\n"
#define FRESH HEAD "    return order.model_dump()\n"

static int begin(void **state)
{
	tree_begin();
	tree_write("pyproject.toml", "[project]\nname = \"shop\"\ndependencies = [\"pydantic>=2\"]\n");
	(void)state;
	return 0;
}

static void expect_fix(int status, const char *says)
{
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "--fix", NULL);
	expect_outcome(&o, status, NULL, says);
	outcome_release(&o);
}

static void test_every_byte_besides_stays(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after;
	} rows[] = {
		{ "\xEF\xBB\xBF" STALE, "\xEF\xBB\xBF" FRESH }, /* a byte order mark */
		{ HEAD "\treturn order.dict()", HEAD "\treturn order.model_dump()" }, /* no line end at the end */
		{ HEAD "    \"\xF0\x9F\x98\x80\"; return order . dict ( )  \n\n\n",
			HEAD "    \"\xF0\x9F\x98\x80\"; return order . model_dump ( )  \n\n\n" },
		{ "from pydantic import BaseModel\r\nclass Order(BaseModel):\r\n    id: int\r\n"
		  "def read(order: Order):\r\n    # bylaw-ignore[python/async-io]: slow\r\n    return order.dict()\r\n",
			"from pydantic import BaseModel\r\nclass Order(BaseModel):\r\n    id: int\r\n"
			"def read(order: Order):\r\n    return order.model_dump()\r\n" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write("shop/models.py", rows[i].before);
		expect_fix(0, "fixed ");
		assert_true(tree_holds("shop/models.py", rows[i].after));
	}
}

/* Two ids of one comment are one place: the second fix waits for the next pass. A third fix stands beside them. */
static void test_fixes_that_overlap(void **state)
{
	(void)state;
	tree_write("shop/models.py",
		HEAD "    return order.dict()  # bylaw-ignore[python/async-io, python/sync-cpu]: was slow\n");
	expect_fix(0, "fixed 3 findings\n");
	assert_true(tree_holds("shop/models.py", FRESH));
}

static void test_many_fixes_in_one_file(void **state)
{
	(void)state;
	static const unsigned counts[] = { 100, 2100 }; /* more than one pass makes */
	for (size_t i = 0; i < COUNT(counts); i++) {
		char fixed[64];
		struct buf wanted = { 0 };
		tree_write_repeated("shop/models.py", HEAD, "    order.dict()\n", counts[i], "");
		buf_add_text(&wanted, HEAD);
		add_repeated(&wanted, "    order.model_dump()\n", counts[i]);
		snprintf(fixed, sizeof(fixed), "fixed %u findings\n", counts[i]);
		expect_fix(0, fixed);
		assert_true(tree_holds("shop/models.py", buf_cstr(&wanted)));
		buf_release(&wanted);
	}
}

/* Only what was asked for is touched: by path, by rule; what is suppressed, excluded or switched off is not. */
static void test_what_is_not_reported_is_not_fixed(void **state)
{
	(void)state;
	static const struct {
		const char *path, *text, *fixed;
	} files[] = {
		{ "shop/asked.py", STALE, FRESH },
		{ "other/models.py", STALE, STALE },
		{ "shop/kept.py", HEAD "    return order.dict()  # bylaw-ignore[python/pydantic-v2]: V1 reads it\n",
			HEAD "    return order.dict()  # bylaw-ignore[python/pydantic-v2]: V1 reads it\n" },
		{ "shop/noqa.py", HEAD "    order.dict()  # bylaw-ignore[python/async-io]: was slow\n",
			HEAD "    order.model_dump()  # bylaw-ignore[python/async-io]: was slow\n" },
		{ "shop/legacy/models.py", STALE, STALE },
		{ "shop/off/models.py", STALE, STALE },
		{ "shop/tests/test_models.py", STALE, STALE },
	};
	tree_write("bylaw.yaml", "exclude: [\"shop/legacy/**\"]\n"
				 "overrides: [{files: [\"shop/off/**\"], rules: {python/pydantic-v2: off}}]\n");
	tree_write(".git/HEAD", "ref: refs/heads/main\n"); /* the project is more than the folder that is asked for */
	for (size_t i = 0; i < COUNT(files); i++)
		tree_write(files[i].path, files[i].text);
	struct outcome o = run_bylaw(NULL, "check", "--fix", "--rule", "python/pydantic-v2", "shop", NULL);
	expect_outcome(&o, 0, NULL, "fixed 2 findings\n");
	for (size_t i = 0; i < COUNT(files); i++)
		if (!tree_holds(files[i].path, files[i].fixed))
			fail_msg("%s is not what it should be", files[i].path);
	outcome_release(&o);
}

static void test_what_may_not_be_written(void **state)
{
	(void)state;
	tree_write("shop/a.py", STALE);
	tree_write("shop/b.py", STALE);
	assert_int_equal(chmod(tree_path("shop/a.py"), 0444), 0);
	expect_fix(2, "bylaw: shop/a.py: not fixed: it is read-only\n");
	assert_true(tree_holds("shop/a.py", STALE));
	assert_true(tree_holds("shop/b.py", FRESH));
	assert_int_equal(chmod(tree_path("shop/a.py"), 0644), 0);
	assert_int_equal(chmod(tree_root(), 0755), 0);
	if (geteuid() == 0) {
		struct run_options nobody = { .as_nobody = true };
		assert_int_equal(chmod(tree_path("shop/a.py"), 0666), 0); /* its folder is closed */
		struct outcome o = run_bylaw(&nobody, "check", "-o", "concise", "--fix", NULL);
		expect_outcome(&o, 2, "shop/a.py:9", "shop/a.py: cannot be written");
		assert_true(tree_holds("shop/a.py", STALE));
		outcome_release(&o);
	}
}

/* Each is said once, though there are several passes; whoever owns a file keeps it. */
static void test_the_file_stays_its_owners(void **state)
{
	(void)state;
	struct stat after;
	tree_write("shop/models.py", STALE);
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(tree_path("shop/models.py"), 65534, 65534), 0);
	assert_int_equal(chmod(tree_path("shop/models.py"), 0640), 0);
	expect_fix(0, "fixed 1 finding\n");
	assert_int_equal(stat(tree_path("shop/models.py"), &after), 0);
	assert_int_equal(after.st_uid, 65534);
	assert_int_equal(after.st_gid, 65534);
	assert_int_equal(after.st_mode & 07777, 0640);
}

/* A link is no file of the project; the one that it leads to is fixed in its place, if that lies in the project. */
static void test_links_are_not_followed(void **state)
{
	(void)state;
	struct stat link;
	tree_write("shop/models.py", STALE);
	tree_write("outside.txt", STALE);
	assert_int_equal(symlink("models.py", tree_path("shop/alias.py")), 0);
	assert_int_equal(symlink("../outside.txt", tree_path("shop/outside.py")), 0);
	expect_fix(0, "fixed 1 finding\n");
	assert_true(tree_holds("shop/models.py", FRESH));
	assert_true(tree_holds("outside.txt", STALE));
	assert_int_equal(lstat(tree_path("shop/alias.py"), &link), 0);
	assert_true(S_ISLNK(link.st_mode));
}

/* What it would leave is no Go for our grammar. The other fixes of the file are made. */
static void test_a_fix_that_breaks_the_file_is_refused(void **state)
{
	(void)state;
#define GO_HEAD                                                                                    \
	"package main\n\nimport \"sync\"\n\nfunc all(items []string) {\n\tvar wg sync.WaitGroup\n" \
	"\tfor range items {\n\t\tgo func() { wg.Add(1); defer wg.Done(); println() }()\n\t}\n\twg.Wait()\n"
	tree_write("go.mod", "module shop\n\ngo 1.22\n");
	tree_write(
		"main.go", GO_HEAD "\t// bylaw-ignore[go/handle-errors]: was needed\n}\n\nfunc main() { all(nil) }\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "--fix", NULL);
	expect_outcome(
		&o, 2, "main.go:8", "bylaw: main.go: not fixed: what comes out would not parse\nfixed 1 finding\n");
	assert_true(tree_holds("main.go", GO_HEAD "}\n\nfunc main() { all(nil) }\n"));
	outcome_release(&o);
}

/* From now on the kernel stops the run when it next reads in this folder, or lists it. */
static void stop_at_reading(int folder)
{
	if (fcntl(folder, F_SETSIG, SIGSTOP) != 0 || fcntl(folder, F_NOTIFY, DN_ACCESS) != 0)
		skip(); /* a kernel without CONFIG_DNOTIFY */
}

static int open_folder(const char *path)
{
	int folder = open(tree_path(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(folder >= 0);
	return folder;
}

static void go_on_to_the_stop(const struct run *run)
{
	int status;
	kill(run->pid, SIGCONT);
	assert_int_equal(waitpid(run->pid, &status, WUNTRACED), run->pid);
	assert_true(WIFSTOPPED(status));
}

/* A run that fixes, stopped when shop/models.py has been read and its findings are not yet there. */
static struct run stopped_behind_the_reading(void)
{
	char event[sizeof(struct inotify_event)];
	int closed = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), folder = open_folder("zz");
	assert_true(inotify_add_watch(closed, tree_path("shop/models.py"), IN_CLOSE_NOWRITE) >= 0);
	stop_at_reading(folder);
	struct run_options options = { .signalled_by = folder };
	struct run run = start_bylaw(&options, "check", "-j1", "-o", "concise", "--fix", NULL);
	go_on_to_the_stop(&run);
	while (read(closed, event, sizeof(event)) < 0) { /* that was the listing */
		stop_at_reading(folder);
		go_on_to_the_stop(&run);
	}
	close(closed);
	close(folder);
	return run;
}

/* As long as what it takes the place of. */
#define EDITED HEAD "    return order.dict(1\n"

static void test_a_file_that_changes_meanwhile_is_left(void **state)
{
	(void)state;
	static const char *const messages[] = { "it changed while it was checked", "it changed while it was fixed" };
	tree_write("zz/last.py", "x = 1\n");
	for (size_t i = 0; i < COUNT(messages); i++) {
		tree_write("shop/models.py", STALE);
		struct run run = stopped_behind_the_reading();
		if (i == 1) { /* and once more, at the reading before the writing */
			int folder = open_folder("shop");
			stop_at_reading(folder);
			fcntl(folder, F_SETOWN, run.pid);
			go_on_to_the_stop(&run);
			close(folder);
		}
		tree_write("shop/models.py", EDITED);
		kill(run.pid, SIGCONT);
		struct outcome o = finish_bylaw(&run);
		expect_outcome(&o, 2, NULL, messages[i]);
		assert_true(tree_holds("shop/models.py", EDITED));
		outcome_release(&o);
	}
}

#define FIX_TEST(name) cmocka_unit_test_setup_teardown(name, begin, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIX_TEST(test_every_byte_besides_stays),
		FIX_TEST(test_fixes_that_overlap),
		FIX_TEST(test_many_fixes_in_one_file),
		FIX_TEST(test_what_is_not_reported_is_not_fixed),
		FIX_TEST(test_what_may_not_be_written),
		FIX_TEST(test_the_file_stays_its_owners),
		FIX_TEST(test_links_are_not_followed),
		FIX_TEST(test_a_fix_that_breaks_the_file_is_refused),
		FIX_TEST(test_a_file_that_changes_meanwhile_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
