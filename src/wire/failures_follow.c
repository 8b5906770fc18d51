/* From an expression that carries a failure to where that leads. */
#include "wire/failures.h"
#include "wire/functions.h"

static const struct fate NOTHING = { .outcome = OUTCOME_NONE };
static const struct fate ELSEWHERE = { .outcome = OUTCOME_ELSEWHERE };
static const struct fate HANDLED = { .outcome = OUTCOME_HANDLED };

struct fate failure_lost(enum loss loss, file_id file, node_id node)
{
	return (struct fate){ OUTCOME_LOST, loss, file, node };
}

/* A step of the walk: what carries the failure, and the node; or where it ends. */
struct step {
	struct failures *a;
	file_id file;
	const struct facts *f;
	struct carried v;
	node_id node;
	unsigned depth;
	struct fate fate;
};

static bool go_on(struct step *s, node_id node)
{
	s->node = node;
	return true;
}

static bool stop(struct step *s, struct fate fate)
{
	s->fate = fate;
	return false;
}

static bool waits(struct carried v)
{
	return str_empty(v.member) && (v.by == CARRIER_PROMISE || v.by == CARRIER_ANSWER || v.by == CARRIER_OBSERVABLE);
}

/* ---- tries ---- */

/* The next `try` with a catch around a node whose body it stands in, within its function; 0 for none. */
static node_id try_around(const struct facts *f, node_id node)
{
	static const uint64_t functions = KIND(FUNCTION) | KIND(LAMBDA);
	for (node_id n = node; n && !(functions >> f->nodes[n].kind & 1); n = f->nodes[n].parent) {
		node_id up = f->nodes[n].parent;
		if (node_kind(f, up) == NODE_TRY && f->nodes[n].part == PART_BODY && node_child(f, up, PART_CATCH))
			return up;
	}
	return 0;
}

struct fate failure_thrown(struct failures *a, struct carried v, file_id file, node_id node)
{
	const struct facts *f = failure_facts(a, file);
	struct fate fate;
	for (node_id around = node; (around = try_around(f, around)) != 0;) {
		node_id taker = node_child(f, around, PART_CATCH), body = node_child(f, taker, PART_BODY);
		if (!body || failure_taken(failure_reaction(a, file, body), file, taker, &fate))
			return body ? fate : HANDLED;
	}
	node_id function = node_function(f, node);
	return function ? failure_returned(a, v, file, function) : ELSEWHERE;
}

/* A promise that nobody waits for. */
static struct fate dropped(struct step *s, node_id node)
{
	node_id around = try_around(s->f, node);
	if (around)
		return failure_lost(LOSS_UNAWAITED, s->file, node_child(s->f, around, PART_CATCH));
	return failure_lost(LOSS_DROPPED, s->file, node);
}

/* ---- calls ---- */

static struct str name_of_call(const struct step *s, node_id call)
{
	struct meaning means = model_meaning(s->a->m, s->file, call);
	return means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN ? means.name : STR("");
}

const struct library_entry *failure_entry(const struct failures *a, file_id file, struct str owner, struct str name)
{
	char space[96];
	if (owner.len + name.len + 1 > sizeof(space))
		return NULL;
	memcpy(space, owner.ptr, owner.len);
	space[owner.len] = '.';
	memcpy(space + owner.len + 1, name.ptr, name.len);
	return model_library(
		a->m, model_file(a->m, file)->language, (struct str){ space, owner.len + name.len + 1 }, ROLE_FAILURE);
}

/* What a call does with what it is handed: by its name, or by that of a method of the language's own. */
static const struct library_entry *entry_of_call(const struct step *s, node_id call)
{
	struct str name = name_of_call(s, call), last = path_last(node_name(s->f, call));
	const struct library_entry *entry = NULL;
	if (!str_empty(name))
		entry = model_library(s->a->m, model_file(s->a->m, s->file)->language, name, ROLE_FAILURE);
	bool is_method = node_child(s->f, call, PART_OBJECT) || last.len < node_name(s->f, call).len;
	if (!entry && is_method && (str_empty(name) || !str_eq(name, last))) {
		entry = failure_entry(s->a, s->file, STR("Promise"), last);
		entry = entry ? entry : failure_entry(s->a, s->file, STR("Array"), last);
	}
	return entry;
}

