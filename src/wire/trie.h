/*
 * The paths of endpoints, by their segments from the last to the first: what is not known of a path is most often its
 * beginning.
 */
#ifndef BYLAW_WIRE_TRIE_H
#define BYLAW_WIRE_TRIE_H

#include "base/map.h"
#include "base/vec.h"

struct trie_node {
	struct str segment; /* "" for a parameter */
	uint32_t parent, first_child, next_sibling, parameter; /* indices; 0 for none */
	uint32_t first_entry; /* index + 1; the others follow by `next` */
};

struct trie_entry {
	uint32_t endpoint;
	uint32_t next; /* index + 1 */
};

struct trie {
	VEC(struct trie_node) nodes; /* 0 is the end of every path */
	VEC(struct trie_entry) entries;
	struct map children; /* hash of parent and segment → node */
};

void trie_init(struct trie *t);
void trie_release(struct trie *t);
/* Those of one path are found in the opposite order of their adding. `/users/{id?}` is found at /users as well. */
void trie_add(struct trie *t, struct str path, uint32_t endpoint);

/* A node that a path leads to, with how well its segments fit: whole words count more than parameters. */
struct trie_state {
	uint32_t node;
	uint32_t score;
	uint32_t words; /* segments that are the same words on both sides */
	uint32_t rest; /* how much of the path is left: its first bytes */
	bool has_word_for_parameter, has_parameter_for_word; /* at most one of both */
};

enum { TRIE_MOST_STATES = 1024 };
/*
 * Follows a path from its end and hands every node on the way to `visit`. A parameter of the path fits any segment, a
 * parameter of the trie too.
 */
void trie_walk(
	const struct trie *t, struct str path, void (*visit)(void *context, struct trie_state state), void *context);

#endif
