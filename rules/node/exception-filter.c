#include <bylaw/rule.h>

enum { DEEPEST = 4 };

/* What the files of a program say about one of its applications. */
struct evidence {
	struct web_application application;
	uint32_t applications; /* of the same framework */
	enum sameness served, handled;
	file_id partial_file; /* a filter that takes some of the errors */
	node_id partial, filter; /* where it is registered, and its decorator's argument in `filter_file` */
	file_id filter_file;
};

static const struct facts *facts_at(const struct rule_context *c, file_id file)
{
	return &model_file(c->model, file)->facts;
}

static bool may_be(const struct rule_context *c, file_id file, node_id n, enum role role)
{
	const struct facts *f = facts_at(c, file);
	return model_library_word(c->model, (enum language)f->language, path_last(node_name(f, n)), role);
}

static enum sameness at_least(enum sameness a, enum sameness b)
{
	return a > b ? a : b;
}

/* ---- functions that handle errors ---- */

static node_id last_parameter(const struct facts *f, node_id function, uint32_t *count)
{
	node_id last = 0;
	*count = 0;
	facts_each_child(f, function, p)
		if (f->nodes[p].part == PART_PARAM) {
			last = p;
			++*count;
		}
	return last;
}

/* try { await next() } catch … */
static bool awaits_in_try(const struct facts *f, node_id function, struct str name)
{
	facts_each_below(f, function, n) {
		if (node_kind(f, n) != NODE_CALL || !str_eq(node_name(f, n), name))
			continue;
		for (node_id t = node_ancestor(f, n, KIND(TRY)); t > function; t = node_ancestor(f, t, KIND(TRY)))
			if (node_child(f, t, PART_CATCH))
				return true;
	}
	return false;
}

static bool function_handles(const struct facts *f, node_id function, const struct library_entry *boundary)
{
	uint32_t count;
	node_id last = last_parameter(f, function, &count);
	struct str parameters = library_attribute(boundary, "parameters");
	if (!str_empty(parameters))
		return count == (uint32_t)(parameters.ptr[0] - '0');
	return last && awaits_in_try(f, function, node_name(f, last));
}

/* A function that makes handlers, or a file that exports some: one of them does. */
static enum sameness any_below_handles(const struct facts *f, node_id root, const struct library_entry *boundary)
{
	facts_each_below(f, root, n)
		if (((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1) && function_handles(f, n, boundary))
			return SAME_YES;
	return SAME_NO;
}

/* `express-error-handler` of a library that nobody described */
static bool speaks_of_errors(struct str name)
{
	return str_contains(name, STR("error")) || str_contains(name, STR("Error")) ||
	       str_contains(name, STR("exception")) || str_contains(name, STR("Exception"));
}

static enum sameness meant_handles(
	const struct rule_context *c, struct meaning means, const struct library_entry *boundary)
{
	const struct facts *there = facts_at(c, means.file);
	node_id function = model_meant_function(c->model, means);
	if (function)
		return any_below_handles(there, function, boundary) == SAME_YES ||
				       function_handles(there, function, boundary)
			       ? SAME_YES
			       : SAME_NO;
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN) {
		const struct library_entry *entry = model_library(
			c->model, LANGUAGE_JAVASCRIPT, means.name, ROLE_ERROR_BOUNDARY);
		return entry || speaks_of_errors(means.name) ? SAME_YES : SAME_NO;
	}
	if (means.kind == MEANS_MODULE)
		return any_below_handles(there, 0, boundary);
	return SAME_PERHAPS;
}

/* The file that require("./errors") names. */
static bool required_file(const struct rule_context *c, file_id file, node_id call, file_id *out)
{
	const struct facts *f = facts_at(c, file);
	for (uint32_t i = 0; str_is(node_name(f, call), "require") && i < f->import_count; i++) {
		struct import_link link = model_import(c->model, file, i);
		if (f->imports[i].node != call || link.target != IMPORT_FILE)
			continue;
		*out = link.file;
		return true;
	}
	return false;
}

