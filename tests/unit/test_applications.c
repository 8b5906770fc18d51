/* Applications of web frameworks: what makes one, what stands for it, and what serves it. */
#include "pieces.h"

#define EXPRESS "import express from 'express';\n"

static struct web_application application_in(const struct model *m, file_id file)
{
	struct web_application application;
	const struct facts *f = &model_file(m, file)->facts;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL && model_application(m, file, n, &application))
			return application;
	return (struct web_application){ .kind = NULL };
}

/* The first application of a.ts: "framework holder"; "" for none. */
static const struct {
	const char *files, *application;
} makers[] = {
	{ "a.ts\n" EXPRESS "const app = express();\n", "Express app" },
	{ "a.ts\n" EXPRESS "class S { app; constructor() { this.app = express(); } }\n", "Express this.app" },
	{ "a.ts\n" EXPRESS "let app;\napp = express() as any;\n", "Express app" },
	{ "a.ts\n" EXPRESS "start(express());\n", "Express " },
	{ "a.ts\n" EXPRESS "const { app } = { app: express() };\n", "Express " },
	{ "a.ts\nimport Koa from 'koa';\nexport const app = new Koa();\n", "Koa app" },
	{ "a.ts\nimport { NestFactory } from '@nestjs/core';\nconst app = await NestFactory.create(Module);\n",
		"NestJS app" },
	{ "a.ts\n" EXPRESS "const router = express.Router();\n", "" },
	{ "a.ts\nconst express = () => 1;\nconst app = express();\n", "" },
};

static void made(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, makers[i].files);
		struct web_application a = application_in(p.result.model, model_find_file(p.result.model, STR("a.ts")));
		if (a.kind)
			buf_printf(&found, "%.*s %.*s", STR_ARG(library_attribute(a.kind, "of")), STR_ARG(a.holder));
		assert_string_equal(buf_cstr(&found), makers[i].application);
		buf_release(&found);
		project_close(&p);
	}
}

/* Of a.ts's application: the calls `….probe()` of all files, whether they are called on it. */
static const struct {
	const char *files, *same;
} uses[] = {
	{ "a.ts\n" EXPRESS "const app = express();\nconst other = express();\napp.probe();\nother.probe();\n",
		"yes no" },
	{ "a.ts\n" EXPRESS "export const app = express();\n--\nb.ts\nimport { app as it } from './a';\nit.probe();\n",
		"yes" },
	{ "a.ts\n" EXPRESS "const make = () => express();\nmake().probe();\nconst app = make();\napp.probe();\n",
		"yes yes" },
	{ "a.ts\n" EXPRESS "export const app = express();\n--\nb.ts\nexport const use = (app) => app.probe();\n",
		"perhaps" },
	{ "a.ts\n" EXPRESS "const app = express();\nfunction f(app) { app.probe(); }\n", "perhaps" },
	{ "a.ts\n" EXPRESS "class S { app; constructor() { this.app = express(); this.app.probe(); } }\n", "yes" },
	{ "a.ts\nimport { Hono } from 'hono';\nconst app = new Hono().basePath('/v1');\napp.probe();\n", "yes" },
	{ "a.ts\n" EXPRESS "const app = express();\nunknown.probe();\n", "perhaps" },
};

static void called(void **state)
{
	(void)state;
	static const char *const names[] = { "no", "perhaps", "yes" };
	for (size_t i = 0; i < sizeof(uses) / sizeof(*uses); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, uses[i].files);
		const struct model *m = p.result.model;
		struct web_application a = application_in(m, model_find_file(m, STR("a.ts")));
		for (file_id file = 0; file < model_file_count(m); file++) {
			const struct facts *f = &model_file(m, file)->facts;
			for (node_id n = 1; n < f->node_count; n++)
				if (node_kind(f, n) == NODE_CALL && str_is(path_last(node_name(f, n)), "probe"))
					buf_printf(&found, "%s%s", found.len ? " " : "",
						names[application_is_called(m, &a, file, n)]);
		}
		assert_string_equal(buf_cstr(&found), uses[i].same);
		buf_release(&found);
		project_close(&p);
	}
}

/* Does anything in a.ts serve its application? */
static const struct {
	const char *files;
	enum sameness served;
} servers[] = {
	{ "a.ts\n" EXPRESS "const app = express();\napp.listen(1);\n", SAME_YES },
	{ "a.ts\n" EXPRESS "import http from 'node:http';\nconst app = express();\nhttp.createServer(app).listen(1);\n",
		SAME_YES },
	{ "a.ts\nimport Koa from 'koa';\nimport http from 'http';\nconst app = new Koa();\nhttp.createServer(app.callback());\n",
		SAME_YES },
	{ "a.ts\nimport { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();\nserve({ fetch: "
	  "app.fetch });\n",
		SAME_YES },
	{ "a.ts\n" EXPRESS "import http from 'http';\nconst app = express();\nhttp.createServer((q, s) => s.end());\n",
		SAME_NO },
	{ "a.ts\n" EXPRESS "const app = express();\nexport function start(app) { app.listen(1); }\n", SAME_PERHAPS },
	{ "a.ts\n" EXPRESS "const app = express();\napp.get('/', f);\n", SAME_NO },
};

static void served(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(servers) / sizeof(*servers); i++) {
		struct project p;
		project_open(&p, servers[i].files);
		const struct model *m = p.result.model;
		file_id file = model_find_file(m, STR("a.ts"));
		const struct facts *f = &model_file(m, file)->facts;
		struct web_application a = application_in(m, file);
		enum sameness best = SAME_NO;
		for (node_id n = 1; n < f->node_count; n++)
			if (node_kind(f, n) == NODE_CALL) {
				enum sameness one = application_is_served(m, &a, file, n);
				best = one > best ? one : best;
			}
		assert_int_equal(best, servers[i].served);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(made), cmocka_unit_test(called),
		cmocka_unit_test(served) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
