#include "check/state.h"

#include "base/threads.h"
#include "check/registry.h"

#include <assert.h>
#include <time.h>

enum { MOST_RULES = 128 };

/* Which rules run, and for each language and kind of node those that want it; indexes of the registry. */
struct plan {
	const struct check_input *input;
	bool runs[MOST_RULES];
	struct rule_list {
		VEC(uint8_t) rules;
	} wants[LANGUAGE_COUNT][NODE_KIND_COUNT];
	struct slot *slots; /* by file; the last one is the project's */
	struct arena *arenas; /* by worker */
	const struct rule *only; /* when timed: the one rule of this pass */
};

static bool is_wanted(const struct check_input *input, const struct rule *rule)
{
	struct str id = str_from(rule->id), area = str_slice(id, 0, str_find(id, '/'));
	bool wanted = input->only_count == 0;
	for (uint32_t i = 0; i < input->only_count && !wanted; i++)
		wanted = str_eq(id, input->only[i]) || str_eq(area, input->only[i]) ||
			 registry_in_clause(rule, input->only[i]);
	return wanted && (!rule->needs_base || model_has_base(input->model));
}

static void plan_nodes(struct plan *p, uint32_t index)
{
	const struct rule *rule = registry_rules()[index];
	for (unsigned language = 1; rule->on_node && language < LANGUAGE_COUNT; language++)
		for (unsigned kind = 0; kind < NODE_KIND_COUNT; kind++)
			if ((rule->languages >> language & 1) && (rule->kinds >> kind & 1))
				vec_push(&p->wants[language][kind].rules, (uint8_t)index);
}

static void plan_rules(struct plan *p)
{
	assert(registry_count() <= MOST_RULES);
	for (uint32_t i = 0; i < registry_count(); i++) {
		p->runs[i] = is_wanted(p->input, registry_rules()[i]);
		if (p->runs[i])
			plan_nodes(p, i);
	}
}

static void plan_release(struct plan *p)
{
	for (unsigned language = 0; language < LANGUAGE_COUNT; language++)
		for (unsigned kind = 0; kind < NODE_KIND_COUNT; kind++)
			vec_release(&p->wants[language][kind].rules);
	for (file_id file = 0; file <= model_file_count(p->input->model); file++) {
		vec_release(&p->slots[file].findings);
		for (uint32_t i = 0; i < p->slots[file].abstentions.count; i++)
			vec_release(&p->slots[file].abstentions.items[i].told.files);
		vec_release(&p->slots[file].abstentions);
	}
}

/* Does this rule look at this file? */
static bool applies(const struct plan *p, uint32_t index, file_id file)
{
	const struct check_input *input = p->input;
	const struct rule *rule = registry_rules()[index];
	const struct model_file *at = model_file(input->model, file);
	if (!p->runs[index] || (p->only && p->only != rule))
		return false;
	return (rule->languages >> at->language & 1) &&
	       (rule->all_classes || model_is_production(input->model, file)) &&
	       state_severity(input->config, rule, at->path, NULL) != SEVERITY_OFF &&
	       !config_excludes(input->config, rule, at->path);
}

static void visit_nodes(const struct plan *p, struct rule_context *context, const bool *ran)
{
	const struct facts *f = context->facts;
	for (node_id n = 1; n < f->node_count; n++) {
		const struct rule_list *list = &p->wants[f->language][f->nodes[n].kind];
		for (uint32_t i = 0; i < list->rules.count; i++) {
			if (!ran[list->rules.items[i]])
				continue;
			context->rule = registry_rules()[list->rules.items[i]];
			context->rule->on_node(context, n);
		}
	}
}

static void check_rules(const struct plan *p, struct rule_state *state, file_id file, bool *ran)
{
	const struct model *m = p->input->model;
	struct rule_context context = {
		.model = m, .wire = p->input->wire, .file = file, .facts = &model_file(m, file)->facts, .state = state
	};
	bool any = false;
	for (uint32_t i = 0; i < registry_count(); i++) {
		ran[i] = applies(p, i, file);
		any |= ran[i] && registry_rules()[i]->on_node;
	}
	if (any)
		visit_nodes(p, &context, ran);
	for (uint32_t i = 0; i < registry_count(); i++) {
		context.rule = registry_rules()[i];
		if (ran[i] && context.rule->on_file)
			context.rule->on_file(&context);
	}
}

