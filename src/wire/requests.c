/* Requests: each place that asks something, read where it stands and from the calls of the functions around it. */
#include "wire/requests.h"

#include "base/threads.h"

#include <stdlib.h>

/*
 * A wrapper of wrappers is followed this far. The path must have been unknown so far, but for the last step. What a
 * generator writes has a few layers more.
 */
enum { MOST_HOPS = 4, MOST_GENERATED_HOPS = 8 };
/* How often one call may be read on behalf of requests behind it: a function with more requests than this is no wrapper. */
enum { MOST_READINGS = 16 };

struct finding_requests {
	struct wire *w;
	const struct model *m;
	struct rpcs rpcs;
	struct scan *scans; /* of each file */
	VEC(struct asking) askings;
	VEC(struct calling) callings; /* by function, then by place */
	VEC(uint8_t) readings; /* of each calling */
	struct map first_calling; /* function → index into `callings` */
	VEC(struct client_change) changes;
	struct map changed; /* client → index into `changes` */
	struct map generated; /* functions of generated code that ask something, with what they ask → 1 */
	struct arena scratch;
};

static uint64_t place_key(file_id file, node_id node)
{
	return (uint64_t)file << 32 | node;
}

/* ---- collecting ---- */

static void scan_task(void *context, uint32_t worker, uint32_t file)
{
	struct finding_requests *r = context;
	(void)worker;
	requests_scan(r->m, &r->rpcs, file, &r->scans[file]);
}

static int by_function(const void *left, const void *right)
{
	const struct calling *a = left, *b = right;
	uint64_t keys[2][2] = { { place_key(a->function_file, a->function), place_key(a->file, a->node) },
		{ place_key(b->function_file, b->function), place_key(b->file, b->node) } };
	for (unsigned i = 0; i < 2; i++)
		if (keys[0][i] != keys[1][i])
			return keys[0][i] < keys[1][i] ? -1 : 1;
	return 0;
}

static void index_callings(struct finding_requests *r)
{
	if (r->callings.count)
		qsort(r->callings.items, r->callings.count, sizeof(*r->callings.items), by_function);
	map_clear(&r->first_calling);
	vec_clear(&r->readings);
	for (uint32_t i = 0; i < r->callings.count; i++) {
		const struct calling *c = &r->callings.items[i];
		map_put(&r->first_calling, place_key(c->function_file, c->function), i, NULL);
		vec_push(&r->readings, 0);
	}
}

static void collect(struct finding_requests *r, uint32_t workers)
{
	uint32_t files = model_file_count(r->m);
	r->scans = arena_array(&r->scratch, struct scan, files);
	threads_each(workers, files, scan_task, r);
	for (file_id file = 0; file < files; file++) {
		struct scan *s = &r->scans[file];
		for (uint32_t i = 0; i < s->askings.count; i++)
			vec_push(&r->askings, s->askings.items[i]);
		for (uint32_t i = 0; i < s->callings.count; i++)
			vec_push(&r->callings, s->callings.items[i]);
		for (uint32_t i = 0; i < s->changes.count; i++)
			vec_push(&r->changes, s->changes.items[i]);
		vec_release(&s->askings);
		vec_release(&s->callings);
		vec_release(&s->changes);
	}
	index_callings(r);
}

/* The i-th call of a function, in the order of the code; NULL behind the last. */
static struct calling *calling_of(struct finding_requests *r, file_id file, node_id function, uint32_t i)
{
	const uint32_t *first = map_get(&r->first_calling, place_key(file, function));
	if (!first || *first + i >= r->callings.count)
		return NULL;
	struct calling *c = &r->callings.items[*first + i];
	return c->function_file == file && c->function == function ? c : NULL;
}

/* ---- clients that are changed after they were made ---- */

/* The call that made a client; for a library's own client, its name within the package. */
static uint64_t client_key(const struct finding_requests *r, const struct text *base, file_id file, struct str library)
{
	if (base->client)
		return place_key(base->client_file, base->client);
	struct str name = path_first(library);
	return hash_mix(~(uint64_t)model_file(r->m, file)->package, name.ptr, name.len);
}

