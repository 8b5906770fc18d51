/* Between the files that read Rust: rust.c has the table, the others what a table cannot say. */
#ifndef BYLAW_PARSE_RUST_H
#define BYLAW_PARSE_RUST_H

#include "parse/walk.h"

/* rust_types.c */
enum visit rust_reference_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_trait_object(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_bounded_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_type_path(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_function_type(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_type_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_where_predicate(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* rust_patterns.c */
enum visit rust_identifier(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_struct_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_field_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_tuple_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_slice_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_captured_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_mut_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_match_pattern(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_let(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_closure_parameters(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_parameter(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* rust_items.c */
enum visit rust_module(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_visibility(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_use(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_extern_crate(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_attribute_item(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_inner_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_impl(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_signature(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_tuple_fields(struct walk *w, TSNode node, enum node_part part, node_id opened);
enum visit rust_foreign_items(struct walk *w, TSNode node, enum node_part part, node_id opened);

/* rust_macros.c */
enum visit rust_macro(struct walk *w, TSNode node, enum node_part part, node_id opened);
/* True right below a macro whose body is parsed again as one expression: its items are the arguments. */
bool rust_is_macro_body(const struct walk *w, enum node_part part);
/* The arguments of an attribute as ARG children of the innermost node. */
void rust_attribute_arguments(struct walk *w, TSNode tree);

/* rust_spelled.c */
/* Declarations without a body for the items that a token tree spells, one level deep. */
void rust_spelled_items(struct walk *w, TSNode tree);

/* rust.c: kind of the innermost open node. */
enum node_kind rust_around(const struct walk *w);

#endif
