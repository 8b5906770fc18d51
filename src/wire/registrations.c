/* Routes, mounts, groups: what the names of a framework do, by the roles of rules/libraries/. */
#include "wire/reading.h"

#include "base/hash.h"

struct registration {
	struct place call;
	router_id receiver;
	const struct library_entry *entry;
	struct str name; /* that it was called by, in full */
};

static struct str attribute(const struct registration *g, const char *key)
{
	return library_attribute(g->entry, key);
}

/* ---- methods ---- */

/* Does the attribute name arguments, rather than a method or what else says it? */
static bool is_words_of_arguments(struct str words)
{
	struct str word;
	return !str_empty(words) && str_split(&words, ' ', &word) && !http_method(word) && !str_is(word, "any") &&
	       !str_is(word, "pattern") && !str_is(word, "inherited");
}

uint32_t methods_of_argument(struct reading *r, struct place at)
{
	uint32_t methods = 0;
	struct place list = behind(r, at), item = { 0 };
	while (next_item(r, list.node ? list : at, &item))
		methods |= method_named(place_text(r, item));
	return methods;
}

/* method = "GET", method = "POST": a keyword may come more than once. */
static uint32_t methods_of_keyword(struct reading *r, struct place call, struct str keyword)
{
	const struct facts *f = facts_of(r, call.file);
	uint32_t methods = 0;
	facts_each_child(f, call.node, c)
		if (node_kind(f, c) == NODE_PAIR && str_eq(node_name(f, c), keyword) && node_child(f, c, PART_VALUE))
			methods |= methods_of_argument(r, (struct place){ call.file, node_child(f, c, PART_VALUE) });
	return methods;
}

/* The methods that arguments name, one or a list of them; 0 for those that HTTP does not know. The last word may be a default. */
static uint32_t methods_of_arguments(struct reading *r, const struct registration *g, struct str words)
{
	uint32_t methods = 0;
	struct str word;
	while (!methods && str_split(&words, ' ', &word)) {
		bool is_position = word.ptr[0] == '-' || char_is_digit(word.ptr[0]);
		if (!is_position) {
			uint32_t fixed = http_method(word);
			methods = fixed ? fixed : methods_of_keyword(r, g->call, word);
			continue;
		}
		for (struct place at = argument(r, g->call.file, g->call.node, word); at.node;
			at = next_argument(r, g->call.node, at, word))
			methods |= methods_of_argument(r, at);
	}
	return methods;
}

/* get, get_service, add_get: the first word that is a method; 0 when none is. */
static uint32_t method_in_name(struct str name)
{
	uint32_t method = 0;
	struct str word;
	while (!method && str_split(&name, '_', &word))
		method = http_method(word);
	return method;
}

/*
 * By the attribute: a method's name, or arguments that name some; without one, by the name that is called. 0: what the
 * pattern or the router says.
 */
static uint32_t methods_of(struct reading *r, const struct registration *g)
{
	struct str words = attribute(g, "method");
	if (is_words_of_arguments(words))
		return methods_of_arguments(r, g, words);
	return str_empty(words) ? method_in_name(path_last(g->name)) : http_method(words);
}

/* "GET example.com/users/": the method and the host of a pattern of net/http; one that ends in a slash covers all below. */
void split_pattern(struct reading *r, struct route *route)
{
	struct str rest = route->path.text;
	uint32_t space = str_find(rest, ' ');
	if (space < rest.len) {
		route->methods = http_method(str_slice(rest, 0, space));
		rest = str_trim(str_slice(rest, space, rest.len));
	}
	uint32_t slash = str_find(rest, '/');
	rest = str_slice(rest, slash < rest.len ? slash : 0, rest.len);
	bool is_exact = str_ends(rest, STR("/{$}"));
	if (is_exact)
		rest.len -= 3;
	bool covers = !is_exact && str_ends(rest, STR("/"));
	route->path.text = arena_printf(&r->graph.arena, "%.*s%s", STR_ARG(rest), covers ? "{*}" : "");
}

/* ---- paths ---- */

/*
 * Does an expression say a path, rather than being a handler or a router? A list does when its first item does; of a
 * parameter or a field that says nothing we do not know better.
 */
