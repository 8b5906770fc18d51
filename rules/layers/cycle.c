#include <bylaw/rule.h>

/* What a step's file is called, or its package. */
static struct str name_of(const struct rule_context *c, const struct cycle *cycle, uint32_t step)
{
	const struct model_file *file = model_file(c->model, cycle->steps[step % cycle->count].file);
	return cycle->of_packages ? model_package(c->model, file->package)->name : file->path;
}

static struct finding *report_cycle(struct rule_context *c, const struct cycle *cycle)
{
	const struct cycle_step *first = &cycle->steps[0];
	const char *unit = cycle->of_packages ? "package" : "file";
	if (cycle->count == 2 && cycle->size == 2)
		return report_in(c, first->file, first->node,
			"this %s and %.*s import each other: neither can be understood, tested or moved alone (§5). Move what "
			"both need to a third, or turn one of the two around.",
			unit, STR_ARG(name_of(c, cycle, 1)));
	return report_in(c, first->file, first->node,
		"this import closes a cycle of %u %ss%s: none of them can be understood, tested or moved alone (§5). Move "
		"what they share down, or turn one import around.",
		cycle->count, unit, cycle->size > cycle->count ? ", part of a larger knot" : "");
}

static void check_project(struct rule_context *c)
{
	for (uint32_t i = 0; i < model_cycle_count(c->model); i++) {
		const struct cycle *cycle = model_cycle(c->model, i);
		struct finding *finding = report_cycle(c, cycle);
		for (uint32_t s = 1; s < cycle->count; s++)
			finding_note(c, finding, cycle->steps[s].file, cycle->steps[s].node, "which imports %.*s here",
				STR_ARG(name_of(c, cycle, s + 1)));
	}
}

const struct rule rule_layers_cycle = {
	.id = "layers/cycle",
	.clauses = "5",
	.title = "Modules do not depend on each other in a circle",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO),
	.on_project = check_project,
	.peers = "import/no-cycle R0401",
};
