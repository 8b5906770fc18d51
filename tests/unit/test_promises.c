/* Promises: which expressions are some, what takes their rejection, and whether they can reject. */
#include "pieces.h"

#define DECLARED "declare function f(): Promise<void>;\ndeclare const fs: Promise<void>[];\n"

/* The last statement of a.ts: "" for no promise, or what is known of it. */
static const struct {
	const char *files, *promise;
} rows[] = {
	{ "a.ts\n" DECLARED "f();\n", "rejects" },
	{ "a.ts\nfunction g() { return 1; }\ng();\n", "" },
	{ "a.ts\nunknown();\n", "" },
	{ "a.ts\nasync function g() { throw new Error(); }\ng();\n", "rejects" },
	{ "a.ts\nasync function g() {}\ng();\n", "never" },
	{ "a.ts\n" DECLARED "async function g() { try { await f(); } catch { h(); } }\ng();\n", "never" },
	{ "a.ts\n" DECLARED "async function g() { try { h(); } finally { await f(); } }\ng();\n", "rejects" },
	{ "a.ts\n" DECLARED "async function g() { try { return f(); } catch { h(); } }\ng();\n", "rejects" },
	{ "a.ts\nasync function* g() { throw 1; }\ng();\n", "" },
	{ "a.ts\n" DECLARED "const g = () => f();\ng();\n", "rejects" },
	{ "a.ts\nfetch('/');\n", "rejects" },
	{ "a.ts\nimport { g } from './b';\ng();\n--\nb.ts\nexport async function g() { throw 1; }\n", "rejects" },
	/* chains */
	{ "a.ts\n" DECLARED "f().then(g);\n", "rejects" },
	{ "a.ts\n" DECLARED "f().catch(g);\n", "rejects handled" },
	{ "a.ts\n" DECLARED "f().then(g, h);\n", "rejects handled" },
	{ "a.ts\n" DECLARED "f().then(g, null);\n", "rejects" },
	{ "a.ts\n" DECLARED "const h: string | (() => void) = load();\nf().then(g, h);\n", "rejects" },
	{ "a.ts\n" DECLARED "const h: () => void = load();\nf().then(g, h);\n", "rejects handled" },
	{ "a.ts\n" DECLARED "f().catch(g).finally(h);\n", "rejects handled" },
	/* made by hand */
	{ "a.ts\nnew Promise((resolve) => setTimeout(resolve, 1));\n", "never" },
	{ "a.ts\nnew Promise((resolve, reject) => resolve());\n", "never" },
	{ "a.ts\nnew Promise((resolve, reject) => load(reject));\n", "rejects" },
	{ "a.ts\nnew Promise((resolve) => { throw new Error(); });\n", "rejects" },
	{ "a.ts\nnew Promise(load);\n", "rejects" },
	{ "a.ts\nPromise.resolve(1);\n", "never" },
	{ "a.ts\n" DECLARED "Promise.all([f(), 1]);\n", "rejects" },
	{ "a.ts\n" DECLARED "Promise.allSettled([f()]);\n", "rejects handled" },
	/* lists */
	{ "a.ts\n" DECLARED "fs;\n", "rejects list" },
	{ "a.ts\n" DECLARED "[f(), f()];\n", "rejects list" },
	{ "a.ts\n" DECLARED "ids.map(async (id) => { await f(); });\n", "rejects list" },
	{ "a.ts\nids.map((id) => id + 1);\n", "" },
	/* what is held, and what is chosen */
	{ "a.ts\n" DECLARED "const p = f();\np;\n", "rejects" },
	{ "a.ts\n" DECLARED "const o = { p: f() };\no.p;\n", "rejects" },
	{ "a.ts\n" DECLARED "const o = { p: 1, q: f() };\no.p;\n", "" },
	{ "a.ts\ninterface S { save(): Promise<void> }\ndeclare const s: S;\ns.save();\n", "rejects" },
	{ "a.ts\n" DECLARED "a ? f() : 1;\n", "rejects" },
	{ "a.ts\n" DECLARED "a && f();\n", "rejects" },
	{ "a.ts\n" DECLARED "f() && a;\n", "" },
	{ "a.ts\n" DECLARED "let a = true;\na && f();\n", "rejects" },
	{ "a.ts\n" DECLARED "let a = true;\na = false;\na && f();\n", "" },
	{ "a.ts\n" DECLARED "let a = false;\nif (b) { a = true; }\na && f();\n", "rejects" },
	{ "a.ts\n" DECLARED "let a = true;\na || f();\n", "" },
	{ "a.ts\ntype Saved = Promise<void>;\ndeclare function g(): Saved;\ng();\n", "rejects" },
};

static void print_promise(struct promise promise, struct buf *out)
{
	if (promise.is_promise)
		buf_printf(out, "%s%s%s", promise.may_reject ? "rejects" : "never",
			promise.is_handled ? " handled" : "", promise.is_list ? " list" : "");
}

static void expressions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, rows[i].files);
		file_id file = model_find_file(p.result.model, STR("a.ts"));
		const struct facts *f = &model_file(p.result.model, file)->facts;
		node_id last = 0;
		facts_each_child(f, 0, n)
			last = n;
		assert_int_equal(node_kind(f, last), NODE_EXPR);
		print_promise(model_promise(p.result.model, file, last + 1), &found);
		if (strcmp(buf_cstr(&found), rows[i].promise) != 0)
			print_message("%s", rows[i].files);
		assert_string_equal(buf_cstr(&found), rows[i].promise);
		buf_release(&found);
		project_close(&p);
	}
}

/* The function that the argument of `take` is: its line, or 0. */
static const struct {
	const char *files;
	uint32_t line;
} functions[] = {
	{ "a.ts\nfunction f() {}\ntake(f);\n", 1 },
	{ "a.ts\ntake(\n() => 1);\n", 2 },
	{ "a.ts\nconst f = async () => 1;\ntake(f);\n", 1 },
	{ "a.ts\nclass S {\nf() {}\ng() { take(this.f.bind(this)); }\n}\n", 2 },
	{ "a.ts\nimport { f } from './b';\ntake(f);\n--\nb.ts\n\n\nexport function f() {}\n", 3 },
	{ "a.js\ntake(require('./b').f);\n--\nb.js\n\nexports.f = () => 1;\n", 2 },
	{ "a.ts\nconst f = wrap(() => 1);\ntake(f);\n", 0 },
	{ "a.ts\ntake(unknown);\n", 0 },
	{ "a.ts\ntake(make());\n", 0 },
};

static uint32_t line_taken(const struct model *m, file_id file)
{
	const struct facts *f = &model_file(m, file)->facts;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL && str_is(node_name(f, n), "take")) {
			file_id there;
			node_id function = model_function_value(m, file, call_arg(f, n, 0), &there);
			const struct facts *of = &model_file(m, there)->facts;
			return function ? facts_line(of, of->nodes[function].start) : 0;
		}
	return 0;
}

static void values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		struct project p;
		project_open(&p, functions[i].files);
		file_id file = model_find_file(p.result.model, first_path(functions[i].files));
		assert_int_equal(line_taken(p.result.model, file), functions[i].line);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(expressions), cmocka_unit_test(values) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
