#include <bylaw/rule.h>

/* So many neighbours must land before one that does not is news: the place they all go to is then known to be ours. */
enum { LEAST_LANDED = 3, LEAST_LANDED_BY_NAME = 1 };

static bool is_local(struct str origin)
{
	return str_contains(origin, STR("://localhost")) || str_contains(origin, STR("://127.0.0.1"));
}

/* Do enough of the requests that go the same way land, and more than do not? */
static bool goes_to_us(const struct rule_context *c, uint32_t i, const struct request *request)
{
	struct peers peers = wire_peers(c->wire, i);
	uint32_t least = request->protocol == PROTOCOL_HTTP ? LEAST_LANDED : LEAST_LANDED_BY_NAME;
	if (request->protocol == PROTOCOL_HTTP && request->origin.len && !is_local(request->origin))
		return false;
	return peers.landed >= least && peers.landed * 2 >= peers.requests;
}

static bool says_something(struct str path)
{
	struct str segment, rest = path;
	while (str_split(&rest, '/', &segment))
		if (segment.len && str_find(segment, '{') == UINT32_MAX)
			return true;
	return false;
}

static void report(struct rule_context *c, const struct request *request, struct landing landing)
{
	char asked[64], served[64];
	if (request->protocol != PROTOCOL_HTTP)
		report_in(c, request->file, request->node,
			"nothing in this repository implements %.*s, which is called here (§3). Implement it, or call what "
			"there is.",
			STR_ARG(request->path));
	else if (landing.other_methods)
		report_in(c, request->file, request->node,
			"%.*s %.*s is not served: that path answers %.*s only (§3). Send what it answers, or serve the method.",
			STR_ARG(http_methods_text(request->methods, asked)), STR_ARG(request->path),
			STR_ARG(http_methods_text(landing.other_methods, served)));
	else
		report_in(c, request->file, request->node,
			"nothing in this repository serves %.*s %.*s, which is requested here (§3). Add the endpoint, or mend "
			"the path.",
			STR_ARG(request->methods ? http_methods_text(request->methods, asked) : STR("a request of")),
			STR_ARG(request->path));
}

static bool is_missing(struct rule_context *c, uint32_t i)
{
	const struct request *request = wire_request(c->wire, i);
	if (!model_is_production(c->model, request->file))
		return false;
	if (request->protocol == PROTOCOL_HTTP && (path_names_file(request->path) || !says_something(request->path)))
		return false;
	if (!goes_to_us(c, i, request))
		return false;
	file_id unread = wire_peers(c->wire, i).unread;
	if (unread != NO_FILE)
		rule_abstain(c, unread, "routes that were not read may answer what is asked for");
	return unread == NO_FILE;
}

/* The requests of one place: a condition chooses between them, and which of them are ever sent is not known. */
static void check_place(struct rule_context *c, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (wire_landing(c->wire, i).fit != FIT_NONE)
			return;
	for (uint32_t i = first; i < end; i++) {
		if (!is_missing(c, i))
			continue;
		report(c, wire_request(c->wire, i), wire_landing(c->wire, i));
		return;
	}
}

static bool is_same_place(const struct request *a, const struct request *b)
{
	return a->file == b->file && a->node == b->node;
}

static void check_project(struct rule_context *c)
{
	uint32_t count = wire_request_count(c->wire), end;
	for (uint32_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count; end++)
			if (!is_same_place(wire_request(c->wire, i), wire_request(c->wire, end)))
				break;
		check_place(c, i, end);
	}
}

const struct rule rule_wiring_endpoint = {
	.id = "wiring/endpoint",
	.clauses = "3",
	.title = "Every call of an API service lands on an endpoint",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO) | LANGUAGE_BIT(RUST),
	.on_project = check_project,
};
