/* Module names of Python: relative ones, source roots by locality, regular and namespace packages, stubs. */
#include "model/internal.h"

#include "base/buf.h"
#include "base/path.h"

static const struct import_link EXTERNAL = { .target = IMPORT_LIBRARY };

struct search {
	const struct model *m;
	file_id from;
	const struct import *import; /* NULL when no statement asks */
	struct str module, imported;
	bool standard; /* the module is one of the standard library's */
	bool begun; /* the project has a package of the first name, or the file's folder, which lacks what is asked of it */
	struct str lost_dir, lost_module; /* where that is, and the name from there on */
};

/* A package before a module of its name, and code before its stub. */
static file_id file_at(const struct model *m, struct buf *path)
{
	static const char *const endings[] = { "/__init__.py", ".py", "/__init__.pyi", ".pyi" };
	uint32_t stem = path->len;
	file_id file = NO_FILE;
	for (size_t i = 0; file == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++) {
		path->len = stem;
		if (stem || endings[i][0] == '/')
			buf_add_text(path, endings[i] + (stem == 0));
		file = model_find_file(m, buf_str(path));
	}
	path->len = stem;
	return file;
}

/* dir/a/b for the module a.b */
static void add_module_path(struct buf *path, struct str dir, struct str module)
{
	struct str part;
	buf_add(path, dir);
	while (!str_empty(module) && str_split(&module, '.', &part)) {
		if (path->len)
			buf_add_char(path, '/');
		buf_add(path, part);
	}
}

file_id python_module(const struct model *m, struct str dir, struct str module)
{
	struct buf path = { 0 };
	add_module_path(&path, dir, module);
	file_id file = file_at(m, &path);
	buf_release(&path);
	return file;
}

file_id python_submodule(const struct model *m, file_id file, struct str name)
{
	struct str path = m->files[file].path;
	return str_starts(path_name(path), STR("__init__.")) ? python_module(m, path_dir(path), name) : NO_FILE;
}

file_id python_top_package(const struct model *m, file_id file, struct str module)
{
	struct str path = m->files[file].path;
	bool init = str_starts(path_name(path), STR("__init__."));
	struct str stem = init ? path_dir(path) : str_slice(path, 0, path.len - path_extension(path).len - 1);
	for (module = path_parent(module); !str_empty(module); module = path_parent(module))
		stem = path_dir(stem);
	return python_module(m, path_dir(stem), path_name(stem));
}

static bool binds(const struct model *m, file_id file, struct str name)
{
	return file != NO_FILE && binding_in_scope(m, file, 0, name);
}

static struct import_link leads_to(file_id file, bool whole)
{
	if (file == NO_FILE)
		return unresolved(CAUSE_NO_MODULE);
	return (struct import_link){ .target = IMPORT_FILE, .file = file, .whole = whole };
}

/* `from X import n`: n may be a module inside package X, unless X binds that name itself. */
static struct import_link name_or_submodule(const struct search *s, struct str dir, struct str module, file_id package)
{
	/* in X itself, what binds n may be this very import */
	bool own = s->import && package == s->from &&
		   binding_in_scope(s->m, package, 0, s->imported) == s->import->node;
	if (binds(s->m, package, s->imported) && !own)
		return leads_to(package, false);
	struct buf dotted = { 0 };
	buf_add(&dotted, module);
	if (module.len)
		buf_add_char(&dotted, '.');
	buf_add(&dotted, s->imported);
	file_id submodule = python_module(s->m, dir, buf_str(&dotted));
	buf_release(&dotted);
	return submodule != NO_FILE ? leads_to(submodule, true) : leads_to(package, false);
}

static struct import_link below(const struct search *s, struct str dir, struct str module)
{
	file_id file = python_module(s->m, dir, module);
	return str_is(s->imported, "*") ? leads_to(file, false) : name_or_submodule(s, dir, module, file);
}

static void begin(struct search *s, struct str dir, struct str module)
{
	if (!s->begun) {
		s->lost_dir = dir;
		s->lost_module = module;
	}
	s->begun = true;
}

