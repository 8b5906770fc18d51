/*
 * Where Python looks for modules: the source roots that build backends, test runners and type checkers are told of, and
 * the packages of the repository that a project depends on.
 */
#include "model/internal.h"

#include "base/path.h"

struct reading {
	struct model *m;
	const struct facts *f;
	struct str dir; /* of the manifest */
};

/* A folder as a manifest writes it, relative to itself; false for what is no folder of the repository. */
static bool folder(const struct reading *r, struct str written, struct str *dir)
{
	static const char *const variables[] = { "$MYPY_CONFIG_FILE_DIR/", "${workspaceFolder}/", "file:" };
	written = str_trim(written);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		if (str_starts(written, str_from(variables[i])))
			written = str_slice(written, (uint32_t)strlen(variables[i]), written.len);
	bool usable = written.len && written.ptr[0] != '/' && !memchr(written.ptr, '*', written.len) &&
		      !memchr(written.ptr, '$', written.len);
	return usable && path_join(&r->m->arena, r->dir, written, dir);
}

/* Modules that start with `prefix` (or any, when it is empty) stand below the folder. */
static void declare(const struct reading *r, struct str written, struct str prefix)
{
	struct python_root root = { .project = r->dir, .prefix = prefix };
	if (folder(r, written, &root.dir))
		vec_push(&r->m->python_roots.list, root);
}

static void depend(const struct reading *r, struct str written)
{
	struct python_root root = { .project = r->dir, .is_project = true };
	if (folder(r, written, &root.dir) && !str_eq(root.dir, r->dir))
		vec_push(&r->m->python_roots.list, root);
}

/* ---- the shapes in which manifests say it ---- */

/* "src", "src:lib", ["src", "lib"] */
static void read_folders(void *context, node_id value)
{
	const struct reading *r = context;
	struct str rest = node_name(r->f, value), part;
	facts_each_child(r->f, value, item)
		if (node_kind(r->f, item) == NODE_STRING)
			declare(r, node_name(r->f, item), STR(""));
	if (node_kind(r->f, value) == NODE_STRING)
		while (str_split(&rest, str_find(rest, ':') != UINT32_MAX ? ':' : ' ', &part))
			declare(r, part, STR(""));
}

/* ["src/shop"]: packages, which stand below their root. */
static void read_packages(void *context, node_id value)
{
	const struct reading *r = context;
	facts_each_child(r->f, value, item)
		if (node_kind(r->f, item) == NODE_STRING && str_find(node_name(r->f, item), '/') != UINT32_MAX)
			declare(r, path_dir(node_name(r->f, item)), STR(""));
}

/* { "" = "src", "shop" = "lib/shop" }, or lines "shop = lib/shop" */
static void read_folder_map(void *context, node_id value)
{
	const struct reading *r = context;
	facts_each_child(r->f, value, item) {
		struct str text = node_name(r->f, item);
		node_id target = node_child(r->f, item, PART_VALUE);
		uint32_t equals = str_find(text, '=');
		if (node_kind(r->f, item) == NODE_PAIR && target)
			declare(r, node_name(r->f, target), text);
		else if (node_kind(r->f, item) == NODE_STRING && equals != UINT32_MAX)
			declare(r, str_slice(text, equals + 1, text.len), str_trim(str_slice(text, 0, equals)));
	}
	struct str text = node_name(r->f, value);
	if (node_kind(r->f, value) == NODE_STRING && str_starts(text, STR("=")))
		declare(r, str_slice(text, 1, text.len), STR(""));
}

/* { "src" = "", "src/shop" = "acme/shop" }, or ["src"] */
static void read_sources(void *context, node_id value)
{
	const struct reading *r = context;
	if (node_kind(r->f, value) == NODE_ARRAY)
		read_folders(context, value);
	facts_each_child(r->f, value, item) {
		node_id target = node_child(r->f, item, PART_VALUE);
		struct str package = target ? node_name(r->f, target) : STR("");
		bool nested = str_find(package, '/') != UINT32_MAX;
		if (node_kind(r->f, item) == NODE_PAIR && !nested)
			declare(r, node_name(r->f, item), package);
	}
}

static void read_include(const struct reading *r, node_id object)
{
	node_id from = object_value(r->f, object, STR("from")), to = object_value(r->f, object, STR("to"));
	if (from)
		declare(r, node_name(r->f, from), to ? node_name(r->f, to) : STR(""));
}

/* [{ include = "shop", from = "src" }] */
static void read_includes(void *context, node_id value)
{
	const struct reading *r = context;
	if (node_kind(r->f, value) == NODE_OBJECT)
		read_include(r, value);
	facts_each_child(r->f, value, item)
		if (node_kind(r->f, item) == NODE_OBJECT)
			read_include(r, item);
}

