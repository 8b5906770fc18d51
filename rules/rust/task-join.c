#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "every handle that is dropped, and crates that no server reaches" },
	{ 0 },
};

/* What a task runs: the block or closure that it is handed, or a function of the project. */
struct task {
	file_id file;
	node_id body; /* FUNCTION, LAMBDA or an async BLOCK */
	const struct facts *facts; /* of `file` */
};

static bool is_async_block(const struct facts *f, node_id n)
{
	return node_kind(f, n) == NODE_BLOCK && node_has(f, n, FLAG_ASYNC);
}

/* The function that an argument names or calls, however it is wrapped: spawn(work), spawn(work(x).instrument(span)). */
static bool find_function(const struct rule_context *c, node_id argument, struct task *task)
{
	const struct facts *f = c->facts;
	for (node_id n = argument; n < f->nodes[argument].next; n++) {
		bool names = n == argument && node_kind(f, n) == NODE_NAME;
		if (!names && node_kind(f, n) != NODE_CALL)
			continue;
		struct meaning means = model_meaning(c->model, c->file, n);
		node_id function = model_meant_function(c->model, means);
		const struct facts *there = function ? &model_file(c->model, means.file)->facts : NULL;
		if (!function || !(names || node_has(there, function, FLAG_ASYNC)) ||
			!node_child(there, function, PART_BODY))
			continue;
		*task = (struct task){ means.file, function, there };
		return true;
	}
	return false;
}

/* async move { worker.run().await }: the one call that a block awaits; 0 for other blocks. */
static node_id only_call(const struct facts *f, node_id block)
{
	node_id only = 0;
	facts_each_child(f, block, child) {
		if (only)
			return 0;
		only = child;
	}
	if (only && node_kind(f, only) == NODE_EXPR)
		only = node_child(f, only, PART_VALUE);
	bool awaited = only && node_kind(f, only) == NODE_AWAIT;
	node_id call = awaited ? node_child(f, only, PART_VALUE) : 0;
	return call && node_kind(f, call) == NODE_CALL ? call : 0;
}

static bool find_task(const struct rule_context *c, node_id spawn, struct task *task)
{
	const struct facts *f = c->facts;
	node_id argument = call_arg(f, spawn, 0);
	for (node_id n = argument; argument && n < f->nodes[argument].next; n++) {
		bool is_closure = n == argument && node_kind(f, n) == NODE_LAMBDA;
		if (!is_closure && !is_async_block(f, n))
			continue;
		node_id call = only_call(f, n);
		*task = (struct task){ c->file, n, f };
		if (call)
			find_function(c, call, task);
		return true;
	}
	return argument && find_function(c, argument, task);
}

/* ---- the handle ---- */

/* spawn(…); and let _ = spawn(…), drop(spawn(…)), let _task = spawn(…) in a function that does not name it again. */
static bool is_dropped(const struct facts *f, node_id spawn)
{
	static const char *const handling[] = { "unwrap", "expect", "ok", "detach", NULL };
	node_id value = node_chained(f, spawn, handling), around = f->nodes[value].parent;
	switch (node_kind(f, around)) {
	case NODE_EXPR:
		return true;
	case NODE_CALL:
		return str_is(node_name(f, around), "drop");
	case NODE_VAR:
		return str_starts(node_name(f, around), STR("_")) && node_function(f, around);
	case NODE_ASSIGN: {
		node_id target = node_child(f, around, PART_TARGET);
		return target && str_is(node_name(f, target), "_");
	}
	default:
		return false;
	}
}

/* ---- what joins or owns a task ---- */

/* Sending, receiving, asking whether to end: whoever holds the other end has a hold on the task. */
static bool is_tie(const struct facts *f, node_id call)
{
	static const char *const methods[] = { "send", "try_send", "blocking_send", "send_async", "unbounded_send",
		"feed", "recv", "try_recv", "recv_async", "blocking_recv", "recv_timeout", "recv_many", "cancelled",
		"is_cancelled", "changed", "has_changed", "wait_for", "notified", "notify_one", "notify_waiters",
		"notify_all", "wait", "load", "acquire", "acquire_owned", "try_acquire_owned", "track_future", "abort",
		"is_shutdown", "should_stop", "is_closed", "closed", "upgrade", "arrive", "done", "stopped", "shutdown",
		"on_shutdown", "timeout" };
	struct str method = path_last(node_name(f, call));
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (str_is(method, methods[i]))
			return true;
	return false;
}

