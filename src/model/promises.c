/*
 * Promises: which expressions are some, what takes their rejection, and whether they can reject at all. An async function rejects
 * by what it throws or awaits outside of a `try` that catches; one that catches everything never does.
 */
#include "model/internal.h"

enum { DEEPEST = 6, MOST_STEPS = 4096, MOST_NESTED = 64 };

struct promises {
	const struct model *m;
	unsigned depth, steps; /* what stays unread beyond these may reject */
	unsigned nested; /* chains, lists and types in each other; what is deeper is not known */
};

static const struct promise NO_PROMISE = { .is_promise = false };

static struct promise promise_of(struct promises *p, file_id file, node_id node);
static bool may_reject(struct promises *p, file_id file, node_id function);

static const struct facts *facts_in(const struct promises *p, file_id file)
{
	return &p->m->files[file].facts;
}

/* Of several that an expression may be, the one that most needs somebody to wait. */
static struct promise worse(struct promise a, struct promise b)
{
	int first = a.is_promise * (1 + !a.is_handled * 2 + a.may_reject);
	int second = b.is_promise * (1 + !b.is_handled * 2 + b.may_reject);
	return second > first ? b : a;
}

static bool is_function(const struct facts *f, node_id node)
{
	return node && ((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[node].kind & 1);
}

/* ---- types ---- */

static bool is_promise_type(struct promises *p, file_id file, node_id type);

/* What a variable, field or parameter of that type holds; anything else than a promise is none. */
static struct promise promise_of_type(struct promises *p, file_id file, node_id type)
{
	static const char *const lists[] = { "Array", "ReadonlyArray", "[]", "[,]", "readonly" };
	struct promise typed = { .is_promise = type && is_promise_type(p, file, type) };
	typed.may_reject = typed.is_promise;
	for (size_t i = 0; typed.is_promise && i < sizeof(lists) / sizeof(*lists); i++)
		typed.is_list |= str_is(node_name(facts_in(p, file), type), lists[i]);
	return typed;
}

/* `type Saved = Promise<void>`, `class Saving extends Promise<void>` */
static bool is_declared_promise(struct promises *p, file_id file, node_id type)
{
	struct meaning means = model_meaning(p->m, file, type);
	if (means.kind == MEANS_BUILTIN)
		return str_is(means.name, "Promise");
	if (means.kind != MEANS_DECLARATION || p->depth >= DEEPEST)
		return false;
	const struct facts *f = facts_in(p, means.file);
	bool is_promise = false;
	p->depth++;
	facts_each_child(f, means.node, c)
		is_promise |= ((f->nodes[c].part == PART_TYPE && node_kind(f, means.node) == NODE_ALIAS) ||
				      f->nodes[c].part == PART_BASE) &&
			      is_promise_type(p, means.file, c);
	p->depth--;
	return is_promise;
}

static bool is_made_of_promises(struct promises *p, file_id file, node_id type)
{
	const struct facts *f = facts_in(p, file);
	bool found = false;
	if (p->nested >= MOST_NESTED)
		return false;
	p->nested++;
	facts_each_child(f, type, c)
		found = found || (node_kind(f, c) == NODE_TYPE && is_promise_type(p, file, c));
	p->nested--;
	return found;
}

/* Promise<T>, or one of several types that is one, or a list of them. */
static bool is_promise_type(struct promises *p, file_id file, node_id type)
{
	static const char *const made_of_others[] = { "|", "&", "Array", "[]", "[,]", "readonly" };
	struct str name = node_name(facts_in(p, file), type);
	for (size_t i = 0; i < sizeof(made_of_others) / sizeof(*made_of_others); i++)
		if (str_is(name, made_of_others[i]))
			return is_made_of_promises(p, file, type);
	return is_declared_promise(p, file, type);
}

/* ---- whether a function's promise can reject ---- */

/* Is the node in a `try` of this function whose `catch` takes what is thrown there? */
static bool is_caught(const struct facts *f, node_id function, node_id node)
{
	for (node_id n = node; n && n != function; n = f->nodes[n].parent) {
		node_id parent = f->nodes[n].parent;
		if (f->nodes[n].part == PART_BODY && node_kind(f, parent) == NODE_TRY &&
			node_child_of_kind(f, parent, NODE_CATCH))
			return true;
	}
	return false;
}

/* Waiting for the value throws, as far as is known: what nobody knows may. */
static bool throws_when_awaited(struct promises *p, file_id file, node_id value)
{
	static const uint64_t plain = KIND(STRING) | KIND(TEMPLATE) | KIND(NUMBER) | KIND(CONST) | KIND(OBJECT) |
				      KIND(LAMBDA);
	const struct facts *f = facts_in(p, file);
	if (!value || (plain >> f->nodes[value].kind & 1))
		return false;
	struct promise promise = promise_of(p, file, value);
	return promise.is_promise ? promise.may_reject && !promise.is_handled : true;
}

/* `return load()` rejects like load(), even inside a `try`: nobody waits for it there. */
static bool throws_when_returned(struct promises *p, file_id file, node_id value)
{
	struct promise promise = value ? promise_of(p, file, value) : NO_PROMISE;
	return promise.is_promise && promise.may_reject && !promise.is_handled;
}

static bool rejects_at(struct promises *p, file_id file, node_id function, node_id n)
{
	const struct facts *f = facts_in(p, file);
	switch (node_kind(f, n)) {
	case NODE_THROW:
		return !is_caught(f, function, n);
	case NODE_AWAIT:
		return !is_caught(f, function, n) && throws_when_awaited(p, file, node_child(f, n, PART_VALUE));
	case NODE_RETURN:
		return throws_when_returned(p, file, node_child(f, n, PART_VALUE));
	case NODE_LOOP:
		return node_has(f, n, FLAG_ASYNC) && !is_caught(f, function, n);
	default:
		return false;
	}
}

static bool body_rejects(struct promises *p, file_id file, node_id function, node_id body)
{
	const struct facts *f = facts_in(p, file);
	for (node_id n = body; n < f->nodes[body].next; n++) {
		if ((is_function(f, n) || node_kind(f, n) == NODE_CLASS) && n != body) {
			n = f->nodes[n].next - 1; /* runs by itself */
			continue;
		}
		if (p->steps++ > MOST_STEPS || rejects_at(p, file, function, n))
			return true;
	}
	return false;
}

static bool may_reject(struct promises *p, file_id file, node_id function)
{
	const struct facts *f = facts_in(p, file);
	node_id body = node_child(f, function, PART_BODY);
	if (!body || p->depth >= DEEPEST)
		return true;
	p->depth++;
	bool rejects = body_rejects(p, file, function, body) ||
		       (node_kind(f, body) != NODE_BLOCK && throws_when_returned(p, file, body));
	p->depth--;
	return rejects;
}

/* ---- who makes promises ---- */

static struct promise promise_of_function(struct promises *p, file_id file, node_id function)
{
	const struct facts *f = facts_in(p, file);
	struct promise made = { .is_promise = true, .file = file, .function = function };
	node_id result = node_child(f, function, PART_RESULT);
	if (node_has(f, function, FLAG_GENERATOR) || p->depth >= DEEPEST)
		return NO_PROMISE;
	if (node_has(f, function, FLAG_ASYNC) || (result && is_promise_type(p, file, result))) {
		made.may_reject = may_reject(p, file, function);
		return made;
	}
	node_id value = result ? 0 : model_result(p->m, file, function);
	if (!value || node_has(f, function, FLAG_CONSTRUCTOR))
		return NO_PROMISE;
	p->depth++;
	struct promise returned = promise_of(p, file, value);
	p->depth--;
	made.is_promise = returned.is_promise;
	made.is_handled = returned.is_handled;
	made.may_reject = returned.may_reject;
	return made;
}

/* The function that a declaration is, or holds as it stands: what a wrapper made of one is another. */
static node_id function_of(const struct facts *f, node_id declaration)
{
	if (is_function(f, declaration))
		return declaration;
	node_id holder = f->nodes[declaration].part == PART_TARGET ? f->nodes[declaration].parent : declaration;
	node_id value = node_child(f, holder, PART_VALUE);
	return is_function(f, value) ? value : 0;
}

/* What a call of the declaration makes: of a function, or of a variable, parameter or field whose type is one. */
static struct promise promise_of_declaration(struct promises *p, struct meaning means)
{
	bool is_ours = means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
	if (!is_ours || !str_empty(means.name))
		return NO_PROMISE;
	const struct facts *f = facts_in(p, means.file);
	node_id function = function_of(f, means.node);
	if (function)
		return promise_of_function(p, means.file, function);
	node_id type = node_child(f, means.node, PART_TYPE);
	node_id result = type && str_is(node_name(f, type), "=>") ? node_child(f, type, PART_RESULT) : 0;
	if (!result || !is_promise_type(p, means.file, result))
		return NO_PROMISE;
	return (struct promise){ .is_promise = true, .may_reject = true, .file = means.file, .function = means.node };
}

/* Does the function take a second parameter, and use it? */
static bool uses_second(const struct facts *f, node_id function)
{
	uint32_t parameters = 0;
	node_id second = 0;
	facts_each_child(f, function, c)
		if (f->nodes[c].part == PART_PARAM && parameters++ == 1)
			second = c;
	struct str name = node_name(f, second);
	for (node_id n = second; second && n < f->nodes[function].next; n++)
		if (str_empty(name) || (((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1) &&
					       str_eq(path_first(node_name(f, n)), name)))
			return true;
	return false;
}

/* new Promise((resolve) => setTimeout(resolve, 10)): nobody can reject it. */
static bool executor_rejects(struct promises *p, file_id file, node_id executor)
{
	const struct facts *f = facts_in(p, file);
	if (!is_function(f, executor))
		return true;
	return uses_second(f, executor) || (!node_has(f, executor, FLAG_ASYNC) && may_reject(p, file, executor));
}

/* Promise.all([…]): as its arguments; of Promise.resolve(value) only what is known to be a promise counts. */
static struct promise combined(struct promises *p, file_id file, node_id call, bool takes_values)
{
	const struct facts *f = facts_in(p, file);
	struct promise made = { .is_promise = true };
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		bool is_list = node_kind(f, argument) == NODE_ARRAY;
		for (node_id c = is_list ? argument + 1 : argument; c < f->nodes[argument].next; c = f->nodes[c].next) {
			struct promise one = promise_of(p, file, c);
			made.may_reject |= one.is_promise ? one.may_reject && !one.is_handled : !takes_values;
		}
	}
	return made;
}

/* Does the call hand its result to a function, as its last argument? Then it promises nothing. */
static bool takes_callback(const struct facts *f, node_id call)
{
	node_id last = 0;
	facts_each_child(f, call, c)
		if (f->nodes[c].part == PART_ARG)
			last = c;
	return is_function(f, last);
}

static struct promise promise_of_library(struct promises *p, file_id file, node_id call, struct str name)
{
	enum language language = p->m->files[file].language;
	const struct facts *f = facts_in(p, file);
	const struct library_entry *known = model_library(p->m, language, name, ROLE_PROMISES);
	const struct library_entry *sends = model_library(p->m, language, name, ROLE_SENDS);
	const struct library_entry *language_own = model_library(p->m, language, name, ROLE_FAILURE);
	struct promise made = { .is_promise = true, .may_reject = true };
	if (str_is(name, "Promise") && node_has(f, call, FLAG_NEW))
		made.may_reject = executor_rejects(p, file, call_arg(f, call, 0));
	else if (str_starts(name, STR("Promise.")) && language_own) {
		struct str kind = library_attribute(language_own, "kind");
		if (str_is(kind, "passes"))
			made = combined(p, file, call, str_is(path_last(name), "resolve"));
		made.is_handled = str_is(kind, "handles");
	} else if (known) {
		made.may_reject = !str_is(library_attribute(known, "rejects"), "never");
		made.is_promise = str_is(library_attribute(known, "callback"), "yes") || !takes_callback(f, call);
	} else {
		made.is_promise = sends && str_is(library_attribute(sends, "kind"), "http") &&
				  str_empty(library_attribute(sends, "fails")) && !takes_callback(f, call);
	}
	return made;
}

/* ---- chains ---- */

/* A variable that is declared to be a text or the like, at least at times. */
static bool is_no_function(struct promises *p, file_id file, node_id name)
{
	static const char *const values[] = { "string", "number", "boolean", "null", "undefined" };
	const struct facts *f = facts_in(p, file);
	node_id bound = model_binding(p->m, file, name, node_name(f, name));
	node_id type = bound ? node_child(f, bound, PART_TYPE) : 0;
	if (!type || !str_is(node_name(f, type), "|"))
		return false;
	bool is_value = false;
	facts_each_child(f, type, one)
		for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
			is_value |= str_is(node_name(f, one), values[i]);
	return is_value;
}

static bool is_handler(struct promises *p, file_id file, node_id argument)
{
	static const uint64_t never = KIND(CONST) | KIND(NUMBER) | KIND(STRING) | KIND(OBJECT) | KIND(ARRAY) |
				      KIND(SPREAD);
	enum node_kind kind = node_kind(facts_in(p, file), argument);
	return argument && !(never >> kind & 1) && !(kind == NODE_NAME && is_no_function(p, file, argument));
}

static bool is_chain_method(struct str name)
{
	return str_is(name, "then") || str_is(name, "catch") || str_is(name, "finally");
}

/* receiver.then(…): the same promise for whoever waits, unless a handler takes the rejection. */
static struct promise chained(
	struct promises *p, struct promise receiver, file_id file, node_id call, struct str method)
{
	const struct facts *f = facts_in(p, file);
	node_id handler = str_is(method, "catch")  ? call_arg(f, call, 0)
			  : str_is(method, "then") ? call_arg(f, call, 1)
						   : 0;
	receiver.is_handled |= is_handler(p, file, handler);
	return receiver;
}

/* The promise that a variable, parameter or field holds. */
static struct promise promise_held(struct promises *p, struct meaning means)
{
	bool is_ours = means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
	if (!is_ours || !str_empty(means.name) || p->depth >= DEEPEST)
		return NO_PROMISE;
	const struct facts *f = facts_in(p, means.file);
	static const uint64_t holders = KIND(VAR) | KIND(PARAM) | KIND(FIELD) | KIND(PAIR);
	node_id type = node_child(f, means.node, PART_TYPE), value = node_child(f, means.node, PART_VALUE);
	if (node_kind(f, means.node) == NODE_CALL) /* what stands in an object: { saved: save() } */
		value = means.node;
	else if (!(holders >> f->nodes[means.node].kind & 1))
		return NO_PROMISE;
	if (type || !value || node_kind(f, means.node) == NODE_PARAM)
		return promise_of_type(p, means.file, type);
	p->depth++;
	struct promise held = promise_of(p, means.file, value);
	p->depth--;
	return held;
}

static struct promise promise_of_receiver(struct promises *p, file_id file, node_id call)
{
	const struct facts *f = facts_in(p, file);
	node_id object = node_child(f, call, PART_OBJECT);
	struct str path = path_parent(node_name(f, call));
	if (object)
		return promise_of(p, file, object);
	return str_empty(path) ? NO_PROMISE : promise_held(p, model_path_meaning(p->m, file, call, path));
}

/* orders.map(async (order) => …): a list of promises. */
static struct promise promise_of_map(struct promises *p, file_id file, node_id call)
{
	file_id there;
	node_id function = model_function_value(p->m, file, call_arg(facts_in(p, file), call, 0), &there);
	struct promise made = function ? promise_of_function(p, there, function) : NO_PROMISE;
	made.is_list = str_is(path_last(node_name(facts_in(p, file), call)), "map");
	return made;
}

static struct promise promise_of_call(struct promises *p, file_id file, node_id call)
{
	const struct facts *f = facts_in(p, file);
	struct str name = node_name(f, call), last = path_last(name);
	node_id callee = node_child(f, call, PART_CALLEE);
	if (is_function(f, callee))
		return promise_of_function(p, file, callee);
	struct promise receiver = is_chain_method(last) ? promise_of_receiver(p, file, call) : NO_PROMISE;
	if (receiver.is_promise)
		return chained(p, receiver, file, call, last);
	struct meaning means = model_meaning(p->m, file, call);
	struct promise made = NO_PROMISE;
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		made = promise_of_library(p, file, call, means.name);
	else
		made = promise_of_declaration(p, means);
	if (!made.is_promise && means.kind != MEANS_DECLARATION && (str_is(last, "map") || str_is(last, "flatMap")))
		made = promise_of_map(p, file, call);
	made.name = name;
	return made;
}

static struct promise promise_of_parts(struct promises *p, file_id file, node_id node)
{
	const struct facts *f = facts_in(p, file);
	bool takes_right = str_is(node_name(f, node), "&&");
	struct promise found = NO_PROMISE;
	if (p->depth >= DEEPEST)
		return NO_PROMISE;
	p->depth++;
	facts_each_child(f, node, c)
		if (f->nodes[c].part != PART_COND && !(takes_right && f->nodes[c].part == PART_LEFT))
			found = worse(found, promise_of(p, file, c));
	p->depth--;
	return found;
}

static bool is_choice(struct str operator)
{
	return str_is(operator, "&&") || str_is(operator, "||") || str_is(operator, "??");
}

/* `on = false`, `let on = false`: a statement that gives the variable a value. 0 for another one. */
static node_id value_given(const struct facts *f, node_id statement, struct str variable)
{
	bool is_var = node_kind(f, statement) == NODE_VAR && str_eq(node_name(f, statement), variable);
	bool is_assigned = node_kind(f, statement) == NODE_ASSIGN && str_is(node_name(f, statement), "=") &&
			   str_eq(node_name(f, node_child(f, statement, PART_TARGET)), variable);
	return is_var || is_assigned ? node_child(f, statement, PART_VALUE) : 0;
}

/* The value that a variable was last given in its block before it is asked for; 0 when that is not known. */
static node_id value_before(const struct facts *f, node_id asked)
{
	enum { MOST_NODES = 512 };
	node_id statement = asked, value = 0;
	while (f->nodes[statement].parent && node_kind(f, f->nodes[statement].parent) != NODE_BLOCK)
		statement = f->nodes[statement].parent;
	node_id block = f->nodes[statement].parent, count = 0;
	for (node_id n = block + 1; n < statement; n++) {
		node_id given = value_given(f, n, node_name(f, asked));
		if (count++ > MOST_NODES)
			return 0;
		if (given)
			value = f->nodes[n].parent == block ? given : 0;
	}
	return value;
}

/* on && load(), where `on` was just set to false */
static bool never_right(const struct facts *f, node_id choice)
{
	node_id left = node_child(f, choice, PART_LEFT);
	node_id value = left && node_kind(f, left) == NODE_NAME ? value_before(f, left) : 0;
	bool is_true = value && str_is(node_name(f, value), "true"),
	     is_false = value && str_is(node_name(f, value), "false");
	if (!value || node_kind(f, value) != NODE_CONST || (!is_true && !is_false))
		return false;
	return str_is(node_name(f, choice), "&&") ? is_false : is_true || str_is(node_name(f, choice), "??");
}

static struct promise promise_of_kind(struct promises *p, file_id file, node_id node)
{
	const struct facts *f = facts_in(p, file);
	struct promise found;
	switch (node_kind(f, node)) {
	case NODE_CALL:
		return promise_of_call(p, file, node);
	case NODE_NAME:
		return promise_held(p, model_meaning(p->m, file, node));
	case NODE_CAST:
		found = promise_of_type(p, file, node_child(f, node, PART_TYPE));
		return found.is_promise ? found : promise_of_parts(p, file, node);
	case NODE_BINARY:
		return is_choice(node_name(f, node)) && !never_right(f, node) ? promise_of_parts(p, file, node)
									      : NO_PROMISE;
	case NODE_UNWRAP:
	case NODE_CONDITIONAL:
		return promise_of_parts(p, file, node);
	case NODE_ARRAY:
		found = promise_of_parts(p, file, node);
		found.is_list = true;
		return found;
	default:
		return NO_PROMISE;
	}
}

static struct promise promise_of(struct promises *p, file_id file, node_id node)
{
	if (p->nested >= MOST_NESTED)
		return NO_PROMISE;
	p->nested++;
	struct promise found = promise_of_kind(p, file, node);
	p->nested--;
	return found;
}

/* ---- for rules ---- */

struct promise model_promise(const struct model *m, file_id file, node_id expression)
{
	struct promises p = { .m = m };
	return promise_of(&p, file, expression);
}

struct promise model_function_promise(const struct model *m, file_id file, node_id function)
{
	struct promises p = { .m = m };
	return promise_of_function(&p, file, function);
}

node_id model_function_value(const struct model *m, file_id file, node_id expression, file_id *function_file)
{
	const struct facts *f = &m->files[file].facts;
	*function_file = file;
	if (!expression || is_function(f, expression))
		return expression;
	struct str path = node_name(f, expression);
	bool is_bound = node_kind(f, expression) == NODE_CALL && str_is(path_last(path), "bind");
	bool is_name = (KIND(NAME) | KIND(MEMBER)) >> f->nodes[expression].kind & 1;
	if (!is_name && (!is_bound || str_empty(path_parent(path))))
		return 0;
	struct meaning means = is_bound ? model_path_meaning(m, file, expression, path_parent(path))
					: model_meaning(m, file, expression);
	if ((means.kind != MEANS_DECLARATION && means.kind != MEANS_LOCAL) || !str_empty(means.name))
		return 0;
	*function_file = means.file;
	return function_of(&m->files[means.file].facts, means.node);
}
