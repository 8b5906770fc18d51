/*
 * Module names of TypeScript and JavaScript, in the order in which TypeScript and Node look: relative paths and rootDirs;
 * the paths of a tsconfig, its baseUrl; the imports of package.json; packages of the repository.
 */
#include "model/npm.h"

#include "base/path.h"

static const struct import_link LIBRARY = { .target = IMPORT_LIBRARY };

static const struct tsconfig *config_at(const struct lookup *l, uint32_t config)
{
	return config == NO_CONFIG ? NULL : &l->m->npm->configs.items[config];
}

static const struct tsconfig *config_of(const struct lookup *l)
{
	const struct file_index *index = &l->m->indexes[l->from];
	return config_at(l, index->tsconfig == NO_CONFIG ? index->near_tsconfig : index->tsconfig);
}

/* ---- relative paths ---- */

/* The rootDir that a path is in: the longest of several. No pointer when there is none. */
static struct str root_around(const struct tsconfig *c, struct str path)
{
	struct str best = { 0 };
	for (uint32_t i = 0; i < c->root_dirs.count; i++) {
		struct str root = c->root_dirs.items[i];
		if (path_below(path, root) && (!best.ptr || root.len > best.len))
			best = root;
	}
	return best;
}

/* The folders of `rootDirs` are one: what is not in this one may be in another. */
static struct import_link by_root_dirs(struct lookup *l, struct str relative)
{
	const struct tsconfig *c = config_of(l);
	struct str path;
	struct import_link link = unresolved(CAUSE_NO_FILE);
	if (!c || !path_join(&l->scratch, path_dir(l->m->files[l->from].path), relative, &path))
		return link;
	struct str root = root_around(c, path);
	if (!root.ptr)
		return link;
	struct str rest = str_slice(path, root.len + (root.len > 0), path.len);
	for (uint32_t i = 0; i < c->root_dirs.count && link.target == IMPORT_UNRESOLVED; i++)
		link = npm_at(l, c->root_dirs.items[i], rest);
	return link;
}

static struct import_link by_relative(struct lookup *l, struct str module)
{
	if (str_contains(module, STR("/node_modules/")))
		return LIBRARY;
	struct import_link link = npm_at(l, path_dir(l->m->files[l->from].path), module);
	if (link.target != IMPORT_UNRESOLVED)
		return link;
	struct import_link other = by_root_dirs(l, module);
	return other.target == IMPORT_UNRESOLVED ? link : other;
}

/* ---- names ---- */

/* Like `fs`, with or without node:. What a workspace calls so is not meant. */
static bool is_builtin(struct str name)
{
	static const char *const names[] = { "assert", "async_hooks", "buffer", "child_process", "cluster", "console",
		"constants", "crypto", "dgram", "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2",
		"https", "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode", "querystring",
		"readline", "repl", "stream", "string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url",
		"util", "v8", "vm", "wasi", "worker_threads", "zlib", NULL };
	return npm_is_one_of(name, names);
}

/* Names with a scheme: node:fs, https://…, virtual:pages. */
static bool has_scheme(struct str module)
{
	uint32_t colon = str_find(module, ':'), slash = str_find(module, '/');
	return colon != UINT32_MAX && colon < slash;
}

/* `@/x`, `~/x` and `/x` are the names of no package: somebody gave them a meaning that is written nowhere we look. */
static bool is_no_package(struct str module)
{
	return str_starts(module, STR("@/")) || str_starts(module, STR("~/")) || str_starts(module, STR("/")) ||
	       str_starts(module, STR("#"));
}

/* What `paths` makes of a name. */
struct alias {
	node_id targets;
	const struct facts *f;
	struct str star;
	bool any; /* the key is a star alone: it says nothing about this name */
};

static struct alias find_alias(const struct lookup *l, const struct tsconfig *c, struct str module)
{
	struct alias alias = { 0 };
	if (!c->paths)
		return alias;
	alias.f = &l->m->files[c->options[TSCONFIG_PATHS].file].facts;
	node_id pair = pattern_table_find(&l->m->npm->tables.items[c->paths - 1], module, &alias.star);
	node_id value = pair ? node_child(alias.f, pair, PART_VALUE) : 0;
	alias.any = pair && str_is(node_name(alias.f, pair), "*");
	alias.targets = value && node_kind(alias.f, value) == NODE_ARRAY ? value : 0;
	return alias;
}

