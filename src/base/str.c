#include "bylaw/str.h"

#include <strings.h>

struct str str_slice(struct str s, uint32_t from, uint32_t to)
{
	if (to > s.len)
		to = s.len;
	if (from >= to)
		return (struct str){ s.ptr, 0 };
	return (struct str){ s.ptr + from, to - from };
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool str_contains(struct str s, struct str needle)
{
	return needle.len == 0 || (s.len && memmem(s.ptr, s.len, needle.ptr, needle.len));
}

uint32_t str_find(struct str s, char c)
{
	const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return hit ? (uint32_t)(hit - s.ptr) : UINT32_MAX;
}

uint32_t str_rfind(struct str s, char c)
{
	for (uint32_t i = s.len; i > 0; i--)
		if (s.ptr[i - 1] == c)
			return i - 1;
	return UINT32_MAX;
}

struct str str_trim(struct str s)
{
	while (s.len && char_is_space(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	while (s.len && char_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

int str_cmp(struct str a, struct str b)
{
	uint32_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_split(struct str *rest, char separator, struct str *part)
{
	if (!rest->ptr)
		return false;
	uint32_t at = str_find(*rest, separator);
	if (at == UINT32_MAX) {
		*part = *rest;
		*rest = (struct str){ 0 };
		return true;
	}
	*part = str_slice(*rest, 0, at);
	*rest = (struct str){ rest->ptr + at + 1, rest->len - at - 1 };
	return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_has_word(struct str words, struct str word)
{
	for (struct str each; str_split(&words, ' ', &each);)
		if (str_eq(each, word))
			return true;
	return false;
}
