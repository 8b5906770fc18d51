/*
 * How synchronous functions of the project come to block or to compute. From each call that does, the way back to its callers is
 * searched once, so that every function has a shortest one.
 */
#include "model/internal.h"

/* A call of a synchronous function, seen from the callee. */
struct back_edge {
	file_id file;
	node_id caller;
	node_id site;
	uint32_t next; /* with the same callee; NO_LEAD ends */
};

struct waiting {
	file_id file;
	node_id function;
};

struct search {
	struct model *m;
	struct map heads; /* file and callee → its first back edge */
	VEC(struct back_edge) edges;
	VEC(struct waiting) queue;
};

/* ---- what runs where it is called ---- */

/* A generator's body runs later, for whoever iterates. */
static bool is_generator(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_YIELD && node_function(f, n) == function)
			return true;
	return false;
}

/* A decorator of Python may do anything with the function; those of the language itself leave it where it is. */
static bool is_decorated(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	if (m->files[file].language != LANGUAGE_PYTHON)
		return false;
	facts_each_child(f, function, d)
		if (node_kind(f, d) == NODE_DECORATOR && model_meaning(m, file, d).kind != MEANS_BUILTIN)
			return true;
	return false;
}

static bool runs_where_called(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	return node_kind(f, function) == NODE_FUNCTION && !node_has(f, function, FLAG_ASYNC) &&
	       !is_generator(f, function) && !is_decorated(m, file, function);
}

/* ---- the search ---- */

static struct map *leads_of(struct model *m, enum role role)
{
	return role == ROLE_CPU_BOUND ? &m->computing : &m->blocking;
}

/* The first way that is found is a shortest one; a function that runs elsewhere is noted, too, so as not to be asked again. */
static void note(struct search *s, enum role role, file_id file, node_id function, struct lead lead)
{
	struct model *m = s->m;
	bool added;
	uint32_t *at = map_put(leads_of(m, role), function_key(file, function), NO_LEAD, &added);
	if (!added || !runs_where_called(m, file, function))
		return;
	*at = m->leads.count;
	vec_push(&m->leads, lead);
	struct waiting waiting = { file, function };
	vec_push(&s->queue, waiting);
}

/* Local files and locks of the process answer at once, mostly: only who names them waits for them knowingly. */
static bool is_brief(const struct model *m, file_id file, const struct known_call *known, enum role role)
{
	return !str_empty(
		library_attribute(model_library(m, m->files[file].language, known->means.name, role), "brief"));
}

static void start_in_file(struct search *s, enum role role, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (uint32_t i = 0; i < s->m->edges[file].known.count; i++) {
		const struct known_call *known = &s->m->edges[file].known.items[i];
		node_id function = role_set_has(known->roles, role) ? node_runs_in(f, known->call) : 0;
		if (function && !node_is_awaited(f, known->call) && !is_brief(s->m, file, known, role))
			note(s, role, file, function, (struct lead){ known->call, 0, 0 });
	}
}

/* The function that a call means, and not one of several that implement it; no edge for what is no call, or runs later. */
static bool calls_it(const struct model *m, file_id file, const struct call_edge *edge)
{
	const struct known_call *known = edge->reach ? NULL : known_call_find(m, file, edge->site);
	return known && known->means.file == edge->file && model_meant_function(m, known->means) == edge->callee;
}

static void add_back_edges(struct search *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (uint32_t i = 0; i < s->m->edges[file].list.count; i++) {
		const struct call_edge *edge = &s->m->edges[file].list.items[i];
		if (node_is_awaited(f, edge->site) || !calls_it(s->m, file, edge))
			continue;
		bool added;
		uint32_t *head = map_put(&s->heads, function_key(edge->file, edge->callee), NO_LEAD, &added);
		struct back_edge back = { file, node_runs_in(f, edge->site), edge->site, *head };
		*head = s->edges.count;
		vec_push(&s->edges, back);
	}
}

static void follow(struct search *s, enum role role)
{
	for (uint32_t i = 0; i < s->queue.count; i++) {
		struct waiting at = s->queue.items[i];
		const uint32_t *head = map_get(&s->heads, function_key(at.file, at.function));
		for (uint32_t e = head ? *head : NO_LEAD; e != NO_LEAD; e = s->edges.items[e].next)
			if (s->edges.items[e].caller)
				note(s, role, s->edges.items[e].file, s->edges.items[e].caller,
					(struct lead){ s->edges.items[e].site, at.file, at.function });
	}
	vec_clear(&s->queue);
}

void model_find_leads(struct model *m)
{
	static const enum role roles[] = { ROLE_BLOCKING_IO, ROLE_CPU_BOUND };
	struct search s = { .m = m };
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		for (file_id file = 0; file < m->file_count; file++)
			start_in_file(&s, roles[i], file);
		bool needed = s.queue.count && !s.edges.count;
		for (file_id file = 0; needed && file < m->file_count; file++)
			add_back_edges(&s, file);
		follow(&s, roles[i]);
	}
	map_release(&s.heads);
	vec_release(&s.edges);
	vec_release(&s.queue);
}

uint32_t model_trail_of(const struct model *m, file_id file, node_id call, enum role role, struct trail *out)
{
	const struct map *leads = role == ROLE_CPU_BOUND ? &m->computing : &m->blocking;
	struct meaning means = model_meaning(m, file, call);
	node_id function = leads->count ? model_meant_function(m, means) : 0;
	file = means.file;
	for (uint32_t count = 0; function && count < TRAIL_MOST; count++) {
		const uint32_t *at = map_get(leads, function_key(file, function));
		if (!at || *at == NO_LEAD)
			return 0;
		const struct lead *lead = &m->leads.items[*at];
		out->steps[count] = (struct trail_step){ file, lead->site };
		if (!lead->callee)
			return count + 1;
		file = lead->file;
		function = lead->callee;
	}
	return 0;
}
