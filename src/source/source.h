/*
 * Where bytes come from: the disk, an editor's buffers over it, a git tree. One interface; the rest of the
 * program cannot tell them apart.
 */
#ifndef BYLAW_SOURCE_SOURCE_H
#define BYLAW_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "bylaw/file.h"

/* A file as a source lists it. Paths are relative to the source's root and may hold any bytes but NUL. */
struct source_file {
	struct str path;
	uint64_t size; /* bytes, as listed; UINT64_MAX when the source does not know before reading */
	enum language language; /* by name; for LANGUAGE_NONE the first line will tell */
	enum skip_reason skip; /* listed but not to be read: link, FIFO, unreadable folder … */
};

struct source_files {
	VEC(struct source_file) list; /* sorted by path, bytewise; no path twice */
	struct arena paths;
};

struct source {
	const struct source_type *type;
};

struct source_type {
	bool (*list)(struct source *s, struct source_files *files, struct err *err);
	enum skip_reason (*read)(struct source *s, const struct source_file *file, struct buf *bytes);
	bool (*has)(struct source *s, struct str path); /* may be NULL, and so may the next */
	bool (*ignores)(struct source *s, struct str path);
	void (*close)(struct source *s);
};

/* Limits that hold for every source. */
enum { SOURCE_MOST_BYTES = 2 * 1024 * 1024, SOURCE_MOST_DEPTH = 256 };

/*
 * Lists every file that bylaw may read: of a language it knows, not ignored. False only when nothing can be
 * listed at all; a folder that cannot be opened is an entry with its skip reason.
 */
static inline bool source_list(struct source *s, struct source_files *files, struct err *err)
{
	return s->type->list(s, files, err);
}

/*
 * Reads one listed file into `bytes` (cleared first; a UTF-8 byte order mark is kept). SKIP_NONE on success;
 * otherwise why not, and `bytes` is empty. Safe to call from several threads at once.
 */
static inline enum skip_reason source_read(struct source *s, const struct source_file *file, struct buf *bytes)
{
	return s->type->read(s, file, bytes);
}

/* Is there a file at this path, listed or not? True where a source knows only what it lists. */
static inline bool source_has(struct source *s, struct str path)
{
	return !s->type->has || s->type->has(s, path);
}

/*
 * Would git ignore a file at this path, be it there or not? False where a source has no ignore files. Paths that come
 * in order share work. Not to be called from several threads.
 */
static inline bool source_ignores(struct source *s, struct str path)
{
	return s->type->ignores && s->type->ignores(s, path);
}

static inline void source_close(struct source *s)
{
	if (s)
		s->type->close(s);
}

void source_files_release(struct source_files *files);

#endif
