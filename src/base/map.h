/* Hash tables with open addressing: from 64-bit keys, and from strings. A zeroed one is empty. */
#ifndef BYLAW_BASE_MAP_H
#define BYLAW_BASE_MAP_H

#include "bylaw/str.h"

struct map_slot {
	uint64_t key;
	uint32_t value;
	uint32_t used;
};

/* uint64_t → uint32_t */
struct map {
	struct map_slot *slots;
	uint32_t count, capacity;
};

/* Where the value of `key` stands, or NULL. Valid until the next map_put. */
uint32_t *map_get(const struct map *m, uint64_t key);
/* The same, adding the key with `initial` when it is new (*added says so; it may be NULL). */
uint32_t *map_put(struct map *m, uint64_t key, uint32_t initial, bool *added);
void map_clear(struct map *m);
void map_release(struct map *m);

struct str_slot {
	struct str key;
	uint32_t value;
	uint32_t hash;
};

/* string → uint32_t; the keys belong to the caller and must live as long as the table. */
struct str_map {
	struct str_slot *slots;
	uint32_t count, capacity;
};

uint32_t *str_map_get(const struct str_map *m, struct str key);
uint32_t *str_map_put(struct str_map *m, struct str key, uint32_t initial, bool *added);
void str_map_clear(struct str_map *m);
void str_map_release(struct str_map *m);

#endif
