/*
 * The contexts of Go: which one is at hand where code stands, and which calls that take one leave the process.
 */
#include "model/internal.h"

/* A file of the model. */
struct place {
	const struct model *m;
	file_id file;
	const struct facts *f;
};

static struct place place_in(const struct model *m, file_id file)
{
	return (struct place){ m, file, &m->files[file].facts };
}

/* The role of a parameter's or a field's type, when it has that one. */
static const struct library_entry *type_role(const struct place *p, node_id bound, enum role role)
{
	node_id type = node_child(p->f, bound, PART_TYPE);
	struct str word = type ? path_last(node_name(p->f, type)) : STR("");
	return word.len && model_library_word(p->m, LANGUAGE_GO, word, role) ? model_role(p->m, p->file, type, role)
									     : NULL;
}

bool model_is_context(const struct model *m, file_id file, node_id bound)
{
	struct place p = place_in(m, file);
	const struct library_entry *entry = type_role(&p, bound, ROLE_CONTEXT);
	return entry && str_empty(library_attribute(entry, "by"));
}

/* Is a parameter's type one of the project that embeds a context, and so is one? */
static bool embeds_context(const struct place *p, node_id param)
{
	node_id type = node_child(p->f, param, PART_TYPE);
	struct meaning means = type ? model_meaning(p->m, p->file, type) : (struct meaning){ 0 };
	const struct model_file *there = means.kind == MEANS_DECLARATION ? model_file(p->m, means.file) : NULL;
	if (!there || !((KIND(CLASS) | KIND(INTERFACE)) >> node_kind(&there->facts, means.node) & 1))
		return false;
	facts_each_child(&there->facts, means.node, base) {
		if (there->facts.nodes[base].part != PART_BASE)
			continue;
		const struct library_entry *entry = model_role(p->m, means.file, base, ROLE_CONTEXT);
		if (entry && str_empty(library_attribute(entry, "by")))
			return true;
	}
	return false;
}

static bool is_blank(struct str name)
{
	return str_empty(name) || str_is(name, "_");
}

static void look_at_params(const struct place *p, node_id function, struct context_at_hand *hand)
{
	bool is_open = !hand->param;
	facts_each_child(p->f, function, param) {
		if (p->f->nodes[param].part != PART_PARAM)
			continue;
		hand->in_main |= type_role(p, param, ROLE_COMMAND_LINE) != NULL;
		const struct library_entry *entry = is_open && !is_blank(node_name(p->f, param))
							    ? type_role(p, param, ROLE_CONTEXT)
							    : NULL;
		if (!entry || (hand->param && !str_empty(library_attribute(entry, "by"))))
			continue;
		hand->param = param;
		hand->by = library_attribute(entry, "by");
	}
	if (hand->param)
		return;
	facts_each_child(p->f, function, param)
		if (p->f->nodes[param].part == PART_PARAM && !hand->param && !is_blank(node_name(p->f, param)) &&
			embeds_context(p, param))
			hand->param = param;
}

/* Does the group run this lambda, and wait for it? */
static bool is_group_call(const struct place *p, node_id call)
{
	const struct library_entry *entry = model_role(p->m, p->file, call, ROLE_TASK_STARTER);
	struct str type = entry ? path_parent(entry->name) : STR("");
	return model_library(p->m, LANGUAGE_GO, type, ROLE_TASK_GROUP) ||
	       model_library(p->m, LANGUAGE_GO, type, ROLE_WAIT_GROUP);
}

/* How a lambda, or what a statement starts, runs. A lambda that is kept or handed on may run when the context is long over. */
static enum context_when when_runs(const struct place *p, node_id n)
{
	const struct facts *f = p->f;
	node_id call = f->nodes[n].parent;
	if (node_kind(f, n) == NODE_DEFER)
		return CONTEXT_DEFERRED;
	if (node_kind(f, n) == NODE_SPAWN)
		return CONTEXT_SPAWNED;
	if (f->nodes[n].part == PART_CALLEE)
		return CONTEXT_HERE;
	return f->nodes[n].part == PART_ARG && node_kind(f, call) == NODE_CALL && is_group_call(p, call)
		       ? CONTEXT_HERE
		       : CONTEXT_LATER;
}

static bool is_main(const struct facts *f, node_id function)
{
	struct str name = node_name(f, function);
	return !node_child(f, function, PART_RECEIVER) && (str_is(name, "main") || str_is(name, "init"));
}

struct context_at_hand model_context_at(const struct model *m, file_id file, node_id node)
{
	const uint64_t around = KIND(FUNCTION) | KIND(LAMBDA) | KIND(DEFER) | KIND(SPAWN);
	struct place p = place_in(m, file);
	struct context_at_hand hand = { 0 };
	for (node_id at = node_ancestor(p.f, node, around); at; at = node_ancestor(p.f, at, around)) {
		enum node_kind kind = node_kind(p.f, at);
		if (kind == NODE_FUNCTION || kind == NODE_LAMBDA)
			look_at_params(&p, at, &hand);
		if (kind == NODE_FUNCTION)
			hand.function = at;
		else if (!hand.param && hand.when == CONTEXT_HERE)
			hand.when = when_runs(&p, at);
	}
	hand.in_main |= hand.function && is_main(p.f, hand.function);
	return hand;
}

