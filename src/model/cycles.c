/*
 * Cycles of imports. Only what runs counts: an import for types alone is erased, and two entities may know each other. An
 * import through a barrel leads to where the name is declared.
 */
#include "model/cycles.h"

void cycle_graph_add(struct cycle_graph *g, uint32_t from, uint32_t to, struct cycle_step step)
{
	graph_add(&g->graph, from, to, g->steps.count);
	vec_push(&g->steps, step);
}

/* One import, or the re-export after the last of them. */
static node_id import_node(const struct model *m, file_id file, uint32_t label)
{
	const struct facts *f = &m->files[file].facts;
	return label < f->import_count ? f->imports[label].node : f->exports[label - f->import_count].node;
}

static bool takes_part(const struct model *m, file_id file)
{
	enum language language = m->files[file].language;
	if (!model_is_production(m, file))
		return false;
	if (!(LANGUAGES_NODE >> language & 1))
		return language == LANGUAGE_PYTHON;
	return !(LANGUAGES_UI >> language & 1) && (m->sides[file] & SIDE_SERVER);
}

/* The file that declares what is imported; the imported file itself for all of it, or for a name it does not explain. */
static file_id imported_file(const struct model *m, file_id file, uint32_t i, node_id *decl)
{
	const struct facts *f = &m->files[file].facts;
	struct import_link link = m->indexes[file].links[i];
	struct str name = facts_str(f, f->imports[i].imported);
	file_id to = link.file;
	*decl = 0;
	if (link.whole || str_is(name, "*") || !model_exported(m, link.file, name, &to, decl))
		return link.file;
	return to;
}

static void add_imports(const struct model *m, struct graph *g, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		node_id decl;
		if ((f->imports[i].flags & IMPORT_TYPE_ONLY) || m->indexes[file].links[i].target != IMPORT_FILE)
			continue;
		file_id to = imported_file(m, file, i, &decl);
		if (to != file && takes_part(m, to))
			graph_add(g, file, to, i);
	}
	for (uint32_t i = 0; i < f->export_count; i++) {
		struct import_link link = model_reexport(m, file, i);
		if ((f->exports[i].flags & EXPORT_TYPE_ONLY) || link.target != IMPORT_FILE || link.file == file)
			continue;
		if (takes_part(m, link.file))
			graph_add(g, file, link.file, f->import_count + i);
	}
}

static void find_imports(const struct model *m, struct graph *g, struct arena *a)
{
	g->node_count = m->file_count;
	for (file_id file = 0; file < m->file_count; file++)
		if (takes_part(m, file))
			add_imports(m, g, file);
	graph_index(g, a);
}

/* ---- which of them run ---- */

static bool is_entity(const struct model *m, file_id file)
{
	return model_file_layer(m, file).layer == LAYER_ENTITY;
}

/* Bidirectional relations name the other side in a function that runs later. */
static bool is_relation(const struct model *m, const struct graph_edge *edge)
{
	return is_entity(m, edge->from) && is_entity(m, edge->to);
}

/* Is the name used at run time, or does the import say itself that it is for its effect? */
static bool runs(const struct model *m, const struct graph_edge *edge, const node_id *uses)
{
	const struct facts *f = &m->files[edge->from].facts;
	if (edge->label >= f->import_count || !(LANGUAGES_NODE >> m->files[edge->from].language & 1))
		return true;
	return uses[edge->label] || !f->imports[edge->label].local;
}

/* The edges inside components again, without those that do not run: the cycles that are left are real. */
static void keep_running(const struct model *m, const struct graph *all, const uint32_t *components,
	struct cycle_graph *kept, struct arena *a)
{
	kept->graph.node_count = all->node_count;
	for (file_id file = 0; file < m->file_count; file++) {
		node_id *uses = NULL;
		for (uint32_t e = all->first[file]; e < all->first[file + 1]; e++) {
			const struct graph_edge *edge = &all->edges.items[e];
			if (components[edge->from] != components[edge->to])
				continue;
			if (!uses) {
				uses = arena_array(a, node_id, m->files[file].facts.import_count);
				model_runtime_uses(m, file, uses, m->files[file].facts.import_count);
			}
			if (runs(m, edge, uses) && !is_relation(m, edge))
				cycle_graph_add(kept, edge->from, edge->to,
					(struct cycle_step){ .file = file, .node = import_node(m, file, edge->label) });
		}
	}
	graph_index(&kept->graph, a);
}

/* ---- one cycle for each component ---- */

static struct str unit_name(struct model *m, enum cycle_unit unit, uint32_t node)
{
	if (unit == CYCLE_OF_MODULES)
		return rust_module_name(m, &m->arena, node);
	return unit == CYCLE_OF_PACKAGES ? m->packages.items[node].name : m->files[node].path;
}

