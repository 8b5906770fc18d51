/*
 * Layers, inferred from the strongest evidence there is: what the code is declared to be (decorator, base class), what
 * it does (registers routes), what its identifier, its file and its folder are called. Composition roots, ports, data
 * shapes and infrastructure have no layer.
 */
#include "model/layers.h"

#include "base/glob.h"
#include "base/path.h"
#include "model/rust.h"

static const struct layer_evidence NO_LAYER = { .layer = LAYER_NONE, .reason = "nothing says so" },
				   NO_CLASS = { .layer = LAYER_NONE, .reason = "an interface or an abstract class" },
				   IN_BROWSER = { .layer = LAYER_NONE, .reason = "code for the browser" },
				   COMPOSITION = { .layer = LAYER_NONE,
					   .reason = "a composition root: it makes the server" };

const char *layer_name(enum layer layer)
{
	static const char *const names[] = { "none", "controller", "service", "repository", "entity" };
	return names[layer];
}

static const struct role_layer {
	enum role role;
	enum layer layer;
	const char *decorated, *derived;
} role_layers[] = {
	{ ROLE_MODULE, LAYER_NONE, "a composition root, by its decorator", "a composition root, by its base class" },
	{ ROLE_CONTROLLER, LAYER_CONTROLLER, "decorated as a controller", "derived from a controller class" },
	{ ROLE_REPOSITORY, LAYER_REPOSITORY, "decorated as a repository", "derived from a repository class" },
	{ ROLE_ENTITY, LAYER_ENTITY, "decorated as an entity", "derived from an entity class" },
	{ ROLE_SERVICE, LAYER_SERVICE, "decorated as a service", "derived from a service class" },
};

/* Endings of identifiers. Infrastructure comes first: it ends like a service and is none. */
static const struct ending {
	const char *text;
	enum layer layer;
	const char *reason;
} class_endings[] = {
	{ "PrismaService", LAYER_NONE, "infrastructure, by its name" },
	{ "ConfigService", LAYER_NONE, "infrastructure, by its name" },
	{ "LoggerService", LAYER_NONE, "infrastructure, by its name" },
	{ "LoggingService", LAYER_NONE, "infrastructure, by its name" },
	{ "DatabaseService", LAYER_NONE, "infrastructure, by its name" },
	{ "CacheService", LAYER_NONE, "infrastructure, by its name" },
	{ "RedisService", LAYER_NONE, "infrastructure, by its name" },
	{ "HealthService", LAYER_NONE, "infrastructure, by its name" },
	{ "MetricsService", LAYER_NONE, "infrastructure, by its name" },
	{ "Controller", LAYER_NONE, "called a controller, but nothing says that it registers anything" },
	{ "CommandHandler", LAYER_SERVICE, "a command handler, by its name" },
	{ "QueryHandler", LAYER_SERVICE, "a query handler, by its name" },
	{ "EventHandler", LAYER_SERVICE, "an event handler, by its name" },
	{ "UseCase", LAYER_SERVICE, "a use case, by its name" },
	{ "Usecase", LAYER_SERVICE, "a use case, by its name" },
	{ "Service", LAYER_SERVICE, "its name ends in Service" },
	{ "Repository", LAYER_REPOSITORY, "its name ends in Repository" },
	{ "Repo", LAYER_REPOSITORY, "its name ends in Repo" },
	{ "Dao", LAYER_REPOSITORY, "its name ends in Dao" },
	{ "DAO", LAYER_REPOSITORY, "its name ends in DAO" },
};

/* Names of files without their extension. */
static const struct ending file_endings[] = {
	{ ".module", LAYER_NONE, "a composition root, by its file name" },
	{ ".dto", LAYER_NONE, "data shapes, by its file name" },
	{ ".interface", LAYER_NONE, "a port, by its file name" },
	{ ".port", LAYER_NONE, "a port, by its file name" },
	{ ".controller", LAYER_CONTROLLER, "its file is named .controller" },
	{ ".resolver", LAYER_CONTROLLER, "its file is named .resolver" },
	{ ".service", LAYER_SERVICE, "its file is named .service" },
	{ ".usecase", LAYER_SERVICE, "its file is named .usecase" },
	{ ".use-case", LAYER_SERVICE, "its file is named .use-case" },
	{ ".repository", LAYER_REPOSITORY, "its file is named .repository" },
	{ ".entity", LAYER_ENTITY, "its file is named .entity" },
	{ "_service", LAYER_SERVICE, "its file is named _service" },
	{ "_usecase", LAYER_SERVICE, "its file is named _usecase" },
	{ "_use_case", LAYER_SERVICE, "its file is named _use_case" },
	{ "_repository", LAYER_REPOSITORY, "its file is named _repository" },
	{ "_repo", LAYER_REPOSITORY, "its file is named _repo" },
};

