#include "wire/domain.h"

#include <strings.h>

/* ---- names ---- */

enum { MOST_WORDS = 12 };

struct words {
	struct str items[MOST_WORDS];
	uint32_t first, count;
};

/* OrderItems, order-items, ORDER_ITEMS: [order, items]. A name of more words than that is of none. */
static struct words words_of(struct str name)
{
	struct words words = { 0 };
	for (uint32_t i = 0; i < name.len;) {
		uint32_t start = i;
		while (i < name.len && char_is_upper(name.ptr[i]))
			i++;
		bool is_caps = i > start + 1;
		while (!is_caps && i < name.len && char_is_alnum(name.ptr[i]) && !char_is_upper(name.ptr[i]))
			i++;
		if (i == start)
			i++;
		else if (words.count == MOST_WORDS)
			return (struct words){ 0 };
		else
			words.items[words.count++] = str_slice(name, start, i);
	}
	return words;
}

static bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_eq_nocase(word, str_from(*list)))
			return true;
	return false;
}

static void drop_words(struct words *words, const char *const *before, const char *const *behind)
{
	while (words->first + 1 < words->count && is_one_of(words->items[words->first], before))
		words->first++;
	while (words->first + 1 < words->count && is_one_of(words->items[words->count - 1], behind))
		words->count--;
}

static struct str singular(struct str word, char space[64])
{
	uint32_t cut = 0;
	if (word.len >= 60 || word.len < 4 || word.ptr[word.len - 1] != 's' || word.ptr[word.len - 2] == 's')
		return word;
	if (str_ends(word, STR("ies")))
		cut = 3;
	else if (str_ends(word, STR("ches")) || str_ends(word, STR("shes")) || str_ends(word, STR("sses")) ||
		 str_ends(word, STR("xes")))
		cut = 2;
	else
		cut = 1;
	memcpy(space, word.ptr, word.len);
	if (cut == 3)
		space[word.len - 3] = 'y';
	return (struct str){ space, word.len - cut + (cut == 3) };
}

/* "orderitem": the words as one, the last in the singular. */
static struct str one_name(struct domain *d, const struct words *words)
{
	char space[64];
	buf_clear(&d->scratch);
	for (uint32_t i = words->first; i < words->count; i++)
		buf_add(&d->scratch, words->items[i]);
	for (uint32_t i = 0; i < d->scratch.len; i++)
		if (char_is_upper(d->scratch.ptr[i]))
			d->scratch.ptr[i] = (char)(d->scratch.ptr[i] + 32);
	struct str single = singular(buf_str(&d->scratch), space);
	buf_clear(&d->scratch);
	buf_add(&d->scratch, single);
	return buf_str(&d->scratch);
}

static struct place entity_called(struct domain *d, const struct words *words)
{
	const uint32_t *index = str_map_get(&d->by_name, one_name(d, words));
	return index && *index ? d->entities.items[*index - 1] : (struct place){ NO_FILE, 0 };
}

struct place domain_of_component(struct domain *d, struct str name)
{
	static const char *const doings[] = { "create", "edit", "new", "add", "update", "manage", "all", "my", NULL };
	static const char *const kinds[] = { "list", "table", "page", "view", "detail", "details", "form", "editor",
		"edit", "grid", "overview", "screen", "panel", "manager", "management", "create", "new", "profile",
		"section", "component", "container", "modal", "dialog", NULL };
	struct words words = words_of(name);
	drop_words(&words, doings, kinds);
	return entity_called(d, &words);
}

/* mockOrders, ORDERS, orders_data */
static bool is_called_so(struct domain *d, struct place entity, struct str holder)
{
	static const char *const before[] = { "mock", "mocked", "dummy", "fake", "sample", "initial", "default", "demo",
		"all", "my", "new", "current", "recent", "static", "test", NULL };
	static const char *const behind[] = { "data", "list", "items", "mock", "rows", NULL };
	struct words words = words_of(holder);
	drop_words(&words, before, behind);
	struct place meant = entity_called(d, &words);
	return meant.node && meant.file == entity.file && meant.node == entity.node;
}

