/*
 * Wrappers of the project itself that `libraries:` in bylaw.yaml describes. Their names are those that an import spells
 * (`@acme/http.get`, `acme.io/shop/log.Fatal`), or stand behind the file that declares them: `src/lib/http.get` for Node,
 * `shop.http.get` for Python.
 */
#include "base/path.h"
#include "model/names.h"

#include <limits.h>
#include <stdio.h>

struct meaning resolver_library_name(struct resolver *r, struct str module, struct str imported, struct str rest)
{
	if (str_starts(module, STR("node:")))
		module = str_slice(module, 5, module.len);
	bool whole = str_is(imported, "*") || str_is(imported, "default");
	struct str name = resolver_join(r, whole ? module : resolver_join(r, module, imported), rest);
	return (struct meaning){ .kind = MEANS_LIBRARY, .name = name };
}

static bool is_described(
	struct resolver *r, struct str module, struct str imported, struct str rest, struct meaning *out)
{
	uint32_t used = r->used;
	*out = resolver_library_name(r, module, imported, rest);
	if (libraries_describe_own(r->model->libraries, r->model->files[r->file].language, out->name))
		return true;
	r->used = used;
	return false;
}

bool described_import(struct resolver *r, uint32_t import, struct str rest, struct meaning *out)
{
	const struct model_file *file = &r->model->files[r->file];
	const struct import *at = &file->facts.imports[import];
	struct import_link link = r->model->indexes[r->file].links[import];
	struct str module = facts_str(&file->facts, at->module), name = facts_str(&file->facts, at->imported);
	if (!libraries_have_own(r->model->libraries, file->language) || at->level || str_starts(module, STR(".")))
		return false;
	if (link.target != IMPORT_FILE && link.target != IMPORT_PACKAGE)
		return false;
	bool is_module = link.whole || link.target == IMPORT_PACKAGE || str_is(name, "*");
	return !(is_module && str_empty(rest)) && is_described(r, module, name, rest, out);
}

/* "src/lib/http" for src/lib/http.ts and src/lib/http/index.ts */
static struct str module_of_node(struct str path)
{
	struct str stem = str_slice(path, 0, str_rfind(path, '.'));
	return str_ends(stem, STR("/index")) ? str_slice(stem, 0, stem.len - 6) : stem;
}

static bool is_package(const struct model *m, struct str folder)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%.*s/__init__.py", STR_ARG(folder));
	return len < PATH_MAX && model_find_file(m, (struct str){ path, (uint32_t)len }) != NO_FILE;
}

static struct str dotted(struct resolver *r, struct str path)
{
	struct str name = { 0 }, part;
	while (str_split(&path, '/', &part))
		name = resolver_join(r, name, part);
	return name;
}

/* "shop.http" for services/shop/http.py: a module's name may begin below any folder that is no package. */
static bool is_described_in_python(
	struct resolver *r, struct str path, struct str name, struct str rest, struct meaning *out)
{
	struct str file = str_slice(path, 0, str_rfind(path, '.'));
	uint32_t used = r->used;
	if (str_ends(file, STR("/__init__")))
		file = path_dir(file);
	for (uint32_t start = 0; start < file.len;) {
		bool may_begin = !start || !is_package(r->model, str_slice(file, 0, start - 1));
		if (may_begin && is_described(r, dotted(r, str_slice(file, start, file.len)), name, rest, out))
			return true;
		r->used = used;
		uint32_t slash = str_find(str_slice(file, start, file.len), '/');
		start = slash == UINT32_MAX ? file.len : start + slash + 1;
	}
	return false;
}

bool described_export(struct resolver *r, file_id file, struct str name, struct str rest, struct meaning *out)
{
	const struct model_file *at = &r->model->files[file];
	bool node = LANGUAGES_NODE >> at->language & 1, python = at->language == LANGUAGE_PYTHON;
	if (str_empty(name) || !(node || python) || !libraries_have_own(r->model->libraries, at->language))
		return false;
	return node ? is_described(r, module_of_node(at->path), name, rest, out)
		    : is_described_in_python(r, at->path, name, rest, out);
}
