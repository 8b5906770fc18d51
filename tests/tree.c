#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64];

void tree_begin(void)
{
	strcpy(root, "/tmp/bylaw-test-XXXXXX");
	if (!mkdtemp(root))
		abort();
}

const char *tree_root(void)
{
	return root;
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

int tree_setup(void **state)
{
	(void)state;
	tree_begin();
	return 0;
}

int tree_teardown(void **state)
{
	(void)state;
	tree_end();
	return 0;
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

void add_repeated(struct buf *out, const char *part, size_t times)
{
	while (times--)
		buf_add_text(out, part);
}

void tree_write_repeated(const char *path, const char *before, const char *part, size_t times, const char *after)
{
	struct buf text = { 0 };
	buf_add_text(&text, before);
	add_repeated(&text, part, times);
	buf_add_text(&text, after);
	tree_write_bytes(path, text.ptr, text.len);
	buf_release(&text);
}

void read_to_end(int fd, struct buf *out)
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
		read_to_end(fd, &bytes);
		same = str_is(buf_str(&bytes), text);
		close(fd);
	}
	buf_release(&bytes);
	return same;
}
