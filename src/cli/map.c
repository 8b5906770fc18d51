/* bylaw map: what the services of a codebase answer. */
#include "cli/cli.h"
#include "cli/project.h"

#include "base/threads.h"
#include "report/encode.h"

#include <getopt.h>

typedef void print_map(struct project *p, const struct bylaw_result *result, struct buf *out);

static const char *const protocols[] = { [PROTOCOL_HTTP] = "http",
	[PROTOCOL_GRPC] = "grpc",
	[PROTOCOL_GRAPHQL] = "graphql",
	[PROTOCOL_WEBSOCKET] = "websocket",
	[PROTOCOL_MESSAGE] = "message" };

static uint32_t line_of(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &model_file(m, file)->facts;
	return facts_line(f, f->nodes[node].start);
}

/* The name that a function goes by: its own, or that of the variable or field it stands in. */
static struct str function_name(const struct facts *f, node_id function)
{
	struct str name = node_name(f, function);
	if (str_empty(name) && f->nodes[function].part == PART_VALUE)
		name = node_name(f, f->nodes[function].parent);
	return name;
}

/* "UsersController.get", "(*Server).List" as Server.List, "list"; nothing for a function without a name. */
static void add_handler_name(struct buf *out, const struct model *m, const struct endpoint *e)
{
	const struct facts *f = &model_file(m, e->handler_file)->facts;
	node_id receiver = node_child(f, e->handler, PART_RECEIVER);
	node_id type = receiver ? node_child(f, receiver, PART_TYPE) : 0;
	node_id owner = node_ancestor(f, e->handler, KIND(CLASS) | KIND(IMPL));
	if (type || owner)
		buf_printf(out, "%.*s.", STR_ARG(node_name(f, type ? type : owner)));
	buf_add(out, function_name(f, e->handler));
}

static bool wants(struct project *p, const struct model *m, const struct endpoint *e)
{
	return project_wants(p, model_file(m, e->file)->path);
}

/* ---- text ---- */

static void add_what(struct buf *out, const struct endpoint *e)
{
	char space[64];
	if (e->protocol == PROTOCOL_HTTP)
		buf_add(out, http_methods_text(e->methods, space));
	else
		buf_add_text(out, protocols[e->protocol]);
	buf_printf(out, " %s%.*s", e->is_tail ? "…" : "", STR_ARG(e->path));
}

static void print_text(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	const struct model *m = result->model;
	for (uint32_t i = 0; i < wire_endpoint_count(result->wire); i++) {
		const struct endpoint *e = wire_endpoint(result->wire, i);
		if (!wants(p, m, e))
			continue;
		add_what(out, e);
		buf_printf(out, "  %.*s:%u", STR_ARG(model_file(m, e->file)->path), line_of(m, e->file, e->node));
		if (e->handler) {
			buf_add_text(out, "  ");
			add_handler_name(out, m, e);
		}
		buf_add_char(out, '\n');
	}
}

/* ---- JSON ---- */

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
	json_number(object, "line", line_of(m, file, node));
}

static void add_endpoint(cJSON *list, const struct model *m, const struct endpoint *e)
{
	cJSON *object = json_item(list);
	json_text(object, "protocol", str_from(protocols[e->protocol]));
	if (e->protocol == PROTOCOL_HTTP)
		add_methods(object, e->methods);
	json_text(object, "path", e->path);
	json_set(object, "isTail", cJSON_CreateBool(e->is_tail));
	add_place(json_object(object, "registered"), m, e->file, e->node);
	if (e->handler) {
		struct buf name = { 0 };
		add_handler_name(&name, m, e);
		cJSON *handler = json_object(object, "handler");
		json_text(handler, "name", buf_str(&name));
		add_place(handler, m, e->handler_file, e->handler);
		buf_release(&name);
	}
	if (e->package != NO_PACKAGE)
		json_text(object, "package", model_package(m, e->package)->name);
}

static void print_json(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	cJSON *root = cJSON_CreateObject();
	json_text(root, "version", STR(BYLAW_VERSION));
	cJSON *list = json_array(root, "endpoints");
	for (uint32_t i = 0; i < wire_endpoint_count(result->wire); i++)
		if (wants(p, result->model, wire_endpoint(result->wire, i)))
			add_endpoint(list, result->model, wire_endpoint(result->wire, i));
	json_print(root, out);
}

/* ---- the command ---- */

static print_map *find_format(const char *name)
{
	static const struct {
		const char *name;
		print_map *print;
	} rows[] = { { "text", print_text }, { "json", print_json } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(name, rows[i].name) == 0)
			return rows[i].print;
	return NULL;
}

static int map_project(char *const *paths, int path_count, print_map *print)
{
	struct project project = { 0 };
	struct bylaw_result result = { 0 };
	struct err err = { 0 };
	struct buf out = { 0 };
	char today[11];
	bool ok = project_open(&project, paths, path_count, NULL, &err);
	if (ok) {
		struct bylaw_request request = project_request(&project, threads_available(), today);
		request.link_only = true;
		ok = bylaw_run(&request, &result, &err);
	}
	if (ok)
		print(&project, &result, &out);
	int status = ok ? cli_print(buf_str(&out)) : cli_fail(&err);
	buf_release(&out);
	bylaw_result_release(&result);
	project_close(&project);
	return status;
}

int command_map(int argc, char **argv)
{
	print_map *print = print_text;
	opterr = 0;
	for (int option; (option = getopt(argc, argv, "o:")) != -1;) {
		print = option == 'o' ? find_format(optarg) : NULL;
		if (option == 'o' && !print)
			return cli_usage("there is no format \"%s\" of maps; there are text, json", optarg);
		if (option != 'o')
			return cli_usage("bylaw map takes paths and -o text or -o json");
	}
	return map_project(argv + optind, argc - optind, print);
}
