/* Import paths of Go: packages of the modules in this repository. */
#include "model/internal.h"

#include "base/path.h"

/* The package in a folder below a module's, unless a module of its own lies between. */
static const uint32_t *package_in(const struct model *m, struct str module_dir, struct str dir)
{
	package_id above = model_package_above(m, ECOSYSTEM_GO, dir);
	struct str owner = above == NO_PACKAGE ? STR("") : m->packages.items[above].dir;
	if (owner.len > module_dir.len && path_below(owner, module_dir))
		return NULL;
	return map_get(&m->go_package_ids, model_key(0, dir));
}

/* The import path by which others know a file's package; false outside of modules. */
static bool import_path(const struct model *m, file_id file, struct arena *scratch, struct str *path)
{
	package_id id = m->files[file].package;
	if (id == NO_PACKAGE)
		return false;
	const struct package *module = &m->packages.items[id];
	struct str dir = path_dir(m->files[file].path);
	struct str below = str_slice(dir, module->dir.len + (module->dir.len > 0), dir.len);
	*path = str_empty(below) ? module->name
				 : arena_printf(scratch, "%.*s/%.*s", STR_ARG(module->name), STR_ARG(below));
	return true;
}

/* What stands before the last element `internal` may import what is below it. */
static bool may_import(const struct model *m, file_id from, struct str path)
{
	struct str above = path;
	while (!str_empty(above) && !str_is(path_name(above), "internal"))
		above = path_dir(above);
	if (str_empty(above))
		return true;
	struct arena scratch = { 0 };
	struct str importer;
	bool may = !import_path(m, from, &scratch, &importer) || path_below(importer, path_dir(above));
	arena_release(&scratch);
	return may;
}

/* Is it of the standard library? A module whose own name begins like one of its packages still knows itself. */
static bool is_standard(const struct model *m, file_id from, struct str path)
{
	package_id id = m->files[from].package;
	struct str own = id == NO_PACKAGE ? STR("") : m->packages.items[id].name;
	uint32_t slash = str_find(path, '/');
	struct str first = slash == UINT32_MAX ? path : str_slice(path, 0, slash);
	if (!str_empty(own) && path.len > own.len && path_below(path, own))
		return false;
	return str_find(first, '.') == UINT32_MAX &&
	       role_set_has(libraries_module_roles(m->libraries, ECOSYSTEM_GO, first), ROLE_STANDARD);
}

/* The longest module path that has the package wins. */
static struct import_link in_modules(const struct model *m, file_id from, struct str path,
	bool (*find)(const struct model *, file_id, struct str, struct str *))
{
	struct import_link link = { .target = IMPORT_LIBRARY };
	for (struct str prefix = path; link.target != IMPORT_PACKAGE && !str_empty(prefix); prefix = path_dir(prefix)) {
		struct arena scratch = { 0 };
		struct str module_dir, dir, rest = str_slice(path, prefix.len + 1, path.len);
		if (find(m, from, prefix, &module_dir)) {
			bool inside = path_join(&scratch, module_dir, rest, &dir);
			const uint32_t *package = inside ? package_in(m, module_dir, dir) : NULL;
			if (package)
				link = (struct import_link){ .target = IMPORT_PACKAGE, .package = *package };
			else
				link = unresolved_at(
					m, arena_printf(&scratch, "%.*s/x.go", STR_ARG(dir)), CAUSE_NO_MODULE);
		}
		arena_release(&scratch);
	}
	return link;
}

struct import_link resolve_go(const struct model *m, file_id from, struct str path)
{
	if (is_standard(m, from, path))
		return (struct import_link){ .target = IMPORT_LIBRARY };
	struct import_link link = in_modules(m, from, path, go_module_joined);
	if (link.target != IMPORT_PACKAGE) {
		struct import_link nearby = in_modules(m, from, path, go_module_nearby);
		link = nearby.target == IMPORT_PACKAGE ? nearby : link;
	}
	return link.target == IMPORT_PACKAGE && !may_import(m, from, path) ? unresolved(CAUSE_NOT_EXPORTED) : link;
}
