#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "also values in the message of a call that has fields" },
	{ 0 },
};

/* ---- packages without a JSON logger ---- */

static node_id manifest_value(const struct rule_context *c, const struct package *p, struct str key)
{
	const struct facts *f = &model_file(c->model, p->manifest)->facts;
	node_id root = node_child_of_kind(f, 0, NODE_OBJECT);
	return root ? object_value(f, root, key) : 0;
}

/* A program rather than a library: it is started, or kept to oneself. */
static bool is_application(const struct rule_context *c, const struct package *p)
{
	const struct facts *f = &model_file(c->model, p->manifest)->facts;
	node_id private = manifest_value(c, p, STR("private")), scripts = manifest_value(c, p, STR("scripts"));
	if (private && str_is(node_name(f, private), "true"))
		return true;
	return scripts && node_kind(f, scripts) == NODE_OBJECT && object_value(f, scripts, STR("start"));
}

static bool lacks_logger(const struct rule_context *c, package_id package)
{
	const struct package *p = package == NO_PACKAGE ? NULL : model_package(c->model, package);
	struct logging logging = model_logging(c->model, package);
	return p && p->ecosystem == ECOSYSTEM_NPM && logging.server != NO_FILE && logging.form <= LOG_TEXT &&
	       is_application(c, p);
}

/* A file of the package's server that was not read whole, or needs one that is not here: it could make a logger. */
static file_id unread_file(const struct rule_context *c, package_id package)
{
	for (file_id file = 0; file < model_file_count(c->model); file++) {
		const struct model_file *at = model_file(c->model, file);
		if (at->package != package || !model_is_production(c->model, file) ||
			!(model_sides(c->model, file) & SIDE_SERVER))
			continue;
		for (uint32_t i = 0; i < at->facts.import_count; i++) {
			struct import_link link = model_import(c->model, file, i);
			if (link.target == IMPORT_UNRESOLVED && link.cause != CAUSE_IGNORED &&
				link.cause != CAUSE_GENERATED)
				return file;
		}
		if (at->facts.error_count || at->skip != SKIP_NONE)
			return file;
	}
	return NO_FILE;
}

/* A user interface whose server hands out its files, or passes requests on, has nothing to log. */
static bool only_hands_out(const struct rule_context *c, package_id package)
{
	if (!package_has_role(c->model, package, ROLE_WEB_CLIENT_UI))
		return false;
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		bool is_fallback = str_contains(e->path, STR("{*"));
		if (e->package == package && e->handler && !e->is_static && !is_fallback)
			return false;
	}
	return true;
}

static struct finding *report_missing(struct rule_context *c, const struct package *p)
{
	const struct facts *f = &model_file(c->model, p->manifest)->facts;
	node_id dependencies = manifest_value(c, p, STR("dependencies"));
	return report_in(c, p->manifest,
		dependencies ? f->nodes[dependencies].parent : node_child_of_kind(f, 0, NODE_OBJECT),
		"%.*s serves, and has no logger that writes JSON: what it logs has no fields to search by (§9). Log through pino "
		"or winston.",
		STR_ARG(p->name));
}

static void report_package(struct rule_context *c, package_id package)
{
	const struct package *p = model_package(c->model, package);
	struct logging logging = model_logging(c->model, package);
	file_id unread = logging.form == LOG_TEXT ? NO_FILE : unread_file(c, package);
	struct finding *finding;
	if (unread != NO_FILE) {
		rule_abstain(c, unread, "something was not read that may make the logger");
		return;
	}
	if (logging.form == LOG_NONE)
		finding = report_missing(c, p);
	else if (logging.form == LOG_DEFAULT)
		finding = report_in(c, logging.file, logging.node,
			"the logger that the framework brings along writes text, which has no fields to search by (§9). Hand it a JSON "
			"logger: nestjs-pino, or ConsoleLogger with json: true.");
	else
		finding = report_in(c, logging.file, logging.node,
			"this logger writes text, also in production, which has no fields to search by (§9). Let it write JSON; keep what "
			"is pretty for development.");
	finding_note(c, finding, logging.server, 0, "%.*s serves from here", STR_ARG(p->name));
}

/* One logger may be that of many packages. */
static bool is_new(struct rule_context *c, package_id package)
{
	struct logging logging = model_logging(c->model, package);
	return !logging.node || rule_first(c, (uint64_t)logging.file << 32 | logging.node);
}

static void check_project(struct rule_context *c)
{
	for (package_id package = 0; package < model_package_count(c->model); package++)
		if (lacks_logger(c, package) && is_new(c, package) && !only_hands_out(c, package))
			report_package(c, package);
}

