#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t len)
{
	return XXH3_64bits(len ? bytes : "", len);
}

uint64_t hash_mix(uint64_t seed, const void *bytes, size_t len)
{
	return XXH3_64bits_withSeed(len ? bytes : "", len, seed);
}
