/* Types of Rust: what wrappers hold, what patterns take apart, what calls give back. */
#include "model/names.h"
#include "model/rust.h"

#include <stdio.h>

enum { MOST_WRAPPERS = 8 };

static const struct type UNKNOWN = { .kind = MEANS_UNKNOWN };

/* Methods of the standard library, and of error libraries, that give their receiver back, or what it holds. */
static const char *const transparent[] = { "as_deref", "as_mut", "as_ref", "borrow", "borrow_mut", "clone", "cloned",
	"context", "copied", "expect", "get_mut", "get_ref", "into_inner", "lock", "map_err", "ok", "ok_or",
	"ok_or_else", "read", "to_owned", "unwrap", "unwrap_or_default", "unwrap_or_else", "with_context", "write" };

static bool is_transparent(struct str method)
{
	for (size_t i = 0; i < sizeof(transparent) / sizeof(*transparent); i++)
		if (str_is(method, transparent[i]))
			return true;
	return false;
}

/* ---- wrappers ---- */

static const struct library_entry *wrapper(const struct resolver *r, struct meaning means)
{
	bool outside = means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN;
	return outside ? model_library(r->model, LANGUAGE_RUST, means.name, ROLE_HOLDS) : NULL;
}

static node_id type_argument(const struct facts *f, node_id type_node, uint32_t index)
{
	facts_each_child(f, type_node, c)
		if (node_kind(f, c) == NODE_TYPE && index-- == 0)
			return c;
	return 0;
}

/* What `Arc<T>` is written for; 0 when the type stands for itself. `type Result<T> = std::result::Result<T, Error>` is one, too. */
static node_id wrapped(struct resolver *r, const struct facts *f, node_id type_node, struct meaning means)
{
	const struct library_entry *entry = wrapper(r, means);
	if (entry) {
		struct str index = library_attribute(entry, "argument");
		return type_argument(f, type_node, index.len ? (uint32_t)(index.ptr[0] - '0') : 0);
	}
	const struct facts *there = means.kind == MEANS_DECLARATION ? &r->model->files[means.file].facts : NULL;
	node_id aliased = there && node_kind(there, means.node) == NODE_ALIAS ? node_child(there, means.node, PART_TYPE)
									      : 0;
	node_id argument = type_argument(f, type_node, 0);
	if (!aliased || !argument)
		return 0;
	file_id before = r->file;
	r->file = means.file;
	entry = wrapper(r, resolve_path(r, aliased, node_name(there, aliased)));
	r->file = before;
	return entry ? argument : 0;
}

/* A type parameter that the impl block around the question bounds, and the type's own declaration does not. */
static struct type bound_by_impl(struct resolver *r, struct str name)
{
	if (!r->impl)
		return UNKNOWN;
	struct rust_query q = { .m = r->model, .module = rust_module_around(r->model, r->impl_file, r->impl) };
	struct rust_found found = rust_lookup(&q, rust_scope(r->impl_file, r->impl), name, SPACE_TYPE, true);
	return found.kind == RUST_DECLARATION ? rust_bound(r, found.file, found.node) : UNKNOWN;
}

struct type resolve_spelled_rust(struct resolver *r, node_id type_node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct meaning means = { .kind = MEANS_UNKNOWN };
	for (unsigned i = 0; type_node && i < MOST_WRAPPERS; i++) {
		means = resolve_path(r, type_node, node_name(f, type_node));
		node_id inner = wrapped(r, f, type_node, means);
		if (!inner)
			break;
		type_node = inner;
	}
	if (means.kind == MEANS_BUILTIN) {
		struct type bound = bound_by_impl(r, means.name);
		if (bound.kind != MEANS_UNKNOWN)
			return bound;
	}
	if (means.kind == MEANS_DECLARATION)
		return (struct type){ MEANS_DECLARATION, means.file, means.node, { 0 } };
	bool outside = means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN;
	return outside ? (struct type){ means.kind, 0, 0, means.name } : UNKNOWN;
}

struct type resolve_impl_rust(struct resolver *r, node_id impl)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct rust_found found = rust_type_of_impl(r->model, r->file, impl);
	r->impl_file = r->file;
	r->impl = impl;
	if (found.kind == RUST_DECLARATION)
		return (struct type){ MEANS_DECLARATION, found.file, found.node, { 0 } };
	node_id spelled = node_child(f, impl, PART_TYPE);
	return resolve_spelled_rust(r, spelled ? spelled : impl);
}

/* `impl Deref for T { type Target = U; }` */
struct meaning resolve_dereferenced(struct resolver *r, struct type type, struct str rest)
{
	struct rust_found owner = { RUST_DECLARATION, type.file, type.node, { 0 } }, target;
	if (!rust_member(r->model, owner, STR("Target"), &target))
		return (struct meaning){ .kind = MEANS_UNKNOWN };
	const struct facts *f = &r->model->files[target.file].facts;
	node_id base = node_child(f, f->nodes[target.node].parent, PART_BASE);
	node_id spelled = node_kind(f, target.node) == NODE_ALIAS ? node_child(f, target.node, PART_TYPE) : 0;
	if (!spelled || !base || !str_is(path_last(node_name(f, base)), "Deref"))
		return (struct meaning){ .kind = MEANS_UNKNOWN };
	return resolve_member_of_type(r, resolve_spelled(r, target.file, spelled), rest);
}