static struct import_link relative(struct search *s, unsigned level)
{
	struct str dir = path_dir(s->m->files[s->from].path);
	for (unsigned up = 1; up < level; up++) {
		if (str_empty(dir))
			return unresolved(CAUSE_OUTSIDE);
		dir = path_dir(dir);
	}
	begin(s, dir, s->module);
	return below(s, dir, s->module);
}

/* ---- absolute names ---- */

/* Is the first package of the name here, or one that the importing file belongs to? */
static bool begins_here(const struct search *s, struct str dir, struct str module)
{
	struct arena scratch = { 0 };
	struct str package;
	bool here = python_module(s->m, dir, path_first(module)) != NO_FILE;
	if (!here && path_join(&scratch, dir, path_first(module), &package))
		here = path_below(s->m->files[s->from].path, package);
	arena_release(&scratch);
	return here;
}

/*
 * A file called like a module of the standard library hides it only where its folder comes first on the path, which
 * nothing in the code tells. It does when it has what is asked for.
 */
static bool hides_standard(const struct search *s, struct import_link link)
{
	bool deep = str_find(s->module, '.') != UINT32_MAX;
	return deep || link.whole || binds(s->m, link.file, s->imported);
}

static struct import_link in_root(struct search *s, struct str dir, struct str prefix)
{
	struct str module = s->module;
	if (!str_empty(prefix)) {
		bool covered = str_starts(module, prefix) &&
			       (module.len == prefix.len || module.ptr[prefix.len] == '.');
		if (!covered)
			return unresolved(CAUSE_NO_MODULE);
		module = str_slice(module, prefix.len + 1, module.len);
	}
	struct import_link link = below(s, dir, module);
	if (link.target == IMPORT_FILE && s->standard && !hides_standard(s, link))
		return unresolved(CAUSE_NO_MODULE);
	if (link.target != IMPORT_FILE && !s->standard && begins_here(s, dir, module))
		begin(s, dir, module);
	return link;
}

/* A package with an __init__ hides the parts of namespace packages of its name, wherever on the path those lie. */
static struct import_link in_folder(struct search *s, struct str dir)
{
	const struct python_roots *roots = &s->m->python_roots;
	const uint32_t *id = str_map_get(&roots->folder_ids, dir);
	struct import_link found = unresolved(CAUSE_NO_MODULE);
	bool hidden = false;
	for (uint32_t i = 0; id && i < roots->folders.items[*id].count; i++) {
		const struct python_place *place = &roots->places.items[roots->folders.items[*id].first + i];
		struct import_link link = in_root(s, place->dir, place->prefix);
		bool regular = !str_empty(place->prefix) ||
			       python_module(s->m, place->dir, path_first(s->module)) != NO_FILE;
		if (link.target == IMPORT_FILE && regular)
			return link;
		if (link.target == IMPORT_FILE && found.target != IMPORT_FILE)
			found = link;
		hidden |= regular && str_empty(place->prefix);
	}
	return hidden ? unresolved(CAUSE_NO_MODULE) : found;
}

/* Projects of the repository that the one in this folder depends on. */
static struct import_link in_dependencies(struct search *s, struct str dir)
{
	const struct python_roots *roots = &s->m->python_roots;
	const uint32_t *first = str_map_get(&roots->by_project, dir);
	struct import_link link = unresolved(CAUSE_NO_MODULE);
	for (uint32_t i = first ? *first : 0; i && link.target != IMPORT_FILE; i = roots->list.items[i - 1].next)
		if (roots->list.items[i - 1].is_project)
			link = in_folder(s, roots->list.items[i - 1].dir);
	return link;
}

/* In every folder above the file, the nearest first. */
static struct import_link in_folders_above(
	struct search *s, struct import_link (*look)(struct search *s, struct str dir))
{
	for (struct str dir = path_dir(s->m->files[s->from].path);; dir = path_dir(dir)) {
		struct import_link link = look(s, dir);
		if (link.target == IMPORT_FILE || str_empty(dir))
			return link;
	}
}

