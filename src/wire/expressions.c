/* What an expression stands for: through names, assignments and requires. */
#include "wire/reading.h"

#include "base/hash.h"

enum { MOST_HOPS = 16, DEEPEST = 24, MOST_TARGETS = 16 };

static const struct place NOWHERE = { 0, 0 };

static bool is_node(const struct reading *r, file_id file)
{
	return LANGUAGES_NODE >> model_file(r->model, file)->language & 1;
}

/* ---- what is assigned ---- */

/* The value that an assignment gives to one of its targets: `a, b := x, y` pairs them up, `v, err := f()` hands on the first. */
static node_id value_for(const struct facts *f, node_id target)
{
	node_id assign = f->nodes[target].parent, value = 0;
	uint32_t position = 0, targets = 0, values = 0;
	facts_each_child(f, assign, c) {
		if (c == target)
			position = targets;
		targets += f->nodes[c].part == PART_TARGET;
		if (targets > MOST_TARGETS)
			return 0;
		if (f->nodes[c].part == PART_VALUE && values++ == position)
			value = c;
	}
	return values == targets || position == 0 ? value : 0;
}

node_id own_value(const struct facts *f, node_id declaration)
{
	enum node_kind kind = node_kind(f, declaration);
	bool in_pattern = f->nodes[declaration].part == PART_TARGET; /* let (router, api) = … */
	if ((kind == NODE_VAR && !in_pattern) || kind == NODE_FIELD || kind == NODE_EXPORT || kind == NODE_ASSIGN ||
		kind == NODE_EXPR)
		return node_child(f, declaration, PART_VALUE);
	bool assigned = (kind == NODE_NAME || kind == NODE_VAR) && in_pattern &&
			node_kind(f, f->nodes[declaration].parent) == NODE_ASSIGN;
	return assigned ? value_for(f, declaration) : 0;
}

static bool may_be_router(const struct facts *f, node_id value)
{
	static const uint64_t kinds = KIND(CALL) | KIND(NAME) | KIND(MEMBER) | KIND(AWAIT) | KIND(CAST) | KIND(UNWRAP) |
				      KIND(UNARY);
	return value && (kinds >> f->nodes[value].kind & 1);
}

static void note_assigned(struct reading *r, struct place declaration, struct place value)
{
	bool added;
	uint32_t *slot = map_put(&r->assigned, place_key(declaration), 0, &added);
	if (!added)
		return;
	*slot = r->values.count;
	vec_push(&r->values, value);
}

/* `this.app = express()`, `s.router = mux`, `let app; app = …` */
static void note_assignment(struct reading *r, file_id file, node_id target)
{
	const struct facts *f = facts_of(r, file);
	node_id value = value_for(f, target);
	if (!may_be_router(f, value))
		return;
	struct meaning means = model_meaning(r->model, file, target);
	bool declared = means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
	if (!declared || !str_empty(means.name) || (means.file == file && means.node == target))
		return;
	if (!own_value(facts_of(r, means.file), means.node))
		note_assigned(r, (struct place){ means.file, means.node }, (struct place){ file, value });
}

/* &Server{router: mux} */
static void note_fields(struct reading *r, file_id file, node_id object)
{
	const struct facts *f = facts_of(r, file);
	file_id field_file;
	node_id field;
	struct type type = node_child(f, object, PART_TYPE) ? model_type(r->model, file, object) : (struct type){ 0 };
	if (type.kind != MEANS_DECLARATION)
		return;
	facts_each_child(f, object, pair) {
		node_id value = node_kind(f, pair) == NODE_PAIR ? node_child(f, pair, PART_VALUE) : 0;
		if (may_be_router(f, value) &&
			class_member(r->model, type.file, type.node, node_name(f, pair), &field_file, &field))
			note_assigned(r, (struct place){ field_file, field }, (struct place){ file, value });
	}
}

/* list.push(x) */
static void note_push(struct reading *r, file_id file, node_id call)
{
	const struct facts *f = facts_of(r, file);
	struct str list = path_parent(node_name(f, call)), last = path_last(node_name(f, call));
	if (!str_is(last, "push") && !str_is(last, "unshift"))
		return;
	struct place binding = { file, model_binding(r->model, file, call, list) };
	if (!binding.node)
		return;
	uint32_t *first = map_put(&r->pushed, place_key(binding), 0, NULL);
	struct push push = { { file, call }, *first };
	vec_push(&r->pushes, push);
	*first = r->pushes.count;
}

