/* Hooks: what they run or ask, and what they return about it. */
#include "wire/failures.h"

static const struct fate NOTHING = { .outcome = OUTCOME_NONE };
static const struct fate READ = { .outcome = OUTCOME_READ };
static const struct fate ELSEWHERE = { .outcome = OUTCOME_ELSEWHERE };
static const struct fate HANDLED = { .outcome = OUTCOME_HANDLED };

const struct library_entry *failure_hook_of(const struct failures *a, file_id file, struct str name)
{
	enum language language = model_file(a->m, file)->language;
	struct str last = path_last(name);
	const struct library_entry *entry = model_library(a->m, language, name, ROLE_HOOK);
	/* Client.posts.list.useQuery is Client.useQuery: what lies between are the backend's own names */
	for (struct str owner = path_parent(path_parent(name)); !entry && !str_empty(owner);
		owner = path_parent(owner)) {
		char space[160];
		if (owner.len + last.len + 1 > sizeof(space) || !model_library_word(a->m, language, last, ROLE_HOOK))
			return NULL;
		memcpy(space, owner.ptr, owner.len);
		space[owner.len] = '.';
		memcpy(space + owner.len + 1, last.ptr, last.len);
		entry = model_library(a->m, language, (struct str){ space, owner.len + last.len + 1 }, ROLE_HOOK);
	}
	return entry;
}

/* ---- options ---- */

bool failure_place_has(struct str places, uint32_t argument, struct str member)
{
	struct str place;
	while (str_split(&places, ' ', &place))
		if ((uint32_t)(place.ptr[0] - '0') == argument &&
			str_eq(place.len > 2 ? str_slice(place, 2, place.len) : STR(""), member))
			return true;
	return false;
}

/* May an expression be an object of options, as far as the code tells? A literal of another kind is none, nor a function. */
static bool may_be_options(const struct failures *a, file_id file, node_id node)
{
	static const uint64_t named = KIND(NAME) | KIND(MEMBER) | KIND(CALL) | KIND(INDEX) | KIND(CONDITIONAL) |
				      KIND(BINARY) | KIND(CAST) | KIND(AWAIT);
	const struct facts *f = failure_facts(a, file);
	if (!(named >> f->nodes[node].kind & 1))
		return false;
	return node_kind(f, node) != NODE_NAME || !model_meant_function(a->m, model_meaning(a->m, file, node));
}

/* The value under a path of keys; *unknown when a spread or something that is no literal may hold it. */
static node_id value_under(const struct failures *a, file_id file, node_id object, struct str keys, bool *unknown)
{
	const struct facts *f = failure_facts(a, file);
	struct str key;
	while (object && !str_empty(keys) && str_split(&keys, '.', &key)) {
		if (node_kind(f, object) != NODE_OBJECT) {
			*unknown |= may_be_options(a, file, object);
			return 0;
		}
		node_id value = object_value(f, object, key);
		*unknown |= !value && node_child_of_kind(f, object, NODE_SPREAD);
		object = value;
	}
	return object;
}

node_id failure_pair(const struct failures *a, file_id file, node_id pair, struct str path, bool *unknown)
{
	struct str first = path_first(path);
	node_id value = node_child(failure_facts(a, file), pair, PART_VALUE);
	return value ? value_under(a, file, value, str_slice(path, first.len + 1, path.len), unknown) : 0;
}

node_id failure_option(const struct failures *a, file_id file, node_id call, struct str places, bool *unknown)
{
	const struct facts *f = failure_facts(a, file);
	bool may_be = false;
	struct str place;
	while (str_split(&places, ' ', &place)) {
		struct str first = path_first(place), keys = str_slice(place, first.len + 1, place.len);
		bool is_number = char_is_digit(place.ptr[0]);
		node_id at = is_number ? call_arg(f, call, (uint32_t)(place.ptr[0] - '0'))
				       : object_value(f, call, first);
		node_id found = at ? value_under(a, file, at, keys, &may_be) : 0;
		if (found && !(node_kind(f, found) == NODE_CONST && !str_is(node_name(f, found), "true")))
			return found;
	}
	*unknown |= may_be;
	return 0;
}

/* `save(order, { onError })` */
static bool call_has_handler(const struct facts *f, node_id call, struct str places)
{
	struct str place;
	while (str_split(&places, ' ', &place))
		facts_each_child(f, call, c)
			if (f->nodes[c].part == PART_ARG && node_kind(f, c) == NODE_OBJECT &&
				object_value(f, c, path_last(place)))
				return true;
	return false;
}

/* ---- what a hook returns ---- */

static enum carrier promised_by(const struct library_entry *hook)
{
	return str_empty(library_attribute(hook, "answer")) ? CARRIER_PROMISE : CARRIER_ANSWER;
}

