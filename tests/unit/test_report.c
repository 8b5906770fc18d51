#include "report/encode.h"
#include "report/finding.h"
#include "report/fingerprint.h"
#include "report/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#ifndef BYLAW_TESTS
#define BYLAW_TESTS "tests"
#endif

/* The module to the right has the real ones; weak, so that the test links with it and without. */
__attribute__((weak)) const char *language_id(enum language language)
{
	return language == LANGUAGE_TYPESCRIPT ? "typescript" : "other";
}

__attribute__((weak)) const char *skip_reason_text(enum skip_reason reason)
{
	return reason == SKIP_SIZE ? "skip/size" : "other";
}

static const struct rule layers = { .id = "node/layers",
	.clauses = "5, 6",
	.title = "Controllers reach persistence through services",
	.severity = SEVERITY_ERROR };
static const struct rule no_console = { .id = "node/no-console",
	.clauses = "10",
	.title = "Log through a logger",
	.severity = SEVERITY_WARNING,
	.precision = DETECTOR };
static const struct rule quiet = { .id = "go/quiet", .clauses = "", .title = "Quiet", .severity = SEVERITY_OFF };
static const struct rule *const rules[] = { &layers, &no_console, &quiet };

static const struct {
	const char *path;
	bool in_base;
	const char *text;
} files[] = {
	{ "src/a.ts", false,
		"import {B} from './b';\n\nexport class A {\n\tconstructor(private b: B) "
		"{}\n}\nconsole.log('x');\r\n" },
	{ "src/b.ts", false, "export class B {}\n" },
	{ "src/b.ts", true, "class Old {}\n" },
	{ "wide.ts", false, "/* 中文😀é */ console.log(\"\x1b[31m\xE2\x80\xAE\xFF\");\n" },
};

static bool read_text(void *context, struct str path, bool in_base, struct str *bytes)
{
	static char huge[20000];
	if (context)
		++*(int *)context;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (!str_is(path, files[i].path) || files[i].in_base != in_base)
			continue;
		*bytes = str_from(files[i].text);
		return true;
	}
	if (!str_is(path, "long.ts"))
		return false;
	for (size_t i = 0; i < sizeof(huge); i++)
		huge[i] = "abcdefghij"[i % 10];
	*bytes = (struct str){ huge, sizeof(huge) };
	return true;
}

static const char *page(const struct rule *rule)
{
	return rule == &layers ? "# Layers\n\nWhy.\n" : NULL;
}

static struct format_options options = {
	.rules = rules,
	.rule_count = 3,
	.rule_page = page,
	.text = read_text,
	.version = "0.1.0",
};

static struct finding *add(struct report *r, const struct rule *rule, const char *path, uint32_t line, uint32_t column,
	uint32_t end_column, const char *message)
{
	struct finding *f = arena_new(&r->arena, struct finding);
	f->rule = rule;
	f->severity = rule->severity;
	f->place = (struct place){ arena_str(&r->arena, str_from(path)), line, column, line, end_column, false };
	f->message = arena_str(&r->arena, str_from(message));
	vec_push(&r->findings, f);
	return f;
}

static void note(struct finding *f, const char *path, uint32_t line, uint32_t column, uint32_t end_column, bool in_base,
	const char *message)
{
	struct finding_related related = { { str_from(path), line, column, line, end_column, in_base },
		str_from(message) };
	vec_push(&f->related, related);
}

static struct buf print(const struct report *r, const char *format)
{
	struct buf out = { 0 };
	format_find(str_from(format))->print(r, &options, &out);
	buf_cstr(&out);
	return out;
}

static void assert_printed(const struct report *r, const char *format, const char *expected)
{
	struct buf out = print(r, format);
	assert_string_equal(out.ptr, expected);
	buf_release(&out);
}

/* Two findings in src/a.ts, one with evidence in two files. */
static void fill_example(struct report *r)
{
	add(r, &no_console, "src/a.ts", 6, 1, 12, "console.log in production code: use the logger");
	struct finding *f = add(r, &layers, "src/a.ts", 4, 14, 26, "A injects B");
	f->symbol = STR("A");
	note(f, "src/b.ts", 1, 14, 15, false, "B is a [repository]");
	note(f, "src/b.ts", 1, 7, 10, true, "B was Old");
	report_finish(r);
}

