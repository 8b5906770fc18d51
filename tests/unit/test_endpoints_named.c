/* GraphQL resolvers in maps, and events that sockets listen to. */
#include "endpoints.h"

#define APOLLO "a.js\nconst { ApolloServer } = require('@apollo/server');\n"
#define SOCKETS "a.js\nconst { Server } = require('socket.io');\nconst io = new Server(http);\nfunction one() {}\n"

static const struct endpoint_row rows[] = {
	/* resolvers */
	{ APOLLO
		"const resolvers = { Query: { me, list: (a) => 1 }, User: { name() { return 1; } } };\nfunction me() {}\n"
		"new ApolloServer({ typeDefs, resolvers });\n",
		"graphql Query.list; graphql Query.me me; graphql User.name" },
	{ APOLLO "const subscriptions = { added: { subscribe: watch, resolve: (a) => a } };\nfunction watch() {}\n"
		 "new ApolloServer({ resolvers: { Subscription: { ...subscriptions } } });\n",
		"graphql Subscription.added watch" },
	{ APOLLO
		"new ApolloServer({ resolvers: { Color: { RED: '#f00' }, Date: new GraphQLScalarType({ serialize: f }), Node: { "
		"__resolveType: (n) => n.type } } });\n",
		"" },
	{ APOLLO "new ApolloServer({ typeDefs });\nstart({ resolvers: { Query: { me: () => 1 } } });\n", "" },
	/* lists, merges and modules of them */
	{ "a.js\nimport { makeExecutableSchema } from '@graphql-tools/schema';\nimport users from './users';\nimport * as Query from "
	  "'./queries';\nmakeExecutableSchema({ resolvers: [users, { Query }] });\n--\n"
	  "users.js\nexport default { Mutation: { drop() {} } };\n--\nqueries.js\nexport function all() {}\nexport const size = 3;\n",
		"graphql Mutation.drop; graphql Query.all all" },
	{ "a.js\nconst { merge } = require('lodash');\nconst { createSchema } = require('graphql-yoga');\nconst users = require('./users');\n"
	  "createSchema({ resolvers: merge({}, users, require('./orders')) });\n--\nusers.js\nmodule.exports = { Query: { users: list "
	  "} };\nfunction list() {}\n--\norders.js\nmodule.exports = { Query: require('./queries') };\n--\nqueries.js\nmodule.exports = { "
	  "orders() {} };\n",
		"graphql Query.orders; graphql Query.users list" },
	/* sockets: what connects is handed to a function, and kept by a class */
	{ SOCKETS
		"io.on('connection', (socket) => { socket.on('say', one); socket.on('disconnect', one); io.emit('said'); });\n"
		"io.of('/admin').on('connection', admins);\nfunction admins(socket) { socket.once('ban', one); }\n"
		"process.on('SIGTERM', one);\n",
		"websocket ban one; websocket say one" },
	{ "a.js\nvar io = require('socket.io')(http);\nio.sockets.on('connection', (socket) => new Client(socket));\nclass Client {\n"
	  "constructor(socket) { this.socket = socket; }\nlisten() { this.socket.on('say', this.say.bind(this)); }\nsay() {}\n}\n",
		"websocket say Client.say" },
	{ "a.ts\nimport { Server, Socket } from 'socket.io';\ntype Known = Socket & { user: string };\nconst io = new Server();\n"
	  "io.on('connection', (socket: Known) => { socket.on('a', one); });\nfunction one() {}\nexport function later(socket: Socket) { "
	  "socket.on('b', one); }\n",
		"websocket a one; websocket b one" },
	{ "a.js\nimport { io } from 'socket.io-client';\nconst socket = io();\nsocket.on('said', () => {});\n", "" },
	/* a router that a class is handed */
	{ "a.js\nconst express = require('express');\nclass Users {\nconstructor(app) { this.app = app; }\nroutes() { this.app.get('/a', "
	  "this.list); }\nlist() {}\n}\nnew Users(express()).routes();\n",
		"GET /a Users.list" },
};

ENDPOINT_TESTS(rows)
