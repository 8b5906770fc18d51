#include "wire/reading.h"

static const struct place NOWHERE = { 0, 0 };

static bool is_positional(const struct facts *f, node_id child)
{
	return f->nodes[child].part == PART_ARG && f->nodes[child].kind != NODE_PAIR;
}

static uint32_t argument_count(const struct facts *f, node_id call)
{
	uint32_t count = 0;
	facts_each_child(f, call, c)
		count += is_positional(f, c);
	return count;
}

/* The object literal that an argument is; also one in the hands of a library's function: createRoute({ … }). */
static struct place object_of(struct reading *r, struct place argument)
{
	struct place at = behind(r, argument);
	if (!at.node || node_kind(facts_of(r, at.file), at.node) != NODE_CALL)
		return at;
	struct place first = { at.file, call_arg(facts_of(r, at.file), at.node, 0) };
	return first.node ? behind(r, first) : at;
}

/* "1", "-1", "1-", "0.prefix" */
static struct place by_position(struct reading *r, file_id file, node_id call, struct str word)
{
	const struct facts *f = facts_of(r, file);
	bool from_end = word.ptr[0] == '-';
	uint32_t number = 0, i = from_end, dot = str_find(word, '.');
	for (; i < word.len && char_is_digit(word.ptr[i]); i++)
		number = number * 10 + (uint32_t)(word.ptr[i] - '0');
	if (from_end)
		number = argument_count(f, call) - number; /* wraps around to none */
	struct place at = { file, call_arg(f, call, number) };
	return at.node && dot < word.len ? at_keys(r, object_of(r, at), str_slice(word, dot + 1, word.len)) : at;
}

struct place argument(struct reading *r, file_id file, node_id call, struct str words)
{
	struct place at = NOWHERE;
	struct str word;
	while (!at.node && str_split(&words, ' ', &word)) {
		bool counts = word.len && (word.ptr[0] == '-' || char_is_digit(word.ptr[0]));
		at = counts ? by_position(r, file, call, word)
			    : (struct place){ file, call_keyword(facts_of(r, file), call, word) };
	}
	return at;
}

struct place next_argument(const struct reading *r, node_id call, struct place before, struct str words)
{
	const struct facts *f = facts_of(r, before.file);
	if (!str_ends(words, STR("-")))
		return NOWHERE;
	for (node_id n = f->nodes[before.node].next; n < f->nodes[call].next; n = f->nodes[n].next)
		if (is_positional(f, n))
			return (struct place){ before.file, n };
	return NOWHERE;
}

/* `["a", "b"]`, `[]string{"a", "b"}` */
static bool is_list(const struct facts *f, node_id n)
{
	if (node_kind(f, n) == NODE_ARRAY)
		return true;
	node_id type = node_kind(f, n) == NODE_OBJECT ? node_child(f, n, PART_TYPE) : 0;
	return type && str_starts(node_name(f, type), STR("["));
}

bool next_item(const struct reading *r, struct place list, struct place *item)
{
	const struct facts *f = facts_of(r, list.file);
	node_id next = 0;
	if (!is_list(f, list.node)) {
		next = item->node ? 0 : list.node;
	} else {
		next = item->node ? f->nodes[item->node].next : list.node + 1;
		while (next < f->nodes[list.node].next && f->nodes[next].part == PART_TYPE)
			next = f->nodes[next].next;
		next = next < f->nodes[list.node].next ? next : 0;
	}
	*item = (struct place){ list.file, next };
	return next != 0;
}

struct str place_text(struct reading *r, struct place p)
{
	const struct facts *f = facts_of(r, p.file);
	bool in_row = r->row.item && node_kind(f, p.node) == NODE_NAME;
	struct place value = in_row ? behind(r, p) : NOWHERE;
	if (value.node && node_kind(facts_of(r, value.file), value.node) == NODE_PAIR)
		return node_name(facts_of(r, value.file), value.node); /* the key of a map */
	return value.node ? model_text(r->model, value.file, value.node) : model_text(r->model, p.file, p.node);
}

struct stretch stretch_of(struct str text)
{
	struct stretch stretch = { .text = text };
	while (str_starts(stretch.text, STR("{"))) {
		stretch.text = str_slice(stretch.text, str_find(stretch.text, '}') + 1, stretch.text.len);
		stretch.is_open = true;
	}
	return stretch;
}

struct stretch place_stretch(struct reading *r, struct place p)
{
	struct str text = place_text(r, p);
	bool is_literal = node_kind(facts_of(r, p.file), p.node) == NODE_STRING; /* "{id}" as it is written */
	return is_literal ? (struct stretch){ .text = text } : stretch_of(text);
}
