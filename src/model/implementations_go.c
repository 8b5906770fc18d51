/*
 * Which types satisfy which interfaces of Go: those that have its methods. A method is looked up by its name and how many
 * parameters and results it has; the interface's rarest one gives the types that are compared in full.
 */
#include "model/rust.h"

#include <stdlib.h>

/* Interfaces that so many types may satisfy say nothing of who is meant. */
enum { MOST_CANDIDATES = 64, MOST_METHODS = 256, MOST_EMBEDDED = 32 };

/* What an interface asks for, or a type has. */
struct signature {
	struct str name;
	uint32_t params, results;
	file_id file;
	node_id node; /* 0 for the method of a library's interface */
};

/* Owners of one signature, or types that embed one type: chained through `next`. */
struct link {
	struct go_declared type;
	uint32_t next; /* index + 1 */
};

struct chain {
	uint32_t first, count; /* first: index + 1 */
};

struct chains {
	VEC(struct link) links;
	VEC(struct chain) list;
	struct map ids; /* → index in `list` */
};

struct finding_types {
	struct model *m;
	struct chains owners; /* by signature */
	struct chains embedders; /* by the embedded type */
	/* of the interface under way */
	VEC(struct signature) methods;
	VEC(struct go_declared) candidates;
	struct map seen;
};

static void chain_add(struct chains *c, uint64_t key, struct go_declared type)
{
	bool added;
	uint32_t id = *map_put(&c->ids, key, c->list.count, &added);
	struct chain fresh = { 0 };
	if (added)
		vec_push(&c->list, fresh);
	struct link link = { type, c->list.items[id].first };
	vec_push(&c->links, link);
	c->list.items[id].first = c->links.count;
	c->list.items[id].count++;
}

static struct chain chain_of(const struct chains *c, uint64_t key)
{
	const uint32_t *id = map_get(&c->ids, key);
	return id ? c->list.items[*id] : (struct chain){ 0 };
}

static void chains_release(struct chains *c)
{
	vec_release(&c->links);
	vec_release(&c->list);
	map_release(&c->ids);
}

/* ---- signatures ---- */

static uint64_t signature_key(const struct signature *s)
{
	return model_key((uint64_t)s->params << 32 | s->results, s->name);
}

static struct signature signature_of(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	struct signature s = { .name = node_name(f, function), .file = file, .node = function };
	facts_each_child(f, function, c) {
		s.params += f->nodes[c].part == PART_PARAM;
		s.results += f->nodes[c].part == PART_RESULT;
	}
	return s;
}

/* The type of a parameter or result. */
static node_id spelled(const struct facts *f, node_id part)
{
	return node_kind(f, part) == NODE_TYPE ? part : node_child(f, part, PART_TYPE);
}

/* The i-th child that is a parameter or a result. */
static node_id nth(const struct facts *f, node_id function, enum node_part part, uint32_t i)
{
	facts_each_child(f, function, c)
		if (f->nodes[c].part == part && i-- == 0)
			return c;
	return 0;
}

/* Written in two ways since Go 1.18. */
static bool is_any(struct str name)
{
	return str_is(name, "any") || str_is(name, "interface");
}

static bool same_name(const struct model *m, file_id a_file, node_id a, file_id b_file, node_id b)
{
	struct str a_name = node_name(&m->files[a_file].facts, a), b_name = node_name(&m->files[b_file].facts, b);
	bool alike = str_eq(path_last(a_name), path_last(b_name));
	if (is_any(a_name) && is_any(b_name))
		return true;
	if (alike && m->indexes[a_file].go_package == m->indexes[b_file].go_package)
		return true;
	struct type left = model_spelled_type(m, a_file, a), right = model_spelled_type(m, b_file, b);
	if (left.kind == MEANS_UNKNOWN || right.kind == MEANS_UNKNOWN)
		return alike;
	if (left.kind == MEANS_DECLARATION)
		return right.kind == left.kind && left.file == right.file && left.node == right.node;
	return left.kind == right.kind && str_eq(left.name, right.name);
}

/* Two types as written, part by part; names of parameters do not count. */
static bool same_type(const struct model *m, file_id a_file, node_id a, file_id b_file, node_id b)
{
	const struct facts *fa = &m->files[a_file].facts, *fb = &m->files[b_file].facts;
	uint32_t size = fa->nodes[a].next - a;
	if (fb->nodes[b].next - b != size)
		return false;
	for (uint32_t i = 0; i < size; i++) {
		const struct node *left = &fa->nodes[a + i], *right = &fb->nodes[b + i];
		bool same_place = i == 0 || left->part == right->part;
		if (left->kind != right->kind || !same_place || left->next - a != right->next - b)
			return false;
		if (left->kind == NODE_TYPE && (((left->flags ^ right->flags) & (uint32_t)FLAG_POINTER) ||
						       !same_name(m, a_file, a + i, b_file, b + i)))
			return false;
	}
	return true;
}

