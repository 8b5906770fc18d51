/* What each scope of a Rust file calls what, and what its globs bring. */
#include "model/rust.h"

#include "base/path.h"

static const uint64_t ITEMS = KIND(CLASS) | KIND(INTERFACE) | KIND(ENUM) | KIND(ALIAS) | KIND(FUNCTION) | KIND(VAR);

enum rust_visibility rust_visibility_of(const struct facts *f, node_id node)
{
	bool restricted = node_has(f, node, FLAG_PRIVATE);
	if (!node_has(f, node, FLAG_EXPORTED))
		return restricted ? VISIBLE_IN_PARENT : VISIBLE_IN_MODULE;
	return restricted ? VISIBLE_IN_CRATE : VISIBLE_EVERYWHERE;
}

/* ---- the tables ---- */

const struct rust_name *rust_add_name(struct model *m, uint64_t scope, struct str name, const struct rust_name *meaning)
{
	struct rust_model *rust = m->rust;
	bool added;
	uint32_t *first = map_put(&rust->name_ids, model_key(scope, name), rust->names.count, &added);
	vec_push(&rust->names, *meaning);
	if (!added)
		rust->names.items[rust->names.items[*first].last - 1].next = rust->names.count;
	rust->names.items[*first].last = rust->names.count;
	return &rust->names.items[*first];
}

static void add_glob(struct model *m, uint64_t scope, const struct rust_glob *glob)
{
	struct rust_model *rust = m->rust;
	bool added;
	uint32_t *first = map_put(&rust->glob_ids, scope, rust->globs.count, &added);
	vec_push(&rust->globs, *glob);
	if (!added)
		rust->globs.items[rust->globs.items[*first].last - 1].next = rust->globs.count;
	rust->globs.items[*first].last = rust->globs.count;
}

/* The body of a macro at the level of items belongs to the module around it. */
static node_id out_of_macro(const struct facts *f, node_id around)
{
	node_id call = f->nodes[around].parent, module = f->nodes[call].parent;
	bool macro = node_kind(f, around) == NODE_BLOCK && node_kind(f, call) == NODE_CALL &&
		     node_has(f, call, FLAG_MACRO) && (!module || node_kind(f, module) == NODE_NAMESPACE);
	return macro ? module : around;
}

static void note_inner_scope(struct model *m, file_id file, node_id node)
{
	uint8_t **bits = &m->rust->inner_scopes[file];
	if (!*bits)
		*bits = arena_array(&m->arena, uint8_t, m->files[file].facts.node_count / 8 + 1);
	(*bits)[node / 8] |= (uint8_t)(1u << node % 8);
}

bool rust_has_inner_names(const struct model *m, file_id file, node_id node)
{
	const uint8_t *bits = m->rust->inner_scopes[file];
	return bits && (bits[node / 8] >> node % 8 & 1);
}

/* Where an item's name is seen: its module, or the block around it. False for members of something. */
static bool scope_of_item(struct model *m, file_id file, node_id n, uint64_t *scope, uint32_t *module)
{
	static const uint64_t blocks = KIND(BLOCK) | KIND(CASE) | KIND(LOOP);
	const struct facts *f = &m->files[file].facts;
	node_id around = out_of_macro(f, f->nodes[n].parent);
	*module = rust_module_around(m, file, around);
	if (!around || node_kind(f, around) == NODE_NAMESPACE) {
		*scope = rust_module_scope(&m->rust->modules.items[*module]);
		return true;
	}
	bool block = blocks >> f->nodes[around].kind & 1;
	*scope = rust_scope(file, around);
	if (block)
		note_inner_scope(m, file, around);
	return block;
}

/* A struct with named fields is no value; one with numbered ones is a function, one without any a constant. */
static bool is_value(const struct facts *f, node_id class_node)
{
	node_id field = node_child_of_kind(f, class_node, NODE_FIELD);
	return !field || (node_name(f, field).len && node_name(f, field).ptr[0] <= '9');
}

