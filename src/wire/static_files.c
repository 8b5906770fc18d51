/* Files that a framework serves itself: those of a folder, below a path, or one. No function of the project answers. */
#include "wire/reading.h"

/* A folder's files are the rest of its path, wherever the path stands: /assets/{*}. */
static void add_files(struct reading *r, struct route route, const struct library_entry *entry, struct place path)
{
	bool is_file = str_is(library_attribute(entry, "form"), "file");
	route.path = path.node ? place_stretch(r, path) : NO_PREFIX;
	if (!is_file)
		route.path.text = arena_printf(&r->graph.arena, "%.*s/{*}", STR_ARG(route.path.text));
	route.is_static = true;
	route.methods = METHOD_GET;
	add_route(r, route);
	r->is_registration = true;
}

void add_static_files(struct reading *r, struct place call, router_id router, const struct library_entry *entry)
{
	bool is_whole = !str_empty(library_attribute(entry, "root"));
	struct route route = { .router = is_whole ? process_router(r) : router, .place = call };
	add_files(r, route, entry, argument(r, call.file, call.node, library_attribute(entry, "path")));
}

router_id make_static_files(struct reading *r, struct place call, const struct library_entry *entry)
{
	struct str result = library_attribute(entry, "result");
	router_id router = str_empty(result) ? 0 : router_at(r, call, result);
	if (router)
		routers_get(&r->graph, router)->is_static = true;
	add_static_files(r, call, router, entry);
	return router;
}

bool read_static_plugin(struct reading *r, router_id router, struct place path, struct place plugin)
{
	enum language language = model_file(r->model, plugin.file)->language;
	const struct library_entry *entry = model_library(
		r->model, language, library_behind(r, plugin), ROLE_STATIC_FILES);
	if (!entry)
		return false;
	add_files(r, (struct route){ .router = router, .place = plugin }, entry, path);
	return true;
}
