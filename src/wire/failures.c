#include "wire/failures.h"

#include <stdlib.h>

static const struct fate ELSEWHERE = { .outcome = OUTCOME_ELSEWHERE };

bool failure_is_interface(const struct failures *a, file_id file)
{
	const struct model_file *at = model_file(a->m, file);
	return (LANGUAGES_NODE >> at->language & 1) && model_is_production(a->m, file) && !model_in_server(a->m, file);
}

/* ---- sources ---- */

static uint64_t source_key(const struct source *s)
{
	uint32_t parts[4] = { s->file, s->node, s->carried.by, s->request != NO_REQUEST };
	return hash_mix(hash_bytes(parts, sizeof(parts)), s->carried.member.ptr, s->carried.member.len);
}

void failure_add_source(struct failures *a, struct source source)
{
	bool is_new;
	map_put(&a->seen, source_key(&source), 1, &is_new);
	if (is_new)
		vec_push(&a->sources, source);
}

/* The first request at a place; NO_REQUEST for none. Requests stand in the order of file and place. */
static uint32_t request_at(const struct wire *w, file_id file, node_id node)
{
	uint32_t low = 0, high = w->requests.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct request *r = &w->requests.items[middle];
		if (place_key(r->file, r->node) < place_key(file, node))
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < w->requests.count && w->requests.items[low].file == file &&
		     w->requests.items[low].node == node;
	return found ? low : NO_REQUEST;
}

/* Adds a call of what fails. One that asks another site ends here; a link is the browser's. */
static void add_call(struct failures *a, struct source source)
{
	uint32_t request = request_at(a->w, source.file, source.node);
	bool is_asked = request == NO_REQUEST ||
			(wire_asks_backend(a->w, request) && !a->w->requests.items[request].is_link);
	if (!is_asked)
		return;
	if (request != NO_REQUEST)
		source.request = request;
	failure_add_source(a, source);
}

/* ---- results of functions ---- */

/* `useSWR(key, load)` counts as a call of load; what comes of it is the hook's. */
static bool is_hook(const struct failures *a, file_id file, node_id call)
{
	struct meaning means = model_meaning(a->m, file, call);
	return means.kind == MEANS_LIBRARY && failure_hook_of(a, file, means.name);
}

/* A name that hands the function on stands for the function. */
static void add_name(struct failures *a, struct source source, file_id file, node_id name)
{
	source.file = file;
	source.node = name;
	source.carried.result = source.carried.by;
	source.carried.by = CARRIER_FUNCTION;
	failure_add_source(a, source);
}

static bool renders(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_JSX)
			return true;
	return false;
}

/* `async componentDidMount()`: the framework calls it, and does not wait. */
static bool is_left_to_framework(const struct failures *a, file_id file, node_id function)
{
	const struct facts *f = failure_facts(a, file);
	bool is_method = node_kind(f, function) == NODE_FUNCTION &&
			 node_kind(f, f->nodes[function].parent) == NODE_CLASS;
	bool is_option = node_kind(f, f->nodes[function].parent) == NODE_PAIR &&
			 model_file(a->m, file)->language == LANGUAGE_COMPONENT;
	if (!is_method && !is_option)
		return false;
	const struct library_entry *entry = failure_entry(a, file, is_method ? STR("Lifecycle") : STR("Component"),
		node_name(f, is_method ? function : f->nodes[function].parent));
	struct str of = entry ? library_attribute(entry, "of") : STR("");
	return entry && (str_empty(of) || !failure_is_guarded(a, file, of, STR("")));
}

/* `(click)="save()"`: what handles the errors of a framework's own calls takes those of promises, too. */
static bool is_left_to_template(struct failures *a, struct carried v, file_id file, node_id function)
{
	return (v.by == CARRIER_PROMISE || v.by == CARRIER_ANSWER) && template_calls(a, file, function) &&
	       !failure_is_guarded(a, file, STR("observables"), STR(""));
}

