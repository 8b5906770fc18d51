/* Endpoints of NestJS: controllers, modules, versions, prefixes; resolvers, gateways, message handlers. */
#include "endpoints.h"

#define COMMON "import { Controller, Get, Post, All, Sse, Version, Module, VersioningType } from '@nestjs/common';\n"
#define A "a.ts\n" COMMON
/* An application of the module in app.ts. */
#define MAIN(settings)                                                                                                \
	"main.ts\nimport { NestFactory, RouterModule } from '@nestjs/core';\nimport { App } from './app';\nimport { " \
	"VersioningType } from '@nestjs/common';\nasync function bootstrap() {\n const app = await "                  \
	"NestFactory.create(App);\n " settings "\n await app.listen(1);\n}\n--\n"
#define APP(lists)                                                                                     \
	"app.ts\nimport { Module } from '@nestjs/common';\nimport { C } from './a';\n@Module({ " lists \
	" })\nexport class App {}\n--\n"
#define C(decorator) A decorator "\nexport class C { @Get('x') x() {} }\n"

static const struct endpoint_row rows[] = {
	/* controllers; no application is in sight */
	{ A "@Controller('users')\nclass C { @Get(':id') one() {} @Post() create() {} @All('any') any() {} @Sse('s') s() {} }\n",
		"ANY …/users/any C.any; GET …/users/s C.s; GET …/users/{id} C.one; POST …/users C.create" },
	{ A "enum R { Users = 'users' }\nconst P = 'p';\n@Controller({ path: `${P}/${R.Users}` })\nclass C { @Get(['a', 'b']) x() {} }\n",
		"GET …/p/users/a C.x; GET …/p/users/b C.x" },
	{ A "@Controller(['p', 'q'])\nclass C { @Get() x() {} }\n", "GET …/p C.x; GET …/q C.x" },
	{ A "class Base { @Get('all') all() {} }\n@Controller('u')\nclass C extends Base { @Get('x') x() {} }\n",
		"GET …/u/all Base.all; GET …/u/x C.x" },
	{ A "import { Q } from './nowhere';\n@Controller('u')\nclass C { @Get(Q.x) x() {} helper() {} }\n", "" },
	{ A "class NoController { @Get('x') x() {} }\n", "" },
	{ "a.ts\nimport { Controller, Get } from 'elsewhere';\n@Controller('u')\nclass C { @Get('x') x() {} }\n", "" },
	/* applications and their prefix */
	{ MAIN("app.setGlobalPrefix('api');") APP("controllers: [C]") C("@Controller('u')"), "GET /api/u/x C.x" },
	{ MAIN("setup(app);\n}\nfunction setup(server) { server.setGlobalPrefix('api');") APP("controllers: [C]")
			C("@Controller('u')"),
		"GET /api/u/x C.x" },
	{ MAIN("app.setGlobalPrefix('api', { exclude: ['u/x', { path: 'w' }] });") APP("controllers: [C]")
			C("@Controller('u')"),
		"GET /u/x C.x" },
	{ MAIN("app.setGlobalPrefix(process.env.PREFIX);") APP("controllers: [C]") C("@Controller('u')"),
		"GET …/u/x C.x" },
	{ MAIN("app.setGlobalPrefix('api');") APP(
		  "imports: [forwardRef(() => Users), X.forRoot()]") "a.ts\n" COMMON
								     "@Controller('u')\nexport class C { @Get('x') x() {} }\n@Module({ controllers: [C] })\nexport class "
								     "Users {}\n",
		"GET /api/u/x C.x" },
	/* modules */
	{ "b.ts\nimport { NestFactory } from '@nestjs/core';\nimport { C } from './a';\nimport { Module } from '@nestjs/common';\nconst "
	  "list = [];\nlist.push(Users);\n@Module({ imports: list })\nclass App {}\n@Module({ controllers: [C] })\nclass Users {}\nasync "
	  "function go() { const a = await NestFactory.create(App); a.setGlobalPrefix('a'); }\n--\n"
	  "c.ts\nimport { NestFactory } from '@nestjs/core';\nclass Other {}\nasync function go() { const b = await "
	  "NestFactory.create(Other); b.setGlobalPrefix('b'); }\n--\n" C("@Controller('u')"),
		"GET /a/u/x C.x" },
	{ MAIN("") "app.ts\nimport { Module } from '@nestjs/common';\nimport { RouterModule } from '@nestjs/core';\nimport { C } from "
		   "'./a';\n@Module({ controllers: [C] })\nclass Users {}\n@Module({ imports: [Users, RouterModule.register([{ path: "
		   "'admin', children: [{ path: 'v', module: Users }] }])] })\nexport class App {}\n--\n" C(
			   "@Controller('u')"),
		"GET /admin/v/u/x C.x" },
	/* versions */
	{ MAIN("app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });") APP("controllers: [C]")
			C("@Controller('u')"),
		"GET /v1/u/x C.x" },
	{ MAIN("app.enableVersioning({ prefix: 'ver' });\n app.setGlobalPrefix('api');") APP("controllers: [C]") A
		"@Controller({ path: 'u', version: ['1', '2'] })\nexport class C { @Get('x') x() {} @Version('3') @Get('y') y() {} }\n",
		"GET /api/ver1/u/x C.x; GET /api/ver2/u/x C.x; GET /api/ver3/u/y C.y" },
	{ MAIN("app.enableVersioning({ type: VersioningType.HEADER, header: 'v' });") APP("controllers: [C]")
			C("@Controller({ path: 'u', version: '1' })"),
		"GET /u/x C.x" },
	{ MAIN("app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });") APP("controllers: [C]")
			C("@Controller({ path: 'u', version: VERSION_NEUTRAL })"),
		"GET /u/x C.x" },
	/* other protocols */
	{ "a.ts\nimport { Resolver, Query, Mutation, ResolveField } from '@nestjs/graphql';\n@Resolver(() => User)\nclass R { @Query(() => "
	  "[User]) users() {} @Query(() => User, { name: 'me' }) current() {} @Mutation('rename') ren() {} @ResolveField() posts() {} }\n",
		"graphql Mutation.rename R.ren; graphql Query.me R.current; graphql Query.users R.users; graphql User.posts R.posts" },
	{ "a.ts\nimport { WebSocketGateway, SubscribeMessage } from '@nestjs/websockets';\n@WebSocketGateway()\nclass G { "
	  "@SubscribeMessage('events') on() {} }\n",
		"websocket events G.on" },
	{ "a.ts\nimport { MessagePattern, EventPattern } from '@nestjs/microservices';\nclass M { @MessagePattern({ cmd: 'sum' }) sum() {} "
	  "@EventPattern('user.created') on() {} }\n",
		"message sum M.sum; message user.created M.on" },
	{ "a.ts\nimport { GrpcMethod } from '@nestjs/microservices';\nclass M { @GrpcMethod('Orders', 'Find') find() {} "
	  "@GrpcMethod('Orders') create() {} }\n--\nx.proto\nsyntax = \"proto3\";\npackage shop.v1;\nservice Orders { rpc Find (A) returns "
	  "(A); }\n",
		"grpc shop.v1.Orders/Find M.find; grpc shop.v1.Orders/create M.create" },
};

ENDPOINT_TESTS(rows)
