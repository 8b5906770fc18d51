#include "cli/options.h"

#include "check/registry.h"
#include "config/suggest.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char check_help[] =
	"bylaw check [PATH…]\n\n"
	"  -o FORMAT[=FILE]     text (default), concise, json, sarif; may be given several times\n"
	"  --base REV           compare contracts with the merge base of REV and HEAD\n"
	"  --rule ID            only this rule, or area (go); may be given several times\n"
	"  --clause N           only the rules of a clause: 7.3, or a sentence: 17\n"
	"  --fail-on SEVERITY   exit 1 from this severity on: error, warning (default), note\n"
	"  --fix                do what findings offer as a fix, then report what is left\n"
	"  --diff               print what --fix would change, as a patch, instead of a report\n"
	"  --unsafe-fixes       with --fix, --diff or -o sarif: also fixes that may change what the program does\n"
	"  --config FILE        instead of bylaw.yaml at the root\n"
	"  -j N                 threads\n"
	"  --strict             exit 2 when something could not be read\n"
	"  --list-skipped       name every file that was not read, or only partly\n"
	"  --stats              what each phase and rule cost, on stderr\n"
	"  --color WHEN         always, never, auto (default)\n";

enum {
	OPT_BASE = 256,
	OPT_RULE,
	OPT_CLAUSE,
	OPT_FAIL_ON,
	OPT_CONFIG,
	OPT_STRICT,
	OPT_STATS,
	OPT_COLOR,
	OPT_SKIPPED,
	OPT_FIX,
	OPT_DIFF,
	OPT_UNSAFE
};

static const struct option long_options[] = {
	{ "output", required_argument, NULL, 'o' },
	{ "base", required_argument, NULL, OPT_BASE },
	{ "rule", required_argument, NULL, OPT_RULE },
	{ "clause", required_argument, NULL, OPT_CLAUSE },
	{ "fail-on", required_argument, NULL, OPT_FAIL_ON },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "jobs", required_argument, NULL, 'j' },
	{ "strict", no_argument, NULL, OPT_STRICT },
	{ "stats", no_argument, NULL, OPT_STATS },
	{ "color", required_argument, NULL, OPT_COLOR },
	{ "list-skipped", no_argument, NULL, OPT_SKIPPED },
	{ "fix", no_argument, NULL, OPT_FIX },
	{ "diff", no_argument, NULL, OPT_DIFF },
	{ "unsafe-fixes", no_argument, NULL, OPT_UNSAFE },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* Two reports in one place would be neither. */
static bool is_free(const struct check_options *o, struct str file, struct err *err)
{
	for (uint32_t i = 0; i < o->outputs.count; i++) {
		if (!str_eq(o->outputs.items[i].file, file))
			continue;
		if (str_empty(file))
			return err_set(err, "two reports cannot both go to stdout; name a file for one: -o sarif=FILE");
		return err_set(err, "two reports cannot both go to %.*s", STR_ARG(file));
	}
	return true;
}

/* Whoever reads stdout may go away in the middle, and we with him: files are written by then. */
static void keep_stdout_last(struct check_options *o)
{
	struct output *last = &o->outputs.items[o->outputs.count - 1];
	if (o->outputs.count < 2 || !str_empty(last[-1].file))
		return;
	struct output to_stdout = last[-1];
	last[-1] = *last;
	*last = to_stdout;
}

static bool add_output(struct check_options *o, const char *text, struct err *err)
{
	struct str rest = str_from(text), name;
	struct output output = { 0 };
	str_split(&rest, '=', &name);
	output.format = format_find(name);
	output.file = str_is(rest, "-") ? STR("") : rest;
	if (!output.format)
		return err_set(err, "there is no format \"%.*s\"; there are %s", STR_ARG(name), format_names());
	if (strchr(text, '=') && str_empty(rest))
		return err_set(err, "-o %s names no file", text);
	if (!is_free(o, output.file, err))
		return false;
	vec_push(&o->outputs, output);
	keep_stdout_last(o);
	return true;
}

static bool read_severity(enum severity *severity, const char *text, struct err *err)
{
	static const struct {
		const char *name;
		enum severity severity;
	} rows[] = { { "error", SEVERITY_ERROR }, { "warning", SEVERITY_WARNING }, { "note", SEVERITY_NOTE } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(text, rows[i].name) == 0) {
			*severity = rows[i].severity;
			return true;
		}
	return err_set(err, "--fail-on takes error, warning or note, not \"%s\"", text);
}

static bool read_workers(uint32_t *workers, const char *text, struct err *err)
{
	enum { MOST = 256 };
	char *end;
	long number = strtol(text, &end, 10);
	if (*text == '\0' || *end != '\0' || number < 1)
		return err_set(err, "-j takes a number of threads from 1 on, not \"%s\"", text);
	*workers = number > MOST ? MOST : (uint32_t)number;
	if (number > MOST)
		fprintf(stderr, "-j %s: %d threads are the most\n", text, MOST);
	return true;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);
	return value && *value;
}

