/* The inside of the wire, shared by the files of this folder. */
#ifndef BYLAW_WIRE_INTERNAL_H
#define BYLAW_WIRE_INTERNAL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "wire/wire.h"

struct asking;
struct calling;

/* Places that ask, and calls of functions (by function, then by place), as they are found with the requests. */
struct sendings {
	struct asking *askings;
	struct calling *callings;
	uint32_t asking_count, calling_count;
	struct map first_calling; /* function → index into `callings` */
};

struct wire {
	const struct model *model;
	uint32_t workers;
	struct arena arena; /* texts */
	VEC(struct endpoint) endpoints;
	struct map handlers; /* file and function → index of the first endpoint it answers */
	struct map unread; /* package → a file that serves more than could be read */
	VEC(struct request) requests;
	struct sendings sendings; /* until the failures are found */
	struct landing *landings; /* one for each request */
	VEC(uint32_t) landed; /* endpoints */
	VEC(struct chain_part) parts;
	VEC(struct chain_link) links;
	VEC(struct str) part_names;
	VEC(struct request) mentions; /* texts that may be addresses, whoever asks for them: path, is_tail and place */
	bool *mentioned; /* each endpoint: may such a text lead there? */
	struct peers *peers; /* one for each request */
	struct consumers *consumers; /* one for each endpoint */
	struct storage_evidence *storage; /* one for each endpoint */
	uint32_t *sending_components; /* part + 1 of each request; 0 for none */
	VEC(struct unwired) unwired;
	VEC(struct lost_failure) failures;
};

/* Steps of wire_build. */
void wire_find_endpoints(struct wire *w); /* endpoints.c */
void wire_find_requests(struct wire *w); /* requests.c */
void wire_match(struct wire *w); /* match.c */
void wire_count_peers(struct wire *w); /* peers.c */
void wire_find_chains(struct wire *w); /* chains.c */
void wire_find_storage(struct wire *w); /* storage.c; after the chains */
void wire_find_unwired(struct wire *w); /* unwired.c; after the chains */
void wire_find_failures(struct wire *w); /* failures.c; after the landings */

/* Does a file hold what users look at, or what runs beside that in the browser? */
bool wire_is_interface(const struct model *m, file_id file);

/* Does a path have a word? One of parameters alone says nothing of where it leads. */
bool path_says_something(struct str path);

/*
 * Appends a path as a framework or a client writes it (`:id`, `<int:id>`, `{id:uuid}`, `*`, `{**rest}`, `${…}` folded to holes)
 * in the one way of bylaw/wire.h, with one slash before it and none behind.
 */
void path_add(struct buf *out, struct str written);

#endif
