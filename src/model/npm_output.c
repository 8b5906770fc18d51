/* From build output, which is not checked in, back to the source. */
#include "model/npm.h"

#include "base/path.h"

/* What folders of build output are called. */
static bool is_output(struct str name)
{
	static const char *const names[] = { "dist", "build", "lib", "out", "esm", "cjs", "es", "umd", "output",
		"types", "typings", "_build", "commonjs", "module", "lib-commonjs", "lib-esm", "lib-module", NULL };
	return npm_is_one_of(name, names) || str_starts(name, STR("dist-")) || str_starts(name, STR("build-"));
}

/* What stands below it for each format; `src` when the output has the shape of the whole package. */
static bool is_format(struct str name)
{
	static const char *const names[] = { "esm", "cjs", "es", "umd", "src", "lib", "types", "typings", "node",
		"main", "module", "commonjs", "dts", "source", NULL };
	return npm_is_one_of(name, names);
}

/* "a/b.d.ts" → "a/b": a declaration stands for its source. */
static struct str without_declaration(struct str path)
{
	static const char *const endings[] = { ".d.ts", ".d.mts", ".d.cts", NULL };
	for (const char *const *e = endings; *e; e++)
		if (str_ends(path, str_from(*e)))
			return str_slice(path, 0, path.len - (uint32_t)strlen(*e));
	return path;
}

/* The file of `rest` below a folder; an empty rest is the folder's index. */
static file_id source_below(const struct model *m, struct str dir, const char *sub, struct str rest)
{
	struct arena scratch = { 0 };
	struct str path;
	file_id file = NO_FILE;
	if (path_join(&scratch, dir, str_from(sub), &path) && path_join(&scratch, path, rest, &path)) {
		file = npm_file(m, without_declaration(path));
		if (file == NO_FILE)
			file = npm_index(m, path);
	}
	arena_release(&scratch);
	return file;
}

static file_id below_source_folders(const struct model *m, struct str dir, struct str rest)
{
	file_id file = source_below(m, dir, "src", rest);
	return file != NO_FILE ? file : source_below(m, dir, "", rest);
}

static struct str behind(struct str path, struct str dir)
{
	return dir.len ? str_slice(path, dir.len + 1, path.len) : path;
}

/* outDir and declarationDir mirror rootDir, which is the sources' common folder when it is not said. */
static file_id by_config(const struct model *m, const struct tsconfig *config, struct str path)
{
	const struct str outputs[] = { config->out_dir, config->declaration_dir };
	for (size_t i = 0; i < 2; i++) {
		struct str output = outputs[i];
		if (!output.len || !path_below(path, output))
			continue;
		struct str rest = behind(path, output);
		file_id file = config->root_dir.ptr ? source_below(m, config->root_dir, "", rest)
						    : below_source_folders(m, config->dir, rest);
		if (file != NO_FILE)
			return file;
	}
	return NO_FILE;
}

static file_id by_configs_of(const struct model *m, struct str dir, struct str path)
{
	enum { MOST_CONFIGS = 16 };
	const struct npm *npm = m->npm;
	unsigned looked_at = 0;
	const uint32_t *first = str_map_get(&npm->config_dirs, dir);
	file_id file = NO_FILE;
	uint32_t c = first ? *first + 1 : 0;
	for (; c && file == NO_FILE && looked_at++ < MOST_CONFIGS; c = npm->configs.items[c - 1].next_in_dir)
		file = by_config(m, &npm->configs.items[c - 1], path);
	return file;
}

/* By the names of folders: "dist/esm/a.js" is a file of src/ or of the package. */
static file_id by_names(const struct model *m, struct str dir, struct str path)
{
	enum { MOST_FORMATS = 2 };
	struct str rest = behind(path, dir), name, before = dir;
	bool output = false;
	while (!output && str_split(&rest, '/', &name)) {
		output = is_output(name);
		if (!output)
			before = str_slice(path, 0, (uint32_t)(name.ptr - path.ptr) + name.len);
	}
	for (unsigned i = 0; output && i <= MOST_FORMATS; i++) {
		file_id file = below_source_folders(m, before, rest);
		if (file != NO_FILE || !rest.len)
			return file;
		str_split(&rest, '/', &name);
		if (!is_format(name))
			return NO_FILE;
	}
	return NO_FILE;
}

file_id npm_source_of(const struct model *m, struct str path)
{
	package_id package = model_package_above(m, ECOSYSTEM_NPM, path_dir(path));
	struct str dir = package == NO_PACKAGE ? STR("") : m->packages.items[package].dir;
	if (dir.len == path.len)
		return NO_FILE;
	file_id file = by_configs_of(m, dir, path);
	return file != NO_FILE ? file : by_names(m, dir, path);
}