struct fate failure_returned(struct failures *a, struct carried v, file_id file, node_id function)
{
	const struct facts *f = failure_facts(a, file);
	struct source source = a->sources.items[a->current];
	bool is_value = str_empty(v.member) && v.by != CARRIER_STATE && v.by != CARRIER_FUNCTION;
	if (a->only_reads && v.by == CARRIER_STATE)
		return (struct fate){ .outcome = OUTCOME_READ };
	if (!function || a->handed || a->only_reads || node_has(f, function, FLAG_GENERATOR))
		return ELSEWHERE;
	if (is_value && node_has(f, function, FLAG_ASYNC) && renders(f, function))
		return failure_lost(LOSS_UNBOUNDED, file, function);
	if (is_value && (is_left_to_framework(a, file, function) || is_left_to_template(a, v, file, function)))
		return failure_lost(LOSS_DROPPED, file, function);
	source.carried = v;
	source.from = a->current + 1;
	source.hook = a->hook;
	const struct sendings *s = &a->w->sendings;
	const struct calling *calling;
	for (uint32_t i = 0;
		(calling = calling_of(s->callings, s->calling_count, &s->first_calling, file, function, i)); i++) {
		source.file = calling->file;
		source.node = calling->node;
		enum node_kind kind = node_kind(failure_facts(a, calling->file), calling->node);
		if (kind == NODE_CALL && !is_hook(a, calling->file, calling->node))
			add_call(a, source);
		else if (kind == NODE_NAME && is_value)
			add_name(a, source, calling->file, calling->node);
	}
	if (!is_value)
		return ELSEWHERE;
	if (node_kind(f, function) == NODE_LAMBDA)
		add_name(a, source, file, function);
	for (uint32_t i = names_that_hand_on(a, file, function); i; i = a->handed_names.items[i - 1].next)
		add_name(a, source, a->handed_names.items[i - 1].file, a->handed_names.items[i - 1].node);
	return ELSEWHERE;
}

/* ---- where failures begin ---- */

/* A call that a client makes, or a hook that has no function to run. */
static void add_asking(struct failures *a, const struct asking *asking)
{
	const struct model_file *file = model_file(a->m, asking->file);
	bool asks = asking->entry && (asking->protocol == PROTOCOL_HTTP || asking->protocol == PROTOCOL_GRAPHQL) &&
		    node_kind(&file->facts, asking->node) == NODE_CALL;
	if (!asks || (file->class != CLASS_GENERATED && !failure_is_interface(a, asking->file)))
		return;
	struct str fails = library_attribute(asking->entry, "fails");
	const struct library_entry *hook = failure_hook_of(a, asking->file, asking->entry->name);
	struct source source = {
		.file = asking->file, .node = asking->node, .request = NO_REQUEST, .asked = asking->entry
	};
	if (str_is(fails, "silently"))
		return;
	source.carried.by = str_is(fails, "observable") ? CARRIER_OBSERVABLE : CARRIER_PROMISE;
	source.carried.hook = hook;
	if (hook)
		source.carried.by = str_empty(library_attribute(hook, "answer")) ? CARRIER_STATE : CARRIER_ANSWER;
	add_call(a, source);
}

/* Hooks that ask by a document, or by an endpoint that a library made them of. */
static void add_asking_hooks(struct failures *a, file_id file)
{
	const struct facts *f = failure_facts(a, file);
	enum language language = model_file(a->m, file)->language;
	bool any = model_library_word(a->m, language, STR("*"), ROLE_HOOK);
	for (node_id n = 1; n < f->node_count; n++) {
		struct str last = node_kind(f, n) == NODE_CALL ? path_last(node_name(f, n)) : STR("");
		bool may_be = model_library_word(a->m, language, last, ROLE_HOOK) ||
			      (any && str_starts(last, STR("use")));
		struct meaning means = last.len && may_be ? model_meaning(a->m, file, n) : (struct meaning){ 0 };
		const struct library_entry *hook = means.kind == MEANS_LIBRARY ? failure_hook_of(a, file, means.name)
									       : NULL;
		if (!hook || str_empty(library_attribute(hook, "asks")))
			continue;
		struct source source = { .file = file,
			.node = n,
			.carried = { .by = CARRIER_STATE, .hook = hook },
			.request = NO_REQUEST,
			.asked = hook };
		failure_add_source(a, source);
	}
}

/* ---- what is lost ---- */

/* The outermost function that a node stands in, or is. */
static node_id outermost_function(const struct facts *f, node_id node)
{
	node_id outermost = 0;
	for (node_id n = node_kind(f, node) == NODE_LAMBDA ? node : node_function(f, node); n; n = node_function(f, n))
		outermost = n;
	return outermost;
}

/*
 * The call by which the function around the loss asks: `load` may be written a few lines above `load()`, and a hook above what
 * starts it.
 */
static struct place asking_place(const struct failures *a, const struct source *s)
{
	const struct facts *f = failure_facts(a, s->file);
	node_id around = outermost_function(f, s->node);
	struct place place = { s->file, s->node };
	for (; s->from; s = &a->sources.items[s->from - 1]) {
		const struct source *from = &a->sources.items[s->from - 1];
		if (s->hook.node && s->hook.file == place.file && outermost_function(f, s->hook.node) == around)
			return s->hook;
		if (from->file != place.file || outermost_function(f, from->node) != around)
			break;
		place.node = from->node;
	}
	return place;
}

