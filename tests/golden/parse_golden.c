/*
 * The pages of tests/parse against the parser. BYLAW_BLESS=1 writes what came out into the facts fences, and
 * adds the fence where a section has none yet; BYLAW_BLESS=go.md does so for one page. Known gaps are left
 * alone. Read the diff before you keep it.
 */
#include "goldens.h"

#include "facts/codec.h"
#include "facts/dump.h"
#include "parse/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* What is longer than this is cut at its line ends and at CUTS more places; shorter code at every byte. */
enum { MOST_PAGES = 64, CUT_EVERY_BYTE_UP_TO = 400, CUTS = 40, CONTEXT_LINES = 3 };

static struct parser *parser;

/* Parses and checks that the result opens; false (with the reason printed) when it does not. */
static bool parse_to(enum language language, struct str code, struct buf *encoded, struct facts *facts)
{
	buf_clear(encoded);
	enum skip_reason reason = parse_file(parser, language, code, encoded);
	struct err err = { 0 };
	if (reason != SKIP_NONE)
		print_error("not parsed: reason %d\n", (int)reason);
	else if (!facts_decode(buf_str(encoded), facts, &err))
		print_error("%s\n", err.message);
	else
		return true;
	return false;
}

static bool dump_to(enum language language, struct str code, struct buf *out)
{
	struct buf encoded = { 0 };
	struct facts facts;
	bool ok = parse_to(language, code, &encoded, &facts);
	if (ok)
		facts_dump(&facts, out);
	buf_release(&encoded);
	return ok;
}

/* The first line that differs, and what stands before it. */
static void print_difference(struct str expected, struct str actual, uint32_t first_line)
{
	struct str context[CONTEXT_LINES] = { 0 };
	for (uint32_t n = 0;; n++) {
		struct str want = { 0 }, got = { 0 };
		bool more_wanted = str_split(&expected, '\n', &want), more_got = str_split(&actual, '\n', &got);
		if (more_wanted && more_got && str_eq(want, got)) {
			context[n % CONTEXT_LINES] = want;
			continue;
		}
		for (uint32_t i = n < CONTEXT_LINES ? 0 : n - CONTEXT_LINES; i < n; i++)
			print_error("    %5u   %.*s\n", first_line + i, STR_ARG(context[i % CONTEXT_LINES]));
		print_error("    %5u - %.*s\n", first_line + n, more_wanted ? (int)want.len : 10,
			more_wanted ? want.ptr : "(the end)");
		print_error("          + %.*s\n", more_got ? (int)got.len : 9, more_got ? got.ptr : "(the end)");
		return;
	}
}

/* One section; false (with the reason printed) when it does not hold. */
static bool check_golden(const char *page, const struct golden *golden, struct str actual)
{
	struct str title = golden->facts.heading;
	bool same = str_eq(golden->facts.body, actual);
	if (golden->known_gap && same)
		print_error("%s:%u: fixed: \"%.*s\" is no known gap any more; drop the mark from its title\n", page,
			golden->code.heading_line, STR_ARG(title));
	if (!golden->known_gap && !same) {
		print_error(
			"%s:%u: \"%.*s\" differs (- expected, + actual)\n", page, golden->facts.line, STR_ARG(title));
		print_difference(golden->facts.body, actual, golden->facts.line);
	}
	return same != golden->known_gap;
}

/* Has the section what it needs? */
static bool check_form(const char *page, const struct golden *golden, bool bless)
{
	if (!golden->code.body.ptr)
		print_error("%s:%u: facts without code before them\n", page, golden->facts.line);
	else if (!golden_language(markdown_language(&golden->code)))
		print_error("%s:%u: \"%.*s\" is no language\n", page, golden->code.line, STR_ARG(golden->code.info));
	else if (!golden->has_facts && !bless)
		print_error("%s:%u: code without a facts fence; BYLAW_BLESS=1 adds it\n", page, golden->code.line);
	else
		return true;
	return false;
}

/* Copies the page up to the facts fence's body, then the new body; *copied moves behind the old one. */
static void bless_golden(
	struct str page, const struct golden *golden, struct str actual, struct buf *out, uint32_t *copied)
{
	uint32_t until = golden->has_facts ? golden->facts.body_start : golden->code.end;
	buf_add(out, str_slice(page, *copied, until));
	if (!golden->has_facts)
		buf_add_text(out, "\n```facts\n");
	buf_add(out, actual);
	if (!golden->has_facts)
		buf_add_text(out, "```\n");
	*copied = golden->has_facts ? golden->facts.body_end : until;
}

static void write_page(const char *path, struct str page)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(page.ptr, 1, page.len, file), page.len);
	assert_int_equal(fclose(file), 0);
}

static const char *page_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool is_blessing(const char *path)
{
	const char *bless = getenv("BYLAW_BLESS");
	return bless && (strcmp(bless, "1") == 0 || strcmp(bless, page_name(path)) == 0);
}

