#include "git/internal.h"

#include "source/plain.h"

#include <ctype.h>
#include <fcntl.h>

/*
 * Revisions: HEAD, branches, tags and hashes, with ~n and ^n behind. Not what searches commit messages
 * (libgit2's regular expressions are not for hostile patterns) nor what needs the reflog or the
 * configuration.
 */

enum { MOST_LINKS = 5, MOST_REF_BYTES = 4096, MOST_PACKED_BYTES = 64 * 1024 * 1024, MOST_COMMIT = 16 * 1024 * 1024 };

static bool is_hex(struct str s)
{
	for (uint32_t i = 0; i < s.len; i++)
		if (!isxdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

static bool id_from(struct str hex, git_oid *id)
{
	return hex.len == GIT_OID_HEXSZ && is_hex(hex) && git_oid_fromstrn(id, hex.ptr, hex.len) == 0;
}

static bool load(struct str folder, struct str name, uint32_t most, struct buf *text)
{
	struct buf path = { 0 };
	buf_printf(&path, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
	bool loaded = plain_load(AT_FDCWD, buf_cstr(&path), LINKS_REFUSED, most, text);
	buf_release(&path);
	return loaded;
}

/* Looks for "HASH NAME" in packed-refs. */
static bool find_packed(struct git_repo *repo, struct str name, git_oid *id)
{
	struct buf text = { 0 };
	bool found = false;
	load(buf_str(&repo->worktree.common_dir), STR("packed-refs"), MOST_PACKED_BYTES, &text);
	struct str rest = buf_str(&text), line;
	while (!found && str_split(&rest, '\n', &line)) {
		uint32_t space = str_find(line, ' ');
		found = space == GIT_OID_HEXSZ && str_eq(str_trim(str_slice(line, space + 1, line.len)), name) &&
			id_from(str_slice(line, 0, space), id);
	}
	buf_release(&text);
	return found;
}

/* A loose reference: "ref: NAME", whose name goes to `link`, or a hash. */
static bool read_loose(struct git_repo *repo, struct str name, git_oid *id, struct buf *link)
{
	struct buf text = { 0 };
	bool own = !str_starts(name, STR("refs/")) || str_starts(name, STR("refs/bisect/")) ||
		   str_starts(name, STR("refs/worktree/"));
	struct str folder = buf_str(own ? &repo->worktree.git_dir : &repo->worktree.common_dir);
	bool found = load(folder, name, MOST_REF_BYTES, &text);
	struct str value = buf_str(&text);
	buf_clear(link);
	if (str_starts(value, STR("ref:")))
		buf_add(link, str_trim(str_slice(value, 4, value.len)));
	else if (found)
		found = id_from(str_slice(value, 0, GIT_OID_HEXSZ), id);
	buf_release(&text);
	return found;
}

static bool is_ref_name(struct str name)
{
	struct buf text = { 0 };
	int valid = 0;
	buf_add(&text, name);
	bool yes = git_reference_name_is_valid(&valid, buf_cstr(&text)) == 0 && valid;
	buf_release(&text);
	return yes;
}

/* Follows a reference by its full name. */
static bool read_ref(struct git_repo *repo, struct str full, git_oid *id)
{
	struct buf name = { 0 }, link = { 0 };
	bool found = false;
	buf_add(&name, full);
	for (int i = 0; i < MOST_LINKS; i++) {
		if (!is_ref_name(buf_str(&name)))
			break;
		found = read_loose(repo, buf_str(&name), id, &link);
		if (!found)
			found = find_packed(repo, buf_str(&name), id);
		if (!link.len)
			break;
		found = false;
		buf_clear(&name);
		buf_add(&name, buf_str(&link));
	}
	buf_release(&name);
	buf_release(&link);
	return found;
}

/* The places where git looks for a short name, in its order (gitrevisions(7)). */
static bool find_ref(struct git_repo *repo, struct str name, git_oid *id)
{
	static const char *const forms[][2] = {
		{ "", "" },
		{ "refs/", "" },
		{ "refs/tags/", "" },
		{ "refs/heads/", "" },
		{ "refs/remotes/", "" },
		{ "refs/remotes/", "/HEAD" },
	};
	bool found = false;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms) && !found; i++) {
		struct buf full = { 0 };
		buf_printf(&full, "%s%.*s%s", forms[i][0], STR_ARG(name), forms[i][1]);
		found = read_ref(repo, buf_str(&full), id);
		buf_release(&full);
	}
	return found;
}

static bool find_short(struct git_repo *repo, struct str hex, git_oid *id, struct err *err)
{
	git_oid start;
	if (hex.len < 4 || hex.len > GIT_OID_HEXSZ || !is_hex(hex) || git_oid_fromstrn(&start, hex.ptr, hex.len) != 0)
		return false;
	int error = git_odb_exists_prefix(id, repo->odb, &start, hex.len);
	if (error == GIT_EAMBIGUOUS)
		return err_set(err, "more than one commit begins with \"%.*s\"; write more of the hash", STR_ARG(hex));
	return error == 0;
}

/* Is HEAD a branch that has no commit yet? */
static bool is_unborn(struct git_repo *repo)
{
	struct buf link = { 0 };
	git_oid id;
	bool unborn = read_loose(repo, STR("HEAD"), &id, &link) && link.len && !read_ref(repo, STR("HEAD"), &id);
	buf_release(&link);
	return unborn;
}

static bool not_found(struct git_repo *repo, struct str name, struct err *err)
{
	struct buf head = { 0 };
	if (is_unborn(repo) && str_is(name, "HEAD"))
		return err_set(err, "the repository has no commit yet");
	load(buf_str(&repo->worktree.git_dir), STR("HEAD"), MOST_REF_BYTES, &head);
	bool long_ids = str_trim(buf_str(&head)).len == 64 && is_hex(str_trim(buf_str(&head)));
	buf_release(&head);
	if (long_ids)
		return err_set(err, "the repository uses SHA-256, which is not supported");
	return err_set(err, "no commit or tag \"%.*s\"%s", STR_ARG(name), git_missing_hint(repo));
}

/* A tag leads to what it marks; in the end there must be a commit. */
static bool peel(struct git_repo *repo, git_oid *id, struct str name, struct err *err)
{
	git_object *object = NULL, *commit = NULL;
	bool peeled = false;
	size_t size;
	git_object_t type;
	if (git_odb_read_header(&size, &type, repo->odb, id) != 0 || size > MOST_COMMIT ||
		git_object_lookup(&object, repo->objects, id, GIT_OBJECT_ANY) != 0)
		err_set(err, "no commit or tag \"%.*s\"%s", STR_ARG(name), git_missing_hint(repo));
	else if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) != 0)
		err_set(err, "\"%.*s\" is not a commit", STR_ARG(name));
	else
		peeled = git_oid_cpy(id, git_object_id(commit)) == 0;
	git_object_free(object);
	git_object_free(commit);
	return peeled;
}

