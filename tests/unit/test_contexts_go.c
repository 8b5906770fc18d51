/* The contexts of Go: which one is at hand where a call of here() stands, and what needs one. */
#include "pieces.h"

#define HEAD "a.go\npackage a\nimport (\n\"context\"\n\"net/http\"\n\"golang.org/x/sync/errgroup\"\n)\n"

/* The parameter, what gets a context of it, how the code runs, and whether it is the program's main. */
static const struct {
	const char *code, *param, *by;
	enum context_when when;
	bool in_main;
} places[] = {
	{ "func f(ctx context.Context) { here() }", "ctx", "", CONTEXT_HERE, false },
	{ "func f(w http.ResponseWriter, r *http.Request) { here() }", "r", "Context()", CONTEXT_HERE, false },
	{ "func f(r *http.Request, ctx context.Context) { here() }", "ctx", "", CONTEXT_HERE, false },
	{ "func f(_ context.Context) { here() }", "", "", CONTEXT_HERE, false },
	{ "func f(id string) { here() }", "", "", CONTEXT_HERE, false },
	{ "func f(ctx context.Context) { go here() }", "ctx", "", CONTEXT_SPAWNED, false },
	{ "func f(ctx context.Context) { go func() { here() }() }", "ctx", "", CONTEXT_SPAWNED, false },
	{ "func f(ctx context.Context) { defer here() }", "ctx", "", CONTEXT_DEFERRED, false },
	{ "func f(ctx context.Context) func() { return func() { here() } }", "ctx", "", CONTEXT_LATER, false },
	{ "func f(ctx context.Context) { func() { here() }() }", "ctx", "", CONTEXT_HERE, false },
	{ "func f(ctx context.Context) { g, _ := errgroup.WithContext(ctx); g.Go(func() error { here(); return nil }) }",
		"ctx", "", CONTEXT_HERE, false },
	{ "func f() { go func(ctx context.Context) { here() }(nil) }", "ctx", "", CONTEXT_HERE, false },
	{ "func main() { here() }", "", "", CONTEXT_HERE, true },
	{ "func init() { here() }", "", "", CONTEXT_HERE, true },
	/* a type of the project that is a context, and one that only holds it */
	{ "type Job interface { context.Context; ID() string }\nfunc f(job Job) { here() }", "job", "", CONTEXT_HERE,
		false },
	{ "type Job struct { ctx context.Context }\nfunc f(job Job) { here() }", "", "", CONTEXT_HERE, false },
};

static void open_code(struct project *p, const char *code)
{
	struct buf text = { 0 };
	buf_printf(&text, "%s%s\nfunc here() {}\n", HEAD, code);
	project_open(p, buf_cstr(&text));
	buf_release(&text);
}

/* The first node of a kind with this name. */
static node_id find(const struct facts *f, enum node_kind kind, const char *name)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == kind && str_is(node_name(f, n), name))
			return n;
	return 0;
}

static void test_at_hand(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		struct project p;
		open_code(&p, places[i].code);
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		struct context_at_hand hand = model_context_at(p.result.model, 0, find(f, NODE_CALL, "here"));
		struct str param = hand.param ? node_name(f, hand.param) : STR("");
		if (!str_is(param, places[i].param) || hand.when != places[i].when)
			print_message("row %zu: %s\n", i, places[i].code);
		assert_true(str_is(param, places[i].param));
		assert_true(str_is(hand.by, places[i].by));
		assert_int_equal(hand.when, places[i].when);
		assert_int_equal(hand.in_main, places[i].in_main);
		project_close(&p);
	}
}

static void test_ended_elsewhere(void **state)
{
	static const struct {
		const char *body;
		bool elsewhere;
	} cases[] = {
		{ "defer cancel()", false },
		{ "cancel()", false },
		{ "stops[1] = cancel", true },
		{ "keep(cancel)", true },
		{ "return func() { cancel() }", true },
		{ "func() { cancel() }()", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct project p;
		struct buf code = { 0 };
		buf_printf(&code, "func f() any {\nctx, cancel := context.WithCancel(context.Background())\n%s\n}\n",
			cases[i].body);
		open_code(&p, buf_cstr(&code));
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		assert_int_equal(
			model_is_ended_elsewhere(p.result.model, 0, find(f, NODE_ASSIGN, ":=")), cases[i].elsewhere);
		buf_release(&code);
		project_close(&p);
	}
}

/* Who is asked to take one: what a request leads to, a method beside others that do; not what is handed to a call. */
static void test_should_take(void **state)
{
	static const struct {
		const char *code;
		bool should;
	} cases[] = {
		{ "func serve(w http.ResponseWriter, r *http.Request) { load() }\nfunc load() {}", true },
		{ "func load() {}", false },
		{ "func main() { load() }\nfunc load() {}", false },
		{ "type S struct{}\nfunc (s *S) Save(ctx context.Context) {}\nfunc (s *S) load() {}", true },
		{ "type S struct{}\nfunc (s *S) Save(ctx context.Context) { each(s.load) }\nfunc (s *S) load() {}\nfunc each(f func()) {}",
			false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct project p;
		file_id file;
		node_id site;
		open_code(&p, cases[i].code);
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		bool should = model_should_take_context(
			p.result.model, 0, find(f, NODE_FUNCTION, "load"), &file, &site);
		if (should != cases[i].should)
			print_message("row %zu: %s\n", i, cases[i].code);
		assert_int_equal(should, cases[i].should);
		project_close(&p);
	}
}

/* A query, a request and a library's call leave the process; what counts or is counted does not. */
static void test_leaves_process(void **state)
{
	(void)state;
	struct project p;
	project_open(&p,
		"a.go\npackage a\nimport (\n\"context\"\n\"example.com/mail\"\n\"go.opentelemetry.io/otel/metric\"\n)\n"
		"func near(ctx context.Context) { far(ctx) }\nfunc far(ctx context.Context) { mail.Send(ctx) }\n"
		"func here(ctx context.Context) {}\nfunc f(ctx context.Context, m metric.Int64Counter) "
		"{ near(ctx); here(ctx); mail.Send(ctx); m.Add(ctx, 1) }\n");
	const struct model *m = p.result.model;
	const struct facts *f = &model_file(m, 0)->facts;
	assert_true(model_leaves_process(m, 0, find(f, NODE_CALL, "near")));
	assert_true(model_leaves_process(m, 0, find(f, NODE_CALL, "mail.Send")));
	assert_false(model_leaves_process(m, 0, find(f, NODE_CALL, "here")));
	assert_false(model_leaves_process(m, 0, find(f, NODE_CALL, "m.Add")));
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_at_hand),
		cmocka_unit_test(test_ended_elsewhere),
		cmocka_unit_test(test_should_take),
		cmocka_unit_test(test_leaves_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
