/* What imports of Python bind. */
#include "model/internal.h"

/* The names in __all__, or that there are others. */
static void add_listed(struct file_index *index, const struct facts *f, node_id list)
{
	index->has_all = true;
	if (node_kind(f, list) != NODE_ARRAY)
		index->all_is_computed = true;
	facts_each_child(f, list, item) {
		if (node_kind(f, item) == NODE_STRING)
			map_put(&index->exports, model_key(0, node_name(f, item)), 1, NULL);
		else
			index->all_is_computed = true;
	}
}

/* __all__ = […], += […] */
static void read_assignment(struct file_index *index, const struct facts *f, node_id target)
{
	node_id owner = node_kind(f, target) == NODE_VAR ? target : f->nodes[target].parent;
	node_id value = node_child(f, owner, PART_VALUE);
	if (value)
		add_listed(index, f, value);
}

/* __all__.extend([…]), __all__.append("…") */
static void read_call(struct file_index *index, const struct facts *f, node_id call)
{
	node_id argument = call_arg(f, call, 0);
	if (!argument)
		return;
	if (node_kind(f, argument) == NODE_STRING)
		map_put(&index->exports, model_key(0, node_name(f, argument)), 1, NULL);
	else
		add_listed(index, f, argument);
}

static void read_all(struct file_index *index, const struct facts *f, node_id n)
{
	bool whole = node_name(f, n).len == STR("__all__").len;
	if (node_function(f, n))
		return;
	if (whole && (node_kind(f, n) == NODE_VAR || f->nodes[n].part == PART_TARGET))
		read_assignment(index, f, n);
	else if (node_kind(f, n) == NODE_CALL)
		read_call(index, f, n);
}

void python_index_module(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct file_index *index = &m->indexes[file];
	for (uint32_t i = 0; i < f->import_count; i++)
		if (python_binds_top(f, &f->imports[i]))
			map_put(&index->dotted, model_key(0, facts_str(f, f->imports[i].module)), i, NULL);
	for (node_id n = 1; n < f->node_count; n++) {
		struct str name = node_name(f, n);
		if (str_starts(name, STR("__all__")))
			read_all(index, f, n);
		/* if __name__ == "__main__": */
		index->is_script |= f->nodes[n].part == PART_LEFT && str_is(name, "__name__");
	}
}

bool python_star_has(const struct model *m, file_id file, struct str name)
{
	const struct file_index *index = &m->indexes[file];
	if (index->has_all && map_get(&index->exports, model_key(0, name)))
		return true;
	if (index->has_all && !index->all_is_computed)
		return false;
	return !str_starts(name, STR("_"));
}

bool python_binds_top(const struct facts *f, const struct import *import)
{
	struct str module = facts_str(f, import->module), local = facts_str(f, import->local);
	const struct node *n = &f->nodes[import->node];
	bool renamed = n->end - n->start != module.len; /* import a.b as a */
	return f->language == LANGUAGE_PYTHON && !renamed && local.len && local.len < module.len &&
	       str_eq(path_first(module), local);
}

/* Modules that stars lead to, each once. Every name that nothing else binds is looked for: not without end. */
struct star_walk {
	file_id visited[256];
	uint32_t count;
	struct map seen;
};

static void visit(struct star_walk *w, file_id file)
{
	bool added;
	map_put(&w->seen, file, 1, &added);
	if (added && w->count < sizeof(w->visited) / sizeof(*w->visited))
		w->visited[w->count++] = file;
}

/* The stars of one module, the last first; what one library's may bind is that library's. */
static void visit_stars(const struct model *m, struct star_walk *w, file_id file, struct str name, struct str *library,
	uint32_t *libraries)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = m->indexes[file].has_glob_import ? f->import_count : 0; i > 0; i--) {
		struct import_link link = m->indexes[file].links[i - 1];
		if (!(f->imports[i - 1].flags & IMPORT_GLOB))
			continue;
		if (link.target == IMPORT_FILE && python_star_has(m, link.file, name))
			visit(w, link.file);
		if (link.target == IMPORT_LIBRARY)
			*library = ++*libraries == 1 ? facts_str(f, f->imports[i - 1].module) : (struct str){ 0 };
	}
}

file_id python_star_origin(const struct model *m, file_id file, struct str name, struct str *library)
{
	struct star_walk w = { .count = 0 };
	uint32_t libraries = 0;
	file_id origin = NO_FILE;
	visit(&w, file);
	for (uint32_t i = 0; i < w.count && origin == NO_FILE; i++) {
		if (i && binding_in_scope(m, w.visited[i], 0, name))
			origin = w.visited[i];
		else
			visit_stars(m, &w, w.visited[i], name, library, &libraries);
	}
	map_release(&w.seen);
	return origin;
}
