/* Which form the lines of a logger have, as far as the call that makes it tells. */
#include "model/loggers.h"

enum { MOST_STEPS = 512 };

/* An expression that is followed to what it stands for. `words` says what literals mean: its attributes json and text. */
struct form_reading {
	const struct model *m;
	const struct library_entry *words;
	unsigned *steps; /* left, for all that is followed together */
};

static enum log_form form_below(struct form_reading r, file_id file, node_id node, struct str path);
static enum log_form form_at(struct form_reading r, file_id file, node_id call, struct str places);
static enum log_form form_of_maker(struct form_reading r, file_id file, node_id call);

static enum log_form best(enum log_form a, enum log_form b)
{
	return a > b ? a : b;
}

/* One of two, as a condition says: what is text on one side only may be for development. */
static enum log_form either(enum log_form a, enum log_form b)
{
	return a == b ? a : best(LOG_UNKNOWN, best(a, b));
}

/* What a literal says: "pino-pretty", true; {} stands for an object as a whole. */
static enum log_form form_of_word(struct form_reading r, struct str word, enum log_form otherwise)
{
	if (str_has_word(library_attribute(r.words, "json"), word))
		return LOG_JSON;
	return str_has_word(library_attribute(r.words, "text"), word) ? LOG_TEXT : otherwise;
}

bool log_is_stringify(const struct facts *f, node_id value)
{
	return value && node_kind(f, value) == NODE_CALL && str_is(path_last(node_name(f, value)), "stringify");
}

static enum log_form form_of_printed(const struct facts *f, node_id value)
{
	if (log_is_stringify(f, value))
		return LOG_JSON;
	bool is_text = value && ((KIND(TEMPLATE) | KIND(BINARY) | KIND(STRING)) >> f->nodes[value].kind & 1);
	return is_text ? LOG_TEXT : LOG_UNKNOWN;
}

/* printf((line) => `${line.level}: ${line.message}`): what its function returns. */
static enum log_form form_of_printer(struct form_reading r, file_id file, node_id call)
{
	const struct facts *f = &r.m->files[file].facts;
	node_id function = call_arg(f, call, 0), body = function ? node_child(f, function, PART_BODY) : 0;
	enum log_form form = LOG_NONE;
	if (!body)
		return LOG_UNKNOWN;
	if (node_kind(f, body) != NODE_BLOCK)
		return form_of_printed(f, body);
	facts_each_below(f, body, n)
		if (node_kind(f, n) == NODE_RETURN && node_function(f, n) == function)
			form = best(form, form_of_printed(f, node_child(f, n, PART_VALUE)));
	return form == LOG_NONE ? LOG_UNKNOWN : form;
}

/* combine(timestamp(), json()): of all that say a form the last. */
static enum log_form form_of_last(struct form_reading r, file_id file, node_id call)
{
	const struct facts *f = &r.m->files[file].facts;
	enum log_form form = LOG_NONE;
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		enum log_form one = form_below(r, file, argument, STR(""));
		form = one == LOG_NONE ? form : one;
	}
	return form;
}

static enum log_form form_of_entry(struct form_reading r, const struct library_entry *entry, file_id file, node_id call)
{
	struct str says = library_attribute(entry, "says");
	if (str_is(says, "last"))
		return form_of_last(r, file, call);
	if (str_is(says, "printed"))
		return form_of_printer(r, file, call);
	if (str_empty(says)) {
		r.words = entry;
		return form_at(r, file, call, library_attribute(entry, "form"));
	}
	return str_is(says, "json") ? LOG_JSON : str_is(says, "text") ? LOG_TEXT : LOG_NONE;
}

