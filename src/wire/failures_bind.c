/* What carries a failure is given a name: a variable, a parameter, a part of a pattern. */
#include "wire/failures.h"

static const struct fate NOTHING = { .outcome = OUTCOME_NONE };
static const struct fate ELSEWHERE = { .outcome = OUTCOME_ELSEWHERE };

/* One use of a name. */
struct use {
	struct failures *a;
	file_id file;
	const struct facts *f;
	struct carried v;
	node_id node;
	struct str rest; /* behind the name: "isError" of `order.isError` */
	unsigned depth;
};

static struct str behind_first(struct str path)
{
	uint32_t skip = path_first(path).len;
	return str_slice(path, skip < path.len ? skip + 1 : skip, path.len);
}

/* Calls of the project's functions are sources of their own. */
static bool is_call_of_ours(const struct use *u)
{
	return model_meant_function(u->a->m, model_meaning(u->a->m, u->file, u->node)) != 0;
}

/* `load()`, where load is a function that fails. */
static struct fate use_called(struct use *u)
{
	struct carried v = { .by = u->v.result, .hook = u->v.hook };
	if (u->v.by == CARRIER_STATE && str_empty(u->v.member)) /* the first of a pair: `const [save, state] = …` */
		return failure_member(u->a, u->v, STR(""), u->file, u->node, u->depth);
	if (u->v.by != CARRIER_FUNCTION)
		return ELSEWHERE;
	if (u->v.hook)
		return failure_started(u->a, u->v, u->file, u->node, u->depth);
	if (u->a->handed)
		return failure_follow(u->a, v, u->file, u->node, u->depth + 1);
	if (!is_call_of_ours(u)) {
		struct source source = u->a->sources.items[u->a->current];
		source.file = u->file;
		source.node = u->node;
		source.carried = v;
		source.from = u->a->current + 1;
		source.hook = u->a->hook;
		failure_add_source(u->a, source);
	}
	return ELSEWHERE;
}

static struct fate use_method(struct use *u)
{
	/* `p.catch(…)`: as if p stood there as the object of the call */
	struct carried v = u->v;
	if (v.by == CARRIER_STATE)
		return failure_member(u->a, v, path_first(u->rest), u->file, u->node, u->depth);
	if (v.by == CARRIER_FUNCTION)
		return ELSEWHERE;
	return failure_follow_method(u->a, v, u->file, u->node, u->rest, u->depth + 1);
}

static struct fate use_name(struct use *u)
{
	bool is_call = node_kind(u->f, u->node) == NODE_CALL;
	if (!str_empty(u->v.member) && !str_empty(u->rest)) {
		if (!str_eq(path_first(u->rest), u->v.member))
			return NOTHING;
		u->rest = behind_first(u->rest);
		u->v.member = STR("");
	}
	if (!str_empty(u->rest) && is_call)
		return use_method(u);
	if (!str_empty(u->rest))
		return u->v.by == CARRIER_STATE
			       ? failure_member(u->a, u->v, path_first(u->rest), u->file, u->node, u->depth)
			       : ELSEWHERE;
	return is_call ? use_called(u) : failure_follow(u->a, u->v, u->file, u->node, u->depth + 1);
}

/* All uses of a name. */
static struct fate follow_name(
	struct failures *a, struct carried v, file_id file, node_id binding, struct str name, unsigned depth)
{
	const struct facts *f = failure_facts(a, file);
	struct fate fate = may_be_shown(a, file, binding) ? ELSEWHERE : NOTHING;
	if (depth >= DEEPEST_FOLLOWED || !model_binding_is_unique(a->m, file, binding, name))
		return ELSEWHERE;
	for (node_id n = uses_first(a, file, binding); n; n = uses_next(a, file, n)) {
		struct use use = { a, file, f, v, n, behind_first(node_name(f, n)), depth };
		fate = better_fate(fate, use_name(&use));
	}
	return fate;
}

