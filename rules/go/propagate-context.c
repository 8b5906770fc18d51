#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"every call that has a twin with a context, every fresh context below main, and contexts kept in structs" },
	{ 0 },
};

/* One pass over a file in source order, and what it has seen so far. */
struct pass {
	struct rule_context *c;
	const struct facts *f;
	node_id ended; /* the last wait for the end: <-ctx.Done(), <-stop */
	node_id accused; /* the last function that was told to take a context */
	bool strict;
};

static const struct library_entry *role_of(const struct pass *p, node_id n, enum role role)
{
	return model_role(p->c->model, p->c->file, n, role);
}

static struct context_at_hand at_hand(const struct pass *p, node_id n)
{
	return model_context_at(p->c->model, p->c->file, n);
}

static bool is_context(const struct pass *p, node_id bound)
{
	return model_is_context(p->c->model, p->c->file, bound);
}

/* ---- what may go without ---- */

/* Does a name start with one of these words, in upper or lower case: Stop, stop, stopAll? */
static bool starts_with_any(struct str name, const char *const *words)
{
	for (; *words; words++) {
		struct str word = str_from(*words);
		if (name.len >= word.len && (name.ptr[0] | 0x20) == (word.ptr[0] | 0x20) &&
			str_starts(str_slice(name, 1, name.len), str_slice(word, 1, word.len)))
			return true;
	}
	return false;
}

/* Cleaning up needs a context of its own: the caller's may be over. */
static bool cleans_up(struct str name)
{
	static const char *const words[] = { "Shutdown", "Stop", "Close", "Flush", "Disconnect", "Rollback", "Release",
		"Unlock", "Cleanup", "Teardown", "ForceFlush", "Terminate", NULL };
	return starts_with_any(path_last(name), words);
}

static bool is_constructor(struct str name)
{
	static const char *const words[] = { "New", "Must", "Open", "Dial", "Connect", "Init", "Setup", "Start", "Run",
		"Serve", "Main", NULL };
	return starts_with_any(name, words);
}

/* `if ctx == nil`: the one place where a fresh context takes the place of none. */
static bool is_nil_guarded(const struct facts *f, node_id n)
{
	node_id at = node_ancestor(f, n, KIND(IF) | KIND(FUNCTION) | KIND(LAMBDA));
	node_id cond = node_kind(f, at) == NODE_IF ? node_child(f, at, PART_COND) : 0;
	node_id right = cond ? node_child(f, cond, PART_RIGHT) : 0;
	return right && str_is(node_name(f, cond), "==") && str_is(node_name(f, right), "nil");
}

static bool returns_context(const struct facts *f, node_id function)
{
	facts_each_child(f, function, result)
		if (f->nodes[result].part == PART_RESULT && str_is(path_last(node_name(f, result)), "Context"))
			return true;
	return false;
}

/* Does a comment beside it say that the work outlives its caller? */
static bool says_so(const struct facts *f, node_id n)
{
	static const char *const words[] = { "detach", "outliv", "independent", "decoupl", "regardless", "surviv",
		"cancelled", "canceled", "cancellation", "background", "even if", "even when", NULL };
	return comment_says(f, n, words);
}

static bool waits_for_end(const struct pass *p, node_id receive)
{
	static const char *const words[] = { "stop", "quit", "done", "exit", "shutdown", "sig", "interrupt", "term",
		"kill", "close", NULL };
	node_id channel = node_child(p->f, receive, PART_VALUE);
	return channel && starts_with_any(path_last(node_name(p->f, channel)), words);
}

/* ---- a fresh context ---- */

/* Does the call make a context of the one it is handed: context.WithTimeout, or a function of the project that returns one? */
static bool derives(const struct pass *p, node_id call)
{
	const struct model *m = p->c->model;
	struct meaning means = model_meaning(m, p->c->file, call);
	node_id function = means.kind == MEANS_DECLARATION ? model_meant_function(m, means) : 0;
	if (!function)
		return role_of(p, call, ROLE_CONTEXT_DERIVED) != NULL;
	return returns_context(&model_file(m, means.file)->facts, function);
}

enum use { USE_NONE, USE_CALL, USE_KEPT };

