#include <bylaw/rule.h>

/* What a dependency is on: a class with its layer, or a file as a whole. */
struct target {
	file_id file;
	node_id node; /* 0 for the file */
	struct layer_evidence layer;
};

static bool is_upward(enum layer from, enum layer to)
{
	return from != LAYER_NONE && to != LAYER_NONE && to < from;
}

/* The layer of what is depended on: a class's, or that of the code around a function or a value. */
static bool find_layer(const struct rule_context *c, struct target *out)
{
	const struct facts *there = &model_file(c->model, out->file)->facts;
	if (!there->node_count || !model_is_production(c->model, out->file))
		return false;
	enum node_kind kind = out->node ? node_kind(there, out->node) : NODE_FILE;
	if (kind == NODE_FILE)
		out->layer = model_file_layer(c->model, out->file);
	else if (kind == NODE_CLASS || kind == NODE_FUNCTION || kind == NODE_VAR || kind == NODE_NAME)
		out->layer = model_layer_of(c->model, out->file, out->node);
	else
		return false; /* interfaces, enums and type aliases are shapes */
	return out->layer.layer != LAYER_NONE;
}

static bool find_target(const struct rule_context *c, uint32_t i, struct target *out)
{
	struct import_link link = model_import(c->model, c->file, i);
	bool whole = link.whole || str_is(facts_str(c->facts, c->facts->imports[i].imported), "*");
	if (link.target != IMPORT_FILE)
		return false;
	*out = (struct target){ .file = link.file };
	if (!whole && !model_import_declaration(c->model, c->file, i, &out->file, &out->node))
		return false;
	return find_layer(c, out);
}

/* A service sends to its clients through the socket gateway: that is its way out, not a way up. */
static bool is_gateway(const struct rule_context *c, struct layer_evidence evidence)
{
	const struct facts *there = evidence.node ? &model_file(c->model, evidence.file)->facts : NULL;
	if (!there || node_kind(there, evidence.node) != NODE_DECORATOR)
		return false;
	const struct library_entry *entry = model_role(c->model, evidence.file, evidence.node, ROLE_CONTROLLER);
	return entry && str_is(library_attribute(entry, "kind"), "gateway");
}

static bool is_module(const struct rule_context *c)
{
	for (node_id n = 1; n < c->facts->node_count; n++)
		if (node_kind(c->facts, n) == NODE_CLASS)
			facts_each_child(c->facts, n, d)
				if (node_kind(c->facts, d) == NODE_DECORATOR &&
					model_role(c->model, c->file, d, ROLE_MODULE))
					return true;
	return false;
}

static void report(struct rule_context *c, node_id at, node_id use, struct str name, struct layer_evidence from,
	const struct target *target)
{
	const char *upper = layer_name(target->layer.layer);
	struct finding *finding = report_at(c, at,
		"a %s depends on the %s %.*s: dependencies point from controller to service to repository "
		"to entity (§6). Move what it needs down, or let the %s call it.",
		layer_name(from.layer), upper, STR_ARG(name), upper);
	finding_note(c, finding, c->file, use, "used here, in a %s: %s", layer_name(from.layer), from.reason);
	finding_note(c, finding, target->file, target->node, "a %s: %s", upper, target->layer.reason);
}

static void check_import(struct rule_context *c, uint32_t i, node_id use)
{
	const struct import *import = &c->facts->imports[i];
	struct target target;
	if (!use || (import->flags & IMPORT_TYPE_ONLY) || !find_target(c, i, &target))
		return;
	struct layer_evidence from = model_layer_of(c->model, c->file, use);
	if (is_upward(from.layer, target.layer.layer) && !is_gateway(c, target.layer))
		report(c, import->node, use, facts_str(c->facts, import->local), from, &target);
}

/* ---- Rust: whatever a path leads to, imported or not ---- */

static bool is_test(const struct facts *f, node_id n)
{
	for (; n; n = f->nodes[n].parent)
		if (node_has(f, n, FLAG_TEST))
			return true;
	return false;
}

/* What the code of one item depends on; each thing is told of once. */
static void check_item(struct rule_context *c, node_id item, struct layer_evidence from)
{
	static const uint64_t paths = KIND(CALL) | KIND(NAME) | KIND(TYPE);
	enum { MOST_TOLD = 16 };
	struct target told[MOST_TOLD];
	uint32_t count = 0;
	facts_each_below(c->facts, item, n) {
		if (!(paths >> c->facts->nodes[n].kind & 1) || count == MOST_TOLD)
			continue;
		struct meaning means = model_meaning(c->model, c->file, n);
		struct target target = { .file = means.file, .node = means.node };
		if (means.kind != MEANS_DECLARATION || !find_layer(c, &target) ||
			!is_upward(from.layer, target.layer.layer))
			continue;
		bool again = false;
		for (uint32_t i = 0; i < count; i++)
			again |= told[i].file == target.file && told[i].node == target.node;
		if (again)
			continue;
		told[count++] = target;
		report(c, n, n, path_last(node_name(c->facts, n)), from, &target);
	}
}

static void check_rust(struct rule_context *c)
{
	const struct facts *f = c->facts;
	for (node_id n = 1; n < f->node_count;) {
		bool item = (KIND(FUNCTION) | KIND(IMPL) | KIND(CLASS)) >> f->nodes[n].kind & 1;
		struct layer_evidence from = item && !is_test(f, n) ? model_layer_of(c->model, c->file, n)
								    : (struct layer_evidence){ LAYER_NONE };
		if (from.layer > LAYER_CONTROLLER)
			check_item(c, n, from);
		n = item ? f->nodes[n].next : n + 1;
	}
}

static void check_file(struct rule_context *c)
{
	if (model_file(c->model, c->file)->language == LANGUAGE_RUST) {
		check_rust(c);
		return;
	}
	if (!c->facts->import_count || is_module(c))
		return;
	enum { MOST_IMPORTS = 512 };
	node_id uses[MOST_IMPORTS];
	model_runtime_uses(c->model, c->file, uses, MOST_IMPORTS);
	for (uint32_t i = 0; i < c->facts->import_count && i < MOST_IMPORTS; i++)
		check_import(c, i, uses[i]);
}

const struct rule rule_layers_direction = {
	.id = "layers/direction",
	.clauses = "6",
	.title = "Dependencies point from controller to service to repository to entity",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON) | LANGUAGE_BIT(RUST),
	.on_file = check_file,
};