/* [{ root = "src", extraPaths = ["lib"] }] */
static void read_environments(void *context, node_id value)
{
	const struct reading *r = context;
	manifest_each(r->f, value, STR("root"), read_folders, context);
	manifest_each(r->f, value, STR("extraPaths"), read_folders, context);
	facts_each_child(r->f, value, item) {
		manifest_each(r->f, item, STR("root"), read_folders, context);
		manifest_each(r->f, item, STR("extraPaths"), read_folders, context);
	}
}

/* { shop = { path = "../shop" } } */
static void read_path_dependencies(void *context, node_id value)
{
	const struct reading *r = context;
	facts_each_child(r->f, value, item) {
		node_id target = node_child(r->f, item, PART_VALUE);
		node_id path = target ? object_value(r->f, target, STR("path")) : 0;
		if (path)
			depend(r, node_name(r->f, path));
	}
}

/* Where each tool keeps it: setuptools, Poetry, Hatch, PDM, uv, maturin, scikit-build, pytest, Pyright, mypy, Ruff. */
static const struct place {
	const char *file, *path;
	manifest_visit *read;
} places[] = {
	{ "pyproject.toml", "tool.setuptools.package-dir", read_folder_map },
	{ "pyproject.toml", "tool.setuptools.packages.find.where", read_folders },
	{ "pyproject.toml", "tool.poetry.packages", read_includes },
	{ "pyproject.toml", "tool.hatch.build.sources", read_sources },
	{ "pyproject.toml", "tool.hatch.build.packages", read_packages },
	{ "pyproject.toml", "tool.hatch.build.dev-mode-dirs", read_folders },
	{ "pyproject.toml", "tool.hatch.build.targets.wheel.sources", read_sources },
	{ "pyproject.toml", "tool.hatch.build.targets.wheel.packages", read_packages },
	{ "pyproject.toml", "tool.pdm.build.package-dir", read_folders },
	{ "pyproject.toml", "tool.pdm.package-dir", read_folders },
	{ "pyproject.toml", "tool.uv.build-backend.module-root", read_folders },
	{ "pyproject.toml", "tool.maturin.python-source", read_folders },
	{ "pyproject.toml", "tool.scikit-build.wheel.packages", read_packages },
	{ "pyproject.toml", "tool.pytest.ini_options.pythonpath", read_folders },
	{ "pyproject.toml", "tool.pyright.extraPaths", read_folders },
	{ "pyproject.toml", "tool.pyright.executionEnvironments", read_environments },
	{ "pyproject.toml", "tool.basedpyright.extraPaths", read_folders },
	{ "pyproject.toml", "tool.basedpyright.executionEnvironments", read_environments },
	{ "pyproject.toml", "tool.mypy.mypy_path", read_folders },
	{ "pyproject.toml", "tool.ruff.src", read_folders },
	{ "pyproject.toml", "tool.uv.sources", read_path_dependencies },
	{ "pyproject.toml", "tool.poetry.dependencies", read_path_dependencies },
	{ "pyproject.toml", "tool.poetry.dev-dependencies", read_path_dependencies },
	{ "pyproject.toml", "tool.poetry.group.dev.dependencies", read_path_dependencies },
	{ "pyproject.toml", "tool.poetry.group.test.dependencies", read_path_dependencies },
	{ "Pipfile", "packages", read_path_dependencies },
	{ "Pipfile", "dev-packages", read_path_dependencies },
	{ "setup.cfg", "options.package_dir", read_folder_map },
	{ "setup.cfg", "options.packages.find.where", read_folders },
	{ "setup.cfg", "tool:pytest.pythonpath", read_folders },
	{ "setup.cfg", "mypy.mypy_path", read_folders },
	{ "pytest.ini", "pytest.pythonpath", read_folders },
	{ "mypy.ini", "mypy.mypy_path", read_folders },
	{ "pyrightconfig.json", "extraPaths", read_folders },
	{ "pyrightconfig.json", "executionEnvironments", read_environments },
};

/* find_packages("src"), find_packages(where="src") */
static void read_find_packages(struct reading *r, node_id call)
{
	node_id where = call_keyword(r->f, call, STR("where"));
	if (!where)
		where = call_arg(r->f, call, 0);
	if (where)
		read_folders(r, where);
}

node_id python_setup_call(const struct facts *f)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL && str_is(path_last(node_name(f, n)), "setup") &&
			(call_keyword(f, n, STR("name")) || call_keyword(f, n, STR("packages"))))
			return n;
	return 0;
}

