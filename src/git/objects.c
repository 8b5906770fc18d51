#include "git/internal.h"

#include "base/path.h"
#include "source/listing.h"

#include <stdlib.h>

static bool git_source_list(struct source *source, struct source_files *files, struct err *err)
{
	const struct git_source *s = (const struct git_source *)source;
	(void)err;
	for (uint32_t i = 0; i < s->list.count; i++)
		source_files_add(files, s->list.items[i].file);
	return true;
}

/* Copies an object whose size is known to be small. */
static enum skip_reason copy_object(struct git_repo *repo, const git_oid *id, struct buf *bytes)
{
	git_odb_object *object;
	if (git_odb_read(&object, repo->odb, id) != 0)
		return SKIP_OBJECT;
	size_t size = git_odb_object_size(object);
	bool small = size <= SOURCE_MOST_BYTES;
	if (small)
		buf_add(bytes, (struct str){ git_odb_object_data(object), (uint32_t)size });
	git_odb_object_free(object);
	return small ? SKIP_NONE : SKIP_SIZE;
}

static enum skip_reason read_object(struct git_repo *repo, const git_oid *id, struct buf *bytes)
{
	size_t size;
	git_object_t type;
	if (git_odb_read_header(&size, &type, repo->odb, id) != 0 || type != GIT_OBJECT_BLOB)
		return SKIP_OBJECT;
	/* A small object may inflate to gigabytes. */
	return size > SOURCE_MOST_BYTES ? SKIP_SIZE : copy_object(repo, id, bytes);
}

static enum skip_reason git_source_read(struct source *source, const struct source_file *file, struct buf *bytes)
{
	const struct git_source *s = (const struct git_source *)source;
	const git_oid *id = git_source_find(s, file->path);
	buf_clear(bytes);
	if (!id)
		return SKIP_CHANGED;
	pthread_mutex_lock(&s->repo->lock);
	enum skip_reason reason = read_object(s->repo, id, bytes);
	pthread_mutex_unlock(&s->repo->lock);
	return reason == SKIP_NONE ? source_checked(bytes) : reason;
}

static void git_source_close(struct source *source)
{
	struct git_source *s = (struct git_source *)source;
	str_map_release(&s->index);
	vec_release(&s->list);
	arena_release(&s->paths);
	mem_free(s);
}

static const struct source_type git_source_type = { git_source_list, git_source_read, NULL, NULL, git_source_close };

struct git_source *git_source_new(struct git_repo *repo)
{
	struct git_source *s = mem_alloc(sizeof(*s));
	*s = (struct git_source){ .source = { &git_source_type }, .repo = repo };
	return s;
}

static void add(struct git_source *s, struct source_file file, const git_oid *id)
{
	struct git_file added = { .file = file };
	added.file.path = arena_str(&s->paths, file.path);
	if (id)
		git_oid_cpy(&added.id, id);
	vec_push(&s->list, added);
}

void git_source_add(struct git_source *s, struct str path, uint32_t mode, const git_oid *id)
{
	struct source_file file = { .path = path, .size = UINT64_MAX };
	bool link = mode == GIT_FILEMODE_LINK, executable = mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	if (mode == GIT_FILEMODE_COMMIT || mode == GIT_FILEMODE_TREE || !listing_wants(path_name(path), &file.language))
		return;
	if (file.language == LANGUAGE_NONE && (link || !listing_wants_unknown(path_name(path), 1, executable)))
		return;
	if (link)
		file.skip = SKIP_LINK;
	add(s, file, id);
}

void git_source_add_skipped(struct git_source *s, struct str path, enum skip_reason reason)
{
	add(s, (struct source_file){ .path = path, .skip = reason }, NULL);
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct git_file *)a)->file.path, ((const struct git_file *)b)->file.path);
}

struct source *git_source_finish(struct git_source *s)
{
	uint32_t kept = 0;
	if (s->list.count > 1)
		qsort(s->list.items, s->list.count, sizeof(*s->list.items), by_path);
	for (uint32_t i = 0; i < s->list.count; i++) {
		bool added;
		str_map_put(&s->index, s->list.items[i].file.path, kept, &added);
		if (added)
			s->list.items[kept++] = s->list.items[i];
	}
	s->list.count = kept;
	return &s->source;
}

const git_oid *git_source_find(const struct git_source *s, struct str path)
{
	const uint32_t *index = str_map_get(&s->index, path);
	return index ? &s->list.items[*index].id : NULL;
}
