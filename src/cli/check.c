/* bylaw check: the run, its report, and what was read. */
#include "cli/cli.h"
#include "cli/fix.h"
#include "cli/options.h"
#include "cli/outfile.h"
#include "cli/project.h"
#include "cli/stream.h"
#include "cli/summary.h"

#include "base/path.h"
#include "base/threads.h"
#include "check/registry.h"
#include "report/format.h"

#include <stdio.h>
#include <unistd.h>

/* The formats ask for the text of files that have findings; the last one is kept. */
struct texts {
	struct bylaw_result *result;
	struct project *project;
	struct buf bytes;
	struct str path;
	bool in_base;
};

static bool text_of(void *context, struct str path, bool in_base, struct str *bytes)
{
	struct texts *t = context;
	struct source *source = in_base ? t->project->base : t->project->source;
	if (t->path.ptr && str_eq(t->path, path) && t->in_base == in_base) {
		*bytes = buf_str(&t->bytes);
		return true;
	}
	struct source_file file = { .path = path };
	t->path = (struct str){ 0 };
	if (!source || source_read(source, &file, &t->bytes) != SKIP_NONE)
		return false;
	t->path = path;
	t->in_base = in_base;
	*bytes = buf_str(&t->bytes);
	return true;
}

static bool is_hollow(const struct report *r)
{
	return completeness_hollow(&r->read) != ECOSYSTEM_COUNT;
}

static bool is_incomplete(const struct report *r)
{
	return r->skipped.count > 0 || is_hollow(r);
}

/* A report must not take the place of what it is about. */
static bool outputs_are_free(const struct check_options *o, struct project *p, const struct model *m, struct err *err)
{
	for (uint32_t i = 0; i < o->outputs.count; i++) {
		struct str file = o->outputs.items[i].file, relative;
		if (str_empty(file) || !project_relative(p, arena_str(&p->arena, file).ptr, &relative))
			continue;
		if (model_find_file(m, relative) != NO_FILE || str_is(relative, "bylaw.yaml") ||
			str_eq(file, p->config.path))
			return err_set(err, "%.*s is part of what is checked; write the report to another file",
				STR_ARG(file));
	}
	return true;
}

static int print_report(
	const struct output *output, struct project *p, const struct report *r, const struct format_options *options)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	int status = EXIT_CLEAN;
	output->format->print(r, options, &out);
	if (str_empty(output->file))
		status = cli_print(buf_str(&out));
	else if (!outfile_write(&p->arena, output->file, buf_str(&out), &err))
		status = cli_fail(&err);
	buf_release(&out);
	return status;
}

static int print_reports(const struct check_options *o, struct project *p, struct bylaw_result *result)
{
	struct texts texts = { .result = result, .project = p };
	struct format_options options = {
		.rules = registry_rules(),
		.rule_count = registry_count(),
		.rule_page = registry_page,
		.text = text_of,
		.text_context = &texts,
		.prefix = p->prefix,
		.version = BYLAW_VERSION,
		.fail_on = o->fail_on,
		.unsafe_fixes = o->unsafe_fixes,
		.incomplete = is_incomplete(&result->report),
	};
	int status = EXIT_CLEAN;
	for (uint32_t i = 0; i < o->outputs.count; i++) {
		options.color = o->color && str_empty(o->outputs.items[i].file);
		status |= print_report(&o->outputs.items[i], p, &result->report, &options);
	}
	buf_release(&texts.bytes);
	return status;
}

static bool has_file_below(const struct model *m, struct str path)
{
	for (file_id f = 0; f < model_file_count(m); f++)
		if (path_below(model_file(m, f)->path, path))
			return true;
	return false;
}

static void add_fixable(struct buf *out, const struct report *r)
{
	uint32_t safe = 0, unsafe = 0;
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		safe += finding_is_fixable(f) && !f->fix_is_unsafe;
		unsafe += finding_is_fixable(f) && f->fix_is_unsafe;
	}
	if (safe)
		buf_printf(out, "%u of the findings can be fixed: --fix does it, --diff shows how\n", safe);
	if (unsafe)
		buf_printf(out,
			"%u of the findings can be fixed by --fix --unsafe-fixes, which may change what the program does\n",
			unsafe);
}

/* As one text: lines of several programs on one stderr do not mix. */
static void print_summary(const struct check_options *o, const struct bylaw_result *result)
{
	struct buf out = { 0 };
	summary_add(&out, &result->report, o->list_skipped);
	if (!o->fix && !o->diff)
		add_fixable(&out, &result->report);
	if (o->stats)
		summary_add_costs(&out, result);
	stream_write(STDERR_FILENO, buf_str(&out));
	buf_release(&out);
}

