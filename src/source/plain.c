#include "source/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, CHUNK = 64 * 1024 };

int plain_open(int folder, const char *name, enum plain_links links, struct stat *st)
{
	bool follow = links == LINKS_FOLLOWED;
	if (fstatat(folder, name, st, follow ? 0 : AT_SYMLINK_NOFOLLOW) != 0)
		return -1;
	if (S_ISLNK(st->st_mode)) {
		errno = ELOOP;
		return -1;
	}
	if (S_ISREG(st->st_mode)) {
		int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
		int fd = openat(folder, name, flags);
		if (fd < 0)
			return -1;
		/* It may have been replaced in between. */
		if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
			return fd;
		close(fd);
	}
	errno = EINVAL;
	return -1;
}

bool plain_read(int fd, uint32_t most, struct buf *bytes)
{
	while (bytes->len <= most) {
		char *to = buf_reserve(bytes, CHUNK);
		ssize_t got = read(fd, to, bytes->capacity - bytes->len);
		if (got == 0)
			return true;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		bytes->len += (uint32_t)got;
	}
	return true;
}

bool plain_load(int folder, const char *name, enum plain_links links, uint32_t most, struct buf *bytes)
{
	struct stat st;
	buf_clear(bytes);
	int fd = plain_open(folder, name, links, &st);
	if (fd < 0)
		return false;
	bool whole = st.st_size <= (off_t)most && plain_read(fd, most, bytes) && bytes->len <= most;
	close(fd);
	if (!whole)
		buf_clear(bytes);
	return whole;
}

int plain_open_folder(int root, struct str path)
{
	char name[NAME_MAX + 1];
	struct str part;
	int fd = openat(root, ".", FOLDER_FLAGS);
	while (fd >= 0 && path.len && str_split(&path, '/', &part)) {
		if (part.len > NAME_MAX) {
			close(fd);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, part.ptr, part.len);
		name[part.len] = '\0';
		int next = openat(fd, name, FOLDER_FLAGS), saved = errno;
		close(fd);
		errno = saved;
		fd = next;
	}
	return fd;
}
