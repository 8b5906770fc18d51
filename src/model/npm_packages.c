/* Packages of the repository by name: workspaces of npm, yarn, pnpm and lerna, and what manifests point to. */
#include "model/npm.h"

#include "base/glob.h"
#include "base/path.h"

node_id npm_top(const struct facts *f, struct str key)
{
	node_id root = f->node_count ? node_child_of_kind(f, 0, NODE_OBJECT) : 0;
	return root ? object_value(f, root, key) : 0;
}

struct str npm_text(const struct facts *f, node_id node)
{
	return node && node_kind(f, node) == NODE_STRING ? node_name(f, node) : (struct str){ 0 };
}

bool npm_is_relative(struct str module)
{
	return str_is(module, ".") || str_is(module, "..") || str_starts(module, STR("./")) ||
	       str_starts(module, STR("../"));
}

bool npm_is_one_of(struct str name, const char *const *names)
{
	while (*names && !str_is(name, *names))
		names++;
	return *names;
}

const struct pattern_table *npm_table(const struct model *m, file_id file, node_id object, enum pattern_rules rules)
{
	struct npm *npm = m->npm;
	bool added;
	uint32_t *index = map_put(&npm->table_of, function_key(file, object), npm->tables.count, &added);
	if (added) {
		struct pattern_table fresh = { 0 };
		pattern_table_build(&fresh, &m->files[file].facts, object, rules);
		vec_push(&npm->tables, fresh);
	}
	return &npm->tables.items[*index];
}

/* ---- workspaces ---- */

/* Where the globs of a workspace stand: a file and its list. */
struct workspace {
	file_id file;
	node_id globs;
};

struct workspaces {
	struct str_map by_dir; /* folder → index */
	VEC(struct workspace) list;
};

/* package.json says a list, or an object with one; the others say `packages`. */
static node_id workspace_globs(const struct facts *f, struct str name)
{
	if (!str_is(name, "package.json"))
		return npm_top(f, STR("packages"));
	node_id value = npm_top(f, STR("workspaces"));
	return value && node_kind(f, value) == NODE_OBJECT ? object_value(f, value, STR("packages")) : value;
}

static void find_workspaces(const struct model *m, struct workspaces *w)
{
	for (file_id file = 0; file < m->file_count; file++) {
		struct str name = path_name(m->files[file].path);
		bool manifest = str_is(name, "package.json") || str_is(name, "pnpm-workspace.yaml") ||
				str_is(name, "lerna.json");
		node_id globs = manifest ? workspace_globs(&m->files[file].facts, name) : 0;
		if (!globs || node_kind(&m->files[file].facts, globs) != NODE_ARRAY)
			continue;
		/* pnpm reads its own file only: by path, it comes after package.json and takes its place */
		*str_map_put(&w->by_dir, path_dir(m->files[file].path), 0, NULL) = w->list.count;
		struct workspace fresh = { file, globs };
		vec_push(&w->list, fresh);
	}
}

static struct str trim_glob(struct str glob)
{
	if (str_starts(glob, STR("./")))
		glob = str_slice(glob, 2, glob.len);
	while (str_ends(glob, STR("/")))
		glob.len--;
	return glob;
}

/* Braces are rare, and known to the other kind of pattern. */
static bool matches_glob(struct str glob, struct str path)
{
	return str_find(glob, '{') == UINT32_MAX ? glob_match_segments(glob, path, GLOB_HIDDEN)
						 : glob_match(glob, path);
}

/* The last glob that matches decides; `!` takes out. */
static bool is_member(const struct model *m, const struct workspace *w, struct str dir)
{
	enum { MOST_GLOBS = 256 };
	const struct facts *f = &m->files[w->file].facts;
	struct str root = path_dir(m->files[w->file].path);
	struct str inside = str_eq(dir, root) ? STR(".") : str_slice(dir, root.len ? root.len + 1 : 0, dir.len);
	bool member = str_eq(dir, root);
	unsigned looked_at = 0;
	facts_each_child(f, w->globs, g) {
		if (looked_at++ == MOST_GLOBS)
			break;
		struct str glob = npm_text(f, g);
		bool out = str_starts(glob, STR("!"));
		glob = trim_glob(str_slice(glob, out, glob.len));
		if (matches_glob(glob, inside))
			member = !out;
	}
	return member;
}

static struct str workspace_of(const struct model *m, const struct workspaces *w, struct str dir)
{
	for (struct str above = dir;; above = path_dir(above)) {
		const uint32_t *index = str_map_get(&w->by_dir, above);
		if (index && *index < w->list.count && is_member(m, &w->list.items[*index], dir))
			return above.len ? above : STR("");
		if (str_empty(above))
			return (struct str){ 0 };
	}
}

