#include "parse/walk.h"

const TSLanguage *tree_sitter_proto(void);

/* Offset behind the white space and comments that start at `i`. */
static uint32_t skip_blank(struct str text, uint32_t i)
{
	while (i < text.len) {
		char c = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
		if (c == '/' && next == '/') {
			while (i < text.len && text.ptr[i] != '\n')
				i++;
		} else if (c == '/' && next == '*') {
			i += 2;
			while (i < text.len && !(text.ptr[i] == '/' && text.ptr[i - 1] == '*'))
				i++;
			i += i < text.len;
		} else if (c == ' ' || (c >= '\t' && c <= '\r')) {
			i++;
		} else {
			break;
		}
	}
	return i;
}

/* Names and numbers may be written with blanks and comments inside: `( acme . opt ) . x`, `- 1`. */
static struct str joined(struct walk *w, TSNode node)
{
	struct str text = walk_text(w, node);
	bool plain = true;
	for (uint32_t i = 0; i < text.len && plain; i++)
		plain = skip_blank(text, i) == i;
	if (plain)
		return text;
	buf_clear(w->scratch);
	for (uint32_t i = skip_blank(text, 0); i < text.len; i = skip_blank(text, i + 1))
		buf_add_char(w->scratch, text.ptr[i]);
	return buf_str(w->scratch);
}

/* OPEN rows whose name is a path. */
static enum visit visit_joined_name(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, joined(w, walk_field(w, node, FIELD_NAME)));
	w->skip_field = walk_field_id(w, FIELD_NAME);
	return DESCEND;
}

/* OPEN rows whose whole text is a path or a number. */
static enum visit visit_joined(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, joined(w, node));
	return STOP;
}

/* Adjacent literals are one string. */
static struct str add_literals(struct walk *w, struct str text, struct buf *out)
{
	for (uint32_t i = skip_blank(text, 0); i < text.len; i = skip_blank(text, i)) {
		uint32_t start = i++;
		while (i < text.len && text.ptr[i] != text.ptr[start])
			i += text.ptr[i] == '\\' ? 2 : 1;
		buf_add(out, walk_decode(w, str_slice(text, start + 1, i)));
		i++;
	}
	return buf_str(out);
}

static enum visit visit_literals(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	if (ts_node_named_child_count(node) < 2)
		return visit_string(w, node, part, opened);
	struct buf text = { 0 };
	facts_name(w->facts, opened, add_literals(w, walk_text(w, node), &text));
	buf_release(&text);
	return STOP;
}

/* An import binds all names of the file; a public one hands them on, which is an export of everything. */
static enum visit visit_import(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	struct str modifier = walk_text(w, walk_field(w, node, FIELD_MODIFIER));
	visit_literals(w, walk_field(w, node, FIELD_PATH), part, opened);
	uint32_t module = w->facts->nodes.items[opened].name;
	struct import import = {
		.node = opened, .module = module, .imported = facts_string(w->facts, STR("*")), .flags = IMPORT_GLOB
	};
	if (str_is(modifier, "public")) {
		struct export export = { .node = opened, .module = module, .flags = EXPORT_STAR };
		vec_push(&w->facts->exports, export);
		facts_flag(w->facts, opened, (uint32_t)FLAG_EXPORTED);
	} else if (str_is(modifier, "weak")) {
		facts_flag(w->facts, opened, (uint32_t)FLAG_OPTIONAL);
	} else if (str_is(modifier, "option")) {
		facts_flag(w->facts, opened, (uint32_t)FLAG_TYPE_ONLY);
		import.flags |= IMPORT_TYPE_ONLY;
	}
	vec_push(&w->facts->imports, import);
	return STOP;
}

/* optional, required, repeated; export, local. */
static enum visit visit_modifier(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	static const struct {
		const char *word;
		enum node_flag flag;
	} rows[] = {
		{ "optional", FLAG_OPTIONAL },
		{ "repeated", FLAG_REPEATED },
		{ "required", FLAG_REQUIRED },
		{ "export", FLAG_EXPORTED },
		{ "local", FLAG_PRIVATE },
	};
	for (unsigned i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(walk_text(w, node), rows[i].word))
			facts_flag(w->facts, facts_current(w->facts), (uint32_t)rows[i].flag);
	return STOP;
}

static enum visit visit_map_field(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	TSNode value = walk_field(w, node, FIELD_VALUE);
	uint32_t end = ts_node_is_null(value) ? walk_end(w, node) : walk_end(w, value);
	node_id map = facts_open(w->facts, NODE_TYPE, PART_TYPE, walk_start(w, node), end);
	facts_name(w->facts, map, STR("map"));
	walk_here(w, walk_field(w, node, FIELD_KEY), PART_TYPE);
	walk_here(w, value, PART_TYPE);
	walk_close(w);
	return DESCEND;
}

