/* What the tables of libraries say: names under several owners, of any major version, of every member. */
#include "model/libraries.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define LIBRARY(means) "- library: ours\n  language: go\n  means:\n  - { role: route, " means " }\n"

static const struct {
	const char *means, *name;
	bool is_route;
} rows[] = {
	{ "in: a.io/x, names: [Get]", "a.io/x.Get", true },
	{ "in: [a.io/x.A, a.io/x.B], names: [Get, Put]", "a.io/x.B.Put", true },
	{ "in: [a.io/x.A, a.io/x.B], names: [Get]", "a.io/x.C.Get", false },
	{ "names: [a.io/x.Get]", "a.io/x/v4.Get", true },
	{ "names: [a.io/x/v2.Get]", "a.io/x/v2.Get", true },
	{ "names: [a.io/x/v2.Get]", "a.io/x.Get", false },
	{ "names: [a.io/x/y.Get]", "a.io/x/v4/y.Get", true },
	{ "names: [\"a.io/x.T.*\"]", "a.io/x/v3.T.Get", true },
	{ "names: [\"(*a.io/x.T).Get\"]", "a.io/x.T.Get", true },
};

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char yaml[512];
		struct err err = { 0 };
		snprintf(yaml, sizeof(yaml), LIBRARY("%s"), rows[i].means);
		struct libraries *l = libraries_new(str_from(yaml), 1, &err);
		assert_non_null(l);
		bool found = libraries_find(l, LANGUAGE_GO, str_from(rows[i].name), ROLE_ROUTE) != NULL;
		if (found != rows[i].is_route)
			print_message("%s: %s\n", rows[i].means, rows[i].name);
		assert_int_equal(found, rows[i].is_route);
		assert_null(libraries_find(l, LANGUAGE_PYTHON, str_from(rows[i].name), ROLE_ROUTE));
		libraries_free(l);
	}
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *means, *says;
	} mistakes[] = {
		{ "in: [{ a: b }], names: [c]", "`in` is a name or a list of names" },
		{ "names: [[c]]", "a name is a text" },
		{ "way: up, names: [c]", "role \"route\" has no attribute \"way\"" },
		{ "in: a", "a meaning needs `role` and a list of `names`" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		char yaml[512];
		struct err err = { 0 };
		snprintf(yaml, sizeof(yaml), LIBRARY("%s"), mistakes[i].means);
		assert_null(libraries_new(str_from(yaml), 1, &err));
		if (!strstr(err.message, mistakes[i].says))
			print_message("%s: %s\n", mistakes[i].means, err.message);
		assert_non_null(strstr(err.message, mistakes[i].says));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_names), cmocka_unit_test(test_mistakes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
