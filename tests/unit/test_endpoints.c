/* Endpoints: full paths, methods and handlers, one row for each mechanism. */
#include "endpoints.h"

static const struct endpoint_row rows[] = {
	/* what is registered, and on what */
	{ "a.js\nconst app = require('express')();\napp.get('/a/:id', list);\nfunction list() {}\n",
		"GET /a/{id} list" },
	{ "a.ts\nimport express from 'express';\nconst app = express();\napp.all(['/a', '/b'], (q, s) => 1);\n",
		"ANY /a; ANY /b" },
	/* regular expressions */
	{ "a.js\nconst app = require('express')();\napp.get(/^\\/a-(\\d+)\\/([^/]+)\\.json$/i, h);\napp.get(/^(?!\\/api).*/, h);\n"
	  "app.get(/^\\/b\\/(?<id>[0-9]{2})(?:\\/c)?$/, h);\napp.get(/^\\/d/, h);\n",
		"GET /a-{}/{}.json; GET /b/{id}/c; GET /d{*}; GET /{*}" },
	{ "a.ts\nimport express from 'express';\nconst app = express();\napp.get('title');\napp.set('x', 1);\n", "" },
	{ "a.ts\nimport axios from 'axios';\naxios.get('/a', h);\nnew Map().get('/b', h);\napp.get('/c', h);\n", "" },
	{ "a.ts\nimport { Router } from 'express';\nconst r = Router();\nr.route('/a').get(one).post(two);\n",
		"GET …/a; POST …/a" },
	{ "a.ts\nimport { Application } from 'express';\nfunction f(app: Application) { app.get('/a', h); }\n",
		"GET /a" },
	{ "a.ts\nimport express from 'express';\nclass S {\n app = express();\n go() { this.app.get('/a', this.list); }\n list() {}\n}\n",
		"GET /a S.list" },
	{ "a.ts\nimport express from 'express';\nclass S {\n app: express.Application;\n constructor() { this.app = express(); }\n"
	  " go() { this.app.get('/a', h); }\n}\n",
		"GET /a" },
	/* mounts */
	{ "a.js\nconst app = require('express')();\napp.use('/x', auth, require('./b'));\n--\nb.js\nconst r = "
	  "require('express').Router();\nr.get('/', h);\nmodule.exports = r;\n",
		"GET /x" },
	{ "a.js\nconst app = require('express')();\nconst { users } = require('./b');\napp.use(users);\n--\nb.js\nconst users = "
	  "require('express').Router();\nusers.get('/u', h);\nmodule.exports = { users };\n",
		"GET /u" },
	{ "a.ts\nimport express from 'express';\nimport { r } from './b';\nconst P = '/p';\nexpress().use([P, '/q'], r);\n--\nb.ts\n"
	  "export { r } from './c';\n--\nc.ts\nimport { Router } from 'express';\nexport const r = Router();\nr.get('/a', h);\n",
		"GET /p/a; GET /q/a" },
	{ "a.ts\nimport express from 'express';\nimport r from './b';\nexpress().use('/v1', r);\n--\nb.ts\nimport { Router } from "
	  "'express';\nimport c from './c';\nconst r = Router();\nr.use('/x', c);\nexport default r;\n--\nc.ts\nimport { Router } "
	  "from 'express';\nexport default Router().get('/a', h);\n",
		"GET /v1/x/a" },
	/* a router that mounts itself ends somewhere */
	{ "a.ts\nimport { Router } from 'express';\nconst r = Router();\nr.use('/x', r);\nr.get('/a', h);\n",
		"GET …/a" },
	{ "a.ts\nimport { Router } from 'express';\nconst a = Router(), b = Router();\na.use('', b);\nb.use('', a);\nb.get('/a', "
	  "h);\n",
		"GET …/a" },
	/* routers in the hands of functions */
	{ "a.js\nconst app = require('express')();\nrequire('./b')(app);\n--\nb.js\nmodule.exports = function (server) { "
	  "server.get('/a', h); };\n",
		"GET /a" },
	{ "a.js\nconst app = require('express')();\nconst { Router } = require('express');\nconst r = Router();\napp.use('/x', "
	  "r);\nsetup({ r });\nfunction setup({ r }) { r.get('/a', h); }\n",
		"GET /x/a" },
	{ "a.js\nconst app = require('express')();\nconst deep = (a) => deeper(a);\nfunction deeper(b) { b.get('/a', h); }\ndeep(app);\n",
		"GET /a" },
	{ "a.js\nconst app = require('express')();\napp.use('/x', make());\nfunction make() { const r = "
	  "require('express').Router(); r.get('/a', h); return r; }\n",
		"GET /x/a" },
	{ "a.js\nfunction f(app) { app.get('/a', h); }\n", "" },
	/* tables */
	{ "a.js\nconst app = require('express')();\nconst T = [{ path: '/x', r: require('./b') }, { r: require('./b'), path: "
	  "'/y' }];\nT.forEach((t) => app.use(t.path, t.r));\n--\nb.js\nconst r = require('express').Router();\nr.get('/a', "
	  "h);\nmodule.exports = r;\n",
		"GET /x/a; GET /y/a" },
	{ "a.js\nconst app = require('express')();\nfor (const [p, h] of Object.entries({ '/a': one, '/b': two })) app.get(p, "
	  "h);\nfunction one() {}\nfunction two() {}\n",
		"GET /a one; GET /b two" },
	/* what functions are called with */
	{ "a.js\nconst app = require('express')();\nfunction add(path, handler) { app.get(path, handler); }\nadd('/a', one);\n"
	  "add('/b', two);\nfunction one() {}\nfunction two() {}\n",
		"GET /a one; GET /b two" },
	{ "a.ts\nimport express, { Application } from 'express';\nconst app = express();\nfunction users(app: Application, prefix: "
	  "string) { app.get(prefix + '/a', h); app.get(`/x/${prefix}`, h); }\nusers(app, '/u');\n",
		"GET /u/a; GET /x/u" },
	{ "a.ts\nimport express from 'express';\nconst outer = (p) => inner(p + '/y');\nfunction inner(p) { express().get(p + '/a', "
	  "h); }\nouter('/x');\n",
		"GET /x/y/a" },
	{ "a.ts\nimport express, { Router } from 'express';\nconst app = express(), r = Router();\nfunction mount(path) { app.use(path, r); "
	  "}\nmount('/m');\nr.get('/a', h);\n",
		"GET /m/a" },
	{ "a.ts\nimport express from 'express';\nexport function add(path, handler) { express().get(path, handler); }\n",
		"" },
	{ "a.ts\nimport express from 'express';\nexport function add(path) { express().get(path + '/a', h); }\n",
		"GET …/a" },
	/* handlers */
	{ "a.ts\nimport express from 'express';\nimport { c } from './b';\nexpress().get('/a', auth, wrap(c.list.bind(c)));\n--\nb.ts\n"
	  "class C { list() {} }\nexport const c = new C();\n",
		"GET /a C.list" },
	{ "a.ts\nimport express from 'express';\nimport * as c from './b';\nexpress().get('/a', [auth, c.list]);\n--\nb.ts\nexport const "
	  "list = catchAsync(async (q, s) => 1);\n",
		"GET /a" },
	/* files that serve nothing */
	{ "test/a.test.ts\nimport express from 'express';\nexpress().get('/a', h);\n", "" },
};

ENDPOINT_TESTS(rows)