/* ---- patterns ---- */

/* The type of what is taken apart: a parameter's, a value's, or that of what is matched. */
static struct type taken_apart(struct resolver *r, node_id statement)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id spelled = node_child(f, statement, PART_TYPE), value = node_child(f, statement, PART_VALUE);
	if (spelled)
		return resolve_spelled(r, r->file, spelled);
	if (node_kind(f, statement) == NODE_CASE)
		value = node_child(f, f->nodes[statement].parent, PART_COND);
	return value ? resolve_type(r, r->file, value) : UNKNOWN;
}

static node_id field_named(const struct model *m, struct meaning owner, struct str name)
{
	const struct facts *f = &m->files[owner.file].facts;
	facts_each_child(f, owner.node, c)
		if (node_kind(f, c) == NODE_FIELD && str_eq(node_name(f, c), name))
			return c;
	return 0;
}

/* The field that a part of a pattern takes: `T { field: x }`, `T { field }`, `T(x)`. */
static node_id field_of(const struct resolver *r, struct meaning owner, node_id pattern, node_id part)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id named = field_named(r->model, owner, node_name(f, part));
	uint32_t position = 0;
	char space[16];
	if (named || node_kind(f, part) == NODE_PAIR)
		return named;
	facts_each_child(f, pattern, c) {
		if (c == part)
			break;
		position++;
	}
	int len = snprintf(space, sizeof(space), "%u", position);
	return field_named(r->model, owner, (struct str){ space, (uint32_t)len });
}

struct type resolve_pattern_rust(struct resolver *r, node_id binding)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id part = node_kind(f, f->nodes[binding].parent) == NODE_PAIR ? f->nodes[binding].parent : binding;
	node_id pattern = f->nodes[part].parent, statement = f->nodes[pattern].parent;
	if (node_kind(f, pattern) != NODE_OBJECT ||
		!((KIND(PARAM) | KIND(ASSIGN) | KIND(CASE)) >> f->nodes[statement].kind & 1))
		return UNKNOWN;
	struct meaning means = resolve_path(r, pattern, node_name(f, pattern));
	if (wrapper(r, means))
		return taken_apart(r, statement);
	if (means.kind != MEANS_DECLARATION)
		return UNKNOWN;
	node_id field = field_of(r, means, pattern, part);
	return field ? resolve_type(r, means.file, field) : UNKNOWN;
}

/* ---- calls ---- */

static bool is_method_call(const struct facts *f, node_id call)
{
	struct str name = node_name(f, call);
	uint32_t before_last = name.len - path_last(name).len;
	return node_child(f, call, PART_OBJECT) || (before_last && name.ptr[before_last - 1] == '.');
}

/* `a.b` of the call `a.b.clone()`, or what stands before it when that is no path. */
static struct type receiver_of(struct resolver *r, node_id call)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id object = node_child(f, call, PART_OBJECT);
	if (object)
		return resolve_type(r, r->file, object);
	struct meaning means = resolve_path(r, call, path_parent(node_name(f, call)));
	if (means.kind == MEANS_LIBRARY)
		return (struct type){ MEANS_LIBRARY, 0, 0, means.name };
	bool place = means.kind == MEANS_LOCAL || means.kind == MEANS_DECLARATION;
	return place && str_empty(means.name) ? resolve_type(r, means.file, means.node) : UNKNOWN;
}

static struct type result_of_method(struct resolver *r, node_id call)
{
	struct str method = path_last(node_name(&r->model->files[r->file].facts, call));
	struct type receiver = receiver_of(r, call);
	struct meaning means = { .kind = MEANS_UNKNOWN };
	if (receiver.kind != MEANS_UNKNOWN)
		means = resolve_member_of_type(r, receiver, method);
	if (means.kind != MEANS_DECLARATION && is_transparent(method))
		return receiver;
	return resolve_called(r, call, means);
}

/* Some(x), Arc::new(x), Data::from(x) */
static node_id wrapped_value(const struct resolver *r, const struct facts *f, node_id call, struct meaning means)
{
	struct str last = path_last(means.name);
	struct meaning owner = { .kind = means.kind, .name = path_parent(means.name) };
	bool constructor = str_is(last, "new") || str_is(last, "from") || str_is(last, "pin");
	bool wraps = wrapper(r, means) || (constructor && wrapper(r, owner));
	return wraps ? call_arg(f, call, 0) : 0;
}

struct type resolve_call_rust(struct resolver *r, node_id call)
{
	const struct facts *f = &r->model->files[r->file].facts;
	if (is_method_call(f, call))
		return result_of_method(r, call);
	struct meaning means = resolve_path(r, call, node_name(f, call));
	const struct facts *there = means.kind == MEANS_DECLARATION ? &r->model->files[means.file].facts : NULL;
	node_id value = wrapped_value(r, f, call, means);
	if (value)
		return resolve_type(r, r->file, value);
	if (there && node_kind(there, means.node) == NODE_ENUM_VALUE)
		return (struct type){ MEANS_DECLARATION, means.file, there->nodes[means.node].parent, { 0 } };
	return resolve_called(r, call, means);
}
