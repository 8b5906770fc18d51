/* One walk over one syntax tree, writing facts. What handlers in src/parse/<language>.c may use. */
#ifndef BYLAW_PARSE_WALK_H
#define BYLAW_PARSE_WALK_H

#include "parse/cursor.h"
#include "parse/grammar.h"

/* Fields that handlers ask for, resolved once for each grammar; absent ones have no child. */
/* clang-format off */
#define FIELDS(X)                                                                                        \
	X(ALIAS, "alias") X(ALTERNATIVE, "alternative") X(ARGUMENT, "argument") X(ARGUMENTS, "arguments") \
	X(ATTRIBUTE, "attribute") X(BODY, "body") X(BOUNDS, "bounds") X(CONDITION, "condition")          \
	X(CONSEQUENCE, "consequence") X(CONSTRUCTOR, "constructor") X(DECLARATION, "declaration")        \
	X(DEFINITION, "definition") X(FIELD, "field") X(FUNCTION, "function") X(HANDLER, "handler") X(INDEX, "index")      \
	X(INITIALIZER, "initializer") X(KEY, "key") X(KIND, "kind") X(LABEL, "label") X(LEFT, "left")    \
	X(MACRO, "macro") X(MODIFIER, "modifier") X(MODULE_NAME, "module_name") X(NAME, "name")          \
	X(NUMBER, "number") X(OBJECT, "object") X(OPERATOR, "operator") X(OPERAND, "operand") X(OPEN_TAG, "open_tag")            \
	X(PACKAGE, "package") X(PARAMETER, "parameter") X(PARAMETERS, "parameters") X(PATH, "path")      \
	X(PATTERN, "pattern") X(PROPERTY, "property") X(RECEIVER, "receiver") X(RESULT, "result")        \
	X(RETURN_TYPE, "return_type") X(RIGHT, "right") X(SOURCE, "source") X(SUBJECT, "subject")        \
	X(SUBSCRIPT, "subscript") X(TRAIT, "trait") X(TYPE, "type") X(TYPE_ARGUMENTS, "type_arguments")  \
	X(TYPE_PARAMETERS, "type_parameters") X(VALUE, "value")
/* clang-format on */

enum field {
#define X(id, name) FIELD_##id,
	FIELDS(X)
#undef X
		FIELD_COUNT
};

enum { DEFERRED_MOST = 32 };

/* The longest path (a.b.c…) that is kept as one name; longer ones are members of members. */
enum { PATH_MOST_SEGMENTS = 16 };

struct compiled_grammar;
struct parser;

struct walk {
	struct facts_builder *facts;
	const struct compiled_grammar *grammar;
	struct parser *parser;
	struct str source; /* what is being walked: the file, or a stretch of it parsed again */
	uint32_t offset; /* where `source` starts in the file */
	uint32_t depth; /* how many times a stretch was parsed again to get here */
	struct buf *scratch; /* for building one name */
	/* Set by a handler for the node it was called for: */
	uint16_t skip_field; /* the child in this field is not visited */
	uint8_t children; /* part of its field-less children */
	/* While a stretch is parsed again: the bytes of the file that it is, so that no node leaves it. */
	uint32_t least, most;
	/* What waits for the next node to be opened (walk_defer). */
	void (*deferred)(struct walk *w, TSNode node);
	uint8_t deferred_count;
	TSNode deferred_nodes[DEFERRED_MOST];
	struct str label; /* from the handler of a label to that of the statement behind it; the engine ignores it */
};

/* Empty for no node. */
struct str walk_text(const struct walk *w, TSNode node);
TSNode walk_field(const struct walk *w, TSNode node, enum field field);
/* Stands on `node`; cursor_end before the handler returns, and the last to be made is the first to end. */
struct cursor walk_cursor(const struct walk *w, TSNode node);
uint16_t walk_field_id(const struct walk *w, enum field field);
bool walk_type_is(TSNode node, const char *type);
/* Has it an anonymous child such as "async"? */
bool walk_has_token(TSNode node, const char *token);
uint32_t walk_start(const struct walk *w, TSNode node);
uint32_t walk_end(const struct walk *w, TSNode node);

/* Opens a node over `node`; it is closed when the walk leaves the node whose handler is running. */
node_id walk_open(struct walk *w, TSNode node, enum node_kind kind, enum node_part part);
node_id walk_leaf(struct walk *w, TSNode node, enum node_kind kind, enum node_part part, struct str name);
/* Closes the innermost node that this handler opened, before the walk leaves. */
void walk_close(struct walk *w);

/* The path that an expression spells (a, a.b, a::b.c), or false when it is anything else. Valid until the next. */
bool walk_path(struct walk *w, TSNode node, struct str *path);
/* The property's text when `node` is a member expression, else an empty slice. */
struct str walk_property(struct walk *w, TSNode node);

/* Walks `node` (and what is below it) here and now, as this part. For handlers that reorder what they see. */
void walk_here(struct walk *w, TSNode node, enum node_part part);
/*
 * Parses the stretch [start, end) of the current source again, with `suffix` behind it, and walks what comes out.
 * For macro bodies; does nothing below a certain depth.
 */
void walk_again(struct walk *w, uint32_t start, uint32_t end, const char *suffix, enum node_part part);
/* The same with text before it, too; writes nothing and returns false when that does not parse without an error. */
bool walk_again_between(
	struct walk *w, uint32_t start, uint32_t end, const char *prefix, const char *suffix, enum node_part part);

/*
 * Calls `attach` for `node` as soon as the next fact node is opened, while that is the innermost one. For grammars
 * in which an attribute stands before what it belongs to. There is one `attach` for a grammar; what waits beyond
 * DEFERRED_MOST is dropped.
 */
void walk_defer(struct walk *w, TSNode node, void (*attach)(struct walk *w, TSNode node));

/* Handlers that several languages share. */
enum visit visit_call(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_member(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* Names the opened node by its operator's token. */
enum visit visit_operator(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* Names the opened STRING by its text between quotes, escapes decoded as C, JavaScript, Go and Python do. */
enum visit visit_string(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* Decodes backslash escapes of text that stands between quotes. Valid until the next walk_path or decode. */
struct str walk_decode(struct walk *w, struct str text);

#endif
