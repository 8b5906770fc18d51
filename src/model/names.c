/* What a name means: through scopes, imports, aliases, members and re-exports. */
#include "model/names.h"
#include "model/rust.h"

#include "base/buf.h"

/* Aliases of aliases, members of members: deeper than this nobody reads either. */
enum { MOST_STEPS = 48 };

static const struct meaning UNKNOWN = { .kind = MEANS_UNKNOWN };

struct str path_separator(enum language language)
{
	return language == LANGUAGE_RUST ? STR("::") : STR(".");
}

struct str path_behind(struct str path, struct str first)
{
	uint32_t skip = first.len;
	if (skip < path.len)
		skip += path.ptr[skip] == ':' ? 2 : 1;
	return str_slice(path, skip, path.len);
}

struct str path_rest(struct str path)
{
	return path_behind(path, path_first(path));
}

static struct meaning library(struct str name)
{
	return (struct meaning){ .kind = MEANS_LIBRARY, .name = name };
}

static struct meaning declaration(file_id file, node_id node, struct str rest)
{
	return (struct meaning){
		.kind = str_empty(rest) ? MEANS_DECLARATION : MEANS_UNKNOWN, .file = file, .node = node, .name = rest
	};
}

static struct meaning local(file_id file, node_id node, struct str rest)
{
	return (struct meaning){ .kind = MEANS_LOCAL, .file = file, .node = node, .name = rest };
}

/* The field of a type that is written where it is used. */
static node_id field_of_type(const struct facts *f, node_id type, struct str name)
{
	facts_each_child(f, type, c)
		if (str_eq(node_name(f, c), name) && ((KIND(FIELD) | KIND(FUNCTION)) >> f->nodes[c].kind & 1))
			return c;
	return 0;
}

/* A class and what it inherits from, the nearest first. */
enum { MOST_BASES = 32 };

struct lineage {
	struct go_declared list[MOST_BASES];
	uint32_t count;
};

static void add_ancestor(struct lineage *l, file_id file, node_id node)
{
	for (uint32_t i = 0; i < l->count; i++)
		if (l->list[i].file == file && l->list[i].node == node)
			return;
	if (l->count < MOST_BASES)
		l->list[l->count++] = (struct go_declared){ file, node };
}

/* The bases of the i-th; returns the first library's name among them, or an empty one. */
static struct str add_bases(const struct model *m, struct lineage *l, uint32_t i)
{
	file_id file = l->list[i].file;
	const struct facts *f = &m->files[file].facts;
	struct str library_name = { 0 };
	facts_each_child(f, l->list[i].node, base) {
		if (f->nodes[base].part != PART_BASE)
			continue;
		struct meaning up = model_meaning(m, file, base);
		if (up.kind == MEANS_DECLARATION)
			add_ancestor(l, up.file, up.node);
		else if (up.kind == MEANS_LIBRARY && str_empty(library_name))
			library_name = up.name;
	}
	return library_name;
}

/* A member of the class's own: bound in it, a method apart from it, or in Go what it embeds, by its name. */
static bool own_member(const struct model *m, struct go_declared class, struct str name, struct go_declared *out)
{
	const struct facts *f = &m->files[class.file].facts;
	*out = (struct go_declared){ class.file, binding_in_scope(m, class.file, class.node, name) & ~NAME_SHARED };
	if (!out->node)
		out->node = node_kind(f, class.node) == NODE_TYPE ? field_of_type(f, class.node, name)
								  : assigned_member(m, class.file, class.node, name);
	if (out->node || detached_method(m, class.file, class.node, name, out))
		return true;
	if (m->files[class.file].language == LANGUAGE_GO && node_kind(f, class.node) == NODE_CLASS)
		facts_each_child(f, class.node, base)
			if (f->nodes[base].part == PART_BASE && str_eq(path_last(node_name(f, base)), name)) {
				*out = (struct go_declared){ class.file, base };
				return true;
			}
	return false;
}

