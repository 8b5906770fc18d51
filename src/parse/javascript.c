#include "parse/typescript.h"

const TSLanguage *tree_sitter_javascript(void);

/* What JavaScript's grammar calls otherwise; everything else is TSX's. */
static const struct syntax syntax[] = {
	{ "field_definition", OPEN, NODE_FIELD, .enter = visit_ts_field },
	{ "class_heritage", PASS, .children = PART_BASE, .enter = visit_js_heritage },
	{ "using_declaration", PASS, .enter = visit_ts_variables },
	{ 0 },
};

const struct grammar grammar_javascript = {
	.language = tree_sitter_javascript,
	.syntax = syntax,
	.dialect_of = &grammar_tsx,
	.parts = typescript_parts,
	.members = typescript_members,
	.identifiers = typescript_identifiers,
	.callee = "function",
	.prepare = jsx_mend,
};
