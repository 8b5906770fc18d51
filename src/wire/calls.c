/* What calls do to the graph of routers, and which router an expression is. */
#include "wire/reading.h"

enum { DEEPEST = 24, MOST_WRAPPERS = 4, MOST_NAMES = 64, MOST_RESULTS = 16 };

static const router_id NO_ROUTER = 0;

/* ---- routers at declarations ---- */

router_id router_at(struct reading *r, struct place at, struct str type)
{
	uint32_t *slot = map_put(&r->routers, place_key(at), 0, NULL);
	if (*slot)
		return *slot;
	const struct library_entry *entry = model_library(
		r->model, model_file(r->model, at.file)->language, type, ROLE_ROUTER);
	bool is_root = entry && str_is(library_attribute(entry, "root"), "always");
	struct router router = { .type = type, .place = at, .is_root = is_root };
	*slot = routers_add(&r->graph, router);
	return *slot;
}

static router_id known_router(const struct reading *r, struct place at, bool *is_known)
{
	const uint32_t *known = map_get(&r->routers, place_key(at));
	*is_known = known != NULL;
	return known ? *known : NO_ROUTER;
}

static router_id no_router(struct reading *r, struct place at)
{
	map_put(&r->routers, place_key(at), NO_ROUTER, NULL);
	return NO_ROUTER;
}

/* May the parameter take a router, though its type does not say so? It has none, or that of an interface of the project. */
static bool is_open_parameter(const struct reading *r, struct place at, struct type type)
{
	const struct facts *f = facts_of(r, at.file);
	node_id n = at.node;
	if (node_kind(f, n) == NODE_NAME) /* in the pattern that a parameter is taken apart by */
		n = node_ancestor(f, n, KIND(PARAM) | KIND(BLOCK));
	if (!n || node_kind(f, n) != NODE_PARAM)
		return false;
	if (type.kind == MEANS_DECLARATION)
		return node_kind(facts_of(r, type.file), type.node) == NODE_INTERFACE;
	return !node_child(f, n, PART_TYPE) && f->language != LANGUAGE_GO;
}

/* A parameter, variable or field whose value is not known: a router by its type. */
static router_id router_by_type(struct reading *r, struct place at)
{
	struct type type = model_type(r->model, at.file, at.node);
	enum language language = model_file(r->model, at.file)->language;
	if (type.kind == MEANS_LIBRARY && model_library(r->model, language, type.name, ROLE_ROUTER))
		return router_at(r, at, type.name);
	if (!is_open_parameter(r, at, type))
		return no_router(r, at);
	r->is_open = true;
	return NO_ROUTER;
}

/* A class that is derived from a library's router: `this` in it, and what `new` makes. */
static router_id router_of_class(struct reading *r, struct place class_place)
{
	const struct library_entry *base = class_base_role(r->model, class_place.file, class_place.node, ROLE_ROUTER);
	if (!base)
		return no_router(r, class_place);
	router_id router = router_at(r, class_place, base->name);
	struct str fields = library_attribute(base, "fields");
	if (str_empty(fields))
		return router;
	struct stretch prefix = class_prefix(r, class_place, fields);
	routers_get(&r->graph, router)->prefix = prefix;
	routers_get(&r->graph, router)->is_root = !str_empty(library_attribute(base, "root"));
	return router;
}

/* `router.urls`, `app.router`: a member that stands for its router. */
static router_id router_of_path(struct reading *r, file_id file, node_id from, struct str path)
{
	enum language language = facts_of(r, file)->language;
	if (!model_library_word(r->model, language, path_last(path), ROLE_GROUP))
		return NO_ROUTER;
	struct place owner = behind_path(r, file, from, path_parent(path)).at;
	router_id router = owner.node ? router_of(r, owner) : NO_ROUTER;
	if (!router)
		return NO_ROUTER;
	struct str type = routers_get(&r->graph, router)->type;
	struct buf name = { 0 };
	buf_printf(&name, "%.*s.%.*s", STR_ARG(type), STR_ARG(path_last(path)));
	bool stands_for = model_library(r->model, language, buf_str(&name), ROLE_GROUP) != NULL;
	buf_release(&name);
	return stands_for ? router : NO_ROUTER;
}

