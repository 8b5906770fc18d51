/* Import paths of Go: packages of the modules in this repository. */
#include "model/internal.h"

#include "base/path.h"

/* The module whose path is the longest prefix of the import path. */
static const struct package *module_of(const struct model *m, struct str path)
{
	const struct package *best = NULL;
	for (uint32_t i = 0; i < m->packages.count; i++) {
		const struct package *p = &m->packages.items[i];
		if (p->ecosystem == ECOSYSTEM_GO && !str_empty(p->name) && path_below(path, p->name) &&
			(!best || p->name.len > best->name.len))
			best = p;
	}
	return best;
}

struct import_link resolve_go(const struct model *m, file_id from, struct str path)
{
	(void)from;
	const struct package *module = module_of(m, path);
	if (!module)
		return (struct import_link){ .target = IMPORT_LIBRARY };
	struct arena scratch = { 0 };
	struct str dir;
	const uint32_t *package = NULL;
	if (path_join(&scratch, module->dir, str_slice(path, module->name.len + 1, path.len), &dir))
		package = map_get(&m->go_package_ids, model_key(0, dir));
	arena_release(&scratch);
	if (!package)
		return unresolved(CAUSE_NO_MODULE);
	return (struct import_link){ .target = IMPORT_PACKAGE, .package = *package };
}
