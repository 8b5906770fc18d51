#include "golden/markdown.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_str(struct str actual, const char *expected)
{
	assert_int_equal(actual.len, strlen(expected));
	assert_memory_equal(actual.ptr, expected, actual.len);
}

static void fences_know_their_heading_and_line(void **state)
{
	(void)state;
	struct markdown page;
	struct markdown_fence fence;
	markdown_init(&page, STR("# Title\n\ntext\n\n## first \n```go\npackage p\n```\n### deeper\n```\n```\n"));
	assert_true(markdown_next(&page, &fence));
	assert_str(fence.heading, "first");
	assert_int_equal(fence.heading_line, 5);
	assert_int_equal(fence.heading_level, 2);
	assert_int_equal(fence.line, 7);
	assert_str(fence.body, "package p\n");
	assert_true(markdown_next(&page, &fence));
	assert_str(fence.heading, "deeper");
	assert_str(fence.body, "");
	assert_str(fence.info, "");
	assert_false(markdown_next(&page, &fence));
}

static void info_has_a_language_and_attributes(void **state)
{
	(void)state;
	struct markdown page;
	struct markdown_fence fence;
	struct str value;
	markdown_init(&page, STR("```ts file=src/a.ts  rev=base bare\n```\n"));
	assert_true(markdown_next(&page, &fence));
	assert_str(markdown_language(&fence), "ts");
	assert_true(markdown_attribute(&fence, "file", &value));
	assert_str(value, "src/a.ts");
	assert_true(markdown_attribute(&fence, "rev", &value));
	assert_str(value, "base");
	assert_true(markdown_attribute(&fence, "bare", &value));
	assert_int_equal(value.len, 0);
	assert_false(markdown_attribute(&fence, "fil", &value));
}

static void longer_fences_hold_shorter_ones(void **state)
{
	(void)state;
	struct markdown page;
	struct markdown_fence fence;
	markdown_init(&page, STR("````md\n# no heading\n```go\n```\n````\n~~~js\n```\n~~~\n"));
	assert_true(markdown_next(&page, &fence));
	assert_str(fence.body, "# no heading\n```go\n```\n");
	assert_true(markdown_next(&page, &fence));
	assert_int_equal(fence.heading.len, 0);
	assert_str(fence.body, "```\n");
	assert_false(markdown_next(&page, &fence));
}

static void a_fence_without_an_end_reaches_to_the_end(void **state)
{
	(void)state;
	struct markdown page;
	struct markdown_fence fence;
	markdown_init(&page, STR("```go\na\nb"));
	assert_true(markdown_next(&page, &fence));
	assert_str(fence.body, "a\nb");
	assert_int_equal(fence.end, 9);
	assert_false(markdown_next(&page, &fence));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fences_know_their_heading_and_line),
		cmocka_unit_test(info_has_a_language_and_attributes),
		cmocka_unit_test(longer_fences_hold_shorter_ones),
		cmocka_unit_test(a_fence_without_an_end_reaches_to_the_end),
	};
	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
