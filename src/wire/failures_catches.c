/* What a catch block or a handler does about a failure. */
#include "wire/failures.h"

static bool is_log(const struct failures *a, file_id file, node_id node)
{
	return model_role(a->m, file, node, ROLE_CONSOLE) || model_role(a->m, file, node, ROLE_LOGGER);
}

/* Promise.reject(e) is `throw e` in another word. */
static bool throws(const struct failures *a, file_id file, node_id n)
{
	enum node_kind kind = node_kind(failure_facts(a, file), n);
	const struct library_entry *entry = kind == NODE_CALL ? model_role(a->m, file, n, ROLE_FAILURE) : NULL;
	return kind == NODE_THROW || (entry && str_is(library_attribute(entry, "kind"), "throws"));
}

/* Does a comment in a block say why, rather than "ignore"? */
static bool is_explained(const struct facts *f, node_id block)
{
	enum { FEWEST_WORDS = 4 };
	uint32_t words = 0, low = 0, high = f->comment_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (f->comments[middle].start < f->nodes[block].start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < f->comment_count && f->comments[low].end <= f->nodes[block].end; low++) {
		struct str rest = str_trim(facts_str(f, f->comments[low].text)), word;
		while (str_split(&rest, ' ', &word))
			words += !str_empty(word);
		if (f->comments[low].end == f->nodes[block].end) /* the grammar counts what stands behind the brace */
			return false;
	}
	return words >= FEWEST_WORDS;
}

/* Does a statement or a call do something that others can notice? */
static bool acts(const struct facts *f, node_id n)
{
	node_id value = node_child(f, n, PART_VALUE);
	switch (node_kind(f, n)) {
	case NODE_CALL:
	case NODE_ASSIGN:
	case NODE_YIELD:
	case NODE_JSX:
		return true;
	case NODE_RETURN: /* a result, as good as any */
		return value && !str_is(node_name(f, value), "undefined");
	default:
		return false;
	}
}

/* The first node behind what is no statement of its own: what is thrown, asked in a condition, or written to a log. */
static node_id behind_aside(const struct failures *a, file_id file, node_id n, enum reaction *reaction)
{
	const struct facts *f = failure_facts(a, file);
	enum reaction seen = REACTION_NONE;
	if (throws(a, file, n))
		seen = REACTION_RETHROWS;
	else if (f->nodes[n].part == PART_COND && node_kind(f, f->nodes[n].parent) == NODE_IF)
		return f->nodes[n].next;
	else if (node_kind(f, n) == NODE_CALL && is_log(a, file, n))
		seen = REACTION_LOGS;
	else
		return 0;
	if (seen > *reaction)
		*reaction = seen;
	return f->nodes[n].next;
}

enum reaction failure_reaction(const struct failures *a, file_id file, node_id body)
{
	const struct facts *f = failure_facts(a, file);
	enum reaction reaction = REACTION_NONE;
	bool is_value = node_kind(f, body) != NODE_BLOCK;
	for (node_id n = body; n < f->nodes[body].next;) {
		node_id behind = behind_aside(a, file, n, &reaction);
		node_id value = node_kind(f, n) == NODE_RETURN ? node_child(f, n, PART_VALUE) : 0;
		if (behind)
			n = behind;
		else if (acts(f, n) && !(value && throws(a, file, value)))
			return REACTION_REACTS;
		else
			n++;
	}
	/* `() => null`, `() => []`: an answer in place of the failure */
	bool answers = is_value && reaction == REACTION_NONE && !str_is(node_name(f, body), "undefined") &&
		       node_kind(f, body) != NODE_UNARY;
	if (answers)
		return REACTION_REACTS;
	return reaction == REACTION_NONE && !is_value && is_explained(f, body) ? REACTION_EXPLAINS : reaction;
}

enum reaction failure_handler(const struct failures *a, file_id file, node_id handler)
{
	const struct facts *f = failure_facts(a, file);
	if ((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[handler].kind & 1) {
		node_id body = node_child(f, handler, PART_BODY);
		return body ? failure_reaction(a, file, body) : REACTION_REACTS;
	}
	if (node_kind(f, handler) != NODE_NAME)
		return REACTION_REACTS;
	if (is_log(a, file, handler))
		return REACTION_LOGS;
	struct meaning means = model_meaning(a->m, file, handler);
	node_id function = model_meant_function(a->m, means);
	node_id body = function ? node_child(failure_facts(a, means.file), function, PART_BODY) : 0;
	return body ? failure_reaction(a, means.file, body) : REACTION_REACTS;
}

bool failure_taken(enum reaction reaction, file_id file, node_id node, struct fate *out)
{
	switch (reaction) {
	case REACTION_RETHROWS:
		return false;
	case REACTION_REACTS:
		*out = (struct fate){ .outcome = OUTCOME_HANDLED };
		return true;
	case REACTION_LOGS:
		*out = failure_lost(LOSS_LOGGED, file, node);
		return true;
	case REACTION_EXPLAINS:
		*out = failure_lost(LOSS_EXPLAINED, file, node);
		return true;
	default:
		*out = failure_lost(LOSS_SWALLOWED, file, node);
		return true;
	}
}
