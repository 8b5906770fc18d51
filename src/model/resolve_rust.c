/* What a path of Rust means: a local variable, a declaration behind modules and re-exports, a library's name. */
#include "model/names.h"
#include "model/rust.h"

static const struct meaning UNKNOWN = { .kind = MEANS_UNKNOWN };

static struct meaning library(struct str name)
{
	return str_empty(name) ? UNKNOWN : (struct meaning){ .kind = MEANS_LIBRARY, .name = name };
}

/* ---- variables ---- */

/* The statement that binds the name, when the value that it binds is where we ask from: `let x = f(x)` asks for another x. */
static node_id binding_statement(const struct facts *f, node_id binding)
{
	static const uint64_t patterns = KIND(OBJECT) | KIND(ARRAY) | KIND(PAIR) | KIND(SPREAD) | KIND(VAR);
	node_id n = binding;
	while (f->nodes[n].part == PART_TARGET && (patterns >> f->nodes[f->nodes[n].parent].kind & 1))
		n = f->nodes[n].parent;
	return f->nodes[n].part == PART_TARGET ? f->nodes[n].parent : n;
}

static bool is_variable(const struct facts *f, node_id binding)
{
	return (KIND(VAR) | KIND(PARAM) | KIND(NAME)) >> f->nodes[binding].kind & 1;
}

node_id rust_variable(const struct resolver *r, node_id from, struct str name, bool *unique)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id binding = model_binding(r->model, r->file, from, name), at = from;
	while (binding && is_variable(f, binding)) {
		node_id statement = binding_statement(f, binding);
		*unique = model_binding_is_unique(r->model, r->file, at, name);
		if (from <= statement || from >= f->nodes[statement].next || node_kind(f, statement) == NODE_PARAM ||
			node_kind(f, statement) == NODE_LOOP)
			break;
		at = f->nodes[f->nodes[statement].parent].parent;
		binding = at ? model_binding(r->model, r->file, at, name) : 0;
	}
	bool item = binding && node_kind(f, binding) == NODE_VAR && node_has(f, binding, FLAG_STATIC);
	return binding && is_variable(f, binding) && !item ? binding : 0;
}

/* ---- paths ---- */

/* What kind of name the last one of a path is, as far as the node that spells it tells. */
static enum rust_space space_of(const struct facts *f, node_id from, struct str path)
{
	enum node_kind kind = node_kind(f, from);
	if (!str_eq(node_name(f, from), path))
		return SPACE_VALUE;
	if (kind == NODE_TYPE || kind == NODE_IMPL)
		return SPACE_TYPE;
	bool macro = kind == NODE_CALL && node_has(f, from, FLAG_MACRO);
	bool derived = kind == NODE_NAME && node_kind(f, f->nodes[from].parent) == NODE_DECORATOR;
	return macro || derived || kind == NODE_DECORATOR ? SPACE_MACRO : SPACE_VALUE;
}

