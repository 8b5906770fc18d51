#include "bylaw.h"

#include "base/hash.h"
#include "base/threads.h"
#include "check/registry.h"
#include "facts/codec.h"
#include "model/model.h"
#include "parse/parse.h"
#include "source/language.h"
#include "wire/wire.h"

#include <time.h>

/* The files of one revision, with what each worker needs to fill them. */
struct project_files {
	struct source *source;
	struct source_files listed;
	struct model_file *files;
	struct project_worker {
		struct parser *parser;
		struct buf bytes, facts;
		struct arena arena; /* the encoded facts */
	} * workers;
	uint32_t worker_count;
	struct arena arena;
};

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void phase_begin(struct phase_cost *phase, const char *name)
{
	*phase = (struct phase_cost){ name, -seconds(CLOCK_MONOTONIC), -seconds(CLOCK_PROCESS_CPUTIME_ID) };
}

static void phase_end(struct phase_cost *phase)
{
	phase->wall += seconds(CLOCK_MONOTONIC);
	phase->cpu += seconds(CLOCK_PROCESS_CPUTIME_ID);
}

/* Pages are read for what they ask for, and only what the product asks for counts: sites of documentation cost nothing. */
static bool says_nothing(const struct model_file *file)
{
	return file->language == LANGUAGE_HTML && file->class != CLASS_PRODUCTION;
}

/* Reads one file and leaves its facts; whatever stops that is the file's skip reason. */
static enum skip_reason read_file(
	struct project_files *p, struct project_worker *w, const struct source_file *listed, struct model_file *file)
{
	enum skip_reason skip = source_read(p->source, listed, &w->bytes);
	if (skip != SKIP_NONE)
		return file->language == LANGUAGE_NONE ? SKIP_NONE : skip; /* a binary without an extension */
	struct str bytes = buf_str(&w->bytes);
	file->content = hash_bytes(bytes.ptr, bytes.len);
	if (file->language == LANGUAGE_NONE)
		file->language = language_by_content(file->path, bytes);
	if (file->language == LANGUAGE_NONE)
		return SKIP_NONE;
	struct classification class = classify(file->path, file->language, bytes);
	file->class = class.class;
	file->class_reason = class.reason;
	if (file->class == CLASS_MINIFIED)
		return SKIP_MINIFIED;
	if (file->class == CLASS_TEMPLATE)
		return SKIP_TEMPLATE;
	if (says_nothing(file))
		return SKIP_NONE;
	buf_clear(&w->facts);
	skip = parse_file(w->parser, file->language, bytes, &w->facts);
	if (skip != SKIP_NONE)
		return skip;
	struct err err = { 0 };
	bool sound = facts_decode(arena_str(&w->arena, buf_str(&w->facts)), &file->facts, &err);
	return sound ? SKIP_NONE : SKIP_NODES;
}

static void read_task(void *context, uint32_t worker, uint32_t index)
{
	struct project_files *p = context;
	const struct source_file *listed = &p->listed.list.items[index];
	struct model_file *file = &p->files[index];
	*file = (struct model_file){ .path = listed->path, .language = listed->language, .skip = listed->skip };
	if (file->skip == SKIP_NONE)
		file->skip = read_file(p, &p->workers[worker], listed, file);
}

static void drop_files(
	struct project_files *p, bool (*keep)(const void *, const struct source_file *), const void *context)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < p->listed.list.count; i++)
		if (keep(context, &p->listed.list.items[i]))
			p->listed.list.items[kept++] = p->listed.list.items[i];
	p->listed.list.count = kept;
}

static bool not_excluded(const void *config, const struct source_file *file)
{
	return !config_excludes(config, NULL, file->path);
}

/* Of the base revision only contracts are compared. */
static bool is_contract(const void *config, const struct source_file *file)
{
	return file->language == LANGUAGE_PROTO && not_excluded(config, file);
}

static struct project_files *list_files(
	struct source *source, const struct config *config, bool contracts_only, struct err *err)
{
	struct project_files *p = mem_alloc(sizeof(*p));
	*p = (struct project_files){ .source = source };
	if (!source_list(source, &p->listed, err)) {
		mem_free(p);
		return NULL;
	}
	drop_files(p, contracts_only ? is_contract : not_excluded, config);
	return p;
}

/* What was listed for its content and turned out to be nothing that bylaw reads. */
static void drop_unknown(struct project_files *p)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < p->listed.list.count; i++) {
		if (p->files[i].language == LANGUAGE_NONE && p->files[i].skip == SKIP_NONE)
			continue;
		p->files[kept] = p->files[i];
		p->listed.list.items[kept++] = p->listed.list.items[i];
	}
	p->listed.list.count = kept;
}

