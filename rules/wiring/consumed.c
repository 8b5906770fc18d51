#include <bylaw/rule.h>

/* So many endpoints of a service must be consumed, and half of them, before one that is not is news. */
enum { LEAST_CONSUMED = 3 };

static const struct rule_option options[] = {
	{ "public", OPTION_STRINGS, "", "paths that others consume, by their beginning: /public, /v1/webhooks" },
	{ 0 },
};

/* What probes, other systems, schedulers and browsers themselves ask for. */
static bool is_for_others(struct str path)
{
	static const char *const words[] = { "health", "healthz", "health-check", "healthcheck", "ready", "readyz",
		"readiness", "live", "livez", "liveness", "ping", "status", "metrics", "hooks", "callback", "oauth",
		"oauth2", "saml", "sso", ".well-known", "internal", "docs", "swagger", "openapi.json", "openapi",
		"redoc", "robots.txt", "favicon.ico", "sitemap.xml", "graphql", "version", "debug", "pprof", "cron" };
	struct str segment, rest = path;
	while (str_split(&rest, '/', &segment)) {
		if (str_contains(segment, STR("webhook")))
			return true;
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_is(segment, words[i]))
				return true;
	}
	return path.len == 1 || path_names_file(path) || str_contains(path, STR("{*"));
}

static bool is_declared_public(const struct rule_context *c, struct str path)
{
	for (uint32_t end = path.len; end > 0; end--)
		if ((end == path.len || path.ptr[end] == '/') && rule_option_has(c, "public", str_slice(path, 0, end)))
			return true;
	return false;
}

/* Where clients ask for little of what there is, others live elsewhere, or ask in a way that nobody understood. */
static bool are_clients_here(struct consumers consumers)
{
	return consumers.peers_consumed >= LEAST_CONSUMED && consumers.peers_consumed * 2 >= consumers.peers;
}

static bool is_news(const struct rule_context *c, uint32_t i)
{
	const struct endpoint *e = wire_endpoint(c->wire, i);
	return e->protocol == PROTOCOL_HTTP && !e->is_static && are_clients_here(wire_consumers(c->wire, i)) &&
	       !is_for_others(e->path) && !is_declared_public(c, e->path) && e->methods != METHOD_OPTIONS;
}

/* Two paths or the methods of a set of views at one place; or several decorators of one function. */
static bool are_one(const struct endpoint *a, const struct endpoint *b)
{
	bool one_handler = a->handler && a->handler == b->handler && a->handler_file == b->handler_file;
	return a->file == b->file && (a->node == b->node || one_handler);
}

/* The endpoints of one registration stand and fall together. */
static void check_place(struct rule_context *c, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (wire_consumers(c->wire, i).requests)
			return;
	for (uint32_t i = first; i < end; i++) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		char space[64];
		if (!is_news(c, i))
			continue;
		if (wire_consumers(c->wire, i).is_mentioned) {
			rule_abstain(c, e->file,
				"an address that code makes may be that of an endpoint nobody is seen to ask for");
			return;
		}
		report_in(c, e->file, e->node,
			"no client in this repository asks for %.*s %.*s (§4). Delete it, or declare it under `public` when others "
			"do.",
			STR_ARG(http_methods_text(e->methods, space)), STR_ARG(e->path));
		return;
	}
}

static void check_project(struct rule_context *c)
{
	uint32_t count = wire_endpoint_count(c->wire), end;
	for (uint32_t i = 0; i < count; i = end) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		for (end = i + 1; end < count; end++)
			if (!are_one(e, wire_endpoint(c->wire, end)))
				break;
		check_place(c, i, end);
	}
}

const struct rule rule_wiring_consumed = {
	.id = "wiring/consumed",
	.clauses = "4",
	.title = "Every endpoint is consumed by a client",
	.severity = SEVERITY_NOTE,
	.precision = DETECTOR,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO) | LANGUAGE_BIT(RUST),
	.options = options,
	.on_project = check_project,
};
