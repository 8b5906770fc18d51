#include "facts/build.h"

#include "base/hash.h"
#include "base/line.h"
#include "facts/codec.h"

#include <stdlib.h>

static void strings_clear(struct string_table *t)
{
	buf_clear(&t->text);
	vec_clear(&t->ends);
	vec_push(&t->ends, 0); /* string 0 is empty */
	if (t->slots)
		memset(t->slots, 0, sizeof(*t->slots) * t->slot_count);
}

static struct str strings_get(const struct string_table *t, uint32_t id)
{
	uint32_t start = id ? t->ends.items[id - 1] : 0;
	return (struct str){ t->text.ptr ? t->text.ptr + start : "", t->ends.items[id] - start };
}

static uint32_t *strings_slot(const struct string_table *t, struct str text)
{
	uint32_t mask = t->slot_count - 1;
	uint32_t i = (uint32_t)hash_bytes(text.ptr, text.len) & mask;
	while (t->slots[i] && !str_eq(strings_get(t, t->slots[i]), text))
		i = (i + 1) & mask;
	return &t->slots[i];
}

static void strings_grow(struct string_table *t)
{
	t->slot_count = t->slot_count ? t->slot_count * 2 : 256;
	t->slots = mem_realloc(t->slots, sizeof(*t->slots) * t->slot_count);
	memset(t->slots, 0, sizeof(*t->slots) * t->slot_count);
	for (uint32_t id = 1; id < t->ends.count; id++)
		*strings_slot(t, strings_get(t, id)) = id;
}

uint32_t facts_string(struct facts_builder *b, struct str text)
{
	struct string_table *t = &b->strings;
	if (!text.len)
		return 0;
	if (t->ends.count * 2 >= t->slot_count)
		strings_grow(t);
	uint32_t *slot = strings_slot(t, text);
	if (!*slot) {
		buf_add(&t->text, text);
		*slot = t->ends.count;
		vec_push(&t->ends, t->text.len);
	}
	return *slot;
}

struct str facts_builder_str(const struct facts_builder *b, uint32_t id)
{
	return strings_get(&b->strings, id);
}

static void find_lines(struct facts_builder *b, struct str source)
{
	vec_clear(&b->lines);
	vec_push(&b->lines, bom_length(source));
	for (uint32_t i = 0; i < source.len; i++)
		if (line_ends_at(source, i))
			vec_push(&b->lines, i + 1);
}

void facts_begin(struct facts_builder *b, uint32_t language, struct str source)
{
	vec_clear(&b->nodes);
	vec_clear(&b->open);
	vec_clear(&b->imports);
	vec_clear(&b->exports);
	vec_clear(&b->comments);
	vec_clear(&b->errors);
	strings_clear(&b->strings);
	find_lines(b, source);
	b->language = language;
	b->source_len = source.len;
	b->error_bytes = 0;
	b->overflow = false;
	facts_open(b, NODE_FILE, PART_NONE, 0, source.len);
}

void facts_builder_release(struct facts_builder *b)
{
	vec_release(&b->nodes);
	vec_release(&b->open);
	vec_release(&b->imports);
	vec_release(&b->exports);
	vec_release(&b->comments);
	vec_release(&b->errors);
	vec_release(&b->lines);
	vec_release(&b->strings.ends);
	buf_release(&b->strings.text);
	mem_free(b->strings.slots);
	b->strings.slots = NULL;
	b->strings.slot_count = 0;
}

node_id facts_current(const struct facts_builder *b)
{
	return vec_last(&b->open);
}

node_id facts_open(struct facts_builder *b, enum node_kind kind, enum node_part part, uint32_t start, uint32_t end)
{
	if (b->nodes.count >= FACTS_MOST_NODES) {
		b->overflow = true;
		vec_push(&b->open, b->nodes.count - 1);
		return b->nodes.count - 1;
	}
	uint32_t depth = b->open.count;
	struct node node = {
		.kind = (uint8_t)kind,
		.part = (uint8_t)part,
		.depth = depth > UINT16_MAX ? UINT16_MAX : (uint16_t)depth,
		.start = start,
		.end = end,
		.parent = depth ? facts_current(b) : 0,
	};
	node_id id = b->nodes.count;
	node.next = id + 1;
	vec_push(&b->nodes, node);
	vec_push(&b->open, id);
	return id;
}

void facts_close(struct facts_builder *b)
{
	b->nodes.items[facts_current(b)].next = b->nodes.count;
	b->open.count--;
}

node_id facts_leaf(struct facts_builder *b, enum node_kind kind, enum node_part part, uint32_t start, uint32_t end,
	struct str name)
{
	node_id id = facts_open(b, kind, part, start, end);
	facts_name(b, id, name);
	facts_close(b);
	return id;
}

void facts_name(struct facts_builder *b, node_id node, struct str name)
{
	b->nodes.items[node].name = facts_string(b, name);
}

void facts_flag(struct facts_builder *b, node_id node, uint32_t flags)
{
	b->nodes.items[node].flags |= flags;
}

void facts_error(struct facts_builder *b, uint32_t start, uint32_t end)
{
	struct facts_error error = { start, end };
	vec_push(&b->errors, error);
	b->error_bytes += end - start;
	for (uint32_t i = b->open.count; i > 0; i--) {
		struct node *node = &b->nodes.items[b->open.items[i - 1]];
		if (node->flags & (uint32_t)FLAG_ERROR)
			break; /* what is above knows already */
		node->flags |= (uint32_t)FLAG_ERROR;
		if (node->kind == NODE_FUNCTION || node->kind == NODE_CLASS)
			break;
	}
}

static int by_start(const void *left, const void *right)
{
	const struct comment *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

/* A handler that takes its children out of order, or looks at some of them only, can leave comments so. */
static void order_comments(struct facts_builder *b)
{
	struct comment *items = b->comments.items;
	uint32_t kept = 1, count = b->comments.count;
	for (; kept < count && items[kept - 1].start < items[kept].start; kept++)
		;
	if (kept >= count)
		return;
	qsort(items, count, sizeof(*items), by_start);
	kept = 0;
	for (uint32_t i = 0; i < count; i++)
		if (!kept || items[kept - 1].start != items[i].start)
			items[kept++] = items[i];
	b->comments.count = kept;
}

void facts_end(struct facts_builder *b, struct buf *out)
{
	while (b->open.count)
		facts_close(b);
	order_comments(b);
	facts_encode(b, out);
}
