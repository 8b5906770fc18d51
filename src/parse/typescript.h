/* Shared by the files of the TypeScript and JavaScript parsers. */
#ifndef BYLAW_PARSE_TYPESCRIPT_H
#define BYLAW_PARSE_TYPESCRIPT_H

#include "parse/walk.h"

/* The table of TSX, which has every node; the dialects take it over. */
extern const struct syntax typescript_syntax[];
extern const struct syntax_part typescript_parts[];
extern const struct syntax_member typescript_members[];
extern const char *const typescript_identifiers[];

/* typescript_modules.c: imports and exports, ES modules and CommonJS. */
enum visit visit_ts_import(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_export(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* `const x = require("m")` and `await import("m")`: true when the declarator was an import. */
bool ts_declares_import(struct walk *w, TSNode declarator, enum node_part part);
/* module.exports = …, exports.a = … */
void ts_note_commonjs_export(struct walk *w, TSNode assignment);
/* require("m") and import("m") wherever they stand. */
void ts_note_call_import(struct walk *w, TSNode call, node_id node);

/* typescript_declarations.c */
enum visit visit_ts_class(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_decorator(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_method(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_accessibility(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_variables(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_declarator(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_assignment_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_shorthand(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit visit_ts_property(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* The text between a string literal's quotes. */
struct str ts_string_text(struct walk *w, TSNode string);

#endif
