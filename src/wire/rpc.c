/*
 * gRPC: the services of the protos, and the servers that serve them. What registers a server is generated code, which need
 * not be in the repository: its names follow the service's.
 */
#include "wire/reading.h"

#include "base/hash.h"

#include <ctype.h>

/* How generated code names what serves a service, and what implements it. */
static const struct convention {
	enum language language;
	uint32_t handlers; /* which argument of what registers it implements the service */
	const char *before, *behind; /* of the function that registers, around the service's name */
	const char *base_before, *base_behind; /* of the base class or trait */
} conventions[] = {
	{ LANGUAGE_GO, 1, "Register", "Server", "Unimplemented", "Server" },
	{ LANGUAGE_GO, 1, "Register", "Server", "Unsafe", "Server" },
	{ LANGUAGE_PYTHON, 0, "add_", "Servicer_to_server", "", "Servicer" },
	{ LANGUAGE_RUST, 0, "", "Server::new", "", "" },
	{ LANGUAGE_RUST, 0, "", "Server::with_interceptor", "", "" },
};

enum { CONVENTIONS = sizeof(conventions) / sizeof(*conventions), MOST_NAMESAKES = 16, MOST_MAKERS = 8 };

static const struct place NOWHERE = { 0, 0 };

static bool between(struct str name, const char *before, const char *behind, struct str *middle)
{
	struct str start = str_from(before), end = str_from(behind);
	if (name.len <= start.len + end.len || !str_starts(name, start) || !str_ends(name, end))
		return false;
	*middle = str_slice(name, start.len, name.len - end.len);
	return true;
}

/* ---- services ---- */

static uint64_t service_key(struct str name)
{
	return hash_bytes(name.ptr, name.len);
}

void note_services(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	facts_each_child(f, 0, n) {
		if (node_kind(f, n) != NODE_INTERFACE)
			continue;
		uint32_t *first = map_put(&r->services, service_key(node_name(f, n)), 0, NULL);
		struct service service = { .place = { file, n }, .next = *first };
		vec_push(&r->service_places, service);
		*first = r->service_places.count;
	}
}

static uint32_t first_service(const struct reading *r, struct str name)
{
	const uint32_t *first = map_get(&r->services, service_key(name));
	return first ? *first : 0;
}

/* ---- servers ---- */

/* What stands behind the last separator of the folder: "NotificationsServer::new" of a longer path. */
static struct str called_name(struct str path, enum language language)
{
	if (language != LANGUAGE_RUST)
		return path_last(path);
	struct str owner = path_last(path_parent(path));
	return owner.ptr ? str_slice(path, (uint32_t)(owner.ptr - path.ptr), path.len) : path;
}

void note_rpc_server(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	enum language language = model_file(r->model, call.file)->language;
	struct str name = called_name(node_name(f, call.node), language), service;
	for (size_t i = 0; i < CONVENTIONS; i++) {
		const struct convention *c = &conventions[i];
		if (c->language != language || !between(name, c->before, c->behind, &service) ||
			!first_service(r, service))
			continue;
		struct rpc_server server = { call, { call.file, call_arg(f, call.node, c->handlers) }, service };
		vec_push(&r->rpc_servers, server);
		return;
	}
}

/* One class that implements the service is what a server serves; of several we do not know which. */
static void note_implementer(struct service *service, struct place class_place)
{
	if (!service->implementers++)
		service->implementation = class_place;
	else
		service->implementation.node = 0;
}

void note_implementation(struct reading *r, struct place class_place)
{
	const struct facts *f = facts_of(r, class_place.file);
	enum language language = model_file(r->model, class_place.file)->language;
	facts_each_child(f, class_place.node, base) {
		if (f->nodes[base].part != PART_BASE)
			continue;
		for (size_t i = 0; i < CONVENTIONS; i++) {
			struct str service;
			const struct convention *c = &conventions[i];
			if (c->language != language ||
				!between(path_last(node_name(f, base)), c->base_before, c->base_behind, &service))
				continue;
			uint32_t seen = 0;
			for (uint32_t s = first_service(r, service); s && seen++ < MOST_NAMESAKES;
				s = r->service_places.items[s - 1].next)
				note_implementer(&r->service_places.items[s - 1], class_place);
		}
	}
}

