/*
 * Paths that a function is called with: `function add(path, handler) { app.get(path, handler) }` is one route for each of
 * its calls, and `func routes(r chi.Router, prefix string)` has the prefix that its only call says.
 */
#include "wire/reading.h"

enum { MOST_CALLERS = 256, DEEPEST_VIEW = 4 };

static const struct place NOWHERE = { 0, 0 };

void note_caller(struct reading *r, struct place function, struct place call)
{
	uint64_t at = place_key(call);
	bool added;
	map_put(&r->called, hash_mix(place_key(function), &at, sizeof(at)), 0, &added);
	if (!added)
		return;
	uint32_t *last = map_put(&r->callers, place_key(function), 0, NULL);
	struct caller caller = { call, *last };
	vec_push(&r->calls, caller);
	*last = r->calls.count;
}

static uint32_t last_caller(const struct reading *r, struct place function)
{
	const uint32_t *last = map_get(&r->callers, place_key(function));
	return last ? *last : 0;
}

/* The only call of a function; node 0 when there is none, or several. */
static struct place only_caller(const struct reading *r, struct place function)
{
	uint32_t last = last_caller(r, function);
	return last && !r->calls.items[last - 1].next ? r->calls.items[last - 1].call : NOWHERE;
}

/* The parameter behind `*paths`, which stands for all the arguments from its position on; node 0 for any other expression. */
static struct place rest_parameter(struct reading *r, struct place expression)
{
	const struct facts *f = facts_of(r, expression.file);
	if (!expression.node || node_kind(f, expression.node) != NODE_SPREAD)
		return NOWHERE;
	struct place at = behind(r, (struct place){ expression.file, expression.node + 1 });
	bool is_rest = at.node && node_kind(facts_of(r, at.file), at.node) == NODE_PARAM &&
		       node_has(facts_of(r, at.file), at.node, FLAG_VARIADIC);
	return is_rest ? at : NOWHERE;
}

struct place open_function(struct reading *r, struct place expression)
{
	struct place rest = rest_parameter(r, expression);
	if (rest.node)
		return (struct place){ rest.file, facts_of(r, rest.file)->nodes[rest.node].parent };
	struct text text = model_text_from(
		r->model, (struct text_view){ 0 }, expression.file, expression.node, STR(""));
	return text.open_count ? (struct place){ text.open[0].file, text.open[0].node } : NOWHERE;
}

/* What an expression in a function says, seen from a call of it, and from the only calls of the functions around that. */
static struct str text_from(const struct reading *r, struct place expression, struct place function, struct place call)
{
	struct text_call calls[DEEPEST_VIEW];
	unsigned depth = 0;
	while (call.node && depth < DEEPEST_VIEW) {
		calls[depth] = (struct text_call){
			.file = call.file, .call = call.node, .function_file = function.file, .function = function.node
		};
		if (depth)
			calls[depth - 1].outer = &calls[depth];
		depth++;
		function = (struct place){ call.file, node_function(facts_of(r, call.file), call.node) };
		call = function.node ? only_caller(r, function) : NOWHERE;
	}
	struct text_view view = { .calls = calls };
	return model_text_from(r->model, view, expression.file, expression.node, STR("")).says;
}

static uint32_t position_of(const struct facts *f, node_id function, node_id param)
{
	uint32_t i = 0;
	while (parameter(f, function, i) && parameter(f, function, i) != param)
		i++;
	return i;
}

/* What a call hands over for an expression that is a parameter; the expression itself when it is none. */
static struct place handed(struct reading *r, struct place expression, struct place function, struct place call)
{
	const struct facts *f = facts_of(r, function.file);
	struct place at = expression.node ? behind(r, expression) : expression;
	if (!at.node || at.file != function.file || node_kind(f, at.node) != NODE_PARAM ||
		f->nodes[at.node].parent != function.node)
		return expression;
	return (struct place){ call.file,
		call_arg(facts_of(r, call.file), call.node, position_of(f, function.node, at.node)) };
}

static bool read_path_from_call(
	struct reading *r, const struct open_route *open, struct place function, struct place call, struct stretch path)
{
	struct route route = open->route;
	struct place handler = handed(r, open->handler, function, call);
	struct place router = handed(r, routers_get(&r->graph, route.router)->place, function, call);
	route.path = path;
	if (!handler.node)
		return false;
	if (open->method.node)
		route.methods = method_named(text_from(r, open->method, function, call));
	if (open->is_pattern)
		split_pattern(r, &route);
	if (router.node && place_key(router) != place_key(routers_get(&r->graph, route.router)->place))
		route.router = router_of(r, router);
	route.place = call;
	if (route.router && open->is_view && read_view(r, route, handler))
		return true;
	route.handler = handler_behind(r, handler);
	if (route.router)
		add_route(r, route);
	return true;
}

/* A route for each argument that goes into `*paths`; open where the function makes other paths of them. */
static bool read_rest_from_call(
	struct reading *r, const struct open_route *open, struct place function, struct place call, struct place rest)
{
	const struct facts *f = facts_of(r, function.file);
	bool is_unique = model_binding_is_unique(r->model, open->path.file, open->path.node, node_name(f, rest.node));
	bool found = false;
	node_id argument;
	for (uint32_t i = position_of(f, function.node, rest.node);
		(argument = call_arg(facts_of(r, call.file), call.node, i)); i++) {
		struct stretch path = place_stretch(r, (struct place){ call.file, argument });
		path.is_open |= !is_unique;
		found |= read_path_from_call(r, open, function, call, path);
	}
	return found;
}

static bool read_from_call(struct reading *r, const struct open_route *open, struct place function, struct place call)
{
	struct place rest = rest_parameter(r, open->path);
	if (rest.node)
		return read_rest_from_call(r, open, function, call, rest);
	struct stretch path = stretch_of(text_from(r, open->path, function, call));
	return !path.is_open && read_path_from_call(r, open, function, call, path);
}

static void read_open_route(struct reading *r, struct open_route open)
{
	struct place function = open_function(r, open.path);
	bool found = false;
	uint32_t count = 0;
	for (uint32_t i = function.node ? last_caller(r, function) : 0; i && count++ < MOST_CALLERS;
		i = r->calls.items[i - 1].next)
		found |= read_from_call(r, &open, function, r->calls.items[i - 1].call);
	bool says_nothing = open.route.path.is_open && str_empty(open.route.path.text);
	bool is_made = node_kind(facts_of(r, open.path.file), open.path.node) == NODE_CALL;
	if (!found && says_nothing &&
		is_made) /* of another path: scoped("/session"). A setting is one route of its own */
		note_unread(r, open.path.file);
	if (found || says_nothing)
		return; /* where nothing of the path is known, there is nothing to tell */
	if (open.is_pattern)
		split_pattern(r, &open.route);
	add_route(r, open.route);
}

void read_open_paths(struct reading *r)
{
	for (uint32_t i = 0; i < r->open_routes.count; i++)
		read_open_route(r, r->open_routes.items[i]);
	for (uint32_t i = 0; i < r->graph.mounts.count; i++) {
		struct mount *mount = &r->graph.mounts.items[i];
		if (!mount->prefix.is_open || !mount->from.node)
			continue;
		struct place function = open_function(r, mount->from);
		struct place call = function.node ? only_caller(r, function) : NOWHERE;
		if (call.node)
			mount->prefix = stretch_of(text_from(r, mount->from, function, call));
	}
}
