/* Items of Rust: imports, attributes, impl blocks. */
#include "parse/rust.h"

#include <stdio.h>

enum node_kind rust_around(const struct walk *w)
{
	return (enum node_kind)w->facts->nodes.items[facts_current(w->facts)].kind;
}

/* --- modules and visibility --- */

enum visit rust_module(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	if (ts_node_is_null(walk_field(w, node, FIELD_BODY)))
		facts_flag(w->facts, opened, (uint32_t)FLAG_ABSTRACT);
	return DESCEND;
}

/* pub is seen by everybody, pub(crate) and pub(in a::b) by part of this crate, pub(super) by the module around. */
static uint32_t visibility(const struct walk *w, TSNode modifier)
{
	struct str text = walk_text(w, modifier);
	if (str_is(text, "pub"))
		return FLAG_EXPORTED;
	bool parent = str_is(text, "pub(super)") || str_is(text, "pub(in super)");
	return (uint32_t)FLAG_PRIVATE | (parent ? 0 : (uint32_t)FLAG_EXPORTED);
}

enum visit rust_visibility(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	facts_flag(w->facts, facts_current(w->facts), visibility(w, node));
	return STOP;
}

/* --- use --- */

enum { USE_MOST_DEPTH = 32 };

/* One `use` under way. w->scratch holds the path that the lists around have in common, "a::b::". */
struct use {
	struct walk *w;
	node_id node;
	bool lazy, public;
	uint8_t flags; /* of each of its rows */
};

/* Inside a function? Its node stands near the file's, below modules and an impl block. */
static bool is_lazy(const struct facts_builder *b)
{
	for (uint32_t i = 0; i < b->open.count && i < USE_MOST_DEPTH; i++)
		if (b->nodes.items[b->open.items[i]].kind == NODE_FUNCTION)
			return true;
	return false;
}

static void add_import(const struct use *u, struct str module, struct str imported, struct str local, uint8_t flags)
{
	struct facts_builder *b = u->w->facts;
	struct import import = {
		.node = u->node,
		.module = facts_string(b, module),
		.imported = facts_string(b, imported),
		.local = str_is(local, "_") ? 0 : facts_string(b, local),
		.flags = (uint8_t)(flags | u->flags | (u->lazy ? IMPORT_LAZY : 0)),
	};
	vec_push(&b->imports, import);
	if (!b->nodes.items[u->node].name)
		facts_name(b, u->node, module);
	if (!u->public)
		return;
	bool whole = str_is(imported, "*");
	struct export export = {
		.node = u->node,
		.name = facts_string(b, local),
		.local = whole ? 0 : facts_string(b, imported),
		.module = facts_string(b, module),
		.flags = whole ? EXPORT_STAR : 0,
	};
	vec_push(&b->exports, export);
}

static struct str without_separator(struct str path)
{
	while (path.len && path.ptr[path.len - 1] == ':')
		path.len--;
	return path;
}

static struct str last_segment(struct str path)
{
	uint32_t colon = str_rfind(path, ':');
	return colon == UINT32_MAX ? path : str_slice(path, colon + 1, path.len);
}

static void add_prefix(struct buf *prefix, struct str path)
{
	if (str_starts(path, STR("::")))
		path = str_slice(path, 2, path.len);
	if (!path.len)
		return;
	buf_add(prefix, path);
	buf_add_text(prefix, "::");
}

/* a::b::c imports c of a::b; a alone, and {self} below a, import the whole of a. */
static void add_name(const struct use *u, struct str path, struct str alias)
{
	struct buf *prefix = u->w->scratch;
	uint32_t common = prefix->len;
	if (!common || !str_is(path, "self"))
		add_prefix(prefix, path);
	struct str full = without_separator(buf_str(prefix));
	struct str last = last_segment(full);
	struct str module = without_separator(str_slice(full, 0, full.len - last.len));
	struct str local = alias.len ? alias : last;
	if (module.len)
		add_import(u, module, last, local, 0);
	else
		add_import(u, full, STR("*"), local, 0);
	prefix->len = common;
}

static void add_glob(const struct use *u, TSNode path)
{
	struct buf *prefix = u->w->scratch;
	uint32_t common = prefix->len;
	if (!ts_node_is_null(path))
		add_prefix(prefix, walk_text(u->w, path));
	add_import(u, without_separator(buf_str(prefix)), STR("*"), (struct str){ 0 }, IMPORT_GLOB);
	prefix->len = common;
}

