/* Endpoints of Node's frameworks but Express and NestJS. */
#include "endpoints.h"

#define FASTIFY "import Fastify from 'fastify';\nconst app = Fastify();\n"
#define HONO "import { Hono } from 'hono';\nconst app = new Hono();\n"
#define KOA "const Koa = require('koa'), Router = require('@koa/router');\nconst app = new Koa();\n"
#define STRAPI "package.json\n{ \"name\": \"cms\", \"dependencies\": { \"@strapi/strapi\": \"5\" } }\n--\n"
#define NEXT "package.json\n{ \"name\": \"web\", \"dependencies\": { \"next\": \"15\" } }\n--\n"

static const struct endpoint_row rows[] = {
	/* Fastify */
	{ "a.ts\n" FASTIFY "app.get('/a', { schema }, async (q) => 1);\n", "GET /a" },
	{ "a.js\nconst app = require('fastify')({ logger: true });\napp.head('/a', h);\n", "HEAD /a" },
	{ "a.ts\n" FASTIFY "app.route({ method: ['GET', 'PUT'], url: '/a/:id', handler: one });\nfunction one() {}\n",
		"GET, PUT /a/{id} one" },
	{ "a.ts\n" FASTIFY "app.route({ method: 'PROPFIND', url: '/a', handler: one });\n", "" },
	{ "a.ts\n" FASTIFY "app.register(users, { prefix: '/v1' });\nasync function users(f) { f.get('/u', h); }\n",
		"GET /v1/u" },
	{ "a.ts\n" FASTIFY
	  "app.register((f, o, done) => { f.register(b, { prefix: '/y' }); done(); }, { prefix: '/x' });\n"
	  "const b = async (g) => { g.get('/a', h); };\n",
		"GET /x/y/a" },
	{ "a.ts\n" FASTIFY
	  "app.register(require('./b'), { prefix: '/x' });\n--\nb.js\nmodule.exports = async function (f) { "
	  "f.post('/', h); };\n",
		"POST /x" },
	{ "a.ts\n" FASTIFY
	  "import plugin from './b';\napp.register(plugin, { prefix: '/x' });\n--\nb.ts\nimport fp from "
	  "'fastify-plugin';\nexport default fp(async (f) => { f.get('/a', h); });\n",
		"GET /x/a" },
	{ "a.ts\nimport { FastifyInstance } from 'fastify';\nexport function routes(f: FastifyInstance) { f.get('/a', h); }\n",
		"GET …/a" },
	{ "src/app.ts\n" FASTIFY
	  "import autoload from '@fastify/autoload';\nimport { join } from 'path';\napp.register(autoload, { dir: "
	  "join(__dirname, 'routes'), options: { prefix: '/api' } });\n--\nsrc/routes/users/_id/index.ts\nexport default async (f) "
	  "=> { f.get('/posts', h); };\n--\nsrc/routes/own.ts\nexport const autoPrefix = '/mine';\nexport default async (f) => { "
	  "f.get('/a', h); };\n--\nsrc/other/no.ts\nexport default async (f) => { f.get('/no', h); };\n",
		"GET /api/mine/a; GET /api/users/{id}/posts" },
	/* Koa */
	{ "a.js\n" KOA
	  "const r = new Router({ prefix: '/x' });\nr.get('name', '/a', h);\nr.del('/b', h);\napp.use(r.routes());\n",
		"DELETE /x/b; GET /x/a" },
	{ "a.js\n" KOA
	  "const r = new Router(), api = new Router();\nr.prefix('/v1');\napi.get('/a', h);\nr.use('/x', api.routes(), "
	  "api.allowedMethods());\napp.use(r.routes());\n",
		"GET /v1/x/a" },
	{ "a.js\n" KOA
	  "const mount = require('koa-mount');\nconst inner = new Koa();\nconst r = new Router();\nr.get('/a', h);\n"
	  "inner.use(r.middleware());\napp.use(mount('/in', inner));\n",
		"GET /in/a" },
	/* Hono */
	{ "a.ts\n" HONO "const b = new Hono().get('/b', h).post('/c', h);\napp.route('/x', b);\nexport default app;\n",
		"GET /x/b; POST /x/c" },
	{ "a.ts\n" HONO "const v = app.basePath('/v1');\nv.get('/a', h);\napp.on(['PUT', 'PATCH'], ['/b', '/c'], h);\n",
		"GET /v1/a; PUT, PATCH /b; PUT, PATCH /c" },
	{ "a.ts\nimport { OpenAPIHono, createRoute } from '@hono/zod-openapi';\nconst route = createRoute({ method: 'get', path: "
	  "'/a/{id}' });\nnew OpenAPIHono().openapi(route, (c) => 1);\n",
		"GET /a/{id}" },
	{ "a.ts\nimport { hc } from 'hono/client';\nhc('/x').get('/a', h);\n", "" },
	/* restify, polka */
	{ "a.js\nconst restify = require('restify');\nconst s = restify.createServer();\ns.get({ path: '/a' }, h);\ns.del('/b', h);\n",
		"DELETE /b; GET /a" },
	{ "a.js\nconst s = require('restify').createServer();\nconst { Router } = require('restify-router');\nconst r = new "
	  "Router();\nr.get('/a', h);\nr.applyRoutes(s, '/x');\n",
		"GET /x/a" },
	{ "a.js\nconst polka = require('polka');\npolka().use('/x', polka().get('/a', h)).listen(1);\n", "GET /x/a" },
	{ "a.ts\nimport * as finale from 'finale-rest';\nfor (const { name } of models)\n  finale.resource({ model: User, endpoints: "
	  "[`/api/${name}s`, '/one/:id'] });\n",
		"ANY /api/{name}s; ANY /one/{id}" },
	/* Strapi: rows that a file exports */
	{ STRAPI
		"src/api/user/routes/user.js\nmodule.exports = { routes: [{ method: 'GET', path: '/users/:id', handler: 'user.find' "
		"}, { method: 'POST', path: '/users', handler: create, config: {} }, { path: '/no', handler: 'user.no' }] };\n"
		"function create(ctx) {}\n",
		"GET …/users/{id}; POST …/users create" },
	{ STRAPI
		"server/routes/admin.ts\nconst rows = [{ method: 'DELETE', path: '/a', handler: 'a.b' }];\n"
		"export default { type: 'admin', routes: rows };\n--\nserver/routes/list.ts\nexport default [{ method: 'GET', path: "
		"'/b', handler: 'a.b' }];\n--\nserver/other.ts\nexport default [{ method: 'GET', path: '/no', handler: 'a.b' }];\n",
		"DELETE …/a; GET …/b" },
	{ "x.js\nmodule.exports = (strapi) => {\n  return [{ method: 'GET', path: '/a', handler: 'a.b' }];\n};\n",
		"GET …/a" },
	{ "routes/x.js\nmodule.exports = (app) => [{ method: 'GET', path: '/a', handler: 'a.b' }];\n", "" },
	/* hapi, Elysia, oak */
	{ "a.js\nconst server = require('@hapi/hapi').server({ port: 1 });\nserver.route({ method: 'GET', path: '/a/{id}', handler: one "
	  "});\nserver.route([{ method: ['PUT', 'PATCH'], path: '/b', options: { handler: two } }, { method: '*', path: '/c', handler: one "
	  "}]);\nfunction one() {}\nfunction two() {}\n",
		"ANY /c one; GET /a/{id} one; PUT, PATCH /b two" },
	{ "a.ts\nimport { Elysia } from 'elysia';\nconst users = new Elysia({ prefix: '/users' }).get('/:id', h);\nnew "
	  "Elysia().decorate('db', db).group('/v1', (app) => app.post('/a', h).guard({}, x)).use(users).listen(3000);\n",
		"GET /users/{id}; POST /v1/a" },
	{ "a.ts\nimport { Application, Router } from '@oak/oak';\nconst r = new Router({ prefix: '/v1' });\nr.get('/a', h);\nconst app "
	  "= new Application();\napp.use(r.routes());\n",
		"GET /v1/a" },
	/* Next.js */
	{ NEXT "app/(shop)/users/[id]/route.ts\nexport async function GET() {}\nexport const POST = wrap(async () => 1);\n",
		"GET /users/{id} GET; POST /users/{id}" },
	{ NEXT "app/a/[...rest]/route.ts\nexport { get as GET } from '../b';\n--\napp/a/b.ts\nexport function get() {}\n",
		"GET /a/{*rest} get" },
	{ NEXT "pages/api/users/[id].ts\nexport default function one(req, res) { switch (req.method) { case 'GET': break; case "
	       "'PUT': break; } }\n--\npages/api/index.ts\nexport default async (req, res) => { if (req.method !== 'POST') return; };\n",
		"GET, PUT /api/users/{id} one; POST /api" },
	{ NEXT "pages/users.tsx\nexport default function Page() {}\n--\nlib/route.ts\nexport function GET() {}\n", "" },
	{ NEXT "templates/app/a/route.ts\nexport function GET() {}\n", "" },
	{ NEXT "src/app/a/route.ts\nexport function GET() {}\n", "GET /a GET" },
	{ "app/a/route.ts\nexport function GET() {}\n", "" },
};

ENDPOINT_TESTS(rows)
