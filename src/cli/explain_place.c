/* What there is to say about a line, as JSON: what the text says, too. */
#include "cli/explain.h"

#include "cli/map.h"
#include "model/model.h"
#include "report/encode.h"

struct explaining {
	const struct bylaw_result *result;
	const struct model *m;
	const struct wire *w;
	file_id file;
	const struct facts *f;
	uint32_t line;
};

static void add_place(cJSON *object, const struct model *m, file_id file, node_id node)
{
	json_text(object, "path", model_file(m, file)->path);
	json_number(object, "line", map_line(m, file, node));
}

static uint32_t column_of(const struct explaining *e, node_id node)
{
	return facts_column(e->f, e->f->nodes[node].start);
}

/* ---- what is around ---- */

static const uint64_t DECLARATIONS = KIND(FUNCTION) | KIND(LAMBDA) | KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL);

/* The innermost node that the line is in: the first that starts there, else the last that holds its beginning. */
static node_id node_at(const struct explaining *e)
{
	uint32_t start = e->f->lines[e->line - 1], end = e->line < e->f->line_count ? e->f->lines[e->line] : UINT32_MAX;
	node_id holds = 0;
	for (node_id n = 1; n < e->f->node_count && e->f->nodes[n].start < end; n++) {
		if (e->f->nodes[n].start >= start)
			return n;
		if (e->f->nodes[n].end > start)
			holds = n;
	}
	return holds;
}

/* The same, or the function that is declared there: `const list = () => …`. */
static node_id declaration_at(const struct explaining *e)
{
	node_id node = node_at(e), function = node ? declared_function(e->f, node) : 0;
	return function && facts_line(e->f, e->f->nodes[function].start) == e->line ? function : node;
}

/* A function without a name of its own goes by that of what holds it. */
static struct str name_of(const struct facts *f, node_id declaration)
{
	struct str name = node_name(f, declaration);
	node_id up = f->nodes[declaration].parent;
	bool is_held = str_empty(name) && node_kind(f, declaration) == NODE_LAMBDA;
	return is_held && ((KIND(VAR) | KIND(PAIR) | KIND(FIELD) | KIND(CALL)) >> f->nodes[up].kind & 1)
		       ? node_name(f, up)
		       : name;
}

static void add_layer(cJSON *object, const struct model *m, struct layer_evidence evidence)
{
	cJSON *layer = json_object(object, "layer");
	json_text(layer, "name", str_from(layer_name(evidence.layer)));
	json_text(layer, "reason", str_from(evidence.reason ? evidence.reason : ""));
	if (evidence.node)
		add_place(layer, m, evidence.file, evidence.node);
}

static void add_declarations(const struct explaining *e, cJSON *root)
{
	cJSON *list = json_array(root, "in");
	for (node_id n = declaration_at(e); n; n = e->f->nodes[n].parent) {
		if (!(DECLARATIONS >> e->f->nodes[n].kind & 1))
			continue;
		cJSON *object = json_item(list);
		json_text(object, "kind", str_from(node_kind_name(node_kind(e->f, n))));
		json_text(object, "name", name_of(e->f, n));
		json_number(object, "line", facts_line(e->f, e->f->nodes[n].start));
		if (node_kind(e->f, n) == NODE_CLASS || node_kind(e->f, n) == NODE_IMPL)
			add_layer(object, e->m, model_layer_of(e->m, e->file, n));
	}
}

static void add_file(const struct explaining *e, cJSON *root)
{
	static const char *const sides[] = { NULL, "the server", "the browser", "the server and the browser" };
	const struct model_file *file = model_file(e->m, e->file);
	json_text(root, "version", STR(BYLAW_VERSION));
	json_text(root, "path", file->path);
	json_number(root, "line", e->line);
	json_text(root, "language", str_from(language_name(file->language)));
	cJSON *class = json_object(root, "class");
	json_text(class, "name", str_from(file_class_name(file->class)));
	json_text(class, "reason", str_from(file->class_reason ? file->class_reason : ""));
	if (sides[model_sides(e->m, e->file)])
		json_text(root, "runsIn", str_from(sides[model_sides(e->m, e->file)]));
	add_layer(root, e->m, model_file_layer(e->m, e->file));
}

/* ---- what stands there ---- */