static void read_files(struct project_files *p, uint32_t workers)
{
	p->files = arena_array(&p->arena, struct model_file, p->listed.list.count);
	p->workers = arena_array(&p->arena, struct project_worker, workers);
	p->worker_count = workers;
	for (uint32_t i = 0; i < workers; i++)
		p->workers[i].parser = parser_new();
	threads_each(workers, p->listed.list.count, read_task, p);
	drop_unknown(p);
	for (uint32_t i = 0; i < workers; i++) {
		parser_free(p->workers[i].parser);
		buf_release(&p->workers[i].bytes);
		buf_release(&p->workers[i].facts);
	}
}

static void project_files_free(struct project_files *p)
{
	if (!p)
		return;
	for (uint32_t i = 0; i < p->worker_count; i++)
		arena_release(&p->workers[i].arena);
	source_files_release(&p->listed);
	arena_release(&p->arena);
	mem_free(p);
}

/* Counts what was read, and names what was not. */
static void note_completeness(const struct project_files *p, struct report *report)
{
	for (uint32_t i = 0; i < p->listed.list.count; i++) {
		const struct model_file *file = &p->files[i];
		struct skipped_file skipped = { .path = file->path, .reason = file->skip };
		if (file->skip == SKIP_NONE && file->facts.node_count) {
			report->read.files++;
			report->read.lines += file->facts.line_count;
			report->read.files_by_language[file->language]++;
		}
		if (file->facts.error_count) {
			report->read.partly_parsed++;
			skipped.first_bad_line = facts_line(&file->facts, file->facts.errors[0].start);
		}
		if (file->skip != SKIP_NONE || skipped.first_bad_line)
			vec_push(&report->skipped, skipped);
	}
}

static void link_files(const struct bylaw_request *request, struct bylaw_result *result)
{
	struct model_input input = {
		.files = result->head->files,
		.file_count = result->head->listed.list.count,
		.has_base = result->base != NULL,
		.libraries = request->libraries,
		.config = request->config,
		.source = request->head,
		.workers = request->workers,
	};
	if (result->base) {
		input.base_files = result->base->files;
		input.base_file_count = result->base->listed.list.count;
	}
	result->model = model_link(&input);
	memcpy(result->report.read.imports, model_import_counts(result->model), sizeof(result->report.read.imports));
}

static void check_files(const struct bylaw_request *request, struct bylaw_result *result)
{
	struct check_input input = {
		.model = result->model,
		.wire = result->wire,
		.config = request->config,
		.only = request->only,
		.only_count = request->only_count,
		.wanted = request->wanted,
		.wanted_context = request->wanted_context,
		.workers = request->workers,
		.timed = request->timed,
	};
	memcpy(input.today, request->today, sizeof(input.today));
	if (request->timed)
		result->rules = arena_array(&result->report.arena, struct rule_cost, registry_count());
	check_run(&input, &result->report, result->rules);
}

bool bylaw_run(const struct bylaw_request *request, struct bylaw_result *result, struct err *err)
{
	struct phase_cost *phases = result->phases;

	phase_begin(&phases[PHASE_LIST], "list");
	result->head = list_files(request->head, request->config, false, err);
	if (result->head && request->base)
		result->base = list_files(request->base, request->config, true, err);
	phase_end(&phases[PHASE_LIST]);
	if (!result->head || (request->base && !result->base))
		return false;

	phase_begin(&phases[PHASE_PARSE], "parse");
	read_files(result->head, request->workers);
	if (result->base)
		read_files(result->base, request->workers);
	note_completeness(result->head, &result->report);
	phase_end(&phases[PHASE_PARSE]);

	phase_begin(&phases[PHASE_LINK], "link");
	link_files(request, result);
	phase_end(&phases[PHASE_LINK]);

	phase_begin(&phases[PHASE_WIRE], "wire");
	result->wire = wire_build(result->model, request->workers);
	phase_end(&phases[PHASE_WIRE]);

	phase_begin(&phases[PHASE_CHECK], "check");
	if (!request->link_only)
		check_files(request, result);
	report_finish(&result->report);
	phase_end(&phases[PHASE_CHECK]);
	return true;
}

void bylaw_result_release(struct bylaw_result *result)
{
	wire_free(result->wire);
	model_free(result->model);
	project_files_free(result->head);
	project_files_free(result->base);
	report_release(&result->report);
	*result = (struct bylaw_result){ 0 };
}