static bool says_path(struct reading *r, struct place at)
{
	static const uint64_t texts = KIND(STRING) | KIND(TEMPLATE) | KIND(BINARY);
	static const uint64_t variables = KIND(PARAM) | KIND(FIELD) | KIND(VAR);
	const struct facts *f = facts_of(r, at.file);
	struct place item = { 0 };
	if (node_kind(f, at.node) == NODE_ARRAY && next_item(r, at, &item))
		at = item;
	if (texts >> facts_of(r, at.file)->nodes[at.node].kind & 1)
		return true;
	struct str text = place_text(r, at);
	if (str_empty(text) || text.ptr[0] != '{')
		return !str_empty(text);
	struct place value = behind(r, at);
	uint64_t kind = value.node ? (uint64_t)1 << facts_of(r, value.file)->nodes[value.node].kind : 0;
	return (texts & kind) || ((variables & kind) && !router_of(r, value));
}

/* Of the words for the path, the first argument that says one; else the first that is there. */
static struct place path_of(struct reading *r, const struct registration *g)
{
	struct str words = attribute(g, "path"), word;
	struct place first = { 0 };
	while (str_split(&words, ' ', &word)) {
		struct place at = argument(r, g->call.file, g->call.node, word);
		if (at.node && says_path(r, at))
			return at;
		first = first.node ? first : at;
	}
	return first;
}

/* ---- what is registered ---- */

static bool is_new_route(struct reading *r, const struct route *route)
{
	bool added;
	uint64_t key = hash_mix(
		place_key(route->place) ^ (uint64_t)route->methods << 40, route->path.text.ptr, route->path.text.len);
	map_put(&r->registered, hash_mix(key, &route->router, sizeof(route->router)), 0, &added);
	return added;
}

void add_route(struct reading *r, struct route route)
{
	route.path.text = arena_str(&r->graph.arena, route.path.text);
	if (is_new_route(r, &route))
		vec_push(&r->graph.routes, route);
}

/* The router that a route call results in, where it is one to go on with: Handle(path, h).Methods("GET"). */
static router_id route_as_router(struct reading *r, const struct registration *g, struct stretch path)
{
	struct str type = attribute(g, "result");
	if (str_empty(type))
		return 0;
	router_id router = router_at(r, g->call, type);
	if (router == g->receiver) /* path("users/", list), which stands in a list */
		return 0;
	routers_mount(&r->graph, g->receiver, path, router);
	return router;
}

/* Does a path depend on what its function is called with? */
static bool is_for_callers(struct reading *r, struct place path, struct stretch says)
{
	if (node_kind(facts_of(r, path.file), path.node) == NODE_STRING)
		return false;
	bool has_hole = says.is_open || str_find(says.text, '{') < says.text.len;
	return has_hole && (says.is_open || open_function(r, path).node);
}

/* The expressions that an open route is to be read from once more. */
static void leave_open(struct reading *r, const struct registration *g, struct route route, struct place path)
{
	struct str method = attribute(g, "method"), handler = attribute(g, "handler");
	struct open_route open = { .route = route,
		.path = path,
		.handler = argument(r, g->call.file, g->call.node, str_empty(handler) ? STR("-1") : handler),
		.is_pattern = str_is(method, "pattern"),
		.is_view = str_is(attribute(g, "form"), "view") };
	if (is_words_of_arguments(method))
		open.method = argument(r, g->call.file, g->call.node, method);
	vec_push(&r->open_routes, open);
}

/* "/assets" and everything below it */
static struct stretch covering(struct reading *r, struct stretch path)
{
	path.text = arena_printf(&r->graph.arena, "%.*s/{*}", STR_ARG(path.text));
	return path;
}

static void add_routes(struct reading *r, const struct registration *g, struct place path, struct route route)
{
	struct place list = path.node ? behind(r, path) : path, item = { 0 };
	if (!list.node)
		list = path;
	bool covers = !str_empty(attribute(g, "covers"));
	if (!path.node) {
		covers |= routers_get(&r->graph, route.router)->covers;
		route.path.text = covers ? STR("{*}") : STR("");
		add_route(r, route);
		return;
	}
	while (next_item(r, list, &item)) {
		struct place from = item.node == list.node ? path : item;
		route.path = covers ? covering(r, place_stretch(r, from)) : place_stretch(r, from);
		if (str_empty(attribute(g, "result")) && is_for_callers(r, from, route.path)) {
			leave_open(r, g, route, from);
			continue;
		}
		if (str_is(attribute(g, "method"), "pattern"))
			split_pattern(r, &route);
		router_id below = route_as_router(r, g, route.path);
		if (below) {
			route.router = below;
			route.path = NO_PREFIX;
		}
		add_route(r, route);
	}
}

