/*
 * Runs the fences of every rule's page, of docs/wrappers.md, and of the cases in tests/rules and tests/contract. Where a page's first
 * line names no rule, the headings do.
 *
 * The fences between two headings that name their file are one project; a fence without `file=` is one of its
 * own. A line that must get a finding of the page's rule ends in `// finding` (or `# finding`, with a part of
 * the message behind a colon, and the severity before that: `// finding: note: …`); for lines that cannot carry a comment, a fence of findings lists `path:line
 * part of the message`. `rev=base` puts a file into the base revision, `file=bylaw.yaml` is the
 * configuration. Code must parse.
 *
 * A section "Bad" has at least one such line; one that ends in "(known gap)" must fail until it is mended.
 * The pages together show every message of a rule, and every option by a fence that fails without it (coverage.h).
 *
 * BYLAW_BLESS=1 rewrites the findings fences that are wrong.
 */
#include "bylaw.h"
#include "check/registry.h"
#include "golden/coverage.h"
#include "golden/goldens.h"
#include "golden/markdown.h"
#include "parse/parse.h"
#include "source/overlay.h"

#include <glob.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct expected {
	struct str path, message;
	uint32_t line;
	bool listed; /* in a findings fence */
	bool met;
};

/* A findings fence that was wrong, and what it should say. */
struct blessing {
	uint32_t start, end;
	struct buf text;
};

struct blessings {
	VEC(struct blessing) list;
};

/* A page, and the fences of one of its projects. */
struct page_case {
	const char *page;
	struct str page_rule, rule; /* that of the page; of the project, which its heading may name */
	struct blessings *blessings;
	struct coverage *coverage;
	struct markdown_fence first, listed, configured;
	struct source *head, *base;
	struct config config;
	bool has_config, has_list;
	bool is_single; /* its one file has no name */
	bool is_trial; /* it is only asked whether it fails */
	VEC(struct expected) expected;
	uint32_t files, failures;
};

struct totals {
	uint32_t cases, failures;
	struct coverage coverage;
};

static const struct {
	const char *language, *path;
} default_names[] = {
	{ "ts", "src/main.service.ts" },
	{ "tsx", "src/App.tsx" },
	{ "js", "src/main.js" },
	{ "go", "internal/app/app.go" },
	{ "py", "app/main_service.py" },
	{ "rs", "src/service.rs" },
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

static bool is_unnamed(const struct markdown_fence *fence)
{
	struct str path;
	return !markdown_attribute(fence, "file", &path) && !str_empty(path_of(fence));
}

static void expect(struct page_case *c, struct str path, uint32_t line, struct str message, bool listed)
{
	struct expected expected = { path, message, line, listed, false };
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
			expect(c, path, number, message, false);
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
		expect(c, str_slice(place, 0, colon), number, message, true);
	}
}

static void read_config(struct page_case *c, const struct markdown_fence *fence)
{
	struct config_schema schema = { registry_rules(), registry_count() };
	struct err err = { 0 };
	if (c->has_config)
		config_release(&c->config);
	c->has_config = true;
	c->configured = *fence;
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
		c->has_list = true;
		c->listed = *fence;
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
	c->is_single = is_unnamed(fence);
	if (str_is(revision, "base")) {
		if (!c->base)
			c->base = overlay_source_open(NULL);
		overlay_source_put(c->base, path, fence->body);
		return;
	}
	overlay_source_put(c->head, path, fence->body);
	read_markers(c, path, fence->body);
}

/* "warning: part of the message", or the part alone. */
static bool says_as_expected(const struct finding *f, struct str expected)
{
	uint32_t colon = str_find(expected, ':');
	enum severity asked;
	if (colon == UINT32_MAX || !severity_find(str_slice(expected, 0, colon), &asked))
		return str_contains(f->message, expected);
	return asked == f->severity && str_contains(f->message, str_trim(str_slice(expected, colon + 1, expected.len)));
}

static bool meets(const struct expected *e, const struct finding *f)
{
	return str_eq(e->path, f->place.path) && e->line == f->place.line &&
	       (str_empty(e->message) || says_as_expected(f, e->message));
}

static void complain(struct page_case *c, struct str path, uint32_t line, const char *what, struct str message)
{
	c->failures++;
	if (c->is_trial)
		return;
	printf("%s:%u: %.*s: %.*s:%u: %s: %.*s\n", c->page, c->first.heading_line, STR_ARG(c->first.heading),
		STR_ARG(path), line, what, STR_ARG(message));
}

static bool concerns(const struct page_case *c, const struct finding *f)
{
	return f->suppression == NOT_SUPPRESSED && str_is(c->rule, f->rule->id);
}

