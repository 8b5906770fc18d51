/* What an expression is called: keys, paths, and the calls and members that they name. */
#include "parse/typescript.h"

struct str ts_string_text(struct walk *w, TSNode string)
{
	struct str text = walk_text(w, string);
	return text.len >= 2 ? walk_decode(w, str_slice(text, 1, text.len - 1)) : STR("");
}

bool ts_key(struct walk *w, TSNode key, struct str *text)
{
	*text = walk_text(w, key);
	if (text->len && text->ptr[0] == '[') {
		key = ts_node_named_child(key, 0);
		if (!walk_type_is(key, "string"))
			return false;
		*text = walk_text(w, key);
	}
	if (text->len && (text->ptr[0] == '"' || text->ptr[0] == '\''))
		*text = ts_string_text(w, key);
	return text->len > 0;
}

/* ---- calls and members ---- */

static bool is_name(struct str text)
{
	for (uint32_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool letter = c == '_' || c == '$' || char_is_letter(c);
		if (!letter && !(i && char_is_digit(c)))
			return false;
	}
	return text.len > 0;
}

/* The name in a["name"], or an empty slice. */
static struct str literal_index(const struct walk *w, TSNode node)
{
	TSNode index = walk_field(w, node, FIELD_INDEX);
	if (!walk_type_is(index, "string"))
		return (struct str){ 0 };
	struct str text = walk_text(w, index);
	text = str_slice(text, 1, text.len ? text.len - 1 : 0);
	return is_name(text) ? text : (struct str){ 0 };
}

/* A path with at least one literal index in it. */
static bool folded_path(struct walk *w, TSNode node, struct str *path)
{
	struct str segments[PATH_MOST_SEGMENTS], first = { 0 };
	uint32_t count = 0;
	bool folded = false;
	for (; count < PATH_MOST_SEGMENTS && str_empty(first); count++) {
		bool index = walk_type_is(node, "subscript_expression");
		if (index || walk_type_is(node, "member_expression"))
			segments[count] = index ? literal_index(w, node)
						: walk_text(w, walk_field(w, node, FIELD_PROPERTY));
		else if (!folded || !walk_path(w, node, &first))
			return false;
		else
			segments[count] = first;
		if (str_empty(segments[count]))
			return false;
		folded |= index;
		node = walk_field(w, node, FIELD_OBJECT);
	}
	if (str_empty(first))
		return false;
	buf_clear(w->scratch);
	for (uint32_t i = count; i > 0; i--) {
		buf_add(w->scratch, segments[i - 1]);
		if (i > 1)
			buf_add_char(w->scratch, '.');
	}
	*path = buf_str(w->scratch);
	return true;
}

bool ts_path(struct walk *w, TSNode node, struct str *path)
{
	return walk_path(w, node, path) || folded_path(w, node, path);
}

/* Is there a ?. in what spells this path? */
static uint32_t optional_flag(const struct walk *w, TSNode path)
{
	return str_find(walk_text(w, path), '?') == UINT32_MAX ? 0 : (uint32_t)FLAG_OPTIONAL;
}

enum visit visit_ts_call(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode callee = walk_field(w, node, FIELD_FUNCTION), arguments = walk_field(w, node, FIELD_ARGUMENTS);
	struct str path;
	if (str_starts(walk_text(w, arguments), STR("`")))
		facts_flag(w->facts, opened, (uint32_t)FLAG_TAGGED);
	if (ts_node_is_null(callee))
		return DESCEND;
	if (!ts_path(w, callee, &path)) {
		path = walk_property(w, callee);
		if (str_empty(path) && walk_type_is(callee, "import")) {
			path = STR("import");
			w->skip_field = walk_field_id(w, FIELD_FUNCTION);
			ts_note_call_import(w, node, opened);
		}
	} else {
		w->skip_field = walk_field_id(w, FIELD_FUNCTION);
		facts_flag(w->facts, opened, optional_flag(w, callee));
		if (str_is(path, "require"))
			ts_note_call_import(w, node, opened);
	}
	facts_name(w->facts, opened, path);
	ts_type_arguments(w, node, callee);
	return DESCEND;
}

enum visit visit_ts_new(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode constructor = walk_field(w, node, FIELD_CONSTRUCTOR);
	struct str path;
	if (ts_path(w, constructor, &path)) {
		facts_name(w->facts, opened, path);
		w->skip_field = walk_field_id(w, FIELD_CONSTRUCTOR);
	} else {
		facts_name(w->facts, opened, walk_property(w, constructor));
	}
	ts_type_arguments(w, node, constructor);
	return DESCEND;
}

/* import("m").T as a type. */
static enum visit visit_imported_type(struct walk *w, TSNode node, enum node_part part)
{
	node_id type = walk_open(w, node, NODE_TYPE, part);
	facts_name(w->facts, type, walk_text(w, node));
	for (unsigned i = 0; i < PATH_MOST_SEGMENTS && walk_type_is(node, "member_expression"); i++)
		node = walk_field(w, node, FIELD_OBJECT);
	ts_note_call_import(w, node, type);
	return STOP;
}

enum visit visit_ts_member(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path;
	if (part == PART_TYPE || part == PART_RESULT)
		return visit_imported_type(w, node, part);
	if (ts_path(w, node, &path)) {
		facts_flag(w->facts, walk_leaf(w, node, NODE_NAME, part, path), optional_flag(w, node));
		return STOP;
	}
	return visit_member(w, node, part, opened);
}

enum visit visit_ts_subscript(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	struct str path;
	if (folded_path(w, node, &path)) {
		facts_flag(w->facts, walk_leaf(w, node, NODE_NAME, part, path), optional_flag(w, node));
		return STOP;
	}
	walk_open(w, node, NODE_INDEX, part);
	return DESCEND;
}