static const struct ending folders[] = {
	{ "controllers", LAYER_CONTROLLER, "it lies in a folder named controllers" },
	{ "routers", LAYER_CONTROLLER, "it lies in a folder named routers" },
	{ "services", LAYER_SERVICE, "it lies in a folder named services" },
	{ "repositories", LAYER_REPOSITORY, "it lies in a folder named repositories" },
	{ "entities", LAYER_ENTITY, "it lies in a folder named entities" },
};

/* A file named service.py alone is as telling as one named orders_service.py. */
static bool ends_or_is(struct str text, struct str ending)
{
	return str_ends(text, ending) || str_eq(text, str_slice(ending, 1, ending.len));
}

static const struct ending *by_stem(const struct ending *rows, size_t count, struct str stem)
{
	for (size_t i = 0; i < count; i++)
		if (ends_or_is(stem, str_from(rows[i].text)))
			return &rows[i];
	return NULL;
}

static const struct ending *by_ending(const struct ending *rows, size_t count, struct str text)
{
	for (size_t i = 0; i < count; i++)
		if (str_ends(text, str_from(rows[i].text)))
			return &rows[i];
	return NULL;
}

static struct str without_extension(struct str path)
{
	struct str name = path_name(path), extension = path_extension(path);
	return extension.len ? str_slice(name, 0, name.len - extension.len - 1) : name;
}

/*
 * The layer that the file's own name and folders claim. A file named service.py alone speaks for its functions; of a class
 * in it, only the class's own name can tell.
 */
struct layer_evidence layer_of_path(const struct model *m, file_id file, bool of_class)
{
	struct str path = m->files[file].path;
	size_t count = sizeof(file_endings) / sizeof(*file_endings);
	struct str stem = without_extension(path);
	const struct ending *row = of_class ? by_ending(file_endings, count, stem) : by_stem(file_endings, count, stem);
	struct str dir = path_dir(path);
	for (; !row && !str_empty(dir); dir = path_dir(dir))
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && !row; i++)
			if (str_is(path_name(dir), folders[i].text))
				row = &folders[i];
	if (!row)
		return NO_LAYER;
	return (struct layer_evidence){ .layer = row->layer, .reason = row->reason, .file = file };
}

bool layer_declared(const struct model *m, file_id file, struct layer_evidence *out)
{
	for (uint32_t i = 0; i < m->config->layers.count; i++) {
		const struct config_layer *row = &m->config->layers.items[i];
		for (uint32_t g = 0; g < row->files.count; g++) {
			if (!glob_match(row->files.items[g], m->files[file].path))
				continue;
			*out = (struct layer_evidence){ .reason = "declared in bylaw.yaml", .file = file };
			for (unsigned layer = LAYER_CONTROLLER; layer <= LAYER_ENTITY; layer++)
				if (str_is(row->name, layer_name((enum layer)layer)))
					out->layer = (enum layer)layer;
			return true;
		}
	}
	return false;
}

bool layer_of_role(const struct model *m, file_id file, node_id node, bool derived, struct layer_evidence *out)
{
	struct meaning means = model_meaning(m, file, node);
	struct role_set roles = model_meaning_roles(m, file, &means);
	for (size_t i = 0; i < sizeof(role_layers) / sizeof(*role_layers); i++)
		if (role_set_has(roles, role_layers[i].role)) {
			const char *reason = derived ? role_layers[i].derived : role_layers[i].decorated;
			*out = (struct layer_evidence){ role_layers[i].layer, reason, file, node };
			return true;
		}
	return false;
}

bool layer_of_name(struct str name, struct layer_evidence *out)
{
	const struct ending *row = by_ending(class_endings, sizeof(class_endings) / sizeof(*class_endings), name);
	if (row)
		*out = (struct layer_evidence){ .layer = row->layer, .reason = row->reason };
	return row != NULL;
}

static bool by_decorator(const struct model *m, file_id file, node_id class_node, struct layer_evidence *out)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, class_node, c)
		if (node_kind(f, c) == NODE_DECORATOR && layer_of_role(m, file, c, false, out))
			return true;
	return false;
}

static bool by_base(const struct model *m, file_id file, node_id class_node, struct layer_evidence *out)
{
	if (!node_child(&m->files[file].facts, class_node, PART_BASE))
		return false;
	for (size_t i = 0; i < sizeof(role_layers) / sizeof(*role_layers); i++)
		if (class_base_role(m, file, class_node, role_layers[i].role)) {
			*out = (struct layer_evidence){ role_layers[i].layer, role_layers[i].derived, file,
				class_node };
			return true;
		}
	return false;
}

/* A class that holds data and does nothing is no layer's, whatever its folder is called. */
static bool only_holds_data(const struct model *m, file_id file, node_id class_node)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, class_node, c)
		if (node_kind(f, c) == NODE_FUNCTION)
			return false;
	return m->files[file].language != LANGUAGE_RUST || !rust_struct_acts(m, file, class_node);
}

