/*
 * Who calls whom, and how a function is reached: from the program's start before it serves, or from a request.
 * Edges come from calls whose callee is known; handlers handed to a registration, and goroutines, are roots.
 */
#include "model/internal.h"

#include <stdlib.h>

static bool is_function_node(const struct facts *f, node_id n)
{
	return (KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1;
}

static void add_edge(struct model *m, file_id file, node_id site, struct meaning callee, uint32_t reach)
{
	node_id function = model_meant_function(m, callee);
	struct call_edge edge = { .file = callee.file,
		.callee = function,
		.caller = node_function(&m->files[file].facts, site),
		.site = site,
		.reach = reach };
	if (function)
		vec_push(&m->edges[file].list, edge);
}

/*
 * A call through an interface leads to the methods of the types behind it, as long as those are a handful: of more,
 * nobody can say which is meant.
 */
static void add_implementations(struct model *m, file_id file, node_id site, struct meaning callee, uint32_t reach)
{
	enum { HANDFUL = 8 };
	const struct facts *there = &m->files[callee.file].facts;
	uint32_t count = 0;
	if (callee.kind != MEANS_DECLARATION || !callee.node)
		return;
	const struct implementation *types = model_implementations(
		m, callee.file, there->nodes[callee.node].parent, &count);
	for (uint32_t i = 0; i < count && count <= HANDFUL; i++) {
		struct meaning method = { .kind = MEANS_DECLARATION };
		if (class_member(
			    m, types[i].file, types[i].node, node_name(there, callee.node), &method.file, &method.node))
			add_edge(m, file, site, method, reach);
	}
}

/* A lambda belongs to the function around it, unless it is handed to something that starts it later. */
static void add_lambda(struct model *m, file_id file, node_id lambda, uint32_t reach)
{
	add_edge(m, file, lambda, (struct meaning){ .kind = MEANS_DECLARATION, .file = file, .node = lambda }, reach);
}

static bool is_database_call(const struct model *m, file_id file, struct meaning means)
{
	if (means.kind != MEANS_LIBRARY)
		return false;
	const struct library_entry *entry = model_library(m, m->files[file].language, means.name, ROLE_PERSISTENCE);
	return entry && str_is(library_attribute(entry, "kind"), "call");
}

/* A named callee that leads nowhere. What is called on the value of an expression (`[…].map()`) is no name. */
static bool is_unknown_call(const struct model *m, file_id file, node_id call, struct meaning callee)
{
	const struct facts *f = &m->files[file].facts;
	if (node_child(f, call, PART_OBJECT) || node_child(f, call, PART_CALLEE))
		return false;
	return callee.kind == MEANS_UNKNOWN || callee.kind == MEANS_LOCAL;
}

/* How the function arguments of this call are run: for each request or message, as a task, or (0) by the callee. */
static uint32_t registers(struct role_set roles, bool starts_task)
{
	static const struct {
		enum role role;
		uint32_t reach;
	} rows[] = { { ROLE_ROUTE, REACH_REQUEST }, { ROLE_CONSUMER, REACH_REQUEST },
		{ ROLE_INJECTS, REACH_REQUEST | REACH_PROVIDER } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (role_set_has(roles, rows[i].role))
			return rows[i].reach;
	return starts_task ? (uint32_t)REACH_TASK : 0;
}

static void call_arguments(struct model *m, file_id file, node_id call, uint32_t reach)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		if (node_kind(f, argument) == NODE_LAMBDA)
			add_lambda(m, file, argument, reach);
		else if (node_kind(f, argument) == NODE_NAME)
			add_edge(m, file, argument, model_meaning(m, file, argument), reach);
	}
}

static bool is_spawned(const struct facts *f, node_id call)
{
	return f->nodes[call].parent && node_kind(f, f->nodes[call].parent) == NODE_SPAWN;
}

/* spawn(work()), spawn(async { work() }): what is called in the arguments runs later, when it is a coroutine or stands in one. */
static bool is_in_task(const struct model *m, file_id file, node_id starter, node_id call, struct meaning callee)
{
	const struct facts *f = &m->files[file].facts;
	node_id function = model_meant_function(m, callee);
	if (function && node_has(&m->files[callee.file].facts, function, FLAG_ASYNC))
		return true;
	for (node_id n = call; n > starter; n = f->nodes[n].parent)
		if (node_kind(f, n) == NODE_BLOCK && node_has(f, n, FLAG_ASYNC))
			return true;
	return false;
}