static uint8_t spaces_of(const struct facts *f, node_id n)
{
	switch (node_kind(f, n)) {
	case NODE_CLASS:
		return (uint8_t)(1 << SPACE_TYPE | is_value(f, n) << SPACE_VALUE);
	case NODE_VAR:
		return 1 << SPACE_VALUE;
	case NODE_FUNCTION:
		return node_has(f, n, FLAG_MACRO) ? 1 << SPACE_MACRO : 1 << SPACE_VALUE;
	default:
		return 1 << SPACE_TYPE;
	}
}

/* #[proc_macro], #[proc_macro_attribute] make a macro of the function's name, #[proc_macro_derive(Name)] of another. */
static void index_procedural_macro(struct model *m, file_id file, node_id n, uint64_t scope, struct rust_name name)
{
	const struct facts *f = &m->files[file].facts;
	node_id decorator = 0;
	facts_each_child(f, n, c)
		if (node_kind(f, c) == NODE_DECORATOR && str_starts(node_name(f, c), STR("proc_macro")))
			decorator = c;
	if (!decorator)
		return;
	node_id derived = call_arg(f, decorator, 0);
	name.spaces = 1 << SPACE_MACRO;
	name.visibility = VISIBLE_EVERYWHERE;
	rust_add_name(m, scope, node_name(f, derived ? derived : n), &name);
}

static void index_item(struct model *m, file_id file, node_id n)
{
	const struct facts *f = &m->files[file].facts;
	struct rust_name name = { .kind = RUST_DECLARATION,
		.file = file,
		.node = n,
		.spaces = spaces_of(f, n),
		.visibility = rust_visibility_of(f, n) };
	uint64_t scope;
	if (node_kind(f, n) == NODE_VAR && !node_has(f, n, FLAG_STATIC))
		return;
	if (!scope_of_item(m, file, n, &scope, &name.module))
		return;
	rust_add_name(m, scope, rust_plain(node_name(f, n)), &name);
	if (node_kind(f, n) == NODE_FUNCTION)
		index_procedural_macro(m, file, n, scope, name);
	uint32_t crate = m->rust->modules.items[name.module].crate;
	if (name.spaces != 1 << SPACE_MACRO || crate == NO_CRATE)
		return;
	/* macro_rules are seen in the module and below, and from a #[macro_use] module around it */
	while (m->rust->modules.items[name.module].macro_use)
		name.module = m->rust->modules.items[name.module].parent;
	rust_add_name(m, rust_crate_scope(crate, SPACE_MACRO), node_name(f, n), &name);
	name.module = m->rust->crates.items[crate].module; /* where #[macro_export] puts it */
	if (name.visibility == VISIBLE_EVERYWHERE)
		rust_add_name(m, rust_module_scope(&m->rust->modules.items[name.module]), node_name(f, n), &name);
}

static void index_type_parameter(struct model *m, file_id file, node_id n)
{
	const struct facts *f = &m->files[file].facts;
	struct rust_name name = { .kind = RUST_DECLARATION,
		.file = file,
		.node = n,
		.spaces = 1 << SPACE_TYPE,
		.module = rust_module_around(m, file, n) };
	note_inner_scope(m, file, f->nodes[n].parent);
	rust_add_name(m, rust_scope(file, f->nodes[n].parent), node_name(f, n), &name);
}

/* `use self;` and the like say nothing. */
static bool binds_name(struct str local)
{
	return !str_empty(local) && !str_is(local, "self") && !str_is(local, "super") && !str_is(local, "crate");
}

/* `extern crate` at the root: every module of the crate may name it, and with #[macro_use] its macros. */
static void index_extern_crate(struct model *m, file_id file, uint32_t i, const struct rust_name *name)
{
	const struct facts *f = &m->files[file].facts;
	const struct import *import = &f->imports[i];
	const struct rust_module *around = &m->rust->modules.items[name->module];
	if (!(import->flags & IMPORT_ABSOLUTE) || around->parent != NO_MODULE || around->crate == NO_CRATE)
		return;
	rust_add_name(m, rust_crate_scope(around->crate, SPACE_TYPE), rust_plain(facts_str(f, import->local)), name);
	struct rust_glob macros = { .file = file, .import = i, .module = name->module };
	if (rust_has_attribute(f, import->node, "macro_use"))
		add_glob(m, rust_crate_scope(around->crate, SPACE_MACRO), &macros);
}

