#include "git/internal.h"

#include "base/path.h"
#include "source/listing.h"
#include "source/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* In a hook, git names the index that is being committed. Nothing outside the repository is read. */
static bool index_path(struct git_repo *repo, struct buf *path, struct err *err)
{
	const char *named = getenv("GIT_INDEX_FILE");
	char absolute[PATH_MAX];
	buf_clear(path);
	if (!named || !*named) {
		buf_printf(path, "%.*s/index", STR_ARG(buf_str(&repo->worktree.git_dir)));
		return true;
	}
	if (named[0] != '/')
		buf_printf(path, "%.*s/", STR_ARG(buf_str(&repo->worktree.root)));
	buf_add_text(path, named);
	if (!realpath(buf_cstr(path), absolute))
		return err_set(err, "GIT_INDEX_FILE: %s does not exist", named);
	if (!path_below(str_from(absolute), buf_str(&repo->worktree.git_dir)) &&
		!path_below(str_from(absolute), buf_str(&repo->worktree.common_dir)))
		return err_set(err, "GIT_INDEX_FILE: %s is not in the repository", named);
	buf_clear(path);
	buf_add_text(path, absolute);
	return true;
}

git_index *git_open_index(struct git_repo *repo, struct err *err)
{
	struct buf path = { 0 };
	git_index *index = NULL;
	struct stat st;
	if (index_path(repo, &path, err)) {
		int fd = plain_open(AT_FDCWD, buf_cstr(&path), LINKS_REFUSED, &st);
		/* A repository in which nothing was ever added has no index. */
		bool fit = fd >= 0 || errno == ENOENT;
		if (fd >= 0)
			close(fd);
		if (!fit || git_index_open(&index, buf_cstr(&path)) != 0)
			err_set(err, "%s: not an index that can be read", buf_cstr(&path));
	}
	buf_release(&path);
	return index;
}

static void add_entries(struct git_source *s, git_index *index, struct str below)
{
	size_t count = git_index_entrycount(index);
	for (size_t i = 0; i < count; i++) {
		const git_index_entry *entry = git_index_get_byindex(index, i);
		struct str path = str_from(entry->path);
		/* In a merge, a conflicting path has only other stages; it cannot be committed. */
		if (git_index_entry_stage(entry) != 0 || (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0)
			continue;
		if (!path_below(path, below) || path.len <= below.len)
			continue;
		path = str_slice(path, below.len ? below.len + 1 : 0, path.len);
		if (!listing_skips_path(path))
			git_source_add(s, path, entry->mode, &entry->id);
	}
}

struct source *git_index_source_open(struct git_repo *repo, struct str below, struct err *err)
{
	pthread_mutex_lock(&repo->lock);
	git_index *index = git_open_index(repo, err);
	pthread_mutex_unlock(&repo->lock);
	if (!index)
		return NULL;
	struct git_source *s = git_source_new(repo);
	add_entries(s, index, below);
	git_index_free(index);
	return git_source_finish(s);
}
