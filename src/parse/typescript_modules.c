#include "parse/typescript.h"

enum { MOST_NAMES = 256 };

struct str ts_string_text(struct walk *w, TSNode string)
{
	struct str text = walk_text(w, string);
	return text.len >= 2 ? walk_decode(w, str_slice(text, 1, text.len - 1)) : STR("");
}

/* ---- imports ---- */

static bool inside_function(const struct facts_builder *b)
{
	for (uint32_t i = b->open.count; i > 0; i--) {
		uint8_t kind = b->nodes.items[b->open.items[i - 1]].kind;
		if (kind == NODE_FUNCTION || kind == NODE_LAMBDA)
			return true;
	}
	return false;
}

static void add_import(struct walk *w, node_id node, uint32_t module, struct str imported, struct str local, uint8_t flags)
{
	struct facts_builder *b = w->facts;
	struct import import = { .node = node, .module = module, .flags = flags };
	import.flags |= inside_function(b) ? (uint8_t)IMPORT_LAZY : 0;
	import.imported = facts_string(b, imported);
	import.local = facts_string(b, local);
	vec_push(&b->imports, import);
}

static void import_specifiers(struct walk *w, TSNode named, node_id node, uint32_t module, uint8_t flags)
{
	uint32_t count = ts_node_named_child_count(named);
	for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
		TSNode specifier = ts_node_named_child(named, i);
		TSNode name = walk_field(w, specifier, FIELD_NAME), alias = walk_field(w, specifier, FIELD_ALIAS);
		if (ts_node_is_null(name))
			continue;
		uint8_t type_only = walk_has_token(specifier, "type") ? (uint8_t)IMPORT_TYPE_ONLY : 0;
		add_import(w, node, module, walk_text(w, name), walk_text(w, ts_node_is_null(alias) ? name : alias),
			   flags | type_only);
	}
}

static void import_clause(struct walk *w, TSNode clause, node_id node, uint32_t module, uint8_t flags)
{
	uint32_t count = ts_node_named_child_count(clause);
	for (uint32_t i = 0; i < count && i < 4; i++) {
		TSNode child = ts_node_named_child(clause, i);
		if (walk_type_is(child, "identifier"))
			add_import(w, node, module, STR("default"), walk_text(w, child), flags);
		else if (walk_type_is(child, "namespace_import"))
			add_import(w, node, module, STR("*"), walk_text(w, ts_node_named_child(child, 0)), flags);
		else if (walk_type_is(child, "named_imports"))
			import_specifiers(w, child, node, module, flags);
	}
}

enum visit visit_ts_import(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode source = walk_field(w, node, FIELD_SOURCE);
	uint8_t flags = walk_has_token(node, "type") ? (uint8_t)IMPORT_TYPE_ONLY : 0;
	TSNode clause = ts_node_named_child(node, 0);
	bool require = walk_type_is(clause, "import_require_clause");
	if (require)
		source = walk_field(w, clause, FIELD_SOURCE);
	if (ts_node_is_null(source))
		return STOP;
	uint32_t module = facts_string(w->facts, ts_string_text(w, source));
	node_id id = walk_open(w, node, NODE_IMPORT, part);
	w->facts->nodes.items[id].name = module;
	if (require)
		add_import(w, id, module, STR("*"), walk_text(w, ts_node_named_child(clause, 0)), flags | IMPORT_REQUIRE);
	else if (walk_type_is(clause, "import_clause"))
		import_clause(w, clause, id, module, flags);
	else
		add_import(w, id, module, STR("*"), STR(""), IMPORT_SIDE_EFFECT);
	return STOP;
}

/* The string that `require("m")` or `import("m")` names; a null node when it is neither. */
static TSNode imported_module(struct walk *w, TSNode call, uint8_t *flags)
{
	TSNode none = { 0 };
	if (walk_type_is(call, "await_expression"))
		call = ts_node_named_child(call, 0);
	if (!walk_type_is(call, "call_expression"))
		return none;
	TSNode function = walk_field(w, call, FIELD_FUNCTION);
	bool dynamic = walk_type_is(function, "import");
	if (!dynamic && !(walk_type_is(function, "identifier") && str_is(walk_text(w, function), "require")))
		return none;
	*flags = dynamic ? IMPORT_DYNAMIC : IMPORT_REQUIRE;
	TSNode argument = ts_node_named_child(walk_field(w, call, FIELD_ARGUMENTS), 0);
	return walk_type_is(argument, "string") ? argument : none;
}

