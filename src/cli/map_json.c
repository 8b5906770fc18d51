#include "cli/map.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"
#include "report/encode.h"

static void add_methods(cJSON *object, uint32_t methods)
{
	cJSON *list = json_array(object, "methods");
	for (uint32_t bit = 1; bit <= methods; bit <<= 1) {
		char space[64];
		if (methods & bit)
			cJSON_AddItemToArray(list, cJSON_CreateString(http_methods_text(bit, space).ptr));
	}
}

static void add_place(cJSON *object, const struct model *m, file_id file, node_id node)
{
	json_text(object, "path", model_file(m, file)->path);
	json_number(object, "line", map_line(m, file, node));
}

static void add_what(cJSON *object, enum protocol protocol, uint32_t methods, struct str path, bool is_tail)
{
	json_text(object, "protocol", str_from(protocol_name(protocol)));
	if (protocol == PROTOCOL_HTTP)
		add_methods(object, methods);
	json_text(object, "path", path);
	json_set(object, "isTail", cJSON_CreateBool(is_tail));
}

/* ---- endpoints ---- */

static void add_endpoint(cJSON *list, const struct model *m, const struct endpoint *e, struct str handler_name)
{
	cJSON *object = json_item(list);
	add_what(object, e->protocol, e->methods, e->path, e->is_tail);
	json_set(object, "isStatic", cJSON_CreateBool(e->is_static));
	add_place(json_object(object, "registered"), m, e->file, e->node);
	if (e->handler) {
		cJSON *handler = json_object(object, "handler");
		json_text(handler, "name", handler_name);
		add_place(handler, m, e->handler_file, e->handler);
	}
	if (e->package != NO_PACKAGE)
		json_text(object, "package", model_package(m, e->package)->name);
}

/* The name of the part that an endpoint's part leads to. */
static struct str *handler_names(const struct wire *w, struct arena *a)
{
	struct str *names = arena_array(a, struct str, wire_endpoint_count(w));
	for (uint32_t i = 0; i < wire_link_count(w); i++) {
		const struct chain_link *link = wire_link(w, i);
		const struct chain_part *from = wire_part(w, link->from);
		if (from->column == COLUMN_ENDPOINT && wire_part(w, link->to)->column == COLUMN_CONTROLLER)
			names[from->index] = wire_part_name(w, link->to);
	}
	return names;
}

static void add_endpoints(cJSON *root, struct project *p, const struct bylaw_result *result)
{
	struct arena scratch = { 0 };
	struct str *names = handler_names(result->wire, &scratch);
	cJSON *list = json_array(root, "endpoints");
	for (uint32_t i = 0; i < wire_endpoint_count(result->wire); i++) {
		const struct endpoint *e = wire_endpoint(result->wire, i);
		if (project_wants(p, model_file(result->model, e->file)->path))
			add_endpoint(list, result->model, e, names[i]);
	}
	arena_release(&scratch);
}

/* ---- requests ---- */

static void add_requests(cJSON *root, struct project *p, const struct bylaw_result *result)
{
	cJSON *list = json_array(root, "requests");
	for (uint32_t i = 0; i < wire_request_count(result->wire); i++) {
		const struct request *r = wire_request(result->wire, i);
		const struct model_file *file = model_file(result->model, r->file);
		if (!project_wants(p, file->path))
			continue;
		cJSON *object = json_item(list);
		add_what(object, r->protocol, r->methods, r->path, r->is_tail);
		json_text(object, "origin", r->origin);
		add_place(json_object(object, "sent"), result->model, r->file, r->node);
		json_text(object, "class", str_from(file_class_name(file->class)));
	}
}

/* ---- the graph ---- */

/* Parts that hang on nothing say nothing; endpoints and requests do. */
static bool *find_linked(const struct wire *w, struct arena *a)
{
	bool *linked = arena_array(a, bool, wire_part_count(w));
	for (uint32_t i = 0; i < wire_part_count(w); i++)
		linked[i] = wire_part(w, i)->column == COLUMN_ENDPOINT || wire_part(w, i)->column == COLUMN_CLIENT;
	for (uint32_t i = 0; i < wire_link_count(w); i++)
		linked[wire_link(w, i)->from] = linked[wire_link(w, i)->to] = true;
	return linked;
}

