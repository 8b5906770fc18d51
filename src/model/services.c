/* Which packages a server is built of: those that serve, and what they depend on. */
#include "model/cargo.h"
#include "model/internal.h"

struct serving {
	struct model *m;
	struct str_map ids[ECOSYSTEM_COUNT]; /* a package's name → its id */
	VEC(package_id) queue;
};

/* Macros run in the compiler, whoever depends on them. */
static bool is_compiled_in(const struct model *m, package_id package)
{
	const struct package *p = &m->packages.items[package];
	const struct facts *f = &m->files[p->manifest].facts;
	node_id says = p->ecosystem == ECOSYSTEM_CARGO ? cargo_value(f, STR("lib"), STR("proc-macro")) : 0;
	return says && str_is(node_name(f, says), "true");
}

static void mark(struct serving *s, package_id package)
{
	if (s->m->serves[package] || is_compiled_in(s->m, package))
		return;
	s->m->serves[package] = true;
	vec_push(&s->queue, package);
}

static void mark_dependencies(struct serving *s, package_id package)
{
	const struct package *p = &s->m->packages.items[package];
	for (uint32_t i = 0; i < p->dependency_count; i++) {
		const uint32_t *id = str_map_get(&s->ids[p->ecosystem], p->dependencies[i].name);
		if (id && !p->dependencies[i].development)
			mark(s, *id);
	}
}

void model_find_services(struct model *m)
{
	struct serving s = { .m = m };
	m->serves = arena_array(&m->arena, bool, m->packages.count);
	for (package_id p = 0; p < m->packages.count; p++) {
		if (!str_empty(m->packages.items[p].name))
			str_map_put(&s.ids[m->packages.items[p].ecosystem], m->packages.items[p].name, p, NULL);
		if (package_has_role(m, p, ROLE_WEB_SERVER))
			mark(&s, p);
	}
	for (uint32_t i = 0; i < s.queue.count; i++)
		mark_dependencies(&s, s.queue.items[i]);
	for (unsigned i = 0; i < ECOSYSTEM_COUNT; i++)
		str_map_release(&s.ids[i]);
	vec_release(&s.queue);
}

bool model_in_service(const struct model *m, file_id file)
{
	const struct model_file *at = &m->files[file];
	if (at->package == NO_PACKAGE || !m->serves[at->package] || package_has_role(m, at->package, ROLE_COMMAND_LINE))
		return false;
	return at->class != CLASS_ENTRY || file_imports_role(m, file, ROLE_WEB_SERVER);
}
