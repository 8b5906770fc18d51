/* The rows of a table: `for (const r of routes) app.use(r.path, r.router)` is one mount for each of them. */
#include "wire/reading.h"

enum { MOST_ROWS = 256, MOST_LEVELS = 16 };

static const struct place NOWHERE = { 0, 0 };

/* ---- keys ---- */

static node_id nth_value(const struct facts *f, node_id list, uint32_t index)
{
	facts_each_child(f, list, c)
		if (f->nodes[c].part != PART_TYPE && index-- == 0)
			return c;
	return 0;
}

static node_id type_of_items(const struct facts *f, node_id list)
{
	node_id type = node_kind(f, list) == NODE_OBJECT ? node_child(f, list, PART_TYPE) : 0;
	node_id last = 0;
	if (type)
		facts_each_child(f, type, c)
			last = c;
	return last;
}

/* `{"/x", list}` of a Go struct whose fields stand in this order. */
static node_id positional_value(const struct reading *r, struct place object, struct str name)
{
	const struct facts *f = facts_of(r, object.file);
	node_id type_node = node_child(f, object.node, PART_TYPE);
	if (!type_node)
		type_node = type_of_items(f, f->nodes[object.node].parent);
	struct type type = { MEANS_UNKNOWN, 0, 0, { 0 } };
	if (type_node)
		type = model_spelled_type(r->model, object.file, type_node);
	if (type.kind != MEANS_DECLARATION)
		return 0;
	const struct facts *there = facts_of(r, type.file);
	uint32_t position = 0;
	facts_each_child(there, type.node, field) {
		if (node_kind(there, field) != NODE_FIELD)
			continue;
		if (str_eq(node_name(there, field), name))
			return nth_value(f, object.node, position);
		position++;
	}
	return 0;
}

struct place at_key(const struct reading *r, struct place object, struct str key)
{
	if (!object.node)
		return NOWHERE;
	const struct facts *f = facts_of(r, object.file);
	if (node_kind(f, object.node) != NODE_OBJECT)
		return NOWHERE;
	node_id value = object_value(f, object.node, key);
	if (!value && f->language == LANGUAGE_GO)
		value = positional_value(r, object, key);
	return (struct place){ object.file, value };
}

struct place at_keys(struct reading *r, struct place object, struct str keys)
{
	while (object.node && !str_empty(keys)) {
		struct str key = path_first(keys);
		object = at_key(r, behind(r, object), key);
		keys = str_slice(keys, key.len + 1, keys.len);
	}
	return object;
}

/* ---- the loop ---- */

/* The loop around a call, or the function that forEach was handed; 0 when a function of its own comes first. */
static node_id loop_around(const struct facts *f, node_id call, node_id *table)
{
	node_id n = call;
	for (unsigned i = 0; n && i < MOST_LEVELS; i++) {
		n = f->nodes[n].parent;
		if (node_kind(f, n) == NODE_LOOP && node_has(f, n, FLAG_RANGE)) {
			*table = node_child(f, n, PART_ITER);
			return n;
		}
		if (node_kind(f, n) == NODE_FUNCTION)
			return 0;
		if (node_kind(f, n) != NODE_LAMBDA)
			continue;
		*table = f->nodes[n].parent;
		struct str last = path_last(node_name(f, *table));
		bool is_each = node_kind(f, *table) == NODE_CALL && (str_is(last, "forEach") || str_is(last, "map"));
		return is_each ? n : 0;
	}
	return 0;
}

/* The literal that the loop goes through; `Object.entries(t)` goes through t. */
static struct place table_of(struct reading *r, file_id file, node_id loop, node_id table)
{
	const struct facts *f = facts_of(r, file);
	if (node_kind(f, loop) == NODE_LAMBDA) { /* t.forEach(…) */
		node_id object = node_child(f, table, PART_OBJECT);
		if (!object)
			return behind_path(r, file, table, path_parent(node_name(f, table))).at;
		table = object;
	}
	if (table && node_kind(f, table) == NODE_CALL && str_is(node_name(f, table), "Object.entries"))
		table = call_arg(f, table, 0);
	return table ? behind(r, (struct place){ file, table }) : NOWHERE;
}

