#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "the letter: a handler that ends the process is accused, too" },
	{ 0 },
};

/* The two events of what nobody caught. */
enum { UNCAUGHT, UNHANDLED, EVENTS };
static const char *const events[EVENTS] = { "uncaughtException", "unhandledRejection" };

/* What a program does about them. */
struct handlers {
	bool has[EVENTS];
	file_id serves; /* the first file that starts to serve; NO_FILE for none */
	struct handler {
		file_id file;
		node_id call;
		const char *what;
	} mute, ending; /* a handler that says nothing, and one that ends the process; `call` 0 for none */
};

static const struct facts *facts_at(const struct rule_context *c, file_id file)
{
	return &model_file(c->model, file)->facts;
}

static bool is_exit(const struct rule_context *c, file_id file, node_id call)
{
	const struct library_entry *entry = model_role(c->model, file, call, ROLE_ABORT);
	return entry && str_is(library_attribute(entry, "kind"), "exit");
}

/* Does a call serve, and when the program starts, rather than when somebody calls what is exported? */
static bool serves_at_start(const struct rule_context *c, file_id file, node_id call)
{
	node_id function = node_function(facts_at(c, file), call);
	const struct library_entry *entry = model_role(c->model, file, call, ROLE_SERVE);
	return entry && str_empty(library_attribute(entry, "runtime")) &&
	       (!function || (model_reach(c->model, file, function) & (uint32_t)REACH_STARTUP));
}

/* A file of a server, and of no command-line tool: what on_file looks at. */
static bool is_asked(const struct rule_context *c, file_id file)
{
	return (model_sides(c->model, file) & SIDE_SERVER) && !model_is_command_line(c->model, file);
}

/* ---- handlers ---- */

/* The first exit below a function; `says` becomes true when it does anything else. */
static node_id exit_in(const struct rule_context *c, file_id file, node_id function, bool *says)
{
	const struct facts *f = facts_at(c, file);
	node_id exit = 0;
	*says = false;
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_CALL && is_exit(c, file, n))
			exit = exit ? exit : n;
		else if ((KIND(CALL) | KIND(THROW) | KIND(ASSIGN)) >> f->nodes[n].kind & 1)
			*says = true;
	return exit;
}

static void note_handler(const struct rule_context *c, struct handlers *h, file_id file, node_id call)
{
	const struct facts *f = facts_at(c, file);
	node_id handler = call_arg(f, call, 1), function = handler;
	file_id there = file;
	if (handler && node_kind(f, handler) != NODE_LAMBDA) {
		struct meaning means = model_meaning(c->model, file, handler);
		function = model_meant_function(c->model, means);
		there = means.file;
	}
	if (!function)
		return;
	bool says;
	node_id exit = exit_in(c, there, function, &says);
	if (!says && !h->mute.call)
		h->mute = (struct handler){ file, call, exit ? "only exits" : "does nothing" };
	if (exit && !h->ending.call)
		h->ending = (struct handler){ there, exit, NULL };
}

static void note_call(const struct rule_context *c, struct handlers *h, file_id file, node_id call)
{
	static const uint32_t bits[EVENTS] = { CRASH_UNCAUGHT, CRASH_UNHANDLED };
	uint32_t handled = model_crashes_handled(c->model, file, call);
	for (unsigned i = 0; i < EVENTS; i++)
		h->has[i] |= (handled & bits[i]) != 0;
	node_id event = handled && model_role(c->model, file, call, ROLE_PROCESS_EVENT)
				? call_arg(facts_at(c, file), call, 0)
				: 0;
	if (event && node_kind(facts_at(c, file), event) == NODE_STRING)
		note_handler(c, h, file, call);
}

static void read_file(const struct rule_context *c, struct handlers *h, file_id file)
{
	const struct facts *f = facts_at(c, file);
	if (file_imports_role(c->model, file, ROLE_CRASH_HANDLER))
		h->has[UNCAUGHT] = h->has[UNHANDLED] = true;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_CALL)
			continue;
		if (h->serves == NO_FILE && is_asked(c, file) && serves_at_start(c, file, n))
			h->serves = file;
		note_call(c, h, file, n);
	}
}