/* thread::Builder::new().spawn(…)?.join(): main itself waits for it, and so it is main that goes on there. */
static bool is_main_going_on(const struct facts *f, node_id starter)
{
	node_id function = node_function(f, starter);
	if (!function || f->nodes[function].parent || !str_is(node_name(f, function), "main"))
		return false;
	for (node_id n = starter; n; n = f->nodes[n].parent) {
		node_id parent = f->nodes[n].parent;
		enum node_kind kind = node_kind(f, parent);
		if (kind == NODE_AWAIT)
			return true;
		if (kind != NODE_UNWRAP && (kind != NODE_CALL || f->nodes[n].part != PART_OBJECT))
			return false;
		if (kind == NODE_CALL && str_is(path_last(node_name(f, parent)), "join"))
			return true;
	}
	return false;
}

/*
 * `starter` is the call around this one that starts a task, `later` the block around it that somebody else runs; 0 for none. Does
 * this one start a task?
 */
static bool edges_of_call(struct model *m, file_id file, node_id call, node_id starter, node_id later)
{
	const struct facts *f = &m->files[file].facts;
	const struct known_call *known = known_call_add(m, file, call);
	struct meaning callee = known->means;
	struct role_set roles = known->roles;
	bool is_task = is_spawned(f, call) || later || (starter && is_in_task(m, file, starter, call, callee));
	uint32_t reach = is_task ? (uint32_t)REACH_TASK : 0;
	bool starts = role_set_has(roles, ROLE_TASK_STARTER) && !is_main_going_on(f, call);
	if (role_set_has(roles, ROLE_WEB_SERVER))
		m->indexes[file].makes_server = true;
	if (role_set_has(roles, ROLE_PERSISTENCE) && is_database_call(m, file, callee))
		vec_push(&m->edges[file].persistence, call);
	if (callee.kind == MEANS_DECLARATION)
		vec_push(&m->edges[file].project, call);
	if (is_unknown_call(m, file, call, callee))
		vec_push(&m->edges[file].unknown, call);
	add_edge(m, file, call, callee, reach);
	add_implementations(m, file, call, callee, reach);
	node_id lambda = node_child(f, call, PART_CALLEE);
	if (lambda && node_kind(f, lambda) == NODE_LAMBDA)
		add_lambda(m, file, lambda, reach);
	call_arguments(m, file, call, registers(roles, starts) | (starter || later ? reach : 0));
	return starts;
}

/* @router.get("/"): the decorator registers the function that it stands on. */
static void edge_of_decorator(struct model *m, file_id file, node_id decorator)
{
	const struct facts *f = &m->files[file].facts;
	node_id function = f->nodes[decorator].parent;
	struct str word = path_last(node_name(f, decorator));
	struct meaning handler = { .kind = MEANS_DECLARATION, .file = file, .node = function };
	if (is_function_node(f, function) && model_library_word(m, m->files[file].language, word, ROLE_ROUTE) &&
		model_role(m, file, decorator, ROLE_ROUTE))
		add_edge(m, file, decorator, handler, REACH_REQUEST);
}

/* A parameter of a request's type makes a handler, however it is registered. */
static node_id request_parameter(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, function, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (type && model_role(m, file, type, ROLE_REQUEST))
			return param;
	}
	return 0;
}

/* #[get("/")], @Get(): the function below is a handler. */
static node_id route_decorator(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, function, d)
		if (node_kind(f, d) == NODE_DECORATOR &&
			model_library_word(m, m->files[file].language, path_last(node_name(f, d)), ROLE_ROUTE) &&
			model_role(m, file, d, ROLE_ROUTE))
			return d;
	return 0;
}

/* A struct that embeds a generated server stub: its exported methods are called for requests. */
static bool is_generated_server(struct str base)
{
	struct str name = path_last(base);
	return str_starts(name, STR("Unimplemented")) && str_ends(name, STR("Server"));
}

static void generated_server_methods(struct model *m, file_id file, node_id class_node)
{
	const struct facts *f = &m->files[file].facts;
	node_id base = 0;
	facts_each_child(f, class_node, c)
		if (f->nodes[c].part == PART_BASE && is_generated_server(node_name(f, c)))
			base = c;
	uint32_t package = go_package_of_file(m, file);
	if (!base || package == NO_PACKAGE)
		return;
	const struct go_package *p = &m->go_packages.items[package];
	for (uint32_t i = 0; i < p->files.count; i++) {
		const struct facts *there = &m->files[p->files.items[i]].facts;
		facts_each_child(there, 0, method) {
			struct go_declared found;
			if (node_kind(there, method) == NODE_FUNCTION && node_has(there, method, FLAG_EXPORTED) &&
				detached_method(m, file, class_node, node_name(there, method), &found) &&
				found.file == p->files.items[i] && found.node == method) {
				struct meaning callee = {
					.kind = MEANS_DECLARATION, .file = found.file, .node = method
				};
				add_edge(m, file, base, callee, REACH_REQUEST);
			}
		}
	}
}

