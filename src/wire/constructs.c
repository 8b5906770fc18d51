/* Routers that are made, and functions of a library that are called without one. */
#include "wire/reading.h"

enum { MOST_APPLICATIONS = 256 };

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

struct str version_said(struct reading *r, struct place call, const struct library_entry *entry)
{
	struct str words = library_attribute(entry, "version");
	struct place at = argument(r, call.file, call.node, words);
	if (!at.node)
		return STR("");
	const struct facts *f = facts_of(r, at.file);
	return node_kind(f, at.node) == NODE_NUMBER ? node_name(f, at.node) : place_text(r, at);
}

/* Flask(static_url_path="/assets"): an application that serves a folder of files by itself, where it is told the path. */
static void add_own_files(struct reading *r, struct place call, router_id made, struct str name)
{
	enum language language = model_file(r->model, call.file)->language;
	const struct library_entry *files = model_library(r->model, language, name, ROLE_STATIC_FILES);
	if (files && argument(r, call.file, call.node, library_attribute(files, "path")).node)
		add_static_files(r, call, made, files);
}

static router_id make_router(struct reading *r, struct place call, const struct library_entry *entry)
{
	router_id made = router_at(r, call, entry->name);
	struct place prefix = argument(r, call.file, call.node, library_attribute(entry, "prefix"));
	routers_get(&r->graph, made)->is_root = !str_empty(library_attribute(entry, "root"));
	if (prefix.node)
		routers_get(&r->graph, made)->prefix = place_stretch(r, prefix);
	routers_get(&r->graph, made)->version = version_said(r, call, entry);
	note_application(r, call, made, library_attribute(entry, "modules"));
	add_own_files(r, call, made, entry->name);
	return made;
}

/* ---- classes ---- */

struct place field_value(const struct reading *r, struct place class_place, struct str name)
{
	struct place at;
	if (!class_member(r->model, class_place.file, class_place.node, name, &at.file, &at.node))
		return (struct place){ 0, 0 };
	const struct facts *f = facts_of(r, at.file);
	bool is_target = f->nodes[at.node].part == PART_TARGET;
	return (struct place){ at.file, node_child(f, is_target ? f->nodes[at.node].parent : at.node, PART_VALUE) };
}

/* "route_base", "/api/{version:v1}/{resource_name}": a field, or a path with fields in it; false when the class has not all. */
static bool add_field_path(struct reading *r, struct place class_place, struct str word, struct buf *path)
{
	if (str_find(word, '{') == UINT32_MAX) {
		struct place value = field_value(r, class_place, word);
		if (value.node)
			buf_add(path, place_text(r, value));
		return value.node != 0;
	}
	while (!str_empty(word)) {
		uint32_t open = str_find(word, '{'), close = str_find(word, '}');
		buf_add(path, str_slice(word, 0, open));
		if (close >= word.len)
			break;
		struct str name = str_slice(word, open + 1, close);
		uint32_t colon = str_find(name, ':');
		struct place value = field_value(r, class_place, str_slice(name, 0, colon));
		if (!value.node && colon >= name.len)
			return false;
		buf_add(path, value.node ? place_text(r, value) : str_slice(name, colon + 1, name.len));
		word = str_slice(word, close + 1, word.len);
	}
	return true;
}

struct stretch class_prefix(struct reading *r, struct place class_place, struct str words)
{
	struct buf path = { 0 };
	struct str word;
	bool is_said = false;
	while (!is_said && str_split(&words, ' ', &word)) {
		buf_clear(&path);
		is_said = add_field_path(r, class_place, word, &path);
	}
	struct stretch prefix = { arena_str(&r->graph.arena, is_said ? buf_str(&path) : STR("")), !is_said };
	buf_release(&path);
	return prefix;
}

router_id make_derived_router(struct reading *r, struct place call, struct place class_place)
{
	const struct library_entry *entry = class_base_role(r->model, class_place.file, class_place.node, ROLE_ROUTER);
	const struct library_entry *files = class_base_role(
		r->model, class_place.file, class_place.node, ROLE_STATIC_FILES);
	if (!entry)
		return files ? make_static_files(r, call, files) : 0;
	router_id made = make_router(r, call, entry);
	register_role(r, call, made, entry->name, ROLE_MOUNT);
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
		uint32_t routes = r->graph.routes.count;
		routers_get(&r->graph, around)->cuts = !str_empty(library_attribute(mount, "cut"));
		register_role(r, call, around, name, ROLE_MOUNT);
		bool is_empty = !made && !routers_get(&r->graph, around)->first_mount &&
				r->graph.routes.count == routes;
		if (!is_empty || !model_library(r->model, language, name, ROLE_ROUTE))
			return is_empty ? 0 : around;
	}
	if (model_library(r->model, language, name, ROLE_MODULE_PATH))
		vec_push(&r->module_paths, call);
	const struct library_entry *service = model_library(r->model, language, name, ROLE_RPC_SERVICE);
	if (service)
		note_service(r, call, service);
	const struct library_entry *resolvers = model_library(r->model, language, name, ROLE_GRAPHQL_RESOLVERS);
	if (resolvers)
		read_resolvers(r, call, resolvers);
	if (!registers(r, language, name))
		return construct(r, call, name);
	if (model_library(r->model, language, path_parent(name), ROLE_ROUTER))
		return call_member(r, call, typed_receiver(r, call, path_parent(name)), path_last(name));
	const struct library_entry *files = model_library(r->model, language, name, ROLE_STATIC_FILES);
	if (files && model_library(r->model, language, name, ROLE_ROUTER))
		return construct(r, call, name);
	if (files)
		return make_static_files(r, call, files);
	if (model_library(
		    r->model, language, name, ROLE_GROUP)) /* web::get(): a router that is put below others later */
		return register_name(r, call, 0, name);
	const struct library_entry *route = model_library(r->model, language, name, ROLE_ROUTE);
	struct str path = route ? library_attribute(route, "path") : STR(""),
		   result = route ? library_attribute(route, "result") : STR("");
	if (!str_empty(result)) { /* get(list), path("users/", list): what stands elsewhere in the end */
		router_id itself = router_at(r, call, result);
		register_role(r, call, itself, name, ROLE_ROUTE);
		return itself;
	}
	return str_empty(path) ? 0 : register_name(r, call, process_router(r), name);
}
