/*
 * Files that are served under their own path: app/users/[id]/route.ts exports a function for each method, pages/api/users.ts
 * one that asks for the method itself.
 */
#include "wire/reading.h"

#include "base/path.h"

/* What lies below a folder of the package, at its top or in src/. */
static bool below_folder(struct str path, struct str folder, struct str *rest)
{
	if (str_starts(path, STR("src/")))
		path = str_slice(path, 4, path.len);
	*rest = str_slice(path, folder.len, path.len);
	return str_starts(path, folder);
}

static struct str without_extension(struct str name)
{
	struct str extension = path_extension(name);
	return extension.len ? str_slice(name, 0, name.len - extension.len - 1) : name;
}

/* [id], [...rest], [[...rest]]; (group) and @slot are no part of a path. */
static void add_segment(struct buf *out, struct str segment)
{
	if (segment.ptr[0] == '(' || segment.ptr[0] == '@')
		return;
	buf_add_char(out, '/');
	if (segment.ptr[0] != '[') {
		buf_add(out, segment);
		return;
	}
	uint32_t start = segment.len > 1 && segment.ptr[1] == '[' ? 2 : 1;
	struct str name = str_slice(segment, start, str_find(segment, ']'));
	bool rest = str_starts(name, STR("..."));
	buf_printf(out, rest ? "{*%.*s}" : "{%.*s}", STR_ARG(rest ? str_slice(name, 3, name.len) : name));
}

static struct str path_of_folders(struct reading *r, struct str folders)
{
	struct buf out = { 0 };
	struct str segment;
	while (str_split(&folders, '/', &segment))
		if (!str_empty(segment))
			add_segment(&out, segment);
	struct str path = arena_str(&r->graph.arena, buf_str(&out));
	buf_release(&out);
	return path;
}

static void add_file_route(struct reading *r, struct place at, uint32_t methods, struct str path)
{
	struct route route = { .router = process_router(r),
		.methods = methods,
		.path = { .text = path },
		.place = at,
		.handler = handler_behind(r, at) };
	add_route(r, route);
}

/* export async function GET() {}, export const POST = …, export { handler as PUT } from "./x" */
static void read_methods(struct reading *r, file_id file, struct str path)
{
	char space[64];
	struct place at;
	for (uint32_t bit = METHOD_GET; bit < METHOD_ANY; bit <<= 1)
		if (model_exported(r->model, file, http_methods_text(bit, space), &at.file, &at.node) && at.node)
			add_file_route(r, at, bit, path);
}

static bool is_method_name(const struct facts *f, node_id n)
{
	return n && node_kind(f, n) == NODE_NAME && str_is(path_last(node_name(f, n)), "method");
}

static uint32_t method_text(const struct facts *f, node_id n)
{
	return n && node_kind(f, n) == NODE_STRING ? http_method(node_name(f, n)) : 0;
}

/* The methods that a handler asks for: req.method === "GET", switch (req.method) { case "POST": … } */
static uint32_t methods_asked_for(const struct facts *f, node_id function)
{
	uint32_t methods = 0;
	facts_each_below(f, function, n) {
		node_id left = node_child(f, n, PART_LEFT), right = node_child(f, n, PART_RIGHT);
		if (node_kind(f, n) == NODE_BINARY && is_method_name(f, left))
			methods |= method_text(f, right);
		node_id around = node_kind(f, n) == NODE_CASE ? f->nodes[n].parent : 0;
		if (around && is_method_name(f, node_child(f, around, PART_COND)))
			methods |= method_text(f, node_child(f, n, PART_COND));
	}
	return methods;
}

static void read_page(struct reading *r, file_id file, struct str path)
{
	struct place at = exported_place(r, file, STR("default"));
	struct place handler = at.node ? handler_behind(r, at) : at;
	if (!handler.node)
		return;
	add_file_route(r, handler, methods_asked_for(facts_of(r, handler.file), handler.node), path);
}

void read_file_routes(struct reading *r, file_id file)
{
	const struct model_file *f = model_file(r->model, file);
	bool is_node = LANGUAGES_NODE >> f->language & 1;
	struct str path = f->path, rest;
	if (!is_node || f->package == NO_PACKAGE || !package_has_role(r->model, f->package, ROLE_FILE_ROUTES))
		return;
	struct str dir = model_package(r->model, f->package)->dir;
	path = str_slice(path, dir.len ? dir.len + 1 : 0, path.len);
	struct str stem = without_extension(path_name(path));
	if (str_is(stem, "route") && below_folder(path, STR("app/"), &rest)) {
		read_methods(r, file, path_of_folders(r, path_dir(rest)));
	} else if (below_folder(path, STR("pages/"), &rest) && str_starts(rest, STR("api/"))) {
		struct str full = str_is(stem, "index") ? path_dir(rest) : without_extension(rest);
		read_page(r, file, path_of_folders(r, full));
	}
}
