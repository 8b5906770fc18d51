/* bylaw.yaml from the disk, which may hold anything under that name. */
#include "config/config.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_BYTES = 1024 * 1024 };

static const char name[] = "bylaw.yaml";
static const char *const wrong_names[] = { "bylaw.yml", ".bylaw.yaml", ".bylaw.yml" };

static bool fail(struct err *err, const char *path, const char *what)
{
	struct buf shown = { 0 };
	utf8_add_visible(&shown, str_from(path), 200);
	err_set(err, "%s: %s", buf_cstr(&shown), what);
	buf_release(&shown);
	return false;
}

/* One byte more than allowed is enough to know: the file may grow while it is read. */
static bool read_all(int fd, const char *path, struct buf *bytes, struct err *err)
{
	while (bytes->len <= MAX_BYTES) {
		ssize_t n = read(fd, buf_reserve(bytes, 64 * 1024), 64 * 1024);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(err, path, strerror(errno));
		if (n == 0)
			return true;
		bytes->len += (uint32_t)n;
	}
	return fail(err, path, "config larger than 1 MiB");
}

static bool read_regular(int fd, const char *path, struct buf *bytes, struct err *err)
{
	struct stat info;
	if (fstat(fd, &info) != 0)
		return fail(err, path, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return fail(err, path, "not a regular file");
	if (info.st_size > MAX_BYTES)
		return fail(err, path, "config larger than 1 MiB");
	return read_all(fd, path, bytes, err);
}

/* A config under a name we do not look for would be ignored in silence. */
static bool check_names(int root, struct err *err)
{
	for (size_t i = 0; i < sizeof(wrong_names) / sizeof(wrong_names[0]); i++)
		if (faccessat(root, wrong_names[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return fail(err, wrong_names[i], "not read under this name; rename it to bylaw.yaml");
	return true;
}

static bool load_at(struct config *c, const struct config_schema *schema, int dir, const char *path, bool must_exist,
	struct err *err)
{
	/* O_NONBLOCK: opening a FIFO must not wait for a writer */
	int fd = openat(dir, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && errno == ENOENT && !must_exist)
		return check_names(dir, err);
	if (fd < 0)
		return fail(err, path, errno == ELOOP || errno == ENXIO ? "not a regular file" : strerror(errno));
	struct buf bytes = { 0 };
	bool good = read_regular(fd, path, &bytes, err) &&
		    config_parse(c, schema, str_from(path), buf_str(&bytes), err);
	buf_release(&bytes);
	close(fd);
	return good;
}

bool config_load(struct config *c, const struct config_schema *schema, const char *root, const char *explicit_path,
	struct err *err)
{
	config_defaults(c);
	if (explicit_path)
		return load_at(c, schema, AT_FDCWD, explicit_path, true, err);
	int dir = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return fail(err, root, strerror(errno));
	bool good = load_at(c, schema, dir, name, false, err);
	close(dir);
	return good;
}
