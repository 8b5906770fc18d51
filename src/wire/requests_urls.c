/* A URL with holes → origin and path. */
#include "wire/requests.h"

/* Behind the hole at the start of `s`; 0 when there is none. */
static uint32_t hole_length(struct str s)
{
	uint32_t close = s.len && s.ptr[0] == '{' ? str_find(s, '}') : UINT32_MAX;
	return close == UINT32_MAX ? 0 : close + 1;
}

/* Offset of the first of these bytes outside of holes; the length when there is none. */
static uint32_t find_outside(struct str s, const char *bytes)
{
	uint32_t i = 0;
	while (i < s.len && !strchr(bytes, s.ptr[i])) {
		uint32_t hole = hole_length(str_slice(s, i, s.len));
		i += hole ? hole : 1;
	}
	return i;
}

static struct str without_query(struct str url)
{
	return str_slice(url, 0, find_outside(url, "?#"));
}

/* Behind "https:", "{scheme}:" or "{protocol}"; 0 when the URL names no scheme. */
static uint32_t scheme_length(struct str url)
{
	uint32_t len = hole_length(url);
	bool has_colon = str_starts(url, STR("{protocol}")); /* location.protocol ends in one */
	while (!hole_length(url) && len < url.len && char_is_alnum(url.ptr[len]))
		len++;
	if (!has_colon && len && len < url.len && url.ptr[len] == ':') {
		has_colon = true;
		len++;
	}
	return has_colon && str_starts(str_slice(url, len, url.len), STR("//")) ? len : 0;
}

/* The base of the client and what is asked of it, with one slash between them. */
static struct str joined(struct arena *arena, struct str base, struct str url)
{
	bool is_absolute = scheme_length(url) || str_starts(url, STR("//"));
	bool is_open = hole_length(base) && hole_length(url); /* two unknown beginnings: the nearer one is the whole */
	if (str_empty(base) || is_absolute || is_open)
		return url;
	while (base.len && base.ptr[base.len - 1] == '/')
		base.len--;
	return arena_printf(arena, "%.*s%s%.*s", STR_ARG(base), str_starts(url, STR("/")) || str_empty(url) ? "" : "/",
		STR_ARG(url));
}

/* Takes scheme and host from the start. A host that is not known still ends where the path begins. */
static struct str take_origin(struct str url, struct target *target)
{
	uint32_t scheme = scheme_length(url);
	if (!scheme && !str_starts(url, STR("//")))
		return url;
	uint32_t host = scheme + 2;
	uint32_t end = host + find_outside(str_slice(url, host, url.len), "/");
	struct str origin = str_slice(url, 0, end);
	target->origin = str_find(origin, '{') == UINT32_MAX && scheme ? origin : STR("");
	target->opening = str_empty(target->origin) ? origin : STR("");
	return str_slice(url, end, url.len);
}

/* What stands first and is not known: a host with its port, or a base of any kind. */
static struct str take_unknown(struct str url, struct target *target)
{
	uint32_t len = hole_length(url);
	struct str rest = str_slice(url, len, url.len);
	if (len && str_starts(rest, STR(":")))
		return str_slice(rest, find_outside(rest, "/"), rest.len);
	target->is_tail = len > 0;
	target->opening = str_slice(url, 0, len);
	for (len = len ? hole_length(rest) : 0; len; len = hole_length(rest))
		rest = str_slice(rest, len, rest.len);
	return rest;
}

/* The hole at the very end that is glued to a word or to another hole; 0 when there is none. */
static uint32_t glued(struct str path)
{
	uint32_t open = str_rfind(path, '{');
	bool at_end = open && open != UINT32_MAX && path.ptr[path.len - 1] == '}';
	return at_end && (char_is_alnum(path.ptr[open - 1]) || path.ptr[open - 1] == '}') ? open : 0;
}

/* `/api{path}`, `/users{path}/access`: by its name, what is glued is more of the path. */
static bool is_more_path(struct str path)
{
	static const char *const names[] = { "path", "pathname", "endpoint", "url", "uri", "route", "resource",
		"suffix" };
	for (uint32_t i = 1; i < path.len; i++) {
		uint32_t hole = hole_length(str_slice(path, i, path.len));
		if (!hole || (!char_is_alnum(path.ptr[i - 1]) && path.ptr[i - 1] != '}'))
			continue;
		struct str name = str_slice(path, i + 1, i + hole - 1);
		for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++)
			if (str_eq_nocase(name, str_from(names[n])))
				return true;
	}
	return false;
}

/* `/users{query}`: what is glued to a word at the very end is a query string. */
static struct str without_glued(struct str path)
{
	for (uint32_t open; (open = glued(path)) > 0;)
		path = str_slice(path, 0, open);
	return path;
}

static bool says_something(struct str path)
{
	uint32_t i = 0;
	while (i < path.len && !char_is_alnum(path.ptr[i])) {
		uint32_t hole = hole_length(str_slice(path, i, path.len));
		i += hole ? hole : 1;
	}
	return i < path.len;
}

/* A scheme that no service answers: data:, blob:, mailto: … */
static bool is_elsewhere(struct str url)
{
	static const char *const schemes[] = {
		"data:", "blob:", "mailto:", "tel:", "file:", "javascript:", "chrome-extension:"
	};
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (str_starts(url, str_from(schemes[i])))
			return true;
	return false;
}

struct target target_of_url(struct arena *arena, struct str base, struct str url)
{
	struct target target = { .origin = STR(""), .path = STR("/") };
	if (is_elsewhere(url))
		return target;
	struct str rest = without_query(str_trim(joined(arena, base, url)));
	bool has_origin = scheme_length(rest) || str_starts(rest, STR("//"));
	rest = has_origin ? take_origin(rest, &target) : take_unknown(rest, &target);
	struct buf path = { 0 };
	path_add(&path, without_glued(rest));
	target.path = arena_str(arena, buf_str(&path));
	target.is_known = !is_more_path(rest) &&
			  (says_something(target.path) || (target.path.len == 1 && str_empty(target.opening)));
	buf_release(&path);
	return target;
}
