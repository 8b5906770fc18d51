/* The order of findings, and the formats for people. */
#include "unit/reports.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static void assert_printed(const struct report *r, const char *format, const char *expected)
{
	struct buf out = printed(r, format);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

static void test_finish(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_no_console, "b.ts", 1, 1, 2, "z first");
	add_finding(&r, &rule_no_console, "b.ts", 1, 1, 2, "a second");
	add_finding(&r, &rule_layers, "b.ts", 1, 1, 2, "by rule");
	struct finding *repeat = add_finding(&r, &rule_no_console, "b.ts", 1, 1, 2, "z first");
	add_note(repeat, "x", 1, 1, 1, false, "freed with it");
	add_finding(&r, &rule_no_console, "b.ts", 1, 1, 3, "z first");
	add_finding(&r, &rule_layers, "a/x.ts", 10, 1, 2, "line 10");
	add_finding(&r, &rule_layers, "a/x.ts", 9, 5, 6, "column 5");
	add_finding(&r, &rule_layers, "a/x.ts", 9, 4, 6, "column 4")->suppression = SUPPRESSED_IN_SOURCE;
	add_finding(&r, &rule_layers, "a-b.ts", 1, 1, 2, "bytes decide: - before /");
	report_finish(&r);
	static const char *const expected[] = { "bytes decide: - before /", "column 4", "column 5", "line 10",
		"by rule", "z first", "a second", "z first" };
	assert_int_equal(r.findings.count, 8);
	for (uint32_t i = 0; i < 8; i++)
		assert_true(str_is(r.findings.items[i]->message, expected[i]));
	assert_int_equal(r.suppressed, 1);
	assert_int_equal(report_count(&r, SEVERITY_NOTE), 7);
	assert_int_equal(report_count(&r, SEVERITY_ERROR), 4);
	report_release(&r);
}

static void test_text(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_example(&r);
	assert_printed(&r, "text",
		"src/a.ts:4:14: error[node/layers] A injects B\n"
		"   |\n"
		" 4 |     constructor(private b: B) {}\n"
		"   |                 ^^^^^^^^^^^^\n"
		"  src/b.ts:1:14: note: B is a [repository]\n"
		"   |\n"
		" 1 | export class B {}\n"
		"   |              ^\n"
		"  src/b.ts:1:7 (base): note: B was Old\n"
		"   |\n"
		" 1 | class Old {}\n"
		"   |       ^^^\n"
		"   = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"src/a.ts:6:1: warning[node/no-console] console.log in production code: use the logger\n"
		"   |\n"
		" 6 | console.log('x');\n"
		"   | ^^^^^^^^^^^\n"
		"   = §10: Log through a logger\n"
		"\n"
		"1 error, 1 warning in 1 file\n");
	r.findings.items[0]->suppression = SUPPRESSED_IN_SOURCE;
	r.findings.items[1]->suppression = SUPPRESSED_BY_BASELINE;
	report_finish(&r);
	assert_printed(&r, "text", "no findings (2 suppressed)\n");
	report_release(&r);
	assert_printed(&r, "text", "no findings\n");
}

static void test_text_places(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_quiet, "go.mod", 0, 0, 0, "about the whole file")->severity = SEVERITY_NOTE;
	add_finding(&r, &rule_layers, "gone.ts", 100, 2, 3, "no text to show");
	add_finding(&r, &rule_layers, "src/a.ts", 3, 8, 0, "to the end")->place.end_line = 5;
	add_finding(&r, &rule_layers, "src/a.ts", 2, 1, 1, "an empty line");
	add_finding(&r, &rule_layers, "src/a.ts", 99, 9, 9, "behind the end");
	report_finish(&r);
	assert_printed(&r, "text",
		"go.mod: note[go/quiet] about the whole file\n"
		"   = Quiet\n"
		"\n"
		"gone.ts:100:2: error[node/layers] no text to show\n"
		"     = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"src/a.ts:2:1: error[node/layers] an empty line\n"
		"   |\n"
		" 2 |\n"
		"   | ^\n"
		"   = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"src/a.ts:3:8: error[node/layers] to the end\n"
		"   |\n"
		" 3 | export class A {\n"
		"   |        ^^^^^^^^^\n"
		"   = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"src/a.ts:99:9: error[node/layers] behind the end\n"
		"    |\n"
		" 99 |\n"
		"    | ^\n"
		"    = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"4 errors, 1 note in 3 files\n");
	report_release(&r);
}

