#include "model/stars.h"

/* Beyond this a question is not answered. */
enum { MOST_VISITED = 256, FEW_EXPORTERS = 8, MOST_EXPORTERS = 64 };

static bool is_star(const struct export *e)
{
	return (e->flags & EXPORT_STAR) && !e->name;
}

static void add_stars(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->export_count; i++) {
		struct import_link link = m->indexes[file].reexports[i];
		struct star_library *library = &m->stars->libraries[file];
		if (!is_star(&f->exports[i]))
			continue;
		if (link.target == IMPORT_FILE) {
			graph_add(&m->stars->to, file, link.file, i);
			graph_add(&m->stars->from, link.file, file, i);
		} else if (link.target == IMPORT_LIBRARY) {
			*library = (struct star_library){ library->count ? 2 : 1, file, i };
		}
	}
}

static void note_exporters(struct model *m, file_id file)
{
	struct stars *s = m->stars;
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->export_count; i++) {
		if (!f->exports[i].name)
			continue;
		uint32_t *first = map_put(&s->exporters, model_key(0, facts_str(f, f->exports[i].name)), 0, NULL);
		if (*first && s->chains.items[*first - 1].file == file)
			continue; /* overloads */
		struct star_exporter exporter = { file, *first };
		vec_push(&s->chains, exporter);
		*first = s->chains.count;
	}
}

/* What a library's star gives to those that star its file: each file learns of one library, then of several, then stops. */
static void spread_libraries(struct stars *s, uint32_t file_count)
{
	VEC(file_id) queue = { 0 };
	for (file_id file = 0; file < file_count; file++)
		if (s->libraries[file].count)
			vec_push(&queue, file);
	for (uint32_t i = 0; i < queue.count; i++) {
		struct star_library known = s->libraries[queue.items[i]];
		for (uint32_t e = s->from.first[queue.items[i]]; e < s->from.first[queue.items[i] + 1]; e++) {
			struct star_library *other = &s->libraries[s->from.edges.items[e].to];
			bool same = other->count && other->file == known.file && other->export == known.export;
			if (other->count == 2 || (same && known.count == 1))
				continue;
			*other = (struct star_library){ other->count + known.count > 1 ? 2 : 1, known.file,
				known.export };
			vec_push(&queue, s->from.edges.items[e].to);
		}
	}
	vec_release(&queue);
}

void stars_find(struct model *m)
{
	struct stars *s = m->stars = mem_alloc(sizeof(*m->stars));
	*s = (struct stars){ .to.node_count = m->file_count, .from.node_count = m->file_count };
	s->libraries = arena_array(&m->arena, struct star_library, m->file_count);
	for (file_id file = 0; file < m->file_count; file++)
		add_stars(m, file);
	graph_index(&s->to, &m->arena);
	graph_index(&s->from, &m->arena);
	for (file_id file = 0; file < m->file_count; file++)
		if (s->from.first[file] < s->from.first[file + 1])
			note_exporters(m, file);
	spread_libraries(s, m->file_count);
}

void stars_free(struct stars *s)
{
	graph_release(&s->to);
	graph_release(&s->from);
	map_release(&s->exporters);
	vec_release(&s->chains);
	mem_free(s);
}

bool stars_is_own(const struct model *m, file_id file, struct str name)
{
	return map_get(&m->indexes[file].exports, model_key(0, name)) != NULL;
}

/* A walk along stars, one way or the other; each file once. */
struct star_walk {
	const struct model *m;
	const struct graph *along;
	file_id visited[MOST_VISITED];
	uint32_t count;
	struct map seen;
};

/* False when there are too many. */
static bool visit(struct star_walk *w, file_id file)
{
	bool added;
	map_put(&w->seen, file, 1, &added);
	if (added && w->count == MOST_VISITED)
		return false;
	if (added)
		w->visited[w->count++] = file;
	return true;
}

static bool visit_next(struct star_walk *w, file_id file)
{
	bool enough = true;
	for (uint32_t e = w->along->first[file]; e < w->along->first[file + 1] && enough; e++)
		enough = visit(w, w->along->edges.items[e].to);
	return enough;
}

/* Onwards from the file: what exports the name ends the way. */
static bool look_onwards(
	const struct model *m, file_id file, struct str name, file_id *origins, uint32_t most, uint32_t *count)
{
	struct star_walk w = { .m = m, .along = &m->stars->to };
	const uint32_t *first = m->stars->to.first;
	bool enough = first[file + 1] - first[file] < MOST_VISITED && visit(&w, file);
	*count = 0;
	for (uint32_t i = 0; i < w.count && enough; i++) {
		bool own = i > 0 && stars_is_own(m, w.visited[i], name);
		if (!own)
			enough = visit_next(&w, w.visited[i]);
		else if (*count < most)
			origins[(*count)++] = w.visited[i];
	}
	map_release(&w.seen);
	return enough;
}

enum way { THERE, NOT_THERE, TOO_FAR };

/* Backwards from a file that exports the name: does a star of `file` come by, and nobody else's name before? */
static enum way leads_to(const struct model *m, file_id exporter, struct str name, file_id file)
{
	struct star_walk w = { .m = m, .along = &m->stars->from };
	enum way way = visit(&w, exporter) ? NOT_THERE : TOO_FAR;
	for (uint32_t i = 0; i < w.count && way == NOT_THERE; i++) {
		if (w.visited[i] == file)
			way = THERE;
		else if ((i == 0 || !stars_is_own(m, w.visited[i], name)) && !visit_next(&w, w.visited[i]))
			way = TOO_FAR;
	}
	map_release(&w.seen);
	return way;
}

static bool look_back(const struct model *m, file_id file, struct str name, uint32_t most_exporters, file_id *origins,
	uint32_t most, uint32_t *count)
{
	const struct stars *s = m->stars;
	const uint32_t *first = map_get(&s->exporters, model_key(0, name));
	uint32_t looked_at = 0;
	*count = 0;
	for (uint32_t at = first ? *first : 0; at; at = s->chains.items[at - 1].next) {
		file_id exporter = s->chains.items[at - 1].file;
		enum way way = looked_at++ < most_exporters ? leads_to(m, exporter, name, file) : TOO_FAR;
		if (way == TOO_FAR)
			return false;
		if (way == THERE && *count < most)
			origins[(*count)++] = exporter;
	}
	return true;
}

/* Most names are exported by one file, which few star: the way back is the shorter one. */
bool stars_origins(
	const struct model *m, file_id file, struct str name, file_id *origins, uint32_t most, uint32_t *count)
{
	return look_back(m, file, name, FEW_EXPORTERS, origins, most, count) ||
	       look_onwards(m, file, name, origins, most, count) ||
	       look_back(m, file, name, MOST_EXPORTERS, origins, most, count);
}
