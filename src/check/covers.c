/* Which code a comment speaks of: the statement it trails, or the next one when it stands alone. */
#include "check/state.h"

#include <stdlib.h>

static const uint64_t CLASSES = KIND(CLASS) | KIND(INTERFACE) | KIND(ENUM) | KIND(IMPL) | KIND(NAMESPACE) |
				KIND(ONEOF) | KIND(EXTEND);
/* What their children are stands on its own, whatever it is. */
static const uint64_t HOLDERS = CLASSES | KIND(FILE) | KIND(BLOCK) | KIND(CASE) | KIND(OBJECT) | KIND(ARRAY) |
				KIND(JSX);

static bool is(const struct facts *f, node_id n, uint64_t kinds)
{
	return kinds >> f->nodes[n].kind & 1;
}

/* Parts of a holder that belong to its own header. */
static bool is_header_part(const struct node *n)
{
	return n->kind == NODE_DECORATOR || n->part == PART_BASE || n->part == PART_TYPE ||
	       n->part == PART_TYPE_PARAM || n->part == PART_COND || n->part == PART_GUARD;
}

static bool is_statement(const struct facts *f, node_id n)
{
	return n && is(f, f->nodes[n].parent, HOLDERS) && !is_header_part(&f->nodes[n]);
}

struct entry {
	uint32_t start;
	node_id node;
};