/* The one place of the repository that has the module, for what a path set outside of the code makes visible. */
static struct import_link elsewhere(struct search *s)
{
	enum { MOST_OWNERS = 64 };
	const struct python_roots *roots = &s->m->python_roots;
	const uint32_t *first = map_get(&roots->owners, model_key(0, path_first(s->module)));
	struct import_link found = EXTERNAL;
	uint32_t tried = 0;
	for (uint32_t i = first ? *first : 0; i && tried++ < MOST_OWNERS; i = roots->owner_list.items[i - 1].next) {
		struct import_link link = below(s, roots->owner_list.items[i - 1].dir, s->module);
		if (link.target != IMPORT_FILE)
			continue;
		if (found.target == IMPORT_FILE && found.file != link.file)
			return unresolved(CAUSE_SEVERAL);
		found = link;
	}
	return found;
}

static struct import_link absolute(struct search *s)
{
	struct str own = path_dir(s->m->files[s->from].path);
	struct import_link link = in_folders_above(s, in_folder);
	if (link.target != IMPORT_FILE)
		link = in_folders_above(s, in_dependencies);
	if (link.target == IMPORT_FILE)
		return link;
	if (s->standard || python_requires(s->m, own, s->module))
		return EXTERNAL;
	/* a script sees what lies beside it, even in a package */
	if (s->m->indexes[s->from].is_script)
		link = below(s, own, s->module);
	if (link.target == IMPORT_FILE)
		return link;
	return s->begun ? unresolved(CAUSE_NO_MODULE) : elsewhere(s);
}

/* Generated modules are not in git: would one of the files that the name stands for be ignored? */
static struct import_link why_lost(const struct search *s)
{
	static const char *const endings[] = { ".py", "/__init__.py", "/" };
	struct import_link link = unresolved(CAUSE_NO_MODULE);
	struct buf path = { 0 };
	add_module_path(&path, s->lost_dir, s->lost_module);
	uint32_t stem = path.len;
	for (size_t i = 0; link.cause == CAUSE_NO_MODULE && i < sizeof(endings) / sizeof(*endings); i++) {
		path.len = stem;
		buf_add_text(&path, endings[i] + (stem == 0));
		if (endings[i][1] == '\0')
			buf_printf(&path, "%.*s.py", STR_ARG(s->imported));
		link = unresolved_at(s->m, buf_str(&path), CAUSE_NO_MODULE);
	}
	buf_release(&path);
	return link;
}

/* A name that a package does not bind: of a module that is generated into it, it may be. */
static struct import_link missing_submodule(const struct search *s, struct import_link link)
{
	struct str path = s->m->files[link.file].path;
	bool shown = link.whole || str_is(s->imported, "*") || binds(s->m, link.file, s->imported) ||
		     s->m->indexes[link.file].has_glob_import;
	if (shown || !str_starts(path_name(path), STR("__init__.")))
		return link;
	struct arena scratch = { 0 };
	struct str module = arena_printf(&scratch, "%.*s/%.*s.py", STR_ARG(path_dir(path)), STR_ARG(s->imported));
	struct import_link lost = unresolved_at(s->m, module, CAUSE_NONE);
	arena_release(&scratch);
	return lost.cause == CAUSE_NONE ? link : lost;
}

static struct search search_for(const struct model *m, file_id from, struct str module)
{
	return (struct search){ .m = m,
		.from = from,
		.module = module,
		.imported = STR("*"),
		.standard = role_set_has(
			libraries_module_roles(m->libraries, ECOSYSTEM_PYTHON, module), ROLE_STANDARD) };
}

struct import_link resolve_python(const struct model *m, file_id from, const struct import *import, struct str module)
{
	struct search s = search_for(m, from, module);
	if (!import)
		return unresolved(CAUSE_NO_MODULE);
	s.import = import;
	s.imported = facts_str(&m->files[from].facts, import->imported);
	struct import_link link = import->level ? relative(&s, import->level) : absolute(&s);
	if (link.target == IMPORT_FILE)
		return missing_submodule(&s, link);
	bool lost = link.target == IMPORT_UNRESOLVED && link.cause == CAUSE_NO_MODULE;
	return lost ? why_lost(&s) : link;
}

struct import_link python_named_module(const struct model *m, file_id from, struct str module)
{
	unsigned level = 0;
	while (level < module.len && module.ptr[level] == '.')
		level++;
	struct search s = search_for(m, from, str_slice(module, level, module.len));
	return level ? relative(&s, level) : absolute(&s);
}
