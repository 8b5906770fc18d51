#include "wire/trie.h"

#include "base/hash.h"

static uint64_t child_key(uint32_t parent, struct str segment)
{
	return hash_mix(parent + 1, segment.ptr, segment.len);
}

/* The last segment of a path, and what stands before it. */
static struct str cut_last(struct str *path)
{
	uint32_t slash = str_rfind(*path, '/');
	struct str last = str_slice(*path, slash < path->len ? slash + 1 : 0, path->len);
	*path = str_slice(*path, 0, slash < path->len ? slash : 0);
	return last;
}

static bool is_parameter(struct str segment)
{
	return str_find(segment, '{') < segment.len;
}

void trie_init(struct trie *t)
{
	struct trie_node end = { 0 };
	*t = (struct trie){ 0 };
	vec_push(&t->nodes, end);
}

void trie_release(struct trie *t)
{
	vec_release(&t->nodes);
	vec_release(&t->entries);
	map_release(&t->children);
}

static uint32_t child(const struct trie *t, uint32_t parent, struct str segment)
{
	const uint32_t *found = map_get(&t->children, child_key(parent, segment));
	return found && str_eq(t->nodes.items[*found].segment, segment) ? *found : 0;
}

static uint32_t add_child(struct trie *t, uint32_t parent, struct str segment)
{
	struct trie_node node = { .segment = is_parameter(segment) ? STR("") : segment, .parent = parent };
	uint32_t id = t->nodes.count;
	if (is_parameter(segment)) {
		if (!t->nodes.items[parent].parameter) {
			vec_push(&t->nodes, node);
			t->nodes.items[parent].parameter = id;
		}
		return t->nodes.items[parent].parameter;
	}
	uint32_t known = child(t, parent, segment);
	if (known)
		return known;
	node.next_sibling = t->nodes.items[parent].first_child;
	vec_push(&t->nodes, node);
	t->nodes.items[parent].first_child = id;
	*map_put(&t->children, child_key(parent, segment), id, NULL) = id;
	return id;
}

static void add_path(struct trie *t, struct str path, uint32_t endpoint)
{
	uint32_t node = 0;
	while (path.len > 1)
		node = add_child(t, node, cut_last(&path));
	struct trie_entry entry = { endpoint, t->nodes.items[node].first_entry };
	vec_push(&t->entries, entry);
	t->nodes.items[node].first_entry = t->entries.count;
}

void trie_add(struct trie *t, struct str path, uint32_t endpoint)
{
	add_path(t, path, endpoint);
	while (str_ends(path, STR("?}"))) {
		cut_last(&path);
		add_path(t, path, endpoint);
	}
}

/* ---- following a path ---- */

/* How a segment of the path and one of the trie meet, with what that is worth. */
enum meeting {
	PARAMETER_FOR_WORD = 0, /* what the path leaves open is a word */
	WORD_FOR_PARAMETER = 1,
	BOTH_PARAMETERS = 3,
	SAME_WORD = 64, /* outweighs all parameters: `/orders/{}` is rather /orders/export than /{tenant}/{id} */
};

struct states {
	struct trie_state items[TRIE_MOST_STATES];
	uint32_t count;
};

/* `/filters/{id}` is not `/{kind}/stats`: where a word is put in for a parameter, what is left open is no word. */
static bool is_crossed(struct trie_state s)
{
	return s.has_word_for_parameter && s.has_parameter_for_word;
}

static void add_state(struct states *s, struct trie_state from, uint32_t node, enum meeting how, uint32_t rest)
{
	struct trie_state to = from;
	to.node = node;
	to.rest = rest;
	to.score += how;
	to.words += how == SAME_WORD;
	to.has_word_for_parameter |= how == WORD_FOR_PARAMETER;
	to.has_parameter_for_word |= how == PARAMETER_FOR_WORD;
	if (node && s->count < TRIE_MOST_STATES && !is_crossed(to))
		s->items[s->count++] = to;
}

static void step(const struct trie *t, struct trie_state from, struct str segment, uint32_t rest, struct states *to)
{
	const struct trie_node *node = &t->nodes.items[from.node];
	if (is_parameter(segment)) {
		add_state(to, from, node->parameter, BOTH_PARAMETERS, rest);
		for (uint32_t c = node->first_child; c; c = t->nodes.items[c].next_sibling)
			add_state(to, from, c, PARAMETER_FOR_WORD, rest);
		return;
	}
	add_state(to, from, child(t, from.node, segment), SAME_WORD, rest);
	add_state(to, from, node->parameter, WORD_FOR_PARAMETER, rest);
}

void trie_walk(
	const struct trie *t, struct str path, void (*visit)(void *context, struct trie_state state), void *context)
{
	struct states states[2], *now = &states[0], *then = &states[1];
	now->items[0] = (struct trie_state){ .rest = path.len > 1 ? path.len : 0 };
	now->count = 1;
	visit(context, now->items[0]);
	while (path.len > 1 && now->count) {
		struct str segment = cut_last(&path);
		struct states *last = now;
		then->count = 0;
		for (uint32_t i = 0; i < now->count; i++)
			step(t, now->items[i], segment, path.len, then);
		now = then;
		then = last;
		for (uint32_t i = 0; i < now->count; i++)
			visit(context, now->items[i]);
	}
}
