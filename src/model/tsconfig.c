/* Configurations with what they extend: tsconfig.json, jsconfig.json, and files of any name that they lead to. */
#include "model/npm.h"

#include "base/path.h"

/* Of one config. What comes after is left out, so that many large configs over many files take no longer than both. */
enum { MOST_BASES = 64, MOST_REFERENCES = 1024, MOST_ITEMS = 512, MOST_ROOTS = 16 };

static const struct {
	struct str key;
	bool top; /* beside compilerOptions, not in it */
} options[TSCONFIG_OPTIONS] = {
	[TSCONFIG_BASE_URL] = { { "baseUrl", 7 }, false },
	[TSCONFIG_PATHS] = { { "paths", 5 }, false },
	[TSCONFIG_ROOT_DIRS] = { { "rootDirs", 8 }, false },
	[TSCONFIG_ROOT_DIR] = { { "rootDir", 7 }, false },
	[TSCONFIG_OUT_DIR] = { { "outDir", 6 }, false },
	[TSCONFIG_DECLARATION_DIR] = { { "declarationDir", 14 }, false },
	[TSCONFIG_ALLOW_JS] = { { "allowJs", 7 }, false },
	[TSCONFIG_CHECK_JS] = { { "checkJs", 7 }, false },
	[TSCONFIG_CONDITIONS] = { { "customConditions", 16 }, false },
	[TSCONFIG_FILES] = { { "files", 5 }, true },
	[TSCONFIG_INCLUDE] = { { "include", 7 }, true },
	[TSCONFIG_EXCLUDE] = { { "exclude", 7 }, true },
};

static bool is_manifest(struct str name)
{
	return str_is(name, "package.json") || str_is(name, "lerna.json") || str_is(name, "nx.json");
}

/* ---- extends ---- */

/* The config at a path, as it is, with .json, or in the folder. */
static file_id config_at(struct model *m, struct str dir, struct str relative)
{
	static const char *const endings[] = { "", ".json", "/tsconfig.json" };
	struct arena scratch = { 0 };
	struct str path;
	file_id found = NO_FILE;
	bool inside = path_join(&scratch, dir, relative, &path);
	for (size_t i = 0; inside && found == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++) {
		struct str name = arena_printf(&scratch, "%.*s%s", STR_ARG(path), endings[i]);
		found = model_find_file(m, str_starts(name, STR("/")) ? str_slice(name, 1, name.len) : name);
		if (found != NO_FILE && m->files[found].language != LANGUAGE_JSON)
			found = NO_FILE;
	}
	arena_release(&scratch);
	return found;
}

/* What a key of `exports` or `imports` leads to; conditions do not matter for JSON. A string has no keys. */
static file_id config_by_key(struct model *m, package_id package, const char *field, struct str key)
{
	const struct package *p = &m->packages.items[package];
	const struct facts *f = &m->files[p->manifest].facts;
	struct arena scratch = { 0 };
	struct str star = { 0 };
	node_id object = npm_top(f, str_from(field)), target = object;
	file_id found = NO_FILE;
	if (object && node_kind(f, object) == NODE_OBJECT) {
		node_id pair = pattern_table_find(npm_table(m, p->manifest, object, PATTERNS_OF_PACKAGES), key, &star);
		target = pair ? node_child(f, pair, PART_VALUE) : 0;
	}
	for (node_id n = target; target && found == NO_FILE && n < f->nodes[target].next; n++)
		if (npm_text(f, n).len)
			found = config_at(m, p->dir, pattern_expand(&scratch, npm_text(f, n), star));
	arena_release(&scratch);
	return found;
}

/* The config that a package is: `exports`, `tsconfig` and `main` of its manifest, or the one in its folder. */
static file_id config_of_package(struct model *m, package_id package)
{
	static const char *const fields[] = { "tsconfig", "main" };
	const struct package *p = &m->packages.items[package];
	const struct facts *f = &m->files[p->manifest].facts;
	file_id found = config_by_key(m, package, "exports", STR("."));
	for (size_t i = 0; found == NO_FILE && i < 2; i++) {
		struct str field = npm_text(f, npm_top(f, str_from(fields[i])));
		found = field.len ? config_at(m, p->dir, field) : NO_FILE;
	}
	return found != NO_FILE ? found : config_at(m, p->dir, STR("tsconfig.json"));
}

/* "@acme/tsconfig", "@acme/tsconfig/base.json": in a package of the repository; others are not here to be read. */
static file_id config_in_package(struct model *m, file_id from, struct str module)
{
	struct str rest, name = npm_package_name(module, &rest);
	package_id package = npm_find_package(m, from, name);
	if (package == NO_PACKAGE)
		return NO_FILE;
	if (!rest.len)
		return config_of_package(m, package);
	struct arena scratch = { 0 };
	file_id found = config_by_key(m, package, "exports", arena_printf(&scratch, ".%.*s", STR_ARG(rest)));
	arena_release(&scratch);
	return found != NO_FILE ? found : config_at(m, m->packages.items[package].dir, str_slice(rest, 1, rest.len));
}

