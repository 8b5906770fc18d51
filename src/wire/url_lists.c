/* Lists of URLs: the routes that a module of Django names (`urlpatterns`), and which module is the application's. */
#include "wire/reading.h"

enum { DEEPEST_LIST = 24 };

/* ---- lists ---- */

static router_id make_list(struct reading *r, struct place list)
{
	router_id made = router_at(r, list, STR("list"));
	routers_get(&r->graph, made)->is_gathered = true;
	return made;
}

/* `current_app or create_app()` */
static router_id first_operand(struct reading *r, struct place either)
{
	router_id found = 0;
	facts_each_child(facts_of(r, either.file), either.node, c)
		found = found ? found : router_of(r, (struct place){ either.file, c });
	*map_put(&r->routers, place_key(either), 0, NULL) = found;
	return found;
}

/* What stands in a list or a sum is put below it. */
static router_id mount_items(struct reading *r, struct place list)
{
	static const uint64_t kinds = KIND(CALL) | KIND(NAME) | KIND(MEMBER) | KIND(ARRAY) | KIND(BINARY) |
				      KIND(SPREAD);
	const struct facts *f = facts_of(r, list.file);
	router_id made = 0;
	facts_each_child(f, list.node, c) {
		if (!(kinds >> f->nodes[c].kind & 1))
			continue;
		node_id value = node_kind(f, c) == NODE_SPREAD ? c + 1 : c;
		router_id item = router_of(r, (struct place){ list.file, value });
		if (item && !made)
			made = make_list(r, list);
		routers_mount(&r->graph, made, NO_PREFIX, item);
	}
	return made;
}

/* `routes = []`, which something is put into later */
static bool is_empty_list(const struct facts *f, node_id list)
{
	return node_kind(f, list) == NODE_ARRAY && f->nodes[list].next == list + 1;
}

router_id router_of_list(struct reading *r, struct place list)
{
	const struct facts *f = facts_of(r, list.file);
	bool is_choice = node_kind(f, list.node) == NODE_BINARY && !str_is(node_name(f, list.node), "+");
	if (f->language != LANGUAGE_PYTHON || r->depth > DEEPEST_LIST)
		return 0;
	map_put(&r->routers, place_key(list), 0, NULL); /* while it is looked through: a list may name itself */
	r->depth++;
	router_id made = is_choice ? first_operand(r, list) : 0;
	if (!is_choice)
		made = is_empty_list(f, list.node) ? make_list(r, list) : mount_items(r, list);
	r->depth--;
	return made;
}

void read_addition(struct reading *r, struct place assignment)
{
	const struct facts *f = facts_of(r, assignment.file);
	node_id target = node_child(f, assignment.node, PART_TARGET),
		value = node_child(f, assignment.node, PART_VALUE);
	if (f->language != LANGUAGE_PYTHON || !target || !value || !str_is(node_name(f, assignment.node), "+="))
		return;
	router_id list = router_of(r, (struct place){ assignment.file, target });
	if (list && str_is(routers_get(&r->graph, list)->type, "list"))
		routers_mount(&r->graph, list, NO_PREFIX, router_of(r, (struct place){ assignment.file, value }));
}

/* ---- modules ---- */

/* The value that a node gives to a variable of this role; 0 when it gives none. */
static node_id url_list(const struct reading *r, const struct facts *f, node_id n, bool serves)
{
	enum node_kind kind = node_kind(f, n);
	if (kind != NODE_ASSIGN && kind != NODE_VAR)
		return 0;
	node_id target = kind == NODE_VAR ? n : node_child(f, n, PART_TARGET);
	const struct library_entry *entry = target ? model_library(
							     r->model, f->language, node_name(f, target), ROLE_URL_LIST)
						   : NULL;
	bool fits = entry && serves == !str_empty(library_attribute(entry, "serves"));
	return fits ? node_child(f, n, PART_VALUE) : 0;
}

/* urlpatterns.append(…), .extend(…) */
static bool adds_to_list(const struct reading *r, const struct facts *f, node_id n)
{
	struct str list = node_kind(f, n) == NODE_CALL ? path_parent(node_name(f, n)) : STR("");
	const struct library_entry *entry = str_empty(list) ? NULL
							    : model_library(r->model, f->language, list, ROLE_URL_LIST);
	return entry && str_empty(library_attribute(entry, "serves"));
}

static router_id router_of_file(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	struct place module = { file, 0 };
	const uint32_t *known = map_get(&r->routers, place_key(module));
	if (known)
		return *known;
	router_id made = router_at(r, module, STR(""));
	for (node_id n = 1; n < f->node_count; n++) {
		if ((KIND(FUNCTION) | KIND(CLASS) | KIND(LAMBDA)) >> f->nodes[n].kind & 1) {
			n = f->nodes[n].next - 1;
			continue;
		}
		node_id value = adds_to_list(r, f, n) ? call_arg(f, n, 0) : url_list(r, f, n, false);
		if (value)
			routers_mount(&r->graph, made, NO_PREFIX, router_of(r, (struct place){ file, value }));
	}
	return made;
}

router_id router_of_module(struct reading *r, struct place named)
{
	const struct facts *f = facts_of(r, named.file);
	struct meaning means = { .kind = MEANS_UNKNOWN };
	if (f->language != LANGUAGE_PYTHON)
		return 0;
	if (node_kind(f, named.node) == NODE_STRING)
		means = model_reference(r->model, named.file, named.node);
	else if ((KIND(NAME) | KIND(MEMBER)) >> f->nodes[named.node].kind & 1)
		means = model_meaning(r->model, named.file, named.node);
	bool is_known = means.kind == MEANS_MODULE || means.kind == MEANS_DECLARATION;
	if (!is_known || !model_is_production(r->model, means.file))
		return 0;
	if (means.kind == MEANS_MODULE && str_empty(means.name))
		return router_of_file(r, means.file);
	bool is_declared = means.kind == MEANS_DECLARATION && node_kind(f, named.node) == NODE_STRING;
	return is_declared ? router_of(r, (struct place){ means.file, means.node }) : 0;
}

void read_served_modules(struct reading *r, file_id file)
{
	const struct facts *f = facts_of(r, file);
	if (f->language != LANGUAGE_PYTHON)
		return;
	for (node_id n = 1; n < f->node_count; n++) {
		node_id value = url_list(r, f, n, true);
		router_id served = value ? router_of_module(r, (struct place){ file, value }) : 0;
		if (served)
			routers_get(&r->graph, served)->is_root = true;
	}
}
