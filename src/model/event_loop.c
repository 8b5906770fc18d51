/* Which event loop of Python waits while a call runs. */
#include "model/internal.h"

/* Runs once before requests come: lifespan, start-up events, main. */
static bool is_startup(const struct facts *f, node_id function)
{
	static const char *const names[] = { "lifespan", "startup", "on_startup", "main", "shutdown", "on_shutdown" };
	struct str name = node_name(f, function);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]) || str_ends(name, STR("_lifespan")) || str_starts(name, STR("lifespan_")))
			return true;
	facts_each_child(f, function, d)
		if (node_kind(f, d) == NODE_DECORATOR && str_is(path_last(node_name(f, d)), "on_event"))
			return true;
	return false;
}

/* A command's event loop is its own: nobody else waits. */
static bool is_command(const struct model *m, file_id file)
{
	return file_imports_role(m, file, ROLE_COMMAND_LINE) && !file_imports_role(m, file, ROLE_WEB_SERVER);
}

node_id model_event_loop(const struct model *m, file_id file, node_id call)
{
	const struct facts *f = &m->files[file].facts;
	node_id function = node_runs_in(f, call);
	bool waits = function && node_has(f, function, FLAG_ASYNC) && !node_is_awaited(f, call) &&
		     !is_startup(f, function) && !is_command(m, file);
	return waits ? function : 0;
}
