#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"also a handler that itself commits, flushes or refreshes what its services have gathered in a session" },
	{ 0 },
};

/* ---- what a controller may not hold ---- */

static bool has_kind(const struct library_entry *entry, const char *kind)
{
	return entry && str_is(library_attribute(entry, "kind"), kind);
}

static bool is_repository_class(const struct rule_context *c, file_id file, node_id node)
{
	return model_class_layer(c->model, file, node).layer == LAYER_REPOSITORY;
}

/* A repository of the project. */
static bool is_repository(const struct rule_context *c, struct type type)
{
	return type.kind == MEANS_DECLARATION && is_repository_class(c, type.file, type.node);
}

/* A library's handle on a database, or a class of the project that derives from one. */
static bool is_handle(const struct rule_context *c, struct type type)
{
	if (type.kind == MEANS_LIBRARY)
		return has_kind(model_library(c->model, c->facts->language, type.name, ROLE_PERSISTENCE), "handle");
	return type.kind == MEANS_DECLARATION &&
	       node_kind(&model_file(c->model, type.file)->facts, type.node) == NODE_CLASS &&
	       has_kind(class_base_role(c->model, type.file, type.node, ROLE_PERSISTENCE), "handle");
}

static struct str type_name(const struct rule_context *c, struct type type)
{
	if (type.kind == MEANS_DECLARATION)
		return node_name(&model_file(c->model, type.file)->facts, type.node);
	return path_last(type.name);
}

/* `SELECT 1`, select(1) */
static bool selects_one(const struct facts *f, node_id n)
{
	if (node_kind(f, n) == NODE_STRING)
		return str_eq_nocase(str_trim(node_name(f, n)), STR("select 1"));
	node_id only = node_kind(f, n) == NODE_CALL && str_is(path_last(node_name(f, n)), "select") ? call_arg(f, n, 0)
												    : 0;
	return only && node_kind(f, only) == NODE_NUMBER;
}

/* Asks nothing but whether the database is there. */
static bool is_ping(const struct facts *f, node_id call)
{
	static const char *const pings[] = { "ping", "healthCheck", "isInitialized", "isConnected", "readyState" };
	for (size_t i = 0; i < sizeof(pings) / sizeof(*pings); i++)
		if (str_is(path_last(node_name(f, call)), pings[i]))
			return true;
	facts_each_below(f, call, n)
		if (selects_one(f, n))
			return true;
	return false;
}

/* `this.orders.find` uses the member `orders`; empty when the path starts elsewhere. */
static struct str member_used(struct str path)
{
	struct str self = path_first(path);
	bool is_self = str_is(self, "this") || str_is(self, "self");
	return is_self && self.len < path.len ? str_slice(path, self.len + 1, path.len) : STR("");
}

