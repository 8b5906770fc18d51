/* Requests as the callers of a function make them: what a wrapper leaves open, each of its calls fills. */
#include "wire/requests.h"

/* How often one call may be read on behalf of requests behind it: a function with more requests than this is no wrapper. */
enum { MOST_READINGS = 16 };

struct calling *calling_of(struct calling *callings, uint32_t count, const struct map *first_calling, file_id file,
	node_id function, uint32_t i)
{
	const uint32_t *first = map_get(first_calling, place_key(file, function));
	if (!first || *first + i >= count)
		return NULL;
	struct calling *c = &callings[*first + i];
	return c->function_file == file && c->function == function ? c : NULL;
}

static struct calling *next_calling(struct requests *r, file_id file, node_id function, uint32_t i)
{
	return calling_of(r->callings.items, r->callings.count, &r->first_calling, file, function, i);
}

/* Behind the byte at `i`, or behind the hole that starts there. */
static uint32_t behind(struct str text, uint32_t i)
{
	uint32_t close = text.ptr[i] == '{' ? str_find(str_slice(text, i, text.len), '}') : UINT32_MAX;
	return close == UINT32_MAX ? i + 1 : i + close + 1;
}

static bool same_but_for_names(struct str a, struct str b)
{
	uint32_t i = 0, k = 0;
	while (i < a.len && k < b.len && a.ptr[i] == b.ptr[k]) {
		i = behind(a, i);
		k = behind(b, k);
	}
	return i == a.len && k == b.len;
}

static bool says_the_same(const struct request *a, const struct request *b)
{
	return a->methods == b->methods && str_eq(a->origin, b->origin) && a->is_tail == b->is_tail &&
	       same_but_for_names(a->path, b->path);
}

/* A place, looked at through some calls: calls[0] is that of the function around it, calls[1] that of the function around that … */
struct chain {
	const struct asking *asking;
	struct text_call calls[MOST_HOPS];
	uint32_t count;
	unsigned side; /* of conditionals; 0 when none is taken yet */
};

static void emit(struct requests *r, const struct chain *chain, struct request request)
{
	if (chain->count) {
		request.file = chain->calls[chain->count - 1].file;
		request.node = chain->calls[chain->count - 1].call;
	}
	if (names_route(chain->asking))
		requests_add_named(r, request);
	else
		vec_push(&r->w->requests, request);
}

/* Each call is looked at from the next; the links are the chain's own. */
static void link_calls(struct chain *chain)
{
	for (uint32_t i = 0; i + 1 < chain->count; i++)
		chain->calls[i].outer = &chain->calls[i + 1];
}

/* A function that calls itself hands on what it was handed. */
static bool is_recursive(const struct requests *r, const struct calling *c)
{
	const struct facts *f = &model_file(r->m, c->file)->facts;
	return c->file == c->function_file && c->node > c->function && c->node < f->nodes[c->function].next;
}

static bool add_hop(struct chain *chain, const struct calling *calling)
{
	for (uint32_t i = 0; i < chain->count; i++)
		if (chain->calls[i].file == calling->file && chain->calls[i].call == calling->node)
			return false;
	struct text_call call = { .file = calling->file,
		.call = calling->node,
		.function_file = calling->function_file,
		.function = calling->function };
	chain->calls[chain->count++] = call;
	link_calls(chain);
	return true;
}

static bool visit(struct requests *r, const struct chain *chain, const struct read_request *outer);

/* Reads the request again from each call of the functions that it is open to. True when all of them say more. */
static bool visit_callers(struct requests *r, const struct chain *chain, const struct read_request *reading)
{
	uint32_t calls = 0, more = 0;
	for (uint32_t i = 0; i < reading->open_count; i++) {
		struct calling *calling;
		for (uint32_t k = 0; (calling = next_calling(r, reading->open[i].file, reading->open[i].node, k));
			k++) {
			uint8_t *readings = &r->readings.items[calling - r->callings.items];
			struct chain longer = *chain;
			if (*readings == MOST_READINGS || is_recursive(r, calling) || !add_hop(&longer, calling))
				continue;
			++*readings;
			calls++;
			more += visit(r, &longer, reading);
		}
	}
	return calls && more == calls;
}