static void note_changes(struct finding_requests *r)
{
	for (uint32_t i = 0; i < r->changes.count; i++) {
		const struct client_change *c = &r->changes.items[i];
		struct str library = c->entry ? c->entry->name : model_meaning(r->m, c->file, c->node).name;
		struct text base = model_client_base(r->m, (struct text_view){ 0 }, c->file, c->node);
		bool added;
		uint32_t *known = map_put(&r->changed, client_key(r, &base, c->file, library), i, &added);
		if (!added && !c->value)
			*known = i; /* an interceptor edits whatever the base is */
	}
}

/* ---- reading one request ---- */

struct reading {
	struct request request;
	struct text_open open[TEXT_MOST_OPEN];
	uint32_t open_count;
	bool has_sides;
	bool is_known;
};

static void note_text(struct reading *out, const struct text *text)
{
	out->has_sides |= text->has_sides;
	for (uint32_t i = 0; i < text->open_count && out->open_count < TEXT_MOST_OPEN; i++) {
		bool is_new = true;
		for (uint32_t k = 0; k < out->open_count; k++)
			is_new &= out->open[k].file != text->open[i].file || out->open[k].node != text->open[i].node;
		if (is_new)
			out->open[out->open_count++] = text->open[i];
	}
}

static uint32_t read_method(
	struct finding_requests *r, const struct asking *a, struct text_view view, struct reading *out)
{
	struct str fixed = library_attribute(a->entry, "method"), where = library_attribute(a->entry, "method-at");
	if (!str_empty(fixed))
		return http_method(fixed);
	if (str_empty(where)) {
		struct str last = path_last(node_name(&model_file(r->m, a->file)->facts, a->node));
		return http_method(str_starts(last, STR("$")) ? str_slice(last, 1, last.len) : last);
	}
	struct text method = model_argument_text(r->m, view, a->file, a->node, where);
	note_text(out, &method);
	return method.is_absent ? (uint32_t)METHOD_GET : http_method(str_trim(method.says));
}

/* The base of the client; *edited when an interceptor puts something before the path. */
static struct str read_base(struct finding_requests *r, const struct asking *a, struct text_view view, bool *edited)
{
	struct str own = library_attribute(a->entry, "base");
	struct text base = { .is_absent = true };
	if (!str_empty(own))
		base = model_argument_text(r->m, view, a->file, a->node, own);
	if (!base.is_absent)
		return base.says;
	if (a->client)
		base = model_text_from(r->m, view, a->file, a->client, CLIENT_BASE);
	else if (!str_empty(library_attribute(a->entry, "based")))
		base = model_client_base(r->m, view, a->file, a->node);
	else
		return STR("");
	const uint32_t *change = map_get(&r->changed, client_key(r, &base, a->file, a->entry->name));
	const struct client_change *c = change ? &r->changes.items[*change] : NULL;
	*edited = c && !c->value;
	if (c && c->value)
		base = c->entry ? model_argument_text(r->m, (struct text_view){ 0 }, c->file, c->node,
					  library_attribute(c->entry, "base"))
				: model_text_from(r->m, (struct text_view){ 0 }, c->file, c->value, STR(""));
	return base.is_absent ? STR("") : base.says;
}

static bool is_rooted(struct str url)
{
	return str_starts(url, STR("/")) || str_starts(url, STR("{")) || str_starts(url, STR("http"));
}

static bool read_http(struct finding_requests *r, const struct asking *a, struct text_view view, struct reading *out)
{
	struct str unless = library_attribute(a->entry, "unless");
	if (!str_empty(unless) && !model_argument_text(r->m, view, a->file, a->node, unless).is_absent)
		return false;
	struct text url = model_argument_text(r->m, view, a->file, a->node, library_attribute(a->entry, "url"));
	if (url.is_absent || (!str_empty(library_attribute(a->entry, "rooted")) && !is_rooted(url.says)))
		return false;
	note_text(out, &url);
	bool edited = false;
	struct str base = read_base(r, a, view, &edited);
	struct target target = target_of_url(&r->w->arena, edited ? STR("") : base, url.says);
	out->request.methods = read_method(r, a, view, out);
	out->request.path = target.path;
	out->request.origin = target.origin;
	out->request.is_tail = target.is_tail || edited || (a->is_generated && str_empty(target.origin));
	out->is_known = target.is_known && (!a->is_generated || out->request.methods);
	return true;
}

