#include "git/internal.h"

#include "base/path.h"
#include "source/disk.h"
#include "source/plain.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

/*
 * The work tree is compared by our own sources, not by libgit2's diff: that would read the ignore files and
 * the configuration of an untrusted repository.
 */

struct comparison {
	struct git_repo *repo;
	git_index *index; /* NULL when it cannot be read; then all files are */
	struct source *disk;
	struct git_source *base;
	int root; /* the folder that paths are relative to */
	struct str below; /* its path in the repository */
	struct buf path, bytes;
	VEC(struct str) changed;
};

static const git_index_entry *index_entry(struct comparison *c, struct str path)
{
	buf_clear(&c->path);
	if (c->below.len)
		buf_printf(&c->path, "%.*s/", STR_ARG(c->below));
	buf_add(&c->path, path);
	return c->index ? git_index_get_bypath(c->index, buf_cstr(&c->path), 0) : NULL;
}

static bool stat_below(int root, struct str path, struct stat *st)
{
	struct buf name = { 0 };
	int folder = plain_open_folder(root, path_dir(path));
	buf_add(&name, path_name(path));
	bool found = folder >= 0 && fstatat(folder, buf_cstr(&name), st, AT_SYMLINK_NOFOLLOW) == 0;
	if (folder >= 0)
		close(folder);
	buf_release(&name);
	return found;
}

/*
 * Does git know from its index that the file is the object? Its time must be to the nanosecond, and in the
 * past: within the same second as git looked, the file may have been written again.
 */
static bool is_known_same(struct comparison *c, struct str path, const git_oid *id)
{
	const git_index_entry *entry = index_entry(c, path);
	struct stat st, index;
	if (!entry || git_oid_cmp(&entry->id, id) != 0 || entry->mtime.nanoseconds == 0)
		return false;
	if (!stat_below(c->root, path, &st) || stat(git_index_path(c->index), &index) != 0)
		return false;
	return entry->mtime.seconds == (int32_t)st.st_mtim.tv_sec &&
	       entry->mtime.nanoseconds == (uint32_t)st.st_mtim.tv_nsec &&
	       entry->ctime.seconds == (int32_t)st.st_ctim.tv_sec && entry->file_size == (uint32_t)st.st_size &&
	       st.st_mtim.tv_sec < index.st_mtim.tv_sec;
}

static bool hashes_to(struct str bytes, const git_oid *id)
{
	git_oid own;
	return git_odb_hash(&own, bytes.ptr, bytes.len, GIT_OBJECT_BLOB) == 0 && git_oid_equal(&own, id);
}

/* With core.autocrlf the work tree has CRLF where the object has LF. */
static void drop_carriage_returns(struct buf *bytes)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < bytes->len; i++)
		if (bytes->ptr[i] != '\r' || i + 1 == bytes->len || bytes->ptr[i + 1] != '\n')
			bytes->ptr[kept++] = bytes->ptr[i];
	bytes->len = kept;
}

/* The object of a link is where it leads. */
static bool is_same_link(struct comparison *c, struct str path, const git_oid *id)
{
	char target[PATH_MAX];
	struct buf name = { 0 };
	int folder = plain_open_folder(c->root, path_dir(path));
	buf_add(&name, path_name(path));
	ssize_t length = folder < 0 ? -1 : readlinkat(folder, buf_cstr(&name), target, sizeof(target));
	if (folder >= 0)
		close(folder);
	buf_release(&name);
	return length >= 0 && hashes_to((struct str){ target, (uint32_t)length }, id);
}

/* Is the file on disk the object? */
static bool is_same(struct comparison *c, const struct git_file *old)
{
	struct source_file file = { .path = old->file.path };
	const git_oid *id = &old->id;
	if (is_known_same(c, file.path, id))
		return true;
	if (old->file.skip == SKIP_LINK)
		return is_same_link(c, file.path, id);
	if (source_read(c->disk, &file, &c->bytes) != SKIP_NONE)
		return false;
	if (hashes_to(buf_str(&c->bytes), id))
		return true;
	drop_carriage_returns(&c->bytes);
	return hashes_to(buf_str(&c->bytes), id);
}

/* Goes through both lists, which are sorted. */
static void compare(struct comparison *c, const struct source_files *now)
{
	const struct git_file *old = c->base->list.items, *old_end = old + c->base->list.count;
	const struct source_file *new = now->list.items, *new_end = new + now->list.count;
	while (old < old_end || new < new_end) {
		int order = old == old_end ? 1 : new == new_end ? -1 : str_cmp(old->file.path, new->path);
		if (order > 0) {
			vec_push(&c->changed, new ++->path);
			continue;
		}
		/* What is tracked although it is ignored is only in the old list, and is still there. */
		if (!is_same(c, old))
			vec_push(&c->changed, old->file.path);
		old++;
		new += order == 0 ? 1 : 0;
	}
}

static bool open_both(struct comparison *c, const char *revision, struct err *err)
{
	struct err none = { "" };
	struct buf folder = { 0 };
	buf_add(&folder, git_repo_root(c->repo));
	if (c->below.len)
		buf_printf(&folder, "/%.*s", STR_ARG(c->below));
	c->base = (struct git_source *)git_tree_source_open(c->repo, revision, c->below, err);
	c->disk = c->base ? disk_source_open(buf_cstr(&folder), NULL, 0, err) : NULL;
	c->root = open(buf_cstr(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	c->index = git_open_index(c->repo, &none);
	buf_release(&folder);
	return c->disk != NULL;
}

static void release(struct comparison *c)
{
	source_close(c->disk);
	source_close(c->base ? &c->base->source : NULL);
	git_index_free(c->index);
	if (c->root >= 0)
		close(c->root);
	buf_release(&c->path);
	buf_release(&c->bytes);
	vec_release(&c->changed);
}

bool git_changed_paths(struct git_repo *repo, const char *revision, struct str below, struct arena *a,
	struct str **paths, uint32_t *count, struct err *err)
{
	struct comparison c = { .repo = repo, .below = below, .root = -1 };
	struct source_files now = { 0 };
	bool done = open_both(&c, revision, err) && source_list(c.disk, &now, err);
	*count = 0;
	if (done) {
		compare(&c, &now);
		*paths = arena_array(a, struct str, c.changed.count);
		for (; *count < c.changed.count; ++*count)
			(*paths)[*count] = arena_str(a, c.changed.items[*count]);
	}
	source_files_release(&now);
	release(&c);
	return done;
}
