/* What a file exports: ES modules and CommonJS. */
#include "parse/typescript.h"

enum { MOST_CHILDREN = 256, MOST_NESTING = 8 };

static void add_export(struct walk *w, node_id node, struct str name, struct str local, uint32_t module, uint32_t flags)
{
	struct facts_builder *b = w->facts;
	struct export export = { .node = node, .module = module, .flags = flags };
	export.name = facts_string(b, name);
	export.local = facts_string(b, local);
	vec_push(&b->exports, export);
}

/* The node that is going to be opened next: what is exported. */
static node_id next_node(const struct walk *w)
{
	return w->facts->nodes.count;
}

/* What stands behind the first word, as the file has it (the parser may have seen other bytes). */
static bool second_word_is(const struct walk *w, TSNode node, const char *word)
{
	struct str text = walk_text(w, node);
	uint32_t space = str_find(text, ' ');
	return space != UINT32_MAX && str_starts(str_slice(text, space + 1, text.len), str_from(word));
}

void ts_attach_modifiers(struct walk *w, TSNode node)
{
	node_id current = facts_current(w->facts);
	if (walk_type_is(node, "ambient_declaration"))
		facts_flag(w->facts, current, (uint32_t)FLAG_TYPE_ONLY);
	else
		facts_flag(w->facts, current,
			(uint32_t)FLAG_EXPORTED | (walk_has_token(node, "default") ? (uint32_t)FLAG_DEFAULT : 0));
}

/* ---- export { a, b as c } [from "m"], export * from "m" ---- */

static struct str name_text(struct walk *w, TSNode name)
{
	struct str text = walk_text(w, name);
	return text.len && (text.ptr[0] == '"' || text.ptr[0] == '\'') ? ts_string_text(w, name) : text;
}

static void add_specifier(struct walk *w, TSNode specifier, uint32_t module, uint32_t flags)
{
	TSNode name = walk_field(w, specifier, FIELD_NAME), alias = walk_field(w, specifier, FIELD_ALIAS);
	if (ts_node_is_null(name))
		return;
	if (walk_has_token(specifier, "type"))
		flags |= EXPORT_TYPE_ONLY;
	/* a decoded name lives in a buffer that the next one overwrites */
	uint32_t local = facts_string(w->facts, name_text(w, name));
	struct str exported = name_text(w, ts_node_is_null(alias) ? name : alias);
	add_export(w, facts_current(w->facts), exported, STR(""), module, flags);
	vec_last(&w->facts->exports).local = local;
}

static void add_specifiers(struct walk *w, TSNode clause, uint32_t module, uint32_t flags)
{
	struct cursor cursor = walk_cursor(w, clause);
	bool more = cursor_down(&cursor);
	for (; more; more = cursor_next(&cursor))
		add_specifier(w, cursor.node, module, flags);
	cursor_end(&cursor);
}

static void add_clause(struct walk *w, TSNode node, TSNode source)
{
	uint32_t flags = second_word_is(w, node, "type") ? (uint32_t)EXPORT_TYPE_ONLY : 0;
	uint32_t module = ts_node_is_null(source) ? 0 : facts_string(w->facts, ts_string_text(w, source));
	node_id current = facts_current(w->facts);
	w->facts->nodes.items[current].name = module;
	TSNode what = ts_node_named_child(node, 0);
	for (uint32_t i = 1; walk_type_is(what, "ERROR") && i < MOST_NESTING; i++)
		what = ts_node_named_child(node, i);
	if (walk_type_is(what, "export_clause"))
		add_specifiers(w, what, module, flags);
	else if (walk_type_is(what, "namespace_export"))
		add_export(
			w, current, walk_text(w, ts_node_named_child(what, 0)), STR("*"), module, flags | EXPORT_STAR);
	else if (module)
		add_export(w, current, STR(""), STR(""), module, flags | EXPORT_STAR);
}

/* ---- export of a declaration ---- */

