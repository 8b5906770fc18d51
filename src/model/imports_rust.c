/*
 * Where every `use` leads. Imports stand on each other: they are gone through again and again until none of them gets any
 * further, and a name that may still come from an import under way waits for it.
 */
#include "model/rust.h"

/* A pass takes all of a chain of re-exports that runs its way; only one that turns as often as this stays unresolved. */
enum { MOST_PASSES = 32 };

struct row {
	file_id file;
	uint32_t import;
};

struct resolving {
	struct model *m;
	VEC(struct row) waiting;
	enum { STRICT, ACCEPTING, FINAL } mood; /* ACCEPTING: what is found counts, though more may come */
};

static struct str joined(struct model *m, struct str left, struct str right)
{
	if (str_empty(left) || str_empty(right))
		return str_empty(left) ? right : left;
	return arena_printf(&m->arena, "%.*s::%.*s", STR_ARG(left), STR_ARG(right));
}

static struct rust_found library(struct str name)
{
	return (struct rust_found){ .kind = RUST_LIBRARY, .library = name };
}

/* ---- the first segment ---- */

/* `use ::a::b`, `extern crate a`; and every `use` of the 2015 edition, which starts at the crate's root. */
static struct rust_found start_outside(struct rust_query *q, const struct import *import, struct str first, bool whole)
{
	const struct rust_model *rust = q->m->rust;
	uint32_t crate = rust->modules.items[q->module].crate;
	struct rust_found found = { 0 };
	if (crate != NO_CRATE && str_is(first, "self"))
		return (struct rust_found){ RUST_MODULE, 0, rust->crates.items[crate].module, { 0 } };
	bool names_crate = whole && (import->flags & IMPORT_ABSOLUTE);
	if (crate != NO_CRATE && rust->crates.items[crate].edition_2015 && !names_crate) {
		const struct rust_module *root = &rust->modules.items[rust->crates.items[crate].module];
		found = rust_lookup(q, rust_module_scope(root), first, SPACE_TYPE, true);
	}
	return found.kind == RUST_NOTHING ? rust_crate_named(q, first) : found;
}

static bool is_relative(struct str first)
{
	return str_is(first, "crate") || str_is(first, "self") || str_is(first, "super") || str_is(first, "$crate");
}

static bool starts_outside(const struct rust_query *q, const struct import *import, struct str first)
{
	uint32_t crate = q->m->rust->modules.items[q->module].crate;
	bool edition_2015 = crate != NO_CRATE && q->m->rust->crates.items[crate].edition_2015;
	return (import->flags & IMPORT_ABSOLUTE) || (edition_2015 && !is_relative(first));
}

/* ---- one row ---- */

/* Is the row for all of `module`, without a name in it? `use a;`, `use a as b`, `extern crate a` */
static bool is_whole(const struct facts *f, const struct import *import)
{
	return !(import->flags & IMPORT_GLOB) && str_is(facts_str(f, import->imported), "*");
}

/* The module before the last name of a row; for a glob or a lone name, the whole of it. */
static struct rust_path prefix_of(struct rust_query *q, file_id file, const struct import *import)
{
	const struct facts *f = &q->m->files[file].facts;
	struct str path = facts_str(f, import->module), first = rust_plain(path_first(path));
	if (!starts_outside(q, import, first))
		return rust_path_from(q, file, import->node, path, SPACE_TYPE, true);
	struct rust_found found = start_outside(q, import, first, is_whole(f, import));
	if (found.kind == RUST_NOTHING)
		return (struct rust_path){ found, path, false };
	return rust_path_in(q, found, path_rest(path), SPACE_TYPE, true);
}

static bool found_something(const struct rust_import *row)
{
	for (unsigned s = 0; s < SPACE_COUNT; s++)
		if (row->in[s].kind != RUST_NOTHING)
			return true;
	return false;
}

static void set_all(struct rust_import *row, struct rust_found found)
{
	for (unsigned s = 0; s < SPACE_COUNT; s++)
		row->in[s] = found;
}