static void read_setup(struct reading *r)
{
	node_id setup = python_setup_call(r->f);
	node_id dirs = setup ? call_keyword(r->f, setup, STR("package_dir")) : 0;
	node_id packages = setup ? call_keyword(r->f, setup, STR("packages")) : 0;
	if (dirs)
		read_folder_map(r, dirs);
	if (packages && node_kind(r->f, packages) == NODE_CALL)
		read_find_packages(r, packages);
}

/* `-e ./shop` */
static void read_editable(struct reading *r)
{
	facts_each_child(r->f, 0, pair) {
		node_id value = node_child(r->f, pair, PART_VALUE);
		struct str text = value ? node_name(r->f, value) : STR("");
		if (str_is(node_name(r->f, pair), "-e") || str_starts(text, STR("./")) || str_starts(text, STR("../")))
			depend(r, text);
	}
}

static void read_file(struct model *m, file_id file)
{
	struct str path = m->files[file].path, name = path_name(path);
	struct reading r = { m, &m->files[file].facts, path_dir(path) };
	if (str_is(name, "setup.py"))
		read_setup(&r);
	else if (m->files[file].language == LANGUAGE_REQUIREMENTS)
		read_editable(&r);
	else if (LANGUAGES_MANIFEST >> m->files[file].language & 1)
		for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
			if (str_is(name, places[i].file))
				manifest_each(r.f, 0, str_from(places[i].path), places[i].read, &r);
}

/* ---- what projects depend on ---- */

/* PEP 503: case does not count, nor which of - _ . stands between words. */
static uint64_t distribution_key(package_id package, struct str name)
{
	char plain[128];
	uint32_t len = name.len < sizeof(plain) ? name.len : (uint32_t)sizeof(plain);
	for (uint32_t i = 0; i < len; i++) {
		char c = name.ptr[i];
		bool upper = c >= 'A' && c <= 'Z';
		plain[i] = c == '_' || c == '.' ? '-' : upper ? (char)(c + ('a' - 'A')) : c;
	}
	return model_key(package, (struct str){ plain, len });
}

/* Projects of the repository by their distribution's name; a template of one may have the same. */
struct distributions {
	struct map first; /* → package + 1 */
	uint32_t *next; /* of each package: another of its name, + 1 */
};

static void need_project(struct model *m, const struct distributions *d, package_id id, struct str name)
{
	enum { MOST_OF_A_NAME = 8 };
	const uint32_t *first = map_get(&d->first, distribution_key(0, name));
	unsigned tried = 0;
	map_put(&m->python_roots.required, distribution_key(id + 1, name), 1, NULL);
	for (uint32_t other = first ? *first : 0; other && tried++ < MOST_OF_A_NAME; other = d->next[other - 1]) {
		struct python_root root = { .project = m->packages.items[id].dir,
			.dir = m->packages.items[other - 1].dir,
			.is_project = true };
		if (other - 1 != id)
			vec_push(&m->python_roots.list, root);
	}
}

/* A distribution that is a project of the repository is looked for there. */
static void link_projects(struct model *m)
{
	struct arena scratch = { 0 };
	struct distributions d = { .next = arena_array(&scratch, uint32_t, m->packages.count) };
	for (package_id id = 0; id < m->packages.count; id++) {
		const struct package *p = &m->packages.items[id];
		if (p->ecosystem != ECOSYSTEM_PYTHON || str_empty(p->name))
			continue;
		uint32_t *first = map_put(&d.first, distribution_key(0, p->name), 0, NULL);
		d.next[id] = *first;
		*first = id + 1;
	}
	for (package_id id = 0; id < m->packages.count; id++) {
		const struct package *p = &m->packages.items[id];
		for (uint32_t i = 0; p->ecosystem == ECOSYSTEM_PYTHON && i < p->dependency_count; i++)
			need_project(m, &d, id, p->dependencies[i].name);
	}
	map_release(&d.first);
	arena_release(&scratch);
}

bool python_requires(const struct model *m, struct str dir, struct str module)
{
	for (;; dir = path_dir(dir)) {
		package_id id = model_package_above(m, ECOSYSTEM_PYTHON, dir);
		if (id == NO_PACKAGE)
			return false;
		if (map_get(&m->python_roots.required, distribution_key(id + 1, path_first(module))))
			return true;
		dir = m->packages.items[id].dir;
		if (str_empty(dir))
			return false;
	}
}

/* ---- folders ---- */

static bool is_package(const struct model *m, struct str dir)
{
	struct arena scratch = { 0 };
	struct str prefix = str_empty(dir) ? dir : arena_printf(&scratch, "%.*s/", STR_ARG(dir));
	bool is = model_find_file(m, arena_printf(&scratch, "%.*s__init__.py", STR_ARG(prefix))) != NO_FILE ||
		  model_find_file(m, arena_printf(&scratch, "%.*s__init__.pyi", STR_ARG(prefix))) != NO_FILE;
	arena_release(&scratch);
	return is;
}