void note_file(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	for (uint32_t i = 0; i < f->import_count; i++)
		if ((f->imports[i].flags & (IMPORT_REQUIRE | IMPORT_DYNAMIC)) && !f->imports[i].local)
			map_put(&r->requires, place_key((struct place){ file, f->imports[i].node }), i + 1, NULL);
	for (node_id n = 1; n < f->node_count; n++) {
		enum node_kind kind = node_kind(f, n);
		if (kind == NODE_NAME && f->nodes[n].part == PART_TARGET &&
			node_kind(f, f->nodes[n].parent) == NODE_ASSIGN)
			note_assignment(r, file, n);
		else if (kind == NODE_OBJECT)
			note_fields(r, file, n);
		else if (kind == NODE_CALL && is_node(r, file))
			note_push(r, file, n);
	}
}

/* ---- names ---- */

/* The import of a require("./m") or `await import("./m")` that stands in an expression; 0 when it is none. */
static uint32_t required(const struct reading *r, struct place p)
{
	const struct facts *f = facts_of(r, p.file);
	if (p.node && node_kind(f, p.node) == NODE_AWAIT)
		p.node = node_child(f, p.node, PART_VALUE);
	const uint32_t *import = map_get(&r->requires, place_key(p));
	return import ? *import : 0;
}

static struct place of_module(struct reading *r, file_id file, uint32_t import, struct str name)
{
	struct import_link link = model_import(r->model, file, import - 1);
	return link.target == IMPORT_FILE ? exported_place(r, link.file, name) : NOWHERE;
}

/* const { users, orders: other } = require("./routes"): the object that a name is taken from, and by which key. */
static node_id taken_from(const struct facts *f, node_id name, struct str *key)
{
	node_id pattern = f->nodes[name].parent;
	*key = node_name(f, name);
	if (node_kind(f, pattern) == NODE_PAIR) {
		*key = node_name(f, pattern);
		pattern = f->nodes[pattern].parent;
	}
	bool is_pattern = node_kind(f, name) == NODE_NAME && node_kind(f, pattern) == NODE_OBJECT &&
			  f->nodes[pattern].part == PART_TARGET;
	return is_pattern ? node_child(f, f->nodes[pattern].parent, PART_VALUE) : 0;
}

static struct place destructured(struct reading *r, struct place declaration)
{
	struct str key;
	struct place object = { declaration.file, taken_from(facts_of(r, declaration.file), declaration.node, &key) };
	uint32_t import = object.node ? required(r, object) : 0;
	if (import)
		return of_module(r, declaration.file, import, key);
	return object.node ? at_key(r, behind(r, object), key) : NOWHERE;
}

static struct place declared(struct reading *r, struct place declaration)
{
	const struct facts *f = facts_of(r, declaration.file);
	node_id value = own_value(f, declaration.node);
	if (value && value != declaration.node)
		return behind(r, (struct place){ declaration.file, value });
	struct place taken = destructured(r, declaration);
	if (taken.node)
		return behind(r, taken);
	const uint32_t *assigned = map_get(&r->assigned, place_key(declaration));
	if (!assigned)
		return declaration;
	struct place at = behind(r, r->values.items[*assigned]);
	return at.node ? at : declaration;
}

struct place exported_place(struct reading *r, file_id file, struct str name)
{
	struct place at;
	return model_exported(r->model, file, name, &at.file, &at.node) ? declared(r, at) : NOWHERE;
}

static struct named meant(struct reading *r, struct meaning means)
{
	struct named named = { .at = { means.file, means.node } };
	switch (means.kind) {
	case MEANS_LIBRARY:
	case MEANS_BUILTIN:
		return (struct named){ .library = means.name };
	case MEANS_MODULE: /* what require() returns */
		named.at = is_node(r, means.file) ? exported_place(r, means.file, STR("default")) : NOWHERE;
		break;
	default:
		if (means.node)
			named.at = at_keys(r, declared(r, named.at), means.name);
		break;
	}
	return named;
}

static struct str behind_first(struct str path)
{
	struct str first = path_first(path);
	uint32_t separator = first.len < path.len && path.ptr[first.len] == ':' ? 2 : 1;
	return str_slice(path, first.len + separator, path.len);
}