static enum sameness argument_handles(
	const struct rule_context *c, file_id file, node_id n, const struct library_entry *boundary, unsigned depth)
{
	const struct facts *f = facts_at(c, file);
	file_id required;
	struct meaning means;
	node_id value;
	enum sameness answer = SAME_NO;
	if (depth > DEEPEST)
		return SAME_PERHAPS;
	switch (node_kind(f, n)) {
	case NODE_LAMBDA:
		return function_handles(f, n, boundary) ? SAME_YES : SAME_NO;
	case NODE_STRING:
	case NODE_TEMPLATE:
	case NODE_OBJECT:
	case NODE_CONST:
		return SAME_NO;
	case NODE_ARRAY:
		facts_each_child(f, n, item)
			answer = at_least(answer, argument_handles(c, file, item, boundary, depth + 1));
		return answer;
	case NODE_CALL:
		if (node_child(f, n, PART_OBJECT))
			return SAME_PERHAPS;
		if (required_file(c, file, n, &required))
			return any_below_handles(facts_at(c, required), 0, boundary);
		return meant_handles(c, model_meaning(c->model, file, n), boundary);
	case NODE_NAME:
		means = model_meaning(c->model, file, n);
		value = means.node && str_empty(means.name)
				? node_child(facts_at(c, means.file), means.node, PART_VALUE)
				: 0;
		if (value && node_kind(facts_at(c, means.file), means.node) == NODE_VAR)
			return argument_handles(c, means.file, value, boundary, depth + 1);
		return meant_handles(c, means, boundary);
	default:
		return SAME_PERHAPS;
	}
}

/* One of the arguments; behind a path an unknown one is a router. */
static enum sameness handler_in(
	const struct rule_context *c, file_id file, node_id call, const struct library_entry *boundary)
{
	const struct facts *f = facts_at(c, file);
	enum sameness answer = SAME_NO;
	bool has_path = call_arg(f, call, 1) != 0;
	facts_each_child(f, call, argument)
		if (f->nodes[argument].part == PART_ARG)
			answer = at_least(answer, argument_handles(c, file, argument, boundary, 0));
	return has_path && answer == SAME_PERHAPS ? SAME_NO : answer;
}

/* ---- filters of exceptions ---- */

/* The class that a filter is of, by its name or by `new`. */
static struct meaning class_of(const struct rule_context *c, file_id file, node_id n)
{
	struct meaning means = model_meaning(c->model, file, n);
	struct type type = means.kind == MEANS_LOCAL ? model_type(c->model, file, n) : (struct type){ 0 };
	if (type.kind == MEANS_DECLARATION)
		means = (struct meaning){ .kind = MEANS_DECLARATION, .file = type.file, .node = type.node };
	return means;
}

/* What @Catch(…) of a filter names; 0 when it takes everything, and when that is not known. */
static node_id catches_only(const struct rule_context *c, struct meaning class)
{
	const struct facts *f = facts_at(c, class.file);
	if (class.kind != MEANS_DECLARATION || !class.node || node_kind(f, class.node) != NODE_CLASS)
		return 0;
	facts_each_child(f, class.node, d) {
		if (node_kind(f, d) != NODE_DECORATOR || !model_role(c->model, class.file, d, ROLE_EXCEPTION_FILTER))
			continue;
		node_id what = node_child(f, d, PART_ARG);
		return what && !str_is(node_name(f, what), "Error") ? what : 0;
	}
	return 0;
}

static void note_filter(const struct rule_context *c, struct evidence *e, file_id file, node_id at, node_id filter)
{
	struct meaning class = class_of(c, file, filter);
	node_id only = catches_only(c, class);
	if (!only) {
		e->handled = SAME_YES;
		return;
	}
	if (e->partial)
		return;
	e->partial_file = file;
	e->partial = at;
	e->filter_file = class.file;
	e->filter = only;
}

/* { provide: APP_FILTER, useClass: AllErrors } */
static void note_provider(const struct rule_context *c, struct evidence *e, file_id file, node_id token)
{
	static const char *const keys[] = { "useClass", "useExisting", "useValue" };
	const struct facts *f = facts_at(c, file);
	node_id pair = f->nodes[token].parent, object = f->nodes[pair].parent;
	if (!str_is(node_name(f, pair), "provide"))
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		node_id filter = object_value(f, object, str_from(keys[i]));
		if (filter) {
			note_filter(c, e, file, object, filter);
			return;
		}
	}
	e->handled = SAME_YES; /* a factory's */
}

/* ---- one program ---- */

/* Is it called inside a function that a method like Fastify's register is handed, and holds for that alone? */
static bool is_apart(const struct facts *f, node_id call, struct str method)
{
	node_id function = node_function(f, call);
	node_id around = function ? f->nodes[function].parent : 0;
	return !str_empty(method) && around && node_kind(f, around) == NODE_CALL &&
	       str_eq(path_last(node_name(f, around)), method);
}

