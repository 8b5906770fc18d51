/* Which code a comment speaks of: the statement it trails, or the next one when it stands alone. */
#include "check/state.h"

/* Things that stand on their own: children of these are statements. */
static const uint64_t HOLDERS = KIND(FILE) | KIND(BLOCK) | KIND(CLASS) | KIND(INTERFACE) | KIND(ENUM) | KIND(IMPL) |
				KIND(NAMESPACE) | KIND(CASE) | KIND(OBJECT) | KIND(ARRAY);

static bool is_statement(const struct facts *f, node_id n)
{
	return HOLDERS >> f->nodes[f->nodes[n].parent].kind & 1;
}

/* A compound statement is covered up to its body, a simple one whole. */
static uint32_t header_end(const struct facts *f, node_id statement)
{
	if (KIND(CLASS) >> f->nodes[statement].kind & 1)
		return f->lines[facts_line(f, f->nodes[statement].start)] - 1;
	facts_each_child(f, statement, c)
		if (node_kind(f, c) == NODE_BLOCK)
			return f->nodes[c].start;
	return f->nodes[statement].end;
}

/* The innermost statement that has code on the comment's line, before the comment. */
static node_id statement_before(const struct facts *f, uint32_t line_start, uint32_t offset)
{
	node_id found = 0;
	for (node_id n = 1; n < f->node_count && f->nodes[n].start < offset; n++)
		if (is_statement(f, n) && f->nodes[n].end > line_start)
			found = n;
	return found;
}

/* The first statement that starts behind the comment. */
static node_id statement_after(const struct facts *f, uint32_t offset)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (f->nodes[n].start >= offset && is_statement(f, n))
			return n;
	return 0;
}

struct facts_error comment_covers(const struct facts *f, const struct comment *comment)
{
	uint32_t line = facts_line(f, comment->start), line_start = f->lines[line - 1];
	if (comment->trailing) {
		node_id n = statement_before(f, line_start, comment->start);
		uint32_t start = n && f->nodes[n].start < line_start ? f->nodes[n].start : line_start;
		uint32_t end = n ? header_end(f, n) : comment->start;
		return (struct facts_error){ start, end > comment->start ? end : comment->start };
	}
	node_id n = statement_after(f, comment->end);
	if (!n)
		return (struct facts_error){ comment->end, comment->end };
	uint32_t end = header_end(f, n);
	return (struct facts_error){ comment->end, end > f->nodes[n].start ? end : f->nodes[n].start + 1 };
}
