/* Files behind paths of Node modules. */
#include "model/npm.h"

#include "base/buf.h"
#include "base/path.h"
#include "source/source.h"

/* What is tried behind a path, in this order; sources before what they compile to. */
static const char *const endings[] = { ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".d.mts",
	".d.cts", ".vue", ".svelte" };

/* An import names the output; the source has another extension. */
static const struct {
	const char *written, *sources[6];
} compiled[] = {
	{ ".js", { ".ts", ".tsx", ".d.ts", ".js", ".jsx" } },
	{ ".jsx", { ".tsx", ".ts", ".d.ts", ".jsx" } },
	{ ".mjs", { ".mts", ".d.mts", ".mjs" } },
	{ ".cjs", { ".cts", ".d.cts", ".cjs" } },
};

static file_id find_with(const struct model *m, struct buf *path, uint32_t stem, const char *ending)
{
	path->len = stem;
	buf_add_text(path, ending);
	file_id file = model_find_file(m, buf_str(path));
	bool code = file != NO_FILE && (LANGUAGES_NODE >> m->files[file].language & 1);
	return code ? file : NO_FILE;
}

static file_id find_compiled(const struct model *m, struct buf *path, uint32_t length)
{
	for (size_t i = 0; i < sizeof(compiled) / sizeof(*compiled); i++) {
		path->len = length;
		if (!str_ends(buf_str(path), str_from(compiled[i].written)))
			continue;
		uint32_t stem = length - (uint32_t)strlen(compiled[i].written);
		file_id file = NO_FILE;
		for (size_t s = 0; file == NO_FILE && compiled[i].sources[s]; s++)
			file = find_with(m, path, stem, compiled[i].sources[s]);
		path->len = stem;
		buf_add_text(path, compiled[i].written);
		return file;
	}
	return NO_FILE;
}

/* `users.service` has no extension: endings are appended, nothing is taken off. */
static file_id find_appended(const struct model *m, struct buf *path, uint32_t length)
{
	file_id file = NO_FILE;
	for (size_t i = 0; file == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++)
		file = find_with(m, path, length, endings[i]);
	return file;
}

/* The types of a.css stand in a.d.css.ts. */
static file_id find_declared(const struct model *m, struct buf *path, uint32_t length)
{
	path->len = length;
	struct str extension = path_extension(buf_str(path));
	if (str_empty(extension))
		return NO_FILE;
	char kept[16];
	if (extension.len >= sizeof(kept))
		return NO_FILE;
	memcpy(kept, extension.ptr, extension.len);
	path->len = length - extension.len;
	buf_printf(path, "d.%.*s.ts", (int)extension.len, kept);
	return find_with(m, path, path->len, "");
}

file_id npm_file(const struct model *m, struct str written)
{
	struct buf path = { 0 };
	buf_add(&path, written);
	file_id file = find_compiled(m, &path, written.len);
	if (file == NO_FILE)
		file = find_with(m, &path, written.len, "");
	if (file == NO_FILE)
		file = find_appended(m, &path, written.len);
	if (file == NO_FILE)
		file = find_declared(m, &path, written.len);
	buf_release(&path);
	return file;
}

file_id npm_index(const struct model *m, struct str dir)
{
	struct buf path = { 0 };
	buf_add(&path, dir);
	buf_add_text(&path, dir.len ? "/index" : "index");
	file_id file = find_appended(m, &path, path.len);
	buf_release(&path);
	return file;
}

static bool has_extension(struct str path, const char *const *extensions)
{
	struct str extension = path_extension(path);
	for (; *extensions; extensions++)
		if (str_eq_nocase(extension, str_from(*extensions)))
			return true;
	return false;
}

bool npm_is_asset(struct str path)
{
	static const char *const extensions[] = { "css", "scss", "sass", "less", "styl", "pcss", "svg", "png", "jpg",
		"jpeg", "gif", "webp", "avif", "bmp", "ico", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm",
		"ogg", "wav", "marko", "pdf", "txt", "md", "mdx", "html", "htm", "xml", "csv", "tsv", "json", "json5",
		"jsonc", "yaml", "yml", "toml", "graphql", "gql", "sql", "prisma", "wasm", "node", "glsl", "vert",
		"frag", "hbs", "ejs", "pug", "mustache", "proto", "webmanifest", "zip", "pem", "snap", NULL };
	return has_extension(path, extensions);
}

bool npm_is_folder(const struct model *m, struct str path)
{
	return str_empty(path) || str_map_get(&m->npm->folders, path);
}

/* The folder's package, or its index. */
static file_id folder(const struct model *m, struct str path, unsigned kinds)
{
	const uint32_t *package = str_map_get(&m->package_dirs[ECOSYSTEM_NPM], path);
	return package && (kinds & NPM_PACKAGE) ? npm_entry(m, *package) : npm_index(m, path);
}

/* A bundle that was committed hides what it was made from. */
static bool is_bundle(struct str path)
{
	struct str part;
	while (str_split(&path, '/', &part))
		if (str_is(part, "dist") && path.len)
			return true;
	return false;
}

file_id npm_module(const struct model *m, struct str path, unsigned kinds)
{
	file_id file = kinds & NPM_FILE ? npm_file(m, path) : NO_FILE;
	if (file == NO_FILE)
		file = folder(m, path, kinds);
	if (file != NO_FILE && !is_bundle(m->files[file].path))
		return file;
	file_id source = npm_source_of(m, path);
	return source != NO_FILE ? source : file;
}

/* "./" and "..", too, mean a folder. */
static bool means_folder(struct str relative)
{
	struct str last = path_name(relative);
	return str_empty(last) || str_is(last, ".") || str_is(last, "..");
}

/* A file that is there and not read: by its own extension, or by the one that Node appends. */
static bool is_asset_there(struct lookup *l, struct str path)
{
	struct source *source = l->m->source;
	if (npm_is_asset(path))
		return !source || source_has(source, path);
	return source && npm_is_folder(l->m, path_dir(path)) &&
	       source_has(source, arena_printf(&l->scratch, "%.*s.json", STR_ARG(path)));
}

struct import_link npm_at(struct lookup *l, struct str dir, struct str relative)
{
	struct str path;
	if (!path_join(&l->scratch, dir, relative, &path))
		return unresolved(CAUSE_OUTSIDE);
	file_id file = npm_module(l->m, path, means_folder(relative) ? NPM_PACKAGE : NPM_FILE | NPM_PACKAGE);
	if (file != NO_FILE)
		return (struct import_link){ .target = IMPORT_FILE, .file = file };
	if (is_asset_there(l, path))
		return (struct import_link){ .target = IMPORT_ASSET };
	if (!l->missing.ptr)
		l->missing = path;
	return unresolved(CAUSE_NO_FILE);
}