static bool says_event(const struct facts *f, node_id call, struct str event)
{
	node_id first = call_arg(f, call, 0);
	return first && node_kind(f, first) == NODE_STRING && str_eq(node_name(f, first), event);
}

static void note_boundary(const struct rule_context *c, struct evidence *e, file_id file, node_id call)
{
	const struct facts *f = facts_at(c, file);
	const struct library_entry *entry = application_role(
		c->model, &e->application, file, call, ROLE_ERROR_BOUNDARY);
	if (!entry || !str_eq(library_attribute(entry, "of"), library_attribute(e->application.kind, "of")))
		return;
	struct str event = library_attribute(entry, "event");
	if (is_apart(f, call, library_attribute(entry, "apart")) ||
		(!str_empty(event) && !says_event(f, call, event)) ||
		application_is_called(c->model, &e->application, file, call) == SAME_NO)
		return;
	if (!str_empty(library_attribute(entry, "filter"))) {
		facts_each_child(f, call, argument)
			note_filter(c, e, file, call, argument);
		return;
	}
	bool by_function = !str_empty(library_attribute(entry, "parameters")) ||
			   !str_empty(library_attribute(entry, "awaits"));
	e->handled = at_least(e->handled, by_function ? handler_in(c, file, call, entry) : SAME_YES);
}

static void note_call(const struct rule_context *c, struct evidence *e, file_id file, node_id call)
{
	struct web_application other;
	if (model_application(c->model, file, call, &other) &&
		str_eq(library_attribute(other.kind, "of"), library_attribute(e->application.kind, "of")))
		e->applications++;
	e->served = at_least(e->served, application_is_served(c->model, &e->application, file, call));
	note_boundary(c, e, file, call);
}

static void read_file(const struct rule_context *c, struct evidence *e, file_id file)
{
	const struct facts *f = facts_at(c, file);
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) == NODE_CALL)
			note_call(c, e, file, n);
		else if (node_kind(f, n) == NODE_NAME && may_be(c, file, n, ROLE_ERROR_BOUNDARY) &&
			 node_kind(f, f->nodes[n].parent) == NODE_PAIR &&
			 model_role(c->model, file, n, ROLE_ERROR_BOUNDARY))
			note_provider(c, e, file, n);
	}
}

/* export default app, of a file that nobody imports: the platform serves it. */
static bool is_exported(const struct rule_context *c, const struct web_application *a)
{
	const struct facts *f = c->facts;
	if (str_empty(library_attribute(a->kind, "exported")) || model_is_imported(c->model, c->file))
		return false;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_EXPORT && node_has(f, n, FLAG_DEFAULT))
			facts_each_below(f, n, value)
				if (application_is(c->model, a, c->file, value) == SAME_YES)
					return true;
	return false;
}

static void report_partial(struct rule_context *c, const struct evidence *e)
{
	struct str what = node_name(facts_at(c, e->filter_file), e->filter);
	struct finding *finding = report_in(c, e->partial_file, e->partial,
		"the global filter takes %.*s alone, and no other takes the rest (§7): what else is thrown is answered by the "
		"framework, in a form that is not yours. Register a filter that is decorated with @Catch() as well.",
		STR_ARG(what));
	finding_note(c, finding, e->filter_file, e->filter, "it is decorated here");
	finding_note(c, finding, e->application.file, e->application.call, "the application is made here");
}

static void report(struct rule_context *c, const struct evidence *e, const struct program *program)
{
	const struct library_entry *kind = e->application.kind;
	struct str holder = e->application.holder;
	if (program->unread != NO_FILE) {
		rule_abstain(c, program->unread, "what it imports may handle the errors of an application");
		return;
	}
	report_at(c, e->application.call,
		"nothing handles the errors of %.*s as a whole (§7): what a handler throws is answered by %.*s itself, and reaches no "
		"log of yours. %.*s.",
		STR_ARG(str_empty(holder) ? STR("this application") : holder), STR_ARG(library_attribute(kind, "of")),
		STR_ARG(library_attribute(kind, "add")));
}

/* An answer that calls nothing cannot fail: a probe's, a redirect, a file. */
static bool can_fail(const struct rule_context *c, const struct endpoint *e)
{
	const struct facts *f = facts_at(c, e->handler_file);
	const node_id *calls;
	if (e->is_static || !e->handler)
		return false;
	return node_has(f, e->handler, FLAG_ASYNC) ||
	       model_project_calls(c->model, e->handler_file, e->handler, &calls) ||
	       model_database_calls(c->model, e->handler_file, e->handler, &calls);
}