static struct import_link try_targets(struct lookup *l, const struct tsconfig *c, const struct alias *alias)
{
	const struct str variable = STR("${configDir}");
	struct import_link link = unresolved(CAUSE_NO_TARGET);
	facts_each_child(alias->f, alias->targets, t) {
		struct str target = pattern_expand(&l->scratch, npm_text(alias->f, t), alias->star);
		struct str base = c->paths_base;
		if (str_starts(target, variable)) {
			base = c->dir;
			target = arena_printf(
				&l->scratch, ".%.*s", STR_ARG(str_slice(target, variable.len, target.len)));
		}
		if (str_contains(target, STR("node_modules/")))
			return LIBRARY;
		if (link.target == IMPORT_UNRESOLVED)
			link = npm_at(l, base, target);
	}
	return link;
}

/* Is a name that an alias matched a package's after all? Then it is installed, or built into Node. */
static bool is_installed(const struct lookup *l, struct str module)
{
	struct str rest, name = npm_package_name(module, &rest);
	return is_builtin(name) || npm_is_declared(l->m, l->from, name);
}

/* By `paths`. LIBRARY is what they say nothing about. */
static struct import_link by_alias(struct lookup *l, const struct tsconfig *c, struct str module)
{
	struct alias alias = { 0 };
	if (c)
		alias = find_alias(l, c, module);
	if (!alias.targets)
		return LIBRARY;
	struct import_link link = try_targets(l, c, &alias);
	if (link.target != IMPORT_UNRESOLVED)
		return link;
	if (alias.any || is_installed(l, module))
		return LIBRARY;
	return link.cause == CAUSE_NO_FILE ? unresolved(CAUSE_NO_TARGET) : link;
}

/* The config that a file belongs to, then the nearest: tests are often left out of it, and mean the same by a name. */
static struct import_link by_aliases(struct lookup *l, struct str module)
{
	const struct file_index *index = &l->m->indexes[l->from];
	struct import_link link = by_alias(l, config_at(l, index->tsconfig), module);
	if (link.target == IMPORT_FILE || link.target == IMPORT_ASSET)
		return link;
	struct import_link near = by_alias(l, config_at(l, index->near_tsconfig), module);
	return near.target == IMPORT_LIBRARY ? link : near;
}

/* `src/users` with a folder src below baseUrl is meant to be in it. */
static bool begins_with_folder(struct lookup *l, struct str dir, struct str module)
{
	struct str path;
	return path_join(&l->scratch, dir, str_slice(module, 0, str_find(module, '/')), &path) &&
	       npm_is_folder(l->m, path) && !is_installed(l, module);
}

/* Most names are no paths: what is missing is worth a word only where a folder says that it is one. */
static struct import_link by_base_url(struct lookup *l, const struct tsconfig *c, struct str module)
{
	struct str path;
	if (!c || !c->base_url.ptr || !path_join(&l->scratch, c->base_url, module, &path))
		return LIBRARY;
	file_id file = npm_module(l->m, path, NPM_FILE | NPM_PACKAGE);
	if (file != NO_FILE)
		return (struct import_link){ .target = IMPORT_FILE, .file = file };
	return begins_with_folder(l, c->base_url, module) ? npm_at(l, c->base_url, module) : LIBRARY;
}

static struct import_link by_base_urls(struct lookup *l, struct str module)
{
	const struct file_index *index = &l->m->indexes[l->from];
	struct import_link link = by_base_url(l, config_at(l, index->tsconfig), module);
	return link.target != IMPORT_LIBRARY ? link : by_base_url(l, config_at(l, index->near_tsconfig), module);
}

/* What frameworks set up without a word in the repository: where it leads in a package. */
static const struct convention {
	const char *alias, *folders[4];
} conventions[] = {
	{ "@/", { "src", "", "app" } }, /* Vue, Nuxt */
	{ "~/", { "src", "", "app" } }, /* Nuxt */
	{ "@@/", { "" } }, { "~~/", { "" } }, { "$lib/", { "src/lib" } }, /* SvelteKit */
};

static const struct convention *convention_of(struct str module)
{
	for (size_t i = 0; i < sizeof(conventions) / sizeof(*conventions); i++)
		if (str_starts(module, str_from(conventions[i].alias)))
			return &conventions[i];
	return NULL;
}