/* The function around, the context that could be used instead, and the first call that takes the fresh one. */
struct use_place {
	const struct context_at_hand *hand;
	node_id call;
	struct str variable; /* that holds the fresh one */
	bool is_spawned; /* it is handed to a goroutine */
};

/*
 * f(context.Background(), ctx): the call is handed both, and knows what it does; unless the fresh one has taken the other's place.
 * req.WithContext(fresh): the request gets another.
 */
static bool knows_both(const struct pass *p, node_id call, const struct use_place *place)
{
	const struct context_at_hand *hand = place->hand;
	struct str name = hand->param ? node_name(p->f, hand->param) : STR("");
	if (str_empty(name) || str_eq(name, place->variable))
		return false;
	facts_each_child(p->f, call, argument)
		if (str_empty(hand->by) && node_kind(p->f, argument) == NODE_NAME &&
			str_eq(path_first(node_name(p->f, argument)), name))
			return true;
	return str_eq(path_first(node_name(p->f, call)), name);
}

/* The outermost context that is made of this one by wrapping: WithTimeout(Background(), …). */
static node_id wrapped(const struct pass *p, node_id n, const struct use_place *place)
{
	const struct facts *f = p->f;
	for (node_id up = f->nodes[n].parent; node_kind(f, up) == NODE_CALL && call_arg(f, up, 0) == n;
		up = f->nodes[n].parent) {
		if (!derives(p, up) || knows_both(p, up, place))
			break;
		n = up;
	}
	return n;
}

static enum use use_in_call(const struct pass *p, node_id call, struct use_place *place)
{
	enum node_kind around = node_kind(p->f, p->f->nodes[call].parent);
	place->is_spawned |= around == NODE_SPAWN;
	if (around == NODE_SPAWN || around == NODE_DEFER || cleans_up(node_name(p->f, call)) ||
		knows_both(p, call, place))
		return USE_KEPT;
	if (!place->call)
		place->call = call;
	return USE_CALL;
}

/* What becomes of a context where it stands: handed to a call, or kept, cleaned up with, given to a task. */
static enum use use_of(const struct pass *p, node_id n, struct use_place *place)
{
	const struct facts *f = p->f;
	node_id up = f->nodes[n].parent;
	if (node_kind(f, up) == NODE_CALL && f->nodes[n].part == PART_ARG)
		return use_in_call(p, up, place);
	if (node_kind(f, up) == NODE_PAIR || node_kind(f, up) == NODE_RETURN || node_kind(f, up) == NODE_OBJECT)
		return USE_KEPT;
	if (node_kind(f, up) == NODE_ASSIGN && f->nodes[n].part == PART_VALUE) {
		node_id target = node_child(f, up, PART_TARGET);
		return target && !str_empty(path_parent(node_name(f, target))) ? USE_KEPT : USE_NONE;
	}
	return USE_NONE;
}

/* The same of the variable that holds it, up to the end of the function. */
static enum use use_of_variable(const struct pass *p, struct str name, node_id from, struct use_place *place)
{
	const struct facts *f = p->f;
	enum use most = USE_NONE;
	place->variable = name;
	for (node_id n = from; n < f->nodes[place->hand->function].next; n++) {
		if (node_kind(f, n) != NODE_NAME || !str_eq(node_name(f, n), name))
			continue;
		enum use use = use_of(p, wrapped(p, n, place), place);
		if (node_ancestor(f, n, KIND(SPAWN) | KIND(FUNCTION)) > from)
			use = USE_KEPT;
		if (use > most)
			most = use;
	}
	return most;
}

static enum use use_of_root(const struct pass *p, node_id root, struct use_place *place)
{
	const struct facts *f = p->f;
	node_id n = wrapped(p, root, place), up = f->nodes[n].parent;
	if (node_kind(f, up) == NODE_ASSIGN && model_is_ended_elsewhere(p->c->model, p->c->file, up))
		return USE_KEPT;
	if (node_kind(f, up) == NODE_VAR)
		return use_of_variable(p, node_name(f, up), f->nodes[up].next, place);
	enum use use = use_of(p, n, place);
	node_id target = node_kind(f, up) == NODE_ASSIGN ? node_child(f, up, PART_TARGET) : 0;
	if (use != USE_NONE || !target)
		return use;
	return use_of_variable(p, node_name(f, target), f->nodes[up].next, place);
}