static bool is_exported(struct str name)
{
	return name.len && ((name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') || (unsigned char)name.ptr[0] >= 0x80);
}

/* A generic interface's T: any type may stand there. Names that nothing declares are the language's, in lower case. */
static bool is_type_parameter(const struct model *m, file_id file, node_id type)
{
	const struct facts *f = &m->files[file].facts;
	return f->nodes[type].next == type + 1 && is_exported(node_name(f, type)) &&
	       model_spelled_type(m, file, type).kind == MEANS_BUILTIN;
}

static bool same_part(
	const struct model *m, const struct signature *a, const struct signature *b, enum node_part part, uint32_t i)
{
	const struct facts *fa = &m->files[a->file].facts, *fb = &m->files[b->file].facts;
	node_id left = nth(fa, a->node, part, i), right = nth(fb, b->node, part, i);
	node_id left_type = spelled(fa, left), right_type = spelled(fb, right);
	if (node_has(fa, left, FLAG_VARIADIC) != node_has(fb, right, FLAG_VARIADIC))
		return false;
	return left_type && right_type &&
	       (same_type(m, a->file, left_type, b->file, right_type) || is_type_parameter(m, a->file, left_type));
}

static bool same_signature(const struct model *m, const struct signature *a, const struct signature *b)
{
	if (a->params != b->params || a->results != b->results || !str_eq(a->name, b->name))
		return false;
	if (!a->node || !b->node)
		return true;
	for (uint32_t i = 0; i < a->params; i++)
		if (!same_part(m, a, b, PART_PARAM, i))
			return false;
	for (uint32_t i = 0; i < a->results; i++)
		if (!same_part(m, a, b, PART_RESULT, i))
			return false;
	return true;
}

/* ---- what there is ---- */

/* Doubles that tests put in a type's place satisfy its interface too, and nobody means them. */
static bool counts(const struct model *m, file_id file)
{
	enum file_class class = m->files[file].class;
	return m->files[file].language == LANGUAGE_GO && class != CLASS_TEST && class != CLASS_EXAMPLE &&
	       class != CLASS_VENDORED && m->files[file].facts.node_count;
}

static void add_method(struct finding_types *w, file_id file, node_id method, node_id receiver)
{
	const struct model *m = w->m;
	const struct facts *f = &m->files[file].facts;
	node_id type = spelled(f, receiver);
	uint32_t package = go_package_of_file(m, file);
	struct go_declared owner;
	if (type && str_is(node_name(f, type), "*"))
		type = node_child_of_kind(f, type, NODE_TYPE);
	if (!type || package == NO_PACKAGE || !go_package_declaration(m, package, node_name(f, type), &owner))
		return;
	struct signature s = signature_of(m, file, method);
	chain_add(&w->owners, signature_key(&s), owner);
}

static void add_embedder(struct finding_types *w, file_id file, node_id class_node)
{
	const struct facts *f = &w->m->files[file].facts;
	struct go_declared type = { file, class_node };
	facts_each_child(f, class_node, base) {
		if (f->nodes[base].part != PART_BASE)
			continue;
		struct meaning means = model_meaning(w->m, file, base);
		if (means.kind == MEANS_DECLARATION)
			chain_add(&w->embedders, function_key(means.file, means.node), type);
	}
}

static void collect(struct finding_types *w, file_id file)
{
	const struct facts *f = &w->m->files[file].facts;
	facts_each_child(f, 0, n) {
		node_id receiver = node_kind(f, n) == NODE_FUNCTION ? node_child(f, n, PART_RECEIVER) : 0;
		if (receiver)
			add_method(w, file, n, receiver);
		if (node_kind(f, n) == NODE_CLASS)
			add_embedder(w, file, n);
	}
}

/* ---- what an interface asks for ---- */

/* "Read/1/2 Close/0/1": the methods of a library's interface, with their parameters and results counted. */
static bool add_library_methods(struct finding_types *w, struct str name)
{
	const struct library_entry *entry = model_library(w->m, LANGUAGE_GO, name, ROLE_INTERFACE);
	struct str rest = entry ? library_attribute(entry, "methods") : STR(""), word;
	while (!str_empty(rest) && str_split(&rest, ' ', &word)) {
		struct signature s = { 0 };
		str_split(&word, '/', &s.name);
		if (word.len == 3) {
			s.params = (uint32_t)(word.ptr[0] - '0');
			s.results = (uint32_t)(word.ptr[2] - '0');
		}
		vec_push(&w->methods, s);
	}
	return entry != NULL;
}

/* The methods of an interface and of those it embeds; false when not all are known, or it lists types. */
static bool collect_methods(struct finding_types *w, file_id file, node_id interface_node)
{
	struct go_declared queue[MOST_EMBEDDED] = { { file, interface_node } };
	uint32_t count = 1;
	vec_clear(&w->methods);
	for (uint32_t i = 0; i < count; i++) {
		const struct facts *f = &w->m->files[queue[i].file].facts;
		if (node_kind(f, queue[i].node) != NODE_INTERFACE)
			return false;
		facts_each_child(f, queue[i].node, c) {
			if (node_kind(f, c) == NODE_FUNCTION) {
				vec_push(&w->methods, signature_of(w->m, queue[i].file, c));
			} else if (f->nodes[c].part == PART_BASE) {
				struct meaning means = model_meaning(w->m, queue[i].file, c);
				bool known = means.kind == MEANS_DECLARATION && count < MOST_EMBEDDED;
				if (known)
					queue[count++] = (struct go_declared){ means.file, means.node };
				else if (!add_library_methods(w, means.name))
					return false;
			}
		}
	}
	return w->methods.count > 0 && w->methods.count <= MOST_METHODS;
}

/* ---- who has it ---- */

static void add_candidate(struct finding_types *w, struct go_declared type)
{
	bool added;
	map_put(&w->seen, function_key(type.file, type.node), 1, &added);
	if (added)
		vec_push(&w->candidates, type);
}

static void add_chain(struct finding_types *w, const struct chains *c, uint64_t key)
{
	for (uint32_t i = chain_of(c, key).first; i && w->candidates.count <= MOST_CANDIDATES;
		i = c->links.items[i - 1].next)
		add_candidate(w, c->links.items[i - 1].type);
}

/* The owners of the rarest method, and what embeds one of them or the interface itself. */
static bool find_candidates(struct finding_types *w, struct go_declared interface)
{
	uint64_t rarest = 0;
	uint32_t least = UINT32_MAX;
	for (uint32_t i = 0; i < w->methods.count; i++) {
		uint64_t key = signature_key(&w->methods.items[i]);
		uint32_t owners = chain_of(&w->owners, key).count;
		if (owners < least) {
			least = owners;
			rarest = key;
		}
	}
	vec_clear(&w->candidates);
	map_clear(&w->seen);
	if (least > MOST_CANDIDATES)
		return false;
	add_chain(w, &w->owners, rarest);
	add_chain(w, &w->embedders, function_key(interface.file, interface.node));
	for (uint32_t i = 0; i < w->candidates.count; i++)
		add_chain(w, &w->embedders, function_key(w->candidates.items[i].file, w->candidates.items[i].node));
	return w->candidates.count <= MOST_CANDIDATES;
}

static bool has_method(const struct finding_types *w, struct go_declared type, const struct signature *wanted)
{
	const struct model *m = w->m;
	file_id file;
	node_id member;
	if (!class_member(m, type.file, type.node, wanted->name, &file, &member) ||
		node_kind(&m->files[file].facts, member) != NODE_FUNCTION)
		return false;
	/* a name in lower case is another one in another package */
	if (!is_exported(wanted->name) && m->indexes[file].go_package != m->indexes[wanted->file].go_package)
		return false;
	struct signature found = signature_of(m, file, member);
	return same_signature(m, wanted, &found);
}

static bool satisfies(const struct finding_types *w, struct go_declared type)
{
	const struct facts *f = &w->m->files[type.file].facts;
	if (!((KIND(CLASS) | KIND(ALIAS)) >> f->nodes[type.node].kind & 1))
		return false;
	for (uint32_t i = 0; i < w->methods.count; i++)
		if (!has_method(w, type, &w->methods.items[i]))
			return false;
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct implementation *left = a, *right = b;
	uint64_t l = function_key(left->file, left->node), r = function_key(right->file, right->node);
	return (l > r) - (l < r);
}

static void find_of_interface(struct finding_types *w, struct go_declared interface)
{
	struct go_implementations *known = &w->m->go_implementations;
	if (!collect_methods(w, interface.file, interface.node) || !find_candidates(w, interface))
		return;
	struct implementation_span span = { .first = known->list.count };
	for (uint32_t i = 0; i < w->candidates.count; i++)
		if (satisfies(w, w->candidates.items[i])) {
			struct implementation type = { w->candidates.items[i].file, w->candidates.items[i].node };
			vec_push(&known->list, type);
		}
	span.count = known->list.count - span.first;
	if (span.count)
		qsort(&known->list.items[span.first], span.count, sizeof(*known->list.items), by_place);
	map_put(&known->ids, function_key(interface.file, interface.node), known->spans.count, NULL);
	vec_push(&known->spans, span);
}

void model_find_implementations(struct model *m)
{
	struct finding_types w = { .m = m };
	for (file_id file = 0; file < m->file_count; file++)
		if (counts(m, file))
			collect(&w, file);
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		if (!counts(m, file))
			continue;
		facts_each_child(f, 0, n)
			if (node_kind(f, n) == NODE_INTERFACE)
				find_of_interface(&w, (struct go_declared){ file, n });
	}
	chains_release(&w.owners);
	chains_release(&w.embedders);
	vec_release(&w.methods);
	vec_release(&w.candidates);
	map_release(&w.seen);
}

void go_implementations_release(struct go_implementations *known)
{
	vec_release(&known->list);
	vec_release(&known->spans);
	map_release(&known->ids);
}

const struct implementation *model_implementations(
	const struct model *m, file_id file, node_id interface_node, uint32_t *count)
{
	if (m->files[file].language == LANGUAGE_RUST)
		return implementations_rust(m, file, interface_node, count);
	const uint32_t *id = map_get(&m->go_implementations.ids, function_key(file, interface_node));
	*count = id ? m->go_implementations.spans.items[*id].count : 0;
	return *count ? &m->go_implementations.list.items[m->go_implementations.spans.items[*id].first] : NULL;
}
