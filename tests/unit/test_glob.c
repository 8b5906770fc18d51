#include "base/glob.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

static const struct {
	const char *pattern, *path;
	bool matches;
} matches[] = {
	/* a name matches at any depth, and what lies below it */
	{ "a.ts", "a.ts", true },
	{ "a.ts", "src/deep/a.ts", true },
	{ "a.ts", "ba.ts", false },
	{ "*.ts", "src/a.ts", true },
	{ "*.ts", "src/a.tsx", false },
	{ "legacy", "legacy/x/y.go", true },
	{ "legacy", "src/legacy/y.go", true },
	{ "legacy", "legacy2/y.go", false },
	{ "legacy/", "legacy/y.go", true },
	{ "legacy/", "src/legacy/y.go", true },
	{ "legacy/", "src/legacy", false },
	/* a slash ties it to the root */
	{ "/a.ts", "a.ts", true },
	{ "/a.ts", "src/a.ts", false },
	{ "./a.ts", "src/a.ts", false },
	{ "src/a.ts", "src/a.ts", true },
	{ "src/a.ts", "x/src/a.ts", false },
	{ "src/api", "src/api/v1/x.ts", true },
	{ "src/api", "src/apis/x.ts", false },
	/* stars */
	{ "src/*.ts", "src/a.ts", true },
	{ "src/*.ts", "src/b/a.ts", false },
	{ "src/*/a.ts", "src/b/a.ts", true },
	{ "src/*/a.ts", "src/b/c/a.ts", false },
	{ "src/a*c.ts", "src/abbc.ts", true },
	{ "src/*", "src/a/b.ts", true },
	{ "src/a**b", "src/a/b", false },
	{ "src/a**b", "src/axb", true },
	{ "src/x**/b", "src/xa/b", true },
	{ "src/x**/b", "src/xa/c/b", false },
	{ "src/**x", "src/a/x", false },
	{ "**", "a/b/c", true },
	{ "**/a.ts", "a.ts", true },
	{ "**/a.ts", "x/y/a.ts", true },
	{ "**/a.ts", "x/ya.ts", false },
	{ "src/**", "src/a", true },
	{ "src/**", "src", false },
	{ "src/**", "srcs/a", false },
	{ "src/**/a.ts", "src/a.ts", true },
	{ "src/**/a.ts", "src/x/y/a.ts", true },
	{ "src/**/a.ts", "src/xa.ts", false },
	{ "**/test/**", "a/test/b/c", true },
	{ "**/test/**", "test/b", true },
	{ "**/test/**", "a/tests/b", false },
	/* one character, sets */
	{ "?.ts", "a.ts", true },
	{ "?.ts", "é.ts", true },
	{ "?.ts", "ab.ts", false },
	{ "a?b", "a/b", false },
	{ "[a-c].ts", "b.ts", true },
	{ "[a-c].ts", "d.ts", false },
	{ "[!a-c].ts", "d.ts", true },
	{ "[!a-c].ts", "b.ts", false },
	{ "[^a].ts", "a.ts", false },
	{ "[]].ts", "].ts", true },
	{ "[!]a]x", "bx", true },
	{ "[!]a]x", "]x", false },
	{ "[a]/b", "a/b", true },
	{ "[a]/b", "x/a/b", false },
	{ "[a-]", "-", true },
	{ "[\\]x]", "]", true },
	{ "x[!a]y", "x/y", false },
	{ "[à-ü].ts", "é.ts", true },
	{ "[[]id].tsx", "[id].tsx", true },
	{ "src/[a/]x", "src/ax", true },
	/* either */
	{ "*.{ts,tsx}", "a.tsx", true },
	{ "*.{ts,tsx}", "a.js", false },
	{ "{a,b/c}/d", "b/c/d", true },
	{ "{a,b/c}/d", "x/a/d", false },
	{ "a{,b}c", "ac", true },
	{ "a{,b}c", "abc", true },
	{ "{a,{b,c}d}e", "cde", true },
	{ "{a,{b,c}d}e", "ce", false },
	{ "{src/**,lib}/x", "src/p/q/x", true },
	{ "a{b", "ab", true },
	{ "a,b}", "a,b}", true },
	/* as it is */
	{ "\\*.ts", "*.ts", true },
	{ "\\*.ts", "a.ts", false },
	{ "\\{a\\}", "{a}", true },
	{ "[a", "[a", true },
	{ "a\\", "a\\", true },
	{ "bad\xff", "bad\xff", true },
	{ "bad\xff", "bad\xfe", false },
	{ "", "a", false },
	{ "a", "", false },
	{ "/", "a", false },
};