static file_id extended(struct model *m, file_id config, struct str module)
{
	if (npm_is_relative(module))
		return config_at(m, path_dir(m->files[config].path), module);
	if (str_starts(module, STR("#")) && m->files[config].package != NO_PACKAGE)
		return config_by_key(m, m->files[config].package, "imports", module);
	return str_empty(module) || module.ptr[0] == '/' ? NO_FILE : config_in_package(m, config, module);
}

/* Configs still to be read, the strongest last. */
struct bases {
	file_id stack[MOST_BASES];
	uint32_t count, seen_count;
	file_id seen[MOST_BASES];
};

static void push_base(struct bases *b, file_id file)
{
	for (uint32_t i = 0; i < b->seen_count; i++)
		if (b->seen[i] == file)
			return;
	if (file != NO_FILE && b->count < MOST_BASES)
		b->stack[b->count++] = file;
}

static void push_bases(struct model *m, struct bases *b, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	node_id value = npm_top(f, STR("extends"));
	if (!value)
		return;
	if (node_kind(f, value) != NODE_ARRAY) {
		push_base(b, extended(m, file, npm_text(f, value)));
		return;
	}
	facts_each_child(f, value, item)
		push_base(b, extended(m, file, npm_text(f, item)));
}

/* What a config says goes before what it extends; of several bases the last says most. */
static void fill_options(struct model *m, struct tsconfig *c)
{
	struct bases b = { .stack = { c->file }, .count = 1 };
	while (b.count && b.seen_count < MOST_BASES) {
		file_id file = b.stack[--b.count];
		const struct facts *f = &m->files[file].facts;
		node_id compiler = npm_top(f, STR("compilerOptions"));
		b.seen[b.seen_count++] = file;
		for (size_t i = 0; i < TSCONFIG_OPTIONS; i++) {
			if (c->options[i].node)
				continue;
			node_id value = options[i].top ? npm_top(f, options[i].key) : 0;
			if (!options[i].top && compiler)
				value = object_value(f, compiler, options[i].key);
			c->options[i] = (struct tsconfig_value){ file, value };
		}
		push_bases(m, &b, file);
	}
}

/* ---- values ---- */

/* A path as written in `writer`: from its folder, or from the config's own by ${configDir}. No pointer outside the root. */
static struct str path_value(struct model *m, const struct tsconfig *c, file_id writer, struct str text)
{
	const struct str variable = STR("${configDir}");
	struct str dir = path_dir(m->files[writer].path), path = { 0 };
	if (str_starts(text, variable)) {
		dir = c->dir;
		text = str_slice(text, variable.len, text.len);
	} else if (str_empty(text) || text.ptr[0] == '/') {
		return path;
	}
	return path_join(&m->arena, dir, text, &path) ? path : (struct str){ 0 };
}

static struct str path_option(struct model *m, const struct tsconfig *c, enum tsconfig_option option)
{
	struct tsconfig_value value = c->options[option];
	struct str text = value.node ? npm_text(&m->files[value.file].facts, value.node) : STR("");
	return text.ptr ? path_value(m, c, value.file, text) : text;
}

static struct str_list list_option(
	struct model *m, const struct tsconfig *c, enum tsconfig_option option, uint32_t most)
{
	struct tsconfig_value value = c->options[option];
	const struct facts *f = &m->files[value.file].facts;
	struct str_list list = { 0 };
	if (!value.node || node_kind(f, value.node) != NODE_ARRAY)
		return list;
	uint32_t count = 0;
	facts_each_child(f, value.node, item)
		count++;
	list.items = arena_array(&m->arena, struct str, count < most ? count : most);
	facts_each_child(f, value.node, item) {
		struct str path = path_value(m, c, value.file, npm_text(f, item));
		if (path.ptr)
			list.items[list.count++] = path;
		if (list.count == most)
			break;
	}
	return list;
}

static bool is_true(struct model *m, struct tsconfig_value value)
{
	return value.node && str_is(node_name(&m->files[value.file].facts, value.node), "true");
}

static bool allows_js(struct model *m, const struct tsconfig *c)
{
	if (c->options[TSCONFIG_ALLOW_JS].node)
		return is_true(m, c->options[TSCONFIG_ALLOW_JS]);
	return is_true(m, c->options[TSCONFIG_CHECK_JS]) ||
	       str_starts(path_name(m->files[c->file].path), STR("jsconfig"));
}

