/* Items that the body of a macro spells: `bitflags! { pub struct Flags: u32 { … } }` declares a Flags. */
#include "parse/rust.h"
#include "parse/rust_tokens.h"

static const struct item {
	const char *keyword;
	enum node_kind kind;
	uint32_t flags;
} items[] = {
	{ "struct", NODE_CLASS, 0 },
	{ "enum", NODE_ENUM, 0 },
	{ "trait", NODE_INTERFACE, 0 },
	{ "type", NODE_ALIAS, 0 },
	{ "static", NODE_VAR, (uint32_t)FLAG_STATIC },
	{ "const", NODE_VAR, (uint32_t)FLAG_STATIC | FLAG_READONLY },
};

static const struct item *item_of(struct str token)
{
	for (size_t i = 0; i < sizeof(items) / sizeof(*items); i++)
		if (str_is(token, items[i].keyword))
			return &items[i];
	return NULL;
}

/* What was read of an item's beginning: `pub`, `pub(crate)`, `static ref`. */
struct beginning {
	const struct item *item;
	uint32_t start, visibility;
};

static void add_item(struct walk *w, const struct beginning *b, TSNode name)
{
	node_id id = argument_open(w, b->start, ts_node_end_byte(name), b->item->kind, PART_NONE);
	facts_name(w->facts, id, walk_text(w, name));
	facts_flag(w->facts, id, b->item->flags | b->visibility | (uint32_t)FLAG_MACRO);
	walk_close(w);
}

static struct beginning read_token(struct walk *w, struct beginning b, TSNode node)
{
	struct str token = walk_text(w, node);
	enum token kind = token_of(w, node);
	const struct item *item = item_of(token);
	if (str_is(token, "pub"))
		return (struct beginning){ .visibility = (uint32_t)FLAG_EXPORTED };
	if (b.visibility && !b.item && kind == TOKEN_TREE && token.ptr[0] == '(')
		b.visibility |= (uint32_t)FLAG_PRIVATE;
	else if (item)
		b = (struct beginning){ item, ts_node_start_byte(node), b.visibility };
	else if (b.item && kind == TOKEN_WORD)
		add_item(w, &b, node);
	else if (b.item && (str_is(token, "ref") || str_is(token, "mut")))
		return b;
	return item || (b.visibility && !b.item) ? b : (struct beginning){ 0 };
}

void rust_spelled_items(struct walk *w, TSNode tree)
{
	struct tokens t;
	struct beginning b = { 0 };
	tokens_begin(&t, w, tree, 0);
	for (TSNode node; tokens_step(&t, &node);)
		if (token_of(w, node) != TOKEN_COMMENT)
			b = read_token(w, b, node);
	tokens_end(&t);
}