static bool read_event(struct finding_requests *r, const struct asking *a, struct text_view view, struct reading *out)
{
	struct text event = model_argument_text(r->m, view, a->file, a->node, library_attribute(a->entry, "event"));
	if (event.is_absent)
		return false;
	note_text(out, &event);
	out->request.path = event.says;
	out->is_known = str_find(event.says, '{') == UINT32_MAX;
	return true;
}

/* Reads a place that asks something, from within calls. False when it turns out to ask nothing. */
static bool read_asking(struct finding_requests *r, const struct asking *a, struct text_view view, struct reading *out)
{
	*out = (struct reading){
		.request = { .protocol = a->protocol, .origin = STR(""), .file = a->file, .node = a->node }
	};
	if (a->protocol == PROTOCOL_HTTP)
		return read_http(r, a, view, out);
	if (a->protocol == PROTOCOL_WEBSOCKET)
		return read_event(r, a, view, out);
	out->request.path = rpc_path(&r->w->arena, r->m, a->rpc);
	out->is_known = true;
	return true;
}

/* ---- from the calls of a function ---- */

static bool same_but_for_names(struct str a, struct str b)
{
	uint32_t i = 0, k = 0;
	while (i < a.len && k < b.len && a.ptr[i] == b.ptr[k]) {
		if (a.ptr[i] == '{') {
			i += str_find(str_slice(a, i, a.len), '}');
			k += str_find(str_slice(b, k, b.len), '}');
		}
		i++;
		k++;
	}
	return i >= a.len && k >= b.len;
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

static void emit(struct finding_requests *r, const struct chain *chain, struct request request)
{
	if (chain->count) {
		request.file = chain->calls[chain->count - 1].file;
		request.node = chain->calls[chain->count - 1].call;
	}
	vec_push(&r->w->requests, request);
}

/* Each call is looked at from the next; the links are the chain's own. */
static void link_calls(struct chain *chain)
{
	for (uint32_t i = 0; i + 1 < chain->count; i++)
		chain->calls[i].outer = &chain->calls[i + 1];
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

static bool visit(struct finding_requests *r, const struct chain *chain, const struct reading *outer);

/* Reads the request again from each call of the functions that it is open to. True when all of them say more. */
static bool visit_callers(struct finding_requests *r, const struct chain *chain, const struct reading *reading)
{
	uint32_t calls = 0, more = 0;
	for (uint32_t i = 0; i < reading->open_count; i++) {
		struct calling *calling;
		for (uint32_t k = 0; (calling = calling_of(r, reading->open[i].file, reading->open[i].node, k)); k++) {
			uint8_t *readings = &r->readings.items[calling - r->callings.items];
			struct chain longer = *chain;
			if (*readings == MOST_READINGS || !add_hop(&longer, calling))
				continue;
			++*readings;
			calls++;
			more += visit(r, &longer, reading);
		}
	}
	return calls && more == calls;
}

/* `id ? put(`/users/${id}`) : post("/users")` as one call: both sides are requests. */
static bool visit_sides(struct finding_requests *r, const struct chain *chain, const struct reading *shorter)
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
static bool visit(struct finding_requests *r, const struct chain *chain, const struct reading *shorter)
{
	struct text_view view = { chain->count ? chain->calls : NULL, chain->side };
	struct reading reading;
	if (!read_asking(r, chain->asking, view, &reading))
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

/* ---- functions of generated code ---- */

/* A generated function that asks something, directly or through others. */
struct operation {
	file_id file;
	node_id function;
	unsigned hops;
};

static void visit_operation(struct finding_requests *r, const struct request *request, struct operation operation);

/* Who calls a generated function asks what it asks; from generated code, whoever calls that. */
static void visit_operation_caller(struct finding_requests *r, const struct request *request,
	struct operation operation, const struct calling *calling)
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
				calling->file, node_function(&from->facts, calling->node), operation.hops + 1 });
}