static bool starts_here(const struct explaining *e, node_id n)
{
	return facts_line(e->f, e->f->nodes[n].start) == e->line;
}

static void add_facts(const struct explaining *e, cJSON *root)
{
	cJSON *list = json_array(root, "facts");
	for (node_id n = 1; n < e->f->node_count; n++) {
		if (!starts_here(e, n))
			continue;
		cJSON *object = json_item(list);
		json_number(object, "column", column_of(e, n));
		json_text(object, "part", str_from(node_part_name((enum node_part)e->f->nodes[n].part)));
		json_text(object, "kind", str_from(node_kind_name(node_kind(e->f, n))));
		json_text(object, "name", node_name(e->f, n));
	}
}

static void add_meaning(const struct explaining *e, cJSON *object, struct meaning means)
{
	static const char *const kinds[] = {
		[MEANS_UNKNOWN] = "unknown",
		[MEANS_LOCAL] = "local",
		[MEANS_DECLARATION] = "declaration",
		[MEANS_MODULE] = "module",
		[MEANS_LIBRARY] = "library",
		[MEANS_BUILTIN] = "builtin",
	};
	cJSON *meaning = json_object(object, "means");
	json_text(meaning, "kind", str_from(kinds[means.kind]));
	if (!str_empty(means.name))
		json_text(meaning, "name", means.name);
	if ((means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL) && means.node)
		add_place(meaning, e->m, means.file, means.node);
}

static void add_calls(const struct explaining *e, cJSON *root)
{
	cJSON *list = json_array(root, "calls");
	for (node_id n = 1; n < e->f->node_count; n++) {
		if (node_kind(e->f, n) != NODE_CALL || map_line(e->m, e->file, n) != e->line)
			continue;
		cJSON *object = json_item(list);
		json_number(object, "column", column_of(e, n));
		json_text(object, "name", node_name(e->f, n));
		add_meaning(e, object, model_meaning(e->m, e->file, n));
	}
}

/* ---- the wire ---- */

static void add_what(const struct explaining *e, cJSON *object, const struct chain_part *part)
{
	char space[64];
	json_text(object, "methods", map_part_methods(e->w, part, space));
	json_text(object, "path", map_part_path(e->w, part));
}

static void add_landing(const struct explaining *e, cJSON *object, uint32_t request)
{
	static const char *const fits[] = { "the whole path", "the end of the path", "but for words before it",
		"nothing" };
	struct landing landing = wire_landing(e->w, request);
	cJSON *lands = json_object(object, "lands");
	char space[64];
	json_text(lands, "fit", str_from(fits[landing.fit]));
	if (landing.other_methods)
		json_text(lands, "servedFor", http_methods_text(landing.other_methods, space));
	cJSON *list = json_array(lands, "on");
	for (uint32_t i = 0; i < landing.count; i++) {
		const struct endpoint *endpoint = wire_endpoint(e->w, landing_endpoint(e->w, landing, i));
		cJSON *on = json_item(list);
		json_text(on, "endpoint", endpoint->path);
		add_place(json_object(on, "at"), e->m, endpoint->file, endpoint->node);
	}
}

struct chain {
	const struct explaining *e;
	cJSON *list;
	const char *direction;
};

static void add_step(void *context, uint32_t index)
{
	struct chain *chain = context;
	const struct chain_part *part = wire_part(chain->e->w, index);
	cJSON *object = json_item(chain->list);
	json_text(object, "direction", str_from(chain->direction));
	json_text(object, "column", str_from(column_name(part->column)));
	json_text(object, "name", wire_part_name(chain->e->w, index));
	add_place(json_object(object, "at"), chain->e->m, part->file, part->node);
}

static void add_chain(const struct explaining *e, cJSON *object, struct map_links *links, uint32_t part)
{
	struct chain chain = { e, json_array(object, "chain"), "up" };
	map_each_step(links, part, false, add_step, &chain);
	chain.direction = "down";
	map_each_step(links, part, true, add_step, &chain);
}

