#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "allow", OPTION_STRINGS, "", "methods that may be used, such as warn and error" },
	{ "strict", OPTION_BOOL, "false", "also packages that serve nothing, browser code and command-line entries" },
	{ 0 },
};

/* Is this the place where another name for the console is made? `console` alone is nothing yet. */
static bool makes_alias(const struct facts *f, node_id use)
{
	enum node_kind parent = node_kind(f, f->nodes[use].parent);
	return f->nodes[use].part == PART_VALUE &&
	       (parent == NODE_VAR || parent == NODE_ASSIGN || parent == NODE_EXPORT);
}

/* A finding about another name for the console, and the declaration that makes the name. */
struct alias {
	struct finding *finding;
	node_id maker;
	uint32_t notes;
};

enum { MOST_ALIASES = 16, MOST_NOTES = 10 };

struct aliases {
	struct alias items[MOST_ALIASES];
	uint32_t count;
};

/* The method of the console that is used here; "console" for the whole; empty when it is something else. */
static struct str console_use(const struct rule_context *c, node_id use)
{
	if (c->facts->nodes[use].part == PART_TARGET)
		return STR(""); /* `console.log = logger.info`: whoever uses it is reported */
	struct meaning means = model_meaning(c->model, c->file, use);
	bool outside = means.kind == MEANS_BUILTIN || means.kind == MEANS_LIBRARY;
	if (!outside || means.alias || !model_library(c->model, c->facts->language, means.name, ROLE_CONSOLE))
		return STR("");
	return path_last(means.name);
}

static bool is_logger(const struct rule_context *c, node_id from, struct str name)
{
	struct meaning means = model_path_meaning(c->model, c->file, from, name);
	if (means.kind != MEANS_DECLARATION && means.kind != MEANS_LOCAL)
		return false;
	node_id value = node_child(&model_file(c->model, means.file)->facts, means.node, PART_VALUE);
	return value && model_role(c->model, means.file, value, ROLE_LOGGER);
}

/* console.log(…) becomes logger.info(…) where a logger is at hand. It may say it in another form, elsewhere. */
static void offer_logger(struct rule_context *c, struct finding *finding, node_id use, struct str method)
{
	static const struct {
		const char *method, *logger, *log;
	} rows[] = { { "log", "logger.info", "log.info" }, { "info", "logger.info", "log.info" },
		{ "warn", "logger.warn", "log.warn" }, { "error", "logger.error", "log.error" },
		{ "debug", "logger.debug", "log.debug" }, { "trace", "logger.trace", "log.trace" } };
	const struct facts *f = c->facts;
	bool logger = node_kind(f, use) == NODE_CALL && is_logger(c, use, STR("logger"));
	bool log = node_kind(f, use) == NODE_CALL && !logger && is_logger(c, use, STR("log"));
	for (size_t i = 0; (logger || log) && i < sizeof(rows) / sizeof(*rows); i++) {
		if (!str_is(method, rows[i].method))
			continue;
		finding_fix(c, finding, f->nodes[use].start, f->nodes[use].end, node_name(f, use),
			str_from(logger ? rows[i].logger : rows[i].log));
		finding_fix_is_unsafe(finding);
	}
}

/* console[level](…): which method it is only tells when it runs. */
static bool is_indexed(const struct facts *f, node_id use)
{
	return f->nodes[use].part == PART_OBJECT && node_kind(f, f->nodes[use].parent) == NODE_INDEX;
}

static struct finding *report_use(struct rule_context *c, node_id use, struct str method)
{
	bool whole = str_is(method, "console"), indexed = whole && is_indexed(c->facts, use);
	if (whole && !indexed)
		return report_at(c, use,
			"another name for the console in production code: its output has no level, no fields and "
			"no request (§10). Hand in the project's logger instead.");
	return report_at(c, use,
		"console%s%.*s in production code: its output has no fields and no request (§10). "
		"Write it through the project's structured logger.",
		indexed ? "" : ".", STR_ARG(indexed ? STR("[…]") : method));
}

static void check_use(struct rule_context *c, node_id use, struct aliases *aliases)
{
	struct str method = console_use(c, use);
	bool alias = makes_alias(c->facts, use), tells = alias || is_indexed(c->facts, use);
	if (str_empty(method) || (str_is(method, "console") && !tells) || rule_option_has(c, "allow", method))
		return;
	struct finding *finding = report_use(c, use, method);
	offer_logger(c, finding, use, method);
	if (alias && aliases->count < MOST_ALIASES)
		aliases->items[aliases->count++] = (struct alias){ finding, c->facts->nodes[use].parent, 0 };
}

/* A call through one of the names is evidence beside the finding about the name. */
static void note_call(struct rule_context *c, struct aliases *aliases, node_id call)
{
	struct meaning means = model_meaning(c->model, c->file, call);
	for (uint32_t i = 0; means.alias && means.alias_file == c->file && i < aliases->count; i++) {
		struct alias *alias = &aliases->items[i];
		bool through = means.alias >= alias->maker && means.alias < c->facts->nodes[alias->maker].next;
		if (through && alias->notes++ < MOST_NOTES)
			finding_note(c, alias->finding, c->file, call, "used here");
	}
}

static void check_file(struct rule_context *c)
{
	const struct facts *f = c->facts;
	struct aliases aliases = { .count = 0 };
	if (!rule_option_bool(c, "strict") && !model_is_server_code(c->model, c->file))
		return;
	bool imported = file_imports_role(c->model, c->file, ROLE_CONSOLE);
	for (node_id n = 1; n < f->node_count; n++)
		if (((KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1) &&
			(imported || str_contains(node_name(f, n), STR("console"))))
			check_use(c, n, &aliases);
	for (node_id n = 1; aliases.count && n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL)
			note_call(c, &aliases, n);
}

const struct rule rule_node_no_console = {
	.id = "node/no-console",
	.clauses = "10",
	.title = "Production code logs through a logger, not the console",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
	.peers = "no-console lint/suspicious/noConsole noConsole",
};
