/* Endpoints: the code is read into a graph of routers, and the graph is read off. */
#include "wire/reading.h"

#include <stdlib.h>

static void read_below(struct reading *r, file_id file, node_id root)
{
	const struct facts *f = facts_of(r, file);
	facts_each_below(f, root, n) {
		bool is_inner = f->nodes[n].part == PART_OBJECT && node_kind(f, f->nodes[n].parent) == NODE_CALL;
		if (node_kind(f, n) == NODE_CALL && !is_inner)
			read_call(r, (struct place){ file, n });
	}
}

static void read_code(struct reading *r)
{
	uint32_t count = model_file_count(r->model);
	for (file_id file = 0; file < count; file++)
		if (model_is_production(r->model, file) && facts_of(r, file)->node_count)
			note_file(r, file);
	for (file_id file = 0; file < count; file++)
		if (model_is_production(r->model, file) && facts_of(r, file)->node_count)
			read_below(r, file, 0);
	for (uint32_t i = 0; i < r->again.count; i++)
		read_below(r, r->again.items[i].file, r->again.items[i].node);
}

static void add_endpoint(struct reading *r, const struct route *route, const struct router_prefix *prefix)
{
	const struct router *router = routers_get(&r->graph, route->router);
	struct buf path = { 0 };
	path_add(&path, prefix->text);
	bool is_tail = stretch_add(&path, route->path) || prefix->is_tail;
	uint32_t methods = route->methods ? route->methods : router->methods;
	struct endpoint endpoint = { .protocol = route->protocol,
		.methods = methods ? methods : (uint32_t)METHOD_ANY,
		.path = arena_str(&r->wire->arena, buf_str(&path)),
		.is_tail = is_tail,
		.file = route->place.file,
		.node = route->place.node,
		.handler_file = route->handler.file,
		.handler = route->handler.node,
		.package = model_file(r->model, route->place.file)->package };
	vec_push(&r->wire->endpoints, endpoint);
	buf_release(&path);
}

static int by_place(const void *a, const void *b)
{
	const struct endpoint *left = a, *right = b;
	if (left->file != right->file)
		return left->file < right->file ? -1 : 1;
	if (left->node != right->node)
		return left->node < right->node ? -1 : 1;
	return str_cmp(left->path, right->path);
}

static void read_off(struct reading *r)
{
	routers_find_prefixes(&r->graph);
	for (uint32_t i = 0; i < r->graph.routes.count; i++)
		routers_each_prefix(&r->graph, r->graph.routes.items[i].router, prefix)
			add_endpoint(r, &r->graph.routes.items[i], prefix);
	if (r->wire->endpoints.count)
		qsort(r->wire->endpoints.items, r->wire->endpoints.count, sizeof(*r->wire->endpoints.items), by_place);
}

void wire_find_endpoints(struct wire *w)
{
	struct reading r = { .wire = w, .model = w->model };
	read_code(&r);
	read_off(&r);
	routers_release(&r.graph);
	map_release(&r.requires);
	map_release(&r.assigned);
	map_release(&r.named);
	map_release(&r.routers);
	map_release(&r.registered);
	vec_release(&r.values);
	vec_release(&r.names);
	vec_release(&r.chain);
	vec_release(&r.again);
}