bool class_member(
	const struct model *m, file_id file, node_id class_node, struct str name, file_id *member_file, node_id *member)
{
	if (m->files[file].language == LANGUAGE_RUST) {
		struct rust_found member_of, type = { RUST_DECLARATION, file, class_node, { 0 } };
		bool has = rust_member(m, type, name, &member_of);
		*member_file = has ? member_of.file : NO_FILE;
		*member = has ? member_of.node : 0;
		return has;
	}
	struct lineage l = { .list = { { file, class_node } }, .count = 1 };
	for (uint32_t i = 0; i < l.count; i++) {
		struct go_declared found;
		if (own_member(m, l.list[i], name, &found)) {
			*member_file = found.file;
			*member = found.node;
			return true;
		}
		add_bases(m, &l, i);
	}
	return false;
}

/* What a class of the project takes over from a library's: the member of the first library base on the way up. */
static struct meaning inherited(struct resolver *r, struct type type, struct str rest)
{
	const struct facts *f = &r->model->files[type.file].facts;
	node_id underlying = node_kind(f, type.node) == NODE_ALIAS ? node_child(f, type.node, PART_TYPE) : 0;
	if (underlying) /* type Handler Other: the fields of a struct, the methods of an interface */
		return resolve_member_of_type(r, resolve_spelled(r, type.file, underlying), rest);
	struct lineage l = { .list = { { type.file, type.node } }, .count = 1 };
	for (uint32_t i = 0; i < l.count; i++) {
		struct str name = add_bases(r->model, &l, i);
		if (!str_empty(name))
			return library(resolver_join(r, name, rest));
	}
	return UNKNOWN;
}

static struct meaning through_alias(struct resolver *r, node_id binding, node_id at, struct str path, struct str rest)
{
	if (r->steps++ > MOST_STEPS)
		return UNKNOWN;
	struct meaning means = resolve_path(r, at, resolver_join_member(r, path, rest));
	if (!means.alias) {
		means.alias = binding;
		means.alias_file = r->file;
	}
	return means;
}

/* An expression that stands for a declaration: `{ list: find }`, `export default { … }`. */
static struct meaning resolve_value(struct resolver *r, file_id file, node_id value, struct str rest)
{
	const struct facts *f = &r->model->files[file].facts;
	file_id before = r->file;
	struct meaning means;
	if (r->steps++ > MOST_STEPS)
		return UNKNOWN;
	r->file = file;
	if (node_kind(f, value) == NODE_NAME)
		means = through_alias(r, value, value, node_name(f, value), rest);
	else if (str_empty(rest))
		means = declaration(file, value, rest);
	else
		means = resolve_member_of_type(r, resolve_type(r, file, value), rest);
	r->file = before;
	return means;
}

/* A member of an object literal: what stands there, or what a spread brings in. */
static struct meaning member_of_literal(struct resolver *r, struct type type, struct str rest)
{
	const struct facts *f = &r->model->files[type.file].facts;
	node_id value = model_object_value(r->model, type.file, type.node, path_first(rest));
	if (value)
		return resolve_value(r, type.file, value, path_rest(rest));
	node_id spread = model_object_spread(r->model, type.file, type.node);
	for (node_id c = spread; c && c < f->nodes[type.node].next; c = f->nodes[c].next) {
		if (node_kind(f, c) != NODE_SPREAD || c + 1 == f->nodes[c].next)
			continue;
		struct meaning means = resolve_value(r, type.file, c + 1, rest);
		if (means.kind != MEANS_UNKNOWN && means.kind != MEANS_LOCAL)
			return means;
	}
	return UNKNOWN;
}

static bool is_literal(const struct resolver *r, struct type type)
{
	return type.kind == MEANS_DECLARATION && node_kind(&r->model->files[type.file].facts, type.node) == NODE_OBJECT;
}

