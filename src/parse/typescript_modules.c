/* What a file imports and exports: ES modules and CommonJS. Names of modules are literal, or they are none.
 */
#include "parse/typescript.h"

/* What the names of one statement have in common. */
struct clause {
	node_id node;
	uint32_t module; /* string id */
	uint32_t flags; /* IMPORT_… or EXPORT_… */
};

typedef void add_name(struct walk *w, TSNode child, const struct clause *clause);

static void each_named_child(struct walk *w, TSNode parent, add_name *add, const struct clause *clause)
{
	struct cursor cursor = walk_cursor(w, parent);
	bool more = cursor_down(&cursor);
	for (; more; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		if (ts_node_is_named(child))
			add(w, child, clause);
	}
	cursor_end(&cursor);
}

static uint32_t module_id(struct walk *w, TSNode source)
{
	return facts_string(w->facts, ts_string_text(w, source));
}

/* A name may be written as a string: import { "a-b" as c }. */
static uint32_t name_id(struct walk *w, TSNode name)
{
	struct str text = walk_text(w, name);
	return facts_string(
		w->facts, text.len && text.ptr[0] != '"' && text.ptr[0] != '\'' ? text : ts_string_text(w, name));
}

/* ---- imports ---- */

static void add_import(struct walk *w, const struct clause *clause, uint32_t imported, uint32_t local)
{
	struct import import = { .node = clause->node,
		.module = clause->module,
		.imported = imported,
		.local = local,
		.flags = (uint8_t)clause->flags };
	if (ts_is_inside(w, KIND(FUNCTION) | KIND(LAMBDA)))
		import.flags |= (uint8_t)IMPORT_LAZY;
	if ((clause->flags & (IMPORT_REQUIRE | IMPORT_DYNAMIC)) && ts_is_inside(w, KIND(TRY)))
		import.flags |= (uint8_t)IMPORT_GUARDED;
	vec_push(&w->facts->imports, import);
}

static void add_whole(struct walk *w, const struct clause *clause, const char *imported, TSNode local)
{
	uint32_t id = facts_string(w->facts, walk_text(w, local));
	add_import(w, clause, facts_string(w->facts, str_from(imported)), id);
}

static void add_specifier(struct walk *w, TSNode specifier, const struct clause *clause)
{
	TSNode name = walk_field(w, specifier, FIELD_NAME), alias = walk_field(w, specifier, FIELD_ALIAS);
	if (ts_node_is_null(name))
		return;
	struct clause own = *clause;
	if (walk_has_token(specifier, "type"))
		own.flags |= IMPORT_TYPE_ONLY;
	add_import(w, &own, name_id(w, name), name_id(w, ts_node_is_null(alias) ? name : alias));
}

static void add_imported(struct walk *w, TSNode child, const struct clause *clause)
{
	if (walk_type_is(child, "identifier"))
		add_whole(w, clause, "default", child);
	else if (walk_type_is(child, "namespace_import"))
		add_whole(w, clause, "*", ts_node_named_child(child, 0));
	else if (walk_type_is(child, "named_imports"))
		each_named_child(w, child, add_specifier, clause);
}

enum visit visit_ts_import(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode source = walk_field(w, node, FIELD_SOURCE);
	TSNode what = ts_node_named_child(node, 0);
	bool require = walk_type_is(what, "import_require_clause");
	if (require)
		source = walk_field(w, what, FIELD_SOURCE);
	if (ts_node_is_null(source))
		return DESCEND; /* half written: what is in error shows */
	struct clause clause = { .module = module_id(w, source) };
	clause.node = walk_open(w, node, NODE_IMPORT, part);
	w->facts->nodes.items[clause.node].name = clause.module;
	if (walk_has_token(node, "type"))
		clause.flags = IMPORT_TYPE_ONLY;
	if (require)
		clause.flags |= IMPORT_REQUIRE;
	if (require)
		add_whole(w, &clause, "*", ts_node_named_child(what, 0));
	else if (walk_type_is(what, "import_clause"))
		each_named_child(w, what, add_imported, &clause);
	else
		clause.flags = IMPORT_SIDE_EFFECT, add_whole(w, &clause, "*", (TSNode){ 0 });
	return STOP;
}

/* import Users = Api.Users: another name for what is there already. */
enum visit visit_ts_import_alias(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode target = ts_node_named_child(node, 1);
	node_id id = walk_open(w, node, NODE_VAR, part);
	facts_name(w->facts, id, walk_text(w, ts_node_named_child(node, 0)));
	facts_flag(w->facts, id, (uint32_t)FLAG_READONLY);
	if (!ts_node_is_null(target))
		walk_leaf(w, target, NODE_NAME, PART_VALUE, walk_text(w, target));
	return STOP;
}

static TSNode only_literal(TSNode arguments)
{
	TSNode argument = ts_node_named_child(arguments, 0);
	if (walk_type_is(argument, "string"))
		return argument;
	/* `m` without holes */
	bool plain = walk_type_is(argument, "template_string") && ts_node_named_child_count(argument) == 1 &&
		     walk_type_is(ts_node_named_child(argument, 0), "string_fragment");
	return plain ? argument : (TSNode){ 0 };
}

