/* bylaw explain RULE: the rule's page. bylaw explain FILE:LINE: what stands there (explain_place.c). */
#include "cli/explain.h"

#include "base/threads.h"
#include "check/registry.h"
#include "cli/cli.h"
#include "config/suggest.h"
#include "report/encode.h"

#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>

/* FILE:LINE, or FILE:LINE:COLUMN as findings are printed. */
struct spot {
	struct str path;
	uint32_t line; /* UINT32_MAX: more lines than any file has */
};

/* Cuts ":12" off the end of *text; false when there is none. */
static bool cut_number(struct str *text, uint32_t *number)
{
	uint32_t colon = str_rfind(*text, ':'), value = 0;
	if (colon == UINT32_MAX || colon == 0 || colon + 1 == text->len)
		return false;
	for (uint32_t i = colon + 1; i < text->len; i++) {
		if (text->ptr[i] < '0' || text->ptr[i] > '9')
			return false;
		value = value > (UINT32_MAX - 9) / 10 ? UINT32_MAX : value * 10 + (uint32_t)(text->ptr[i] - '0');
	}
	*text = str_slice(*text, 0, colon);
	*number = value;
	return true;
}

/* A file may have a colon and a number in its name: then that is the file. */
static bool read_spot(const char *text, struct spot *out)
{
	struct spot plain = { .path = str_from(text) };
	struct stat st;
	if (!cut_number(&plain.path, &plain.line))
		return false;
	*out = plain;
	char *with_column = strndup(text, plain.path.len);
	bool exists = !with_column || lstat(with_column, &st) == 0;
	free(with_column);
	if (!exists)
		cut_number(&out->path, &out->line);
	return true;
}

/* ---- places ---- */

static bool find_line(const struct bylaw_result *result, file_id file, struct spot spot, struct err *err)
{
	if (file == NO_FILE)
		return err_set(err, "%.*s: not looked at: ignored, excluded, or of no language bylaw reads",
			STR_ARG(spot.path));
	const struct model_file *at = model_file(result->model, file);
	if (at->skip != SKIP_NONE)
		return err_set(err, "%.*s is not read: %s", STR_ARG(spot.path), skip_reason_text(at->skip));
	if (spot.line == 0)
		return err_set(err, "%.*s:0: lines count from 1", STR_ARG(spot.path));
	/* what stands behind the last line's end is no line */
	bool ends_empty = at->facts.line_count > 1 && at->facts.lines[at->facts.line_count - 1] == at->facts.source_len;
	uint32_t count = at->facts.line_count - ends_empty;
	if (spot.line > count)
		return err_set(err, "%.*s has %u line%s", STR_ARG(spot.path), count, count == 1 ? "" : "s");
	return true;
}

static void print_place(const struct bylaw_result *result, file_id file, uint32_t line, bool as_json, struct buf *out)
{
	cJSON *place = explain_place(result, file, line);
	if (as_json) {
		json_print(place, out);
		return;
	}
	explain_print(place, out);
	cJSON_Delete(place);
}

static int explain_spot(char *const *path, struct spot spot, bool as_json)
{
	struct project project = { 0 };
	struct bylaw_result result = { 0 };
	struct err err = { 0 };
	struct buf out = { 0 };
	char today[11];
	bool ok = cli_takes_file(*path, &err) && project_open(&project, path, 1, NULL, &err);
	if (ok) {
		struct bylaw_request request = project_request(&project, threads_available(), today);
		ok = bylaw_run(&request, &result, &err);
	}
	file_id file = ok ? model_find_file(result.model, project.paths.items[0]) : NO_FILE;
	ok = ok && find_line(&result, file, spot, &err);
	if (ok)
		print_place(&result, file, spot.line, as_json, &out);
	int status = ok ? cli_print(buf_str(&out)) : cli_fail(&err);
	buf_release(&out);
	bylaw_result_release(&result);
	project_close(&project);
	return status;
}

/* ---- rules ---- */

static int no_such_rule(const char *name)
{
	struct suggestion near = { .word = str_from(name) };
	struct stat st;
	if (lstat(name, &st) == 0)
		return cli_usage("name a line of the file: %s:1", name);
	for (uint32_t i = 0; i < registry_count(); i++)
		suggest_from(&near, str_from(registry_rules()[i]->id));
	if (str_empty(near.best))
		return cli_usage("there is no rule \"%s\"; bylaw rules lists them", name);
	return cli_usage("there is no rule \"%s\"; did you mean \"%.*s\"?", name, STR_ARG(near.best));
}

static int explain_rule(const char *name, bool has_format)
{
	const struct rule *rule = registry_find(str_from(name));
	if (!rule)
		return no_such_rule(name);
	if (has_format)
		return cli_usage("-o goes with FILE:LINE; a rule's page is text");
	return cli_print(str_from(registry_page(rule)));
}

int command_explain(int argc, char **argv)
{
	bool as_json = false, has_format = false;
	opterr = 0;
	for (int option; (option = getopt(argc, argv, "o:")) != -1; has_format = true) {
		as_json = option == 'o' && strcmp(optarg, "json") == 0;
		if (option == 'o' && !as_json && strcmp(optarg, "text") != 0)
			return cli_usage("there is no format \"%s\" of explanations; there are text, json", optarg);
		if (option != 'o')
			return cli_usage("bylaw explain takes a rule, or FILE:LINE and -o text or json");
	}
	if (argc - optind != 1)
		return cli_usage(
			"bylaw explain takes a rule, such as node/no-console (bylaw rules lists them), or FILE:LINE");
	struct spot spot;
	if (!read_spot(argv[optind], &spot))
		return explain_rule(argv[optind], has_format);
	argv[optind][spot.path.len] = '\0';
	return explain_spot(argv + optind, spot, as_json);
}