void model_call_edges(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	if (!model_is_production(m, file))
		return; /* what a test calls says nothing of how the program runs */
	node_id starter = 0, later = 0;
	for (node_id n = 1; n < f->node_count; n++) {
		starter = starter && n < f->nodes[starter].next ? starter : 0;
		later = later && n < f->nodes[later].next ? later : 0;
		if (!later && node_kind(f, n) == NODE_BLOCK && is_run_later(m, file, n))
			later = n;
		node_id request = is_function_node(f, n) ? request_parameter(m, file, n) : 0;
		if (!request && node_kind(f, n) == NODE_FUNCTION)
			request = route_decorator(m, file, n);
		if (request)
			add_edge(m, file, request,
				(struct meaning){ .kind = MEANS_DECLARATION, .file = file, .node = n }, REACH_REQUEST);
		if (node_kind(f, n) == NODE_DECORATOR)
			edge_of_decorator(m, file, n);
		if (node_kind(f, n) == NODE_CLASS)
			generated_server_methods(m, file, n);
		node_id handler = node_kind(f, n) == NODE_EXPR ? model_markup_handler(m, file, n) : 0;
		if (handler && node_kind(f, handler) == NODE_NAME)
			add_edge(m, file, handler, model_meaning(m, file, handler), 0);
		bool is_call = node_kind(f, n) == NODE_CALL;
		if (is_call && edges_of_call(m, file, n, starter, later))
			starter = starter ? starter : n;
		/* a lambda kept in a variable or returned runs where its function runs, as far as we know */
		if (node_kind(f, n) == NODE_LAMBDA && f->nodes[n].part != PART_ARG && f->nodes[n].part != PART_CALLEE)
			add_lambda(m, file, n, 0);
	}
}

/* ---- spreading ---- */

struct work {
	file_id file;
	node_id node;
};

struct spread {
	struct model *m;
	VEC(struct work) queue;
};

/* What starts a command does not start a server. */
static uint32_t of_command(const struct model *m, file_id file, node_id node, uint32_t reach)
{
	bool is_command = (reach & (uint32_t)REACH_STARTUP) && map_get(&m->commands, function_key(file, node));
	return is_command ? (reach & ~(uint32_t)REACH_STARTUP) | (uint32_t)REACH_COMMAND : reach;
}

static bool mark(struct spread *s, file_id file, node_id node, uint32_t reach)
{
	bool added;
	reach = of_command(s->m, file, node, reach);
	uint32_t *mask = map_put(&s->m->reach, function_key(file, node), 0, &added);
	if ((*mask & reach) == reach)
		return false;
	*mask |= reach;
	struct work work = { file, node };
	vec_push(&s->queue, work);
	return true;
}

static void note_evidence(struct model *m, const struct call_edge *edge, file_id from)
{
	struct go_declared evidence = { from, edge->site };
	bool added;
	map_put(&m->reach_evidence, function_key(edge->file, edge->callee), m->evidence.count, &added);
	if (added)
		vec_push(&m->evidence, evidence);
}

/* `retry(store.load)`: a function that is handed to a call looks as its taker says. */
static void note_handed(struct model *m, file_id file, const struct call_edge *edge)
{
	const struct facts *f = &m->files[file].facts;
	if (node_kind(f, edge->site) == NODE_NAME && f->nodes[edge->site].part == PART_ARG)
		map_put(&m->handed, function_key(edge->file, edge->callee), 1, NULL);
}

static bool is_startup_root(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	struct str name = node_name(f, function);
	bool top = f->nodes[function].parent == 0 && !node_child(f, function, PART_RECEIVER);
	return top && (str_is(name, "init") || str_is(name, "main"));
}

