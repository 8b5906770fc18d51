#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also code that no server runs, and drawing on a canvas" },
	{ 0 },
};

/* ---- libraries ---- */

enum { MOST_IMPORTS = 256 };

static bool is_whole(struct str imported)
{
	return str_is(imported, "*") || str_is(imported, "default");
}

/* Is one of these names of a module used through the name that the whole of it has here? */
static bool uses_name(const struct facts *f, struct str local, struct str words)
{
	for (node_id n = 1; n < f->node_count; n++) {
		struct str name = node_name(f, n);
		if (((KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1) && str_eq(path_parent(name), local) &&
			str_has_word(words, path_last(name)))
			return true;
	}
	return false;
}

/* A canvas is for drawing, unless a picture is read into it. */
static bool is_for_pictures(
	const struct rule_context *c, const struct import *import, const struct library_entry *library)
{
	const struct facts *f = c->facts;
	struct str only = library_attribute(library, "only"), imported = facts_str(f, import->imported);
	if (str_empty(only) || rule_option_bool(c, "strict") || str_has_word(only, imported))
		return true;
	return is_whole(imported) && import->local && uses_name(f, facts_str(f, import->local), only);
}

/* What only development needs does not run in the server, whatever imports it. */
static bool is_for_development(const struct rule_context *c, struct str module)
{
	package_id package = model_file(c->model, c->file)->package;
	const struct dependency *d = package == NO_PACKAGE
					     ? NULL
					     : package_dependency(model_package(c->model, package), module);
	return d && d->development;
}

static const char *instead(const struct rule_context *c)
{
	package_id package = model_file(c->model, c->file)->package;
	bool has = package != NO_PACKAGE && package_dependency(model_package(c->model, package), STR("sharp"));
	return has ? "Use sharp, which the package has and" : "Use sharp, which";
}

static void report_library(struct rule_context *c, node_id at, struct str name, const struct library_entry *library)
{
	bool forks = str_is(library_attribute(library, "runs"), "process");
	report_at(c, at, "%.*s works on pictures %s (§11). %s works on threads of its own.", STR_ARG(name),
		forks ? "in a process of its own for each, as many at a time as there are requests"
		      : "on the event loop, where every other request waits for it",
		instead(c));
}

static void check_imports(struct rule_context *c)
{
	const struct facts *f = c->facts;
	node_id uses[MOST_IMPORTS];
	uint32_t count = f->import_count < MOST_IMPORTS ? f->import_count : MOST_IMPORTS;
	uint32_t reported = 0; /* a module: one finding for all its names */
	bool known = false;
	for (uint32_t i = 0; i < count; i++) {
		const struct import *import = &f->imports[i];
		struct str module = facts_str(f, import->module);
		const struct library_entry *library = model_library(
			c->model, f->language, module, ROLE_IMAGE_PROCESSING);
		if (!library || import->module == reported ||
			(import->flags & (IMPORT_TYPE_ONLY | IMPORT_SIDE_EFFECT)) || is_for_development(c, module) ||
			!is_for_pictures(c, import, library))
			continue;
		if (!known)
			model_runtime_uses(c->model, c->file, uses, count);
		known = true;
		if (import->local ? !uses[i] : !(import->flags & IMPORT_REQUIRE))
			continue;
		report_library(c, import->node, module, library);
		reported = import->module;
	}
}

/* ---- programs ---- */

/* convert of "convert {in} -resize 200 {out}" and of "/usr/bin/convert". */
static struct str program_of(struct str command)
{
	struct str program = { 0 };
	command = str_trim(command);
	if (!str_split(&command, ' ', &program))
		return program;
	uint32_t slash = str_rfind(program, '/');
	return slash == UINT32_MAX ? program : str_slice(program, slash + 1, program.len);
}

static const struct library_entry *image_command(const struct rule_context *c, struct str program)
{
	char name[32] = "$";
	if (str_empty(program) || program.len >= sizeof(name) - 1)
		return NULL;
	memcpy(name + 1, program.ptr, program.len);
	return model_library(
		c->model, c->facts->language, (struct str){ name, program.len + 1 }, ROLE_IMAGE_PROCESSING);
}

/* Pages of a document become pictures: sharp is not built for that. */
static bool is_about_documents(const struct facts *f, node_id call)
{
	facts_each_below(f, call, n)
		if (node_kind(f, n) == NODE_STRING && str_contains(node_name(f, n), STR("pdf")))
			return true;
	return false;
}

static void check_call(struct rule_context *c, node_id call)
{
	const struct library_entry *runs = model_role(c->model, c->file, call, ROLE_RUNS_COMMAND);
	if (!runs || is_about_documents(c->facts, call))
		return;
	struct text command = model_argument_text(
		c->model, (struct text_view){ 0 }, c->file, call, library_attribute(runs, "command"));
	struct str program = program_of(command.says);
	const struct library_entry *library = image_command(c, program);
	if (library)
		report_library(c, call, program, library);
}

/* ---- loops ---- */

/* The call of sharp in sharp(file).resize(200).toFile(path), or 0. */
static node_id image_job(const struct rule_context *c, file_id file, node_id call)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	for (; call && node_kind(f, call) == NODE_CALL; call = node_child(f, call, PART_OBJECT))
		if (model_role(c->model, file, call, ROLE_IMAGE_JOB))
			return call;
	return 0;
}

