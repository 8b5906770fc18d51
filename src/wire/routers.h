/*
 * The graph that endpoints are read off. A *router* is anything that paths are registered on: an application, a mux, a
 * group, a plugin's parameter, a controller class. Routers hang below others under prefixes; a route hangs on a router. The
 * full paths of a route are its own path behind every prefix that leads from a root to its router.
 *
 * Nothing here knows a language or a framework: the files that read code fill the graph.
 */
#ifndef BYLAW_WIRE_ROUTERS_H
#define BYLAW_WIRE_ROUTERS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "wire/place.h"

/* Index of a router, + 1; 0 is none. */
typedef uint32_t router_id;

/* A stretch of a path. An open one starts with what the code does not tell: what stands before `text` is lost. */
struct stretch {
	struct str text;
	bool is_open;
};

#define NO_PREFIX ((struct stretch){ { "", 0 }, false })

struct router {
	struct str type; /* the library's name of its type, which its members are looked up under */
	struct stretch prefix; /* stands before all of its paths, wherever it is mounted */
	struct str
		version; /* what stands as /v2 before the whole path of those of its routes that have none of their own */
	struct place place; /* where it is made or declared */
	uint32_t methods; /* what its routes answer where they do not say so themselves; 0: anything */
	bool covers; /* a handler that is put on it without a path answers everything below */
	bool is_described; /* not mounted, it only says how its handler is served elsewhere */
	bool is_gathered; /* a list, or one of several: where it is not mounted, it is nothing to what is below it */
	bool is_static; /* stands for files */
	bool cuts; /* cuts prefixes off: what stands before it says them already, or some of their beginning */
	bool is_root; /* serves by itself: not mounted, its paths are whole */
	router_id same_as; /* a parameter that one router was handed to, and no other */
	/* the graph's own */
	uint32_t parents, first_mount, first_prefix, first_handed;
};

struct route {
	router_id router;
	enum protocol protocol;
	uint32_t methods; /* 0: the router's */
	bool is_static;
	struct stretch path; /* HTTP; of other protocols the whole name */
	struct str version;
	struct place place, handler;
};

struct mount {
	router_id child; /* 0: it was mounted as what it stands for */
	struct stretch prefix;
	struct place from; /* the expression that says an open prefix */
	bool is_handed; /* the child is a parameter that the parent was handed to */
	bool replaces; /* the prefix stands in place of the child's own */
	uint32_t next;
};

struct routers {
	struct arena arena;
	VEC(struct router) list;
	VEC(struct route) routes;
	VEC(struct mount) mounts;
	VEC(struct handed {
		router_id router;
		uint32_t next;
	})
	handed;
	VEC(struct router_prefix {
		struct str text;
		struct str version;
		bool is_tail;
		uint32_t next;
	})
	prefixes;
};

router_id routers_add(struct routers *g, struct router router);
struct router *routers_get(const struct routers *g, router_id router);
/* Puts a router below another. The text is copied. The mount, until the next one; NULL when one of them is none. */
struct mount *routers_mount(struct routers *g, router_id parent, struct stretch prefix, router_id child);
/* Hands a router to a parameter: what is put on the parameter is on the router, and mounting the parameter mounts the router. */
void routers_hand(struct routers *g, router_id router, router_id parameter);
/* Finds every router's prefixes, at most MOST_PREFIXES each. Call once, when the graph is complete. */
void routers_find_prefixes(struct routers *g);
/* The prefixes of a router: for (i = first; i; i = prefix i's next). */
#define routers_each_prefix(g, router, p)                                                                      \
	for (const struct router_prefix *p = routers_prefix((g), routers_get((g), (router))->first_prefix); p; \
		p = routers_prefix((g), p->next))
const struct router_prefix *routers_prefix(const struct routers *g, uint32_t index);
/* Goes on with a path; true when what it was before is lost. */
bool stretch_add(struct buf *path, struct stretch stretch);
void routers_release(struct routers *g);

#endif
