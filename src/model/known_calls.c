/* What each call means, kept after the first asking: every rule asks of every call again. */
#include "model/internal.h"

struct role_set model_meaning_roles(const struct model *m, file_id file, const struct meaning *means)
{
	if (means->kind != MEANS_LIBRARY && means->kind != MEANS_BUILTIN)
		return (struct role_set){ { 0 } };
	return libraries_name_roles(m->libraries, m->files[file].language, means->name);
}

const struct known_call *known_call_add(struct model *m, file_id file, node_id call)
{
	struct known_call known = { .call = call, .means = model_meaning(m, file, call) };
	known.roles = model_meaning_roles(m, file, &known.means);
	vec_push(&m->edges[file].known, known);
	return &vec_last(&m->edges[file].known);
}

const struct known_call *known_call_find(const struct model *m, file_id file, node_id call)
{
	if (!m->calls_known || node_kind(&m->files[file].facts, call) != NODE_CALL)
		return NULL;
	const struct known_call *calls = m->edges[file].known.items;
	uint32_t low = 0, high = m->edges[file].known.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (calls[middle].call < call)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->edges[file].known.count && calls[low].call == call ? &calls[low] : NULL;
}

static struct role_set roles_in(const struct model *m, file_id file)
{
	struct role_set roles = { { 0 } };
	for (uint32_t i = 0; i < m->edges[file].known.count; i++)
		role_set_join(&roles, m->edges[file].known.items[i].roles);
	return roles;
}

void model_count_callers(struct model *m)
{
	m->callers = arena_array(&m->arena, uint32_t, ROLE_COUNT);
	for (file_id file = 0; file < m->file_count; file++) {
		struct role_set roles = roles_in(m, file);
		for (enum role role = ROLE_NONE; role < ROLE_COUNT; role++)
			m->callers[role] += role_set_has(roles, role);
	}
}

uint32_t model_files_each(const struct model *m, enum role role)
{
	enum { TIMES = 64 };
	uint64_t share = (uint64_t)TIMES * m->file_count / (m->callers[role] ? m->callers[role] : 1);
	return share < UINT32_MAX ? (uint32_t)share : UINT32_MAX;
}
