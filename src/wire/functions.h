/* Functions of the project as the wire walks through them. */
#ifndef BYLAW_WIRE_FUNCTIONS_H
#define BYLAW_WIRE_FUNCTIONS_H

#include "wire/internal.h"

/* A walk through calls goes no further than this many functions: who calls that many leads everywhere. */
enum { MOST_WALKED = 400 };

struct function {
	file_id file;
	node_id node;
};

/* Functions in the order in which a walk meets them, each once. */
struct functions {
	VEC(struct function) queue;
	struct map seen;
};

void functions_begin(struct functions *walk, struct function from);
void functions_add(struct functions *walk, struct function f);
void functions_release(struct functions *walk);

/* The layer of the class or file that a function belongs to; none for a lambda inside a function: that is its function's doing. */
enum layer function_layer(const struct model *m, struct function f);
/* The outermost function around a node: what a caller calls. Its node is 0 at module level. */
struct function function_around(const struct model *m, file_id file, node_id node);
/* The class around a node, or the node itself, that a decorator makes a component: Angular's, Stencil's, Lit's; 0 for none. */
node_id component_class(const struct model *m, file_id file, node_id node);
/* The index-th parameter that a caller fills: `self` is none. 0 when there is none. */
node_id parameter(const struct facts *f, node_id function, uint32_t index);
uint64_t function_number(struct function f);

#endif
