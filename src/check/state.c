/* What rules call: options, findings, notes, abstentions. */
#include "check/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct str path_at(const struct rule_context *c)
{
	return c->file == NO_FILE ? STR("") : model_file(c->model, c->file)->path;
}

static const struct rule_option *option_row(const struct rule *rule, const char *name)
{
	const struct rule_option *row = rule->options;
	while (row && row->name && strcmp(row->name, name) != 0)
		row++;
	return row && row->name ? row : NULL;
}

static const struct config_option *configured(const struct rule_context *c, const char *name)
{
	return config_option(c->state->input->config, c->rule, path_at(c), str_from(name));
}

static struct str option_text(const struct rule_context *c, const char *name)
{
	const struct config_option *option = configured(c, name);
	if (option && option->values.count)
		return option->values.items[0];
	const struct rule_option *row = option_row(c->rule, name);
	return row ? str_from(row->fallback) : STR("");
}

bool rule_option_bool(const struct rule_context *c, const char *name)
{
	return str_is(option_text(c, name), "true");
}

double rule_option_number(const struct rule_context *c, const char *name)
{
	struct str text = option_text(c, name);
	char copy[64] = { 0 };
	memcpy(copy, text.ptr, text.len < sizeof(copy) - 1 ? text.len : sizeof(copy) - 1);
	return strtod(copy, NULL);
}

bool rule_option_has(const struct rule_context *c, const char *name, struct str value)
{
	const struct config_option *option = configured(c, name);
	for (uint32_t i = 0; option && i < option->values.count; i++)
		if (str_eq(option->values.items[i], value))
			return true;
	return false;
}

enum severity state_severity(const struct config *config, const struct rule *rule, struct str path)
{
	enum severity severity = rule->severity;
	config_severity(config, rule, path, &severity);
	return severity;
}

static struct place place_of_bytes(const struct model_file *file, uint32_t start, uint32_t end, bool in_base)
{
	const struct facts *f = &file->facts;
	struct place place = { .path = file->path, .in_base = in_base };
	place.line = place.end_line = facts_line(f, start);
	place.column = start - f->lines[place.line - 1] + 1;
	uint32_t next = place.line < f->line_count ? f->lines[place.line] - 1 : f->source_len;
	if (end > next)
		end = next; /* one line: what is all in a pull request's diff is shown there */
	place.end_column = end > start ? end - f->lines[place.line - 1] + 1 : place.column + 1;
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

/* "UsersController.all": the named declarations around a node. */
static struct str symbol_of(struct arena *a, const struct facts *f, node_id node)
{
	static const uint64_t named = KIND(FUNCTION) | KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL) | KIND(ENUM);
	node_id inner = f->node_count ? node_ancestor(f, node, named) : 0;
	node_id outer = inner ? node_ancestor(f, inner, named) : 0;
	if (!inner)
		return STR("");
	if (!outer)
		return node_name(f, inner);
	return arena_printf(a, "%.*s.%.*s", STR_ARG(node_name(f, outer)), STR_ARG(node_name(f, inner)));
}

static struct str format_message(struct arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	char measured[1];
	int len = vsnprintf(measured, sizeof(measured), format, args);
	char *text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return (struct str){ text, (uint32_t)len };
}

static struct finding *add_finding(struct rule_context *c, const struct model_file *file, struct place place,
				   struct str symbol, const char *format, va_list args)
{
	struct rule_state *s = c->state;
	struct finding *finding = arena_new(s->arena, struct finding);
	finding->rule = c->rule;
	finding->severity = state_severity(s->input->config, c->rule, file->path);
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
	struct finding *finding = add_finding(c, at, place_of(at, node, false), symbol_of(c->state->arena, &at->facts, node),
					      format, args);
	va_end(args);
	return finding;
}

struct finding *report_at(struct rule_context *c, node_id node, const char *format, ...)
{
	const struct model_file *at = model_file(c->model, c->file);
	va_list args;
	va_start(args, format);
	struct finding *finding = add_finding(c, at, place_of(at, node, false), symbol_of(c->state->arena, &at->facts, node),
					      format, args);
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

struct finding *state_report(struct rule_state *s, const struct rule *rule, const struct model_file *file, uint32_t start,
			     uint32_t end, struct str message)
{
	enum severity severity = state_severity(s->input->config, rule, file->path);
	if (severity == SEVERITY_OFF)
		return NULL;
	struct finding *finding = arena_new(s->arena, struct finding);
	*finding = (struct finding){ .rule = rule, .severity = severity, .message = message,
				     .place = place_of_bytes(file, start, end, false) };
	vec_push(&s->slot->findings, finding);
	return finding;
}

/*
 * A rule lowers or raises one finding relative to its own default. The configured severity is a cap: `warning` makes
 * errors warnings and leaves notes; `error` raises what has the default severity and leaves what was lowered.
 */
void finding_severity(struct finding *finding, enum severity severity)
{
	bool lowers = severity < finding->rule->severity;
	bool as_default = finding->severity == finding->rule->severity;
	if (lowers ? severity < finding->severity : as_default)
		finding->severity = severity;
}

static void add_note(struct rule_state *s, struct finding *finding, struct place place, const char *format, va_list args)
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

void finding_note_base(struct rule_context *c, struct finding *finding, file_id base_file, node_id node,
		       const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_note(c->state, finding, place_of(model_base_file(c->model, base_file), node, true), format, args);
	va_end(args);
}

void rule_abstain(struct rule_context *c, file_id file, const char *reason)
{
	struct slot *slot = c->state->slot;
	for (uint32_t i = 0; i < slot->abstentions.count; i++) {
		struct abstention *a = &slot->abstentions.items[i];
		if (a->rule == c->rule && str_is(a->reason, reason)) {
			a->count++;
			return;
		}
	}
	struct abstention abstention = { c->rule, arena_str(c->state->arena, str_from(reason)), 1,
					 file == NO_FILE ? STR("") : model_file(c->model, file)->path };
	vec_push(&slot->abstentions, abstention);
}
