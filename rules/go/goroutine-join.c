#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "only a WaitGroup or an errgroup counts as a join" },
	{ 0 },
};

/* What a goroutine runs: the lambda behind `go`, or a function of the project; 0 when it cannot be seen. */
struct task {
	file_id file;
	node_id spawn; /* in the file being checked */
	node_id body; /* FUNCTION or LAMBDA */
	const struct facts *facts; /* of `file` */
};

static bool find_task(const struct rule_context *c, node_id spawn, struct task *task)
{
	const struct facts *f = c->facts;
	node_id call = node_child_of_kind(f, spawn, NODE_CALL);
	node_id lambda = call ? node_child(f, call, PART_CALLEE) : 0;
	*task = (struct task){ c->file, spawn, lambda, f };
	if (lambda && node_kind(f, lambda) == NODE_LAMBDA)
		return true;
	struct meaning means = call ? model_meaning(c->model, c->file, call)
				    : (struct meaning){ .kind = MEANS_UNKNOWN };
	if (means.kind != MEANS_DECLARATION)
		return false;
	task->file = means.file;
	task->body = means.node;
	task->facts = &model_file(c->model, means.file)->facts;
	enum node_kind kind = node_kind(task->facts, means.node);
	return (kind == NODE_FUNCTION || kind == NODE_LAMBDA) && node_child(task->facts, means.node, PART_BODY);
}

/* Is the node below `root`, in the same function (not inside a function of its own)? */
static bool same_function(const struct facts *f, node_id root, node_id n)
{
	return node_function(f, n) == root;
}

/* ---- what joins or owns a task ---- */

static bool is_type_role(const struct rule_context *c, file_id file, node_id call, enum role role)
{
	return model_role(c->model, file, call, role) != NULL;
}

/* wg.Done(), where wg is known to be a WaitGroup or is not known at all. */
static bool is_done(const struct rule_context *c, const struct task *t, node_id call)
{
	struct str name = node_name(t->facts, call);
	if (!str_is(path_last(name), "Done") || str_empty(path_parent(name)))
		return false;
	struct meaning means = model_meaning(c->model, t->file, call);
	return means.kind == MEANS_LOCAL || means.kind == MEANS_UNKNOWN || str_is(means.name, "sync.WaitGroup.Done");
}

static bool is_ticker_channel(const struct rule_context *c, const struct task *t, node_id channel)
{
	if (node_kind(t->facts, channel) == NODE_CALL)
		return is_type_role(c, t->file, channel, ROLE_TICKER) ||
		       str_is(node_name(t->facts, channel), "time.After");
	if (node_kind(t->facts, channel) != NODE_NAME || !str_is(path_last(node_name(t->facts, channel)), "C"))
		return false;
	struct meaning means = model_meaning(c->model, t->file, channel);
	return means.kind != MEANS_LIBRARY || str_starts(means.name, STR("time."));
}

/* ctx.Done(), ctx.Err(): the task looks whether it was told to end. */
static bool asks_context(const struct rule_context *c, const struct task *t, node_id call)
{
	struct str name = node_name(t->facts, call), last = path_last(name);
	if (!str_is(last, "Done") && !str_is(last, "Err"))
		return false;
	struct type type = model_type(c->model, t->file, model_binding(c->model, t->file, call, path_first(name)));
	return str_is(type.name, "context.Context") || str_is(path_first(name), "ctx") ||
	       str_starts(model_meaning(c->model, t->file, call).name, STR("context.Context."));
}

/* Is the name this verb, or does it start with it: Stop, stop, stopLinger? */
static bool is_verb(struct str name, const char *verb)
{
	struct str rest = str_slice(str_from(verb), 1, (uint32_t)strlen(verb));
	return name.len > rest.len && (name.ptr[0] | 0x20) == (verb[0] | 0x20) &&
	       str_starts(str_slice(name, 1, name.len), rest);
}

/* A deferred call that tells somebody outside that the task is over: defer stop(), defer stream.Shutdown(), defer c.endLinger(s). */
static bool tells_when_over(const struct facts *f, node_id deferred)
{
	static const char *const names[] = { "Shutdown", "Stop", "Finish", "Complete", "Signal", "Broadcast", "Release",
		"End" };
	node_id call = node_child_of_kind(f, deferred, NODE_CALL);
	struct str name = call ? node_name(f, call) : STR("");
	if (str_empty(path_parent(name)))
		return name.len && !str_is(name, "recover") && !str_is(name, "cancel") && !str_is(name, "panic");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (is_verb(path_last(name), names[i]))
			return true;
	return false;
}

