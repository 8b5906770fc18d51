/* A grammar's table with every name resolved to the ids of its tree-sitter language. */
#ifndef BYLAW_PARSE_COMPILE_H
#define BYLAW_PARSE_COMPILE_H

#include "base/arena.h"
#include "base/err.h"
#include "parse/walk.h"

struct compiled_syntax {
	const struct syntax *row; /* NULL when the table says nothing about this symbol */
	const uint8_t *parts; /* by field id; NULL for the grammar's common ones */
	uint16_t name_field;
};

struct compiled_member {
	TSFieldId object, property;
	const char *separator;
};

struct compiled_grammar {
	const TSLanguage *language;
	struct compiled_syntax *symbols;
	uint8_t *parts; /* by field id */
	bool *identifiers; /* by symbol */
	uint8_t *members; /* by symbol: index + 1 into member_rows */
	struct compiled_member *member_rows;
	uint16_t fields[FIELD_COUNT];
	uint16_t callee;
	uint32_t symbol_count;
};

/* Never fails; a name that the grammar does not have sets `err` (the first one) and is left out. */
struct compiled_grammar *grammar_compile(const struct grammar *g, struct arena *a, struct err *err);

#endif
