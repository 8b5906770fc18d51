#include "parse/text.h"
#include "parse/walk.h"

const TSLanguage *tree_sitter_toml(void);

/* The key at *i, quotes and escapes undone, as the next segment of `out`; moves *i behind it. */
static void add_segment(struct walk *w, struct str key, uint32_t *i, struct buf *out)
{
	char quote = key.ptr[*i];
	uint32_t start = *i;
	if (quote != '"' && quote != '\'') {
		while (*i < key.len && !memchr(". \t", key.ptr[*i], 3))
			++*i;
		buf_add(out, str_slice(key, start, *i));
		return;
	}
	for (++*i; *i < key.len && key.ptr[*i] != quote; ++*i)
		*i += quote == '"' && key.ptr[*i] == '\\';
	struct str inside = str_slice(key, start + 1, *i);
	buf_add(out, quote == '"' ? walk_decode(w, inside) : inside);
	++*i;
}

/* `tool . "poetry".name` is tool.poetry.name. */
static void name_by_key(struct walk *w, node_id id, TSNode key)
{
	struct str text = walk_text(w, key);
	struct buf name = { 0 };
	if (!walk_type_is(key, "bare_key")) {
		for (uint32_t i = 0; i < text.len;) {
			if (memchr(". \t", text.ptr[i], 3))
				i++;
			else
				add_segment(w, text, &i, &name);
			if (i < text.len && text.ptr[i] == '.')
				buf_add_char(&name, '.');
		}
		text = buf_str(&name);
	}
	facts_name(w->facts, id, text);
	buf_release(&name);
}

/* The key is the first named child that is no comment. */
static TSNode key_of(TSNode node)
{
	enum { LOOK_AT = 4 };
	uint32_t count = ts_node_named_child_count(node);
	for (uint32_t i = 0; i < count && i < LOOK_AT; i++) {
		TSNode child = ts_node_named_child(node, i);
		if (walk_type_is(child, "bare_key") || walk_type_is(child, "dotted_key") ||
			walk_type_is(child, "quoted_key"))
			return child;
	}
	return (TSNode){ 0 };
}

static enum visit visit_pair(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode key = key_of(node);
	if (!ts_node_is_null(key))
		name_by_key(w, opened, key);
	return DESCEND;
}

/* [table] is a key of the file whose value holds the table's pairs. */
static enum visit visit_table(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	visit_pair(w, node, part, opened);
	walk_open(w, node, NODE_OBJECT, PART_VALUE);
	w->children = PART_NONE;
	return DESCEND;
}

/* Four kinds of quotes; a line break right behind the opening three does not count. */
static enum visit visit_toml_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	bool literal = text.len && text.ptr[0] == '\'';
	uint32_t quotes = str_starts(text, STR("\"\"\"")) || str_starts(text, STR("'''")) ? 3 : 1;
	if (text.len < 2 * quotes)
		return STOP;
	text = str_slice(text, quotes, text.len - quotes);
	if (quotes == 3 && str_starts(text, STR("\r")))
		text = str_slice(text, 1, text.len);
	if (quotes == 3 && str_starts(text, STR("\n")))
		text = str_slice(text, 1, text.len);
	facts_name(w->facts, opened, literal ? text : walk_decode(w, text));
	return STOP;
}

// clang-format off
static const struct syntax syntax[] = {
	{ "table", OPEN, NODE_PAIR, .enter = visit_table },
	{ "table_array_element", OPEN, NODE_PAIR, (uint32_t)FLAG_REPEATED, .enter = visit_table },
	{ "pair", OPEN, NODE_PAIR, .children = PART_VALUE, .enter = visit_pair },
	{ "bare_key", SKIP },
	{ "dotted_key", SKIP },
	{ "quoted_key", SKIP },
	{ "inline_table", OPEN, NODE_OBJECT },
	{ "array", OPEN, NODE_ARRAY },
	{ "string", OPEN, NODE_STRING, .enter = visit_toml_string },
	{ "integer", LEAF, NODE_NUMBER },
	{ "float", LEAF, NODE_NUMBER },
	{ "boolean", LEAF, NODE_CONST },
	{ "offset_date_time", LEAF, NODE_STRING },
	{ "local_date_time", LEAF, NODE_STRING },
	{ "local_date", LEAF, NODE_STRING },
	{ "local_time", LEAF, NODE_STRING },
	{ "comment", COMMENT },
	{ 0 },
};

static const struct syntax_part parts[] = { { 0 } };
// clang-format on

const struct grammar grammar_toml = { .language = tree_sitter_toml, .syntax = syntax, .parts = parts };
