/* Layers of Rust, where a struct's functions stand apart from it and most handlers are functions of their own. */
#include "model/layers.h"

#include "base/path.h"
#include "model/rust.h"

/* Of a type with more impl blocks than these, the rest tells nothing new. */
enum { MOST_BLOCKS = 64 };

static const struct layer_evidence NO_LAYER = { .layer = LAYER_NONE, .reason = "nothing says so" };

/* ---- structs ---- */

/* #[derive(Queryable)], #[cfg_attr(feature = "full", derive(Queryable))]: the names in there. */
static bool by_derive(const struct model *m, file_id file, node_id decorator, struct layer_evidence *out)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_below(f, decorator, n) {
		node_id around = f->nodes[n].parent;
		bool derived = node_kind(f, n) == NODE_NAME && f->nodes[n].part == PART_ARG &&
			       str_is(node_name(f, around), "derive");
		if (derived && layer_of_role(m, file, n, true, out))
			return true;
	}
	return false;
}

static bool by_derives(const struct model *m, file_id file, node_id struct_node, struct layer_evidence *out)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, struct_node, c)
		if (node_kind(f, c) == NODE_DECORATOR && by_derive(m, file, c, out))
			return true;
	return false;
}

static bool mentions_response(const struct facts *f, node_id result)
{
	facts_each_below(f, result, n)
		if (node_kind(f, n) == NODE_TYPE && str_is(path_last(node_name(f, n)), "Response"))
			return true;
	return false;
}

/* A function of a trait that is handed a request and answers with a response: the server's half of a generated service. */
static node_id answering_method(const struct model *m, const struct rust_impl *impl)
{
	const struct facts *f = &m->files[impl->file].facts;
	facts_each_child(f, impl->node, method) {
		if (node_kind(f, method) != NODE_FUNCTION)
			continue;
		node_id result = node_child(f, method, PART_RESULT);
		facts_each_child(f, method, param) {
			node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
			if (type && result && model_role(m, impl->file, type, ROLE_REQUEST) &&
				mentions_response(f, result))
				return method;
		}
	}
	return 0;
}

static bool by_impl(const struct model *m, const struct rust_impl *impl, struct layer_evidence *out)
{
	const struct facts *f = &m->files[impl->file].facts;
	node_id base = node_child(f, impl->node, PART_BASE);
	facts_each_child(f, impl->node, c)
		if (node_kind(f, c) == NODE_DECORATOR && layer_of_role(m, impl->file, c, false, out))
			return true;
	if (base && layer_of_role(m, impl->file, base, true, out))
		return true;
	node_id method = base ? answering_method(m, impl) : 0;
	if (!method)
		return false;
	*out = (struct layer_evidence){ LAYER_CONTROLLER, "it answers requests", impl->file, method };
	return true;
}

static struct rust_found found_at(file_id file, node_id node)
{
	return (struct rust_found){ RUST_DECLARATION, file, node, { 0 } };
}

/* impl UserRepository for Users */
static bool by_trait_name(const struct model *m, file_id file, node_id struct_node, struct layer_evidence *out)
{
	const struct rust_impl *impl = NULL;
	for (unsigned i = 0; i < MOST_BLOCKS && (impl = rust_next_impl(m, found_at(file, struct_node), impl)); i++) {
		const struct facts *f = &m->files[impl->file].facts;
		node_id base = impl->trait.kind == RUST_DECLARATION ? node_child(f, impl->node, PART_BASE) : 0;
		if (!base || !layer_of_name(path_last(node_name(f, base)), out) || out->layer == LAYER_NONE)
			continue;
		*out = (struct layer_evidence){ out->layer, "by the name of the trait that it implements", impl->file,
			base };
		return true;
	}
	return false;
}

bool rust_struct_layer(const struct model *m, file_id file, node_id struct_node, struct layer_evidence *out)
{
	const struct rust_impl *impl = NULL;
	if (by_derives(m, file, struct_node, out))
		return true;
	for (unsigned i = 0; i < MOST_BLOCKS && (impl = rust_next_impl(m, found_at(file, struct_node), impl)); i++)
		if (by_impl(m, impl, out))
			return true;
	return !layer_of_name(node_name(&m->files[file].facts, struct_node), out) &&
	       by_trait_name(m, file, struct_node, out);
}

bool rust_struct_acts(const struct model *m, file_id file, node_id struct_node)
{
	const struct rust_impl *impl = NULL;
	for (unsigned i = 0; i < MOST_BLOCKS && (impl = rust_next_impl(m, found_at(file, struct_node), impl)); i++) {
		const struct facts *f = &m->files[impl->file].facts;
		facts_each_child(f, impl->node, c)
			if (node_kind(f, c) == NODE_FUNCTION)
				return true;
	}
	return false;
}

