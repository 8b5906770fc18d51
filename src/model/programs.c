/*
 * Which production files of Node run together: what a file imports at run time, what imports it, and the programs that are put
 * together so.
 */
#include "model/internal.h"

struct run_link {
	file_id from, to;
};

static bool runs(const struct model *m, file_id file)
{
	return (LANGUAGES_NODE >> m->files[file].language & 1) && model_is_production(m, file);
}

struct run_links {
	VEC(struct run_link) list;
};

static void collect(const struct model *m, file_id file, struct run_links *links)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count + f->export_count; i++) {
		bool is_import = i < f->import_count;
		uint32_t e = i - f->import_count;
		if (is_import ? f->imports[i].flags & IMPORT_TYPE_ONLY : f->exports[e].flags & EXPORT_TYPE_ONLY)
			continue;
		struct import_link link = is_import ? m->indexes[file].links[i] : model_reexport(m, file, e);
		struct run_link run = { file, link.file };
		if (link.target == IMPORT_FILE && runs(m, link.file))
			vec_push(&links->list, run);
	}
}

/* The links by one of their ends: the other ends of a file's stand from first[file] up to first[file + 1]. */
static struct file_links sorted(struct model *m, const struct run_link *links, uint32_t count, bool by_target)
{
	struct file_links out = { .first = arena_array(&m->arena, uint32_t, m->file_count + 2),
		.items = arena_array(&m->arena, file_id, count + 1) };
	for (uint32_t i = 0; i < count; i++)
		out.first[(by_target ? links[i].to : links[i].from) + 2]++;
	for (file_id file = 2; file < m->file_count + 2; file++)
		out.first[file] += out.first[file - 1];
	for (uint32_t i = 0; i < count; i++) {
		file_id at = by_target ? links[i].to : links[i].from;
		out.items[out.first[at + 1]++] = by_target ? links[i].from : links[i].to;
	}
	return out;
}

void model_link_programs(struct model *m)
{
	struct run_links links = { { 0 } };
	for (file_id file = 0; file < m->file_count; file++)
		if (runs(m, file))
			collect(m, file, &links);
	m->imported = sorted(m, links.list.items, links.list.count, false);
	m->importers = sorted(m, links.list.items, links.list.count, true);
	vec_release(&links.list);
}

bool model_is_imported(const struct model *m, file_id file)
{
	return m->importers.first[file] < m->importers.first[file + 1];
}

/* ---- programs ---- */

struct gathering {
	VEC(file_id) files;
	bool *has;
};

static void gather(struct gathering *g, file_id file)
{
	if (g->has[file])
		return;
	g->has[file] = true;
	vec_push(&g->files, file);
}

/* All that the files so far lead to; false when there are more than `most`. */
static bool follow(struct gathering *g, const struct file_links *links, uint32_t most)
{
	for (uint32_t i = 0; i < g->files.count; i++) {
		file_id file = g->files.items[i];
		for (uint32_t l = links->first[file]; l < links->first[file + 1]; l++)
			gather(g, links->items[l]);
		if (g->files.count > most)
			return false;
	}
	return true;
}

/* What a build makes (a client of a database, types of routes) is read by nobody and sets up nothing. */
static bool leads_nowhere(const struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = m->indexes[file].links[i];
		if (!(f->imports[i].flags & IMPORT_TYPE_ONLY) && link.target == IMPORT_UNRESOLVED &&
			link.cause != CAUSE_IGNORED && link.cause != CAUSE_GENERATED)
			return true;
	}
	return f->error_count > 0;
}

static struct program *program_of(const struct model *m, struct gathering *g)
{
	struct program *p = mem_alloc(sizeof(*p));
	*p = (struct program){ .files = g->files.items, .count = g->files.count, .has = g->has, .unread = NO_FILE };
	for (uint32_t i = 0; i < p->count && p->unread == NO_FILE; i++)
		if (leads_nowhere(m, p->files[i]))
			p->unread = p->files[i];
	return p;
}

static struct program *gather_program(const struct model *m, file_id file, bool importers, uint32_t most)
{
	struct gathering g = { .has = mem_alloc(m->file_count) };
	memset(g.has, 0, m->file_count);
	gather(&g, file);
	if ((!importers || follow(&g, &m->importers, most)) && follow(&g, &m->imported, most))
		return program_of(m, &g);
	vec_release(&g.files);
	mem_free(g.has);
	return NULL;
}

struct program *model_program_of(const struct model *m, file_id file, uint32_t most)
{
	return gather_program(m, file, true, most);
}

struct program *model_program_from(const struct model *m, file_id file, uint32_t most)
{
	return gather_program(m, file, false, most);
}

void program_free(struct program *p)
{
	if (!p)
		return;
	mem_free(p->files);
	mem_free(p->has);
	mem_free(p);
}