/* `{ order: { error } }`: what stands under a key of a pattern; 0 for none, *rest where a rest may hold it. */
static node_id taken_by_key(const struct facts *f, node_id pattern, struct str key, bool *rest)
{
	facts_each_child(f, pattern, c) {
		node_id target = node_kind(f, c) == NODE_ASSIGN ? node_child(f, c, PART_TARGET) : c;
		*rest |= node_kind(f, c) == NODE_SPREAD;
		if (target && str_eq(node_name(f, target), key) && node_kind(f, target) != NODE_SPREAD)
			return node_kind(f, target) == NODE_PAIR ? node_child(f, target, PART_VALUE) : target;
	}
	return 0;
}

/* What a hook returns is taken apart: is a member among it that tells of the failure? */
static struct fate bind_members(struct failures *a, struct carried v, file_id file, node_id pattern, unsigned depth)
{
	const struct facts *f = failure_facts(a, file);
	struct fate fate = NOTHING;
	facts_each_child(f, pattern, c) {
		node_id target = node_kind(f, c) == NODE_ASSIGN ? node_child(f, c, PART_TARGET) : c;
		struct str member = target ? node_name(f, target) : STR("");
		if (node_kind(f, c) == NODE_SPREAD)
			return ELSEWHERE;
		if (target && node_kind(f, target) == NODE_PAIR)
			target = node_child(f, target, PART_VALUE);
		if (target)
			fate = better_fate(fate, failure_bind_member(a, v, member, file, target, depth));
	}
	return fate;
}

/* `const [save, { error }] = …`: holes are not seen, but a state is read, and what starts it is called. */
static struct fate bind_items(struct failures *a, struct carried v, file_id file, node_id pattern, unsigned depth)
{
	const struct facts *f = failure_facts(a, file);
	struct fate fate = NOTHING;
	if (v.by != CARRIER_STATE)
		return ELSEWHERE;
	facts_each_child(f, pattern, c)
		fate = better_fate(fate, failure_bind(a, v, file, c, depth));
	return fate;
}

struct fate failure_bind(struct failures *a, struct carried v, file_id file, node_id target, unsigned depth)
{
	const struct facts *f = failure_facts(a, file);
	for (;;) {
		node_id inner = node_child(f, target, PART_TARGET);
		bool rest = false;
		switch (node_kind(f, target)) {
		case NODE_VAR:
			return follow_name(a, v, file, target, node_name(f, target), depth);
		case NODE_NAME:
			if (str_find(node_name(f, target), '.') != UINT32_MAX)
				return ELSEWHERE;
			return follow_name(a, v, file, target, node_name(f, target), depth);
		case NODE_PARAM:
			if (!inner)
				return follow_name(a, v, file, target, node_name(f, target), depth);
			target = inner;
			break;
		case NODE_ASSIGN: /* with a default */
			if (!inner)
				return ELSEWHERE;
			target = inner;
			break;
		case NODE_OBJECT:
			if (str_empty(v.member))
				return v.by == CARRIER_STATE ? bind_members(a, v, file, target, depth) : ELSEWHERE;
			target = taken_by_key(f, target, v.member, &rest);
			if (!target)
				return rest ? ELSEWHERE : NOTHING;
			v.member = STR("");
			break;
		case NODE_ARRAY:
			return bind_items(a, v, file, target, depth);
		default:
			return ELSEWHERE;
		}
	}
}

struct fate failure_handed(struct failures *a, struct carried v, file_id file, node_id parameter, unsigned depth)
{
	uint32_t parts[5] = { file, parameter, v.by, v.result, a->only_reads };
	uint64_t key = hash_mix(hash_bytes(parts, sizeof(parts)), v.member.ptr, v.member.len);
	const struct library_entry *hook = v.hook;
	bool is_new;
	uint32_t *known = map_put(&a->handed_to, hash_mix(key, (const char *)&hook, sizeof(hook)), 0, &is_new);
	if (!is_new)
		return *known ? a->handed_fates.items[*known - 1]
			      : ELSEWHERE; /* 0: a function that hands it to itself */
	a->handed++;
	struct fate fate = failure_bind(a, v, file, parameter, depth + 1);
	a->handed--;
	vec_push(&a->handed_fates, fate);
	*map_put(&a->handed_to, hash_mix(key, (const char *)&hook, sizeof(hook)), 0, NULL) = a->handed_fates.count;
	return fate;
}
