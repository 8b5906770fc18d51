/* What is read from Go's text and not from its tree. */
#include "parse/go.h"

/* v2, but not v1beta1 */
static bool is_version(struct str segment)
{
	for (uint32_t i = 1; i < segment.len; i++)
		if (segment.ptr[i] < '0' || segment.ptr[i] > '9')
			return false;
	return segment.len > 1 && segment.ptr[0] == 'v';
}

static bool is_name_byte(char c)
{
	return c == '_' || char_is_alnum(c) || (unsigned char)c >= 0x80;
}

/*
 * The name that goimports assumes of a package: the last segment that is no version, without "go-" before it
 * and up to the first byte that no name may have: yaml.v3, nats.go, kafka-go.
 */
struct str go_package_name(struct str path)
{
	uint32_t slash = str_rfind(path, '/');
	if (slash != UINT32_MAX && is_version(str_slice(path, slash + 1, path.len))) {
		path = str_slice(path, 0, slash);
		slash = str_rfind(path, '/');
	}
	struct str last = slash == UINT32_MAX ? path : str_slice(path, slash + 1, path.len);
	if (str_starts(last, STR("go-")))
		last = str_slice(last, 3, last.len);
	uint32_t end = 0;
	while (end < last.len && is_name_byte(last.ptr[end]))
		end++;
	return str_slice(last, 0, end);
}

/* Behind a name, its dots and what stands in square brackets: pkg.T, Generic[int], list[0].x */
static uint32_t skip_operand(struct str bytes, uint32_t i)
{
	enum { MOST = 256 };
	uint32_t depth = 0, end = i + MOST < bytes.len ? i + MOST : bytes.len;
	for (; i < end; i++) {
		char c = bytes.ptr[i];
		if (c == '[')
			depth++;
		else if (c == ']' && depth)
			depth--;
		else if (!depth && !is_name_byte(c) && c != '.')
			break;
	}
	return i;
}

/* Is what stands at `i`, behind `new(`, an expression? A type is a name, or starts with a keyword or a mark.
 */
static bool is_expression(struct str bytes, uint32_t i)
{
	static const char *const types[] = { "func", "chan", "map", "struct", "interface" };
	uint32_t start = i;
	if (i == bytes.len || memchr("*(<[", bytes.ptr[i], 4))
		return false;
	while (i < bytes.len && is_name_byte(bytes.ptr[i]))
		i++;
	struct str first = str_slice(bytes, start, i);
	for (unsigned n = 0; n < sizeof(types) / sizeof(*types); n++)
		if (str_is(first, types[n]))
			return false;
	if (first.len && char_is_digit(first.ptr[0]))
		return true;
	i = skip_operand(bytes, start);
	if (str_contains(str_slice(bytes, start, i), STR("].")))
		return true;
	while (i < bytes.len && memchr(" \t\r\n", bytes.ptr[i], 4))
		i++;
	return i < bytes.len && bytes.ptr[i] != ')' && bytes.ptr[i] != ',';
}

/* Since Go 1.26 `new` takes an expression too; any other name does for the grammar. */
bool go_rename_new(struct str bytes, struct buf *changed)
{
	static const char call[] = "new(";
	const uint32_t length = (uint32_t)sizeof(call) - 1;
	for (uint32_t i = 0; i < bytes.len; i++) {
		const char *hit = memmem(bytes.ptr + i, bytes.len - i, call, length);
		if (!hit)
			break;
		i = (uint32_t)(hit - bytes.ptr);
		bool whole = i == 0 || !(is_name_byte(hit[-1]) || hit[-1] == '.');
		if (!whole || !is_expression(bytes, i + length))
			continue;
		if (!changed->len)
			buf_add(changed, bytes);
		changed->ptr[i] = 'N';
	}
	return changed->len > 0;
}