/* context.WithTimeout(s.lifecycle, …): the task ends by itself, and with what it is derived from. */
static bool sets_time_out(const struct rule_context *c, const struct task *t, node_id call)
{
	struct str last = path_last(node_name(t->facts, call));
	if (!str_is(last, "WithTimeout") && !str_is(last, "WithDeadline"))
		return false;
	struct str name = model_meaning(c->model, t->file, call).name;
	return str_is(name, "context.WithTimeout") || str_is(name, "context.WithDeadline");
}

/* The same inside `defer func() { … }()`. */
static bool tells_in_lambda(const struct facts *f, node_id deferred)
{
	static const char *const names[] = { "Shutdown", "Stop", "Done" };
	facts_each_below(f, deferred, n)
		for (size_t i = 0; node_kind(f, n) == NODE_CALL && i < sizeof(names) / sizeof(*names); i++)
			if (str_is(path_last(node_name(f, n)), names[i]))
				return true;
	return false;
}

/* Sending to, closing or receiving from a channel ties the task to whoever holds the other end. */
static bool is_tie(const struct rule_context *c, const struct task *t, node_id n)
{
	const struct facts *f = t->facts;
	switch (node_kind(f, n)) {
	case NODE_SEND:
		return true;
	case NODE_RECEIVE: {
		node_id channel = node_child(f, n, PART_VALUE);
		return channel && !is_ticker_channel(c, t, channel);
	}
	case NODE_CALL:
		return str_is(node_name(f, n), "close") || is_done(c, t, n) || asks_context(c, t, n) ||
		       sets_time_out(c, t, n);
	case NODE_DEFER:
		return tells_when_over(f, n);
	default:
		return false;
	}
}

/* Ranging over a channel ends when its owner closes it; over a ticker's never. */
static bool is_range_over_channel(const struct rule_context *c, const struct task *t, node_id loop)
{
	node_id over = node_child(t->facts, loop, PART_ITER);
	if (!over || is_ticker_channel(c, t, over))
		return false;
	struct type type = model_type(c->model, t->file, over);
	return type.kind == MEANS_UNKNOWN;
}

static bool is_joined(const struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	facts_each_below(f, t->body, n) {
		if (is_tie(c, t, n) || (node_kind(f, n) == NODE_DEFER && tells_in_lambda(f, n)))
			return true;
		if (node_kind(f, n) == NODE_LOOP && node_has(f, n, FLAG_RANGE) && is_range_over_channel(c, t, n))
			return true;
	}
	return false;
}

/* The assignment that makes a context with a way to end it, for a name in the body of a task that its starter has bound. */
static node_id derived_outside(const struct rule_context *c, const struct task *t, node_id n)
{
	const struct facts *f = t->facts;
	struct str name = node_name(f, n);
	node_id bound = str_empty(path_parent(name)) ? model_binding(c->model, t->file, n, name) : 0;
	node_id assign = bound && bound < t->body ? f->nodes[bound].parent : 0;
	node_id call = node_kind(f, assign) == NODE_ASSIGN ? node_child(f, assign, PART_VALUE) : 0;
	const struct library_entry *entry = call ? model_role(c->model, t->file, call, ROLE_CONTEXT_DERIVED) : NULL;
	return entry && !str_empty(library_attribute(entry, "cancel")) ? assign : 0;
}

/*
 * The starter keeps the means to end the context that the task works with, or the task ends the one that the starter looks at; it is
 * no `defer cancel()`, which only tidies up.
 */
static bool shares_context(const struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	if (t->file != c->file || node_kind(f, t->body) != NODE_LAMBDA)
		return false;
	facts_each_below(f, t->body, n) {
		bool is_handed = node_kind(f, n) == NODE_NAME && f->nodes[n].part == PART_ARG;
		bool is_ended = node_kind(f, n) == NODE_CALL && node_kind(f, f->nodes[n].parent) != NODE_DEFER;
		node_id assign = is_handed || is_ended ? derived_outside(c, t, n) : 0;
		if (assign && (is_ended || model_is_ended_elsewhere(c->model, c->file, assign)))
			return true;
	}
	return false;
}

