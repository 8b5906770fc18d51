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