struct meaning resolve_member_of_type(struct resolver *r, struct type type, struct str rest)
{
	if (type.kind == MEANS_LIBRARY || type.kind == MEANS_BUILTIN)
		return (struct meaning){ .kind = type.kind, .name = resolver_join(r, type.name, rest) };
	if (type.kind == MEANS_MODULE)
		return resolve_in_module(r, type.file, rest);
	if (type.kind != MEANS_DECLARATION || r->steps++ > MOST_STEPS)
		return UNKNOWN;
	if (str_empty(rest))
		return declaration(type.file, type.node, rest);
	if (is_literal(r, type))
		return member_of_literal(r, type, rest);
	file_id file;
	node_id member;
	if (!class_member(r->model, type.file, type.node, path_first(rest), &file, &member))
		return r->model->files[type.file].language == LANGUAGE_RUST ? resolve_dereferenced(r, type, rest)
									    : inherited(r, type, rest);
	struct str behind = path_rest(rest);
	if (str_empty(behind))
		return declaration(file, member, behind);
	return resolve_member_of_type(r, resolve_type(r, file, member), behind);
}

/* A name that another file exports, and what stands behind it in the path. */
static struct meaning exported(struct resolver *r, file_id file, struct str name, struct str rest)
{
	struct exported found;
	struct meaning own;
	if (described_export(r, file, name, rest, &own))
		return own;
	if (r->steps++ > MOST_STEPS || !model_find_export(r->model, file, name, &found))
		return UNKNOWN;
	if (!found.module.ptr && described_export(r, found.file, found.name, rest, &own))
		return own;
	if (found.module.ptr)
		return resolver_library_name(r, found.module, found.name, rest);
	if (!found.node && str_empty(rest))
		return (struct meaning){ .kind = MEANS_MODULE, .file = found.file };
	if (!found.node)
		return exported(r, found.file, path_first(rest), path_rest(rest));
	const struct facts *f = &r->model->files[found.file].facts;
	/* module.exports = { list: () => … }: the assignment stands for all its members */
	if (node_kind(f, found.node) == NODE_ASSIGN) {
		node_id value = node_child(f, found.node, PART_VALUE);
		value = value && node_kind(f, value) == NODE_OBJECT
				? model_object_value(r->model, found.file, value, found.name)
				: 0;
		return value ? resolve_value(r, found.file, value, rest) : UNKNOWN;
	}
	return resolve_declared(r, found.file, found.node, rest);
}

static struct meaning go_member(struct resolver *r, uint32_t package, struct str rest)
{
	struct go_declared found;
	if (!go_package_declaration(r->model, package, path_first(rest), &found))
		return UNKNOWN;
	return resolve_declared(r, found.file, found.node, path_rest(rest));
}

/* The library name behind an import. */
static struct meaning library_import(
	struct resolver *r, const struct facts *f, const struct import *import, struct str path)
{
	struct str module = facts_str(f, import->module), imported = facts_str(f, import->imported);
	struct str rest = path_rest(path);
	bool whole = str_is(imported, "*") || str_is(imported, "default");
	/* `import os.path` binds `os` and makes os.path reachable: the path is the qualified name */
	if (whole && str_eq(path_first(module), path_first(path)) && !str_eq(module, path_first(path)) &&
		import->level == 0 && str_starts(path, module))
		return library(path);
	return resolver_library_name(r, module, imported, rest);
}

struct meaning resolve_in_module(struct resolver *r, file_id file, struct str rest)
{
	if (str_empty(rest))
		return (struct meaning){ .kind = MEANS_MODULE, .file = file };
	return exported(r, file, path_first(rest), path_rest(rest));
}

/* A member of a whole file. What require() returns may be the one thing that `module.exports` was set to. */
static struct meaning of_module(struct resolver *r, const struct import *import, file_id file, struct str rest)
{
	file_id decl_file;
	node_id decl;
	if ((import->flags & IMPORT_REQUIRE) && !str_empty(rest) &&
		!model_exported(r->model, file, path_first(rest), &decl_file, &decl))
		return exported(r, file, STR("default"), rest);
	return resolve_in_module(r, file, rest);
}