static void set_row(struct reading *r, file_id file, node_id item)
{
	const struct facts *f = facts_of(r, file);
	r->row.item = item;
	r->row.key = NOWHERE;
	r->row.value = (struct place){ file, item };
	if (item && node_kind(f, item) == NODE_PAIR) {
		r->row.key = r->row.value;
		r->row.value.node = node_child(f, item, PART_VALUE);
	}
}

static bool first_row(struct reading *r, struct place call)
{
	node_id table = 0, loop = loop_around(facts_of(r, call.file), call.node, &table);
	r->row = (struct row){ 0 };
	struct place list = loop ? table_of(r, call.file, loop, table) : NOWHERE;
	if (!list.node)
		return true;
	const struct facts *f = facts_of(r, list.file);
	bool is_literal = (KIND(ARRAY) | KIND(OBJECT)) >> f->nodes[list.node].kind & 1;
	if (is_literal && nth_value(f, list.node, 0)) {
		r->row.loop = (struct place){ call.file, loop };
		set_row(r, list.file, nth_value(f, list.node, 0));
	}
	return true;
}

bool next_row(struct reading *r, struct place call, uint32_t index)
{
	if (index == 0)
		return first_row(r, call);
	if (!r->row.item || index == MOST_ROWS)
		return false;
	const struct facts *f = facts_of(r, r->row.value.file);
	node_id next = f->nodes[r->row.item].next;
	set_row(r, r->row.value.file, next < f->nodes[f->nodes[r->row.item].parent].next ? next : 0);
	return r->row.item != 0;
}

/* ---- what the loop's names stand for ---- */

static uint32_t position_of(const struct facts *f, node_id parent, node_id child)
{
	uint32_t position = 0;
	facts_each_child(f, parent, c) {
		if (c == child)
			break;
		position += f->nodes[c].part == f->nodes[child].part;
	}
	return position;
}

/* A target or a parameter of the loop itself, or a name in the pattern that one is taken apart by. */
static bool binds(const struct facts *f, node_id loop, node_id binding)
{
	node_id up = binding;
	for (unsigned i = 0; up && f->nodes[up].parent != loop; i++)
		up = i < MOST_LEVELS ? f->nodes[up].parent : 0;
	return up && (f->nodes[up].part == PART_TARGET || f->nodes[up].part == PART_PARAM);
}

static struct place nth_item(const struct reading *r, struct place list, uint32_t index)
{
	const struct facts *f = facts_of(r, list.file);
	bool is_list = list.node && node_kind(f, list.node) == NODE_ARRAY;
	return is_list ? (struct place){ list.file, nth_value(f, list.node, index) } : NOWHERE;
}

/* `for k, v := range t`, `for a, b in t`: the first target is the key, or the first item of a list. */
static struct place of_target(const struct reading *r, node_id binding)
{
	const struct row *row = &r->row;
	const struct facts *f = facts_of(r, row->loop.file);
	uint32_t position = position_of(f, f->nodes[binding].parent, binding);
	struct place item = nth_item(r, row->value, position);
	if (row->key.node && position == 0)
		return row->key;
	bool is_python = f->language == LANGUAGE_PYTHON;
	bool only = position == 0 && node_child(f, row->loop.node, PART_TARGET) == binding &&
		    f->nodes[f->nodes[binding].next].part != PART_TARGET;
	return is_python && !only ? item : row->value;
}

static struct place of_binding(const struct reading *r, node_id binding)
{
	const struct row *row = &r->row;
	const struct facts *f = facts_of(r, row->loop.file);
	node_id parent = f->nodes[binding].parent;
	if (node_kind(f, binding) == NODE_PARAM)
		return row->value;
	if (parent == row->loop.node)
		return of_target(r, binding);
	switch (node_kind(f, parent)) {
	case NODE_PAIR:
		return at_key(r, row->value, node_name(f, parent));
	case NODE_OBJECT:
		return at_key(r, row->value, node_name(f, binding));
	case NODE_ARRAY:
		if (!row->key.node)
			return nth_item(r, row->value, position_of(f, parent, binding));
		return position_of(f, parent, binding) == 0 ? row->key : row->value;
	default:
		return NOWHERE;
	}
}

bool row_value(struct reading *r, file_id file, node_id binding, struct str rest, struct place *value)
{
	const struct facts *f = facts_of(r, file);
	if (!r->row.item || r->row.loop.file != file || !binds(f, r->row.loop.node, binding))
		return false;
	*value = at_keys(r, of_binding(r, binding), rest);
	return true;
}
