/* Between rust_tokens.c and rust_macros.c: token trees read one argument at a time. */
#ifndef BYLAW_PARSE_RUST_TOKENS_H
#define BYLAW_PARSE_RUST_TOKENS_H

#include "parse/walk.h"

/* How deep trees in trees are followed. */
enum { TREE_MOST_DEPTH = 12 };

enum token { TOKEN_OTHER, TOKEN_WORD, TOKEN_LITERAL, TOKEN_TREE, TOKEN_COMMENT };

/* What an argument looks like, as far as its tokens tell. */
enum shape { EMPTY, LITERAL, PATH, PATH_OPEN, SIMPLE_CALL, TREE, COMPLEX };

struct argument {
	enum shape shape;
	uint32_t key_start, key_end; /* of `key = value`, `key: value`, `key => value`; equal when it has none */
	uint32_t start, end; /* the value */
	uint32_t name_end; /* SIMPLE_CALL: where the path ends */
	TSNode node; /* LITERAL; TREE and the arguments of a SIMPLE_CALL */
	bool reference; /* & stands before it */
	bool recorded; /* tracing's ?value and %value */
	bool special; /* has something that no expression has */
};

/* Reads the children of a token tree one argument at a time. */
struct tokens {
	const struct walk *w;
	struct cursor cursor;
	bool more;
	uint32_t depth; /* of simple calls in simple calls */
	uint32_t angles; /* inside of ::<…> */
	bool bars; /* inside of |…| */
	char last; /* first byte of the token before */
};

enum token token_of(const struct walk *w, TSNode node);
char token_first_byte(const struct walk *w, TSNode node);

/* `depth` counts the simple calls around the tree. What was begun must be ended. */
void tokens_begin(struct tokens *t, const struct walk *w, TSNode tree, uint32_t depth);
void tokens_end(struct tokens *t);
/* The next token, comments among them; false behind the last one. */
bool tokens_step(struct tokens *t, TSNode *token);
/* The next argument that is not empty; false behind the last one. */
bool tokens_next(struct tokens *t, struct argument *a);
/* Is every argument a literal, a path or a call of such? */
bool tokens_simple(const struct walk *w, TSNode tree, uint32_t depth);

/* Does this token stand in the tree, outside of the trees in it? */
bool tokens_has(const struct walk *w, TSNode tree, struct str token);

/* Opens a node over bytes of the source. */
node_id argument_open(struct walk *w, uint32_t start, uint32_t end, enum node_kind kind, enum node_part part);
struct str argument_key(struct walk *w, const struct argument *a);
void argument_value(struct walk *w, const struct argument *a, enum node_part part, uint32_t depth);
/* The argument as an ARG of the innermost node, inside of a PAIR if it has a name. */
void argument_add(struct walk *w, const struct argument *a, uint32_t depth);
/* Every argument of a tree. */
void arguments_add(struct walk *w, TSNode tree, uint32_t depth);

#endif
