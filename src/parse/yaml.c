/*
 * YAML manifests, through the reader that the configuration has: a map is an OBJECT with PAIRs, a list an ARRAY.
 * A document that the reader refuses has no facts but its error.
 */
#include "config/yaml.h"
#include "parse/grammar.h"

static const struct yaml_limits limits = { .depth = 64, .nodes = 100000 };

static void open_node(struct facts_builder *b, const struct yaml_node *node, enum node_part part)
{
	static const enum node_kind kinds[] = {
		[YAML_SCALAR] = NODE_STRING, [YAML_MAP] = NODE_OBJECT, [YAML_LIST] = NODE_ARRAY
	};
	if (node->key) {
		node_id pair = facts_open(b, NODE_PAIR, PART_NONE, node->key->start, node->end);
		facts_name(b, pair, node->key->text);
		part = PART_VALUE;
	}
	node_id id = facts_open(b, kinds[node->kind], part, node->start, node->end);
	if (node->kind == YAML_SCALAR)
		facts_name(b, id, node->text);
}

static void close_node(struct facts_builder *b, const struct yaml_node *node)
{
	facts_close(b);
	if (node->key)
		facts_close(b);
}

/* The reader's depth is limited, and so is this path from the root down. */
static void add_tree(struct facts_builder *b, const struct yaml_node *root)
{
	const struct yaml_node *path[64 + 1] = { root };
	uint32_t depth = 0;
	open_node(b, root, PART_NONE);
	const struct yaml_node *next = root->first;
	for (;;) {
		if (next) {
			path[++depth] = next;
			open_node(b, next, PART_NONE);
			next = next->first;
			continue;
		}
		close_node(b, path[depth]);
		if (!depth)
			return;
		next = path[depth--]->next;
	}
}

static void parse(struct facts_builder *b, struct str bytes)
{
	struct arena arena = { 0 };
	struct yaml_node *root;
	struct err err = { 0 };
	if (!yaml_parse(&arena, STR(""), bytes, &limits, &root, &err))
		facts_error(b, 0, bytes.len);
	else if (root)
		add_tree(b, root);
	arena_release(&arena);
}

const struct grammar grammar_yaml = { .parse = parse };
