#include "parse/python.h"

/* Where an import stands decides what it is: in a function, under TYPE_CHECKING, in a try. */
static uint8_t surroundings(const struct facts_builder *b)
{
	uint8_t flags = 0;
	for (uint32_t i = b->open.count; i > 0; i--) {
		const struct node *n = &b->nodes.items[b->open.items[i - 1]];
		if (n->kind == NODE_FUNCTION || n->kind == NODE_LAMBDA)
			flags |= IMPORT_LAZY;
		if (n->kind == NODE_TRY || n->kind == NODE_CATCH)
			flags |= IMPORT_GUARDED;
		if (n->kind == NODE_BLOCK && n->part == PART_THEN &&
			(b->nodes.items[n->parent].flags & (uint32_t)FLAG_TYPE_ONLY))
			flags |= IMPORT_TYPE_ONLY;
	}
	return flags;
}

static void add_import(struct walk *w, node_id node, struct str module, struct str imported, struct str local,
	uint8_t level, uint8_t flags)
{
	struct facts_builder *b = w->facts;
	struct import import = { .node = node, .level = level, .flags = (uint8_t)(flags | surroundings(b)) };
	import.module = facts_string(b, module);
	import.imported = facts_string(b, imported);
	import.local = facts_string(b, local);
	vec_push(&b->imports, import);
}

/* import a.b binds a; import a.b as c binds c. */
static void import_module(struct walk *w, TSNode name, enum node_part part)
{
	TSNode alias = walk_field(w, name, FIELD_ALIAS);
	struct str module = walk_text(w, ts_node_is_null(alias) ? name : walk_field(w, name, FIELD_NAME));
	node_id node = walk_leaf(w, name, NODE_IMPORT, part, module);
	struct str local = ts_node_is_null(alias) ? path_first(module) : walk_text(w, alias);
	add_import(w, node, module, STR("*"), local, 0, 0);
}

static void import_name(struct walk *w, TSNode name, enum node_part part, struct str module, uint8_t level)
{
	TSNode alias = walk_field(w, name, FIELD_ALIAS);
	struct str imported = walk_text(w, ts_node_is_null(alias) ? name : walk_field(w, name, FIELD_NAME));
	node_id node = walk_leaf(w, name, NODE_IMPORT, part, module);
	add_import(w, node, module, imported, ts_node_is_null(alias) ? imported : walk_text(w, alias), level, 0);
}

static void import_from(struct walk *w, TSNode node, enum node_part part)
{
	TSNode from = walk_field(w, node, FIELD_MODULE_NAME);
	struct str module = walk_text(w, from);
	uint8_t level = 0;
	while (level < module.len && module.ptr[level] == '.')
		level++;
	module = str_trim(str_slice(module, level, module.len));
	struct cursor cursor = walk_cursor(w, node);
	uint16_t field = walk_field_id(w, FIELD_NAME);
	for (bool more = cursor_down(&cursor); more; more = cursor_next(&cursor)) {
		TSNode child = cursor.node;
		if (cursor.field == field)
			import_name(w, child, part, module, level);
		else if (walk_type_is(child, "wildcard_import"))
			add_import(w, walk_leaf(w, child, NODE_IMPORT, part, module), module, STR("*"), STR(""), level,
				IMPORT_GLOB);
	}
	cursor_end(&cursor);
}

enum visit visit_python_import(struct walk *w, TSNode node, enum node_part part, node_id opened)
{
	(void)opened;
	if (walk_type_is(node, "import_from_statement")) {
		import_from(w, node, part);
		return STOP;
	}
	uint32_t count = ts_node_named_child_count(node);
	for (uint32_t i = 0; i < count && i < 64; i++)
		import_module(w, ts_node_named_child(node, i), part);
	return STOP;
}