/* ---- methods ---- */

/* "ListItems" as "listItems" and as "list_items" */
static struct str first_lower(struct reading *r, struct str name)
{
	struct str text = arena_str(&r->graph.arena, name);
	return arena_printf(
		&r->graph.arena, "%c%.*s", tolower((unsigned char)text.ptr[0]), STR_ARG(str_slice(text, 1, text.len)));
}

static struct str snake(struct reading *r, struct str name)
{
	struct buf out = { 0 };
	for (uint32_t i = 0; i < name.len; i++) {
		bool upper = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
		if (upper && i && !(name.ptr[i - 1] >= 'A' && name.ptr[i - 1] <= 'Z'))
			buf_add_char(&out, '_');
		buf_add_char(&out, (char)tolower((unsigned char)name.ptr[i]));
	}
	struct str kept = arena_str(&r->graph.arena, buf_str(&out));
	buf_release(&out);
	return kept;
}

/* Does a function stand in the generated base class, which answers that nothing is implemented? */
static bool is_stub(const struct reading *r, struct place at)
{
	const struct facts *f = facts_of(r, at.file);
	node_id receiver = node_child(f, at.node, PART_RECEIVER);
	node_id owner = receiver ? node_child(f, receiver, PART_TYPE) : node_ancestor(f, at.node, KIND(CLASS));
	struct str service;
	if (!owner || model_file(r->model, at.file)->class != CLASS_GENERATED)
		return false;
	for (size_t i = 0; i < CONVENTIONS; i++)
		if (conventions[i].language == f->language && *conventions[i].base_behind &&
			between(node_name(f, owner), conventions[i].base_before, conventions[i].base_behind, &service))
			return true;
	return false;
}

static bool is_function(const struct reading *r, struct place at)
{
	return at.node && (KIND(FUNCTION) | KIND(LAMBDA)) >> facts_of(r, at.file)->nodes[at.node].kind & 1 &&
	       node_kind(facts_of(r, at.file), facts_of(r, at.file)->nodes[at.node].parent) != NODE_INTERFACE;
}

static struct place member_named(struct reading *r, struct place of, struct str name)
{
	struct place at = { 0, 0 };
	const struct facts *f = facts_of(r, of.file);
	if (node_kind(f, of.node) == NODE_OBJECT && !node_child(f, of.node, PART_TYPE)) {
		at = at_key(r, of, name);
		return at.node ? handler_behind(r, at) : at;
	}
	if (node_kind(f, of.node) == NODE_IMPL) {
		facts_each_child(f, of.node, c)
			if (node_kind(f, c) == NODE_FUNCTION && str_eq(node_name(f, c), name))
				return (struct place){ of.file, c };
		return at;
	}
	if (!class_member(r->model, of.file, of.node, name, &at.file, &at.node))
		at.node = 0;
	return at;
}

static struct place method_of(struct reading *r, struct place of, struct str name)
{
	if (!of.node)
		return of;
	struct str spellings[] = { name, first_lower(r, name), snake(r, name) };
	for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
		struct place at = member_named(r, of, spellings[i]);
		if (is_function(r, at))
			return is_stub(r, at) ? NOWHERE : at;
	}
	return NOWHERE;
}

/* The class of an expression; behind an interface, of what the function returns that makes it. */
static struct place class_behind(struct reading *r, struct place expression)
{
	for (unsigned hops = 0; expression.node && hops < MOST_MAKERS; hops++) {
		struct type type = model_type(r->model, expression.file, expression.node);
		bool is_known = type.kind == MEANS_DECLARATION;
		if (is_known && node_kind(facts_of(r, type.file), type.node) != NODE_INTERFACE)
			return (struct place){ type.file, type.node };
		struct place call = behind(r, expression);
		bool is_call = call.node && node_kind(facts_of(r, call.file), call.node) == NODE_CALL;
		struct place maker = is_call ? callee_of(r, call).at : NOWHERE;
		if (!maker.node || node_kind(facts_of(r, maker.file), maker.node) != NODE_FUNCTION)
			break;
		expression = (struct place){ maker.file, model_result(r->model, maker.file, maker.node) };
	}
	return NOWHERE;
}

