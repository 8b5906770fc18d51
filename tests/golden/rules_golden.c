/*
 * Runs the fences of every rule's page, and of the cases in tests/rules and tests/contract. The fences between two
 * headings are one project; a line that must get a finding of the page's rule ends in `// finding`.
 */
#include "bylaw.h"
#include "check/registry.h"
#include "golden/goldens.h"
#include "golden/markdown.h"
#include "parse/parse.h"
#include "source/overlay.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct expected {
	struct str path, message;
	uint32_t line;
	bool met;
};

struct page_case {
	const char *page;
	struct markdown_fence first;
	struct str rule;
	struct source *head, *base;
	struct config config;
	bool has_config;
	VEC(struct expected) expected;
	uint32_t files, failures;
	struct arena arena;
};

struct totals {
	uint32_t cases, failures;
};

static const struct {
	const char *language, *path;
} default_names[] = {
	{ "ts", "src/main.service.ts" }, { "tsx", "src/App.tsx" },	 { "js", "src/main.js" },
	{ "go", "internal/app/app.go" }, { "py", "app/main_service.py" }, { "rs", "src/service.rs" },
	{ "proto", "protos/api.proto" },
};

/* Where the fence's file lies; empty when it is no file of a project. */
static struct str path_of(const struct markdown_fence *fence)
{
	struct str path;
	if (markdown_attribute(fence, "file", &path))
		return path;
	for (size_t i = 0; i < sizeof(default_names) / sizeof(*default_names); i++)
		if (str_is(markdown_language(fence), default_names[i].language))
			return str_from(default_names[i].path);
	return STR("");
}

static void expect(struct page_case *c, struct str path, uint32_t line, struct str message)
{
	struct expected expected = { path, message, line, false };
	vec_push(&c->expected, expected);
}

/* "… // finding: part of the message" */
static bool marker(struct str line, struct str *message)
{
	static const char *const marks[] = { "// finding", "# finding", "/* finding", "-- finding" };
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		uint32_t len = (uint32_t)strlen(marks[i]);
		for (uint32_t at = line.len >= len ? line.len - len + 1 : 0; at > 0; at--) {
			if (!str_starts(str_slice(line, at - 1, line.len), str_from(marks[i])))
				continue;
			*message = str_trim(str_slice(line, at - 1 + len, line.len));
			if (str_ends(*message, STR("*/")))
				message->len -= 2;
			if (message->len && message->ptr[0] == ':')
				*message = str_trim(str_slice(*message, 1, message->len));
			return true;
		}
	}
	return false;
}

static void read_markers(struct page_case *c, struct str path, struct str body)
{
	struct str line, message;
	for (uint32_t number = 1; str_split(&body, '\n', &line); number++)
		if (marker(line, &message))
			expect(c, path, number, message);
}

/* path:line part of the message */
static void read_findings(struct page_case *c, struct str body)
{
	struct str line;
	while (str_split(&body, '\n', &line)) {
		uint32_t space = str_find(line, ' ');
		struct str place = str_slice(line, 0, space), message = str_trim(str_slice(line, space, line.len));
		uint32_t colon = str_rfind(place, ':'), number = 0;
		if (colon == UINT32_MAX)
			continue;
		for (uint32_t i = colon + 1; i < place.len; i++)
			number = number * 10 + (uint32_t)(place.ptr[i] - '0');
		expect(c, str_slice(place, 0, colon), number, message);
	}
}

static void read_config(struct page_case *c, const struct markdown_fence *fence)
{
	struct config_schema schema = { registry_rules(), registry_count() };
	struct err err = { 0 };
	if (c->has_config)
		config_release(&c->config);
	c->has_config = true;
	if (!config_parse(&c->config, &schema, STR("bylaw.yaml"), fence->body, &err)) {
		printf("%s:%u: %s\n", c->page, fence->line, err.message);
		c->failures++;
		config_defaults(&c->config);
	}
}

static void add_fence(struct page_case *c, const struct markdown_fence *fence)
{
	struct str path = path_of(fence), revision = STR("head");
	if (str_is(markdown_language(fence), "findings")) {
		read_findings(c, fence->body);
		return;
	}
	if (str_empty(path))
		return;
	if (str_is(path, "bylaw.yaml")) {
		read_config(c, fence);
		return;
	}
	markdown_attribute(fence, "rev", &revision);
	c->files++;
	if (str_is(revision, "base")) {
		if (!c->base)
			c->base = overlay_source_open(NULL);
		overlay_source_put(c->base, path, fence->body);
		return;
	}
	overlay_source_put(c->head, path, fence->body);
	read_markers(c, path, fence->body);
}

static bool meets(const struct expected *e, const struct finding *f)
{
	return str_eq(e->path, f->place.path) && e->line == f->place.line &&
	       (str_empty(e->message) || str_contains(f->message, e->message));
}

static void complain(struct page_case *c, struct str path, uint32_t line, const char *what, struct str message)
{
	printf("%s:%u: %.*s: %.*s:%u: %s: %.*s\n", c->page, c->first.heading_line, STR_ARG(c->first.heading), STR_ARG(path),
	       line, what, STR_ARG(message));
	c->failures++;
}