/* A member that is only asked whether the database answers, or merely handed to a service. */
static bool is_harmless_member(const struct facts *f, node_id class_node, struct str member)
{
	bool used = false;
	facts_each_below(f, class_node, n) {
		struct str path = (KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1 ? member_used(node_name(f, n))
										    : STR("");
		if (!str_eq(path_first(path), member))
			continue;
		bool handed_on = path.len == member.len && f->nodes[n].part == PART_ARG;
		if (!handed_on && !is_ping(f, n))
			return false;
		used = true;
	}
	return used;
}

/* ---- classes: what is injected ---- */

static bool report_injection(
	struct rule_context *c, node_id at, struct str controller, struct type type, struct layer_evidence evidence)
{
	struct finding *finding = report_at(c, at,
		"%.*s injects %.*s: a controller reaches persistence through a service (§6). Move the "
		"query to a service.",
		STR_ARG(controller), STR_ARG(type_name(c, type)));
	if (evidence.node)
		finding_note(c, finding, evidence.file, evidence.node, "a controller: %s", evidence.reason);
	return true;
}

/* A parameter of the constructor, or a decorated field. */
static bool check_member(struct rule_context *c, node_id class_node, node_id member, struct layer_evidence evidence)
{
	const struct facts *f = c->facts;
	node_id spelled = node_child(f, member, PART_TYPE);
	struct type type = spelled ? model_spelled_type(c->model, c->file, spelled) : (struct type){ 0 };
	if (!spelled || !(is_repository(c, type) || is_handle(c, type)))
		return false;
	if (is_handle(c, type) && is_harmless_member(f, class_node, node_name(f, member)))
		return false;
	return report_injection(c, spelled, node_name(f, class_node), type, evidence);
}

static bool check_injected(struct rule_context *c, node_id class_node, struct layer_evidence evidence)
{
	const struct facts *f = c->facts;
	bool found = false;
	facts_each_child(f, class_node, member) {
		if (node_kind(f, member) == NODE_FIELD && node_child_of_kind(f, member, NODE_DECORATOR))
			found |= check_member(c, class_node, member, evidence);
		if (node_kind(f, member) != NODE_FUNCTION || !node_has(f, member, FLAG_CONSTRUCTOR))
			continue;
		facts_each_child(f, member, param)
			if (f->nodes[param].part == PART_PARAM)
				found |= check_member(c, class_node, param, evidence);
	}
	return found;
}

/* ---- handlers: what is done in them ---- */

/* The layer of the class that a function is a method of, else of its file. */
static enum layer layer_of_function(const struct rule_context *c, file_id file, node_id function)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	node_id receiver = node_child(f, function, PART_RECEIVER);
	node_id owner = receiver ? receiver : node_ancestor(f, function, KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL));
	struct type type = owner ? model_type(c->model, file, owner) : (struct type){ 0 };
	if (type.kind == MEANS_DECLARATION)
		return model_class_layer(c->model, type.file, type.node).layer;
	return owner ? LAYER_NONE : model_file_layer(c->model, file).layer;
}

/* Does the call make a repository, or call one? */
static bool calls_repository(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	struct meaning means = model_meaning(c->model, c->file, call);
	struct str owner = path_parent(node_name(f, call));
	if (means.kind == MEANS_DECLARATION) {
		bool is_function = node_kind(&model_file(c->model, means.file)->facts, means.node) == NODE_FUNCTION;
		if (is_function ? layer_of_function(c, means.file, means.node) == LAYER_REPOSITORY
				: is_repository_class(c, means.file, means.node))
			return true;
	}
	means = model_path_meaning(c->model, c->file, call, owner);
	return means.kind == MEANS_DECLARATION && str_empty(means.name) &&
	       is_repository_class(c, means.file, means.node);
}

/* The first place in a handler that does a repository's job or calls one; it stands for all of them. */
static node_id first_reach(const struct rule_context *c, node_id body, bool *through_repository)
{
	const struct facts *f = c->facts;
	for (node_id n = body; n < f->nodes[body].next; n++) {
		if (node_kind(f, n) != NODE_CALL)
			continue;
		*through_repository = calls_repository(c, n);
		bool queries = has_kind(model_role(c->model, c->file, n, ROLE_PERSISTENCE), "call") && !is_ping(f, n);
		if (*through_repository || queries)
			return n;
	}
	return 0;
}

/* `session.commit()`: ends, or writes, what the services below have gathered. */
static node_id first_commit(const struct rule_context *c, node_id body)
{
	const struct facts *f = c->facts;
	for (node_id n = body; n < f->nodes[body].next; n++)
		if (node_kind(f, n) == NODE_CALL && model_role(c->model, c->file, n, ROLE_UNIT_OF_WORK))
			return n;
	return 0;
}

/* A function's own name, the path it is registered for, or the name of what it is kept in or made by. */
static struct str handler_name(const struct facts *f, node_id function)
{
	node_id n = function, up = f->nodes[n].parent;
	if (node_kind(f, function) == NODE_FUNCTION)
		return node_name(f, function);
	for (; f->nodes[n].part == PART_ARG && node_kind(f, up) == NODE_CALL; n = up, up = f->nodes[n].parent) {
		node_id path = call_arg(f, up, 0);
		if (path && node_kind(f, path) == NODE_STRING)
			return node_name(f, path);
	}
	if (node_kind(f, up) == NODE_ASSIGN)
		return path_last(node_name(f, node_child(f, up, PART_TARGET)));
	if (node_kind(f, up) == NODE_RETURN && node_function(f, up))
		up = node_function(f, up);
	bool is_named = (KIND(VAR) | KIND(FIELD) | KIND(PAIR) | KIND(FUNCTION)) >> f->nodes[up].kind & 1;
	return is_named ? node_name(f, up) : STR("a handler");
}

