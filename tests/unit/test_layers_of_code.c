/* Our own house rule: a file includes only headers of its own module or of modules to its left. */
#include "base/path.h"
#include "golden/markdown.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const order[] = { "base", "config", "report", "source", "git", "facts", "parse", "model", "wire",
	"rules", "check", "", "lsp", "cli" };
enum { MODULES = sizeof(order) / sizeof(*order), NOT_OURS = MODULES };

static unsigned failures, files;

static unsigned module_of(struct str path)
{
	struct str first = str_slice(path, 0, str_find(path, '/'));
	if (first.len == path.len)
		first = STR("");
	for (unsigned i = 0; i < MODULES; i++)
		if (str_is(first, order[i]))
			return i;
	return NOT_OURS;
}

/* #include "parse/walk.h" → parse/walk.h */
static bool included(struct str line, struct str *path)
{
	if (!str_starts(line, STR("#include \"")))
		return false;
	line = str_slice(line, 10, line.len);
	*path = str_slice(line, 0, str_find(line, '"'));
	return true;
}

static void check_file(const char *full, struct str path)
{
	struct buf text = { 0 };
	struct str rest, line, header;
	unsigned own = module_of(path);
	assert_true(markdown_read_file(full, &text));
	rest = buf_str(&text);
	for (unsigned number = 1; str_split(&rest, '\n', &line); number++) {
		if (!included(line, &header) || str_starts(header, STR("bylaw/")) || str_ends(header, STR(".def")))
			continue;
		unsigned theirs = module_of(header);
		if (theirs != NOT_OURS && own != NOT_OURS && theirs > own) {
			print_message("%s:%u includes %.*s, which is to its right\n", full, number, STR_ARG(header));
			failures++;
		}
	}
	buf_release(&text);
}

static int visit(const char *full, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	struct str path = str_from(full + strlen(BYLAW_TESTS "/../src/"));
	bool code = str_ends(path, STR(".c")) || str_ends(path, STR(".h"));
	if (type == FTW_F && code && !str_starts(path, STR("tools/"))) {
		files++;
		check_file(full, path);
	}
	return 0;
}

static void test_modules_look_left_only(void **state)
{
	(void)state;
	nftw(BYLAW_TESTS "/../src", visit, 16, FTW_PHYS);
	assert_true(files > 80);
	assert_int_equal(failures, 0);
}

/* include/bylaw, and what a rule of several files keeps in the folder of its name. */
static bool is_for_rules(struct str line)
{
	struct str header;
	if (!included(line, &header))
		return str_starts(line, STR("#include <bylaw/"));
	return module_of(header) == NOT_OURS || str_find(header, '/') == UINT32_MAX;
}

/* A rule sees include/bylaw and nothing else. */
static int visit_rule(const char *full, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	struct buf text = { 0 };
	struct str rest, line;
	if (type != FTW_F || !str_ends(str_from(full), STR(".c")))
		return 0;
	files++;
	assert_true(markdown_read_file(full, &text));
	rest = buf_str(&text);
	while (str_split(&rest, '\n', &line))
		if (str_starts(line, STR("#include")) && !is_for_rules(line)) {
			print_message("%s: %.*s\n", full, STR_ARG(line));
			failures++;
		}
	buf_release(&text);
	return 0;
}

static void test_rules_see_the_public_headers_only(void **state)
{
	(void)state;
	files = failures = 0;
	nftw(BYLAW_TESTS "/../rules", visit_rule, 16, FTW_PHYS);
	assert_true(files > 8);
	assert_int_equal(failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_modules_look_left_only),
		cmocka_unit_test(test_rules_see_the_public_headers_only) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
