/* Where imports lead, and what files export. */
#include "model/internal.h"
#include "source/source.h"

static struct import_link resolve(const struct model *m, file_id from, const struct import *import, struct str module)
{
	switch (m->files[from].language) {
	case LANGUAGE_JAVASCRIPT:
	case LANGUAGE_TYPESCRIPT:
	case LANGUAGE_TSX:
		return resolve_typescript(m, from, module, import && (import->flags & IMPORT_REQUIRE));
	case LANGUAGE_PYTHON:
		return resolve_python(m, from, import, module);
	case LANGUAGE_GO:
		return resolve_go(m, from, module);
	default:
		return (struct import_link){ .target = IMPORT_LIBRARY };
	}
}

struct import_link unresolved_at(const struct model *m, struct str path, enum import_cause otherwise)
{
	if (m->config && config_excludes(m->config, NULL, path))
		return unresolved(CAUSE_EXCLUDED);
	if (m->source && source_ignores(m->source, path))
		return unresolved(CAUSE_IGNORED);
	return unresolved(otherwise);
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

/* Packages are imported again and again: what a name means to a config and a package is looked up once. */
static struct import_link resolve_once(struct model *m, file_id file, const struct import *import, struct str module)
{
	bool named = (LANGUAGES_NODE >> m->files[file].language & 1) && !str_starts(module, STR("."));
	if (!named)
		return resolve(m, file, import, module);
	bool added, require = import && (import->flags & IMPORT_REQUIRE);
	const struct file_index *asker = &m->indexes[file];
	uint64_t configs = function_key(asker->tsconfig, asker->near_tsconfig);
	uint64_t key = model_key(model_key(configs, module), STR("")) ^ function_key(require, m->files[file].package);
	uint32_t *known = map_put(&m->link_index, key, m->known_links.count, &added);
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

/* `export … from "m"` imports too; what CommonJS exports of a require() is an import of its own. */
static void resolve_file_exports(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct import_link *links = arena_array(&m->arena, struct import_link, f->export_count);
	m->indexes[file].export_links = links;
	for (uint32_t i = 0; i < f->export_count; i++) {
		if (!f->exports[i].module)
			continue;
		links[i] = resolve_once(m, file, NULL, facts_str(f, f->exports[i].module));
		if (node_kind(f, f->exports[i].node) == NODE_EXPORT)
			count_import(m, file, links[i]);
	}
}

void model_resolve_imports(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		resolve_file_imports(m, file);
		resolve_file_exports(m, file);
	}
}

struct import_link model_import(const struct model *m, file_id file, uint32_t import)
{
	return m->indexes[file].links[import];
}

struct import_link model_reexport(const struct model *m, file_id file, uint32_t export)
{
	return m->indexes[file].export_links[export];
}

/* ---- from an exported name to its declaration ---- */

/* A name to be found in a file. */
struct place {
	file_id file;
	struct str name;
};

/*
 * What one step finds there: the declaration (node 0 is the file as a whole), a name of a library, another place, only
 * stars, nothing.
 */
enum step { DECLARED, OUTSIDE, MOVED, STARS, NOTHING };

/* Python modules show every name they bind; elsewhere only what is exported. */
static bool shows_all_names(enum language language)
{
	return language == LANGUAGE_PYTHON;
}

/* `name` of what an import or export statement names, or all of it. */
static enum step follow(
	struct import_link link, struct str module, struct str name, struct place *at, struct exported *out)
{
	if (link.target == IMPORT_LIBRARY) {
		*out = (struct exported){ .module = module, .name = name };
		return OUTSIDE;
	}
	if (link.target != IMPORT_FILE)
		return NOTHING;
	*at = (struct place){ link.file, name };
	*out = (struct exported){ .file = link.file };
	return link.whole || str_is(name, "*") ? DECLARED : MOVED;
}

/* A name bound by an import leads on to where it was imported from. */
static enum step step_import(
	const struct model *m, struct place *at, node_id node, struct str local, struct exported *out)
{
	const struct facts *f = &m->files[at->file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		if (import->node == node && str_eq(facts_str(f, import->local), local))
			return follow(m->indexes[at->file].links[i], facts_str(f, import->module),
				facts_str(f, import->imported), at, out);
	}
	return NOTHING;
}

static enum step step_local(const struct model *m, struct place *at, struct str local, struct exported *out)
{
	node_id node = binding_in_scope(m, at->file, 0, local) & ~NAME_SHARED;
	if (!node)
		return NOTHING;
	if (node_kind(&m->files[at->file].facts, node) == NODE_IMPORT)
		return step_import(m, at, node, local, out);
	*out = (struct exported){ .file = at->file, .node = node };
	return DECLARED;
}

static enum step step_export(const struct model *m, struct place *at, uint32_t index, struct exported *out)
{
	const struct facts *f = &m->files[at->file].facts;
	const struct export *e = &f->exports[index];
	struct str name = e->local ? facts_str(f, e->local) : at->name;
	if (e->module)
		return follow(m->indexes[at->file].export_links[index], facts_str(f, e->module), name, at, out);
	if (e->local)
		return step_local(m, at, name, out);
	*out = (struct exported){ .file = at->file, .node = e->node, .name = at->name };
	return e->node ? DECLARED : NOTHING;
}

static enum step step(const struct model *m, struct place *at, struct exported *out)
{
	if (!m->files[at->file].facts.node_count)
		return NOTHING;
	if (shows_all_names(m->files[at->file].language))
		return step_local(m, at, at->name, out);
	const uint32_t *row = map_get(&m->indexes[at->file].exports, model_key(0, at->name));
	if (row)
		return step_export(m, at, *row - 1, out);
	return str_is(at->name, "default") ? NOTHING : STARS; /* a star does not pass a default on */
}

/* All places that stars lead to, each once. */
struct star_search {
	const struct model *m;
	VEC(struct place) places;
	struct map seen; /* hash of file and name → 1 */
	struct exported found, library;
	uint32_t found_count, library_count; /* of different ones */
};

static bool is_new(struct star_search *s, struct place at)
{
	bool added;
	map_put(&s->seen, model_key(at.file, at.name), 1, &added);
	return added;
}

static void add_stars(struct star_search *s, struct place at)
{
	const struct facts *f = &s->m->files[at.file].facts;
	for (uint32_t i = 0; i < f->export_count; i++) {
		struct import_link link = s->m->indexes[at.file].export_links[i];
		struct place there = { link.file, at.name };
		if (!(f->exports[i].flags & EXPORT_STAR) || f->exports[i].name)
			continue;
		if (link.target == IMPORT_FILE && is_new(s, there))
			vec_push(&s->places, there);
		if (link.target == IMPORT_LIBRARY && ++s->library_count == 1)
			s->library = (struct exported){ .module = facts_str(f, f->exports[i].module), .name = at.name };
	}
}

static void note(struct star_search *s, const struct exported *e)
{
	bool same = s->found_count && e->file == s->found.file && e->node == s->found.node &&
		    str_eq(e->module, s->found.module) && str_eq(e->name, s->found.name);
	s->found_count += !same;
	s->found = *e;
}

/* What one of the places leads to, over named re-exports. */
static void chase(struct star_search *s, struct place at)
{
	struct exported found;
	enum step next;
	while ((next = step(s->m, &at, &found)) == MOVED)
		if (!is_new(s, at))
			return;
	if (next == STARS)
		add_stars(s, at);
	else if (next != NOTHING)
		note(s, &found);
}

/* Two stars that give one name different declarations give it none. One library may have what nobody else has. */
static bool search_stars(const struct model *m, struct place from, struct exported *out)
{
	struct star_search s = { .m = m };
	add_stars(&s, from);
	for (uint32_t i = 0; i < s.places.count; i++)
		chase(&s, s.places.items[i]);
	*out = s.found_count ? s.found : s.library;
	vec_release(&s.places);
	map_release(&s.seen);
	return s.found_count ? s.found_count == 1 : s.library_count == 1;
}

bool model_find_export(const struct model *m, file_id file, struct str name, struct exported *out)
{
	enum { MOST_HOPS = 64 };
	struct place at = { file, name };
	for (unsigned hops = 0; hops < MOST_HOPS; hops++) {
		enum step next = step(m, &at, out);
		if (next == STARS)
			return search_stars(m, at, out);
		if (next != MOVED)
			return next != NOTHING;
	}
	return false;
}

bool model_exported(const struct model *m, file_id file, struct str name, file_id *decl_file, node_id *decl)
{
	struct exported found;
	if (!model_find_export(m, file, name, &found) || found.module.ptr)
		return false;
	*decl_file = found.file;
	*decl = found.node;
	return true;
}