struct fate failure_started(struct failures *a, struct carried v, file_id file, node_id call, unsigned depth)
{
	struct carried promise = { .by = v.result, .hook = v.hook };
	if (v.answer && v.result == CARRIER_PROMISE) /* what it ran answers with a result of its own */
		promise = (struct carried){ .by = CARRIER_ANSWER, .hook = v.answer };
	if (call_has_handler(failure_facts(a, file), call, library_attribute(v.hook, "handler")))
		return HANDLED;
	return a->only_reads || v.result == CARRIER_STATE ? READ : failure_follow(a, promise, file, call, depth + 1);
}

struct fate failure_member(
	struct failures *a, struct carried v, struct str member, file_id file, node_id node, unsigned depth)
{
	bool is_call = node_kind(failure_facts(a, file), node) == NODE_CALL;
	bool starts = str_has_word(library_attribute(v.hook, "starts"), member);
	bool triggers = str_empty(member) || str_has_word(library_attribute(v.hook, "trigger"), member);
	struct str answer = library_attribute(v.hook, "answer");
	if (str_has_word(library_attribute(v.hook, "error"), member) || (answer.len && str_eq(answer, member)))
		return HANDLED;
	if ((starts || triggers) && !is_call)
		return ELSEWHERE;
	v.result = triggers ? promised_by(v.hook) : CARRIER_STATE;
	if (starts || triggers)
		return failure_started(a, v, file, node, depth);
	return str_has_word(library_attribute(v.hook, "repeats"), member) ? NOTHING : READ;
}

/* Is what a pattern takes out used, by a component's markup as far as we know? */
static bool is_read(struct failures *a, file_id file, node_id target)
{
	return node_kind(failure_facts(a, file), target) != NODE_NAME || may_be_shown(a, file, target) ||
	       uses_first(a, file, target);
}

struct fate failure_bind_member(
	struct failures *a, struct carried v, struct str member, file_id file, node_id target, unsigned depth)
{
	bool starts = str_has_word(library_attribute(v.hook, "starts"), member);
	bool triggers = str_has_word(library_attribute(v.hook, "trigger"), member);
	struct str answer = library_attribute(v.hook, "answer");
	if (str_has_word(library_attribute(v.hook, "error"), member) || (answer.len && str_eq(answer, member)))
		return is_read(a, file, target) ? HANDLED : NOTHING;
	if (!starts && !triggers)
		return str_has_word(library_attribute(v.hook, "repeats"), member) ? NOTHING : READ;
	/* a member that is a function is called by its own name: as the state itself would be */
	v.member = STR("");
	v.result = triggers ? promised_by(v.hook) : CARRIER_STATE;
	v.by = CARRIER_FUNCTION;
	return failure_bind(a, v, file, target, depth);
}

/* ---- hooks ---- */

/*
 * Who reads the state and shows its failure has handled whatever starts it, so that is looked at first. What a caller of the
 * function around makes of it is the caller's.
 */
struct fate failure_state(struct failures *a, struct carried v, file_id file, node_id node, unsigned depth)
{
	bool before = a->only_reads;
	a->only_reads = true;
	struct fate fate = failure_follow(a, v, file, node, depth);
	a->only_reads = before;
	if (fate.outcome >= OUTCOME_ELSEWHERE || before)
		return fate;
	fate = better_fate(fate, failure_follow(a, v, file, node, depth));
	/* who starts it and does not wait leaves it to the state */
	bool is_left = fate.outcome == OUTCOME_LOST &&
		       (fate.loss == LOSS_DROPPED || fate.loss == LOSS_UNAWAITED || fate.loss == LOSS_UNREAD);
	return is_left || fate.outcome == OUTCOME_READ ? failure_lost(LOSS_UNREAD, file, node) : fate;
}

struct fate failure_hook(struct failures *a, const struct library_entry *hook, struct carried ran, file_id file,
	node_id call, unsigned depth)
{
	struct carried state = { .by = CARRIER_STATE, .hook = hook };
	if (ran.by == CARRIER_FUNCTION && ran.result == CARRIER_ANSWER)
		state.answer = ran.hook;
	struct str throws = library_attribute(hook, "throws");
	bool unknown = false;
	node_id handler = failure_option(a, file, call, library_attribute(hook, "handler"), &unknown);
	struct fate fate = NOTHING;
	if (handler && failure_taken(failure_handler(a, file, handler), file, handler, &fate) &&
		fate.outcome == OUTCOME_HANDLED)
		return fate;
	if (str_is(throws, "always") || failure_option(a, file, call, throws, &unknown))
		return failure_lost(LOSS_UNBOUNDED, file, call);
	if (unknown || failure_is_guarded(a, file, library_attribute(hook, "of"), STR("")))
		return unknown ? ELSEWHERE : HANDLED;
	struct place before = a->hook;
	a->hook = (struct place){ file, call };
	fate = better_fate(fate, failure_state(a, state, file, call, depth));
	a->hook = before;
	return fate;
}
