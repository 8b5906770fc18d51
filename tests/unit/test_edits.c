/* Fixes as text. */
#include "report/edits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Offers one edit after the other, each by a finding of its own, and compares what comes out. */
static void expect(const char *text, const struct edit *offers, size_t count, uint32_t taken, const char *result)
{
	struct edits edits = { 0 };
	struct buf out = { 0 };
	uint32_t added = 0;
	for (size_t i = 0; i < count; i++) {
		struct finding finding = { 0 };
		vec_push(&finding.edits, offers[i]);
		added += edits_add(&edits, str_from(text), &finding);
		vec_release(&finding.edits);
	}
	edits_make(&edits, str_from(text), &out);
	assert_int_equal(added, taken);
	assert_string_equal(buf_cstr(&out), result);
	buf_release(&out);
	edits_release(&edits);
}

#define EXPECT(text, taken, result, ...)                   \
	expect(text, (const struct edit[]){ __VA_ARGS__ }, \
		sizeof((const struct edit[]){ __VA_ARGS__ }) / sizeof(struct edit), taken, result)

static void test_a_name_is_replaced_where_it_stands(void **state)
{
	(void)state;
	EXPECT("a.dict(b.dict())", 1, "a.dump(b.dict())", { 1, 16, STR("dict"), STR("dump"), false });
	EXPECT("a.dict(b.dict())", 2, "a.dump(b.json())", { 8, 16, STR("dict"), STR("json"), false },
		{ 1, 8, STR("dict"), STR("dump"), false });
}

static void test_what_the_file_does_not_say_is_left(void **state)
{
	(void)state;
	EXPECT("a.list()", 0, "a.list()", { 0, 8, STR("dict"), STR("dump"), false });
	EXPECT("a", 0, "a", { 0, 8, STR("a"), STR("b"), false });
	EXPECT("a // mine\n", 0, "a // mine\n", { 2, 9, STR("bylaw-ignore"), STR(""), true });
}

static void test_a_comment_takes_its_line_with_it(void **state)
{
	(void)state;
	EXPECT("a\n  // x\r\nb\n", 1, "a\nb\n", { 4, 8, STR("x"), STR(""), true });
	EXPECT("a;\t // x\nb\n", 1, "a;\nb\n", { 4, 8, STR("x"), STR(""), true });
	EXPECT("f(/* x */ a)\n", 1, "f( a)\n", { 2, 9, STR("x"), STR(""), true });
	EXPECT("f(a/* x */)\n", 1, "f(a)\n", { 3, 10, STR("x"), STR(""), true });
	EXPECT("a -/* x */- b\n", 1, "a - - b\n", { 3, 10, STR("x"), STR(""), true });
	EXPECT("return/* x */5\n", 1, "return 5\n", { 6, 13, STR("x"), STR(""), true });
	EXPECT("// x", 1, "", { 0, 4, STR("x"), STR(""), true });
}

static void test_of_two_that_collide_one_waits(void **state)
{
	(void)state;
	EXPECT("abc", 1, "xc", { 0, 2, STR("ab"), STR("x"), false }, { 1, 3, STR("bc"), STR("y"), false });
	EXPECT("abc", 1, "xbc", { 0, 1, STR("a"), STR("x"), false }, { 0, 1, STR("a"), STR("y"), false });
}

static void test_lines_end_as_in_the_file(void **state)
{
	(void)state;
	EXPECT("a\r\ngo f()\r\n", 1, "a\r\nadd()\r\ngo f()\r\n", { 3, 5, STR("go"), STR("add()\ngo"), false });
	EXPECT("a\ngo f()\r\n", 1, "a\nadd()\ngo f()\r\n", { 2, 4, STR("go"), STR("add()\ngo"), false });
}

/* What one finding offers is done as a whole or not at all. */
static void test_a_fix_of_two_edits_is_whole(void **state)
{
	(void)state;
	struct edits edits = { 0 };
	struct finding finding = { 0 };
	struct edit first = { 0, 1, STR("a"), STR("x"), false }, second = { 1, 2, STR("z"), STR("y"), false };
	vec_push(&finding.edits, first);
	vec_push(&finding.edits, second);
	assert_false(edits_add(&edits, STR("ab"), &finding));
	assert_int_equal(edits.list.count, 0);
	vec_release(&finding.edits);
	edits_release(&edits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_name_is_replaced_where_it_stands),
		cmocka_unit_test(test_what_the_file_does_not_say_is_left),
		cmocka_unit_test(test_a_comment_takes_its_line_with_it),
		cmocka_unit_test(test_of_two_that_collide_one_waits),
		cmocka_unit_test(test_lines_end_as_in_the_file),
		cmocka_unit_test(test_a_fix_of_two_edits_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