static uint32_t argument_number(const struct facts *f, node_id call, node_id argument)
{
	uint32_t i = 0;
	facts_each_child(f, call, c) {
		if (c == argument)
			break;
		i += f->nodes[c].part == PART_ARG;
	}
	return i;
}

/* `.pipe(map(…), catchError(…))`: an argument that takes the failure. */
static bool hands_to_handler(const struct step *s, node_id call)
{
	facts_each_child(s->f, call, c) {
		if (node_kind(s->f, c) != NODE_CALL || s->f->nodes[c].part != PART_ARG)
			continue;
		const struct library_entry *entry = entry_of_call(s, c);
		if (!entry || !str_is(library_attribute(entry, "kind"), "handles"))
			continue;
		bool unknown = false;
		node_id handler = failure_option(s->a, s->file, c, library_attribute(entry, "handler"), &unknown);
		if (!handler || failure_handler(s->a, s->file, handler) != REACTION_RETHROWS)
			return true;
	}
	return false;
}

/* `.then((answer) => …)`: does the function look whether it tells of a failure? */
static bool reads_answer(struct step *s, node_id call)
{
	node_id function = call_arg(s->f, call, 0);
	node_id param = function && node_kind(s->f, function) == NODE_LAMBDA ? parameter(s->f, function, 0) : 0;
	struct carried state = { .by = CARRIER_STATE, .hook = s->v.hook };
	return param && failure_bind(s->a, state, s->file, param, s->depth + 1).outcome >= OUTCOME_ELSEWHERE;
}

/* The call does with the failure what its entry says. */
static bool apply(struct step *s, const struct library_entry *entry, node_id call)
{
	struct str kind = library_attribute(entry, "kind"), of = library_attribute(entry, "of");
	bool unknown = false;
	node_id handler = failure_option(s->a, s->file, call, library_attribute(entry, "handler"), &unknown);
	struct fate fate;
	if (unknown || hands_to_handler(s, call))
		return stop(s, unknown ? ELSEWHERE : HANDLED);
	if (handler && failure_taken(failure_handler(s->a, s->file, handler), s->file, handler, &fate))
		return stop(s, fate);
	if (s->v.by == CARRIER_ANSWER && reads_answer(s, call))
		return stop(s, HANDLED);
	if (str_is(kind, "handles") && !handler)
		return stop(s, HANDLED);
	if (str_is(kind, "renders"))
		return stop(s, failure_lost(LOSS_UNBOUNDED, s->file, call));
	if (str_is(kind, "ends"))
		return stop(s,
			!str_empty(of) && failure_is_guarded(s->a, s->file, of, STR("")) ? HANDLED : dropped(s, call));
	if (s->v.by == CARRIER_FUNCTION)
		s->v.by = s->v.result;
	if (str_is(library_attribute(entry, "to"), "promise"))
		s->v.by = CARRIER_PROMISE;
	return go_on(s, call);
}

/* A method is called on what carries the failure. */
static bool call_method(struct step *s, struct str method, node_id call)
{
	const struct library_entry *entry = NULL;
	if (s->v.by == CARRIER_STATE)
		return stop(s, failure_member(s->a, s->v, method, s->file, call, s->depth));
	if (!waits(s->v))
		return stop(s, ELSEWHERE);
	if (s->v.by == CARRIER_ANSWER && str_eq(method, library_attribute(s->v.hook, "unwrap"))) {
		s->v.by = CARRIER_PROMISE;
		return go_on(s, call);
	}
	entry = failure_entry(
		s->a, s->file, s->v.by == CARRIER_OBSERVABLE ? STR("Observable") : STR("Promise"), method);
	return entry ? apply(s, entry, call) : stop(s, ELSEWHERE);
}

/* ---- functions of the project that are handed a carrier ---- */

static bool throws_itself(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_THROW)
			return true;
	return false;
}