/* Every folder from the file's own up to the root. */
static void note_folders(struct python_roots *roots, struct str dir)
{
	for (;; dir = path_dir(dir)) {
		bool added;
		str_map_put(&roots->folder_ids, dir, roots->folders.count, &added);
		struct python_folder folder = { .dir = dir };
		if (added)
			vec_push(&roots->folders, folder);
		if (!added || str_empty(dir))
			return;
	}
}

static void add_place(struct python_roots *roots, struct str dir, struct str prefix)
{
	struct python_place place = { dir, prefix };
	vec_push(&roots->places, place);
}

/* What the manifest says; then src and the folder itself, unless they are packages: inside of one no path begins. */
static void find_places(struct model *m, struct python_folder *folder)
{
	struct python_roots *roots = &m->python_roots;
	const uint32_t *first = str_map_get(&roots->by_project, folder->dir);
	struct str src;
	folder->first = roots->places.count;
	for (uint32_t i = first ? *first : 0; i; i = roots->list.items[i - 1].next)
		if (!roots->list.items[i - 1].is_project)
			add_place(roots, roots->list.items[i - 1].dir, roots->list.items[i - 1].prefix);
	if (path_join(&m->arena, folder->dir, STR("src"), &src) && str_map_get(&roots->folder_ids, src) &&
		!is_package(m, src))
		add_place(roots, src, STR(""));
	if (str_empty(folder->dir) || !is_package(m, folder->dir))
		add_place(roots, folder->dir, STR(""));
	folder->count = roots->places.count - folder->first;
}

/* ---- who has a package ---- */

static void note_owner(struct model *m, struct str segment, struct str dir)
{
	struct python_roots *roots = &m->python_roots;
	bool added;
	map_put(&roots->owned, model_key(model_key(0, segment), dir), 1, &added);
	if (!added)
		return;
	uint32_t *first = map_put(&roots->owners, model_key(0, segment), 0, NULL);
	struct python_owner owner = { dir, *first };
	vec_push(&roots->owner_list, owner);
	*first = roots->owner_list.count;
}

/* The first name of a path below a folder: package or module. */
static struct str first_below(struct str path, struct str dir)
{
	struct str rest = str_slice(path, dir.len + (dir.len > 0), path.len), first = rest;
	str_split(&rest, '/', &first);
	uint32_t dot = str_rfind(first, '.');
	return dot == UINT32_MAX ? first : str_slice(first, 0, dot);
}

/* The outermost package of a file is its parent folder's; what lies below a declared root is that root's. */
static void note_owners(struct model *m, const struct str_map *declared, struct str path)
{
	struct str dir = path_dir(path);
	if (str_starts(path_name(path), STR("__init__.")) && !str_empty(dir) && !is_package(m, path_dir(dir)))
		note_owner(m, path_name(dir), path_dir(dir));
	for (; declared->count; dir = path_dir(dir)) {
		if (str_map_get(declared, dir))
			note_owner(m, first_below(path, dir), dir);
		if (str_empty(dir))
			return;
	}
}

/* The roots of one project follow each other as they were read. */
static void chain_roots(struct python_roots *roots, struct str_map *declared)
{
	for (uint32_t i = roots->list.count; i > 0; i--) {
		struct python_root *root = &roots->list.items[i - 1];
		uint32_t *first = str_map_put(&roots->by_project, root->project, 0, NULL);
		root->next = *first;
		*first = i;
		if (!root->is_project)
			str_map_put(declared, root->dir, 1, NULL);
	}
}

void model_find_python_roots(struct model *m)
{
	struct python_roots *roots = &m->python_roots;
	struct str_map declared = { 0 };
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].facts.node_count)
			read_file(m, file);
	link_projects(m);
	chain_roots(roots, &declared);
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_PYTHON) {
			note_folders(roots, path_dir(m->files[file].path));
			note_owners(m, &declared, m->files[file].path);
		}
	for (uint32_t i = 0; i < roots->folders.count; i++)
		find_places(m, &roots->folders.items[i]);
	str_map_release(&declared);
}

void python_roots_release(struct python_roots *roots)
{
	vec_release(&roots->list);
	vec_release(&roots->folders);
	vec_release(&roots->places);
	vec_release(&roots->owner_list);
	str_map_release(&roots->by_project);
	str_map_release(&roots->folder_ids);
	map_release(&roots->owners);
	map_release(&roots->owned);
	map_release(&roots->required);
}
