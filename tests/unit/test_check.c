/* Suppressions, severities and options, through the whole pipeline on small projects. */
#include "bylaw.h"
#include "check/registry.h"
#include "parse/parse.h"
#include "source/overlay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct project {
	struct source *source;
	struct config config;
	struct libraries *libraries;
	struct bylaw_result result;
};

static void project_run(struct project *p, const char *path, const char *text, const char *config, uint32_t workers)
{
	struct config_schema schema = { registry_rules(), registry_count() };
	struct err err = { 0 };
	*p = (struct project){ .source = overlay_source_open(NULL) };
	overlay_source_put(p->source, STR("package.json"), STR("{ \"dependencies\": { \"express\": \"4\" } }"));
	overlay_source_put(p->source, str_from(path), str_from(text));
	assert_true(config_parse(&p->config, &schema, STR("bylaw.yaml"), str_from(config), &err));
	p->libraries = libraries_new(STR(""), 0, &err);
	struct bylaw_request request = { .head = p->source, .config = &p->config, .libraries = p->libraries,
					 .workers = workers, .today = "2026-06-15" };
	assert_true(bylaw_run(&request, &p->result, &err));
}

static void project_release(struct project *p)
{
	bylaw_result_release(&p->result);
	libraries_free(p->libraries);
	config_release(&p->config);
	source_close(p->source);
}

/* Findings that stand, as "line:rule line:rule"; suppressed ones in brackets. */
static void describe(const struct project *p, struct buf *out)
{
	for (uint32_t i = 0; i < p->result.report.findings.count; i++) {
		const struct finding *f = p->result.report.findings.items[i];
		bool covered = f->suppression != NOT_SUPPRESSED;
		buf_printf(out, "%s%s%u:%s%s", out->len ? " " : "", covered ? "[" : "", f->place.line,
			   strchr(f->rule->id, '/') + 1, covered ? "]" : "");
	}
}

#define IGNORE "bylaw-ignore[node/no-console]"

static const struct {
	const char *path, *text, *expected;
} suppressions[] = {
	/* trailing: its statement */
	{ "src/a.ts", "console.log(1); // " IGNORE ": banner\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // " IGNORE ": banner\nconsole.log(2);\n", "[1:no-console] 2:no-console" },
	{ "src/a.ts", "console.log(\n\t1,\n); // " IGNORE ": banner\n", "[1:no-console]" },
	{ "src/a.ts", "f(() => {\n\tconsole.log(1);\n}); // " IGNORE ": whole statement\n", "[2:no-console]" },
	{ "src/a.ts", "if (a) { // " IGNORE ": header only\n\tconsole.log(1);\n}\n", "1:unused-suppression 2:no-console" },
	/* alone: the next statement */
	{ "src/a.ts", "// " IGNORE ": banner\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// " IGNORE ": banner\n\n// and more\nconsole.log(1);\nconsole.log(2);\n", "[4:no-console] 5:no-console" },
	{ "src/a.ts", "/* " IGNORE ": banner */\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// " IGNORE ": header only\nfunction f() {\n\tconsole.log(1);\n}\n", "1:unused-suppression 3:no-console" },
	{ "src/a.ts", "function f() {\n\t// " IGNORE ": inner\n\tconsole.log(1);\n}\n", "[3:no-console]" },
	{ "src/a.ts", "const a = {\n\t// " IGNORE ": a property\n\tb: console.log,\n};\n", "[3:no-console]" },
	/* the whole file */
	{ "src/a.ts", "console.log(1);\nconsole.log(2);\n// bylaw-ignore-file[node/no-console]: a demo\n",
	  "[1:no-console] [2:no-console]" },
	/* several rules, areas */
	{ "src/a.ts", "console.log(1); // bylaw-ignore[go/goroutine-join, node/no-console]: both\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/*]: the area\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[layers/skip]: another rule\n", "1:no-console 1:unused-suppression" },
	/* no reason, no rule, no need */
	{ "src/a.ts", "console.log(1); // " IGNORE "\n", "1:no-console 1:missing-reason" },
	{ "src/a.ts", "console.log(1); // " IGNORE ":\n", "1:no-console 1:missing-reason" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/no-consol]: typo\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "const a = 1; // " IGNORE ": nothing here\n", "1:unused-suppression" },
	{ "src/a.ts", "console.log(1); // see bylaw-ignore[node/no-console]: not at its start\n", "1:no-console" },
	/* until */
	{ "src/a.ts", "console.log(1); // " IGNORE " until=2026-06-15: the last day\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // " IGNORE " until=2026-06-14: over\n", "1:no-console 1:unused-suppression" },
	/* a comment in a string is none */
	{ "src/a.ts", "console.log(\"// " IGNORE ": no\");\n", "1:no-console" },
	{ "src/a.ts", "console.log(1); // " IGNORE ": crlf\r\nconsole.log(2);\r\n", "[1:no-console] 2:no-console" },
	/* other languages' comments */
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # bylaw-ignore[python/async-io]: alone\n", "[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    # bylaw-ignore[python/async-io]: alone\n    time.sleep(1)\n", "[5:async-io]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) // bylaw-ignore[go/panic-startup-only]: known\n}\n",
	  "[4:panic-startup-only]" },
	/* peers */
	{ "src/a.ts", "// eslint-disable-next-line no-console\nconsole.log(1);\nconsole.log(2);\n", "[2:no-console] 3:no-console" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line no-console\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line no-alert\n", "1:no-console" },
	{ "src/a.ts", "/* eslint-disable no-console */\nconsole.log(1);\n/* eslint-enable no-console */\nconsole.log(2);\n",
	  "[2:no-console] 4:no-console" },
	{ "src/a.ts", "/* eslint-disable no-alert, no-console -- a tool */\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// biome-ignore lint/suspicious/noConsole: start-up\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// oxlint-disable-next-line no-console\nconsole.log(1);\n", "[2:no-console]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: ASYNC251\n", "[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: E501\n", "4:async-io" },
	{ "app/a.py", "# ruff: noqa: ASYNC251\nimport time\n\nasync def f():\n    time.sleep(1)\n", "[5:async-io]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolint:revive,nopanic // known\n}\n", "[4:panic-startup-only]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolint:errcheck\n}\n", "4:panic-startup-only" },
};