static void test_finish(void **state)
{
	(void)state;
	struct report r = { 0 };
	add(&r, &no_console, "b.ts", 1, 1, 2, "z first");
	add(&r, &no_console, "b.ts", 1, 1, 2, "a second");
	add(&r, &layers, "b.ts", 1, 1, 2, "by rule");
	struct finding *repeat = add(&r, &no_console, "b.ts", 1, 1, 2, "z first");
	note(repeat, "x", 1, 1, 1, false, "freed with it");
	add(&r, &no_console, "b.ts", 1, 1, 3, "z first");
	add(&r, &layers, "a/x.ts", 10, 1, 2, "line 10");
	add(&r, &layers, "a/x.ts", 9, 5, 6, "column 5");
	add(&r, &layers, "a/x.ts", 9, 4, 6, "column 4")->suppression = SUPPRESSED_IN_SOURCE;
	add(&r, &layers, "a-b.ts", 1, 1, 2, "bytes decide: - before /");
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
	add(&r, &quiet, "go.mod", 0, 0, 0, "about the whole file")->severity = SEVERITY_NOTE;
	add(&r, &layers, "gone.ts", 100, 2, 3, "no text to show");
	add(&r, &layers, "src/a.ts", 3, 8, 0, "to the end")->place.end_line = 5;
	add(&r, &layers, "src/a.ts", 2, 1, 1, "an empty line");
	add(&r, &layers, "src/a.ts", 99, 9, 9, "behind the end");
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
	add(&r, &layers, "wide.ts", 1, 20, 31, "bad\x1b]0;title\x07 name\nnext \xE2\x80\xAEline\xFF");
	add(&r, &layers, "x\x1b[2J\n\xFF.ts", 1, 1, 1, "m");
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
	add(&r, &layers, "long.ts", 1, 10001, 10004, "in the middle");
	add(&r, &layers, "long.ts", 1, 5, 19000, "long itself");
	add(&r, &layers, "long.ts", 1, 19998, 20001, "at the end");
	report_finish(&r);
	struct buf out = print(&r, "text");
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
	options.color = true;
	struct buf out = print(&r, "text");
	options.color = false;
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
	add(&r, &layers, "a\nb", 0, 0, 0, "m\r")->severity = SEVERITY_NOTE;
	add(&r, &layers, "c", 1, 1, 1, "hidden")->suppression = SUPPRESSED_IN_SOURCE;
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
		note(add(&r, &layers, "src/a.ts", i, 1, 2, "m"), "src/b.ts", 1, 1, 2, i % 2, "n");
	report_finish(&r);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		int reads = 0;
		options.text_context = &reads;
		struct buf out = print(&r, names[i]);
		options.text_context = NULL;
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

/* ---- JSON and SARIF ---- */

/* "runs.0.results.1.level"; names with a dot are not needed here. */
static const cJSON *dig(const cJSON *at, const char *path)
{
	struct str rest = str_from(path), part;
	while (str_split(&rest, '.', &part)) {
		char name[64];
		snprintf(name, sizeof(name), "%.*s", STR_ARG(part));
		bool is_index = name[0] >= '0' && name[0] <= '9';
		at = is_index ? cJSON_GetArrayItem(at, atoi(name)) : cJSON_GetObjectItemCaseSensitive(at, name);
		if (!at)
			fail_msg("no %s in %s", name, path);
	}
	return at;
}

static void assert_text(const cJSON *root, const char *path, const char *expected)
{
	const cJSON *value = dig(root, path);
	assert_true(cJSON_IsString(value));
	assert_string_equal(value->valuestring, expected);
}

static void assert_json(const cJSON *root, const char *path, const char *expected)
{
	char *text = cJSON_PrintUnformatted(dig(root, path));
	assert_string_equal(text, expected);
	cJSON_free(text);
}

static cJSON *print_json(const struct report *r, const char *format)
{
	struct buf out = print(r, format);
	cJSON *root = cJSON_Parse(out.ptr);
	assert_non_null(root);
	buf_release(&out);
	return root;
}

static void fill_gaps(struct report *r)
{
	struct skipped_file size = { STR("big \xFF.ts"), SKIP_SIZE, 0 }, partly = { STR("src/a.ts"), SKIP_NONE, 3 };
	struct abstention a = { &no_console, STR("imports unresolved"), 2, STR("src/a.ts") };
	vec_push(&r->skipped, partly);
	vec_push(&r->skipped, size);
	vec_push(&r->abstentions, a);
}

static void test_json(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_gaps(&r);
	r.read = (struct completeness){ .files = 3, .lines = 70, .imports = 5, .imports_unresolved = 1 };
	r.read.files_by_language[LANGUAGE_TYPESCRIPT] = 3;
	fill_example(&r);
	r.findings.items[1]->suppression = SUPPRESSED_IN_SOURCE;
	r.findings.items[1]->justification = STR("legacy\xFF");
	report_finish(&r);
	cJSON *root = print_json(&r, "json");
	assert_text(root, "version", "0.1.0");
	assert_json(root, "findings.0.clauses", "[\"5\",\"6\"]");
	assert_text(root, "findings.0.severity", "error");
	assert_text(root, "findings.0.symbol", "A");
	assert_json(root, "findings.0.column", "14");
	assert_json(root, "findings.0.related.1.inBase", "true");
	assert_text(root, "findings.1.suppression", "in-source");
	assert_text(root, "findings.1.justification", "legacy\uFFFD");
	assert_json(root, "skipped.0", "{\"path\":\"big \uFFFD.ts\",\"reason\":\"skip/size\"}");
	assert_json(root, "skipped.1.firstBadLine", "3");
	assert_json(root, "abstentions.0.count", "2");
	assert_json(root, "read",
		"{\"files\":3,\"lines\":70,\"languages\":{\"typescript\":3},\"partlyParsed\":0,"
		"\"imports\":5,\"importsUnresolved\":1}");
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_log(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_gaps(&r);
	fill_example(&r);
	options.incomplete = true;
	cJSON *root = print_json(&r, "sarif");
	options.incomplete = false;
	assert_text(root, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	assert_text(root, "version", "2.1.0");
	const cJSON *run = dig(root, "runs.0");
	assert_text(run, "columnKind", "utf16CodeUnits");
	assert_text(run, "automationDetails.id", "bylaw/");
	assert_json(run, "originalUriBaseIds",
		"{\"%SRCROOT%\":{\"description\":{\"text\":\"The root of the repository.\"}}}");
	const cJSON *driver = dig(run, "tool.driver");
	assert_text(driver, "semanticVersion", "0.1.0");
	assert_int_equal(cJSON_GetArraySize(dig(driver, "rules")), 3);
	assert_text(driver, "rules.0.help.markdown", "# Layers\n\nWhy.\n");
	assert_text(driver, "rules.0.name", "NodeLayers");
	assert_text(driver, "rules.0.fullDescription.text",
		"Controllers reach persistence through services (§5, 6 of the written rules)");
	assert_json(driver, "rules.1.defaultConfiguration", "{\"level\":\"warning\"}");
	assert_json(driver, "rules.2.defaultConfiguration", "{\"enabled\":false}");
	assert_text(driver, "rules.1.help.text", "Log through a logger");
	const cJSON *properties = dig(driver, "rules.0.properties");
	assert_json(properties, "tags", "[\"node\",\"clause-5\",\"clause-6\"]");
	assert_text(properties, "precision", "very-high");
	assert_string_equal(cJSON_GetObjectItem(properties, "problem.severity")->valuestring, "error");
	const cJSON *invocation = dig(run, "invocations.0");
	assert_json(invocation, "executionSuccessful", "false");
	assert_json(invocation, "toolExecutionNotifications.0",
		"{\"descriptor\":{\"id\":\"skip/"
		"size\"},\"level\":\"warning\",\"message\":{\"text\":\"This file was not "
		"analysed.\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"big%"
		"20%FF.ts\","
		"\"uriBaseId\":\"%SRCROOT%\"}}}]}");
	assert_text(invocation, "toolExecutionNotifications.1.descriptor.id", "parse/partial");
	assert_json(invocation, "toolExecutionNotifications.1.locations.0.physicalLocation.region",
		"{\"startLine\":3,\"startColumn\":1,\"endLine\":3,\"endColumn\":17}");
	assert_text(invocation, "toolExecutionNotifications.2.message.text", "imports unresolved (2 files)");
	assert_json(
		invocation, "toolExecutionNotifications.2.associatedRule", "{\"id\":\"node/no-console\",\"index\":1}");
	cJSON_Delete(root);
	report_release(&r);
}

static void assert_line_hash(const cJSON *result, const char *file, uint32_t line)
{
	struct line_hashes hashes = { 0 };
	char text[FINGERPRINT_TEXT];
	line_hashes_compute(&hashes, str_from(file));
	fingerprint_text(hashes.lines.items[line - 1], text);
	assert_text(result, "partialFingerprints.primaryLocationLineHash", text);
	line_hashes_release(&hashes);
}

static void test_sarif_result(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_example(&r);
	cJSON *root = print_json(&r, "sarif");
	const cJSON *result = dig(root, "runs.0.results.0");
	assert_text(result, "ruleId", "node/layers");
	assert_json(result, "ruleIndex", "0");
	assert_text(result, "level", "error");
	assert_text(result, "message.text",
		"A injects B\nSee [B is a \\[repository\\]](1), B was Old (in the base: src/b.ts:1).");
	assert_json(result, "relatedLocations",
		"[{\"id\":1,\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/"
		"b.ts\",\"uriBaseId\":\"%SRCROOT%\"},"
		"\"region\":{\"startLine\":1,\"startColumn\":14,\"endLine\":1,\"endColumn\":15}},"
		"\"message\":{\"text\":\"B is a [repository]\"}}]");
	assert_json(result, "locations.0.physicalLocation.region",
		"{\"startLine\":4,\"startColumn\":14,\"endLine\":4,\"endColumn\":26}");
	assert_line_hash(result, files[0].text, 4);
	assert_true(strlen(dig(result, "partialFingerprints.bylaw/v1")->valuestring) > 4);
	assert_null(cJSON_GetObjectItem(result, "suppressions"));
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_places(void **state)
{
	(void)state;
	struct report r = { 0 };
	add(&r, &layers, "wide.ts", 1, 20, 31, "[x](http://evil) \xFF");
	add(&r, &layers, "src/b.ts", 0, 0, 0, "the whole file")->suppression = SUPPRESSED_BY_BASELINE;
	struct finding *f = add(&r, &layers, "src/a.ts", 3, 8, 2, "several lines");
	f->place.end_line = 5;
	f->suppression = SUPPRESSED_IN_SOURCE;
	f->justification = STR("ADR-12");
	for (int i = 0; i < 101; i++)
		note(f, "src/b.ts", 1, 1, 2, false, "n");
	report_finish(&r);
	cJSON *root = print_json(&r, "sarif");
	const cJSON *results = dig(root, "runs.0.results");
	assert_json(results, "0.locations.0.physicalLocation.region",
		"{\"startLine\":3,\"startColumn\":8,\"endLine\":3,\"endColumn\":17}");
	assert_json(results, "0.suppressions", "[{\"kind\":\"inSource\",\"justification\":\"ADR-12\"}]");
	assert_int_equal(cJSON_GetArraySize(dig(results, "0.relatedLocations")), 100);
	assert_json(results, "1.locations.0.physicalLocation.region",
		"{\"startLine\":1,\"startColumn\":1,\"endLine\":1,\"endColumn\":18}");
	assert_json(results, "1.suppressions", "[{\"kind\":\"external\"}]");
	/* 中 and 文 one unit each, the emoji two, é one */
	assert_json(results, "2.locations.0.physicalLocation.region",
		"{\"startLine\":1,\"startColumn\":13,\"endLine\":1,\"endColumn\":24}");
	assert_json(results, "2.suppressions", "[]");
	assert_line_hash(dig(results, "0"), files[0].text, 3);
	assert_line_hash(dig(results, "2"), files[3].text, 1);
	assert_text(results, "2.message.text", "[x\\](http://evil) \\xff");
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_limit(void **state)
{
	(void)state;
	struct report r = { 0 };
	for (uint32_t i = 0; i < 25002; i++)
		add(&r, i == 25001 ? &layers : &no_console, "src/a.ts", i + 1, 1, 2, "m");
	r.findings.items[0]->suppression = SUPPRESSED_IN_SOURCE;
	report_finish(&r);
	cJSON *root = print_json(&r, "sarif");
	const cJSON *results = dig(root, "runs.0.results");
	assert_int_equal(cJSON_GetArraySize(results), 25000);
	assert_json(results->child, "locations.0.physicalLocation.region.startLine", "2");
	assert_text(results->child->prev, "level", "error");
	assert_text(root, "runs.0.invocations.0.toolExecutionNotifications.0.message.text",
		"25002 findings; the 25000 gravest are listed, which is as many as GitHub takes.");
	cJSON_Delete(root);
	report_release(&r);
}

/* O6: nothing found and nothing read is a log too. */
static void test_sarif_empty(void **state)
{
	(void)state;
	struct report r = { 0 };
	cJSON *root = print_json(&r, "sarif");
	assert_json(root, "runs.0.results", "[]");
	assert_json(root, "runs.0.invocations", "[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[]}]");
	cJSON_Delete(root);
	report_release(&r);
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
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_reads_once),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_sarif_log),
		cmocka_unit_test(test_sarif_result),
		cmocka_unit_test(test_sarif_places),
		cmocka_unit_test(test_sarif_limit),
		cmocka_unit_test(test_sarif_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