static struct meaning imported(struct resolver *r, const struct facts *f, uint32_t i, struct str path)
{
	const struct import *import = &f->imports[i];
	struct import_link link = r->model->indexes[r->file].links[i];
	struct str name = facts_str(f, import->imported), rest = path_rest(path);
	bool whole = str_is(name, "*") || link.whole;
	struct meaning own;
	if (described_import(r, i, rest, &own))
		return own;
	switch (link.target) {
	case IMPORT_LIBRARY:
		return library_import(r, f, import, path);
	case IMPORT_PACKAGE:
		return str_empty(rest) ? (struct meaning){ .kind = MEANS_MODULE } : go_member(r, link.package, rest);
	case IMPORT_FILE:
		if (!whole)
			return exported(r, link.file, name, rest);
		return of_module(r, import, link.file, rest);
	case IMPORT_UNRESOLVED:
	case IMPORT_ASSET:
		break;
	}
	return UNKNOWN;
}

/* a.b.c.f(): several imports may bind a; the one that names the longest part of the path is meant. */
static struct meaning dotted_import(struct resolver *r, const struct facts *f, uint32_t i, struct str path)
{
	const uint32_t *named = NULL;
	struct str module = path;
	for (; !named && !str_empty(module); module = named ? module : path_parent(module))
		named = map_get(&r->model->indexes[r->file].dotted, model_key(0, module));
	i = named ? *named : i;
	struct import_link link = r->model->indexes[r->file].links[i];
	if (link.target == IMPORT_LIBRARY)
		return library_import(r, f, &f->imports[i], path);
	if (link.target != IMPORT_FILE)
		return UNKNOWN;
	if (named)
		return resolve_in_module(r, link.file, str_slice(path, module.len + 1, path.len));
	file_id top = python_top_package(r->model, link.file, facts_str(f, f->imports[i].module));
	return top == NO_FILE ? UNKNOWN : resolve_in_module(r, top, path_rest(path));
}

static struct meaning resolve_import_node(struct resolver *r, node_id node, struct str path)
{
	const struct facts *f = &r->model->files[r->file].facts;
	uint32_t import = import_that_binds(r->model, r->file, node, path_first(path));
	if (import == UINT32_MAX)
		return UNKNOWN;
	return python_binds_top(f, &f->imports[import]) ? dotted_import(r, f, import, path)
							: imported(r, f, import, path);
}

/* The expression a variable is another name for: a path, or `path.bind(…)`; 0 when it is computed. */
static node_id alias_value(const struct facts *f, node_id binding, struct str *path)
{
	node_id value = node_child(f, binding, PART_VALUE);
	if (!value && f->nodes[binding].part == PART_TARGET) {
		node_id assign = f->nodes[binding].parent;
		bool one_target = true;
		facts_each_child(f, assign, c)
			one_target &= f->nodes[c].part != PART_TARGET || c == binding;
		value = one_target ? node_child(f, assign, PART_VALUE) : 0;
	}
	if (!value)
		return 0;
	*path = node_name(f, value);
	if (node_kind(f, value) == NODE_NAME)
		return value;
	bool bound = node_kind(f, value) == NODE_CALL && str_is(path_last(*path), "bind");
	*path = bound ? path_parent(*path) : STR("");
	return str_empty(*path) ? 0 : value;
}

node_id pattern_of(const struct facts *f, node_id name, struct str *property)
{
	node_id up = f->nodes[name].parent;
	*property = node_name(f, name);
	if (node_kind(f, up) == NODE_ASSIGN) /* with a default */
		up = f->nodes[up].parent;
	if (node_kind(f, up) == NODE_PAIR) {
		*property = node_name(f, up);
		up = f->nodes[up].parent;
	}
	return node_kind(f, up) == NODE_OBJECT && f->nodes[up].part == PART_TARGET ? up : 0;
}

/* `const { log: say } = console`: the object that a name is taken from, where it is a name itself. */
static node_id destructured_from(const struct facts *f, node_id binding, struct str *property)
{
	node_id pattern = pattern_of(f, binding, property);
	node_id value = pattern ? node_child(f, f->nodes[pattern].parent, PART_VALUE) : 0;
	return value && node_kind(f, value) == NODE_NAME ? value : 0;
}