/* ---- loading ---- */

static void note_dependencies(struct model *m, package_id p)
{
	const struct package *package = &m->packages.items[p];
	for (uint32_t i = 0; i < package->dependency_count; i++)
		map_put(&m->npm->dependencies, model_key(p, package->dependencies[i].name), i, NULL);
}

static void read_manifest(struct model *m, package_id p)
{
	const struct facts *f = &m->files[m->packages.items[p].manifest].facts;
	m->npm->manifests[p] = (struct npm_manifest){
		.exports = npm_top(f, STR("exports")),
		.imports = npm_top(f, STR("imports")),
		.types_versions = npm_top(f, STR("typesVersions")),
	};
	note_dependencies(m, p);
}

static void find_folders(struct model *m)
{
	bool added = true;
	for (file_id file = 0; file < m->file_count; file++, added = true) {
		if (!(LANGUAGES_NODE >> m->files[file].language & 1))
			continue;
		for (struct str dir = path_dir(m->files[file].path); added && dir.len; dir = path_dir(dir))
			str_map_put(&m->npm->folders, dir, 1, &added);
	}
}

void npm_load(struct model *m)
{
	uint32_t count = m->packages.count;
	struct npm *npm = m->npm = mem_alloc(sizeof(*m->npm));
	struct workspaces w = { 0 };
	*npm = (struct npm){ 0 };
	npm->manifests = arena_array(&m->arena, struct npm_manifest, count);
	npm->namesakes = arena_array(&m->arena, package_id, count);
	npm->workspaces = arena_array(&m->arena, struct str, count);
	find_folders(m);
	find_workspaces(m, &w);
	for (package_id p = count; p-- > 0;) {
		const struct package *package = &m->packages.items[p];
		npm->namesakes[p] = NO_PACKAGE;
		if (package->ecosystem != ECOSYSTEM_NPM)
			continue;
		npm->workspaces[p] = workspace_of(m, &w, package->dir);
		read_manifest(m, p);
		if (str_empty(package->name))
			continue;
		bool added;
		uint32_t *first = str_map_put(&npm->names, package->name, p, &added);
		if (!added)
			npm->namesakes[p] = *first;
		*first = p;
	}
	str_map_release(&w.by_dir);
	vec_release(&w.list);
}

void npm_free(struct npm *npm)
{
	for (uint32_t i = 0; i < npm->tables.count; i++)
		pattern_table_release(&npm->tables.items[i]);
	vec_release(&npm->tables);
	vec_release(&npm->configs);
	map_release(&npm->config_of);
	map_release(&npm->listed);
	map_release(&npm->table_of);
	map_release(&npm->dependencies);
	str_map_release(&npm->config_dirs);
	str_map_release(&npm->main_configs);
	str_map_release(&npm->folders);
	str_map_release(&npm->names);
	mem_free(npm);
}

/* ---- names ---- */

struct str npm_package_name(struct str module, struct str *rest)
{
	uint32_t slash = str_find(module, '/');
	if (slash != UINT32_MAX && str_starts(module, STR("@"))) {
		uint32_t second = str_find(str_slice(module, slash + 1, module.len), '/');
		slash = second == UINT32_MAX ? UINT32_MAX : slash + 1 + second;
	}
	*rest = slash == UINT32_MAX ? STR("") : str_slice(module, slash, module.len);
	return str_slice(module, 0, slash);
}

/* What the manifest nearest to the file, or one above it, says of a dependency; NULL. */
static const struct dependency *dependency_of(const struct model *m, file_id from, struct str name, package_id *by)
{
	for (package_id p = m->files[from].package; p != NO_PACKAGE;) {
		const struct package *package = &m->packages.items[p];
		const uint32_t *index = map_get(&m->npm->dependencies, model_key(p, name));
		*by = p;
		if (index)
			return &package->dependencies[*index];
		if (str_empty(package->dir))
			break;
		p = model_package_above(m, ECOSYSTEM_NPM, path_dir(package->dir));
	}
	return NULL;
}

bool npm_is_declared(const struct model *m, file_id from, struct str name)
{
	package_id by;
	return dependency_of(m, from, name, &by) != NULL;
}

/* "file:../shared", "link:…", "portal:…", "workspace:packages/a": the package in that folder. */
static package_id by_place(const struct model *m, package_id by, struct str version)
{
	uint32_t colon = str_find(version, ':');
	struct str place = str_slice(version, colon == UINT32_MAX ? version.len : colon + 1, version.len), dir;
	struct arena scratch = { 0 };
	package_id package = NO_PACKAGE;
	if (str_find(place, '/') != UINT32_MAX && path_join(&scratch, m->packages.items[by].dir, place, &dir)) {
		const uint32_t *found = str_map_get(&m->package_dirs[ECOSYSTEM_NPM], dir);
		package = found ? *found : NO_PACKAGE;
	}
	arena_release(&scratch);
	return package;
}

