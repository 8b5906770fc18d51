/* The function that answers: handlers come bare, bound to their object, in lists, and in the hands of wrappers. */
#include "wire/reading.h"

enum { MOST_WRAPPERS = 8 };

static const struct place NOWHERE = { 0, 0 };

static bool is_function(const struct facts *f, node_id n)
{
	return (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1;
}

static node_id last_child(const struct facts *f, node_id parent, enum node_part part)
{
	node_id last = 0;
	facts_each_child(f, parent, c)
		if (part == PART_NONE || f->nodes[c].part == part)
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
	struct place method;
	if (type.kind == MEANS_DECLARATION &&
		class_member(r->model, type.file, type.node, STR("ServeHTTP"), &method.file, &method.node))
		return method;
	return NOWHERE;
}

/* The function in the hands of wrappers, or one that makes the handler. */
static struct place in_call(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	struct place at = bound(r, call);
	if (at.node)
		return at;
	node_id last = 0;
	facts_each_child(f, call.node, c) {
		bool may_be = f->nodes[c].part == PART_ARG &&
			      (KIND(LAMBDA) | KIND(NAME) | KIND(MEMBER) | KIND(CALL)) >> f->nodes[c].kind & 1;
		if (may_be)
			last = c;
	}
	if (last)
		return (struct place){ call.file, last };
	struct place made_by = callee_of(r, call).at;
	return made_by.node && is_function(facts_of(r, made_by.file), made_by.node) ? made_by : NOWHERE;
}

struct place handler_behind(struct reading *r, struct place p)
{
	for (unsigned i = 0; p.node && i < MOST_WRAPPERS; i++) {
		struct place at = behind(r, p);
		if (!at.node)
			return NOWHERE;
		const struct facts *f = facts_of(r, at.file);
		if (is_function(f, at.node))
			return at;
		if (node_kind(f, at.node) == NODE_ARRAY)
			p = (struct place){ at.file, last_child(f, at.node, PART_NONE) };
		else if (node_kind(f, at.node) == NODE_CALL)
			p = in_call(r, at);
		else
			return serving_method(r, at);
	}
	return NOWHERE;
}
