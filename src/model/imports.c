/* Where imports lead, and what files export. */
#include "base/hash.h"
#include "model/internal.h"
#include "source/source.h"
#include "model/rust.h"

static struct import_link resolve(const struct model *m, file_id from, const struct import *import, struct str module)
{
	switch (m->files[from].language) {
	case LANGUAGE_JAVASCRIPT:
	case LANGUAGE_TYPESCRIPT:
	case LANGUAGE_TSX:
	case LANGUAGE_COMPONENT:
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
static void bind_package_name(struct model *m, file_id file, uint32_t i, uint32_t package)
{
	struct str name = m->go_packages.items[package].name;
	const struct facts *f = &m->files[file].facts;
	bool guessed = f->imports[i].local && !node_child(f, f->imports[i].node, PART_TARGET);
	if (guessed && !str_eq(facts_str(f, f->imports[i].local), name))
		bind_import_as(m, file, i, name);
}

/* Packages are imported again and again: what a name means to a config and a package is looked up once. */
static struct import_link resolve_once(struct model *m, file_id file, const struct import *import, struct str module)
{
	bool named = (LANGUAGES_NODE >> m->files[file].language & 1) && !str_starts(module, STR("."));
	if (!named)
		return resolve(m, file, import, module);
	bool added;
	const struct file_index *at = &m->indexes[file];
	uint32_t asker[] = { at->tsconfig, at->near_tsconfig, m->files[file].package,
		import && (import->flags & IMPORT_REQUIRE) };
	uint64_t key = hash_mix(model_key(0, module), asker, sizeof(asker));
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
	bool rust = m->files[file].language == LANGUAGE_RUST;
	for (uint32_t i = 0; i < f->import_count; i++) {
		links[i] = rust ? rust_import_link(m, file, i)
				: resolve_once(m, file, &f->imports[i], facts_str(f, f->imports[i].module));
		count_import(m, file, links[i]);
		if (links[i].target == IMPORT_PACKAGE)
			bind_package_name(m, file, i, links[i].package);
	}
}

/* `export … from "m"` imports too; what CommonJS exports of a require() is an import of its own. */
static void resolve_file_exports(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	struct import_link *links = arena_array(&m->arena, struct import_link, f->export_count);
	m->indexes[file].reexports = links;
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

bool model_import_declaration(const struct model *m, file_id file, uint32_t import, file_id *decl_file, node_id *decl)
{
	struct import_link link = m->indexes[file].links[import];
	struct str imported = facts_str(&m->files[file].facts, m->files[file].facts.imports[import].imported);
	if (m->files[file].language == LANGUAGE_RUST)
		return rust_import_declaration(m, file, import, decl_file, decl);
	if (link.target != IMPORT_FILE || link.whole || str_is(imported, "*"))
		return false;
	return model_exported(m, link.file, imported, decl_file, decl);
}

struct import_link model_reexport(const struct model *m, file_id file, uint32_t export)
{
	return m->indexes[file].reexports[export];
}
