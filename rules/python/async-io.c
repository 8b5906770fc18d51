#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also endpoints declared with def that call blocking I/O" },
	{ "files", OPTION_BOOL, "true", "also blocking access to local files" },
	{ 0 },
};

static bool is_async(const struct facts *f, node_id function)
{
	return function && node_kind(f, function) == NODE_FUNCTION && node_has(f, function, FLAG_ASYNC);
}

/* The function a place runs in; a lambda or a class body is a place of its own. */
static node_id runs_in(const struct facts *f, node_id n)
{
	node_id around = node_ancestor(f, n, KIND(FUNCTION) | KIND(LAMBDA) | KIND(CLASS));
	node_id decorator = node_ancestor(f, n, KIND(DECORATOR));
	if (decorator && decorator > around)
		return 0; /* evaluated where the function is defined */
	return node_kind(f, around) == NODE_FUNCTION ? around : 0;
}

static bool is_awaited(const struct facts *f, node_id call)
{
	return node_kind(f, f->nodes[call].parent) == NODE_AWAIT;
}

static bool has_decorator_role(const struct rule_context *c, node_id function, enum role role)
{
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && model_role(c->model, c->file, d, role))
			return true;
	return false;
}

/* Runs once before requests come: lifespan, start-up events, main. */
static bool is_startup(const struct rule_context *c, node_id function)
{
	static const char *const names[] = { "lifespan", "startup", "on_startup", "main", "shutdown", "on_shutdown" };
	struct str name = node_name(c->facts, function);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(path_last(name), names[i]) || str_ends(name, STR("_lifespan")))
			return true;
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && str_is(path_last(node_name(c->facts, d)), "on_event"))
			return true;
	return false;
}

/* ---- blocking calls ---- */

static void check_blocking(struct rule_context *c, node_id call, node_id function)
{
	const struct facts *f = c->facts;
	bool async = is_async(f, function);
	bool strict = !async && rule_option_bool(c, "strict") && has_decorator_role(c, function, ROLE_ROUTE);
	if ((!async && !strict) || is_awaited(f, call) || is_startup(c, function))
		return;
	const struct library_entry *blocking = model_role(c->model, c->file, call, ROLE_BLOCKING_IO);
	if (!blocking)
		return;
	bool is_file = str_is(library_attribute(blocking, "kind"), "file");
	if (is_file && !rule_option_bool(c, "files"))
		return;
	struct finding *finding = report_at(c, call,
		"%.*s blocks inside %s %.*s: %s (§19). Use %.*s, or hand it to a thread.", STR_ARG(blocking->name),
		async ? "async def" : "def", STR_ARG(node_name(f, function)),
		async ? "every other request on this event loop waits" : "the endpoint holds a thread",
		STR_ARG(library_attribute(blocking, "instead")));
	if (is_file || strict)
		finding_severity(finding, SEVERITY_WARNING);
}

/* ---- async work driven from a def endpoint ---- */

static void check_runner(struct rule_context *c, node_id call, node_id function)
{
	if (is_async(c->facts, function) || !has_decorator_role(c, function, ROLE_ROUTE) ||
		!model_role(c->model, c->file, call, ROLE_ASYNC_RUNNER))
		return;
	report_at(c, call,
		"the endpoint %.*s is declared with def and starts an event loop for each request (§19). Declare it with async "
		"def and await.",
		STR_ARG(node_name(c->facts, function)));
}

/* ---- dropped coroutines and tasks ---- */

static bool is_dropped(const struct facts *f, node_id call)
{
	return node_kind(f, f->nodes[call].parent) == NODE_EXPR;
}

static void check_dropped(struct rule_context *c, node_id call)
{
	if (!is_dropped(c->facts, call))
		return;
	struct meaning means = model_meaning(c->model, c->file, call);
	if (means.kind == MEANS_DECLARATION) {
		const struct facts *there = &model_file(c->model, means.file)->facts;
		bool coroutine = is_async(there, means.node) && !node_has(there, means.node, FLAG_GENERATOR) &&
				 !node_child(there, means.node, PART_DECORATOR);
		if (!coroutine)
			return;
		struct finding *finding = report_at(c, call,
			"%.*s is a coroutine that is never awaited: it does not run (§19). Await it.",
			STR_ARG(node_name(there, means.node)));
		finding_note(c, finding, means.file, means.node, "declared here with async def");
		return;
	}
	if (means.kind == MEANS_LIBRARY && model_library(c->model, LANGUAGE_PYTHON, means.name, ROLE_TASK_STARTER))
		report_at(c, call,
			"the task that %.*s starts is not kept: it can be collected while it runs, and its error is lost (§19). "
			"Keep it in a set or use a TaskGroup.",
			STR_ARG(means.name));
}

static void check_call(struct rule_context *c, node_id call)
{
	node_id function = runs_in(c->facts, call);
	if (function) {
		check_blocking(c, call, function);
		check_runner(c, call, function);
	}
	check_dropped(c, call);
}

const struct rule rule_python_async_io = {
	.id = "python/async-io",
	.clauses = "19",
	.title = "async def does no blocking I/O, and what it starts is awaited",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PYTHON),
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_call,
	.peers = "ASYNC210 ASYNC212 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC240 ASYNC250 ASYNC251 RUF006",
};