/* `unwrap(client.get(…))` reads the answer, and throws what it tells. */
static bool hand_to_function(struct step *s, file_id file, node_id function, node_id call)
{
	const struct facts *there = failure_facts(s->a, file);
	node_id param = parameter(there, function, argument_number(s->f, call, s->node));
	if (!param || s->depth >= DEEPEST_FOLLOWED || node_has(there, param, FLAG_VARIADIC))
		return stop(s, ELSEWHERE);
	struct fate fate = failure_handed(s->a, s->v, file, param, s->depth);
	if (s->v.by == CARRIER_ANSWER && fate.outcome == OUTCOME_HANDLED && throws_itself(there, function)) {
		s->v.by = CARRIER_PROMISE;
		return go_on(s, call);
	}
	return stop(s, fate.outcome == OUTCOME_NONE ? ELSEWHERE : fate);
}

static bool wraps(const struct step *s, struct str name)
{
	return !str_empty(name) &&
	       model_library(s->a->m, model_file(s->a->m, s->file)->language, name, ROLE_WRAPS) != NULL;
}

static bool hand_over(struct step *s, node_id call)
{
	struct meaning means = model_meaning(s->a->m, s->file, call);
	node_id function = model_meant_function(s->a->m, means);
	struct str name = name_of_call(s, call);
	const struct library_entry *hook = str_empty(name) ? NULL : failure_hook_of(s->a, s->file, name);
	uint32_t argument = argument_number(s->f, call, s->node);
	if (function)
		return hand_to_function(s, means.file, function, call);
	if (hook && s->v.by == CARRIER_FUNCTION)
		return stop(s, failure_place_has(library_attribute(hook, "function"), argument, s->v.member)
				       ? failure_hook(s->a, hook, s->v, s->file, call, s->depth)
				       : ELSEWHERE);
	if (s->v.by == CARRIER_FUNCTION && wraps(s, name))
		return go_on(s, call);
	const struct library_entry *entry = entry_of_call(s, call);
	bool is_result = s->v.by == CARRIER_STATE || (!str_empty(s->v.member) && s->v.by != CARRIER_FUNCTION);
	if (!entry || is_result)
		return stop(s, ELSEWHERE);
	if (!str_empty(s->v.member)) /* options that are made by a function of the library's */
		return str_is(library_attribute(entry, "kind"), "passes") ? go_on(s, call) : stop(s, ELSEWHERE);
	/* `.catch(retry)`, `.then(load)`: what a handler returns is the result's own */
	return apply(s, entry, call);
}

static bool step_call(struct step *s, node_id call)
{
	switch (s->f->nodes[s->node].part) {
	case PART_OBJECT:
		return call_method(s, node_name(s->f, call), call);
	case PART_CALLEE:
		s->v.by = s->v.by == CARRIER_FUNCTION ? s->v.result : s->v.by;
		return s->v.by == CARRIER_STATE ? stop(s, ELSEWHERE) : go_on(s, call);
	case PART_ARG:
		return hand_over(s, call);
	default:
		return stop(s, ELSEWHERE);
	}
}

/* ---- elements ---- */

static bool is_event(struct str attribute)
{
	return attribute.len > 2 && str_starts(attribute, STR("on")) && attribute.ptr[2] >= 'A' &&
	       attribute.ptr[2] <= 'Z';
}

/* Events of the page that components hand on to what they are made of. */
static bool is_event_of_page(struct str attribute)
{
	static const char *const events[] = { "onClick", "onDoubleClick", "onMouseEnter", "onMouseLeave", "onMouseDown",
		"onMouseUp", "onKeyDown", "onKeyUp", "onKeyPress", "onFocus", "onBlur", "onPointerDown", "onPointerUp",
		"onTouchStart", "onTouchEnd" };
	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++)
		if (str_is(attribute, events[i]))
			return true;
	return false;
}