static void test_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++)
		if (glob_match(str_from(matches[i].pattern), str_from(matches[i].path)) != matches[i].matches)
			fail_msg("%s %s %s", matches[i].pattern, matches[i].matches ? "must match" : "must not match",
				matches[i].path);
}

static const struct {
	const char *pattern, *problem; /* NULL: good */
} checks[] = {
	{ "src/**/*.{ts,tsx}", NULL },
	{ "a\\[b", NULL },
	{ "a\\\\[b]", NULL },
	{ "a..b", NULL },
	{ "", "an empty pattern matches nothing" },
	{ "/", "an empty pattern matches nothing" },
	{ "[", "`[` is not closed; write `\\[` for the character itself" },
	{ "a\\\\[b", "`[` is not closed; write `\\[` for the character itself" },
	{ "{a", "`{` is not closed; write `\\{` for the character itself" },
	{ "a\\", "`\\` at the end escapes nothing" },
	{ "!a", "`!` is not supported; write `\\!` for the character itself" },
	{ "../a", "`..` leaves the root; patterns start at the root" },
	{ "a[{]b", NULL },
	{ "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", NULL }, /* 512 */
	{ "{a,b,c,d,e,f,g,h,i,j}{a,b,c,d,e,f,g,h,i,j}{a,b,c,d,e,f,g,h,i,j}", NULL }, /* 1000 */
	{ "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "braces stand for more than 1000 patterns" },
	{ "{{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b},{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}}",
		"braces stand for more than 1000 patterns" }, /* 512 and 512 */
	{ "{{{{{{{{{{{{{{{{{a}}}}}}}}}}}}}}}}}", "braces are nested more than 16 deep" },
};

static void test_check(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct err err = { 0 };
		bool good = glob_check(str_from(checks[i].pattern), &err);
		assert_string_equal(err.message, checks[i].problem ? checks[i].problem : "");
		assert_int_equal(good, checks[i].problem == NULL);
	}
}

static struct str repeat(char *into, const char *piece, uint32_t times, const char *tail)
{
	size_t len = strlen(piece);
	for (uint32_t i = 0; i < times; i++)
		memcpy(into + i * len, piece, len);
	strcpy(into + times * len, tail);
	return str_from(into);
}

/* Patterns that a matcher with backtracking would take years for. */
static void test_hostile(void **state)
{
	(void)state;
	static char pattern[8192], path[8192];
	struct str as = repeat(path, "a", 3000, "c");
	assert_false(glob_match(repeat(pattern, "a*", 40, "b"), as));
	assert_true(glob_match(repeat(pattern, "a*", 40, "c"), as));
	assert_false(glob_match(repeat(pattern, "{a*,a}", 500, "b"), as));
	struct str folders = repeat(path, "a/", 1000, "c");
	assert_false(glob_match(repeat(pattern, "**/", 1000, "b"), folders));
	assert_true(glob_match(repeat(pattern, "**/", 1000, "c"), folders));
	struct err err = { 0 };
	assert_false(glob_check(repeat(pattern, "a", 4097, ""), &err));
	assert_string_equal(err.message, "the pattern is longer than 4 KiB");
	assert_false(glob_match(str_from(pattern), str_from(pattern)));
	assert_true(glob_match(repeat(pattern, "a", 4096, ""), repeat(path, "a", 4096, "")));
}

/* What a plain recursive matcher says, for patterns of a, b, *, ? and /. */
static bool slow_match(const char *p, const char *s)
{
	if (!*p)
		return !*s || *s == '/';
	if (*p == '*')
		return slow_match(p + 1, s) || (*s && *s != '/' && slow_match(p, s + 1));
	return *s && (*p == '?' ? *s != '/' : *p == *s) && slow_match(p + 1, s + 1);
}

static void random_text(unsigned *seed, const char *alphabet, char *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = alphabet[(unsigned)rand_r(seed) % strlen(alphabet)];
	out[len] = '\0';
}

static void test_against_slow(void **state)
{
	(void)state;
	unsigned seed = 7;
	char pattern[16] = "/", path[16];
	for (int i = 0; i < 50000; i++) {
		random_text(&seed, "ab?*/", pattern + 1, 1 + (unsigned)rand_r(&seed) % 6);
		random_text(&seed, "ab/", path, 1 + (unsigned)rand_r(&seed) % 8);
		if (strstr(pattern, "**") || strstr(pattern, "//") || pattern[strlen(pattern) - 1] == '/')
			continue;
		if (glob_match(str_from(pattern), str_from(path)) != slow_match(pattern + 1, path))
			fail_msg("%s and %s", pattern, path);
	}
}