static void import_pattern(struct walk *w, TSNode pattern, node_id node, uint32_t module, uint8_t flags)
{
	uint32_t count = ts_node_named_child_count(pattern);
	for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
		TSNode child = ts_node_named_child(pattern, i);
		if (walk_type_is(child, "shorthand_property_identifier_pattern"))
			add_import(w, node, module, walk_text(w, child), walk_text(w, child), flags);
		else if (walk_type_is(child, "pair_pattern") &&
			 walk_type_is(walk_field(w, child, FIELD_VALUE), "identifier"))
			add_import(w, node, module, walk_text(w, walk_field(w, child, FIELD_KEY)),
				   walk_text(w, walk_field(w, child, FIELD_VALUE)), flags);
	}
}

bool ts_declares_import(struct walk *w, TSNode declarator, enum node_part part)
{
	uint8_t flags = 0;
	TSNode name = walk_field(w, declarator, FIELD_NAME), value = walk_field(w, declarator, FIELD_VALUE);
	TSNode member = { 0 };
	if (walk_type_is(value, "member_expression")) { /* require("m").default */
		member = walk_field(w, value, FIELD_PROPERTY);
		value = walk_field(w, value, FIELD_OBJECT);
	}
	bool plain = walk_type_is(name, "identifier");
	TSNode source = imported_module(w, value, &flags);
	if (ts_node_is_null(source) || (!plain && !walk_type_is(name, "object_pattern")))
		return false;
	uint32_t module = facts_string(w->facts, ts_string_text(w, source));
	node_id id = walk_open(w, declarator, NODE_IMPORT, part);
	w->facts->nodes.items[id].name = module;
	if (plain)
		add_import(w, id, module, ts_node_is_null(member) ? STR("*") : walk_text(w, member), walk_text(w, name), flags);
	else
		import_pattern(w, name, id, module, flags);
	return true;
}

void ts_note_call_import(struct walk *w, TSNode call, node_id node)
{
	uint8_t flags = 0;
	TSNode source = imported_module(w, call, &flags);
	if (!ts_node_is_null(source))
		add_import(w, node, facts_string(w->facts, ts_string_text(w, source)), STR("*"), STR(""), flags);
}

/* ---- exports ---- */

static void add_export(struct walk *w, node_id node, struct str name, struct str local, uint32_t module, uint32_t flags)
{
	struct facts_builder *b = w->facts;
	struct export export = { .node = node, .module = module, .flags = flags };
	export.name = facts_string(b, name);
	export.local = facts_string(b, local);
	vec_push(&b->exports, export);
}

static void export_specifiers(struct walk *w, TSNode clause, uint32_t module, uint32_t flags)
{
	uint32_t count = ts_node_named_child_count(clause);
	node_id node = facts_current(w->facts);
	for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
		TSNode specifier = ts_node_named_child(clause, i);
		TSNode name = walk_field(w, specifier, FIELD_NAME), alias = walk_field(w, specifier, FIELD_ALIAS);
		struct str local = walk_text(w, name);
		add_export(w, node, ts_node_is_null(alias) ? local : walk_text(w, alias), local, module, flags);
	}
}

/* The node that the export's declaration or value is going to open. */
static node_id next_node(const struct walk *w)
{
	return w->facts->nodes.count;
}

static void export_declared(struct walk *w, TSNode declaration, uint32_t flags)
{
	TSNode name = walk_field(w, declaration, FIELD_NAME);
	if (!ts_node_is_null(name)) {
		add_export(w, next_node(w), walk_text(w, name), walk_text(w, name), 0, flags);
		return;
	}
	uint32_t count = ts_node_named_child_count(declaration);
	for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
		name = walk_field(w, ts_node_named_child(declaration, i), FIELD_NAME);
		if (walk_type_is(name, "identifier"))
			add_export(w, next_node(w), walk_text(w, name), walk_text(w, name), 0, flags);
	}
}