static router_id router_of_member(struct reading *r, struct place expression)
{
	const struct facts *f = facts_of(r, expression.file);
	bool is_member = (KIND(NAME) | KIND(MEMBER)) >> f->nodes[expression.node].kind & 1;
	return is_member ? router_of_path(r, expression.file, expression.node, node_name(f, expression.node))
			 : NO_ROUTER;
}

static node_id last_of(const struct facts *f, node_id block)
{
	node_id last = 0;
	facts_each_child(f, block, c)
		last = c;
	return last;
}

/* `{ let mut api = tide::new(); …; api }`: a block of Rust is what it ends in. */
static router_id router_of_block(struct reading *r, struct place block)
{
	const struct facts *f = facts_of(r, block.file);
	while (node_kind(f, block.node) == NODE_BLOCK)
		block.node = last_of(f, block.node);
	return block.node ? router_of(r, block) : NO_ROUTER;
}

router_id router_of(struct reading *r, struct place expression)
{
	struct place at = expression.node ? behind(r, expression) : expression;
	bool is_known;
	if (!at.node)
		return expression.node ? router_of_member(r, expression) : NO_ROUTER;
	const struct facts *f = facts_of(r, at.file);
	if (node_kind(f, at.node) == NODE_CALL)
		return read_call(r, at);
	router_id own = node_kind(f, at.node) == NODE_FUNCTION ? router_of_handler(r, at) : NO_ROUTER;
	if (own)
		return own;
	router_id known = known_router(r, at, &is_known);
	if (is_known)
		return known;
	switch (node_kind(f, at.node)) {
	case NODE_PARAM:
	case NODE_VAR:
	case NODE_FIELD:
	case NODE_NAME:
		return router_by_type(r, at);
	case NODE_CLASS:
		return router_of_class(r, at);
	case NODE_ARRAY:
	case NODE_BINARY:
		return router_of_list(r, at);
	case NODE_BLOCK:
		return router_of_block(r, at);
	default:
		return NO_ROUTER;
	}
}

router_id wrapped_router(struct reading *r, struct place expression)
{
	for (unsigned i = 0; i < MOST_WRAPPERS && expression.node; i++) {
		router_id router = router_of(r, expression);
		const struct facts *f = facts_of(r, expression.file);
		if (router || node_kind(f, expression.node) != NODE_CALL)
			return router;
		node_id inner = 0;
		facts_each_child(f, expression.node, c) {
			if (f->nodes[c].part != PART_ARG)
				continue;
			router = router_of(r, (struct place){ expression.file, c });
			if (router)
				return router;
			inner = node_kind(f, c) == NODE_CALL ? c : inner;
		}
		expression.node = inner;
	}
	return NO_ROUTER;
}

/* ---- functions ---- */

/*
 * Several parameters may become routers before their function is read again. What a constructor takes its class may keep:
 * then all of the class is read.
 */
static void read_again_later(struct reading *r, struct place function)
{
	const struct facts *f = facts_of(r, function.file);
	struct str name = node_name(f, function.node);
	node_id around = f->nodes[function.node].parent;
	if (node_kind(f, around) == NODE_CLASS && (str_is(name, "constructor") || str_is(name, "__init__")))
		function.node = around;
	if (!r->again.count || place_key(vec_last(&r->again)) != place_key(function))
		vec_push(&r->again, function);
}

struct handing {
	router_id router;
	struct stretch prefix;
	bool is_sure; /* a library hands it over */
};

static void hand_to(struct reading *r, struct handing handing, struct place at, node_id function)
{
	router_id router = handing.router;
	struct stretch prefix = handing.prefix;
	bool is_known, was_open = r->is_open;
	router_id below = known_router(r, at, &is_known);
	r->is_open = false;
	if (!is_known)
		below = router_by_type(r, at);
	bool is_open = r->is_open;
	r->is_open = was_open;
	if (!below && !is_open && !handing.is_sure)
		return;
	if (!below) {
		below = router_at(r, at, routers_get(&r->graph, router)->type);
		read_again_later(r, (struct place){ at.file, function });
	}
	r->is_registration = true;
	bool is_same = !prefix.is_open && str_empty(prefix.text);
	bool only = routers_get(&r->graph, below)->parents == 0 && is_same;
	if (is_same)
		routers_hand(&r->graph, router, below);
	else
		routers_mount(&r->graph, router, prefix, below);
	routers_get(&r->graph, below)->same_as = only && router != below ? router : NO_ROUTER;
}

