#include "source/wildmatch.h"

#include <ctype.h>

/* POSIX classes, for the ASCII that git knows of them. */
static const struct {
	const char *name;
	int (*has)(int);
} classes[] = {
	{ "alnum", isalnum },
	{ "alpha", isalpha },
	{ "blank", isblank },
	{ "cntrl", iscntrl },
	{ "digit", isdigit },
	{ "graph", isgraph },
	{ "lower", islower },
	{ "print", isprint },
	{ "punct", ispunct },
	{ "space", isspace },
	{ "upper", isupper },
	{ "xdigit", isxdigit },
};

static bool in_named_class(struct str name, uint8_t c)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (str_is(name, classes[i].name))
			return c < 0x80 && classes[i].has(c);
	return false;
}

/* The offset of the `:]` of a `[:name:]` at `at`, or 0. */
static uint32_t named_class_end(struct str p, uint32_t at)
{
	if (at + 1 >= p.len || p.ptr[at] != '[' || p.ptr[at + 1] != ':')
		return 0;
	for (uint32_t i = at + 2; i + 1 < p.len && p.ptr[i] != ']'; i++)
		if (p.ptr[i] == ':' && p.ptr[i + 1] == ']')
			return i;
	return 0;
}

static uint8_t set_byte(struct str p, uint32_t *at)
{
	if (p.ptr[*at] == '\\' && *at + 1 < p.len)
		++*at;
	return (uint8_t)p.ptr[(*at)++];
}

/* One member of a set, a byte, a range or a class; *at moves behind it. */
static bool set_member_has(struct str p, uint32_t *at, uint8_t c)
{
	uint32_t named = named_class_end(p, *at);
	if (named) {
		struct str name = str_slice(p, *at + 2, named);
		*at = named + 2;
		return in_named_class(name, c);
	}
	uint8_t low = set_byte(p, at), high = low;
	if (*at + 1 < p.len && p.ptr[*at] == '-' && p.ptr[*at + 1] != ']') {
		++*at;
		high = set_byte(p, at);
	}
	return low <= c && c <= high;
}

/* A set at *at, which moves behind it. A set that is not closed has nothing. */
static bool set_has(struct str p, uint32_t *at, uint8_t c)
{
	uint32_t i = *at + 1;
	bool negated = i < p.len && (p.ptr[i] == '!' || p.ptr[i] == '^'), found = false;
	if (negated)
		i++;
	for (uint32_t first = i; i < p.len && (p.ptr[i] != ']' || i == first);)
		found |= set_member_has(p, &i, c);
	if (i >= p.len)
		return false;
	*at = i + 1;
	return found != negated && c != '/';
}

/* Does what stands at *at, other than stars, accept the byte? Moves behind it. */
static bool accepts(struct str p, uint32_t *at, char c)
{
	switch (p.ptr[*at]) {
	case '?':
		++*at;
		return c != '/';
	case '[':
		return set_has(p, at, (uint8_t)c);
	case '\\':
		if (++*at == p.len)
			return false;
		break;
	default:
		break;
	}
	return p.ptr[(*at)++] == c;
}

/* Where a match may be taken up again. */
struct retry {
	bool set;
	uint32_t pattern; /* behind the stars */
	uint32_t path; /* from where they match as little as possible */
};

/* Stars at *at, which moves behind them. True for `**` between slashes, then *at is behind its slash. */
static bool take_stars(struct str p, uint32_t *at)
{
	uint32_t start = *at, end = start;
	while (end < p.len && p.ptr[end] == '*')
		end++;
	*at = end;
	if (end - start < 2 || (start && p.ptr[start - 1] != '/'))
		return false;
	if (end < p.len && p.ptr[end] == '\\')
		end++;
	if (end < p.len && p.ptr[end] != '/')
		return false;
	*at = end < p.len ? end + 1 : end;
	return true;
}

/* Lets the last star take one byte more, or the last `**` one folder. */
static bool go_back(struct retry *star, struct retry *deep, struct str path, uint32_t *p, uint32_t *t)
{
	struct retry *from = star;
	if (star->set && path.ptr[star->path] != '/') {
		star->path++;
	} else if (deep->set) {
		uint32_t slash = str_find(str_slice(path, deep->path, path.len), '/');
		if (slash == UINT32_MAX)
			return false;
		deep->path += slash + 1;
		star->set = false;
		from = deep;
	} else {
		return false;
	}
	*p = from->pattern;
	*t = from->path;
	return true;
}

bool wildmatch(struct str pattern, struct str path, uint64_t *steps)
{
	struct retry star = { 0 }, deep = { 0 };
	uint32_t p = 0, t = 0;
	while (t < path.len) {
		++*steps;
		if (p < pattern.len && pattern.ptr[p] == '*') {
			bool crosses = take_stars(pattern, &p);
			if (crosses && p == pattern.len && pattern.ptr[p - 1] == '*')
				return true;
			if (crosses)
				star.set = false;
			*(crosses ? &deep : &star) = (struct retry){ true, p, t };
		} else if (p < pattern.len && accepts(pattern, &p, path.ptr[t])) {
			t++;
		} else if (!go_back(&star, &deep, path, &p, &t)) {
			return false;
		}
	}
	/* What is left of the path is nothing: more for the stars cannot help. */
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}
