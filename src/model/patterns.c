#include "model/patterns.h"

#include "base/buf.h"

#include <stdlib.h>

static int compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_precedence(const void *left, const void *right)
{
	const struct pattern *a = left, *b = right;
	int order = compare(b->head.len, a->head.len);
	if (!order)
		order = str_cmp(a->head, b->head);
	if (!order)
		order = compare(b->after.len, a->after.len);
	return order ? order : compare(a->pair, b->pair);
}

static void index_patterns(struct pattern_table *t)
{
	if (t->patterns.count)
		qsort(t->patterns.items, t->patterns.count, sizeof(*t->patterns.items), by_precedence);
	for (uint32_t i = 0; i < t->patterns.count; i++) {
		struct str head = t->patterns.items[i].head;
		str_map_put(&t->heads, head, i, NULL);
		if (!t->lengths.count || vec_last(&t->lengths) != head.len)
			vec_push(&t->lengths, head.len);
	}
}

void pattern_table_build(struct pattern_table *t, const struct facts *f, node_id object, enum pattern_rules rules)
{
	t->packages = rules == PATTERNS_OF_PACKAGES;
	facts_each_child(f, object, pair) {
		struct str key = node_name(f, pair);
		*(str_starts(key, STR(".")) ? &t->has_dotted : &t->has_plain) = true;
		uint32_t star = str_find(key, '*');
		bool folder = star == UINT32_MAX && t->packages && str_ends(key, STR("/"));
		if (star == UINT32_MAX && !folder) {
			str_map_put(&t->exact, key, pair, NULL);
			continue;
		}
		struct pattern pattern = { str_slice(key, 0, star),
			str_slice(key, folder ? key.len : star + 1, key.len), pair };
		vec_push(&t->patterns, pattern);
	}
	index_patterns(t);
}

void pattern_table_release(struct pattern_table *t)
{
	str_map_release(&t->exact);
	str_map_release(&t->heads);
	vec_release(&t->patterns);
	vec_release(&t->lengths);
}

node_id pattern_table_find(const struct pattern_table *t, struct str name, struct str *star)
{
	const uint32_t *found = str_map_get(&t->exact, name);
	*star = STR("");
	if (found)
		return *found;
	for (uint32_t i = 0; i < t->lengths.count; i++) {
		uint32_t length = t->lengths.items[i];
		found = length <= name.len ? str_map_get(&t->heads, str_slice(name, 0, length)) : NULL;
		for (uint32_t at = found ? *found : t->patterns.count; at < t->patterns.count; at++) {
			const struct pattern *pattern = &t->patterns.items[at];
			if (!str_eq(pattern->head, str_slice(name, 0, length)))
				break;
			uint32_t least = length + pattern->after.len + t->packages;
			if (name.len < least || !str_ends(name, pattern->after))
				continue;
			*star = str_slice(name, length, name.len - pattern->after.len);
			return pattern->pair;
		}
	}
	return 0;
}

struct str pattern_expand(struct arena *a, struct str target, struct str star)
{
	struct buf out = { 0 };
	bool replaced = false;
	for (uint32_t i = 0; i < target.len; i++) {
		if (target.ptr[i] == '*') {
			buf_add(&out, star);
			replaced = true;
		} else {
			buf_add_char(&out, target.ptr[i]);
		}
	}
	if (!replaced && str_ends(target, STR("/")))
		buf_add(&out, star);
	struct str expanded = arena_str(a, buf_str(&out));
	buf_release(&out);
	return expanded;
}
