#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"also crates that no server reaches, functions whose name says print, and start-up lines" },
	{ 0 },
};

/* fn dump_keys(…), fn print_summary(…), fn panic_to_stderr(…): printing is what it is for; whoever calls it decides. */
static bool is_printer(const struct facts *f, node_id n)
{
	static const char *const verbs[] = { "print", "dump", "show", "display" };
	node_id function = node_ancestor(f, n, KIND(FUNCTION));
	for (size_t i = 0; function && i < sizeof(verbs) / sizeof(*verbs); i++)
		if (str_starts(node_name(f, function), str_from(verbs[i])))
			return true;
	struct str name = function ? node_name(f, function) : STR("");
	return str_ends(name, STR("_print")) || str_ends(name, STR("_stdout")) || str_ends(name, STR("_stderr"));
}

/* A function that may end the process on purpose talks to whoever started it. */
static bool may_end_process(const struct rule_context *c, node_id n)
{
	const struct facts *f = c->facts;
	node_id function = node_ancestor(f, n, KIND(FUNCTION));
	function = function ? function : node_ancestor(f, n, KIND(LAMBDA)); /* of a static */
	if (!function)
		return false;
	facts_each_below(f, function, at) {
		const struct library_entry *abort = node_kind(f, at) == NODE_CALL
							    ? model_role(c->model, c->file, at, ROLE_ABORT)
							    : NULL;
		if (abort && str_is(library_attribute(abort, "kind"), "exit"))
			return true;
	}
	return false;
}

/* "cargo:rerun-if-changed=…": what a build script is asked for. */
static bool talks_to_cargo(const struct facts *f, node_id call)
{
	node_id text = call_arg(f, call, 0);
	if (text && node_kind(f, text) == NODE_TEMPLATE)
		text = node_child_of_kind(f, text, NODE_STRING);
	return text && node_kind(f, text) == NODE_STRING && str_starts(node_name(f, text), STR("cargo:"));
}

/* A function that first asks for the program's arguments answers who typed them: --help, a subcommand. */
static bool answers_command_line(const struct rule_context *c, node_id n)
{
	enum { LOOK_AT = 256 };
	const struct facts *f = c->facts;
	node_id function = node_ancestor(f, n, KIND(FUNCTION));
	node_id end = function && function + LOOK_AT < n ? function + LOOK_AT : n;
	for (node_id at = function; function && at < end; at++)
		if (node_kind(f, at) == NODE_CALL && model_role(c->model, c->file, at, ROLE_COMMAND_LINE))
			return true;
	return false;
}

/* A command that is typed, though a task may carry it out; or one of what a server's main can do other than serve. */
static bool answers_command(const struct rule_context *c, node_id call, uint32_t reach, node_id function)
{
	bool starts = function && model_starts_server(c->model, c->file, function);
	if (reach & (uint32_t)REACH_COMMAND)
		return !(reach & (uint32_t)(REACH_STARTUP | REACH_REQUEST));
	return reach_is_early(reach) && !starts && !model_sets_up(c->model, c->file, call);
}

static bool in_main(const struct facts *f, node_id n)
{
	node_id function = node_ancestor(f, n, KIND(FUNCTION));
	return function && str_is(node_name(f, function), "main");
}

/* What prints: println!, or the console that writeln!(io::stdout(), …) is handed. */
static const struct library_entry *print_of(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	const struct library_entry *print = model_role(c->model, c->file, call, ROLE_PRINT);
	node_id target = str_starts(path_last(node_name(f, call)), STR("write")) ? call_arg(f, call, 0) : 0;
	while (!print && target) {
		print = node_kind(f, target) == NODE_CALL ? model_role(c->model, c->file, target, ROLE_PRINT) : NULL;
		bool is_reference = node_kind(f, target) == NODE_UNARY; /* &mut io::stdout(), io::stdout().lock() */
		target = node_child(f, target, is_reference ? PART_VALUE : PART_OBJECT);
	}
	return print;
}

static void check_call(struct rule_context *c, node_id call)
{
	if (!node_has(c->facts, call, FLAG_MACRO))
		return;
	const struct library_entry *print = print_of(c, call);
	bool strict = rule_option_bool(c, "strict");
	if (!print || node_in_test(c->facts, call) || talks_to_cargo(c->facts, call) ||
		(!strict && is_printer(c->facts, call)))
		return;
	if (!strict && !model_in_service(c->model, c->file))
		return;
	if (!strict && !in_main(c->facts, call) && (answers_command_line(c, call) || may_end_process(c, call)))
		return;
	node_id function;
	uint32_t reach = model_reach_at(c->model, c->file, call, &function);
	if (!strict && answers_command(c, call, reach, function))
		return;
	struct str instead = library_attribute(print, "instead");
	struct finding *finding = report_at(c, call,
		"%.*s! in a service: its output has no level, no fields and no span (§9, §10). Use "
		"%.*s.",
		STR_ARG(node_name(c->facts, call)), STR_ARG(instead));
	if (!strict && reach_is_early(reach))
		finding_severity(finding, SEVERITY_NOTE);
}

const struct rule rule_rust_no_print = {
	.id = "rust/no-print",
	.clauses = "9, 10",
	.title = "Services write logs through tracing, not to the terminal",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(RUST),
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_call,
	.peers = "clippy::print_stdout clippy::print_stderr clippy::dbg_macro print_stdout print_stderr dbg_macro",
};
