#include "report/encode.h"
#include "report/fingerprint.h"
#include "report/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#ifndef BYLAW_TESTS
#define BYLAW_TESTS "tests"
#endif

static const struct rule layers = { .id = "node/layers" };
static const struct rule no_console = { .id = "node/no-console" };

static cJSON *read_json(const char *name)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/data/%s", BYLAW_TESTS, name);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	struct buf text = { 0 };
	size_t n;
	while ((n = fread(buf_reserve(&text, 4096), 1, 4096, f)) > 0)
		text.len += (uint32_t)n;
	fclose(f);
	cJSON *root = cJSON_Parse(buf_cstr(&text));
	assert_non_null(root);
	buf_release(&text);
	return root;
}

static void test_line_hashes(void **state)
{
	(void)state;
	cJSON *root = read_json("github-line-hash-vectors.json");
	const cJSON *vector, *line;
	struct line_hashes hashes = { 0 };
	uint32_t vectors = 0;
	cJSON_ArrayForEach(vector, cJSON_GetObjectItem(root, "vectors"))
	{
		const cJSON *lines = cJSON_GetObjectItem(vector, "lines");
		line_hashes_compute(&hashes, str_from(cJSON_GetObjectItem(vector, "text")->valuestring));
		assert_int_equal(hashes.lines.count, cJSON_GetArraySize(lines));
		cJSON_ArrayForEach(line, lines)
		{
			char text[FINGERPRINT_TEXT];
			int number = atoi(line->string);
			fingerprint_text(hashes.lines.items[number - 1], text);
			assert_string_equal(text, line->valuestring);
		}
		vectors++;
	}
	assert_int_equal(vectors, 12);
	line_hashes_release(&hashes);
	cJSON_Delete(root);
}

/* Only beyond 100 characters of the same text can two lines have the same hash. */
static void test_line_hashes_count(void **state)
{
	(void)state;
	struct line_hashes hashes = { 0 };
	char text[4 * 101];
	memset(text, 'a', sizeof(text));
	for (size_t i = 100; i < sizeof(text); i += 101)
		text[i] = '\n';
	line_hashes_compute(&hashes, (struct str){ text, sizeof(text) });
	assert_int_equal(hashes.lines.items[0].nth, 1);
	assert_int_equal(hashes.lines.items[2].nth, 3);
	assert_true(hashes.lines.items[0].hash == hashes.lines.items[2].hash);
	line_hashes_release(&hashes);
}

static uint64_t own_hash(
	struct fingerprints *all, const struct rule *rule, const char *path, const char *symbol, const char *line)
{
	const struct finding f = { .rule = rule, .place = { .path = str_from(path) }, .symbol = str_from(symbol) };
	struct fingerprint print_of = fingerprint_next(all, &f, str_from(line));
	return print_of.hash * 31 + print_of.nth;
}

static void test_own_fingerprint(void **state)
{
	(void)state;
	struct fingerprints all = { 0 }, other = { 0 };
	uint64_t first = own_hash(&all, &layers, "a.ts", "A", "\tlog( 1 );\r");
	assert_true(first == own_hash(&other, &layers, "a.ts", "A", "log(1);"));
	assert_false(first == own_hash(&all, &layers, "a.ts", "A", "log(1);")); /* the second of its kind */
	assert_true(first + 1 == own_hash(&other, &layers, "a.ts", "A", "log(1);"));
	assert_false(first == own_hash(&other, &no_console, "a.ts", "A", "log(1);"));
	assert_false(first == own_hash(&other, &layers, "b.ts", "A", "log(1);"));
	assert_false(first == own_hash(&other, &layers, "a.ts", "B", "log(1);"));
	assert_false(first == own_hash(&other, &layers, "a.ts", "A", "log(2);"));
	fingerprints_release(&all);
	fingerprints_release(&other);
}

/* On a line that is too long to be read for each finding, what follows the place counts. */
static void test_own_fingerprint_long(void **state)
{
	(void)state;
	static char line[10000];
	memset(line, 'x', sizeof(line));
	struct fingerprints all = { 0 };
	struct finding f = { .rule = &layers, .place = { .line = 1, .column = 5001 } };
	struct str text = { line, sizeof(line) };
	struct fingerprint first = fingerprint_next(&all, &f, text);
	line[4999] = 'y';
	assert_true(fingerprint_next(&all, &f, text).hash == first.hash);
	line[5000] = 'y';
	assert_false(fingerprint_next(&all, &f, text).hash == first.hash);
	fingerprints_release(&all);
}

static const struct {
	const char *path, *uri;
} uris[] = {
	{ "src/a.ts", "src/a.ts" },
	{ "app/[id]/page.tsx", "app/%5Bid%5D/page.tsx" },
	{ "a b#?%.ts", "a%20b%23%3F%25.ts" },
	{ "c:x.ts", "c%3Ax.ts" },
	{ "ünï\xFF.ts", "%C3%BCn%C3%AF%FF.ts" },
	{ "/etc/passwd", "etc/passwd" },
	{ "../a/./b/../c", "a/b/c" },
	{ "a\\b~.-_", "a%5Cb~.-_" },
};

static void test_uris(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct buf out = { 0 };
		uri_add(&out, str_from(uris[i].path));
		assert_string_equal(buf_cstr(&out), uris[i].uri);
		buf_release(&out);
	}
}

/* "é" and then a thousand emoji and a broken byte: 2 bytes and a unit, 4 bytes and 2 units, 1 and 1. */
static bool read_emoji(void *context, struct str path, bool in_base, struct str *bytes)
{
	static char text[8000];
	(void)context;
	(void)in_base;
	strcpy(text, "one\né");
	size_t len = strlen(text);
	for (int i = 0; i < 1000; i++, len += 5)
		memcpy(text + len, "\xF0\x9F\x98\x80\xFF", 5);
	*bytes = (struct str){ text, (uint32_t)len };
	return str_is(path, "emoji.ts");
}

static const struct {
	uint32_t line, start, end, utf16_start, utf16_end;
} columns[] = {
	{ 2, 1, 3, 1, 2 },
	{ 2, 3, 7, 2, 4 },
	{ 2, 2003, 2008, 1202, 1205 },
	{ 2, 3, 5003, 2, 3002 },
	{ 2, 1, 9999, 1, 3002 },
	{ 2, 0, 0, 1, 1 },
	{ 1, 2, 4, 2, 4 },
	{ 1, 9, 9, 4, 4 },
	{ 3, 5, 6, 1, 1 },
};

static void test_columns(void **state)
{
	(void)state;
	const struct format_options options = { .text = read_emoji };
	struct lines_cache cache = { .options = &options };
	assert_null(lines_of(&cache, STR("other.ts"), false));
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		struct lines *l = lines_of(&cache, STR("emoji.ts"), false);
		uint32_t start = columns[i].start, end = columns[i].end;
		lines_to_utf16(l, columns[i].line, &start, &end);
		assert_int_equal(start, columns[i].utf16_start);
		assert_int_equal(end, columns[i].utf16_end);
	}
	lines_release(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_hashes),
		cmocka_unit_test(test_line_hashes_count),
		cmocka_unit_test(test_own_fingerprint),
		cmocka_unit_test(test_own_fingerprint_long),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_uris),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
