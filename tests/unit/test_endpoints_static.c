/* Files that frameworks serve: folders below a path, and single ones. */
#include "endpoints.h"

#define GO(imports, body) "a.go\npackage main\nimport (\n\"net/http\"\n" imports ")\nfunc main() { " body " }\n"
#define HTTP(body) GO("", body)
#define GIN(body) GO("\"github.com/gin-gonic/gin\"\n\"github.com/gin-contrib/static\"\n", body)
#define ECHO(body) GO("\"github.com/labstack/echo/v4\"\n\"github.com/labstack/echo/v4/middleware\"\n", body)
#define CHI(body) GO("\"github.com/go-chi/chi/v5\"\n", body)
#define FIBER(body) GO("\"github.com/gofiber/fiber/v3\"\n\"github.com/gofiber/fiber/v3/middleware/static\"\n", body)
#define MUX(body) GO("\"github.com/gorilla/mux\"\n", body)
#define EXPRESS(body) "a.js\nconst express = require('express');\nconst app = express();\n" body
#define HONO(body) \
	"a.ts\nimport { Hono } from 'hono';\nimport { serveStatic } from '@hono/node-server/serve-static';\nconst app = new Hono();\n" body
#define NEST(body)                                                                                                       \
	"a.ts\nimport { Module, Controller, Get } from '@nestjs/common';\nimport { NestFactory } from '@nestjs/core';\n" \
	"import { NestExpressApplication } from '@nestjs/platform-express';\n"                                           \
	"import { ServeStaticModule } from '@nestjs/serve-static';\n" body
#define FASTAPI(body) \
	"a.py\nfrom fastapi import FastAPI\nfrom fastapi.staticfiles import StaticFiles\napp = FastAPI()\n" body
#define AIOHTTP(body) "a.py\nfrom aiohttp import web\napp = web.Application()\n" body
#define AXUM(body)                                                                                                     \
	"a.rs\nuse axum::{Router, routing::get};\nuse tower_http::services::{ServeDir, ServeFile};\nfn main() { " body \
	" }\n"

