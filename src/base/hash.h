/* Content hashes (xxHash, XXH3). Not for secrets. */
#ifndef BYLAW_BASE_HASH_H
#define BYLAW_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *bytes, size_t len);
uint64_t hash_mix(uint64_t seed, const void *bytes, size_t len);

#endif
