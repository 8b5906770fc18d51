/* Whose event loop waits while a call of Python runs. */
#include "pieces.h"

/* A file `a.py` with one call of work(): the function whose loop waits, "" for none. */
static const struct {
	const char *files, *waits;
} rows[] = {
	{ "a.py\nasync def f():\n    work()\n", "f" },
	{ "a.py\nasync def f():\n    if x:\n        y = [work() for z in x]\n", "f" },
	{ "a.py\nclass A:\n    async def m(self):\n        return g(work())\n", "m" },
	/* what is awaited, or runs elsewhere or later */
	{ "a.py\nasync def f():\n    await work()\n", "" },
	{ "a.py\nasync def f():\n    await g(work())\n", "f" },
	{ "a.py\ndef f():\n    work()\n", "" },
	{ "a.py\nwork()\n", "" },
	{ "a.py\nasync def f():\n    def g():\n        work()\n    return g\n", "" },
	{ "a.py\nasync def f():\n    return lambda: work()\n", "" },
	{ "a.py\ndef f():\n    async def g():\n        work()\n    return g\n", "g" },
	{ "a.py\n@g(work())\nasync def f():\n    pass\n", "" },
	/* before anybody is served, and after */
	{ "a.py\nasync def main():\n    work()\n", "" },
	{ "a.py\nasync def lifespan(app):\n    work()\n    yield\n", "" },
	{ "a.py\nasync def app_lifespan(app):\n    work()\n", "" },
	{ "a.py\nasync def lifespan_fn(app):\n    work()\n", "" },
	{ "a.py\nasync def on_shutdown():\n    work()\n", "" },
	{ "a.py\n@app.on_event('startup')\nasync def warm():\n    work()\n", "" },
	{ "a.py\n@app.get('/')\nasync def warm():\n    work()\n", "warm" },
	{ "a.py\nasync def mainly():\n    work()\n", "mainly" },
	/* a command's loop is its own, unless it serves */
	{ "a.py\nimport click\nasync def f():\n    work()\n", "" },
	{ "a.py\nimport click\nfrom fastapi import FastAPI\nasync def f():\n    work()\n", "f" },
};

static node_id call_of_work(const struct facts *f)
{
	for (node_id n = 1; n < f->node_count; n++)
		if ((node_kind(f, n) == NODE_CALL || node_kind(f, n) == NODE_DECORATOR) &&
			str_is(node_name(f, n), "work"))
			return n;
	return 0;
}

static void test_whose_loop_waits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_open(&p, rows[i].files);
		file_id file = model_find_file(p.result.model, STR("a.py"));
		const struct facts *f = &model_file(p.result.model, file)->facts;
		node_id call = call_of_work(f);
		assert_int_not_equal(call, 0);
		struct str waits = node_name(f, model_event_loop(p.result.model, file, call));
		if (!str_is(waits, rows[i].waits))
			fail_msg("row %zu: %.*s waits, not %s", i, STR_ARG(waits), rows[i].waits);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_whose_loop_waits) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