static bool is_in_question(const struct check_input *input, file_id file)
{
	const struct model_file *at = model_file(input->model, file);
	return at->facts.node_count && (!input->wanted || input->wanted(input->wanted_context, at->path));
}

static void check_file(void *context, uint32_t worker, uint32_t file)
{
	const struct plan *p = context;
	bool ran[MOST_RULES] = { false };
	struct rule_state state = { p->input, &p->arenas[worker], &p->slots[file], NULL };
	if (is_in_question(p->input, file))
		check_rules(p, &state, file, ran);
}

/* Is the rule on at any path? The settings of an override hold for some paths only. */
static bool is_on_somewhere(const struct config *config, const struct rule *rule)
{
	if (state_severity(config, rule, STR(""), NULL) != SEVERITY_OFF)
		return true;
	for (uint32_t i = 0; i < config->overrides.count; i++) {
		const struct config_override *block = &config->overrides.items[i];
		for (uint32_t k = 0; k < block->rules.count; k++)
			if (block->rules.items[k].has_severity && block->rules.items[k].severity != SEVERITY_OFF)
				return true; /* perhaps another rule's: then the findings are dropped one by
						one */
	}
	return false;
}

/* Rules that look at the project as a whole; what they say of files nobody asked about is dropped. */
static void check_project(const struct plan *p)
{
	const struct model *m = p->input->model;
	struct slot *slot = &p->slots[model_file_count(m)];
	struct map told = { 0 };
	struct rule_state state = { p->input, &p->arenas[0], slot, &told };
	struct rule_context context = { .model = m, .wire = p->input->wire, .file = NO_FILE, .state = &state };
	for (uint32_t i = 0; i < registry_count(); i++) {
		context.rule = registry_rules()[i];
		bool on = p->runs[i] && context.rule->on_project && (!p->only || p->only == context.rule);
		if (on && is_on_somewhere(p->input->config, context.rule))
			context.rule->on_project(&context);
	}
	map_release(&told);
}

/* Off there, excluded there, or in a file that nobody asked about. */
static bool is_silent(const struct check_input *input, const struct finding *f)
{
	return f->severity == SEVERITY_OFF || config_excludes(input->config, f->rule, f->place.path) ||
	       (input->wanted && !input->wanted(input->wanted_context, f->place.path));
}

/* Hands what was found from elsewhere to the file it is in, so that the comments there can cover it. */
static void distribute_slot(const struct plan *p, file_id at)
{
	const struct model *m = p->input->model;
	file_id project = model_file_count(m);
	struct slot *slot = &p->slots[at];
	struct str path = at == project ? STR("") : model_file(m, at)->path;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < slot->findings.count; i++) {
		struct finding *f = slot->findings.items[i];
		bool is_own = at != project && !f->place.in_base && str_eq(f->place.path, path);
		file_id file = is_own ? at : f->place.in_base ? NO_FILE : model_find_file(m, f->place.path);
		file = file == NO_FILE ? project : file;
		if (!is_own && is_silent(p->input, f))
			finding_release(f);
		else if (file == at)
			slot->findings.items[kept++] = f;
		else
			vec_push(&p->slots[file].findings, f);
	}
	slot->findings.count = kept;
}

static void distribute(const struct plan *p)
{
	for (file_id at = 0; at <= model_file_count(p->input->model); at++)
		distribute_slot(p, at);
}

/* A production file that did not parse wholly: rules that accuse absence were silent there. */
static void note_parse_error(struct rule_state *state, const struct rule *rule, const struct model_file *at)
{
	const struct facts *f = &at->facts;
	if (!f->error_count)
		return;
	uint32_t start = f->errors[0].start;
	struct str message = arena_printf(state->arena,
		"%u byte%s of this file did not parse, from here on in %u place%s: what stands there was "
		"not checked.",
		f->error_bytes, f->error_bytes == 1 ? "" : "s", f->error_count, f->error_count == 1 ? "" : "s");
	state_report(state, rule, at, start, f->errors[0].end, message);
}