/* ---- values in messages ---- */

/* Constants, and what code is called, are the same in every line: they are no values. */
static bool is_value(const struct rule_context *c, node_id n)
{
	struct str name = node_name(c->facts, n);
	enum node_kind kind = node_kind(c->facts, n);
	if (kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_CONST)
		return false;
	if (kind == NODE_NAME && str_is(path_last(name), "name")) {
		struct str owner = path_parent(name);
		struct meaning means = model_path_meaning(c->model, c->file, n, owner);
		const struct facts *there = means.kind == MEANS_DECLARATION ? &model_file(c->model, means.file)->facts
									    : NULL;
		bool is_code = there && ((KIND(CLASS) | KIND(FUNCTION)) >> there->nodes[means.node].kind & 1);
		if (is_code || str_ends(owner, STR("constructor")))
			return false;
	}
	struct str text = model_text(c->model, c->file, n);
	return str_find(text, '{') != UINT32_MAX || str_empty(text);
}

/* The first value that a template or a sum of texts puts in; 0 when it is no text, or has none. */
static node_id value_inside(const struct rule_context *c, node_id text)
{
	const struct facts *f = c->facts;
	if (node_kind(f, text) == NODE_TEMPLATE && !node_has(f, text, FLAG_TAGGED)) {
		facts_each_child(f, text, part)
			if (is_value(c, part))
				return part;
		return 0;
	}
	node_id value = 0;
	bool has_text = false;
	for (node_id sum = text; sum && node_kind(f, sum) == NODE_BINARY; sum = node_child(f, sum, PART_LEFT)) {
		node_id left = node_child(f, sum, PART_LEFT), right = node_child(f, sum, PART_RIGHT);
		if (!str_is(node_name(f, sum), "+") || !left || !right)
			return 0;
		has_text |= node_kind(f, left) == NODE_STRING || node_kind(f, right) == NODE_STRING ||
			    node_kind(f, right) == NODE_TEMPLATE || node_kind(f, left) == NODE_TEMPLATE;
		if (is_value(c, right))
			value = right;
		if (node_kind(f, left) != NODE_BINARY && is_value(c, left))
			value = left;
	}
	return has_text ? value : 0;
}

static bool has_fields(const struct facts *f, node_id call)
{
	facts_each_child(f, call, argument)
		if (f->nodes[argument].part == PART_ARG && node_kind(f, argument) == NODE_OBJECT)
			return true;
	return false;
}

/* The text at "1" or "0.message" of a call, or 0. */
static node_id message_at(const struct facts *f, node_id call, struct str place)
{
	node_id argument = place.len ? call_arg(f, call, (uint32_t)(place.ptr[0] - '0')) : 0;
	if (argument && place.len > 2)
		return node_kind(f, argument) == NODE_OBJECT ? object_value(f, argument, str_slice(place, 2, place.len))
							     : 0;
	return argument;
}

static struct str short_text(const struct facts *f, node_id n, char space[static 40])
{
	struct str text = node_name(f, n);
	if (node_kind(f, n) == NODE_NAME && text.len && text.len < 40)
		memcpy(space, text.ptr, text.len);
	else
		return STR("a value");
	return (struct str){ space, text.len };
}

static bool is_judged(const struct rule_context *c)
{
	package_id package = model_file(c->model, c->file)->package;
	return package != NO_PACKAGE && model_is_server_code(c->model, c->file) && !lacks_logger(c, package);
}

static void check_call(struct rule_context *c, node_id call)
{
	const struct library_entry *entry = model_role(c->model, c->file, call, ROLE_LOG_CALL);
	if (!entry || (!rule_option_bool(c, "strict") && has_fields(c->facts, call) &&
			      str_find(library_attribute(entry, "message"), '.') == UINT32_MAX))
		return;
	if (!is_judged(c))
		return;
	struct str places = library_attribute(entry, "message"), place;
	while (str_split(&places, ' ', &place)) {
		node_id text = message_at(c->facts, call, place);
		node_id value = text ? value_inside(c, text) : 0;
		if (!value)
			continue;
		char space[40];
		struct str name = short_text(c->facts, value, space);
		report_at(c, text,
			"%.*s is put into the text of the line, where nobody can search by it (§9). Hand it over as a field.",
			STR_ARG(name));
		return;
	}
}

const struct rule rule_node_structured_logging = {
	.id = "node/structured-logging",
	.clauses = "9",
	.title = "Servers log JSON, and values are fields",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.kinds = KIND(CALL),
	.on_node = check_call,
	.on_project = check_project,
};
