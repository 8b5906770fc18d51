#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"also crates that no server reaches, constructors, poisoned locks, and results dropped with a comment" },
	{ 0 },
};

static bool is_strict(const struct rule_context *c)
{
	return rule_option_bool(c, "strict");
}

/* ---- where errors need no handling ---- */

/* Evaluated at compile time, or once for a static. */
static bool is_initialiser(const struct rule_context *c, node_id place)
{
	const struct facts *f = c->facts;
	for (node_id n = f->nodes[place].parent; n; n = f->nodes[n].parent) {
		enum node_kind kind = node_kind(f, n);
		if (node_has(f, n, kind == NODE_BLOCK ? FLAG_READONLY : FLAG_STATIC) &&
			(kind == NODE_VAR || kind == NODE_BLOCK))
			return true;
		if (kind == NODE_CALL && (str_is(path_last(node_name(f, n)), "get_or_init") ||
						 model_role(c->model, c->file, n, ROLE_ONCE)))
			return true;
	}
	return false;
}

static bool is_exempt(const struct rule_context *c, node_id place, node_id *function, uint32_t *reach)
{
	const struct facts *f = c->facts;
	*function = 0;
	if (node_in_test(f, place) || is_initialiser(c, place) ||
		(!is_strict(c) && !model_in_service(c->model, c->file)))
		return true;
	*reach = model_reach_at(c->model, c->file, place, function);
	if (reach_is_early(*reach) || !node_ancestor(f, place, KIND(FUNCTION)))
		return true;
	return !*reach && !is_strict(c) && model_sets_up(c->model, c->file, place);
}

static void note_reach(struct rule_context *c, struct finding *finding, node_id function)
{
	file_id file;
	node_id site;
	if (function && model_reach_evidence(c->model, c->file, function, &file, &site))
		finding_note(c, finding, file, site, "reached from here while serving");
}

/* ---- unwrap and its like ---- */

/* `a.b()`, and not `T::b(a)`. */
static bool is_method(const struct facts *f, node_id call)
{
	struct str name = node_name(f, call);
	uint32_t before = name.len - path_last(name).len;
	return node_child(f, call, PART_OBJECT) || (before && name.ptr[before - 1] == '.');
}

/* Option::unwrap(a), Result::expect(a, "…") */
static bool is_qualified(const struct facts *f, node_id call)
{
	struct str owner = path_last(path_parent(node_name(f, call)));
	return !is_method(f, call) && (str_is(owner, "Option") || str_is(owner, "Result"));
}

/* unwrap(), expect("…"): those of Option and Result, by their arguments. A parser's expect(token) is another. */
static bool is_unwrap(const struct facts *f, node_id call)
{
	struct str method = path_last(node_name(f, call));
	bool bare = str_is(method, "unwrap") || str_is(method, "unwrap_err");
	bool with_words = str_is(method, "expect") || str_is(method, "expect_err");
	if (!bare && !with_words)
		return false;
	uint32_t first = is_qualified(f, call); /* the value is an argument, too */
	if ((!first && !is_method(f, call)) || call_arg(f, call, first + with_words))
		return false;
	node_id words = call_arg(f, call, first);
	if (words && node_kind(f, words) == NODE_UNARY)
		words = node_child(f, words, PART_VALUE);
	bool is_text = words && (node_kind(f, words) == NODE_STRING ||
					(node_kind(f, words) == NODE_CALL && node_has(f, words, FLAG_MACRO)));
	return bare || is_text;
}

static bool has_constant_arguments(const struct rule_context *c, node_id call);

static bool is_constant(const struct rule_context *c, node_id value)
{
	const struct facts *f = c->facts;
	while (node_kind(f, value) == NODE_UNARY && node_child(f, value, PART_VALUE))
		value = node_child(f, value, PART_VALUE);
	enum node_kind kind = node_kind(f, value);
	if (kind == NODE_CALL && node_has(f, value, FLAG_MACRO)) /* include_str!("…"), concat!(…), env!("…") */
		return has_constant_arguments(c, value);
	if (kind != NODE_NAME)
		return kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_CONST;
	struct meaning means = model_meaning(c->model, c->file, value);
	if (means.kind != MEANS_DECLARATION)
		return means.kind == MEANS_LIBRARY;
	const struct facts *there = &model_file(c->model, means.file)->facts;
	return node_has(there, means.node, FLAG_READONLY) && node_has(there, means.node, FLAG_STATIC);
}

static bool has_constant_arguments(const struct rule_context *c, node_id call)
{
	facts_each_child(c->facts, call, argument)
		if (c->facts->nodes[argument].part == PART_ARG && !is_constant(c, argument))
			return false;
	return true;
}

