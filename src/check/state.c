/* What rules call: options, findings, notes, abstentions. */
#include "check/state.h"

#include "base/hash.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* A finding, and what finding_severity has to know of it. */
struct held {
	struct finding finding; /* first: rules get a pointer to it */
	bool configured; /* its severity was set by the user */
};

static struct str path_at(const struct rule_context *c)
{
	return c->file == NO_FILE ? STR("") : model_file(c->model, c->file)->path;
}

static struct str option_fallback(const struct rule *rule, const char *name)
{
	const struct rule_option *row = rule->options;
	assert(row); /* a rule asks only for options it declares */
	while (row->name && strcmp(row->name, name) != 0)
		row++;
	assert(row->name);
	return str_from(row->fallback);
}

static const struct config_option *configured(const struct rule_context *c, const char *name)
{
	return config_option(c->state->input->config, c->rule, path_at(c), str_from(name));
}

static struct str option_text(const struct rule_context *c, const char *name)
{
	struct str fallback = option_fallback(c->rule, name);
	const struct config_option *option = configured(c, name);
	return option && option->values.count ? option->values.items[0] : fallback;
}

bool rule_option_bool(const struct rule_context *c, const char *name)
{
	return str_is(option_text(c, name), "true");
}

double rule_option_number(const struct rule_context *c, const char *name)
{
	struct str text = option_text(c, name);
	char copy[64] = { 0 };
	for (uint32_t i = 0; i < text.len && i < sizeof(copy) - 1; i++)
		copy[i] = text.ptr[i];
	return strtod(copy, NULL);
}

/* The fallback of a list is one word at most, as `bylaw config show` has it. */
bool rule_option_has(const struct rule_context *c, const char *name, struct str value)
{
	struct str fallback = option_fallback(c->rule, name);
	const struct config_option *option = configured(c, name);
	if (!option)
		return value.len && str_eq(fallback, value);
	for (uint32_t i = 0; i < option->values.count; i++)
		if (str_eq(option->values.items[i], value))
			return true;
	return false;
}

enum severity state_severity(const struct config *config, const struct rule *rule, struct str path, bool *configured)
{
	enum severity severity = rule->severity;
	bool set = config_severity(config, rule, path, &severity);
	if (configured)
		*configured = set;
	return severity;
}

static struct place place_of_bytes(const struct model_file *file, uint32_t start, uint32_t end, bool in_base)
{
	const struct facts *f = &file->facts;
	struct place place = { .path = file->path, .in_base = in_base };
	place.line = place.end_line = facts_line(f, start);
	place.column = facts_column(f, start);
	uint32_t next = place.line < f->line_count ? f->lines[place.line] - 1 : f->source_len;
	if (end > next)
		end = next; /* one line: what is all in a pull request's diff is shown there */
	place.end_column = place.column + (end > start ? end - start : 1);
	return place;
}

struct place place_of(const struct model_file *file, node_id node, bool in_base)
{
	if (!file->facts.node_count)
		return (struct place){ .path = file->path, .in_base = in_base };
	const struct node *n = facts_node(&file->facts, node);
	if (!node)
		return (struct place){ .path = file->path, 1, 1, 1, 2, in_base };
	return place_of_bytes(file, n->start, n->end, in_base);
}

/* The name a declaration goes by; `const f = () => …` is one of a function. */
static struct str declared_name(const struct facts *f, node_id n)
{
	static const uint64_t named = KIND(FUNCTION) | KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL) | KIND(ENUM);
	static const uint64_t bound = KIND(VAR) | KIND(FIELD);
	uint64_t kind = 1ull << f->nodes[n].kind;
	node_id value = kind & bound ? node_child(f, n, PART_VALUE) : 0;
	bool declares = kind & named || (value && node_kind(f, value) == NODE_LAMBDA);
	return declares ? node_name(f, n) : STR("");
}

/* The type a Go method belongs to. */
static struct str receiver_type(const struct facts *f, node_id function)
{
	node_id receiver = node_child(f, function, PART_RECEIVER);
	node_id type = receiver ? node_child(f, receiver, PART_TYPE) : 0;
	return type ? path_last(node_name(f, type)) : STR("");
}

/* "UsersController.all": the nearest two named declarations that a node is or stands in. */
static struct str symbol_of(struct arena *a, const struct facts *f, node_id node)
{
	struct str inner = { 0 }, outer = { 0 };
	if (f->node_count)
		for (node_id n = node; n && str_empty(outer); n = f->nodes[n].parent) {
			struct str name = declared_name(f, n);
			if (str_empty(name))
				continue;
			if (str_empty(inner)) {
				inner = name;
				outer = receiver_type(f, n);
			} else {
				outer = name;
			}
		}
	return str_empty(outer) ? inner : arena_printf(a, "%.*s.%.*s", STR_ARG(outer), STR_ARG(inner));
}

static struct str format_message(struct arena *a, const char *format, va_list args)
{
	va_list measuring;
	va_copy(measuring, args);
	char none[1];
	int len = vsnprintf(none, sizeof(none), format, measuring);
	va_end(measuring);
	char *text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return (struct str){ text, (uint32_t)len };
}

static struct finding *add_finding(struct rule_context *c, const struct model_file *file, struct place place,
	struct str symbol, const char *format, va_list args)
{
	struct rule_state *s = c->state;
	struct held *held = arena_new(s->arena, struct held);
	struct finding *finding = &held->finding;
	finding->rule = c->rule;
	finding->severity = state_severity(s->input->config, c->rule, file->path, &held->configured);
	finding->place = place;
	finding->symbol = symbol;
	finding->message = format_message(s->arena, format, args);
	vec_push(&s->slot->findings, finding);
	return finding;
}

