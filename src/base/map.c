#include "base/map.h"

#include "base/hash.h"
#include "base/mem.h"

static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdull;
	x ^= x >> 33;
	return x;
}

static struct map_slot *map_find(const struct map *m, uint64_t key)
{
	uint32_t mask = m->capacity - 1;
	uint32_t i = (uint32_t)mix(key) & mask;
	while (m->slots[i].used && m->slots[i].key != key)
		i = (i + 1) & mask;
	return &m->slots[i];
}

static void *zeroed(size_t count, size_t size)
{
	void *p = mem_alloc(count * size);
	memset(p, 0, count * size);
	return p;
}

static void map_grow(struct map *m)
{
	struct map old = *m;
	m->capacity = old.capacity ? old.capacity * 2 : 16;
	m->slots = zeroed(m->capacity, sizeof(*m->slots));
	for (uint32_t i = 0; i < old.capacity; i++)
		if (old.slots[i].used)
			*map_find(m, old.slots[i].key) = old.slots[i];
	mem_free(old.slots);
}

uint32_t *map_get(const struct map *m, uint64_t key)
{
	if (!m->count)
		return NULL;
	struct map_slot *slot = map_find(m, key);
	return slot->used ? &slot->value : NULL;
}

uint32_t *map_put(struct map *m, uint64_t key, uint32_t initial, bool *added)
{
	if (m->count * 4 >= m->capacity * 3)
		map_grow(m);
	struct map_slot *slot = map_find(m, key);
	if (added)
		*added = !slot->used;
	if (!slot->used) {
		*slot = (struct map_slot){ key, initial, 1 };
		m->count++;
	}
	return &slot->value;
}

void map_clear(struct map *m)
{
	if (m->slots)
		memset(m->slots, 0, sizeof(*m->slots) * m->capacity);
	m->count = 0;
}

void map_release(struct map *m)
{
	mem_free(m->slots);
	*m = (struct map){ 0 };
}

static struct str_slot *str_find_slot(const struct str_map *m, struct str key, uint32_t hash)
{
	uint32_t mask = m->capacity - 1;
	uint32_t i = hash & mask;
	while (m->slots[i].key.ptr && (m->slots[i].hash != hash || !str_eq(m->slots[i].key, key)))
		i = (i + 1) & mask;
	return &m->slots[i];
}

static void str_map_grow(struct str_map *m)
{
	struct str_map old = *m;
	m->capacity = old.capacity ? old.capacity * 2 : 16;
	m->slots = zeroed(m->capacity, sizeof(*m->slots));
	for (uint32_t i = 0; i < old.capacity; i++)
		if (old.slots[i].key.ptr)
			*str_find_slot(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	mem_free(old.slots);
}

uint32_t *str_map_get(const struct str_map *m, struct str key)
{
	if (!m->count)
		return NULL;
	struct str_slot *slot = str_find_slot(m, key, (uint32_t)hash_bytes(key.ptr, key.len));
	return slot->key.ptr ? &slot->value : NULL;
}

uint32_t *str_map_put(struct str_map *m, struct str key, uint32_t initial, bool *added)
{
	if (!key.ptr)
		key = STR("");
	if (m->count * 4 >= m->capacity * 3)
		str_map_grow(m);
	uint32_t hash = (uint32_t)hash_bytes(key.ptr, key.len);
	struct str_slot *slot = str_find_slot(m, key, hash);
	if (added)
		*added = !slot->key.ptr;
	if (!slot->key.ptr) {
		*slot = (struct str_slot){ key, initial, hash };
		m->count++;
	}
	return &slot->value;
}

void str_map_clear(struct str_map *m)
{
	if (m->slots)
		memset(m->slots, 0, sizeof(*m->slots) * m->capacity);
	m->count = 0;
}

void str_map_release(struct str_map *m)
{
	mem_free(m->slots);
	*m = (struct str_map){ 0 };
}
