/*
 * Reading code into the graph of routers.
 *
 *     expressions.c    what an expression stands for: through names, assignments, requires, rows of a table
 *     rows.c           the rows of a table that a loop goes through
 *     arguments.c      arguments, as a library's table counts them
 *     calls.c          which router an expression is, and routers in the hands of functions
 *     relevance.c      which calls are worth reading
 *     methods.c        the methods of HTTP, as texts say them
 *     registrations.c  routes, mounts and groups, by the roles of their names
 *     constructs.c     routers that are made, and functions of a library that are called without one
 *     callers.c        paths that a function is called with
 *     static_files.c   files that a framework serves itself
 *     handlers.c       the function behind a handler
 *     url_lists.c      lists of routes that a module names
 *     views.c          classes whose methods answer, and sets of routes made of a class
 *     plugins.c        functions that code outside calls: of a folder's files, by convention
 *     decorators.c     functions that a decorator registers
 *     modules.c        controllers, and the modules and applications that they belong to
 *     controllers.c    the routes of one controller
 *     file_routes.c    files that are served under their own path
 *     route_tables.c   routes as rows, which a call takes or a file exports
 *     resolvers.c      GraphQL resolvers in maps
 *     rpc.c            services of protos, and the servers that serve them
 *     endpoints.c      the order of it all
 *
 * What the names of a framework do is said in rules/libraries/ by these roles (their attributes are in bylaw/roles.def):
 *
 *     router         a type on whose values paths are registered
 *     route          a call or decorator that registers a handler of a path
 *     mount          a call that puts routers, or what a function registers on its parameter, under a prefix
 *     group          a call whose result is a router below its receiver
 *     static-files   a call that serves files, or makes what does
 *     route-methods  a call that limits the route or group it is made on to some methods
 *     route-prefix   a call that puts a prefix before everything of its receiver
 *     route-version  a call or decorator that puts versions into paths
 *     module-path    a call with a table of modules and their paths
 *
 * A call counts when its receiver is known to be a router: by its type, by where it was made, or because a router was handed
 * to the function whose parameter it is. A parameter that turns out to be a router late has its function read again.
 */
#ifndef BYLAW_WIRE_READING_H
#define BYLAW_WIRE_READING_H

#include "base/map.h"
#include "wire/functions.h"
#include "wire/internal.h"
#include "wire/routers.h"

/* One row of a table that a loop goes through: what the loop's names stand for while a call in it is read. */
struct row {
	struct place loop; /* a LOOP, or the LAMBDA that forEach was handed */
	struct place key, value;
	node_id item; /* in the value's file; 0 when no row is being read */
	uint32_t count;
};

/* What a path means where it was resolved: a place, or the name of a library. */
struct named {
	struct place at;
	struct str library;
};

/* A class that a decorator makes a controller. */
struct controller {
	struct place class_place, decorator;
	bool is_registered; /* an application's modules name it */
};

/* What a framework makes of a root module, such as NestFactory.create(AppModule). */
struct application {
	router_id router;
	router_id bare; /* the same without its prefix; 0 until a route is excepted from it */
	struct place module;
	struct place except; /* the list of paths that the prefix does not stand before */
	struct place versions; /* the call that puts versions into paths; node 0 when none does */
	package_id package;
};

/* A call of a function of the project. */
struct caller {
	struct place call;
	uint32_t next; /* another call of the same function, + 1 */
};

/* A route whose path starts with what is not known where it is registered; a call of the function around may tell. */
struct open_route {
	struct route route;
	struct place path, method, handler; /* expressions; node 0 where the route has what there is to know */
	bool is_pattern; /* the path says the method too */
	bool is_view; /* the handler may be a class */
};

/* A call that sets something for all routes of a router; carried out when it is known which router that is. */
struct setting {
	router_id receiver;
	struct place call;
	const struct library_entry *entry;
};

/* A service of a proto, and who implements it by its base class or trait. */
struct service {
	struct place place;
	struct place implementation; /* the only class that implements it; node 0 when there is none, or several */
	uint32_t implementers;
	uint32_t next; /* another of the same name, + 1 */
};