static const struct {
	const char *bytes;
	uint32_t length, code, utf16;
} codes[] = {
	{ "a", 1, 'a', 1 },
	{ "\xC3\xA9", 2, 0xE9, 1 },
	{ "\xE4\xB8\xAD", 3, 0x4E2D, 1 },
	{ "\xF0\x9F\x98\x80", 4, 0x1F600, 2 },
	{ "\xF4\x8F\xBF\xBF", 4, 0x10FFFF, 2 },
	{ "\xFF", 1, UTF8_BAD, 1 },
	{ "\x80", 1, UTF8_BAD, 1 },
	{ "\xC0\xAF", 1, UTF8_BAD, 2 }, /* overlong */
	{ "\xED\xA0\x80", 1, UTF8_BAD, 3 }, /* a lone surrogate */
	{ "\xF4\x90\x80\x80", 1, UTF8_BAD, 4 }, /* above U+10FFFF */
	{ "\xE4\xB8", 2, UTF8_BAD, 1 }, /* cut off: one U+FFFD for both */
	{ "\xF0\x9F\x98"
	  "a",
		3, UTF8_BAD, 2 },
};

static void test_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		uint32_t code;
		struct str s = str_from(codes[i].bytes);
		assert_int_equal(utf8_next(s, 0, &code), codes[i].length);
		assert_int_equal(code, codes[i].code);
		assert_int_equal(utf8_utf16_length(s), codes[i].utf16);
	}
}

static void test_visible(void **state)
{
	(void)state;
	struct buf out = { 0 };
	utf8_add_visible(&out, STR("a\x1b[31m\n\xFF\xE2\x80\xAEx\xC2\x9Bé"), 200);
	assert_string_equal(buf_cstr(&out), "a\\x1b[31m\\x0a\\xff\\u{202e}x\\u{9b}é");
	buf_clear(&out);
	utf8_add_visible(&out, STR("éééé"), 3);
	assert_string_equal(buf_cstr(&out), "ééé…");
	buf_clear(&out);
	utf8_add_valid(&out, STR("a\xFF"
				 "b\xE4\xB8"
				 "c\xED\xA0\x80"));
	assert_string_equal(buf_cstr(&out), "a\uFFFD"
					    "b\uFFFD"
					    "c\uFFFD\uFFFD\uFFFD");
	buf_release(&out);
}

static const struct {
	const char *pattern, *path;
	unsigned flags;
	bool matches;
} segment_cases[] = {
	{ "packages/*", "packages/a", 0, true },
	{ "packages/*", "packages/a/b", 0, false },
	{ "packages/*", "packages/a/b", GLOB_BELOW, true },
	{ "packages/*", "packages", GLOB_BELOW, false },
	{ "packages/**", "packages/a/b", 0, true },
	{ "packages/**", "packages", 0, true },
	{ "**/test/**", "a/test/b", 0, true },
	{ "**/test/**", "a/tests/b", 0, false },
	{ "**/*.spec.ts", "a/b/c.spec.ts", 0, true },
	{ "**/*.spec.ts", "c.spec.ts", 0, true },
	{ "src/**/*", "src", 0, false },
	{ "src/**/x/*.ts", "src/x/y/x/a.ts", 0, true },
	{ "src/**/x/**/b.ts", "src/x/a/x/c/b.ts", 0, true },
	{ "src/**/x/**/b.ts", "src/a/c/b.ts", 0, false },
	{ "a*b*c", "a-b-b-c", 0, true },
	{ "a?c", "abc", 0, true },
	{ "a?c", "ac", 0, false },
	{ "{a,b}", "a", 0, false }, /* nothing else is special */
	{ "*", ".hidden", 0, false },
	{ "*", ".hidden", GLOB_HIDDEN, true },
	{ ".hidden/*", ".hidden/a", 0, true },
	{ "**/a", ".hidden/a", 0, false },
	{ "**/a", ".hidden/a", GLOB_HIDDEN, true },
	{ "**/a", "node_modules/a", 0, false },
	{ "", "a", 0, false },
	{ "", "a", GLOB_BELOW, true },
	{ "**", "a/b", 0, true },
};

static void test_segments(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(segment_cases) / sizeof(*segment_cases); i++)
		if (glob_match_segments(str_from(segment_cases[i].pattern), str_from(segment_cases[i].path),
			    segment_cases[i].flags) != segment_cases[i].matches)
			fail_msg("%s on %s", segment_cases[i].pattern, segment_cases[i].path);
	char pattern[4096], path[4096];
	struct str stars = repeat(pattern, "**/a*a*a/", 400, "x");
	assert_false(glob_match_segments(stars, repeat(path, "aaaaaaa/", 500, "y"), 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_against_slow),
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_visible),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