/* A call of a function of the project has the form of what it returns. */
static enum log_form form_of_call(struct form_reading r, file_id file, node_id call, struct str path)
{
	const struct facts *f = &r.m->files[file].facts;
	const struct library_entry *entry = model_role(r.m, file, call, ROLE_LOG_FORM);
	if (entry)
		return form_of_entry(r, entry, file, call);
	if (model_role(r.m, file, call, ROLE_LOG_MAKER))
		return form_of_maker(r, file, call);
	if (node_has(f, call, FLAG_NEW))
		return str_empty(path) ? LOG_UNKNOWN : LOG_NONE; /* a server's adapter is no options */
	struct meaning means = model_meaning(r.m, file, call);
	node_id made = means.kind == MEANS_DECLARATION
			       ? node_child(&r.m->files[means.file].facts, means.node, PART_VALUE)
			       : 0;
	if (made &&
		node_kind(&r.m->files[means.file].facts, made) == NODE_CALL) { /* const trace = format(…); trace() */
		const struct library_entry *maker = model_role(r.m, means.file, made, ROLE_LOG_FORM);
		return maker ? form_of_entry(r, maker, means.file, made) : LOG_UNKNOWN;
	}
	node_id function = model_meant_function(r.m, means);
	node_id result = function ? model_result(r.m, means.file, function) : 0;
	return result ? form_below(r, means.file, result, path) : LOG_UNKNOWN;
}

/* What a variable of the project holds, wherever it is declared; 0 when that is not known. */
static node_id held_value(const struct model *m, file_id *file, node_id name)
{
	const struct facts *f = &m->files[*file].facts;
	node_id local = model_binding(m, *file, name, node_name(f, name));
	if (local && node_kind(f, local) == NODE_VAR && model_binding_is_unique(m, *file, name, node_name(f, name)))
		return node_child(f, local, PART_VALUE);
	struct meaning means = model_meaning(m, *file, name);
	if (means.kind != MEANS_DECLARATION || !str_empty(means.name))
		return 0;
	*file = means.file;
	return node_child(&m->files[means.file].facts, means.node, PART_VALUE);
}

static enum log_form form_of_name(struct form_reading r, file_id file, node_id name, struct str path)
{
	file_id holder = file;
	node_id held = held_value(r.m, &holder, name);
	if (held)
		return form_below(r, holder, held, path);
	const struct library_entry *entry = model_role(r.m, file, name, ROLE_LOG_FORM);
	if (entry)
		return form_of_entry(r, entry, file, name);
	return str_is(node_name(&r.m->files[file].facts, name), "undefined") ? LOG_NONE : LOG_UNKNOWN;
}

static enum log_form form_of_items(struct form_reading r, file_id file, node_id list, struct str path)
{
	const struct facts *f = &r.m->files[file].facts;
	enum log_form form = LOG_NONE;
	facts_each_child(f, list, item) {
		node_id value = node_kind(f, item) == NODE_PAIR ? node_child(f, item, PART_VALUE) : item;
		form = best(form, value ? form_below(r, file, value, path) : LOG_UNKNOWN);
	}
	return form;
}

/* A member of an object; "*" stands for each. What it takes over from another is not known. */
static enum log_form form_of_member(struct form_reading r, file_id file, node_id object, struct str path)
{
	const struct facts *f = &r.m->files[file].facts;
	struct str key = path_first(path), rest = str_slice(path, key.len + (key.len < path.len), path.len);
	if (str_empty(path))
		return form_of_word(r, STR("{}"), LOG_NONE);
	if (str_is(key, "*"))
		return form_of_items(r, file, object, rest);
	node_id value = object_value(f, object, key);
	if (value)
		return form_below(r, file, value, rest);
	return node_child_of_kind(f, object, NODE_SPREAD) ? LOG_UNKNOWN : LOG_NONE;
}