bool model_is_ended_elsewhere(const struct model *m, file_id file, node_id assign)
{
	const struct facts *f = &m->files[file].facts;
	node_id target = node_child(f, assign, PART_TARGET), cancel = target ? f->nodes[target].next : 0;
	node_id function = node_ancestor(f, assign, KIND(FUNCTION));
	if (!cancel || f->nodes[cancel].part != PART_TARGET || is_blank(node_name(f, cancel)))
		return false;
	for (node_id n = f->nodes[assign].next; n < f->nodes[function].next; n++) {
		if (!str_eq(node_name(f, n), node_name(f, cancel)))
			continue;
		if (node_kind(f, n) == NODE_NAME && f->nodes[n].part != PART_TARGET)
			return true;
		if (node_kind(f, n) == NODE_CALL && model_context_at(m, file, n).when == CONTEXT_LATER)
			return true;
	}
	return false;
}

/* ---- what leaves the process ---- */

/* Is the function one of a library that is not the language's own? Those have a host in their path: github.com/… */
static bool is_from_elsewhere(struct str name)
{
	struct str host;
	return str_split(&name, '/', &host) && !str_empty(name) && str_contains(host, STR("."));
}

/* Does a call that is handed a context leave the process: a library, a generated client, SQL, HTTP? */
static bool goes_outside(const struct place *p, node_id call)
{
	if (model_role(p->m, p->file, call, ROLE_PERSISTENCE) || model_role(p->m, p->file, call, ROLE_SENDS))
		return true;
	struct meaning means = model_meaning(p->m, p->file, call);
	if (means.kind != MEANS_DECLARATION)
		return means.kind == MEANS_LIBRARY && is_from_elsewhere(means.name) &&
		       !model_role(p->m, p->file, call, ROLE_CONTEXT_DERIVED) &&
		       !model_role(p->m, p->file, call, ROLE_CONTEXT_KEPT);
	const struct model_file *there = model_file(p->m, means.file);
	return there->class == CLASS_GENERATED &&
	       node_kind(&there->facts, there->facts.nodes[means.node].parent) == NODE_INTERFACE;
}

static bool is_handed_context(const struct place *p, node_id call)
{
	node_id first = call_arg(p->f, call, 0);
	struct type type = first && node_kind(p->f, first) == NODE_NAME ? model_type(p->m, p->file, first)
									: (struct type){ 0 };
	return type.name.len && model_library(p->m, LANGUAGE_GO, type.name, ROLE_CONTEXT);
}

/* Does the function hand a context to what leaves the process? */
static bool function_goes_outside(const struct place *p, node_id function)
{
	facts_each_below(p->f, function, n)
		if (node_kind(p->f, n) == NODE_CALL && goes_outside(p, n) && is_handed_context(p, n))
			return true;
	return false;
}

bool model_leaves_process(const struct model *m, file_id file, node_id call)
{
	enum { MOST = 40 };
	struct call queue[MOST];
	struct place p = place_in(m, file);
	if (goes_outside(&p, call))
		return true;
	node_id function = node_function(p.f, call);
	uint32_t count = 0, position = 0;
	while (count < MOST && model_next_call(m, file, function, &position, &queue[count]))
		if (queue[count].site == call)
			count++;
	for (uint32_t i = 0; i < count; i++) {
		p = place_in(m, queue[i].file);
		if (function_goes_outside(&p, queue[i].callee))
			return true;
		position = 0;
		while (count < MOST && model_next_call(m, p.file, queue[i].callee, &position, &queue[count]))
			count++;
	}
	return false;
}

/* ---- which function should take one ---- */

static bool takes_context(const struct place *p, node_id function)
{
	node_id first = node_child(p->f, function, PART_PARAM);
	return first && model_is_context(p->m, p->file, first);
}

static struct str receiver_type(const struct facts *f, node_id function)
{
	node_id receiver = node_child(f, function, PART_RECEIVER);
	node_id type = receiver ? node_child(f, receiver, PART_TYPE) : 0;
	return type ? node_name(f, type) : STR("");
}

/* Do other methods of its type take one? */
static bool has_sibling_with_context(const struct place *p, node_id function)
{
	struct str type = receiver_type(p->f, function);
	if (str_empty(type))
		return false;
	facts_each_child(p->f, 0, other)
		if (node_kind(p->f, other) == NODE_FUNCTION && str_eq(receiver_type(p->f, other), type) &&
			takes_context(p, other))
			return true;
	return false;
}

/* Where a request leads to the function: from a handler, or from a goroutine that is started with a context at hand. */
static bool request_leads_to(const struct model *m, file_id of, node_id function, file_id *file, node_id *site)
{
	if (!model_reach_evidence(m, of, function, file, site) ||
		node_kind(&model_file(m, *file)->facts, *site) == NODE_NAME)
		return false; /* nowhere known; or handed to something that says what it must look like */
	if (model_reach(m, of, function) & (uint32_t)REACH_REQUEST)
		return true;
	return model_context_at(m, *file, *site).param != 0;
}

bool model_should_take_context(const struct model *m, file_id of, node_id function, file_id *file, node_id *site)
{
	struct place p = place_in(m, of);
	uint32_t reach = model_reach(m, of, function);
	*site = 0;
	if (reach == REACH_STARTUP || map_get(&m->handed, function_key(of, function)))
		return false;
	if (request_leads_to(m, of, function, file, site))
		return true;
	*site = 0;
	enum layer layer = model_layer_of(m, of, function).layer;
	return layer == LAYER_CONTROLLER || layer == LAYER_SERVICE || layer == LAYER_REPOSITORY ||
	       (!reach && has_sibling_with_context(&p, function));
}