static bool has_tie(const struct facts *f, node_id root)
{
	for (node_id n = root; n < f->nodes[root].next; n++)
		if (node_kind(f, n) == NODE_CALL && is_tie(f, n))
			return true;
	return false;
}

static bool is_tied(const struct rule_context *c, node_id spawn, const struct task *t)
{
	return has_tie(c->facts, call_arg(c->facts, spawn, 0)) || has_tie(t->facts, t->body);
}

/* ---- loops that never end ---- */

static bool leaves(const struct rule_context *c, const struct task *t, node_id loop, node_id n)
{
	const struct facts *f = t->facts;
	switch (node_kind(f, n)) {
	case NODE_RETURN:
	case NODE_UNWRAP:
		return true;
	case NODE_BREAK: /* labelled, or that of this loop */
		return !str_empty(node_name(f, n)) || node_ancestor(f, n, KIND(LOOP)) == loop;
	case NODE_CALL:
		return model_role(c->model, t->file, n, ROLE_ABORT) != NULL;
	default:
		return false;
	}
}

static node_id endless_loop(const struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	facts_each_below(f, t->body, loop) {
		if (node_kind(f, loop) != NODE_LOOP || !node_has(f, loop, FLAG_INFINITE) ||
			node_executor(f, loop) != t->body)
			continue;
		bool ends = false;
		facts_each_below(f, loop, n)
			ends |= node_executor(f, n) == t->body && leaves(c, t, loop, n);
		if (!ends)
			return loop;
	}
	return 0;
}

/* ---- the findings ---- */

/* Beside the server that main runs, a loop may run as long as the process does. */
static bool in_main(const struct facts *f, node_id spawn)
{
	node_id function = node_ancestor(f, spawn, KIND(FUNCTION));
	return function && str_is(node_name(f, function), "main") && !f->nodes[function].parent;
}

static bool on_request_path(const struct rule_context *c, node_id spawn, node_id *function)
{
	for (*function = node_function(c->facts, spawn); *function; *function = node_function(c->facts, *function))
		if (model_reach(c->model, c->file, *function) & (uint32_t)REACH_REQUEST)
			return true;
	return false;
}

static void report_endless(struct rule_context *c, node_id spawn, const struct task *task, node_id loop, bool is_thread)
{
	struct finding *finding = report_at(c, spawn,
		"this %s loops for ever, its handle is dropped and nothing can stop it (§16). Let the loop end on a %s, and keep "
		"the handle%s to wait for it at shutdown.",
		is_thread ? "thread" : "task",
		is_thread ? "flag or a closed channel" : "CancellationToken or a closed channel",
		is_thread ? "" : " (JoinSet, TaskTracker)");
	finding_note(c, finding, task->file, loop, "the loop has no return, break or signal to end");
}

static void report_forgotten(struct rule_context *c, node_id spawn, node_id function)
{
	struct finding *finding = report_at(c, spawn,
		"this task is started while serving a request, and its handle is dropped (§16): nobody waits for it, stops it or "
		"learns that it panicked. Start it on a JoinSet or TaskTracker that shutdown waits for, or hand the work to a "
		"queue.");
	finding_note_request(c, finding, function);
}

static void check_call(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	bool strict = rule_option_bool(c, "strict");
	struct task task;
	const struct library_entry *starter = model_role(c->model, c->file, call, ROLE_TASK_STARTER);
	if (!starter || node_in_test(f, call) || !is_dropped(f, call) ||
		(!strict && !model_in_service(c->model, c->file)))
		return;
	bool known = find_task(c, call, &task);
	bool loose = known && !is_tied(c, call, &task);
	node_id function, loop = loose ? endless_loop(c, &task) : 0;
	if (loop && (strict || !in_main(f, call)))
		report_endless(c, call, &task, loop, str_contains(starter->name, STR("::thread::")));
	else if (loose && on_request_path(c, call, &function))
		report_forgotten(c, call, function);
	else if (strict)
		report_at(c, call, "the handle of this task is dropped: nobody waits for it (§16, strict).");
}

const struct rule rule_rust_task_join = {
	.id = "rust/task-join",
	.clauses = "16",
	.title = "Every task is waited for, or can be stopped",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(RUST),
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_call,
	.peers = "clippy::infinite_loop clippy::let_underscore_future",
};
