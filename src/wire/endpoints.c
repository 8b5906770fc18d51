/* Endpoints: the code is read into a graph of routers, and the graph is read off. */
#include "wire/reading.h"

#include <stdlib.h>

static bool has_unread_import(const struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	for (uint32_t i = 0; i < f->import_count; i++)
		if (!(f->imports[i].flags & IMPORT_TYPE_ONLY) &&
			model_import(r->model, file, i).target == IMPORT_UNRESOLVED)
			return true;
	return false;
}

void note_unread(struct reading *r, file_id file)
{
	map_put(&r->wire->unread, model_file(r->model, file)->package, file, NULL);
}

void note_mounting(struct reading *r, file_id file)
{
	bool added;
	map_put(&r->mounting, file, 1, &added);
	if (added && has_unread_import(r, file))
		note_unread(r, file);
}

static void note_controller(struct reading *r, struct place class_place)
{
	const struct library_entry *entry;
	struct controller controller = { .class_place = class_place };
	controller.decorator.file = class_place.file;
	controller.decorator.node = decorator_with(r, class_place, ROLE_ROUTER, &entry);
	if (controller.decorator.node)
		vec_push(&r->controllers, controller);
}

/* The calls below a node; of a chain only the last, which reads those it stands on. */
static void read_below(struct reading *r, file_id file, node_id root)
{
	const struct facts *f = facts_of(r, file);
	facts_each_below(f, root, n) {
		enum node_kind kind = node_kind(f, n), around = node_kind(f, f->nodes[n].parent);
		struct place at = { file, n };
		if (node_has(f, n, FLAG_TEST))
			n = f->nodes[n].next - 1;
		else if (kind == NODE_CALL && !(f->nodes[n].part == PART_OBJECT && around == NODE_CALL) &&
			 may_register(r, at))
			read_call(r, at);
		else if (kind == NODE_DECORATOR && (around == NODE_FUNCTION || around == NODE_CLASS))
			read_decorator(r, at);
		else if (kind == NODE_ASSIGN)
			read_addition(r, at);
	}
}

static void read_file(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	read_below(r, file, 0);
	read_file_routes(r, file);
	read_route_table(r, file);
	for (node_id n = 1; n < f->node_count; n++) {
		struct place at = { file, n };
		if (node_kind(f, n) == NODE_CLASS)
			note_controller(r, at);
		if (!r->service_places.count)
			continue;
		if ((KIND(CLASS) | KIND(IMPL)) >> f->nodes[n].kind & 1)
			note_implementation(r, at);
		else if (node_kind(f, n) == NODE_CALL)
			note_rpc_server(r, at);
	}
}

/* Production code, and what a generator made to serve: generated messages and clients are left alone. */
static bool is_served(const struct reading *r, file_id file)
{
	const struct model_file *f = model_file(r->model, file);
	if (!f->facts.node_count)
		return false;
	return model_is_production(r->model, file) ||
	       (f->class == CLASS_GENERATED && file_imports_role(r->model, file, ROLE_WEB_SERVER));
}

static void note_files(struct reading *r)
{
	for (file_id file = 0; file < model_file_count(r->model); file++) {
		if (model_file(r->model, file)->language == LANGUAGE_PROTO && facts_of(r, file)->node_count)
			note_services(r, file);
		else if (is_served(r, file))
			note_file(r, file);
	}
}

/* Functions whose parameter turned out to be a router; more may turn up while they are read. */
static void read_again(struct reading *r)
{
	for (uint32_t i = 0; i < r->again.count; i++)
		read_below(r, r->again.items[i].file, r->again.items[i].node);
	vec_clear(&r->again);
}

static void read_code(struct reading *r)
{
	uint32_t count = model_file_count(r->model);
	note_files(r);
	for (file_id file = 0; file < count; file++)
		if (is_served(r, file))
			read_file(r, file);
	read_again(r);
	for (file_id file = 0; file < count; file++)
		if (is_served(r, file))
			read_conventional_parameters(r, file);
	read_again(r);
	for (file_id file = 0; file < count; file++)
		if (is_served(r, file))
			read_served_modules(r, file);
	read_open_paths(r);
	read_controllers(r);
	read_services(r);
}

