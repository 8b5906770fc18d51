/* One way to write a path, whatever the framework. */
#include "wire/internal.h"

static bool is_word(char c)
{
	return char_is_alnum(c) || c == '_' || c == '$';
}

static uint32_t word_length(struct str s)
{
	uint32_t len = 0;
	while (len < s.len && is_word(s.ptr[len]))
		len++;
	return len;
}

/* Does the path end in the rest of a path, and a slash? */
static bool ends_in_rest(struct str path)
{
	uint32_t brace = str_rfind(path, '{');
	return str_ends(path, STR("}/")) && str_starts(str_slice(path, brace, path.len), STR("{*"));
}

enum parameter { ONE, OPTIONAL, REST };

/* The rest of a rest is no more of the path: what is mounted at /assets/{*} serves just that. */
static void add_parameter(struct buf *out, struct str name, enum parameter parameter)
{
	if (parameter == REST && ends_in_rest(buf_str(out)))
		return;
	buf_printf(out, "{%s%.*s%s}", parameter == REST ? "*" : "", STR_ARG(name), parameter == OPTIONAL ? "?" : "");
}

/* Where the bracket at the start of `s` closes, nested ones skipped; its length when it never does. */
static uint32_t closing(struct str s, char open, char close)
{
	uint32_t depth = 0;
	for (uint32_t i = 0; i < s.len; i++) {
		depth += s.ptr[i] == open;
		depth -= s.ptr[i] == close;
		if (depth == 0)
			return i;
	}
	return s.len;
}

/* {id}, {id?}, {id:uuid}, {id:[0-9]+}, {*rest}, {rest...}, {rest:path}, {**} */
static uint32_t add_braces(struct buf *out, struct str s)
{
	uint32_t end = closing(s, '{', '}');
	struct str inside = str_slice(s, 1, end);
	bool rest = false;
	for (; inside.len && inside.ptr[0] == '*'; rest = true)
		inside = str_slice(inside, 1, inside.len);
	uint32_t len = word_length(inside);
	struct str kind = str_slice(inside, len, inside.len);
	rest = rest || str_is(kind, ":path") || str_is(kind, "...") || str_is(kind, ":.*") || str_is(kind, ":.+");
	add_parameter(out, str_slice(inside, 0, len), rest ? REST : str_is(kind, "?") ? OPTIONAL : ONE);
	return end + 1;
}

static bool is_kind(struct str word)
{
	static const char *const kinds[] = { "alpha", "ext", "float", "int", "number", "path", "slug", "str", "string",
		"uuid", "ymd" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_is(word, kinds[i]))
			return true;
	return false;
}

/* <id>, <int:id>, <path:rest>, <rest..>, Sanic's <id:int>; (?P<id>…) is a regular expression's */
static uint32_t add_angles(struct buf *out, struct str s)
{
	uint32_t end = closing(s, '<', '>');
	struct str inside = str_slice(s, 1, end), kind = STR("");
	uint32_t colon = str_find(inside, ':');
	if (colon < inside.len) {
		struct str before = str_slice(inside, 0, colon), behind = str_slice(inside, colon + 1, inside.len);
		bool name_first = is_kind(behind) && !is_kind(before);
		kind = name_first ? behind : before;
		inside = name_first ? before : behind;
	}
	bool rest = str_is(kind, "path") || str_ends(inside, STR(".."));
	add_parameter(out, str_slice(inside, 0, word_length(inside)), rest ? REST : ONE);
	return end + 1;
}

/* :id, :id(\\d+), :id?, :rest* */
static uint32_t add_colon(struct buf *out, struct str s)
{
	uint32_t end = 1 + word_length(str_slice(s, 1, s.len));
	struct str name = str_slice(s, 1, end);
	if (end < s.len && s.ptr[end] == '(')
		end += closing(str_slice(s, end, s.len), '(', ')') + 1;
	char mark = end < s.len ? s.ptr[end] : 0;
	bool is_segment = out->ptr[out->len - 1] == '/' && (end + 1 >= s.len || s.ptr[end + 1] == '/');
	enum parameter parameter = ONE;
	if (mark == '*' || mark == '+')
		parameter = REST;
	else if (mark == '?' && is_segment)
		parameter = OPTIONAL;
	add_parameter(out, name, parameter);
	return end + (mark && strchr("?*+", mark));
}

/* *, *rest, ** */
static uint32_t add_star(struct buf *out, struct str s)
{
	uint32_t start = 1;
	while (start < s.len && s.ptr[start] == '*')
		start++;
	uint32_t end = start + word_length(str_slice(s, start, s.len));
	add_parameter(out, str_slice(s, start, end), REST);
	return end;
}

/* .*, .+ */
static bool is_anything(struct str pattern)
{
	return str_is(pattern, ".*") || str_is(pattern, ".+");
}

/* (?P<id>[0-9]+), (?<rest>.*), ([^/]+) of a regular expression; (?:…) is what it holds, (?!…) only looks ahead or behind. */
static uint32_t add_group(struct buf *out, struct str s)
{
	uint32_t end = closing(s, '(', ')');
	struct str inside = str_slice(s, 1, end), name = STR("");
	if (str_starts(inside, STR("?:")))
		return 3;
	uint32_t start = str_starts(inside, STR("?P<")) ? 3 : str_starts(inside, STR("?<")) ? 2 : 0;
	uint32_t word = start ? word_length(str_slice(inside, start, inside.len)) : 0;
	if (str_starts(inside, STR("?")) && !word)
		return end + 1;
	if (word) {
		name = str_slice(inside, start, start + word);
		inside = str_slice(inside, start + word + 1, inside.len);
	}
	add_parameter(out, name, is_anything(inside) ? REST : ONE);
	return end + 1;
}