/* `<Dialog onSave={save}>`: what the component makes of it, if it takes the property by its name. */
static bool hand_to_component(struct step *s, node_id element, struct str attribute)
{
	struct meaning means = model_meaning(s->a->m, s->file, element);
	const struct facts *there = failure_facts(s->a, means.file);
	node_id function = model_meant_function(s->a->m, means);
	node_id properties = function ? parameter(there, function, 0) : 0;
	struct fate fate = NOTHING;
	if (properties && s->depth < DEEPEST_FOLLOWED) {
		struct carried v = s->v;
		v.member = attribute;
		fate = failure_handed(s->a, v, means.file, properties, s->depth);
	}
	if (fate.outcome != OUTCOME_NONE)
		return stop(s, fate);
	return stop(s, !function && is_event_of_page(attribute) ? dropped(s, s->node) : ELSEWHERE);
}

static bool step_attribute(struct step *s, node_id pair, node_id element)
{
	struct str tag = node_name(s->f, element), attribute = node_name(s->f, pair);
	bool is_of_page = tag.len && tag.ptr[0] >= 'a' && tag.ptr[0] <= 'z' && str_find(tag, '.') == UINT32_MAX;
	if (s->v.by != CARRIER_FUNCTION || !str_empty(s->v.member))
		return stop(s, ELSEWHERE);
	if (!is_of_page)
		return hand_to_component(s, element, attribute);
	return stop(s, is_event(attribute) ? dropped(s, s->node) : ELSEWHERE);
}

/* ---- everything else that stands around an expression ---- */

static bool step_pair(struct step *s, node_id pair)
{
	node_id object = s->f->nodes[pair].parent;
	if (s->f->nodes[s->node].part != PART_VALUE)
		return stop(s, ELSEWHERE);
	if (node_kind(s->f, object) == NODE_JSX)
		return step_attribute(s, pair, object);
	if (node_kind(s->f, object) != NODE_OBJECT || !str_empty(s->v.member))
		return stop(s, ELSEWHERE);
	s->v.member = node_name(s->f, pair);
	return go_on(s, object);
}

static bool step_binary(struct step *s, node_id up)
{
	struct str operator= node_name(s->f, up);
	bool is_left = s->f->nodes[s->node].part == PART_LEFT;
	bool either = str_is(operator, "||") || str_is(operator, "??");
	if (either || (!is_left && str_is(operator, "&&")))
		return go_on(s, up);
	return stop(s, ELSEWHERE);
}

/* `await`: the failure is thrown; what tells of it is what comes out. */
static bool step_await(struct step *s, node_id up)
{
	struct fate read = NOTHING;
	if (s->v.by == CARRIER_OBSERVABLE || !waits(s->v))
		return stop(s, ELSEWHERE);
	if (s->v.by == CARRIER_ANSWER) {
		struct carried state = { .by = CARRIER_STATE, .hook = s->v.hook };
		bool is_taken = node_kind(s->f, s->f->nodes[up].parent) != NODE_EXPR;
		read = is_taken ? failure_follow(s->a, state, s->file, up, s->depth + 1) : NOTHING;
		if (read.outcome == OUTCOME_ELSEWHERE || read.outcome == OUTCOME_HANDLED)
			return stop(s, read);
		if (str_empty(library_attribute(s->v.hook, "rejects")))
			return stop(s, failure_lost(LOSS_UNREAD, s->file, up));
	}
	return stop(s, failure_thrown(s->a, s->v, s->file, up));
}

/* A handler in a component's markup: the framework calls it, and Vue's may take what it returns. */
static struct fate handled_event(struct step *s)
{
	bool waits_for_it = s->v.result == CARRIER_PROMISE || s->v.result == CARRIER_ANSWER;
	bool is_taken = failure_is_guarded(s->a, s->file, STR("vue"), STR(""));
	return str_empty(s->v.member) && waits_for_it && !is_taken ? dropped(s, s->node) : ELSEWHERE;
}

static bool step_statement(struct step *s)
{
	if (s->v.by == CARRIER_FUNCTION && model_markup_handler(s->a->m, s->file, s->f->nodes[s->node].parent))
		return stop(s, handled_event(s));
	if (s->v.by == CARRIER_PROMISE || s->v.by == CARRIER_ANSWER)
		return stop(s, waits(s->v) ? dropped(s, s->node) : ELSEWHERE);
	return stop(s, s->v.by == CARRIER_STATE ? ELSEWHERE : NOTHING);
}