static void export_default(struct walk *w, TSNode what)
{
	TSNode name = walk_type_is(what, "identifier") ? what : walk_field(w, what, FIELD_NAME);
	add_export(w, next_node(w), STR("default"), walk_text(w, name), 0, 0);
}

/* export … from "m" */
static void export_from(struct walk *w, TSNode node, TSNode source, uint32_t flags)
{
	uint32_t module = facts_string(w->facts, ts_string_text(w, source));
	TSNode what = ts_node_named_child(node, 0);
	if (walk_type_is(what, "export_clause"))
		export_specifiers(w, what, module, flags);
	else if (walk_type_is(what, "namespace_export"))
		add_export(w, facts_current(w->facts), walk_text(w, ts_node_named_child(what, 0)), STR("*"), module,
			   flags | EXPORT_STAR);
	else
		add_export(w, facts_current(w->facts), STR(""), STR(""), module, flags | EXPORT_STAR);
}

enum visit visit_ts_export(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	TSNode source = walk_field(w, node, FIELD_SOURCE), declaration = walk_field(w, node, FIELD_DECLARATION);
	TSNode value = walk_field(w, node, FIELD_VALUE);
	uint32_t flags = walk_has_token(node, "type") ? (uint32_t)EXPORT_TYPE_ONLY : 0;
	if (!ts_node_is_null(source)) {
		walk_open(w, node, NODE_EXPORT, part);
		export_from(w, node, source, flags);
		return STOP;
	}
	if (!ts_node_is_null(value)) {
		export_default(w, value);
		w->children = PART_VALUE;
	} else if (!ts_node_is_null(declaration) && walk_has_token(node, "default")) {
		export_default(w, declaration);
	} else if (!ts_node_is_null(declaration)) {
		export_declared(w, declaration, flags);
	} else {
		walk_open(w, node, NODE_EXPORT, part);
		TSNode what = ts_node_named_child(node, 0);
		if (walk_type_is(what, "export_clause"))
			export_specifiers(w, what, 0, flags);
		else if (!ts_node_is_null(what)) /* export = x */
			add_export(w, facts_current(w->facts), STR("default"), walk_text(w, what), 0, flags);
		return STOP;
	}
	return DESCEND;
}

/* module.exports = { a, b: c } */
static void export_object(struct walk *w, TSNode object)
{
	uint32_t count = ts_node_named_child_count(object);
	for (uint32_t i = 0; i < count && i < MOST_NAMES; i++) {
		TSNode child = ts_node_named_child(object, i);
		if (walk_type_is(child, "shorthand_property_identifier")) {
			add_export(w, facts_current(w->facts), walk_text(w, child), walk_text(w, child), 0, 0);
		} else if (walk_type_is(child, "pair")) {
			TSNode value = walk_field(w, child, FIELD_VALUE);
			struct str local = walk_type_is(value, "identifier") ? walk_text(w, value) : STR("");
			add_export(w, facts_current(w->facts), walk_text(w, walk_field(w, child, FIELD_KEY)), local, 0, 0);
		}
	}
}

void ts_note_commonjs_export(struct walk *w, TSNode assignment)
{
	TSNode left = walk_field(w, assignment, FIELD_LEFT), right = walk_field(w, assignment, FIELD_RIGHT);
	uint8_t flags = 0;
	if (!walk_type_is(left, "member_expression"))
		return;
	struct str path = walk_text(w, left);
	struct str local = walk_type_is(right, "identifier") ? walk_text(w, right) : STR("");
	if (!str_is(path, "module.exports")) {
		struct str owner = path_parent(path);
		if (str_is(owner, "exports") || str_is(owner, "module.exports"))
			add_export(w, facts_current(w->facts), path_last(path), local, 0, 0);
		return;
	}
	TSNode source = imported_module(w, right, &flags);
	if (!ts_node_is_null(source)) /* module.exports = require("./x") */
		add_export(w, facts_current(w->facts), STR(""), STR(""), facts_string(w->facts, ts_string_text(w, source)),
			   EXPORT_STAR);
	else if (walk_type_is(right, "object"))
		export_object(w, right);
	else
		add_export(w, facts_current(w->facts), STR("default"), local, 0, 0);
}
