#include "cli/process.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_ARGUMENTS = 32, PATIENCE = 30, NOBODY = 65534 };

void tree_write_good(void)
{
	tree_write("package.json", "{ \"name\": \"api\", \"dependencies\": { \"express\": \"4\" } }\n");
	tree_write("src/good.ts", "export function good() {\n\tconsole.log(\"found\");\n}\n");
}

int good_tree_setup(void **state)
{
	(void)state;
	tree_begin();
	tree_write_good();
	return 0;
}

/* Of the tester's environment only what the sanitizers are told. */
static void set_environment(const char *const *added)
{
	static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
		"LLVM_PROFILE_FILE" };
	enum { KEPT = sizeof(kept) / sizeof(*kept) };
	char *values[KEPT];
	for (size_t i = 0; i < KEPT; i++)
		values[i] = getenv(kept[i]) ? strdup(getenv(kept[i])) : NULL;
	clearenv();
	for (size_t i = 0; i < KEPT; i++)
		if (values[i])
			setenv(kept[i], values[i], 1);
	setenv("PATH", "/usr/bin:/bin", 1);
	setenv("HOME", tree_root(), 1);
	for (const char *const *e = added; e && *e; e++)
		putenv(strdup(*e));
}

/* Writing to a pipe whose reader has gone raises SIGPIPE. */
static int broken_pipe(void)
{
	int ends[2];
	if (pipe(ends) != 0)
		abort();
	close(ends[0]);
	return ends[1];
}

static void set_streams(const struct run_options *o, int out, int err)
{
	if (o->streams == STREAM_CLOSED) {
		close(STDIN_FILENO);
		close(STDOUT_FILENO);
		close(STDERR_FILENO);
		return;
	}
	if (o->onto)
		out = err = o->onto;
	else if (o->stdout_path)
		out = open(o->stdout_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	else if (o->streams == STREAM_BROKEN)
		out = broken_pipe();
	dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(o->streams == STREAM_JOINED ? out : err, STDERR_FILENO);
}

static void become_bylaw(const struct run_options *o, char **argv, int out, int err)
{
	set_streams(o, out, err);
	if (o->signalled_by)
		fcntl(o->signalled_by, F_SETOWN, getpid());
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	set_environment(o->environment);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL); /* a shell ignores it for what it runs in the background */
	if (o->ignored)
		signal(o->ignored, SIG_IGN);
	alarm(PATIENCE); /* outlives the exec */
	if (chdir(o->folder ? o->folder : tree_root()) != 0)
		_exit(126);
	if (o->limit.value || o->limit.resource) {
		struct rlimit limit = { o->limit.value, o->limit.value };
		setrlimit(o->limit.resource, &limit);
	}
	int program = open(BYLAW_PROGRAM, O_RDONLY | O_CLOEXEC); /* nobody may not come so far by name */
	if (o->as_nobody && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
		_exit(126);
	fexecve(program, argv, environ);
	_exit(127);
}

static int wait_for(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* Files, not pipes, take the output: they cannot fill up. */
static int temporary(void)
{
	FILE *file = tmpfile();
	if (!file)
		abort();
	int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
	fclose(file);
	return fd;
}

/* A pipe that holds little: the writer soon waits for us. */
static int small_pipe(int *writes)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		abort();
	fcntl(ends[1], F_SETPIPE_SZ, 4096);
	*writes = ends[1];
	return ends[0];
}

static struct run start(const struct run_options *o, char **argv)
{
	struct run run = { .out = temporary(), .err = temporary() };
	int out = run.out;
	if (o->streams == STREAM_PIPE || o->streams == STREAM_HASTY_PIPE) {
		close(out);
		run.out = small_pipe(&out);
		fcntl(out, F_SETFL, o->streams == STREAM_HASTY_PIPE ? O_NONBLOCK : 0);
	}
	run.pid = fork();
	if (run.pid == 0)
		become_bylaw(o, argv, out, run.err);
	if (out != run.out)
		close(out);
	return run;
}

static struct run start_with(const struct run_options *options, const char *first, va_list args)
{
	static const struct run_options none;
	char *argv[MOST_ARGUMENTS] = { strdup("bylaw") };
	int count = 1;
	for (const char *arg = first; arg && count < MOST_ARGUMENTS - 1; arg = va_arg(args, const char *))
		argv[count++] = strdup(arg);
	struct run run = start(options ? options : &none, argv);
	while (count > 0)
		free(argv[--count]);
	return run;
}

static void take(int fd, struct buf *out)
{
	lseek(fd, 0, SEEK_SET);
	read_to_end(fd, out);
	close(fd);
}

struct outcome finish_bylaw(const struct run *run)
{
	struct outcome o = { 0 };
	bool is_pipe = lseek(run->out, 0, SEEK_SET) < 0;
	if (is_pipe) /* it ends with the run, which waits to be read */
		take(run->out, &o.out);
	o.status = wait_for(run->pid);
	if (!is_pipe)
		take(run->out, &o.out);
	take(run->err, &o.err);
	return o;
}

struct run start_bylaw(const struct run_options *options, const char *first, ...)
{
	va_list args;
	va_start(args, first);
	struct run run = start_with(options, first, args);
	va_end(args);
	return run;
}

struct outcome run_bylaw(const struct run_options *options, const char *first, ...)
{
	va_list args;
	va_start(args, first);
	struct run run = start_with(options, first, args);
	va_end(args);
	return finish_bylaw(&run);
}

void outcome_release(struct outcome *o)
{
	buf_release(&o->out);
	buf_release(&o->err);
}

void expect_outcome_at(
	const struct outcome *o, int status, const char *out_says, const char *err_says, const char *file, int line)
{
	if (o->status == status && (!out_says || str_contains(buf_str(&o->out), str_from(out_says))) &&
		(!err_says || str_contains(buf_str(&o->err), str_from(err_says))))
		return;
	print_error("status %d, wanted %d; stdout should say \"%s\", stderr \"%s\"\nstdout: %.2000s\nstderr: %.2000s\n",
		o->status, status, out_says ? out_says : "", err_says ? err_says : "", o->out.ptr, o->err.ptr);
	_fail(file, line);
}

void check_says(const char *a, const char *b, int status, const char *out_says, const char *err_says)
{
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", a, b, NULL);
	expect_outcome(&o, status, out_says, err_says);
	outcome_release(&o);
}

void expect_refusal(const struct outcome *o, const char *says)
{
	expect_outcome(o, 2, NULL, says);
	assert_int_equal(o->out.len, 0);
	assert_true(str_starts(buf_str(&o->err), STR("bylaw: ")));
	assert_int_equal(str_find(buf_str(&o->err), '\n'), o->err.len - 1);
}
