#include "model/graph.h"

void graph_add(struct graph *g, uint32_t from, uint32_t to, uint32_t label)
{
	struct graph_edge edge = { from, to, label };
	vec_push(&g->edges, edge);
}

/* A counting sort: the nodes are numbers from 0 on. */
void graph_index(struct graph *g, struct arena *a)
{
	g->first = arena_array(a, uint32_t, g->node_count + 1);
	for (uint32_t i = 0; i < g->edges.count; i++)
		g->first[g->edges.items[i].from + 1]++;
	for (uint32_t n = 0; n < g->node_count; n++)
		g->first[n + 1] += g->first[n];
	uint32_t *next = arena_array(a, uint32_t, g->node_count + 1);
	memcpy(next, g->first, sizeof(*next) * (g->node_count + 1));
	struct graph_edge *sorted = mem_alloc(sizeof(*sorted) * (g->edges.count + 1));
	for (uint32_t i = 0; i < g->edges.count; i++)
		sorted[next[g->edges.items[i].from]++] = g->edges.items[i];
	mem_free(g->edges.items);
	g->edges.items = sorted;
	g->edges.capacity = g->edges.count + 1;
}

void graph_release(struct graph *g)
{
	vec_release(&g->edges);
}

/* Tarjan's algorithm with its recursion on a stack of its own. */
struct tarjan {
	const struct graph *g;
	uint32_t *order; /* when a node was met, from 1 on */
	uint32_t *low; /* the earliest node that it leads back to */
	uint32_t *next; /* the next edge to follow */
	uint32_t *component; /* + 1; 0 while the node is open */
	uint32_t met, components;
	VEC(uint32_t) path, open;
};

static void enter(struct tarjan *t, uint32_t node)
{
	t->order[node] = t->low[node] = ++t->met;
	t->next[node] = t->g->first[node];
	vec_push(&t->path, node);
	vec_push(&t->open, node);
}

static void leave(struct tarjan *t, uint32_t node)
{
	t->path.count--;
	if (t->path.count) {
		uint32_t before = vec_last(&t->path);
		if (t->low[node] < t->low[before])
			t->low[before] = t->low[node];
	}
	if (t->low[node] != t->order[node])
		return;
	t->components++;
	for (uint32_t top = UINT32_MAX; top != node;) {
		top = vec_last(&t->open);
		t->open.count--;
		t->component[top] = t->components;
	}
}

static void follow(struct tarjan *t, uint32_t root)
{
	enter(t, root);
	while (t->path.count) {
		uint32_t node = vec_last(&t->path);
		if (t->next[node] == t->g->first[node + 1]) {
			leave(t, node);
			continue;
		}
		uint32_t to = t->g->edges.items[t->next[node]++].to;
		if (!t->order[to])
			enter(t, to);
		else if (!t->component[to] && t->order[to] < t->low[node])
			t->low[node] = t->order[to];
	}
}

uint32_t *graph_components(const struct graph *g, struct arena *a, uint32_t *component_count)
{
	struct tarjan t = { .g = g };
	t.order = arena_array(a, uint32_t, g->node_count);
	t.low = arena_array(a, uint32_t, g->node_count);
	t.next = arena_array(a, uint32_t, g->node_count);
	t.component = arena_array(a, uint32_t, g->node_count);
	for (uint32_t node = 0; node < g->node_count; node++)
		if (!t.order[node])
			follow(&t, node);
	for (uint32_t node = 0; node < g->node_count; node++)
		t.component[node]--;
	*component_count = t.components;
	vec_release(&t.path);
	vec_release(&t.open);
	return t.component;
}

static void trace(
	const struct graph *g, const uint32_t *reached_by, uint32_t node, uint32_t last, struct graph_path *path)
{
	for (uint32_t edge = last; edge != UINT32_MAX;) {
		vec_push(&path->edges, edge);
		uint32_t from = g->edges.items[edge].from;
		edge = from == node ? UINT32_MAX : reached_by[from];
	}
	for (uint32_t i = 0, j = path->edges.count; i + 1 < j; i++) {
		j--;
		uint32_t swap = path->edges.items[i];
		path->edges.items[i] = path->edges.items[j];
		path->edges.items[j] = swap;
	}
}

struct graph_path graph_shortest_cycle(
	const struct graph *g, const uint32_t *components, uint32_t *reached_by, uint32_t node)
{
	struct graph_path path = { 0 };
	VEC(uint32_t) queue = { 0 };
	vec_push(&queue, node);
	for (uint32_t i = 0; i < queue.count && !path.edges.count; i++) {
		uint32_t at = queue.items[i];
		for (uint32_t e = g->first[at]; e < g->first[at + 1] && !path.edges.count; e++) {
			uint32_t to = g->edges.items[e].to;
			if (components[to] != components[node])
				continue;
			if (to == node)
				trace(g, reached_by, node, e, &path);
			else if (reached_by[to] == UINT32_MAX) {
				reached_by[to] = e;
				vec_push(&queue, to);
			}
		}
	}
	vec_release(&queue);
	return path;
}