static void index_import(struct model *m, file_id file, uint32_t i)
{
	const struct facts *f = &m->files[file].facts;
	const struct import *import = &f->imports[i];
	struct rust_name name = { .kind = RUST_NOTHING,
		.file = file,
		.node = i,
		.spaces = (1 << SPACE_COUNT) - 1,
		.visibility = rust_visibility_of(f, import->node) };
	uint64_t scope;
	if (!scope_of_item(m, file, import->node, &scope, &name.module))
		return;
	if (import->flags & IMPORT_GLOB) {
		struct rust_glob glob = {
			.file = file, .import = i, .visibility = name.visibility, .module = name.module
		};
		add_glob(m, scope, &glob);
	} else if (binds_name(facts_str(f, import->local))) {
		rust_add_name(m, scope, rust_plain(facts_str(f, import->local)), &name);
		index_extern_crate(m, file, i, &name);
	}
}

void rust_index_names(struct model *m)
{
	m->rust->imports = arena_array(&m->arena, struct rust_import *, m->file_count);
	m->rust->inner_scopes = arena_array(&m->arena, uint8_t *, m->file_count);
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		if (m->files[file].language != LANGUAGE_RUST || !f->node_count)
			continue;
		m->rust->imports[file] = arena_array(&m->arena, struct rust_import, f->import_count);
		for (node_id n = 1; n < f->node_count; n++)
			if (ITEMS >> f->nodes[n].kind & 1)
				index_item(m, file, n);
			else if (f->nodes[n].part == PART_TYPE_PARAM)
				index_type_parameter(m, file, n);
		for (uint32_t i = 0; i < f->import_count; i++)
			index_import(m, file, i);
	}
}

/* ---- asking ---- */

struct rust_found rust_variant(const struct model *m, struct rust_found owner, struct str name)
{
	const struct facts *f = &m->files[owner.file].facts;
	uint32_t variant = node_kind(f, owner.node) == NODE_ENUM
				   ? binding_in_scope(m, owner.file, owner.node, name) & ~NAME_SHARED
				   : 0;
	if (!variant || node_kind(f, variant) != NODE_ENUM_VALUE)
		return (struct rust_found){ 0 };
	return (struct rust_found){ RUST_DECLARATION, owner.file, variant, { 0 } };
}

static bool is_visible(const struct rust_query *q, uint8_t visibility, uint32_t module, uint32_t from)
{
	const struct rust_module *modules = q->m->rust->modules.items;
	if (visibility == VISIBLE_EVERYWHERE)
		return true;
	if (visibility == VISIBLE_IN_CRATE)
		return modules[module].crate == modules[from].crate;
	if (visibility == VISIBLE_IN_PARENT && modules[module].parent != NO_MODULE)
		module = modules[module].parent;
	return rust_is_within(q->m, from, module);
}

/* How well a meaning answers: a library or a macro may have the name in any space, another space is better than nothing. */
enum match { MATCH_NOT, MATCH_OTHER_SPACE, MATCH_ANY_SPACE, MATCH_EXACT };

static enum match fit_of_import(
	struct rust_query *q, const struct rust_name *name, enum rust_space space, struct rust_found *found)
{
	const struct rust_import *import = &q->m->rust->imports[name->file][name->node];
	if (import == q->under_way)
		return MATCH_NOT;
	q->pending |= !import->done;
	*found = import->in[space];
	if (found->kind == RUST_LIBRARY || found->kind == RUST_MADE)
		return MATCH_ANY_SPACE;
	if (found->kind != RUST_NOTHING)
		return MATCH_EXACT;
	for (unsigned s = 0; s < SPACE_COUNT && found->kind == RUST_NOTHING; s++)
		*found = import->in[s];
	/* what is imported from where nothing is known shadows all the same */
	q->misses.lost_glob |= import->done && found->kind == RUST_NOTHING;
	return found->kind == RUST_NOTHING ? MATCH_NOT : MATCH_OTHER_SPACE;
}

