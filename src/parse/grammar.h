/*
 * A language as a table: what each node of its grammar means in the vocabulary of facts. The walk (walk.h) reads
 * the table; a handler is written only where a table row cannot say it.
 */
#ifndef BYLAW_PARSE_GRAMMAR_H
#define BYLAW_PARSE_GRAMMAR_H

#include "bylaw/facts.h"
#include "bylaw/language.h"
#include "facts/build.h"

#include <tree_sitter/api.h>

struct walk;

enum syntax_action {
	PASS, /* no node of its own: its children take its place and its part */
	OPEN, /* a node, with what is below it */
	LEAF, /* a node named by its text; nothing below it is looked at */
	SKIP, /* neither it nor anything below it */
	MARK, /* sets flags on the innermost open node */
	TOKEN, /* the same for an anonymous token such as "async" */
	COMMENT,
};

enum visit { DESCEND, STOP };

/* The part of a child that is not visited. */
#define PART_SKIP 255

struct syntax {
	const char *type; /* the grammar's name for it */
	enum syntax_action action;
	enum node_kind kind; /* of OPEN and LEAF */
	uint32_t flags;
	const char *name; /* OPEN: the field whose text names the node; that child is not visited */
	const char *text; /* OPEN: or a name that is always the same, such as "[]" */
	uint8_t children; /* part of the children that have no field of their own */
	uint8_t turns[4]; /* or their parts one after another; the last one holds for all that follow */
	/*
	 * Called after OPEN has opened its node (`opened`), or for PASS in its place (`opened` is 0; it may open nodes
	 * by walk_open, which are closed when this one is left). COMMENT: writes the comment, or not.
	 */
	enum visit (*enter)(struct walk *w, TSNode node, enum node_part part, node_id opened);
};

/* What a field means. `parent` narrows a row to one type of node; other rows hold for all. */
struct syntax_part {
	const char *parent; /* may be NULL */
	const char *field;
	uint8_t part; /* enum node_part or PART_SKIP */
};

/* A node type that reaches into another: a.b, a::b. Without a property it adds nothing to a path: f::<T>. */
struct syntax_member {
	const char *type;
	const char *object, *property; /* fields */
	const char *separator; /* "." or "::" */
};

struct grammar {
	const TSLanguage *(*language)(void);
	const struct syntax *syntax; /* ends with a row without a type */
	/* Rows taken over from a larger grammar of the same family; this one may lack some of what they name. */
	const struct grammar *dialect_of;
	const struct syntax_part *parts; /* ends with a row without a field */
	const struct syntax_member *members; /* ends with a row without a type */
	const char *const *identifiers; /* types whose text can start or continue a path; NULL at the end */
	const char *callee; /* field of a call that holds what is called */
	/* For what needs no grammar (go.mod): fills the builder itself; then `language` is NULL. */
	void (*parse)(struct facts_builder *b, struct str bytes);
	/*
	 * For what the grammar does not know yet: writes to `changed` the bytes that tree-sitter shall see instead, of
	 * the same length; facts are named from the file's own. False when there is nothing to change. May be NULL.
	 */
	bool (*prepare)(struct str bytes, struct buf *changed);
	/*
	 * For files that hold code of other languages (components): writes to `code` the file with everything else blanked, each
	 * byte in its place, and says which language the rest is parsed as. Then nothing else of the row counts. May be NULL.
	 */
	enum language (*embeds)(struct str bytes, struct buf *code);
	/* What does not parse is no error: something fills it in before it is code. */
	bool is_template;
};

/* One for each row of LANGUAGES, in src/parse/<id>.c. */
#define X(ID, id, name, files) extern const struct grammar grammar_##id;
LANGUAGES(X)
#undef X

#endif
