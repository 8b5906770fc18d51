#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *bytes, size_t len)
{
	return XXH3_64bits(len ? bytes : "", len);
}

/*
 * XXH3 adds the seed to short inputs much as it is, and seeds here are small numbers: (1, "Tracker") and (33, "tracker")
 * would meet. Spread over all bits first (the finalizer of splitmix64), they do not.
 */
static uint64_t spread(uint64_t seed)
{
	seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
	seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
	return seed ^ (seed >> 31);
}

uint64_t hash_mix(uint64_t seed, const void *bytes, size_t len)
{
	return XXH3_64bits_withSeed(len ? bytes : "", len, spread(seed));
}