/* What hands the context on: `ctx`, `r.Context()`. */
static struct str spelled(const struct pass *p, const struct context_at_hand *hand)
{
	struct str name = hand->param ? node_name(p->f, hand->param) : STR("ctx");
	return str_empty(hand->by) ? name : rule_text(p->c, "%.*s.%.*s", STR_ARG(name), STR_ARG(hand->by));
}

/* Does the file use the package beside such calls? An import that nothing uses is an error to Go. */
static bool import_stays(const struct pass *p, node_id call)
{
	static const uint64_t uses = KIND(CALL) | KIND(MEMBER) | KIND(NAME) | KIND(TYPE);
	const struct facts *f = p->f;
	struct str package = path_first(node_name(f, call));
	for (node_id n = 1; n < f->node_count; n++)
		if (uses >> node_kind(f, n) & 1 && str_eq(path_first(node_name(f, n)), package) &&
			!model_role(p->c->model, p->c->file, n, ROLE_CONTEXT_ROOT))
			return true;
	return false;
}

static void report_dropped(const struct pass *p, node_id call, const struct context_at_hand *hand)
{
	struct finding *finding = report_at(p->c, call,
		"%.*s cuts this work off from its caller, though %.*s is at hand: no time-out, no cancellation reaches it "
		"(§17). Hand on %.*s.",
		STR_ARG(node_name(p->f, call)), STR_ARG(node_name(p->f, hand->param)), STR_ARG(spelled(p, hand)));
	finding_note(p->c, finding, p->c->file, hand->param, "this one");
	if (!import_stays(p, call))
		return;
	finding_fix(p->c, finding, p->f->nodes[call].start, p->f->nodes[call].end,
		rule_text(p->c, "%.*s()", STR_ARG(node_name(p->f, call))), spelled(p, hand));
	finding_fix_is_unsafe(finding);
}

static void report_detached(const struct pass *p, node_id call, const struct context_at_hand *hand)
{
	finding_severity(
		report_at(p->c, call,
			"this goroutine drops %.*s with all it carries (§17). If it shall outlive its caller, say so: "
			"context.WithoutCancel(%.*s), with a time-out of its own.",
			STR_ARG(node_name(p->f, hand->param)), STR_ARG(spelled(p, hand))),
		SEVERITY_WARNING);
}

/* ---- a function that should take a context ---- */

/* Has the type, or the file, a function that is called the same and takes a context: SelectContext beside Select? */
static bool has_twin(const struct facts *f, node_id function)
{
	struct str name = node_name(f, function);
	facts_each_child(f, 0, other) {
		struct str longer = node_name(f, other);
		if (node_kind(f, other) == NODE_FUNCTION && longer.len > name.len && str_starts(longer, name) &&
			(str_ends(longer, STR("Context")) || str_ends(longer, STR("Ctx"))))
			return true;
	}
	return false;
}

static bool takes_context(const struct pass *p, node_id function)
{
	node_id first = node_child(p->f, function, PART_PARAM);
	return first && is_context(p, first);
}

/* A function without a context does what needs one: once a function. */
static void accuse_function(struct pass *p, const struct context_at_hand *hand, node_id call)
{
	const struct facts *f = p->f;
	node_id function = hand->function, site = 0;
	struct str name = node_name(f, function);
	file_id file = NO_FILE;
	if (p->accused == function || hand->in_main || returns_context(p->f, function) || cleans_up(name) ||
		is_constructor(name) || has_twin(f, function) ||
		!model_should_take_context(p->c->model, p->c->file, function, &file, &site))
		return;
	p->accused = function;
	const char *what = takes_context(p, function) ? "throws its context away" : "takes no context";
	struct finding *finding = report_at(p->c, function,
		"%.*s waits for something outside and %s: its caller can neither time it out nor cancel it (§17). "
		"Let it take ctx context.Context first and hand it on.",
		STR_ARG(name), what);
	finding_severity(finding, SEVERITY_WARNING);
	finding_note(p->c, finding, p->c->file, call, "%.*s goes without", STR_ARG(node_name(f, call)));
	if (site)
		finding_note(p->c, finding, file, site, "a request comes in here");
}