static bool go_to_parent(struct git_repo *repo, git_oid *id, uint32_t number, struct str name, struct err *err)
{
	git_commit *commit = NULL;
	const git_oid *parent = NULL;
	if (git_is_object(repo, id, GIT_OBJECT_COMMIT, MOST_COMMIT) &&
		git_commit_lookup(&commit, repo->objects, id) == 0)
		parent = git_commit_parent_id(commit, number - 1);
	bool found = parent && git_oid_cpy(id, parent) == 0 && git_is_object(repo, id, GIT_OBJECT_COMMIT, MOST_COMMIT);
	git_commit_free(commit);
	return found || err_set(err, "\"%.*s\" has no such parent%s", STR_ARG(name), git_missing_hint(repo));
}

/* One of ~ ~3 ^ ^2 ^0 at *at of the revision. */
static bool follow(struct git_repo *repo, struct str name, uint32_t *at, git_oid *id, struct err *err)
{
	char kind = name.ptr[(*at)++];
	uint32_t number = 0, digits = *at;
	while (*at < name.len && isdigit((unsigned char)name.ptr[*at]) && *at - digits < 7)
		number = number * 10 + (uint32_t)(name.ptr[(*at)++] - '0');
	if (*at == digits)
		number = 1;
	if (*at < name.len && name.ptr[*at] != '~' && name.ptr[*at] != '^')
		return err_set(err,
			"\"%.*s\" is not the name of a commit: write a branch, a tag or a hash, "
			"with ~2 or ^2 behind it",
			STR_ARG(name));
	if (kind == '^')
		return number == 0 || go_to_parent(repo, id, number, name, err);
	for (uint32_t i = 0; i < number; i++)
		if (!go_to_parent(repo, id, 1, name, err))
			return false;
	return true;
}

static bool resolve(struct git_repo *repo, struct str name, git_oid *id, struct err *err)
{
	uint32_t at = 0;
	while (at < name.len && name.ptr[at] != '~' && name.ptr[at] != '^')
		at++;
	struct str base = str_slice(name, 0, at);
	if (str_is(base, "@"))
		base = STR("HEAD");
	bool found = base.len && (id_from(base, id) || find_ref(repo, base, id) || find_short(repo, base, id, err));
	if (!found)
		return err_is_set(err) ? false : not_found(repo, base, err);
	if (!peel(repo, id, base, err))
		return false;
	while (at < name.len)
		if (!follow(repo, name, &at, id, err))
			return false;
	return true;
}

bool git_resolve(struct git_repo *repo, const char *revision, git_oid *commit, struct err *err)
{
	struct err own = { "" };
	pthread_mutex_lock(&repo->lock);
	bool found = resolve(repo, str_from(revision), commit, &own);
	pthread_mutex_unlock(&repo->lock);
	return found || err_set(err, "%s", own.message);
}

bool git_repo_merge_base(struct git_repo *repo, const char *revision, char out[41], struct err *err)
{
	git_oid head, other, base;
	if (!git_resolve(repo, "HEAD", &head, err) || !git_resolve(repo, revision, &other, err))
		return false;
	pthread_mutex_lock(&repo->lock);
	int error = git_merge_base(&base, repo->objects, &head, &other);
	pthread_mutex_unlock(&repo->lock);
	if (error)
		return err_set(err, "\"%s\" and HEAD have no common commit%s", revision, git_missing_hint(repo));
	git_oid_tostr(out, 41, &base);
	return true;
}
