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
	{ "a.ts\nconst u = (p: string) => base + p;\nconst base = '/v1';\nshow(u('/x'));\n", "/v1/x" },
	{ "a.ts\nfunction u(p, q = '/d') { return `${p}${q}`; }\nshow(u('/x') + u('/y', '/z'));\n", "/x/d/y/z" },
	{ "a.ts\nfunction u({ p, q: { r = '/r' } = {} }) { return p + r; }\nshow(u({ p: '/p' }));\n", "/p/r" },
	{ "a.ts\nfunction u(o) { const { p = '/none', ...rest } = o || {}; return p; }\nshow(u({ p: '/p' }) + u());\n",
		"/p/none" },
	{ "a.ts\nfunction u(...p) { return '/u' + p; }\nshow(u('/x'));\n", "/u{p}" },
	{ "a.ts\nfunction u(p) { return '/u' + p; }\nshow(u(...all));\n", "/u{p}" },
	{ "a.ts\nfunction u(p) { if (p) return '/a'; return '/b'; }\nshow(u());\n", "{}" },
	{ "a.ts\nfunction u(p) { return u(p) + '/b'; }\nshow(u());\n", NULL },
	{ "a.ts\nclass A { r; f() { return '/a/' + this.r; } }\nclass B extends A { r = 'b'; }\nconst b = new B();\nshow(b.f());\n",
		"/a/b" },
	{ "a.ts\nclass A { r: string; constructor() { this.r = '/r'; } f() { show(this.r); } }\n", "/r" },
	{ "a.ts\nclass A { r = '/a'; constructor(r) { this.r = r; } f() { show(this.r + '/b'); } }\n", "{r}/b" },
	{ "a.ts\nclass A { get r() { return '/r'; } f() { show(this.r); } }\n", "/r" },
	{ "a.ts\nconst R = { user: (id) => `/users/${id}` };\nshow(R.user('me') + R.user(x));\n",
		"/users/me/users/{x}" },
	{ "a.ts\nconst R = { ...{ a: '/a' }, b: '/b' };\nshow(R.a + R['b']);\n", "/a/b" },
	{ "a.ts\nimport R from './b';\nshow(R.a);\n--\nb.ts\nexport default { a: '/a' };\n", "/a" },
	{ "a.js\nconst R = require('./b');\nshow(R.a);\n--\nb.js\nmodule.exports = { a: '/a' };\n", "/a" },
	{ "a.ts\nshow(abs ? url : `${base}${url}`);\n", "{base}{url}" },
	{ "a.ts\nshow(q ? `/a?${q}` : '/a');\n", "/a" },
	{ "a.ts\nshow(q ? '/b' : '/a');\n", "{}" },
	{ "a.ts\nshow(id ? `/a/${id}` : null);\n", "/a/{id}" },
	{ "a.ts\nshow(new URL('/b', API).toString());\n", "//{API}/b" },
	{ "a.ts\nshow(new URL('b', 'https://x.y/a/').href);\n", "https://x.y/a/b" },
	{ "a.ts\nconst u = new URL('/b?q', 'https://x.y/a');\nu.searchParams.set('a', b);\nshow(u.pathname + u.search);\n",
		"/b" },
	{ "a.ts\nshow(`/a/{id}`.replace('{id}', id));\n", "/a/{id}" },
	{ "a.ts\nconst u = new URL('/a', 'http://x.y');\nshow(u.toString().replace('http://x.y', ''));\n", "/a" },
	{ "a.ts\nlet u = '/a'; u = u.trim(); show(u);\n", "/a" },
	{ "a.ts\nshow(['', 'a', id].join('/'));\n", "/a/{id}" },
	{ "a.ts\nshow(`${window.location.origin}/a`);\n", "/a" },
	{ "a.tsx\nimport { useMemo } from 'react';\nconst u = useMemo(() => `/a/${id}`, [id]);\nshow(u);\n",
		"/a/{id}" },
	/* Python */
	{ "a.py\nA = '/api'\nshow(f'{A}/users/{user_id}')\n", "/api/users/{user_id}" },
	{ "a.py\nclass S:\n    V: str = '/v1'\ns = S()\nshow(s.V + '/x')\n", "/v1/x" },
	{ "a.py\nimport os\nshow(os.getenv('A', '/d'))\n", "/d" },
	{ "a.py\nshow('/a/{}/b/{}'.format(x, '1'))\n", "/a/{x}/b/1" },
	{ "a.py\nif q:\n    A = '/a'\nelse:\n    A = '/b'\nshow(A)\n", "{A}" },
	{ "a.py\nshow('/a/%s/%(name)s' % x)\n", "/a/{}/{name}" },
	{ "a.py\nclass A:\n    def __init__(self):\n        self.u = '/u'\n    def f(self):\n        show(self.u + '/x')\n",
		"/u/x" },
	{ "a.py\nclass A:\n    @property\n    def u(self):\n        return '/u'\n    def f(self):\n        show(self.u)\n",
		"/u" },
	{ "a.py\nclass A:\n    def u(self, p, q='/q'):\n        return p + q\na = A()\nshow(a.u('/p') + a.u('/x', q='/y'))\n",
		"/p/q/x/y" },
	{ "a.py\ndef f(u):\n    u = u.lstrip('/')\n    return '/a/' + u\nshow(f('b'))\n", "/a/b" },
	{ "a.py\nu = '/a' if x else '/a?b'\nshow(u)\n", "/a" },
	{ "a.py\nimport os\nshow(os.environ['API'] + '/a')\n", "{API}/a" },
	{ "a.py\nfrom urllib.parse import urljoin\nshow(urljoin('http://h/v1', '/a'))\n", "http://h/a" },
	{ "a.py\nshow('/'.join(['', 'a', x]))\n", "/a/{x}" },
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
	unsigned failed = 0;
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
				failed++;
			}
		}
		project_close(&p);
	}
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_texts) };
	parse_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
