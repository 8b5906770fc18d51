/* What expressions say: constants, templates, formats, fallbacks, and what is left open. */
#include "pieces.h"

static const struct {
	const char *files, *says; /* of the first argument of the first call of `show` in the first file */
} rows[] = {
	/* TypeScript */
	{ "a.ts\nshow('/a');\n", "/a" },
	{ "a.ts\nconst A = '/api';\nshow(`${A}/users/${user.id}`);\n", "/api/users/{id}" },
	{ "a.ts\nconst A = '/api', B = A + '/v1';\nshow(B + '/' + id);\n", "/api/v1/{id}" },
	{ "a.ts\nconst R = { users: { list: '/users' } } as const;\nshow(R.users.list);\n", "/users" },
	{ "a.ts\nconst R = { users: '/users' };\nshow(R.orders);\n", "{orders}" },
	{ "a.ts\nenum E { Users = '/users' }\nshow(E.Users);\n", "/users" },
	{ "a.ts\nclass C { base = '/c'; f() { show(this.base + '/x'); } }\n", "/c/x" },
	{ "a.ts\nimport { A } from './b';\nshow(A + '/x');\n--\nb.ts\nexport const A = '/b';\n", "/b/x" },
	{ "a.ts\nshow(process.env.API ?? '/api');\n", "/api" },
	{ "a.ts\nshow(process.env.API + '/x');\n", "{API}/x" },
	{ "a.ts\nlet a = '/a';\nif (q) a = '/b';\nshow(a);\n", "{a}" },
	{ "a.ts\nfunction f() { let a = '/a'; if (q) a += '?q=' + q; show(a); }\n", "/a{a}" },
	{ "a.ts\nfunction f(a: string) { show(a + '/b'); }\n", "{a}/b" },
	{ "a.ts\nimport path from 'node:path';\nshow(path.join('/a/', '/b', c));\n", "/a/b/{c}" },
	{ "a.ts\nconst A = A + A;\nshow(A);\n", NULL },
	/* Python */
	{ "a.py\nA = '/api'\nshow(f'{A}/users/{user_id}')\n", "/api/users/{user_id}" },
	{ "a.py\nclass S:\n    V: str = '/v1'\ns = S()\nshow(s.V + '/x')\n", "/v1/x" },
	{ "a.py\nimport os\nshow(os.getenv('A', '/d'))\n", "/d" },
	{ "a.py\nshow('/a/{}/b/{}'.format(x, '1'))\n", "/a/{x}/b/1" },
	{ "a.py\nif q:\n    A = '/a'\nelse:\n    A = '/b'\nshow(A)\n", "{A}" },
	/* Go */
	{ "a.go\npackage a\nimport \"fmt\"\nconst P = \"/x\"\nfunc f(id int) { show(fmt.Sprintf(\"%s/y/%05d\", P, id)) }\n",
		"/x/y/{id}" },
	{ "a.go\npackage a\nvar P = \"/x\"\nfunc f() { show(P + \"/y\") }\n", "/x/y" },
	/* Rust */
	{ "a.rs\nconst A: &str = \"/x\";\nfn f() { show(format!(\"{}/{id}\", A)); }\n", "/x/{id}" },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_open(&p, rows[i].files);
		const struct model *m = p.result.model;
		file_id file = model_find_file(
			m, str_slice(str_from(rows[i].files), 0, str_find(str_from(rows[i].files), '\n')));
		const struct facts *f = &model_file(m, file)->facts;
		for (node_id n = 1; n < f->node_count; n++) {
			if (node_kind(f, n) != NODE_CALL || !str_is(node_name(f, n), "show"))
				continue;
			struct str text = model_text(m, file, call_arg(f, n, 0));
			if (rows[i].says && !str_is(text, rows[i].says)) {
				print_message(
					"%s says \"%.*s\", not \"%s\"\n", rows[i].files, STR_ARG(text), rows[i].says);
				fail();
			}
		}
		project_close(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_texts) };
	parse_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