static void compare(struct page_case *c, const struct report *report)
{
	for (uint32_t i = 0; i < report->findings.count; i++) {
		const struct finding *f = report->findings.items[i];
		bool wanted = false;
		if (f->suppression != NOT_SUPPRESSED || !str_is(c->rule, f->rule->id))
			continue;
		for (uint32_t e = 0; e < c->expected.count; e++)
			if (meets(&c->expected.items[e], f))
				wanted = c->expected.items[e].met = true;
		if (!wanted)
			complain(c, f->place.path, f->place.line, "unexpected", f->message);
	}
	for (uint32_t e = 0; e < c->expected.count; e++)
		if (!c->expected.items[e].met)
			complain(c, c->expected.items[e].path, c->expected.items[e].line, "missing", c->expected.items[e].message);
}

/* Rules about suppressions need the others to run. */
static bool runs_alone(struct str rule)
{
	return !str_starts(rule, STR("meta/"));
}

static void run_case(struct page_case *c)
{
	struct bylaw_result result = { 0 };
	struct err err = { 0 };
	struct libraries *libraries = libraries_new(c->config.libraries, c->config.libraries_line, &err);
	struct bylaw_request request = { .head = c->head, .base = c->base, .config = &c->config, .libraries = libraries,
					 .workers = 1, .today = "2026-01-01" };
	if (runs_alone(c->rule)) {
		request.only = &c->rule;
		request.only_count = 1;
	}
	if (libraries && bylaw_run(&request, &result, &err)) {
		compare(c, &result.report);
	} else {
		printf("%s:%u: %s\n", c->page, c->first.line, err.message);
		c->failures++;
	}
	bylaw_result_release(&result);
	libraries_free(libraries);
}

static void check_section(struct page_case *c, struct totals *totals)
{
	bool known_gap = str_contains(c->first.heading, STR("(known gap)"));
	if (!c->files)
		return;
	if (!c->has_config)
		config_defaults(&c->config);
	totals->cases++;
	if (known_gap)
		printf("%s:%u: known gap: ", c->page, c->first.heading_line);
	run_case(c);
	bool failed = c->failures > 0;
	if (known_gap && !failed)
		printf("FIXED; take the mark away\n");
	totals->failures += failed != known_gap;
}

static void begin_section(struct page_case *c, const struct markdown_fence *fence)
{
	struct str rule = c->rule;
	const char *page = c->page;
	*c = (struct page_case){ .page = page, .rule = rule, .first = *fence, .head = overlay_source_open(NULL) };
}

static void end_section(struct page_case *c, struct totals *totals)
{
	if (!c->head)
		return;
	check_section(c, totals);
	source_close(c->head);
	source_close(c->base);
	if (c->has_config || c->files)
		config_release(&c->config);
	vec_release(&c->expected);
	c->head = c->base = NULL;
}

/* "# node/no-console …" on the first line */
static struct str page_rule(struct str text)
{
	struct str line;
	str_split(&text, '\n', &line);
	line = str_trim(str_slice(line, 1, line.len));
	line = str_slice(line, 0, str_find(line, ' '));
	return str_slice(line, 0, str_find(line, ':'));
}

static void check_page(const char *path, struct totals *totals)
{
	struct buf text = { 0 };
	struct markdown markdown;
	struct markdown_fence fence;
	assert_true(markdown_read_file(path, &text));
	struct page_case c = { .page = path, .rule = page_rule(buf_str(&text)) };
	if (!registry_find(c.rule)) {
		printf("%s: its first line names no rule\n", path);
		totals->failures++;
	}
	markdown_init(&markdown, buf_str(&text));
	while (registry_find(c.rule) && markdown_next(&markdown, &fence)) {
		if (!c.head || fence.heading_line != c.first.heading_line) {
			end_section(&c, totals);
			begin_section(&c, &fence);
		}
		add_fence(&c, &fence);
	}
	end_section(&c, totals);
	buf_release(&text);
}

static void check_pages(const char *pattern, struct totals *totals)
{
	glob_t pages = { 0 };
	if (glob(pattern, 0, NULL, &pages) == 0)
		for (size_t i = 0; i < pages.gl_pathc; i++)
			check_page(pages.gl_pathv[i], totals);
	globfree(&pages);
}

static void test_rule_pages(void **state)
{
	(void)state;
	struct totals totals = { 0 };
	check_pages(BYLAW_ROOT "/rules/*/*.md", &totals);
	assert_true(totals.cases > 40);
	printf("rule pages: %u cases, %u failed\n", totals.cases, totals.failures);
	assert_int_equal(totals.failures, 0);
}

static void test_contract_cases(void **state)
{
	(void)state;
	struct totals totals = { 0 };
	check_pages(BYLAW_ROOT "/tests/rules/*/*.md", &totals);
	check_pages(BYLAW_ROOT "/tests/contract/*.md", &totals);
	printf("further cases: %u, %u failed\n", totals.cases, totals.failures);
	assert_int_equal(totals.failures, 0);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rule_pages), cmocka_unit_test(test_contract_cases) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