/* Requests and endpoints at the line, and the endpoint that the function around answers. */
static bool is_there(const struct explaining *e, const struct chain_part *part, const struct endpoint *answered)
{
	if (part->column != COLUMN_ENDPOINT && part->column != COLUMN_CLIENT)
		return false;
	bool is_here = part->file == e->file && map_line(e->m, part->file, part->node) == e->line;
	return is_here || (part->column == COLUMN_ENDPOINT && answered && wire_endpoint(e->w, part->index) == answered);
}

static const struct endpoint *answered_around(const struct explaining *e)
{
	const struct endpoint *answered = NULL;
	for (node_id n = declaration_at(e); n && !answered; n = e->f->nodes[n].parent)
		if ((KIND(FUNCTION) | KIND(LAMBDA)) >> e->f->nodes[n].kind & 1)
			answered = wire_answers(e->w, e->file, n);
	return answered;
}

static void add_wire(const struct explaining *e, cJSON *root)
{
	const struct endpoint *answered = answered_around(e);
	struct map_links *links = map_links_new(e->w);
	cJSON *requests = json_array(root, "requests"), *endpoints = json_array(root, "endpoints");
	for (uint32_t i = 0; i < wire_part_count(e->w); i++) {
		const struct chain_part *part = wire_part(e->w, i);
		if (!is_there(e, part, answered))
			continue;
		cJSON *object = json_item(part->column == COLUMN_CLIENT ? requests : endpoints);
		add_what(e, object, part);
		add_place(json_object(object, "at"), e->m, part->file, part->node);
		if (part->column == COLUMN_CLIENT)
			add_landing(e, object, part->index);
		add_chain(e, object, links, i);
	}
	map_links_free(links);
}

/* ---- rules ---- */

static bool is_here(const struct explaining *e, const struct place *place)
{
	return !place->in_base && str_eq(place->path, model_file(e->m, e->file)->path) && place->line <= e->line &&
	       e->line <= place->end_line;
}

static bool touches(const struct explaining *e, const struct finding *finding)
{
	bool touches = is_here(e, &finding->place);
	for (uint32_t i = 0; i < finding->related.count; i++)
		touches |= is_here(e, &finding->related.items[i].place);
	return touches;
}

static void add_report_place(cJSON *object, const struct place *place)
{
	json_text(object, "path", place->path);
	json_number(object, "line", place->line);
}

static void add_findings(const struct explaining *e, cJSON *root)
{
	cJSON *list = json_array(root, "findings");
	for (uint32_t i = 0; i < e->result->report.findings.count; i++) {
		const struct finding *finding = e->result->report.findings.items[i];
		if (!touches(e, finding))
			continue;
		cJSON *object = json_item(list);
		json_text(object, "rule", str_from(finding->rule->id));
		json_text(object, "severity", str_from(severity_name(finding->severity)));
		add_report_place(json_object(object, "at"), &finding->place);
		json_text(object, "message", finding->message);
		if (finding->suppression != NOT_SUPPRESSED)
			json_text(object, "suppressed", finding->justification);
		cJSON *notes = json_array(object, "notes");
		for (uint32_t k = 0; k < finding->related.count; k++) {
			cJSON *note = json_item(notes);
			add_report_place(note, &finding->related.items[k].place);
			json_text(note, "message", finding->related.items[k].message);
		}
	}
}

static void add_abstentions(const struct explaining *e, cJSON *root)
{
	cJSON *list = json_array(root, "abstentions");
	for (uint32_t i = 0; i < e->result->report.abstentions.count; i++) {
		const struct abstention *abstention = &e->result->report.abstentions.items[i];
		for (uint32_t k = 0; k < abstention->files.count; k++) {
			if (abstention->files.items[k] != e->file)
				continue;
			cJSON *object = json_item(list);
			json_text(object, "rule", str_from(abstention->rule->id));
			json_text(object, "reason", abstention->reason);
			break;
		}
	}
}

cJSON *explain_place(const struct bylaw_result *result, file_id file, uint32_t line)
{
	struct explaining e = { .result = result,
		.m = result->model,
		.w = result->wire,
		.file = file,
		.f = &model_file(result->model, file)->facts,
		.line = line };
	cJSON *root = cJSON_CreateObject();
	add_file(&e, root);
	add_declarations(&e, root);
	add_facts(&e, root);
	add_calls(&e, root);
	add_wire(&e, root);
	add_findings(&e, root);
	add_abstentions(&e, root);
	return root;
}