static void test_suppressions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(suppressions) / sizeof(*suppressions); i++) {
		struct project p;
		struct buf found = { 0 };
		project_run(&p, suppressions[i].path, suppressions[i].text, "", 1);
		describe(&p, &found);
		if (!str_is(buf_str(&found), suppressions[i].expected))
			print_message("row %zu: %s\n", i, suppressions[i].text);
		assert_string_equal(buf_cstr(&found), suppressions[i].expected);
		buf_release(&found);
		project_release(&p);
	}
}

static void test_peers_can_be_turned_off(void **state)
{
	(void)state;
	struct project p;
	project_run(&p, "src/a.ts", "console.log(1); // eslint-disable-line\n", "peer-suppressions: false\n", 1);
	assert_int_equal(report_count(&p.result.report, SEVERITY_ERROR), 1);
	project_release(&p);
}

static void test_configuration_reaches_the_rules(void **state)
{
	(void)state;
	static const struct {
		const char *config;
		uint32_t errors, warnings;
	} rows[] = {
		{ "", 1, 0 },
		{ "rules: { node/no-console: warning }", 0, 1 },
		{ "rules: { \"node/*\": warning }", 0, 1 },
		{ "rules: { node/no-console: off }", 0, 0 },
		{ "rules: { node/no-console: { exclude: [\"src/**\"] } }", 0, 0 },
		{ "exclude: [\"src/**\"]", 0, 0 },
		{ "rules: { node/no-console: { options: { allow: [log] } } }", 0, 0 },
		{ "overrides: [ { files: [\"src/**\"], rules: { node/no-console: warning } } ]", 0, 1 },
		{ "overrides: [ { files: [\"lib/**\"], rules: { node/no-console: warning } } ]", 1, 0 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_run(&p, "src/a.ts", "console.log(1);\n", rows[i].config, 1);
		uint32_t errors = report_count(&p.result.report, SEVERITY_ERROR);
		assert_int_equal(errors, rows[i].errors);
		assert_int_equal(report_count(&p.result.report, SEVERITY_WARNING) - errors, rows[i].warnings);
		project_release(&p);
	}
}

/* What a rule lowered stays lowered; what is configured is a cap. */
static void test_lowered_findings(void **state)
{
	(void)state;
	static const char text[] = "async def f():\n    open(\"a\")\n";
	static const struct {
		const char *config;
		enum severity severity;
	} rows[] = { { "", SEVERITY_WARNING },
		     { "rules: { python/async-io: error }", SEVERITY_WARNING },
		     { "rules: { python/async-io: note }", SEVERITY_NOTE } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_run(&p, "app/a.py", text, rows[i].config, 1);
		assert_int_equal(p.result.report.findings.count, 1);
		assert_int_equal(p.result.report.findings.items[0]->severity, rows[i].severity);
		project_release(&p);
	}
}

static void test_registry_is_whole(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		assert_ptr_equal(registry_find(str_from(rule->id)), rule);
		assert_true(str_starts(str_from(registry_page(rule)), STR("# ")));
		assert_true(str_contains(str_from(registry_page(rule)), str_from(rule->id)));
		assert_true(rule->severity != SEVERITY_OFF && rule->languages && rule->title[0]);
		for (const struct rule_option *o = rule->options; o && o->name; o++)
			assert_true(str_contains(str_from(registry_page(rule)), str_from(o->name)));
	}
	assert_true(registry_in_clause(registry_find(STR("go/goroutine-join")), STR("7.3")));
	assert_true(registry_in_clause(registry_find(STR("go/goroutine-join")), STR("§16")));
	assert_false(registry_in_clause(registry_find(STR("go/goroutine-join")), STR("7.4")));
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suppressions),	  cmocka_unit_test(test_peers_can_be_turned_off),
		cmocka_unit_test(test_configuration_reaches_the_rules), cmocka_unit_test(test_lowered_findings),
		cmocka_unit_test(test_registry_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
