/*
 * tests/showcase breaks the rules on purpose, and its OFFENCES.md says where. For every rule there is, what the page lists
 * and what a check of the showcase finds are the same. A row that ends in "(known gap)" must not be found until the rule
 * is mended.
 */
#include "golden/markdown.h"
#include "source/disk.h"
#include "unit/project.h"

#define SHOWCASE BYLAW_TESTS "/showcase"

/* Rules that are being made: neither their rows nor what they find is compared yet. */
static const char *const unfinished[] = { "wiring/api-service", "wiring/endpoint", "wiring/persistence",
	"wiring/consumed" };

static bool is_compared(struct str rule)
{
	for (size_t i = 0; i < sizeof(unfinished) / sizeof(*unfinished); i++)
		if (str_is(rule, unfinished[i]))
			return false;
	return registry_find(rule) != NULL;
}

struct row {
	struct str rule, path;
	uint32_t line;
	bool known_gap, found;
};

struct rows {
	VEC(struct row) list;
};

/* The next cell of a table's line: what stands up to the next bar. */
static struct str cell(struct str *rest)
{
	struct str text = { 0 };
	str_split(rest, '|', &text);
	return str_trim(text);
}

/* "| rule id | file:line | what is wrong |"; other lines, and rules that are still to come, add nothing. */
static void add_row(struct rows *rows, struct str line)
{
	if (!str_starts(line, STR("| ")))
		return;
	struct str rest = str_slice(line, 2, line.len), place;
	struct row row = { .rule = cell(&rest) };
	place = cell(&rest);
	row.known_gap = str_ends(cell(&rest), STR("(known gap)"));
	uint32_t colon = str_rfind(place, ':');
	if (!is_compared(row.rule) || colon == UINT32_MAX)
		return;
	row.path = str_slice(place, 0, colon);
	for (uint32_t i = colon + 1; i < place.len; i++)
		row.line = row.line * 10 + (uint32_t)(place.ptr[i] - '0');
	vec_push(&rows->list, row);
}

static void read_offences(struct rows *rows, struct str page)
{
	struct str line;
	bool listed = false;
	while (str_split(&page, '\n', &line)) {
		if (str_starts(line, STR("## ")))
			listed = str_is(line, "## Offences");
		if (listed)
			add_row(rows, line);
	}
}

static struct row *row_of(struct rows *rows, const struct finding *f)
{
	for (uint32_t i = 0; i < rows->list.count; i++) {
		struct row *row = &rows->list.items[i];
		if (str_is(row->rule, f->rule->id) && str_eq(row->path, f->place.path) && row->line == f->place.line)
			return row;
	}
	return NULL;
}

static unsigned compare_findings(struct rows *rows, const struct report *report)
{
	unsigned wrong = 0;
	for (uint32_t i = 0; i < report->findings.count; i++) {
		const struct finding *f = report->findings.items[i];
		struct row *row = row_of(rows, f);
		if (row)
			row->found = true;
		if (row || f->suppression != NOT_SUPPRESSED || !is_compared(str_from(f->rule->id)))
			continue;
		print_error("not listed: %s %.*s:%u: %.*s\n", f->rule->id, STR_ARG(f->place.path), f->place.line,
			STR_ARG(f->message));
		wrong++;
	}
	return wrong;
}

static unsigned compare_rows(const struct rows *rows)
{
	unsigned wrong = 0;
	for (uint32_t i = 0; i < rows->list.count; i++) {
		const struct row *row = &rows->list.items[i];
		if (row->found != row->known_gap)
			continue;
		print_error("%s: %.*s %.*s:%u\n", row->found ? "found, take the (known gap) away" : "not found",
			STR_ARG(row->rule), STR_ARG(row->path), row->line);
		wrong++;
	}
	return wrong;
}

static void test_offences_are_what_is_found(void **state)
{
	(void)state;
	struct buf page = { 0 }, config = { 0 };
	struct rows rows = { 0 };
	struct err err = { 0 };
	struct project p;
	assert_true(markdown_read_file(SHOWCASE "/OFFENCES.md", &page));
	assert_true(markdown_read_file(SHOWCASE "/bylaw.yaml", &config));
	buf_add_char(&config, '\0');
	read_offences(&rows, buf_str(&page));
	assert_true(rows.list.count > 30);
	struct source *source = disk_source_open(SHOWCASE, NULL, 0, &err);
	assert_non_null(source);
	project_run_source(&p, source, config.ptr, 1, false);
	unsigned wrong = compare_findings(&rows, &p.result.report);
	assert_int_equal(wrong + compare_rows(&rows), 0);
	project_release(&p);
	vec_release(&rows.list);
	buf_release(&page);
	buf_release(&config);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_offences_are_what_is_found) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