/* C4, C5, O12: nothing that comes from the code reaches the terminal as it is. */
static void test_text_hostile(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_layers, "wide.ts", 1, 20, 31, "bad\x1b]0;title\x07 name\nnext \xE2\x80\xAEline\xFF");
	add_finding(&r, &rule_layers, "x\x1b[2J\n\xFF.ts", 1, 1, 1, "m");
	report_finish(&r);
	assert_printed(&r, "text",
		"wide.ts:1:20: error[node/layers] bad\\x1b]0;title\\x07 name\\x0anext \\u{202e}line\\xff\n"
		"   |\n"
		" 1 | /* 中文😀é */ console.log(\"\\x1b[31m\\u{202e}\\xff\");\n"
		"   |               ^^^^^^^^^^^\n"
		"   = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"x\\x1b[2J\\x0a\\xff.ts:1:1: error[node/layers] m\n"
		"   = §5, 6: Controllers reach persistence through services\n"
		"\n"
		"2 errors in 2 files\n");
	report_release(&r);
}

static void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void test_text_long_line(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_layers, "long.ts", 1, 10001, 10004, "in the middle");
	add_finding(&r, &rule_layers, "long.ts", 1, 5, 19000, "long itself");
	add_finding(&r, &rule_layers, "long.ts", 1, 19998, 20001, "at the end");
	report_finish(&r);
	struct buf out = printed(&r, "text");
	assert_contains(out.ptr,
		" 1 | …abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
		"abcdefghijabcdefghij…\n"
		"   |                                          ^^^\n");
	assert_contains(out.ptr, " 1 | abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij"
				 "abcdefghijabcdefghij…\n"
				 "   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
				 "^^^^^^^^^^^^^^^^^^^^\n");
	char expected[128];
	snprintf(expected, sizeof(expected), "hij\n   | %98s^^^\n", "");
	assert_contains(out.ptr, expected);
	buf_release(&out);
	report_release(&r);
}

static void test_text_color(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_example(&r);
	report_options.color = true;
	struct buf out = printed(&r, "text");
	report_options.color = false;
	assert_contains(out.ptr, "\x1b[1msrc/a.ts:4:14\x1b[0m: \x1b[31merror[node/layers]\x1b[0m A injects B\n");
	assert_contains(out.ptr, "\x1b[2m 4 |\x1b[0m     constructor");
	assert_contains(out.ptr, "\x1b[33m^^^^^^^^^^^\x1b[0m\n");
	buf_release(&out);
	report_release(&r);
}

static void test_concise(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_example(&r);
	add_finding(&r, &rule_layers, "a\nb", 0, 0, 0, "m\r")->severity = SEVERITY_NOTE;
	add_finding(&r, &rule_layers, "c", 1, 1, 1, "hidden")->suppression = SUPPRESSED_IN_SOURCE;
	report_finish(&r);
	assert_printed(&r, "concise",
		"a\\x0ab:1:1: note[node/layers] m\\x0d\n"
		"src/a.ts:4:14: error[node/layers] A injects B\n"
		"src/a.ts:6:1: warning[node/no-console] console.log in production code: use the logger\n");
	report_release(&r);
}

/* Many findings in a file, one reading of it. */
static void test_reads_once(void **state)
{
	(void)state;
	static const char *const names[] = { "text", "json", "sarif" };
	struct report r = { 0 };
	for (uint32_t i = 1; i < 6; i++)
		add_note(add_finding(&r, &rule_layers, "src/a.ts", i, 1, 2, "m"), "src/b.ts", 1, 1, 2, i % 2, "n");
	report_finish(&r);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int reads = 0;
		report_options.text_context = &reads;
		struct buf out = printed(&r, names[i]);
		report_options.text_context = NULL;
		buf_release(&out);
		assert_in_range(reads, 1, 3); /* src/a.ts, src/b.ts, and that of the base */
	}
	report_release(&r);
}

static void test_formats(void **state)
{
	(void)state;
	assert_string_equal(format_names(), "text, concise, json, sarif");
	assert_string_equal(format_find(STR("sarif"))->name, "sarif");
	assert_null(format_find(STR("xml")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finish),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_places),
		cmocka_unit_test(test_text_hostile),
		cmocka_unit_test(test_text_long_line),
		cmocka_unit_test(test_text_color),
		cmocka_unit_test(test_concise),
		cmocka_unit_test(test_reads_once),
		cmocka_unit_test(test_formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
