/* Severities, options, places, abstentions, the registry; that threads do not show. */
#include "check/state.h"
#include "unit/project.h"

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
		project_run(&p, "src/a.ts", "console.log(1);\n", rows[i].config);
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
	} rows[] = { { "", SEVERITY_WARNING }, { "rules: { python/async-io: error }", SEVERITY_WARNING },
		{ "rules: { python/async-io: note }", SEVERITY_NOTE } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_run(&p, "app/a.py", text, rows[i].config);
		assert_int_equal(p.result.report.findings.count, 1);
		assert_int_equal(p.result.report.findings.items[0]->severity, rows[i].severity);
		project_release(&p);
	}
}

static const struct rule_option loud_options[] = {
	{ "most", OPTION_NUMBER, "30", "" },
	{ "words", OPTION_STRINGS, "warn", "" },
	{ "strict", OPTION_BOOL, "true", "" },
	{ 0 },
};

/* A rule of the test's own, for what no rule of the registry does. */
static const struct rule loud = { .id = "test/loud",
	.clauses = "",
	.title = "Nothing is loud",
	.severity = SEVERITY_WARNING,
	.languages = UINT32_MAX,
	.options = loud_options };
static const struct rule *const own_rules[] = { &loud };

/* A context for calling what rules call. */
struct bench {
	struct project project;
	struct config config;
	struct check_input input;
	struct arena arena;
	struct slot slot;
	struct rule_state state;
	struct rule_context context;
};

static void bench_open(struct bench *b, const char *text, const char *config)
{
	struct config_schema schema = { own_rules, 1 };
	struct err err = { 0 };
	*b = (struct bench){ 0 };
	project_run(&b->project, "src/a.ts", text, "");
	assert_true(config_parse(&b->config, &schema, STR("bylaw.yaml"), str_from(config), &err));
	b->input = (struct check_input){
		.model = b->project.result.model, .wire = b->project.result.wire, .config = &b->config
	};
	b->state = (struct rule_state){ &b->input, &b->arena, &b->slot };
	file_id file = model_find_file(b->input.model, STR("src/a.ts"));
	b->context = (struct rule_context){ &loud, b->input.model, b->input.wire, file,
		&model_file(b->input.model, file)->facts, &b->state };
}

static void bench_close(struct bench *b)
{
	vec_release(&b->slot.findings);
	for (uint32_t i = 0; i < b->slot.abstentions.count; i++)
		vec_release(&b->slot.abstentions.items[i].told.files);
	vec_release(&b->slot.abstentions);
	arena_release(&b->arena);
	config_release(&b->config);
	project_release(&b->project);
}

/* The rule's default is a warning: what becomes of a finding that it leaves, lowers or raises? */
static void test_configured_severity_is_base_and_cap(void **state)
{
	(void)state;
	static const struct {
		const char *config;
		enum severity left, lowered, raised;
	} rows[] = {
		{ "", SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_ERROR },
		{ "rules: { test/loud: error }", SEVERITY_ERROR, SEVERITY_NOTE, SEVERITY_ERROR },
		{ "rules: { test/loud: warning }", SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_WARNING },
		{ "rules: { test/loud: note }", SEVERITY_NOTE, SEVERITY_NOTE, SEVERITY_NOTE },
		{ "rules: { test/loud: off }", SEVERITY_OFF, SEVERITY_OFF, SEVERITY_OFF },
		{ "overrides: [ { files: [\"src/**\"], rules: { test/loud: note } } ]", SEVERITY_NOTE, SEVERITY_NOTE,
			SEVERITY_NOTE },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct bench b;
		bench_open(&b, "a();\n", rows[i].config);
		struct finding *left = report_at(&b.context, 1, "left");
		struct finding *lowered = report_at(&b.context, 1, "lowered");
		struct finding *raised = report_at(&b.context, 1, "raised");
		finding_severity(lowered, SEVERITY_NOTE);
		finding_severity(raised, SEVERITY_ERROR);
		assert_int_equal(left->severity, rows[i].left);
		assert_int_equal(lowered->severity, rows[i].lowered);
		assert_int_equal(raised->severity, rows[i].raised);
		bench_close(&b);
	}
}

