#include "source/walk.h"

#include "base/path.h"
#include "source/language.h"
#include "source/listing.h"
#include "source/plain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void walk_init(struct walk *w, const char *root, struct source_files *files)
{
	struct err none = { "" };
	*w = (struct walk){ .files = files };
	if (!worktree_find(&w->worktree, root, &none))
		worktree_release(&w->worktree);
	ignore_open(&w->ignore, &w->worktree, str_from(root), &w->path);
	w->prefix = w->path.len;
}

void walk_release(struct walk *w)
{
	ignore_release(&w->ignore);
	worktree_release(&w->worktree);
	buf_release(&w->path);
}

static void add(struct walk *w, enum language language, uint64_t size, enum skip_reason skip)
{
	struct str path = str_slice(buf_str(&w->path), w->prefix, w->path.len);
	source_files_add(
		w->files, (struct source_file){ .path = path, .size = size, .language = language, .skip = skip });
}

/* Adds what is not a folder. */
static void add_file(struct walk *w, enum language language, const struct stat *st)
{
	uint64_t size = st->st_size > 0 ? (uint64_t)st->st_size : 0;
	if (S_ISLNK(st->st_mode))
		add(w, language, 0, SKIP_LINK);
	else if (!S_ISREG(st->st_mode))
		add(w, language, 0, SKIP_SPECIAL);
	else
		add(w, language, size, size > SOURCE_MOST_BYTES ? SKIP_SIZE : SKIP_NONE);
}

static bool wants_unknown(const char *name, const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_size > 0 &&
	       listing_wants_unknown(str_from(name), (uint64_t)st->st_size, st->st_mode & 0111);
}

static void visit_file(struct walk *w, int folder, const char *name)
{
	enum language language;
	struct stat st;
	if (!listing_wants(str_from(name), &language) || ignore_match(&w->ignore, buf_str(&w->path), false))
		return;
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || S_ISDIR(st.st_mode))
		return;
	if (language != LANGUAGE_NONE || wants_unknown(name, &st))
		add_file(w, language, &st);
}

static void walk_folder(struct walk *w, int parent, const char *name, uint32_t depth);

static bool is_folder(int parent, const struct dirent *entry)
{
	struct stat st;
	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(parent, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static void visit(struct walk *w, int folder, const struct dirent *entry, uint32_t depth)
{
	const char *name = entry->d_name;
	uint32_t length = w->path.len;
	if (str_is(str_from(name), ".") || str_is(str_from(name), ".."))
		return;
	buf_add_text(&w->path, name);
	if (!is_folder(folder, entry))
		visit_file(w, folder, name);
	else if (!listing_skips_folder(str_from(name)) && !ignore_match(&w->ignore, buf_str(&w->path), true))
		walk_folder(w, folder, name, depth);
	w->path.len = length;
}

/* Goes through an open folder, whose path is in w->path with a slash behind it, and closes it. */
static void walk_open_folder(struct walk *w, int folder, uint32_t depth)
{
	DIR *stream = fdopendir(folder);
	if (!stream) {
		close(folder);
		return;
	}
	ignore_enter(&w->ignore, folder, w->path.len);
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(stream)) != NULL; errno = 0)
		visit(w, folder, entry, depth);
	if (errno)
		add(w, LANGUAGE_NONE, 0, SKIP_IO);
	ignore_leave(&w->ignore);
	closedir(stream);
}

/* The folder `name`, at whose path w->path stands; `depth` folders below the root. */
static void walk_folder(struct walk *w, int parent, const char *name, uint32_t depth)
{
	if (depth >= SOURCE_MOST_DEPTH) {
		add(w, LANGUAGE_NONE, 0, SKIP_DEPTH);
		return;
	}
	int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0) {
		enum skip_reason reason = source_errno(errno);
		if (reason != SKIP_CHANGED && reason != SKIP_LINK)
			add(w, LANGUAGE_NONE, 0, reason);
		return;
	}
	/* git does not list the files of a repository in a repository. */
	if (w->worktree.git_dir.len && worktree_is_at(folder)) {
		close(folder);
		return;
	}
	buf_add_char(&w->path, '/');
	walk_open_folder(w, folder, depth + 1);
}

