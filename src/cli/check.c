/* bylaw check: the run, its report, and what was read. */
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/project.h"

#include "base/path.h"
#include "base/threads.h"
#include "base/utf8.h"
#include "check/registry.h"
#include "report/format.h"

#include <errno.h>
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

static bool is_incomplete(const struct report *r)
{
	return r->skipped.count > 0;
}

/* Writes beside the target and renames: an old report is whole until the new one is. */
static bool write_file(struct arena *a, struct str path, struct str text, struct err *err)
{
	const char *target = arena_str(a, path).ptr;
	const char *temporary = arena_printf(a, "%s.%ld.tmp", target, (long)getpid()).ptr;
	FILE *out = fopen(temporary, "wbx");
	if (!out)
		return err_set(err, "%s: cannot be written: %s", target, strerror(errno));
	bool ok = fwrite(text.ptr, 1, text.len, out) == text.len && fflush(out) == 0;
	ok = fclose(out) == 0 && ok;
	if (ok && rename(temporary, target) == 0)
		return true;
	err_set(err, "%s: cannot be written: %s", target, strerror(errno));
	unlink(temporary);
	return false;
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
		.version = BYLAW_VERSION,
		.fail_on = o->fail_on,
		.incomplete = is_incomplete(&result->report),
	};
	struct err err = { 0 };
	int status = EXIT_CLEAN;
	for (uint32_t i = 0; i < o->outputs.count; i++) {
		const struct output *output = &o->outputs.items[i];
		struct buf out = { 0 };
		options.color = o->color && str_empty(output->file);
		output->format->print(&result->report, &options, &out);
		if (str_empty(output->file))
			status |= cli_print(buf_str(&out));
		else if (!write_file(&p->arena, output->file, buf_str(&out), &err))
			status = cli_fail(&err);
		buf_release(&out);
	}
	buf_release(&texts.bytes);
	return status;
}

static void print_skipped(const struct report *r, bool all)
{
	enum { SHOWN = 8 };
	uint32_t shown = 0, hidden = 0;
	for (uint32_t i = 0; i < r->skipped.count; i++) {
		const struct skipped_file *s = &r->skipped.items[i];
		if (!all && shown == SHOWN) {
			hidden++;
			continue;
		}
		shown++;
		struct buf line = { 0 };
		utf8_add_visible(&line, s->path, 4096);
		if (s->first_bad_line)
			buf_printf(&line, ":%u: partly parsed", s->first_bad_line);
		else
			buf_printf(&line, ": %s", skip_reason_text(s->reason));
		fprintf(stderr, "  %s\n", buf_cstr(&line));
		buf_release(&line);
	}
	if (hidden)
		fprintf(stderr, "  … and %u more (--list-skipped shows all)\n", hidden);
}

/* The completeness line: what was read, and what was not. */
static void print_completeness(const struct report *r, bool list_skipped)
{
	const struct completeness *c = &r->read;
	fprintf(stderr, "read %u files, %u lines", c->files, c->lines);
	const char *separator = " (";
	const char *last = NULL;
	for (unsigned i = 1; i < LANGUAGE_COUNT; i++) {
		uint32_t count = c->files_by_language[i];
		const char *name = language_name((enum language)i);
		if (i + 1 < LANGUAGE_COUNT && strcmp(name, language_name((enum language)(i + 1))) == 0) {
			count += c->files_by_language[i + 1];
			last = name;
		} else if (last && strcmp(last, name) == 0) {
			continue;
		}
		if (count) {
			fprintf(stderr, "%s%s %u", separator, name, count);
			separator = ", ";
		}
	}
	fputs(separator[0] == ',' ? ")" : "", stderr);
	if (c->imports)
		fprintf(stderr, "; %u of %u in-project imports unresolved", c->imports_unresolved, c->imports);
	fprintf(stderr, "; %u partly parsed, %u skipped", c->partly_parsed, r->skipped.count - c->partly_parsed);
	for (uint32_t i = 0; i < r->abstentions.count; i++)
		fprintf(stderr, "\n  %s did not judge %u place%s: %.*s", r->abstentions.items[i].rule->id,
			r->abstentions.items[i].count, r->abstentions.items[i].count == 1 ? "" : "s",
			STR_ARG(r->abstentions.items[i].reason));
	fputc('\n', stderr);
	print_skipped(r, list_skipped);
}

static void print_costs(const struct bylaw_result *result)
{
	for (unsigned i = 0; i < PHASE_COUNT; i++)
		fprintf(stderr, "phase %-6s wall %.4f cpu %.4f\n", result->phases[i].name, result->phases[i].wall,
			result->phases[i].cpu);
	for (uint32_t i = 0; result->rules && i < registry_count(); i++)
		fprintf(stderr, "rule %-28s %.4f\n", result->rules[i].rule->id, result->rules[i].seconds);
}

/* What was asked for by name must have been looked at, or the user hears why not. */
static bool paths_were_read(const struct project *p, const struct model *m, struct err *err)
{
	for (uint32_t i = 0; i < p->paths.count; i++) {
		bool found = false;
		for (file_id f = 0; f < model_file_count(m) && !found; f++)
			found = path_below(model_file(m, f)->path, p->paths.items[i]);
		if (!found)
			return err_set(err, "%.*s: nothing to check there: ignored, excluded, or of no language bylaw reads",
				       STR_ARG(p->paths.items[i]));
	}
	return true;
}

static int run(struct check_options *o, struct project *p, struct bylaw_result *result, struct err *err)
{
	char today[11];
	struct bylaw_request request = project_request(p, o->workers ? o->workers : threads_available(), today);
	request.only = o->only.items;
	request.only_count = o->only.count;
	request.timed = o->stats;
	if (!bylaw_run(&request, result, err))
		return cli_fail(err);
	if (!paths_were_read(p, result->model, err))
		return cli_fail(err);
	int status = print_reports(o, p, result);
	print_completeness(&result->report, o->list_skipped);
	if (o->stats)
		print_costs(result);
	if (status != EXIT_CLEAN)
		return EXIT_FAILED;
	if (report_count(&result->report, o->fail_on))
		return EXIT_FINDINGS;
	return o->strict && is_incomplete(&result->report) ? EXIT_FAILED : EXIT_CLEAN;
}

int command_check(int argc, char **argv)
{
	struct check_options options = { 0 };
	struct project project = { 0 };
	struct bylaw_result result = { 0 };
	struct err err = { 0 };
	bool help = false;
	int status;
	if (!check_options_read(&options, argc, argv, &help, &err) || help)
		status = help ? cli_print(str_from(check_help)) : cli_fail(&err);
	else if (!project_open(&project, options.paths, options.path_count, options.config, &err) ||
		 (options.base && !project_open_base(&project, options.base, &err)))
		status = cli_fail(&err);
	else
		status = run(&options, &project, &result, &err);
	bylaw_result_release(&result);
	project_close(&project);
	check_options_release(&options);
	return status;
}
