/*
 * `export * from`, as a graph: where a name may come from that a file does not export itself. A question takes a bounded
 * number of steps, however many modules a barrel collects and however many barrels collect one another.
 */
#ifndef BYLAW_MODEL_STARS_H
#define BYLAW_MODEL_STARS_H

#include "model/graph.h"
#include "model/internal.h"

/* The libraries that a file's stars lead to, over those of others too. */
struct star_library {
	uint32_t count; /* 0, 1, or 2 for several */
	file_id file; /* where the one star stands */
	uint32_t export;
};

/* One file that exports a name, in the chain of all that do. */
struct star_exporter {
	file_id file;
	uint32_t next; /* + 1; 0 at the end */
};

struct stars {
	struct graph to, from; /* from the file with the star to the other, and back */
	struct map exporters; /* hash of a name → the first of its chain, + 1; only files that some star leads to */
	VEC(struct star_exporter) chains;
	struct star_library *libraries; /* of each file */
};

void stars_find(struct model *m); /* after the imports are resolved */
void stars_free(struct stars *stars);

/* Does a file itself export a name? */
bool stars_is_own(const struct model *m, file_id file, struct str name);
/*
 * Files from which `file` has the name by stars, no more than `most`: those that export it and are not behind another that
 * does. False when that would take too long to find out.
 */
bool stars_origins(
	const struct model *m, file_id file, struct str name, file_id *origins, uint32_t most, uint32_t *count);

#endif
