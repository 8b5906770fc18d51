/*
 * Which modules of Rust use each other. Modules are siblings when one module holds both; what stands below one of them counts as
 * its own, so that a module and those below it never form a cycle. Only what runs counts: calls, values and structs that are made,
 * not types in signatures, bounds or the traits that an impl is of.
 */
#include "model/cycles.h"

#include "base/path.h"
#include "model/rust.h"

struct uses {
	const struct model *m;
	struct cycle_graph *graph;
	struct map known; /* pairs of siblings → 1 */
};

static uint32_t parent_of(const struct model *m, uint32_t module)
{
	return m->rust->modules.items[module].parent;
}

/* The module that holds `other` too, or is one below it: `module` itself or one around it. */
static uint32_t below_common(const struct model *m, uint32_t module, uint32_t other)
{
	while (parent_of(m, module) != NO_MODULE && !rust_is_within(m, other, parent_of(m, module)))
		module = parent_of(m, module);
	return module;
}

/* Variants of a module for other platforms, and modules of one file, are told apart by nobody. */
static bool are_siblings(const struct model *m, uint32_t a, uint32_t b)
{
	const struct rust_module *modules = m->rust->modules.items;
	return parent_of(m, a) != NO_MODULE && parent_of(m, a) == parent_of(m, b) && a != b && !modules[a].is_twin &&
	       !modules[b].is_twin && modules[a].file != modules[b].file;
}

/* Do the two modules stand in siblings that are not known to use each other so yet? Then which they are. */
static bool is_news(const struct uses *u, uint32_t from, uint32_t to, uint32_t *a, uint32_t *b)
{
	const struct model *m = u->m;
	if (to == NO_MODULE || rust_is_within(m, from, to) || rust_is_within(m, to, from))
		return false;
	*a = below_common(m, from, to);
	*b = below_common(m, to, from);
	return are_siblings(m, *a, *b) && !map_get(&u->known, (uint64_t)*a << 32 | *b);
}

/* A trait is a port: whoever calls it or implements it does not know who else does. */
static bool runs(const struct model *m, struct meaning means)
{
	const struct facts *f = &m->files[means.file].facts;
	return !(KIND(INTERFACE) >> f->nodes[means.node].kind & 1) && !node_ancestor(f, means.node, KIND(INTERFACE));
}

static bool is_entity(const struct model *m, file_id file, node_id node)
{
	return model_layer_of(m, file, node).layer == LAYER_ENTITY;
}

static void follow(struct uses *u, uint32_t from, file_id file, node_id node, struct meaning means)
{
	const struct model *m = u->m;
	uint32_t a, b;
	if (!is_news(u, from, rust_module_around(m, means.file, means.node), &a, &b))
		return;
	if (!model_is_production(m, means.file) || !runs(m, means))
		return;
	if (is_entity(m, means.file, means.node) && is_entity(m, file, node))
		return; /* the two ends of a relation */
	map_put(&u->known, (uint64_t)a << 32 | b, 1, NULL);
	struct cycle_step step = { .file = file, .node = node };
	cycle_graph_add(u->graph, a, b, step);
}

/* A call, a value, the type of a struct that is made. What a macro makes of a bare word nobody knows. */
static bool is_value(const struct facts *f, node_id n)
{
	enum node_kind kind = node_kind(f, n);
	node_id around = f->nodes[n].parent;
	if (kind == NODE_CALL)
		return !node_child(f, n, PART_OBJECT) && !node_has(f, n, FLAG_MACRO);
	if (kind == NODE_TYPE)
		return node_kind(f, around) == NODE_OBJECT;
	bool is_macro = node_kind(f, around) == NODE_CALL && node_has(f, around, FLAG_MACRO);
	return kind == NODE_NAME && (!is_macro || rust_is_qualified(node_name(f, n)));
}

/* What is known of a name of the file: whether an import binds it, and in which module it was followed last (+ 1). */
struct spelled {
	bool is_imported;
	uint32_t followed;
};

static void visit(struct uses *u, file_id file, node_id node, struct spelled *spelled)
{
	const struct facts *f = &u->m->files[file].facts;
	bool is_path = rust_is_qualified(node_name(f, node));
	if (!spelled->is_imported && !is_path)
		return;
	uint32_t module = rust_module_around(u->m, file, node);
	if (spelled->followed == module + 1)
		return;
	struct meaning means = model_meaning(u->m, file, node);
	if (is_path || means.kind == MEANS_DECLARATION)
		spelled->followed = module + 1; /* else it is a variable of that name */
	if (means.kind == MEANS_DECLARATION)
		follow(u, module, file, node, means);
}

static void follow_file(struct uses *u, file_id file)
{
	const struct facts *f = &u->m->files[file].facts;
	struct arena scratch = { 0 };
	struct spelled *names = arena_array(&scratch, struct spelled, f->string_count + 1);
	for (uint32_t i = 0; i < f->import_count; i++)
		names[f->imports[i].local].is_imported = f->imports[i].local != 0;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_has(f, n, FLAG_TEST) || node_kind(f, n) == NODE_DECORATOR)
			n = f->nodes[n].next - 1;
		else if (f->nodes[n].name && is_value(f, n))
			visit(u, file, n, &names[f->nodes[n].name]);
	}
	arena_release(&scratch);
}

void rust_find_uses(const struct model *m, struct cycle_graph *g)
{
	struct uses u = { .m = m, .graph = g };
	g->graph.node_count = m->rust->modules.count;
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_RUST && model_is_production(m, file) &&
			m->rust->module_of[file] != NO_MODULE)
			follow_file(&u, file);
	map_release(&u.known);
}

/* ---- names ---- */

static struct str own_name(const struct model *m, const struct rust_module *module)
{
	if (module->node)
		return node_name(&m->files[module->file].facts, module->node);
	struct str path = m->files[module->file].path;
	struct str stem = str_slice(path_name(path), 0, str_rfind(path_name(path), '.'));
	return str_is(stem, "mod") ? path_name(path_dir(path)) : stem;
}

struct str rust_module_name(const struct model *m, struct arena *a, uint32_t module)
{
	struct str name = own_name(m, &m->rust->modules.items[module]);
	for (uint32_t up = parent_of(m, module); up != NO_MODULE && parent_of(m, up) != NO_MODULE;
		up = parent_of(m, up))
		name = arena_printf(a, "%.*s::%.*s", STR_ARG(own_name(m, &m->rust->modules.items[up])), STR_ARG(name));
	return name;
}
