#include "parse/walk.h"

#include "parse/engine.h"
#include "parse/text.h"

enum { ERROR_SYMBOL = UINT16_MAX, AGAIN_MOST_DEPTH = 4, AGAIN_MOST_BYTES = 128 * 1024, HERE_MOST_DEPTH = 24 };

static void add_comment(struct walk *w, TSNode node)
{
	text_comment(w->facts, w->source, ts_node_start_byte(node), ts_node_end_byte(node), w->offset);
}

static void add_error(struct walk *w, TSNode node)
{
	if (w->depth == 0)
		facts_error(w->facts, walk_start(w, node), walk_end(w, node));
}

static enum visit open_row(
	struct walk *w, TSNode node, const struct compiled_syntax *c, enum node_part part, struct frame *mine)
{
	const struct syntax *row = c->row;
	node_id opened = walk_open(w, node, row->kind, part);
	facts_flag(w->facts, opened, row->flags);
	if (c->name_field) {
		TSNode name = ts_node_child_by_field_id(node, c->name_field);
		if (!ts_node_is_null(name))
			facts_name(w->facts, opened, walk_text(w, name));
		w->skip_field = c->name_field;
	}
	if (row->text)
		facts_name(w->facts, opened, str_from(row->text));
	w->children = row->children;
	enum visit visit = row->enter ? row->enter(w, node, part, opened) : DESCEND;
	mine->children = w->children;
	return visit;
}

static enum visit apply_row(
	struct walk *w, TSNode node, const struct compiled_syntax *c, enum node_part part, struct frame *mine)
{
	const struct syntax *row = c->row;
	switch (row->action) {
	case OPEN:
		return open_row(w, node, c, part, mine);
	case PASS: {
		w->children = row->children ? row->children : (uint8_t)part;
		enum visit visit = row->enter ? row->enter(w, node, part, 0) : DESCEND;
		mine->children = w->children;
		return visit;
	}
	case LEAF: {
		node_id leaf = walk_leaf(w, node, row->kind, part, walk_text(w, node));
		facts_flag(w->facts, leaf, row->flags);
		return STOP;
	}
	case MARK:
	case TOKEN:
		facts_flag(w->facts, facts_current(w->facts), row->flags);
		return STOP;
	case COMMENT:
		if (row->enter)
			row->enter(w, node, part, 0);
		else
			add_comment(w, node);
		return STOP;
	case SKIP:
		break;
	}
	return STOP;
}

/* What the node under the cursor is to the one above it, whose frame is the last. */
static uint8_t part_of(struct walk *w, TSNode node, TSFieldId field)
{
	struct frame *above = &vec_last(&w->parser->frames);
	if (field)
		return field == above->skip_field ? PART_SKIP : above->parts[field];
	if (!above->turns || !ts_node_is_named(node) || ts_node_is_extra(node))
		return above->children;
	uint8_t part = *above->turns;
	if (above->turns[1])
		above->turns++;
	return part;
}

/* What to do with the node under the cursor: opens what it means and says whether to go below it. */
static enum visit enter_node(struct walk *w, TSNode node, TSFieldId field, struct frame *mine)
{
	const struct compiled_grammar *g = w->grammar;
	*mine = (struct frame){ .parts = g->parts };
	if (ts_node_is_missing(node)) { /* the parser made it up to go on */
		add_error(w, node);
		return STOP;
	}
	uint8_t part = part_of(w, node, field);
	if (part == PART_SKIP)
		return STOP;
	TSSymbol symbol = ts_node_symbol(node);
	mine->children = part;
	if (symbol == ERROR_SYMBOL || symbol >= g->symbol_count) {
		add_error(w, node);
		return DESCEND;
	}
	const struct compiled_syntax *c = &g->symbols[symbol];
	if (!c->row)
		return ts_node_is_named(node) ? DESCEND : STOP;
	if (c->parts)
		mine->parts = c->parts;
	if (c->row->turns[0])
		mine->turns = c->row->turns;
	w->skip_field = 0;
	uint32_t open = w->facts->open.count;
	enum visit visit = apply_row(w, node, c, (enum node_part)part, mine);
	mine->skip_field = w->skip_field;
	mine->opened = (uint8_t)(w->facts->open.count - open);
	return visit;
}