static bool step_member(struct step *s, node_id up)
{
	if (s->v.by == CARRIER_STATE && str_empty(s->v.member) && s->f->nodes[s->node].part == PART_OBJECT)
		return stop(s, failure_member(s->a, s->v, node_name(s->f, up), s->file, up, s->depth));
	if (!str_eq(s->v.member, node_name(s->f, up)))
		return stop(s, str_empty(s->v.member) ? ELSEWHERE : NOTHING);
	s->v.member = STR("");
	return go_on(s, up);
}

static bool step_assignment(struct step *s, node_id assign)
{
	node_id target = node_child(s->f, assign, PART_TARGET);
	if (s->f->nodes[s->node].part != PART_VALUE || !target || !node_has(s->f, assign, FLAG_DECLARES))
		return stop(s, ELSEWHERE);
	return stop(s, failure_bind(s->a, s->v, s->file, target, s->depth));
}

static bool step_array(struct step *s, node_id array)
{
	node_id up = s->f->nodes[array].parent;
	if (waits(s->v) && node_kind(s->f, up) == NODE_CALL)
		return go_on(s, array);
	return stop(s, ELSEWHERE);
}

/* From the node to what stands around it. False when the walk ends, with the fate. */
static bool step(struct step *s)
{
	node_id up = s->f->nodes[s->node].parent;
	enum node_part part = (enum node_part)s->f->nodes[s->node].part;
	switch (node_kind(s->f, up)) {
	case NODE_EXPR:
		return step_statement(s);
	case NODE_UNARY:
		return str_is(node_name(s->f, up), "void") ? go_on(s, up) : stop(s, ELSEWHERE);
	case NODE_AWAIT:
		return step_await(s, up);
	case NODE_CAST:
	case NODE_UNWRAP:
		return go_on(s, up);
	case NODE_CONDITIONAL:
		return part == PART_COND ? stop(s, ELSEWHERE) : go_on(s, up);
	case NODE_BINARY:
		return step_binary(s, up);
	case NODE_RETURN:
		return stop(s, failure_returned(s->a, s->v, s->file, node_function(s->f, up)));
	case NODE_LAMBDA:
	case NODE_FUNCTION:
		return stop(s, part == PART_BODY ? failure_returned(s->a, s->v, s->file, up) : ELSEWHERE);
	case NODE_VAR:
		return stop(s, failure_bind(s->a, s->v, s->file, up, s->depth));
	case NODE_ASSIGN:
		return step_assignment(s, up);
	case NODE_CALL:
		return step_call(s, up);
	case NODE_MEMBER:
		return step_member(s, up);
	case NODE_PAIR:
		return step_pair(s, up);
	case NODE_SPREAD:
		return str_empty(s->v.member) ? stop(s, ELSEWHERE) : go_on(s, up);
	case NODE_OBJECT: /* behind a spread */
		return go_on(s, up);
	case NODE_ARRAY:
		return step_array(s, up);
	default:
		return stop(s, ELSEWHERE);
	}
}

struct fate failure_follow(struct failures *a, struct carried v, file_id file, node_id node, unsigned depth)
{
	struct step s = { .a = a, .file = file, .f = failure_facts(a, file), .v = v, .node = node, .depth = depth };
	if (depth > DEEPEST_FOLLOWED)
		return ELSEWHERE;
	while (step(&s)) {
	}
	return s.fate;
}

struct fate failure_follow_method(
	struct failures *a, struct carried v, file_id file, node_id call, struct str method, unsigned depth)
{
	struct step s = { .a = a, .file = file, .f = failure_facts(a, file), .v = v, .node = call, .depth = depth };
	if (str_find(method, '.') != UINT32_MAX)
		return ELSEWHERE;
	bool goes_on = call_method(&s, method, call);
	while (goes_on)
		goes_on = step(&s);
	return s.fate;
}
