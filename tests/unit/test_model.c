/* What names mean: imports, aliases, shadowing, members, types; imports across files; packages; layers. */
#include "meanings.h"

static const struct meaning_row meanings[] = {
	/* Python: which signature a call means, its arguments tell */
	{ "a.py\nfrom typing import overload\nclass A:\n    def go(self): ...\n@overload\ndef make(x: int) -> A: ...\n@overload\n"
	  "def make(x: str) -> str: ...\ndef make(x): return x\na = make(1)\na.go()\n",
		"a.go", "local" },
	{ "a.py\nclass A:\n    def go(self): ...\ndef make(x: int) -> A: ...\na = make(1)\na.go()\n", "a.go",
		"declared a.py:2" },
	/* TypeScript */
	{ "a.ts\nimport { get as g } from 'axios';\ng();\n", "g", "library axios.get" },
	{ "a.ts\nimport axios from 'axios';\naxios.get();\n", "axios.get", "library axios.get" },
	{ "a.ts\nimport * as ns from 'node:fs';\nns.readFileSync();\n", "ns.readFileSync", "library fs.readFileSync" },
	{ "a.js\nconst fs = require('fs');\nfs.open();\n", "fs.open", "library fs.open" },
	{ "a.js\nconst { open: o } = require('fs');\no();\n", "o", "library fs.open" },
	{ "a.ts\nconsole.log();\n", "console.log", "builtin console.log" },
	{ "a.ts\nfunction f(console: Screen) { console.log(); }\n", "console.log", "builtin Screen.log" },
	{ "a.ts\nconst log = console.log;\nlog();\n", "log", "builtin console.log" },
	{ "a.ts\nconst { log: say } = console;\nsay();\n", "say", "builtin console.log" },
	{ "a.ts\nconst c = console;\nconst d = c;\nd.warn();\n", "d.warn", "builtin console.warn" },
	{ "a.ts\nconst say = console.log.bind(console);\nsay();\n", "say", "builtin console.log" },
	{ "a.ts\nlet x = console;\nx = other();\nx.log();\n", "x.log", "local" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\n\nexport function f() {}\n", "f", "declared b.ts:2" },
	{ "a.ts\nimport { g } from './b';\ng();\n--\nb.ts\nexport { f as g } from './c';\n--\nc.ts\nexport function f() {}\n",
		"g", "declared c.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './c';\n--\nc.ts\nexport function f() {}\n",
		"f", "declared c.ts:1" },
	{ "a.ts\nimport f from './b.js';\nf();\n--\nb.ts\nexport default function f() {}\n", "f", "declared b.ts:1" },
	{ "a.ts\nimport { f } from './b';\nf();\n--\nb.ts\nexport * from './a';\n", "f", "unknown" },
	{ "a.ts\nimport { S } from './s';\nclass C {\n constructor(private s: S) {}\n m() { this.s.run(); }\n}\n--\ns.ts\nexport class "
	  "S {\n run() {}\n}\n",
		"this.s.run", "declared s.ts:2" },
	{ "a.ts\nclass A { go() {} }\nclass B extends A {}\nconst b = new B();\nb.go();\n", "b.go", "declared a.ts:1" },
	{ "src/a.ts\nimport { f } from '@app/b';\nf();\n--\nsrc/lib/b.ts\nexport function f() {}\n--\ntsconfig.json\n{ // c\n "
	  "\"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"@app/*\": [\"src/lib/*\"] } } }\n",
		"f", "declared src/lib/b.ts:1" },
	{ "a.ts\nconst api = { log: console.log, list() {} };\napi.log();\n", "api.log", "builtin console.log" },
	{ "a.ts\nimport { api } from './b';\napi.list();\n--\nb.ts\nexport const api = {\n list() {} };\n", "api.list",
		"declared b.ts:2" },
	{ "a.ts\nimport api from './b';\napi.list();\n--\nb.ts\nexport default {\n list: () => 1 };\n", "api.list",
		"declared b.ts:2" },
	{ "a.js\nconst api = require('./b');\napi.list();\n--\nb.js\nmodule.exports = {\n list: () => 1 };\n",
		"api.list", "declared b.js:2" },
	{ "a.ts\nconst api = { ...console, own: 1 };\napi.log();\n", "api.log", "builtin console.log" },
	{ "a.ts\nconst make = () => new Map();\nconst m = make();\nm.get();\n", "m.get", "library Map.get" },
	{ "a.ts\nfunction make() { return new Map(); }\ntype M = ReturnType<typeof make>;\nfunction f(m: M) { m.get(); }\n",
		"m.get", "library Map.get" },
	{ "a.ts\nfunction make(a) { if (a) return new Set(); return new Map(); }\nconst m = make();\nm.get();\n",
		"m.get", "local" },
	{ "a.ts\nclass A { m; constructor() { this.m = new Map(); }\n f() { this.m.get(); } }\n", "this.m.get",
		"library Map.get" },
	{ "a.tsx\nimport { useMemo } from 'react';\nconst m = useMemo(() => new Map(), []);\nm.get();\n", "m.get",
		"library Map.get" },
	{ "a.ts\nconst m = given ?? new Map();\nm.get();\n", "m.get", "library Map.get" },
	{ "a.ts\nimport express from 'express';\nfunction f(app: ReturnType<typeof express>) { app.get(); }\n",
		"app.get", "library express.Application.get" },
	{ "a.ts\nimport { C } from 'm';\nconst c: C = d().c(n);\nc.find();\n", "c.find", "library m.C.find" },
	/* what objects hold, and what files export as a value */
	{ "a.ts\nconst o = { f, g: { h: console.log } };\nfunction f() {}\no.f();\n", "o.f", "declared a.ts:2" },
	{ "a.ts\nconst o = { g: { h: console.log } };\no.g.h();\n", "o.g.h", "builtin console.log" },
	{ "a.ts\nconst o = { f: () => 1 };\no.f();\n", "o.f", "declared a.ts:1" },
	{ "a.ts\nconst o = { f: () => 1 };\no.g();\n", "o.g", "local" },
	{ "a.ts\nconst o = { f: o };\no.f.f();\n", "o.f.f", "local" },
	{ "a.ts\nimport u from './b';\nu.all();\n--\nb.ts\nclass U {\n all() {}\n}\nexport default new U();\n", "u.all",
		"declared b.ts:2" },
	{ "a.ts\nimport u from './b';\nu.all();\n--\nb.ts\nexport default { all: () => 1 };\n", "u.all",
		"declared b.ts:1" },
	{ "a.js\nconst u = require('./b');\nu.all();\n--\nb.js\n\nmodule.exports = { all() {} };\n", "u.all",
		"declared b.js:2" },
	{ "a.js\nconst U = require('./b');\nU.find();\n--\nb.js\nconst m = require('mongoose');\nmodule.exports = "
	  "m.model('U');\n",
		"U.find", "library mongoose.Model.find" },
	/* Python */
	{ "a.py\nimport requests\nclass A:\n    def __init__(self):\n        self.s = requests.Session()\n    def f(self):\n "
	  "       self.s.get()\n",
		"self.s.get", "library requests.Session.get" },
	{ "a.py\nimport requests\nrequests.get()\n", "requests.get", "library requests.get" },
	{ "a.py\nimport os.path\nos.path.join()\n", "os.path.join", "library os.path.join" },
	{ "a.py\nimport os.path as p\np.join()\n", "p.join", "library os.path.join" },
	{ "a.py\nfrom time import sleep as s\ns()\n", "s", "library time.sleep" },
	{ "a.py\nimport requests\ns = requests.Session()\ns.get()\n", "s.get", "library requests.Session.get" },
	{ "a.py\nfrom sqlalchemy.orm import Session\ndef f(s: Session | None):\n    s.query()\n", "s.query",
		"library sqlalchemy.orm.Session.query" },
	{ "a.py\nfrom typing import Annotated\nfrom sqlmodel import Session\nDep = Annotated[Session, 1]\ndef f(s: Dep):\n    "
	  "s.exec()\n",
		"s.exec", "library sqlmodel.Session.exec" },
	{ "a.py\nfrom fastapi import APIRouter as R\nclass Router(R):\n    pass\nr = Router()\nr.get()\n", "r.get",
		"library fastapi.APIRouter.get" },
	{ "a.py\nfrom typing import NewType\nfrom sqlalchemy.orm import Session as S\nDb = NewType('Db', S)\ndef f(s: Db):\n    "
	  "s.get()\n",
		"s.get", "library sqlalchemy.orm.Session.get" },
	{ "a.py\nprint()\n", "print", "builtin print" },
	{ "a.py\ndef f():\n    open = g()\n    open()\n", "open", "local" },
	{ "app/a.py\nfrom .b import f\nf()\n--\napp/b.py\ndef f():\n    pass\n", "f", "declared app/b.py:1" },
	{ "app/a.py\nfrom app import b\nb.f()\n--\napp/__init__.py\n--\napp/b.py\ndef f():\n    pass\n", "b.f",
		"declared app/b.py:1" },
	{ "app/a.py\nfrom app.pkg import f\nf()\n--\napp/pkg/__init__.py\nfrom .b import f\n--\napp/pkg/b.py\ndef f():\n    pass\n",
		"f", "declared app/pkg/b.py:1" },
	/* Go */
	{ "a.go\npackage a\nimport \"net/http\"\nfunc f() { http.Get() }\n", "http.Get", "library net/http.Get" },
	{ "a.go\npackage a\nimport h \"net/http\"\nfunc f() { h.Get() }\n", "h.Get", "library net/http.Get" },
	/* each of several results has its type: by what is written, else by the one return */
	{ "a.go\npackage a\ntype S struct{}\nfunc (s *S) g() {}\nfunc make() (int, *S, error) { return 0, &S{}, nil }\n"
	  "func f() { n, s, err := make(); s.g() }\n",
		"s.g", "declared a.go:3" },
	{ "a.go\npackage a\ntype S struct{}\nfunc (s *S) g() {}\nfunc make() (n int, s *S) { return 0, &S{} }\n"
	  "func f() { n, s := make(); n.g() }\n",
		"n.g", "builtin int.g" },
	{ "a.py\nclass S:\n    def g(self): pass\n\ndef make() -> tuple[int, S]: ...\n\nn, s = make()\ns.g()\n", "s.g",
		"declared a.py:2" },
	{ "a.py\nclass S:\n    def g(self): pass\n\nasync def make():\n    return 1, S()\n\nasync def f():\n"
	  "    n, s = await make()\n    s.g()\n",
		"s.g", "declared a.py:2" },
	{ "a.py\nclass S:\n    def g(self): pass\n\ndef make() -> S: ...\n\na, b = make()\na.g()\n", "a.g", "local" },
	{ "a.rs\nstruct S;\nimpl S { fn g(&self) {} }\nfn make() -> (i32, S) { (1, S) }\nfn f() { let (n, s) = make(); s.g(); }\n",
		"s.g", "declared a.rs:2" },
	{ "a.go\npackage a\nfunc f() { panic(1) }\n", "panic", "builtin panic" },
	{ "a.go\npackage a\nfunc f(panic func(int)) { panic(1) }\n", "panic", "local" },
	{ "a.go\npackage a\ntype S struct{}\nfunc (s *S) delete() error { return nil }\nfunc f(m map[int]int) { delete(m, 1) }\n",
		"delete", "builtin delete" },
	{ "a.go\npackage a\nfunc f() { g() }\n--\nb.go\npackage a\nfunc g() {}\n", "g", "declared b.go:2" },
	{ "a.go\npackage a\nimport \"sync\"\nfunc f() { var wg sync.WaitGroup; wg.Add(1) }\n", "wg.Add",
		"library sync.WaitGroup.Add" },
	{ "a.go\npackage a\nimport \"sync\"\ntype S struct { wg sync.WaitGroup }\nfunc (s *S) f() { s.wg.Done() }\n",
		"s.wg.Done", "library sync.WaitGroup.Done" },
	{ "a.go\npackage a\nfunc f() { s := &S{}; s.g() }\n--\nb.go\npackage a\ntype S struct{}\nfunc (s *S) g() {}\n",
		"s.g", "declared b.go:3" },
	{ "cmd/a.go\npackage main\nimport \"acme.io/shop/store\"\nfunc f() { store.Open() }\n--\ngo.mod\nmodule acme.io/shop\n--\n"
	  "store/s.go\npackage store\nfunc Open() {}\n",
		"store.Open", "declared store/s.go:2" },
	/* Rust */
	{ "src/a.rs\nuse std::fs;\nfn f() { fs::read(); }\n", "fs::read", "library std::fs::read" },
	{ "src/a.rs\nuse tokio::time::sleep as nap;\nfn f() { nap(); }\n", "nap", "library tokio::time::sleep" },
	{ "src/a.rs\nfn f() { std::fs::read(); }\n", "std::fs::read", "library std::fs::read" },
};

static void test_meanings(void **state)
{
	(void)state;
	CHECK_MEANINGS(meanings);
}

static const struct {
	const char *files;
	const char *dependency, *version;
} manifests[] = {
	{ "package.json\n{ \"name\": \"a\", \"dependencies\": { \"express\": \"^4\" } }\n", "express", "^4" },
	{ "pyproject.toml\n[project]\nname = \"a\"\ndependencies = [\"pydantic[email]>=1.10,<2; python_version > '3'\"]\n",
		"pydantic", ">=1.10,<2" },
	{ "pyproject.toml\n[tool.poetry.dependencies]\npydantic = { version = \"^1.9\", extras = [\"x\"] }\n",
		"pydantic", "^1.9" },
	{ "requirements.txt\n# comment\nPydantic == 1.9.0\n", "pydantic", "== 1.9.0" },
	{ "go.mod\nmodule acme.io/a\n\nrequire (\n\tgithub.com/x/y v1.2.3 // indirect\n)\n", "github.com/x/y",
		"v1.2.3" },
	{ "Cargo.toml\n[package]\nname = \"a\"\n\n[dependencies]\naxum = \"0.7\"\n", "axum", "0.7" },
	{ "Cargo.toml\n[package]\nname = \"a\"\n\n[dependencies]\naxum = { version = \"0.7\" }\n", "axum", "0.7" },
};

static void test_manifests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(manifests) / sizeof(*manifests); i++) {
		struct project p;
		project_open(&p, manifests[i].files);
		assert_int_equal(model_package_count(p.result.model), 1);
		const struct dependency *d = package_dependency(
			model_package(p.result.model, 0), str_from(manifests[i].dependency));
		if (!d || !str_is(d->version, manifests[i].version))
			print_message("row %zu: %.*s\n", i, d ? (int)d->version.len : 4, d ? d->version.ptr : "none");
		assert_true(d && str_is(d->version, manifests[i].version));
		project_close(&p);
	}
}

