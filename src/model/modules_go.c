/* Go modules: each go.mod, what go.work joins, and the folders that replace directives put in a module's place. */
#include "model/internal.h"

#include "base/path.h"

/* The i-th operand of a directive, or an empty text. */
static struct str operand(const struct facts *f, node_id directive, uint32_t i)
{
	facts_each_child(f, directive, value)
		if (i-- == 0)
			return node_name(f, value);
	return STR("");
}

static bool is_local(struct str path)
{
	return str_is(path, ".") || str_is(path, "..") || str_starts(path, STR("./")) || str_starts(path, STR("../"));
}

/* Directives of a go.mod and of a go.work are told apart. */
static uint64_t of_module(package_id module)
{
	return (uint64_t)module << 1;
}

static uint64_t of_workspace(file_id work)
{
	return (uint64_t)work << 1 | 1;
}

/* ---- reading ---- */

static void replace(struct model *m, uint64_t owner, struct str path, struct str dir)
{
	struct go_modules *modules = &m->go_modules;
	bool added;
	map_put(&modules->replaced, model_key(owner, path), modules->folders.count, &added);
	if (added)
		vec_push(&modules->folders, dir);
}

/* A replace of one version holds where that version is required; elsewhere it only makes the folder known. */
static bool is_required(const struct package *p, struct str path, struct str version)
{
	const struct dependency *d = p && !str_empty(version) ? package_dependency(p, path) : NULL;
	return str_empty(version) || (d && str_eq(d->version, version));
}

/* The local replaces of a go.mod or go.work; those of a module in a workspace hold for the whole of it. */
static void read_replaces(struct model *m, file_id file, const struct package *p, uint64_t owner, uint32_t workspace)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, 0, directive) {
		struct str path = operand(f, directive, 0), target = operand(f, directive, 2), dir;
		if (!str_is(node_name(f, directive), "replace") || !is_local(target) ||
			!is_required(p, path, operand(f, directive, 1)) ||
			!path_join(&m->arena, path_dir(m->files[file].path), target, &dir))
			continue;
		replace(m, owner, path, dir);
		if (workspace)
			replace(m, of_workspace(workspace - 1), path, dir);
	}
}

static void read_workspace(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	read_replaces(m, file, NULL, of_workspace(file), 0);
	facts_each_child(f, 0, directive) {
		struct str dir;
		if (str_is(node_name(f, directive), "use") &&
			path_join(&m->arena, path_dir(m->files[file].path), operand(f, directive, 0), &dir))
			str_map_put(&m->go_modules.workspaces, dir, file + 1, NULL);
	}
}

static uint32_t workspace_of(const struct model *m, struct str dir)
{
	const uint32_t *workspace = str_map_get(&m->go_modules.workspaces, dir);
	return workspace ? *workspace : 0;
}

/* Folders that the go command does not look into when it looks for packages: modules there are fixtures and copies. */
static bool is_hidden(struct str dir)
{
	struct str part;
	while (str_split(&dir, '/', &part))
		if (str_is(part, "vendor") || str_is(part, "testdata") || str_starts(part, STR("_")) ||
			str_starts(part, STR(".")))
			return true;
	return false;
}

static void add_module(struct model *m, const struct package *p)
{
	struct go_modules *modules = &m->go_modules;
	if (str_empty(p->name) || is_hidden(p->dir))
		return;
	uint32_t *first = str_map_put(&modules->by_path, p->name, 0, NULL);
	struct go_module module = { p->dir, *first };
	vec_push(&modules->list, module);
	*first = modules->list.count;
}

void model_find_go_modules(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++)
		if (str_is(path_name(m->files[file].path), "go.work") && m->files[file].facts.node_count)
			read_workspace(m, file);
	for (package_id id = 0; id < m->packages.count; id++) {
		const struct package *p = &m->packages.items[id];
		if (p->ecosystem != ECOSYSTEM_GO)
			continue;
		add_module(m, p);
		read_replaces(m, p->manifest, p, of_module(id), workspace_of(m, p->dir));
	}
}

void go_modules_release(struct go_modules *modules)
{
	vec_release(&modules->list);
	vec_release(&modules->folders);
	str_map_release(&modules->by_path);
	str_map_release(&modules->workspaces);
	map_release(&modules->replaced);
}

/* ---- looking up ---- */

static bool replaced(const struct model *m, uint64_t owner, struct str path, struct str *dir)
{
	const uint32_t *index = map_get(&m->go_modules.replaced, model_key(owner, path));
	if (index)
		*dir = m->go_modules.folders.items[*index];
	return index != NULL;
}

/* How many bytes of folders two paths have in common. */
static uint32_t shared_folders(struct str a, struct str b)
{
	uint32_t shared = 0, i = 0;
	for (; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
		if (a.ptr[i] == '/')
			shared = i;
	bool whole = i == b.len && (i == a.len || a.ptr[i] == '/');
	return whole ? i : shared;
}

/* Of the modules with this path the nearest; `workspace` wants one that it joins. */
static bool by_path(const struct model *m, struct str path, uint32_t workspace, struct str from, struct str *dir)
{
	const uint32_t *first = str_map_get(&m->go_modules.by_path, path);
	uint32_t best = 0, next;
	for (uint32_t i = first ? *first : 0; i; i = next) {
		const struct go_module *module = &m->go_modules.list.items[i - 1];
		uint32_t rank = shared_folders(from, module->dir) + 1;
		next = module->next;
		if (rank < best || (workspace && workspace_of(m, module->dir) != workspace))
			continue;
		best = rank;
		*dir = module->dir;
	}
	return best != 0;
}

bool go_module_joined(const struct model *m, file_id from, struct str path, struct str *dir)
{
	package_id id = m->files[from].package;
	if (id == NO_PACKAGE)
		return false;
	const struct package *owner = &m->packages.items[id];
	uint32_t workspace = workspace_of(m, owner->dir);
	if (replaced(m, workspace ? of_workspace(workspace - 1) : of_module(id), path, dir))
		return true;
	*dir = owner->dir;
	return str_eq(owner->name, path) || (workspace && by_path(m, path, workspace, owner->dir, dir));
}

bool go_module_nearby(const struct model *m, file_id from, struct str path, struct str *dir)
{
	/* without a dot it is a name that nobody else could fetch */
	return str_find(path, '.') != UINT32_MAX && by_path(m, path, 0, path_dir(m->files[from].path), dir);
}