static bool calls_method_of(const struct facts *f, node_id root, struct str object)
{
	facts_each_below(f, root, n)
		if (node_kind(f, n) == NODE_CALL && str_eq(path_parent(node_name(f, n)), object))
			return true;
	return false;
}

/* go server.Serve(l), and server.GracefulStop() elsewhere in the function that starts it. */
static bool is_stopped_beside(const struct rule_context *c, const struct task *t)
{
	static const char *const verbs[] = { "Stop", "Shutdown", "GracefulStop", "Close" };
	const struct facts *f = c->facts;
	facts_each_below(f, node_ancestor(f, t->spawn, KIND(FUNCTION)), n) {
		struct str name = node_name(f, n);
		if (node_kind(f, n) != NODE_CALL || str_empty(path_parent(name)) ||
			(n > t->spawn && n < f->nodes[t->spawn].next))
			continue;
		for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
			if (str_is(path_last(name), verbs[i]) && calls_method_of(f, t->spawn, path_parent(name)))
				return true;
	}
	return false;
}

static bool has_wait_group(const struct rule_context *c, const struct task *t)
{
	facts_each_below(t->facts, t->body, n)
		if (node_kind(t->facts, n) == NODE_CALL && is_done(c, t, n))
			return true;
	return false;
}

/* ---- loops that never end ---- */

/* Does this break leave `loop`, rather than something inside it? */
static bool breaks_loop(const struct facts *f, node_id loop, node_id jump)
{
	if (!str_empty(node_name(f, jump)))
		return true; /* labelled, or a goto: taken as leaving */
	return node_ancestor(f, jump, KIND(LOOP) | KIND(SWITCH) | KIND(SELECT)) == loop;
}

static bool ends_goroutine(const struct rule_context *c, const struct task *t, node_id call)
{
	return is_type_role(c, t->file, call, ROLE_ABORT) || str_is(node_name(t->facts, call), "runtime.Goexit");
}

static bool loop_can_end(const struct rule_context *c, const struct task *t, node_id loop)
{
	const struct facts *f = t->facts;
	node_id function = node_function(f, loop);
	facts_each_below(f, loop, n) {
		if (!same_function(f, function, n))
			continue;
		enum node_kind kind = node_kind(f, n);
		if (kind == NODE_RETURN || (kind == NODE_BREAK && breaks_loop(f, loop, n)) ||
			(kind == NODE_CALL && ends_goroutine(c, t, n)))
			return true;
	}
	return false;
}

static node_id endless_loop(const struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	facts_each_below(f, t->body, n) {
		if (node_kind(f, n) != NODE_LOOP || !same_function(f, t->body, n))
			continue;
		node_id over = node_child(f, n, PART_ITER);
		bool ticking = over && is_ticker_channel(c, t, over);
		if ((ticking || node_has(f, n, FLAG_INFINITE)) && !loop_can_end(c, t, n))
			return n;
	}
	return 0;
}

/* ---- the findings ---- */

static void note_body(
	struct rule_context *c, struct finding *finding, const struct task *t, node_id at, const char *what)
{
	if (t->file != c->file || at != t->spawn)
		finding_note(c, finding, t->file, at, "%s", what);
}

/* Once the server has started, main itself waits: a process may have such a loop beside it. */
static bool in_main(const struct facts *f, node_id spawn)
{
	node_id function = node_ancestor(f, spawn, KIND(FUNCTION));
	return function && str_is(node_name(f, function), "main") && f->nodes[function].parent == 0;
}

static bool on_request_path(const struct rule_context *c, node_id spawn, node_id *function)
{
	for (*function = node_function(c->facts, spawn); *function; *function = node_function(c->facts, *function))
		if (model_reach(c->model, c->file, *function) & (uint32_t)REACH_REQUEST)
			return true;
	return false;
}

static void report_fire_and_forget(struct rule_context *c, const struct task *t, node_id function)
{
	struct finding *finding = report_at(c, t->spawn,
		"this goroutine is started while serving a request and nobody waits for it or can stop "
		"it (§16): a burst of requests leaves a crowd of them. Start it through an errgroup or "
		"a WaitGroup that shutdown waits for.");
	finding_note_request(c, finding, function);
}

