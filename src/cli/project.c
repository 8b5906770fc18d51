#include "cli/project.h"

#include "base/path.h"
#include "check/registry.h"
#include "parse/parse.h"
#include "source/disk.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool holds(struct arena *a, struct str dir, const char *name)
{
	struct stat st;
	return lstat(arena_printf(a, "%.*s/%s", STR_ARG(dir), name).ptr, &st) == 0;
}

static bool not_there(const char *path, struct err *err)
{
	return err_set(err, "%s: %s", path, errno == ENOENT ? "no such file or folder" : strerror(errno));
}

/* The folder that holds a path, which need not exist itself, as an absolute path without links. */
static bool holding_folder(struct project *p, const char *path, struct str *dir)
{
	char absolute[PATH_MAX];
	struct str parent = path_dir(str_from(path));
	if (str_empty(parent))
		parent = *path == '/' ? STR("/") : STR(".");
	if (!realpath(arena_str(&p->arena, parent).ptr, absolute))
		return false;
	*dir = arena_str(&p->arena, str_from(absolute));
	return true;
}

/*
 * The folder a path stands for: itself, or the one it is in. A link to a folder stands for that folder, a link to a file for
 * itself.
 */
static bool start_folder(struct project *p, const char *path, struct str *dir, struct err *err)
{
	char absolute[PATH_MAX];
	struct stat st;
	if (!*path)
		return err_set(err, "an empty path names nothing; without a path everything here is checked");
	if (lstat(path, &st) != 0)
		return not_there(path, err);
	if (!is_folder(path))
		return holding_folder(p, path, dir) || not_there(path, err);
	if (!realpath(path, absolute))
		return not_there(path, err);
	*dir = arena_str(&p->arena, str_from(absolute));
	return true;
}

/*
 * Above the folder where the search begins, only what that folder's owner or we have put there counts: anybody may put a
 * repository with a configuration into /tmp (CVE-2022-24765).
 */
static bool is_trusted(struct arena *a, struct str dir, struct str start)
{
	struct stat git, own;
	return dir.len == start.len ||
	       (lstat(arena_printf(a, "%.*s/.git", STR_ARG(dir)).ptr, &git) == 0 && stat(start.ptr, &own) == 0 &&
		       (git.st_uid == own.st_uid || git.st_uid == geteuid()));
}

/*
 * How far up the project may reach: the git work tree; else the one folder that was named; else, for files and for several
 * paths, where the user stands.
 */
static struct str find_top(struct project *p, struct str start, bool one_folder, struct str *git)
{
	char here[PATH_MAX];
	for (struct str dir = start; !str_empty(dir) && str_empty(*git); dir = path_dir(dir))
		if (holds(&p->arena, dir, ".git") && is_trusted(&p->arena, dir, start))
			*git = dir;
	if (!str_empty(*git))
		return *git;
	if (!one_folder && getcwd(here, sizeof(here)) && path_below(start, str_from(here)))
		return str_slice(start, 0, (uint32_t)strlen(here));
	return start;
}

static void find_root(struct project *p, struct str start, bool one_folder)
{
	struct str git = { 0 };
	struct str top = find_top(p, start, one_folder, &git);
	p->root = top;
	for (struct str dir = start; dir.len >= top.len; dir = path_dir(dir))
		if (holds(&p->arena, dir, "bylaw.yaml")) {
			p->root = dir;
			break;
		}
	p->root = arena_str(&p->arena, p->root);
	p->prefix = str_empty(git) || p->root.len == git.len ? STR("") : str_slice(p->root, git.len + 1, p->root.len);
}

static bool from_root(const struct project *p, struct str full, struct str *relative)
{
	bool inside = path_below(full, p->root);
	*relative = inside && full.len > p->root.len ? str_slice(full, p->root.len + 1, full.len) : STR("");
	return inside;
}

bool project_relative(struct project *p, const char *path, struct str *relative)
{
	struct str dir, name = path_name(str_from(path));
	return holding_folder(p, path, &dir) &&
	       from_root(p, arena_printf(&p->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name)), relative);
}

static bool add_path(struct project *p, const char *path, struct err *err)
{
	struct str dir = { 0 }, relative;
	if (!start_folder(p, path, &dir, err))
		return false;
	if (!(is_folder(path) ? from_root(p, dir, &relative) : project_relative(p, path, &relative)))
		return err_set(err, "%s lies outside the project %s; check one project at a time", path, p->root.ptr);
	vec_push(&p->paths, relative);
	return true;
}

bool project_open(struct project *p, char *const *paths, int path_count, const char *config_path, struct err *err)
{
	struct str start = { 0 };
	struct config_schema schema = { registry_rules(), registry_count() };
	*p = (struct project){ 0 };
	parse_init();
	if (!start_folder(p, path_count ? paths[0] : ".", &start, err))
		return false;
	find_root(p, start, path_count == 1 && is_folder(paths[0]));
	for (int i = 0; i < path_count; i++)
		if (!add_path(p, paths[i], err))
			return false;
	if (!config_load(&p->config, &schema, p->root.ptr, config_path, err))
		return false;
	p->libraries = libraries_new(p->config.libraries, p->config.libraries_line, err);
	p->source = p->libraries ? disk_source_open(p->root.ptr, NULL, 0, err) : NULL;
	return p->source != NULL;
}

bool project_open_base(struct project *p, const char *revision, struct err *err)
{
	char merge_base[41];
	p->repo = git_repo_open(p->root.ptr, err);
	if (!p->repo || !git_repo_merge_base(p->repo, revision, merge_base, err))
		return false;
	p->base = git_tree_source_open(p->repo, merge_base, p->prefix, err);
	return p->base != NULL;
}

void project_close(struct project *p)
{
	source_close(p->source);
	source_close(p->base);
	if (p->repo)
		git_repo_close(p->repo);
	libraries_free(p->libraries);
	config_release(&p->config);
	vec_release(&p->paths);
	arena_release(&p->arena);
}

bool project_wants(void *project, struct str path)
{
	const struct project *p = project;
	bool wanted = p->paths.count == 0;
	for (uint32_t i = 0; i < p->paths.count && !wanted; i++)
		wanted = path_below(path, p->paths.items[i]);
	return wanted;
}

struct bylaw_request project_request(struct project *p, uint32_t workers, char today[11])
{
	time_t now = time(NULL);
	struct tm tm;
	if (!gmtime_r(&now, &tm) || !strftime(today, 11, "%Y-%m-%d", &tm))
		memcpy(today, "9999-12-31", 11); /* a clock that is further than days have names */
	return (struct bylaw_request){
		.head = p->source,
		.base = p->base,
		.config = &p->config,
		.libraries = p->libraries,
		.workers = workers,
		.wanted = project_wants,
		.wanted_context = p,
		.today = today,
	};
}
