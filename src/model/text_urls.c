/* new URL(path, base) and its kin: a path resolved against a base, as RFC 3986 has it. */
#include "model/text.h"

/* Where the path starts behind scheme and host; 0 when the text names no host. */
static uint32_t path_start(struct str url)
{
	uint32_t colon = str_find(url, ':');
	uint32_t start = str_starts(url, STR("//")) ? 0 : colon;
	if (start == UINT32_MAX || !str_starts(str_slice(url, start ? start + 1 : 0, url.len), STR("//")))
		return 0;
	start += start ? 3 : 2;
	uint32_t slash = str_find(str_slice(url, start, url.len), '/');
	return slash == UINT32_MAX ? url.len : start + slash;
}

static bool is_absolute(struct str url)
{
	return path_start(url) > 0;
}

/* "/users" on "{API}": the base gives host and scheme and nothing else, so `//{API}/users`. */
static void add_rooted(struct reading *r, struct str base, struct str path)
{
	uint32_t keep = path_start(base);
	if (keep)
		buf_add(&r->text, str_slice(base, 0, keep));
	else if (!str_empty(base) && base.ptr[0] == '{')
		buf_printf(&r->text, "//%.*s", STR_ARG(str_slice(base, 0, str_find(base, '}') + 1)));
	buf_add(&r->text, path);
}

static void add_relative(struct reading *r, struct str base, struct str path)
{
	uint32_t slash = str_rfind(base, '/'), host = path_start(base);
	if (slash != UINT32_MAX && slash >= host && base.ptr[0] != '{')
		base = str_slice(base, 0, slash);
	buf_printf(&r->text, "%.*s/%.*s", STR_ARG(base), STR_ARG(path));
}

static struct str take(struct reading *r, uint32_t start)
{
	struct str taken = arena_str(&r->scratch, str_slice(buf_str(&r->text), start, r->text.len));
	r->text.len = start;
	return taken;
}

static void cut_to_path(struct reading *r, uint32_t start)
{
	struct str url = take(r, start);
	struct str path = str_slice(url, path_start(url), url.len);
	buf_add(&r->text, str_slice(path, 0, str_find(path, '?')));
}

bool text_of_url(struct reading *r, file_id file, node_id path, node_id base, struct str member)
{
	uint32_t start = r->text.len;
	bool says = text_read(r, file, path, STR(""));
	struct str last = take(r, start);
	struct str first = base && text_read(r, file, base, STR("")) ? take(r, start) : STR("");
	if (str_is(member, "search") || str_is(member, "hash") || str_is(member, "searchParams")) {
		r->is_left_out = true;
		return false;
	}
	bool is_open = !str_empty(last) && last.ptr[0] == '{'; /* `${API}/a` against the page's origin */
	if (is_absolute(last) || is_open || !base)
		buf_add(&r->text, last);
	else if (!str_empty(last) && last.ptr[0] == '/')
		add_rooted(r, first, last);
	else
		add_relative(r, first, last);
	if (str_is(member, "pathname"))
		cut_to_path(r, start);
	return says;
}