/* Where a file is in that place, it is meant. */
static struct import_link by_convention(struct lookup *l, const struct convention *c, struct str module)
{
	struct import_link link = unresolved(CAUSE_NO_TARGET);
	package_id package = l->m->files[l->from].package;
	struct str dir = package == NO_PACKAGE ? STR("") : l->m->packages.items[package].dir;
	struct str relative = str_slice(module, (uint32_t)strlen(c->alias), module.len);
	for (size_t i = 0; c->folders[i] && link.target == IMPORT_UNRESOLVED; i++)
		link = npm_at(l,
			arena_printf(&l->scratch, "%.*s%s%s", STR_ARG(dir), dir.len && *c->folders[i] ? "/" : "",
				c->folders[i]),
			relative);
	return link.target == IMPORT_UNRESOLVED ? unresolved(CAUSE_NO_TARGET) : link;
}

static struct import_link by_package(struct lookup *l, struct str module)
{
	if (str_starts(module, STR("#")))
		return npm_import(l, module);
	const struct convention *convention = convention_of(module);
	struct import_link link = convention ? by_convention(l, convention, module) : unresolved(CAUSE_NO_TARGET);
	if (link.target != IMPORT_UNRESOLVED)
		return link;
	if (!convention && !is_no_package(module))
		return npm_bare(l, module);
	return npm_is_asset(module) ? (struct import_link){ .target = IMPORT_ASSET } : unresolved(CAUSE_NO_TARGET);
}

static struct import_link by_name(struct lookup *l, struct str module)
{
	struct str rest, name = npm_package_name(module, &rest);
	struct import_link aliased = by_aliases(l, module);
	if (aliased.target == IMPORT_FILE || aliased.target == IMPORT_ASSET)
		return aliased;
	if (is_builtin(name))
		return LIBRARY;
	struct import_link based = by_base_urls(l, module);
	if (based.target == IMPORT_FILE)
		return based;
	struct import_link link = by_package(l, module);
	if (link.target == IMPORT_LIBRARY)
		link = based;
	bool lost = aliased.target == IMPORT_UNRESOLVED && link.target != IMPORT_FILE;
	return lost ? aliased : link;
}

/* ---- everything ---- */

/* Up to a character that does not come first. */
static struct str before(struct str module, char c)
{
	uint32_t at = str_find(str_slice(module, 1, module.len), c);
	return at == UINT32_MAX ? module : str_slice(module, 0, at + 1);
}

/* Loaders (`raw-loader!./a`) and queries (`./a?worker`) are for bundlers. */
static struct str without_loader(struct str module)
{
	uint32_t mark = str_rfind(module, '!');
	return before(mark == UINT32_MAX ? module : str_slice(module, mark + 1, module.len), '?');
}

static struct import_link resolve(struct lookup *l, struct str module)
{
	if (str_empty(module))
		return unresolved(CAUSE_DYNAMIC);
	if (npm_is_relative(module))
		return by_relative(l, module);
	return has_scheme(module) ? LIBRARY : by_name(l, module);
}

/* The types of a route, which stand nowhere before the first build: `./$types` of SvelteKit, `./+types/user` of React Router. */
static bool is_type_of_route(struct str module)
{
	static const char *const names[] = { "$types", "$types.js", "$types.d.ts", NULL };
	return npm_is_one_of(path_name(module), names) || str_is(path_name(path_dir(module)), "+types");
}

/* Why: what was looked for may be left out on purpose, with either of these behind it. */
static struct import_link explain(const struct lookup *l, struct str module, struct import_link link)
{
	static const char *const endings[] = { "", ".ts", "/index.ts" };
	bool missing = link.cause == CAUSE_NO_FILE || link.cause == CAUSE_NO_TARGET;
	if (missing && npm_is_relative(module) && is_type_of_route(module))
		return unresolved(CAUSE_GENERATED);
	for (size_t i = 0; missing && l->missing.ptr && i < sizeof(endings) / sizeof(*endings); i++) {
		struct arena scratch = { 0 };
		struct str path = arena_printf(&scratch, "%.*s%s", STR_ARG(l->missing), endings[i]);
		struct import_link found = unresolved_at(l->m, path, link.cause);
		arena_release(&scratch);
		if (found.cause != link.cause)
			return found;
	}
	return link;
}

struct import_link resolve_typescript(const struct model *m, file_id from, struct str module, bool require)
{
	struct lookup l = { .m = m, .from = from, .require = require };
	module = without_loader(module);
	struct str plain = before(module, '#');
	struct import_link link = resolve(&l, module);
	if (plain.len < module.len && link.target != IMPORT_FILE) /* a folder may have it in its name */
		link = resolve(&l, plain);
	if (link.target == IMPORT_UNRESOLVED)
		link = explain(&l, plain, link);
	arena_release(&l.scratch);
	return link;
}
