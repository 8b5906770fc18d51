#include "cli/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_ARGUMENTS = 32, PATIENCE = 30 };

static char root[64];

void tree_begin(void)
{
	strcpy(root, "/tmp/bylaw-cli-XXXXXX");
	if (!mkdtemp(root))
		abort();
}

/* Takes over the descriptor. */
static void empty_folder(int folder)
{
	DIR *stream = fdopendir(folder);
	if (!stream)
		abort();
	for (const struct dirent *entry; (entry = readdir(stream));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		bool is_folder = entry->d_type == DT_DIR;
		if (is_folder)
			empty_folder(openat(dirfd(stream), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
		unlinkat(dirfd(stream), entry->d_name, is_folder ? AT_REMOVEDIR : 0);
	}
	closedir(stream);
}

void tree_end(void)
{
	empty_folder(open(root, O_RDONLY | O_DIRECTORY));
	rmdir(root);
}

const char *tree_path(const char *path)
{
	static char full[4][8192];
	static unsigned next;
	char *out = full[next++ % 4];
	snprintf(out, sizeof(full[0]), "%s/%s", root, path);
	return out;
}

/* Goes down step by step: a whole path may be longer than the kernel takes. */
static int open_new(const char *path)
{
	char name[256];
	int folder = open(root, O_RDONLY | O_DIRECTORY);
	for (const char *slash; (slash = strchr(path, '/')); path = slash + 1) {
		snprintf(name, sizeof(name), "%.*s", (int)(slash - path), path);
		mkdirat(folder, name, 0755);
		int next = openat(folder, name, O_RDONLY | O_DIRECTORY);
		close(folder);
		folder = next;
	}
	int file = openat(folder, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	close(folder);
	return file;
}

void tree_write_bytes(const char *path, const void *bytes, size_t len)
{
	int fd = open_new(path);
	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len || close(fd) != 0)
		abort();
}

void tree_write(const char *path, const char *text)
{
	tree_write_bytes(path, text, strlen(text));
}

void tree_write_repeated(const char *path, const char *before, const char *part, size_t times, const char *after)
{
	struct buf text = { 0 };
	buf_add_text(&text, before);
	for (size_t i = 0; i < times; i++)
		buf_add_text(&text, part);
	buf_add_text(&text, after);
	tree_write_bytes(path, text.ptr, text.len);
	buf_release(&text);
}

void tree_write_good(void)
{
	tree_write("package.json", "{ \"name\": \"api\", \"dependencies\": { \"express\": \"4\" } }\n");
	tree_write("src/good.ts", "export function good() {\n\tconsole.log(\"found\");\n}\n");
}

static void read_all(int fd, struct buf *out)
{
	ssize_t got;
	while ((got = read(fd, buf_reserve(out, 65536), 65536)) > 0 || (got < 0 && errno == EINTR))
		out->len += got > 0 ? (uint32_t)got : 0;
	buf_cstr(out);
}

bool tree_holds(const char *path, const char *text)
{
	struct buf bytes = { 0 };
	int fd = open(tree_path(path), O_RDONLY | O_NONBLOCK);
	bool same = fd >= 0;
	if (same) {
		read_all(fd, &bytes);
		same = str_is(buf_str(&bytes), text);
		close(fd);
	}
	buf_release(&bytes);
	return same;
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
	setenv("HOME", root, 1);
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
	if (o->stdout_path)
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
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	set_environment(o->environment);
	signal(SIGPIPE, SIG_DFL);
	alarm(PATIENCE); /* outlives the exec */
	if (chdir(o->folder ? o->folder : root) != 0)
		_exit(126);
	if (o->limit.value || o->limit.resource) {
		struct rlimit limit = { o->limit.value, o->limit.value };
		setrlimit(o->limit.resource, &limit);
	}
	execv(BYLAW_PROGRAM, argv);
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

static void take(int fd, struct buf *out)
{
	lseek(fd, 0, SEEK_SET);
	read_all(fd, out);
	close(fd);
}

struct outcome run_bylaw(const struct run_options *options, const char *first, ...)
{
	static const struct run_options none;
	char *argv[MOST_ARGUMENTS] = { strdup("bylaw") };
	int count = 1, out = temporary(), err = temporary();
	va_list args;
	va_start(args, first);
	for (const char *arg = first; arg && count < MOST_ARGUMENTS - 1; arg = va_arg(args, const char *))
		argv[count++] = strdup(arg);
	va_end(args);
	pid_t pid = fork();
	if (pid == 0)
		become_bylaw(options ? options : &none, argv, out, err);
	struct outcome o = { .status = wait_for(pid) };
	take(out, &o.out);
	take(err, &o.err);
	while (count > 0)
		free(argv[--count]);
	return o;
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
