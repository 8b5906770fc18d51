/* Who handles what nobody caught: the two last events of a process of Node. */
#include "model/internal.h"

/* Is there an object below the call with one of these keys? */
static bool has_key(const struct facts *f, node_id call, struct str keys)
{
	if (str_is(keys, "*"))
		return true;
	facts_each_below(f, call, n)
		if (node_kind(f, n) == NODE_PAIR && str_has_word(keys, node_name(f, n)))
			return true;
	return false;
}

/* Sentry.init(), winston.createLogger({ exceptionHandlers }): what installs handlers when it is called. */
static uint32_t installed(const struct facts *f, node_id call, const struct library_entry *installer)
{
	struct str uncaught = library_attribute(installer, "uncaught"),
		   unhandled = library_attribute(installer, "unhandled");
	if (!installer->attribute_count)
		return CRASH_UNCAUGHT | CRASH_UNHANDLED;
	return (!str_empty(uncaught) && has_key(f, call, uncaught) ? CRASH_UNCAUGHT : 0u) |
	       (!str_empty(unhandled) && has_key(f, call, unhandled) ? CRASH_UNHANDLED : 0u);
}

/* process.on("unhandledRejection", …); an event that nobody can read may be either. */
static uint32_t listened(const struct facts *f, node_id call)
{
	node_id event = call_arg(f, call, 0);
	if (!event || node_kind(f, event) != NODE_STRING)
		return event ? CRASH_UNCAUGHT | CRASH_UNHANDLED : 0;
	if (str_is(node_name(f, event), "uncaughtException"))
		return CRASH_UNCAUGHT;
	return str_is(node_name(f, event), "unhandledRejection") ? CRASH_UNHANDLED : 0;
}

uint32_t model_crashes_handled(const struct model *m, file_id file, node_id call)
{
	const struct facts *f = &m->files[file].facts;
	const struct library_entry *installer = model_role(m, file, call, ROLE_CRASH_HANDLER);
	uint32_t events = installer ? installed(f, call, installer) : 0;
	return events | (model_role(m, file, call, ROLE_PROCESS_EVENT) ? listened(f, call) : 0);
}

void model_find_crashes(struct model *m)
{
	m->crashes = arena_array(&m->arena, uint8_t, m->packages.count);
	for (file_id file = 0; file < m->file_count; file++) {
		package_id package = m->files[file].package;
		if (package == NO_PACKAGE || !(LANGUAGES_NODE >> m->files[file].language & 1) ||
			!model_is_production(m, file))
			continue;
		if (file_imports_role(m, file, ROLE_CRASH_HANDLER))
			m->crashes[package] = CRASH_UNCAUGHT | CRASH_UNHANDLED;
		for (uint32_t i = 0; i < m->edges[file].known.count; i++) {
			const struct known_call *known = &m->edges[file].known.items[i];
			if (role_set_has(known->roles, ROLE_CRASH_HANDLER) ||
				role_set_has(known->roles, ROLE_PROCESS_EVENT))
				m->crashes[package] |= (uint8_t)model_crashes_handled(m, file, known->call);
		}
	}
}

uint32_t model_package_crashes(const struct model *m, package_id package)
{
	return package == NO_PACKAGE ? 0 : m->crashes[package];
}
