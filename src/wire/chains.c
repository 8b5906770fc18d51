/*
 * Chains from what a user sees to what is stored. Functions are the parts; one that belongs to no column (a helper, a lambda)
 * is gone through, so that a link says "uses, one way or another".
 */
#include "wire/functions.h"

#include "base/path.h"

struct builder {
	struct wire *w;
	const struct model *m;
	struct map parts; /* file, node and column → part */
	struct map links; /* from and to → 1 */
	struct map senders; /* function → index + 1 of the first request in it, in `sent` */
	VEC(struct sent {
		uint32_t request;
		uint32_t next; /* another in the same function, + 1 */
	})
	sent;
	VEC(uint32_t) open; /* parts whose calls are not followed yet */
	struct functions walk;
};

static uint64_t part_key(enum column column, file_id file, node_id node)
{
	uint32_t place[3] = { column, file, node };
	return hash_bytes(place, sizeof(place));
}

static uint32_t add_part(struct builder *b, enum column column, file_id file, node_id node, uint32_t index)
{
	bool added;
	uint32_t id = *map_put(&b->parts, part_key(column, file, node), b->w->parts.count, &added);
	struct chain_part part = { column, file, node, index };
	if (!added)
		return id;
	vec_push(&b->w->parts, part);
	vec_push(&b->open, id);
	return id;
}

static void add_link(struct builder *b, uint32_t from, uint32_t to, file_id file, node_id node)
{
	bool added;
	struct chain_link link = { from, to, file, node };
	map_put(&b->links, (uint64_t)from << 32 | to, 1, &added);
	if (added)
		vec_push(&b->w->links, link);
}

/* ---- what a function is ---- */

static enum column column_of(enum layer layer)
{
	switch (layer) {
	case LAYER_SERVICE:
		return COLUMN_SERVICE;
	case LAYER_REPOSITORY:
		return COLUMN_REPOSITORY;
	case LAYER_ENTITY:
		return COLUMN_ENTITY;
	default:
		return COLUMN_COUNT;
	}
}

/* ---- walks ---- */

/* Entities that the code below a node names, as types or as values. */
static void link_entities(struct builder *b, uint32_t from, file_id file, node_id below)
{
	static const uint64_t names = KIND(NAME) | KIND(TYPE) | KIND(CALL);
	const struct facts *f = &model_file(b->m, file)->facts;
	facts_each_below(f, below, n) {
		struct str name = node_name(f, n);
		if (!(names >> f->nodes[n].kind & 1) || !name.len || name.ptr[0] < 'A' || name.ptr[0] > 'Z')
			continue;
		struct meaning means = model_path_meaning(b->m, file, n, path_first(name));
		if (means.kind != MEANS_DECLARATION ||
			model_class_layer(b->m, means.file, means.node).layer != LAYER_ENTITY)
			continue;
		add_link(b, from, add_part(b, COLUMN_ENTITY, means.file, means.node, 0), file, n);
	}
}

/* `orders: Repository<Order>`: what the handle of a database call is declared to hold. */
static void link_handled_entities(struct builder *b, uint32_t from, file_id file, node_id call)
{
	const struct facts *f = &model_file(b->m, file)->facts;
	struct str handle = path_parent(node_name(f, call));
	struct meaning means = str_empty(handle) ? (struct meaning){ 0 } : model_path_meaning(b->m, file, call, handle);
	if (means.node && (means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL))
		link_entities(b, from, means.file, means.node);
	link_entities(b, from, file, call);
}

/* A database call outside of repositories stands for one. */
static void link_database_calls(struct builder *b, uint32_t from, struct function f)
{
	const node_id *calls;
	uint32_t count = model_database_calls(b->m, f.file, f.node, &calls);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t part = from;
		if (b->w->parts.items[from].column != COLUMN_REPOSITORY) {
			part = add_part(b, COLUMN_REPOSITORY, f.file, calls[i], 0);
			add_link(b, from, part, f.file, calls[i]);
		}
		link_handled_entities(b, part, f.file, calls[i]);
	}
}

static void follow_calls(struct builder *b, uint32_t from, struct function f)
{
	struct call call;
	for (uint32_t position = 0; model_next_call(b->m, f.file, f.node, &position, &call);) {
		struct function callee = { call.file, call.callee };
		enum column column = column_of(function_layer(b->m, callee));
		if (column == COLUMN_COUNT)
			functions_add(&b->walk, callee);
		else if (column >= b->w->parts.items[from].column)
			add_link(b, from, add_part(b, column, callee.file, callee.node, 0), f.file, call.site);
	}
}

/* From a handler, a service or a repository down. */
static void descend(struct builder *b, uint32_t from)
{
	struct chain_part part = b->w->parts.items[from];
	functions_begin(&b->walk, (struct function){ part.file, part.node });
	for (uint32_t i = 0; i < b->walk.queue.count; i++) {
		struct function f = b->walk.queue.items[i];
		follow_calls(b, from, f);
		link_database_calls(b, from, f);
	}
	if (part.column == COLUMN_REPOSITORY)
		link_entities(b, from, part.file, part.node);
}

