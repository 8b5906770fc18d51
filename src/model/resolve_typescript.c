/* Module names of TypeScript and JavaScript: relative paths, tsconfig paths, packages of the same repository. */
#include "model/internal.h"

#include "base/buf.h"
#include "base/path.h"

static const struct import_link UNRESOLVED = { .target = IMPORT_UNRESOLVED, .cause = CAUSE_NO_FILE };
static const struct import_link EXTERNAL = { .target = IMPORT_LIBRARY };

/* What is tried behind a path, in this order; sources before what they compile to. */
static const char *const endings[] = { ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs",
	"/index.ts", "/index.tsx", "/index.d.ts", "/index.js", "/index.jsx" };

/* An import names the output; the source has another extension. */
static const struct {
	const char *written, *source[3];
} compiled[] = {
	{ ".js", { ".ts", ".tsx", ".d.ts" } },
	{ ".jsx", { ".tsx", NULL, NULL } },
	{ ".mjs", { ".mts", NULL, NULL } },
	{ ".cjs", { ".cts", NULL, NULL } },
};

static file_id find_with(const struct model *m, struct buf *path, uint32_t stem, const char *ending)
{
	path->len = stem;
	buf_add_text(path, ending);
	return model_find_file(m, buf_str(path));
}

static file_id find_source(const struct model *m, struct buf *path)
{
	uint32_t len = path->len;
	for (size_t i = 0; i < sizeof(compiled) / sizeof(*compiled); i++) {
		if (!str_ends(buf_str(path), str_from(compiled[i].written)))
			continue;
		uint32_t stem = len - (uint32_t)strlen(compiled[i].written);
		for (size_t s = 0; s < 3 && compiled[i].source[s]; s++) {
			file_id file = find_with(m, path, stem, compiled[i].source[s]);
			if (file != NO_FILE)
				return file;
		}
		path->len = stem;
		buf_add_text(path, compiled[i].written);
	}
	return NO_FILE;
}

static file_id find_module_file(const struct model *m, struct str stem)
{
	struct buf path = { 0 };
	buf_add(&path, stem);
	file_id file = find_source(m, &path);
	if (file == NO_FILE)
		file = find_with(m, &path, stem.len, "");
	if (file != NO_FILE && !(LANGUAGES_NODE >> m->files[file].language & 1))
		file = NO_FILE;
	for (size_t i = 0; file == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++)
		file = find_with(m, &path, stem.len, endings[i]);
	buf_release(&path);
	return file;
}

static struct import_link at_path(const struct model *m, struct str dir, struct str relative)
{
	struct arena scratch = { 0 };
	struct str path;
	struct import_link link = UNRESOLVED;
	if (path_join(&scratch, dir, relative, &path)) {
		file_id file = find_module_file(m, path);
		if (file != NO_FILE)
			link = (struct import_link){ .target = IMPORT_FILE, .file = file };
	}
	arena_release(&scratch);
	return link;
}

/* ---- tsconfig ---- */

static node_id option(const struct facts *f, struct str key)
{
	node_id root = node_child_of_kind(f, 0, NODE_OBJECT);
	node_id options = root ? object_value(f, root, STR("compilerOptions")) : 0;
	return options ? object_value(f, options, key) : 0;
}

/* The config that a relative `extends` names. */
static file_id extended(const struct model *m, file_id config)
{
	const struct facts *f = &m->files[config].facts;
	node_id root = node_child_of_kind(f, 0, NODE_OBJECT);
	node_id value = root ? object_value(f, root, STR("extends")) : 0;
	struct str name = value ? node_name(f, value) : STR("");
	struct arena scratch = { 0 };
	struct str path;
	file_id found = NO_FILE;
	if (str_starts(name, STR(".")) && path_join(&scratch, path_dir(m->files[config].path), name, &path)) {
		found = model_find_file(m, path);
		if (found == NO_FILE)
			found = model_find_file(m, arena_printf(&scratch, "%.*s.json", STR_ARG(path)));
	}
	arena_release(&scratch);
	return found;
}

/* Each file's nearest config, looked up by folder. */
void model_find_tsconfigs(struct model *m)
{
	struct str_map by_dir = { 0 };
	for (file_id file = 0; file < m->file_count; file++) {
		struct str name = path_name(m->files[file].path);
		bool config = str_is(name, "tsconfig.json");
		if (config || str_is(name, "jsconfig.json"))
			*str_map_put(&by_dir, path_dir(m->files[file].path), file, NULL) = file;
	}
	for (file_id file = 0; file < m->file_count; file++) {
		m->indexes[file].tsconfig = NO_FILE;
		for (struct str dir = path_dir(m->files[file].path); by_dir.count; dir = path_dir(dir)) {
			const uint32_t *config = str_map_get(&by_dir, dir);
			if (config)
				m->indexes[file].tsconfig = *config;
			if (config || str_empty(dir))
				break;
		}
	}
	str_map_release(&by_dir);
}

