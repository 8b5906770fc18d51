#include "source/ignore.h"

#include "base/line.h"
#include "base/path.h"
#include "source/plain.h"
#include "source/wildmatch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_FILE_BYTES = 1024 * 1024, MOST_PATTERN_BYTES = 4096 };
/* A few tens of seconds; a million files with a thousand patterns each stay far below. */
#define MOST_STEPS (UINT64_C(1) << 34)

/* Spaces at the end do not count unless they are escaped. */
static struct str trim_spaces(struct str line)
{
	uint32_t end = 0;
	for (uint32_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\\' && i + 1 < line.len)
			end = ++i + 1;
		else if (line.ptr[i] != ' ')
			end = i + 1;
	}
	return str_slice(line, 0, end);
}

static bool parse_rule(struct str line, struct ignore_rule *rule)
{
	if (str_ends(line, STR("\r")))
		line.len--;
	line = trim_spaces(line);
	if (str_starts(line, STR("#")))
		return false;
	*rule = (struct ignore_rule){ .negated = str_starts(line, STR("!")) };
	if (rule->negated)
		line = str_slice(line, 1, line.len);
	rule->folder_only = str_ends(line, STR("/"));
	if (rule->folder_only)
		line.len--;
	rule->anchored = str_find(line, '/') != UINT32_MAX;
	if (str_starts(line, STR("/")))
		line = str_slice(line, 1, line.len);
	rule->pattern = line;
	return line.len && line.len <= MOST_PATTERN_BYTES;
}

static bool is_plain(struct str text)
{
	for (uint32_t i = 0; i < text.len; i++)
		if (strchr("*?[\\", text.ptr[i]))
			return false;
	return true;
}

static void add_rule(struct ignore_layer *layer, const struct ignore_rule *rule)
{
	uint32_t index = layer->rules.count;
	struct str key = rule->pattern;
	enum ignore_plain kind = rule->anchored ? PLAIN_PATH : PLAIN_NAME;
	if (kind == PLAIN_NAME && str_starts(key, STR("*."))) {
		kind = PLAIN_SUFFIX;
		key = str_slice(key, 1, key.len);
	}
	vec_push(&layer->rules, *rule);
	if (is_plain(key))
		*str_map_put(&layer->plain[kind][rule->folder_only], key, index, NULL) = index;
	else
		vec_push(&layer->wild, index);
}

/* Takes over the text. */
static void add_layer(struct ignore *ig, struct buf text, uint32_t base)
{
	struct ignore_layer layer = { .text = text, .base = base };
	struct str rest = buf_str(&layer.text), line;
	rest = str_slice(rest, bom_length(rest), rest.len);
	while (str_split(&rest, '\n', &line)) {
		struct ignore_rule rule;
		if (parse_rule(line, &rule))
			add_rule(&layer, &rule);
	}
	vec_push(&ig->layers, layer);
}

static void release_layer(struct ignore_layer *layer)
{
	for (int kind = 0; kind < PLAIN_COUNT; kind++)
		for (int folder = 0; folder < 2; folder++)
			str_map_release(&layer->plain[kind][folder]);
	vec_release(&layer->rules);
	vec_release(&layer->wild);
	buf_release(&layer->text);
}

void ignore_enter(struct ignore *ig, int folder, uint32_t base)
{
	struct buf text = { 0 };
	plain_load(folder, ".gitignore", LINKS_REFUSED, MOST_FILE_BYTES, &text);
	add_layer(ig, text, base);
}

void ignore_leave(struct ignore *ig)
{
	release_layer(&vec_last(&ig->layers));
	ig->layers.count--;
}

void ignore_release(struct ignore *ig)
{
	while (ig->layers.count)
		ignore_leave(ig);
	vec_release(&ig->layers);
}

/* A file of patterns about the whole work tree. */
static void add_file(struct ignore *ig, const char *folder, const char *name, enum plain_links links)
{
	struct buf path = { 0 }, text = { 0 };
	buf_printf(&path, "%s/%s", folder, name);
	if (plain_load(AT_FDCWD, buf_cstr(&path), links, MOST_FILE_BYTES, &text))
		add_layer(ig, text, 0);
	buf_release(&path);
}