/* A lone name may mean a value or a macro as well. */
static void find_lone_name(struct rust_query *q, file_id file, const struct import *import, struct rust_import *row)
{
	struct str path = facts_str(&q->m->files[file].facts, import->module);
	bool relative = is_relative(path);
	row->in[SPACE_TYPE] = prefix_of(q, file, import).found;
	if (row->in[SPACE_TYPE].kind == RUST_LIBRARY)
		set_all(row, row->in[SPACE_TYPE]);
	else if (!relative && !starts_outside(q, import, path_first(path)))
		for (enum rust_space s = SPACE_VALUE; s < SPACE_COUNT; s++)
			row->in[s] = rust_path_from(q, file, import->node, path, s, true).found;
	row->own = relative || (found_something(row) && row->in[SPACE_TYPE].kind != RUST_LIBRARY);
}

/* Where a name that stands nowhere comes from: the one library whose glob is on the way. */
static void find_through_libraries(
	struct model *m, const struct rust_query *q, struct rust_import *row, struct str name)
{
	if (q->misses.macros || q->misses.lost_glob || !q->misses.library_count)
		return;
	set_all(row, library(q->misses.library_count == 1 ? joined(m, q->misses.libraries[0], name) : STR("")));
}

/* A name in what stands before it, in each space where it means something. */
static void find_name(
	struct model *m, struct rust_query *q, struct rust_found owner, struct str name, struct rust_import *row)
{
	for (enum rust_space s = SPACE_TYPE; s < SPACE_COUNT; s++) {
		struct rust_path last = rust_path_in(q, owner, name, s, true);
		if (str_empty(last.rest))
			row->in[s] = last.found;
	}
	if (!found_something(row))
		find_through_libraries(m, q, row, name);
}

/* `name` is empty for a glob, which leads to what stands before it. */
static void find_below(
	struct model *m, struct rust_query *q, struct rust_path prefix, struct str name, struct rust_import *row)
{
	struct rust_found found = prefix.found;
	switch (found.kind) {
	case RUST_NOTHING:
		find_through_libraries(m, q, row, joined(m, prefix.rest, name));
		break;
	case RUST_LIBRARY:
		if (!str_empty(found.library))
			found.library = joined(m, joined(m, found.library, prefix.rest), name);
		set_all(row, found);
		break;
	case RUST_MADE:
		set_all(row, found);
		break;
	default:
		if (str_empty(prefix.rest) && str_empty(name))
			row->in[SPACE_TYPE] = found;
		else if (str_empty(prefix.rest))
			find_name(m, q, found, name, row);
		break;
	}
}

static void find(
	struct model *m, struct rust_query *q, file_id file, const struct import *import, struct rust_import *row)
{
	const struct facts *f = &m->files[file].facts;
	bool glob = import->flags & IMPORT_GLOB;
	if (is_whole(f, import)) {
		find_lone_name(q, file, import, row);
		return;
	}
	struct rust_path prefix = prefix_of(q, file, import);
	row->own = (prefix.started && prefix.found.kind != RUST_LIBRARY) ||
		   is_relative(path_first(facts_str(f, import->module)));
	find_below(m, q, prefix, glob ? STR("") : rust_plain(facts_str(f, import->imported)), row);
}

static enum import_cause cause_of(const struct rust_query *q)
{
	if (q->lost)
		return CAUSE_NO_FILE;
	return q->misses.generators ? CAUSE_MACRO : CAUSE_NO_NAME;
}

/*
 * A name that means nothing in the project is a crate's, unless a macro may have declared it. A name that is not in its
 * module, where nothing but one module's macros can have declared it, comes from that module's file.
 */
static void settle(struct model *m, const struct rust_query *q, const struct import *import, const struct facts *f,
	struct rust_import *row)
{
	struct str module = facts_str(f, import->module), name = facts_str(f, import->imported);
	bool sure = row->own && !q->lost && !q->misses.lost_glob && !q->misses.library_count;
	row->done = true;
	if (found_something(row))
		return;
	if (!row->own && !q->misses.macros)
		set_all(row, library(str_is(name, "*") ? module : joined(m, module, name)));
	row->own |= q->misses.macros;
	row->cause = cause_of(q);
	if (row->cause == CAUSE_MACRO && q->misses.generators == 1 && sure)
		set_all(row, (struct rust_found){
				     .kind = RUST_MADE, .file = m->rust->modules.items[q->misses.generator].file });
}

