#include "source/source.h"

#include "base/path.h"
#include "source/language.h"
#include "source/listing.h"

#include <errno.h>
#include <stdlib.h>

enum { BINARY_WINDOW = 8 * 1024 };

bool listing_bars_folder(struct str name)
{
	return str_is(name, ".git") || str_is(name, "node_modules");
}

bool listing_skips_folder(struct str name)
{
	return str_starts(name, STR(".")) || str_is(name, "node_modules");
}

bool listing_skips_path(struct str path)
{
	struct str dir = path_dir(path), part;
	while (dir.len && str_split(&dir, '/', &part))
		if (listing_skips_folder(part))
			return true;
	return false;
}

/* Emacs' locks and macOS' resource forks carry the extension of the file they stand beside. */
static bool is_shadow(struct str name)
{
	return str_starts(name, STR(".#")) || str_starts(name, STR("._"));
}

bool listing_wants(struct str name, enum language *language)
{
	*language = is_shadow(name) ? LANGUAGE_NONE : language_by_name(name);
	return *language != LANGUAGE_NONE || str_find(name, '.') == UINT32_MAX || str_is(path_extension(name), "json");
}

bool listing_wants_unknown(struct str name, uint64_t size, bool executable)
{
	if (str_is(path_extension(name), "json"))
		return size <= LANGUAGE_MOST_CONFIG_BYTES;
	return executable && size > 0 && size <= SOURCE_MOST_BYTES;
}

void source_files_add(struct source_files *files, struct source_file file)
{
	file.path = arena_str(&files->paths, file.path);
	vec_push(&files->list, file);
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct source_file *)a)->path, ((const struct source_file *)b)->path);
}

void source_files_finish(struct source_files *files)
{
	struct source_file *items = files->list.items;
	uint32_t kept = 0;
	if (files->list.count > 1)
		qsort(items, files->list.count, sizeof(*items), by_path);
	for (uint32_t i = 0; i < files->list.count; i++)
		if (i == 0 || !str_eq(items[i].path, items[kept - 1].path))
			items[kept++] = items[i];
	files->list.count = kept;
}

void source_files_release(struct source_files *files)
{
	vec_release(&files->list);
	arena_release(&files->paths);
}

enum skip_reason source_errno(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return SKIP_ACCESS;
	case ELOOP:
		return SKIP_LINK;
	case EINVAL:
		return SKIP_SPECIAL;
	case ENOENT:
	case ENOTDIR:
		return SKIP_CHANGED;
	default:
		return SKIP_IO;
	}
}

enum skip_reason source_check_bytes(struct str bytes)
{
	static const struct str wide_marks[] = {
		{ "\xFF\xFE", 2 },
		{ "\xFE\xFF", 2 },
		{ "\0\0\xFE\xFF", 4 },
	};
	for (size_t i = 0; i < sizeof(wide_marks) / sizeof(*wide_marks); i++)
		if (str_starts(bytes, wide_marks[i]))
			return SKIP_ENCODING;
	if (str_find(str_slice(bytes, 0, BINARY_WINDOW), '\0') != UINT32_MAX)
		return SKIP_BINARY;
	return SKIP_NONE;
}

enum skip_reason source_checked(struct buf *bytes)
{
	enum skip_reason reason = source_check_bytes(buf_str(bytes));
	if (reason != SKIP_NONE)
		buf_clear(bytes);
	return reason;
}