/* A call that serves a service. */
struct rpc_server {
	struct place call, handlers;
	struct str service; /* as it is written there */
};

struct reading {
	struct wire *wire;
	const struct model *model;
	struct routers graph;
	struct map requires; /* a require() or import() that stands in an expression → index of the import, + 1 */
	struct map assigned; /* a declaration without a value → index into `values` of what is assigned to it */
	struct map named; /* binding and path → index into `names` */
	struct map routers; /* a call, a declaration, a function's result → its router; 0 when it is none */
	struct map words; /* language and last segment of a call's name → may it do something to the graph? */
	struct map registered; /* call, path and methods of each route */
	struct map callers; /* function → index of its last call that was read, + 1 */
	struct map called; /* function and call, once each */
	VEC(struct caller) calls;
	VEC(struct open_route) open_routes;
	struct map pushed; /* a list with a name → index of the first call that puts something into it, + 1 */
	VEC(struct place) values;
	VEC(struct push {
		struct place call;
		uint32_t next;
	})
	pushes;
	VEC(struct named) names;
	VEC(node_id) chain;
	VEC(struct controller) controllers;
	VEC(struct application) applications;
	VEC(struct setting) settings;
	VEC(struct place) module_paths; /* calls with a table of modules and their paths */
	struct map services; /* services of the protos: their name → index into `service_places`, + 1 */
	VEC(struct service) service_places;
	VEC(struct rpc_server) rpc_servers;
	VEC(struct place) again; /* functions whose parameter became a router after they were read */
	struct row row;
	unsigned depth;
	bool is_open; /* what was asked depends on a parameter that may become a router yet */
	uint32_t folder_plugins; /* how many were read; bounded */
	bool is_registration; /* the call that was read did something to the graph */
	struct map mounting; /* files that put together what a package serves → 1 */
};

static inline const struct facts *facts_of(const struct reading *r, file_id file)
{
	return &model_file(r->model, file)->facts;
}

static inline uint64_t place_key(struct place p)
{
	return (uint64_t)p.file << 32 | p.node;
}

/* ---- endpoints.c ---- */

/* Notes that the package of a file serves something that the code does not tell. */
void note_unread(struct reading *r, file_id file);
/* Notes that a file puts together what its package serves. What it imports and nobody can read may serve more. */
void note_mounting(struct reading *r, file_id file);

/* ---- expressions.c ---- */

/* Notes what later look-ups need of one file. */
void note_file(struct reading *r, file_id file);
/*
 * What an expression stands for: a function, class, parameter, literal, call …; the expression itself when that is not
 * known. `node` is 0 for a name of a library, and for one that nothing binds.
 */
struct place behind(struct reading *r, struct place expression);
/* The value that stands at a declaration itself; 0 when none does. */
node_id own_value(const struct facts *f, node_id declaration);
/* The same for a path as seen from a node; it may be a library's name as well. */
struct named behind_path(struct reading *r, file_id file, node_id from, struct str path);
/* Does an expression of Node stand for a module as a whole: require("./m"), a name for it, `import * as m`? */
bool module_behind(const struct reading *r, struct place expression, file_id *file);
/* The name of the library that an expression stands for, also by require("m"); "" for none. */
struct str library_behind(struct reading *r, struct place expression);
/* What a call calls. */
struct named callee_of(struct reading *r, struct place call);
/* The name of an export, with everything it stands for. */
struct place exported_place(struct reading *r, file_id file, struct str name);

/* ---- rows.c ---- */

/*
 * Starts on the rows of the table that the loop around a call goes through, and goes on to the next one. False when there is
 * no further row; a call without a loop, or with a table that is not known, is read once, without a row.
 */
bool next_row(struct reading *r, struct place call, uint32_t index);
/* Is the name bound by the loop whose row is being read? Then what it stands for, and the rest of the path. */
bool row_value(struct reading *r, file_id file, node_id binding, struct str rest, struct place *value);
/* A key of an object literal, or a field by its position. `node` 0 when there is none. */
struct place at_key(const struct reading *r, struct place object, struct str key);
struct place at_keys(struct reading *r, struct place object, struct str keys);

