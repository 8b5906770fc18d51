#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also crates that no server reaches, and functions that set up" },
	{ "files", OPTION_BOOL, "true", "also blocking access to local files" },
	{ 0 },
};

/* ---- where nothing else waits ---- */

/* Code of tests, of what is no server, and what runs before it serves. */
static bool is_exempt(const struct rule_context *c, node_id place)
{
	node_id function;
	bool strict = rule_option_bool(c, "strict");
	if (node_in_test(c->facts, place) || (!strict && !model_in_service(c->model, c->file)))
		return true;
	uint32_t reach = model_reach_at(c->model, c->file, place, &function);
	bool starts = function && model_starts_server(c->model, c->file, function);
	if (starts && !strict && !(reach & (uint32_t)REACH_REQUEST))
		return true;
	return reach_is_early(reach) || (!reach && !strict && model_sets_up(c->model, c->file, place));
}

/* The async function, closure or block that runs a place; 0 when it is a synchronous one. */
static node_id async_executor(const struct facts *f, node_id place)
{
	node_id executor = node_executor(f, place);
	return executor && node_has(f, executor, FLAG_ASYNC) ? executor : 0;
}

/* The name of the function around a place, and how the place belongs to it. */
static struct str function_around(const struct facts *f, node_id place)
{
	node_id function = node_ancestor(f, place, KIND(FUNCTION));
	return function ? node_name(f, function) : STR("an async block");
}

/* ---- calls that block ---- */

static bool is_kind(const struct library_entry *entry, const char *kind)
{
	return str_is(library_attribute(entry, "kind"), kind);
}

static bool is_left_alone(const struct rule_context *c, const struct library_entry *entry)
{
	return (is_kind(entry, "file") || is_kind(entry, "look")) && !rule_option_bool(c, "files");
}

static const char *what_waits(const struct library_entry *entry)
{
	if (is_kind(entry, "runtime"))
		return "it panics, or every other task on this thread waits (§19)";
	return is_kind(entry, "cpu") ? "every other task on this thread waits while it computes (§20)"
				     : "every other task on this thread waits (§19)";
}

static struct finding *report_blocking(
	struct rule_context *c, node_id call, struct str name, const struct library_entry *entry)
{
	struct str instead = library_attribute(entry, "instead");
	bool offloads = str_is(path_last(instead), "spawn_blocking");
	struct finding *finding = report_at(c, call, "%.*s blocks inside async %.*s: %s. Use %.*s%s.", STR_ARG(name),
		STR_ARG(function_around(c->facts, call)), what_waits(entry), STR_ARG(instead),
		offloads || is_kind(entry, "runtime") ? "" : ", or tokio::task::spawn_blocking");
	if (is_kind(entry, "cpu") || is_kind(entry, "look"))
		finding_severity(finding, SEVERITY_WARNING);
	return finding;
}

/* users.load(connection), where the connection is a blocking one. */
static const struct library_entry *query_of(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id connection = call_arg(f, call, 0);
	if (!connection || call_arg(f, call, 1) ||
		!model_library_word(c->model, LANGUAGE_RUST, path_last(node_name(f, call)), ROLE_BLOCKING_IO))
		return NULL;
	while (node_kind(f, connection) == NODE_UNARY && node_child(f, connection, PART_VALUE))
		connection = node_child(f, connection, PART_VALUE);
	struct type type = model_type(c->model, c->file, connection);
	return type.kind == MEANS_LIBRARY ? model_library(c->model, LANGUAGE_RUST, type.name, ROLE_BLOCKING_HANDLE)
					  : NULL;
}