/* By custom, and the compiler warns otherwise: types are capitalised, crates and modules are not. */
static bool is_type_name(struct str name)
{
	static const char *const primitives[] = { "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8",
		"isize", "str", "u128", "u16", "u32", "u64", "u8", "usize" };
	for (size_t i = 0; i < sizeof(primitives) / sizeof(*primitives); i++)
		if (str_is(name, primitives[i]))
			return true;
	return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

static bool is_known(const struct resolver *r, struct str name)
{
	return model_library(r->model, LANGUAGE_RUST, name, ROLE_NONE) != NULL;
}

/* A name that stands nowhere in the project comes from a library whose names are all taken in. */
static struct meaning through_glob(struct resolver *r, const struct rust_misses *misses, struct str path)
{
	bool sure = misses->library_count == 1 && !misses->macros && !misses->lost_glob;
	for (uint32_t i = 0; i < misses->library_count; i++) {
		if (str_empty(misses->libraries[i]))
			continue;
		struct str name = resolver_join(r, misses->libraries[i], path);
		if (is_known(r, name))
			return library(name);
	}
	return sure ? library(resolver_join(r, misses->libraries[0], path)) : UNKNOWN;
}

/* Nothing in the project has the path's first name. */
static struct meaning unbound(struct resolver *r, const struct rust_query *q, struct str path)
{
	struct meaning brought = through_glob(r, &q->misses, path);
	if (brought.kind == MEANS_LIBRARY && is_known(r, brought.name))
		return brought;
	if (!rust_is_qualified(path) || is_type_name(path_first(path)))
		return (struct meaning){ .kind = MEANS_BUILTIN, .name = path };
	/* diesel::insert_into beside `use diesel::prelude::*`: a prelude does not bring its own crate */
	for (uint32_t i = 0; i < q->misses.library_count; i++)
		if (str_eq(path_first(q->misses.libraries[i]), path_first(path)))
			return library(path);
	if (q->misses.library_count || q->misses.macros)
		return is_known(r, path) ? library(path) : brought;
	return library(path);
}

struct type rust_bound(struct resolver *r, file_id file, node_id parameter)
{
	const struct facts *f = &r->model->files[file].facts;
	struct type best = { .kind = MEANS_UNKNOWN };
	facts_each_child(f, parameter, bound) {
		struct type type = node_kind(f, bound) == NODE_TYPE ? resolve_spelled(r, file, bound)
								    : (struct type){ .kind = MEANS_UNKNOWN };
		if (type.kind == MEANS_DECLARATION)
			return type;
		if (best.kind == MEANS_UNKNOWN)
			best = type;
	}
	return best;
}

static struct meaning of_declaration(struct resolver *r, file_id file, node_id node, struct str rest)
{
	const struct facts *f = &r->model->files[file].facts;
	if (node_kind(f, node) == NODE_TYPE)
		return resolve_member_of_type(r, rust_bound(r, file, node), rest);
	node_id aliased = node_kind(f, node) == NODE_ALIAS && !str_empty(rest) ? node_child(f, node, PART_TYPE) : 0;
	if (aliased)
		return resolve_member_of_type(r, resolve_spelled(r, file, aliased), rest);
	return resolve_declared(r, file, node, rest);
}

static struct meaning of_path(struct resolver *r, struct rust_query *q, struct str path, struct rust_path found)
{
	const struct rust_module *module;
	switch (found.found.kind) {
	case RUST_DECLARATION:
		return of_declaration(r, found.found.file, found.found.node, found.rest);
	case RUST_LIBRARY:
		if (str_empty(found.found.library))
			return UNKNOWN;
		return library(resolver_join(r, found.found.library, found.rest));
	case RUST_MODULE:
		module = &r->model->rust->modules.items[found.found.node];
		if (!str_empty(found.rest))
			return UNKNOWN;
		return (struct meaning){ .kind = MEANS_MODULE, .file = module->file, .node = module->node };
	case RUST_NOTHING:
		return found.started ? through_glob(r, &q->misses, found.rest) : unbound(r, q, path);
	case RUST_MADE:
	case RUST_LOST:
		break;
	}
	return UNKNOWN;
}

struct meaning resolve_rust(struct resolver *r, node_id from, struct str path)
{
	const struct model *m = r->model;
	const struct facts *f = &m->files[r->file].facts;
	struct str first = path_first(path);
	bool unique = false, qualified = rust_is_qualified(path);
	if (str_is(first, "Self") || (str_is(first, "self") && !qualified))
		return resolve_self(r, from, path);
	enum rust_space space = space_of(f, from, path);
	/* routes![] in `fn routes`, or beside `let routes`, is the macro all the same */
	bool expands = space == SPACE_MACRO && node_kind(f, from) == NODE_CALL;
	node_id local = qualified || expands ? 0 : rust_variable(r, from, first, &unique);
	if (local && !unique)
		return (struct meaning){ .kind = MEANS_LOCAL, .file = r->file, .node = local, .name = path_rest(path) };
	if (local)
		return resolve_variable(r, local, path_rest(path));
	struct rust_query q = { .m = m, .module = rust_module_around(m, r->file, from) };
	struct rust_path found = rust_path_from(&q, r->file, from, path, space, expands);
	return of_path(r, &q, path, found);
}