struct named behind_path(struct reading *r, file_id file, node_id from, struct str path)
{
	struct named named = { .at = NOWHERE };
	if (str_empty(path) || r->depth > DEEPEST)
		return named;
	const struct facts *f = facts_of(r, file);
	node_id binding = model_binding(r->model, file, from, path_first(path));
	if (binding && row_value(r, file, binding, behind_first(path), &named.at)) {
		named.at = named.at.node ? behind(r, named.at) : named.at;
		return named;
	}
	node_id owner = binding ? binding : node_ancestor(f, from, KIND(CLASS) | KIND(IMPL)); /* this, self */
	uint64_t key = hash_mix(place_key((struct place){ file, owner }), path.ptr, path.len);
	const uint32_t *known = map_get(&r->named, key);
	if (known)
		return r->names.items[*known];
	r->depth++;
	named = meant(r, model_path_meaning(r->model, file, from, path));
	r->depth--;
	map_put(&r->named, key, r->names.count, NULL);
	vec_push(&r->names, named);
	return named;
}

bool module_behind(const struct reading *r, struct place expression, file_id *file)
{
	const struct facts *f = facts_of(r, expression.file);
	uint32_t import = required(r, expression);
	if (import) {
		struct import_link link = model_import(r->model, expression.file, import - 1);
		*file = link.file;
		return link.target == IMPORT_FILE;
	}
	if (node_kind(f, expression.node) != NODE_NAME)
		return false;
	struct meaning means = model_meaning(r->model, expression.file, expression.node);
	*file = means.file;
	return means.kind == MEANS_MODULE;
}

struct str library_behind(struct reading *r, struct place expression)
{
	const struct facts *f = facts_of(r, expression.file);
	uint32_t import = required(r, expression);
	if (import)
		return facts_str(f, f->imports[import - 1].module);
	struct str name = node_kind(f, expression.node) == NODE_NAME ? node_name(f, expression.node) : STR("");
	return behind_path(r, expression.file, expression.node, name).library;
}

/* A MEMBER, or the callee of a CALL: a name, or something taken from an expression. */
static struct named taken(struct reading *r, struct place p)
{
	const struct facts *f = facts_of(r, p.file);
	node_id object = node_child(f, p.node, PART_OBJECT);
	bool is_macro = node_has(f, p.node, FLAG_MACRO); /* its name is no variable's */
	if (!object && !is_macro && !str_empty(node_name(f, p.node)))
		return behind_path(r, p.file, p.node, node_name(f, p.node));
	uint32_t import = object ? required(r, (struct place){ p.file, object }) : 0;
	if (import && model_import(r->model, p.file, import - 1).target == IMPORT_FILE)
		return (struct named){ .at = of_module(r, p.file, import, node_name(f, p.node)) };
	return meant(r, model_meaning(r->model, p.file, p.node));
}

struct named callee_of(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	node_id callee = node_child(f, call.node, PART_CALLEE);
	struct place at = callee ? behind(r, (struct place){ call.file, callee }) : NOWHERE;
	return at.node ? (struct named){ .at = at } : taken(r, call);
}

static struct place behind_one(struct reading *r, struct place p)
{
	const struct facts *f = facts_of(r, p.file);
	uint32_t import;
	switch (node_kind(f, p.node)) {
	case NODE_NAME:
	case NODE_MEMBER:
		return taken(r, p).at;
	case NODE_VAR:
	case NODE_EXPORT:
	case NODE_ASSIGN:
		return declared(r, p);
	case NODE_CALL: /* what require("./m") returns is what `module.exports` was set to */
		import = required(r, p);
		return import ? of_module(r, p.file, import, STR("default")) : p;
	case NODE_UNARY:
	case NODE_AWAIT:
	case NODE_CAST:
	case NODE_UNWRAP:
		return (struct place){ p.file, p.node + 1 < f->nodes[p.node].next ? p.node + 1 : 0 };
	default:
		return p;
	}
}

struct place behind(struct reading *r, struct place p)
{
	if (r->depth > DEEPEST)
		return p;
	r->depth++;
	for (unsigned hops = 0; p.node && hops < MOST_HOPS; hops++) {
		struct place next = behind_one(r, p);
		if (next.file == p.file && next.node == p.node)
			break;
		p = next;
	}
	r->depth--;
	return p;
}
