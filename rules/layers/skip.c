#include <bylaw/rule.h>

/* ---- what a controller may not hold ---- */

static bool has_kind(const struct library_entry *entry, const char *kind)
{
	return entry && str_is(library_attribute(entry, "kind"), kind);
}

static bool is_repository_class(const struct rule_context *c, file_id file, node_id node)
{
	return node_kind(&model_file(c->model, file)->facts, node) == NODE_CLASS &&
	       model_class_layer(c->model, file, node).layer == LAYER_REPOSITORY;
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
		return has_kind(
			model_library(c->model, model_file(c->model, c->file)->language, type.name, ROLE_PERSISTENCE),
			"handle");
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

/* `SELECT 1` asks nothing but whether the database is there. */
static bool is_ping(const struct facts *f, node_id call)
{
	static const char *const pings[] = { "ping", "isInitialized", "isConnected", "readyState" };
	struct str name = node_name(f, call);
	for (size_t i = 0; i < sizeof(pings) / sizeof(*pings); i++)
		if (str_is(path_last(name), pings[i]))
			return true;
	facts_each_below(f, call, n)
		if (node_kind(f, n) == NODE_STRING && str_eq_nocase(str_trim(node_name(f, n)), STR("select 1")))
			return true;
	return str_contains(name, STR("health"));
}

/* A member that is only asked whether the database answers, or merely handed to a service. */
static bool is_harmless_member(const struct facts *f, node_id class_node, struct str member)
{
	bool used = false;
	facts_each_below(f, class_node, n) {
		struct str path = node_name(f, n);
		if ((node_kind(f, n) != NODE_CALL && node_kind(f, n) != NODE_NAME) || !str_is(path_first(path), "this"))
			continue;
		struct str rest = str_slice(path, 5, path.len);
		if (!str_eq(path_first(rest), member))
			continue;
		bool handed_on = rest.len == member.len && f->nodes[n].part == PART_ARG;
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

/* The class around a function, or that it is a method of. */
static bool is_in_repository(const struct rule_context *c, file_id file, node_id function)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	node_id around = node_ancestor(f, function, KIND(CLASS) | KIND(IMPL));
	node_id receiver = node_child(f, function, PART_RECEIVER);
	if (receiver)
		return is_repository(c, model_type(c->model, file, receiver));
	if (around)
		return is_repository(c, model_type(c->model, file, around));
	return f->nodes[function].parent == 0 && model_file_layer(c->model, file).layer == LAYER_REPOSITORY;
}

/* Does the call make a repository, or call one? */
static bool calls_repository(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	struct meaning means = model_meaning(c->model, c->file, call);
	struct str owner = path_parent(node_name(f, call));
	if (means.kind == MEANS_DECLARATION) {
		enum node_kind kind = node_kind(&model_file(c->model, means.file)->facts, means.node);
		if (kind == NODE_CLASS && is_repository_class(c, means.file, means.node))
			return true;
		if (kind == NODE_FUNCTION && is_in_repository(c, means.file, means.node))
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
	facts_each_below(f, body, n) {
		if (node_kind(f, n) != NODE_CALL)
			continue;
		*through_repository = calls_repository(c, n);
		bool queries = has_kind(model_role(c->model, c->file, n, ROLE_PERSISTENCE), "call") && !is_ping(f, n);
		if (*through_repository || queries)
			return n;
	}
	return 0;
}

/* A function's name, or the path that a handler without a name is registered for. */
static struct str handler_name(const struct facts *f, node_id function)
{
	node_id route = node_ancestor(f, function, KIND(CALL));
	node_id path = node_kind(f, function) == NODE_LAMBDA && route ? call_arg(f, route, 0) : 0;
	if (path && node_kind(f, path) == NODE_STRING)
		return node_name(f, path);
	return node_kind(f, function) == NODE_FUNCTION ? node_name(f, function) : STR("a handler");
}

static struct finding *check_body(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	node_id body = node_child(f, function, PART_BODY);
	bool repository = false;
	node_id at = body ? first_reach(c, body, &repository) : 0;
	struct str name = handler_name(f, function);
	if (!at)
		return NULL;
	if (repository)
		return report_at(c, at,
			"%.*s calls a repository (%.*s): a handler reaches persistence through a service (§6). Move the call "
			"to a service.",
			STR_ARG(name), STR_ARG(node_name(f, at)));
	return report_at(c, at,
		"%.*s queries the database itself (%.*s): a handler reaches persistence through a service (§6). Move the "
		"query to a repository behind a service.",
		STR_ARG(name), STR_ARG(path_last(node_name(f, at))));
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

static node_id route_decorator(const struct rule_context *c, node_id function)
{
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && model_role(c->model, c->file, d, ROLE_ROUTE))
			return d;
	return 0;
}

/* A handler's signature in Go: it can answer. A bare *http.Request makes a helper as well. */
static bool can_answer(const struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	facts_each_child(f, function, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (type && model_role(c->model, c->file, type, ROLE_REQUEST) &&
			!str_is(type_name(c, model_spelled_type(c->model, c->file, type)), "Request"))
			return true;
	}
	return false;
}

/* Is the evidence for a request the place where the function is registered for a route? */
static bool is_registration(const struct rule_context *c, file_id file, node_id evidence)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	for (node_id n = evidence; f->nodes[n].part == PART_ARG; n = f->nodes[n].parent)
		if (model_role(c->model, file, f->nodes[n].parent, ROLE_ROUTE))
			return true;
	return false;
}

static bool is_handler(const struct rule_context *c, node_id function, struct layer_evidence *evidence)
{
	*evidence = (struct layer_evidence){ LAYER_CONTROLLER, "it is registered here", c->file,
		route_decorator(c, function) };
	if (evidence->node)
		return true;
	if (!model_reach_evidence(c->model, c->file, function, &evidence->file, &evidence->node))
		return false;
	if (model_file(c->model, c->file)->language == LANGUAGE_GO && evidence->file == c->file &&
		node_kind(c->facts, evidence->node) == NODE_PARAM) {
		evidence->reason = "it answers requests";
		return can_answer(c, function) && !is_in_repository(c, c->file, function);
	}
	return is_registration(c, evidence->file, evidence->node);
}

static void check_function(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	struct layer_evidence evidence;
	node_id class_node = node_ancestor(f, function, KIND(CLASS));
	if (class_node && model_class_layer(c->model, c->file, class_node).layer == LAYER_CONTROLLER)
		return; /* looked at with its class */
	if (!is_handler(c, function, &evidence) || check_parameters(c, function, evidence))
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
	.kinds = KIND(CLASS) | KIND(FUNCTION) | KIND(LAMBDA),
	.on_node = check_node,
};
