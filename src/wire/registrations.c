/* Routes, mounts, groups: what the names of a framework do, by the roles of rules/libraries/. */
#include "wire/reading.h"

#include "base/hash.h"

enum { MOST_APPLICATIONS = 256 };

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

static struct str last_segment(const struct reading *r, struct place call)
{
	return path_last(node_name(facts_of(r, call.file), call.node));
}

/* ---- methods ---- */

/* Does the attribute name arguments, rather than a method or what else says it? */
static bool is_words_of_arguments(struct str words)
{
	struct str word;
	return !str_empty(words) && str_split(&words, ' ', &word) && !http_method(word) && !str_is(word, "any") &&
	       !str_is(word, "pattern") && !str_is(word, "inherited");
}

/* "POST"; a library's constant is a hole by its name: {MethodPost}, {POST}. Any method where the text is not known. */
uint32_t method_named(struct str text)
{
	if (!str_starts(text, STR("{")))
		return http_method(text);
	struct str name = str_slice(text, 1, text.len - 1);
	if (str_starts(name, STR("Method")))
		name = str_slice(name, 6, name.len);
	uint32_t method = http_method(name);
	return method ? method : (uint32_t)METHOD_ANY;
}

static uint32_t methods_of_argument(struct reading *r, struct place at)
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
		bool is_position = word.ptr[0] == '-' || (word.ptr[0] >= '0' && word.ptr[0] <= '9');
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
	static const uint64_t variables = KIND(PARAM) | KIND(FIELD) | KIND(VAR);
	const struct facts *f = facts_of(r, at.file);
	struct place item = { 0 };
	if (node_kind(f, at.node) == NODE_ARRAY && next_item(r, at, &item))
		at = item;
	if ((KIND(STRING) | KIND(TEMPLATE) | KIND(BINARY)) >> facts_of(r, at.file)->nodes[at.node].kind & 1)
		return true;
	struct str text = place_text(r, at);
	if (str_empty(text) || text.ptr[0] != '{')
		return !str_empty(text);
	struct place value = behind(r, at);
	return value.node && variables >> facts_of(r, value.file)->nodes[value.node].kind & 1 && !router_of(r, value);
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
static bool is_for_callers(const struct reading *r, struct place path, struct stretch says)
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
		.is_pattern = str_is(method, "pattern") };
	if (is_words_of_arguments(method))
		open.method = argument(r, g->call.file, g->call.node, method);
	vec_push(&r->open_routes, open);
}