static void compare(struct page_case *c, const struct report *report)
{
	for (uint32_t i = 0; i < report->findings.count; i++) {
		const struct finding *f = report->findings.items[i];
		bool wanted = false;
		if (!concerns(c, f))
			continue;
		coverage_message(c->coverage, f->rule, f->message);
		for (uint32_t e = 0; e < c->expected.count; e++)
			if (meets(&c->expected.items[e], f))
				wanted = c->expected.items[e].met = true;
		if (!wanted)
			complain(c, f->place.path, f->place.line, "unexpected", f->message);
	}
	for (uint32_t e = 0; e < c->expected.count; e++)
		if (!c->expected.items[e].met)
			complain(c, c->expected.items[e].path, c->expected.items[e].line, "missing",
				c->expected.items[e].message);
}

/* What a fence says that does not parse is judged by nobody. */
static void check_parsed(struct page_case *c, const struct report *report)
{
	if (str_is(c->rule, "meta/parse-error"))
		return;
	for (uint32_t i = 0; i < report->skipped.count; i++) {
		const struct skipped_file *file = &report->skipped.items[i];
		complain(c, file->path, file->first_bad_line, "does not parse",
			str_from(skip_reason_text(file->reason)));
	}
}

static bool is_marked(const struct page_case *c, const struct finding *f)
{
	for (uint32_t e = 0; e < c->expected.count; e++)
		if (!c->expected.items[e].listed && meets(&c->expected.items[e], f))
			return true;
	return false;
}

/* Notes what the findings fence should say: everything that no marked line expects. */
static void bless(struct page_case *c, const struct report *report)
{
	struct blessing blessing = { c->listed.body_start, c->listed.body_end, { 0 } };
	for (uint32_t i = 0; i < report->findings.count; i++) {
		const struct finding *f = report->findings.items[i];
		if (concerns(c, f) && !is_marked(c, f))
			buf_printf(&blessing.text, "%.*s:%u %.*s\n", STR_ARG(f->place.path), f->place.line,
				STR_ARG(f->message));
	}
	vec_push(&c->blessings->list, blessing);
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
	struct bylaw_request request = { .head = c->head,
		.base = c->base,
		.config = &c->config,
		.libraries = libraries,
		.workers = 1,
		.today = "2026-01-01" };
	if (runs_alone(c->rule)) {
		request.only = &c->rule;
		request.only_count = 1;
	}
	if (libraries && bylaw_run(&request, &result, &err)) {
		compare(c, &result.report);
		if (c->failures && c->has_list && !c->is_trial && getenv("BYLAW_BLESS"))
			bless(c, &result.report);
		check_parsed(c, &result.report);
	} else {
		printf("%s:%u: %s\n", c->page, c->first.line, err.message);
		c->failures++;
	}
	bylaw_result_release(&result);
	libraries_free(libraries);
}

/* Does the case fail when this option is what it is by default? */
static void try_without(struct page_case *c, struct config_option *option)
{
	struct str name = option->name;
	uint32_t failures = c->failures;
	for (uint32_t e = 0; e < c->expected.count; e++)
		c->expected.items[e].met = false;
	option->name = STR("");
	c->is_trial = true;
	run_case(c);
	c->is_trial = false;
	option->name = name;
	if (c->failures > failures)
		coverage_option(c->coverage, registry_find(c->rule), name);
	c->failures = failures;
}

/* What a project says of its own wrappers must matter. */
static void try_without_libraries(struct page_case *c)
{
	struct str libraries = c->config.libraries;
	uint32_t failures = c->failures;
	for (uint32_t e = 0; e < c->expected.count; e++)
		c->expected.items[e].met = false;
	c->config.libraries = STR("");
	c->is_trial = true;
	run_case(c);
	c->is_trial = false;
	c->config.libraries = libraries;
	bool matters = c->failures > failures;
	c->failures = failures;
	if (!matters)
		complain(c, STR("bylaw.yaml"), 1, "makes no difference", STR("libraries"));
}

static void try_options(struct page_case *c)
{
	if (!str_empty(c->config.libraries))
		try_without_libraries(c);
	for (uint32_t i = 0; i < c->config.rules.count; i++) {
		struct config_rule *rule = &c->config.rules.items[i];
		for (uint32_t o = 0; o < rule->options.count && str_eq(rule->id, c->rule); o++)
			try_without(c, &rule->options.items[o]);
	}
}

