/*
 * Commands of Rust: what a program does for whoever typed it, and not so as to serve. A main from which no way leads to a server,
 * and functions that are handed a type of arguments (`#[derive(Parser)]`), or are that type's own.
 */
#include "model/rust.h"

struct back {
	struct go_declared caller;
	uint32_t next; /* of the same callee: index + 1 */
};

struct commands {
	struct model *m;
	struct map callers; /* function → index + 1 of the first in `edges` */
	VEC(struct back) edges;
	VEC(struct go_declared) queue;
	struct str_map type_names; /* what types of arguments are called */
};

static bool is_judged(const struct model *m, file_id file)
{
	return m->files[file].language == LANGUAGE_RUST && model_is_production(m, file);
}

/* ---- what leads to a server ---- */

static void serve(struct commands *s, file_id file, node_id function)
{
	bool added;
	map_put(&s->m->serving, function_key(file, function), 1, &added);
	struct go_declared at = { file, function };
	if (added)
		vec_push(&s->queue, at);
}

static void take_file(struct commands *s, file_id file)
{
	const struct call_edges *edges = &s->m->edges[file];
	const struct facts *f = &s->m->files[file].facts;
	for (uint32_t i = 0; i < edges->list.count; i++) {
		const struct call_edge *edge = &edges->list.items[i];
		uint32_t *first = map_put(&s->callers, function_key(edge->file, edge->callee), 0, NULL);
		struct back back = { { file, edge->caller }, *first };
		vec_push(&s->edges, back);
		*first = s->edges.count;
	}
	for (uint32_t i = 0; i < edges->known.count; i++)
		if (role_set_has(edges->known.items[i].roles, ROLE_WEB_SERVER))
			serve(s, file, node_function(f, edges->known.items[i].call));
}

static void find_serving(struct commands *s)
{
	for (file_id file = 0; file < s->m->file_count; file++)
		if (is_judged(s->m, file))
			take_file(s, file);
	for (uint32_t i = 0; i < s->queue.count; i++) {
		struct go_declared at = s->queue.items[i];
		const uint32_t *first = map_get(&s->callers, function_key(at.file, at.node));
		for (uint32_t e = first ? *first : 0; e; e = s->edges.items[e - 1].next)
			serve(s, s->edges.items[e - 1].caller.file, s->edges.items[e - 1].caller.node);
	}
}

/* ---- what is a command ---- */

static bool command(struct commands *s, file_id file, node_id function)
{
	if (map_get(&s->m->serving, function_key(file, function)))
		return false;
	map_put(&s->m->commands, function_key(file, function), 1, NULL);
	return true;
}

static bool derives_arguments(const struct model *m, file_id file, node_id type)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, type, decorator) {
		if (node_kind(f, decorator) != NODE_DECORATOR || !str_is(node_name(f, decorator), "derive"))
			continue;
		facts_each_child(f, decorator, derived)
			if (node_kind(f, derived) == NODE_NAME && model_role(m, file, derived, ROLE_ARGUMENTS))
				return true;
	}
	return false;
}

/* impl Import { fn run(&self) }: a command, whoever calls it. */
static void take_methods(struct commands *s, file_id file, node_id type)
{
	struct rust_found found = { RUST_DECLARATION, file, type, { 0 } };
	for (const struct rust_impl *impl = NULL; (impl = rust_next_impl(s->m, found, impl));) {
		const struct facts *f = &s->m->files[impl->file].facts;
		facts_each_child(f, impl->node, method)
			if (node_kind(f, method) == NODE_FUNCTION && command(s, impl->file, method))
				vec_push(&s->m->edges[impl->file].commands, method);
	}
}

static void take_types(struct commands *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++) {
		bool is_type = (KIND(CLASS) | KIND(ENUM)) >> f->nodes[n].kind & 1;
		if (!is_type || !derives_arguments(s->m, file, n))
			continue;
		str_map_put(&s->type_names, node_name(f, n), 1, NULL);
		take_methods(s, file, n);
	}
}

static bool takes_arguments(const struct commands *s, file_id file, node_id function)
{
	const struct facts *f = &s->m->files[file].facts;
	facts_each_child(f, function, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (!type || !str_map_get(&s->type_names, path_last(node_name(f, type))))
			continue;
		struct meaning means = model_meaning(s->m, file, type);
		if (means.kind == MEANS_DECLARATION && means.node && derives_arguments(s->m, means.file, means.node))
			return true;
	}
	return false;
}

static void take_functions(struct commands *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_FUNCTION)
			continue;
		bool is_main = f->nodes[n].parent == 0 && str_is(node_name(f, n), "main");
		if (is_main || takes_arguments(s, file, n))
			command(s, file, n);
	}
}

void model_find_commands(struct model *m)
{
	struct commands s = { .m = m };
	find_serving(&s);
	for (file_id file = 0; file < m->file_count; file++)
		if (is_judged(m, file))
			take_types(&s, file);
	for (file_id file = 0; file < m->file_count; file++)
		if (is_judged(m, file))
			take_functions(&s, file);
	map_release(&s.callers);
	vec_release(&s.edges);
	vec_release(&s.queue);
	str_map_release(&s.type_names);
}

bool model_starts_server(const struct model *m, file_id file, node_id function)
{
	return map_get(&m->serving, function_key(file, function)) != NULL;
}
