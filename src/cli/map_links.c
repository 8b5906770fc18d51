/* Walks along the links between parts. */
#include "cli/map.h"

/* For each part, the links that leave it and those that lead to it, as lists. */
struct map_links {
	const struct wire *wire;
	struct arena arena;
	uint32_t *first_out, *next_out; /* + 1 */
	uint32_t *first_in, *next_in;
	uint32_t *seen; /* the round in which a part was met */
	uint32_t round;
};

struct map_links *map_links_new(const struct wire *w)
{
	struct map_links *l = mem_alloc(sizeof(*l));
	*l = (struct map_links){ .wire = w };
	l->first_out = arena_array(&l->arena, uint32_t, wire_part_count(w));
	l->first_in = arena_array(&l->arena, uint32_t, wire_part_count(w));
	l->next_out = arena_array(&l->arena, uint32_t, wire_link_count(w));
	l->next_in = arena_array(&l->arena, uint32_t, wire_link_count(w));
	l->seen = arena_array(&l->arena, uint32_t, wire_part_count(w));
	for (uint32_t i = wire_link_count(w); i-- > 0;) {
		const struct chain_link *link = wire_link(w, i);
		l->next_out[i] = l->first_out[link->from];
		l->first_out[link->from] = i + 1;
		l->next_in[i] = l->first_in[link->to];
		l->first_in[link->to] = i + 1;
	}
	return l;
}

void map_links_free(struct map_links *l)
{
	arena_release(&l->arena);
	mem_free(l);
}

bool map_leads_on(const struct map_links *l, uint32_t part)
{
	return l->first_out[part] != 0;
}

void map_each_step(
	struct map_links *l, uint32_t part, bool down, void (*step)(void *context, uint32_t part), void *context)
{
	VEC(uint32_t) queue = { 0 };
	vec_push(&queue, part);
	l->round++;
	for (uint32_t i = 0; i < queue.count; i++) {
		uint32_t at = queue.items[i];
		for (uint32_t e = (down ? l->first_out : l->first_in)[at]; e;
			e = (down ? l->next_out : l->next_in)[e - 1]) {
			const struct chain_link *link = wire_link(l->wire, e - 1);
			uint32_t other = down ? link->to : link->from;
			if (l->seen[other] == l->round)
				continue;
			l->seen[other] = l->round;
			vec_push(&queue, other);
			step(context, other);
		}
	}
	vec_release(&queue);
}
