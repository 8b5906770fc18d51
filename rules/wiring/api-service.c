#include <bylaw/rule.h>

/* Who renders: a function, or of a single-file component the file. */
static struct str renderer(const struct facts *f, const struct chain_part *component)
{
	if (node_kind(f, component->node) == NODE_FUNCTION)
		return node_name(f, component->node);
	return component->node ? STR("this function") : STR("this component");
}

static void check_project(struct rule_context *c)
{
	for (uint32_t i = 0; i < wire_request_count(c->wire); i++) {
		const struct request *request = wire_request(c->wire, i);
		const struct chain_part *component = wire_sending_component(c->wire, i);
		char space[64];
		if (!component || !wire_asks_backend(c->wire, i))
			continue;
		const struct facts *f = &model_file(c->model, component->file)->facts;
		struct finding *finding = report_in(c, request->file, request->node,
			"a component sends %.*s %.*s itself (§2). Move the request to a function of an API service, and call that.",
			STR_ARG(request->methods ? http_methods_text(request->methods, space) : STR("the request")),
			STR_ARG(request->path));
		finding_note(
			c, finding, component->file, component->node, "%.*s renders", STR_ARG(renderer(f, component)));
	}
}

const struct rule rule_wiring_api_service = {
	.id = "wiring/api-service",
	.clauses = "2",
	.title = "A component gets backend data through an API service",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.on_project = check_project,
};