static void add_node(cJSON *list, const struct bylaw_result *result, uint32_t index)
{
	const struct chain_part *part = wire_part(result->wire, index);
	char space[64];
	cJSON *object = json_item(list);
	json_text(object, "column", str_from(column_name(part->column)));
	json_text(object, "name", wire_part_name(result->wire, index));
	if (part->column == COLUMN_ENDPOINT || part->column == COLUMN_CLIENT) {
		json_text(object, "methods", map_part_methods(result->wire, part, space));
		json_text(object, "path", map_part_path(result->wire, part));
	}
	json_text(object, "file", model_file(result->model, part->file)->path);
	json_number(object, "line", map_line(result->model, part->file, part->node));
}

/* Numbers the parts that are shown, from 1 on. */
static uint32_t *add_nodes(cJSON *root, struct project *p, const struct bylaw_result *result, struct arena *a)
{
	const struct wire *w = result->wire;
	uint32_t *numbers = arena_array(a, uint32_t, wire_part_count(w)), count = 0;
	const bool *linked = find_linked(w, a);
	cJSON *list = json_array(root, "nodes");
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		if (!linked[i] || !map_wants_part(p, result, i))
			continue;
		numbers[i] = ++count;
		add_node(list, result, i);
	}
	return numbers;
}

static void add_edges(cJSON *root, const struct wire *w, const uint32_t *numbers)
{
	cJSON *list = json_array(root, "edges");
	for (uint32_t i = 0; i < wire_link_count(w); i++) {
		const struct chain_link *link = wire_link(w, i);
		if (!numbers[link->from] || !numbers[link->to])
			continue;
		cJSON *pair = cJSON_CreateArray();
		cJSON_AddItemToArray(pair, cJSON_CreateNumber(numbers[link->from] - 1));
		cJSON_AddItemToArray(pair, cJSON_CreateNumber(numbers[link->to] - 1));
		cJSON_AddItemToArray(list, pair);
	}
}

/* ---- what is broken ---- */

static uint64_t place_key(struct str path, uint32_t line)
{
	return hash_mix(line, path.ptr, path.len);
}

static void add_findings(cJSON *root, const struct bylaw_result *result, const uint32_t *numbers)
{
	const struct wire *w = result->wire;
	struct map parts = { 0 };
	cJSON *list = json_array(root, "findings");
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		const struct chain_part *part = wire_part(w, i);
		struct str path = model_file(result->model, part->file)->path;
		if (numbers[i])
			map_put(&parts, place_key(path, map_line(result->model, part->file, part->node)), numbers[i],
				NULL);
	}
	for (uint32_t i = 0; i < result->report.findings.count; i++) {
		const struct finding *finding = result->report.findings.items[i];
		const uint32_t *part = map_get(&parts, place_key(finding->place.path, finding->place.line));
		if (!part || finding->suppression != NOT_SUPPRESSED)
			continue;
		cJSON *object = json_item(list);
		json_text(object, "rule", str_from(finding->rule->id));
		json_text(object, "message", finding->message);
		json_number(object, "node", *part - 1);
	}
	map_release(&parts);
}

cJSON *map_json(struct project *p, const struct bylaw_result *result)
{
	struct arena scratch = { 0 };
	cJSON *root = cJSON_CreateObject();
	json_text(root, "version", STR(BYLAW_VERSION));
	json_text(root, "name", path_name(p->root));
	add_endpoints(root, p, result);
	add_requests(root, p, result);
	const uint32_t *numbers = add_nodes(root, p, result, &scratch);
	add_edges(root, result->wire, numbers);
	add_findings(root, result, numbers);
	arena_release(&scratch);
	return root;
}

void map_print_json(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	json_print(map_json(p, result), out);
}
