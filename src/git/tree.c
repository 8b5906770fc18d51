#include "git/internal.h"

#include "source/listing.h"

/* A tree may contain itself a thousand times over in a few bytes, so folders and entries are counted. */
enum { MOST_TREE_BYTES = 64 * 1024 * 1024, MOST_ENTRIES = 4 * 1000 * 1000 };

/* A tree still to be read. */
struct pending {
	git_oid id;
	struct str path; /* with a slash behind it, or empty */
	uint32_t depth;
};

struct tree_walk {
	struct git_source *source;
	VEC(struct pending) pending;
	struct buf path;
	uint32_t entries;
};

/* Names that git would refuse to check out. They never reach the disk, but they are no part of the project.
 */
static bool is_proper(struct str name)
{
	return name.len && !str_is(name, ".") && !str_is(name, "..") && !str_eq_nocase(name, STR(".git")) &&
	       str_find(name, '/') == UINT32_MAX;
}

static void add_folder(struct tree_walk *w, struct str name, const git_oid *id, uint32_t depth)
{
	if (listing_skips_folder(name))
		return;
	if (depth >= SOURCE_MOST_DEPTH) {
		git_source_add_skipped(w->source, buf_str(&w->path), SKIP_DEPTH);
		return;
	}
	buf_add_char(&w->path, '/');
	struct pending folder = { .path = arena_str(&w->source->paths, buf_str(&w->path)), .depth = depth + 1 };
	git_oid_cpy(&folder.id, id);
	vec_push(&w->pending, folder);
}

static void add_entry(struct tree_walk *w, const struct pending *folder, const git_tree_entry *entry)
{
	struct str name = str_from(git_tree_entry_name(entry));
	if (!is_proper(name))
		return;
	buf_clear(&w->path);
	buf_add(&w->path, folder->path);
	buf_add(&w->path, name);
	uint32_t mode = (uint32_t)git_tree_entry_filemode(entry);
	if (mode == GIT_FILEMODE_TREE)
		add_folder(w, name, git_tree_entry_id(entry), folder->depth);
	else
		git_source_add(w->source, buf_str(&w->path), mode, git_tree_entry_id(entry));
}

static git_tree *load_tree(struct git_repo *repo, const git_oid *id)
{
	git_tree *tree = NULL;
	if (git_is_object(repo, id, GIT_OBJECT_TREE, MOST_TREE_BYTES))
		git_tree_lookup(&tree, repo->objects, id);
	return tree;
}

/* Reads one tree; what is below it becomes pending. */
static void read_tree(struct tree_walk *w, struct git_repo *repo, const struct pending *folder)
{
	git_tree *tree = load_tree(repo, &folder->id);
	if (!tree) {
		struct str path = folder->path;
		git_source_add_skipped(w->source, str_slice(path, 0, path.len ? path.len - 1 : 0), SKIP_OBJECT);
		return;
	}
	size_t count = git_tree_entrycount(tree);
	for (size_t i = 0; i < count && w->entries <= MOST_ENTRIES; i++, w->entries++)
		add_entry(w, folder, git_tree_entry_byindex(tree, i));
	w->entries++;
	git_tree_free(tree);
}

static bool walk_tree(struct git_source *source, const git_oid *root, const char *revision, struct err *err)
{
	struct tree_walk w = { .source = source };
	struct pending top = { .path = STR("") };
	git_oid_cpy(&top.id, root);
	vec_push(&w.pending, top);
	while (w.pending.count && w.entries <= MOST_ENTRIES) {
		struct pending next = w.pending.items[--w.pending.count];
		read_tree(&w, source->repo, &next);
	}
	vec_release(&w.pending);
	buf_release(&w.path);
	return w.entries <= MOST_ENTRIES ||
	       err_set(err, "\"%s\" has more than %d files and folders; it is not read", revision, MOST_ENTRIES);
}

enum outcome { FOUND, ABSENT, BROKEN };

/* Goes from a tree to the tree of a folder below it. */
static enum outcome descend(struct git_repo *repo, git_oid *id, struct str below)
{
	struct str name;
	while (below.len && str_split(&below, '/', &name)) {
		git_tree *tree = load_tree(repo, id);
		struct buf text = { 0 };
		if (!tree)
			return BROKEN;
		buf_add(&text, name);
		const git_tree_entry *entry = git_tree_entry_byname(tree, buf_cstr(&text));
		bool folder = entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
		if (folder)
			git_oid_cpy(id, git_tree_entry_id(entry));
		buf_release(&text);
		git_tree_free(tree);
		if (!folder)
			return ABSENT;
	}
	return git_is_object(repo, id, GIT_OBJECT_TREE, MOST_TREE_BYTES) ? FOUND : BROKEN;
}

static bool fill(
	struct git_source *source, const char *revision, const git_oid *commit_id, struct str below, struct err *err)
{
	git_commit *commit;
	git_oid id;
	if (git_commit_lookup(&commit, source->repo->objects, commit_id) != 0)
		return err_set(err, "the commit of \"%s\" cannot be read%s", revision, git_missing_hint(source->repo));
	git_oid_cpy(&id, git_commit_tree_id(commit));
	git_commit_free(commit);
	switch (descend(source->repo, &id, below)) {
	case ABSENT:
		return true;
	case FOUND:
		return walk_tree(source, &id, revision, err);
	default:
		return err_set(err, "the files of \"%s\" cannot be read: object %.10s is missing or broken%s", revision,
			git_oid_tostr_s(&id), git_missing_hint(source->repo));
	}
}

struct source *git_tree_source_open(struct git_repo *repo, const char *revision, struct str below, struct err *err)
{
	git_oid commit;
	if (!git_resolve(repo, revision, &commit, err))
		return NULL;
	struct git_source *source = git_source_new(repo);
	pthread_mutex_lock(&repo->lock);
	bool filled = fill(source, revision, &commit, below, err);
	pthread_mutex_unlock(&repo->lock);
	git_source_finish(source);
	if (filled)
		return &source->source;
	source_close(&source->source);
	return NULL;
}
