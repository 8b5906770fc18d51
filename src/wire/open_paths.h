/*
 * Paths of endpoints that leave a part open: `/files/{*path}`, `/{id}/kubernetes/{*}`, `/repository/{*name}/issues`. They are
 * known by the last word before that part; one without such a word fits everything and says nothing.
 */
#ifndef BYLAW_WIRE_OPEN_PATHS_H
#define BYLAW_WIRE_OPEN_PATHS_H

#include "wire/internal.h"

struct open_path {
	uint32_t endpoint;
	struct str front; /* up to its last word, without it */
	uint32_t parameters; /* segments between that word and the open part */
	struct str back; /* what follows the open part */
	uint32_t next; /* another of the same word, + 1 */
};

struct open_paths {
	VEC(struct open_path) list;
	struct str_map by_word; /* → index + 1 */
};

/* False for a path without a word before what is open: it is not added. */
bool open_paths_add(struct open_paths *o, struct str path, uint32_t endpoint);
void open_paths_release(struct open_paths *o);

/* Where the search in a request's path is. Starts with `rest` as the whole path. */
struct open_search {
	struct str segment, rest; /* a segment, and what follows it */
	uint32_t next; /* the open paths of that word which are still to be tried: index + 1 */
};
/* The next open path whose word is in the path and whose end fits what follows; NULL behind the last. */
const struct open_path *open_paths_next(const struct open_paths *o, struct open_search *search);
/*
 * Compares what stands before the word on both sides, from there to the beginning; false when segments differ. What only one of
 * them has is left in `more_front` (of the open path) or `more_path`.
 */
bool open_path_fits(const struct open_path *open, struct str path, const struct open_search *search,
	struct str *more_front, struct str *more_path);

#endif
