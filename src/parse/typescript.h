/* Shared by the files of the TypeScript and JavaScript parsers. */
#ifndef BYLAW_PARSE_TYPESCRIPT_H
#define BYLAW_PARSE_TYPESCRIPT_H

#include "parse/walk.h"

/* The table of TSX, which has every node; the dialects take it over. */
extern const struct syntax typescript_syntax[];
extern const struct syntax_part typescript_parts[];
extern const struct syntax_member typescript_members[];
extern const char *const typescript_identifiers[];

/* typescript.c */

/* Is this the kind of the innermost open node? */
bool ts_current_is(const struct walk *w, enum node_kind kind);
/* How far up the open nodes are looked at: deeper nesting is hostile, and each look would cost its depth. */
enum { TS_MOST_LEVELS = 256 };
/* Is a node of one of these kinds open? */
bool ts_is_inside(const struct walk *w, uint64_t kinds);

/* typescript_paths.c */

/* As walk_path, and a["b"] is a.b. */
bool ts_path(struct walk *w, TSNode node, struct str *path);
/* The text between a string literal's quotes, decoded. */
struct str ts_string_text(struct walk *w, TSNode string);
/* What a member or a key is called: an identifier, a string, a number; false for a computed name. */
bool ts_key(struct walk *w, TSNode key, struct str *text);
enum visit visit_ts_call(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_new(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_member(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_subscript(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* typescript_modules.c: imports, and typescript_exports.c: exports; ES modules and CommonJS. */
enum visit visit_ts_import(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_import_alias(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_export(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* `const x = require("m")` and `await import("m")`: true when the declarator was an import. */
bool ts_declares_import(struct walk *w, TSNode declarator, enum node_part part, uint32_t flags);
/* module.exports = …, exports.a = …; called while the assignment is the innermost node. */
void ts_note_commonjs_export(struct walk *w, TSNode assignment);
/* require("m") and import("m") wherever they stand. */
void ts_note_call_import(struct walk *w, TSNode call, node_id node);
/* What is exported or ambient says so, as soon as it is opened. */
void ts_attach_modifiers(struct walk *w, TSNode node);

/* typescript_declarations.c */
enum visit visit_ts_class(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_extends(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_js_heritage(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_decorator(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_method(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_field(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_accessibility(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_enum_value(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_enum_name(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_namespace(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_ambient(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_variables(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_declarator(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* Decorators, and what ts_attach_modifiers knows: everything that waits for a node. */
void ts_wait(struct walk *w, TSNode node);
/* READONLY for const, FUNCTION_SCOPED for var. */
uint32_t ts_kind_flags(struct str kind);

/* typescript_patterns.c: parameters, and what destructuring takes apart. */
enum visit visit_ts_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_rest(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_assignment_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_catch(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* typescript_types.c: types and JSX */
enum visit visit_ts_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_type_name(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_opaque_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_union(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_object_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_jsx(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_jsx_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_jsx_text(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* typescript_arguments.c: the type arguments between a callee and its arguments, when the parser did not see
 * them. */
void ts_type_arguments(struct walk *w, TSNode call, TSNode callee);

/* typescript_gaps.c: what the grammars do not know yet (grammar.h, prepare). */
bool ts_mend(struct str bytes, struct buf *changed);
bool tsx_mend(struct str bytes, struct buf *changed);
bool jsx_mend(struct str bytes, struct buf *changed);

#endif
