#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "module-level services are errors, not notes" },
	{ "fastapi-style", OPTION_BOOL, "false",
		"also how endpoints of FastAPI take what they are handed: not as defaults, and every parameter of the path" },
	{ 0 },
};

/* ---- what a call makes ---- */

enum thing { THING_NONE, THING_SESSION, THING_ENGINE, THING_CONNECTION, THING_SERVICE, THING_REPOSITORY };

static const char *const thing_names[] = { "", "database session", "database engine", "connection", "service",
	"repository" };

static bool is_opened(enum thing thing)
{
	return thing == THING_SESSION || thing == THING_ENGINE || thing == THING_CONNECTION;
}

static enum thing thing_opened(const struct library_entry *opens)
{
	for (enum thing thing = THING_SESSION; thing <= THING_CONNECTION; thing++)
		if (str_ends(str_from(thing_names[thing]), library_attribute(opens, "kind")))
			return thing;
	return THING_NONE;
}

static bool is_class(const struct rule_context *c, struct meaning means)
{
	return means.kind == MEANS_DECLARATION &&
	       node_kind(&model_file(c->model, means.file)->facts, means.node) == NODE_CLASS;
}

/* By what the class itself says: in a folder of services lie their errors and their values, too. */
static enum layer own_layer(const struct rule_context *c, file_id file, node_id class_node)
{
	struct layer_evidence evidence = model_class_layer(c->model, file, class_node);
	return evidence.node ? evidence.layer : LAYER_NONE;
}

static enum thing thing_of_class(const struct rule_context *c, struct meaning class)
{
	enum layer layer = own_layer(c, class.file, class.node);
	if (layer == LAYER_SERVICE || layer == LAYER_REPOSITORY)
		return layer == LAYER_SERVICE ? THING_SERVICE : THING_REPOSITORY;
	return class_base_role(c->model, class.file, class.node, ROLE_SESSION) ? THING_SESSION : THING_NONE;
}

/* SessionLocal(): the call of a variable that holds a factory. */
static bool is_session_factory(const struct rule_context *c, file_id file, node_id call, struct meaning means)
{
	bool is_value = (means.kind == MEANS_LOCAL || means.kind == MEANS_DECLARATION) &&
			!model_meant_function(c->model, means);
	struct type type = is_value ? model_type(c->model, file, call) : (struct type){ 0 };
	return type.kind == MEANS_LIBRARY && model_library(c->model, LANGUAGE_PYTHON, type.name, ROLE_SESSION);
}

static enum thing thing_made(const struct rule_context *c, file_id file, node_id call)
{
	const struct library_entry *opens = model_role(c->model, file, call, ROLE_OPENS);
	if (opens)
		return thing_opened(opens);
	struct meaning means = model_meaning(c->model, file, call);
	node_id around = node_ancestor(&model_file(c->model, file)->facts, call, KIND(CLASS));
	if (is_class(c, means) && str_empty(means.name)) /* one that makes itself is its own maker */
		return means.file == file && means.node == around ? THING_NONE : thing_of_class(c, means);
	return is_session_factory(c, file, call, means) ? THING_SESSION : THING_NONE;
}

/* The call whose value a variable is bound to: `x = f()`, `x = await f()`, `with f() as x`. */
static node_id bound_call(const struct facts *f, node_id binding)
{
	node_id assign = f->nodes[binding].part == PART_TARGET ? f->nodes[binding].parent : 0;
	node_id value = assign ? node_child(f, assign, PART_VALUE) : 0;
	if (value && node_kind(f, value) == NODE_AWAIT)
		value++;
	return value && node_kind(f, value) == NODE_CALL ? value : 0;
}

static bool is_opened_by_with(const struct facts *f, node_id call)
{
	node_id parent = f->nodes[call].parent;
	return node_kind(f, parent) == NODE_WITH ||
	       (node_kind(f, parent) == NODE_ASSIGN && node_kind(f, f->nodes[parent].parent) == NODE_WITH);
}

enum { MOST_HELPERS = 4 };

/* Generator[Session, None, None], AsyncIterator[AsyncSession] */
static bool says_session(const struct rule_context *c, file_id file, node_id result)
{
	facts_each_child(&model_file(c->model, file)->facts, result, argument)
		if (model_role(c->model, file, argument, ROLE_SESSION))
			return true;
	return false;
}

