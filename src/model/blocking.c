/* Which synchronous functions of Rust block their thread: those with a call that does, and those that call them. */
#include "model/internal.h"

enum { MOST_CALLS_ON = 3 };

struct blocked {
	file_id file;
	node_id function;
	node_id call;
};

struct search {
	struct model *m;
	VEC(struct blocked) found; /* in one round */
};

/* The synchronous function whose own body a call stands in; 0 for what a closure or async block runs. */
static node_id synchronous_function(const struct facts *f, node_id call)
{
	node_id n = node_executor(f, call);
	return n && node_kind(f, n) == NODE_FUNCTION && !node_has(f, n, FLAG_ASYNC) ? n : 0;
}

static void add(struct search *s, file_id file, node_id call)
{
	node_id function = synchronous_function(&s->m->files[file].facts, call);
	struct blocked blocked = { file, function, call };
	if (function)
		vec_push(&s->found, blocked);
}

/* Answers at once, mostly; or waits for another thread, which a function may do on purpose. */
static bool is_brief(const struct library_entry *entry)
{
	struct str kind = library_attribute(entry, "kind");
	return str_is(kind, "look") || str_is(kind, "wait") || str_is(kind, "runtime");
}

static void start(struct search *s, file_id file)
{
	const struct model *m = s->m;
	for (uint32_t i = 0; i < m->edges[file].known.count; i++) {
		const struct known_call *known = &m->edges[file].known.items[i];
		if (role_set_has(known->roles, ROLE_BLOCKING_IO) &&
			!is_brief(model_library(m, LANGUAGE_RUST, known->means.name, ROLE_BLOCKING_IO)))
			add(s, file, known->call);
	}
}

/* The function that a call means, and not one of several that implement it; 0 for what is no call, or runs later. */
static bool calls_it(const struct model *m, file_id file, const struct call_edge *edge)
{
	const struct known_call *known = edge->reach ? NULL : known_call_find(m, file, edge->site);
	return known && known->means.file == edge->file && model_meant_function(m, known->means) == edge->callee;
}

static void follow(struct search *s, file_id file)
{
	const struct model *m = s->m;
	for (uint32_t i = 0; i < m->edges[file].list.count; i++) {
		const struct call_edge *edge = &m->edges[file].list.items[i];
		if (map_get(&m->blocking_calls, function_key(edge->file, edge->callee)) && calls_it(m, file, edge))
			add(s, file, edge->site);
	}
}

static void note_round(struct search *s)
{
	for (uint32_t i = 0; i < s->found.count; i++) {
		const struct blocked *b = &s->found.items[i];
		map_put(&s->m->blocking_calls, function_key(b->file, b->function), b->call, NULL);
	}
	s->found.count = 0;
}

void model_find_blocking(struct model *m)
{
	struct search s = { .m = m };
	for (unsigned round = 0; round <= MOST_CALLS_ON; round++) {
		for (file_id file = 0; file < m->file_count; file++)
			if (m->files[file].language == LANGUAGE_RUST)
				(round ? follow : start)(&s, file);
		note_round(&s);
	}
	vec_release(&s.found);
}

bool model_blocking_call(const struct model *m, file_id file, node_id function, node_id *call)
{
	const uint32_t *found = map_get(&m->blocking_calls, function_key(file, function));
	*call = found ? *found : 0;
	return found != NULL;
}
