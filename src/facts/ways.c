/*
 * Ways through a function, as far as its nesting tells: from a statement on to where its block is left. What cannot be followed
 * (labels, calls that may not return) counts as no way at all.
 */
#include "bylaw/facts.h"

struct ways {
	const struct facts *f;
	struct str path; /* what has to be met */
	node_id block; /* where the ways end */
	node_id lost; /* the first end that is reached without */
	bool jumped; /* out of the innermost loop or switch */
	unsigned deep;
};

enum { MOST_DEEP = 100 };

static bool is_use(const struct ways *w, node_id n)
{
	if (node_kind(w->f, n) != NODE_NAME && node_kind(w->f, n) != NODE_CALL)
		return false;
	struct str name = node_name(w->f, n);
	return str_starts(name, w->path) && (name.len == w->path.len || name.ptr[w->path.len] == '.');
}

static bool is_used_in(const struct ways *w, node_id root)
{
	for (node_id n = root; n < w->f->nodes[root].next; n++)
		if (is_use(w, n))
			return true;
	return false;
}

/* panic, os.Exit, log.Fatal, t.FailNow: by their names, for who is wrong here is only silent. */
static bool never_returns(const struct facts *f, node_id statement)
{
	node_id call = node_kind(f, statement) == NODE_EXPR ? node_child_of_kind(f, statement, NODE_CALL) : 0;
	struct str name = call ? path_last(node_name(f, call)) : STR("");
	return str_starts(name, STR("Fatal")) || str_starts(name, STR("Panic")) || str_is(name, "panic") ||
	       str_is(name, "Exit") || str_is(name, "Goexit") || str_is(name, "FailNow");
}

static bool end_here(struct ways *w, node_id n)
{
	if (!w->lost)
		w->lost = n;
	return false;
}

static bool walk(struct ways *w, node_id n);

/* The children that are a part, one behind the other. Does the way come out at their end? */
static bool walk_parts(struct ways *w, node_id parent, enum node_part part)
{
	facts_each_child(w->f, parent, child)
		if (w->f->nodes[child].part == part && !walk(w, child))
			return false;
	return true;
}

static bool jump(struct ways *w, node_id n)
{
	uint64_t kinds = KIND(LOOP) | (node_kind(w->f, n) == NODE_BREAK ? KIND(SWITCH) | KIND(SELECT) : 0);
	if (!str_empty(node_name(w->f, n)))
		return false;
	if (node_ancestor(w->f, n, kinds) < w->block)
		return end_here(w, n);
	w->jumped = true;
	return false;
}

static bool walk_if(struct ways *w, node_id n)
{
	bool then = walk_parts(w, n, PART_THEN);
	node_id otherwise = node_child(w->f, n, PART_ELSE);
	return (otherwise ? walk(w, otherwise) : true) || then;
}

static bool walk_loop(struct ways *w, node_id n)
{
	bool outer = w->jumped;
	w->jumped = false;
	walk_parts(w, n, PART_BODY);
	bool out = w->jumped || !node_has(w->f, n, FLAG_INFINITE);
	w->jumped = outer;
	return out;
}

static bool walk_cases(struct ways *w, node_id n)
{
	bool outer = w->jumped, out = false, has_default = node_kind(w->f, n) == NODE_SELECT;
	w->jumped = false;
	facts_each_child(w->f, n, one)
		if (node_kind(w->f, one) == NODE_CASE) {
			has_default |= node_has(w->f, one, FLAG_DEFAULT);
			node_id cond = node_child(w->f, one, PART_COND);
			out |= !(cond && is_used_in(w, cond)) && walk_parts(w, one, PART_BODY);
		}
	out |= w->jumped || !has_default;
	w->jumped = outer;
	return out;
}

/* The parts of a statement that happen before its branches. */
static bool is_met_at_head(const struct ways *w, node_id n)
{
	const uint32_t head = 1u << PART_INIT | 1u << PART_COND | 1u << PART_ITER;
	facts_each_child(w->f, n, child)
		if ((head >> w->f->nodes[child].part & 1) && is_used_in(w, child))
			return true;
	return false;
}

static bool walk_kind(struct ways *w, node_id n)
{
	switch (node_kind(w->f, n)) {
	case NODE_BLOCK:
		facts_each_child(w->f, n, statement)
			if (!walk(w, statement))
				return false;
		return true;
	case NODE_IF:
		return !is_met_at_head(w, n) && walk_if(w, n);
	case NODE_LOOP:
		return !is_met_at_head(w, n) && walk_loop(w, n);
	case NODE_SWITCH:
	case NODE_SELECT:
		return !is_met_at_head(w, n) && walk_cases(w, n);
	case NODE_RETURN:
		return !is_used_in(w, n) && end_here(w, n);
	case NODE_BREAK:
	case NODE_CONTINUE:
		return jump(w, n);
	default:
		return !is_used_in(w, n) && !never_returns(w->f, n);
	}
}

/* Does a way that has not met the path come out behind this statement? */
static bool walk(struct ways *w, node_id n)
{
	if (w->deep == MOST_DEEP)
		return false;
	w->deep++;
	bool out = walk_kind(w, n);
	w->deep--;
	return out;
}

static node_id way_from(const struct facts *f, node_id block, node_id first, struct str path)
{
	struct ways w = { .f = f, .path = path, .block = block };
	for (node_id n = first; n < f->nodes[block].next; n = f->nodes[n].next)
		if (!walk(&w, n))
			return w.lost;
	return w.lost ? w.lost : block;
}

node_id way_out_without(const struct facts *f, node_id statement, struct str path)
{
	return way_from(f, f->nodes[statement].parent, f->nodes[statement].next, path);
}

node_id way_through_without(const struct facts *f, node_id block, struct str path)
{
	return way_from(f, block, block + 1, path);
}

bool is_declared_beside(const struct facts *f, node_id statement, struct str name)
{
	if (node_has(f, statement, FLAG_DECLARES))
		return true;
	for (node_id n = f->nodes[statement].parent + 1; n < statement; n = f->nodes[n].next)
		if (node_kind(f, n) == NODE_VAR && str_eq(node_name(f, n), name))
			return true;
	return false;
}
