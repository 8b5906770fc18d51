#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"also constructors, invariants, goroutines of the start, and what nobody is seen to call" },
	{ 0 },
};

/* Words by which authors say that a line cannot be reached. */
static const char *const invariants[] = { "unreachable", "unexpected", "impossible", "never happen",
	"should not happen", "not reached", "BUG", "invariant", "should never", "cannot happen", "can't happen",
	"programming error", "not implemented", "unimplemented", "not supported", "unsupported" };

static bool says_invariant(const struct facts *f, node_id call)
{
	facts_each_below(f, call, n) {
		if (node_kind(f, n) != NODE_STRING)
			continue;
		for (size_t i = 0; i < sizeof(invariants) / sizeof(*invariants); i++)
			if (str_contains(node_name(f, n), str_from(invariants[i])))
				return true;
	}
	node_id around = node_ancestor(f, call, KIND(CASE) | KIND(FUNCTION) | KIND(LAMBDA));
	return node_kind(f, around) == NODE_CASE && node_has(f, around, FLAG_DEFAULT);
}

static bool calls_recover(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_CALL && str_is(node_name(f, n), "recover"))
			return true;
	return false;
}

/* panic(err) behind recover() hands on what was caught. */
static bool panics_again(const struct facts *f, node_id call)
{
	node_id function = node_function(f, call);
	return function && calls_recover(f, function);
}

/* panic(parseError{…}) caught by a recover in the same file: control flow inside one package. */
static bool is_control_flow(const struct facts *f, node_id call)
{
	node_id value = call_arg(f, call, 0);
	if (value && node_kind(f, value) == NODE_UNARY)
		value = node_child(f, value, PART_VALUE);
	return value && node_kind(f, value) == NODE_OBJECT && calls_recover(f, 0);
}

/* Ends one request quietly; net/http documents it. */
static bool aborts_handler(const struct rule_context *c, node_id call)
{
	node_id value = call_arg(c->facts, call, 0);
	if (!value || node_kind(c->facts, value) != NODE_NAME)
		return false;
	return str_is(model_meaning(c->model, c->file, value).name, "net/http.ErrAbortHandler");
}

static bool is_upper(struct str name, uint32_t at)
{
	return at < name.len && name.ptr[at] >= 'A' && name.ptr[at] <= 'Z';
}

/* MustNot is a query's part, as Must and Should are, and no demand on an argument. */
static bool is_must(struct str name)
{
	if (str_is(name, "MustNot"))
		return false;
	return (str_starts(name, STR("Must")) || str_starts(name, STR("must"))) && (name.len == 4 || is_upper(name, 4));
}

/* The declared function that a place is in, through lambdas. */
static node_id named_function(const struct facts *f, node_id n)
{
	return node_ancestor(f, n, KIND(FUNCTION));
}

/* Builds something, or an option of it, before anything is served, unless it is seen to be called later. */
static bool is_constructor(const struct facts *f, node_id n)
{
	node_id function = named_function(f, n);
	struct str name = function ? node_name(f, function) : STR("");
	return is_must(name) || str_starts(name, STR("New")) || str_starts(name, STR("new")) ||
	       str_starts(name, STR("With"));
}

/* How the innermost function around a place is reached; a lambda that nothing is known of counts as its function. */
static uint32_t reach_of(const struct rule_context *c, node_id n, node_id *function)
{
	uint32_t reach = 0;
	for (*function = node_function(c->facts, n); *function; *function = node_function(c->facts, *function)) {
		reach = model_reach(c->model, c->file, *function);
		if (reach || node_kind(c->facts, *function) == NODE_FUNCTION)
			break;
	}
	return reach;
}

/* Does a place stand in a loop of its function? */
static bool is_repeated(const struct facts *f, node_id n)
{
	return node_kind(f, node_ancestor(f, n, KIND(LOOP) | KIND(FUNCTION) | KIND(LAMBDA))) == NODE_LOOP;
}

/* `routes.Search(find)`: handed to something that may call it again and again, unless it is what starts it. */
static bool is_called_back(const struct rule_context *c, file_id file, node_id site)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	return node_kind(f, site) == NODE_NAME && f->nodes[site].part == PART_ARG &&
	       !model_role(c->model, file, f->nodes[site].parent, ROLE_TASK_STARTER);
}

/*
 * `go serve()` in main: a goroutine of the start that says once that it cannot do its work is a part of the start. One that works in a
 * loop is not, nor is one that a request starts, or that is started again and again.
 */
static bool continues_startup(const struct rule_context *c, node_id site, node_id function)
{
	enum { FAR = 32 };
	file_id file = c->file;
	for (int steps = 0; function && steps < FAR; steps++) {
		const struct facts *f = &model_file(c->model, file)->facts;
		uint32_t reach = model_reach(c->model, file, function);
		if (reach == REACH_STARTUP)
			return true;
		if (reach & ~(uint32_t)(REACH_STARTUP | REACH_TASK) || is_repeated(f, site))
			return false;
		if (!reach)
			site = function; /* a lambda is a part of its function, as far as is known */
		else if (!model_reach_evidence(c->model, file, function, &file, &site) || is_called_back(c, file, site))
			return false;
		function = node_function(&model_file(c->model, file)->facts, site);
	}
	return !function;
}

