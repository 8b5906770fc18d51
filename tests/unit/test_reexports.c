/* From an imported name to its declaration: re-exports, stars, namespaces, CommonJS, libraries. */
#include "unit/pieces.h"

/* "declared b.ts:2", "library pg.Pool", "module", "unknown" */
static void describe(const struct model *m, struct meaning means, struct buf *out)
{
	if (means.kind == MEANS_DECLARATION)
		buf_printf(out, "declared %.*s:%u", STR_ARG(model_file(m, means.file)->path),
			facts_line(&model_file(m, means.file)->facts,
				model_file(m, means.file)->facts.nodes[means.node].start));
	else if (means.kind == MEANS_LIBRARY)
		buf_printf(out, "library %.*s", STR_ARG(means.name));
	else
		buf_add_text(out, means.kind == MEANS_MODULE ? "module" : "unknown");
}

static const struct {
	const char *files; /* the last call of the first one, a.ts or a.js, is asked about */
	const char *means;
} cases[] = {
	/* named, renamed, default */
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport { f } from './c';\n--\nc.ts\n\nexport function f() {}\n",
		"declared c.ts:2" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport { g as f } from './c';\n--\nc.ts\nexport const g = () => 1;\n",
		"declared c.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport { default as f } from './c';\n--\nc.ts\nexport default function g() {}\n",
		"declared c.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nimport { g } from './c';\nexport { g as f };\n--\nc.ts\nexport function g() {}\n",
		"declared c.ts:1" },
	/* a component is its file, unless a script says what it is */
	{ "a.ts\nimport X from './x.vue';\nX();\n--\nx.vue\n<script setup>\nconst x = 1\n</script>\n", "module" },
	{ "a.ts\nimport { X } from './b';\nX();\n--\nb.ts\nexport { default as X } from './x.svelte';\n--\nx.svelte\n<p/>\n",
		"module" },
	{ "a.ts\nimport X from './x.vue';\nX();\n--\nx.vue\n<script>\nexport default {}\n</script>\n",
		"declared x.vue:2" },
	{ "a.ts\nimport { load } from './x.svelte';\nload();\n--\nx.svelte\n<script context=\"module\">\n"
	  "export function load() {}\n</script>\n",
		"declared x.svelte:2" },
	/* stars: explicit first, never a default, every depth, circles, two of one name */
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './c';\nexport function f() {}\n--\nc.ts\nexport function f() {}\n",
		"declared b.ts:2" },
	{ "a.ts\nimport f from './b';\nf();\n--\nb.ts\nexport * from './c';\n--\nc.ts\nexport default function f() {}\n",
		"unknown" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './c';\nexport * from './b';\n--\nc.ts\nexport * from './b';\n"
	  "export * from './d';\n--\nd.ts\nexport function f() {}\n",
		"declared d.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './c';\nexport * from './d';\n--\nc.ts\nexport function f() {}\n"
	  "--\nd.ts\nexport function f() {}\n",
		"unknown" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './c';\nexport * from './d';\n--\nc.ts\nexport * from './e';\n"
	  "--\nd.ts\nexport { f } from './e';\n--\ne.ts\nexport function f() {}\n",
		"declared e.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport { f } from './c';\n--\nc.ts\nexport { f } from './b';\n",
		"unknown" },
	/* namespaces */
	{ "a.ts\nimport { ns } from './b';\nns.f();\n--\nb.ts\nexport * as ns from './c';\n--\nc.ts\nexport function f() {}\n",
		"declared c.ts:1" },
	{ "a.ts\nimport { ns } from './b';\nns.f();\n--\nb.ts\nimport * as ns from './c';\nexport { ns };\n--\nc.ts\nexport * from './d';\n"
	  "--\nd.ts\nexport function f() {}\n",
		"declared d.ts:1" },
	{ "a.ts\nimport * as b from './b';\nb.ns.f();\n--\nb.ts\nexport * as ns from './c';\n--\nc.ts\nexport function f() {}\n",
		"declared c.ts:1" },
	/* libraries behind a file of the project */
	{ "a.ts\nimport { Pool } from './b';\nPool();\n--\nb.ts\nexport { Pool } from 'pg';\n", "library pg.Pool" },
	{ "a.ts\nimport { P } from './b';\nP.end();\n--\nb.ts\nimport { Pool } from 'pg';\nexport { Pool as P };\n",
		"library pg.Pool.end" },
	{ "a.ts\nimport { ax } from './b';\nax.get();\n--\nb.ts\nexport { default as ax } from 'axios';\n",
		"library axios.get" },
	{ "a.ts\nimport { fs } from './b';\nfs.readFileSync();\n--\nb.ts\nexport * as fs from 'node:fs';\n",
		"library fs.readFileSync" },
	{ "a.ts\nimport { Pool } from './b';\nPool();\n--\nb.ts\nexport * from 'pg';\nexport * from './c';\n--\nc.ts\n",
		"library pg.Pool" },
	{ "a.ts\nimport { Pool } from './b';\nPool();\n--\nb.ts\nexport * from 'pg';\nexport * from './c';\n--\nc.ts\nexport function Pool() {}\n",
		"declared c.ts:1" },
	{ "a.ts\nimport { Pool } from './b';\nPool();\n--\nb.ts\nexport * from 'pg';\nexport * from 'knex';\n",
		"unknown" },
	/* CommonJS */
	{ "a.js\nconst { f } = require('./b');\nf();\n--\nb.js\nmodule.exports = require('./c');\n--\nc.js\nexports.f = function () {};\n",
		"declared c.js:1" },
	{ "a.js\nconst b = require('./b');\nb.f();\n--\nb.js\nmodule.exports = { ...require('./c') };\n--\nc.js\nfunction f() {}\nmodule.exports = { f };\n",
		"declared c.js:1" },
	{ "a.js\nconst { users } = require('./b');\nusers.f();\n--\nb.js\nconst users = require('./c');\nmodule.exports = { users };\n--\n"
	  "c.js\nexports.f = function () {};\n",
		"declared c.js:1" },
	{ "a.js\nconst { users } = require('./b');\nusers.f();\n--\nb.js\nexports.users = require('./c');\n--\nc.js\nexports.f = function () {};\n",
		"declared c.js:1" },
	{ "a.js\nconst { users } = require('./b');\nusers.f();\n--\nb.js\nmodule.exports = { users: require('./c') };\n--\n"
	  "c.js\nexports.f = function () {};\n",
		"declared c.js:1" },
	{ "a.js\nconst { f } = require('./b');\nf();\n--\nb.js\nexports.f = require('./c').g;\n--\nc.js\nexports.g = function () {};\n",
		"declared c.js:1" },
	{ "a.ts\nimport b = require('./b');\nb.f();\n--\nb.ts\nexport function f() {}\n", "declared b.ts:1" },
};