static bool may_hold_comment(struct str text)
{
	for (uint32_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '#' || (text.ptr[i] == '/' && (text.ptr[i + 1] == '/' || text.ptr[i + 1] == '*')))
			return true;
	return false;
}

/* The comments below what is not walked, such as a chain of members that is one name. */
static void add_comments_below(struct walk *w, TSNode node)
{
	if (!ts_node_child_count(node) || !may_hold_comment(walk_text(w, node)))
		return;
	struct cursor cursor = walk_cursor(w, node);
	bool more = cursor_down(&cursor);
	while (more) {
		TSNode below = cursor.node;
		TSSymbol symbol = ts_node_symbol(below);
		const struct syntax *row = symbol < w->grammar->symbol_count ? w->grammar->symbols[symbol].row : NULL;
		if (row && row->action == COMMENT)
			apply_row(w, below, &w->grammar->symbols[symbol], PART_NONE, &(struct frame){ 0 });
		more = cursor_down(&cursor) || cursor_next(&cursor);
		while (!more && cursor_up(&cursor))
			more = cursor_next(&cursor);
	}
}

static void leave_frame(struct walk *w)
{
	struct parser *p = w->parser;
	for (uint8_t i = vec_last(&p->frames).opened; i > 0; i--)
		facts_close(w->facts);
	p->frames.count--;
}

static bool step_over(struct walk *w, struct cursor *cursor, uint32_t base)
{
	struct parser *p = w->parser;
	for (;;) {
		leave_frame(w);
		if (p->frames.count == base)
			return false;
		if (cursor_next(cursor))
			return true;
		cursor_up(cursor);
	}
}

void walk_tree(struct walk *w, TSNode root, enum node_part part)
{
	struct parser *p = w->parser;
	struct frame above = { .parts = w->grammar->parts, .children = (uint8_t)part };
	struct cursor cursor = walk_cursor(w, root);
	vec_push(&p->frames, above);
	uint32_t base = p->frames.count;
	do {
		struct frame mine;
		TSNode node = cursor.node;
		enum visit visit = enter_node(w, node, cursor.field, &mine);
		vec_push(&p->frames, mine);
		if (visit == DESCEND && cursor_down(&cursor))
			continue;
		if (visit == STOP)
			add_comments_below(w, node);
		if (!step_over(w, &cursor, base))
			break;
	} while (true);
	p->frames.count--;
}

struct str walk_text(const struct walk *w, TSNode node)
{
	if (ts_node_is_null(node))
		return (struct str){ 0 };
	return str_slice(w->source, ts_node_start_byte(node), ts_node_end_byte(node));
}

struct cursor walk_cursor(const struct walk *w, TSNode node)
{
	return cursor_at(&w->parser->levels, node);
}

uint16_t walk_field_id(const struct walk *w, enum field field)
{
	return w->grammar->fields[field];
}

TSNode walk_field(const struct walk *w, TSNode node, enum field field)
{
	uint16_t id = w->grammar->fields[field];
	return id ? ts_node_child_by_field_id(node, id) : (TSNode){ 0 };
}

bool walk_type_is(TSNode node, const char *type)
{
	return !ts_node_is_null(node) && strcmp(ts_node_type(node), type) == 0;
}

bool walk_has_token(TSNode node, const char *token)
{
	enum { LOOK_AT = 16 };
	uint32_t count = ts_node_child_count(node);
	for (uint32_t i = 0; i < count && i < LOOK_AT; i++) {
		TSNode child = ts_node_child(node, i);
		if (!ts_node_is_named(child) && strcmp(ts_node_type(child), token) == 0)
			return true;
	}
	return false;
}

