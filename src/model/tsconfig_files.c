/* Which config a file belongs to. */
#include "model/npm.h"

#include "base/glob.h"
#include "base/path.h"

static bool is_compiled(const struct tsconfig *c, enum language language)
{
	return language != LANGUAGE_JAVASCRIPT || c->allow_js;
}

/* A pattern whose last part has neither a dot nor a wildcard names a folder. */
static bool names_folder(struct str pattern)
{
	struct str last = path_name(pattern);
	return str_find(last, '.') == UINT32_MAX && str_find(last, '*') == UINT32_MAX &&
	       str_find(last, '?') == UINT32_MAX;
}

static bool matches_any(const struct str_list *patterns, struct str path)
{
	for (uint32_t i = 0; i < patterns->count; i++) {
		struct str pattern = patterns->items[i];
		if (glob_match_segments(pattern, path, names_folder(pattern) ? GLOB_BELOW : 0))
			return true;
	}
	return false;
}

/* What is compiled is not to be compiled again, unless `exclude` says something else. */
static bool is_excluded(const struct tsconfig *c, struct str path)
{
	const struct str outputs[] = { c->out_dir, c->declaration_dir };
	if (c->options[TSCONFIG_EXCLUDE].node) {
		for (uint32_t i = 0; i < c->exclude.count; i++)
			if (glob_match_segments(c->exclude.items[i], path, GLOB_HIDDEN | GLOB_BELOW))
				return true;
		return false;
	}
	for (size_t i = 0; i < 2; i++)
		if (outputs[i].len && path_below(path, outputs[i]))
			return true;
	return false;
}

/* What two stars and a star match in a folder. */
static bool is_below(struct str path, struct str dir)
{
	struct str rest = str_slice(path, dir.len ? dir.len + 1 : 0, path.len);
	return path_below(path, dir) && glob_match_segments(STR("**/*"), rest, 0);
}

bool tsconfig_includes(const struct model *m, uint32_t config, file_id file)
{
	const struct tsconfig *c = &m->npm->configs.items[config];
	struct str path = m->files[file].path;
	if (map_get(&m->npm->listed, model_key(config, path)))
		return true;
	if (!is_compiled(c, m->files[file].language))
		return false;
	bool says = c->options[TSCONFIG_INCLUDE].node != 0;
	bool included = says ? matches_any(&c->include, path) : !c->lists_files && is_below(path, c->dir);
	return included && !is_excluded(c, path);
}

static uint32_t config_in(const struct model *m, struct str dir)
{
	const uint32_t *config = str_map_get(&m->npm->main_configs, dir);
	return config ? *config : NO_CONFIG;
}

/* A reference goes before the config that refers to it. */
static uint32_t claimed_by(const struct model *m, uint32_t config, file_id file)
{
	const struct tsconfig *c = &m->npm->configs.items[config];
	for (uint32_t i = 0; i < c->reference_count; i++)
		if (tsconfig_includes(m, c->references[i], file))
			return c->references[i];
	return tsconfig_includes(m, config, file) ? config : NO_CONFIG;
}

uint32_t tsconfig_owner(const struct model *m, file_id file)
{
	for (struct str dir = path_dir(m->files[file].path);; dir = path_dir(dir)) {
		uint32_t config = config_in(m, dir);
		uint32_t owner = config == NO_CONFIG ? NO_CONFIG : claimed_by(m, config, file);
		if (owner != NO_CONFIG || str_empty(dir))
			return owner;
	}
}

static bool has_names(const struct tsconfig *c)
{
	return c->paths || c->base_url.ptr;
}

/* A config that only refers to others stands for the first of them that gives names. */
static uint32_t speaker(const struct model *m, uint32_t config)
{
	const struct tsconfig *c = &m->npm->configs.items[config];
	for (uint32_t i = 0; !has_names(c) && i < c->reference_count; i++)
		if (has_names(&m->npm->configs.items[c->references[i]]))
			return c->references[i];
	return config;
}

uint32_t tsconfig_nearest(const struct model *m, file_id file)
{
	for (struct str dir = path_dir(m->files[file].path);; dir = path_dir(dir)) {
		uint32_t config = config_in(m, dir);
		if (config != NO_CONFIG)
			return speaker(m, config);
		if (str_empty(dir))
			return NO_CONFIG;
	}
}