/* Code of a request: a function of nothing more is known, but that it is a part of what serves. */
static bool is_serving_code(const struct rule_context *c, node_id function)
{
	enum layer layer = model_layer_of(c->model, c->file, function).layer;
	return layer == LAYER_CONTROLLER || layer == LAYER_SERVICE || layer == LAYER_REPOSITORY;
}

/* `func (l *Logger) Panicf`: it does what it is called. */
static bool says_by_name(struct str name)
{
	return str_starts(name, STR("Panic")) || str_starts(name, STR("panic")) || str_starts(name, STR("Fatal"));
}

static struct finding *report_abort(struct rule_context *c, node_id call, bool is_panic)
{
	const struct facts *f = c->facts;
	struct finding *finding = report_at(c, call,
		"%.*s calls %.*s outside startup: one bad request takes the whole process down (§15). "
		"Return an error instead.",
		STR_ARG(node_name(f, named_function(f, call))), STR_ARG(node_name(f, call)));
	if (is_panic && !rule_option_bool(c, "strict") && says_invariant(f, call))
		finding_severity(finding, SEVERITY_NOTE);
	return finding;
}

static void note_reach(struct rule_context *c, struct finding *finding, node_id function)
{
	file_id file;
	node_id site;
	if (model_reach_evidence(c->model, c->file, function, &file, &site))
		finding_note(c, finding, file, site, "reached from here while serving");
}

/* Ends the process because it was told to: the function waits for a signal. */
static bool waits_for_signal(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id function = named_function(f, call);
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_CALL && str_starts(path_last(node_name(f, n)), STR("Notify")) &&
			str_starts(model_meaning(c->model, c->file, n).name, STR("os/signal.")))
			return true;
	return false;
}

/* A panic in a function that nobody is seen to call: it may be a part of the start, unless it lies where requests are answered. */
static void report_unknown(struct rule_context *c, node_id call, node_id function)
{
	struct str name = node_name(c->facts, named_function(c->facts, call));
	if (is_constructor(c->facts, call) || says_by_name(name))
		return;
	if (is_serving_code(c, function))
		report_abort(c, call, true);
	else
		finding_severity(
			report_at(c, call,
				"%.*s calls %.*s, and nobody is seen to call it: if that is while serving, it takes the "
				"whole process down (§15). Return an error instead.",
				STR_ARG(name), STR_ARG(node_name(c->facts, call))),
			SEVERITY_NOTE);
}

static void check_abort(struct rule_context *c, node_id call, bool is_panic)
{
	const struct facts *f = c->facts;
	bool strict = rule_option_bool(c, "strict");
	node_id function;
	uint32_t reach = reach_of(c, call, &function);
	if (!function || reach == REACH_STARTUP || is_must(node_name(f, named_function(f, call))))
		return;
	if (is_panic && (panics_again(f, call) || is_control_flow(f, call) || aborts_handler(c, call)))
		return;
	if (!is_panic && waits_for_signal(c, call))
		return;
	if (strict || (reach && !continues_startup(c, call, function)))
		note_reach(c, report_abort(c, call, is_panic), function);
	else if (!reach && is_panic)
		report_unknown(c, call, function);
}

static bool is_constant(const struct rule_context *c, node_id value)
{
	const struct facts *f = c->facts;
	enum node_kind kind = node_kind(f, value);
	if (kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_CONST)
		return true;
	if (kind != NODE_NAME)
		return false;
	struct meaning means = model_meaning(c->model, c->file, value);
	return means.kind == MEANS_LIBRARY ||
	       (means.kind == MEANS_DECLARATION &&
		       node_has(&model_file(c->model, means.file)->facts, means.node, FLAG_READONLY));
}

/* uuid.Must(uuid.NewV4()): a package's function that is given nothing a client sent. */
static bool is_given_constants(const struct rule_context *c, node_id call)
{
	if (node_kind(c->facts, call) != NODE_CALL || node_child(c->facts, call, PART_OBJECT))
		return false;
	node_id bound = model_binding(c->model, c->file, call, path_first(node_name(c->facts, call)));
	if (bound && node_kind(c->facts, bound) != NODE_IMPORT)
		return false;
	facts_each_child(c->facts, call, argument)
		if (c->facts->nodes[argument].part == PART_ARG && !is_constant(c, argument))
			return false;
	return true;
}

/* MustParse(r.URL.Query()…) panics on what a client sent. */
static void check_must(struct rule_context *c, node_id call)
{
	node_id function, value = call_arg(c->facts, call, 0);
	if (!value || is_constant(c, value) || is_given_constants(c, value) ||
		!(reach_of(c, call, &function) & (uint32_t)REACH_REQUEST))
		return;
	struct finding *finding = report_at(c, call,
		"%.*s panics on bad input, and this runs while serving (§15). Use the variant that "
		"returns an error.",
		STR_ARG(node_name(c->facts, call)));
	note_reach(c, finding, function);
}

static void check_call(struct rule_context *c, node_id call)
{
	struct str name = path_last(node_name(c->facts, call));
	const struct library_entry *abort = model_role(c->model, c->file, call, ROLE_ABORT);
	if (abort)
		check_abort(c, call, str_is(library_attribute(abort, "kind"), "panic"));
	else if (str_starts(name, STR("Must")) && is_must(name))
		check_must(c, call);
}

const struct rule rule_go_panic_startup_only = {
	.id = "go/panic-startup-only",
	.clauses = "15",
	.title = "Panics and process exits happen only while starting up",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(GO),
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_call,
	.peers = "deep-exit nopanic revive",
};
