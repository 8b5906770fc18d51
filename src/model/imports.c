/* Where imports lead, and what files export. */
#include "model/internal.h"

enum { MOST_REEXPORTS = 16 };

static struct import_link resolve(const struct model *m, file_id from, const struct import *import, struct str module)
{
	switch (m->files[from].language) {
	case LANGUAGE_JAVASCRIPT:
	case LANGUAGE_TYPESCRIPT:
	case LANGUAGE_TSX:
		return resolve_typescript(m, from, module);
	case LANGUAGE_PYTHON:
		return resolve_python(m, from, import, module);
	case LANGUAGE_GO:
		return resolve_go(m, from, module);
	default:
		return (struct import_link){ .target = IMPORT_LIBRARY };
	}
}

/* A Go package may call itself something else than the path that imports it. */
static void bind_package_name(struct model *m, file_id file, const struct import *import, uint32_t package)
{
	struct str name = m->go_packages.items[package].name;
	const struct facts *f = &m->files[file].facts;
	bool guessed = import->local && !node_child(f, import->node, PART_TARGET);
	if (guessed && !str_eq(facts_str(f, import->local), name))
		map_put(&m->indexes[file].bindings, model_key(0, name), import->node, NULL);
}

/* Packages are imported again and again: what a name means under a tsconfig is looked up once. */
static struct import_link resolve_once(struct model *m, file_id file, const struct import *import, struct str module)
{
	bool named = (LANGUAGES_NODE >> m->files[file].language & 1) && !str_starts(module, STR("."));
	if (!named)
		return resolve(m, file, import, module);
	bool added;
	uint32_t *known = map_put(
		&m->link_index, model_key(m->indexes[file].tsconfig, module), m->known_links.count, &added);
	uint32_t index = *known;
	if (added) {
		struct import_link link = resolve(m, file, import, module);
		vec_push(&m->known_links, link);
	}
	return m->known_links.items[index];
}

static void count_import(struct model *m, file_id file, struct import_link link)
{
	struct import_counts *counts = &m->import_counts[ecosystem_of(m->files[file].language)];
	if (link.target == IMPORT_LIBRARY || link.target == IMPORT_ASSET)
		return;
	bool lost = link.target == IMPORT_UNRESOLVED, judged = model_is_production(m, file);
	counts->total++;
	counts->unresolved[link.cause] += lost;
	counts->judged += judged;
	counts->judged_unresolved += judged && lost;
}

static void resolve_file_imports(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct import_link *links = arena_array(&m->arena, struct import_link, f->import_count);
	m->indexes[file].links = links;
	for (uint32_t i = 0; i < f->import_count; i++) {
		links[i] = resolve_once(m, file, &f->imports[i], facts_str(f, f->imports[i].module));
		count_import(m, file, links[i]);
		if (links[i].target == IMPORT_PACKAGE)
			bind_package_name(m, file, &f->imports[i], links[i].package);
	}
}

static void resolve_file_reexports(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct import_link *links = arena_array(&m->arena, struct import_link, f->export_count);
	m->indexes[file].reexports = links;
	for (uint32_t i = 0; i < f->export_count; i++) {
		const struct export *e = &f->exports[i];
		if (e->module)
			links[i] = resolve_once(m, file, NULL, facts_str(f, e->module));
		m->indexes[file].has_star_export |= (e->flags & EXPORT_STAR) && !e->name;
	}
}

void model_resolve_imports(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		resolve_file_imports(m, file);
		resolve_file_reexports(m, file);
	}
}

struct import_link model_import(const struct model *m, file_id file, uint32_t import)
{
	return m->indexes[file].links[import];
}

/* Python modules show every name they bind; elsewhere only what is exported. */
static bool shows_all_names(enum language language)
{
	return language == LANGUAGE_PYTHON;
}

static bool exported(
	const struct model *m, file_id file, struct str name, unsigned depth, file_id *decl_file, node_id *decl);

/* A name bound by an import leads on to where it was imported from. */
static bool follow_import(const struct model *m, file_id file, node_id node, struct str local, unsigned depth,
	file_id *decl_file, node_id *decl)
{
	const struct facts *f = &m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		if (import->node != node || !str_eq(facts_str(f, import->local), local))
			continue;
		struct import_link link = m->indexes[file].links[i];
		struct str imported = facts_str(f, import->imported);
		if (link.target != IMPORT_FILE || link.whole || str_is(imported, "*"))
			return false;
		return exported(m, link.file, imported, depth + 1, decl_file, decl);
	}
	return false;
}

static bool follow_local(
	const struct model *m, file_id file, struct str local, unsigned depth, file_id *decl_file, node_id *decl)
{
	const struct facts *f = &m->files[file].facts;
	node_id node = binding_in_scope(m, file, 0, local) & ~NAME_SHARED;
	if (!node)
		return false;
	if (node_kind(f, node) == NODE_IMPORT)
		return follow_import(m, file, node, local, depth, decl_file, decl);
	*decl_file = file;
	*decl = node;
	return true;
}

struct import_link model_reexport(const struct model *m, file_id file, const struct export *e)
{
	return m->indexes[file].reexports[e - m->files[file].facts.exports];
}

static bool follow_export(const struct model *m, file_id file, const struct export *e, struct str name, unsigned depth,
	file_id *decl_file, node_id *decl)
{
	const struct facts *f = &m->files[file].facts;
	if (e->module) {
		struct import_link link = model_reexport(m, file, e);
		struct str wanted = e->local ? facts_str(f, e->local) : name;
		return link.target == IMPORT_FILE && exported(m, link.file, wanted, depth + 1, decl_file, decl);
	}
	if (e->local && follow_local(m, file, facts_str(f, e->local), depth, decl_file, decl))
		return true;
	*decl_file = file;
	*decl = e->node;
	return e->node != 0 && !e->local;
}

static bool exported(
	const struct model *m, file_id file, struct str name, unsigned depth, file_id *decl_file, node_id *decl)
{
	const struct facts *f = &m->files[file].facts;
	if (depth > MOST_REEXPORTS || !f->node_count)
		return false;
	if (shows_all_names(m->files[file].language))
		return follow_local(m, file, name, depth, decl_file, decl);
	const uint32_t *row = map_get(&m->indexes[file].exports, model_key(0, name));
	if (row)
		return follow_export(m, file, &f->exports[*row - 1], name, depth, decl_file, decl);
	for (uint32_t i = 0; m->indexes[file].has_star_export && i < f->export_count; i++)
		if ((f->exports[i].flags & EXPORT_STAR) && !f->exports[i].name && !str_is(name, "default") &&
			follow_export(m, file, &f->exports[i], name, depth, decl_file, decl))
			return true;
	return false;
}

bool model_exported(const struct model *m, file_id file, struct str name, file_id *decl_file, node_id *decl)
{
	return exported(m, file, name, 0, decl_file, decl);
}