static const struct {
	const char *files;
	enum layer layer;
} layers[] = {
	{ "a.ts\nimport { Controller } from '@nestjs/common';\n@Controller()\nexport class A { all() {} }\n",
		LAYER_CONTROLLER },
	{ "a.ts\nexport class UsersController { all() {} }\n", LAYER_NONE },
	{ "a.ts\nexport class UsersService { all() {} }\n", LAYER_SERVICE },
	{ "a.ts\nexport class PrismaService { all() {} }\n", LAYER_NONE },
	{ "a.ts\nexport abstract class UsersRepository { abstract all(): void }\n", LAYER_NONE },
	{ "a.ts\nimport { Repository } from 'typeorm';\nexport class Users extends Repository<U> { all() {} }\n",
		LAYER_REPOSITORY },
	{ "a.ts\nimport { Entity } from 'typeorm';\n@Entity()\nexport class User { id: string }\n", LAYER_ENTITY },
	{ "services/a.py\nclass Prices:\n    def of(self):\n        pass\n", LAYER_SERVICE },
	{ "services/a.py\nclass Price:\n    amount: int\n", LAYER_NONE },
	{ "a.py\nfrom sqlmodel import SQLModel\nclass User(SQLModel):\n    id: int\n", LAYER_ENTITY },
	{ "a.py\nfrom django.views import View\nclass Users(View):\n    def get(self):\n        pass\n",
		LAYER_CONTROLLER },
	{ "services/a.ts\ndocument.title = '';\nexport class Cart { add() {} }\n", LAYER_NONE },
};