/* A value, or what a library made of some: nothing that can bring handlers along. */
static bool is_plain(const struct rule_context *c, node_id argument)
{
	static const uint64_t values = KIND(STRING) | KIND(TEMPLATE) | KIND(NUMBER) | KIND(CONST) | KIND(OBJECT);
	enum node_kind kind = node_kind(c->facts, argument);
	return (values >> kind & 1) ||
	       (kind == NODE_CALL && model_meaning(c->model, c->file, argument).kind == MEANS_LIBRARY);
}

/* A call on the application after which still only its own handlers answer. */
static bool keeps_alone(const struct rule_context *c, const struct web_application *a, node_id call)
{
	if (application_role(c->model, a, c->file, call, ROLE_ROUTE) ||
		application_role(c->model, a, c->file, call, ROLE_SERVE))
		return true;
	facts_each_child(c->facts, call, argument)
		if (c->facts->nodes[argument].part == PART_ARG && !is_plain(c, argument))
			return false;
	return true;
}

/* Is the application's name said only where a value is put into it, and where it is handed to what serves it? */
static bool keeps_to_itself(const struct rule_context *c, const struct web_application *a, node_id name)
{
	node_id around = node_ancestor(c->facts, name, KIND(CALL));
	return c->facts->nodes[name].part == PART_TARGET ||
	       (around && application_is_served(c->model, a, c->file, around) == SAME_YES);
}

static bool is_shown(const struct facts *f, struct str holder)
{
	for (uint32_t i = 0; i < f->export_count; i++)
		if (str_eq(facts_str(f, f->exports[i].local), holder))
			return true;
	return str_is(path_first(holder), "exports") || str_is(path_first(holder), "module");
}

/* No router is mounted on it and nothing else gets hold of it: the handlers that its own file registers on it are all it has. */
static bool stands_alone(const struct rule_context *c, const struct web_application *a)
{
	const struct facts *f = c->facts;
	bool has_own = false;
	if (str_empty(a->holder) || is_shown(f, a->holder))
		return false;
	for (node_id n = 1; n < f->node_count; n++) {
		bool is_name = node_kind(f, n) == NODE_NAME && str_eq(node_name(f, n), a->holder);
		if (is_name && application_is(c->model, a, c->file, n) == SAME_YES && !keeps_to_itself(c, a, n))
			return false;
		if (node_kind(f, n) != NODE_CALL || application_is_called(c->model, a, c->file, n) != SAME_YES)
			continue;
		if (!keeps_alone(c, a, n))
			return false;
		has_own |= application_role(c->model, a, c->file, n, ROLE_ROUTE) != NULL;
	}
	return has_own;
}

static bool answers(const struct rule_context *c, const struct program *program, const struct web_application *a)
{
	bool alone = stands_alone(c, a);
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		bool is_its = alone ? e->file == c->file &&
					      application_is_called(c->model, a, e->file, e->node) == SAME_YES
				    : program->has[e->file];
		if (is_its && can_fail(c, e))
			return true;
	}
	return false;
}

/* True when it was reported, or nobody can tell. */
static bool check_application(struct rule_context *c, const struct web_application *application)
{
	struct evidence e = { .application = *application };
	struct program *program = model_program_of(c->model, c->file, model_files_each(c->model, ROLE_APPLICATION));
	if (!program) {
		rule_abstain(c, c->file, "there are too many applications in too large a program to follow each");
		return true;
	}
	for (uint32_t i = 0; i < program->count; i++)
		read_file(c, &e, program->files[i]);
	bool is_served = e.served == SAME_YES || (e.served == SAME_PERHAPS && e.applications == 1) ||
			 is_exported(c, application);
	bool is_accused = is_served && e.handled == SAME_NO && answers(c, program, application);
	if (is_accused && e.partial)
		report_partial(c, &e);
	else if (is_accused)
		report(c, &e, program);
	program_free(program);
	return is_accused;
}

/* One finding a file: applications that are made in the branches of a condition have one cause. */
static void check_file(struct rule_context *c)
{
	struct web_application application;
	if (!file_imports_role(c->model, c->file, ROLE_WEB_SERVER))
		return;
	for (node_id n = 1; n < c->facts->node_count; n++)
		if (model_application(c->model, c->file, n, &application) && check_application(c, &application))
			return;
}

const struct rule rule_node_exception_filter = {
	.id = "node/exception-filter",
	.clauses = "7",
	.title = "An application handles the errors of all its handlers in one place",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.on_file = check_file,
};
