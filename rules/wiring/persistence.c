#include <bylaw/rule.h>

static struct str handler_name(const struct rule_context *c, const struct endpoint *e)
{
	const struct facts *f = &model_file(c->model, e->handler_file)->facts;
	return node_kind(f, e->handler) == NODE_FUNCTION ? node_name(f, e->handler) : e->path;
}

static void check_project(struct rule_context *c)
{
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *e = wire_endpoint(c->wire, i);
		struct storage_evidence evidence = wire_storage(c->wire, i);
		char space[64];
		if (evidence.storage != STORAGE_MEMORY || evidence.repeated ||
			!model_is_production(c->model, e->handler_file))
			continue; /* one finding for each place, however many endpoints lead there */
		struct str name = handler_name(c, e);
		const struct facts *there = &model_file(c->model, evidence.file)->facts;
		struct finding *finding = report_in(c, e->handler_file, e->handler,
			"%.*s reaches no repository: what it changes is kept in %.*s, which a restart empties (§3). Store it "
			"through a repository.",
			STR_ARG(name), STR_ARG(path_parent(node_name(there, evidence.node))));
		finding_note(c, finding, evidence.file, evidence.node, "changed here, in memory");
		finding_note(c, finding, e->file, e->node, "it answers %.*s %.*s",
			STR_ARG(e->protocol == PROTOCOL_HTTP ? http_methods_text(e->methods, space) : STR("")),
			STR_ARG(e->path));
	}
}

const struct rule rule_wiring_persistence = {
	.id = "wiring/persistence",
	.clauses = "3",
	.title = "Every controller that changes domain state reaches a repository",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO) | LANGUAGE_BIT(RUST),
	.on_project = check_project,
};