static int by_start(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

void outline_make(struct outline *o, const struct facts *f)
{
	if (o->facts)
		return;
	o->facts = f;
	struct entry *entries = mem_alloc(sizeof(*entries) * f->node_count);
	for (node_id n = 0; n < f->node_count; n++)
		entries[n] = (struct entry){ n ? f->nodes[n].start : 0, n };
	qsort(entries, f->node_count, sizeof(*entries), by_start);
	vec_reserve(&o->nodes, f->node_count);
	for (uint32_t i = 0; i < f->node_count; i++)
		vec_push(&o->nodes, entries[i].node);
	mem_free(entries);
}

void outline_release(struct outline *o)
{
	vec_release(&o->nodes);
	o->facts = NULL;
}

static uint32_t start_at(const struct outline *o, uint32_t index)
{
	node_id n = o->nodes.items[index];
	return n ? o->facts->nodes[n].start : 0;
}

/* How many nodes start before an offset. */
static uint32_t count_before(const struct outline *o, uint32_t offset)
{
	uint32_t low = 0, high = o->nodes.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (start_at(o, middle) < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Offset behind a line, its line break not counted. Lines from 1. */
static uint32_t line_end(const struct facts *f, uint32_t line)
{
	return line < f->line_count ? f->lines[line] - 1 : f->source_len;
}

/* With the decorators that stand before it. */
static uint32_t start_of(const struct facts *f, node_id n)
{
	uint32_t start = f->nodes[n].start;
	facts_each_child(f, n, c)
		if (node_kind(f, c) == NODE_DECORATOR && f->nodes[c].start < start)
			start = f->nodes[c].start;
	return start;
}

/* Where a class's first member starts; its end when it has none. */
static uint32_t class_header_end(const struct facts *f, node_id n)
{
	facts_each_child(f, n, c)
		if (!is_header_part(&f->nodes[c]))
			return start_of(f, c);
	return f->nodes[n].end;
}

/* A case without a block is covered with its first statement. */
static uint32_t case_end(const struct facts *f, node_id n)
{
	node_id body = node_child(f, n, PART_BODY);
	if (!body)
		return f->nodes[n].end;
	return node_kind(f, body) == NODE_BLOCK ? f->nodes[body].start : f->nodes[body].end;
}

/* `const f = () => {`, `return () => {`, `go func() {`: what is given its value here has a body of its own.
 */
static node_id valued(const struct facts *f, node_id n)
{
	static const uint64_t values = CLASSES | KIND(FUNCTION) | KIND(LAMBDA) | KIND(IF) | KIND(LOOP) | KIND(SWITCH) |
				       KIND(SELECT) | KIND(TRY) | KIND(BLOCK);
	node_id value = node_child(f, n, PART_VALUE);
	if (value && node_kind(f, value) == NODE_CALL) { /* its callee stands first */
		node_id first = value + 1 < f->nodes[value].next ? value + 1 : 0;
		value = f->nodes[first].part == PART_CALLEE ? first : 0;
	}
	return value && is(f, value, values) ? value : 0;
}

/* A simple statement is covered whole; one that holds others (a body, members, cases) up to the first of
 * them. */
static uint32_t header_end(const struct facts *f, node_id statement)
{
	for (node_id n = statement; n; n = valued(f, n)) {
		if (node_kind(f, n) == NODE_CASE)
			return case_end(f, n);
		if (node_kind(f, n) == NODE_BLOCK)
			return f->nodes[n].start;
		if (is(f, n, CLASSES))
			return class_header_end(f, n);
		facts_each_child(f, n, c)
			if (is(f, c, KIND(BLOCK) | KIND(CASE)))
				return f->nodes[c].start;
	}
	return f->nodes[statement].end;
}

/* The innermost node that starts before an offset and ends behind it. */
static node_id around(const struct outline *o, uint32_t offset)
{
	uint32_t before = count_before(o, offset);
	node_id n = before ? o->nodes.items[before - 1] : 0;
	while (n && o->facts->nodes[n].end <= offset)
		n = o->facts->nodes[n].parent;
	return n;
}

static struct span covers_before(const struct outline *o, const struct comment *comment)
{
	const struct facts *f = o->facts;
	uint32_t line_start = f->lines[facts_line(f, comment->start) - 1];
	uint32_t before = count_before(o, comment->start);
	node_id n = before ? o->nodes.items[before - 1] : 0;
	while (n && !(is_statement(f, n) && f->nodes[n].end > line_start))
		n = f->nodes[n].parent;
	uint32_t end = n ? header_end(f, n) : 0;
	if (end <= line_start) /* behind a closing brace, or an `else`: this line only */
		return (struct span){ line_start, comment->start };
	uint32_t start = start_of(f, n);
	return (struct span){ start < line_start ? start : line_start, end > comment->start ? end : comment->start };
}

/* The node that a comment alone on its line stands before, within what is around it; 0 when nothing follows.
 */
static node_id node_after(const struct outline *o, const struct comment *comment, node_id holder)
{
	const struct facts *f = o->facts;
	uint32_t limit = holder ? f->nodes[holder].end : f->source_len, first = count_before(o, comment->end);
	bool any = is(f, holder, HOLDERS);
	for (uint32_t i = first; i < o->nodes.count && start_at(o, i) < limit; i++) {
		if (!any && start_at(o, i) > start_at(o, first))
			break;
		if (is_statement(f, o->nodes.items[i]))
			return o->nodes.items[i];
	}
	if (any || first == o->nodes.count || start_at(o, first) >= limit)
		return 0;
	node_id n = o->nodes.items[first];
	return node_kind(f, n) == NODE_DECORATOR ? f->nodes[n].parent : n;
}

static struct span covers_after(const struct outline *o, const struct comment *comment)
{
	const struct facts *f = o->facts;
	node_id holder = around(o, comment->start), n = node_after(o, comment, holder);
	uint32_t end = n ? header_end(f, n) : comment->end;
	if (!is(f, holder, HOLDERS)) { /* in the middle of a statement: at least the next line */
		uint32_t next = line_end(f, facts_line(f, comment->end) + 1);
		end = end > next ? end : next;
	}
	return (struct span){ comment->end, end };
}

/* In JSX a comment stands in braces, so that something does stand before it on its line. */
static bool is_alone(const struct outline *o, const struct comment *comment)
{
	const struct facts *f = o->facts;
	if (!comment->trailing)
		return true;
	uint32_t line_start = f->lines[facts_line(f, comment->start) - 1];
	return node_kind(f, around(o, comment->start)) == NODE_JSX &&
	       count_before(o, line_start) == count_before(o, comment->start);
}

struct span outline_covers(const struct outline *o, const struct comment *comment)
{
	return is_alone(o, comment) ? covers_after(o, comment) : covers_before(o, comment);
}

struct span outline_whole(const struct outline *o, const struct comment *comment)
{
	const struct facts *f = o->facts;
	uint32_t line = facts_line(f, comment->start), first = count_before(o, f->lines[line - 1]);
	if (is_alone(o, comment)) {
		first = count_before(o, comment->end);
		line = first < o->nodes.count ? facts_line(f, start_at(o, first)) : line + 1;
	}
	struct span span = { line <= f->line_count ? f->lines[line - 1] : f->source_len, line_end(f, line) };
	for (uint32_t i = first; i < o->nodes.count && start_at(o, i) < line_end(f, line); i++)
		if (o->nodes.items[i] && f->nodes[o->nodes.items[i]].end > span.end)
			span.end = f->nodes[o->nodes.items[i]].end;
	return span;
}
