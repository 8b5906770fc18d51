#include "source/worktree.h"

#include "base/path.h"
#include "source/plain.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_LINK_BYTES = 8 * 1024 };

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool resolve(const char *path, struct buf *out)
{
	char absolute[PATH_MAX];
	if (!realpath(path, absolute))
		return false;
	buf_clear(out);
	buf_add_text(out, absolute);
	return true;
}

/* A path read from a file in `folder`, which it may be relative to. */
static bool resolve_from(struct str folder, struct str target, struct buf *out)
{
	struct buf path = { 0 };
	if (!str_starts(target, STR("/")))
		buf_printf(&path, "%.*s/", STR_ARG(folder));
	buf_add(&path, target);
	bool found = resolve(buf_cstr(&path), out);
	buf_release(&path);
	return found;
}

static bool find_common_dir(struct worktree *w)
{
	struct buf text = { 0 };
	buf_printf(&text, "%.*s/commondir", STR_ARG(buf_str(&w->git_dir)));
	struct buf name = text;
	text = (struct buf){ 0 };
	bool linked = plain_load(AT_FDCWD, buf_cstr(&name), LINKS_REFUSED, MOST_LINK_BYTES, &text);
	struct str target = linked ? str_trim(buf_str(&text)) : STR(".");
	bool found = resolve_from(buf_str(&w->git_dir), target, &w->common_dir);
	buf_release(&name);
	buf_release(&text);
	return found;
}

/* Does w->git_dir hold a repository? Sets common_dir. */
static bool is_repository(struct worktree *w)
{
	struct buf path = { 0 };
	struct stat st;
	buf_printf(&path, "%.*s/HEAD", STR_ARG(buf_str(&w->git_dir)));
	bool yes = lstat(buf_cstr(&path), &st) == 0 && find_common_dir(w);
	if (yes) {
		buf_clear(&path);
		buf_printf(&path, "%.*s/objects", STR_ARG(buf_str(&w->common_dir)));
		yes = is_folder(buf_cstr(&path));
	}
	buf_release(&path);
	return yes;
}

/* A `.git` file says "gitdir: PATH". */
static bool follow_git_file(struct worktree *w, struct str folder, const char *file, struct err *err)
{
	struct buf text = { 0 };
	bool found = false;
	if (plain_load(AT_FDCWD, file, LINKS_REFUSED, MOST_LINK_BYTES, &text) &&
		str_starts(buf_str(&text), STR("gitdir:"))) {
		struct str target = str_trim(str_slice(buf_str(&text), 7, text.len));
		found = resolve_from(folder, target, &w->git_dir) && is_repository(w);
	}
	buf_release(&text);
	return found || err_set(err, "%s does not lead to a git repository", file);
}

enum outcome { FOUND, BROKEN, GO_ON };

static enum outcome look_in(struct worktree *w, struct str folder, struct err *err)
{
	struct buf path = { 0 };
	struct stat st;
	enum outcome outcome = GO_ON;
	buf_printf(&path, "%.*s/.git", STR_ARG(folder));
	if (lstat(buf_cstr(&path), &st) != 0)
		outcome = GO_ON;
	else if (S_ISREG(st.st_mode))
		outcome = follow_git_file(w, folder, buf_cstr(&path), err) ? FOUND : BROKEN;
	else if (is_folder(buf_cstr(&path)) && resolve(buf_cstr(&path), &w->git_dir) && is_repository(w))
		outcome = FOUND;
	buf_release(&path);
	return outcome;
}

/* Goes to the folder above `at`; false at the root, or where another file system begins. */
static bool go_up(struct buf *at)
{
	struct stat below, above;
	if (at->len <= 1 || stat(buf_cstr(at), &below) != 0)
		return false;
	at->len = path_dir(buf_str(at)).len;
	const char *path = at->len ? buf_cstr(at) : "/";
	return stat(path, &above) == 0 && above.st_dev == below.st_dev;
}

/*
 * Above the folder where the search began, only a repository of that folder's owner or of ours counts:
 * anybody may put one into /tmp (CVE-2022-24765). In a container the owner is often not us, but the same
 * throughout.
 */
static bool is_trusted(struct worktree *w, const struct stat *start, struct err *err)
{
	struct stat st;
	if (stat(buf_cstr(&w->git_dir), &st) == 0 && (st.st_uid == start->st_uid || st.st_uid == geteuid()))
		return true;
	return err_set(err, "%s belongs to another user and is not read", buf_cstr(&w->git_dir));
}

bool worktree_find(struct worktree *w, const char *path, struct err *err)
{
	struct stat start;
	if (!resolve(path, &w->root))
		return err_set(err, "%s: no such file or folder", path);
	if (!is_folder(buf_cstr(&w->root)))
		w->root.len = path_dir(buf_str(&w->root)).len;
	uint32_t first = w->root.len;
	if (stat(first ? buf_cstr(&w->root) : "/", &start) != 0)
		return err_set(err, "%s: not allowed to open it", path);
	do {
		if (str_is(buf_str(&w->root), "/"))
			w->root.len = 0;
		enum outcome outcome = look_in(w, buf_str(&w->root), err);
		if (outcome == FOUND)
			return w->root.len == first || is_trusted(w, &start, err);
		if (outcome == BROKEN)
			return false;
	} while (go_up(&w->root));
	return err_set(err, "%s is not in a git repository", path);
}

void worktree_release(struct worktree *w)
{
	buf_release(&w->root);
	buf_release(&w->git_dir);
	buf_release(&w->common_dir);
}

bool worktree_is_at(int folder)
{
	struct stat st;
	if (fstatat(folder, ".git", &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	return S_ISREG(st.st_mode) ||
	       (S_ISDIR(st.st_mode) && fstatat(folder, ".git/HEAD", &st, AT_SYMLINK_NOFOLLOW) == 0);
}
