#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also promises that cannot reject, and code that serves nothing" },
	{ 0 },
};

static bool may_float(const struct rule_context *c, struct promise promise)
{
	return !promise.is_promise || promise.is_handled || (!promise.may_reject && !rule_option_bool(c, "strict"));
}

/* ---- a start that may float: bootstrap() where the process handles what nobody else does ---- */

static bool is_guarded_start(const struct rule_context *c, node_id expression)
{
	const struct model_file *file = model_file(c->model, c->file);
	return !node_function(c->facts, expression) && file->class == CLASS_ENTRY &&
	       (model_package_crashes(c->model, file->package) & CRASH_UNHANDLED);
}

/* ---- dropped promises ---- */

static void note_maker(struct rule_context *c, struct finding *finding, struct promise promise)
{
	if (promise.function)
		finding_note(c, finding, promise.file, promise.function, "the promise is made here");
}

/* await orders.map(async …): the list is no promise, and nobody waits for those in it. */
static void check_awaited_list(struct rule_context *c, node_id await)
{
	node_id value = node_child(c->facts, await, PART_VALUE);
	struct promise promise = value ? model_promise(c->model, c->file, value)
				       : (struct promise){ .is_promise = false };
	if (!promise.is_list || may_float(c, promise))
		return;
	struct finding *finding = report_at(c, value,
		"await waits for none of the promises in a list: when one rejects, the error ends in unhandledRejection and takes the "
		"process down (§8). Await Promise.all(…) of it.");
	note_maker(c, finding, promise);
}

static void check_dropped(struct rule_context *c, node_id statement)
{
	facts_each_child(c->facts, statement, value) {
		if (node_kind(c->facts, value) == NODE_AWAIT)
			check_awaited_list(c, value);
		struct promise promise = model_promise(c->model, c->file, value);
		if (may_float(c, promise) || is_guarded_start(c, value))
			continue;
		struct str name = promise.name;
		struct finding *finding = report_at(c, value,
			"nobody waits for the promise of %.*s: when it rejects, the error ends in unhandledRejection and takes "
			"the process down (§8). Await it, or handle it with catch.",
			STR_ARG(str_empty(name) ? STR("this expression") : name));
		note_maker(c, finding, promise);
	}
}

/* ---- async functions handed to who drops their promises ---- */

/* "0" takes the first argument, "1-" the second and all behind it. */
static bool is_place(struct str places, uint32_t argument)
{
	uint32_t first = (uint32_t)(places.ptr[0] - '0');
	return argument == first || (str_ends(places, STR("-")) && argument > first);
}

static uint32_t major(struct str version)
{
	uint32_t number = 0, i = 0;
	while (i < version.len && (version.ptr[i] < '0' || version.ptr[i] > '9'))
		i++;
	for (; i < version.len && char_is_digit(version.ptr[i]); i++)
		number = number * 10 + (uint32_t)(version.ptr[i] - '0');
	return number;
}

/* Does this version of the library drop promises, and nothing in the package changes that? */
static bool version_drops(const struct rule_context *c, const struct library_entry *entry)
{
	struct str library = library_attribute(entry, "library");
	package_id id = model_file(c->model, c->file)->package;
	if (str_empty(library))
		return true;
	const struct dependency *dependency = package_dependency(model_package(c->model, id), library);
	uint32_t version = dependency ? major(dependency->version) : 0;
	return version && version < major(library_attribute(entry, "before")) &&
	       !package_has_role(c->model, id, ROLE_FORWARDS_PROMISES);
}

/* orders.forEach(async …), where the receiver is not known to be of another kind. */
static const struct library_entry *each_item(const struct rule_context *c, node_id call)
{
	if (!str_is(path_last(node_name(c->facts, call)), "forEach") || call_arg(c->facts, call, 1))
		return NULL;
	struct meaning means = model_meaning(c->model, c->file, call);
	if (means.kind == MEANS_DECLARATION || means.kind == MEANS_LIBRARY)
		return NULL;
	return model_library(c->model, c->facts->language, STR("Array.forEach"), ROLE_DROPS_PROMISE);
}

static const struct library_entry *dropping_entry(const struct rule_context *c, node_id call)
{
	const struct library_entry *entry = model_role(c->model, c->file, call, ROLE_DROPS_PROMISE);
	return entry ? entry : each_item(c, call);
}

static void report_handed(
	struct rule_context *c, node_id call, node_id handed, const struct library_entry *entry, struct promise promise)
{
	struct str by = path_last(node_name(c->facts, call));
	bool is_handler = !str_empty(library_attribute(entry, "library"));
	struct finding *finding =
		is_handler
			? report_at(c, handed,
				  "%.*s %.*s drops the promise of its async handler: when it rejects, the request hangs and "
				  "the process goes down (§8). Wrap the handler, or move to version %.*s.",
				  STR_ARG(library_attribute(entry, "library")), STR_ARG(by),
				  STR_ARG(library_attribute(entry, "before")))
			: report_at(c, handed,
				  "%.*s drops the promise of this async function: when it rejects, the error ends in "
				  "unhandledRejection and takes the process down (§8). Catch inside it%s.",
				  STR_ARG(by), str_is(by, "forEach") ? ", or await a loop or Promise.all" : "");
	if (promise.file != c->file || promise.function != handed)
		note_maker(c, finding, promise);
}

static void check_handed(struct rule_context *c, node_id call)
{
	const struct library_entry *entry = dropping_entry(c, call);
	uint32_t position = 0;
	if (!entry || !version_drops(c, entry))
		return;
	facts_each_child(c->facts, call, argument) {
		file_id file;
		if (c->facts->nodes[argument].part != PART_ARG ||
			!is_place(library_attribute(entry, "function"), position++))
			continue;
		node_id function = model_function_value(c->model, c->file, argument, &file);
		struct promise promise = function ? model_function_promise(c->model, file, function)
						  : (struct promise){ .is_promise = false };
		if (!may_float(c, promise))
			report_handed(c, call, argument, entry, promise);
	}
}

/* new Promise(async (resolve) => …): who waits for the outer promise waits for ever. */
static void check_executor(struct rule_context *c, node_id call)
{
	node_id executor = call_arg(c->facts, call, 0);
	if (!executor || !node_has(c->facts, executor, FLAG_ASYNC) || !str_is(node_name(c->facts, call), "Promise") ||
		model_meaning(c->model, c->file, call).kind != MEANS_BUILTIN)
		return;
	struct promise promise = model_function_promise(c->model, c->file, executor);
	if (!may_float(c, promise))
		report_at(c, executor,
			"the promise of an async executor is dropped: when it rejects, the outer promise never settles and the "
			"process goes down (§8). Await outside of new Promise, or catch and call reject.");
}

static void check_file(struct rule_context *c)
{
	const struct facts *f = c->facts;
	if (!rule_option_bool(c, "strict") && !model_is_server_code(c->model, c->file))
		return;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) == NODE_EXPR)
			check_dropped(c, n);
		else if (node_kind(f, n) == NODE_CALL && node_has(f, n, FLAG_NEW))
			check_executor(c, n);
		else if (node_kind(f, n) == NODE_CALL)
			check_handed(c, n);
	}
}

const struct rule rule_node_no_floating_promise = {
	.id = "node/no-floating-promise",
	.clauses = "8",
	.title = "Every promise is awaited, returned or caught",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
	.peers =
		"@typescript-eslint/no-floating-promises no-floating-promises promise/catch-or-return "
		"no-async-promise-executor noFloatingPromises @typescript-eslint/no-misused-promises no-misused-promises",
};
