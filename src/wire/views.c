/*
 * Views: classes whose methods answer requests (`def get(self, request)`), by what they are derived from, and the sets of
 * routes that a router makes of a class with list, create, retrieve, update, partial_update and destroy.
 */
#include "wire/reading.h"

enum { MOST_CLASSES = 32, MOST_WRAPPERS = 4 };

static const struct place NOWHERE = { 0, 0 };

static const struct action {
	const char *name;
	uint32_t method;
	bool of_one; /* below the item's own path */
} actions[] = {
	{ "list", METHOD_GET, false },
	{ "create", METHOD_POST, false },
	{ "retrieve", METHOD_GET, true },
	{ "update", METHOD_PUT, true },
	{ "partial_update", METHOD_PATCH, true },
	{ "destroy", METHOD_DELETE, true },
};
enum { ACTION_COUNT = sizeof(actions) / sizeof(*actions) };

/* A class with those of the project that it is derived from, and what its libraries' bases say. */
struct view {
	struct place classes[MOST_CLASSES];
	uint32_t class_count;
	uint32_t methods; /* that the bases answer by themselves */
	uint32_t actions; /* a bit for each of `actions` */
	const struct library_entry *dispatches; /* the base whose one method answers all that the class lists */
	bool is_view;
};

/* ---- what a class is ---- */

static uint32_t actions_named(struct str words)
{
	uint32_t bits = 0;
	struct str word;
	while (!str_empty(words) && str_split(&words, ' ', &word))
		for (uint32_t i = 0; i < ACTION_COUNT; i++)
			bits |= str_is(word, actions[i].name) ? 1U << i : 0;
	return bits;
}

static uint32_t methods_named(struct str words)
{
	uint32_t methods = 0;
	struct str word;
	while (!str_empty(words) && str_split(&words, ' ', &word))
		methods |= http_method(word);
	return methods;
}

static void add_base(const struct reading *r, struct view *view, file_id file, node_id base)
{
	struct meaning up = model_meaning(r->model, file, base);
	bool is_class = up.kind == MEANS_DECLARATION && node_kind(facts_of(r, up.file), up.node) == NODE_CLASS;
	if (is_class && view->class_count < MOST_CLASSES)
		view->classes[view->class_count++] = (struct place){ up.file, up.node };
	const struct library_entry *entry = up.kind == MEANS_LIBRARY
						    ? model_library(r->model, LANGUAGE_PYTHON, up.name, ROLE_VIEW)
						    : NULL;
	if (!entry)
		return;
	view->is_view = true;
	view->methods |= methods_named(library_attribute(entry, "method"));
	view->actions |= actions_named(library_attribute(entry, "actions"));
	if (!str_empty(library_attribute(entry, "handler")))
		view->dispatches = entry;
}

static struct view view_of(const struct reading *r, struct place class_place)
{
	struct view view = { .classes = { class_place }, .class_count = 1 };
	for (uint32_t i = 0; i < view.class_count; i++) {
		struct place at = view.classes[i];
		const struct facts *f = facts_of(r, at.file);
		facts_each_child(f, at.node, c)
			if (f->nodes[c].part == PART_BASE)
				add_base(r, &view, at.file, c);
	}
	return view;
}

static struct place method_of(const struct reading *r, struct place class_place, struct str name)
{
	struct place at = NOWHERE;
	bool found = class_member(r->model, class_place.file, class_place.node, name, &at.file, &at.node);
	return found && node_kind(facts_of(r, at.file), at.node) == NODE_FUNCTION ? at : NOWHERE;
}

/* ---- one view under one path ---- */

/* as_view({"get": "list", "post": "create"}) */
static bool add_table(struct reading *r, struct route route, struct place class_place, struct place table)
{
	const struct facts *f = facts_of(r, table.file);
	if (!table.node || node_kind(f, table.node) != NODE_OBJECT)
		return false;
	facts_each_child(f, table.node, pair) {
		node_id value = node_kind(f, pair) == NODE_PAIR ? node_child(f, pair, PART_VALUE) : 0;
		route.methods = http_method(node_name(f, pair));
		if (!value || !route.methods)
			continue;
		route.handler = method_of(r, class_place, place_text(r, (struct place){ table.file, value }));
		add_route(r, route);
	}
	return true;
}

/* def dispatch_request(self), for each of `methods = ["GET", "POST"]` */
static bool add_dispatcher(
	struct reading *r, struct route route, struct place class_place, const struct library_entry *base)
{
	struct place list = field_value(r, class_place, library_attribute(base, "methods")), item = NOWHERE;
	uint32_t limit = route.methods ? route.methods : (uint32_t)METHOD_ANY;
	route.handler = method_of(r, class_place, library_attribute(base, "handler"));
	if (!route.handler.node)
		return false;
	route.methods = list.node ? 0 : METHOD_GET & limit;
	while (list.node && next_item(r, list, &item))
		route.methods |= method_named(place_text(r, item)) & limit;
	if (route.methods)
		add_route(r, route);
	return true;
}