static void test_options_have_fallbacks(void **state)
{
	(void)state;
	struct bench b;
	bench_open(&b, "a();\n", "");
	assert_true(rule_option_bool(&b.context, "strict"));
	assert_true(rule_option_number(&b.context, "most") == 30);
	assert_true(rule_option_has(&b.context, "words", STR("warn")));
	bench_close(&b);
	bench_open(
		&b, "a();\n", "rules: { test/loud: { options: { strict: false, most: 2.5, words: [error, log] } } }");
	assert_false(rule_option_bool(&b.context, "strict"));
	assert_true(rule_option_number(&b.context, "most") == 2.5);
	assert_true(rule_option_has(&b.context, "words", STR("log")));
	assert_false(rule_option_has(&b.context, "words", STR("warn")));
	bench_close(&b);
}

/* A finding at a call of f(): its line, its columns, the symbol around it. */
static void test_places_and_symbols(void **state)
{
	(void)state;
	static const struct {
		const char *text, *symbol;
		uint32_t line, column, end_column;
	} rows[] = {
		{ "f();\n", "", 1, 1, 4 },
		{ "class A {\n\tg() {\n\t\tf();\n\t}\n}\n", "A.g", 3, 3, 6 },
		{ "class A {\n\tg = () => {\n\t\tf(\n\t\t\t1);\n\t};\n}\n", "A.g", 3, 3, 5 },
		{ "const g = () => {\n\tfunction h() {\n\t\tf();\n\t}\n};\n", "g.h", 3, 3, 6 },
		{ "export default class {\n\tg() { f(); }\n}\n", "g", 2, 8, 11 },
		{ "function g() { const a = \"\xC3\xA4\"; f(1) }", "g", 1, 32, 36 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct bench b;
		bench_open(&b, rows[i].text, "");
		node_id call = 1;
		while (node_kind(b.context.facts, call) != NODE_CALL)
			call++;
		const struct finding *finding = report_at(&b.context, call, "%s", "loud");
		assert_true(str_is(finding->symbol, rows[i].symbol));
		assert_int_equal(finding->place.line, rows[i].line);
		assert_int_equal(finding->place.end_line, rows[i].line);
		assert_int_equal(finding->place.column, rows[i].column);
		assert_int_equal(finding->place.end_column, rows[i].end_column);
		bench_close(&b);
	}
}

static void test_abstentions_count_files(void **state)
{
	(void)state;
	struct bench b;
	bench_open(&b, "f();\n", "");
	file_id manifest = model_find_file(b.input.model, STR("package.json"));
	rule_abstain(&b.context, b.context.file, "unresolved import");
	rule_abstain(&b.context, b.context.file, "unresolved import");
	rule_abstain(&b.context, manifest, "unresolved import");
	rule_abstain(&b.context, b.context.file, "another reason");
	assert_int_equal(b.slot.abstentions.count, 2);
	assert_int_equal(b.slot.abstentions.items[0].told.count, 2);
	assert_int_equal(b.slot.abstentions.items[0].told.files.count, 2);
	assert_true(str_is(b.slot.abstentions.items[0].told.example, "src/a.ts"));
	bench_close(&b);
}

enum { MANY = 60 };

/* Files of four languages, with findings, suppressions, faults and a broken one now and then. */
static struct source *many_files(void)
{
	static const struct {
		const char *path, *text;
	} forms[] = {
		{ "src/a%u.ts", "console.log(%u);\nconsole.warn(2); // " IGNORE ": banner\n// " IGNORE
				"\nf(console.error);\n" },
		{ "src/b%u.ts", "export const a = %u; // " IGNORE ": nothing\n" },
		{ "app/c%u.py", "import time\n\nasync def f():\n    time.sleep(%u)\n    time.sleep(1)  # "
				"noqa: ASYNC251\n" },
		{ "internal/d/d%u.go",
			"package d\n\nfunc f%u() {\n\tgo func() {\n\t\tfor {\n\t\t}\n\t}()\n\tpanic(1)\n}\n" },
		{ "src/e%u.rs", "fn f() {\n    println!(\"{}\", %u);\n}\nfn (\n" },
	};
	struct source *source = overlay_source_open(NULL);
	overlay_source_put(source, STR("package.json"), STR("{ \"dependencies\": { \"express\": \"4\" } }"));
	for (unsigned i = 0; i < MANY; i++) {
		struct buf path = { 0 }, text = { 0 };
		struct str rest = str_from(forms[i % 5].path), part;
		str_split(&rest, '%', &part);
		buf_printf(&path, "%.*s%u%.*s", STR_ARG(part), i, STR_ARG(str_slice(rest, 1, rest.len)));
		rest = str_from(forms[i % 5].text);
		uint32_t at = str_find(rest, '%');
		buf_printf(&text, "%.*s%u%.*s", STR_ARG(str_slice(rest, 0, at)), i,
			STR_ARG(str_slice(rest, at + 2, rest.len)));
		overlay_source_put(source, buf_str(&path), buf_str(&text));
		buf_release(&path);
		buf_release(&text);
	}
	return source;
}

static void describe_all(const struct report *r, struct buf *out)
{
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		buf_printf(out, "%.*s:%u:%u-%u %s %s %d %.*s {%.*s} %.*s\n", STR_ARG(f->place.path), f->place.line,
			f->place.column, f->place.end_column, f->rule->id, severity_name(f->severity),
			(int)f->suppression, STR_ARG(f->message), STR_ARG(f->symbol), STR_ARG(f->justification));
		for (uint32_t k = 0; k < f->related.count; k++)
			buf_printf(out, "\t%.*s:%u %.*s\n", STR_ARG(f->related.items[k].place.path),
				f->related.items[k].place.line, STR_ARG(f->related.items[k].message));
	}
	for (uint32_t i = 0; i < r->abstentions.count; i++)
		buf_printf(out, "%s %.*s %u %.*s\n", r->abstentions.items[i].rule->id,
			STR_ARG(r->abstentions.items[i].reason), r->abstentions.items[i].count,
			STR_ARG(r->abstentions.items[i].example));
}

