/* Directed graphs over small numbers, and their strongly connected components. */
#ifndef BYLAW_MODEL_GRAPH_H
#define BYLAW_MODEL_GRAPH_H

#include "base/arena.h"
#include "base/vec.h"

struct graph_edge {
	uint32_t from, to;
	uint32_t label; /* the caller's */
};

struct graph {
	uint32_t node_count;
	VEC(struct graph_edge) edges; /* by `from`, ascending, once graph_index has run */
	uint32_t *first; /* of each node, in `edges`; one more at the end */
};

void graph_add(struct graph *g, uint32_t from, uint32_t to, uint32_t label);
/* Sorts the edges by their start, keeping the order of those that share one. `first` lives in the arena. */
void graph_index(struct graph *g, struct arena *a);
void graph_release(struct graph *g);

/* The component of each node, in the arena; nodes of one cycle share a number. Linear, and without recursion. */
uint32_t *graph_components(const struct graph *g, struct arena *a, uint32_t *component_count);

/*
 * A shortest way from a node back to itself through nodes of its own component: indices of edges. Empty when it lies on no
 * cycle. The caller releases it. `reached_by` holds UINT32_MAX for each node at first and serves one call a component.
 */
struct graph_path {
	VEC(uint32_t) edges;
};
struct graph_path graph_shortest_cycle(
	const struct graph *g, const uint32_t *components, uint32_t *reached_by, uint32_t node);

#endif