/* ---- what is loaded before the program ---- */

/* node --import ./instrument.mjs: the files of the package that are called so */
static void read_preload(const struct rule_context *c, struct handlers *h, package_id package, struct str module)
{
	for (file_id file = 0; file < model_file_count(c->model); file++)
		if (model_file(c->model, file)->package == package && model_is_production(c->model, file) &&
			str_eq(path_stem(model_file(c->model, file)->path), path_stem(module)))
			read_file(c, h, file);
}

static void read_script(const struct rule_context *c, struct handlers *h, package_id package, struct str script)
{
	struct str word, before = STR("");
	while (str_split(&script, ' ', &word)) {
		bool follows = str_is(before, "--import") || str_is(before, "--require") || str_is(before, "-r");
		if (follows && str_starts(word, STR(".")))
			read_preload(c, h, package, word);
		else if (str_starts(word, STR("--import=")) || str_starts(word, STR("--require=")))
			read_preload(c, h, package, word);
		before = word;
	}
}

static void read_scripts(const struct rule_context *c, struct handlers *h, package_id package)
{
	if (package == NO_PACKAGE)
		return;
	const struct facts *f = facts_at(c, model_package(c->model, package)->manifest);
	node_id root = node_child_of_kind(f, 0, NODE_OBJECT);
	node_id scripts = root ? object_value(f, root, STR("scripts")) : 0;
	if (!scripts)
		return;
	facts_each_child(f, scripts, script) {
		node_id text = node_child(f, script, PART_VALUE);
		if (text && node_kind(f, text) == NODE_STRING)
			read_script(c, h, package, node_name(f, text));
	}
}

/* ---- the entry ---- */

/* Does the file do something when it is loaded, rather than only show what others can call? */
static bool acts(const struct facts *f)
{
	static const uint64_t calls = KIND(CALL) | KIND(AWAIT) | KIND(UNARY);
	facts_each_child(f, 0, n)
		if (node_kind(f, n) == NODE_EXPR && (calls >> f->nodes[n + 1].kind & 1))
			return true;
	return f->export_count == 0;
}

/* Where the handlers belong: what the entry does first, after its imports. */
static node_id first_act(const struct facts *f)
{
	node_id first = 0;
	facts_each_child(f, 0, n) {
		if (node_kind(f, n) == NODE_IMPORT)
			continue;
		first = first ? first : n;
		if (node_kind(f, n) == NODE_EXPR)
			return n;
	}
	return first ? first : 1;
}

static void report_mute(struct rule_context *c, const struct handlers *h)
{
	const char *missing = !h->has[UNCAUGHT]    ? ", and uncaughtException has none"
			      : !h->has[UNHANDLED] ? ", and unhandledRejection has none"
						   : "";
	report_in(c, h->mute.file, h->mute.call,
		"this handler %s%s (§8): what went wrong is in no log. Write the error to the log, then close the server.",
		h->mute.what, missing);
}

static void report_missing(struct rule_context *c, const struct handlers *h, const struct program *program)
{
	if (program->unread != NO_FILE) {
		rule_abstain(c, program->unread, "what it imports may handle uncaughtException and unhandledRejection");
		return;
	}
	bool both = !h->has[UNCAUGHT] && !h->has[UNHANDLED];
	report_in(c, program->files[0], first_act(facts_at(c, program->files[0])),
		"this server has no handler for %s%s%s (§8): one error that nobody caught ends it with all it is answering, and without "
		"a line in your log. Add process.on(…) at its entry: log the error and close the server.",
		events[h->has[UNCAUGHT] ? UNHANDLED : UNCAUGHT], both ? " and " : "", both ? events[UNHANDLED] : "");
}

static void check_handlers(struct rule_context *c, const struct handlers *h, const struct program *program)
{
	if (h->mute.call)
		report_mute(c, h);
	else if (!h->has[UNCAUGHT] || !h->has[UNHANDLED])
		report_missing(c, h, program);
	if (h->ending.call && rule_option_bool(c, "strict"))
		report_in(c, h->ending.file, h->ending.call,
			"an error that nobody caught ends the process here (§8, strict). Log it, and go on.");
}