/* `id ? put(`/users/${id}`) : post("/users")` as one call: both sides are requests. */
static bool visit_sides(struct requests *r, const struct chain *chain, const struct read_request *shorter)
{
	bool says_more = false;
	for (unsigned side = 1; side <= 2; side++) {
		struct chain sided = *chain;
		sided.side = side;
		link_calls(&sided);
		says_more |= visit(r, &sided, shorter);
	}
	return says_more;
}

/* True when the chain says more than the shorter one it came from. */
static bool visit(struct requests *r, const struct chain *chain, const struct read_request *shorter)
{
	struct text_view view = { chain->count ? chain->calls : NULL, chain->side };
	struct read_request reading;
	if (!requests_read(r, chain->asking, view, &reading))
		return false;
	if (reading.has_sides && !chain->side)
		return visit_sides(r, chain, shorter);
	bool says_more = !shorter || !says_the_same(&reading.request, &shorter->request);
	bool was_open = !shorter || !shorter->is_known || !shorter->request.methods;
	bool goes_on = chain->count < MOST_HOPS && was_open;
	bool covered = goes_on && visit_callers(r, chain, &reading);
	if (says_more && reading.is_known && !covered)
		emit(r, chain, reading.request);
	return covered || (says_more && reading.is_known);
}

void requests_visit(struct requests *r, const struct asking *asking)
{
	struct chain chain = { .asking = asking, .calls = { asking->handed }, .count = asking->handed.call != 0 };
	visit(r, &chain, NULL);
}

/* ---- functions of generated code ---- */

/* A generated function that asks something, directly or through others. */
struct operation {
	file_id file;
	node_id function;
	unsigned hops;
};

/* Does the function around run this one? useQuery({ queryFn: () => list() }), const run = () => list() */
static bool is_run_by_outer(const struct facts *f, node_id function)
{
	static const uint64_t literals = KIND(PAIR) | KIND(OBJECT) | KIND(ARRAY) | KIND(CONDITIONAL) | KIND(CAST);
	node_id node = function, up = f->nodes[node].parent;
	for (; literals >> f->nodes[up].kind & 1; up = f->nodes[up].parent)
		node = up;
	return node_kind(f, function) == NODE_LAMBDA &&
	       (node_kind(f, up) == NODE_VAR || (node_kind(f, up) == NODE_CALL && f->nodes[node].part == PART_ARG));
}

static node_id function_around(const struct facts *f, node_id node)
{
	node_id function = node_function(f, node), outer;
	while (function && is_run_by_outer(f, function) && (outer = node_function(f, function)))
		function = outer;
	return function;
}

static void visit_operation(struct requests *r, const struct request *request, struct operation operation);

/* Who calls a generated function asks what it asks; from generated code, whoever calls that. */
static void visit_operation_caller(
	struct requests *r, const struct request *request, struct operation operation, const struct calling *calling)
{
	const struct model_file *from = model_file(r->m, calling->file);
	struct request copy = *request;
	copy.file = calling->file;
	copy.node = calling->node;
	if (from->class != CLASS_GENERATED)
		vec_push(&r->w->requests, copy);
	else if (operation.hops < MOST_GENERATED_HOPS)
		visit_operation(r, request,
			(struct operation){
				calling->file, function_around(&from->facts, calling->node), operation.hops + 1 });
}

static void visit_operation(struct requests *r, const struct request *request, struct operation operation)
{
	uint64_t asked = hash_mix(place_key(request->file, request->node), request->path.ptr, request->path.len);
	uint64_t function = place_key(operation.file, operation.function);
	bool added = false;
	if (operation.function)
		map_put(&r->generated, hash_mix(asked, (const char *)&function, sizeof(function)), 1, &added);
	struct calling *calling;
	for (uint32_t i = 0; added && (calling = next_calling(r, operation.file, operation.function, i)); i++)
		visit_operation_caller(r, request, operation, calling);
}

void requests_visit_generated(struct requests *r)
{
	for (uint32_t i = 0, end = r->w->requests.count; i < end; i++) {
		struct request request = r->w->requests.items[i];
		const struct model_file *file = model_file(r->m, request.file);
		struct operation operation = { request.file, function_around(&file->facts, request.node), 0 };
		if (file->class == CLASS_GENERATED)
			visit_operation(r, &request, operation);
	}
}
