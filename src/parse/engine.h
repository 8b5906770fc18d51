/* Inside of the walk: what parse.c starts it with. Handlers use walk.h. */
#ifndef BYLAW_PARSE_ENGINE_H
#define BYLAW_PARSE_ENGINE_H

#include "bylaw/file.h"
#include "parse/compile.h"
#include "parse/cursor.h"

/* One level of the syntax tree on the way down. */
struct frame {
	const uint8_t *parts; /* by field */
	const uint8_t *turns; /* of syntax.turns, what is left; may be NULL */
	uint16_t skip_field;
	uint8_t children; /* part of field-less children */
	uint8_t opened; /* fact nodes to close when this level is left */
};

/* Nanoseconds of the monotonic clock, and of the thread's processor time. Past when both are. */
struct deadline {
	uint64_t wall, processor;
};

struct parser {
	struct facts_builder facts;
	struct pool *pool;
	struct arena grammars; /* compiled tables, made when a language first comes up */
	struct compiled_grammar *compiled[LANGUAGE_COUNT];
	VEC(struct frame) frames;
	struct cursor_levels levels;
	VEC(struct buf) stretches; /* text that is being parsed again */
	TSParser *tree_parser; /* for the file under way; lives in the pool */
	struct buf scratch; /* for building one name; here so that it survives a jump out */
	struct buf changed; /* the file as tree-sitter sees it, where a grammar needs help */
	struct buf code; /* the file without what is no code of `language` */
	struct deadline deadline;
	/* the file under way */
	enum language language; /* that it is parsed as */
	struct str bytes;
	enum skip_reason result;
};

/* Parses text with the parser's limits; NULL when the deadline passed. The tree lives in the pool. */
TSTree *parser_tree(struct parser *p, const TSLanguage *language, struct str text);

void walk_tree(struct walk *w, TSNode root, enum node_part part);

#endif
