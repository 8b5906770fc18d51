/* bylaw map: what the parts of a system are, and how they hang together. */
#include "cli/map.h"

#include "base/threads.h"
#include "cli/cli.h"

#include <getopt.h>

static const struct {
	const char *name;
	print_map *print;
} formats[] = {
	{ "text", map_print_text },
	{ "json", map_print_json },
	{ "dot", map_print_dot },
	{ "mermaid", map_print_mermaid },
	{ "html", map_print_html },
};

/* Of a call in a chain, which starts where the chain does: where its arguments do. */
uint32_t map_line(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = &model_file(m, file)->facts;
	node_id argument = node_child(f, node, PART_OBJECT) ? call_arg(f, node, 0) : 0;
	return facts_line(f, f->nodes[argument ? argument : node].start);
}

bool map_wants_part(struct project *p, const struct bylaw_result *result, uint32_t part)
{
	return project_wants(p, model_file(result->model, wire_part(result->wire, part)->file)->path);
}

static struct str methods_text(enum protocol protocol, uint32_t methods, char space[64])
{
	if (protocol != PROTOCOL_HTTP)
		return str_from(protocol_name(protocol));
	return methods ? http_methods_text(methods, space) : STR("?");
}

struct str map_part_methods(const struct wire *w, const struct chain_part *part, char space[64])
{
	if (part->column == COLUMN_ENDPOINT) {
		const struct endpoint *e = wire_endpoint(w, part->index);
		return methods_text(e->protocol, e->methods, space);
	}
	if (part->column == COLUMN_CLIENT) {
		const struct request *r = wire_request(w, part->index);
		return methods_text(r->protocol, r->methods, space);
	}
	return STR("");
}

struct str map_part_path(const struct wire *w, const struct chain_part *part)
{
	if (part->column == COLUMN_ENDPOINT)
		return wire_endpoint(w, part->index)->path;
	return part->column == COLUMN_CLIENT ? wire_request(w, part->index)->path : STR("");
}

static print_map *find_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(name, formats[i].name) == 0)
			return formats[i].print;
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
		request.link_only = print == map_print_text; /* the others show what is broken */
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
	print_map *print = map_print_text;
	opterr = 0;
	for (int option; (option = getopt(argc, argv, "o:")) != -1;) {
		print = option == 'o' ? find_format(optarg) : NULL;
		if (option == 'o' && !print)
			return cli_usage(
				"there is no format \"%s\" of maps; there are text, json, dot, mermaid, html", optarg);
		if (option != 'o')
			return cli_usage("bylaw map takes paths and -o text, json, dot, mermaid or html");
	}
	return map_project(argv + optind, argc - optind, print);
}
