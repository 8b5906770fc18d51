/*
 * Type arguments of a call. The parser does not see them (typescript_gaps.c), so they are read from the text:
 * names, arrays, unions and arguments of arguments become what the grammar's nodes become elsewhere; anything
 * else is a TYPE named as it is written.
 */
#include "parse/typescript.h"

enum { MOST_DEPTH = 8 };

struct types {
	struct walk *w;
	struct str source;
	unsigned depth;
};

/* The first of the separators in [from, to) that stands in no bracket and no string, or `to`. */
static uint32_t find_outside(const struct types *t, uint32_t from, uint32_t to, char separator)
{
	uint32_t depth = 0;
	for (uint32_t i = from; i < to; i++) {
		char c = t->source.ptr[i];
		if (c == '"' || c == '\'') {
			while (++i < to && t->source.ptr[i] != c)
				;
			continue;
		}
		if (c == separator && depth == 0)
			return i;
		if (strchr("<([{", c) && c)
			depth++;
		else if (strchr(")]}", c) && c)
			depth -= depth > 0;
		else if (c == '>' && i > from && t->source.ptr[i - 1] != '=')
			depth -= depth > 0;
	}
	return to;
}

static void trim(const struct types *t, uint32_t *from, uint32_t *to)
{
	struct str text = str_trim(str_slice(t->source, *from, *to));
	*from = text.len ? (uint32_t)(text.ptr - t->source.ptr) : *to;
	*to = *from + text.len;
}

static node_id open_type(const struct types *t, uint32_t from, uint32_t to, struct str name)
{
	struct walk *w = t->w;
	node_id id = facts_open(w->facts, NODE_TYPE, PART_TYPE, w->offset + from, w->offset + to);
	facts_name(w->facts, id, name);
	return id;
}

static void read_type(struct types *t, uint32_t from, uint32_t to);

/* The parts of a list, of a union, of an intersection. */
static void read_parts(struct types *t, uint32_t from, uint32_t to, char separator)
{
	while (from < to) {
		uint32_t end = find_outside(t, from, to, separator);
		read_type(t, from, end);
		from = end + 1;
	}
}

static bool read_union(struct types *t, uint32_t from, uint32_t to, char operator_char)
{
	if (find_outside(t, from, to, operator_char) == to)
		return false;
	open_type(t, from, to, (struct str){ operator_char == '|' ? "|" : "&", 1 });
	read_parts(t, from, to, operator_char);
	facts_close(t->w->facts);
	return true;
}

/* Name<A, B>: how far the name goes; 0 when it is something else. */
static uint32_t generic_name(const struct types *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		char c = t->source.ptr[i];
		bool word = c == '_' || c == '$' || c == '.' || char_is_alnum(c);
		if (!word)
			return c == '<' && find_outside(t, from, to, '>') == to && t->source.ptr[to - 1] == '>' ? i : 0;
	}
	return 0;
}

static void read_known_type(struct types *t, uint32_t from, uint32_t to)
{
	struct str text = str_slice(t->source, from, to);
	bool function = find_outside(t, from, to, '=') != to; /* an arrow: what else has an equals sign here */
	if (!function && (read_union(t, from, to, '|') || read_union(t, from, to, '&')))
		return;
	if (function) {
		open_type(t, from, to, STR("=>"));
	} else if (str_ends(text, STR("[]"))) {
		open_type(t, from, to, STR("[]"));
		read_type(t, from, to - 2);
	} else if (text.ptr[0] == '{') {
		open_type(t, from, to, STR("{}"));
	} else {
		uint32_t name = generic_name(t, from, to);
		open_type(t, from, to, name ? str_slice(t->source, from, name) : text);
		if (name)
			read_parts(t, name + 1, to - 1, ',');
	}
	facts_close(t->w->facts);
}

static void read_type(struct types *t, uint32_t from, uint32_t to)
{
	trim(t, &from, &to);
	if (from == to || t->depth == MOST_DEPTH)
		return;
	t->depth++;
	read_known_type(t, from, to);
	t->depth--;
}

void ts_type_arguments(struct walk *w, TSNode call, TSNode callee)
{
	TSNode arguments = walk_field(w, call, FIELD_ARGUMENTS);
	if (ts_node_is_null(callee) || ts_node_is_null(arguments) ||
		!ts_node_is_null(walk_field(w, call, FIELD_TYPE_ARGUMENTS)))
		return;
	uint32_t from = ts_node_end_byte(callee), to = ts_node_start_byte(arguments);
	struct types t = { .w = w, .source = w->source };
	if (from >= to)
		return;
	trim(&t, &from, &to);
	if (to - from > 2 && t.source.ptr[from] == '<' && t.source.ptr[to - 1] == '>')
		read_parts(&t, from + 1, to - 1, ',');
}
