/* The routes of a controller: its own path, the versions it answers under, and its methods, those of its bases included. */
#include "wire/reading.h"

enum { MOST_BASES = 8, MOST_VERSIONS = 16 };

/* One controller below one application. */
struct placing {
	struct reading *r;
	struct application *app; /* NULL when none is known */
	struct stretch module;
	struct controller controller;
	const struct library_entry *entry;
	/* a router for each version and each of prefixed and bare, made when it is needed */
	struct version_router {
		struct str version;
		bool is_bare;
		router_id router;
	} routers[MOST_VERSIONS];
	uint32_t router_count;
};

/* ---- versions ---- */

static bool is_neutral(struct str version)
{
	return str_empty(version) || str_is(version, "VERSION_NEUTRAL") || str_is(version, "{VERSION_NEUTRAL}");
}

static const struct library_entry *versioning(const struct placing *p)
{
	return model_role(p->r->model, p->app->versions.file, p->app->versions.node, ROLE_ROUTE_VERSION);
}

static struct place versions_argument(struct placing *p, const char *key)
{
	struct place call = p->app->versions;
	const struct library_entry *entry = versioning(p);
	if (!entry)
		return (struct place){ 0, 0 };
	return argument(p->r, call.file, call.node, library_attribute(entry, key));
}

/* Do paths show versions? By the application's word; a version is meant where that is not to be seen. */
static bool shows_versions(struct placing *p)
{
	if (!p->app || !p->app->versions.node)
		return true;
	struct place type = versions_argument(p, "type");
	struct str text = type.node ? place_text(p->r, type) : STR("{URI}");
	return str_is(text, "{URI}") || str_is(text, "0");
}

/* Where a version of the route's own, of its controller or the application's default is said. */
static struct place versions_of(struct placing *p, struct place function)
{
	struct reading *r = p->r;
	const struct library_entry *entry;
	if (!shows_versions(p))
		return (struct place){ 0, 0 };
	node_id own = decorator_with(r, function, ROLE_ROUTE_VERSION, &entry);
	struct place at = { 0, 0 };
	if (own)
		at = argument(r, function.file, own, library_attribute(entry, "version"));
	if (!at.node)
		at = argument(r, p->controller.decorator.file, p->controller.decorator.node,
			library_attribute(p->entry, "version"));
	if (!at.node && p->app && p->app->versions.node)
		at = versions_argument(p, "version");
	return at;
}

/* "v1" */
static struct stretch version_stretch(struct placing *p, struct str version)
{
	struct place at = p->app && p->app->versions.node ? versions_argument(p, "prefix") : (struct place){ 0, 0 };
	struct stretch prefix = { .text = STR("v") };
	if (is_neutral(version))
		return NO_PREFIX;
	if (at.node)
		prefix = place_stretch(p->r, at);
	prefix.text = arena_printf(&p->r->graph.arena, "%.*s%.*s", STR_ARG(prefix.text), STR_ARG(version));
	return prefix;
}

/* ---- routers ---- */

static router_id above(struct placing *p, bool is_bare)
{
	struct routers *g = &p->r->graph;
	if (!p->app || !is_bare)
		return p->app ? p->app->router : 0;
	if (!p->app->bare)
		p->app->bare = routers_add(g, (struct router){ .is_root = true, .place = p->controller.class_place });
	return p->app->bare;
}

/* A router below the application, under the version, the module's path and the controller's own. */
static router_id make_router(struct placing *p, struct str version, bool is_bare)
{
	struct reading *r = p->r;
	struct routers *g = &r->graph;
	struct place place = p->controller.class_place;
	struct place paths = argument(
		r, p->controller.decorator.file, p->controller.decorator.node, library_attribute(p->entry, "prefix"));
	router_id top = above(p, is_bare);
	router_id versioned = routers_add(g, (struct router){ .place = place });
	router_id module = routers_add(g, (struct router){ .place = place });
	router_id own = routers_add(g, (struct router){ .place = place });
	routers_mount(g, top, version_stretch(p, version), versioned);
	if (!top)
		routers_get(g, versioned)->prefix = version_stretch(p, version);
	routers_mount(g, versioned, p->module, module);
	struct place list = paths.node ? behind(r, paths) : paths, item = { 0, 0 };
	if (!paths.node)
		routers_mount(g, module, NO_PREFIX, own);
	while (paths.node && next_item(r, list.node ? list : paths, &item))
		routers_mount(g, module, place_stretch(r, item.node == list.node ? paths : item), own);
	return own;
}

static router_id router_for(struct placing *p, struct str version, bool is_bare)
{
	for (uint32_t i = 0; i < p->router_count; i++)
		if (p->routers[i].is_bare == is_bare && str_eq(p->routers[i].version, version))
			return p->routers[i].router;
	router_id router = make_router(p, version, is_bare);
	if (p->router_count < MOST_VERSIONS)
		p->routers[p->router_count++] = (struct version_router){ version, is_bare, router };
	return router;
}

