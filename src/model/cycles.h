/* Finding cycles: what the files that collect edges share. */
#ifndef BYLAW_MODEL_CYCLES_H
#define BYLAW_MODEL_CYCLES_H

#include "model/graph.h"
#include "model/internal.h"

/* What hangs together, with the code behind each edge: an edge's label is an index into `steps`. */
struct cycle_graph {
	struct graph graph;
	VEC(struct cycle_step) steps;
};

void cycle_graph_add(struct cycle_graph *g, uint32_t from, uint32_t to, struct cycle_step step);

/* cycles_rust.c: adds what sibling modules use of each other; nodes are modules. */
void rust_find_uses(const struct model *m, struct cycle_graph *g);
/* "routes::users" of a module, in the arena. */
struct str rust_module_name(const struct model *m, struct arena *a, uint32_t module);

#endif
