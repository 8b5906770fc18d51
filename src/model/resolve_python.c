/* Module names of Python: relative imports, and absolute ones within the repository's own source roots. */
#include "model/internal.h"

#include "base/buf.h"
#include "base/path.h"

static file_id module_file(const struct model *m, struct str dir, struct str dotted)
{
	struct buf path = { 0 };
	buf_add(&path, dir);
	struct str part;
	while (!str_empty(dotted) && str_split(&dotted, '.', &part)) {
		if (path.len)
			buf_add_char(&path, '/');
		buf_add(&path, part);
	}
	static const char *const endings[] = { "/__init__.py", ".py", "/__init__.pyi", ".pyi" };
	uint32_t stem = path.len;
	file_id file = NO_FILE;
	for (size_t i = 0; file == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++) {
		path.len = stem;
		buf_add_text(&path, endings[i] + (stem == 0 && endings[i][0] == '/'));
		file = model_find_file(m, buf_str(&path));
	}
	buf_release(&path);
	return file;
}

/* `from X import n`: n may be a module inside package X, unless X binds that name itself. */
static struct import_link name_or_submodule(const struct model *m, file_id from, struct str dir, struct str module,
	file_id package, const struct import *import)
{
	struct str name = facts_str(&m->files[from].facts, import->imported);
	if (package != NO_FILE && binding_in_scope(m, package, 0, name))
		return (struct import_link){ .target = IMPORT_FILE, .file = package };
	struct buf dotted = { 0 };
	buf_add(&dotted, module);
	if (module.len)
		buf_add_char(&dotted, '.');
	buf_add(&dotted, name);
	file_id submodule = module_file(m, dir, buf_str(&dotted));
	buf_release(&dotted);
	if (submodule != NO_FILE)
		return (struct import_link){ .target = IMPORT_FILE, .file = submodule, .whole = true };
	if (package != NO_FILE)
		return (struct import_link){ .target = IMPORT_FILE, .file = package };
	return unresolved(CAUSE_NO_MODULE);
}

static struct import_link below(
	const struct model *m, file_id from, struct str dir, struct str module, const struct import *import)
{
	file_id file = module_file(m, dir, module);
	struct str imported = facts_str(&m->files[from].facts, import->imported);
	if (!str_is(imported, "*"))
		return name_or_submodule(m, from, dir, module, file, import);
	if (file == NO_FILE)
		return unresolved(CAUSE_NO_MODULE);
	return (struct import_link){ .target = IMPORT_FILE, .file = file };
}

static struct import_link relative(const struct model *m, file_id from, const struct import *import, struct str module)
{
	struct str dir = path_dir(m->files[from].path);
	for (unsigned up = 1; up < import->level; up++) {
		if (str_empty(dir))
			return unresolved(CAUSE_OUTSIDE);
		dir = path_dir(dir);
	}
	return below(m, from, dir, module, import);
}

struct import_link resolve_python(const struct model *m, file_id from, const struct import *import, struct str module)
{
	if (!import)
		return unresolved(CAUSE_NO_MODULE);
	if (import->level)
		return relative(m, from, import, module);
	/* Source roots by locality: every folder above the file, the nearest first, and its src. */
	for (struct str dir = path_dir(m->files[from].path);; dir = path_dir(dir)) {
		struct import_link link = below(m, from, dir, module, import);
		if (link.target == IMPORT_FILE)
			return link;
		struct arena scratch = { 0 };
		struct str src;
		if (path_join(&scratch, dir, STR("src"), &src))
			link = below(m, from, src, module, import);
		arena_release(&scratch);
		if (link.target == IMPORT_FILE)
			return link;
		if (str_empty(dir))
			return (struct import_link){ .target = IMPORT_LIBRARY };
	}
}