static void add_cycle(struct model *m, const struct cycle_graph *g, const struct graph_path *path, struct cycle cycle)
{
	struct cycle_step *steps = arena_array(&m->arena, struct cycle_step, path->edges.count);
	for (uint32_t i = 0; i < path->edges.count; i++) {
		const struct graph_edge *edge = &g->graph.edges.items[path->edges.items[i]];
		steps[i] = g->steps.items[edge->label];
		steps[i].name = unit_name(m, cycle.unit, edge->from);
	}
	cycle.steps = steps;
	cycle.count = path->edges.count;
	vec_push(&m->cycles, cycle);
}

/* The first edge of each component that has its opposite: nothing shows a knot better than two that need each other. */
static void find_pairs(const struct graph *g, const uint32_t *components, uint32_t *pairs)
{
	struct map opposite = { 0 };
	for (uint32_t e = g->edges.count; e-- > 0;) {
		const struct graph_edge *edge = &g->edges.items[e];
		const uint32_t *back = map_get(&opposite, (uint64_t)edge->to << 32 | edge->from);
		if (back)
			pairs[components[edge->from]] = edge->from < edge->to ? e + 1 : *back + 1;
		*map_put(&opposite, (uint64_t)edge->from << 32 | edge->to, e, NULL) = e;
	}
	map_release(&opposite);
}

static void collect_cycles(struct model *m, const struct cycle_graph *all, struct arena *a, enum cycle_unit unit)
{
	const struct graph *g = &all->graph;
	uint32_t count;
	uint32_t *components = graph_components(g, a, &count);
	uint32_t *sizes = arena_array(a, uint32_t, count), *pairs = arena_array(a, uint32_t, count);
	uint32_t *reached_by = arena_array(a, uint32_t, g->node_count);
	memset(reached_by, 0xff, sizeof(*reached_by) * g->node_count);
	find_pairs(g, components, pairs);
	for (uint32_t node = 0; node < g->node_count; node++)
		sizes[components[node]]++;
	for (uint32_t node = 0; node < g->node_count; node++) {
		uint32_t component = components[node], size = sizes[component];
		if (size < 2)
			continue;
		sizes[component] = 0; /* one cycle speaks for it */
		uint32_t start = pairs[component] ? g->edges.items[pairs[component] - 1].from : node;
		struct graph_path path = graph_shortest_cycle(g, components, reached_by, start);
		add_cycle(m, all, &path, (struct cycle){ .size = size, .unit = unit });
		vec_release(&path.edges);
	}
}

/* ---- packages ---- */

/* The file or Go package behind an import, by one of its files. */
static file_id some_file(const struct model *m, struct import_link link)
{
	if (link.target == IMPORT_FILE)
		return link.file;
	if (link.target == IMPORT_PACKAGE && m->go_packages.items[link.package].files.count)
		return m->go_packages.items[link.package].files.items[0];
	return NO_FILE;
}

static void add_package_edges(const struct model *m, struct cycle_graph *g, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	package_id from = m->files[file].package;
	for (uint32_t i = 0; i < f->import_count; i++) {
		file_id target = some_file(m, m->indexes[file].links[i]);
		package_id to = target == NO_FILE ? NO_PACKAGE : m->files[target].package;
		if (to == NO_PACKAGE || to == from || (f->imports[i].flags & IMPORT_TYPE_ONLY))
			continue;
		cycle_graph_add(g, from, to, (struct cycle_step){ .file = file, .node = f->imports[i].node });
	}
}

static void find_package_cycles(struct model *m, struct arena *a)
{
	struct cycle_graph packages = { .graph.node_count = m->packages.count };
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].package != NO_PACKAGE &&
			(takes_part(m, file) ||
				(m->files[file].language == LANGUAGE_GO && model_is_production(m, file))))
			add_package_edges(m, &packages, file);
	graph_index(&packages.graph, a);
	collect_cycles(m, &packages, a, CYCLE_OF_PACKAGES);
	graph_release(&packages.graph);
	vec_release(&packages.steps);
}

static void find_file_cycles(struct model *m, struct arena *a)
{
	struct graph all = { 0 };
	struct cycle_graph running = { 0 };
	uint32_t count;
	find_imports(m, &all, a);
	keep_running(m, &all, graph_components(&all, a, &count), &running, a);
	collect_cycles(m, &running, a, CYCLE_OF_FILES);
	graph_release(&all);
	graph_release(&running.graph);
	vec_release(&running.steps);
}

static void find_module_cycles(struct model *m, struct arena *a)
{
	struct cycle_graph uses = { 0 };
	rust_find_uses(m, &uses);
	graph_index(&uses.graph, a);
	collect_cycles(m, &uses, a, CYCLE_OF_MODULES);
	graph_release(&uses.graph);
	vec_release(&uses.steps);
}

void model_find_cycles(struct model *m)
{
	struct arena scratch = { 0 };
	find_package_cycles(m, &scratch);
	find_file_cycles(m, &scratch);
	find_module_cycles(m, &scratch);
	arena_release(&scratch);
}

uint32_t model_cycle_count(const struct model *m)
{
	return m->cycles.count;
}

const struct cycle *model_cycle(const struct model *m, uint32_t index)
{
	return &m->cycles.items[index];
}