/* Takes one clause; true when the clauses inside of it are to be taken, too. */
static bool add_clause(const struct use *u, TSNode node)
{
	struct walk *w = u->w;
	TSNode path = walk_field(w, node, FIELD_PATH);
	if (!ts_node_is_named(node) || ts_node_is_extra(node))
		return false;
	if (walk_type_is(node, "use_list"))
		return true;
	if (walk_type_is(node, "scoped_use_list")) {
		if (!ts_node_is_null(path))
			add_prefix(w->scratch, walk_text(w, path));
		return true;
	}
	if (walk_type_is(node, "use_as_clause"))
		add_name(u, walk_text(w, path), walk_text(w, walk_field(w, node, FIELD_ALIAS)));
	else if (walk_type_is(node, "use_wildcard"))
		add_glob(u, ts_node_named_child(node, 0));
	else
		add_name(u, walk_text(w, node), (struct str){ 0 });
	return false;
}

/* The tree of clauses, without recursion: `lengths` remembers how much of the path each level found. */
static void add_clauses(const struct use *u, TSNode argument)
{
	struct walk *w = u->w;
	uint32_t lengths[USE_MOST_DEPTH], depth = 0;
	struct cursor cursor = walk_cursor(w, argument);
	buf_clear(w->scratch);
	for (;;) {
		lengths[depth] = w->scratch->len;
		bool path = depth && cursor.field == walk_field_id(w, FIELD_PATH);
		if (!path && add_clause(u, cursor.node) && depth + 1 < USE_MOST_DEPTH && cursor_down(&cursor)) {
			depth++;
			continue;
		}
		w->scratch->len = lengths[depth];
		while (depth && !cursor_next(&cursor)) {
			cursor_up(&cursor);
			w->scratch->len = lengths[--depth];
		}
		if (!depth)
			break;
	}
	cursor_end(&cursor);
}

static struct use use_begin(struct walk *w, TSNode node, node_id opened)
{
	TSNode modifier = ts_node_named_child(node, 0);
	bool public = walk_type_is(modifier, "visibility_modifier");
	if (public)
		facts_flag(w->facts, opened, visibility(w, modifier));
	return (struct use){ .w = w, .node = opened, .lazy = is_lazy(w->facts), .public = public };
}

/* One IMPORT for a declaration, named by what its names have in common; a row of the table for each name. */
enum visit rust_use(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct use use = use_begin(w, node, opened);
	TSNode argument = walk_field(w, node, FIELD_ARGUMENT);
	if (str_starts(walk_text(w, argument), STR("::")))
		use.flags = IMPORT_ABSOLUTE;
	TSNode common = walk_field(w, argument, FIELD_PATH);
	if (walk_type_is(argument, "scoped_use_list") && !ts_node_is_null(common))
		facts_name(w->facts, opened, walk_text(w, common));
	if (!ts_node_is_null(argument))
		add_clauses(&use, argument);
	return STOP;
}

enum visit rust_extern_crate(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct use use = use_begin(w, node, opened);
	use.flags = IMPORT_ABSOLUTE;
	struct str name = walk_text(w, walk_field(w, node, FIELD_NAME));
	TSNode alias = walk_field(w, node, FIELD_ALIAS);
	add_import(&use, name, STR("*"), ts_node_is_null(alias) ? name : walk_text(w, alias), 0);
	return STOP;
}

/* --- attributes --- */

/* Attributes whose last segment makes a function (part of) a test: #[test], #[tokio::test], #[rstest]. */
static bool is_test_attribute(struct str path)
{
	static const char *const names[] = { "test", "bench", "rstest", "fixture", "test_case", "proptest",
		"wasm_bindgen_test", "quickcheck" };
	struct str last = last_segment(path);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(last, names[i]))
			return true;
	return false;
}

/* A feature for tests: test, testing, test-utils. A test network is as real as the other. */
static bool is_for_tests(struct str feature)
{
	return str_starts(feature, STR("test")) && !str_starts(feature, STR("testnet"));
}