/* Does `pattern` ("@app/…" with one star) match, and what does the star stand for? */
static bool match_pattern(struct str pattern, struct str module, struct str *star)
{
	uint32_t at = str_find(pattern, '*');
	*star = (struct str){ 0 };
	if (at == UINT32_MAX)
		return str_eq(pattern, module);
	struct str before = str_slice(pattern, 0, at), after = str_slice(pattern, at + 1, pattern.len);
	if (module.len < before.len + after.len || !str_starts(module, before) || !str_ends(module, after))
		return false;
	*star = str_slice(module, before.len, module.len - after.len);
	return true;
}

static struct import_link try_targets(
	const struct model *m, struct str base, const struct facts *f, node_id targets, struct str star)
{
	struct import_link link = UNRESOLVED;
	facts_each_child(f, targets, t) {
		struct str target = node_name(f, t);
		uint32_t at = str_find(target, '*');
		struct arena scratch = { 0 };
		struct str path = target;
		if (at != UINT32_MAX)
			path = arena_printf(&scratch, "%.*s%.*s%.*s", (int)at, target.ptr, STR_ARG(star),
				STR_ARG(str_slice(target, at + 1, target.len)));
		if (link.target == IMPORT_UNRESOLVED)
			link = at_path(m, base, path);
		arena_release(&scratch);
	}
	return link;
}

/* The longest matching key of one config's `paths`. */
static struct import_link by_paths(const struct model *m, file_id config, struct str base, struct str module)
{
	const struct facts *f = &m->files[config].facts;
	node_id paths = option(f, STR("paths"));
	node_id best = 0;
	struct str best_star = { 0 }, star;
	if (!paths)
		return UNRESOLVED;
	facts_each_child(f, paths, p) {
		struct str pattern = node_name(f, p);
		if (match_pattern(pattern, module, &star) && (!best || pattern.len > node_name(f, best).len)) {
			best = p;
			best_star = star;
		}
	}
	node_id targets = best ? node_child(f, best, PART_VALUE) : 0;
	return targets ? try_targets(m, base, f, targets, best_star) : UNRESOLVED;
}

static struct import_link by_config(const struct model *m, file_id from, struct str module)
{
	enum { MOST_EXTENDS = 8 };
	file_id config = m->indexes[from].tsconfig;
	for (unsigned i = 0; config != NO_FILE && i < MOST_EXTENDS; i++) {
		const struct facts *f = &m->files[config].facts;
		if (!f->node_count)
			return UNRESOLVED;
		struct arena scratch = { 0 };
		node_id base_url = option(f, STR("baseUrl"));
		struct str base = path_dir(m->files[config].path);
		bool inside = !base_url || path_join(&scratch, base, node_name(f, base_url), &base);
		struct import_link link = inside ? by_paths(m, config, base, module) : UNRESOLVED;
		if (link.target == IMPORT_UNRESOLVED && base_url && inside)
			link = at_path(m, base, module);
		arena_release(&scratch);
		if (link.target != IMPORT_UNRESOLVED)
			return link;
		config = extended(m, config);
	}
	return UNRESOLVED;
}

/* ---- packages of the repository ---- */

static struct import_link in_package(const struct model *m, const struct package *p, struct str rest)
{
	static const char *const roots[] = { "src", "", "lib" };
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		struct arena scratch = { 0 };
		struct str dir;
		struct import_link link = UNRESOLVED;
		if (path_join(&scratch, p->dir, str_from(roots[i]), &dir))
			link = at_path(m, dir, str_empty(rest) ? STR("index") : rest);
		arena_release(&scratch);
		if (link.target == IMPORT_FILE)
			return link;
	}
	return UNRESOLVED;
}

static struct import_link by_package(const struct model *m, struct str module)
{
	for (uint32_t i = 0; i < m->packages.count; i++) {
		const struct package *p = &m->packages.items[i];
		if (p->ecosystem != ECOSYSTEM_NPM || str_empty(p->name) || !path_below(module, p->name))
			continue;
		struct str rest = str_slice(module, p->name.len + 1, module.len);
		return in_package(m, p, rest);
	}
	return EXTERNAL;
}

struct import_link resolve_typescript(const struct model *m, file_id from, struct str module)
{
	uint32_t query = str_find(module, '?');
	if (query != UINT32_MAX)
		module = str_slice(module, 0, query);
	if (str_starts(module, STR("./")) || str_starts(module, STR("../")) || str_is(module, ".") ||
		str_is(module, ".."))
		return at_path(m, path_dir(m->files[from].path), module);
	struct import_link link = by_config(m, from, module);
	return link.target == IMPORT_FILE ? link : by_package(m, module);
}
