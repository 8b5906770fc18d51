/* The ways that leave a block of Go without having met a name. */
#include "pieces.h"

/* What stands in a function whose first assignment makes `cancel`, and what the way out is: "" when there is none. */
static const struct {
	const char *body, *out;
} rows[] = {
	{ "cancel := f()\ncancel()", "" },
	{ "cancel := f()\ndefer cancel()\nreturn", "" },
	{ "cancel := f()\nreturn", "return" },
	{ "cancel := f()\nother()", "block" },
	{ "cancel := f()\nif a { return }\ncancel()", "return" },
	{ "cancel := f()\nif a { cancel(); return }\ncancel()", "" },
	{ "cancel := f()\nif a { cancel() } else { cancel() }", "" },
	{ "cancel := f()\nif a { cancel() }", "block" },
	{ "cancel := f()\nif a { return } else { cancel() }", "return" },
	{ "cancel := f()\nswitch a { case 1: cancel() }", "block" },
	{ "cancel := f()\nswitch a { case 1: cancel()\ndefault: cancel() }", "" },
	{ "cancel := f()\nkeep(cancel)", "" },
	{ "cancel := f()\nreturn cancel", "" },
	{ "cancel := f()\ngo func() { cancel() }()", "" },
	{ "cancel := f()\npanic(1)", "" },
	{ "for { cancel := f()\nif a { break }\ncancel() }", "break" },
	{ "for { cancel := f()\nif a { continue }\ncancel() }", "continue" },
};

static node_id first_assignment(const struct facts *f)
{
	node_id n = 1;
	while (node_kind(f, n) != NODE_ASSIGN)
		n++;
	return n;
}

static const char *kind_name(const struct facts *f, node_id n)
{
	switch (n ? node_kind(f, n) : NODE_NAME) {
	case NODE_RETURN:
		return "return";
	case NODE_BREAK:
		return "break";
	case NODE_CONTINUE:
		return "continue";
	case NODE_BLOCK:
		return "block";
	default:
		return n ? "?" : "";
	}
}

static void with_body(const char *body, struct project *p)
{
	struct buf text = { 0 };
	buf_printf(&text, "a.go\npackage a\nfunc g() {\n%s\n}\n", body);
	project_open(p, buf_cstr(&text));
	buf_release(&text);
}

static void test_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		with_body(rows[i].body, &p);
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		const char *out = kind_name(f, way_out_without(f, first_assignment(f), STR("cancel")));
		if (strcmp(out, rows[i].out) != 0)
			print_message("row %zu: %s\n", i, rows[i].body);
		assert_string_equal(out, rows[i].out);
		project_close(&p);
	}
}

/* From the beginning of a block, and by a path that starts with the name. */
static void test_through(void **state)
{
	(void)state;
	struct project p;
	with_body("if a { return }\nwg.Done()", &p);
	const struct facts *f = &model_file(p.result.model, 0)->facts;
	node_id block = node_child(f, node_child_of_kind(f, 0, NODE_FUNCTION), PART_BODY);
	assert_string_equal(kind_name(f, way_through_without(f, block, STR("wg.Done"))), "return");
	project_close(&p);
	with_body("wg.Done()\nreturn", &p);
	f = &model_file(p.result.model, 0)->facts;
	block = node_child(f, node_child_of_kind(f, 0, NODE_FUNCTION), PART_BODY);
	assert_string_equal(kind_name(f, way_through_without(f, block, STR("wg.Done"))), "");
	project_close(&p);
}

static void test_declared_beside(void **state)
{
	static const struct {
		const char *body;
		bool beside;
	} cases[] = {
		{ "cancel := f()", true },
		{ "var cancel func()\n_, cancel = f()", true },
		{ "cancel = f()", false },
		{ "var cancel func()\nif a { cancel = f() }", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct project p;
		with_body(cases[i].body, &p);
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		assert_int_equal(is_declared_beside(f, first_assignment(f), STR("cancel")), cases[i].beside);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_out),
		cmocka_unit_test(test_through),
		cmocka_unit_test(test_declared_beside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