/* Walks a folder that was asked for, with the ignore files of the folders on the way to it. */
static void walk_from(struct walk *w, int root, struct str path)
{
	uint32_t entered = 0;
	for (uint32_t at = 0; at < path.len; entered++) {
		int folder = plain_open_folder(root, str_slice(path, 0, at ? at - 1 : 0));
		if (folder < 0)
			break;
		ignore_enter(&w->ignore, folder, w->prefix + at);
		close(folder);
		uint32_t slash = str_find(str_slice(path, at, path.len), '/');
		at = slash == UINT32_MAX ? path.len : at + slash + 1;
	}
	int folder = plain_open_folder(root, path);
	if (folder < 0) {
		add(w, LANGUAGE_NONE, 0, source_errno(errno));
	} else {
		if (path.len)
			buf_add_char(&w->path, '/');
		walk_open_folder(w, folder, entered);
	}
	while (entered--)
		ignore_leave(&w->ignore);
}

static bool is_barred(struct str path)
{
	struct str part;
	while (str_split(&path, '/', &part))
		if (listing_bars_folder(part))
			return true;
	return false;
}

/* A path that was asked for is taken even if it is hidden or ignored. */
static bool add_named(struct walk *w, int root, struct str path, struct err *err)
{
	struct stat st;
	struct buf name = { 0 };
	buf_add(&name, path_name(path));
	int folder = plain_open_folder(root, path_dir(path));
	bool found = folder >= 0 && fstatat(folder, buf_cstr(&name), &st, AT_SYMLINK_NOFOLLOW) == 0;
	int error = errno;
	if (folder >= 0)
		close(folder);
	buf_release(&name);
	if (!found && error == ELOOP)
		add(w, language_by_name(path), 0, SKIP_LINK);
	else if (!found && (error == ENOENT || error == ENOTDIR))
		return err_set(err, "%.*s: no such file or folder", STR_ARG(path));
	else if (!found)
		add(w, language_by_name(path), 0, source_errno(error));
	else if (S_ISDIR(st.st_mode))
		walk_from(w, root, path);
	else
		add_file(w, language_by_name(path), &st);
	return true;
}

bool walk_add(struct walk *w, int root, struct str path, struct err *err)
{
	bool found = true;
	if (is_barred(path))
		return true;
	buf_add(&w->path, path);
	if (path.len)
		found = add_named(w, root, path, err);
	else
		walk_from(w, root, path);
	w->path.len = w->prefix;
	if (found && ignore_is_exhausted(&w->ignore))
		return err_set(err, ".gitignore: the patterns take too long to match; simplify them");
	return found;
}

void walk_probe_init(struct walk_probe *p, const char *root)
{
	*p = (struct walk_probe){ 0 };
	walk_init(&p->walk, root, NULL);
}

void walk_probe_release(struct walk_probe *p)
{
	walk_release(&p->walk);
	vec_release(&p->entered);
}

/* Leaves folders until `path` lies below the last one that is entered. */
static void leave_others(struct walk_probe *p, struct str path)
{
	struct walk *w = &p->walk;
	while (p->entered.count) {
		struct str folder = str_slice(buf_str(&w->path), w->prefix, vec_last(&p->entered));
		if (str_starts(path, folder))
			break;
		ignore_leave(&w->ignore);
		p->entered.count--;
	}
	w->path.len = p->entered.count ? vec_last(&p->entered) : w->prefix;
}

/* Enters the folder that the walk's path leads to. One that is not there ignores nothing. */
static void enter(struct walk_probe *p, int root)
{
	struct walk *w = &p->walk;
	struct str path = str_slice(buf_str(&w->path), w->prefix, w->path.len);
	int folder = plain_open_folder(root, str_slice(path, 0, path.len ? path.len - 1 : 0));
	if (folder < 0)
		return;
	ignore_enter(&w->ignore, folder, w->path.len);
	vec_push(&p->entered, w->path.len);
	close(folder);
}

bool walk_ignores(struct walk_probe *p, int root, struct str path)
{
	struct walk *w = &p->walk;
	leave_others(p, path);
	if (!p->entered.count)
		enter(p, root);
	struct str rest = str_slice(path, w->path.len - w->prefix, path.len), name;
	while (str_split(&rest, '/', &name)) {
		buf_add(&w->path, name);
		if (ignore_match(&w->ignore, buf_str(&w->path), rest.len > 0))
			return true;
		buf_add_char(&w->path, '/');
		if (rest.len)
			enter(p, root);
	}
	return false;
}