/* context.TODO says itself that a context is missing. */
static void report_todo(const struct pass *p, node_id call, node_id function)
{
	if (model_reach(p->c->model, p->c->file, function) == REACH_STARTUP)
		return;
	finding_severity(
		report_at(p->c, call,
			"%.*s stands where a context is missing (§17). Let the function take ctx context.Context first and hand it on.",
			STR_ARG(node_name(p->f, call))),
		SEVERITY_WARNING);
}

static void check_root(struct pass *p, node_id call, const struct library_entry *root)
{
	struct context_at_hand hand = at_hand(p, call);
	struct use_place place = { .hand = &hand };
	bool todo = str_is(library_attribute(root, "kind"), "todo");
	if (!hand.function || (hand.in_main && !p->strict) || p->ended > hand.function ||
		hand.when == CONTEXT_DEFERRED || is_nil_guarded(p->f, call) || returns_context(p->f, hand.function) ||
		(!p->strict && says_so(p->f, call)))
		return;
	enum use use = use_of_root(p, call, &place);
	if (hand.param && (hand.when == CONTEXT_SPAWNED || (hand.when == CONTEXT_HERE && place.is_spawned)))
		report_detached(p, call, &hand);
	else if (todo && !hand.param && use == USE_CALL)
		report_todo(p, call, hand.function);
	else if (use == USE_CALL && hand.when == CONTEXT_HERE && hand.param)
		report_dropped(p, call, &hand);
	else if (use == USE_CALL && hand.when == CONTEXT_HERE &&
		 (p->strict || model_leaves_process(p->c->model, p->c->file, place.call)))
		accuse_function(p, &hand, call);
}

/* ---- a call whose twin takes a context ---- */

/* What a call's result is bound to; "" when it is handed on. */
static struct str result_name(const struct facts *f, node_id call)
{
	node_id up = f->nodes[call].parent;
	node_id target = node_kind(f, up) == NODE_ASSIGN ? node_child(f, up, PART_TARGET) : 0;
	return target ? node_name(f, target) : node_kind(f, up) == NODE_VAR ? node_name(f, up) : STR("");
}

/* Is one of these methods called on the result: req.WithContext(ctx), cmd.Start()? */
static bool result_meets(const struct pass *p, node_id call, struct str methods, node_id function)
{
	const struct facts *f = p->f;
	struct str name = result_name(f, call);
	for (node_id n = call; name.len && n < f->nodes[function].next; n++)
		if (node_kind(f, n) == NODE_CALL && str_eq(path_parent(node_name(f, n)), name) &&
			str_has_word(methods, path_last(node_name(f, n))))
			return true;
	return false;
}

/* `s.db.Create(…)` on a handle in a field: nobody has given it a context on the way. A type that takes one itself might have. */
static bool receiver_goes_without(const struct pass *p, node_id call, struct str carrier)
{
	struct str receiver = path_parent(node_name(p->f, call));
	if (node_child(p->f, call, PART_OBJECT) || str_empty(path_parent(receiver)))
		return false;
	struct meaning means = model_path_meaning(p->c->model, p->c->file, call, receiver);
	if (means.kind != MEANS_DECLARATION)
		return false;
	const struct facts *there = &model_file(p->c->model, means.file)->facts;
	file_id file;
	node_id member, holder = there->nodes[means.node].parent;
	return node_kind(there, means.node) == NODE_FIELD && node_kind(there, holder) == NODE_CLASS &&
	       !class_member(
		       p->c->model, means.file, holder, str_slice(carrier, 0, str_find(carrier, ' ')), &file, &member);
}

static bool gets_context(
	const struct pass *p, node_id call, const struct library_entry *twin, const struct context_at_hand *hand)
{
	struct str carrier = library_attribute(twin, "carrier");
	if (str_is(library_attribute(twin, "kind"), "process")) /* one that is not waited for lives on */
		return result_meets(p, call, STR("Start"), hand->function) &&
		       !result_meets(p, call, STR("Wait"), hand->function);
	if (str_empty(carrier))
		return false;
	if (str_is(library_attribute(twin, "kind"), "request"))
		return result_meets(p, call, carrier, hand->function) || str_empty(result_name(p->f, call));
	return !receiver_goes_without(p, call, carrier);
}