static void check_project(struct page_case *c, struct totals *totals)
{
	bool known_gap = str_ends(c->first.heading, STR("(known gap)"));
	if (!c->has_config)
		config_defaults(&c->config);
	totals->cases++;
	if (known_gap)
		printf("%s:%u: known gap: ", c->page, c->first.heading_line);
	if (str_starts(c->first.heading, STR("Bad")) && !c->expected.count)
		complain(c, STR(""), c->first.line, "bad code without a finding", STR("mark the line"));
	run_case(c);
	bool failed = c->failures > 0;
	if (!failed && c->has_config)
		try_options(c);
	failed |= c->failures > 0;
	if (known_gap && !failed)
		printf("FIXED; take the mark away\n");
	totals->failures += failed != known_gap;
}

/* "### A job queue: `node/background-jobs`" */
static struct str heading_rule(struct str heading, struct str otherwise)
{
	struct str part;
	while (str_split(&heading, '`', &part))
		if (registry_find(part))
			return part;
	return otherwise;
}

static void begin_project(struct page_case *c, const struct markdown_fence *fence)
{
	*c = (struct page_case){ .page = c->page,
		.page_rule = c->page_rule,
		.rule = heading_rule(fence->heading, c->page_rule),
		.blessings = c->blessings,
		.coverage = c->coverage,
		.first = *fence,
		.head = overlay_source_open(NULL) };
}

static void end_project(struct page_case *c, struct totals *totals)
{
	if (!c->head)
		return;
	if (c->files && registry_find(c->rule))
		check_project(c, totals);
	else if (c->files)
		totals->failures++, printf("%s:%u: no rule is named\n", c->page, c->first.heading_line);
	source_close(c->head);
	source_close(c->base);
	config_release(&c->config);
	vec_release(&c->expected);
	c->head = c->base = NULL;
}

/* Puts the fence into the project it belongs to, which may be a new one. */
static void take_fence(struct page_case *c, const struct markdown_fence *fence, struct totals *totals)
{
	bool same_section = c->head && fence->heading_line == c->first.heading_line;
	bool is_code = !str_empty(path_of(fence)) && !str_is(path_of(fence), "bylaw.yaml");
	bool apart = is_code && c->files && (is_unnamed(fence) || c->is_single);
	if (!same_section || apart) {
		bool configured = same_section && c->has_config;
		struct markdown_fence config = c->configured;
		end_project(c, totals);
		begin_project(c, fence);
		if (configured)
			read_config(c, &config);
	}
	add_fence(c, fence);
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

/* Rewrites the page with them. */
static void apply_blessings(struct page_case *c, struct buf *text)
{
	struct buf page = { 0 };
	uint32_t at = 0;
	for (uint32_t i = 0; i < c->blessings->list.count; i++) {
		struct blessing *blessing = &c->blessings->list.items[i];
		buf_add(&page, str_slice(buf_str(text), at, blessing->start));
		buf_add(&page, buf_str(&blessing->text));
		at = blessing->end;
		buf_release(&blessing->text);
	}
	buf_add(&page, str_slice(buf_str(text), at, text->len));
	FILE *file = c->blessings->list.count ? fopen(c->page, "wb") : NULL;
	if (file) {
		assert_int_equal(fwrite(page.ptr, 1, page.len, file), page.len);
		fclose(file);
	}
	buf_release(&page);
}

static void check_page(const char *path, struct totals *totals)
{
	struct buf text = { 0 };
	struct markdown markdown;
	struct markdown_fence fence;
	struct blessings blessings = { 0 };
	assert_true(markdown_read_file(path, &text));
	struct page_case c = { .page = path,
		.page_rule = page_rule(buf_str(&text)),
		.blessings = &blessings,
		.coverage = &totals->coverage };
	markdown_init(&markdown, buf_str(&text));
	while (markdown_next(&markdown, &fence))
		take_fence(&c, &fence, totals);
	end_project(&c, totals);
	apply_blessings(&c, &text);
	vec_release(&blessings.list);
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

static void test_pages(void **state)
{
	static const char *const patterns[] = { "/tests/rules/*.md", "/tests/rules/*/*.md", "/tests/contract/*.md",
		"/docs/wrappers.md" };
	char pattern[PATH_MAX];
	struct totals totals = { 0 };
	(void)state;
	check_pages(BYLAW_ROOT "/rules/*/*.md", &totals);
	assert_true(totals.cases > 40);
	printf("rule pages: %u cases, %u failed\n", totals.cases, totals.failures);
	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		snprintf(pattern, sizeof(pattern), "%s%s", BYLAW_ROOT, patterns[i]);
		check_pages(pattern, &totals);
	}
	uint32_t gaps = coverage_gaps(&totals.coverage, registry_rules(), registry_count(), BYLAW_ROOT "/rules");
	printf("all: %u cases, %u failed; %u gaps in what pages show\n", totals.cases, totals.failures, gaps);
	coverage_release(&totals.coverage);
	assert_int_equal(totals.failures, 0);
	assert_int_equal(gaps, 0);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_pages) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