/* What was asked for must have been looked at, or the user hears why not: a gate that sees nothing is not a clean one. */
static bool something_was_there(
	const struct check_options *o, const struct project *p, const struct model *m, struct err *err)
{
	if (!o->path_count && !has_file_below(m, STR("")))
		return err_set(err, "nothing to check here: no file of a language bylaw reads");
	for (uint32_t i = 0; i < p->paths.count; i++)
		if (!has_file_below(m, p->paths.items[i]))
			return err_set(err,
				"%s: nothing to check there: ignored, excluded, or of no language bylaw reads",
				o->paths[i]);
	return true;
}

/* Silence about names that lead nowhere must not pass for a clean report. */
static bool enough_was_resolved(const struct report *r, struct err *err)
{
	enum ecosystem hollow = completeness_hollow(&r->read);
	if (hollow == ECOSYSTEM_COUNT)
		return true;
	const struct import_counts *counts = &r->read.imports[hollow];
	return err_set(err,
		"%u of the %u in-project imports of %s production code lead nowhere, and rules are silent about those: "
		"this is no clean report. bylaw why FILE says where each import leads; leave out with `exclude` in bylaw.yaml "
		"what has no sources here",
		counts->judged_unresolved, counts->judged, ecosystem_name(hollow));
}

/* A fix can make the next one possible, or needed: a variable that nobody reads any more. */
enum { MOST_FIX_PASSES = 8 };

/* Runs, and with --fix again on what the fixes left, until there is nothing more to fix. */
static bool run_and_fix(
	struct check_options *o, struct project *p, struct bylaw_result *result, struct fixes *fixes, struct err *err)
{
	char today[11];
	for (unsigned pass = 0;; pass++) {
		struct bylaw_request request = project_request(p, o->workers ? o->workers : threads_available(), today);
		request.only = o->only.items;
		request.only_count = o->only.count;
		request.timed = o->stats;
		if (!bylaw_run(&request, result, err))
			return false;
		uint32_t before = fixes->made;
		if (o->fix && pass < MOST_FIX_PASSES)
			fix_files(o, p, result, fixes);
		if (fixes->made == before)
			break;
		bylaw_result_release(result);
		*result = (struct bylaw_result){ 0 };
	}
	if (o->fix)
		fprintf(stderr, "fixed %u finding%s\n", fixes->made, fixes->made == 1 ? "" : "s");
	return true;
}

static int print_diff(
	const struct check_options *o, struct project *p, const struct bylaw_result *result, struct fixes *fixes)
{
	struct buf out = { 0 };
	fix_diff(o, p, result, fixes, &out);
	int status = cli_print(buf_str(&out));
	buf_release(&out);
	return status;
}

static int run(
	struct check_options *o, struct project *p, struct bylaw_result *result, struct fixes *fixes, struct err *err)
{
	if (!run_and_fix(o, p, result, fixes, err))
		return cli_fail(err);
	if (!outputs_are_free(o, p, result->model, err))
		return cli_fail(err);
	int status = print_reports(o, p, result) | (o->diff ? print_diff(o, p, result, fixes) : EXIT_CLEAN);
	print_summary(o, result);
	if (!something_was_there(o, p, result->model, err))
		return cli_fail(err);
	if (status != EXIT_CLEAN || fixes->refused.count)
		return EXIT_FAILED;
	bool hollow = !enough_was_resolved(&result->report, err);
	if (hollow)
		cli_fail(err);
	if (report_count(&result->report, o->fail_on))
		return EXIT_FINDINGS;
	return hollow || (o->strict && is_incomplete(&result->report)) ? EXIT_FAILED : EXIT_CLEAN;
}

int command_check(int argc, char **argv)
{
	struct check_options options = { 0 };
	struct project project = { 0 };
	struct bylaw_result result = { 0 };
	struct fixes fixes = { 0 };
	struct err err = { 0 };
	bool help = false;
	int status;
	if (!check_options_read(&options, argc, argv, &help, &err) || help)
		status = help ? cli_print(str_from(check_help)) : cli_fail(&err);
	else if (!project_open(&project, options.paths, options.path_count, options.config, &err) ||
		 (options.base && !project_open_base(&project, options.base, &err)))
		status = cli_fail(&err);
	else
		status = run(&options, &project, &result, &fixes, &err);
	str_map_release(&fixes.refused);
	bylaw_result_release(&result);
	project_close(&project);
	check_options_release(&options);
	return status;
}