/* Regex::new("…"), "127.0.0.1:0".parse(): what is made of literals alone fails always or never. */
static bool is_of_literals(const struct rule_context *c, node_id value)
{
	const struct facts *f = c->facts;
	node_id object = value;
	for (; node_kind(f, value) == NODE_CALL && has_constant_arguments(c, value); value = object) {
		object = node_child(f, value, PART_OBJECT);
		if (!object)
			return model_role(c->model, c->file, value, ROLE_OF_LITERAL) != NULL;
	}
	return node_kind(f, value) == NODE_STRING && value == object;
}

/* bytes[..8].try_into(): the sizes are known. */
static bool is_fixed_size(const struct facts *f, node_id value)
{
	node_id object = node_kind(f, value) == NODE_CALL ? node_child(f, value, PART_OBJECT) : 0;
	node_id index = object && node_kind(f, object) == NODE_INDEX ? node_child(f, object, PART_ARG) : 0;
	return index && node_kind(f, index) == NODE_RANGE && str_is(path_last(node_name(f, value)), "try_into");
}

/* A lock is poisoned, or a thread joined, when some other code has panicked already. */
static bool is_poison(const struct rule_context *c, node_id value)
{
	static const char *const methods[] = { "lock", "read", "write", "into_inner", "get_mut", "join" };
	static const char *const waits[] = { "wait", "wait_while", "wait_timeout", "wait_timeout_while" };
	const struct facts *f = c->facts;
	bool awaited = node_kind(f, value) == NODE_AWAIT;
	if (awaited)
		value = node_child(f, value, PART_VALUE);
	if (!value || node_kind(f, value) != NODE_CALL)
		return false;
	if (awaited)
		return model_role(c->model, c->file, value, ROLE_TASK_STARTER) != NULL;
	struct str method = path_last(node_name(f, value));
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (str_is(method, methods[i]) && !call_arg(f, value, 0) && is_method(f, value))
			return true;
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++)
		if (str_is(method, waits[i]))
			return true;
	return false;
}

/* write!(text, …) into a String cannot fail. */
static bool writes_text(const struct rule_context *c, node_id value)
{
	const struct facts *f = c->facts;
	if (node_kind(f, value) != NODE_CALL || !node_has(f, value, FLAG_MACRO) ||
		!str_starts(path_last(node_name(f, value)), STR("write")))
		return false;
	node_id target = call_arg(f, value, 0);
	if (target && node_kind(f, target) == NODE_UNARY)
		target = node_child(f, target, PART_VALUE);
	struct type type = target ? model_type(c->model, c->file, target) : (struct type){ .kind = MEANS_UNKNOWN };
	return type.kind == MEANS_UNKNOWN || str_is(path_last(type.name), "String");
}

/* Is a type that is written down a Result whose error does not exist? */
static bool never_fails(const struct facts *f, node_id type)
{
	uint32_t position = 0;
	if (!str_is(path_last(node_name(f, type)), "Result"))
		return false;
	facts_each_child(f, type, argument)
		if (node_kind(f, argument) == NODE_TYPE && position++ == 1)
			return str_is(node_name(f, argument), "!") ||
			       str_is(path_last(node_name(f, argument)), "Infallible");
	return false;
}

/* Result<T, Infallible>, as what is unwrapped is declared, or as the function that is called says it returns. */
static bool is_infallible(const struct rule_context *c, node_id call, node_id object)
{
	const struct facts *f = c->facts;
	if (object && node_kind(f, object) != NODE_CALL)
		return false;
	struct meaning means = object ? model_meaning(c->model, c->file, object)
				      : model_path_meaning(c->model, c->file, call, path_parent(node_name(f, call)));
	if ((means.kind != MEANS_DECLARATION && means.kind != MEANS_LOCAL) || !means.node || !str_empty(means.name))
		return false;
	const struct facts *there = &model_file(c->model, means.file)->facts;
	node_id type = node_child(there, means.node, object ? PART_RESULT : PART_TYPE);
	return type && never_fails(there, type);
}

/* What a method that only looks at an Option or Result is called on, and what is awaited; 0 for anything else. */
static node_id looked_at(const struct facts *f, node_id value)
{
	static const char *const looks[] = { "as_ref", "as_mut", "as_deref", "as_deref_mut", "ok", "clone", "cloned",
		"copied", "map_err", "context", "with_context", "ok_or", "ok_or_else", "take", "inspect_err" };
	if (node_kind(f, value) == NODE_AWAIT)
		return node_child(f, value, PART_VALUE);
	for (size_t i = 0; node_kind(f, value) == NODE_CALL && i < sizeof(looks) / sizeof(*looks); i++)
		if (str_is(path_last(node_name(f, value)), looks[i]))
			return node_child(f, value, PART_OBJECT);
	return 0;
}