static void run_many(uint32_t workers, bool timed, struct buf *out)
{
	struct project p;
	project_run_source(&p, many_files(), STRICT, workers, timed);
	describe_all(&p.result.report, out);
	for (uint32_t i = 0; timed && i < registry_count(); i++)
		assert_ptr_equal(p.result.rules[i].rule, registry_rules()[i]);
	project_release(&p);
}

/* Neither the number of threads nor running rule by rule shows in the report. */
static void test_threads_do_not_show(void **state)
{
	(void)state;
	static const struct {
		uint32_t workers;
		bool timed;
	} ways[] = { { 2, false }, { 8, false }, { 1, true }, { 8, true } };
	struct buf one = { 0 };
	run_many(1, false, &one);
	assert_true(str_contains(buf_str(&one), STR("internal/d/d3.go:8:")));
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		struct buf other = { 0 };
		run_many(ways[i].workers, ways[i].timed, &other);
		assert_string_equal(buf_cstr(&other), buf_cstr(&one));
		buf_release(&other);
	}
	buf_release(&one);
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
		cmocka_unit_test(test_configuration_reaches_the_rules),
		cmocka_unit_test(test_lowered_findings),
		cmocka_unit_test(test_configured_severity_is_base_and_cap),
		cmocka_unit_test(test_options_have_fallbacks),
		cmocka_unit_test(test_places_and_symbols),
		cmocka_unit_test(test_abstentions_count_files),
		cmocka_unit_test(test_threads_do_not_show),
		cmocka_unit_test(test_registry_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