/* A function of the project that blocks, a few calls on. */
static void check_helper(struct rule_context *c, node_id call)
{
	enum { MOST_STEPS = 4 };
	struct trail trail;
	uint32_t count = model_trail_of(c->model, c->file, call, ROLE_BLOCKING_IO, &trail);
	if (!count || count > MOST_STEPS)
		return;
	struct trail_step end = trail.steps[count - 1];
	const struct library_entry *entry = model_role(c->model, end.file, end.call, ROLE_BLOCKING_IO);
	if (is_left_alone(c, entry) || is_exempt(c, call))
		return;
	struct finding *finding = report_blocking(c, call, node_name(c->facts, call), entry);
	for (uint32_t i = 0; i < count; i++)
		finding_note(c, finding, trail.steps[i].file, trail.steps[i].call,
			i + 1 < count ? "which calls this" : "which blocks here: %.*s", STR_ARG(entry->name));
}

static void check_call(struct rule_context *c, node_id call)
{
	if (node_is_awaited(c->facts, call) || !async_executor(c->facts, call))
		return;
	struct meaning means = model_meaning(c->model, c->file, call);
	if (means.kind == MEANS_DECLARATION) {
		check_helper(c, call);
		return;
	}
	const struct library_entry *entry = model_role(c->model, c->file, call, ROLE_BLOCKING_IO);
	const struct library_entry *handle = entry ? NULL : query_of(c, call);
	if (handle && !is_exempt(c, call))
		report_at(c, call,
			"%.*s on a %.*s blocks inside async %.*s: every other task on this thread waits (§19). Use %.*s, or "
			"tokio::task::spawn_blocking.",
			STR_ARG(path_last(node_name(c->facts, call))), STR_ARG(handle->name),
			STR_ARG(function_around(c->facts, call)), STR_ARG(library_attribute(handle, "instead")));
	if (entry && !is_left_alone(c, entry) && !is_exempt(c, call))
		report_blocking(c, call, entry->name, entry);
}

/* ---- guards that are held across an await ---- */

/* lock(), read() and write() of a lock; what is awaited, or has arguments, is something else. */
static bool is_lock_call(const struct facts *f, node_id n)
{
	struct str method = path_last(node_name(f, n));
	return node_kind(f, n) == NODE_CALL && !call_arg(f, n, 0) && !node_is_awaited(f, n) &&
	       (str_is(method, "lock") || str_is(method, "read") || str_is(method, "write"));
}

/* Is the declaration of a name a lock of threads, by its type or by how it is made? */
static bool is_thread_lock(const struct rule_context *c, file_id file, node_id declaration)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	facts_each_below(f, declaration, n) {
		enum node_kind kind = node_kind(f, n);
		if (kind != NODE_TYPE && kind != NODE_CALL)
			continue;
		struct str last = path_last(kind == NODE_CALL ? path_parent(node_name(f, n)) : node_name(f, n));
		if (!model_library_word(c->model, LANGUAGE_RUST, last, ROLE_THREAD_LOCK))
			continue;
		struct meaning means = model_meaning(c->model, file, n);
		struct str name = kind == NODE_CALL ? path_parent(means.name) : means.name;
		return means.kind == MEANS_LIBRARY &&
		       model_library(c->model, LANGUAGE_RUST, name, ROLE_THREAD_LOCK) != NULL;
	}
	return false;
}

/* self.cache.lock(), lock(): of what is declared to be a lock of threads. */
static bool locks_thread(const struct rule_context *c, node_id lock)
{
	const struct facts *f = c->facts;
	struct str place = path_parent(node_name(f, lock));
	if (node_child(f, lock, PART_OBJECT) || str_empty(place))
		return false;
	struct meaning means = model_path_meaning(c->model, c->file, lock, place);
	bool declared = means.kind == MEANS_LOCAL || means.kind == MEANS_DECLARATION;
	return declared && means.node && str_empty(means.name) && is_thread_lock(c, means.file, means.node);
}

/* Is the value of a lock's call a guard: lock().unwrap() of the standard library, or lock() of a lock that is known? */
static bool is_guard(const struct rule_context *c, node_id lock)
{
	const struct facts *f = c->facts;
	node_id around = f->nodes[lock].parent;
	struct str method = node_kind(f, around) == NODE_CALL ? path_last(node_name(f, around)) : STR("");
	bool unwrapped = f->nodes[lock].part == PART_OBJECT && (str_is(method, "unwrap") || str_is(method, "expect"));
	bool is_own = model_meaning(c->model, c->file, lock).kind == MEANS_DECLARATION;
	if (unwrapped && str_is(path_last(node_name(f, lock)), "lock"))
		return !is_own;
	return locks_thread(c, lock);
}