/* ---- entities ---- */

static void add_entity(struct domain *d, file_id file, node_id class_node)
{
	static const char *const before[] = { NULL }, *const behind[] = { "entity", "model", NULL };
	struct words words = words_of(node_name(&model_file(d->m, file)->facts, class_node));
	struct place place = { file, class_node };
	drop_words(&words, before, behind);
	if (words.count)
		str_map_put(&d->by_name, one_name(d, &words), d->entities.count + 1, NULL);
	vec_push(&d->entities, place);
}

void domain_find(struct domain *d, const struct model *m)
{
	*d = (struct domain){ .m = m };
	for (file_id file = 0; file < model_file_count(m); file++) {
		const struct facts *f = &model_file(m, file)->facts;
		if (!f->node_count || !model_is_production(m, file))
			continue;
		facts_each_child(f, 0, n)
			if (node_kind(f, n) == NODE_CLASS && model_class_layer(m, file, n).layer == LAYER_ENTITY)
				add_entity(d, file, n);
	}
}

void domain_release(struct domain *d)
{
	str_map_release(&d->by_name);
	vec_release(&d->entities);
	buf_release(&d->scratch);
}

/* ---- what is spelled ---- */

/* created_at is createdAt. */
static bool same_field(struct str a, struct str b)
{
	uint32_t i = 0, j = 0;
	for (;; i++, j++) {
		while (i < a.len && a.ptr[i] == '_')
			i++;
		while (j < b.len && b.ptr[j] == '_')
			j++;
		if (i >= a.len || j >= b.len)
			return i >= a.len && j >= b.len;
		if ((a.ptr[i] | 32) != (b.ptr[j] | 32))
			return false;
	}
}

static bool has_field(const struct facts *f, node_id class_node, struct str name)
{
	facts_each_child(f, class_node, c)
		if (node_kind(f, c) == NODE_FIELD && same_field(node_name(f, c), name))
			return true;
	return str_is(name, "id");
}

static bool is_said(const struct facts *f, node_id value)
{
	static const uint64_t said = KIND(STRING) | KIND(NUMBER) | KIND(CONST) | KIND(UNARY) | KIND(TEMPLATE) |
				     KIND(ARRAY) | KIND(OBJECT);
	bool is_made = node_kind(f, value) == NODE_CALL && node_has(f, value, FLAG_NEW); /* new Date("2024-01-01") */
	return value && ((said >> f->nodes[value].kind & 1) || is_made);
}

/* The object itself, or the first of a list. */
static node_id first_object(const struct facts *f, node_id value)
{
	while (value && ((KIND(CAST) | KIND(ARRAY)) >> f->nodes[value].kind & 1))
		value = node_kind(f, value) == NODE_CAST ? node_child(f, value, PART_VALUE)
							 : node_child_of_kind(f, value, NODE_OBJECT);
	return value && node_kind(f, value) == NODE_OBJECT ? value : 0;
}

bool domain_spells(struct domain *d, struct place entity, file_id file, node_id value, struct str holder)
{
	static const char *const everybodys[] = { "id", "key", "name", "title", "label", "value", "type", "description",
		"icon", "color", "url", "href", "image", NULL };
	const struct facts *f = &model_file(d->m, file)->facts, *there = &model_file(d->m, entity.file)->facts;
	uint32_t pairs = 0, matched = 0, telling = 0;
	node_id object = first_object(f, value);
	if (!object || node_child_of_kind(f, object, NODE_SPREAD))
		return false;
	facts_each_child(f, object, c) {
		struct str key = node_name(f, c);
		bool fits = is_said(f, node_child(f, c, PART_VALUE)) && has_field(there, entity.node, key);
		pairs++;
		matched += fits;
		telling += fits && !is_one_of(key, everybodys);
	}
	return matched >= 2 && matched * 3 >= pairs * 2 && (telling >= 2 || is_called_so(d, entity, holder));
}