static void test_layers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(layers) / sizeof(*layers); i++) {
		struct project p;
		project_open(&p, layers[i].files);
		const struct facts *f = &model_file(p.result.model, 0)->facts;
		node_id class_node = 1;
		while (node_kind(f, class_node) != NODE_CLASS)
			class_node++;
		if (model_class_layer(p.result.model, 0, class_node).layer != layers[i].layer)
			print_message("row %zu\n", i);
		assert_int_equal(model_class_layer(p.result.model, 0, class_node).layer, layers[i].layer);
		project_close(&p);
	}
}

/* "a.ts:server b.ts:both": where each file runs. */
static const struct {
	const char *files, *sides;
} sides[] = {
	{ "a.ts\nimport 'express';\nimport './b';\n--\nb.ts\nimport './c';\n--\nc.ts\n--\nd.ts\n",
		"a.ts:server b.ts:server c.ts:server d.ts:neither" },
	{ "a.ts\nimport 'express';\nimport type { B } from './b';\n--\nb.ts\nexport class B {}\n",
		"a.ts:server b.ts:neither" },
	{ "a.ts\nimport 'express';\nexport * from './b';\n--\nb.ts\nimport './a';\n", "a.ts:server b.ts:server" },
	{ "a.ts\nimport { createServer } from 'node:http';\nimport './b';\ncreateServer();\n--\nb.ts\n",
		"a.ts:server b.ts:server" },
	{ "a.ts\nimport { request } from 'node:http';\nimport './b';\nrequest();\n--\nb.ts\n",
		"a.ts:neither b.ts:neither" },
	{ "a.ts\nimport 'express';\nimport './c';\n--\nb.ts\nimport 'react';\nimport './c';\n--\nc.ts\n",
		"a.ts:server b.ts:browser c.ts:both" },
	{ "a.ts\nimport 'express';\nimport './mail';\n--\nmail.ts\nimport 'react';\n", "a.ts:server mail.ts:server" },
	/* loaded by its name in the server: where the page is opened, only what that leads to is the browser's */
	{ "a.ts\nimport 'express';\nimport './model';\n--\nmail.tsx\nimport 'react';\nimport './model';\n--\nmodel.ts\n--\npackage.json\n{ "
	  "\"dependencies\": { \"react\": \"18\" } }\n--\npage.tsx\nimport 'react';\nimport "
	  "'./view';\nrender(document.body);\n--\nview.tsx\nimport 'react';\n",
		"a.ts:server mail.tsx:neither model.ts:server page.tsx:browser view.tsx:browser" },
	{ "a.ts\nimport 'express';\nimport './model';\n--\nmodel.ts\n--\npackage.json\n{ \"dependencies\": { \"next\": \"15\" } "
	  "}\n--\npage.tsx\nimport 'next/link';\nrender(document.body);\n--\nview.tsx\nimport 'next/link';\nimport './model';\n",
		"a.ts:server model.ts:both page.tsx:browser view.tsx:browser" },
	{ "a.ts\ndocument.title = 'a';\n--\nb.ts\nif (typeof window !== 'undefined') go();\n",
		"a.ts:browser b.ts:neither" },
	{ "a.ts\nfunction f(document: D) { document.save(); }\n", "a.ts:neither" },
	{ "a.ts\n--\nb.ts\n--\npackage.json\n{ \"dependencies\": { \"express\": \"4\" } }\n",
		"a.ts:server b.ts:server" },
	{ "a.ts\n--\nb.ts\nimport 'express';\n--\npackage.json\n{ \"dependencies\": { \"express\": \"4\" } }\n",
		"a.ts:neither b.ts:server" },
};

static void test_sides(void **state)
{
	(void)state;
	static const char *const names[] = { "neither", "server", "browser", "both" };
	for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, sides[i].files);
		const struct model *m = p.result.model;
		for (file_id file = 0; file < model_file_count(m); file++)
			if (LANGUAGES_NODE >> model_file(m, file)->language & 1)
				buf_printf(&found, "%s%.*s:%s", found.len ? " " : "",
					STR_ARG(model_file(m, file)->path), names[model_sides(m, file)]);
		assert_string_equal(buf_cstr(&found), sides[i].sides);
		buf_release(&found);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_meanings), cmocka_unit_test(test_manifests),
		cmocka_unit_test(test_layers), cmocka_unit_test(test_sides) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
