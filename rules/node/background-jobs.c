#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also durable queues that do not stand on Redis" },
	{ 0 },
};

/* ---- what a job does, in all the functions of the project that it calls ---- */

enum { MOST_FUNCTIONS = 64 };

struct work {
	struct {
		file_id file;
		node_id function;
		uint32_t depth; /* calls away from the job itself */
	} functions[MOST_FUNCTIONS];
	uint32_t count;
	bool enqueues;
	uint32_t enqueues_at; /* how deep it first puts a job on a queue */
	file_id file; /* where it first changes something outside of the process */
	node_id change; /* 0 when it does not, as far as is known */
	uint32_t changes_at;
};

static void add_function(struct work *work, file_id file, node_id function, uint32_t depth)
{
	for (uint32_t i = 0; i < work->count; i++)
		if (work->functions[i].file == file && work->functions[i].function == function)
			return;
	if (function && work->count < MOST_FUNCTIONS) {
		work->functions[work->count].file = file;
		work->functions[work->count].depth = depth;
		work->functions[work->count++].function = function;
	}
}

/* axios.post(…), fetch(url, { method: "POST" }) */
static bool sends_change(const struct rule_context *c, file_id file, node_id call)
{
	static const uint32_t reads = METHOD_GET | METHOD_HEAD | METHOD_OPTIONS;
	const struct library_entry *sends = model_role(c->model, file, call, ROLE_SENDS);
	const struct facts *f = &model_file(c->model, file)->facts;
	if (!sends || !str_is(library_attribute(sends, "kind"), "http"))
		return false;
	node_id settings = call_arg(f, call, 1);
	node_id method = settings && node_kind(f, settings) == NODE_OBJECT ? object_value(f, settings, STR("method"))
									   : 0;
	uint32_t methods = http_method(method ? node_name(f, method) : path_last(node_name(f, call)));
	return methods && !(methods & reads);
}

static bool changes(const struct rule_context *c, file_id file, node_id call)
{
	const struct library_entry *entry = model_role(c->model, file, call, ROLE_CHANGES);
	struct str methods = entry ? library_attribute(entry, "methods") : STR("");
	if (!entry)
		return sends_change(c, file, call);
	return str_empty(methods) ||
	       str_has_word(methods, path_last(node_name(&model_file(c->model, file)->facts, call)));
}

static void look_at_call(const struct rule_context *c, struct work *work, file_id file, node_id call, uint32_t depth)
{
	struct meaning means = model_meaning(c->model, file, call);
	if (!work->enqueues && model_role(c->model, file, call, ROLE_ENQUEUES)) {
		work->enqueues = true;
		work->enqueues_at = depth;
	}
	if (!work->change && changes(c, file, call)) {
		work->file = file;
		work->change = call;
		work->changes_at = depth;
	}
	add_function(work, means.file, model_meant_function(c->model, means), depth + 1);
}

/*
 * Does the job change something outside of the process itself, rather than put a job on a queue? What it changes beside or behind
 * that is the queue's bookkeeping.
 */
static bool is_work(const struct rule_context *c, struct work *work)
{
	for (uint32_t i = 0; i < work->count; i++) {
		file_id file = work->functions[i].file;
		const struct facts *f = &model_file(c->model, file)->facts;
		facts_each_below(f, work->functions[i].function, n)
			if (node_kind(f, n) == NODE_CALL)
				look_at_call(c, work, file, n, work->functions[i].depth);
	}
	return work->change && !(work->enqueues && work->enqueues_at <= work->changes_at);
}

/* ---- what to do instead ---- */

/* The queue that the package has already; BullMQ when it has none. */
static struct str queue_at_hand(const struct rule_context *c)
{
	package_id id = model_file(c->model, c->file)->package;
	const struct package *package = id == NO_PACKAGE ? NULL : model_package(c->model, id);
	for (uint32_t i = 0; package && i < package->dependency_count; i++)
		if (model_library(c->model, c->facts->language, package->dependencies[i].name, ROLE_DURABLE_QUEUE))
			return package->dependencies[i].name;
	return STR("bullmq");
}

static void report_job(struct rule_context *c, node_id at, const char *what, struct str name, const struct work *work)
{
	struct finding *finding = report_at(c, at,
		"%.*s%s: the work is lost when the process restarts, and nobody tries it again (§12). Put a job on a queue "
		"(%.*s) and do the work in its worker.",
		STR_ARG(name), what, STR_ARG(queue_at_hand(c)));
	if (work)
		finding_note(c, finding, work->file, work->change, "the work changes something here");
}