/* \\d+, [^/]+, .*, of a regular expression; returns how much is such a class, with how often it may come. */
static uint32_t class_length(struct str s)
{
	bool is_escape = s.len > 1 && s.ptr[0] == '\\' && strchr("dwS", s.ptr[1]);
	bool is_dot = s.len > 1 && s.ptr[0] == '.' && (s.ptr[1] == '*' || s.ptr[1] == '+');
	uint32_t bracket = s.ptr[0] == '[' ? closing(s, '[', ']') : s.len;
	uint32_t len = is_escape ? 2 : is_dot ? 1 : bracket < s.len ? bracket + 1 : 0;
	while (len && len < s.len && strchr("?*+", s.ptr[len]))
		len++;
	if (len && len < s.len && s.ptr[len] == '{')
		len += closing(str_slice(s, len, s.len), '{', '}') + 1;
	return len;
}

static uint32_t add_class(struct buf *out, struct str s)
{
	uint32_t len = class_length(s);
	if (len)
		add_parameter(out, STR(""), s.ptr[0] == '.' ? REST : ONE);
	return len ? len : 1;
}

/* What stands between the slashes of a literal of JavaScript that starts with ^; anything else is itself. */
static struct str without_delimiters(struct str written)
{
	if (!str_starts(written, STR("/^")))
		return written;
	uint32_t end = str_rfind(written, '/');
	return str_slice(written, 1, end > 1 ? end : written.len);
}

/* Express 5 has its optional pieces in braces: /users{/:id}. One that is a parameter alone is optional. */
static void close_optional(struct buf *out)
{
	struct str path = buf_str(out), last = str_slice(path, str_rfind(path, '/') + 1, path.len);
	if (!str_starts(last, STR("{")) || str_find(last, '}') + 1 != last.len || !is_word(last.ptr[last.len - 2]))
		return;
	out->len--;
	buf_add_text(out, "?}");
}

/* What is written at the start of `s`; returns how much was taken. */
static uint32_t add_piece(struct buf *out, struct str s)
{
	bool at_start = out->len && out->ptr[out->len - 1] == '/';
	uint32_t word = s.len > 1 ? word_length(str_slice(s, 1, s.len)) : 0;
	switch (s.ptr[0]) {
	case '{':
		return word == 0 && s.len > 1 && strchr("/.-:", s.ptr[1]) ? 1 : add_braces(out, s);
	case '}':
		close_optional(out);
		return 1;
	case '<':
		return add_angles(out, s);
	case ':':
		if (word)
			return add_colon(out, s);
		break;
	case '(':
		return add_group(out, s);
	case ')':
		return s.len > 1 && s.ptr[1] == '?' ? 2 : 1;
	case '\\':
	case '[':
		return add_class(out, s);
	case '?':
		if (str_is(s, "?$"))
			return 2;
		break;
	case '^': /* the ends of a regular expression */
		if (at_start)
			return 1;
		break;
	case '$':
		if (s.len == 1)
			return 1;
		break;
	case '*':
		if (at_start || word == 0)
			return add_star(out, s);
		break;
	case '/':
		if (at_start)
			return 1;
		break;
	case '.': /* ./users is users */
		if (class_length(s))
			return add_class(out, s);
		if (at_start && (s.len == 1 || s.ptr[1] == '/'))
			return 1;
		break;
	default:
		break;
	}
	buf_add_char(out, s.ptr[0]);
	return 1;
}

void path_add(struct buf *out, struct str written)
{
	if (!out->len || out->ptr[out->len - 1] != '/')
		buf_add_char(out, '/');
	struct str pattern = without_delimiters(written);
	bool is_open_ended = pattern.len < written.len && !str_ends(pattern, STR("$"));
	written = pattern;
	while (written.len && !str_starts(written, STR("?<"))) { /* /search?<text>: a query string is no path */
		uint32_t taken = add_piece(out, written);
		written = str_slice(written, taken, written.len);
	}
	if (is_open_ended && !str_ends(buf_str(out), STR("{*}")))
		add_parameter(out, STR(""), REST);
	if (out->len > 1 && out->ptr[out->len - 1] == '/')
		out->len--;
}

bool path_says_something(struct str path)
{
	struct str segment;
	while (str_split(&path, '/', &segment))
		if (segment.len && str_find(segment, '{') == UINT32_MAX)
			return true;
	return false;
}

/* Folders that hold what a page is made of. */
static bool is_file_folder(struct str segment)
{
	static const char *const names[] = { "assets", "static", "images", "img", "icons", "fonts", "locales", "intl",
		"i18n", "public", "media" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(segment, names[i]))
			return true;
	return false;
}

bool path_names_file(struct str path)
{
	enum { LONGEST_ENDING = 6 };
	struct str last = str_slice(path, str_rfind(path, '/') + 1, path.len), rest = path, segment;
	uint32_t dot = str_rfind(last, '.');
	if (dot != UINT32_MAX && dot > 0 && last.len - dot <= LONGEST_ENDING && str_find(last, '{') == UINT32_MAX)
		return true;
	str_split(&rest, '/', &segment); /* before the first slash */
	return str_split(&rest, '/', &segment) && rest.len && is_file_folder(segment);
}