/* `const load = cache(fetchAll)`: another name for the function that is handed over; 0 when it is not. */
static node_id wrapped_name(struct resolver *r, node_id binding)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id call = node_child(f, binding, PART_VALUE);
	node_id argument = call && node_kind(f, call) == NODE_CALL ? call_arg(f, call, 0) : 0;
	if (!argument || node_kind(f, argument) != NODE_NAME || !node_name(f, call).len ||
		node_child(f, call, PART_OBJECT) || r->steps++ > MOST_STEPS)
		return 0;
	struct meaning means = resolve_path(r, call, node_name(f, call));
	bool wraps = means.kind == MEANS_LIBRARY &&
		     model_library(r->model, r->model->files[r->file].language, means.name, ROLE_WRAPS);
	return wraps ? argument : 0;
}

struct meaning resolve_variable(struct resolver *r, node_id binding, struct str rest)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str path;
	if (node_kind(f, binding) != NODE_PARAM) {
		node_id value = alias_value(f, binding, &path);
		if (value && value != binding)
			return through_alias(r, binding, value, path, rest);
		struct str property;
		bool rust = r->model->files[r->file].language == LANGUAGE_RUST; /* Ok(x) has no property x */
		node_id object = rust ? 0 : destructured_from(f, binding, &property);
		if (object)
			return through_alias(
				r, binding, object, resolver_join_member(r, node_name(f, object), property), rest);
		node_id wrapped = wrapped_name(r, binding);
		if (wrapped)
			return through_alias(r, binding, wrapped, node_name(f, wrapped), rest);
	}
	if (str_empty(rest))
		return local(r->file, binding, rest);
	struct type type = resolve_type(r, r->file, binding);
	if (type.kind == MEANS_UNKNOWN)
		return local(r->file, binding, rest);
	struct meaning member = resolve_member_of_type(r, type, rest);
	return member.kind == MEANS_UNKNOWN && is_literal(r, type) ? local(r->file, binding, rest) : member;
}

struct meaning resolve_declared(struct resolver *r, file_id file, node_id node, struct str rest)
{
	const struct facts *f = &r->model->files[file].facts;
	file_id before = r->file;
	struct meaning means;
	switch (node_kind(f, node)) {
	case NODE_FILE:
		means = resolve_in_module(r, file, rest);
		break;
	case NODE_CLASS:
	case NODE_INTERFACE:
	case NODE_ENUM:
	case NODE_ALIAS:
		means = resolve_member_of_type(r, (struct type){ MEANS_DECLARATION, file, node, { 0 } }, rest);
		break;
	case NODE_VAR:
	case NODE_NAME:
		r->file = file;
		means = resolve_variable(r, node, rest);
		if (means.kind == MEANS_LOCAL && str_empty(rest))
			means.kind = MEANS_DECLARATION;
		r->file = before;
		break;
	case NODE_EXPORT: /* export default … */
		return resolve_value(r, file, node_child(f, node, PART_VALUE), rest);
	case NODE_OBJECT:
	case NODE_CALL: /* module.exports = … */
		return resolve_value(r, file, node, rest);
	default:
		means = declaration(file, node, rest);
		break;
	}
	return means;
}

/* this.users.find: members of the class around the use. */
struct meaning resolve_self(struct resolver *r, node_id from, struct str path)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id class_node = node_ancestor(f, from, KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL));
	if (!class_node)
		return resolve_component_member(r, path_rest(path));
	struct type type = { MEANS_DECLARATION, r->file, class_node, { 0 } };
	if (node_kind(f, class_node) == NODE_IMPL)
		type = resolve_type(r, r->file, class_node);
	return resolve_member_of_type(r, type, path_rest(path));
}

/* What `from m import *` and Go's `import . "m"` bring in. */
static struct meaning from_globs(struct resolver *r, struct str path)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str name = path_first(path), library_module;
	if (!r->model->indexes[r->file].has_glob_import)
		return UNKNOWN;
	if (f->language == LANGUAGE_PYTHON) {
		file_id origin = python_star_origin(r->model, r->file, name, &library_module);
		return origin == NO_FILE ? UNKNOWN : exported(r, origin, name, path_rest(path));
	}
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = r->model->indexes[r->file].links[i];
		bool dot = (f->imports[i].flags & IMPORT_GLOB) && link.target == IMPORT_PACKAGE;
		struct meaning means = dot ? go_member(r, link.package, path) : UNKNOWN;
		if (means.kind != MEANS_UNKNOWN)
			return means;
	}
	return UNKNOWN;
}

