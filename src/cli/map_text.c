#include "cli/map.h"

#include "base/utf8.h"

/* For each part, the links that leave it and those that lead to it, as lists. */
struct lists {
	const struct bylaw_result *result;
	struct arena arena;
	uint32_t *first_out, *next_out; /* + 1 */
	uint32_t *first_in, *next_in;
	uint32_t *seen; /* the round in which a part was printed */
	uint32_t round;
};

static void make_lists(struct lists *l)
{
	const struct wire *w = l->result->wire;
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
}

static void add_place(struct buf *out, const struct lists *l, const struct chain_part *part)
{
	utf8_add_visible(out, model_file(l->result->model, part->file)->path, 4096);
	buf_printf(out, ":%u\n", map_line(l->result->model, part->file, part->node));
}

static void add_line(struct buf *out, const struct lists *l, const char *mark, uint32_t index)
{
	const struct chain_part *part = wire_part(l->result->wire, index);
	buf_printf(out, "    %s %-10s ", mark, column_name(part->column));
	utf8_add_visible(out, wire_part_name(l->result->wire, index), 200);
	buf_add_text(out, "  ");
	add_place(out, l, part);
}

/* Everything on one side of an endpoint, nearest first. */
static void add_side(struct buf *out, struct lists *l, uint32_t start, bool down)
{
	const struct wire *w = l->result->wire;
	VEC(uint32_t) queue = { 0 };
	vec_push(&queue, start);
	l->round++;
	for (uint32_t i = 0; i < queue.count; i++) {
		uint32_t at = queue.items[i];
		for (uint32_t e = (down ? l->first_out : l->first_in)[at]; e;
			e = (down ? l->next_out : l->next_in)[e - 1]) {
			const struct chain_link *link = wire_link(w, e - 1);
			uint32_t other = down ? link->to : link->from;
			if (l->seen[other] == l->round)
				continue;
			l->seen[other] = l->round;
			vec_push(&queue, other);
			add_line(out, l, down ? "->" : "<-", other);
		}
	}
	vec_release(&queue);
}

static void add_what(struct buf *out, const struct lists *l, uint32_t index)
{
	const struct wire *w = l->result->wire;
	const struct chain_part *part = wire_part(w, index);
	char space[64];
	bool is_tail = part->column == COLUMN_ENDPOINT ? wire_endpoint(w, part->index)->is_tail
						       : wire_request(w, part->index)->is_tail;
	buf_printf(out, "%.*s %s", STR_ARG(map_part_methods(w, part, space)), is_tail ? "…" : "");
	utf8_add_visible(out, map_part_path(w, part), 1024);
	if (part->column == COLUMN_ENDPOINT && wire_endpoint(w, part->index)->is_static)
		buf_add_text(out, " (static files)");
	buf_add_text(out, "  ");
	add_place(out, l, part);
}

void map_print_text(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	struct lists l = { .result = result };
	const struct wire *w = result->wire;
	make_lists(&l);
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		if (wire_part(w, i)->column != COLUMN_ENDPOINT || !map_wants_part(p, result, i))
			continue;
		add_what(out, &l, i);
		add_side(out, &l, i, false);
		add_side(out, &l, i, true);
	}
	bool first = true;
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		if (wire_part(w, i)->column != COLUMN_CLIENT || l.first_out[i] || !map_wants_part(p, result, i))
			continue;
		buf_add_text(out, first ? "\nNothing in the repository is known to serve:\n" : "");
		first = false;
		add_what(out, &l, i);
	}
	arena_release(&l.arena);
}
