/* A slice of bytes that someone else owns: source text, a string table, a literal. */
#ifndef BYLAW_STR_H
#define BYLAW_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *ptr;
	uint32_t len;
};

#define STR(literal) ((struct str){ (literal), (uint32_t)(sizeof(literal) - 1) })
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

static inline struct str str_from(const char *text)
{
	return (struct str){ text, text ? (uint32_t)strlen(text) : 0 };
}

/* Classes of ASCII, whatever the locale says. */
static inline bool char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool char_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool char_is_letter(char c)
{
	return char_is_upper(c) || (c >= 'a' && c <= 'z');
}

static inline bool char_is_alnum(char c)
{
	return char_is_letter(c) || char_is_digit(c);
}

/* What identifiers are made of, in most languages. */
static inline bool char_is_word(char c)
{
	return char_is_alnum(c) || c == '_';
}

static inline bool char_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool str_empty(struct str s)
{
	return s.len == 0;
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(struct str a, const char *text)
{
	return str_eq(a, str_from(text));
}

/* Bytes [from, to), clipped to the slice. */
struct str str_slice(struct str s, uint32_t from, uint32_t to);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str needle);
/* Offset of the first/last occurrence, or UINT32_MAX. */
uint32_t str_find(struct str s, char c);
uint32_t str_rfind(struct str s, char c);
struct str str_trim(struct str s);
/* Bytewise order, as memcmp; a prefix comes first. */
int str_cmp(struct str a, struct str b);
/* Cuts *rest at the next separator and returns what stood before it; false when nothing is left. */
bool str_split(struct str *rest, char separator, struct str *part);
/* Is it one of the words, which single spaces separate? */
bool str_has_word(struct str words, struct str word);
/* ASCII letters compared without case. */
bool str_eq_nocase(struct str a, struct str b);

#endif