static void add_endpoint(struct reading *r, const struct route *route, struct str path, bool is_tail)
{
	struct endpoint endpoint = { .protocol = route->protocol,
		.methods = route->methods,
		.path = arena_str(&r->wire->arena, path),
		.is_tail = is_tail,
		.is_static = route->is_static,
		.file = route->place.file,
		.node = route->place.node,
		.handler_file = route->handler.file,
		.handler = route->handler.node,
		.package = model_file(r->model, route->place.file)->package };
	vec_push(&r->wire->endpoints, endpoint);
}

/* Files that nothing is seen to serve: express.static("public") alone, or as the handler of a route with a path. */
static bool hangs_nowhere(struct reading *r, const struct route *route)
{
	const struct router *router = routers_get(&r->graph, route->router);
	return router->is_static && !router->parents && !path_says_something(route->path.text);
}

/* One endpoint for each way that leads to the route's router. */
static void add_paths(struct reading *r, struct route route)
{
	struct buf path = { 0 };
	if (!route.methods)
		route.methods = routers_get(&r->graph, route.router)->methods;
	if (!route.methods)
		route.methods = METHOD_ANY;
	routers_each_prefix(&r->graph, route.router, prefix)
	{
		struct str version = str_empty(route.version) ? prefix->version : route.version;
		buf_clear(&path);
		if (!str_empty(version))
			buf_printf(&path, "/v%.*s", STR_ARG(version));
		path_add(&path, prefix->text);
		bool is_tail = stretch_add(&path, route.path) || prefix->is_tail;
		add_endpoint(r, &route, buf_str(&path), is_tail);
	}
	buf_release(&path);
}

/* A description of a handler that nothing mounts. */
static bool is_description(const struct reading *r, const struct route *route)
{
	if (route->protocol != PROTOCOL_HTTP)
		return false;
	const struct router *router = routers_get(&r->graph, route->router);
	return router->is_described && !router->parents;
}

/* The handlers that are served otherwise than by a description. */
static struct map served_handlers(const struct reading *r)
{
	struct map served = { 0 };
	for (uint32_t i = 0; i < r->graph.routes.count; i++) {
		const struct route *route = &r->graph.routes.items[i];
		if (route->handler.node && !is_description(r, route))
			map_put(&served, place_key(route->handler), i, NULL);
	}
	return served;
}

static int by_place(const void *a, const void *b)
{
	const struct endpoint *left = a, *right = b;
	if (left->file != right->file)
		return left->file < right->file ? -1 : 1;
	if (left->node != right->node)
		return left->node < right->node ? -1 : 1;
	return str_cmp(left->path, right->path);
}

static void read_off(struct reading *r)
{
	struct map served = served_handlers(r);
	routers_find_prefixes(&r->graph);
	for (uint32_t i = 0; i < r->graph.routes.count; i++) {
		const struct route *route = &r->graph.routes.items[i];
		if (is_description(r, route) && map_get(&served, place_key(route->handler)))
			continue;
		if (route->protocol != PROTOCOL_HTTP)
			add_endpoint(r, route, route->path.text, false);
		else if (!hangs_nowhere(r, route))
			add_paths(r, *route);
	}
	map_release(&served);
	if (r->wire->endpoints.count)
		qsort(r->wire->endpoints.items, r->wire->endpoints.count, sizeof(*r->wire->endpoints.items), by_place);
}

void wire_find_endpoints(struct wire *w)
{
	struct reading r = { .wire = w, .model = w->model };
	read_code(&r);
	read_off(&r);
	routers_release(&r.graph);
	map_release(&r.requires);
	map_release(&r.assigned);
	map_release(&r.named);
	map_release(&r.routers);
	map_release(&r.words);
	map_release(&r.registered);
	vec_release(&r.values);
	map_release(&r.pushed);
	map_release(&r.callers);
	map_release(&r.called);
	vec_release(&r.calls);
	vec_release(&r.open_routes);
	vec_release(&r.pushes);
	vec_release(&r.names);
	vec_release(&r.chain);
	vec_release(&r.again);
	vec_release(&r.controllers);
	vec_release(&r.applications);
	vec_release(&r.settings);
	vec_release(&r.module_paths);
	vec_release(&r.service_places);
	vec_release(&r.rpc_servers);
	map_release(&r.services);
	map_release(&r.mounting);
}
