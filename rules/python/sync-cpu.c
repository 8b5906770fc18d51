#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "every async endpoint that awaits nothing" },
	{ 0 },
};

/* ---- calls that compute ---- */

enum { TOLD_MOST = 16 };

/* The kinds of work that were told of a function: opening a picture, scaling it and saving it is one piece of work. */
struct told {
	struct str kinds[TOLD_MOST];
	uint32_t count;
};

static bool tell(struct told *told, const struct library_entry *work)
{
	struct str kind = library_attribute(work, "kind");
	for (uint32_t i = 0; i < told->count; i++)
		if (str_eq(told->kinds[i], kind))
			return false;
	if (told->count < TOLD_MOST)
		told->kinds[told->count++] = kind;
	return true;
}

static struct finding *report_work(
	struct rule_context *c, node_id call, node_id function, struct str what, const struct library_entry *work)
{
	return report_at(c, call,
		"%.*s %.*s inside async def %.*s: every other request on this event loop waits for it (§20). Hand it to %.*s, or "
		"declare the endpoint with def.",
		STR_ARG(what), STR_ARG(library_attribute(work, "kind")), STR_ARG(node_name(c->facts, function)),
		STR_ARG(library_attribute(work, "instead")));
}

/* A synchronous function of the project that computes. */
static void check_helper(struct rule_context *c, node_id call, node_id function, struct told *told)
{
	struct trail trail;
	uint32_t steps = model_trail_of(c->model, c->file, call, ROLE_CPU_BOUND, &trail);
	if (!steps)
		return;
	struct trail_step end = trail.steps[steps - 1];
	const struct library_entry *work = model_role(c->model, end.file, end.call, ROLE_CPU_BOUND);
	if (!tell(told, work))
		return;
	struct finding *finding = report_work(c, call, function, node_name(c->facts, call), work);
	for (uint32_t i = 0; i < steps; i++)
		finding_note(c, finding, trail.steps[i].file, trail.steps[i].call,
			i + 1 < steps ? "which calls this" : "this keeps the processor busy");
}

static void check_calls(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	struct told told = { 0 };
	for (node_id n = node_next_call(f, function, function); n; n = node_next_call(f, function, n)) {
		if (model_event_loop(c->model, c->file, n) != function)
			continue;
		const struct library_entry *work = model_role(c->model, c->file, n, ROLE_CPU_BOUND);
		if (work && tell(&told, work))
			report_work(c, n, function, work->name, work);
		else if (!work)
			check_helper(c, n, function, &told);
	}
}

/* ---- endpoints that only compute ---- */

static bool is_own(const struct facts *f, node_id n, node_id function)
{
	return node_ancestor(f, n, KIND(FUNCTION) | KIND(LAMBDA) | KIND(CLASS)) == function;
}

/* Is there any reason to be async: does the function wait for something? */
static bool waits(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n) {
		bool async = (KIND(LOOP) | KIND(WITH) | KIND(COMPREHENSION)) >> f->nodes[n].kind & 1 &&
			     node_has(f, n, FLAG_ASYNC);
		if ((async || (KIND(AWAIT) | KIND(YIELD)) >> f->nodes[n].kind & 1) && is_own(f, n, function))
			return true;
	}
	return false;
}

static bool is_parameter(const struct facts *f, node_id function, struct str name)
{
	facts_each_child(f, function, param)
		if (f->nodes[param].part == PART_PARAM && !str_empty(name) && str_eq(node_name(f, param), name))
			return true;
	return false;
}

/* Does the client say how long the loop is: does it go over a parameter, or as far as one says? */
static bool goes_over_input(const struct facts *f, node_id function, node_id loop)
{
	node_id over = node_child(f, loop, PART_ITER);
	for (node_id n = over; over && n < f->nodes[over].next; n++)
		if (is_parameter(f, function, path_first(node_name(f, n))))
			return true;
	return false;
}

static bool calculates(const struct facts *f, node_id n)
{
	static const char *const operators[] = { "+", "-", "*", "/", "//", "%", "**",
		"+=", "-=", "*=", "/=", "//=", "%=", "**=" };
	for (size_t i = 0;
		(KIND(BINARY) | KIND(ASSIGN)) >> f->nodes[n].kind & 1 && i < sizeof(operators) / sizeof(*operators);
		i++)
		if (str_is(node_name(f, n), operators[i]))
			return true;
	return false;
}

/* A loop in a loop, with arithmetic inside. */
static bool is_heavy(const struct facts *f, node_id loop)
{
	facts_each_below(f, loop, n)
		if (calculates(f, n) && node_ancestor(f, n, KIND(LOOP)) > loop)
			return true;
	return false;
}

static node_id heavy_loop(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_LOOP && is_own(f, n, function) && goes_over_input(f, function, n) &&
			is_heavy(f, n))
			return n;
	return 0;
}

static void check_endpoint(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	if (!wire_answers(c->wire, c->file, function) || waits(f, function))
		return;
	node_id loop = heavy_loop(f, function);
	if (loop)
		report_at(c, loop,
			"the async endpoint %.*s awaits nothing and computes in nested loops over what it is sent: every other request "
			"waits (§20). Declare it with def, which runs in the thread pool.",
			STR_ARG(node_name(f, function)));
	else if (rule_option_bool(c, "strict"))
		report_at(c, function,
			"the async endpoint %.*s awaits nothing (§20). Declare it with def, which runs in the thread pool.",
			STR_ARG(node_name(f, function)));
}

static void check_function(struct rule_context *c, node_id function)
{
	if (!node_has(c->facts, function, FLAG_ASYNC))
		return;
	check_calls(c, function);
	check_endpoint(c, function);
}

const struct rule rule_python_sync_cpu = {
	.id = "python/sync-cpu",
	.clauses = "20",
	.title = "What keeps the processor busy does not run on the event loop",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PYTHON),
	.options = options,
	.kinds = KIND(FUNCTION),
	.on_node = check_function,
};
