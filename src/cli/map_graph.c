/* The map for tools that draw graphs. */
#include "cli/map.h"

#include "base/utf8.h"

static bool is_shown(struct project *p, const struct bylaw_result *result, const struct chain_link *link)
{
	return map_wants_part(p, result, link->from) && map_wants_part(p, result, link->to);
}

/* "GET /orders/{id}", "OrdersService.find"; quotes and controls made harmless for both languages. */
static void add_label(struct buf *out, const struct wire *w, uint32_t index)
{
	const struct chain_part *part = wire_part(w, index);
	char space[64];
	struct buf label = { 0 };
	struct str methods = map_part_methods(w, part, space), path = map_part_path(w, part);
	if (str_empty(path))
		buf_add(&label, wire_part_name(w, index));
	else
		buf_printf(&label, "%.*s %.*s", STR_ARG(methods), STR_ARG(path));
	for (uint32_t i = 0; i < label.len; i++)
		if (strchr("\"\\<>", label.ptr[i]))
			label.ptr[i] = '\'';
	utf8_add_visible(out, buf_str(&label), 200);
	buf_release(&label);
}

static bool is_linked(struct project *p, const struct bylaw_result *result, uint32_t part, const bool *linked)
{
	enum column column = wire_part(result->wire, part)->column;
	return map_wants_part(p, result, part) &&
	       (linked[part] || column == COLUMN_ENDPOINT || column == COLUMN_CLIENT);
}

static void print_parts(struct project *p, const struct bylaw_result *result, enum column column, const bool *linked,
	const char *format_before, const char *format_after, struct buf *out)
{
	for (uint32_t i = 0; i < wire_part_count(result->wire); i++) {
		if (wire_part(result->wire, i)->column != column || !is_linked(p, result, i, linked))
			continue;
		buf_printf(out, "    p%u%s", i, format_before);
		add_label(out, result->wire, i);
		buf_add_text(out, format_after);
	}
}

static bool *find_linked(struct project *p, const struct bylaw_result *result, struct arena *a)
{
	bool *linked = arena_array(a, bool, wire_part_count(result->wire));
	for (uint32_t i = 0; i < wire_link_count(result->wire); i++) {
		const struct chain_link *link = wire_link(result->wire, i);
		if (is_shown(p, result, link))
			linked[link->from] = linked[link->to] = true;
	}
	return linked;
}

static void print_links(struct project *p, const struct bylaw_result *result, const char *arrow, struct buf *out)
{
	for (uint32_t i = 0; i < wire_link_count(result->wire); i++) {
		const struct chain_link *link = wire_link(result->wire, i);
		if (is_shown(p, result, link))
			buf_printf(out, "  p%u %s p%u\n", link->from, arrow, link->to);
	}
}

void map_print_dot(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	struct arena scratch = { 0 };
	const bool *linked = find_linked(p, result, &scratch);
	buf_add_text(out, "digraph map {\n  rankdir=LR\n  node [shape=box, fontname=\"sans-serif\", fontsize=10]\n");
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		buf_printf(
			out, "  subgraph cluster_%s {\n    label=\"%s\"\n", column_name(column), column_name(column));
		print_parts(p, result, column, linked, " [label=\"", "\"]\n", out);
		buf_add_text(out, "  }\n");
	}
	print_links(p, result, "->", out);
	buf_add_text(out, "}\n");
	arena_release(&scratch);
}

void map_print_mermaid(struct project *p, const struct bylaw_result *result, struct buf *out)
{
	struct arena scratch = { 0 };
	const bool *linked = find_linked(p, result, &scratch);
	buf_add_text(out, "flowchart LR\n");
	for (enum column column = 0; column < COLUMN_COUNT; column++) {
		buf_printf(out, "  subgraph %s\n", column_name(column));
		print_parts(p, result, column, linked, "[\"", "\"]\n", out);
		buf_add_text(out, "  end\n");
	}
	print_links(p, result, "-->", out);
	arena_release(&scratch);
}