static bool has_prefix(struct str text, const char *const *prefixes)
{
	for (; *prefixes; prefixes++)
		if (str_starts(text, str_from(*prefixes)))
			return true;
	return false;
}

static bool is_place(struct str version)
{
	static const char *const protocols[] = { "file:", "link:", "portal:", "workspace:", NULL };
	return has_prefix(version, protocols);
}

/* "workspace:@acme/shared@*", "npm:@acme/shared@1": the name that is meant. */
static struct str by_alias(struct str version, struct str name)
{
	static const char *const protocols[] = { "workspace:", "npm:", NULL };
	if (!has_prefix(version, protocols))
		return name;
	struct str meant = str_slice(version, str_find(version, ':') + 1, version.len);
	uint32_t at = str_rfind(meant, '@');
	return at != UINT32_MAX && at > 0 ? str_slice(meant, 0, at) : name;
}

static bool in_one_workspace(const struct model *m, package_id a, package_id b)
{
	const struct str *workspaces = m->npm->workspaces;
	return a != NO_PACKAGE && workspaces[a].ptr && workspaces[b].ptr && str_eq(workspaces[a], workspaces[b]);
}

/* Packages of fixtures and examples are for themselves. */
static bool is_for_itself(const struct model *m, package_id package)
{
	enum file_class class = m->files[m->packages.items[package].manifest].class;
	return class == CLASS_TEST || class == CLASS_EXAMPLE || class == CLASS_TEMPLATE;
}

static uint32_t shared_folders(struct str a, struct str b)
{
	struct str left, right;
	uint32_t count = 0;
	while (a.len && b.len && str_split(&a, '/', &left) && str_split(&b, '/', &right) && str_eq(left, right))
		count++;
	return count;
}

/* Of two packages of one name the one that is nearer, then the one less deep. */
static bool is_nearer(const struct model *m, package_id a, package_id b, struct str dir)
{
	struct str left = m->packages.items[a].dir, right = m->packages.items[b].dir;
	uint32_t shared = shared_folders(left, dir), other = shared_folders(right, dir);
	return shared > other || (shared == other && left.len < right.len);
}

/* Many a workspace is called like the package that it is about. */
static bool is_workspace(const struct model *m, package_id package)
{
	struct str workspace = m->npm->workspaces[package];
	return workspace.ptr && str_eq(m->packages.items[package].dir, workspace);
}

/*
 * A package of that name in the workspace, a member before a root; else one outside all workspaces, unless the manifest
 * asks for a published version from within one.
 */
static package_id by_name(const struct model *m, file_id from, struct str name, bool published)
{
	enum { MOST_NAMESAKES = 256 };
	package_id own = m->files[from].package, other = NO_PACKAGE, root = NO_PACKAGE;
	const uint32_t *first = str_map_get(&m->npm->names, name);
	package_id p = first ? *first : NO_PACKAGE;
	for (unsigned i = 0; p != NO_PACKAGE && i < MOST_NAMESAKES; p = m->npm->namesakes[p], i++) {
		if (is_workspace(m, p)) {
			root = p;
			continue;
		}
		if (in_one_workspace(m, own, p))
			return p;
		bool better = other == NO_PACKAGE || is_nearer(m, p, other, path_dir(m->files[from].path));
		if (better && !is_for_itself(m, p))
			other = p;
	}
	if (root != NO_PACKAGE && in_one_workspace(m, own, root))
		return root;
	if (other == NO_PACKAGE && root != NO_PACKAGE && !is_for_itself(m, root))
		other = root;
	bool in_workspace = own != NO_PACKAGE && m->npm->workspaces[own].ptr;
	return published && in_workspace ? NO_PACKAGE : other;
}

package_id npm_find_package(const struct model *m, file_id from, struct str name)
{
	package_id own = m->files[from].package, by = NO_PACKAGE;
	if (own != NO_PACKAGE && str_eq(m->packages.items[own].name, name))
		return own;
	const struct dependency *d = dependency_of(m, from, name, &by);
	if (!d)
		return by_name(m, from, name, false);
	package_id placed = is_place(d->version) ? by_place(m, by, d->version) : NO_PACKAGE;
	return placed != NO_PACKAGE ? placed : by_name(m, from, by_alias(d->version, name), !is_place(d->version));
}

/* ---- what is in a package ---- */

static file_id at_field(const struct model *m, const struct package *p, struct str target)
{
	struct arena scratch = { 0 };
	struct str path;
	file_id file = NO_FILE;
	if (target.len && path_join(&scratch, p->dir, target, &path))
		file = npm_module(m, path, NPM_FILE);
	arena_release(&scratch);
	return file;
}