/* The class, or the object literal, that a server is handed. */
static struct place implementation_of(struct reading *r, struct place handlers)
{
	struct place at = handlers.node ? behind(r, handlers) : handlers;
	if (at.node && node_kind(facts_of(r, at.file), at.node) == NODE_OBJECT &&
		!node_child(facts_of(r, at.file), at.node, PART_TYPE))
		return at;
	return class_behind(r, handlers);
}

/* ---- endpoints ---- */

static struct str proto_package(const struct facts *f)
{
	node_id package = node_child_of_kind(f, 0, NODE_NAMESPACE);
	return package ? node_name(f, package) : STR("");
}

static struct str full_name(struct reading *r, struct place service, struct str method)
{
	const struct facts *f = facts_of(r, service.file);
	struct str package = proto_package(f), name = node_name(f, service.node);
	return arena_printf(&r->graph.arena, "%.*s%s%.*s/%.*s", STR_ARG(package), str_empty(package) ? "" : ".",
		STR_ARG(name), STR_ARG(method));
}

/* Of services with one name, the one that the handlers implement most of; the first where they say nothing. */
static const struct service *served_by(struct reading *r, uint32_t first, struct place handlers)
{
	const struct service *best = NULL;
	uint32_t most = 0;
	uint32_t seen = 0;
	for (uint32_t s = first; s && seen++ < MOST_NAMESAKES; s = r->service_places.items[s - 1].next) {
		const struct service *service = &r->service_places.items[s - 1];
		const struct facts *f = facts_of(r, service->place.file);
		uint32_t count = 0;
		facts_each_child(f, service->place.node, rpc)
			count += node_kind(f, rpc) == NODE_FUNCTION && method_of(r, handlers, node_name(f, rpc)).node;
		if (!best || count > most) {
			best = service;
			most = count;
		}
	}
	return best;
}

static void read_server(struct reading *r, const struct rpc_server *server)
{
	struct place handlers = implementation_of(r, server->handlers);
	const struct service *service = served_by(r, first_service(r, server->service), handlers);
	const struct facts *f = facts_of(r, service->place.file);
	facts_each_child(f, service->place.node, rpc) {
		if (node_kind(f, rpc) != NODE_FUNCTION)
			continue;
		struct str name = node_name(f, rpc);
		struct place handler = method_of(r, handlers, name);
		if (!handler.node)
			handler = method_of(r, service->implementation, name);
		struct route route = { .protocol = PROTOCOL_GRPC,
			.path = { .text = full_name(r, service->place, name) },
			.place = server->call,
			.handler = handler };
		add_route(r, route);
	}
}

/* A decorated handler names its service alone: "Orders/Create" becomes "shop.v1.Orders/Create". */
static void complete_name(struct reading *r, struct route *route)
{
	uint32_t slash = str_find(route->path.text, '/');
	uint32_t first = first_service(r, str_slice(route->path.text, 0, slash));
	if (route->protocol == PROTOCOL_GRPC && slash < route->path.text.len && first &&
		!r->service_places.items[first - 1].next)
		route->path.text = full_name(r, r->service_places.items[first - 1].place,
			str_slice(route->path.text, slash + 1, route->path.text.len));
}

void read_services(struct reading *r)
{
	for (uint32_t i = 0; i < r->graph.routes.count; i++)
		complete_name(r, &r->graph.routes.items[i]);
	for (uint32_t i = 0; i < r->rpc_servers.count; i++)
		read_server(r, &r->rpc_servers.items[i]);
}