static void hand(struct reading *r, struct handing handing, struct place function, uint32_t index)
{
	node_id to = parameter(facts_of(r, function.file), function.node, index);
	if (to)
		hand_to(r, handing, (struct place){ function.file, to }, function.node);
}

void hand_router(struct reading *r, router_id router, struct stretch prefix, struct place function, uint32_t index)
{
	hand(r, (struct handing){ router, prefix, false }, function, index);
}

void hand_to_callback(struct reading *r, router_id router, struct stretch prefix, struct place function)
{
	hand(r, (struct handing){ router, prefix, true }, function, 0);
}

/* f({ app, db }) for function f({ app, db }) */
static void hand_object(struct reading *r, struct place object, struct place function, uint32_t index)
{
	const struct facts *f = facts_of(r, object.file), *there = facts_of(r, function.file);
	node_id to = parameter(there, function.node, index);
	node_id pattern = to ? node_child(there, to, PART_TARGET) : 0;
	if (!pattern || node_kind(there, pattern) != NODE_OBJECT)
		return;
	uint32_t names = 0;
	facts_each_child(there, pattern, name) {
		if (names++ == MOST_NAMES)
			break;
		struct place value = { object.file, object_value(f, object.node, node_name(there, name)) };
		router_id router = value.node ? router_of(r, value) : NO_ROUTER;
		struct place bound = { function.file,
			node_kind(there, name) == NODE_PAIR ? node_child(there, name, PART_VALUE) : name };
		if (router && bound.node)
			hand_to(r, (struct handing){ router, NO_PREFIX, false }, bound, function.node);
	}
}

/* The function that runs when this is called: itself, or a class's constructor. */
static struct place runs(struct reading *r, struct place called)
{
	const struct facts *f = facts_of(r, called.file);
	struct place constructor = { 0, 0 };
	switch (node_kind(f, called.node)) {
	case NODE_FUNCTION:
	case NODE_LAMBDA:
		return called;
	case NODE_CLASS:
		if (class_member(r->model, called.file, called.node, STR("constructor"), &constructor.file,
			    &constructor.node) ||
			class_member(r->model, called.file, called.node, STR("__init__"), &constructor.file,
				&constructor.node))
			return constructor;
		return (struct place){ 0, 0 };
	default:
		return (struct place){ 0, 0 };
	}
}

static void hand_over(struct reading *r, struct place call, struct place function)
{
	static const uint64_t kinds = KIND(NAME) | KIND(MEMBER) | KIND(CALL) | KIND(AWAIT) | KIND(CAST) | KIND(UNWRAP) |
				      KIND(UNARY) | KIND(OBJECT);
	const struct facts *f = facts_of(r, call.file);
	uint32_t index = 0;
	facts_each_child(f, call.node, c) {
		if (f->nodes[c].part != PART_ARG || node_kind(f, c) == NODE_PAIR)
			continue;
		struct place argument = { call.file, c };
		if (node_kind(f, c) == NODE_OBJECT) {
			hand_object(r, argument, function, index);
		} else if (kinds >> f->nodes[c].kind & 1) {
			router_id router = router_of(r, argument);
			if (router)
				hand_router(r, router, NO_PREFIX, function, index);
		}
		index++;
	}
}

/* ---- results ---- */

/* The expressions that a function results in, and the routers among them. */
struct results {
	struct place function;
	node_id open[MOST_RESULTS]; /* blocks and branches whose last expressions are results */
	uint32_t open_count;
	router_id routers[MOST_RESULTS];
	uint32_t count;
};

static void open_result(struct results *all, node_id n)
{
	if (n && all->open_count < MOST_RESULTS)
		all->open[all->open_count++] = n;
}