bool rust_struct_composes(const struct model *m, file_id file, node_id struct_node)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, struct_node, field) {
		node_id spelled = node_kind(f, field) == NODE_FIELD ? node_child(f, field, PART_TYPE) : 0;
		struct type type = spelled ? model_spelled_type(m, file, spelled)
					   : (struct type){ .kind = MEANS_UNKNOWN };
		struct layer_evidence held;
		if (type.kind == MEANS_DECLARATION && node_kind(&m->files[type.file].facts, type.node) == NODE_CLASS &&
			rust_struct_layer(m, type.file, type.node, &held) && held.layer == LAYER_CONTROLLER)
			return true;
	}
	return false;
}

/* ---- folders ---- */

static const struct folder {
	const char *name;
	enum layer layer;
	bool with_handle; /* only functions that are handed a database handle: a struct there may be a pool */
	const char *reason;
} folders[] = {
	{ "service", LAYER_SERVICE, false, "it lies in a folder named service" },
	{ "usecases", LAYER_SERVICE, false, "it lies in a folder named usecases" },
	{ "use_cases", LAYER_SERVICE, false, "it lies in a folder named use_cases" },
	{ "repository", LAYER_REPOSITORY, false, "it lies in a folder named repository" },
	{ "repo", LAYER_REPOSITORY, false, "it lies in a folder named repo" },
	{ "repos", LAYER_REPOSITORY, false, "it lies in a folder named repos" },
	{ "dao", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named dao" },
	{ "db", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named db" },
	{ "database", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named database" },
	{ "models", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named models" },
	{ "persistence", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named persistence" },
	{ "queries", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named queries" },
	{ "storage", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named storage" },
	{ "store", LAYER_REPOSITORY, true, "it is handed a connection, in a folder named store" },
};

static bool is_handle(const struct model *m, file_id file, node_id spelled)
{
	struct type type = model_spelled_type(m, file, spelled);
	const struct library_entry *entry = type.kind == MEANS_LIBRARY
						    ? model_library(m, LANGUAGE_RUST, type.name, ROLE_PERSISTENCE)
						    : NULL;
	return entry && str_is(library_attribute(entry, "kind"), "handle");
}

/* A parameter that is a connection, a pool or a transaction. */
static bool is_handed_handle(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, node, param) {
		node_id spelled = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (spelled && is_handle(m, file, spelled))
			return true;
	}
	return false;
}

struct layer_evidence rust_path_layer(const struct model *m, file_id file, node_id node)
{
	for (struct str dir = path_dir(m->files[file].path); !str_empty(dir); dir = path_dir(dir))
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			if (str_is(path_name(dir), folders[i].name) &&
				(!folders[i].with_handle || is_handed_handle(m, file, node)))
				return (struct layer_evidence){
					.layer = folders[i].layer, .reason = folders[i].reason, .file = file
				};
	return NO_LAYER;
}

/* ---- functions ---- */

/* Does a route's registration hand the function over? get(list), web::get().to(list) */
static bool is_registered(const struct model *m, file_id file, node_id function, struct layer_evidence *out)
{
	file_id at;
	node_id evidence;
	if (!model_reach_evidence(m, file, function, &at, &evidence))
		return false;
	const struct facts *f = &m->files[at].facts;
	for (node_id n = evidence; f->nodes[n].part == PART_ARG; n = f->nodes[n].parent)
		if (model_role(m, at, f->nodes[n].parent, ROLE_ROUTE)) {
			*out = (struct layer_evidence){ LAYER_CONTROLLER, "it is registered for a route", at,
				evidence };
			return true;
		}
	return false;
}

/* #[get("/users")] */
static bool is_decorated(const struct model *m, file_id file, node_id function, struct layer_evidence *out)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, function, c) {
		if (node_kind(f, c) != NODE_DECORATOR || !model_role(m, file, c, ROLE_ROUTE))
			continue;
		*out = (struct layer_evidence){ LAYER_CONTROLLER, "its attribute is a route", file, c };
		return true;
	}
	return false;
}

static bool registers_route(const struct model *m, file_id file, node_id function, struct layer_evidence *out)
{
	const struct facts *f = &m->files[file].facts;
	if (!file_imports_role(m, file, ROLE_WEB_SERVER))
		return false;
	facts_each_below(f, function, n) {
		if (node_kind(f, n) != NODE_CALL || !model_role(m, file, n, ROLE_ROUTE))
			continue;
		*out = (struct layer_evidence){ LAYER_CONTROLLER, "it registers routes", file, n };
		return true;
	}
	return false;
}

struct layer_evidence rust_function_layer(const struct model *m, file_id file, node_id function)
{
	struct layer_evidence evidence;
	if (layer_declared(m, file, &evidence) || is_decorated(m, file, function, &evidence) ||
		is_registered(m, file, function, &evidence) || registers_route(m, file, function, &evidence))
		return evidence;
	evidence = layer_of_path(m, file, false);
	if (evidence.layer == LAYER_NONE)
		evidence = rust_path_layer(m, file, function);
	return evidence.layer == LAYER_CONTROLLER ? NO_LAYER : evidence;
}