/* What a decorator is put on: `@router.get("/x")`, or router.get("/x")(list); node 0 when a call is no decorator. */
static struct place decorated(const struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	node_id around = f->nodes[call.node].parent;
	if (node_kind(f, call.node) == NODE_DECORATOR)
		return (struct place){ call.file, around };
	bool is_applied = f->language == LANGUAGE_PYTHON && f->nodes[call.node].part == PART_CALLEE;
	return (struct place){ call.file, is_applied ? call_arg(f, around, 0) : 0 };
}

/* The handler is a class, or a function whose decorators say the methods. */
static bool read_as_view(struct reading *r, const struct registration *g, struct place path, struct place handler)
{
	struct str form = attribute(g, "form");
	if (str_empty(form) || !path.node)
		return false;
	struct place limit = argument(r, g->call.file, g->call.node, attribute(g, "method"));
	struct route route = { .router = g->receiver,
		.methods = limit.node ? methods_of_argument(r, limit) : 0,
		.path = place_stretch(r, path),
		.version = version_said(r, g->call, g->entry),
		.place = g->call };
	route.path.text = arena_str(&r->graph.arena, route.path.text);
	return str_is(form, "view-set") ? read_view_set(r, route, handler) : read_view(r, route, handler);
}

/* include("a.library.urls"): nothing of the project is below it. */
static bool is_empty_mount(struct reading *r, const struct registration *g, struct place handler)
{
	const struct facts *f = facts_of(r, handler.file);
	if (str_empty(attribute(g, "result")) || node_kind(f, handler.node) != NODE_CALL)
		return false;
	return model_role(r->model, handler.file, handler.node, ROLE_MOUNT) != NULL;
}

/* Files stand under the path of their route: Get("/assets/", http.FileServer(dir)). */
static struct route files_at(struct reading *r, const struct registration *g)
{
	uint32_t said = methods_of(r, g);
	return (struct route){ .router = g->receiver,
		.methods = said && !(said & METHOD_GET) ? said : METHOD_GET, /* of all methods, files answer this one */
		.place = g->call,
		.is_static = true };
}

/* A handler under each of the paths that the arguments say. */
static void read_paths(struct reading *r, const struct registration *g, struct place path, struct place handler)
{
	struct route route = { .router = g->receiver,
		.methods = methods_of(r, g),
		.version = version_said(r, g->call, g->entry),
		.place = g->call,
		.handler = handler_behind(r, handler) };
	bool is_known = route.methods || !is_words_of_arguments(attribute(g, "method"));
	struct str words = attribute(g, "path");
	do {
		if (!read_as_view(r, g, path, handler) && is_known)
			add_routes(r, g, path, route);
		path = path.node ? next_argument(r, g->call.node, path, words) : path;
	} while (path.node);
}

/* socket.on("message", handler): what is served has a name, and no path. */
static void add_event(struct reading *r, const struct registration *g, struct place handler)
{
	struct str name = place_text(r, path_of(r, g)), word, others = attribute(g, "unless");
	while (str_split(&others, ' ', &word))
		if (str_eq(word, name))
			return;
	struct route route = { .protocol = PROTOCOL_WEBSOCKET,
		.path = { .text = name },
		.place = g->call,
		.handler = handler_behind(r, handler) };
	if (!str_empty(name) && str_find(name, '{') == UINT32_MAX)
		add_route(r, route);
}

static router_id read_route(struct reading *r, const struct registration *g)
{
	struct place path = path_of(r, g);
	struct str words = attribute(g, "handler");
	struct place handler = argument(r, g->call.file, g->call.node, str_empty(words) ? STR("-1") : words);
	struct place decorates = decorated(r, g->call);
	bool is_decorator = decorates.node != 0;
	if (is_decorator)
		handler = decorates;
	bool needs_path = !str_empty(attribute(g, "path"));
	if (!handler.node || (needs_path && !path.node) || (path.node == handler.node && path.file == handler.file))
		return g->receiver; /* app.get("title") reads a setting */
	if (str_is(attribute(g, "protocol"), "websocket")) {
		add_event(r, g, handler);
		return g->receiver;
	}
	struct place function = is_decorator ? decorates : behind(r, handler);
	bool is_function = function.node && node_kind(facts_of(r, function.file), function.node) == NODE_FUNCTION;
	router_id below = is_decorator || is_function ? 0 : wrapped_router(r, handler);
	if (below && routers_get(&r->graph, below)->is_static) {
		add_routes(r, g, path, files_at(r, g));
		return g->receiver;
	}
	if (below) {
		routers_mount(&r->graph, g->receiver, NO_PREFIX, below);
		return g->receiver;
	}
	if (is_empty_mount(r, g, handler))
		return g->receiver;
	read_paths(r, g, path, handler);
	const uint32_t *result = map_get(&r->routers, place_key(g->call));
	return result && *result && !str_empty(attribute(g, "result")) ? *result : g->receiver;
}

