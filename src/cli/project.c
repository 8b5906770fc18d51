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

/* The folder a path stands for: itself, or the one it is in. */
static bool start_folder(struct project *p, const char *path, struct str *dir, struct err *err)
{
	char absolute[PATH_MAX];
	if (!realpath(path, absolute))
		return err_set(err, "%s: %s", path, errno == ENOENT ? "no such file or folder" : strerror(errno));
	struct str real = str_from(absolute);
	*dir = arena_str(&p->arena, is_folder(absolute) ? real : path_dir(real));
	return true;
}

/*
 * How far up the project may reach: the git work tree; else the one folder that was named; else, for files and for several
 * paths, where the user stands.
 */
static struct str find_top(struct project *p, struct str start, bool one_folder, struct str *git)
{
	char here[PATH_MAX];
	for (struct str dir = start; !str_empty(dir) && str_empty(*git); dir = path_dir(dir))
		if (holds(&p->arena, dir, ".git"))
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

/* The last part of a path is kept as it is: a link is not followed to what it points at. */
static bool add_path(struct project *p, const char *path, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return err_set(err, "%s: %s", path, errno == ENOENT ? "no such file or folder" : strerror(errno));
	struct str dir, name = path_name(str_from(path));
	if (!start_folder(p, path, &dir, err))
		return false;
	struct str full = S_ISDIR(st.st_mode) ? dir : arena_printf(&p->arena, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
	if (!path_below(full, p->root))
		return err_set(err, "%s lies outside the project %s; check one project at a time", path, p->root.ptr);
	struct str relative = full.len == p->root.len ? STR("") : str_slice(full, p->root.len + 1, full.len);
	vec_push(&p->paths, relative);
	return true;
}

bool project_open(struct project *p, char *const *paths, int path_count, const char *config_path, struct err *err)
{
	struct str start;
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
	gmtime_r(&now, &tm);
	strftime(today, 11, "%Y-%m-%d", &tm);
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
