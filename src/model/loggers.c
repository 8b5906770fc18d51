#include "model/loggers.h"

/* What is made under a condition may not be what production logs with. */
static bool is_conditional(const struct facts *f, node_id call)
{
	return node_ancestor(f, call, KIND(IF) | KIND(CONDITIONAL) | KIND(SWITCH) | KIND(BINARY)) != 0;
}

static bool is_entry(const struct model *m, file_id file)
{
	return file != NO_FILE && m->files[file].class == CLASS_ENTRY;
}

/* Of several of a form the first counts, or the first where a program starts. */
static void take(const struct model *m, struct logging *logging, enum log_form form, file_id file, node_id node)
{
	bool is_better = form == logging->form && form != LOG_NONE && is_entry(m, file) && !is_entry(m, logging->file);
	if (form <= logging->form && !is_better)
		return;
	logging->form = form;
	logging->file = file;
	logging->node = node;
}

/* What a variable of the file holds; else the expression itself. */
static node_id held_here(const struct model *m, file_id file, node_id value)
{
	const struct facts *f = &m->files[file].facts;
	if (!value || node_kind(f, value) != NODE_NAME)
		return value;
	node_id binding = model_binding(m, file, value, node_name(f, value));
	node_id held = binding && node_kind(f, binding) == NODE_VAR ? node_child(f, binding, PART_VALUE) : 0;
	return held ? held : value;
}

/* What JSON.stringify is handed for a line: itself, with its end added, or in a template; 0 when the line is another. */
static node_id stringified(const struct model *m, file_id file, node_id line)
{
	const struct facts *f = &m->files[file].facts;
	line = held_here(m, file, line);
	if (line && node_kind(f, line) == NODE_BINARY)
		line = held_here(m, file, node_child(f, line, PART_LEFT));
	else if (line && node_kind(f, line) == NODE_TEMPLATE)
		line = node_child_of_kind(f, line, NODE_CALL);
	return log_is_stringify(f, line) ? held_here(m, file, call_arg(f, line, 0)) : 0;
}

/*
 * console.log(JSON.stringify({ level: "info", … })): a line of JSON by hand. What is written to the process's output may be one
 * even when nobody sees its fields.
 */
static enum log_form form_of_line(const struct model *m, file_id file, const struct known_call *known)
{
	const struct facts *f = &m->files[file].facts;
	bool is_output = role_set_has(known->roles, ROLE_LOG_OUTPUT);
	node_id object = is_output || role_set_has(known->roles, ROLE_CONSOLE)
				 ? stringified(m, file, call_arg(f, known->call, 0))
				 : 0;
	if (!object)
		return LOG_NONE;
	bool is_literal = node_kind(f, object) == NODE_OBJECT;
	if (is_literal && (object_value(f, object, STR("level")) || object_value(f, object, STR("severity"))))
		return LOG_JSON;
	return is_output ? LOG_UNKNOWN : LOG_NONE;
}

static void take_calls(struct model *m, file_id file, struct logging *logging)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < m->edges[file].known.count; i++) {
		const struct known_call *known = &m->edges[file].known.items[i];
		enum log_form form;
		if (role_set_has(known->roles, ROLE_LOG_MAKER))
			form = log_form_of_maker(m, file, known->call);
		else
			form = form_of_line(m, file, known);
		if ((form == LOG_TEXT || form == LOG_DEFAULT) && is_conditional(f, known->call))
			form = LOG_UNKNOWN;
		take(m, logging, form, file, known->call);
	}
}

/* "@acme/logger", "./lib/log", "acme-logging": one of its words is log, logs, logger, logging. */
static bool sounds_like_logger(struct str module)
{
	static const char *const words[] = { "log", "logs", "logger", "loggers", "logging" };
	for (uint32_t at = 0, end; at < module.len; at = end + 1) {
		for (end = at; end < module.len && !strchr("/-_.@", module.ptr[end]);)
			end++;
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_eq_nocase(str_slice(module, at, end), str_from(words[i])))
				return true;
	}
	return false;
}

/* A logger that comes from outside of what was read. */
static void take_imports(struct model *m, file_id file, struct logging *logging)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		enum import_target target = m->indexes[file].links[i].target;
		struct str module = facts_str(f, f->imports[i].module);
		if ((target == IMPORT_LIBRARY || target == IMPORT_UNRESOLVED) && sounds_like_logger(module) &&
			!model_library(m, m->files[file].language, module, ROLE_LOG_MAKER) &&
			!libraries_describe_own(m->libraries, m->files[file].language, module))
			take(m, logging, LOG_UNKNOWN, file, f->imports[i].node);
	}
}

static void take_file(struct model *m, file_id file)
{
	struct logging *logging = &m->logging[m->files[file].package];
	take_calls(m, file, logging);
	take_imports(m, file, logging);
	if (logging->server == NO_FILE && m->indexes[file].makes_server && model_is_server_code(m, file))
		logging->server = file;
}

/* Packages of npm by their names. */
static void map_packages(const struct model *m, struct str_map *names)
{
	for (package_id p = 0; p < m->packages.count; p++)
		if (m->packages.items[p].ecosystem == ECOSYSTEM_NPM && !str_empty(m->packages.items[p].name))
			str_map_put(names, m->packages.items[p].name, p, NULL);
}

static bool take_dependencies(struct model *m, package_id package, const struct str_map *names)
{
	const struct package *p = &m->packages.items[package];
	struct logging *logging = &m->logging[package];
	enum log_form before = logging->form;
	for (uint32_t i = 0; i < p->dependency_count; i++) {
		const uint32_t *other = str_map_get(names, p->dependencies[i].name);
		const struct logging *theirs = other && !p->dependencies[i].development ? &m->logging[*other] : NULL;
		if (theirs && theirs->form != LOG_DEFAULT)
			take(m, logging, theirs->form, theirs->file, theirs->node);
	}
	return logging->form != before;
}

/* A package logs with what those log with that it needs. Forms only get better, four times at most. */
static void spread(struct model *m)
{
	struct str_map names = { 0 };
	map_packages(m, &names);
	for (bool changed = true; changed;) {
		changed = false;
		for (package_id p = 0; p < m->packages.count; p++)
			changed |= m->packages.items[p].ecosystem == ECOSYSTEM_NPM && take_dependencies(m, p, &names);
	}
	str_map_release(&names);
}

void model_find_loggers(struct model *m)
{
	m->logging = arena_array(&m->arena, struct logging, m->packages.count);
	for (package_id p = 0; p < m->packages.count; p++)
		m->logging[p].file = m->logging[p].server = NO_FILE;
	for (file_id file = 0; file < m->file_count; file++)
		if ((LANGUAGES_NODE >> m->files[file].language & 1) && m->files[file].package != NO_PACKAGE &&
			model_is_production(m, file))
			take_file(m, file);
	for (package_id p = 0; p < m->packages.count; p++)
		if (m->logging[p].form <= LOG_DEFAULT && package_has_role(m, p, ROLE_LOGGER))
			take(m, &m->logging[p], LOG_UNKNOWN, NO_FILE, 0); /* it is there; who makes it is not seen */
	spread(m);
}

struct logging model_logging(const struct model *m, package_id package)
{
	return package == NO_PACKAGE ? (struct logging){ .form = LOG_UNKNOWN, .file = NO_FILE, .server = NO_FILE }
				     : m->logging[package];
}
