/* Requests: places that ask something are collected, with the calls that matter, and visited. */
#include "wire/requests.h"

#include "base/threads.h"

#include <stdlib.h>

/* ---- collecting ---- */

/* Tests and scripts ask as they please; what generators write is asked through; settings may say what is asked. */
static bool speaks(const struct model *m, file_id file)
{
	enum file_class class = model_file(m, file)->class;
	return model_is_production(m, file) || class == CLASS_GENERATED || class == CLASS_CONFIG;
}

static void scan_task(void *context, uint32_t worker, uint32_t file)
{
	struct requests *r = context;
	(void)worker;
	if (speaks(r->m, file))
		requests_scan(r->m, &r->rpcs, file, &r->scans[file]);
}

static void scan_calls_task(void *context, uint32_t worker, uint32_t file)
{
	struct requests *r = context;
	(void)worker;
	if (speaks(r->m, file) && !scans_all_calls(model_file(r->m, file)->language))
		requests_scan_calls(r->m, file, &r->names, &r->scans[file]);
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

static void index_callings(struct requests *r)
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

static void take_askings(struct requests *r)
{
	for (file_id file = 0; file < model_file_count(r->m); file++) {
		struct scan *s = &r->scans[file];
		for (uint32_t i = 0; i < s->askings.count; i++)
			vec_push(&r->askings, s->askings.items[i]);
		for (uint32_t i = 0; i < s->changes.count; i++)
			vec_push(&r->changes, s->changes.items[i]);
		for (uint32_t i = 0; i < s->implementings.count; i++)
			vec_push(&r->implementings, s->implementings.items[i]);
		for (uint32_t i = 0; i < s->runners.count; i++)
			vec_push(&r->runners, s->runners.items[i]);
		vec_release(&s->runners);
		vec_release(&s->implementings);
		vec_release(&s->askings);
		vec_release(&s->changes);
	}
}

static void take_callings(struct requests *r)
{
	for (file_id file = 0; file < model_file_count(r->m); file++) {
		struct scan *s = &r->scans[file];
		for (uint32_t i = 0; i < s->callings.count; i++)
			vec_push(&r->callings, s->callings.items[i]);
		vec_release(&s->callings);
	}
}

/* ---- all of it ---- */

static int compare(const struct request *a, const struct request *b)
{
	uint64_t x = place_key(a->file, a->node), y = place_key(b->file, b->node);
	if (x != y)
		return x < y ? -1 : 1;
	int order = str_cmp(a->path, b->path);
	return order ? order : (a->methods > b->methods) - (a->methods < b->methods);
}

/* What is asked at one place and linked to there is asked. */
static int by_place(const void *left, const void *right)
{
	const struct request *a = left, *b = right;
	int order = compare(a, b);
	return order ? order : a->is_link - b->is_link;
}

/* In the order of file and place, each once. */
static void sort_requests(struct wire *w)
{
	uint32_t kept = 0;
	if (w->requests.count)
		qsort(w->requests.items, w->requests.count, sizeof(*w->requests.items), by_place);
	for (uint32_t i = 0; i < w->requests.count; i++)
		if (!kept || compare(&w->requests.items[kept - 1], &w->requests.items[i]) != 0)
			w->requests.items[kept++] = w->requests.items[i];
	w->requests.count = kept;
}

/* ---- calls that matter ---- */

/* The calls of a function are looked for by its name. */
static void want(struct requests *r, file_id file, node_id function)
{
	const struct facts *f = &model_file(r->m, file)->facts;
	bool is_new = false;
	if (function && !scans_all_calls(model_file(r->m, file)->language))
		map_put(&r->wanted, place_key(file, function), 1, &is_new);
	struct str name = is_new ? node_name(f, function) : STR("");
	if (is_new && str_empty(name))
		name = node_name(f, f->nodes[function].parent); /* handler = lambda path: … */
	if (!str_empty(name) && !str_map_get(&r->known_names, name))
		str_map_put(&r->names, name, 1, NULL);
}

static void want_open_functions(struct requests *r)
{
	for (uint32_t i = 0; i < r->askings.count; i++) {
		const struct asking *a = &r->askings.items[i];
		const struct model_file *file = model_file(r->m, a->file);
		struct read_request reading;
		if (scans_all_calls(file->language) || !requests_read(r, a, (struct text_view){ 0 }, &reading))
			continue;
		for (uint32_t k = 0; k < reading.open_count; k++)
			want(r, reading.open[k].file, reading.open[k].node);
		if (a->is_generated)
			want(r, a->file, node_function(&file->facts, a->node));
	}
}

/* Who calls a function that matters may be handed what it hands on. */
static void want_callers(struct requests *r)
{
	for (uint32_t i = 0; i < r->callings.count; i++) {
		const struct calling *c = &r->callings.items[i];
		if (map_get(&r->wanted, place_key(c->function_file, c->function)))
			want(r, c->file, node_function(&model_file(r->m, c->file)->facts, c->node));
	}
}

static void scan_wanted(struct requests *r)
{
	if (!r->names.count)
		return;
	threads_each(r->w->workers, model_file_count(r->m), scan_calls_task, r);
	take_callings(r);
	for (uint32_t i = 0; i < r->names.capacity; i++)
		if (!str_empty(r->names.slots[i].key))
			str_map_put(&r->known_names, r->names.slots[i].key, 1, NULL);
	str_map_clear(&r->names);
}

/* Finds the calls of what is wanted, then of their callers: where only few calls matter, the others are not resolved. */
static void find_callings(struct requests *r)
{
	uint32_t known = 0;
	want_open_functions(r);
	for (unsigned hop = 0; r->wanted.count > known && hop < MOST_GENERATED_HOPS; hop++) {
		known = r->wanted.count;
		scan_wanted(r);
		want_callers(r);
	}
	index_callings(r);
}

/* ---- GraphQL ---- */

static bool add_document(struct requests *r, const struct asking *a, node_id literal)
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
static void add_graphql(struct requests *r, const struct asking *a)
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

static void visit_asking(struct requests *r, const struct asking *asking)
{
	if (asking->protocol == PROTOCOL_GRAPHQL)
		add_graphql(r, asking);
	else
		requests_visit(r, asking);
}

/* What was found is read again where failures are followed. */
static void hand_over(struct requests *r)
{
	r->w->sendings = (struct sendings){ .askings = r->askings.items,
		.callings = r->callings.items,
		.asking_count = r->askings.count,
		.calling_count = r->callings.count,
		.first_calling = r->first_calling };
}

void wire_find_requests(struct wire *w)
{
	struct requests r = { .w = w, .m = w->model };
	uint32_t files = model_file_count(r.m);
	r.scans = arena_array(&r.scratch, struct scan, files);
	rpcs_find(&r.rpcs, r.m);
	requests_name_routes(&r);
	threads_each(w->workers, files, scan_task, &r);
	take_askings(&r);
	take_callings(&r);
	requests_resolve_interfaces(&r);
	requests_resolve_runners(&r);
	requests_note_changes(&r);
	find_callings(&r);
	for (uint32_t i = 0; i < r.askings.count; i++)
		visit_asking(&r, &r.askings.items[i]);
	requests_visit_generated(&r);
	requests_find_mentions(&r);
	sort_requests(w);
	rpcs_release(&r.rpcs);
	hand_over(&r);
	vec_release(&r.readings);
	vec_release(&r.implementings);
	vec_release(&r.runners);
	vec_release(&r.changes);
	map_release(&r.changed);
	map_release(&r.generated);
	map_release(&r.wanted);
	str_map_release(&r.first_of_name);
	str_map_release(&r.names);
	str_map_release(&r.known_names);
	arena_release(&r.scratch);
}