/* Of an entry that starts several servers, the first one's file speaks. False when its program is larger than *left. */
static bool check_entry(struct rule_context *c, file_id entry, uint32_t *left)
{
	struct handlers h = { .serves = NO_FILE };
	struct program *program = model_program_from(c->model, entry, *left);
	if (!program)
		return false;
	*left -= program->count;
	for (uint32_t i = 0; i < program->count; i++)
		read_file(c, &h, program->files[i]);
	if (h.serves == c->file) {
		read_scripts(c, &h, model_file(c->model, entry)->package);
		check_handlers(c, &h, program);
	}
	program_free(program);
	return true;
}

/* The entries that lead to a file which starts to serve. */
static void check_entries(struct rule_context *c)
{
	uint32_t left = model_files_each(c->model, ROLE_SERVE);
	struct program *programs = model_program_of(c->model, c->file, left);
	bool is_followed = programs != NULL;
	for (uint32_t i = 0; is_followed && i < programs->count; i++) {
		file_id file = programs->files[i];
		if (!model_is_imported(c->model, file) && acts(facts_at(c, file)) &&
			!model_is_command_line(c->model, file))
			is_followed = check_entry(c, file, &left);
	}
	if (!is_followed)
		rule_abstain(c, c->file, "there are too many servers in too large a program to follow each");
	program_free(programs);
}

/* ---- exits elsewhere ---- */

/* Requests or tasks lead to it, not the program's start alone: what a container calls while it starts may end the process. */
static bool is_of_the_server(const struct rule_context *c, node_id call)
{
	for (node_id n = node_function(c->facts, call); n; n = node_function(c->facts, n))
		if (model_reach(c->model, c->file, n) & ~(uint32_t)REACH_STARTUP)
			return true;
	return false;
}

/* In a function that an event of the process calls, or one that says it is for ending. */
static bool is_for_ending(const struct rule_context *c, node_id call)
{
	static const char *const words[] = { "shutdown", "shutDown", "Shutdown", "ShutDown", "exit", "Exit",
		"terminate", "Terminate", "stop", "Stop", "signal", "Signal", "restart", "Restart", "fatal", "Fatal",
		"crash", "Crash", "quit", "kill" };
	const struct facts *f = c->facts;
	for (node_id n = node_function(f, call); n; n = node_function(f, n)) {
		node_id around = f->nodes[n].parent;
		bool is_listener = node_kind(f, around) == NODE_CALL &&
				   model_role(c->model, c->file, around, ROLE_PROCESS_EVENT);
		node_id named = node_kind(f, n) == NODE_LAMBDA && node_kind(f, around) == NODE_VAR ? around : n;
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			is_listener |= str_contains(node_name(f, named), str_from(words[i]));
		if (is_listener)
			return true;
	}
	return false;
}

static void check_exit(struct rule_context *c, node_id call)
{
	if (!is_of_the_server(c, call) || is_for_ending(c, call))
		return;
	report_at(c, call,
		"process.exit in the middle of the server ends it with all it is answering (§8). Throw, and let the caller decide; only "
		"the entry and handlers of signals end the process.");
}

static bool starts_to_serve(const struct rule_context *c)
{
	for (node_id n = 1; n < c->facts->node_count; n++)
		if (node_kind(c->facts, n) == NODE_CALL && serves_at_start(c, c->file, n))
			return true;
	return false;
}

static void check_file(struct rule_context *c)
{
	if (!is_asked(c, c->file))
		return;
	bool starts = starts_to_serve(c);
	if (starts)
		check_entries(c);
	bool is_entry = starts || model_file(c->model, c->file)->class == CLASS_ENTRY ||
			!model_is_imported(c->model, c->file);
	if (is_entry || !model_in_server(c->model, c->file))
		return;
	for (node_id n = 1; n < c->facts->node_count; n++)
		if (node_kind(c->facts, n) == NODE_CALL && is_exit(c, c->file, n))
			check_exit(c, n);
}

const struct rule rule_node_process_handlers = {
	.id = "node/process-handlers",
	.clauses = "8",
	.title = "A server hears of errors that nobody caught, and nothing else ends it",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
	.peers = "n/no-process-exit node/no-process-exit unicorn/no-process-exit no-process-exit",
};