static void page_gives_its_facts(void **state)
{
	const char *path = *state;
	struct buf page = { 0 }, blessed = { 0 }, actual = { 0 };
	assert_true(markdown_read_file(path, &page));
	struct markdown markdown;
	markdown_init(&markdown, buf_str(&page));
	struct golden golden;
	uint32_t copied = 0, failed = 0, sections = 0;
	bool bless = is_blessing(path);
	for (; golden_next(&markdown, &golden); sections++) {
		enum language language = golden_language(markdown_language(&golden.code));
		buf_clear(&actual);
		if (!check_form(path, &golden, bless) || !dump_to(language, golden.code.body, &actual))
			failed++;
		else if (bless && !golden.known_gap)
			bless_golden(buf_str(&page), &golden, buf_str(&actual), &blessed, &copied);
		else
			failed += !check_golden(path, &golden, buf_str(&actual));
	}
	buf_add(&blessed, str_slice(buf_str(&page), copied, page.len));
	if (bless && !failed && !str_eq(buf_str(&blessed), buf_str(&page)))
		write_page(path, buf_str(&blessed));
	buf_release(&page);
	buf_release(&blessed);
	buf_release(&actual);
	if (failed)
		print_error("%s: %u of %u sections failed\n", path, failed, sections);
	assert_int_equal(failed, 0);
}

static bool parses_cut(enum language language, struct str code, uint32_t length)
{
	/* a copy of its own size, so that a read behind the end shows */
	char *copy = mem_alloc(length + 1);
	memcpy(copy, code.ptr, length);
	char *exact = mem_realloc(copy, length ? length : 1);
	struct buf encoded = { 0 }, text = { 0 };
	struct facts facts;
	bool ok = parse_to(language, (struct str){ exact, length }, &encoded, &facts);
	if (ok)
		facts_dump(&facts, &text);
	buf_release(&encoded);
	buf_release(&text);
	mem_free(exact);
	return ok;
}

/* Every beginning of a file is a file. */
static void cut_code_parses(void **state)
{
	const char *path = *state;
	struct buf page = { 0 };
	assert_true(markdown_read_file(path, &page));
	struct markdown markdown;
	markdown_init(&markdown, buf_str(&page));
	struct golden golden;
	uint32_t failed = 0;
	while (golden_next(&markdown, &golden)) {
		struct str code = golden.code.body;
		enum language language = golden_language(markdown_language(&golden.code));
		uint32_t step = code.len / CUTS + 1;
		for (uint32_t i = 0; language && i <= code.len; i++) {
			bool cut = code.len <= CUT_EVERY_BYTE_UP_TO || i % step == 0 ||
				   (i > 0 && code.ptr[i - 1] == '\n');
			if (!cut || parses_cut(language, code, i))
				continue;
			print_error("%s:%u: cut at byte %u\n", path, golden.code.line, i);
			failed++;
		}
	}
	buf_release(&page);
	assert_int_equal(failed, 0);
}

/* What the parser read before does not show. */
static void order_does_not_matter(void **state)
{
	const char *path = *state;
	struct buf page = { 0 }, first = { 0 }, second = { 0 };
	assert_true(markdown_read_file(path, &page));
	struct markdown markdown;
	markdown_init(&markdown, buf_str(&page));
	struct golden golden;
	struct parser *fresh = parser_new();
	while (golden_next(&markdown, &golden)) {
		enum language language = golden_language(markdown_language(&golden.code));
		if (!language)
			continue;
		buf_clear(&first);
		buf_clear(&second);
		assert_int_equal(parse_file(parser, language, golden.code.body, &first), SKIP_NONE);
		assert_int_equal(parse_file(fresh, language, golden.code.body, &second), SKIP_NONE);
		assert_true(str_eq(buf_str(&first), buf_str(&second)));
	}
	parser_free(fresh);
	buf_release(&page);
	buf_release(&first);
	buf_release(&second);
}

static void tables_name_what_grammars_have(void **state)
{
	(void)state;
	struct err err = { 0 };
	if (!parse_check_tables(&err))
		fail_msg("%s", err.message);
}

static int start(void **state)
{
	(void)state;
	parse_init();
	parser = parser_new();
	return 0;
}

static int stop(void **state)
{
	(void)state;
	parser_free(parser);
	return 0;
}

int main(int argc, char **argv)
{
	glob_t pages = { 0 };
	golden_pages(argc > 1 ? argv[1] : BYLAW_PARSE_GOLDENS, &pages);
	if (pages.gl_pathc == 0 || pages.gl_pathc > MOST_PAGES) {
		fprintf(stderr, "%zu pages found, 1 to %d wanted\n", pages.gl_pathc, MOST_PAGES);
		return 1;
	}
	static const struct {
		const char *name;
		CMUnitTestFunction run;
	} checks[] = {
		{ "facts", page_gives_its_facts },
		{ "cut", cut_code_parses },
		{ "order", order_does_not_matter },
	};
	enum { CHECKS = sizeof(checks) / sizeof(*checks) };
	struct CMUnitTest tests[MOST_PAGES * CHECKS + 1] = { cmocka_unit_test(tables_name_what_grammars_have) };
	static char names[MOST_PAGES * CHECKS][64];
	for (size_t i = 0; i < pages.gl_pathc * CHECKS; i++) {
		char *path = pages.gl_pathv[i / CHECKS];
		snprintf(names[i], sizeof(names[i]), "%s %s", page_name(path), checks[i % CHECKS].name);
		tests[i + 1] = (struct CMUnitTest){
			.name = names[i], .test_func = checks[i % CHECKS].run, .initial_state = path
		};
	}
	int failed = cmocka_run_group_tests_name("parse", tests, start, stop);
	globfree(&pages);
	return failed != 0;
}