static void finish_file(void *context, uint32_t worker, uint32_t file)
{
	const struct plan *p = context;
	const struct model *m = p->input->model;
	bool ran[MOST_RULES] = { false };
	struct rule_state state = { p->input, &p->arenas[worker], &p->slots[file], NULL };
	if (!is_in_question(p->input, file))
		return;
	for (uint32_t i = 0; i < registry_count(); i++)
		ran[i] = applies(p, i, file);
	for (uint32_t i = 0; i < registry_count(); i++)
		if (ran[i] && str_is(str_from(registry_rules()[i]->id), "meta/parse-error"))
			note_parse_error(&state, registry_rules()[i], model_file(m, file));
	struct outline outline = { 0 };
	suppress_file(&state, file, ran, &outline);
	if (p->input->config->peer_suppressions)
		suppress_by_peers(&state, file, &outline);
	outline_release(&outline);
}

static void add_files(struct abstention *to, const struct abstention *from)
{
	for (uint32_t i = 0; i < from->files.count; i++)
		vec_push(&to->files, from->files.items[i]);
}

static void join_abstention(struct report *report, const struct abstention *a)
{
	for (uint32_t i = 0; i < report->abstentions.count; i++) {
		struct abstention *known = &report->abstentions.items[i];
		if (known->rule == a->rule && str_eq(known->reason, a->reason)) {
			known->count += a->count;
			add_files(known, a);
			return;
		}
	}
	struct abstention copy = { .rule = a->rule,
		.reason = arena_str(&report->arena, a->reason),
		.count = a->count,
		.example = a->example };
	add_files(&copy, a);
	vec_push(&report->abstentions, copy);
}

static struct finding *copy_finding(struct report *report, const struct finding *from)
{
	struct finding *finding = arena_new(&report->arena, struct finding);
	*finding = *from;
	finding->message = arena_str(&report->arena, from->message);
	finding->symbol = arena_str(&report->arena, from->symbol);
	finding->justification = arena_str(&report->arena, from->justification);
	for (uint32_t i = 0; i < finding->edits.count; i++) {
		struct edit *edit = &finding->edits.items[i];
		edit->old = arena_str(&report->arena, edit->old);
		edit->text = arena_str(&report->arena, edit->text);
	}
	for (uint32_t i = 0; i < finding->related.count; i++)
		finding->related.items[i].message = arena_str(&report->arena, finding->related.items[i].message);
	return finding;
}

/* In the order of the files, so that the number of threads does not show. */
static void join_slots(const struct plan *p, struct report *report)
{
	for (file_id file = 0; file <= model_file_count(p->input->model); file++) {
		const struct slot *slot = &p->slots[file];
		for (uint32_t i = 0; i < slot->findings.count; i++)
			vec_push(&report->findings, copy_finding(report, slot->findings.items[i]));
		for (uint32_t i = 0; i < slot->abstentions.count; i++)
			join_abstention(report, &slot->abstentions.items[i].told);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_timed(struct plan *p, struct rule_cost *costs)
{
	for (uint32_t i = 0; i < registry_count(); i++) {
		double start = seconds();
		p->only = registry_rules()[i];
		threads_each(p->input->workers, model_file_count(p->input->model), check_file, p);
		check_project(p);
		if (costs)
			costs[i] = (struct rule_cost){ p->only, seconds() - start };
	}
	p->only = NULL;
}

void check_run(const struct check_input *input, struct report *report, struct rule_cost *costs)
{
	uint32_t files = model_file_count(input->model);
	struct arena arena = { 0 };
	struct plan *p = arena_new(&arena, struct plan);
	p->input = input;
	p->slots = arena_array(&arena, struct slot, files + 1);
	p->arenas = arena_array(&arena, struct arena, input->workers);
	plan_rules(p);
	if (input->timed) {
		run_timed(p, costs);
	} else {
		threads_each(input->workers, files, check_file, p);
		check_project(p);
	}
	distribute(p);
	threads_each(input->workers, files, finish_file, p);
	join_slots(p, report);
	plan_release(p);
	for (uint32_t i = 0; i < input->workers; i++)
		arena_release(&p->arenas[i]);
	arena_release(&arena);
}