/* Does a call open a context of the project that yields a session which it opened, itself or by another such? */
static bool opens_by_helper(const struct rule_context *c, file_id file, node_id call, unsigned depth)
{
	struct meaning means = model_meaning(c->model, file, call);
	node_id function = model_meant_function(c->model, means);
	if (!function || depth > MOST_HELPERS || !is_opened_by_with(&model_file(c->model, file)->facts, call))
		return false;
	const struct facts *there = &model_file(c->model, means.file)->facts;
	node_id result = node_child(there, function, PART_RESULT);
	facts_each_below(there, function, n) {
		node_id value = node_kind(there, n) == NODE_YIELD ? node_child(there, n, PART_VALUE) : 0;
		if (!value || node_runs_in(there, n) != function)
			continue;
		node_id binding = node_kind(there, value) == NODE_NAME
					  ? model_binding(c->model, means.file, value, node_name(there, value))
					  : 0;
		node_id opened = binding > function ? bound_call(there, binding) : 0;
		if (opened)
			return thing_made(c, means.file, opened) == THING_SESSION ||
			       opens_by_helper(c, means.file, opened, depth + 1);
		if (result && says_session(c, means.file, result))
			return binding == 0 || node_kind(there, binding) != NODE_PARAM;
	}
	return false;
}

/* `self.orders = orders or OrderRepository()`, `OrderRepository() if orders is None else orders`: another one can be handed in. */
static bool is_fallback(const struct facts *f, node_id call)
{
	return (KIND(BINARY) | KIND(CONDITIONAL)) >> f->nodes[f->nodes[call].parent].kind & 1;
}

/* ---- where it is made ---- */

static bool is_at_module_level(const struct facts *f, node_id n)
{
	return !node_ancestor(f, n, KIND(FUNCTION) | KIND(LAMBDA) | KIND(CLASS) | KIND(DECORATOR) | KIND(WITH));
}

/* What a container calls may make things: that is what it is for. */
static bool is_provider(const struct rule_context *c, node_id function)
{
	return model_reach(c->model, c->file, function) & (uint32_t)REACH_PROVIDER;
}

static bool is_endpoint(const struct rule_context *c, node_id function)
{
	const struct endpoint *endpoint = wire_answers(c->wire, c->file, function);
	return endpoint && endpoint->protocol == PROTOCOL_HTTP;
}

static bool is_method_of_service(const struct rule_context *c, node_id function)
{
	node_id class_node = c->facts->nodes[function].parent;
	return node_kind(c->facts, class_node) == NODE_CLASS && own_layer(c, c->file, class_node) == LAYER_SERVICE;
}

/* A job has nobody who could hand it a session. */
static bool serves_requests(const struct rule_context *c, node_id function)
{
	return model_reach(c->model, c->file, function) & (uint32_t)REACH_REQUEST;
}

/* A factory hands back what it makes: `def orders(session): return OrderService(session)`. */
static bool is_handed_back(const struct facts *f, node_id call)
{
	return (KIND(RETURN) | KIND(YIELD)) >> f->nodes[f->nodes[call].parent].kind & 1;
}

/* What lives long opens a session for each turn, and holds none in between. */
static bool lives_long(const struct rule_context *c, node_id function)
{
	facts_each_child(c->facts, function, param) {
		node_id type = c->facts->nodes[param].part == PART_PARAM ? node_child(c->facts, param, PART_TYPE) : 0;
		if (type && model_role(c->model, c->file, type, ROLE_LONG_LIVED))
			return true;
	}
	return false;
}

static bool is_each_turn(const struct rule_context *c, node_id call, node_id function)
{
	return node_ancestor(c->facts, call, KIND(LOOP)) > function || lives_long(c, function);
}

/* The same made before in this function: one finding stands for both. */
static bool is_made_before(const struct facts *f, node_id function, node_id call)
{
	for (node_id n = function; n < call; n++)
		if (node_kind(f, n) == NODE_CALL && f->nodes[n].name == f->nodes[call].name)
			return true;
	return false;
}

static struct finding *report_made(
	struct rule_context *c, node_id call, node_id function, enum thing thing, const char *maker)
{
	const struct facts *f = c->facts;
	if (is_fallback(f, call) || is_made_before(f, function, call))
		return NULL;
	struct finding *finding = report_at(c, call,
		"the %s %.*s makes its own %s (%.*s): a test cannot hand it another, and nobody else owns it (§21). Let "
		"Depends() or a container hand it in.",
		maker, STR_ARG(node_name(f, function)), thing_names[thing], STR_ARG(node_name(f, call)));
	if (thing == THING_REPOSITORY)
		finding_severity(finding, SEVERITY_WARNING);
	return finding;
}

static bool has_comment_above(const struct facts *f, node_id n)
{
	uint32_t line = facts_line(f, f->nodes[n].start);
	for (uint32_t i = 0; i < f->comment_count && f->comments[i].start < f->nodes[n].start; i++)
		if (!f->comments[i].trailing && facts_line(f, f->comments[i].start) + 1 == line)
			return true;
	return false;
}