/* `http.NewRequest(m` becomes `http.NewRequestWithContext(ctx, m`, where the twin takes the same with a context before it. */
static void offer_twin(const struct pass *p, struct finding *finding, node_id call, struct str twin,
	const struct context_at_hand *hand)
{
	const struct facts *f = p->f;
	struct str name = path_last(node_name(f, call));
	uint32_t start = f->nodes[call].start + node_name(f, call).len - name.len;
	struct str old = rule_text(p->c, "%.*s(", STR_ARG(name));
	struct str text = rule_text(
		p->c, "%.*s(%.*s%s", STR_ARG(twin), STR_ARG(spelled(p, hand)), call_arg(f, call, 0) ? ", " : "");
	if (!node_child(f, call, PART_OBJECT))
		finding_fix(p->c, finding, start, f->nodes[call].end, old, text);
	finding_fix_is_unsafe(finding); /* it ends with its caller now, a process in the middle of its work */
}

/* The twin's name: `*` stands for the name of what is called. */
static void report_twin(
	const struct pass *p, node_id call, const struct library_entry *twin, const struct context_at_hand *hand)
{
	struct str instead = library_attribute(twin, "instead"), name = path_last(node_name(p->f, call));
	uint32_t star = str_find(instead, '*');
	if (star != UINT32_MAX)
		instead = rule_text(p->c, "%.*s%.*s%.*s", (int)star, instead.ptr, STR_ARG(name),
			STR_ARG(str_slice(instead, star + 1, instead.len)));
	struct finding *finding = report_at(p->c, call,
		"%.*s takes no context%s: it waits on when nobody wants the answer any more (§17). Use %.*s with %.*s.",
		STR_ARG(node_name(p->f, call)), hand->param ? ", though one is at hand" : "", STR_ARG(instead),
		STR_ARG(spelled(p, hand)));
	if (!hand->param)
		return;
	finding_note(p->c, finding, p->c->file, hand->param, "this one");
	if (hand->when == CONTEXT_HERE && !str_empty(library_attribute(twin, "adds")))
		offer_twin(p, finding, call, instead, hand);
}

static void check_twin(struct pass *p, node_id call, const struct library_entry *twin)
{
	struct context_at_hand hand = at_hand(p, call);
	if (p->strict) {
		report_twin(p, call, twin, &hand);
		return;
	}
	if (!hand.function || hand.when != CONTEXT_HERE || p->ended > hand.function ||
		cleans_up(node_name(p->f, call)) || str_is(library_attribute(twin, "kind"), "local") ||
		gets_context(p, call, twin, &hand))
		return;
	if (!hand.param)
		accuse_function(p, &hand, call);
	else if (!says_so(p->f, call))
		report_twin(p, call, twin, &hand);
}

static void check_call(struct pass *p, node_id call)
{
	const struct library_entry *entry = role_of(p, call, ROLE_CONTEXT_ROOT);
	if (entry)
		check_root(p, call, entry);
	else if ((entry = role_of(p, call, ROLE_CONTEXT_LESS)))
		check_twin(p, call, entry);
}

/* ---- the rest ---- */

/* ctx = context.WithValue(ctx, …) in a loop: each round wraps the one before. */
static void check_wrapped_in_loop(struct pass *p, node_id assign, node_id call)
{
	const struct facts *f = p->f;
	node_id target = node_child(f, assign, PART_TARGET), first = call_arg(f, call, 0);
	node_id loop = node_ancestor(f, assign, KIND(LOOP) | KIND(LAMBDA) | KIND(FUNCTION));
	if (node_has(f, assign, FLAG_DECLARES) || !first || node_kind(f, loop) != NODE_LOOP)
		return;
	struct str name = node_name(f, target);
	node_id bound = model_binding(p->c->model, p->c->file, assign, path_first(name));
	if (!str_eq(node_name(f, first), name) || !bound || (bound > loop && bound < f->nodes[loop].next))
		return;
	report_at(p->c, assign,
		"each round wraps %.*s once more: the chain grows, and nothing of it is let go before the loop ends (§17). "
		"Declare a new one in the loop, with :=.",
		STR_ARG(name));
}

