#include "git/git.h"

#include "git/internal.h"
#include "source/plain.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

enum { MOST_ALTERNATES = 16, MOST_ALTERNATES_BYTES = 64 * 1024, OBJECTS_DEPTH = 3 };

/* What `name` in an open folder is, links followed. */
static bool is_plain(int folder, const char *name, bool *is_folder)
{
	struct stat st;
	if (fstatat(folder, name, &st, 0) != 0)
		return true; /* gone, or a link to nowhere */
	*is_folder = S_ISDIR(st.st_mode);
	return *is_folder || S_ISREG(st.st_mode);
}

static bool check_folder(int folder, uint32_t depth);

static bool check_entry(int folder, const struct dirent *entry, uint32_t depth)
{
	bool is_folder = entry->d_type == DT_DIR;
	if (entry->d_name[0] == '.' || entry->d_type == DT_REG)
		return true;
	if (!is_folder && !is_plain(folder, entry->d_name, &is_folder))
		return false;
	if (!is_folder || depth == 0)
		return true;
	int below = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return below < 0 || check_folder(below, depth - 1);
}

/* Takes over the descriptor. */
static bool check_folder(int folder, uint32_t depth)
{
	DIR *stream = fdopendir(folder);
	bool plain = true;
	if (!stream) {
		close(folder);
		return true;
	}
	for (const struct dirent *entry; plain && (entry = readdir(stream)) != NULL;)
		plain = check_entry(folder, entry, depth);
	closedir(stream);
	return plain;
}

/* The object folders of other repositories that `folder` borrows from. */
static bool check_alternates(const char *folder, int rest, struct err *err)
{
	struct buf path = { 0 }, text = { 0 };
	struct str list, line;
	bool plain = true;
	buf_printf(&path, "%s/info/alternates", folder);
	plain_load(AT_FDCWD, buf_cstr(&path), LINKS_FOLLOWED, MOST_ALTERNATES_BYTES, &text);
	list = buf_str(&text);
	while (plain && rest > 0 && list.len && str_split(&list, '\n', &line)) {
		if (!line.len || line.ptr[0] == '#')
			continue;
		buf_clear(&path);
		if (line.ptr[0] != '/')
			buf_printf(&path, "%s/", folder);
		buf_add(&path, line);
		plain = git_objects_are_plain(buf_cstr(&path), err) && check_alternates(buf_cstr(&path), rest / 2, err);
	}
	buf_release(&path);
	buf_release(&text);
	return plain;
}

bool git_objects_are_plain(const char *folder, struct err *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || check_folder(fd, OBJECTS_DEPTH))
		return true;
	return err_set(
		err, "%s holds something that is neither a file nor a folder; the repository is not read", folder);
}

static bool open_objects(struct git_repo *repo, struct err *err)
{
	struct buf path = { 0 };
	buf_printf(&path, "%.*s/objects", STR_ARG(buf_str(&repo->worktree.common_dir)));
	const char *folder = buf_cstr(&path);
	bool opened = git_objects_are_plain(folder, err) && check_alternates(folder, MOST_ALTERNATES, err) &&
		      (access(folder, R_OK | X_OK) == 0 ||
			      err_set(err, "%s: not allowed to read the repository", folder)) &&
		      ((git_odb_open(&repo->odb, folder) == 0 &&
			       git_repository_wrap_odb(&repo->objects, repo->odb) == 0) ||
			      err_set(err, "%s: not a git repository that can be read", folder));
	buf_release(&path);
	return opened;
}

struct git_repo *git_repo_open(const char *path, struct err *err)
{
	struct git_repo *repo = mem_alloc(sizeof(*repo));
	*repo = (struct git_repo){ 0 };
	git_libgit2_init();
	pthread_mutex_init(&repo->lock, NULL);
	if (worktree_find(&repo->worktree, path, err) && open_objects(repo, err))
		return repo;
	git_repo_close(repo);
	return NULL;
}

void git_repo_close(struct git_repo *repo)
{
	if (!repo)
		return;
	git_repository_free(repo->objects);
	git_odb_free(repo->odb);
	pthread_mutex_destroy(&repo->lock);
	worktree_release(&repo->worktree);
	mem_free(repo);
	git_libgit2_shutdown();
}

struct str git_repo_root(const struct git_repo *repo)
{
	return buf_str(&repo->worktree.root);
}

static bool exists(struct str folder, const char *name)
{
	struct buf path = { 0 };
	buf_printf(&path, "%.*s/%s", STR_ARG(folder), name);
	bool found = access(buf_cstr(&path), F_OK) == 0;
	buf_release(&path);
	return found;
}

static bool has_promised_objects(struct str common_dir)
{
	struct buf path = { 0 };
	bool found = false;
	buf_printf(&path, "%.*s/objects/pack", STR_ARG(common_dir));
	DIR *stream = opendir(buf_cstr(&path));
	for (const struct dirent *entry; stream && !found && (entry = readdir(stream)) != NULL;)
		found = str_ends(str_from(entry->d_name), STR(".promisor"));
	if (stream)
		closedir(stream);
	buf_release(&path);
	return found;
}

const char *git_missing_hint(struct git_repo *repo)
{
	struct str common_dir = buf_str(&repo->worktree.common_dir);
	if (exists(common_dir, "shallow"))
		return "; the clone is shallow: fetch the history (fetch-depth: 0, or git fetch --unshallow)";
	if (has_promised_objects(common_dir))
		return "; the clone is partial: fetch its objects (clone without --filter)";
	return "";
}

bool git_is_object(struct git_repo *repo, const git_oid *id, git_object_t type, size_t most)
{
	size_t size;
	git_object_t actual;
	return git_odb_read_header(&size, &actual, repo->odb, id) == 0 && actual == type && size <= most;
}
