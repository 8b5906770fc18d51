/*
 * Which side of the wire a file's code runs on, as far as imports tell: what a server imports runs in the server, what a
 * user interface imports runs in the browser, and some files run in both.
 */
#include "model/internal.h"

/* One production file imports another at run time. */
struct link {
	file_id from, to;
};

struct spreading {
	struct model *m;
	VEC(struct link) links; /* by `from`, ascending */
	uint32_t *first; /* of each file, in `links`; one more at the end */
	bool *page; /* files that no server runs */
	VEC(file_id) queue;
};

static void add_link(struct spreading *s, file_id from, struct import_link link)
{
	if (link.target != IMPORT_FILE || !model_is_production(s->m, link.file))
		return;
	struct link fresh = { from, link.file };
	vec_push(&s->links, fresh);
}

static void collect_links(struct spreading *s)
{
	const struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		s->first[file] = s->links.count;
		if (!(LANGUAGES_NODE >> m->files[file].language & 1) || !model_is_production(m, file))
			continue;
		for (uint32_t i = 0; i < f->import_count; i++)
			if (!(f->imports[i].flags & IMPORT_TYPE_ONLY))
				add_link(s, file, m->indexes[file].links[i]);
		for (uint32_t i = 0; i < f->export_count; i++)
			if (!(f->exports[i].flags & EXPORT_TYPE_ONLY))
				add_link(s, file, model_reexport(m, file, i));
	}
	s->first[m->file_count] = s->links.count;
}

static void mark(struct spreading *s, file_id file, enum side side)
{
	if ((s->m->sides[file] & (uint8_t)side) || (side == SIDE_SERVER && s->page[file]))
		return;
	s->m->sides[file] |= (uint8_t)side;
	vec_push(&s->queue, file);
}

static void spread(struct spreading *s, enum side side)
{
	for (uint32_t i = 0; i < s->queue.count; i++)
		for (uint32_t l = s->first[s->queue.items[i]]; l < s->first[s->queue.items[i] + 1]; l++)
			mark(s, s->links.items[l].to, side);
	s->queue.count = 0;
}

static bool is_in(const struct model *m, file_id file, enum role role)
{
	return (LANGUAGES_NODE >> m->files[file].language & 1) && model_is_production(m, file) &&
	       file_imports_role(m, file, role);
}

/* Does it take something from the page? `typeof window` only asks where it runs. */
static bool names_the_page(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	bool named = false;
	for (uint32_t id = 1; id < f->string_count && !named; id++) {
		struct str first = path_first(facts_str(f, id));
		named = str_is(first, "document") || str_is(first, "window");
	}
	for (node_id n = 1; named && n < f->node_count; n++) {
		struct str name = node_name(f, n), first = path_first(name);
		bool is_use = (KIND(CALL) | KIND(NAME)) >> f->nodes[n].kind & 1;
		bool is_page = str_is(first, "document") || str_is(first, "window");
		if (is_use && is_page && first.len < name.len && !str_starts(name, STR("window.console")) &&
			!model_binding(m, file, n, first))
			return true;
	}
	return false;
}

/* Files from which imports lead to one that serves: no browser loads those. */
static bool *leads_to_server(const struct spreading *s, struct arena *scratch)
{
	bool *leads = arena_array(scratch, bool, s->m->file_count);
	for (file_id file = 0; file < s->m->file_count; file++)
		leads[file] = is_in(s->m, file, ROLE_WEB_SERVER);
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t l = 0; l < s->links.count; l++) {
			const struct link *link = &s->links.items[l];
			if (leads[link->to] && !leads[link->from])
				leads[link->from] = changed = true;
		}
	}
	return leads;
}

static void find_pages(struct spreading *s)
{
	const struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++)
		s->page[file] = (LANGUAGES_NODE >> m->files[file].language & 1) && model_is_production(m, file) &&
				!file_imports_role(m, file, ROLE_WEB_SERVER) && names_the_page(m, file);
}

static void spread_server(struct spreading *s)
{
	for (file_id file = 0; file < s->m->file_count; file++)
		if (is_in(s->m, file, ROLE_WEB_SERVER))
			mark(s, file, SIDE_SERVER);
	spread(s, SIDE_SERVER);
}

/* A user interface that the server imports is rendered there too (mails, first pages), with all that it imports. */
static void spread_browser(struct spreading *s, const bool *leads)
{
	struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++) {
		bool is_interface = is_in(m, file, ROLE_WEB_CLIENT_UI);
		if (s->page[file] || (is_interface && !m->sides[file] && !leads[file]))
			mark(s, file, SIDE_BROWSER);
		else if (is_interface)
			m->sides[file] |= SIDE_BROWSER;
	}
	spread(s, SIDE_BROWSER);
}

void model_find_sides(struct model *m)
{
	struct arena scratch = { 0 };
	struct spreading s = { .m = m,
		.first = arena_array(&scratch, uint32_t, m->file_count + 1),
		.page = arena_array(&scratch, bool, m->file_count) };
	m->sides = arena_array(&m->arena, uint8_t, m->file_count);
	collect_links(&s);
	find_pages(&s);
	spread_server(&s);
	spread_browser(&s, leads_to_server(&s, &scratch));
	vec_release(&s.links);
	vec_release(&s.queue);
	arena_release(&scratch);
}

uint32_t model_sides(const struct model *m, file_id file)
{
	return m->sides[file];
}