static const struct endpoint_row rows[] = {
	/* net/http: a pattern that ends in a slash, and prefixes that are cut off */
	{ HTTP("http.Handle(\"/\", http.FileServer(http.Dir(\"web\")))"), "GET /{*} files" },
	{ HTTP("http.Handle(\"/a/\", http.StripPrefix(\"/a/\", http.FileServer(http.Dir(\"web\"))))"),
		"GET /a/{*} files" },
	{ HTTP("m := http.NewServeMux(); fs := http.FileServer(http.FS(web)); m.Handle(\"GET /a/\", cached(fs))"),
		"GET /a/{*} files" },
	{ HTTP("at := prefix() + \"/\"; http.Handle(at, http.StripPrefix(at, http.FileServer(http.Dir(\"web\"))))"),
		"GET …/{*} files" },
	{ HTTP("http.ListenAndServe(\":80\", http.FileServer(http.Dir(\".\")))"), "" },
	{ CHI("r := chi.NewRouter(); r.Handle(\"/a/*\", http.StripPrefix(\"/a\", http.FileServer(http.Dir(\"web\")))); "
	      "r.Mount(\"/b\", http.StripPrefix(\"/b\", http.FileServer(http.Dir(\"web\"))))"),
		"GET /a/{*} files; GET /b/{*} files" },
	{ MUX("r := mux.NewRouter(); r.PathPrefix(\"/a/\").Handler(http.StripPrefix(\"/a/\", "
	      "http.FileServer(http.Dir(\"web\")))); r.PathPrefix(\"/\").Handler(http.FileServer(http.Dir(\"web\")))"),
		"GET /a/{*} files; GET /{*} files" },
	{ MUX("m := http.NewServeMux(); m.HandleFunc(\"/x\", h); r := mux.NewRouter(); "
	      "r.PathPrefix(\"/api\").Handler(http.StripPrefix(\"/api\", m))"),
		"ANY /api/x" },
	/* Go's frameworks */
	{ GIN("r := gin.New(); r.Static(\"/a\", \"web\"); r.Group(\"/g\").StaticFS(\"/b/\", http.Dir(\"web\")); "
	      "r.StaticFile(\"/favicon.ico\", \"web/f.ico\"); r.Use(static.Serve(\"/c\", static.LocalFile(\"web\", true)))"),
		"GET /a/{*} files; GET /c/{*} files; GET /favicon.ico files; GET /g/b/{*} files" },
	{ ECHO("e := echo.New(); e.Static(\"/\", \"web\"); e.Group(\"/g\").Static(\"/a\", \"web\"); e.File(\"/robots.txt\", \"r\")"),
		"GET /g/a/{*} files; GET /robots.txt files; GET /{*} files" },
	{ ECHO("e := echo.New(); e.Use(middleware.Static(\"web\"))"), "GET /{*} files" },
	{ FIBER("app := fiber.New(); app.Static(\"/a\", \"./web\"); app.Get(\"/b*\", static.New(\"./web\")); app.Use(\"/c\", "
		"static.New(\"./web\"))"),
		"GET /a/{*} files; GET /b{*} files; GET /c/{*} files" },
	/* Node */
	{ EXPRESS("app.use(express.static('public')); app.use('/a', check, express.static('public'))\n"),
		"GET /a/{*} files; GET /{*} files" },
	{ EXPRESS("const r = express.Router(); r.use('/a', express.static('public')); app.use('/g', r)\n"),
		"GET /g/a/{*} files" },
	{ EXPRESS("const files = express.static('public'); start(files)\n"), "" },
	{ "a.js\nconst fastify = require('fastify')();\nfastify.register(require('@fastify/static'), { root: r, prefix: '/a/' });\n",
		"GET /a/{*} files" },
	{ "a.ts\nimport Fastify from 'fastify';\nimport files from '@fastify/static';\nconst app = Fastify();\n"
	  "app.register(files, { root: r });\n",
		"GET /{*} files" },
	{ "a.js\nconst Koa = require('koa');\nconst serve = require('koa-static');\nconst mount = require('koa-mount');\n"
	  "const app = new Koa();\napp.use(mount('/a', serve('public')));\n",
		"GET /a/{*} files" },
	{ HONO("app.use('/a/*', serveStatic({ root: './' })); app.get('/favicon.ico', serveStatic({ path: './f.ico' }))\n"),
		"GET /a/{*} files; GET /favicon.ico files" },
	{ HONO("app.use('/a/*', logger()); app.use(cors())\n"), "" },
	{ "a.js\nconst restify = require('restify');\nconst s = restify.createServer();\n"
	  "s.get('/a/*', restify.plugins.serveStatic({ directory: './public' }));\n",
		"GET /a/{*} files" },
	/* NestJS: outside of the global prefix */
	{ NEST("async function main() { const app = await NestFactory.create<NestExpressApplication>(M); "
	       "app.setGlobalPrefix('api'); app.useStaticAssets('public', { prefix: '/a/' }); }\n@Controller('c')\nclass C { "
	       "@Get() one() {} }\n@Module({ controllers: [C] })\nclass M {}\n"),
		"GET /a/{*} files; GET /api/c C.one" },
	{ NEST("@Module({ imports: [ServeStaticModule.forRoot({ rootPath: 'client', serveRoot: '/a' })] })\nclass M {}\n"),
		"GET /a/{*} files" },
	{ NEST("@Module({ imports: [ServeStaticModule.forRoot({ rootPath: 'client' })] })\nclass M {}\n"),
		"GET /{*} files" },
	/* Python */
	{ FASTAPI("app.mount('/a', StaticFiles(directory='static'), name='static')\n"), "GET /a/{*} files" },
	{ FASTAPI("class Pages(StaticFiles):\n    pass\napp.mount('/', Pages(directory='dist', html=True))\n"),
		"GET /{*} files" },
	{ "a.py\nfrom starlette.applications import Starlette\nfrom starlette.routing import Mount\nfrom starlette.staticfiles "
	  "import StaticFiles\napp = Starlette(routes=[Mount('/a', app=StaticFiles(directory='s'))])\n",
		"GET /a/{*} files" },
	{ AIOHTTP("app.router.add_static('/a', 'static')\napp.add_routes([web.static('/b/', 'static')])\n"),
		"GET /a/{*} files; GET /b/{*} files" },
	/* Rust */
	{ AXUM("let app = Router::new().nest_service(\"/a\", ServeDir::new(\"a\").precompressed_gzip()).route_service(\"/f\", "
	       "ServeFile::new(\"f\")).fallback_service(ServeDir::new(\"d\").not_found_service(ServeFile::new(\"i\")));"),
		"GET /a/{*} files; GET /f files; GET /{*} files" },
	{ "a.rs\nuse actix_web::App;\nuse actix_files::Files;\nfn main() { "
	  "App::new().service(Files::new(\"/a\", \"./a\").index_file(\"i.html\")); }\n",
		"GET /a/{*} files" },
	{ "a.rs\nuse rocket::fs::{FileServer, relative};\nfn rocket() { rocket::build().mount(\"/a\", "
	  "FileServer::from(relative!(\"a\")).rank(3)); }\n",
		"GET /a/{*} files" },
};

ENDPOINT_TESTS(rows)
