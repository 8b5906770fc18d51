#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false",
		"lost is also what is only logged, what an empty catch explains in a comment, and telemetry" },
	{ 0 },
};

/* What is wrong, around what is asked for; what to do; and what the other end shows. */
static const struct {
	const char *before, *after, *todo, *other;
} losses[] = {
	[LOSS_DROPPED] = { "nobody notices when ", " fails",
		"Await it in a try with a catch, give it a .catch, or its subscription an error", "here it is let go" },
	[LOSS_UNAWAITED] = { "the try does not wait for ", ", and its catch never sees it fail", "Await it",
		"this catch is never reached" },
	[LOSS_SWALLOWED] = { "the failure of ", " is swallowed", "Tell the user, or hand back a result that tells",
		"this asks" },
	[LOSS_EXPLAINED] = { "the failure of ", " is swallowed, if not without a word", "Tell the user", "this asks" },
	[LOSS_LOGGED] = { "the failure of ", " is only logged", "Tell the user", "this asks" },
	[LOSS_UNREAD] = { "nobody looks whether ", " failed", "Show the error that is returned, or give an onError",
		"this asks" },
	[LOSS_UNBOUNDED] = { "", " fails while rendering, and no error boundary is there to show it",
		"Put an error boundary or a route's error element above", "this is rendered" },
};

/* What asks without a path: the hook, at the one end or the other. */
static struct str name_of_hook(const struct model *m, const struct lost_failure *lost)
{
	const struct facts *f = &model_file(m, lost->file)->facts, *other = &model_file(m, lost->other_file)->facts;
	return node_kind(f, lost->node) == NODE_CALL ? node_name(f, lost->node) : node_name(other, lost->other);
}

static void report_loss(struct rule_context *c, const struct lost_failure *lost)
{
	const struct request *request = lost->request == NO_REQUEST ? NULL : wire_request(c->wire, lost->request);
	char space[64];
	struct str path = request ? request->path : name_of_hook(c->model, lost), method = STR("");
	if (request && request->methods)
		method = http_methods_text(request->methods, space);
	struct finding *finding = report_in(c, lost->file, lost->node, "%s%.*s%s%.*s%s (§4). %s.",
		losses[lost->loss].before, STR_ARG(method), method.len ? " " : "", STR_ARG(path),
		losses[lost->loss].after, losses[lost->loss].todo);
	if (lost->other && (lost->other_file != lost->file || lost->other != lost->node))
		finding_note(c, finding, lost->other_file, lost->other, "%s", losses[lost->loss].other);
}

/* What is sent for the operator's sake: there is nothing to consume, and nothing to show when it fails. */
static bool is_telemetry(const struct request *request)
{
	static const char *const words[] = { "telemetry", "analytics", "track", "tracking", "beacon", "log", "logs" };
	struct str segment, rest = request->path;
	while (request->methods != METHOD_GET && str_split(&rest, '/', &segment))
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_is(segment, words[i]))
				return true;
	return false;
}

static void check_project(struct rule_context *c)
{
	bool strict = rule_option_bool(c, "strict");
	for (uint32_t i = 0; i < wire_failure_count(c->wire); i++) {
		const struct lost_failure *lost = wire_failure(c->wire, i);
		bool is_report = lost->request != NO_REQUEST && is_telemetry(wire_request(c->wire, lost->request));
		bool is_mild = lost->loss == LOSS_LOGGED || lost->loss == LOSS_EXPLAINED || is_report;
		if (strict || !is_mild)
			report_loss(c, lost);
	}
}

const struct rule rule_wiring_error_handling = {
	.id = "wiring/error-handling",
	.clauses = "4",
	.title = "Where a user interface consumes backend data, it handles failure",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_project = check_project,
};