/* The form that an expression says, or the member of it at a path. */
static enum log_form form_below(struct form_reading r, file_id file, node_id node, struct str path)
{
	const struct facts *f = &r.m->files[file].facts;
	if (!*r.steps)
		return LOG_UNKNOWN;
	--*r.steps;
	switch (node_kind(f, node)) {
	case NODE_STRING: /* in place of options: the name of a file that has them */
		return form_of_word(r, node_name(f, node), str_empty(path) ? LOG_NONE : LOG_UNKNOWN);
	case NODE_CONST:
		return form_of_word(
			r, node_name(f, node), str_is(node_name(f, node), "undefined") ? LOG_NONE : LOG_UNKNOWN);
	case NODE_CONDITIONAL:
		return either(form_below(r, file, node_child(f, node, PART_THEN), path),
			form_below(r, file, node_child(f, node, PART_ELSE), path));
	case NODE_BINARY:
		return either(form_below(r, file, node_child(f, node, PART_LEFT), path),
			form_below(r, file, node_child(f, node, PART_RIGHT), path));
	case NODE_CAST:
	case NODE_UNWRAP:
		return form_below(r, file, node_child(f, node, PART_VALUE), path);
	case NODE_NAME:
		return form_of_name(r, file, node, path);
	case NODE_CALL:
		return form_of_call(r, file, node, path);
	case NODE_ARRAY:
		return form_of_items(r, file, node, path);
	case NODE_OBJECT:
		return form_of_member(r, file, node, path);
	default:
		return LOG_UNKNOWN;
	}
}

/* The form at the first of several places of a call that says one: "1.logger 2.logger". */
static enum log_form form_at(struct form_reading r, file_id file, node_id call, struct str places)
{
	const struct facts *f = &r.m->files[file].facts;
	struct str place;
	enum log_form form = LOG_NONE;
	while (form == LOG_NONE && str_split(&places, ' ', &place)) {
		node_id argument = place.len ? call_arg(f, call, (uint32_t)(place.ptr[0] - '0')) : 0;
		if (argument)
			form = form_below(r, file, argument, str_slice(place, place.len > 1 ? 2 : 1, place.len));
	}
	return form;
}

static enum log_form form_otherwise(const struct library_entry *maker)
{
	struct str otherwise = library_attribute(maker, "otherwise");
	if (str_is(otherwise, "json"))
		return LOG_JSON;
	return str_is(otherwise, "text") ? LOG_TEXT : str_is(otherwise, "default") ? LOG_DEFAULT : LOG_NONE;
}

/* What each part writes: in its own form, or in that of the logger. */
static enum log_form form_of_parts(
	struct form_reading r, file_id file, node_id call, struct str place, enum log_form base)
{
	node_id options = call_arg(&r.m->files[file].facts, call, (uint32_t)(place.ptr[0] - '0'));
	if (options && node_kind(&r.m->files[file].facts, options) == NODE_NAME)
		options = held_value(r.m, &file, options);
	const struct facts *f = &r.m->files[file].facts;
	node_id parts = options && node_kind(f, options) == NODE_OBJECT
				? object_value(f, options, str_slice(place, 2, place.len))
				: 0;
	enum log_form form = LOG_NONE;
	if (!parts)
		return base;
	if (node_kind(f, parts) != NODE_ARRAY)
		return best(base, form_below(r, file, parts, STR("")));
	facts_each_child(f, parts, part) {
		enum log_form own = form_below(r, file, part, STR(""));
		form = best(form, own == LOG_NONE ? base : own);
	}
	return form == LOG_NONE ? base : form;
}

static enum log_form form_of_maker(struct form_reading r, file_id file, node_id call)
{
	const struct library_entry *maker = model_role(r.m, file, call, ROLE_LOG_MAKER);
	struct str parts = library_attribute(maker, "parts");
	r.words = maker;
	enum log_form form = form_at(r, file, call, library_attribute(maker, "form"));
	if (form == LOG_NONE)
		form = form_otherwise(maker);
	return str_empty(parts) ? form : form_of_parts(r, file, call, parts, form);
}

enum log_form log_form_of_maker(const struct model *m, file_id file, node_id call)
{
	unsigned steps = MOST_STEPS;
	return form_of_maker((struct form_reading){ .m = m, .steps = &steps }, file, call);
}
