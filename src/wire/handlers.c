/* The function that answers: handlers come bare, bound to their object, in lists, and in the hands of wrappers. */
#include "wire/reading.h"

enum { MOST_WRAPPERS = 4, MOST_STEPS = 64 };

static const struct place NOWHERE = { 0, 0 };

static bool is_function(const struct facts *f, node_id n)
{
	return (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1;
}

static node_id last_child(const struct facts *f, node_id parent)
{
	node_id last = 0;
	facts_each_child(f, parent, c)
		last = c;
	return last;
}

/* users.create.bind(users) */
static struct place bound(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	struct str name = node_name(f, call.node);
	if (!str_is(path_last(name), "bind"))
		return NOWHERE;
	node_id object = node_child(f, call.node, PART_OBJECT);
	if (object)
		return behind(r, (struct place){ call.file, object });
	return behind_path(r, call.file, call.node, path_parent(name)).at;
}

/* A value whose type serves by a method of a fixed name. */
static struct place serving_method(const struct reading *r, struct place p)
{
	struct type type = model_type(r->model, p.file, p.node);
	struct place method = NOWHERE;
	if (type.kind == MEANS_DECLARATION &&
		class_member(r->model, type.file, type.node, STR("ServeHTTP"), &method.file, &method.node))
		return method;
	return NOWHERE;
}

/* Does a function take a request? What Go calls a handler does; in other languages everything that is handed over may. */
static bool takes_request(const struct reading *r, struct place function)
{
	const struct facts *f = facts_of(r, function.file);
	if (f->language != LANGUAGE_GO)
		return true;
	facts_each_child(f, function.node, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (type && model_role(r->model, function.file, type, ROLE_REQUEST))
			return true;
	}
	return false;
}

/* One look for a function: names that stand for calls of names would otherwise multiply. */
struct search {
	struct reading *r;
	unsigned depth, steps;
};

static struct place find_function(struct search *s, struct place p);

/* The last function in the hands of a wrapper; else the value it results in; else the function that makes it. */
static struct place in_call(struct search *s, struct place call)
{
	static const uint64_t kinds = KIND(LAMBDA) | KIND(NAME) | KIND(MEMBER) | KIND(CALL);
	const struct facts *f = facts_of(s->r, call.file);
	struct place found = bound(s->r, call);
	if (found.node)
		return find_function(s, found);
	facts_each_child(f, call.node, c) {
		bool may_be = f->nodes[c].part == PART_ARG && kinds >> f->nodes[c].kind & 1;
		struct place at = may_be ? find_function(s, (struct place){ call.file, c }) : NOWHERE;
		if (at.node && takes_request(s->r, at))
			found = at;
	}
	if (!found.node)
		found = serving_method(s->r, call);
	if (found.node)
		return found;
	struct place made_by = callee_of(s->r, call).at;
	return made_by.node && is_function(facts_of(s->r, made_by.file), made_by.node) ? made_by : NOWHERE;
}

static struct place find_function(struct search *s, struct place p)
{
	if (s->depth == MOST_WRAPPERS || s->steps++ >= MOST_STEPS)
		return NOWHERE;
	struct place at = behind(s->r, p), found = NOWHERE;
	if (!at.node)
		return NOWHERE;
	const struct facts *f = facts_of(s->r, at.file);
	if (is_function(f, at.node))
		return at;
	s->depth++;
	if (node_kind(f, at.node) == NODE_CALL)
		found = in_call(s, at);
	else if (node_kind(f, at.node) == NODE_ARRAY && last_child(f, at.node))
		found = find_function(s, (struct place){ at.file, last_child(f, at.node) });
	else
		found = serving_method(s->r, at);
	s->depth--;
	return found;
}

struct place handler_behind(struct reading *r, struct place expression)
{
	struct search s = { .r = r };
	return expression.node ? find_function(&s, expression) : expression;
}