static void mark_roots(struct spread *s)
{
	struct model *m = s->m;
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		if (!f->node_count)
			continue;
		facts_each_child(f, 0, n)
			if (node_kind(f, n) == NODE_FUNCTION && is_startup_root(m, file, n))
				mark(s, file, n, REACH_STARTUP);
		for (uint32_t i = 0; i < m->edges[file].commands.count; i++)
			mark(s, file, m->edges[file].commands.items[i], REACH_COMMAND);
		for (uint32_t i = 0; i < m->edges[file].list.count; i++) {
			const struct call_edge *edge = &m->edges[file].list.items[i];
			note_handed(m, file, edge);
			if (edge->reach) {
				note_evidence(m, edge, file);
				mark(s, edge->file, edge->callee, edge->reach);
			} else if (!edge->caller) {
				mark(s, edge->file, edge->callee, REACH_STARTUP); /* module level */
			}
		}
	}
}

static int by_caller(const void *a, const void *b)
{
	const struct call_edge *left = a, *right = b;
	if (left->caller != right->caller)
		return left->caller > right->caller ? 1 : -1;
	return (left->site > right->site) - (left->site < right->site);
}

static void sort_edges(struct spread *s)
{
	for (file_id file = 0; file < s->m->file_count; file++) {
		struct call_edges *edges = &s->m->edges[file];
		if (edges->list.count)
			qsort(edges->list.items, edges->list.count, sizeof(*edges->list.items), by_caller);
		for (uint32_t i = 0; i < edges->list.count; i++)
			map_put(&s->m->first_edge, function_key(file, edges->list.items[i].caller), i, NULL);
	}
}

static void spread_one(struct spread *s, struct work work)
{
	struct model *m = s->m;
	uint32_t reach = *map_get(&m->reach, function_key(work.file, work.node));
	const uint32_t *first = map_get(&m->first_edge, function_key(work.file, work.node));
	const struct call_edges *edges = &m->edges[work.file];
	for (uint32_t i = first ? *first : edges->list.count; i < edges->list.count; i++) {
		const struct call_edge *edge = &edges->list.items[i];
		if (edge->caller != work.node)
			break;
		if (edge->reach)
			continue; /* a root of its own */
		if (!reach_is_early(reach))
			note_evidence(m, edge, work.file);
		mark(s, edge->file, edge->callee, reach);
	}
}

void model_spread_reach(struct model *m)
{
	struct spread s = { .m = m };
	sort_edges(&s);
	mark_roots(&s);
	for (uint32_t i = 0; i < s.queue.count; i++)
		spread_one(&s, s.queue.items[i]);
	vec_release(&s.queue);
}

uint32_t model_reach(const struct model *m, file_id file, node_id function)
{
	const uint32_t *mask = map_get(&m->reach, function_key(file, function));
	return mask ? *mask : 0;
}

bool model_reach_evidence(
	const struct model *m, file_id file, node_id function, file_id *evidence_file, node_id *evidence)
{
	const uint32_t *index = map_get(&m->reach_evidence, function_key(file, function));
	if (index) {
		*evidence_file = m->evidence.items[*index].file;
		*evidence = m->evidence.items[*index].node;
	}
	return index != NULL;
}

bool model_next_call(const struct model *m, file_id file, node_id function, uint32_t *position, struct call *out)
{
	const struct call_edges *edges = &m->edges[file];
	if (*position == 0) {
		const uint32_t *first = map_get(&m->first_edge, function_key(file, function));
		*position = first ? *first : edges->list.count;
	}
	if (*position >= edges->list.count || edges->list.items[*position].caller != function)
		return false;
	const struct call_edge *edge = &edges->list.items[(*position)++];
	*out = (struct call){ edge->file, edge->callee, edge->site };
	return true;
}

/* The first of a file's calls, in source order, at or behind a node. */
static uint32_t first_behind(const node_id *calls, uint32_t count, node_id node)
{
	uint32_t low = 0, high = count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (calls[middle] < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t calls_below(
	const struct model *m, file_id file, node_id node, const node_id *all, uint32_t count, const node_id **calls)
{
	uint32_t first = first_behind(all, count, node);
	*calls = all + first;
	return first_behind(all, count, m->files[file].facts.nodes[node].next) - first;
}

uint32_t model_database_calls(const struct model *m, file_id file, node_id node, const node_id **calls)
{
	const struct call_edges *edges = &m->edges[file];
	return calls_below(m, file, node, edges->persistence.items, edges->persistence.count, calls);
}

uint32_t model_unknown_calls(const struct model *m, file_id file, node_id node, const node_id **calls)
{
	const struct call_edges *edges = &m->edges[file];
	return calls_below(m, file, node, edges->unknown.items, edges->unknown.count, calls);
}

uint32_t model_project_calls(const struct model *m, file_id file, node_id node, const node_id **calls)
{
	const struct call_edges *edges = &m->edges[file];
	return calls_below(m, file, node, edges->project.items, edges->project.count, calls);
}