static void visit_operation(struct finding_requests *r, const struct request *request, struct operation operation)
{
	uint64_t asked = hash_mix(place_key(request->file, request->node), request->path.ptr, request->path.len);
	uint64_t function = place_key(operation.file, operation.function);
	bool added = false;
	if (operation.function)
		map_put(&r->generated, hash_mix(asked, (const char *)&function, sizeof(function)), 1, &added);
	struct calling *calling;
	for (uint32_t i = 0; added && (calling = calling_of(r, operation.file, operation.function, i)); i++)
		visit_operation_caller(r, request, operation, calling);
}

/* A request in generated code stands there, and at each place outside that leads to it. */
static void visit_generated(struct finding_requests *r, const struct asking *asking)
{
	uint32_t before = r->w->requests.count;
	struct chain chain = { .asking = asking };
	visit(r, &chain, NULL);
	for (uint32_t i = before, end = r->w->requests.count; i < end; i++) {
		struct request request = r->w->requests.items[i];
		const struct model_file *file = model_file(r->m, request.file);
		struct operation operation = { request.file, node_function(&file->facts, request.node), 0 };
		if (file->class == CLASS_GENERATED)
			visit_operation(r, &request, operation);
	}
}

/* ---- GraphQL ---- */

static bool add_document(struct finding_requests *r, const struct asking *a, node_id literal)
{
	const struct facts *f = &model_file(r->m, a->file)->facts;
	struct str document = graphql_document(&r->w->arena, f, literal), operation = STR(""), field;
	uint32_t position = 0, before = r->w->requests.count;
	while (graphql_next_field(document, &position, &operation, &field)) {
		struct request request = { .protocol = PROTOCOL_GRAPHQL,
			.path = arena_printf(&r->w->arena, "%.*s.%.*s", STR_ARG(operation), STR_ARG(field)),
			.origin = STR(""),
			.file = a->file,
			.node = a->node };
		vec_push(&r->w->requests, request);
	}
	return r->w->requests.count > before;
}

/* The literal at the first of the places that has one. A document that is a name was found where it is written. */
static void add_graphql(struct finding_requests *r, const struct asking *a)
{
	const struct facts *f = &model_file(r->m, a->file)->facts;
	struct str where = a->entry ? library_attribute(a->entry, "document") : STR("0"), place;
	while (str_split(&where, ' ', &place)) {
		node_id argument = call_arg(f, a->node, (uint32_t)(place.ptr[0] - '0'));
		if (argument && place.len > 2)
			argument = object_value(f, argument, str_slice(place, 2, place.len));
		if (argument && add_document(r, a, argument))
			return;
	}
}

/* ---- all of it ---- */

static int by_place(const void *left, const void *right)
{
	const struct request *a = left, *b = right;
	uint64_t x = place_key(a->file, a->node), y = place_key(b->file, b->node);
	if (x != y)
		return x < y ? -1 : 1;
	int order = str_cmp(a->path, b->path);
	return order ? order : (a->methods > b->methods) - (a->methods < b->methods);
}

/* In the order of file and place, each once. */
static void sort_requests(struct wire *w)
{
	uint32_t kept = 0;
	if (w->requests.count)
		qsort(w->requests.items, w->requests.count, sizeof(*w->requests.items), by_place);
	for (uint32_t i = 0; i < w->requests.count; i++)
		if (!kept || by_place(&w->requests.items[kept - 1], &w->requests.items[i]) != 0)
			w->requests.items[kept++] = w->requests.items[i];
	w->requests.count = kept;
}

void wire_find_requests(struct wire *w)
{
	struct finding_requests r = { .w = w, .m = w->model };
	rpcs_find(&r.rpcs, r.m);
	collect(&r, w->workers);
	note_changes(&r);
	for (uint32_t i = 0; i < r.askings.count; i++) {
		struct chain chain = { .asking = &r.askings.items[i] };
		if (chain.asking->protocol == PROTOCOL_GRAPHQL)
			add_graphql(&r, chain.asking);
		else if (chain.asking->is_generated)
			visit_generated(&r, chain.asking);
		else
			visit(&r, &chain, NULL);
	}
	sort_requests(w);
	rpcs_release(&r.rpcs);
	vec_release(&r.askings);
	vec_release(&r.callings);
	vec_release(&r.readings);
	vec_release(&r.changes);
	map_release(&r.first_calling);
	map_release(&r.changed);
	map_release(&r.generated);
	arena_release(&r.scratch);
}