/* --color, then FORCE_COLOR, NO_COLOR, CLICOLOR_FORCE, CLICOLOR=0, then the terminal. */
static bool automatic_color(void)
{
	const char *clicolor = getenv("CLICOLOR"), *term = getenv("TERM");
	if (is_set("FORCE_COLOR"))
		return true;
	if (is_set("NO_COLOR"))
		return false;
	if (is_set("CLICOLOR_FORCE"))
		return true;
	if (clicolor && strcmp(clicolor, "0") == 0)
		return false;
	return isatty(STDOUT_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static bool read_color(bool *color, const char *text, struct err *err)
{
	if (strcmp(text, "always") == 0)
		*color = true;
	else if (strcmp(text, "never") == 0)
		*color = false;
	else if (strcmp(text, "auto") == 0)
		*color = automatic_color();
	else
		return err_set(err, "--color takes always, never or auto, not \"%s\"", text);
	return true;
}

/* A rule, an area or a clause that picks no rule is a mistake, not an empty run. */
static bool add_only(struct check_options *o, const char *text, bool clause, struct err *err)
{
	struct str wanted = str_from(text);
	struct suggestion near = { .word = wanted };
	bool found = false;
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		struct str id = str_from(rule->id), area = str_slice(id, 0, str_find(id, '/'));
		found |= clause ? registry_in_clause(rule, wanted) : str_eq(id, wanted) || str_eq(area, wanted);
		suggest_from(&near, id);
	}
	vec_push(&o->only, wanted);
	if (found)
		return true;
	if (clause)
		return err_set(err, "no rule checks clause \"%s\"; bylaw rules lists them", text);
	if (str_empty(near.best))
		return err_set(err, "there is no rule \"%s\"; bylaw rules lists them", text);
	return err_set(err, "there is no rule \"%s\"; did you mean \"%.*s\"?", text, STR_ARG(near.best));
}

/* The options that take no value. */
static bool *flag_of(struct check_options *o, int option)
{
	switch (option) {
	case OPT_STRICT:
		return &o->strict;
	case OPT_STATS:
		return &o->stats;
	case OPT_SKIPPED:
		return &o->list_skipped;
	case OPT_FIX:
		return &o->fix;
	case OPT_DIFF:
		return &o->diff;
	case OPT_UNSAFE:
		return &o->unsafe_fixes;
	default:
		return NULL;
	}
}

static bool prints(const struct check_options *o, struct str format)
{
	for (uint32_t i = 0; i < o->outputs.count; i++)
		if (str_is(format, o->outputs.items[i].format->name))
			return true;
	return false;
}

/* A patch takes the place of the report on stdout. */
static bool fixes_agree(const struct check_options *o, struct err *err)
{
	if (o->fix && o->diff)
		return err_set(err, "--fix changes files and --diff only shows how; give one of them");
	if (o->unsafe_fixes && !o->fix && !o->diff && !prints(o, STR("sarif")))
		return err_set(err, "--unsafe-fixes goes with --fix, --diff or -o sarif");
	for (uint32_t i = 0; o->diff && i < o->outputs.count; i++)
		if (str_empty(o->outputs.items[i].file))
			return err_set(
				err, "--diff prints a patch to stdout; name a file for the report: -o sarif=FILE");
	return true;
}

static bool read_option(struct check_options *o, int option, const char *value, bool *help, struct err *err)
{
	bool *flag = flag_of(o, option);
	if (flag)
		return *flag = true;
	switch (option) {
	case 'o':
		return add_output(o, value, err);
	case 'j':
		return read_workers(&o->workers, value, err);
	case 'h':
		*help = true;
		return true;
	case OPT_BASE:
		o->base = value;
		return true;
	case OPT_RULE:
		return add_only(o, value, false, err);
	case OPT_CLAUSE:
		return add_only(o, value, true, err);
	case OPT_FAIL_ON:
		return read_severity(&o->fail_on, value, err);
	case OPT_CONFIG:
		o->config = value;
		return true;
	case OPT_COLOR:
		return read_color(&o->color, value, err);
	default:
		return err_set(err, "see bylaw check --help");
	}
}

/*
 * What getopt stumbled over: a value for an option that takes none, a letter in optopt (its word may not be over yet, so that
 * argv says nothing of it), or a long option.
 */
static bool unknown_option(const char *text, struct err *err)
{
	for (const struct option *option = long_options; option->name; option++)
		if (optopt && option->val == optopt)
			return err_set(err, "--%s takes no value", option->name);
	if (optopt)
		return err_set(err, "there is no option -%c; see bylaw check --help", optopt);
	struct suggestion near = { .word = str_from(text + strspn(text, "-")) };
	near.word = str_slice(near.word, 0, str_find(near.word, '='));
	for (const struct option *option = long_options; option->name; option++)
		suggest_from(&near, str_from(option->name));
	if (str_empty(near.best))
		return err_set(err, "there is no option %s; see bylaw check --help", text);
	return err_set(err, "there is no option %s; did you mean --%.*s?", text, STR_ARG(near.best));
}

bool check_options_read(struct check_options *o, int argc, char **argv, bool *help, struct err *err)
{
	o->fail_on = SEVERITY_WARNING;
	o->color = automatic_color();
	opterr = 0;
	for (int option; (option = getopt_long(argc, argv, ":o:j:h", long_options, NULL)) != -1;) {
		if (option == '?')
			return unknown_option(argv[optind - 1], err);
		if (option == ':')
			return err_set(err, "%s needs a value", argv[optind - 1]);
		if (!read_option(o, option, optarg, help, err))
			return false;
	}
	o->paths = argv + optind;
	o->path_count = argc - optind;
	if (!fixes_agree(o, err))
		return false;
	if (!o->outputs.count && !o->diff)
		return add_output(o, "text", err);
	return true;
}

void check_options_release(struct check_options *o)
{
	vec_release(&o->outputs);
	vec_release(&o->only);
}