/* ---- arguments.c ---- */

/*
 * An argument by the words of a library's table: "1"; "-1", the last; "1-", this and all behind it; "prefix", a keyword;
 * "0.prefix", a key of an object that is the argument. Of several words, the first that is there.
 */
struct place argument(struct reading *r, file_id file, node_id call, struct str words);
/* The argument behind this one, where the words stand for more than one. */
struct place next_argument(const struct reading *r, node_id call, struct place before, struct str words);
/* Goes through the items of a list literal, or of anything else: itself. `item->node` is 0 at first; false behind the last. */
bool next_item(const struct reading *r, struct place list, struct place *item);
/* What an expression says, with holes; a name of a table's row says what stands in the row. */
struct str place_text(struct reading *r, struct place p);
/* The same as a stretch of a path. */
struct stretch place_stretch(struct reading *r, struct place p);
struct stretch stretch_of(struct str text);

/* ---- calls.c ---- */

/* The router that an expression is; 0 when it is none. */
router_id router_of(struct reading *r, struct place expression);
/* The same, also when it stands in the hands of wrappers: cors(mux). */
router_id wrapped_router(struct reading *r, struct place expression);
/* The router of a class, a parameter, a call; made when it is not there yet. */
router_id router_at(struct reading *r, struct place at, struct str type);
/* A parameter that is handed a router is one from then on, below it. */
void hand_router(struct reading *r, router_id router, struct stretch prefix, struct place function, uint32_t index);
/* The same by a library, to the first parameter, whatever its type is called: register(async (app: App) => …). */
void hand_to_callback(struct reading *r, router_id router, struct stretch prefix, struct place function);
/* Reads a call, and with it the calls it is chained on. Returns the router that it results in. */
router_id read_call(struct reading *r, struct place call);

/* ---- relevance.c ---- */

/* Can the call, or one it is chained on, do something to the graph of routers? */
bool may_register(struct reading *r, struct place call);

/* ---- methods.c ---- */

/* The methods that a text names; 0 for one that HTTP does not know, any where it is not known. */
uint32_t method_named(struct str text);

/* ---- registrations.c ---- */

/* What a member of a router does; the router that it results in, 0 when the name says nothing. */
router_id call_member(struct reading *r, struct place call, router_id receiver, struct str member);
/* The same by a full name; register_role in one of its roles alone. */
router_id register_name(struct reading *r, struct place call, router_id receiver, struct str name);
router_id register_role(struct reading *r, struct place call, router_id receiver, struct str name, enum role role);
/* Has a name any role that registers something? */
bool registers(const struct reading *r, enum language language, struct str name);
/* "GET example.com/users/": takes the method and the host off a pattern of net/http. */
void split_pattern(struct reading *r, struct route *route);
/* The same for an expression: a method, or a list of some. */
uint32_t methods_of_argument(struct reading *r, struct place at);
/* Adds a route; one that is there already is not added again. */
void add_route(struct reading *r, struct route route);

/* ---- constructs.c ---- */

/* What constructing a class that derives from a library's router makes: a router with all that the class registers itself. */
router_id make_derived_router(struct reading *r, struct place call, struct place class_place);
/* The version that a call says, of what it makes or registers. */
struct str version_said(struct reading *r, struct place call, const struct library_entry *entry);
/* The value of a field of a class; node 0 when there is none. */
struct place field_value(const struct reading *r, struct place class_place, struct str name);
/* The prefix that fields of a class say, by the words of a library's table; open when they do not. */
struct stretch class_prefix(struct reading *r, struct place class_place, struct str words);
/* What a library's function does that is called without a router. */
router_id call_library(struct reading *r, struct place call, struct str name);
/* The router of a whole process, which functions of a library register on (http.HandleFunc), and files by where they lie. */
router_id process_router(struct reading *r);

/* ---- resolvers.c ---- */

/* Adds a GraphQL endpoint for each field in the resolvers that a call is handed. */
void read_resolvers(struct reading *r, struct place call, const struct library_entry *entry);