/* ---- endpoints and requests ---- */

/* The first parts are the endpoints, by their number. */
static void add_endpoints(struct builder *b)
{
	for (uint32_t i = 0; i < b->w->endpoints.count; i++) {
		const struct endpoint *e = &b->w->endpoints.items[i];
		struct chain_part part = { COLUMN_ENDPOINT, e->file, e->node, i };
		vec_push(&b->w->parts, part); /* one place may serve several: it is no key */
	}
	for (uint32_t i = 0; i < b->w->endpoints.count; i++) {
		const struct endpoint *e = &b->w->endpoints.items[i];
		if (e->handler)
			add_link(
				b, i, add_part(b, COLUMN_CONTROLLER, e->handler_file, e->handler, 0), e->file, e->node);
	}
}

/* A request is sent by every function that it stands in: one may be called, another be a component. */
static void note_senders(struct builder *b, uint32_t request)
{
	const struct request *r = &b->w->requests.items[request];
	const struct facts *f = &model_file(b->m, r->file)->facts;
	for (node_id n = node_function(f, r->node); n; n = node_function(f, n)) {
		uint32_t *first = map_put(&b->senders, function_number((struct function){ r->file, n }), 0, NULL);
		struct sent sent = { request, *first };
		vec_push(&b->sent, sent);
		*first = b->sent.count;
	}
}

static void add_requests(struct builder *b)
{
	for (uint32_t i = b->w->requests.count; i-- > 0;)
		note_senders(b, i);
	for (uint32_t i = 0; i < b->w->requests.count; i++) {
		const struct request *request = &b->w->requests.items[i];
		uint32_t id = b->w->parts.count;
		struct chain_part part = { COLUMN_CLIENT, request->file, request->node, i };
		struct landing landing = wire_landing(b->w, i);
		vec_push(&b->w->parts, part);
		for (uint32_t e = 0; e < landing.count; e++)
			add_link(b, id, landing_endpoint(b->w, landing, e), request->file, request->node);
	}
}

/* ---- components ---- */

/* The component that code stands in: the function or class that renders, of a single-file component all of the file (node 0). */
static struct function component_around(const struct model *m, file_id file, node_id node)
{
	if (model_file(m, file)->language == LANGUAGE_COMPONENT)
		return (struct function){ file, 0 };
	node_id class_node = component_class(m, file, node);
	return class_node ? (struct function){ file, class_node } : function_around(m, file, node);
}

static void link_sender(
	struct builder *b, uint32_t component, struct function f, uint32_t first_client_part, node_id site)
{
	const uint32_t *request = map_get(&b->senders, function_number(f));
	file_id file = b->w->parts.items[component].file;
	for (uint32_t i = request ? *request : 0; i; i = b->sent.items[i - 1].next)
		add_link(b, component, first_client_part + b->sent.items[i - 1].request, file, site);
}

/* Does the function send a request, more than a link? */
static bool is_api_service(const struct builder *b, struct function f)
{
	const uint32_t *request = map_get(&b->senders, function_number(f));
	uint32_t i = request ? *request : 0;
	while (i && b->w->requests.items[b->sent.items[i - 1].request].is_link)
		i = b->sent.items[i - 1].next;
	return i != 0;
}

/* What a single-file component or a class declares is called by its template, if by nobody else. */
static void add_functions_below(struct builder *b, file_id file, node_id component)
{
	const struct facts *f = &model_file(b->m, file)->facts;
	for (node_id n = component + 1; n < f->nodes[component].next; n++)
		if ((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1)
			functions_add(&b->walk, (struct function){ file, n });
}

static bool is_class(const struct builder *b, struct chain_part part)
{
	return node_kind(&model_file(b->m, part.file)->facts, part.node) == NODE_CLASS;
}

/* From a function that renders, through hooks and helpers, to those that send requests. */
static void ascend(struct builder *b, uint32_t component, uint32_t first_client_part)
{
	struct chain_part part = b->w->parts.items[component];
	functions_begin(&b->walk, (struct function){ part.file, part.node });
	if (!part.node || is_class(b, part))
		add_functions_below(b, part.file, part.node);
	uint32_t own = b->walk.queue.count;
	for (uint32_t i = 0; i < b->walk.queue.count; i++) {
		struct function f = b->walk.queue.items[i];
		struct call call;
		link_sender(b, component, f, first_client_part, part.node);
		if (i >= own && is_api_service(b, f))
			continue; /* what it does is its own affair */
		for (uint32_t position = 0; model_next_call(b->m, f.file, f.node, &position, &call);)
			functions_add(&b->walk, (struct function){ call.file, call.callee });
	}
}

/* The functions that hold elements. */
static void add_rendering_functions(struct builder *b, file_id file)
{
	const struct facts *f = &model_file(b->m, file)->facts;
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_JSX)
			continue;
		struct function renders = function_around(b->m, file, n);
		if (renders.node)
			add_part(b, COLUMN_COMPONENT, file, renders.node, 0);
		n = f->nodes[renders.node ? renders.node : n].next - 1;
	}
}

