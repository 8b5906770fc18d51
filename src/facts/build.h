/* Writes one file's facts: nodes are opened and closed in source order, the tables grow beside them. */
#ifndef BYLAW_FACTS_BUILD_H
#define BYLAW_FACTS_BUILD_H

#include "base/buf.h"
#include "base/vec.h"
#include "bylaw/facts.h"

/* A file may have this many nodes; what comes after is dropped and facts_builder.overflow says so. */
enum { FACTS_MOST_NODES = 4 * 1024 * 1024 };

struct string_table {
	struct buf text;
	VEC(uint32_t) ends;
	uint32_t *slots; /* ids, hashed by content; 0 is free */
	uint32_t slot_count;
};

struct facts_builder {
	VEC(struct node) nodes;
	VEC(node_id) open; /* from the file down */
	VEC(struct import) imports;
	VEC(struct export) exports;
	VEC(struct comment) comments;
	VEC(struct facts_error) errors;
	VEC(uint32_t) lines;
	struct string_table strings;
	uint32_t language, source_len, error_bytes;
	bool overflow;
};

/* Starts a file: node 0 is open, the line table is made from the bytes. Reuses the builder's memory. */
void facts_begin(struct facts_builder *b, uint32_t language, struct str source);
void facts_builder_release(struct facts_builder *b);

uint32_t facts_string(struct facts_builder *b, struct str text);
node_id facts_open(struct facts_builder *b, enum node_kind kind, enum node_part part, uint32_t start, uint32_t end);
void facts_close(struct facts_builder *b);
/* Opens and closes. */
node_id facts_leaf(struct facts_builder *b, enum node_kind kind, enum node_part part, uint32_t start, uint32_t end,
	struct str name);
void facts_name(struct facts_builder *b, node_id node, struct str name);
void facts_flag(struct facts_builder *b, node_id node, uint32_t flags);
/* The innermost open node. */
node_id facts_current(const struct facts_builder *b);
/* The text of a string that was added before. Valid until the next facts_string. */
struct str facts_builder_str(const struct facts_builder *b, uint32_t id);
void facts_error(struct facts_builder *b, uint32_t start, uint32_t end);

/* Closes what is open and appends the finished facts to `out`, as the codec reads them. */
void facts_end(struct facts_builder *b, struct buf *out);

#endif
