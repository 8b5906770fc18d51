#include "cli/process.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 32, PATIENCE = 30 };

static char root[64];

void tree_begin(void)
{
	strcpy(root, "/tmp/bylaw-cli-XXXXXX");
	if (!mkdtemp(root))
		abort();
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void tree_end(void)
{
	nftw(root, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

const char *tree_path(const char *path)
{
	static char full[4][8192];
	static unsigned next;
	char *out = full[next++ % 4];
	snprintf(out, sizeof(full[0]), "%s/%s", root, path);
	return out;
}

static void make_folders(char *path)
{
	for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			abort();
		*slash = '/';
	}
}

void tree_write_bytes(const char *path, const void *bytes, size_t len)
{
	char full[8192];
	snprintf(full, sizeof(full), "%s/%s", root, path);
	make_folders(full);
	FILE *file = fopen(full, "wb");
	if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0)
		abort();
}

void tree_write(const char *path, const char *text)
{
	tree_write_bytes(path, text, strlen(text));
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
}

static void become_bylaw(const struct run_options *o, char **argv, int out, int err)
{
	setpgid(0, 0);
	for (int fd = 0; o->close_streams && fd < 3; fd++)
		close(fd);
	if (!o->close_streams) {
		dup2(o->stdout_path ? open(o->stdout_path, O_WRONLY | O_CREAT | O_TRUNC, 0644) : out, STDOUT_FILENO);
		dup2(err, STDERR_FILENO);
	}
	if (o->file_size_limit) {
		struct rlimit limit = { (rlim_t)o->file_size_limit, (rlim_t)o->file_size_limit };
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	unsetenv("NO_COLOR");
	unsetenv("FORCE_COLOR");
	for (const char *const *e = o->environment; e && *e; e++)
		putenv(strdup(*e));
	if (chdir(o->folder ? o->folder : root) != 0)
		_exit(126);
	execv(BYLAW_PROGRAM, argv);
	_exit(127);
}

/* Waits, and kills what does not end. The output is read before; files hold it so that no pipe can fill up. */
static int wait_for(pid_t pid)
{
	int status = 0;
	for (int tenths = 0; tenths < PATIENCE * 100; tenths++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
		usleep(10000);
	}
	kill(-pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -SIGKILL;
}

static int temporary(void)
{
	FILE *file = tmpfile();
	int fd = dup(fileno(file));
	fclose(file);
	return fd;
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
	lseek(out, 0, SEEK_SET);
	lseek(err, 0, SEEK_SET);
	read_all(out, &o.out);
	read_all(err, &o.err);
	close(out);
	close(err);
	while (count > 0)
		free(argv[--count]);
	return o;
}

void outcome_release(struct outcome *o)
{
	buf_release(&o->out);
	buf_release(&o->err);
}
