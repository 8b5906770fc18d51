/*
 * Reading code into the graph of routers.
 *
 *     expressions.c    what an expression stands for: through names, assignments, requires, rows of a table
 *     arguments.c      arguments, as a library's table counts them
 *     calls.c          what a call does to the graph: routes, mounts, groups, routers handed to functions
 *     handlers.c       the function behind a handler
 *     endpoints.c      the order of it all
 *
 * What the names of a framework do is said in rules/libraries/ by these roles (their attributes are in bylaw/roles.def):
 *
 *     router         a type on whose values paths are registered
 *     route          a call or decorator that registers a handler of a path
 *     mount          a call that puts routers, or what a function registers on its parameter, under a prefix
 *     group          a call whose result is a router below its receiver
 *     route-methods  a call that limits the route or group it is made on to some methods
 *     route-prefix   a call that puts a prefix before everything of its receiver
 *
 * A call counts when its receiver is known to be a router: by its type, by where it was made, or because a router was handed
 * to the function whose parameter it is. A parameter that turns out to be a router late has its function read again.
 */
#ifndef BYLAW_WIRE_READING_H
#define BYLAW_WIRE_READING_H

#include "base/map.h"
#include "wire/internal.h"
#include "wire/routers.h"

/* One row of a table that a loop goes through: what the loop's names stand for while a call in it is read. */
struct row {
	struct place loop; /* a LOOP, or the LAMBDA that forEach was handed */
	struct place key, value;
	node_id item; /* in the value's file; 0 when no row is being read */
	uint32_t count;
};

/* What a path means where it was resolved: a place, or the name of a library. */
struct named {
	struct place at;
	struct str library;
};

struct reading {
	struct wire *wire;
	const struct model *model;
	struct routers graph;
	struct map requires; /* a require() or import() that stands in an expression → index of the import, + 1 */
	struct map assigned; /* a declaration without a value → index into `values` of what is assigned to it */
	struct map named; /* binding and path → index into `names` */
	struct map routers; /* a call, a declaration, a function's result → its router; 0 when it is none */
	struct map registered; /* call, path and methods of each route */
	VEC(struct place) values;
	VEC(struct named) names;
	VEC(node_id) chain;
	VEC(struct place) again; /* functions whose parameter became a router after they were read */
	struct row row;
	unsigned depth;
	bool is_open; /* what was asked depends on a parameter that may become a router yet */
	bool is_registration; /* the call that was read did something to the graph */
};

static inline const struct facts *facts_of(const struct reading *r, file_id file)
{
	return &model_file(r->model, file)->facts;
}

static inline uint64_t place_key(struct place p)
{
	return (uint64_t)p.file << 32 | p.node;
}

/* ---- expressions.c ---- */

/* Notes what later look-ups need of one file. */
void note_file(struct reading *r, file_id file);
/*
 * What an expression stands for: a function, class, parameter, literal, call …; the expression itself when that is not
 * known. `node` is 0 for a name of a library, and for one that nothing binds.
 */
struct place behind(struct reading *r, struct place expression);
/* The same for a path as seen from a node; it may be a library's name as well. */
struct named behind_path(struct reading *r, file_id file, node_id from, struct str path);
/* What a call calls. */
struct named callee_of(struct reading *r, struct place call);
/* The name of an export, with everything it stands for. */
struct place exported_place(struct reading *r, file_id file, struct str name);

/* ---- rows.c ---- */

/*
 * Starts on the rows of the table that the loop around a call goes through, and goes on to the next one. False when there is
 * no further row; a call without a loop, or with a table that is not known, is read once, without a row.
 */
bool next_row(struct reading *r, struct place call, uint32_t index);
/* Is the name bound by the loop whose row is being read? Then what it stands for, and the rest of the path. */
bool row_value(struct reading *r, file_id file, node_id binding, struct str rest, struct place *value);
/* A key of an object literal, or a field by its position. `node` 0 when there is none. */
struct place at_key(const struct reading *r, struct place object, struct str key);
struct place at_keys(struct reading *r, struct place object, struct str keys);

/* ---- arguments.c ---- */

/*
 * An argument by the words of a library's table: "1"; "-1", the last; "1-", this and all behind it; "prefix", a keyword;
 * "0.prefix", a key of an object that is the argument. Of several words, the first that is there.
 */
struct place argument(struct reading *r, file_id file, node_id call, struct str words);
/* The argument behind this one, where the words stand for more than one. */
struct place next_argument(const struct reading *r, node_id call, struct place before, struct str words);
/* Goes through the items of a list literal, or of anything else: itself. `item->node` is 0 at first; false behind the last. */
bool next_item(const struct reading *r, struct place list, struct place *item);
/* What an expression says, with holes; a name of a table's row says what stands in the row. */
struct str place_text(struct reading *r, struct place p);
/* The same as a stretch of a path. */
struct stretch place_stretch(struct reading *r, struct place p);

/* ---- calls.c ---- */

/* The router that an expression is; 0 when it is none. */
router_id router_of(struct reading *r, struct place expression);
/* The same, also when it stands in the hands of wrappers: cors(mux). */
router_id wrapped_router(struct reading *r, struct place expression);
/* The router of a class, a parameter, a call; made when it is not there yet. */
router_id router_at(struct reading *r, struct place at, struct str type);
/* A parameter that is handed a router is one from then on, below it. */
void hand_router(struct reading *r, router_id router, struct stretch prefix, struct place function, uint32_t index);
/* Reads a call, and with it the calls it is chained on. Returns the router that it results in. */
router_id read_call(struct reading *r, struct place call);

/* ---- registrations.c ---- */

/* What a member of a router does; the router that it results in, 0 when the name says nothing. */
router_id call_member(struct reading *r, struct place call, router_id receiver);
/* What a library's function does that is called without a router. */
router_id call_library(struct reading *r, struct place call, struct str name);

/* ---- handlers.c ---- */

/* The function behind an expression, through wrappers, lists, `bind`, and types that serve; `node` 0 when it is not known. */
struct place function_behind(struct reading *r, struct place expression);
/* The index-th parameter that a caller fills: `self` is none. 0 when there is none. */
node_id parameter(const struct facts *f, node_id function, uint32_t index);

#endif