static struct layer_evidence layer_of_class(const struct model *m, file_id file, node_id class_node)
{
	const struct facts *f = &m->files[file].facts;
	struct layer_evidence evidence;
	if (node_has(f, class_node, FLAG_ABSTRACT))
		return NO_CLASS;
	if (layer_declared(m, file, &evidence))
		return evidence;
	if (!model_in_server(m, file))
		return IN_BROWSER;
	if (by_decorator(m, file, class_node, &evidence) || by_base(m, file, class_node, &evidence))
		return evidence;
	bool rust = m->files[file].language == LANGUAGE_RUST;
	if (rust && rust_struct_layer(m, file, class_node, &evidence))
		return evidence;
	if (layer_of_name(node_name(f, class_node), &evidence))
		return (struct layer_evidence){ evidence.layer, evidence.reason, file, class_node };
	if (only_holds_data(m, file, class_node))
		return (struct layer_evidence){ .layer = LAYER_NONE, .reason = "it holds data only" };
	if (rust && rust_struct_composes(m, file, class_node))
		return (struct layer_evidence){ .layer = LAYER_NONE, .reason = "a composition root, by its fields" };
	evidence = layer_of_path(m, file, true);
	if (rust && evidence.layer == LAYER_NONE)
		return rust_path_layer(m, file, class_node);
	/* a controller registers something; a file name alone does not make one */
	return evidence.layer == LAYER_CONTROLLER ? NO_LAYER : evidence;
}

/* The first function that a route registration decorates, or a route registered by a call. */
static node_id registers_route(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++) {
		enum node_kind kind = node_kind(f, n);
		if ((kind == NODE_DECORATOR || kind == NODE_CALL) && model_role(m, file, n, ROLE_ROUTE))
			return n;
	}
	return 0;
}

static struct layer_evidence layer_of_file(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	const struct file_index *index = &m->indexes[file];
	struct layer_evidence evidence = NO_LAYER;
	if (!f->node_count || layer_declared(m, file, &evidence))
		return evidence;
	if (!model_in_server(m, file))
		return IN_BROWSER;
	for (uint32_t i = 0; i < index->classes.count; i++)
		if (index->classes.items[i].layer.layer != LAYER_NONE &&
			f->nodes[index->classes.items[i].node].parent == 0)
			return index->classes.items[i].layer;
	node_id route = file_imports_role(m, file, ROLE_WEB_SERVER) ? registers_route(m, file) : 0;
	if (route)
		return (struct layer_evidence){ LAYER_CONTROLLER, "it registers routes", file, route };
	if (index->makes_server)
		return COMPOSITION;
	evidence = layer_of_path(m, file, false);
	return evidence.layer == LAYER_CONTROLLER ? NO_LAYER : evidence;
}

void model_find_layers(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct file_index *index = &m->indexes[file];
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_CLASS)
			continue;
		struct class_layer found = { n, layer_of_class(m, file, n) };
		vec_push(&index->classes, found);
	}
	index->layer = layer_of_file(m, file);
}

struct layer_evidence model_class_layer(const struct model *m, file_id file, node_id class_node)
{
	const struct file_index *index = &m->indexes[file];
	uint32_t low = 0, high = index->classes.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (index->classes.items[middle].node < class_node)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < index->classes.count && index->classes.items[low].node == class_node;
	return found ? index->classes.items[low].layer : NO_CLASS;
}

struct layer_evidence model_file_layer(const struct model *m, file_id file)
{
	return m->indexes[file].layer;
}

/* What an impl block is of decides for its functions; enums, traits and types of libraries have no layer. */
static struct layer_evidence layer_of_impl(const struct model *m, file_id file, node_id impl)
{
	struct rust_found type = rust_type_of_impl(m, file, impl);
	bool is_struct = type.kind == RUST_DECLARATION &&
			 node_kind(&m->files[type.file].facts, type.node) == NODE_CLASS;
	return is_struct ? model_class_layer(m, type.file, type.node) : NO_LAYER;
}

struct layer_evidence model_layer_of(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &m->files[file].facts;
	bool rust = m->files[file].language == LANGUAGE_RUST;
	for (node_id n = node; n; n = f->nodes[n].parent) {
		bool outermost = !f->nodes[n].parent || node_kind(f, f->nodes[n].parent) == NODE_NAMESPACE;
		if (node_kind(f, n) == NODE_CLASS)
			return model_class_layer(m, file, n);
		if (node_kind(f, n) == NODE_IMPL)
			return layer_of_impl(m, file, n);
		if (rust && node_kind(f, n) == NODE_INTERFACE)
			return NO_LAYER;
		if (rust && node_kind(f, n) == NODE_FUNCTION && outermost)
			return rust_function_layer(m, file, n);
	}
	return model_file_layer(m, file);
}