/* What is mounted under one path: a router, what a function registers, or what answers everything below and is no router. */
struct mounted {
	router_id router;
	struct place function;
	uint32_t covers;
};

static struct mounted mounted_by(
	struct reading *r, const struct registration *g, struct place child, bool takes_function)
{
	bool was_open = r->is_open;
	r->is_open = false;
	struct mounted what = { .router = wrapped_router(r, child) };
	if (!what.router && !takes_function)
		what.router = router_of_module(r, child);
	if (!what.router && takes_function)
		what.function = handler_behind(r, child);
	if (!what.router && !r->is_open) /* else it may become one yet */
		what.covers = http_method(attribute(g, "covers"));
	if (!what.router && !what.function.node && !what.covers)
		note_mounting(r, child.file);
	r->is_open |= was_open;
	return what;
}

static void mount_at(
	struct reading *r, const struct registration *g, router_id above, struct place from, struct mounted what)
{
	struct stretch prefix = from.node ? place_stretch(r, from) : NO_PREFIX;
	struct mount *mount = routers_mount(&r->graph, above, prefix, what.router);
	if (mount && prefix.is_open)
		mount->from = from;
	if (mount)
		mount->replaces = from.node && !str_empty(attribute(g, "replaces"));
	if (what.function.node)
		hand_to_callback(r, above, prefix, what.function);
	else if (what.covers && from.node)
		add_route(r, (struct route){ .router = above,
				     .methods = what.covers,
				     .path = covering(r, prefix),
				     .place = g->call });
}

/* One thing that is mounted, under each of the paths. */
static void mount_one(
	struct reading *r, const struct registration *g, router_id above, struct place path, struct mounted what)
{
	struct place at = { 0 };
	struct place list = path.node ? behind(r, path) : path;
	if (!list.node)
		list = path;
	do {
		if (path.node && !next_item(r, list, &at))
			break;
		mount_at(r, g, above, at.node == list.node ? path : at, what);
	} while (path.node);
}

/* What an argument names: a router, or each item of a list. */
static void mount_argument(struct reading *r, const struct registration *g, router_id above, struct place path,
	struct place at, bool takes_function)
{
	struct place list = behind(r, at), item = { 0 };
	enum language language = model_file(r->model, at.file)->language;
	if (language == LANGUAGE_PYTHON && list.node && router_of(r, list)) { /* more may be put into a list later */
		mount_one(r, g, above, path, mounted_by(r, g, list, takes_function));
		return;
	}
	while (next_item(r, list.node ? list : at, &item))
		mount_one(r, g, above, path, mounted_by(r, g, item.node == list.node ? at : item, takes_function));
}

static void mount_all(
	struct reading *r, const struct registration *g, router_id above, struct place path, const char *key)
{
	struct str words = attribute(g, key);
	bool takes_function = strcmp(key, "function") == 0;
	for (struct place at = argument(r, g->call.file, g->call.node, words); at.node;
		at = next_argument(r, g->call.node, at, words)) {
		bool is_path = at.node == path.node && at.file == path.file;
		bool is_plugin = !is_path && takes_function &&
				 (read_folder_plugin(r, above, g->call, at) || read_static_plugin(r, above, path, at));
		if (!is_path && !is_plugin)
			mount_argument(r, g, above, path, at, takes_function);
	}
}

static router_id read_mount(struct reading *r, const struct registration *g)
{
	struct place path = path_of(r, g);
	struct place first = argument(r, g->call.file, g->call.node, attribute(g, "router"));
	bool may_be_router = path.node == first.node && path.file == first.file; /* app.use(router) */
	if (path.node && may_be_router && !says_path(r, path))
		path.node = 0;
	struct place onto = argument(r, g->call.file, g->call.node, attribute(g, "onto"));
	if (onto.node) /* it is the receiver that is mounted */
		routers_mount(
			&r->graph, router_of(r, onto), path.node ? place_stretch(r, path) : NO_PREFIX, g->receiver);
	mount_all(r, g, g->receiver, path, "router");
	mount_all(r, g, g->receiver, path, "function");
	return g->receiver;
}

/* What a group is: what its name says or constructs, or the same as its receiver. */
static struct str result_type(struct reading *r, const struct registration *g)
{
	if (!str_empty(attribute(g, "result")))
		return attribute(g, "result");
	enum language language = model_file(r->model, g->call.file)->language;
	const struct library_entry *made = model_library(r->model, language, g->name, ROLE_CONSTRUCTS);
	return made ? library_attribute(made, "type") : routers_get(&r->graph, g->receiver)->type;
}