static void add_result(struct reading *r, struct results *all, node_id value)
{
	router_id router = value ? router_of(r, (struct place){ all->function.file, value }) : NO_ROUTER;
	for (uint32_t i = 0; i < all->count; i++)
		if (all->routers[i] == router)
			return;
	if (router && all->count < MOST_RESULTS)
		all->routers[all->count++] = router;
}

/* What a body results in without a `return`: an expression, or in Rust what stands last in a block, in each of its branches. */
static void add_tails(struct reading *r, struct results *all, node_id body)
{
	const struct facts *f = facts_of(r, all->function.file);
	open_result(all, body);
	while (all->open_count) {
		node_id n = all->open[--all->open_count];
		enum node_kind kind = node_kind(f, n);
		if (kind != NODE_BLOCK && kind != NODE_IF && kind != NODE_SWITCH && kind != NODE_CASE) {
			add_result(r, all, n);
			continue;
		}
		if (f->language != LANGUAGE_RUST)
			continue;
		if (kind == NODE_BLOCK)
			open_result(all, last_of(f, n));
		facts_each_child(f, n, c)
			if (kind != NODE_BLOCK && f->nodes[c].part != PART_COND && f->nodes[c].part != PART_GUARD)
				open_result(all, c);
	}
}

/* The routers that a function returns, nested functions left out. */
static struct results results_of(struct reading *r, struct place function)
{
	const struct facts *f = facts_of(r, function.file);
	struct results all = { .function = function };
	node_id body = node_child(f, function.node, PART_BODY);
	add_tails(r, &all, body);
	for (node_id n = function.node + 1; n < f->nodes[function.node].next;) {
		if (node_kind(f, n) == NODE_RETURN)
			add_result(r, &all, node_child(f, n, PART_VALUE));
		bool nested = (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1;
		n = nested ? f->nodes[n].next : n + 1;
	}
	return all;
}

/* The router that a function returns; one for all of them where it returns this or that. */
static router_id find_returned(struct reading *r, struct place function)
{
	struct results all = results_of(r, function);
	if (all.count < 2)
		return all.count ? all.routers[0] : NO_ROUTER;
	struct router either = {
		.type = routers_get(&r->graph, all.routers[0])->type, .place = function, .is_gathered = true
	};
	router_id made = routers_add(&r->graph, either);
	for (uint32_t i = 0; i < all.count; i++)
		routers_mount(&r->graph, made, NO_PREFIX, all.routers[i]);
	return made;
}

/* A router by the result that a function declares: what an interface hands out, say. */
static router_id declared_result(struct reading *r, struct place function, struct place call)
{
	if (!node_child(facts_of(r, function.file), function.node, PART_RESULT))
		return NO_ROUTER;
	struct type type = model_type(r->model, call.file, call.node);
	enum language language = model_file(r->model, call.file)->language;
	bool is_router = type.kind == MEANS_LIBRARY && model_library(r->model, language, type.name, ROLE_ROUTER);
	return is_router ? router_at(r, function, type.name) : NO_ROUTER;
}

/* The router that a call of a function results in: the same for each call. */
static router_id returned(struct reading *r, struct place function, struct place call)
{
	bool is_known, was_open = r->is_open;
	router_id router = known_router(r, function, &is_known);
	if (is_known)
		return router;
	no_router(r, function); /* while it is looked for: a function may call itself */
	router = find_returned(r, function);
	r->is_open = was_open;
	if (!router)
		router = declared_result(r, function, call);
	*map_put(&r->routers, place_key(function), 0, NULL) = router;
	return router;
}

/* ---- calls ---- */

/* The router that a path means as seen from a node. */
static router_id router_behind(struct reading *r, struct place from, struct str path)
{
	struct place at = behind_path(r, from.file, from.node, path).at;
	return at.node ? router_of(r, at) : router_of_path(r, from.file, from.node, path);
}

static router_id receiver_of(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	node_id object = node_child(f, call.node, PART_OBJECT);
	struct str path = object ? STR("") : path_parent(node_name(f, call.node));
	if (!str_empty(path))
		return router_behind(r, call, path);
	return object ? router_of(r, (struct place){ call.file, object }) : NO_ROUTER;
}

/* Router = router_class(Route): the class that a function made; what was called when it is no such thing. */
static struct place class_made_by(struct reading *r, struct place called)
{
	if (node_kind(facts_of(r, called.file), called.node) != NODE_CALL)
		return called;
	struct place function = callee_of(r, called).at;
	if (!function.node || node_kind(facts_of(r, function.file), function.node) != NODE_FUNCTION)
		return called;
	struct place result = { function.file, model_result(r->model, function.file, function.node) };
	struct place at = result.node ? behind(r, result) : result;
	bool is_class = at.node && node_kind(facts_of(r, at.file), at.node) == NODE_CLASS;
	return is_class ? at : called;
}

static router_id call_declared(struct reading *r, struct place call, struct place called)
{
	called = class_made_by(r, called);
	struct place function = runs(r, called);
	if (function.node) {
		note_caller(r, function, call);
		hand_over(r, call, function);
	}
	if (node_kind(facts_of(r, called.file), called.node) == NODE_CLASS)
		return make_derived_router(r, call, called);
	return function.node ? returned(r, function, call) : NO_ROUTER;
}

/* add = app.router.add_route: what a name stands for that a method was taken off its router by; 0 when none was. */
static node_id taken_method(const struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	struct str name = node_name(f, call.node);
	bool is_name = f->language == LANGUAGE_PYTHON && !node_child(f, call.node, PART_OBJECT) && !str_empty(name) &&
		       str_empty(path_parent(name));
	node_id binding = is_name ? model_binding(r->model, call.file, call.node, name) : 0;
	node_id value = binding ? own_value(f, binding) : 0;
	bool is_taken = value && node_kind(f, value) == NODE_NAME && !str_empty(path_parent(node_name(f, value)));
	return is_taken ? value : 0;
}

static router_id read_once(struct reading *r, struct place call, router_id receiver)
{
	const struct facts *f = facts_of(r, call.file);
	struct place taken = { call.file, receiver ? 0 : taken_method(r, call) };
	struct str member = node_name(f, taken.node ? taken.node : call.node);
	if (taken.node)
		receiver = router_behind(r, taken, path_parent(member));
	if (receiver) {
		router_id result = call_member(r, call, receiver, path_last(member));
		if (result)
			return result;
	}
	struct named callee = callee_of(r, call);
	if (!str_empty(callee.library))
		return call_library(r, call, callee.library);
	return callee.at.node ? call_declared(r, call, callee.at) : NO_ROUTER;
}

/* Once, or for each row of the table around it; the receiver is known where the call stands in a chain. */
static router_id read_rows(struct reading *r, struct place call, bool chained, router_id receiver)
{
	struct row before = r->row;
	router_id result = NO_ROUTER;
	for (uint32_t i = 0; before.item ? i == 0 : next_row(r, call, i); i++) {
		r->is_registration = false;
		router_id of_row = read_once(r, call, chained ? receiver : receiver_of(r, call));
		result = result ? result : of_row;
		if (!r->is_registration)
			break;
	}
	if (!r->is_open && !before.item)
		*map_put(&r->routers, place_key(call), 0, NULL) = result;
	r->row = before;
	return result;
}

router_id read_call(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	uint32_t base = r->chain.count;
	bool is_known = false, chained = false, was_open = r->is_open;
	router_id router = NO_ROUTER;
	if (r->depth > DEEPEST) {
		r->is_open = true;
		return NO_ROUTER;
	}
	for (node_id n = call.node; n && node_kind(f, n) == NODE_CALL; n = node_child(f, n, PART_OBJECT)) {
		router = known_router(r, (struct place){ call.file, n }, &is_known);
		if (is_known)
			break;
		vec_push(&r->chain, n);
	}
	chained = is_known;
	r->is_open = false; /* what a chain stands on may be open, and then all of it is */
	r->depth++;
	while (r->chain.count > base) {
		node_id n = r->chain.items[--r->chain.count];
		router = read_rows(r, (struct place){ call.file, n }, chained, router);
		chained = true;
	}
	r->depth--;
	r->is_open |= was_open;
	return router;
}
