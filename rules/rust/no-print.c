#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"also crates that no server reaches, functions whose name says print, and start-up lines" },
	{ 0 },
};

/* fn dump_keys(…), fn print_summary(…): printing is what it is for; whoever calls it decides. */
static bool is_printer(const struct facts *f, node_id n)
{
	static const char *const verbs[] = { "print", "dump", "show", "display" };
	node_id function = node_ancestor(f, n, KIND(FUNCTION));
	for (size_t i = 0; function && i < sizeof(verbs) / sizeof(*verbs); i++)
		if (str_starts(node_name(f, function), str_from(verbs[i])))
			return true;
	return function && str_ends(node_name(f, function), STR("_print"));
}

/* What is said before the process is ended on purpose, to who started it. */
static bool says_why_it_ends(const struct rule_context *c, node_id n)
{
	const struct facts *f = c->facts;
	node_id block = node_ancestor(f, n, KIND(BLOCK));
	for (node_id at = n; block && at < f->nodes[block].next; at++) {
		bool is_call = node_kind(f, at) == NODE_CALL && node_ancestor(f, at, KIND(BLOCK)) == block;
		const struct library_entry *abort = is_call ? model_role(c->model, c->file, at, ROLE_ABORT) : NULL;
		if (abort && str_is(library_attribute(abort, "kind"), "exit"))
			return true;
	}
	return false;
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
	if (!print || node_in_test(c->facts, call) || (!strict && is_printer(c->facts, call)))
		return;
	if (!strict && !model_in_service(c->model, c->file))
		return;
	if (!strict && !in_main(c->facts, call) && (answers_command_line(c, call) || says_why_it_ends(c, call)))
		return;
	struct str instead = library_attribute(print, "instead");
	struct finding *finding = report_at(c, call,
		"%.*s! in a service: its output has no level, no fields and no span (§9, §10). Use "
		"%.*s.",
		STR_ARG(node_name(c->facts, call)), STR_ARG(instead));
	node_id function;
	if (!strict && model_reach_at(c->model, c->file, call, &function) == REACH_STARTUP)
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