static struct meaning last_call(const struct model *m, file_id file)
{
	const struct facts *f = &model_file(m, file)->facts;
	node_id last = 0;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL)
			last = n;
	return model_meaning(m, file, last);
}

static void test_reexports(void **state)
{
	(void)state;
	unsigned failed = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct project p;
		struct buf got = { 0 };
		project_open(&p, cases[i].files);
		describe(p.result.model, last_call(p.result.model, 0), &got);
		if (!str_is(buf_str(&got), cases[i].means)) {
			print_message("%s\nis %s, not %s\n", cases[i].files, buf_cstr(&got), cases[i].means);
			failed++;
		}
		buf_release(&got);
		project_close(&p);
	}
	assert_int_equal(failed, 0);
}

/* Where f of ./b0 stands, in a project of `count` modules that `add_module` writes. */
static void check_large(unsigned count, void (*add_module)(struct buf *, unsigned), const char *expected)
{
	struct buf files = { 0 }, got = { 0 };
	struct project p;
	buf_add_text(&files, "a.ts\nimport { f } from './b0';\nf();\n");
	for (unsigned i = 0; i < count; i++) {
		buf_printf(&files, "\n--\nb%u.ts\n", i);
		add_module(&files, i);
	}
	project_open(&p, buf_cstr(&files));
	describe(p.result.model, last_call(p.result.model, 0), &got);
	assert_string_equal(buf_cstr(&got), expected);
	project_close(&p);
	buf_release(&files);
	buf_release(&got);
}

enum { CIRCLE = 60, WIDE = 600, DEEP = 200 };

/* Each names all others. */
static void add_circle(struct buf *out, unsigned i)
{
	for (unsigned other = 0; other < CIRCLE; other++)
		buf_printf(out, "export * from './b%u';\n", other);
	buf_add_text(out, i == CIRCLE - 1 ? "export function f() {}\n" : "");
}

/* The first names all others; one of them has what is asked for, all have the same other name. */
static void add_wide(struct buf *out, unsigned i)
{
	for (unsigned other = 1; i == 0 && other < WIDE; other++)
		buf_printf(out, "export * from './b%u';\n", other);
	buf_add_text(out, i == WIDE / 2 ? "export function f() {}\n" : "export const same = 1;\n");
}

static void add_deep(struct buf *out, unsigned i)
{
	buf_printf(out, "export * from './b%u';\n", i + 1);
	buf_add_text(out, i == DEEP - 1 ? "export function f() {}\n" : "export const same = 1;\n");
}

/* One barrel hides the name of another that it collects. */
static void add_hidden(struct buf *out, unsigned i)
{
	add_wide(out, i);
	if (i == 1)
		buf_add_text(out, "export * from './b300';\nexport function f() {}\n");
	if (i == WIDE / 2)
		out->len -= (uint32_t)strlen("export function f() {}\n");
}

static void test_large_barrels(void **state)
{
	(void)state;
	check_large(CIRCLE, add_circle, "declared b59.ts:61");
	check_large(WIDE, add_wide, "declared b300.ts:1");
	check_large(DEEP, add_deep, "declared b199.ts:2");
	check_large(WIDE, add_hidden, "declared b1.ts:3");
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_reexports), cmocka_unit_test(test_large_barrels) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
