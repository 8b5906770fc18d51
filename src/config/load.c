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

/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
static int open_plainly(int folder, const char *path)
{
	return openat(folder, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
}

static bool not_opened(struct err *err, const char *path)
{
	return fail(err, path, errno == ELOOP || errno == ENXIO ? "not a regular file" : strerror(errno));
}

/* Takes over the descriptor. */
static bool load(struct config *c, const struct config_schema *schema, int fd, const char *path, struct err *err)
{
	struct buf bytes = { 0 };
	bool good = read_regular(fd, path, &bytes, err) &&
		    config_parse(c, schema, str_from(path), buf_str(&bytes), err);
	buf_release(&bytes);
	close(fd);
	return good;
}

/*
 * Anybody may put a file into /tmp, and switch rules off with it (compare CVE-2022-24765). In a container the files are often
 * not ours, but then the folder has the same owner.
 */
static bool is_trusted(int folder, int fd, const char *root, struct err *err)
{
	struct stat own, around;
	if (fstat(fd, &own) != 0 || fstat(folder, &around) != 0)
		return fail(err, name, strerror(errno));
	if (own.st_uid == geteuid() || own.st_uid == 0 || own.st_uid == around.st_uid)
		return true;
	return err_set(err,
		"%s/%s belongs to user %u, who owns neither its folder nor this process; if you trust it, name it: "
		"bylaw check --config FILE",
		root, name, (unsigned)own.st_uid);
}

static bool load_found(
	struct config *c, const struct config_schema *schema, int folder, const char *root, struct err *err)
{
	int fd = open_plainly(folder, name);
	if (fd < 0)
		return errno == ENOENT ? check_names(folder, err) : not_opened(err, name);
	if (is_trusted(folder, fd, root, err))
		return load(c, schema, fd, name, err);
	close(fd);
	return false;
}

bool config_load(struct config *c, const struct config_schema *schema, const char *root, const char *explicit_path,
	struct err *err)
{
	config_defaults(c);
	if (explicit_path) {
		int fd = open_plainly(AT_FDCWD, explicit_path);
		return fd < 0 ? not_opened(err, explicit_path) : load(c, schema, fd, explicit_path, err);
	}
	int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return fail(err, root, strerror(errno));
	bool good = load_found(c, schema, folder, root, err);
	close(folder);
	return good;
}