/* ---- static_files.c ---- */

/* Adds the files that a call serves on a router. */
void add_static_files(struct reading *r, struct place call, router_id router, const struct library_entry *entry);
/* What a call results in that serves files without a router: express.static("public"). 0 when it stands for itself. */
router_id make_static_files(struct reading *r, struct place call, const struct library_entry *entry);
/* A plugin that serves files: register(fastifyStatic, { prefix }); false for any other. */
bool read_static_plugin(struct reading *r, router_id router, struct place path, struct place plugin);

/* ---- decorators.c ---- */

/* A decorator of a function: it registers on a router, or under a name of its own (GraphQL, events, messages). */
void read_decorator(struct reading *r, struct place decorator);
/* A handler whose decorator gives it a path, and that is registered later, is the router of this one route; 0 for others. */
router_id router_of_handler(struct reading *r, struct place function);
/* The decorator of a declaration that has a role; 0 when there is none. */
node_id decorator_with(
	const struct reading *r, struct place declaration, enum role role, const struct library_entry **entry);

/* ---- modules.c ---- */

/* Hands every controller that an application's modules name to read_controller, and the others as well. */
void read_controllers(struct reading *r);

/* ---- url_lists.c ---- */

/* The router that a list of routers is, or a sum of such lists; 0 when there is none in it. */
router_id router_of_list(struct reading *r, struct place list);
/* `routes += [Route("/x", x)]`: puts more into a list of routers. */
void read_addition(struct reading *r, struct place assignment);
/* The routes that a module names, by a string or a name that stands for it; 0 when it stands for none. */
router_id router_of_module(struct reading *r, struct place named);
/* Marks what the settings in a file say is served. */
void read_served_modules(struct reading *r, file_id file);

/* ---- views.c ---- */

/*
 * Adds a route for each method that a view answers: a class by its methods, or a function by its decorators. False when the
 * handler is none, or does not tell.
 */
bool read_view(struct reading *r, struct route route, struct place handler);
/* Adds the routes that a router makes of a class. */
bool read_view_set(struct reading *r, struct route route, struct place handler);

/* ---- plugins.c ---- */

/* Hands a router to what the files of a folder export, where a plugin that does so is registered; false for any other. */
bool read_folder_plugin(struct reading *r, router_id router, struct place call, struct place plugin);
/* Parameters of exported functions that nobody is seen to call, by their name and the file's imports. */
void read_conventional_parameters(struct reading *r, file_id file);

/* ---- file_routes.c ---- */

/* The routes that a file makes by where it lies. */
void read_file_routes(struct reading *r, file_id file);

/* ---- route_tables.c ---- */

/* Adds the routes of a table's rows, or of one row, to a router. */
void add_rows(struct reading *r, router_id router, struct place table);
/* The rows of routes that a file exports to a framework. */
void read_route_table(struct reading *r, file_id file);

/* ---- rpc.c ---- */

/* Notes the services of a proto. */
void note_services(struct reading *r, file_id file);
/* Notes a call that serves one of them, and a class that implements one. */
void note_rpc_server(struct reading *r, struct place call);
void note_implementation(struct reading *r, struct place class_place);
/* Adds an endpoint for each method of each service that is served. */
void read_services(struct reading *r);

/* ---- controllers.c ---- */

/* Adds the routes of a controller below an application (NULL when none is known), under the path of its module. */
void read_controller(struct reading *r, struct application *app, struct stretch module, struct controller controller);

/* ---- callers.c ---- */

/* Notes a call of a function of the project. */
void note_caller(struct reading *r, struct place function, struct place call);
/* The function whose parameters stand in what an expression says; node 0 when none do. */
struct place open_function(struct reading *r, struct place expression);
/* Adds the open routes as the calls of their functions say them, and closes prefixes that the only call says. */
void read_open_paths(struct reading *r);

/* ---- handlers.c ---- */

/* The function behind an expression, through wrappers, lists, `bind`, and types that serve; `node` 0 when it is not known. */
struct place handler_behind(struct reading *r, struct place expression);

#endif
