#include "cli/map.h"

#include "base/utf8.h"

struct printing {
	const struct bylaw_result *result;
	struct map_links *links;
	struct buf *out;
	const char *mark;
};

static void add_place(struct buf *out, const struct printing *l, const struct chain_part *part)
{
	utf8_add_visible(out, model_file(l->result->model, part->file)->path, 4096);
	buf_printf(out, ":%u\n", map_line(l->result->model, part->file, part->node));
}

static void add_line(void *context, uint32_t index)
{
	const struct printing *l = context;
	struct buf *out = l->out;
	const struct chain_part *part = wire_part(l->result->wire, index);
	buf_printf(out, "    %s %-10s ", l->mark, column_name(part->column));
	utf8_add_visible(out, wire_part_name(l->result->wire, index), 200);
	buf_add_text(out, "  ");
	add_place(out, l, part);
}

/* Everything on one side of an endpoint, nearest first. */
static void add_side(struct printing *l, uint32_t start, bool down)
{
	l->mark = down ? "->" : "<-";
	map_each_step(l->links, start, down, add_line, l);
}

static void add_what(struct buf *out, const struct printing *l, uint32_t index)
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
	struct printing l = { .result = result, .links = map_links_new(result->wire), .out = out };
	const struct wire *w = result->wire;
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		if (wire_part(w, i)->column != COLUMN_ENDPOINT || !map_wants_part(p, result, i))
			continue;
		add_what(out, &l, i);
		add_side(&l, i, false);
		add_side(&l, i, true);
	}
	bool first = true;
	for (uint32_t i = 0; i < wire_part_count(w); i++) {
		if (wire_part(w, i)->column != COLUMN_CLIENT || map_leads_on(l.links, i) ||
			!map_wants_part(p, result, i))
			continue;
		buf_add_text(out, first ? "\nNothing in the repository is known to serve:\n" : "");
		first = false;
		add_what(out, &l, i);
	}
	map_links_free(l.links);
}
