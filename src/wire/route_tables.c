/*
 * Routes as rows: { method: "GET", path: "/users", handler: list }. A call registers them, or a file exports them for a framework
 * that loads it by where it lies:
 *
 *     module.exports = { routes: [{ method: "GET", path: "/users", handler: "user.find" }] };
 *
 * What stands before the paths of such a file (of a plugin its name, a configured prefix) is not in it: they are tails.
 */
#include "wire/reading.h"

#include "base/path.h"

static const struct place NOWHERE = { 0, 0 };

/* What a function returns; anything else is itself. */
static struct place value_of(struct reading *r, struct place at)
{
	const struct facts *f = facts_of(r, at.file);
	if (!at.node || !((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[at.node].kind & 1))
		return at;
	struct place result = { at.file, model_result(r->model, at.file, at.node) };
	return result.node ? behind(r, result) : NOWHERE;
}

/* The list of rows: the value itself, or what it holds under `routes`. */
static struct place list_in(struct reading *r, struct place value)
{
	struct place inner = at_key(r, value, STR("routes"));
	return inner.node ? behind(r, inner) : value;
}

static void add_row(struct reading *r, router_id router, struct place row)
{
	struct place path = at_key(r, row, STR("path")), method = at_key(r, row, STR("method")),
		     handler = at_keys(r, row, STR("handler"));
	if (!handler.node)
		handler = at_keys(r, row, STR("options.handler"));
	if (!path.node || !method.node || !handler.node)
		return;
	struct route route = { .router = router,
		.methods = methods_of_argument(r, method),
		.path = place_stretch(r, path),
		.place = row,
		.handler = handler_behind(r, handler) };
	add_route(r, route);
}

void add_rows(struct reading *r, router_id router, struct place table)
{
	struct place list = behind(r, table), item = { 0 };
	while (next_item(r, list.node ? list : table, &item)) {
		struct place row = behind(r, item);
		if (row.node)
			add_row(r, router, row);
	}
}

/* `(strapi) => [ … ]`: called with what nothing but the framework hands it. */
static bool takes_framework(struct reading *r, struct place exported)
{
	if (!exported.node)
		return false;
	const struct facts *f = facts_of(r, exported.file);
	bool is_function = (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[exported.node].kind & 1;
	node_id param = is_function ? parameter(f, exported.node, 0) : 0;
	return param && model_library(r->model, f->language, node_name(f, param), ROLE_ROUTE_TABLE);
}

/* `routes/users.js`, in a package that names the framework */
static bool lies_in_routes(const struct reading *r, const struct model_file *f)
{
	struct str folders = path_dir(f->path), folder;
	bool found = false;
	while (!found && str_split(&folders, '/', &folder))
		found = str_is(folder, "routes");
	return found && package_has_role(r->model, f->package, ROLE_ROUTE_TABLE);
}

void read_route_table(struct reading *r, file_id file)
{
	const struct model_file *f = model_file(r->model, file);
	if (!(LANGUAGES_NODE >> f->language & 1) || !f->facts.export_count)
		return;
	struct place exported = exported_place(r, file, STR("default"));
	if (!exported.node)
		exported = exported_place(r, file, STR("routes"));
	if (!exported.node || exported.file != file || !(takes_framework(r, exported) || lies_in_routes(r, f)))
		return;
	struct place list = list_in(r, value_of(r, exported));
	if (!list.node)
		return;
	enum node_kind kind = node_kind(facts_of(r, list.file), list.node);
	if (kind == NODE_ARRAY)
		add_rows(r, router_at(r, list, STR("")), list);
	else if (kind == NODE_CALL) /* createCoreRouter("api::article.article") */
		note_unread(r, file);
}
