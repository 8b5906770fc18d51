/*
 * Controllers, and what they belong to. An application is made of a root module; modules import modules and name
 * controllers, in their decorator or in what a method such as forRoot returns. A controller that no module names belongs to
 * the application of its package, when that has one.
 */
#include "wire/reading.h"

enum { DEEPEST_LIST = 3 };
#define SEVERAL UINT32_MAX

struct module_path {
	struct place module;
	struct stretch path;
};

struct modules {
	struct reading *r;
	struct application *app;
	VEC(struct module_path) paths; /* of the modules that a table gives one */
	struct map path_of; /* class → index into `paths` */
	VEC(struct place) queue;
	struct map seen; /* classes */
	struct map controllers; /* class → index into r->controllers */
	struct map by_router, by_package; /* router, package → index into r->applications */
};

/* ---- applications and what is set on them ---- */

static struct application *application_of(const struct modules *m, router_id router)
{
	const uint32_t *index = map_get(&m->by_router, router);
	return index ? &m->r->applications.items[*index] : NULL;
}

/* The application of a package, where there is only one. */
static struct application *only_application(const struct modules *m, package_id package)
{
	const uint32_t *index = map_get(&m->by_package, package);
	return index && *index != SEVERAL ? &m->r->applications.items[*index] : NULL;
}

static void set_prefix(struct reading *r, const struct setting *s, router_id router, struct application *app)
{
	struct place path = argument(r, s->call.file, s->call.node, library_attribute(s->entry, "path"));
	if (path.node)
		routers_get(&r->graph, router)->prefix = place_stretch(r, path);
	if (app)
		app->except = argument(r, s->call.file, s->call.node, library_attribute(s->entry, "except"));
}

static void set(struct reading *r, const struct setting *s, router_id router, struct application *app)
{
	if (s->entry->role == ROLE_ROUTE_PREFIX)
		set_prefix(r, s, router, app);
	else if (app)
		app->versions = s->call;
}

/* A setting made on a parameter is its router's; on one that nobody is seen to hand over, that of the package's only application. */
static void apply_setting(const struct modules *m, const struct setting *s)
{
	struct reading *r = m->r;
	router_id router = s->receiver;
	while (routers_get(&r->graph, router)->same_as)
		router = routers_get(&r->graph, router)->same_as;
	struct application *app = application_of(m, router);
	if (app || routers_get(&r->graph, router)->parents) {
		set(r, s, router, app);
		return;
	}
	app = only_application(m, model_file(r->model, s->call.file)->package);
	set(r, s, app ? app->router : router, app);
}

/* ---- modules ---- */

static bool is_class(const struct reading *r, struct place at)
{
	return at.node && node_kind(facts_of(r, at.file), at.node) == NODE_CLASS;
}

static void found_class(struct modules *m, struct place class_place, struct stretch path)
{
	struct reading *r = m->r;
	const uint32_t *index = map_get(&m->controllers, place_key(class_place));
	bool added;
	if (index) {
		r->controllers.items[*index].is_registered = true;
		read_controller(r, m->app, path, r->controllers.items[*index]);
		return;
	}
	map_put(&m->seen, place_key(class_place), 0, &added);
	if (added)
		vec_push(&m->queue, class_place);
}

static void found_list(struct modules *m, struct place list, struct stretch path, unsigned depth);

/* modules.push(UsersModule), where the list has a name */
static void found_pushed(struct modules *m, struct place from, struct str name, struct stretch path, unsigned depth)
{
	struct reading *r = m->r;
	struct place list = { from.file, model_binding(r->model, from.file, from.node, name) };
	const uint32_t *first = list.node ? map_get(&r->pushed, place_key(list)) : NULL;
	for (uint32_t i = first ? *first : 0; i; i = r->pushes.items[i - 1].next) {
		struct place call = r->pushes.items[i - 1].call;
		const struct facts *f = facts_of(r, call.file);
		facts_each_child(f, call.node, argument)
			found_list(m, (struct place){ call.file, argument }, path, depth + 1);
	}
}

/* A name in a list: a class, or a list that has a name. */
static void found_name(struct modules *m, struct place from, struct str name, struct stretch path, unsigned depth)
{
	struct reading *r = m->r;
	struct place at = behind_path(r, from.file, from.node, name).at;
	if (is_class(r, at)) {
		found_class(m, at, path);
		return;
	}
	bool is_list = at.node && (KIND(ARRAY) | KIND(CALL)) >> facts_of(r, at.file)->nodes[at.node].kind & 1;
	bool added = is_list && depth < DEEPEST_LIST;
	if (added)
		map_put(&m->seen, place_key(at), 0, &added);
	if (!added)
		return;
	found_list(m, at, path, depth + 1);
	found_pushed(m, from, name, path, depth);
}

