/* What several languages' tables share: paths, calls, members, operators, strings. */
#include "parse/compile.h"
#include "parse/text.h"
#include "parse/walk.h"

static const struct compiled_member *member_row(const struct walk *w, TSNode node)
{
	if (ts_node_is_null(node))
		return NULL;
	TSSymbol symbol = ts_node_symbol(node);
	uint8_t index = symbol < w->grammar->symbol_count ? w->grammar->members[symbol] : 0;
	return index ? &w->grammar->member_rows[index - 1] : NULL;
}

static bool is_identifier(const struct walk *w, TSNode node)
{
	TSSymbol symbol = ts_node_symbol(node);
	return symbol < w->grammar->symbol_count && w->grammar->identifiers[symbol];
}

bool walk_path(struct walk *w, TSNode node, struct str *path)
{
	struct str segments[PATH_MOST_SEGMENTS];
	const char *separators[PATH_MOST_SEGMENTS];
	uint32_t count = 0;
	while (!ts_node_is_null(node) && !is_identifier(w, node)) {
		const struct compiled_member *row = member_row(w, node);
		if (!row || count == PATH_MOST_SEGMENTS - 1)
			return false;
		if (!row->property) {
			node = ts_node_child_by_field_id(node, row->object);
			continue;
		}
		segments[count] = walk_text(w, ts_node_child_by_field_id(node, row->property));
		separators[count++] = row->separator;
		node = ts_node_child_by_field_id(node, row->object);
	}
	if (!ts_node_is_null(node)) {
		*path = walk_text(w, node);
		if (count == 0)
			return true;
		separators[count] = "";
		segments[count++] = *path;
	}
	buf_clear(w->scratch);
	for (uint32_t i = count; i > 0; i--) {
		buf_add(w->scratch, segments[i - 1]);
		if (i > 1)
			buf_add_text(w->scratch, separators[i - 2]);
	}
	*path = buf_str(w->scratch);
	return count > 0;
}

struct str walk_property(struct walk *w, TSNode node)
{
	const struct compiled_member *row = member_row(w, node);
	while (row && !row->property) {
		node = ts_node_child_by_field_id(node, row->object);
		row = member_row(w, node);
	}
	if (!row)
		return (struct str){ 0 };
	TSNode property = ts_node_child_by_field_id(node, row->property);
	return ts_node_is_null(property) ? (struct str){ 0 } : walk_text(w, property);
}

enum visit visit_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode callee = ts_node_child_by_field_id(node, w->grammar->callee);
	struct str path;
	if (ts_node_is_null(callee))
		return DESCEND;
	if (walk_path(w, callee, &path)) {
		facts_name(w->facts, opened, path);
		w->skip_field = w->grammar->callee;
	} else {
		facts_name(w->facts, opened, walk_property(w, callee));
	}
	return DESCEND;
}

enum visit visit_member(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	const struct compiled_member *row = member_row(w, node);
	struct str path;
	if (walk_path(w, node, &path)) {
		walk_leaf(w, node, NODE_NAME, part, path);
		return STOP;
	}
	if (part != PART_CALLEE) {
		node_id member = walk_open(w, node, NODE_MEMBER, part);
		facts_name(w->facts, member, walk_property(w, node));
	}
	w->skip_field = row ? row->property : 0;
	w->children = PART_OBJECT;
	return DESCEND;
}

enum visit visit_operator(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode token = walk_field(w, node, FIELD_OPERATOR);
	if (!ts_node_is_null(token))
		facts_name(w->facts, opened, walk_text(w, token));
	return DESCEND;
}

struct str walk_decode(struct walk *w, struct str text)
{
	return text_decode(w->scratch, text);
}

enum visit visit_string(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str text = walk_text(w, node);
	if (text.len >= 2)
		text = str_slice(text, 1, text.len - 1);
	facts_name(w->facts, opened, walk_decode(w, text));
	return STOP;
}