/*
 * An endpoint that opens its session by a helper could be handed it, where nothing tells that this one is another: a condition, a comment,
 * what stands around it. One that is closed before the end, or is told what to open, may be so on purpose.
 */
static void check_helper(struct rule_context *c, node_id call, node_id function)
{
	const struct facts *f = c->facts;
	node_id with = node_ancestor(f, call, KIND(WITH)), body = f->nodes[with].parent;
	if (f->nodes[body].parent != function || is_each_turn(c, call, function) ||
		!opens_by_helper(c, c->file, call, 0) || has_comment_above(f, with))
		return;
	struct finding *finding = report_made(c, call, function, THING_SESSION, "endpoint");
	if (finding && (node_child(f, call, PART_ARG) || f->nodes[with].next != f->nodes[body].next))
		finding_severity(finding, SEVERITY_NOTE);
}

static void check_function(struct rule_context *c, node_id call, node_id function)
{
	bool endpoint = is_endpoint(c, function);
	if ((!endpoint && !is_method_of_service(c, function)) || is_provider(c, function))
		return;
	enum thing thing = thing_made(c, c->file, call);
	if (thing == THING_NONE && endpoint)
		check_helper(c, call, function);
	if (thing == THING_NONE || (is_opened(thing) && is_each_turn(c, call, function)))
		return;
	if (endpoint)
		report_made(c, call, function, thing, "endpoint");
	else if (!is_handed_back(c->facts, call) && (!is_opened(thing) || serves_requests(c, function)))
		report_made(c, call, function, thing, "service method");
}

/* ---- one for the whole module ---- */

static void check_module_level(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id assign = f->nodes[call].parent;
	if (node_kind(f, assign) != NODE_ASSIGN || !is_at_module_level(f, call))
		return;
	struct str name = node_name(f, node_child(f, assign, PART_TARGET));
	enum thing thing = thing_made(c, c->file, call);
	if (thing == THING_SESSION)
		report_at(c, call,
			"%.*s is one database session for every request: they share its transaction and its failures (§21). Open one "
			"a request in a dependency, and let Depends() or a container hand it in.",
			STR_ARG(name));
	if (thing != THING_SERVICE)
		return;
	struct finding *finding = report_at(c, call,
		"%.*s is a service made at import: whoever uses it cannot be handed another (§21). Let Depends() or a container "
		"hand it in.",
		STR_ARG(name));
	if (!rule_option_bool(c, "strict"))
		finding_severity(finding, SEVERITY_NOTE);
}

/* Is there anybody who could hand things in? */
static bool has_injector(const struct rule_context *c)
{
	return file_imports_role(c->model, c->file, ROLE_INJECTS) ||
	       package_has_role(c->model, model_file(c->model, c->file)->package, ROLE_INJECTS);
}

static void check_call(struct rule_context *c, node_id call)
{
	node_id function = node_runs_in(c->facts, call);
	if (!has_injector(c))
		return;
	if (function)
		check_function(c, call, function);
	else
		check_module_level(c, call);
}

/* ---- dependencies that yield ---- */

static bool mentions(const struct facts *f, node_id from, node_id end, struct str variable)
{
	for (node_id n = from; n < end; n++)
		if (str_eq(path_first(node_name(f, n)), variable) && (KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1)
			return true;
	return false;
}

/* Does what is around the yield see the variable again whatever happens: a `finally`, an `except`, a `with`? */
static bool is_looked_after(const struct facts *f, node_id yield, node_id function, struct str variable)
{
	for (node_id n = f->nodes[yield].parent; n > function; n = f->nodes[n].parent) {
		if (node_kind(f, n) != NODE_TRY && node_kind(f, n) != NODE_WITH)
			continue;
		facts_each_child(f, n, part) {
			bool is_body = f->nodes[part].part == PART_BODY || f->nodes[part].part == PART_ELSE;
			if (!is_body && mentions(f, part, f->nodes[part].next, variable))
				return true;
		}
	}
	return false;
}

/* The call that opened what a variable holds, where it is no `with` that closes it. */
static node_id opened_by(const struct facts *f, node_id binding)
{
	node_id call = bound_call(f, binding);
	return call && !is_opened_by_with(f, call) ? call : 0;
}

static void check_yield(struct rule_context *c, node_id yield)
{
	const struct facts *f = c->facts;
	node_id function = node_runs_in(f, yield), value = node_child(f, yield, PART_VALUE);
	if (!function || !value || node_kind(f, value) != NODE_NAME)
		return;
	struct str variable = node_name(f, value);
	node_id binding = model_binding(c->model, c->file, value, variable);
	node_id call = binding > function ? opened_by(f, binding) : 0;
	enum thing thing = call ? thing_made(c, c->file, call) : THING_NONE;
	if ((thing != THING_SESSION && thing != THING_CONNECTION) || is_looked_after(f, yield, function, variable))
		return;
	struct finding *finding = report_at(c, call,
		"%.*s yields %.*s and does not close it when the endpoint raises: the %s leaks (§21). Open it in a with, or close it "
		"in a finally.",
		STR_ARG(node_name(f, function)), STR_ARG(variable), thing_names[thing]);
	finding_note(c, finding, c->file, yield, "what is raised in the endpoint is raised here");
}

/* ---- how endpoints take what they are handed (`fastapi-style`) ---- */

static void check_default(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id param = f->nodes[call].parent, function = f->nodes[param].parent;
	if (node_kind(f, param) != NODE_PARAM || f->nodes[call].part != PART_VALUE ||
		!node_child(f, param, PART_TYPE) || !is_endpoint(c, function))
		return;
	if (!model_role(c->model, c->file, call, ROLE_INJECTS) &&
		!model_role(c->model, c->file, call, ROLE_FILLS_PARAMETER))
		return;
	struct str maker = node_name(f, call);
	struct finding *finding = report_at(c, param,
		"%.*s of %.*s is handed in by its default: whoever calls the function without it gets a %.*s for a value (§21). Write "
		"Annotated[…, %.*s(…)] as its type.",
		STR_ARG(node_name(f, param)), STR_ARG(node_name(f, function)), STR_ARG(maker), STR_ARG(maker));
	finding_severity(finding, SEVERITY_NOTE);
}

static bool is_identifier(struct str text)
{
	for (uint32_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c != '_' && !char_is_letter(c) && (i == 0 || !char_is_digit(c)))
			return false;
	}
	return text.len > 0;
}