/* A stretch that was parsed again can stand between a prefix and a suffix that the file does not have. */
static uint32_t in_file(const struct walk *w, uint32_t offset)
{
	int64_t at = (int64_t)(int32_t)w->offset + offset;
	uint32_t most = w->most ? w->most : w->facts->source_len;
	return at < w->least ? w->least : at > most ? most : (uint32_t)at;
}

uint32_t walk_start(const struct walk *w, TSNode node)
{
	return in_file(w, ts_node_start_byte(node));
}

uint32_t walk_end(const struct walk *w, TSNode node)
{
	return in_file(w, ts_node_end_byte(node));
}

void walk_defer(struct walk *w, TSNode node, void (*attach)(struct walk *w, TSNode node))
{
	if (w->deferred_count == DEFERRED_MOST)
		return;
	w->deferred = attach;
	w->deferred_nodes[w->deferred_count++] = node;
}

static void attach_deferred(struct walk *w)
{
	uint8_t count = w->deferred_count;
	w->deferred_count = 0;
	for (uint8_t i = 0; i < count; i++)
		w->deferred(w, w->deferred_nodes[i]);
}

node_id walk_open(struct walk *w, TSNode node, enum node_kind kind, enum node_part part)
{
	node_id opened = facts_open(w->facts, kind, part, walk_start(w, node), walk_end(w, node));
	if (w->deferred_count)
		attach_deferred(w);
	return opened;
}

node_id walk_leaf(struct walk *w, TSNode node, enum node_kind kind, enum node_part part, struct str name)
{
	node_id leaf = facts_open(w->facts, kind, part, walk_start(w, node), walk_end(w, node));
	facts_name(w->facts, leaf, name);
	if (w->deferred_count)
		attach_deferred(w);
	facts_close(w->facts);
	return leaf;
}

void walk_close(struct walk *w)
{
	facts_close(w->facts);
}

void walk_here(struct walk *w, TSNode node, enum node_part part)
{
	if (ts_node_is_null(node) || w->depth >= HERE_MOST_DEPTH)
		return;
	uint16_t skip_field = w->skip_field;
	uint8_t children = w->children;
	w->depth++;
	walk_tree(w, node, part);
	w->depth--;
	w->skip_field = skip_field;
	w->children = children;
}

static bool walk_stretch(struct walk *w, uint32_t start, uint32_t end, const char *prefix, const char *suffix,
	enum node_part part, bool clean)
{
	struct parser *p = w->parser;
	if (p->stretches.count >= AGAIN_MOST_DEPTH || start >= end || end - start > AGAIN_MOST_BYTES)
		return false;
	struct buf text = { 0 };
	buf_add_text(&text, prefix);
	buf_add(&text, str_slice(w->source, start, end));
	buf_add_text(&text, suffix);
	vec_push(&p->stretches, text);
	TSTree *tree = parser_tree(p, w->grammar->language, buf_str(&text));
	if (!tree)
		p->result = SKIP_TIME; /* facts do not depend on how fast the machine is */
	bool walked = tree && !(clean && ts_node_has_error(ts_tree_root_node(tree)));
	if (walked) {
		struct walk inner = *w;
		inner.source = buf_str(&text);
		inner.offset = w->offset + start - (uint32_t)strlen(prefix);
		inner.least = in_file(w, start);
		inner.most = in_file(w, end);
		inner.depth = w->depth + 1;
		inner.deferred_count = 0;
		walk_tree(&inner, ts_tree_root_node(tree), part);
	}
	ts_tree_delete(tree);
	p->stretches.count--;
	buf_release(&text);
	return walked;
}

void walk_again(struct walk *w, uint32_t start, uint32_t end, const char *suffix, enum node_part part)
{
	walk_stretch(w, start, end, "", suffix, part, false);
}

bool walk_again_between(
	struct walk *w, uint32_t start, uint32_t end, const char *prefix, const char *suffix, enum node_part part)
{
	return walk_stretch(w, start, end, prefix, suffix, part, true);
}