static void add_users_file(struct ignore *ig)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	if (config && *config)
		add_file(ig, config, "git/ignore", LINKS_FOLLOWED);
	else if (home && *home)
		add_file(ig, home, ".config/git/ignore", LINKS_FOLLOWED);
}

/* The folders from the work tree's root to above `inner`, the path of bylaw's root in it. */
static void add_folders_above(struct ignore *ig, struct str root, struct str inner)
{
	struct buf path = { 0 };
	buf_printf(&path, "%.*s/", STR_ARG(root));
	for (uint32_t base = 0; base < inner.len;) {
		int folder = open(buf_cstr(&path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (folder >= 0) {
			ignore_enter(ig, folder, base);
			close(folder);
		}
		uint32_t length = str_find(str_slice(inner, base, inner.len), '/') + 1;
		buf_add(&path, str_slice(inner, base, base + length));
		base += length;
	}
	buf_release(&path);
}

void ignore_open(struct ignore *ig, const struct worktree *w, struct str root, struct buf *prefix)
{
	struct str top = buf_str(&w->root);
	add_users_file(ig);
	if (!w->git_dir.len)
		return;
	struct buf common = { 0 };
	buf_add(&common, buf_str(&w->common_dir));
	add_file(ig, buf_cstr(&common), "info/exclude", LINKS_FOLLOWED);
	buf_release(&common);
	if (path_below(root, top) && root.len > top.len) {
		buf_add(prefix, str_slice(root, top.len + 1, root.len));
		buf_add_char(prefix, '/');
		add_folders_above(ig, top, buf_str(prefix));
	}
}

/* The number of the last rule that has this text, counted from 1; 0 for none. */
static uint32_t look_up(const struct ignore_layer *layer, enum ignore_plain kind, struct str text, bool folder)
{
	uint32_t last = 0;
	for (int only = 0; only <= (int)folder; only++) {
		const struct str_map *map = &layer->plain[kind][only];
		const uint32_t *rule = map->count ? str_map_get(map, text) : NULL;
		if (rule && *rule >= last)
			last = *rule + 1;
	}
	return last;
}

static uint32_t later(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static uint32_t last_plain(const struct ignore_layer *layer, struct str path, struct str name, bool folder)
{
	uint32_t last = later(look_up(layer, PLAIN_NAME, name, folder), look_up(layer, PLAIN_PATH, path, folder));
	for (uint32_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '.')
			last = later(last, look_up(layer, PLAIN_SUFFIX, str_slice(name, i, name.len), folder));
	return last;
}

/* The last rule of a layer that matches, or NULL. */
static const struct ignore_rule *last_match(
	struct ignore *ig, const struct ignore_layer *layer, struct str path, bool folder)
{
	struct str name = path_name(path);
	uint32_t last = last_plain(layer, path, name, folder);
	for (uint32_t i = layer->wild.count; i > 0 && layer->wild.items[i - 1] >= last; i--) {
		const struct ignore_rule *rule = &layer->rules.items[layer->wild.items[i - 1]];
		ig->steps++;
		if (rule->folder_only && !folder)
			continue;
		if (wildmatch(rule->pattern, rule->anchored ? path : name, &ig->steps))
			return rule;
	}
	return last ? &layer->rules.items[last - 1] : NULL;
}

bool ignore_match(struct ignore *ig, struct str path, bool folder)
{
	if (ignore_is_exhausted(ig))
		return false;
	for (uint32_t i = ig->layers.count; i > 0; i--) {
		const struct ignore_layer *layer = &ig->layers.items[i - 1];
		if (!layer->rules.count)
			continue;
		const struct ignore_rule *rule = last_match(ig, layer, str_slice(path, layer->base, path.len), folder);
		if (rule)
			return !rule->negated;
	}
	return false;
}

bool ignore_is_exhausted(const struct ignore *ig)
{
	return ig->steps > MOST_STEPS;
}
