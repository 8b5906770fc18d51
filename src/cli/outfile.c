#include "cli/outfile.h"

#include "cli/interrupt.h"
#include "cli/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct err *err, const char *path, const char *why)
{
	return err_set(err, "%s: cannot be written: %s", path, why);
}

/* `old` is what stands there, or NULL: the new file may be used as the old one was. */
static bool replace(struct arena *a, const char *path, const struct stat *old, struct str text, struct err *err)
{
	const char *temporary = arena_printf(a, "%s.%ld.tmp", path, (long)getpid()).ptr;
	unlink(temporary); /* left by a run that was killed: in containers the number is often the same */
	FILE *out = fopen(temporary, "wbx");
	if (!out)
		return fail(err, path, strerror(errno));
	bool ok = fwrite(text.ptr, 1, text.len, out) == text.len && fflush(out) == 0;
	if (old && fchown(fileno(out), old->st_uid, old->st_gid) != 0 && errno != EPERM)
		ok = false; /* only root can give files away, and then the mode goes with the owner */
	if (old)
		ok = fchmod(fileno(out), old->st_mode & 07777) == 0 && ok;
	ok = fclose(out) == 0 && ok;
	if (ok && rename(temporary, path) == 0)
		return true;
	fail(err, path, strerror(errno));
	unlink(temporary);
	return false;
}

/* O_NONBLOCK: opening a FIFO must not wait for a reader. */
static bool write_into(const char *path, struct str text, struct err *err)
{
	int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return fail(err, path, errno == ENXIO ? "nobody reads from it" : strerror(errno));
	bool ok = stream_write(fd, text) || fail(err, path, strerror(errno));
	close(fd);
	return ok;
}

bool outfile_write(struct arena *a, struct str path, struct str text, struct err *err)
{
	const char *target = arena_str(a, path).ptr;
	struct stat own, led_to;
	bool is_link = lstat(target, &own) == 0 && S_ISLNK(own.st_mode);
	bool exists = stat(target, &led_to) == 0;
	if (exists && S_ISDIR(led_to.st_mode))
		return fail(err, target, "it is a folder");
	if (exists && !S_ISREG(led_to.st_mode))
		return write_into(target, text, err);
	if (is_link)
		return fail(err, target, "it is a link; name the file itself, or - for stdout");
	sigset_t before;
	interrupt_hold(&before);
	bool ok = replace(a, target, exists ? &led_to : NULL, text, err);
	interrupt_let(&before);
	return ok;
}