/* Does a condition such as (any(test, feature = "testing")) name `test`, or a feature called so, outside of every not(…)? */
static bool asks_for_test(struct str condition)
{
	uint32_t depth = 0, denied = 0; /* `denied`: the depth of the outermost not( */
	struct str word = { 0 };
	for (uint32_t i = 0; i < condition.len; i++) {
		char c = condition.ptr[i];
		if (c == '"') {
			if (!denied && is_for_tests(str_slice(condition, i + 1, condition.len)))
				return true;
			while (++i < condition.len && condition.ptr[i] != '"')
				i += condition.ptr[i] == '\\';
		} else if (char_is_word(c)) {
			uint32_t start = i;
			while (i + 1 < condition.len && char_is_word(condition.ptr[i + 1]))
				i++;
			word = str_slice(condition, start, i + 1);
			if (!denied && str_is(word, "test"))
				return true;
			continue;
		} else if (c == '(') {
			depth++;
			if (!denied && str_is(word, "not"))
				denied = depth;
		} else if (c == ')' && depth) {
			if (denied == depth)
				denied = 0;
			depth--;
		}
		if (c != ' ')
			word = (struct str){ 0 };
	}
	return false;
}

/* #[path], #[path = value], #[path(arguments)] on the innermost open node. */
static void attach_attribute(struct walk *w, TSNode node)
{
	TSNode attribute = ts_node_named_child(node, 0);
	TSNode arguments = walk_field(w, attribute, FIELD_ARGUMENTS);
	if (ts_node_is_null(attribute))
		return;
	node_id item = facts_current(w->facts);
	struct str path = walk_text(w, ts_node_child(attribute, 0));
	bool condition = str_is(path, "cfg") && !ts_node_is_null(arguments);
	if (is_test_attribute(path) || (condition && asks_for_test(walk_text(w, arguments))))
		facts_flag(w->facts, item, (uint32_t)FLAG_TEST);
	if (str_is(path, "macro_export"))
		facts_flag(w->facts, item, (uint32_t)FLAG_EXPORTED);
	facts_name(w->facts, walk_open(w, node, NODE_DECORATOR, PART_DECORATOR), path);
	walk_here(w, walk_field(w, attribute, FIELD_VALUE), PART_VALUE);
	if (!ts_node_is_null(arguments))
		rust_attribute_arguments(w, arguments);
	walk_close(w);
}

/* The grammar has them beside what they belong to, except in match arms and fields of a struct expression. */
enum visit rust_attribute_item(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	enum node_kind around = rust_around(w);
	if (around == NODE_CASE || around == NODE_PAIR)
		attach_attribute(w, node);
	else
		walk_defer(w, node, attach_attribute);
	return STOP;
}

enum visit rust_inner_attribute(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	attach_attribute(w, node);
	return STOP;
}

/* --- impl, functions, fields --- */

/* Named by the path of its type; a type that is no path (&T, [T], a tuple) is a TYPE child. */
enum visit rust_impl(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	struct str path;
	if (walk_path(w, walk_field(w, node, FIELD_TYPE), &path)) {
		facts_name(w->facts, opened, path);
		w->skip_field = walk_field_id(w, FIELD_TYPE);
	}
	return DESCEND;
}

/* A function without a body: one that a trait asks for is abstract, one of an extern block is not. */
enum visit rust_signature(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	const struct node *nodes = w->facts->nodes.items;
	if (nodes[nodes[opened].parent].kind == NODE_INTERFACE)
		facts_flag(w->facts, opened, (uint32_t)FLAG_ABSTRACT);
	return DESCEND;
}

/* The fields of a tuple struct are named by their position; attributes and `pub` stand before each type. */
enum visit rust_tuple_fields(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)part;
	(void)opened;
	uint32_t position = 0, flags = 0;
	struct cursor cursor = walk_cursor(w, node);
	for (bool more = cursor_down(&cursor); more; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		if (walk_type_is(child, "attribute_item"))
			walk_defer(w, child, attach_attribute);
		else if (walk_type_is(child, "visibility_modifier"))
			flags = visibility(w, child);
		if (cursor.field != walk_field_id(w, FIELD_TYPE))
			continue;
		char name[16];
		snprintf(name, sizeof(name), "%u", position++);
		node_id field = walk_open(w, child, NODE_FIELD, PART_NONE);
		facts_name(w->facts, field, str_from(name));
		facts_flag(w->facts, field, flags);
		walk_here(w, child, PART_TYPE);
		walk_close(w);
		flags = 0;
	}
	cursor_end(&cursor);
	return STOP;
}

/* extern "C" { … } adds nothing to what it holds; its attributes are about linking. */
enum visit rust_foreign_items(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)node;
	(void)part;
	(void)opened;
	w->deferred_count = 0;
	return DESCEND;
}
