#include <bylaw/rule.h>

/* ---- what a controller may not hold ---- */

/* Is the type a repository of the project, or a library's handle on a database? */
static bool is_persistence_type(const struct rule_context *c, struct type type, struct str *name)
{
	if (type.kind == MEANS_LIBRARY) {
		const struct library_entry *entry =
			model_library(c->model, model_file(c->model, c->file)->language, type.name, ROLE_PERSISTENCE);
		*name = type.name;
		return entry && str_is(library_attribute(entry, "kind"), "handle");
	}
	if (type.kind != MEANS_DECLARATION)
		return false;
	const struct facts *there = &model_file(c->model, type.file)->facts;
	*name = node_name(there, type.node);
	if (node_kind(there, type.node) != NODE_CLASS)
		return false;
	if (model_class_layer(c->model, type.file, type.node).layer == LAYER_REPOSITORY)
		return true;
	const struct library_entry *base = class_base_role(c->model, type.file, type.node, ROLE_PERSISTENCE);
	return base && str_is(library_attribute(base, "kind"), "handle");
}

static struct str last_of(struct str name)
{
	return path_last(name);
}

/* A member that only tells whether the database answers. */
static bool only_pings(const struct facts *f, node_id class_node, struct str member)
{
	static const char *const pings[] = { "ping", "isInitialized", "isConnected", "readyState" };
	bool used = false;
	facts_each_below(f, class_node, n) {
		struct str path = node_name(f, n);
		if ((node_kind(f, n) != NODE_CALL && node_kind(f, n) != NODE_NAME) || !str_is(path_first(path), "this"))
			continue;
		struct str rest = str_slice(path, 5, path.len);
		if (!str_eq(path_first(rest), member))
			continue;
		bool ping = str_contains(path, STR("health"));
		for (size_t i = 0; i < sizeof(pings) / sizeof(*pings); i++)
			ping |= str_is(path_last(path), pings[i]);
		if (!ping)
			return false;
		used = true;
	}
	return used;
}

/* ---- classes: what is injected ---- */

static void report_injection(struct rule_context *c, node_id at, struct str controller, struct str handle,
			     struct layer_evidence evidence)
{
	struct finding *finding = report_at(c, at,
					    "%.*s injects %.*s: a controller reaches persistence through a service (§6). Move the "
					    "query to a service.",
					    STR_ARG(controller), STR_ARG(last_of(handle)));
	if (evidence.node)
		finding_note(c, finding, evidence.file, evidence.node, "a controller: %s", evidence.reason);
}

static bool check_constructor(struct rule_context *c, node_id class_node, node_id constructor,
			      struct layer_evidence evidence)
{
	const struct facts *f = c->facts;
	bool found = false;
	facts_each_child(f, constructor, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		struct str name;
		if (!type || !is_persistence_type(c, model_spelled_type(c->model, c->file, type), &name) ||
		    only_pings(f, class_node, node_name(f, param)))
			continue;
		report_injection(c, type, node_name(f, class_node), name, evidence);
		found = true;
	}
	return found;
}

static void check_class(struct rule_context *c, node_id class_node)
{
	const struct facts *f = c->facts;
	struct layer_evidence evidence = model_class_layer(c->model, c->file, class_node);
	if (evidence.layer != LAYER_CONTROLLER)
		return;
	facts_each_child(f, class_node, member) {
		if (node_kind(f, member) == NODE_FUNCTION && node_has(f, member, FLAG_CONSTRUCTOR))
			check_constructor(c, class_node, member, evidence);
		node_id type = node_kind(f, member) == NODE_FIELD ? node_child(f, member, PART_TYPE) : 0;
		struct str name;
		bool injected = type && node_child_of_kind(f, member, NODE_DECORATOR);
		if (injected && is_persistence_type(c, model_spelled_type(c->model, c->file, type), &name))
			report_injection(c, type, node_name(f, class_node), name, evidence);
	}
}

/* ---- handlers: what is done in them ---- */

static node_id route_decorator(const struct rule_context *c, node_id function)
{
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && model_role(c->model, c->file, d, ROLE_ROUTE))
			return d;
	return 0;
}

static bool is_query(const struct rule_context *c, node_id call)
{
	const struct library_entry *entry = model_role(c->model, c->file, call, ROLE_PERSISTENCE);
	return entry && str_is(library_attribute(entry, "kind"), "call");
}

/* `SELECT 1` asks nothing but whether the database is there. */
static bool is_ping(const struct facts *f, node_id call)
{
	facts_each_below(f, call, n)
		if (node_kind(f, n) == NODE_STRING && str_eq_nocase(str_trim(node_name(f, n)), STR("select 1")))
			return true;
	return false;
}

/* The first query in a handler stands for all of them. */
static void check_handler(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	node_id decorator = route_decorator(c, function);
	node_id body = decorator ? node_child(f, function, PART_BODY) : 0;
	if (!body)
		return;
	facts_each_below(f, body, n) {
		if (node_kind(f, n) != NODE_CALL || !is_query(c, n) || is_ping(f, n))
			continue;
		struct finding *finding = report_at(c, n,
						    "%.*s queries the database itself (%.*s): a handler reaches persistence through a "
						    "service (§6). Move the query to a repository behind a service.",
						    STR_ARG(node_name(f, function)), STR_ARG(last_of(node_name(f, n))));
		finding_note(c, finding, c->file, decorator, "a handler: it is registered here");
		return;
	}
}

static void check_node(struct rule_context *c, node_id n)
{
	if (node_kind(c->facts, n) == NODE_CLASS)
		check_class(c, n);
	else
		check_handler(c, n);
}

const struct rule rule_layers_skip = {
	.id = "layers/skip",
	.clauses = "6",
	.title = "A controller reaches persistence through a service",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON),
	.kinds = KIND(CLASS) | KIND(FUNCTION),
	.on_node = check_node,
};
