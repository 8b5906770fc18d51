/* Functions that nobody in the code is seen to call: what the files of a folder export, and what is named by convention. */
#include "wire/reading.h"

#include "base/path.h"

/* More of these than any project has. */
enum { MOST_FOLDER_PLUGINS = 64, MOST_EXPORTS = 64, MOST_IMPORTS = 256 };

/* ---- folders ---- */

/* The folder that an expression names, seen from its file: path.join(__dirname, "routes"). */
static bool folder_of(struct reading *r, struct place at, struct str *folder)
{
	struct str text = place_text(r, at), dir = path_dir(model_file(r->model, at.file)->path);
	if (str_starts(text, STR("{")))
		text = str_slice(text, str_find(text, '}') + 1, text.len);
	while (str_starts(text, STR("/")))
		text = str_slice(text, 1, text.len);
	return !str_empty(text) && str_find(text, '{') == UINT32_MAX && path_join(&r->graph.arena, dir, text, folder);
}

/* Folders below the one that is registered; `_id` is a parameter. */
static void add_folders(struct buf *out, struct str folders)
{
	struct str part;
	while (str_split(&folders, '/', &part)) {
		bool is_parameter = part.len > 1 && part.ptr[0] == '_';
		buf_printf(out, is_parameter ? "/{%.*s}" : "/%.*s",
			STR_ARG(is_parameter ? str_slice(part, 1, part.len) : part));
	}
}

static void hand_to_file(struct reading *r, router_id router, file_id file, struct stretch prefix)
{
	struct place plugin = exported_place(r, file, STR("default")), own = exported_place(r, file, STR("autoPrefix"));
	struct place function = plugin.node ? handler_behind(r, plugin) : plugin;
	struct buf path = { 0 };
	path_add(&path, prefix.text);
	if (own.node)
		path_add(&path, place_text(r, own));
	prefix.text = arena_str(&r->graph.arena, buf_str(&path));
	buf_release(&path);
	if (function.node)
		hand_router(r, router, prefix, function, 0);
}

bool read_folder_plugin(struct reading *r, router_id router, struct place call, struct place plugin)
{
	struct str library = library_behind(r, plugin), folder;
	const struct library_entry *entry = model_library(
		r->model, model_file(r->model, plugin.file)->language, library, ROLE_FOLDER_ROUTES);
	if (str_empty(library) || !entry)
		return false;
	struct place dir = argument(r, call.file, call.node, library_attribute(entry, "folder"));
	struct place at = argument(r, call.file, call.node, library_attribute(entry, "path"));
	struct place flat = argument(r, call.file, call.node, library_attribute(entry, "flat"));
	bool is_flat = flat.node && str_is(node_name(facts_of(r, flat.file), flat.node), "false");
	if (!dir.node || !folder_of(r, dir, &folder) || r->folder_plugins++ >= MOST_FOLDER_PLUGINS)
		return true;
	for (file_id file = 0; file < model_file_count(r->model); file++) {
		struct str path = model_file(r->model, file)->path;
		if (!model_is_production(r->model, file) || !path_below(path, folder))
			continue;
		struct stretch prefix = at.node ? place_stretch(r, at) : NO_PREFIX;
		struct buf text = { 0 };
		buf_add(&text, prefix.text);
		if (!is_flat)
			add_folders(&text, path_dir(str_slice(path, folder.len + 1, path.len)));
		prefix.text = arena_str(&r->graph.arena, buf_str(&text));
		hand_to_file(r, router, file, prefix);
		buf_release(&text);
	}
	return true;
}

/* ---- conventions ---- */

/* The type that a parameter of this name has where one of the file's libraries says so. */
static struct str conventional_type(struct reading *r, file_id file, struct str name)
{
	const struct facts *f = facts_of(r, file);
	struct str type = { 0 };
	for (uint32_t i = 0; i < f->import_count && i < MOST_IMPORTS && str_empty(type); i++) {
		if (model_import(r->model, file, i).target != IMPORT_LIBRARY)
			continue;
		struct buf qualified = { 0 };
		buf_printf(&qualified, "%.*s.%.*s", STR_ARG(facts_str(f, f->imports[i].module)), STR_ARG(name));
		const struct library_entry *entry = model_library(
			r->model, f->language, buf_str(&qualified), ROLE_ROUTER_PARAMETER);
		if (entry)
			type = library_attribute(entry, "type");
		buf_release(&qualified);
	}
	return type;
}

static void read_conventional(struct reading *r, struct place function)
{
	const struct facts *f = facts_of(r, function.file);
	node_id param = parameter(f, function.node, 0);
	struct place at = { function.file, param };
	const uint32_t *known = param ? map_get(&r->routers, place_key(at)) : NULL;
	if (!param || (known && *known) || node_child(f, param, PART_TYPE) || str_empty(node_name(f, param)))
		return;
	struct str type = conventional_type(r, function.file, node_name(f, param));
	if (str_empty(type))
		return;
	router_id router = router_at(r, at, type);
	routers_get(&r->graph, router)->is_root = false; /* where it is mounted is not to be seen */
	vec_push(&r->again, function);
}

void read_conventional_parameters(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	bool is_node = LANGUAGES_NODE >> model_file(r->model, file)->language & 1;
	if (!is_node || !f->export_count || !file_imports_role(r->model, file, ROLE_WEB_SERVER))
		return;
	for (uint32_t i = 0; i < f->export_count && i < MOST_EXPORTS; i++) {
		if (f->exports[i].module || !f->exports[i].name)
			continue;
		struct place at = exported_place(r, file, facts_str(f, f->exports[i].name));
		bool is_function = at.node && at.file == file &&
				   (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[at.node].kind & 1;
		if (is_function)
			read_conventional(r, at);
	}
}