static void check_lifetime(struct rule_context *c, const struct task *t)
{
	node_id function, loop;
	bool strict = rule_option_bool(c, "strict");
	if (strict && !has_wait_group(c, t)) {
		report_at(c, t->spawn, "no WaitGroup or errgroup waits for this goroutine (§16, strict).");
		return;
	}
	loop = in_main(c->facts, t->spawn) ? 0 : endless_loop(c, t);
	if (loop) {
		struct finding *finding = report_at(c, t->spawn,
			"this goroutine loops for ever and nothing can stop it (§16). Let the loop end on "
			"ctx.Done() or a closed channel, and wait for it at shutdown.");
		note_body(c, finding, t, loop, "the loop has no return, break or stop channel");
		return;
	}
	if (!is_joined(c, t) && on_request_path(c, t->spawn, &function) && !shares_context(c, t) &&
		!is_stopped_beside(c, t))
		report_fire_and_forget(c, t, function);
}

/* Does this body, and not one nested in it, call Done on the same group? */
static bool counts_itself(const struct facts *f, node_id body, struct str group)
{
	facts_each_below(f, body, n) {
		struct str name = node_name(f, n);
		if (node_kind(f, n) == NODE_CALL && str_is(path_last(name), "Done") &&
			str_eq(path_parent(name), group) && same_function(f, body, n))
			return true;
	}
	return false;
}

/* Is this call the first statement of the goroutine, which starts none itself that it could be for? */
static bool is_first_and_alone(const struct facts *f, node_id body, node_id call)
{
	node_id block = node_child(f, body, PART_BODY);
	facts_each_below(f, body, n)
		if (node_kind(f, n) == NODE_SPAWN)
			return false;
	return block && f->nodes[call].parent == block + 1;
}

/* The call moves in front of the go statement, where both see the same WaitGroup and the count is a number. */
static void offer_add_before(
	struct rule_context *c, struct finding *finding, const struct task *t, node_id call, struct str name)
{
	const struct facts *f = t->facts;
	node_id count = call_arg(f, call, 0), statement = f->nodes[call].parent;
	node_id spawn = node_ancestor(f, t->body, KIND(SPAWN)),
		wait_group = model_binding(c->model, c->file, call, path_first(name));
	if (!count || node_kind(f, count) != NODE_NUMBER || node_kind(f, statement) != NODE_EXPR || !spawn ||
		!wait_group || wait_group > t->body)
		return;
	char indent[32] = { 0 };
	uint32_t column = facts_column(f, f->nodes[spawn].start);
	for (uint32_t i = 1; i < column && i < sizeof(indent); i++)
		indent[i - 1] = '\t';
	finding_fix(c, finding, f->nodes[spawn].start, f->nodes[spawn].end, STR("go"),
		rule_text(c, "%.*s(%.*s)\n%sgo", STR_ARG(name), STR_ARG(node_name(f, count)), indent));
	finding_fix_whole(c, finding, f->nodes[statement].start, f->nodes[statement].end, name);
}

/* wg.Add(1) inside the goroutine races with the Wait that it should hold up. */
static void check_add_inside(struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	if (t->file != c->file || node_kind(f, t->body) != NODE_LAMBDA)
		return;
	facts_each_below(f, t->body, n) {
		struct str name = node_name(f, n);
		if (node_kind(f, n) != NODE_CALL || !str_is(path_last(name), "Add") || !same_function(f, t->body, n))
			continue;
		if (!str_is(model_meaning(c->model, t->file, n).name, "sync.WaitGroup.Add"))
			continue;
		if (!counts_itself(f, t->body, path_parent(name)) && !is_first_and_alone(f, t->body, n))
			continue;
		struct finding *finding = report_at(c, n,
			"%.*s inside the goroutine it counts: Wait can return before it runs (§16). Call it before the "
			"go statement.",
			STR_ARG(name));
		offer_add_before(c, finding, t, n, name);
	}
}

