/* At which time code of Rust runs: while the program starts, or later. */
#include "base/path.h"
#include "model/internal.h"

bool is_run_later(const struct model *m, file_id file, node_id block)
{
	const struct facts *f = &m->files[file].facts;
	if (node_kind(f, block) != NODE_BLOCK || !node_has(f, block, FLAG_ASYNC))
		return false;
	node_id around = f->nodes[block].parent;
	if (node_kind(f, around) != NODE_CALL)
		return node_kind(f, around) == NODE_LAMBDA;
	bool joins = node_has(f, around, FLAG_MACRO); /* join!(async { … }) */
	return !joins && !model_role(m, file, around, ROLE_ASYNC_RUNNER);
}

uint32_t model_reach_at(const struct model *m, file_id file, node_id place, node_id *function)
{
	const struct facts *f = &m->files[file].facts;
	*function = 0;
	for (node_id n = f->nodes[place].parent; n; n = f->nodes[n].parent) {
		if (is_run_later(m, file, n))
			return REACH_TASK;
		if (!((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1))
			continue;
		*function = n;
		uint32_t reach = model_reach(m, file, n);
		if (reach || node_kind(f, n) == NODE_FUNCTION)
			return reach;
	}
	return 0;
}

static bool makes_ready(struct str function)
{
	static const char *const verbs[] = { "new", "default", "init", "setup", "set_up", "install", "register",
		"build", "from_env", "from_config", "load_config", "with_", "create_pool", "connect" };
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (str_starts(function, str_from(verbs[i])))
			return true;
	return false;
}

/* config.rs, node_config/mod.rs */
static bool is_configuration(struct str path)
{
	static const char *const names[] = { "config", "configuration", "settings", "cfg" };
	bool is_folder = str_is(path_name(path), "mod.rs");
	struct str name = is_folder ? path_dir(path) : str_slice(path, 0, path.len - 3);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_ends(name, str_from(names[i])))
			return true;
	return false;
}

bool model_sets_up(const struct model *m, file_id file, node_id place)
{
	const struct facts *f = &m->files[file].facts;
	node_id function = node_ancestor(f, place, KIND(FUNCTION));
	return (function && makes_ready(node_name(f, function))) || is_configuration(m->files[file].path);
}