/* export const { a, b: [c] } = …: every name that the pattern binds. */
static void add_bound(struct walk *w, TSNode pattern, unsigned depth)
{
	struct str text = walk_text(w, pattern);
	if (walk_type_is(pattern, "identifier") || walk_type_is(pattern, "shorthand_property_identifier_pattern")) {
		add_export(w, next_node(w), text, text, 0, 0);
		return;
	}
	TSNode value = walk_field(w, pattern, FIELD_VALUE), left = walk_field(w, pattern, FIELD_LEFT);
	if (depth == MOST_NESTING)
		return;
	if (!ts_node_is_null(value) || !ts_node_is_null(left)) {
		add_bound(w, ts_node_is_null(value) ? left : value, depth + 1);
		return;
	}
	uint32_t count = ts_node_named_child_count(pattern);
	for (uint32_t i = 0; i < count && i < MOST_CHILDREN; i++)
		add_bound(w, ts_node_named_child(pattern, i), depth + 1);
}

static bool is_type_declaration(TSNode declaration)
{
	return walk_type_is(declaration, "interface_declaration") ||
	       walk_type_is(declaration, "type_alias_declaration");
}

static void add_declared(struct walk *w, TSNode declaration)
{
	if (walk_type_is(declaration, "ambient_declaration"))
		declaration = ts_node_named_child(declaration, 0);
	uint32_t flags = is_type_declaration(declaration) ? (uint32_t)EXPORT_TYPE_ONLY : 0;
	TSNode name = walk_field(w, declaration, FIELD_NAME);
	if (walk_type_is(declaration, "import_alias"))
		name = ts_node_named_child(declaration, 0);
	if (!ts_node_is_null(name)) {
		add_export(w, next_node(w), walk_text(w, name), walk_text(w, name), 0, flags);
		return;
	}
	uint32_t count = ts_node_named_child_count(declaration);
	for (uint32_t i = 0; i < count && i < MOST_CHILDREN; i++) {
		name = walk_field(w, ts_node_named_child(declaration, i), FIELD_NAME);
		if (!ts_node_is_null(name))
			add_bound(w, name, 0);
	}
}

static void add_default(struct walk *w, TSNode what)
{
	TSNode name = walk_type_is(what, "identifier") ? what : walk_field(w, what, FIELD_NAME);
	add_export(w, next_node(w), STR("default"), walk_text(w, name), 0,
		is_type_declaration(what) ? (uint32_t)EXPORT_TYPE_ONLY : 0);
}

static void open_default(struct walk *w, TSNode node, enum node_part part)
{
	facts_flag(w->facts, walk_open(w, node, NODE_EXPORT, part), (uint32_t)FLAG_DEFAULT);
	w->children = PART_VALUE;
}

/*
 * A declaration says itself that it is exported. A default value stands in an EXPORT, clauses are one without
 * children. What a namespace exports is no export of the file.
 */
enum visit visit_ts_export(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode source = walk_field(w, node, FIELD_SOURCE), declaration = walk_field(w, node, FIELD_DECLARATION);
	TSNode value = walk_field(w, node, FIELD_VALUE);
	bool own = !ts_is_inside(w, KIND(NAMESPACE));
	w->children = (uint8_t)part;
	if (!ts_node_is_null(declaration)) {
		if (own && walk_has_token(node, "default"))
			add_default(w, declaration);
		else if (own)
			add_declared(w, declaration);
		ts_wait(w, node);
	} else if (walk_type_is(value, "class")) {
		if (own)
			add_default(w, value);
		ts_wait(w, node);
	} else if (!ts_node_is_null(value) || walk_has_token(node, "=")) { /* export = x, too */
		open_default(w, node, part);
		if (own)
			add_default(w, ts_node_is_null(value) ? ts_node_named_child(node, 0) : value);
	} else if (!walk_has_token(node, "namespace")) { /* export as namespace X: for scripts without modules */
		walk_open(w, node, NODE_EXPORT, part);
		if (own)
			add_clause(w, node, source);
		return STOP;
	} else {
		return STOP;
	}
	return DESCEND;
}