/* Done is called, but not deferred, and a return before it leaves Wait waiting for ever. */
static void check_done(struct rule_context *c, const struct task *t)
{
	const struct facts *f = t->facts;
	node_id block = node_child(f, t->body, PART_BODY);
	if (!block || t->file != c->file)
		return;
	facts_each_below(f, t->body, n) {
		struct str name = node_name(f, n);
		if (node_kind(f, n) != NODE_CALL || !str_is(path_last(name), "Done") || !same_function(f, t->body, n) ||
			node_kind(f, f->nodes[n].parent) != NODE_EXPR ||
			!str_is(model_meaning(c->model, t->file, n).name, "sync.WaitGroup.Done"))
			continue;
		node_id out = way_through_without(f, block, name);
		if (out && node_kind(f, out) == NODE_RETURN && out < n)
			finding_note(c,
				report_at(c, n,
					"%.*s is not reached on every way out of this goroutine: Wait waits for ever (§16). Write "
					"defer %.*s() first.",
					STR_ARG(name), STR_ARG(name)),
				c->file, out, "this return passes it by");
		return;
	}
}

/* ---- results that nobody fetches ---- */

/* The node that makes a channel without a buffer: ch := make(chan T). */
static bool makes_unbuffered(const struct facts *f, node_id statement, struct str *name)
{
	node_id target = node_child(f, statement, PART_TARGET), call = node_child(f, statement, PART_VALUE);
	node_id type = call && str_is(node_name(f, call), "make") ? call_arg(f, call, 0) : 0;
	if (node_kind(f, statement) != NODE_ASSIGN || !node_has(f, statement, FLAG_DECLARES) || !type || !target ||
		node_kind(f, type) != NODE_TYPE || !str_is(node_name(f, type), "chan") || call_arg(f, call, 1))
		return false;
	*name = node_name(f, target);
	return true;
}

/* Does the lambda send there once, and wait until somebody takes it? In a select there is another way. */
static node_id blocking_send(const struct facts *f, node_id lambda, struct str channel)
{
	facts_each_below(f, lambda, n) {
		node_id target = node_kind(f, n) == NODE_SEND ? node_child(f, n, PART_TARGET) : 0;
		if (target && str_eq(node_name(f, target), channel) && f->nodes[n].part != PART_COND &&
			same_function(f, lambda, n) && node_ancestor(f, n, KIND(LOOP)) < lambda)
			return n;
	}
	return 0;
}

/* A goroutine sends its result, and the starter returns on one way without having received it: the goroutine stays. */
static void check_unreceived(struct rule_context *c, const struct task *t)
{
	const struct facts *f = c->facts;
	node_id block = f->nodes[t->spawn].parent;
	if (t->file != c->file || node_kind(f, t->body) != NODE_LAMBDA || node_kind(f, block) != NODE_BLOCK)
		return;
	for (node_id n = block + 1; n < t->spawn; n = f->nodes[n].next) {
		struct str channel;
		node_id send = makes_unbuffered(f, n, &channel) ? blocking_send(f, t->body, channel) : 0;
		node_id out = send ? way_out_without(f, t->spawn, channel) : 0;
		if (!out || node_kind(f, out) != NODE_RETURN)
			continue;
		struct finding *finding = report_at(c, t->spawn,
			"this goroutine sends to %.*s, and nobody receives it when its starter has returned early: it waits for ever "
			"(§16). Give the channel a buffer of one: make(chan T, 1).",
			STR_ARG(channel));
		finding_note(c, finding, c->file, out, "this return leaves it behind");
		return;
	}
}

static void check_spawn(struct rule_context *c, node_id spawn)
{
	struct task task;
	if (!find_task(c, spawn, &task))
		return;
	check_add_inside(c, &task);
	check_done(c, &task);
	check_unreceived(c, &task);
	check_lifetime(c, &task);
}

/* A WaitGroup handed over by value is a copy: its Done counts nothing. */
static void check_parameter(struct rule_context *c, node_id param)
{
	const struct facts *f = c->facts;
	node_id type = node_child(f, param, PART_TYPE);
	if (!type || node_has(f, type, FLAG_POINTER) || !str_is(path_last(node_name(f, type)), "WaitGroup"))
		return;
	if (model_role(c->model, c->file, type, ROLE_WAIT_GROUP))
		report_at(c, param,
			"%.*s is a copy of the caller's WaitGroup: its Done is never seen (§16). Take *sync.WaitGroup.",
			STR_ARG(node_name(f, param)));
}

