#include "source/overlay.h"

#include "base/map.h"
#include "source/language.h"
#include "source/listing.h"

enum overlay_state { SEEN_BELOW, REPLACED, REMOVED };

struct overlay_entry {
	struct str path;
	enum overlay_state state;
	struct buf text;
};

struct overlay_source {
	struct source source;
	struct source *below; /* may be NULL */
	struct arena paths;
	struct str_map index; /* path → entry */
	VEC(struct overlay_entry) entries;
};

static const struct overlay_entry *find(const struct overlay_source *o, struct str path)
{
	const uint32_t *index = str_map_get(&o->index, path);
	const struct overlay_entry *entry = index ? &o->entries.items[*index] : NULL;
	return entry && entry->state != SEEN_BELOW ? entry : NULL;
}

/* Adds what lies below and is not covered. */
static bool list_below(const struct overlay_source *o, struct source_files *files, struct err *err)
{
	struct source_files below = { 0 };
	bool listed = source_list(o->below, &below, err);
	for (uint32_t i = 0; i < below.list.count; i++)
		if (!find(o, below.list.items[i].path))
			source_files_add(files, below.list.items[i]);
	source_files_release(&below);
	return listed;
}

static bool overlay_list(struct source *s, struct source_files *files, struct err *err)
{
	const struct overlay_source *o = (const struct overlay_source *)s;
	if (o->below && !list_below(o, files, err))
		return false;
	for (uint32_t i = 0; i < o->entries.count; i++) {
		const struct overlay_entry *entry = &o->entries.items[i];
		struct source_file file = { .path = entry->path, .size = entry->text.len };
		file.language = language_by_name(entry->path);
		bool known = file.language != LANGUAGE_NONE ||
			     language_by_content(entry->path, buf_str(&entry->text)) != LANGUAGE_NONE;
		if (entry->state == REPLACED && known && !listing_skips_path(entry->path))
			source_files_add(files, file);
	}
	source_files_finish(files);
	return true;
}

static enum skip_reason overlay_read(struct source *s, const struct source_file *file, struct buf *bytes)
{
	const struct overlay_source *o = (const struct overlay_source *)s;
	const struct overlay_entry *entry = find(o, file->path);
	buf_clear(bytes);
	if (!entry)
		return o->below ? source_read(o->below, file, bytes) : SKIP_CHANGED;
	if (entry->state == REMOVED)
		return SKIP_CHANGED;
	if (entry->text.len > SOURCE_MOST_BYTES)
		return SKIP_SIZE;
	buf_add(bytes, buf_str(&entry->text));
	return source_checked(bytes);
}

static bool overlay_has(struct source *s, struct str path)
{
	const struct overlay_source *o = (const struct overlay_source *)s;
	const struct overlay_entry *entry = find(o, path);
	return entry ? entry->state == REPLACED : o->below && source_has(o->below, path);
}

static bool overlay_ignores(struct source *s, struct str path)
{
	const struct overlay_source *o = (const struct overlay_source *)s;
	return o->below && source_ignores(o->below, path);
}

static void overlay_close(struct source *s)
{
	struct overlay_source *o = (struct overlay_source *)s;
	source_close(o->below);
	for (uint32_t i = 0; i < o->entries.count; i++)
		buf_release(&o->entries.items[i].text);
	vec_release(&o->entries);
	str_map_release(&o->index);
	arena_release(&o->paths);
	mem_free(o);
}

static const struct source_type overlay_type = { overlay_list, overlay_read, overlay_has, overlay_ignores,
	overlay_close };

struct source *overlay_source_open(struct source *below)
{
	struct overlay_source *o = mem_alloc(sizeof(*o));
	*o = (struct overlay_source){ .source = { &overlay_type }, .below = below };
	return &o->source;
}

static void set(struct source *overlay, struct str path, enum overlay_state state, struct str text)
{
	struct overlay_source *o = (struct overlay_source *)overlay;
	const uint32_t *known = str_map_get(&o->index, path);
	uint32_t index = known ? *known : o->entries.count;
	if (!known) {
		struct overlay_entry entry = { .path = arena_str(&o->paths, path) };
		vec_push(&o->entries, entry);
		str_map_put(&o->index, entry.path, index, NULL);
	}
	struct overlay_entry *entry = &o->entries.items[index];
	entry->state = state;
	buf_clear(&entry->text);
	buf_add(&entry->text, text);
}

void overlay_source_put(struct source *overlay, struct str path, struct str bytes)
{
	set(overlay, path, REPLACED, bytes);
}

void overlay_source_remove(struct source *overlay, struct str path)
{
	set(overlay, path, REMOVED, STR(""));
}

void overlay_source_drop(struct source *overlay, struct str path)
{
	set(overlay, path, SEEN_BELOW, STR(""));
}
