#include "parse/cursor.h"

/* The runtime's own headers: it is pinned, and test_cursor compares each step with TSTreeCursor's. */
#include <src/language.h>
#include <src/subtree.h>
#include <src/tree.h>

struct cursor cursor_at(struct cursor_levels *levels, TSNode node)
{
	const TSTree *tree = node.tree;
	return (struct cursor){
		.levels = levels, .language = tree->language, .base = levels->list.count, .node = node
	};
}

static void enter(struct cursor *c, Subtree parent, uint32_t start, TSFieldId field, bool hidden)
{
	struct cursor_level level = { .children = ts_subtree_children(parent),
		.aliases = ts_language_alias_sequence(c->language, parent.ptr->production_id),
		.production = parent.ptr->production_id,
		.count = parent.ptr->child_count,
		.end = start,
		.field = field,
		.hidden = hidden };
	vec_push(&c->levels->list, level);
}

/* The field of the next child, or that of the hidden nodes around it. */
static TSFieldId field_of_next(const struct cursor *c, const struct cursor_level *level)
{
	const TSFieldMapEntry *entry, *end;
	ts_language_field_map(c->language, level->production, &entry, &end);
	for (; entry < end; entry++)
		if (entry->child_index == level->structural && !entry->inherited)
			return entry->field_id;
	return level->field;
}

static void stand_on(struct cursor *c, const Subtree *child, uint32_t start, TSSymbol alias, TSFieldId field)
{
	const TSTree *tree = c->node.tree;
	c->node = (TSNode){ .context = { start, 0, 0, alias }, .id = child, .tree = tree };
	c->field = field;
}

/* Steps over the next child of the innermost level. True when it is one to stand on; a hidden one is entered. */
static bool step(struct cursor *c)
{
	struct cursor_level *level = &vec_last(&c->levels->list);
	const Subtree *child = (const Subtree *)level->children + level->next;
	/* what stands before the first child stands before its parent, too */
	uint32_t start = level->end + (level->next ? ts_subtree_padding(*child).bytes : 0);
	TSSymbol alias = 0;
	TSFieldId field = 0;
	level->end = start + ts_subtree_size(*child).bytes;
	level->next++;
	if (!ts_subtree_extra(*child)) {
		alias = level->aliases ? level->aliases[level->structural] : 0;
		field = field_of_next(c, level);
		level->structural++;
	}
	bool visible = alias || ts_subtree_visible(*child);
	if (visible)
		stand_on(c, child, start, alias, field);
	else if (ts_subtree_visible_child_count(*child))
		enter(c, *child, start, field, true);
	return visible;
}

bool cursor_next(struct cursor *c)
{
	while (c->levels->list.count > c->base) {
		const struct cursor_level *level = &vec_last(&c->levels->list);
		if (level->next < level->count) {
			if (step(c))
				return true;
		} else if (level->hidden) {
			c->levels->list.count--;
		} else {
			break;
		}
	}
	return false;
}

bool cursor_down(struct cursor *c)
{
	Subtree parent = *(const Subtree *)c->node.id;
	if (!ts_subtree_visible_child_count(parent))
		return false;
	enter(c, parent, ts_node_start_byte(c->node), 0, false);
	return cursor_next(c);
}

bool cursor_up(struct cursor *c)
{
	if (c->levels->list.count == c->base)
		return false;
	c->levels->list.count--;
	return true;
}

void cursor_end(struct cursor *c)
{
	c->levels->list.count = c->base;
}