/* The next `{name}` or `{name:converter}` of a path, as its framework reads them; false when there is none. */
static bool next_parameter(struct str *rest, struct str *name)
{
	while (rest->len) {
		uint32_t start = 0, end = 0;
		while (start < rest->len && rest->ptr[start] != '{')
			start++;
		for (end = start; end < rest->len && rest->ptr[end] != '}';)
			end++;
		struct str inside = start < end ? str_slice(*rest, start + 1, end) : STR("");
		*rest = str_slice(*rest, end < rest->len ? end + 1 : end, rest->len);
		struct str converter = inside;
		bool is_name = str_split(&converter, ':', name) && is_identifier(*name);
		if (is_name && (name->len == inside.len || is_identifier(converter)))
			return true;
	}
	return false;
}

static void check_path(struct rule_context *c, const struct path_readers *readers, file_id file, node_id decorator)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	node_id path = call_arg(f, decorator, 0), function = f->nodes[decorator].parent;
	if (!path || node_kind(f, path) != NODE_STRING || node_kind(f, f->nodes[function].parent) == NODE_CLASS)
		return;
	struct str rest = node_name(f, path), name;
	while (next_parameter(&rest, &name)) {
		if (path_parameter_is_read(readers, file, decorator, name))
			continue;
		struct finding *finding = report_in(c, file, path,
			"%.*s takes no %.*s, which stands in its path, and nothing that is handed in to it does: whatever is asked for, the "
			"answer is the same (§21). Make it a parameter.",
			STR_ARG(node_name(f, function)), STR_ARG(name));
		finding_severity(finding, SEVERITY_WARNING);
	}
}

static void check_paths(struct rule_context *c)
{
	if (!rule_option_bool(c, "fastapi-style"))
		return;
	struct path_readers *readers = model_path_readers(c->model);
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *endpoint = wire_endpoint(c->wire, i);
		const struct model_file *at = model_file(c->model, endpoint->file);
		if (at->language == LANGUAGE_PYTHON && node_kind(&at->facts, endpoint->node) == NODE_DECORATOR &&
			model_is_production(c->model, endpoint->file) &&
			file_imports_role(c->model, endpoint->file, ROLE_TYPED_ENDPOINTS))
			check_path(c, readers, endpoint->file, endpoint->node);
	}
	path_readers_free(readers);
}

static void check_node(struct rule_context *c, node_id n)
{
	if (node_kind(c->facts, n) == NODE_CALL && rule_option_bool(c, "fastapi-style"))
		check_default(c, n);
	if (node_kind(c->facts, n) == NODE_YIELD)
		check_yield(c, n);
	else
		check_call(c, n);
}

const struct rule rule_python_inject_dependencies = {
	.id = "python/inject-dependencies",
	.clauses = "21",
	.title = "Sessions and services are handed in by Depends() or a container",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PYTHON),
	.options = options,
	.kinds = KIND(CALL) | KIND(YIELD),
	.on_node = check_node,
	.on_project = check_paths,
	.peers = "FAST002 FAST003",
};
