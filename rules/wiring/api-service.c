#include <bylaw/rule.h>

/* Who renders: a function, a class, or of a single-file component the file. */
static struct str renderer(const struct facts *f, const struct chain_part *component)
{
	if ((KIND(FUNCTION) | KIND(CLASS)) >> node_kind(f, component->node) & 1)
		return node_name(f, component->node);
	return component->node ? STR("this function") : STR("this component");
}

/* A base that nobody tells, of this one request alone, and nothing here answers: whose service that is, nobody knows. */
static bool goes_anywhere(const struct wire *w, uint32_t request)
{
	struct peers peers = wire_peers(w, request);
	return wire_request(w, request)->is_tail && peers.requests == 1 && !peers.landed;
}

static void check_senders(struct rule_context *c)
{
	for (uint32_t i = 0; i < wire_request_count(c->wire); i++) {
		const struct request *request = wire_request(c->wire, i);
		const struct chain_part *component = wire_sending_component(c->wire, i);
		char space[64];
		if (!component || !wire_asks_backend(c->wire, i) || goes_anywhere(c->wire, i))
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

static void report_unwired(struct rule_context *c, const struct unwired *u)
{
	const struct facts *there = &model_file(c->model, u->data_file)->facts;
	struct str entity = node_name(&model_file(c->model, u->entity_file)->facts, u->entity);
	bool is_form = node_kind(there, u->data) == NODE_JSX;
	struct finding *finding = report_in(c, u->file, u->component,
		"%.*s is for %.*s and reaches no API service: %s (§2). %s a function of an API service.",
		STR_ARG(u->component ? u->name : STR("this component")), STR_ARG(entity),
		is_form ? "what its form takes goes nowhere" : "what it shows is made up in the code",
		is_form ? "Hand it to" : "Get it from");
	finding_note(c, finding, u->data_file, u->data, is_form ? "this form" : "this stands for the backend's data");
	finding_note(c, finding, u->entity_file, u->entity, "the backend's %.*s", STR_ARG(entity));
}

static void check_project(struct rule_context *c)
{
	check_senders(c);
	for (uint32_t i = 0; i < wire_unwired_count(c->wire); i++)
		report_unwired(c, wire_unwired(c->wire, i));
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