/* The classes that a list names: bare, in the hands of a function, by a static method, through lists with a name. */
static void found_list(struct modules *m, struct place list, struct stretch path, unsigned depth)
{
	const struct facts *f = facts_of(m->r, list.file);
	for (node_id n = list.node; n < f->nodes[list.node].next && depth <= DEEPEST_LIST; n++) {
		struct str name = node_name(f, n);
		if (node_kind(f, n) == NODE_CALL)
			name = path_parent(name);
		else if (node_kind(f, n) != NODE_NAME)
			continue;
		if (!str_empty(name))
			found_name(m, (struct place){ list.file, n }, name, path, depth);
	}
}

static void read_module(struct modules *m, struct place module)
{
	const struct facts *f = facts_of(m->r, module.file);
	note_mounting(m->r, module.file);
	const uint32_t *index = map_get(&m->path_of, place_key(module));
	struct stretch path = index ? m->paths.items[*index].path : NO_PREFIX;
	facts_each_below(f, module.node, n) {
		if (node_kind(f, n) != NODE_PAIR)
			continue;
		struct str name = node_name(f, n);
		struct place list = { module.file, node_child(f, n, PART_VALUE) };
		if (list.node && (str_is(name, "imports") || str_is(name, "controllers")))
			found_list(m, list, path, 0);
	}
}

static void read_application(struct modules *m, struct application *app)
{
	struct place root = app->module;
	if (!is_class(m->r, root))
		return;
	m->app = app;
	map_clear(&m->seen);
	vec_clear(&m->queue);
	map_put(&m->seen, place_key(root), 0, NULL);
	vec_push(&m->queue, root);
	for (uint32_t i = 0; i < m->queue.count; i++)
		read_module(m, m->queue.items[i]);
}

/* ---- paths of modules ---- */

static void note_module_path(struct modules *m, struct place module, struct stretch path)
{
	struct place at = behind(m->r, module);
	if (!is_class(m->r, at))
		return;
	struct module_path row = { at, path };
	map_put(&m->path_of, place_key(at), m->paths.count, NULL);
	vec_push(&m->paths, row);
}

/* [{ path: "admin", module: AdminModule, children: [{ … }, UsersModule] }] */
static void read_table(struct modules *m, struct place table, struct stretch above, unsigned depth)
{
	struct reading *r = m->r;
	struct place list = behind(r, table), item = { 0, 0 };
	while (list.node && depth < DEEPEST_LIST && next_item(r, list, &item)) {
		struct place row = behind(r, item);
		struct place path = at_key(r, row, STR("path")), module = at_key(r, row, STR("module"));
		struct place children = at_key(r, row, STR("children"));
		struct buf text = { 0 };
		struct stretch full = above;
		if (path.node) {
			path_add(&text, above.text);
			full.is_open = stretch_add(&text, place_stretch(r, path)) || above.is_open;
			full.text = arena_str(&r->graph.arena, buf_str(&text));
		}
		buf_release(&text);
		note_module_path(m, module.node ? module : row, full);
		if (children.node)
			read_table(m, children, full, depth + 1);
	}
}

/* ---- all of it ---- */

/* Two ways to start one root module, such as with an adapter and without, are one application. */
static void merge_applications(struct modules *m)
{
	struct reading *r = m->r;
	struct map by_module = { 0 };
	uint32_t kept = 0;
	for (uint32_t i = 0; i < r->applications.count; i++) {
		struct application app = r->applications.items[i];
		bool added = true;
		app.module = app.module.node ? behind(r, app.module) : app.module;
		uint32_t first = kept;
		if (app.module.node)
			first = *map_put(&by_module, place_key(app.module), kept, &added);
		if (!added) {
			routers_get(&r->graph, app.router)->same_as = r->applications.items[first].router;
			continue;
		}
		map_put(&m->by_router, app.router, kept, NULL);
		uint32_t *of_package = map_put(&m->by_package, app.package, kept, &added);
		*of_package = added ? kept : SEVERAL;
		r->applications.items[kept++] = app;
	}
	r->applications.count = kept;
	map_release(&by_module);
}

void read_controllers(struct reading *r)
{
	struct modules m = { .r = r };
	merge_applications(&m);
	for (uint32_t i = 0; i < r->settings.count; i++)
		apply_setting(&m, &r->settings.items[i]);
	for (uint32_t i = 0; i < r->controllers.count; i++)
		map_put(&m.controllers, place_key(r->controllers.items[i].class_place), i, NULL);
	for (uint32_t i = 0; i < r->module_paths.count; i++) {
		struct place call = r->module_paths.items[i];
		struct place table = { call.file, call_arg(facts_of(r, call.file), call.node, 0) };
		if (table.node)
			read_table(&m, table, NO_PREFIX, 0);
	}
	for (uint32_t i = 0; i < r->applications.count; i++)
		read_application(&m, &r->applications.items[i]);
	for (uint32_t i = 0; i < r->controllers.count; i++) {
		struct controller controller = r->controllers.items[i];
		package_id package = model_file(r->model, controller.class_place.file)->package;
		if (!controller.is_registered)
			read_controller(r, only_application(&m, package), NO_PREFIX, controller);
	}
	vec_release(&m.paths);
	vec_release(&m.queue);
	map_release(&m.path_of);
	map_release(&m.seen);
	map_release(&m.controllers);
	map_release(&m.by_router);
	map_release(&m.by_package);
}
