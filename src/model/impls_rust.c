/* Which impl blocks belong to which type, and what a type has through them and through its traits. */
#include "model/rust.h"

/* Type aliases of type aliases; traits of traits. */
enum { MOST_ALIASES = 8, MOST_TRAITS = 32 };

static uint64_t key_of(struct rust_found found)
{
	return function_key(found.file, found.node);
}

/* The type that a name means, seen from a node; nothing for type parameters and types of libraries. */
static struct rust_found type_named(const struct model *m, file_id file, node_id from, struct str name)
{
	for (unsigned i = 0; i < MOST_ALIASES && !str_empty(name); i++) {
		struct rust_query q = { .m = m, .module = rust_module_around(m, file, from) };
		struct rust_path path = rust_path_from(&q, file, from, name, SPACE_TYPE, true);
		if (path.found.kind != RUST_DECLARATION || !str_empty(path.rest))
			break;
		file = path.found.file;
		const struct facts *f = &m->files[file].facts;
		if (node_kind(f, path.found.node) == NODE_TYPE)
			break;
		if (node_kind(f, path.found.node) != NODE_ALIAS)
			return path.found;
		from = node_child(f, path.found.node, PART_TYPE);
		name = from ? node_name(f, from) : STR("");
	}
	return (struct rust_found){ 0 };
}

static void add_impl(struct model *m, struct rust_impl impl)
{
	struct rust_model *rust = m->rust;
	uint32_t index = rust->impls.count;
	if (impl.type.kind == RUST_DECLARATION) {
		uint32_t *first = map_put(&rust->impls_of_type, key_of(impl.type), 0, NULL);
		impl.next_of_type = *first;
		*first = index + 1;
	}
	if (node_kind(&m->files[impl.file].facts, impl.node) == NODE_IMPL)
		map_put(&rust->impl_ids, function_key(impl.file, impl.node), index, NULL);
	vec_push(&rust->impls, impl);
}

static void add_members(struct model *m, const struct rust_impl *impl)
{
	const struct facts *f = &m->files[impl->file].facts;
	facts_each_child(f, impl->node, member) {
		enum node_kind kind = node_kind(f, member);
		if (kind != NODE_FUNCTION && kind != NODE_VAR && kind != NODE_ALIAS)
			continue;
		struct rust_name name = { .kind = RUST_DECLARATION,
			.file = impl->file,
			.node = member,
			.spaces = 1 << (kind == NODE_ALIAS ? SPACE_TYPE : SPACE_VALUE) };
		rust_add_name(m, key_of(impl->type), rust_plain(node_name(f, member)), &name);
	}
}

/* impl T, impl Trait for T; and `trait A: B`, which is a promise that whatever is A is B. */
static void index_block(struct model *m, file_id file, node_id n)
{
	const struct facts *f = &m->files[file].facts;
	bool is_trait = node_kind(f, n) == NODE_INTERFACE;
	node_id spelled = node_child(f, n, PART_TYPE); /* of a type that is no path: &T */
	struct str name = spelled ? node_name(f, spelled) : node_name(f, n);
	struct rust_impl impl = { .file = file, .node = n };
	impl.type = is_trait ? (struct rust_found){ RUST_DECLARATION, file, n, { 0 } } : type_named(m, file, n, name);
	bool any = false;
	facts_each_child(f, n, base) {
		if (f->nodes[base].part != PART_BASE)
			continue;
		impl.trait = type_named(m, file, base, node_name(f, base));
		add_impl(m, impl);
		any = true;
	}
	if (!any && !is_trait)
		add_impl(m, impl);
}

/* Does the block make a type of the program's own implement a trait of it? A trait that asks for another is no type. */
static bool implements(const struct model *m, const struct rust_impl *impl)
{
	return impl->type.kind == RUST_DECLARATION && impl->trait.kind == RUST_DECLARATION &&
	       node_kind(&m->files[impl->file].facts, impl->node) == NODE_IMPL && model_is_production(m, impl->file) &&
	       !m->rust->modules.items[rust_module_around(m, impl->file, impl->node)].test;
}