struct finding *report_in(struct rule_context *c, file_id file, node_id node, const char *format, ...)
{
	const struct model_file *at = model_file(c->model, file);
	va_list args;
	va_start(args, format);
	struct finding *finding = add_finding(
		c, at, place_of(at, node, false), symbol_of(c->state->arena, &at->facts, node), format, args);
	va_end(args);
	return finding;
}

struct finding *report_at(struct rule_context *c, node_id node, const char *format, ...)
{
	const struct model_file *at = model_file(c->model, c->file);
	va_list args;
	va_start(args, format);
	struct finding *finding = add_finding(
		c, at, place_of(at, node, false), symbol_of(c->state->arena, &at->facts, node), format, args);
	va_end(args);
	return finding;
}

struct finding *report_base(struct rule_context *c, file_id base_file, node_id node, const char *format, ...)
{
	const struct model_file *at = model_base_file(c->model, base_file);
	va_list args;
	va_start(args, format);
	struct finding *finding = add_finding(c, at, place_of(at, node, true), STR(""), format, args);
	va_end(args);
	return finding;
}

struct finding *state_report(struct rule_state *s, const struct rule *rule, const struct model_file *file,
	uint32_t start, uint32_t end, struct str message)
{
	bool configured;
	enum severity severity = state_severity(s->input->config, rule, file->path, &configured);
	if (severity == SEVERITY_OFF)
		return NULL;
	struct held *held = arena_new(s->arena, struct held);
	held->configured = configured;
	held->finding = (struct finding){
		.rule = rule, .severity = severity, .message = message, .place = place_of_bytes(file, start, end, false)
	};
	vec_push(&s->slot->findings, &held->finding);
	return &held->finding;
}

/*
 * A rule lowers or raises one finding against its own default. What the user configured is the base and a
 * cap: under `warning` errors become warnings and notes stay notes; under `error` what has the default
 * severity is an error, and what the rule lowered stays as low. Nothing a rule says brings back what is off.
 */
void finding_severity(struct finding *finding, enum severity severity)
{
	const struct held *held = (const struct held *)finding;
	bool lowers = severity < finding->rule->severity;
	if (finding->severity == SEVERITY_OFF || (!lowers && held->configured))
		return;
	if (!lowers || severity < finding->severity)
		finding->severity = severity;
}

static void add_note(
	struct rule_state *s, struct finding *finding, struct place place, const char *format, va_list args)
{
	struct finding_related related = { place, format_message(s->arena, format, args) };
	vec_push(&finding->related, related);
}

void finding_note(struct rule_context *c, struct finding *finding, file_id file, node_id node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_note(c->state, finding, place_of(model_file(c->model, file), node, false), format, args);
	va_end(args);
}

void finding_note_base(
	struct rule_context *c, struct finding *finding, file_id base_file, node_id node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_note(c->state, finding, place_of(model_base_file(c->model, base_file), node, true), format, args);
	va_end(args);
}

void finding_fix(
	struct rule_context *c, struct finding *finding, uint32_t start, uint32_t end, struct str old, struct str text)
{
	struct arena *a = c->state->arena;
	struct edit edit = { .start = start, .end = end, .old = arena_str(a, old), .text = arena_str(a, text) };
	vec_push(&finding->edits, edit);
}

void finding_fix_whole(struct rule_context *c, struct finding *finding, uint32_t start, uint32_t end, struct str old)
{
	struct edit edit = { .start = start, .end = end, .old = arena_str(c->state->arena, old), .whole = true };
	vec_push(&finding->edits, edit);
}

void finding_replace(struct rule_context *c, struct finding *finding, uint32_t start, uint32_t end, struct str text)
{
	struct edit edit = { .start = start, .end = end, .text = arena_str(c->state->arena, text), .whole = true };
	vec_push(&finding->edits, edit);
}

struct str rule_text(struct rule_context *c, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str text = format_message(c->state->arena, format, args);
	va_end(args);
	return text;
}

void finding_fix_is_unsafe(struct finding *finding)
{
	finding->fix_is_unsafe = true;
}

bool rule_first(struct rule_context *c, uint64_t key)
{
	bool added;
	map_put(c->state->told, hash_mix(key, c->rule->id, strlen(c->rule->id)), 1, &added);
	return added;
}

void finding_note_request(struct rule_context *c, struct finding *finding, node_id function)
{
	file_id file;
	node_id site;
	if (model_reach_evidence(c->model, c->file, function, &file, &site))
		finding_note(c, finding, file, site, "the request comes in here");
}

/* Counted once for a file, as long as a rule takes the files one after the other. */
void rule_abstain(struct rule_context *c, file_id file, const char *reason)
{
	struct slot *slot = c->state->slot;
	for (uint32_t i = 0; i < slot->abstentions.count; i++) {
		struct slot_abstention *a = &slot->abstentions.items[i];
		if (a->told.rule != c->rule || !str_is(a->told.reason, reason))
			continue;
		if (a->last != file) {
			a->told.count++;
			vec_push(&a->told.files, file);
		}
		a->last = file;
		return;
	}
	struct str example = file == NO_FILE ? STR("") : model_file(c->model, file)->path;
	struct slot_abstention abstention = {
		.told = { .rule = c->rule,
			.reason = arena_str(c->state->arena, str_from(reason)),
			.count = 1,
			.example = example },
		.last = file,
	};
	vec_push(&abstention.told.files, file);
	vec_push(&slot->abstentions, abstention);
}