/* What may fail: the last call of a chain that does something, or a place. */
struct culprit {
	struct str name; /* a path, or what is called */
	bool is_call;
};

static struct culprit culprit_of(const struct facts *f, node_id call)
{
	node_id value = is_qualified(f, call) ? call_arg(f, call, 0) : node_child(f, call, PART_OBJECT);
	if (!value)
		return (struct culprit){ path_parent(node_name(f, call)), false };
	for (node_id inner = looked_at(f, value); inner; inner = looked_at(f, value))
		value = inner;
	enum node_kind kind = node_kind(f, value);
	if (kind == NODE_NAME)
		return (struct culprit){ node_name(f, value), false };
	return kind == NODE_CALL ? (struct culprit){ path_last(node_name(f, value)), true }
				 : (struct culprit){ STR("the value"), false };
}

/* The place that is unwrapped: `a.b` of `a.b.as_ref().unwrap()`; empty when it is the value of a call. */
static struct str place_of(const struct facts *f, node_id call)
{
	node_id value = node_child(f, call, PART_OBJECT);
	for (node_id inner = value ? looked_at(f, value) : 0; inner; inner = looked_at(f, value))
		value = inner;
	if (!value)
		return path_parent(node_name(f, call));
	if (node_kind(f, value) == NODE_NAME)
		return node_name(f, value);
	struct culprit looks = culprit_of(f, call);
	bool is_look = node_kind(f, value) == NODE_CALL && !node_child(f, value, PART_OBJECT) &&
		       (str_starts(looks.name, STR("as_")) || str_is(looks.name, "clone") ||
			       str_is(looks.name, "take"));
	return is_look ? path_parent(node_name(f, value)) : STR("");
}

/* Does a condition ask about a place: `a.is_some()`, `matches!(a, Some(_))`? */
static bool asks_about(const struct facts *f, node_id condition, struct str place)
{
	for (node_id n = condition; n < f->nodes[condition].next; n++) {
		struct str name = node_name(f, n);
		bool is_method = node_kind(f, n) == NODE_CALL && str_starts(path_last(name), STR("is_"));
		bool is_matched = node_kind(f, n) == NODE_NAME && node_has(f, f->nodes[n].parent, FLAG_MACRO);
		if ((is_method && str_eq(path_parent(name), place)) || (is_matched && str_eq(name, place)))
			return true;
	}
	return false;
}

/* if a.is_some() { a.unwrap() }, a.is_some() && a.unwrap() */
static bool is_checked(const struct facts *f, node_id call)
{
	struct str place = place_of(f, call);
	if (str_empty(place))
		return false;
	for (node_id n = f->nodes[call].parent; n && node_kind(f, n) != NODE_FUNCTION; n = f->nodes[n].parent) {
		enum node_kind kind = node_kind(f, n);
		node_id asked = kind == NODE_IF ? node_child(f, n, PART_COND) : 0;
		if (kind == NODE_BINARY)
			asked = node_child(f, n, PART_LEFT);
		if (asked && asks_about(f, asked, place))
			return true;
	}
	return false;
}

/* Words by which authors say that it cannot happen. */
static bool says_invariant(const struct facts *f, node_id call)
{
	static const char *const words[] = { "unreachable", "impossible", "BUG", "bug:", "invariant", "infallible",
		"cannot fail", "can't fail", "never fail", "never happen", "can not fail", "checked above", "always",
		"must never", "cannot be", "can't be" };
	facts_each_child(f, call, argument)
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (node_kind(f, argument) == NODE_STRING &&
				str_contains(node_name(f, argument), str_from(words[i])))
				return true;
	return false;
}

static const char *consequence(uint32_t reach)
{
	if (reach & (uint32_t)REACH_REQUEST)
		return ", and the request is lost";
	return reach & (uint32_t)REACH_TASK ? ", and the task ends" : "";
}