/* A job that a function of the project waits for. */
static node_id job_inside(const struct rule_context *c, struct meaning means)
{
	node_id function = model_meant_function(c->model, means);
	const struct facts *f = function ? &model_file(c->model, means.file)->facts : NULL;
	for (node_id n = function; function && n < f->nodes[function].next; n++) {
		node_id job = node_kind(f, n) == NODE_AWAIT || node_kind(f, n) == NODE_RETURN
				      ? node_child(f, n, PART_VALUE)
				      : 0;
		if (job && node_function(f, n) == function && image_job(c, means.file, job))
			return job;
	}
	return 0;
}

static bool is_named_below(const struct facts *f, node_id root, struct str name)
{
	facts_each_below(f, root, n)
		if (str_eq(path_first(node_name(f, n)), name))
			return true;
	return false;
}

/* picture = await sharp(picture)…: each round goes on with what the one before it made. */
static bool goes_on(const struct facts *f, node_id await)
{
	node_id assign = f->nodes[await].parent;
	node_id target = node_kind(f, assign) == NODE_ASSIGN ? node_child(f, assign, PART_TARGET) : 0;
	return target && is_named_below(f, await, path_first(node_name(f, target)));
}

/* One that ends early tries until something fits. */
static bool ends_early(const struct facts *f, node_id loop)
{
	facts_each_below(f, loop, n)
		if ((KIND(BREAK) | KIND(RETURN)) >> f->nodes[n].kind & 1)
			return true;
	return false;
}

/* The first picture that a loop waits for; what it waits for in a function it makes is another's. */
static node_id awaited_job(const struct rule_context *c, node_id loop)
{
	const struct facts *f = c->facts;
	facts_each_below(f, loop, n) {
		node_id call = node_kind(f, n) == NODE_AWAIT ? node_child(f, n, PART_VALUE) : 0;
		if (!call || node_kind(f, call) != NODE_CALL || node_function(f, n) != node_function(f, loop) ||
			goes_on(f, n))
			continue;
		if (image_job(c, c->file, call) || job_inside(c, model_meaning(c->model, c->file, call)))
			return n;
	}
	return 0;
}

enum { MOST_STEPS = 4 };

/* Does a function lead to another by its calls? Asked of the few functions with such loops. */
static bool leads_to(const struct rule_context *c, file_id file, node_id function, node_id wanted, unsigned steps)
{
	struct call call;
	uint32_t position = 0;
	if (file == c->file && function == wanted)
		return true;
	while (steps && model_next_call(c->model, file, function, &position, &call))
		if (leads_to(c, call.file, call.callee, wanted, steps - 1))
			return true;
	return false;
}

static const struct endpoint *request_for(const struct rule_context *c, node_id function)
{
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		if (e->handler && e->protocol != PROTOCOL_MESSAGE && model_is_production(c->model, e->handler_file) &&
			leads_to(c, e->handler_file, e->handler, function, MOST_STEPS))
			return e;
	}
	return NULL;
}

static void check_loop(struct rule_context *c, node_id loop)
{
	node_id function = node_function(c->facts, loop);
	node_id job = node_has(c->facts, loop, FLAG_RANGE) && function ? awaited_job(c, loop) : 0;
	const struct endpoint *request = job && !ends_early(c->facts, loop) ? request_for(c, function) : NULL;
	if (!request)
		return;
	struct finding *finding = report_at(c, job,
		"each picture waits for the one before it, and the request for all of them (§11). Start the jobs "
		"together with Promise.all, or hand them to a queue.");
	finding_note(c, finding, request->handler_file, request->handler, "it answers %.*s", STR_ARG(request->path));
}

static void check_file(struct rule_context *c)
{
	const struct facts *f = c->facts;
	if (!rule_option_bool(c, "strict") && !model_is_server_code(c->model, c->file))
		return;
	check_imports(c);
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL)
			check_call(c, n);
		else if (node_kind(f, n) == NODE_LOOP)
			check_loop(c, n);
}

const struct rule rule_node_image_sharp = {
	.id = "node/image-sharp",
	.clauses = "11",
	.title = "Servers work on pictures with sharp",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
};