/* ---- CommonJS ---- */

static bool is_require(const struct walk *w, TSNode call)
{
	return walk_type_is(call, "call_expression") &&
	       str_is(walk_text(w, walk_field(w, call, FIELD_FUNCTION)), "require");
}

/* The module that `require("./x")` names, or 0. */
static uint32_t required_module(struct walk *w, TSNode call)
{
	TSNode source = ts_node_named_child(walk_field(w, call, FIELD_ARGUMENTS), 0);
	return walk_type_is(source, "string") ? facts_string(w->facts, ts_string_text(w, source)) : 0;
}

/* module.exports = require("./x"), and { ...require("./x") }: everything that is in there. */
static bool add_required(struct walk *w, TSNode call)
{
	if (!is_require(w, call))
		return false;
	uint32_t module = required_module(w, call);
	if (module)
		add_export(w, facts_current(w->facts), STR(""), STR(""), module, EXPORT_STAR);
	return true;
}

/* { name: value }: a local name, require("./x") as a whole, one name of it, or what stands there. */
static void add_value(struct walk *w, node_id node, struct str name, TSNode value)
{
	bool member = walk_type_is(value, "member_expression");
	TSNode call = member ? walk_field(w, value, FIELD_OBJECT) : value;
	add_export(w, node, name, walk_type_is(value, "identifier") ? walk_text(w, value) : STR(""), 0, 0);
	struct export *e = &vec_last(&w->facts->exports);
	e->module = is_require(w, call) ? required_module(w, call) : 0;
	if (e->module)
		e->local = facts_string(
			w->facts, member ? walk_text(w, walk_field(w, value, FIELD_PROPERTY)) : STR("*"));
}

static void add_member(struct walk *w, TSNode child)
{
	node_id current = facts_current(w->facts);
	struct str name;
	if (walk_type_is(child, "spread_element")) {
		add_required(w, ts_node_named_child(child, 0));
	} else if (walk_type_is(child, "shorthand_property_identifier")) {
		add_export(w, current, walk_text(w, child), walk_text(w, child), 0, 0);
	} else if (walk_type_is(child, "pair")) {
		if (ts_key(w, walk_field(w, child, FIELD_KEY), &name))
			add_value(w, current, name, walk_field(w, child, FIELD_VALUE));
	} else if (walk_type_is(child, "method_definition") && ts_key(w, walk_field(w, child, FIELD_NAME), &name)) {
		add_export(w, current, name, STR(""), 0, 0);
	}
}

/* module.exports = { a, b: c } */
static void add_members(struct walk *w, TSNode object)
{
	struct cursor cursor = walk_cursor(w, object);
	bool more = cursor_down(&cursor);
	for (; more; more = cursor_next(&cursor))
		add_member(w, cursor.node);
	cursor_end(&cursor);
}

void ts_note_commonjs_export(struct walk *w, TSNode assignment)
{
	TSNode right = walk_field(w, assignment, FIELD_RIGHT), left = walk_field(w, assignment, FIELD_LEFT);
	struct str path = walk_text(w, left);
	if (!str_starts(path, STR("module.exports")) && !str_starts(path, STR("exports")))
		return;
	if (!ts_path(w, left, &path))
		return;
	/* the assignment's target is one node; behind it comes the value */
	node_id value = next_node(w) + 1;
	if (str_is(path, "module.exports")) {
		if (walk_type_is(right, "object"))
			add_members(w, right);
		else if (!add_required(w, right))
			add_value(w, value, STR("default"), right);
		return;
	}
	struct str owner = path_parent(path);
	if (str_is(owner, "exports") || str_is(owner, "module.exports"))
		add_value(w, value, path_last(path), right);
}