/* A group declares a message and a field of it, whose name is the message's in lower case. */
static enum visit visit_group(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	TSNode name = walk_field(w, node, FIELD_NAME);
	struct str text = walk_text(w, name);
	buf_clear(w->scratch);
	for (uint32_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		buf_add_char(w->scratch, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
	}
	facts_name(w->facts, opened, buf_str(w->scratch));
	w->skip_field = walk_field_id(w, FIELD_NAME);
	if (!ts_node_is_null(name))
		walk_leaf(w, name, NODE_TYPE, PART_TYPE, text);
	return DESCEND;
}

/* The body of a message is its own; a group's is the message that the group declares. */
static enum visit visit_message_body(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (part != PART_BODY)
		return DESCEND;
	node_id type = facts_current(w->facts) + 1;
	node_id class = walk_open(w, node, NODE_CLASS, PART_NONE);
	w->facts->nodes.items[class].name = w->facts->nodes.items[type].name;
	w->children = PART_NONE;
	return DESCEND;
}

static TSNode child_in(TSNode node, const char *field)
{
	return ts_node_child_by_field_name(node, field, (uint32_t)strlen(field));
}

/* `5 to 9` is a range, `5` alone a number. */
static enum visit visit_range(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (!ts_node_is_null(child_in(node, "to"))) {
		walk_open(w, node, NODE_RANGE, part);
		return DESCEND;
	}
	walk_leaf(w, node, NODE_NUMBER, part, joined(w, node));
	return STOP;
}

static enum visit visit_extend(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	facts_name(w->facts, opened, joined(w, walk_field(w, node, FIELD_TYPE)));
	return DESCEND;
}

static void add_message(struct walk *w, TSNode type, TSNode stream, enum node_part part)
{
	if (ts_node_is_null(type))
		return;
	node_id id = walk_leaf(w, type, NODE_TYPE, part, joined(w, type));
	if (!ts_node_is_null(stream))
		facts_flag(w->facts, id, (uint32_t)FLAG_STREAM);
}

static enum visit visit_rpc(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	add_message(w, child_in(node, "request"), child_in(node, "request_stream"), PART_REQUEST);
	add_message(w, child_in(node, "response"), child_in(node, "response_stream"), PART_RESPONSE);
	return DESCEND;
}

// clang-format off
static const struct syntax syntax[] = {
	/* the file */
	{ "syntax", OPEN, NODE_OPTION, .text = "syntax" },
	{ "edition", OPEN, NODE_OPTION, .text = "edition" },
	{ "package", OPEN, NODE_NAMESPACE, .enter = visit_joined_name },
	{ "import", OPEN, NODE_IMPORT, .enter = visit_import },
	/* messages */
	{ "message", OPEN, NODE_CLASS, .name = "name" },
	{ "message_body", PASS, .enter = visit_message_body },
	{ "field", OPEN, NODE_FIELD, .name = "name" },
	{ "map_field", OPEN, NODE_FIELD, .name = "name", .enter = visit_map_field },
	{ "group", OPEN, NODE_FIELD, (uint32_t)FLAG_GROUP, .enter = visit_group },
	{ "oneof", OPEN, NODE_ONEOF, .name = "name" },
	{ "extend", OPEN, NODE_EXTEND, .enter = visit_extend },
	{ "extensions", OPEN, NODE_EXTENSIONS },
	{ "reserved", OPEN, NODE_RESERVED },
	{ "range", PASS, .enter = visit_range },
	{ "max", LEAF, NODE_NUMBER },
	{ "label", PASS, .enter = visit_modifier },
	{ "visibility", PASS, .enter = visit_modifier },
	/* enums */
	{ "enum", OPEN, NODE_ENUM, .name = "name" },
	{ "enum_value", OPEN, NODE_ENUM_VALUE, .name = "name" },
	/* services */
	{ "service", OPEN, NODE_INTERFACE, .name = "name" },
	{ "rpc", OPEN, NODE_FUNCTION, .name = "name", .enter = visit_rpc },
	/* types */
	{ "primitive_type", LEAF, NODE_TYPE },
	{ "type_name", OPEN, NODE_TYPE, .enter = visit_joined },
	/* options and their values */
	{ "option", OPEN, NODE_OPTION, .enter = visit_joined_name },
	{ "field_option", OPEN, NODE_OPTION, .enter = visit_joined_name },
	{ "message_literal", OPEN, NODE_OBJECT },
	{ "literal_field", OPEN, NODE_PAIR, .enter = visit_joined_name },
	{ "list_literal", OPEN, NODE_ARRAY },
	{ "string", OPEN, NODE_STRING, .enter = visit_literals },
	{ "integer", OPEN, NODE_NUMBER, .enter = visit_joined },
	{ "float", OPEN, NODE_NUMBER, .enter = visit_joined },
	{ "boolean", LEAF, NODE_CONST },
	{ "identifier", LEAF, NODE_NAME },
	{ "full_identifier", OPEN, NODE_NAME, .enter = visit_joined },
	{ "comment", COMMENT },
	{ 0 },
};

static const struct syntax_part parts[] = {
	{ NULL, "type", PART_TYPE },
	{ NULL, "number", PART_NUMBER },
	{ NULL, "value", PART_VALUE },
	{ NULL, "from", PART_LEFT },
	{ NULL, "to", PART_RIGHT },
	{ "extend", "type", PART_SKIP },
	{ "group", "body", PART_BODY },
	{ "map_field", "key", PART_SKIP },
	{ "map_field", "value", PART_SKIP },
	{ "rpc", "request", PART_SKIP },
	{ "rpc", "request_stream", PART_SKIP },
	{ "rpc", "response", PART_SKIP },
	{ "rpc", "response_stream", PART_SKIP },
	{ 0 },
};
// clang-format on

const struct grammar grammar_proto = { .language = tree_sitter_proto, .syntax = syntax, .parts = parts };
