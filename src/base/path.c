#include "base/path.h"

#include "base/buf.h"

struct str path_name(struct str path)
{
	uint32_t slash = str_rfind(path, '/');
	return slash == UINT32_MAX ? path : str_slice(path, slash + 1, path.len);
}

struct str path_dir(struct str path)
{
	uint32_t slash = str_rfind(path, '/');
	return slash == UINT32_MAX ? STR("") : str_slice(path, 0, slash);
}

struct str path_extension(struct str path)
{
	struct str name = path_name(path);
	uint32_t dot = str_rfind(name, '.');
	return dot == UINT32_MAX || dot == 0 ? STR("") : str_slice(name, dot + 1, name.len);
}

static bool add_parts(struct buf *out, struct str path)
{
	struct str part;
	while (str_split(&path, '/', &part)) {
		if (str_empty(part) || str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			if (out->len == 0)
				return false;
			out->len = path_dir(buf_str(out)).len;
			continue;
		}
		if (out->len)
			buf_add_char(out, '/');
		buf_add(out, part);
	}
	return true;
}

bool path_join(struct arena *a, struct str dir, struct str relative, struct str *out)
{
	struct buf joined = { 0 };
	bool inside = add_parts(&joined, dir) && add_parts(&joined, relative);
	*out = inside ? arena_str(a, buf_str(&joined)) : STR("");
	buf_release(&joined);
	return inside;
}

bool path_below(struct str path, struct str dir)
{
	return dir.len == 0 || (str_starts(path, dir) && (path.len == dir.len || path.ptr[dir.len] == '/'));
}
