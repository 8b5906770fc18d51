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

static bool has_decorator_role(const struct rule_context *c, node_id function, enum role role)
{
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && model_role(c->model, c->file, d, role))
			return true;
	return false;
}

/* ---- blocking calls ---- */

enum { TOLD_MOST = 32 };

/* What was said of a function already. */
struct told {
	bool session; /* each use of a database session is the same mistake */
	struct trail_step helpers[TOLD_MOST]; /* the first step in each */
	uint32_t count;
};

static bool is_database(const struct library_entry *blocking)
{
	return str_is(library_attribute(blocking, "kind"), "db");
}

static bool tell_session(struct told *told, const struct library_entry *blocking)
{
	bool is_new = !is_database(blocking) || !told->session;
	told->session |= is_database(blocking);
	return is_new;
}

static bool tell_helper(struct told *told, struct trail_step first)
{
	for (uint32_t i = 0; i < told->count; i++)
		if (told->helpers[i].file == first.file && told->helpers[i].call == first.call)
			return false;
	if (told->count < TOLD_MOST)
		told->helpers[told->count++] = first;
	return true;
}

/* What blocks by its whole name, also where the library's entry is one for all members of a class. */
static struct str blocking_name(const struct rule_context *c, file_id file, node_id call)
{
	return model_meaning(c->model, file, call).name;
}

/* lock = threading.Lock(); lock.acquire(): what a function made itself, nobody else holds yet. */
static bool is_own_lock(
	const struct rule_context *c, node_id call, node_id function, const struct library_entry *blocking)
{
	const struct facts *f = c->facts;
	struct str owner = path_parent(node_name(f, call));
	bool is_local = str_is(library_attribute(blocking, "kind"), "sync") && !str_empty(owner) &&
			str_empty(path_parent(owner));
	node_id binding = is_local ? model_binding(c->model, c->file, call, owner) : 0;
	node_id assign = binding > function && f->nodes[binding].part == PART_TARGET ? f->nodes[binding].parent : 0;
	node_id value = assign ? node_child(f, assign, PART_VALUE) : 0;
	return value && node_kind(f, value) == NODE_CALL &&
	       model_meaning(c->model, c->file, value).kind == MEANS_LIBRARY;
}

static void check_blocking(struct rule_context *c, node_id call, node_id function, struct told *told)
{
	const struct facts *f = c->facts;
	bool async = is_async(f, function);
	const struct library_entry *blocking = model_role(c->model, c->file, call, ROLE_BLOCKING_IO);
	bool is_file = blocking && str_is(library_attribute(blocking, "kind"), "file");
	if (!blocking || (is_file && !rule_option_bool(c, "files")) || is_own_lock(c, call, function, blocking) ||
		!tell_session(told, blocking))
		return;
	struct finding *finding = report_at(c, call,
		"%.*s blocks inside %s %.*s: %s (§19). Use %.*s, or hand it to a thread.",
		STR_ARG(blocking_name(c, c->file, call)), async ? "async def" : "def", STR_ARG(node_name(f, function)),
		async ? "every other request on this event loop waits" : "the endpoint holds a thread",
		STR_ARG(library_attribute(blocking, "instead")));
	if (is_file || !async)
		finding_severity(finding, SEVERITY_WARNING);
}

/* ---- behind functions of the project ---- */

static void report_trail(struct rule_context *c, node_id call, node_id function, const struct trail *trail,
	uint32_t steps, const struct library_entry *blocking)
{
	const struct facts *f = c->facts;
	struct trail_step end = trail->steps[steps - 1];
	struct finding *finding = report_at(c, call,
		"%.*s blocks inside async def %.*s: it calls %.*s, and every other request on this event loop waits (§19). Hand "
		"it to a thread, or write it with %.*s.",
		STR_ARG(node_name(f, call)), STR_ARG(node_name(f, function)),
		STR_ARG(blocking_name(c, end.file, end.call)), STR_ARG(library_attribute(blocking, "instead")));
	for (uint32_t i = 0; i < steps; i++)
		finding_note(c, finding, trail->steps[i].file, trail->steps[i].call,
			i + 1 < steps ? "which calls this" : "this blocks");
}

static void check_helper(struct rule_context *c, node_id call, node_id function, struct told *told)
{
	struct trail trail;
	uint32_t steps = model_trail_of(c->model, c->file, call, ROLE_BLOCKING_IO, &trail);
	if (!steps)
		return;
	struct trail_step end = trail.steps[steps - 1];
	const struct library_entry *blocking = model_role(c->model, end.file, end.call, ROLE_BLOCKING_IO);
	if (tell_session(told, blocking) && tell_helper(told, trail.steps[0]))
		report_trail(c, call, function, &trail, steps, blocking);
}

static void check_function(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	struct told told = { 0 };
	bool async = is_async(f, function);
	if (!async && (!rule_option_bool(c, "strict") || !has_decorator_role(c, function, ROLE_ROUTE)))
		return;
	for (node_id n = node_next_call(f, function, function); n; n = node_next_call(f, function, n)) {
		bool waits = async && model_event_loop(c->model, c->file, n) == function;
		if (waits || !async)
			check_blocking(c, n, function, &told);
		if (waits)
			check_helper(c, n, function, &told);
	}
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

/* `pass`, `...`: what a derived class is to do, perhaps at once. */
static bool does_nothing(const struct facts *f, node_id function)
{
	facts_each_below(f, node_child(f, function, PART_BODY), n)
		if (!((KIND(EXPR) | KIND(STRING) | KIND(CONST)) >> f->nodes[n].kind & 1))
			return false;
	return true;
}

static void check_dropped(struct rule_context *c, node_id call)
{
	if (!is_dropped(c->facts, call))
		return;
	struct meaning means = model_meaning(c->model, c->file, call);
	if (means.kind == MEANS_DECLARATION) {
		const struct facts *there = &model_file(c->model, means.file)->facts;
		bool coroutine = is_async(there, means.node) && !node_has(there, means.node, FLAG_GENERATOR) &&
				 !node_child(there, means.node, PART_DECORATOR) && !does_nothing(there, means.node);
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

static void check_node(struct rule_context *c, node_id n)
{
	node_id function = node_runs_in(c->facts, n);
	if (node_kind(c->facts, n) == NODE_FUNCTION) {
		check_function(c, n);
		return;
	}
	if (function)
		check_runner(c, n, function);
	check_dropped(c, n);
}

const struct rule rule_python_async_io = {
	.id = "python/async-io",
	.clauses = "19",
	.title = "async def does no blocking I/O, and what it starts is awaited",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PYTHON),
	.options = options,
	.kinds = KIND(CALL) | KIND(FUNCTION),
	.on_node = check_node,
	.peers = "ASYNC210 ASYNC212 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC240 ASYNC250 ASYNC251 RUF006",
};