/* ---- what the prefix does not stand before ---- */

static void add_argument_path(struct placing *p, struct buf *path)
{
	struct place own = argument(p->r, p->controller.decorator.file, p->controller.decorator.node,
		library_attribute(p->entry, "prefix"));
	path_add(path, p->module.text);
	if (own.node)
		path_add(path, place_text(p->r, own));
}

static bool covers(struct str excepted, struct str path)
{
	struct buf written = { 0 };
	path_add(&written, excepted);
	struct str pattern = buf_str(&written);
	bool below = str_ends(pattern, STR("/{*}")) || str_ends(pattern, STR("/(.*)"));
	if (below)
		pattern.len = str_rfind(pattern, '/');
	bool same = str_eq(pattern, path) || (below && str_starts(path, pattern) && path.ptr[pattern.len] == '/');
	buf_release(&written);
	return same;
}

static bool is_excepted(struct placing *p, struct str route)
{
	struct reading *r = p->r;
	struct place list = { 0, 0 }, item = { 0, 0 };
	if (p->app && p->app->except.node)
		list = behind(r, p->app->except);
	if (!list.node)
		return false;
	bool excepted = false;
	struct buf path = { 0 };
	add_argument_path(p, &path);
	path_add(&path, route);
	while (!excepted && next_item(r, list, &item)) {
		struct place text = at_key(r, behind(r, item), STR("path"));
		excepted = covers(place_text(r, text.node ? text : item), buf_str(&path));
	}
	buf_release(&path);
	return excepted;
}

/* ---- routes ---- */

static void add_versions(struct placing *p, struct route route, struct place function)
{
	struct reading *r = p->r;
	struct place versions = versions_of(p, function), item = { 0, 0 };
	bool is_bare = is_excepted(p, route.path.text);
	if (!versions.node) {
		route.router = router_for(p, STR(""), is_bare);
		add_route(r, route);
		return;
	}
	struct place list = behind(r, versions);
	while (next_item(r, list.node ? list : versions, &item)) {
		struct str version = place_text(r, item);
		route.router = router_for(p, is_neutral(version) ? STR("") : version, is_bare);
		add_route(r, route);
	}
}

static void read_route(struct placing *p, struct place function, struct place decorator)
{
	struct reading *r = p->r;
	const struct library_entry *entry = model_role(r->model, decorator.file, decorator.node, ROLE_ROUTE);
	if (!entry || !str_empty(library_attribute(entry, "protocol")))
		return;
	struct str method = library_attribute(entry, "method"), name = path_last(entry->name);
	struct route route = {
		.methods = http_method(str_empty(method) ? name : method), .place = decorator, .handler = function
	};
	struct place path = argument(r, decorator.file, decorator.node, library_attribute(entry, "path"));
	struct place list = path.node ? behind(r, path) : path, item = { 0, 0 };
	if (!path.node)
		add_versions(p, route, function);
	while (path.node && next_item(r, list.node ? list : path, &item)) {
		route.path = place_stretch(r, item.node == list.node ? path : item);
		if (!route.path.is_open || !str_empty(route.path.text))
			add_versions(p, route, function);
	}
}

static void read_methods(struct placing *p, struct place class_place)
{
	const struct facts *f = facts_of(p->r, class_place.file);
	facts_each_child(f, class_place.node, function) {
		if (node_kind(f, function) != NODE_FUNCTION)
			continue;
		facts_each_child(f, function, decorator)
			if (node_kind(f, decorator) == NODE_DECORATOR)
				read_route(p, (struct place){ class_place.file, function },
					(struct place){ class_place.file, decorator });
	}
}

static struct place base_of(const struct reading *r, struct place class_place)
{
	const struct facts *f = facts_of(r, class_place.file);
	node_id base = node_child(f, class_place.node, PART_BASE);
	struct meaning up = { .kind = MEANS_UNKNOWN };
	if (base)
		up = model_meaning(r->model, class_place.file, base);
	bool is_class = up.kind == MEANS_DECLARATION && node_kind(facts_of(r, up.file), up.node) == NODE_CLASS;
	return is_class ? (struct place){ up.file, up.node } : (struct place){ 0, 0 };
}

void read_controller(struct reading *r, struct application *app, struct stretch module, struct controller controller)
{
	struct placing p = { .r = r, .app = app, .module = module, .controller = controller };
	struct place at = controller.class_place;
	p.entry = model_role(r->model, controller.decorator.file, controller.decorator.node, ROLE_ROUTER);
	for (unsigned i = 0; p.entry && at.node && i < MOST_BASES; i++) {
		read_methods(&p, at);
		at = base_of(r, at);
	}
}
