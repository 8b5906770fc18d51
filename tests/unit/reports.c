#include "unit/reports.h"

#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

const struct rule rule_layers = { .id = "node/layers",
	.clauses = "5, 6",
	.title = "Controllers reach persistence through services",
	.severity = SEVERITY_ERROR };
const struct rule rule_no_console = { .id = "node/no-console",
	.clauses = "10",
	.title = "Log through a logger",
	.severity = SEVERITY_WARNING,
	.precision = DETECTOR };
const struct rule rule_quiet = { .id = "go/quiet", .clauses = "", .title = "Quiet", .severity = SEVERITY_OFF };
static const struct rule *const rules[] = { &rule_layers, &rule_no_console, &rule_quiet };

static const struct {
	const char *path;
	bool in_base;
	const char *text;
} texts[] = {
	{ "src/a.ts", false,
		"import {B} from './b';\n\nexport class A {\n\tconstructor(private b: B) "
		"{}\n}\nconsole.log('x');\r\n" },
	{ "src/b.ts", false, "export class B {}\n" },
	{ "src/b.ts", true, "class Old {}\n" },
	{ "fix.py", false, "\xEF\xBB\xBF\"é😀\";\ta.dict()\r\n  # gone\r\nb.dict()" },
	{ "wide.ts", false, "/* 中文😀é */ console.log(\"\x1b[31m\xE2\x80\xAE\xFF\");\n" },
};

static bool read_text(void *context, struct str path, bool in_base, struct str *bytes)
{
	static char huge[20000];
	if (context)
		++*(int *)context;
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (!str_is(path, texts[i].path) || texts[i].in_base != in_base)
			continue;
		*bytes = str_from(texts[i].text);
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
	return rule == &rule_layers ? "# Layers\n\nWhy.\n" : NULL;
}

struct format_options report_options = {
	.rules = rules,
	.rule_count = 3,
	.rule_page = page,
	.text = read_text,
	.version = "0.1.0",
};

struct finding *add_finding(struct report *r, const struct rule *rule, const char *path, uint32_t line, uint32_t column,
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

void add_note(struct finding *f, const char *path, uint32_t line, uint32_t column, uint32_t end_column, bool in_base,
	const char *message)
{
	struct finding_related related = { { str_from(path), line, column, line, end_column, in_base },
		str_from(message) };
	vec_push(&f->related, related);
}

struct buf printed(const struct report *r, const char *format)
{
	struct buf out = { 0 };
	format_find(str_from(format))->print(r, &report_options, &out);
	buf_cstr(&out);
	return out;
}

/* Two findings in src/a.ts, one with evidence in two files. */
void fill_example(struct report *r)
{
	add_finding(r, &rule_no_console, "src/a.ts", 6, 1, 12, "console.log in production code: use the logger");
	struct finding *f = add_finding(r, &rule_layers, "src/a.ts", 4, 14, 26, "A injects B");
	f->symbol = STR("A");
	add_note(f, "src/b.ts", 1, 14, 15, false, "B is a [repository]");
	add_note(f, "src/b.ts", 1, 7, 10, true, "B was Old");
	report_finish(r);
}

void fill_gaps(struct report *r)
{
	struct skipped_file size = { STR("big \xFF.ts"), SKIP_SIZE, 0 }, partly = { STR("src/a.ts"), SKIP_NONE, 3 };
	struct abstention a = { &rule_no_console, STR("imports unresolved"), 2, STR("src/a.ts") };
	vec_push(&r->skipped, partly);
	vec_push(&r->skipped, size);
	vec_push(&r->abstentions, a);
}

/* "runs.0.results.1.level"; names with a dot are not needed here. */
const cJSON *dig(const cJSON *at, const char *path)
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

void assert_text(const cJSON *root, const char *path, const char *expected)
{
	const cJSON *value = dig(root, path);
	assert_true(cJSON_IsString(value));
	assert_string_equal(value->valuestring, expected);
}

void assert_json(const cJSON *root, const char *path, const char *expected)
{
	char *text = cJSON_PrintUnformatted(dig(root, path));
	assert_string_equal(text, expected);
	cJSON_free(text);
}

cJSON *printed_json(const struct report *r, const char *format)
{
	struct buf out = printed(r, format);
	cJSON *root = cJSON_Parse(out.ptr);
	assert_non_null(root);
	buf_release(&out);
	return root;
}