static file_id find_entry(const struct model *m, package_id package)
{
	static const char *const fields[] = { "source", "module", "main", "typings", "types" };
	static const char *const folders[] = { "", "src", "lib" };
	const struct package *p = &m->packages.items[package];
	const struct facts *f = &m->files[p->manifest].facts;
	file_id file = NO_FILE;
	for (size_t i = 0; file == NO_FILE && i < sizeof(fields) / sizeof(*fields); i++)
		file = at_field(m, p, npm_text(f, npm_top(f, str_from(fields[i]))));
	for (size_t i = 0; file == NO_FILE && i < sizeof(folders) / sizeof(*folders); i++) {
		struct arena scratch = { 0 };
		struct str dir;
		if (path_join(&scratch, p->dir, str_from(folders[i]), &dir))
			file = npm_index(m, dir);
		arena_release(&scratch);
	}
	return file;
}

file_id npm_entry(const struct model *m, package_id package)
{
	struct npm_manifest *manifest = &m->npm->manifests[package];
	if (!manifest->has_entry)
		manifest->entry = find_entry(m, package);
	manifest->has_entry = true;
	return manifest->entry;
}

/* `typesVersions` moves the paths of a package; the first range is taken. */
static struct import_link by_types_versions(struct lookup *l, package_id package, struct str subpath)
{
	const struct package *p = &l->m->packages.items[package];
	const struct facts *f = &l->m->files[p->manifest].facts;
	node_id versions = l->m->npm->manifests[package].types_versions;
	node_id range = versions ? node_child_of_kind(f, versions, NODE_PAIR) : 0;
	node_id paths = range ? node_child(f, range, PART_VALUE) : 0;
	struct import_link link = unresolved(CAUSE_NO_FILE);
	if (!paths || node_kind(f, paths) != NODE_OBJECT)
		return link;
	struct str star;
	node_id pair = pattern_table_find(
		npm_table(l->m, p->manifest, paths, PATTERNS_OF_PATHS), str_slice(subpath, 1, subpath.len), &star);
	node_id targets = pair ? node_child(f, pair, PART_VALUE) : 0;
	facts_each_child(f, targets, t)
		if (targets && link.target == IMPORT_UNRESOLVED)
			link = npm_at(l, p->dir, pattern_expand(&l->scratch, npm_text(f, t), star));
	return link;
}

static struct import_link entry_link(struct lookup *l, package_id package)
{
	file_id file = npm_entry(l->m, package);
	if (file != NO_FILE)
		return (struct import_link){ .target = IMPORT_FILE, .file = file };
	const struct package *p = &l->m->packages.items[package];
	const struct facts *f = &l->m->files[p->manifest].facts;
	struct str main = npm_text(f, npm_top(f, STR("main")));
	return npm_at(l, p->dir, main.len ? main : STR("index"));
}

/* Where sources usually stand, by what they are asked for. */
static struct import_link by_habit(struct lookup *l, package_id package, struct str subpath)
{
	const struct package *p = &l->m->packages.items[package];
	if (subpath.len <= 1)
		return entry_link(l, package);
	return npm_at(l, p->dir, arena_printf(&l->scratch, "src%.*s", STR_ARG(subpath)));
}

struct import_link npm_in_package(struct lookup *l, package_id package, struct str subpath)
{
	const struct package *p = &l->m->packages.items[package];
	const struct facts *f = &l->m->files[p->manifest].facts;
	node_id exports = l->m->npm->manifests[package].exports;
	struct import_link link = unresolved(CAUSE_NO_FILE);
	if (exports && node_kind(f, exports) != NODE_CONST) {
		link = npm_export(l, package, exports, arena_printf(&l->scratch, ".%.*s", STR_ARG(subpath)));
	} else if (subpath.len > 1) {
		link = by_types_versions(l, package, subpath);
		if (link.target == IMPORT_UNRESOLVED)
			link = npm_at(l, p->dir, str_slice(subpath, 1, subpath.len));
	}
	if (link.target != IMPORT_UNRESOLVED || link.cause != CAUSE_NO_FILE)
		return link;
	struct import_link source = by_habit(l, package, subpath);
	return source.target == IMPORT_UNRESOLVED ? link : source;
}

struct import_link npm_bare(struct lookup *l, struct str module)
{
	struct str rest, name = npm_package_name(module, &rest);
	package_id package = npm_find_package(l->m, l->from, name);
	if (package == NO_PACKAGE)
		return (struct import_link){ .target = IMPORT_LIBRARY };
	return npm_in_package(l, package, rest);
}