static enum match fit_of(
	struct rust_query *q, const struct rust_name *name, enum rust_space space, struct rust_found *found)
{
	if (name->kind == RUST_NOTHING)
		return fit_of_import(q, name, space, found);
	*found = (struct rust_found){ name->kind, name->file, name->node, { 0 } };
	return name->spaces >> space & 1 ? MATCH_EXACT : MATCH_OTHER_SPACE;
}

/* Of a name with more meanings in one scope than these, only the first count. */
enum { MOST_MEANINGS = 64 };

/* Asks for what is private as well. */
#define PRIVATE_TOO UINT32_MAX

/* The best meaning that stands in the scope itself. */
static enum match lookup_here(struct rust_query *q, uint64_t scope, struct str name, enum rust_space space,
	uint32_t from, struct rust_found *best)
{
	const struct rust_model *rust = q->m->rust;
	const uint32_t *first = map_get(&rust->name_ids, model_key(scope, name));
	enum match fit = MATCH_NOT;
	uint32_t seen = 0;
	for (uint32_t i = first ? *first + 1 : 0; i && fit != MATCH_EXACT && seen++ < MOST_MEANINGS;
		i = rust->names.items[i - 1].next) {
		const struct rust_name *candidate = &rust->names.items[i - 1];
		struct rust_found found;
		bool visible = from == PRIVATE_TOO || is_visible(q, candidate->visibility, candidate->module, from);
		enum match fits = visible ? fit_of(q, candidate, space, &found) : MATCH_NOT;
		if (fits > fit) {
			fit = fits;
			*best = found;
		}
	}
	return fit;
}

/* Scopes still to be searched; `from` is the module whose glob led there. */
enum { MOST_SCOPES = 64 };

struct search {
	struct {
		uint64_t scope;
		uint32_t from;
	} items[MOST_SCOPES];
	uint32_t count;
};

static void search_in(struct search *s, uint64_t scope, uint32_t from)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->items[i].scope == scope)
			return;
	if (s->count == MOST_SCOPES)
		return;
	s->items[s->count].scope = scope;
	s->items[s->count++].from = from;
}

static void note_library(struct rust_misses *misses, struct str library)
{
	for (uint32_t i = 0; i < misses->library_count; i++)
		if (str_eq(misses->libraries[i], library))
			return;
	if (misses->library_count < MOST_GLOB_LIBRARIES)
		misses->libraries[misses->library_count++] = library;
}

/* The name stands in none of the scopes: which of their modules could have made it? */
static void note_generators(struct rust_query *q, const struct search *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t *id = map_get(&q->m->rust->module_ids, s->items[i].scope);
		const struct rust_module *module = id ? &q->m->rust->modules.items[*id] : NULL;
		if (!module || !(module->macros || module->attributes))
			continue;
		q->misses.macros |= module->macros;
		if (q->misses.generators && q->misses.generator == *id)
			continue;
		q->misses.generator = q->misses.generators++ ? q->misses.generator : *id;
	}
}

/* What a glob leads to: variants of an enum at once, a module's names later. */
static enum match through_glob(struct rust_query *q, struct search *s, const struct rust_glob *glob, struct str name,
	enum rust_space space, struct rust_found *found)
{
	const struct rust_import *import = &q->m->rust->imports[glob->file][glob->import];
	const struct rust_found *to = &import->in[SPACE_TYPE];
	if (import == q->under_way)
		return MATCH_NOT;
	q->pending |= !import->done;
	if (to->kind == RUST_MODULE) {
		for (uint32_t module = to->node; module != NO_MODULE; module = q->m->rust->modules.items[module].twin)
			search_in(s, rust_module_scope(&q->m->rust->modules.items[module]), glob->module);
	} else if (to->kind == RUST_LIBRARY) {
		note_library(&q->misses, to->library);
	} else if (to->kind == RUST_DECLARATION) {
		*found = space == SPACE_MACRO ? (struct rust_found){ 0 } : rust_variant(q->m, *to, name);
		return found->kind == RUST_NOTHING ? MATCH_NOT : MATCH_EXACT;
	} else {
		q->misses.lost_glob |= import->done;
	}
	return MATCH_NOT;
}