static bool resolve_row(struct resolving *r, struct row at)
{
	struct model *m = r->m;
	const struct facts *f = &m->files[at.file].facts;
	const struct import *import = &f->imports[at.import];
	struct rust_import *row = &m->rust->imports[at.file][at.import], fresh = { 0 };
	struct rust_query q = { .m = m, .module = rust_module_around(m, at.file, import->node), .under_way = row };
	find(m, &q, at.file, import, &fresh);
	bool ready = !q.pending || r->mood == FINAL || (r->mood == ACCEPTING && found_something(&fresh));
	if (!ready)
		return false;
	settle(m, &q, import, f, &fresh);
	*row = fresh;
	return true;
}

/* One pass over what waits; true when something got done. Chains of re-exports stand in either direction. */
static bool pass(struct resolving *r, bool backwards)
{
	struct row *rows = r->waiting.items;
	uint32_t before = r->waiting.count, left = 0;
	for (uint32_t i = 0; i < before; i++) {
		struct row row = rows[backwards ? before - 1 - i : i];
		if (resolve_row(r, row))
			continue;
		rows[backwards ? before - 1 - left : left] = row;
		left++;
	}
	if (backwards && left)
		memmove(rows, rows + (before - left), sizeof(*rows) * left);
	r->waiting.count = left;
	return left < before;
}

void rust_resolve_imports(struct model *m)
{
	struct resolving r = { .m = m };
	for (file_id file = 0; file < m->file_count; file++)
		for (uint32_t i = 0; m->rust->imports[file] && i < m->files[file].facts.import_count; i++) {
			struct row row = { file, i };
			vec_push(&r.waiting, row);
		}
	for (unsigned i = 0; i < MOST_PASSES && r.waiting.count; i++) {
		r.mood = STRICT;
		if (pass(&r, i % 2))
			continue;
		r.mood = ACCEPTING;
		if (!pass(&r, i % 2))
			break;
	}
	r.mood = FINAL;
	pass(&r, false);
	vec_release(&r.waiting);
}

/* ---- what the rest of the model sees ---- */

/* What a row brings: a type before a function before a macro of the same name. */
static struct rust_found brought(const struct model *m, file_id file, uint32_t import)
{
	const struct rust_import *row = &m->rust->imports[file][import];
	struct rust_found found = { 0 };
	for (unsigned s = 0; s < SPACE_COUNT && found.kind == RUST_NOTHING; s++)
		found = row->in[s];
	return found;
}

struct import_link rust_import_link(const struct model *m, file_id file, uint32_t import)
{
	const struct rust_import *row = &m->rust->imports[file][import];
	struct rust_found found = brought(m, file, import);
	switch (found.kind) {
	case RUST_MODULE: {
		const struct rust_module *module = &m->rust->modules.items[found.node];
		return (struct import_link){ .target = IMPORT_FILE, .file = module->file, .whole = module->node == 0 };
	}
	case RUST_DECLARATION:
		return (struct import_link){ .target = IMPORT_FILE, .file = found.file };
	case RUST_LIBRARY:
		return (struct import_link){ .target = IMPORT_LIBRARY };
	case RUST_MADE:
		return (struct import_link){ .target = IMPORT_FILE, .cause = CAUSE_MACRO, .file = found.file };
	case RUST_LOST:
		return unresolved(CAUSE_NO_FILE);
	case RUST_NOTHING:
		break;
	}
	return row->own ? unresolved(row->cause) : (struct import_link){ .target = IMPORT_LIBRARY };
}

bool rust_import_declaration(const struct model *m, file_id file, uint32_t import, file_id *decl_file, node_id *decl)
{
	struct rust_found found = brought(m, file, import);
	*decl_file = found.file;
	*decl = found.node;
	return found.kind == RUST_DECLARATION;
}

struct str rust_import_library(const struct model *m, file_id file, uint32_t import)
{
	return brought(m, file, import).library;
}