/* ---- timers and schedules ---- */

static bool serves_request(const struct rule_context *c, node_id n)
{
	node_id function = node_function(c->facts, n);
	return function && (model_reach(c->model, c->file, function) & (uint32_t)REACH_REQUEST);
}

static bool is_statement(const struct facts *f, node_id n)
{
	return node_kind(f, f->nodes[n].parent) == NODE_EXPR;
}

/* new Promise((resolve) => setInterval(…)): somebody waits for it. */
static bool is_awaited(const struct facts *f, node_id n)
{
	for (node_id function = node_function(f, n); function; function = node_function(f, function)) {
		node_id call = f->nodes[function].parent;
		if (node_kind(f, call) == NODE_CALL && node_has(f, call, FLAG_NEW) &&
			str_is(node_name(f, call), "Promise"))
			return true;
	}
	return false;
}

/* The functions among a call's arguments; a name that nobody knows is none. */
static void add_arguments(const struct rule_context *c, struct work *work, node_id call)
{
	facts_each_child(c->facts, call, argument) {
		file_id file;
		if (c->facts->nodes[argument].part != PART_ARG)
			continue;
		node_id function = model_function_value(c->model, c->file, argument, &file);
		add_function(work, file, function, 0);
	}
}

static void check_timer(struct rule_context *c, node_id call, const struct library_entry *timer)
{
	struct work work = { .count = 0 };
	bool repeats = str_is(library_attribute(timer, "kind"), "repeats");
	/* a handle that is kept is cleared somewhere: a time-out, a debounce */
	if (is_awaited(c->facts, call) || (!repeats && (!is_statement(c->facts, call) || !serves_request(c, call))))
		return;
	add_arguments(c, &work, call);
	if (is_work(c, &work))
		report_job(c, call,
			repeats ? " does background work in this process, once in every instance"
				: " puts off work of a request in this process",
			path_last(timer->name), &work);
}

static void check_schedule(struct rule_context *c, node_id at)
{
	struct work work = { .count = 0 };
	const struct facts *f = c->facts;
	bool decorates = node_kind(f, at) == NODE_DECORATOR;
	if (!model_library_word(c->model, f->language, path_last(node_name(f, at)), ROLE_SCHEDULES) ||
		!model_role(c->model, c->file, at, ROLE_SCHEDULES))
		return;
	if (decorates)
		add_function(&work, c->file, f->nodes[at].parent, 0);
	else
		add_arguments(c, &work, at);
	if (is_work(c, &work))
		report_job(c, at, " schedules background work in this process, once in every instance",
			path_last(node_name(f, at)), &work);
}

/* ---- work that a request starts and nobody waits for ---- */

/* Is the name bound by a parameter of a function around the statement? */
static node_id outer_parameter(const struct rule_context *c, node_id statement, node_id use)
{
	node_id binding = model_binding(c->model, c->file, use, path_first(node_name(c->facts, use)));
	return binding && binding < statement && node_kind(c->facts, binding) == NODE_PARAM ? binding : 0;
}

static bool is_first_parameter(const struct facts *f, node_id parameter)
{
	return node_child(f, f->nodes[parameter].parent, PART_PARAM) == parameter;
}

/*
 * The response, or who goes on with the request, is in the statement's hands: find().then((row) => res.json(row)).catch(next),
 * stream(req, res).
 */
static bool answers_request(const struct rule_context *c, node_id statement)
{
	const struct facts *f = c->facts;
	facts_each_below(f, statement, n) {
		enum node_kind kind = node_kind(f, n);
		bool in_callback = node_function(f, n) > statement;
		bool is_handed = kind == NODE_NAME && f->nodes[n].part == PART_ARG;
		if (!is_handed && !(kind == NODE_CALL && in_callback))
			continue;
		node_id parameter = outer_parameter(c, statement, n);
		if (!parameter)
			continue;
		struct str method = path_last(node_name(f, f->nodes[n].parent));
		bool takes_over = str_is(method, "then") || str_is(method, "catch") || str_is(method, "finally");
		bool is_response = !is_first_parameter(f, parameter) &&
				   wire_answers(c->wire, c->file, f->nodes[parameter].parent);
		if (kind == NODE_CALL || takes_over || is_response)
			return true;
	}
	return false;
}