static void check_unwrap(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id function, object = node_child(f, call, PART_OBJECT);
	uint32_t reach;
	if (is_exempt(c, call, &function, &reach) || is_checked(f, call) || is_infallible(c, call, object))
		return;
	bool is_harmless = object && (is_of_literals(c, object) || is_fixed_size(f, object) || writes_text(c, object));
	if (is_harmless || (object && !is_strict(c) && is_poison(c, object)))
		return;
	if (model_meaning(c->model, c->file, call).kind == MEANS_DECLARATION)
		return; /* a method of the project */
	struct culprit culprit = culprit_of(f, call);
	struct finding *finding = report_at(c, call,
		"%.*s() panics when %.*s%s no value%s (§14, §15). Hand the error on with ?, or handle it.",
		STR_ARG(path_last(node_name(f, call))), STR_ARG(culprit.name), culprit.is_call ? "() gives" : " holds",
		consequence(reach));
	if (says_invariant(f, call))
		finding_severity(finding, SEVERITY_NOTE);
	note_reach(c, finding, function);
}

/* ---- panic! and exit ---- */

static void check_abort(struct rule_context *c, node_id call, const struct library_entry *abort)
{
	struct str kind = library_attribute(abort, "kind"), name = path_last(abort->name);
	bool is_exit = str_is(kind, "exit"), is_macro = node_has(c->facts, call, FLAG_MACRO);
	node_id function;
	uint32_t reach;
	if (is_exempt(c, call, &function, &reach))
		return;
	struct finding *finding = report_at(c, call,
		is_exit ? "%.*s%s outside startup ends every request under way (§15). Return an error, and let main end the "
			  "process."
			: "%.*s%s outside startup takes the request or task down with it (§15). Return an error instead.",
		STR_ARG(name), is_macro ? "!" : "()");
	if (str_is(kind, "invariant") || says_invariant(c->facts, call))
		finding_severity(finding, SEVERITY_NOTE);
	note_reach(c, finding, function);
}

/* ---- results thrown away ---- */

static bool is_result(const struct rule_context *c, file_id file, node_id type)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	struct str last = path_last(node_name(f, type));
	if (!str_ends(last, STR("Result")) || str_is(node_name(f, type), "fmt::Result"))
		return false;
	struct meaning means = model_meaning(c->model, file, type);
	if (means.kind == MEANS_LIBRARY)
		return str_is(path_last(means.name), "Result") || str_is(path_last(means.name), "QueryResult");
	if (means.kind != MEANS_DECLARATION)
		return str_is(last, "Result");
	const struct facts *there = &model_file(c->model, means.file)->facts;
	node_id aliased = node_kind(there, means.node) == NODE_ALIAS ? node_child(there, means.node, PART_TYPE) : 0;
	return aliased && str_is(path_last(node_name(there, aliased)), "Result");
}

enum outcome { OUTCOME_OTHER, OUTCOME_RESULT, OUTCOME_FUTURE };

/* What a call gives, awaited or not: a Result, or a future that nobody runs. */
static enum outcome outcome_of(const struct rule_context *c, node_id call, bool awaited)
{
	struct meaning means = model_meaning(c->model, c->file, call);
	if (means.kind == MEANS_LIBRARY) {
		const struct library_entry *entry = model_library(c->model, LANGUAGE_RUST, means.name, ROLE_FALLIBLE);
		bool future = entry && str_is(library_attribute(entry, "kind"), "future");
		return entry && future == awaited ? OUTCOME_RESULT : OUTCOME_OTHER;
	}
	const struct facts *there = means.kind == MEANS_DECLARATION ? &model_file(c->model, means.file)->facts : NULL;
	if (!there || node_kind(there, means.node) != NODE_FUNCTION)
		return OUTCOME_OTHER;
	node_id result = node_child(there, means.node, PART_RESULT);
	bool async = node_has(there, means.node, FLAG_ASYNC);
	bool is_future = result && str_ends(path_last(node_name(there, result)), STR("Future"));
	if ((async || is_future) && !awaited)
		return OUTCOME_FUTURE;
	return async == awaited && result && is_result(c, means.file, result) ? OUTCOME_RESULT : OUTCOME_OTHER;
}

/* tx.send(x): that nobody receives any more is the other end's affair. What is awaited sends something further. */
static bool is_send(const struct facts *f, node_id call)
{
	struct str method = path_last(node_name(f, call));
	bool sends = str_ends(method, STR("send")) || str_starts(method, STR("send"));
	return sends && call_arg(f, call, 0) && is_method(f, call);
}

/* The call whose value is dropped, through `.await`; 0 for other values. */
static node_id dropped_call(const struct facts *f, node_id value, bool *awaited)
{
	*awaited = value && node_kind(f, value) == NODE_AWAIT;
	if (*awaited)
		value = node_child(f, value, PART_VALUE);
	return value && node_kind(f, value) == NODE_CALL && !node_has(f, value, FLAG_MACRO) ? value : 0;
}