static void note_loss(struct failures *a, const struct source *s, struct fate fate)
{
	/* a function that is handed its path asks what the hook that runs it says */
	uint32_t request = s->request != NO_REQUEST ? s->request : request_at(a->w, fate.file, fate.node);
	bool is_known = request == NO_REQUEST ? !str_empty(library_attribute(s->asked, "asks"))
					      : wire_asks_backend(a->w, request);
	bool is_http = s->carried.by == CARRIER_OBSERVABLE;
	if (!is_known || !failure_is_interface(a, fate.file))
		return;
	if (fate.loss == LOSS_UNBOUNDED && failure_is_guarded(a, fate.file, STR("render"), STR("")))
		return;
	if (is_http && failure_is_guarded(a, fate.file, STR("observables"), STR("")))
		return;
	if (failure_is_guarded(a, fate.file, STR("requests"), path_first(s->asked->name)))
		return;
	/* what takes it and does nothing is to blame, and a hook that is not asked; else who asks and does not wait */
	bool is_end = fate.loss == LOSS_SWALLOWED || fate.loss == LOSS_LOGGED || fate.loss == LOSS_EXPLAINED ||
		      fate.loss == LOSS_UNREAD;
	struct place asks = asking_place(a, s);
	struct lost_failure lost = { .loss = fate.loss,
		.file = is_end ? fate.file : asks.file,
		.node = is_end ? fate.node : asks.node,
		.request = request,
		.other_file = is_end ? asks.file : fate.file,
		.other = is_end ? asks.node : fate.node };
	vec_push(&a->w->failures, lost);
}

/* What no use looks at is lost, too. */
static struct fate fate_of(struct failures *a, const struct source *s)
{
	bool is_state = s->carried.by == CARRIER_STATE;
	struct fate fate;
	if (is_state && !s->from)
		fate = failure_hook(a, s->carried.hook, s->carried, s->file, s->node, 0);
	else if (is_state)
		fate = failure_state(a, s->carried, s->file, s->node, 0);
	else
		fate = failure_follow(a, s->carried, s->file, s->node, 0);
	bool waits = s->carried.by == CARRIER_PROMISE || s->carried.by == CARRIER_ANSWER;
	if (waits && str_empty(s->carried.member) && fate.outcome < OUTCOME_LOST)
		return failure_lost(LOSS_DROPPED, s->file, s->node);
	return fate;
}

static void follow_source(struct failures *a, uint32_t index)
{
	struct source s = a->sources.items[index];
	a->current = index;
	struct fate fate = fate_of(a, &s);
	if (fate.outcome == OUTCOME_LOST)
		note_loss(a, &s, fate);
}

static int by_place(const void *left, const void *right)
{
	const struct lost_failure *a = left, *b = right;
	uint64_t keys[3][2] = { { place_key(a->file, a->node), place_key(b->file, b->node) },
		{ place_key(a->other_file, a->other), place_key(b->other_file, b->other) },
		{ a->request, b->request } };
	for (unsigned i = 0; i < 3; i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return 0;
}

/* One for each place that asks, in the order of file and place. */
static void sort_losses(struct wire *w)
{
	uint32_t kept = 0;
	struct lost_failure *all = w->failures.items;
	if (w->failures.count)
		qsort(all, w->failures.count, sizeof(*all), by_place);
	for (uint32_t i = 0; i < w->failures.count; i++)
		if (!kept || all[kept - 1].file != all[i].file || all[kept - 1].node != all[i].node)
			all[kept++] = all[i];
	w->failures.count = kept;
}

static void release(struct failures *a)
{
	mentions_release(a);
	vec_release(&a->sources);
	vec_release(&a->guards);
	vec_release(&a->handed_fates);
	map_release(&a->guarded);
	map_release(&a->handed_to);
	vec_release(&a->handed_names);
	vec_release(&a->imports);
	map_release(&a->seen);
	map_release(&a->handed_on);
	map_release(&a->opened);
	str_map_release(&a->imported);
	arena_release(&a->arena);
	mem_free(a->w->sendings.askings);
	mem_free(a->w->sendings.callings);
	map_release(&a->w->sendings.first_calling);
}

void wire_find_failures(struct wire *w)
{
	struct failures a = { .w = w, .m = w->model };
	a.mentions = arena_array(&a.arena, struct mentions *, model_file_count(a.m));
	for (uint32_t i = 0; i < w->sendings.asking_count; i++)
		add_asking(&a, &w->sendings.askings[i]);
	for (file_id file = 0; file < model_file_count(a.m); file++)
		if (failure_is_interface(&a, file))
			add_asking_hooks(&a, file);
	if (a.sources.count)
		failure_find_guards(&a);
	for (uint32_t i = 0; i < a.sources.count; i++)
		follow_source(&a, i);
	sort_losses(w);
	release(&a);
}