static bool add_class(struct reading *r, struct route route, struct place class_place)
{
	static const char *const names[] = { "get", "post", "put", "patch", "delete" };
	struct view view = view_of(r, class_place);
	uint32_t own = 0, limit = route.methods ? route.methods : (uint32_t)METHOD_ANY;
	if (view.dispatches && add_dispatcher(r, route, class_place, view.dispatches))
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		route.handler = method_of(r, class_place, str_from(names[i]));
		if (!route.handler.node)
			continue;
		route.methods = http_method(str_from(names[i])) & limit;
		own |= http_method(str_from(names[i]));
		if (route.methods)
			add_route(r, route);
	}
	route.methods = view.methods & limit & ~own;
	route.handler = NOWHERE;
	if (route.methods)
		add_route(r, route);
	return own || view.methods;
}

/* @api_view(["GET", "POST"]), @require_POST: what the decorators of a function let through; 0 when they say nothing. */
static uint32_t methods_of_function(struct reading *r, struct place function)
{
	const struct library_entry *entry;
	node_id decorator = decorator_with(r, function, ROLE_ROUTE_METHODS, &entry);
	if (!decorator)
		return 0;
	struct str words = library_attribute(entry, "method");
	if (http_method(words))
		return http_method(words);
	struct place list = argument(r, function.file, decorator, words), item = NOWHERE;
	uint32_t methods = list.node ? 0 : METHOD_GET;
	while (list.node && next_item(r, list, &item))
		methods |= method_named(place_text(r, item));
	return methods;
}

static node_id last_argument(const struct facts *f, node_id call)
{
	node_id last = 0;
	facts_each_child(f, call, c)
		if (f->nodes[c].part == PART_ARG && (KIND(CALL) | KIND(NAME)) >> f->nodes[c].kind & 1)
			last = c;
	return last;
}

bool read_view(struct reading *r, struct route route, struct place handler)
{
	for (unsigned i = 0; handler.node && i < MOST_WRAPPERS; i++) {
		const struct facts *f = facts_of(r, handler.file);
		if (node_kind(f, handler.node) != NODE_CALL)
			break;
		struct place owner = behind_path(r, handler.file, handler.node, path_parent(node_name(f, handler.node)))
					     .at;
		if (owner.node && node_kind(facts_of(r, owner.file), owner.node) == NODE_CLASS)
			return add_table(
				       r, route, owner, (struct place){ handler.file, call_arg(f, handler.node, 0) }) ||
			       add_class(r, route, owner);
		handler.node = last_argument(f, handler.node);
	}
	struct place at = handler.node ? behind(r, handler) : handler;
	enum node_kind kind = at.node ? node_kind(facts_of(r, at.file), at.node) : NODE_FILE;
	if (kind == NODE_CLASS)
		return add_class(r, route, at);
	if (kind != NODE_FUNCTION)
		return false;
	route.methods = methods_of_function(r, at);
	route.handler = at;
	if (route.methods)
		add_route(r, route);
	return route.methods != 0;
}

/* ---- sets of routes ---- */

/* The name of the parameter in an item's path. */
static struct str lookup_of(struct reading *r, struct place class_place)
{
	static const char *const names[] = { "lookup_url_kwarg", "lookup_field" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct place value = field_value(r, class_place, str_from(names[i]));
		if (value.node && node_kind(facts_of(r, value.file), value.node) == NODE_STRING)
			return node_name(facts_of(r, value.file), value.node);
	}
	return STR("pk");
}

/* @action(detail=True, methods=["post"], url_path="publish") */
static void add_extra(struct reading *r, struct route route, struct str item, struct place function)
{
	const struct library_entry *entry;
	node_id decorator = decorator_with(r, function, ROLE_ROUTE, &entry);
	if (!decorator)
		return;
	struct place methods = argument(r, function.file, decorator, library_attribute(entry, "method")),
		     path = argument(r, function.file, decorator, library_attribute(entry, "path")),
		     detail = argument(r, function.file, decorator, STR("detail")), at = NOWHERE;
	bool of_one = detail.node && str_is(node_name(facts_of(r, detail.file), detail.node), "True");
	struct str last = path.node ? place_text(r, path) : node_name(facts_of(r, function.file), function.node);
	struct str above = of_one ? item : route.path.text;
	route.methods = methods.node ? 0 : METHOD_GET;
	while (methods.node && next_item(r, methods, &at))
		route.methods |= method_named(place_text(r, at));
	route.path.text = arena_printf(&r->graph.arena, "%.*s/%.*s", STR_ARG(above), STR_ARG(last));
	route.handler = function;
	add_route(r, route);
}

bool read_view_set(struct reading *r, struct route route, struct place handler)
{
	struct place at = behind(r, handler);
	if (!at.node || node_kind(facts_of(r, at.file), at.node) != NODE_CLASS)
		return false;
	struct view view = view_of(r, at);
	struct str lookup = lookup_of(r, at), above = route.path.text;
	struct str item = arena_printf(&r->graph.arena, "%.*s/{%.*s}", STR_ARG(above), STR_ARG(lookup));
	for (uint32_t i = 0; i < ACTION_COUNT; i++) {
		route.handler = method_of(r, at, str_from(actions[i].name));
		if (!route.handler.node && !(view.actions >> i & 1))
			continue;
		route.methods = actions[i].method;
		route.path.text = actions[i].of_one ? item : above;
		add_route(r, route);
	}
	route.path.text = above;
	for (uint32_t i = 0; i < view.class_count; i++) {
		const struct facts *f = facts_of(r, view.classes[i].file);
		facts_each_child(f, view.classes[i].node, function)
			if (node_kind(f, function) == NODE_FUNCTION)
				add_extra(r, route, item, (struct place){ view.classes[i].file, function });
	}
	return true;
}