/* What no-floating-promise lets pass: voided, caught, or never rejecting. */
static void check_statement(struct rule_context *c, node_id statement)
{
	const struct facts *f = c->facts;
	node_id value = node_child(f, statement, PART_VALUE);
	bool voided = value && node_kind(f, value) == NODE_UNARY && str_is(node_name(f, value), "void");
	if (!value || !serves_request(c, statement))
		return;
	struct promise promise = model_promise(c->model, c->file, voided ? node_child(f, value, PART_VALUE) : value);
	bool reported_there = promise.may_reject && !promise.is_handled && !voided;
	if (!promise.is_promise || !promise.function || reported_there || answers_request(c, statement))
		return;
	struct work work = { .count = 0 };
	add_function(&work, promise.file, promise.function, 0);
	if (is_work(c, &work))
		report_job(c, value, " is started by a request and nobody waits for it",
			str_empty(promise.name) ? STR("this work") : promise.name, &work);
}

/* ---- queues ---- */

/* Who awaits a task of a queue in memory only limits how many run at once. */
static void check_memory_queue(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id parent = f->nodes[call].parent;
	bool dropped = is_statement(f, call) || (node_kind(f, parent) == NODE_UNARY && is_statement(f, parent));
	if (dropped && serves_request(c, call) && model_role(c->model, c->file, call, ROLE_MEMORY_QUEUE))
		report_job(c, call, " keeps jobs in the memory of this process", node_name(f, call), NULL);
}

static const struct library_entry *imported(const struct rule_context *c, file_id file, uint32_t i, enum role role)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	if (f->imports[i].flags & IMPORT_TYPE_ONLY || model_import(c->model, file, i).target != IMPORT_LIBRARY)
		return NULL;
	return model_library(c->model, f->language, facts_str(f, f->imports[i].module), role);
}

static void report_queue(struct rule_context *c, file_id file, uint32_t import, const struct library_entry *queue)
{
	struct str on = library_attribute(queue, "on");
	node_id at = model_file(c->model, file)->facts.imports[import].node;
	if (!str_empty(on))
		report_in(c, file, at,
			"%.*s keeps jobs in %.*s: background work goes through BullMQ or Redis (§12, strict).",
			STR_ARG(queue->name), STR_ARG(on));
	else
		report_in(c, file, at,
			"%.*s is no longer developed: background work goes through BullMQ (§12). Move to %.*s, whose queues "
			"and workers are much alike.",
			STR_ARG(queue->name), STR_ARG(library_attribute(queue, "instead")));
}

/* One finding stands for the package: where the first file imports such a queue. */
static void check_queues(struct rule_context *c, file_id file, enum role role)
{
	const struct model_file *at = model_file(c->model, file);
	for (uint32_t i = 0; i < at->facts.import_count; i++) {
		const struct library_entry *queue = imported(c, file, i, role);
		if (!queue || (role == ROLE_DURABLE_QUEUE && str_empty(library_attribute(queue, "on"))))
			continue;
		if (rule_first(c, (uint64_t)role << 32 | at->package))
			report_queue(c, file, i, queue);
		return;
	}
}

static void check_project(struct rule_context *c)
{
	static const enum role roles[] = { ROLE_OLD_QUEUE, ROLE_DURABLE_QUEUE };
	size_t count = rule_option_bool(c, "strict") ? 2 : 1;
	for (file_id file = 0; file < model_file_count(c->model); file++)
		for (size_t i = 0; i < count; i++)
			if ((LANGUAGES_NODE >> model_file(c->model, file)->language & 1) &&
				file_imports_role(c->model, file, roles[i]) && model_is_production(c->model, file) &&
				model_is_server_code(c->model, file))
				check_queues(c, file, roles[i]);
}

static void check_file(struct rule_context *c)
{
	const struct facts *f = c->facts;
	if (!model_is_server_code(c->model, c->file))
		return;
	for (node_id n = 1; n < f->node_count; n++) {
		enum node_kind kind = node_kind(f, n);
		const struct library_entry *timer = kind == NODE_CALL ? model_role(c->model, c->file, n, ROLE_TIMER)
								      : NULL;
		if (timer)
			check_timer(c, n, timer);
		if (kind == NODE_CALL || kind == NODE_DECORATOR)
			check_schedule(c, n);
		if (kind == NODE_CALL)
			check_memory_queue(c, n);
		if (kind == NODE_EXPR)
			check_statement(c, n);
	}
}

const struct rule rule_node_background_jobs = {
	.id = "node/background-jobs",
	.clauses = "12",
	.title = "Background work goes through BullMQ or Redis",
	.severity = SEVERITY_WARNING,
	.precision = DETECTOR,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
	.on_project = check_project,
};
