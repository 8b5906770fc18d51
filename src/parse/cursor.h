/*
 * Goes through a syntax tree node by node, as TSTreeCursor does, but straight on the runtime's own trees: keeping
 * only bytes (no rows, no columns, no counts of descendants) halves what a walk costs. The rows of its nodes are 0.
 */
#ifndef BYLAW_PARSE_CURSOR_H
#define BYLAW_PARSE_CURSOR_H

#include "base/vec.h"

#include <stdbool.h>
#include <tree_sitter/api.h>

/* The children of one node that the cursor is in, those of hidden nodes too. */
struct cursor_level {
	const void *children; /* the runtime's Subtree[] */
	const TSSymbol *aliases; /* by structural index; may be NULL */
	uint32_t production; /* of the parent: says which child is in which field */
	uint32_t count, next;
	uint32_t structural; /* index of the next child among those that are no extras */
	uint32_t end; /* byte where the last child ended */
	TSFieldId field; /* that a hidden parent is in itself */
	bool hidden;
};

/* Shared by the cursors that run inside each other; owned by whoever makes it. */
struct cursor_levels {
	VEC(struct cursor_level) list;
};

struct cursor {
	struct cursor_levels *levels;
	const TSLanguage *language;
	uint32_t base;
	TSNode node; /* where it stands */
	TSFieldId field; /* of `node` in its parent; 0 for none */
};

struct cursor cursor_at(struct cursor_levels *levels, TSNode node);
/* To the first child of `node`, where the cursor has just come to; false when there is none. */
bool cursor_down(struct cursor *c);
/* To the next node on the same level; false when there is none. `node` is then no longer where the cursor stands. */
bool cursor_next(struct cursor *c);
/* Out of the level: cursor_next then goes on behind the parent. False at the top. */
bool cursor_up(struct cursor *c);
/* Leaves every level that it is in. */
void cursor_end(struct cursor *c);

#endif