static void report_lost(const struct pass *p, node_id assign, struct str name, node_id end)
{
	struct finding *finding = report_at(p->c, assign,
		"%.*s is not called on every way out: the context stays until its parent ends (§17). Write defer %.*s() in the next "
		"line.",
		STR_ARG(name), STR_ARG(name));
	if (node_kind(p->f, end) != NODE_BLOCK)
		finding_note(p->c, finding, p->c->file, end, "here it is left without");
}

static void check_cancel(struct pass *p, node_id assign, node_id call)
{
	const struct facts *f = p->f;
	node_id target = node_child(f, assign, PART_TARGET);
	node_id cancel = target ? f->nodes[target].next : 0;
	if (!cancel || f->nodes[cancel].part != PART_TARGET || node_kind(f, cancel) != NODE_NAME)
		return;
	struct str name = node_name(f, cancel);
	bool is_thrown = str_is(name, "_");
	node_id end = is_thrown || !is_declared_beside(f, assign, name) ? 0 : way_out_without(f, assign, name);
	if ((!end && !is_thrown) || at_hand(p, assign).in_main)
		return;
	if (end)
		report_lost(p, assign, name, end);
	else
		report_at(p->c, assign,
			"%.*s gives the only way to end this context, and it is thrown away (§17). Keep it, and write "
			"defer cancel() in the next line.",
			STR_ARG(node_name(f, call)));
}

static void check_assign(struct pass *p, node_id assign)
{
	node_id call = node_child(p->f, assign, PART_VALUE);
	const struct library_entry *derived = call && node_kind(p->f, call) == NODE_CALL
						      ? role_of(p, call, ROLE_CONTEXT_DERIVED)
						      : NULL;
	if (!derived)
		return;
	check_wrapped_in_loop(p, assign, call);
	if (!str_empty(library_attribute(derived, "cancel")))
		check_cancel(p, assign, call);
}

/* A context stands first. What a test or a library's type comes before is its own business. */
static void check_order(struct pass *p, node_id function)
{
	const struct facts *f = p->f;
	node_id first = node_child(f, function, PART_PARAM);
	if (!first)
		return;
	for (node_id param = f->nodes[first].next; param < f->nodes[function].next; param = f->nodes[param].next) {
		if (f->nodes[param].part != PART_PARAM)
			return;
		if (!is_context(p, param) || is_context(p, first))
			continue;
		struct finding *finding = report_at(p->c, param,
			"%.*s takes its context behind other parameters (§17). ctx context.Context stands first.",
			STR_ARG(node_name(f, function)));
		finding_severity(finding, SEVERITY_WARNING);
		return;
	}
}

static void check_field(const struct pass *p, node_id field)
{
	if (!is_context(p, field))
		return;
	finding_severity(
		report_at(p->c, field,
			"%.*s keeps a context: whose time-out it has, no caller can tell (§17, strict). Let the methods take ctx "
			"context.Context.",
			STR_ARG(node_name(p->f, node_ancestor(p->f, field, KIND(CLASS))))),
		SEVERITY_WARNING);
}

static void check_file(struct rule_context *c)
{
	struct pass p = { .c = c, .f = c->facts, .strict = rule_option_bool(c, "strict") };
	for (node_id n = 1; n < p.f->node_count; n++) {
		switch (node_kind(p.f, n)) {
		case NODE_CALL:
			check_call(&p, n);
			break;
		case NODE_RECEIVE:
			p.ended = waits_for_end(&p, n) ? n : p.ended;
			break;
		case NODE_ASSIGN:
			check_assign(&p, n);
			break;
		case NODE_FUNCTION:
			check_order(&p, n);
			break;
		case NODE_FIELD:
			if (p.strict)
				check_field(&p, n);
			break;
		default:
			break;
		}
	}
}

const struct rule rule_go_propagate_context = {
	.id = "go/propagate-context",
	.clauses = "17",
	.title = "The caller's context goes through every call",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(GO),
	.options = options,
	.on_file = check_file,
	.peers = "contextcheck noctx lostcancel fatcontext containedctx govet",
};
