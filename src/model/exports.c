/* From an exported name to its declaration: re-exports, imports that are exported again, stars. */
#include "model/stars.h"

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

/* `import a.b` binds a, and leads to b. */
static enum step follow_dotted(
	const struct model *m, struct import_link link, struct str module, struct place *at, struct exported *out)
{
	if (link.target == IMPORT_FILE)
		link.file = python_top_package(m, link.file, module);
	if (link.target == IMPORT_FILE && link.file == NO_FILE)
		return NOTHING;
	return follow(link, path_first(module), STR("*"), at, out);
}

/* A name bound by an import leads on to where it was imported from. */
static enum step step_import(
	const struct model *m, struct place *at, node_id node, struct str local, struct exported *out)
{
	const struct facts *f = &m->files[at->file].facts;
	uint32_t i = import_that_binds(m, at->file, node, local);
	if (i == UINT32_MAX)
		return NOTHING;
	struct import_link link = m->indexes[at->file].links[i];
	struct str module = facts_str(f, f->imports[i].module);
	if (python_binds_top(f, &f->imports[i]))
		return follow_dotted(m, link, module, at, out);
	return follow(link, module, facts_str(f, f->imports[i].imported), at, out);
}

static enum step step_local(const struct model *m, struct place *at, struct str local, struct exported *out)
{
	node_id node = binding_in_scope(m, at->file, 0, local) & ~NAME_SHARED;
	if (!node)
		return NOTHING;
	if (node_kind(&m->files[at->file].facts, node) == NODE_IMPORT)
		return step_import(m, at, node, local, out);
	*out = (struct exported){ .file = at->file, .node = node, .name = at->name };
	return DECLARED;
}

/* What an export names: where it is one of `module.exports = { … }`, the value that stands there. */
static node_id exported_node(const struct facts *f, const struct export *e)
{
	node_id object = node_kind(f, e->node) == NODE_ASSIGN ? node_child_of_kind(f, e->node, NODE_OBJECT) : 0;
	node_id value = object ? object_value(f, object, facts_str(f, e->name)) : 0;
	return value ? value : e->node;
}

static enum step step_export(const struct model *m, struct place *at, uint32_t index, struct exported *out)
{
	const struct facts *f = &m->files[at->file].facts;
	const struct export *e = &f->exports[index];
	struct str name = e->local ? facts_str(f, e->local) : at->name;
	if (e->module)
		return follow(m->indexes[at->file].reexports[index], facts_str(f, e->module), name, at, out);
	if (e->local)
		return step_local(m, at, name, out);
	*out = (struct exported){ .file = at->file, .node = exported_node(f, e), .name = at->name };
	return e->node ? DECLARED : NOTHING;
}

static enum step step_submodule(const struct model *m, const struct place *at, struct exported *out)
{
	*out = (struct exported){ .file = python_submodule(m, at->file, at->name) };
	return out->file != NO_FILE ? DECLARED : NOTHING;
}

/* A module of Python shows every name it binds, then what its stars bring in, and as a package its submodules. */
static enum step step_python(const struct model *m, struct place *at, struct exported *out)
{
	if (binding_in_scope(m, at->file, 0, at->name))
		return step_local(m, at, at->name, out);
	return m->indexes[at->file].has_glob_import ? STARS : step_submodule(m, at, out);
}

static enum step step(const struct model *m, struct place *at, struct exported *out)
{
	if (!m->files[at->file].facts.node_count)
		return NOTHING;
	if (m->files[at->file].language == LANGUAGE_PYTHON)
		return step_python(m, at, out);
	const uint32_t *row = map_get(&m->indexes[at->file].exports, model_key(0, at->name));
	if (row)
		return step_export(m, at, *row - 1, out);
	if (!str_is(at->name, "default"))
		return STARS;
	*out = (struct exported){ .file = at->file }; /* a component is its file; a star does not pass a default on */
	return m->files[at->file].language == LANGUAGE_COMPONENT ? DECLARED : NOTHING;
}

/* A name that nobody of the project exports may be the library's, when stars lead to one only. */
static enum step step_library(const struct model *m, const struct place *at, struct exported *out)
{
	const struct star_library *library = &m->stars->libraries[at->file];
	if (library->count != 1)
		return NOTHING;
	const struct facts *f = &m->files[library->file].facts;
	*out = (struct exported){ .module = facts_str(f, f->exports[library->export].module), .name = at->name };
	return OUTSIDE;
}

/* Goes on while named re-exports lead on. */
static enum step chase(const struct model *m, struct place *at, struct exported *out)
{
	enum { MOST_HOPS = 64 };
	enum step next = MOVED;
	for (unsigned hops = 0; next == MOVED && hops < MOST_HOPS; hops++)
		next = step(m, at, out);
	return next == MOVED ? NOTHING : next;
}

/* Two stars that give one name different declarations give it none. */
static enum step agree(
	const struct model *m, const file_id *origins, uint32_t count, struct place *at, struct exported *out)
{
	struct str name = at->name;
	for (uint32_t i = 0; i < count; i++) {
		struct exported other;
		*at = (struct place){ origins[i], name };
		if (chase(m, at, i ? &other : out) != DECLARED)
			return NOTHING;
		if (i && (other.file != out->file || other.node != out->node))
			return NOTHING;
	}
	return DECLARED;
}

static enum step step_python_stars(const struct model *m, struct place *at, struct exported *out)
{
	struct str library = { 0 };
	file_id origin = python_star_origin(m, at->file, at->name, &library);
	if (origin != NO_FILE) {
		at->file = origin;
		return MOVED;
	}
	if (step_submodule(m, at, out) == DECLARED)
		return DECLARED;
	*out = (struct exported){ .module = library, .name = at->name };
	return library.ptr ? OUTSIDE : NOTHING;
}

static enum step step_stars(const struct model *m, struct place *at, struct exported *out)
{
	if (m->files[at->file].language == LANGUAGE_PYTHON)
		return step_python_stars(m, at, out);
	enum { MOST_ORIGINS = 8 };
	file_id origins[MOST_ORIGINS];
	uint32_t count;
	if (!stars_origins(m, at->file, at->name, origins, MOST_ORIGINS, &count))
		return NOTHING;
	if (!count)
		return step_library(m, at, out);
	if (count > 1)
		return agree(m, origins, count, at, out);
	at->file = origins[0];
	return MOVED;
}

bool model_find_export(const struct model *m, file_id file, struct str name, struct exported *out)
{
	enum { MOST_TURNS = 16 };
	struct place at = { file, name };
	enum step next = MOVED;
	for (unsigned turns = 0; next == MOVED && turns < MOST_TURNS; turns++) {
		next = chase(m, &at, out);
		if (next == STARS)
			next = step_stars(m, &at, out);
	}
	return next == DECLARED || next == OUTSIDE;
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