/* What a handler does to a session whose queries are its services'. */
static struct finding *check_commit(struct rule_context *c, node_id function, node_id body)
{
	node_id at = rule_option_bool(c, "strict") ? first_commit(c, body) : 0;
	if (!at)
		return NULL;
	return report_at(c, at,
		"%.*s works on a database session itself (%.*s): a handler reaches persistence through a service (§6, "
		"strict). Let the service end its own transaction.",
		STR_ARG(handler_name(c->facts, function)), STR_ARG(node_name(c->facts, at)));
}

static struct finding *check_body(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	node_id body = node_child(f, function, PART_BODY);
	bool repository = false;
	node_id at = body ? first_reach(c, body, &repository) : 0;
	struct str name = handler_name(f, function);
	if (!at)
		return body ? check_commit(c, function, body) : NULL;
	if (repository)
		return report_at(c, at,
			"%.*s calls a repository (%.*s): a handler reaches persistence through a service (§6). Move the call "
			"to a service.",
			STR_ARG(name), STR_ARG(node_name(f, at)));
	return report_at(c, at,
		"%.*s queries the database itself (%.*s): a handler reaches persistence through a service (§6). Move the "
		"query to a repository behind a service.",
		STR_ARG(name), STR_ARG(node_name(f, at)));
}

/* Repositories that the framework hands to a handler; a session may be handed on. */
static bool check_parameters(struct rule_context *c, node_id function, struct layer_evidence evidence)
{
	const struct facts *f = c->facts;
	bool found = false;
	facts_each_child(f, function, param) {
		node_id spelled = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		struct type type = spelled ? model_spelled_type(c->model, c->file, spelled) : (struct type){ 0 };
		if (spelled && is_repository(c, type))
			found |= report_injection(c, spelled, node_name(f, function), type, evidence);
	}
	return found;
}

/* DRF's way to declare what a view is about. */
static bool declares_queryset(const struct facts *f, node_id function)
{
	return str_is(node_name(f, function), "get_queryset");
}

static void check_class(struct rule_context *c, node_id class_node)
{
	const struct facts *f = c->facts;
	struct layer_evidence evidence = model_class_layer(c->model, c->file, class_node);
	if (evidence.layer != LAYER_CONTROLLER || check_injected(c, class_node, evidence))
		return;
	facts_each_child(f, class_node, member) {
		if (node_kind(f, member) != NODE_FUNCTION || declares_queryset(f, member))
			continue;
		struct finding *finding = check_body(c, member);
		if (finding && evidence.node)
			finding_note(c, finding, evidence.file, evidence.node, "a controller: %s", evidence.reason);
	}
}

/* ---- which functions are handlers ---- */

static bool is_in_controller(const struct rule_context *c, node_id function)
{
	node_id class_node = node_ancestor(c->facts, function, KIND(CLASS));
	return class_node && model_class_layer(c->model, c->file, class_node).layer == LAYER_CONTROLLER;
}

/* What answers an endpoint. A server of gRPC is often the service itself; what a controller holds is looked at with its class. */
static void check_function(struct rule_context *c, node_id function)
{
	const struct endpoint *endpoint = wire_answers(c->wire, c->file, function);
	if (!endpoint || endpoint->protocol == PROTOCOL_GRPC || is_in_controller(c, function))
		return;
	struct layer_evidence evidence = { LAYER_CONTROLLER, "its route is registered here", endpoint->file,
		endpoint->node };
	if (check_parameters(c, function, evidence))
		return;
	struct finding *finding = check_body(c, function);
	if (finding)
		finding_note(c, finding, evidence.file, evidence.node, "a handler: %s", evidence.reason);
}

static void check_node(struct rule_context *c, node_id n)
{
	if (node_kind(c->facts, n) == NODE_CLASS)
		check_class(c, n);
	else
		check_function(c, n);
}

const struct rule rule_layers_skip = {
	.id = "layers/skip",
	.clauses = "6",
	.title = "A controller reaches persistence through a service",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO) | LANGUAGE_BIT(RUST),
	.options = options,
	.kinds = KIND(CLASS) | KIND(FUNCTION) | KIND(LAMBDA),
	.on_node = check_node,
};