/* The first await in `from`…`end` that the same function waits for, before the guard is dropped; or 0. */
static node_id await_between(const struct facts *f, node_id from, node_id end, node_id context, struct str guard)
{
	for (node_id n = from; n < end; n++) {
		node_id dropped = node_kind(f, n) == NODE_CALL && str_is(path_last(node_name(f, n)), "drop")
					  ? call_arg(f, n, 0)
					  : 0;
		if (dropped && guard.len && str_eq(node_name(f, dropped), guard))
			return 0;
		if (node_kind(f, n) == NODE_AWAIT && node_executor(f, n) == context)
			return n;
	}
	return 0;
}

/* Where a temporary of this expression lives: a match, an if let, a loop over it; 0 for any other statement. */
static node_id lives_through(const struct facts *f, node_id value)
{
	for (node_id n = value; n; n = f->nodes[n].parent) {
		node_id around = f->nodes[n].parent;
		enum node_kind kind = node_kind(f, around);
		if ((kind == NODE_SWITCH && f->nodes[n].part == PART_COND) ||
			(kind == NODE_LOOP && f->nodes[n].part == PART_ITER))
			return around;
		if (kind == NODE_ASSIGN && f->nodes[around].part == PART_COND)
			return f->nodes[around].parent;
		bool is_value = (KIND(CALL) | KIND(MEMBER) | KIND(UNARY) | KIND(INDEX) | KIND(UNWRAP) | KIND(CAST)) >>
					kind &
				1;
		if (!is_value)
			break;
	}
	return 0;
}

static void report_guard(struct rule_context *c, node_id at, node_id lock, node_id await)
{
	struct str place = path_parent(node_name(c->facts, lock));
	struct finding *finding = report_at(c, at,
		"the guard of %.*s is held across an await in %.*s: whoever locks it meanwhile blocks a thread of the runtime, "
		"and may be what the await waits for (§19). End its scope first, or use tokio::sync.",
		STR_ARG(str_empty(place) ? STR("this lock") : place), STR_ARG(function_around(c->facts, at)));
	finding_note(c, finding, c->file, await, "held here");
}

static void check_guard(struct rule_context *c, node_id lock)
{
	const struct facts *f = c->facts;
	node_id context = async_executor(f, lock);
	if (!context || !is_guard(c, lock))
		return;
	static const char *const handling[] = { "unwrap", "expect", "unwrap_or_else", NULL }; /* of a poisoned lock */
	node_id value = node_chained(f, lock, handling), around = f->nodes[value].parent, at = lock, await = 0;
	bool is_kept = node_kind(f, around) == NODE_VAR && !str_is(node_name(f, around), "_");
	node_id through = is_kept ? 0 : lives_through(f, value);
	if (is_kept) {
		node_id scope = f->nodes[around].parent;
		at = around;
		await = await_between(f, f->nodes[around].next, f->nodes[scope].next, context, node_name(f, around));
	} else if (through) {
		await = await_between(f, f->nodes[value].next, f->nodes[through].next, context, STR(""));
	}
	if (await && !is_exempt(c, lock))
		report_guard(c, at, lock, await);
}

static void check_node(struct rule_context *c, node_id call)
{
	if (is_lock_call(c->facts, call))
		check_guard(c, call);
	else
		check_call(c, call);
}

const struct rule rule_rust_async_blocking = {
	.id = "rust/async-blocking",
	.clauses = "19, 20",
	.title = "Async code neither blocks its thread nor holds a lock while it waits",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(RUST),
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_node,
	.peers = "clippy::await_holding_lock await_holding_lock clippy::disallowed_methods",
};