static void check_dropped(struct rule_context *c, node_id value)
{
	const struct facts *f = c->facts;
	bool awaited;
	node_id function, call = dropped_call(f, value, &awaited);
	uint32_t reach;
	bool is_message = call && !awaited && is_send(f, call);
	enum outcome outcome = call ? outcome_of(c, call, awaited) : OUTCOME_OTHER;
	if (outcome == OUTCOME_OTHER || (is_message && outcome == OUTCOME_RESULT) ||
		is_exempt(c, value, &function, &reach) ||
		(!is_strict(c) && node_is_explained(f, f->nodes[value].parent)))
		return;
	struct str name = path_last(node_name(f, call));
	struct finding *finding = report_at(c, value,
		outcome == OUTCOME_FUTURE
			? "%.*s() is async and never awaited: it does not run (§14). Await it, or spawn it."
			: "the Result of %.*s() is thrown away: nobody learns that it failed (§14). Handle the "
			  "error, or log it with tracing.",
		STR_ARG(name));
	note_reach(c, finding, function);
}

/* save(x).ok(); */
static bool is_ok(const struct facts *f, node_id call)
{
	return node_kind(f, call) == NODE_CALL && str_is(path_last(node_name(f, call)), "ok") &&
	       !call_arg(f, call, 0) && is_method(f, call);
}

/* save(x).inspect_err(|error| warn!(…)).ok(); */
static bool is_looked_into(const struct facts *f, node_id call)
{
	struct str method = path_last(node_name(f, call));
	node_id handler = call_arg(f, call, 0);
	return handler && node_kind(f, handler) == NODE_LAMBDA &&
	       (str_is(method, "inspect_err") || str_is(method, "map_err") || str_is(method, "or_else"));
}

static void check_ok(struct rule_context *c, node_id ok)
{
	const struct facts *f = c->facts;
	node_id function, object = node_child(f, ok, PART_OBJECT);
	bool awaited;
	uint32_t reach;
	node_id call = dropped_call(f, object, &awaited);
	if (!call || is_send(f, call) || is_looked_into(f, call) ||
		model_role(c->model, c->file, call, ROLE_BEST_EFFORT))
		return;
	if (is_exempt(c, ok, &function, &reach) || is_poison(c, object) ||
		(!is_strict(c) && node_is_explained(f, f->nodes[ok].parent)))
		return;
	struct finding *finding = report_at(c, ok,
		"ok() as a statement throws away why %.*s() failed (§14). Handle the error, or log it with tracing.",
		STR_ARG(culprit_of(f, ok).name));
	note_reach(c, finding, function);
}

/* ---- nodes ---- */

static void check_statement(struct rule_context *c, node_id value)
{
	if (value && is_ok(c->facts, value))
		check_ok(c, value);
	else if (value)
		check_dropped(c, value);
}

static void check_call(struct rule_context *c, node_id call)
{
	if (is_unwrap(c->facts, call)) {
		check_unwrap(c, call);
		return;
	}
	const struct library_entry *abort = model_role(c->model, c->file, call, ROLE_ABORT);
	if (abort)
		check_abort(c, call, abort);
}

/* `let _ = f();` and `_ = f();` */
static bool is_discarded(const struct facts *f, node_id n)
{
	if (node_kind(f, n) == NODE_VAR)
		return str_is(node_name(f, n), "_") && !node_child(f, n, PART_TYPE);
	node_id target = node_child(f, n, PART_TARGET);
	return target && node_kind(f, target) == NODE_NAME && str_is(node_name(f, target), "_");
}

static void check_node(struct rule_context *c, node_id n)
{
	const struct facts *f = c->facts;
	enum node_kind kind = node_kind(f, n);
	if (kind == NODE_CALL)
		check_call(c, n);
	else if (kind == NODE_EXPR || is_discarded(f, n))
		check_statement(c, node_child(f, n, PART_VALUE));
}

const struct rule rule_rust_handle_errors = {
	.id = "rust/handle-errors",
	.clauses = "14, 15",
	.title = "Errors are handed on or handled, and nothing panics but startup",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(RUST),
	.options = options,
	.kinds = KIND(CALL) | KIND(EXPR) | KIND(VAR) | KIND(ASSIGN),
	.on_node = check_node,
	.peers =
		"clippy::unwrap_used clippy::expect_used clippy::panic clippy::todo clippy::unimplemented clippy::unreachable "
		"clippy::exit clippy::let_underscore_must_use clippy::let_underscore_future unused_must_use let_underscore_drop",
};