static void add_component_classes(struct builder *b, file_id file)
{
	const struct facts *f = &model_file(b->m, file)->facts;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CLASS && component_class(b->m, file, n) == n)
			add_part(b, COLUMN_COMPONENT, file, n, 0);
}

static void add_components(struct builder *b, uint32_t first_client_part)
{
	for (file_id file = 0; file < model_file_count(b->m); file++) {
		enum language language = model_file(b->m, file)->language;
		if (!model_is_production(b->m, file))
			continue;
		if (language == LANGUAGE_COMPONENT)
			add_part(b, COLUMN_COMPONENT, file, 0, 0);
		else if (language == LANGUAGE_TSX || language == LANGUAGE_JAVASCRIPT)
			add_rendering_functions(b, file);
		if ((LANGUAGES_NODE >> language & 1) && file_imports_role(b->m, file, ROLE_WEB_CLIENT_UI))
			add_component_classes(b, file);
	}
	for (uint32_t id = 0; id < b->w->parts.count; id++)
		if (b->w->parts.items[id].column == COLUMN_COMPONENT)
			ascend(b, id, first_client_part);
}

/* Requests that stand in a component and are no call of a function of the project. */
static void note_sending_components(struct builder *b)
{
	b->w->sending_components = arena_array(&b->w->arena, uint32_t, b->w->requests.count);
	for (uint32_t i = 0; i < b->w->requests.count; i++) {
		const struct request *request = &b->w->requests.items[i];
		struct function f = component_around(b->m, request->file, request->node);
		const uint32_t *part = map_get(&b->parts, part_key(COLUMN_COMPONENT, f.file, f.node));
		struct meaning means = model_meaning(b->m, request->file, request->node);
		if (part && !request->is_link && (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN))
			b->w->sending_components[i] = *part + 1;
	}
}

const struct chain_part *wire_sending_component(const struct wire *w, uint32_t request)
{
	uint32_t part = w->sending_components[request];
	return part ? &w->parts.items[part - 1] : NULL;
}

/* ---- names ---- */

/* `const list = () => …`: a function without a name of its own takes that of what holds it; markup is in none. */
static struct str held_name(const struct model_file *file, node_id node)
{
	const struct facts *f = &file->facts;
	for (node_id n = node; n; n = f->nodes[n].parent)
		if ((KIND(VAR) | KIND(FUNCTION) | KIND(FIELD) | KIND(PAIR) | KIND(CLASS)) >> f->nodes[n].kind & 1)
			return node_name(f, n);
	return LANGUAGES_MARKUP >> file->language & 1 ? path_name(file->path) : STR("a function");
}

static struct str name_part(const struct builder *b, struct chain_part part)
{
	const struct facts *f = &model_file(b->m, part.file)->facts;
	node_id node = part.node;
	if (part.column == COLUMN_ENDPOINT)
		return STR("");
	if (part.column == COLUMN_COMPONENT && !node)
		return path_name(model_file(b->m, part.file)->path);
	if (part.column == COLUMN_REPOSITORY && node_kind(f, node) == NODE_CALL)
		return node_name(f, node);
	if (part.column == COLUMN_CLIENT && function_around(b->m, part.file, node).node)
		node = function_around(b->m, part.file, node).node;
	struct str name = held_name(model_file(b->m, part.file), node), owner = STR("");
	node_id around = node_ancestor(f, node, KIND(CLASS) | KIND(IMPL));
	node_id receiver = node_child(f, node, PART_RECEIVER);
	node_id spelled = receiver ? node_child(f, receiver, PART_TYPE) : 0;
	if (around)
		owner = node_name(f, around);
	else if (spelled)
		owner = node_name(f, node_child_of_kind(f, spelled, NODE_TYPE)
					     ? node_child_of_kind(f, spelled, NODE_TYPE)
					     : spelled);
	if (str_empty(owner) || str_eq(owner, name))
		return name;
	return arena_printf(&b->w->arena, "%.*s.%.*s", STR_ARG(owner), STR_ARG(name));
}

void wire_find_chains(struct wire *w)
{
	struct builder b = { .w = w, .m = w->model };
	add_endpoints(&b);
	for (uint32_t i = 0; i < b.open.count; i++)
		if (w->parts.items[b.open.items[i]].column >= COLUMN_CONTROLLER)
			descend(&b, b.open.items[i]);
	uint32_t first_client_part = w->parts.count;
	add_requests(&b);
	if (w->requests.count)
		add_components(&b, first_client_part);
	note_sending_components(&b);
	for (uint32_t id = 0; id < w->parts.count; id++)
		vec_push(&w->part_names, name_part(&b, w->parts.items[id]));
	map_release(&b.parts);
	map_release(&b.links);
	map_release(&b.senders);
	vec_release(&b.sent);
	vec_release(&b.open);
	functions_release(&b.walk);
}
