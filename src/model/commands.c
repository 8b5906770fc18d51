/* Which code of a Node package runs while it serves, and which is started from a command line. */
#include "model/internal.h"

struct str path_stem(struct str path)
{
	uint32_t slash = str_rfind(path, '/');
	struct str name = slash == UINT32_MAX ? path : str_slice(path, slash + 1, path.len);
	return str_slice(name, 0, str_find(name, '.'));
}

/* "dist/cli.js" in package.json's `bin` stands for src/cli.ts. */
static bool is_stem_of(struct str built, struct str source)
{
	return !str_empty(path_stem(built)) && str_eq(path_stem(built), path_stem(source));
}

static node_id bin_of(const struct model *m, file_id file, const struct facts **manifest)
{
	*manifest = &m->files[model_package(m, m->files[file].package)->manifest].facts;
	node_id root = node_child_of_kind(*manifest, 0, NODE_OBJECT);
	return root ? object_value(*manifest, root, STR("bin")) : 0;
}

bool model_is_command_line(const struct model *m, file_id file)
{
	const struct model_file *at = &m->files[file];
	const struct facts *manifest;
	node_id bin = at->package == NO_PACKAGE ? 0 : bin_of(m, file, &manifest);
	if (!bin)
		return false;
	if (package_has_role(m, at->package, ROLE_COMMAND_LINE))
		return true;
	if (node_kind(manifest, bin) == NODE_STRING)
		return is_stem_of(node_name(manifest, bin), at->path);
	facts_each_child(manifest, bin, entry) {
		node_id value = node_child(manifest, entry, PART_VALUE);
		if (value && is_stem_of(node_name(manifest, value), at->path))
			return true;
	}
	return false;
}

bool model_is_server_code(const struct model *m, file_id file)
{
	return package_has_role(m, m->files[file].package, ROLE_WEB_SERVER) && (model_sides(m, file) & SIDE_SERVER) &&
	       model_in_server(m, file) && !model_is_command_line(m, file);
}