static void find_paths(struct model *m, struct tsconfig *c)
{
	struct tsconfig_value paths = c->options[TSCONFIG_PATHS];
	if (!paths.node || node_kind(&m->files[paths.file].facts, paths.node) != NODE_OBJECT)
		return;
	c->paths_base = c->base_url.ptr ? c->base_url : path_dir(m->files[paths.file].path);
	const struct pattern_table *table = npm_table(m, paths.file, paths.node, PATTERNS_OF_PATHS);
	c->paths = (uint32_t)(table - m->npm->tables.items) + 1;
}

static void note_files(struct model *m, struct tsconfig *c, uint32_t id)
{
	struct str_list files = list_option(m, c, TSCONFIG_FILES, MOST_ITEMS);
	c->lists_files = c->options[TSCONFIG_FILES].node != 0;
	for (uint32_t i = 0; i < files.count; i++)
		map_put(&m->npm->listed, model_key(id, files.items[i]), 1, NULL);
}

static void load(struct model *m, uint32_t id)
{
	struct tsconfig *c = &m->npm->configs.items[id];
	fill_options(m, c);
	c->base_url = path_option(m, c, TSCONFIG_BASE_URL);
	c->root_dir = path_option(m, c, TSCONFIG_ROOT_DIR);
	c->out_dir = path_option(m, c, TSCONFIG_OUT_DIR);
	c->declaration_dir = path_option(m, c, TSCONFIG_DECLARATION_DIR);
	c->root_dirs = list_option(m, c, TSCONFIG_ROOT_DIRS, MOST_ROOTS);
	c->include = list_option(m, c, TSCONFIG_INCLUDE, MOST_ITEMS);
	c->exclude = list_option(m, c, TSCONFIG_EXCLUDE, MOST_ITEMS);
	c->allow_js = allows_js(m, c);
	find_paths(m, c);
	note_files(m, c, id);
}

/* `references` are the config's own: each a file, or a folder with a tsconfig.json. */
static void find_references(struct model *m, struct tsconfig *c)
{
	const struct facts *f = &m->files[c->file].facts;
	node_id list = npm_top(f, STR("references"));
	if (!list || node_kind(f, list) != NODE_ARRAY)
		return;
	uint32_t count = 0;
	facts_each_child(f, list, item)
		count++;
	uint32_t *found = arena_array(&m->arena, uint32_t, count < MOST_REFERENCES ? count : MOST_REFERENCES);
	facts_each_child(f, list, item) {
		node_id path = node_kind(f, item) == NODE_OBJECT ? object_value(f, item, STR("path")) : 0;
		file_id file = path ? config_at(m, c->dir, npm_text(f, path)) : NO_FILE;
		const uint32_t *config = file == NO_FILE ? NULL : map_get(&m->npm->config_of, file);
		if (config && file != c->file && c->reference_count < MOST_REFERENCES)
			found[c->reference_count++] = *config;
	}
	c->references = found;
}

static void add_config(struct model *m, file_id file)
{
	struct npm *npm = m->npm;
	uint32_t id = npm->configs.count;
	struct tsconfig fresh = { .file = file, .dir = path_dir(m->files[file].path) };
	bool added;
	uint32_t *first = str_map_put(&npm->config_dirs, fresh.dir, id, &added);
	if (!added) {
		fresh.next_in_dir = npm->configs.items[*first].next_in_dir;
		npm->configs.items[*first].next_in_dir = id + 1;
	}
	map_put(&npm->config_of, file, id, NULL);
	vec_push(&npm->configs, fresh);
	struct str name = path_name(m->files[file].path);
	if (str_is(name, "tsconfig.json")) /* by path, it comes after jsconfig.json and takes its place */
		*str_map_put(&npm->main_configs, fresh.dir, id, NULL) = id;
	else if (str_is(name, "jsconfig.json"))
		str_map_put(&npm->main_configs, fresh.dir, id, NULL);
}

void tsconfigs_load(struct model *m)
{
	struct npm *npm = m->npm;
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_JSON && m->files[file].facts.node_count &&
			!is_manifest(path_name(m->files[file].path)))
			add_config(m, file);
	for (uint32_t id = 0; id < npm->configs.count; id++)
		load(m, id);
	for (uint32_t id = 0; id < npm->configs.count; id++)
		find_references(m, &npm->configs.items[id]);
	for (file_id file = 0; file < m->file_count; file++) {
		struct file_index *index = &m->indexes[file];
		index->tsconfig = index->near_tsconfig = NO_CONFIG;
		if (!(LANGUAGES_NODE >> m->files[file].language & 1))
			continue;
		index->tsconfig = tsconfig_owner(m, file);
		uint32_t near = tsconfig_nearest(m, file);
		index->near_tsconfig = near == index->tsconfig ? NO_CONFIG : near;
	}
}
