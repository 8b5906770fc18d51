/* JSON and SARIF. */
#include "report/fingerprint.h"
#include "tree.h"
#include "unit/reports.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void test_json(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_gaps(&r);
	r.read = (struct completeness){ .files = 3, .lines = 70 };
	r.read.imports[ECOSYSTEM_NPM] = (struct import_counts){ .total = 4, .unresolved = { [CAUSE_NO_FILE] = 1 } };
	r.read.imports[ECOSYSTEM_GO].total = 1;
	r.read.files_by_language[LANGUAGE_TYPESCRIPT] = 3;
	fill_example(&r);
	r.findings.items[1]->suppression = SUPPRESSED_IN_SOURCE;
	r.findings.items[1]->justification = STR("legacy\xFF");
	report_finish(&r);
	cJSON *root = printed_json(&r, "json");
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
		"\"imports\":5,\"importsUnresolved\":1,\"importCauses\":{\"no such file\":1}}");
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_log(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_gaps(&r);
	fill_example(&r);
	report_options.incomplete = true;
	cJSON *root = printed_json(&r, "sarif");
	report_options.incomplete = false;
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

static void assert_line_hash(const cJSON *result, const char *path, uint32_t line)
{
	struct line_hashes hashes = { 0 };
	struct str bytes;
	char text[FINGERPRINT_TEXT];
	assert_true(report_options.text(NULL, str_from(path), false, &bytes));
	line_hashes_compute(&hashes, bytes);
	fingerprint_text(hashes.lines.items[line - 1], text);
	assert_text(result, "partialFingerprints.primaryLocationLineHash", text);
	line_hashes_release(&hashes);
}

/* Findings of fix.py: a name in a line with a tab and wide letters, a line that goes, what is suppressed, what is no text. */
static void fill_fixes(struct report *r)
{
	const struct edit edits[] = {
		{ 13, 21, STR("dict"), STR("dump"), false },
		{ 25, 31, STR("gone"), STR(""), true },
		{ 33, 41, STR("dict"), STR("dump"), false },
		{ 33, 41, STR("dict"), STR("\xFF"), false },
	};
	for (uint32_t i = 0; i < COUNT(edits); i++) {
		struct finding *f = add_finding(r, &rule_layers, "fix.py", i + 1, 1, 2, "m");
		vec_push(&f->edits, edits[i]);
		f->fix_is_unsafe = i == 1;
		f->suppression = i == 2 ? SUPPRESSED_IN_SOURCE : NOT_SUPPRESSED;
	}
	report_finish(r);
}

static void test_fixes_in_json(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_fixes(&r);
	cJSON *root = printed_json(&r, "json");
	assert_json(root, "findings.0.fix",
		"{\"applicability\":\"safe\",\"description\":\"replace `dict` by `dump`\",\"edits\":[{\"start\":15,\"end\":"
		"19,\"line\":1,\"column\":13,\"endLine\":1,\"endColumn\":17,\"text\":\"dump\"}]}");
	assert_json(root, "findings.1.fix",
		"{\"applicability\":\"unsafe\",\"description\":\"remove `gone`\",\"edits\":[{\"start\":23,\"end\":33,"
		"\"line\":2,\"column\":1,\"endLine\":3,\"endColumn\":1,\"text\":\"\"}]}");
	assert_null(cJSON_GetObjectItem(dig(root, "findings.2"), "fix"));
	assert_null(cJSON_GetObjectItem(dig(root, "findings.3"), "fix"));
	cJSON_Delete(root);
	report_release(&r);
}

static void test_fixes_in_sarif(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_fixes(&r);
	cJSON *root = printed_json(&r, "sarif");
	assert_json(root, "runs.0.newlineSequences", "[\"\\r\\n\",\"\\n\",\"\\r\"]");
	assert_json(root, "runs.0.results.0.fixes",
		"[{\"description\":{\"text\":\"replace `dict` by `dump`\"},\"artifactChanges\":[{\"artifactLocation\":{"
		"\"uri\":\"fix.py\",\"uriBaseId\":\"%SRCROOT%\"},\"replacements\":[{\"deletedRegion\":{\"startLine\":1,"
		"\"startColumn\":10,\"endLine\":1,\"endColumn\":14},\"insertedContent\":{\"text\":\"dump\"}}]}],"
		"\"properties\":{\"applicability\":\"safe\"}}]");
	assert_null(cJSON_GetObjectItem(dig(root, "runs.0.results.1"), "fixes"));
	cJSON_Delete(root);
	report_options.unsafe_fixes = true;
	root = printed_json(&r, "sarif");
	report_options.unsafe_fixes = false;
	assert_json(root, "runs.0.results.1.fixes.0.artifactChanges.0.replacements.0.deletedRegion",
		"{\"startLine\":2,\"startColumn\":1,\"endLine\":3,\"endColumn\":1}");
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_result(void **state)
{
	(void)state;
	struct report r = { 0 };
	fill_example(&r);
	cJSON *root = printed_json(&r, "sarif");
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
	assert_line_hash(result, "src/a.ts", 4);
	assert_true(strlen(dig(result, "partialFingerprints.bylaw/v1")->valuestring) > 4);
	cJSON_Delete(root);
	report_release(&r);
}

static void test_sarif_places(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_layers, "wide.ts", 1, 20, 31, "[x](http://evil) \xFF");
	add_finding(&r, &rule_layers, "src/b.ts", 0, 0, 0, "the whole file");
	struct finding *f = add_finding(&r, &rule_layers, "src/a.ts", 3, 8, 2, "several lines");
	f->place.end_line = 5;
	for (int i = 0; i < 101; i++)
		add_note(f, "src/b.ts", 1, 1, 2, false, "n");
	report_finish(&r);
	cJSON *root = printed_json(&r, "sarif");
	const cJSON *results = dig(root, "runs.0.results");
	assert_json(results, "0.locations.0.physicalLocation.region",
		"{\"startLine\":3,\"startColumn\":8,\"endLine\":3,\"endColumn\":17}");
	assert_int_equal(cJSON_GetArraySize(dig(results, "0.relatedLocations")), 100);
	assert_json(results, "1.locations.0.physicalLocation.region",
		"{\"startLine\":1,\"startColumn\":1,\"endLine\":1,\"endColumn\":18}");
	/* 中 and 文 one unit each, the emoji two, é one */
	assert_json(results, "2.locations.0.physicalLocation.region",
		"{\"startLine\":1,\"startColumn\":13,\"endLine\":1,\"endColumn\":24}");
	assert_line_hash(dig(results, "0"), "src/a.ts", 3);
	assert_line_hash(dig(results, "2"), "wide.ts", 1);
	assert_text(results, "2.message.text", "[x\\](http://evil) \\xff");
	cJSON_Delete(root);
	report_release(&r);
}

/* GitHub would open an alert for each that is suppressed; the fingerprints count them, as JSON's do. */
static void test_sarif_leaves_suppressed_out(void **state)
{
	(void)state;
	struct report r = { 0 };
	add_finding(&r, &rule_no_console, "src/a.ts", 1, 1, 2, "once")->suppression = SUPPRESSED_IN_SOURCE;
	add_finding(&r, &rule_no_console, "src/a.ts", 1, 1, 2, "twice");
	add_finding(&r, &rule_no_console, "src/a.ts", 2, 1, 2, "known")->suppression = SUPPRESSED_BY_BASELINE;
	report_finish(&r);
	cJSON *sarif = printed_json(&r, "sarif"), *json = printed_json(&r, "json");
	const cJSON *results = dig(sarif, "runs.0.results");
	assert_int_equal(cJSON_GetArraySize(results), 1);
	assert_text(results, "0.message.text", "twice");
	const char *fingerprint = dig(results, "0.partialFingerprints.bylaw/v1")->valuestring;
	assert_text(json, "findings.1.fingerprint", fingerprint);
	assert_text(json, "findings.0.suppression", "in-source");
	assert_text(json, "findings.2.suppression", "baseline");
	cJSON_Delete(sarif);
	cJSON_Delete(json);
	report_release(&r);
}

/* Prints `count` warnings, and one error behind them that was found last; beside a suppressed one. */
static cJSON *print_many(uint32_t count)
{
	struct report r = { 0 };
	add_finding(&r, &rule_no_console, "src/a.ts", 1, 1, 2, "m")->suppression = SUPPRESSED_IN_SOURCE;
	for (uint32_t i = 0; i < count; i++)
		add_finding(&r, &rule_no_console, "src/a.ts", i + 2, 1, 2, "m");
	add_finding(&r, &rule_layers, "src/a.ts", count + 2, 1, 2, "m");
	report_finish(&r);
	cJSON *root = printed_json(&r, "sarif");
	report_release(&r);
	return root;
}

/* O5: GitHub takes 25,000 results in a run, and refuses the whole file when there is one more. */
static void test_sarif_limit(void **state)
{
	(void)state;
	cJSON *root = print_many(24999);
	const cJSON *results = dig(root, "runs.0.results");
	assert_int_equal(cJSON_GetArraySize(results), 25000);
	assert_json(root, "runs.0.invocations.0.toolExecutionNotifications", "[]");
	cJSON_Delete(root);
	root = print_many(25000);
	results = dig(root, "runs.0.results");
	assert_int_equal(cJSON_GetArraySize(results), 25000);
	assert_json(results->child, "locations.0.physicalLocation.region.startLine", "2");
	assert_json(results->child->prev->prev, "locations.0.physicalLocation.region.startLine", "25000");
	assert_text(results->child->prev, "level", "error");
	assert_text(root, "runs.0.invocations.0.toolExecutionNotifications.0.message.text",
		"25001 findings; the 25000 gravest are listed, which is as many as GitHub takes.");
	cJSON_Delete(root);
}

/* O6: nothing found and nothing read is a log too. */
static void test_sarif_empty(void **state)
{
	(void)state;
	struct report r = { 0 };
	cJSON *root = printed_json(&r, "sarif");
	assert_json(root, "runs.0.results", "[]");
	assert_json(root, "runs.0.invocations", "[{\"executionSuccessful\":true,\"toolExecutionNotifications\":[]}]");
	cJSON_Delete(root);
	report_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_sarif_log),
		cmocka_unit_test(test_fixes_in_json),
		cmocka_unit_test(test_fixes_in_sarif),
		cmocka_unit_test(test_sarif_result),
		cmocka_unit_test(test_sarif_places),
		cmocka_unit_test(test_sarif_leaves_suppressed_out),
		cmocka_unit_test(test_sarif_limit),
		cmocka_unit_test(test_sarif_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