/* The types of each trait, side by side. */
static void list_implementations(struct model *m)
{
	struct rust_model *rust = m->rust;
	uint32_t total = 0;
	for (uint32_t i = 0; i < rust->impls.count; i++) {
		struct implementation_span fresh = { 0, 0 };
		bool added = false;
		if (!implements(m, &rust->impls.items[i]))
			continue;
		uint32_t *id = map_put(
			&rust->trait_ids, key_of(rust->impls.items[i].trait), rust->traits.count, &added);
		uint32_t trait = *id;
		if (added)
			vec_push(&rust->traits, fresh);
		rust->traits.items[trait].count++;
	}
	for (uint32_t i = 0; i < rust->traits.count; i++) {
		rust->traits.items[i].first = total;
		total += rust->traits.items[i].count;
		rust->traits.items[i].count = 0;
	}
	rust->implementations = arena_array(&m->arena, struct implementation, total);
	for (uint32_t i = 0; i < rust->impls.count; i++) {
		const struct rust_impl *impl = &rust->impls.items[i];
		if (!implements(m, impl))
			continue;
		struct implementation_span *span = &rust->traits.items[*map_get(&rust->trait_ids, key_of(impl->trait))];
		rust->implementations[span->first + span->count++] = (struct implementation){ impl->type.file,
			impl->type.node };
	}
}

void rust_index_impls(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		for (node_id n = 1; m->files[file].language == LANGUAGE_RUST && n < f->node_count; n++)
			if (node_kind(f, n) == NODE_IMPL ||
				(node_kind(f, n) == NODE_INTERFACE && node_child(f, n, PART_BASE)))
				index_block(m, file, n);
	}
	/* a type's own functions come before those of its traits */
	for (int of_trait = 0; of_trait < 2; of_trait++)
		for (uint32_t i = 0; i < m->rust->impls.count; i++) {
			const struct rust_impl *impl = &m->rust->impls.items[i];
			const struct facts *f = &m->files[impl->file].facts;
			bool has_trait = node_child(f, impl->node, PART_BASE) != 0;
			if (node_kind(f, impl->node) == NODE_IMPL && impl->type.kind == RUST_DECLARATION &&
				has_trait == of_trait)
				add_members(m, impl);
		}
	list_implementations(m);
}

/* ---- asking ---- */

struct rust_found rust_type_of_impl(const struct model *m, file_id file, node_id impl)
{
	const uint32_t *index = map_get(&m->rust->impl_ids, function_key(file, impl));
	return index ? m->rust->impls.items[*index].type : (struct rust_found){ 0 };
}

const struct rust_impl *rust_next_impl(const struct model *m, struct rust_found type, const struct rust_impl *before)
{
	const uint32_t *first = map_get(&m->rust->impls_of_type, key_of(type));
	uint32_t index = before ? before->next_of_type : first ? *first : 0;
	return index ? &m->rust->impls.items[index - 1] : NULL;
}

/* A member in the declaration's own body, or in an impl block of it. */
static bool own_member(const struct model *m, struct rust_found type, struct str name, struct rust_found *member)
{
	const struct facts *f = &m->files[type.file].facts;
	uint32_t found = binding_in_scope(m, type.file, type.node, name) & ~NAME_SHARED;
	*member = (struct rust_found){ RUST_DECLARATION, type.file, found, { 0 } };
	if (found && f->nodes[found].part != PART_TYPE_PARAM)
		return true;
	const uint32_t *first = map_get(&m->rust->name_ids, model_key(key_of(type), rust_plain(name)));
	for (uint32_t i = first ? *first + 1 : 0; i; i = m->rust->names.items[i - 1].next) {
		const struct rust_name *at = &m->rust->names.items[i - 1];
		*member = (struct rust_found){ RUST_DECLARATION, at->file, at->node, { 0 } };
		if (at->kind == RUST_DECLARATION && node_kind(&m->files[at->file].facts, at->node) != NODE_TYPE)
			return true;
	}
	return false;
}

bool rust_member(const struct model *m, struct rust_found type, struct str name, struct rust_found *member)
{
	struct rust_found queue[MOST_TRAITS] = { type };
	uint32_t count = 1;
	for (uint32_t i = 0; i < count; i++) {
		if (own_member(m, queue[i], name, member))
			return true;
		const struct rust_impl *impl = NULL;
		while (count < MOST_TRAITS && (impl = rust_next_impl(m, queue[i], impl)))
			if (impl->trait.kind == RUST_DECLARATION)
				queue[count++] = impl->trait;
	}
	return false;
}

const struct implementation *implementations_rust(const struct model *m, file_id file, node_id trait, uint32_t *count)
{
	const uint32_t *id = map_get(&m->rust->trait_ids, function_key(file, trait));
	struct implementation_span none = { 0, 0 };
	struct implementation_span span = id ? m->rust->traits.items[*id] : none;
	*count = span.count;
	return span.count ? &m->rust->implementations[span.first] : NULL;
}
