#include <bylaw/rule.h>

/* What a dependency is on: a class with its layer, or a file as a whole. */
struct target {
	file_id file;
	node_id node; /* 0 for the file */
	struct layer_evidence layer;
};

static struct layer_evidence layer_of_file(const struct rule_context *c, file_id file)
{
	return model_file_layer(c->model, file);
}

static bool is_upward(enum layer from, enum layer to)
{
	return from != LAYER_NONE && to != LAYER_NONE && to < from;
}

/* The layer behind an imported name: its class's, or its file's for a function or a value. */
static bool find_target(const struct rule_context *c, uint32_t i, struct target *out)
{
	const struct import *import = &c->facts->imports[i];
	struct import_link link = model_import(c->model, c->file, i);
	struct str imported = facts_str(c->facts, import->imported);
	if (link.target != IMPORT_FILE)
		return false;
	*out = (struct target){ .file = link.file };
	bool whole = link.whole || str_is(imported, "*");
	if (!whole && !model_exported(c->model, link.file, imported, &out->file, &out->node))
		return false;
	const struct facts *there = &model_file(c->model, out->file)->facts;
	if (!there->node_count || !model_is_production(c->model, out->file))
		return false;
	enum node_kind kind = out->node ? node_kind(there, out->node) : NODE_FILE;
	if (kind == NODE_CLASS)
		out->layer = model_class_layer(c->model, out->file, out->node);
	else if (kind == NODE_FUNCTION || kind == NODE_FILE || kind == NODE_VAR || kind == NODE_NAME)
		out->layer = layer_of_file(c, out->file);
	else
		return false; /* interfaces, enums and type aliases are shapes */
	return out->layer.layer != LAYER_NONE;
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

/* The layer that depends: of the class around the use, else of the file. */
static struct layer_evidence layer_around(const struct rule_context *c, node_id use)
{
	node_id class_node = node_ancestor(c->facts, use, KIND(CLASS));
	if (class_node)
		return model_class_layer(c->model, c->file, class_node);
	return layer_of_file(c, c->file);
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

static void check_import(struct rule_context *c, uint32_t i, node_id use)
{
	const struct facts *f = c->facts;
	const struct import *import = &f->imports[i];
	struct target target;
	if (!use || (import->flags & IMPORT_TYPE_ONLY) || !find_target(c, i, &target))
		return;
	struct layer_evidence from = layer_around(c, use);
	if (!is_upward(from.layer, target.layer.layer) || is_gateway(c, target.layer))
		return;
	struct finding *finding = report_at(c, import->node,
		"a %s depends on the %s %.*s: dependencies point from controller to service to repository "
		"to entity (§6). Move what it needs down, or let the %s call it.",
		layer_name(from.layer), layer_name(target.layer.layer), STR_ARG(facts_str(f, import->local)),
		layer_name(target.layer.layer));
	finding_note(c, finding, c->file, use, "used here, in a %s: %s", layer_name(from.layer), from.reason);
	finding_note(
		c, finding, target.file, target.node, "a %s: %s", layer_name(target.layer.layer), target.layer.reason);
}

static void check_file(struct rule_context *c)
{
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
	.languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON),
	.on_file = check_file,
};
