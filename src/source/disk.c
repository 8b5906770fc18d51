#include "source/disk.h"

#include "base/path.h"
#include "source/listing.h"
#include "source/plain.h"
#include "source/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

struct disk_source {
	struct source source;
	struct arena memory;
	struct str root; /* absolute, ends with NUL */
	int folder;
	VEC(struct str) paths; /* folded; none means everything */
	struct walk_probe *probe; /* from the first question on */
};

static bool disk_list(struct source *s, struct source_files *files, struct err *err)
{
	struct disk_source *disk = (struct disk_source *)s;
	struct walk walk;
	bool listed = true;
	walk_init(&walk, disk->root.ptr, files);
	for (uint32_t i = 0; i < disk->paths.count && listed; i++)
		listed = walk_add(&walk, disk->folder, disk->paths.items[i], err);
	walk_release(&walk);
	source_files_finish(files);
	return listed;
}

/* Reads an open file that had `size` bytes. */
static enum skip_reason read_all(int fd, off_t size, struct buf *bytes)
{
	if (size > SOURCE_MOST_BYTES)
		return SKIP_SIZE;
	buf_reserve(bytes, (uint32_t)size + 1);
	if (!plain_read(fd, SOURCE_MOST_BYTES, bytes))
		return SKIP_IO;
	if (bytes->len > SOURCE_MOST_BYTES)
		return SKIP_SIZE;
	return bytes->len == (uint64_t)size ? SKIP_NONE : SKIP_CHANGED;
}

/* Opens the folder that a path is in, and copies the path's name. -1 with errno. */
static int open_folder_of(const struct disk_source *disk, struct str path, char name[NAME_MAX + 1])
{
	struct str last = path_name(path);
	if (last.len > NAME_MAX) {
		errno = ENOENT;
		return -1;
	}
	memcpy(name, last.ptr, last.len);
	name[last.len] = '\0';
	return plain_open_folder(disk->folder, path_dir(path));
}

static enum skip_reason disk_read(struct source *s, const struct source_file *file, struct buf *bytes)
{
	struct disk_source *disk = (struct disk_source *)s;
	char text[NAME_MAX + 1];
	struct stat st;
	buf_clear(bytes);
	int folder = open_folder_of(disk, file->path, text);
	if (folder < 0)
		return source_errno(errno);
	int fd = plain_open(folder, text, LINKS_REFUSED, &st);
	int error = errno;
	close(folder);
	if (fd < 0)
		return source_errno(error);
	enum skip_reason reason = read_all(fd, st.st_size, bytes);
	close(fd);
	if (reason != SKIP_NONE)
		buf_clear(bytes);
	return reason == SKIP_NONE ? source_checked(bytes) : reason;
}

static bool disk_has(struct source *s, struct str path)
{
	char name[NAME_MAX + 1];
	struct stat st;
	int folder = open_folder_of((const struct disk_source *)s, path, name);
	if (folder < 0)
		return false;
	bool found = fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
	close(folder);
	return found;
}

static bool disk_ignores(struct source *s, struct str path)
{
	struct disk_source *disk = (struct disk_source *)s;
	if (!disk->probe) {
		disk->probe = arena_new(&disk->memory, struct walk_probe);
		walk_probe_init(disk->probe, disk->root.ptr);
	}
	return walk_ignores(disk->probe, disk->folder, path);
}

static void disk_close(struct source *s)
{
	struct disk_source *disk = (struct disk_source *)s;
	if (disk->folder >= 0)
		close(disk->folder);
	if (disk->probe)
		walk_probe_release(disk->probe);
	vec_release(&disk->paths);
	arena_release(&disk->memory);
	mem_free(disk);
}

static const struct source_type disk_type = { disk_list, disk_read, disk_has, disk_ignores, disk_close };

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Folds `.` and `..`, sorts, and drops what is named twice. */
static bool take_paths(struct disk_source *disk, const struct str *paths, uint32_t count, struct err *err)
{
	for (uint32_t i = 0; i < count; i++) {
		struct str folded;
		if (str_starts(paths[i], STR("/")) || !path_join(&disk->memory, STR(""), paths[i], &folded))
			return err_set(err, "%.*s is outside %s", STR_ARG(paths[i]), disk->root.ptr);
		vec_push(&disk->paths, folded);
	}
	if (count == 0)
		vec_push(&disk->paths, STR(""));
	qsort(disk->paths.items, disk->paths.count, sizeof(struct str), by_text);
	uint32_t kept = 1;
	for (uint32_t i = 1; i < disk->paths.count; i++)
		if (!str_eq(disk->paths.items[i], disk->paths.items[kept - 1]))
			disk->paths.items[kept++] = disk->paths.items[i];
	disk->paths.count = kept;
	return true;
}

static bool open_root(struct disk_source *disk, const char *root, struct err *err)
{
	char absolute[PATH_MAX];
	if (!realpath(root, absolute))
		return err_set(err, errno == EACCES ? "%s: not allowed to open it" : "%s: no such folder", root);
	disk->root = arena_str(&disk->memory, str_from(absolute));
	disk->folder = open(absolute, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (disk->folder < 0)
		return err_set(err, errno == ENOTDIR ? "%s is not a folder" : "%s: not allowed to open it", root);
	return true;
}

struct source *disk_source_open(const char *root, const struct str *paths, uint32_t path_count, struct err *err)
{
	struct disk_source *disk = mem_alloc(sizeof(*disk));
	*disk = (struct disk_source){ .source = { &disk_type }, .folder = -1 };
	if (open_root(disk, root, err) && take_paths(disk, paths, path_count, err))
		return &disk->source;
	disk_close(&disk->source);
	return NULL;
}