/* Is the variable a WaitGroup itself, rather than a pointer to one? */
static bool holds_wait_group(const struct rule_context *c, node_id name)
{
	const struct facts *f = c->facts;
	node_id bound = model_binding(c->model, c->file, name, node_name(f, name));
	node_id type = bound ? node_child(f, bound, PART_TYPE) : 0;
	return type && !node_has(f, type, FLAG_POINTER) && str_is(path_last(node_name(f, type)), "WaitGroup") &&
	       model_role(c->model, c->file, type, ROLE_WAIT_GROUP);
}

/* next := wg: a second group that counts for itself. */
static void check_copy(struct rule_context *c, node_id statement)
{
	const struct facts *f = c->facts;
	node_id value = node_child(f, statement, PART_VALUE);
	if (value && node_kind(f, value) == NODE_NAME && holds_wait_group(c, value))
		report_at(c, statement,
			"this copies %.*s: what is done on the copy is never seen by who waits (§16). Take its address.",
			STR_ARG(node_name(f, value)));
}

/* A group made here, fed here and never waited for in this function. */
static void check_group(struct rule_context *c, node_id variable)
{
	const struct facts *f = c->facts;
	node_id function = node_function(f, variable);
	struct str name = node_name(f, variable);
	struct type type = model_type(c->model, c->file, variable);
	if (!function || type.kind != MEANS_LIBRARY ||
		(!model_library(c->model, LANGUAGE_GO, type.name, ROLE_WAIT_GROUP) &&
			!model_library(c->model, LANGUAGE_GO, type.name, ROLE_TASK_GROUP)))
		return;
	bool fed = false;
	facts_each_below(f, function, n) {
		struct str path = node_name(f, n);
		if (!str_eq(path_first(path), name) || n == variable)
			continue;
		if (node_kind(f, n) == NODE_NAME && f->nodes[n].part != PART_TARGET)
			return; /* handed on, stored, returned: somebody else may wait */
		struct str method = path_last(path);
		if (node_kind(f, n) == NODE_CALL && (str_is(method, "Wait") || str_is(method, "Run")))
			return;
		fed |= node_kind(f, n) == NODE_CALL && (str_is(method, "Go") || str_is(method, "Add"));
	}
	if (fed)
		report_at(c, variable,
			"nobody calls %.*s.Wait: its goroutines outlive the function that started them (§16).",
			STR_ARG(name));
}

/* A group that a struct keeps, and that nobody in the package waits for. */
static void check_fields(struct rule_context *c)
{
	enum { MOST = 16 };
	struct unwaited_group found[MOST];
	for (file_id file = 0; file < model_file_count(c->model); file++) {
		struct go_unit unit;
		if (model_file(c->model, file)->language != LANGUAGE_GO || !model_go_unit(c->model, file, &unit) ||
			unit.first != file)
			continue;
		uint32_t count = model_unwaited_groups(c->model, &unit, found, MOST);
		for (uint32_t i = 0; i < count; i++) {
			const struct facts *f = &model_file(c->model, found[i].file)->facts;
			struct finding *finding = report_in(c, found[i].file, found[i].field,
				"nobody waits for %.*s: the goroutines in it outlive what started them (§16). Call its Wait where "
				"%.*s is closed or shut down.",
				STR_ARG(node_name(f, found[i].field)),
				STR_ARG(node_name(f, node_ancestor(f, found[i].field, KIND(CLASS)))));
			finding_note(c, finding, found[i].site_file, found[i].site, "here one is started in it");
		}
	}
}

static void check_node(struct rule_context *c, node_id n)
{
	const struct facts *f = c->facts;
	switch (node_kind(f, n)) {
	case NODE_SPAWN:
		check_spawn(c, n);
		break;
	case NODE_PARAM:
		check_parameter(c, n);
		break;
	case NODE_VAR:
		check_group(c, n);
		check_copy(c, n);
		break;
	case NODE_ASSIGN:
		check_copy(c, n);
		break;
	default:
		break;
	}
}

const struct rule rule_go_goroutine_join = {
	.id = "go/goroutine-join",
	.clauses = "16",
	.title = "Every goroutine is joined, or can be stopped",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(GO),
	.options = options,
	.kinds = KIND(SPAWN) | KIND(PARAM) | KIND(VAR) | KIND(ASSIGN),
	.on_node = check_node,
	.on_project = check_fields,
	.peers = "waitgroup copylocks SA2000 govet",
};