static void add_routes(struct reading *r, const struct registration *g, struct place path, struct route route)
{
	struct place list = path.node ? behind(r, path) : path, item = { 0 };
	if (!list.node)
		list = path;
	if (!path.node) {
		bool covers = routers_get(&r->graph, route.router)->covers;
		route.path.text = covers ? STR("{*}") : STR("");
		add_route(r, route);
		return;
	}
	while (next_item(r, list, &item)) {
		struct place from = item.node == list.node ? path : item;
		route.path = place_stretch(r, from);
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
	struct route route = { .router = g->receiver, .path = place_stretch(r, path), .place = g->call };
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
	router_id below = is_decorator ? 0 : wrapped_router(r, handler);
	if (below) {
		routers_mount(&r->graph, g->receiver, NO_PREFIX, below);
		return g->receiver;
	}
	if (is_empty_mount(r, g, handler) || read_as_view(r, g, path, handler))
		return g->receiver;
	struct route route = { .router = g->receiver,
		.methods = methods_of(r, g),
		.place = g->call,
		.handler = handler_behind(r, handler) };
	if (!route.methods && is_words_of_arguments(attribute(g, "method")))
		return g->receiver;
	add_routes(r, g, path, route);
	const uint32_t *result = map_get(&r->routers, place_key(g->call));
	return result && *result && !str_empty(attribute(g, "result")) ? *result : g->receiver;
}

/* One thing that is mounted, under each of the paths. */
static void mount_one(struct reading *r, router_id above, struct place path, struct place child, bool takes_function)
{
	struct place at = { 0 }, function = { 0 };
	router_id router = wrapped_router(r, child);
	if (!router && !takes_function)
		router = router_of_module(r, child);
	if (!router && takes_function)
		function = handler_behind(r, child);
	struct place list = path.node ? behind(r, path) : path;
	if (!list.node)
		list = path;
	do {
		if (path.node && !next_item(r, list, &at))
			break;
		struct place from = at.node == list.node ? path : at;
		struct stretch prefix = path.node ? place_stretch(r, from) : NO_PREFIX;
		routers_mount(&r->graph, above, prefix, router);
		if (prefix.is_open && router)
			vec_last(&r->graph.mounts).from = from;
		if (function.node)
			hand_router(r, above, prefix, function, 0);
	} while (path.node);
}

static void mount_all(
	struct reading *r, const struct registration *g, router_id above, struct place path, const char *key)
{
	struct str words = attribute(g, key);
	bool takes_function = strcmp(key, "function") == 0;
	for (struct place at = argument(r, g->call.file, g->call.node, words); at.node;
		at = next_argument(r, g->call.node, at, words)) {
		struct place list = behind(r, at), item = { 0 };
		if ((at.node == path.node && at.file == path.file) ||
			(takes_function && read_folder_plugin(r, above, g->call, at)))
			continue;
		while (next_item(r, list.node ? list : at, &item))
			mount_one(r, above, path, item.node == list.node ? at : item, takes_function);
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

/* What a group is: what its name constructs, or the same as its receiver. */
static struct str result_type(struct reading *r, const struct registration *g)
{
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
	while (path.node && next_item(r, list.node ? list : path, &item)) {
		struct place from = item.node == list.node ? path : item;
		routers_mount(&r->graph, g->receiver, place_stretch(r, from), group);
		vec_last(&r->graph.mounts).from = from;
	}
	uint32_t above = g->receiver ? routers_get(&r->graph, g->receiver)->methods : 0;
	uint32_t own = str_empty(attribute(g, "method")) ? 0 : methods_of(r, g);
	routers_get(&r->graph, group)->methods = own ? own : above;
	routers_get(&r->graph, group)->covers = !str_empty(attribute(g, "covers"));
	mount_all(r, g, group, (struct place){ 0 }, "function");
	return group;
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

static const struct {
	enum role role;
	router_id (*read)(struct reading *r, const struct registration *g);
} rows[] = {
	{ ROLE_ROUTE, read_route },
	{ ROLE_MOUNT, read_mount },
	{ ROLE_GROUP, read_group },
	{ ROLE_ROUTE_METHODS, read_route_methods },
	{ ROLE_ROUTE_PREFIX, read_setting },
	{ ROLE_ROUTE_VERSION, read_setting },
};

router_id register_name(struct reading *r, struct place call, router_id receiver, struct str name)
{
	enum language language = model_file(r->model, call.file)->language;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct registration g = { call, receiver, model_library(r->model, language, name, rows[i].role), name };
		if (!g.entry)
			continue;
		router_id result = rows[i].read(r, &g);
		r->is_registration = true;
		return result;
	}
	return 0;
}

router_id call_member(struct reading *r, struct place call, router_id receiver)
{
	struct str type = routers_get(&r->graph, receiver)->type, member = last_segment(r, call);
	enum language language = model_file(r->model, call.file)->language;
	struct buf name = { 0 };
	buf_printf(&name, "%.*s%s%.*s", STR_ARG(type), language == LANGUAGE_RUST ? "::" : ".", STR_ARG(member));
	router_id result = register_name(r, call, receiver, buf_str(&name));
	buf_release(&name);
	return result;
}

static bool registers(const struct reading *r, enum language language, struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (model_library(r->model, language, name, rows[i].role))
			return true;
	return false;
}

/* A router that is known by its type alone: what a method of an interface returns, say. */
static router_id typed_receiver(struct reading *r, struct place call, struct str type)
{
	const struct facts *f = facts_of(r, call.file);
	struct place at = { call.file, node_child(f, call.node, PART_OBJECT) };
	if (!at.node)
		at = behind_path(r, call.file, call.node, path_parent(node_name(f, call.node))).at;
	return router_at(r, at.node ? at : call, type);
}

router_id process_router(struct reading *r)
{
	struct place nowhere = { NO_FILE, 0 };
	uint32_t *slot = map_put(&r->routers, place_key(nowhere), 0, NULL);
	if (!*slot)
		*slot = routers_add(&r->graph, (struct router){ .place = nowhere, .is_root = true });
	return *slot;
}

static void note_application(struct reading *r, struct place call, router_id made, struct str modules)
{
	struct application app = { .router = made,
		.module = argument(r, call.file, call.node, modules),
		.package = model_file(r->model, call.file)->package };
	if (!str_empty(modules) && r->applications.count < MOST_APPLICATIONS)
		vec_push(&r->applications, app);
}

/* Can a call of this name construct anything? Cheaper to ask than what it does. */
static bool may_construct(const struct reading *r, struct place call, struct str name)
{
	enum language language = model_file(r->model, call.file)->language;
	bool by_name = language == LANGUAGE_PYTHON || language == LANGUAGE_RUST;
	return by_name || node_has(facts_of(r, call.file), call.node, FLAG_NEW) ||
	       model_library(r->model, language, name, ROLE_CONSTRUCTS);
}

static router_id make_router(struct reading *r, struct place call, const struct library_entry *entry)
{
	router_id made = router_at(r, call, entry->name);
	struct place prefix = argument(r, call.file, call.node, library_attribute(entry, "prefix"));
	routers_get(&r->graph, made)->is_root = !str_empty(library_attribute(entry, "root"));
	if (prefix.node)
		routers_get(&r->graph, made)->prefix = place_stretch(r, prefix);
	note_application(r, call, made, library_attribute(entry, "modules"));
	return made;
}

router_id make_derived_router(struct reading *r, struct place call, struct place class_place)
{
	const struct library_entry *entry = class_base_role(r->model, class_place.file, class_place.node, ROLE_ROUTER);
	if (!entry)
		return 0;
	router_id made = make_router(r, call, entry);
	routers_mount(&r->graph, made, (struct stretch){ 0 }, router_of(r, class_place));
	return made;
}

/* express(), new Router({ prefix: "/users" }) */
static router_id construct(struct reading *r, struct place call, struct str name)
{
	enum language language = model_file(r->model, call.file)->language;
	if (!may_construct(r, call, name))
		return 0;
	struct type type = model_type(r->model, call.file, call.node);
	const struct library_entry *entry = type.kind == MEANS_LIBRARY
						    ? model_library(r->model, language, type.name, ROLE_ROUTER)
						    : NULL;
	return entry ? make_router(r, call, entry) : 0;
}

/* "package.Orders.service", "OrdersService": the service that such a name is for. */
static struct str service_named(const struct reading *r, struct str path)
{
	struct str last = path_last(path);
	if (str_is(last, "service"))
		return path_last(path_parent(path));
	bool is_known = map_get(&r->services, hash_bytes(last.ptr, last.len)) != NULL;
	return !is_known && str_ends(last, STR("Service")) ? str_slice(last, 0, last.len - 7) : last;
}

/* server.addService(package.Orders.service, { create, list }) */
static void note_service(struct reading *r, struct place call, const struct library_entry *entry)
{
	struct place service = argument(r, call.file, call.node, library_attribute(entry, "service"));
	struct rpc_server server = { call, argument(r, call.file, call.node, library_attribute(entry, "handlers")),
		{ 0 } };
	if (!service.node)
		return;
	server.service = service_named(r, node_name(facts_of(r, service.file), service.node));
	if (map_get(&r->services, hash_bytes(server.service.ptr, server.service.len)))
		vec_push(&r->rpc_servers, server);
}

router_id call_library(struct reading *r, struct place call, struct str name)
{
	enum language language = model_file(r->model, call.file)->language;
	const struct library_entry *mount = model_library(r->model, language, name, ROLE_MOUNT);
	if (mount) { /* mount("/x", app), http.StripPrefix("/x", mux): the result is what is to be mounted */
		const struct library_entry *type = model_library(r->model, language, name, ROLE_ROUTER);
		router_id made = type ? make_router(r, call, type) : 0;
		router_id around = made ? made : router_at(r, call, STR(""));
		read_mount(r, &(struct registration){ call, around, mount, name });
		bool is_empty = !made && !routers_get(&r->graph, around)->first_mount;
		if (!is_empty || !model_library(r->model, language, name, ROLE_ROUTE))
			return is_empty ? 0 : around;
	}
	if (model_library(r->model, language, name, ROLE_MODULE_PATH))
		vec_push(&r->module_paths, call);
	const struct library_entry *service = model_library(r->model, language, name, ROLE_RPC_SERVICE);
	if (service)
		note_service(r, call, service);
	if (!registers(r, language, name))
		return construct(r, call, name);
	if (model_library(r->model, language, path_parent(name), ROLE_ROUTER))
		return call_member(r, call, typed_receiver(r, call, path_parent(name)));
	if (model_library(
		    r->model, language, name, ROLE_GROUP)) /* web::get(): a router that is put below others later */
		return register_name(r, call, 0, name);
	const struct library_entry *route = model_library(r->model, language, name, ROLE_ROUTE);
	struct str path = route ? library_attribute(route, "path") : STR(""),
		   result = route ? library_attribute(route, "result") : STR("");
	if (!str_empty(result)) { /* get(list), path("users/", list): what stands elsewhere in the end */
		router_id itself = router_at(r, call, result);
		read_route(r, &(struct registration){ call, itself, route, name });
		r->is_registration = true;
		return itself;
	}
	return str_empty(path) ? 0 : register_name(r, call, process_router(r), name);
}