/* Nothing in the file binds the first segment. */
static struct meaning resolve_unbound(struct resolver *r, struct str path)
{
	const struct model *m = r->model;
	uint32_t package = go_package_of_file(m, r->file);
	struct go_declared found;
	if (package != NO_PACKAGE && go_package_declaration(m, package, path_first(path), &found))
		return resolve_declared(r, found.file, found.node, path_rest(path));
	struct meaning means = from_globs(r, path);
	return means.kind == MEANS_UNKNOWN ? (struct meaning){ .kind = MEANS_BUILTIN, .name = path } : means;
}

struct meaning resolve_path(struct resolver *r, node_id from, struct str path)
{
	const struct model *m = r->model;
	const struct facts *f = &m->files[r->file].facts;
	struct str first = path_first(path);
	if (str_empty(path) || r->steps > MOST_STEPS)
		return UNKNOWN;
	if (m->files[r->file].language == LANGUAGE_RUST)
		return resolve_rust(r, from, path);
	node_id binding = model_binding(m, r->file, from, first);
	if (is_self(first) && (!binding || node_kind(f, binding) == NODE_PARAM))
		return resolve_self(r, from, path);
	if (!binding)
		return is_in_markup(m, r->file, from) ? resolve_component_member(r, path) : resolve_unbound(r, path);
	switch (node_kind(f, binding)) {
	case NODE_IMPORT:
		return resolve_import_node(r, binding, path);
	case NODE_VAR:
	case NODE_NAME:
	case NODE_PARAM:
		if (!model_binding_is_unique(m, r->file, from, first))
			return local(r->file, binding, path_rest(path));
		return resolve_variable(r, binding, path_rest(path));
	default:
		return resolve_declared(r, r->file, binding, path_rest(path));
	}
}

struct meaning resolve_node(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	bool is_call = node_kind(f, node) == NODE_CALL;
	node_id object = node_child(f, node, PART_OBJECT), callee = node_child(f, node, PART_CALLEE);
	struct str name = node_name(f, node);
	if (object && (is_call || node_kind(f, node) == NODE_MEMBER))
		return resolve_member_of_type(r, resolve_type(r, r->file, object), name);
	if (callee && is_call && str_empty(name)) { /* require("express")() */
		struct type type = resolve_type(r, r->file, callee);
		return type.kind == MEANS_LIBRARY ? library(type.name) : UNKNOWN;
	}
	return resolve_path(r, node, name);
}

struct meaning model_path_meaning(const struct model *m, file_id file, node_id from, struct str path)
{
	struct resolver r;
	resolver_init(&r, m, file);
	return resolver_keep(&r, resolve_path(&r, from, path));
}

/* class Users(ModelViewSet[User]): the base without its type arguments. */
static node_id without_arguments(const struct facts *f, node_id node)
{
	bool is_base = f->nodes[node].part == PART_BASE && node_kind(f, node) == NODE_INDEX;
	node_id object = is_base ? node_child(f, node, PART_OBJECT) : 0;
	return object ? object : node;
}

struct meaning model_meaning(const struct model *m, file_id file, node_id node)
{
	const struct known_call *known = known_call_find(m, file, node);
	if (known)
		return known->means;
	struct resolver r;
	resolver_init(&r, m, file);
	return resolver_keep(&r, resolve_node(&r, without_arguments(&m->files[file].facts, node)));
}

const struct library_entry *model_role(const struct model *m, file_id file, node_id node, enum role role)
{
	const struct known_call *known = known_call_find(m, file, node);
	if (known && role != ROLE_NONE && !role_set_has(known->roles, role))
		return NULL;
	struct meaning means = known ? known->means : model_meaning(m, file, node);
	if (means.kind != MEANS_LIBRARY && means.kind != MEANS_BUILTIN)
		return NULL;
	return model_library(m, m->files[file].language, means.name, role);
}