/* Of `require(…)` and `import(…)`: what they import; a null node for any other expression. */
static TSNode import_arguments(const struct walk *w, TSNode call, uint32_t *flags)
{
	TSNode none = { 0 };
	while (walk_type_is(call, "await_expression") || walk_type_is(call, "parenthesized_expression"))
		call = ts_node_named_child(call, 0);
	if (!walk_type_is(call, "call_expression"))
		return none;
	TSNode function = walk_field(w, call, FIELD_FUNCTION);
	struct str name = walk_text(w, function);
	bool dynamic = str_is(name, "import");
	if (!dynamic && !str_is(name, "require"))
		return none;
	*flags = dynamic ? IMPORT_DYNAMIC : IMPORT_REQUIRE;
	return walk_field(w, call, FIELD_ARGUMENTS);
}

/* The literal that `require("m")` or `import("m")` names; a null node when it is neither. */
static TSNode imported_module(const struct walk *w, TSNode call, uint32_t *flags)
{
	TSNode arguments = import_arguments(w, call, flags);
	return ts_node_is_null(arguments) ? arguments : only_literal(arguments);
}

/* {a, b: c} and nothing else: what is taken apart further is no plain import any more. */
static bool is_plain_pattern(const struct walk *w, TSNode pattern)
{
	struct cursor cursor = walk_cursor(w, pattern);
	bool plain = walk_type_is(pattern, "object_pattern"), more = cursor_down(&cursor);
	for (; more && plain; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		plain = !ts_node_is_named(child) || ts_node_is_extra(child) ||
			walk_type_is(child, "shorthand_property_identifier_pattern") ||
			(walk_type_is(child, "pair_pattern") &&
				walk_type_is(walk_field(w, child, FIELD_VALUE), "identifier"));
	}
	cursor_end(&cursor);
	return plain;
}

static void add_taken(struct walk *w, TSNode child, const struct clause *clause)
{
	TSNode key = walk_field(w, child, FIELD_KEY), value = walk_field(w, child, FIELD_VALUE);
	if (!ts_node_is_null(key))
		add_import(w, clause, name_id(w, key), name_id(w, value));
	else if (!ts_node_is_extra(child))
		add_import(w, clause, name_id(w, child), name_id(w, child));
}

bool ts_declares_import(struct walk *w, TSNode declarator, enum node_part part, uint32_t flags)
{
	TSNode name = walk_field(w, declarator, FIELD_NAME), value = walk_field(w, declarator, FIELD_VALUE);
	TSNode member = { 0 };
	struct clause clause = { 0 };
	if (walk_type_is(value, "member_expression")) { /* require("m").default, (await import("m")).default */
		member = walk_field(w, value, FIELD_PROPERTY);
		value = walk_field(w, value, FIELD_OBJECT);
	}
	TSNode source = imported_module(w, value, &clause.flags);
	bool plain = walk_type_is(name, "identifier");
	if (ts_node_is_null(source) || (!plain && (!ts_node_is_null(member) || !is_plain_pattern(w, name))))
		return false;
	clause.module = module_id(w, source);
	clause.node = walk_open(w, declarator, NODE_IMPORT, part);
	w->facts->nodes.items[clause.node].name = clause.module;
	facts_flag(w->facts, clause.node, flags);
	if (!plain)
		each_named_child(w, name, add_taken, &clause);
	else if (ts_node_is_null(member))
		add_whole(w, &clause, "*", name);
	else
		add_import(w, &clause, name_id(w, member), name_id(w, name));
	return true;
}

/* typeof import("m"), and import("m").T as a type. */
static bool is_type_position(const struct walk *w)
{
	const struct facts_builder *b = w->facts;
	uint32_t least = b->open.count > TS_MOST_LEVELS ? b->open.count - TS_MOST_LEVELS : 0;
	for (uint32_t i = b->open.count; i > least; i--) {
		const struct node *node = &b->nodes.items[b->open.items[i - 1]];
		if (node->kind == NODE_TYPE || node->part == PART_TYPE || node->part == PART_RESULT)
			return true;
		if (node->kind != NODE_CALL && node->kind != NODE_MEMBER)
			return false;
	}
	return false;
}

void ts_note_call_import(struct walk *w, TSNode call, node_id node)
{
	struct clause clause = { .node = node };
	TSNode arguments = import_arguments(w, call, &clause.flags);
	if (ts_node_is_null(arguments) || ts_node_named_child_count(arguments) == 0)
		return;
	TSNode source = only_literal(arguments);
	if (is_type_position(w))
		clause.flags = IMPORT_TYPE_ONLY;
	if (!ts_node_is_null(source)) /* else its name is made at run time */
		clause.module = module_id(w, source);
	add_whole(w, &clause, "*", (TSNode){ 0 });
}