/* The best that one of the searched scopes has to say; its globs add to what is searched. */
static enum match search_scope(struct rust_query *q, struct search *s, uint32_t at, struct str name,
	enum rust_space space, struct rust_found *best)
{
	const struct rust_model *rust = q->m->rust;
	enum match fit = lookup_here(q, s->items[at].scope, name, space, s->items[at].from, best);
	const uint32_t *first = fit < MATCH_ANY_SPACE ? map_get(&rust->glob_ids, s->items[at].scope) : NULL;
	for (uint32_t g = first ? *first + 1 : 0; g && fit < MATCH_ANY_SPACE; g = rust->globs.items[g - 1].next) {
		const struct rust_glob *glob = &rust->globs.items[g - 1];
		struct rust_found found;
		if (!is_visible(q, glob->visibility, glob->module, s->items[at].from) ||
			through_glob(q, s, glob, name, space, &found) == MATCH_NOT)
			continue;
		*best = found;
		return MATCH_EXACT;
	}
	return fit;
}

struct rust_found rust_lookup(struct rust_query *q, uint64_t scope, struct str name, enum rust_space space, bool exact)
{
	struct search s; /* large, and most of it unused: not cleared */
	struct rust_found best = { 0 };
	enum match fit = MATCH_NOT;
	s.count = 0;
	search_in(&s, scope, q->module);
	for (uint32_t i = 0; i < s.count && fit < MATCH_ANY_SPACE; i++) {
		struct rust_found found;
		enum match fits = search_scope(q, &s, i, name, space, &found);
		if (fits > fit) {
			fit = fits;
			best = found;
		}
	}
	if (fit >= MATCH_ANY_SPACE || (fit == MATCH_OTHER_SPACE && !exact))
		return best;
	bool compiles = fit != MATCH_NOT || space == SPACE_MACRO;
	if (!compiles && lookup_here(q, scope, name, space, PRIVATE_TOO, &best) == MATCH_EXACT)
		return best; /* what does not compile, for want of a `pub`, means this one all the same */
	note_generators(q, &s);
	return (struct rust_found){ 0 };
}

/* ---- crates ---- */

static bool is_of_the_toolchain(struct str name)
{
	static const char *const names[] = { "std", "core", "alloc", "proc_macro", "test" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static struct rust_found root_of(const struct rust_model *rust, uint32_t crate)
{
	return (struct rust_found){ RUST_MODULE, 0, rust->crates.items[crate].module, { 0 } };
}

static package_id package_of(const struct model *m, uint32_t module)
{
	const struct rust_module *at = &m->rust->modules.items[module];
	return at->crate == NO_CRATE ? m->files[at->file].package : m->rust->crates.items[at->crate].package;
}

struct rust_found rust_crate_named(struct rust_query *q, struct str name)
{
	const struct rust_model *rust = q->m->rust;
	uint32_t crate = rust->modules.items[q->module].crate;
	struct rust_found named = { 0 };
	if (crate != NO_CRATE)
		named = rust_lookup(q, rust_crate_scope(crate, SPACE_TYPE), name, SPACE_TYPE, true);
	if (named.kind != RUST_NOTHING)
		return named;
	package_id package = package_of(q->m, q->module);
	const uint32_t *id = package == NO_PACKAGE ? NULL : map_get(&rust->dependency_ids, model_key(package, name));
	const struct cargo_dependency *d = id ? &rust->dependencies.items[*id] : NULL;
	uint32_t lib = package == NO_PACKAGE ? 0 : rust->lib_of[package];
	if (d && d->local != NO_PACKAGE && rust->lib_of[d->local])
		return root_of(rust, rust->lib_of[d->local] - 1);
	if (d)
		return (struct rust_found){ .kind = RUST_LIBRARY, .library = d->crate };
	if (lib && str_eq(rust->crates.items[lib - 1].name, name))
		return root_of(rust, lib - 1); /* the other targets of a package see its library */
	if (is_of_the_toolchain(name))
		return (struct rust_found){ .kind = RUST_LIBRARY, .library = name };
	return (struct rust_found){ 0 };
}