static router_id read_group(struct reading *r, const struct registration *g)
{
	struct place path = path_of(r, g), item = { 0 };
	bool is_same = str_empty(attribute(g, "path")) && str_empty(attribute(g, "method")) &&
		       str_empty(attribute(g, "function"));
	if (is_same) /* what only adds middleware */
		return g->receiver;
	router_id group = router_at(r, g->call, result_type(r, g));
	struct place list = path.node ? behind(r, path) : path;
	if (!path.node)
		routers_mount(&r->graph, g->receiver, NO_PREFIX, group);
	else if (!g->receiver) /* Router::with_path("users"): it is put below others later */
		routers_get(&r->graph, group)->prefix = place_stretch(r, path);
	while (path.node && next_item(r, list.node ? list : path, &item)) {
		struct place from = item.node == list.node ? path : item;
		struct mount *mount = routers_mount(&r->graph, g->receiver, place_stretch(r, from), group);
		if (mount)
			mount->from = from;
	}
	uint32_t above = g->receiver ? routers_get(&r->graph, g->receiver)->methods : 0;
	uint32_t own = str_empty(attribute(g, "method")) ? 0 : methods_of(r, g);
	routers_get(&r->graph, group)->methods = own ? own : above;
	routers_get(&r->graph, group)->covers = !str_empty(attribute(g, "covers"));
	mount_all(r, g, group, (struct place){ 0 }, "function");
	return group;
}

static router_id read_static_files(struct reading *r, const struct registration *g)
{
	add_static_files(r, g->call, g->receiver, g->entry);
	return g->receiver;
}

static router_id read_route_methods(struct reading *r, const struct registration *g)
{
	routers_get(&r->graph, g->receiver)->methods |= methods_of(r, g);
	return g->receiver;
}

static router_id read_setting(struct reading *r, const struct registration *g)
{
	struct setting setting = { g->receiver, g->call, g->entry };
	vec_push(&r->settings, setting);
	return g->receiver;
}

/* ---- the roles ---- */

static router_id read_route_rows(struct reading *r, const struct registration *g)
{
	struct place table = argument(r, g->call.file, g->call.node, attribute(g, "table"));
	if (table.node)
		add_rows(r, g->receiver, table);
	return g->receiver;
}

static const struct {
	enum role role;
	router_id (*read)(struct reading *r, const struct registration *g);
} rows[] = {
	{ ROLE_ROUTE, read_route },
	{ ROLE_MOUNT, read_mount },
	{ ROLE_GROUP, read_group },
	{ ROLE_STATIC_FILES, read_static_files },
	{ ROLE_ROUTE_TABLE, read_route_rows },
	{ ROLE_ROUTE_METHODS, read_route_methods },
	{ ROLE_ROUTE_PREFIX, read_setting },
	{ ROLE_ROUTE_VERSION, read_setting },
};

/* What a name does in one of its roles; false when it has not this one. */
static bool read_as(
	struct reading *r, struct place call, router_id receiver, struct str name, size_t row, router_id *result)
{
	enum language language = model_file(r->model, call.file)->language;
	struct registration g = { call, receiver, model_library(r->model, language, name, rows[row].role), name };
	if (!g.entry)
		return false;
	*result = rows[row].read(r, &g);
	r->is_registration = true;
	return true;
}

router_id register_role(struct reading *r, struct place call, router_id receiver, struct str name, enum role role)
{
	router_id result = 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].role == role)
			read_as(r, call, receiver, name, i, &result);
	return result;
}

router_id register_name(struct reading *r, struct place call, router_id receiver, struct str name)
{
	router_id result = 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (read_as(r, call, receiver, name, i, &result))
			return result;
	return 0;
}

router_id call_member(struct reading *r, struct place call, router_id receiver, struct str member)
{
	struct str type = routers_get(&r->graph, receiver)->type;
	enum language language = model_file(r->model, call.file)->language;
	struct buf name = { 0 };
	buf_printf(&name, "%.*s%s%.*s", STR_ARG(type), language == LANGUAGE_RUST ? "::" : ".", STR_ARG(member));
	router_id result = register_name(r, call, receiver, buf_str(&name));
	buf_release(&name);
	return result;
}

bool registers(const struct reading *r, enum language language, struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (model_library(r->model, language, name, rows[i].role))
			return true;
	return false;
}
