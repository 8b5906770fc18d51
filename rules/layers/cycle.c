#include <bylaw/rule.h>

/* How the units of a cycle are called, and what leads from one to the next. */
static const struct {
	const char *unit, *link, *leads;
} words[] = {
	[CYCLE_OF_FILES] = { "file", "import", "which imports" },
	[CYCLE_OF_PACKAGES] = { "package", "import", "which imports" },
	[CYCLE_OF_MODULES] = { "module", "use", "which uses" },
};

static struct finding *report_cycle(struct rule_context *c, const struct cycle *cycle)
{
	const struct cycle_step *first = &cycle->steps[0];
	const char *knot = cycle->size > cycle->count ? ", part of a larger knot" : "";
	if (cycle->unit == CYCLE_OF_MODULES && cycle->count == 2)
		return report_in(c, first->file, first->node,
			"the modules %.*s and %.*s use each other%s: neither can be understood, tested or moved alone (§5). Move "
			"what both need to a third, or turn one of the two around.",
			STR_ARG(first->name), STR_ARG(cycle->steps[1].name), knot);
	if (cycle->count == 2 && cycle->size == 2)
		return report_in(c, first->file, first->node,
			"this %s and %.*s import each other: neither can be understood, tested or moved alone (§5). Move what "
			"both need to a third, or turn one of the two around.",
			words[cycle->unit].unit, STR_ARG(cycle->steps[1].name));
	return report_in(c, first->file, first->node,
		"this %s closes a cycle of %u %ss%s: none of them can be understood, tested or moved alone (§5). Move "
		"what they share down, or turn one %s around.",
		words[cycle->unit].link, cycle->count, words[cycle->unit].unit, knot, words[cycle->unit].link);
}

static void check_project(struct rule_context *c)
{
	for (uint32_t i = 0; i < model_cycle_count(c->model); i++) {
		const struct cycle *cycle = model_cycle(c->model, i);
		struct finding *finding = report_cycle(c, cycle);
		for (uint32_t s = 1; s < cycle->count; s++)
			finding_note(c, finding, cycle->steps[s].file, cycle->steps[s].node, "%s %.*s here",
				words[cycle->unit].leads, STR_ARG(cycle->steps[(s + 1) % cycle->count].name));
	}
}

const struct rule rule_layers_cycle = {
	.id = "layers/cycle",
	.clauses = "5",
	.title = "Modules do not depend on each other in a circle",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(GO) | LANGUAGE_BIT(RUST),
	.on_project = check_project,
	.peers = "import/no-cycle R0401",
};
