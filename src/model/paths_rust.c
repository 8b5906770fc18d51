/* Paths of Rust, `a::b::c`: from the scopes around a node, through modules, as far as modules lead. */
#include "model/rust.h"

static bool goes_on(struct str path, struct str first)
{
	return first.len + 1 < path.len && path.ptr[first.len] == ':';
}

bool rust_is_qualified(struct str path)
{
	return goes_on(path, path_first(path));
}

static struct rust_found module_found(uint32_t module)
{
	return module == NO_MODULE ? (struct rust_found){ 0 } : (struct rust_found){ RUST_MODULE, 0, module, { 0 } };
}

static struct rust_found root_of_crate(const struct model *m, uint32_t module)
{
	uint32_t crate = m->rust->modules.items[module].crate;
	return module_found(crate == NO_CRATE ? NO_MODULE : m->rust->crates.items[crate].module);
}

static struct rust_found parent_of(const struct model *m, uint32_t module)
{
	return module_found(m->rust->modules.items[module].parent);
}

static struct rust_found step(
	struct rust_query *q, struct rust_found at, struct str segment, enum rust_space space, bool exact)
{
	const struct rust_module *modules = q->m->rust->modules.items;
	struct rust_found found = { 0 };
	if (str_is(segment, "super"))
		return space == SPACE_TYPE ? parent_of(q->m, at.node) : found;
	if (str_is(segment, "self"))
		return space == SPACE_TYPE ? at : found;
	for (uint32_t module = at.node; module != NO_MODULE && found.kind == RUST_NOTHING;
		module = modules[module].twin)
		found = rust_lookup(q, rust_module_scope(&modules[module]), rust_plain(segment), space, exact);
	q->lost |= found.kind == RUST_LOST;
	return found;
}

struct rust_path rust_path_in(
	struct rust_query *q, struct rust_found found, struct str path, enum rust_space space, bool exact)
{
	bool last = found.kind == RUST_LIBRARY || found.kind == RUST_MADE;
	while (!last && !str_empty(path)) {
		struct str segment = path_first(path);
		struct rust_found next = { 0 };
		last = !goes_on(path, segment);
		q->lost |= found.kind == RUST_LOST;
		if (found.kind == RUST_MODULE)
			next = step(q, found, segment, last ? space : SPACE_TYPE, !last || exact);
		else if (found.kind == RUST_DECLARATION && !(last && space == SPACE_MACRO))
			next = rust_variant(q->m, found, segment);
		if (found.kind == RUST_DECLARATION && next.kind == RUST_NOTHING)
			break;
		found = next;
		if (found.kind == RUST_NOTHING)
			break;
		q->misses = (struct rust_misses){ 0 };
		path = path_behind(path, segment);
		last |= found.kind == RUST_LIBRARY || found.kind == RUST_MADE;
	}
	return (struct rust_path){ found, path, true };
}

/* The first segment of a path: in the blocks around, in the module, in the macros of the crate. */
static struct rust_found lexical(
	struct rust_query *q, file_id file, node_id from, struct str name, enum rust_space space, bool exact)
{
	const struct facts *f = &q->m->files[file].facts;
	struct rust_found found = { 0 };
	bool inner = q->m->rust->inner_scopes[file] != NULL;
	for (node_id n = from; inner && n && node_kind(f, n) != NODE_NAMESPACE; n = f->nodes[n].parent) {
		if (rust_has_inner_names(q->m, file, n))
			found = rust_lookup(q, rust_scope(file, n), name, space, exact);
		if (found.kind != RUST_NOTHING)
			return found;
	}
	const struct rust_module *module = &q->m->rust->modules.items[q->module];
	found = rust_lookup(q, rust_module_scope(module), name, space, exact);
	if (found.kind == RUST_NOTHING && space == SPACE_MACRO && module->crate != NO_CRATE)
		found = rust_lookup(q, rust_crate_scope(module->crate, SPACE_MACRO), name, space, true);
	return found;
}

struct rust_path rust_path_from(
	struct rust_query *q, file_id file, node_id from, struct str path, enum rust_space space, bool exact)
{
	struct str first = path_first(path), rest = path_behind(path, first);
	bool last = !goes_on(path, first);
	struct rust_found found;
	if (str_is(first, "crate") || str_is(first, "$crate"))
		found = root_of_crate(q->m, q->module);
	else if (str_is(first, "self"))
		found = module_found(q->module);
	else if (str_is(first, "super"))
		found = parent_of(q->m, q->module);
	else
		found = lexical(q, file, from, rust_plain(first), last ? space : SPACE_TYPE, !last || exact);
	if (found.kind == RUST_NOTHING && (!last || space == SPACE_TYPE))
		found = rust_crate_named(q, rust_plain(first));
	if (found.kind == RUST_NOTHING)
		return (struct rust_path){ found, path, str_is(first, "crate") || str_is(first, "super") };
	q->misses = (struct rust_misses){ 0 };
	return last ? (struct rust_path){ found, rest, true } : rust_path_in(q, found, rest, space, exact);
}
