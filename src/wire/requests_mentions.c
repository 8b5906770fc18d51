/*
 * What code says of addresses without anybody seeing it ask there: `"/orders/" + id + "/print"` that is handed on to who knows
 * whom, the name of a route in a variable. A text that is asked for is among them, too; where that lands, it is consumed.
 */
#include "wire/requests.h"

/* ---- finding them ---- */

static bool is_sum(const struct facts *f, node_id node)
{
	return node_kind(f, node) == NODE_BINARY && str_is(node_name(f, node), "+");
}

/* A script that imports and exports nothing is handed out as it is, by whatever server. */
static bool may_run_in_browser(const struct model *m, file_id file)
{
	const struct model_file *at = model_file(m, file);
	bool is_script = (LANGUAGES_NODE >> at->language & 1) && !at->facts.import_count && !at->facts.export_count;
	return wire_is_interface(m, file) || (is_script && !(model_sides(m, file) & SIDE_SERVER));
}

/* The whole of which a literal is a part. */
static node_id outermost(const struct facts *f, node_id node)
{
	for (node_id up = f->nodes[node].parent; is_sum(f, up) || node_kind(f, up) == NODE_TEMPLATE;
		up = f->nodes[node].parent)
		node = up;
	return node;
}

/* "orders.show", "orders:show": what names a route within its scope, or may. */
static bool may_name_route(struct str text)
{
	uint32_t dot = str_find(text, '.'), colon = str_find(text, ':');
	return (dot != UINT32_MAX || colon != UINT32_MAX) && str_find(text, ' ') == UINT32_MAX;
}

void requests_scan_mention(const struct model *m, file_id file, node_id literal, struct scan *out)
{
	const struct facts *f = &model_file(m, file)->facts;
	struct str text = node_name(f, literal);
	bool is_address = str_find(text, '/') != UINT32_MAX && may_run_in_browser(m, file);
	if (!is_address && !may_name_route(text))
		return;
	node_id whole = outermost(f, literal);
	if (!out->mentions.count || vec_last(&out->mentions) != whole)
		vec_push(&out->mentions, whole);
}

/* ---- reading them ---- */

static void add(struct requests *r, file_id file, node_id node, struct str path, bool is_tail)
{
	struct request mention = {
		.path = path, .origin = STR(""), .opening = STR(""), .is_tail = is_tail, .file = file, .node = node
	};
	vec_push(&r->w->mentions, mention);
}

/* `/orders/ajax${tab()}`, `/orders/ajax/${tab()}`: the tab is nothing, a query, or more of the path. What begins with a hole may stand behind anything. */
static void read_address(struct requests *r, file_id file, node_id node)
{
	struct str says = model_text_from(r->m, (struct text_view){ 0 }, file, node, STR("")).says;
	struct target target = target_of_url(&r->w->arena, STR(""), says);
	bool is_tail = !str_starts(says, STR("/")) || str_starts(says, STR("/{"));
	bool is_address = str_find(says, '/') != UINT32_MAX && str_find(says, ' ') == UINT32_MAX;
	if (!is_address || !str_empty(target.origin) || !path_says_something(target.path))
		return;
	add(r, file, node, target.path, is_tail);
	if (str_ends(target.path, STR("/{}")))
		add(r, file, node, str_slice(target.path, 0, target.path.len - 3), is_tail);
	else if (str_ends(says, STR("}")) && !str_ends(target.path, STR("}")))
		add(r, file, node, arena_printf(&r->w->arena, "%.*s/{}", STR_ARG(target.path)), is_tail);
}

/* Does it stand where the route is registered that it names? */
static bool is_registered(const struct requests *r, file_id file, node_id name)
{
	const struct facts *f = &model_file(r->m, file)->facts;
	node_id up = name;
	while (up && !((KIND(FUNCTION) | KIND(LAMBDA) | KIND(BLOCK)) >> f->nodes[up].kind & 1)) {
		if (map_get(&r->registrations, place_key(file, up)))
			return true;
		up = f->nodes[up].parent;
	}
	return false;
}

/* `@orders.get("/")`, orders/urls.py, orders.py: is this what the scope of `orders.list` is called? */
static bool is_scope(const struct model *m, const struct endpoint *e, struct str scope)
{
	const struct model_file *file = model_file(m, e->file);
	struct str folders = file->path, folder;
	bool is_one = str_eq(path_first(node_name(&file->facts, e->node)), scope);
	while (str_split(&folders, '/', &folder))
		is_one |= str_eq(str_slice(folder, 0, str_find(folder, '.')), scope);
	return is_one;
}

static void read_name(struct requests *r, file_id file, node_id node)
{
	const struct facts *f = &model_file(r->m, file)->facts;
	struct str name = node_kind(f, node) == NODE_STRING ? node_name(f, node) : STR(""), scope;
	uint32_t i = requests_route_called(r, name, &scope);
	if (!i || is_registered(r, file, node))
		return;
	for (; i; i = r->next_of_name[i - 1]) {
		const struct endpoint *e = &r->w->endpoints.items[i - 1];
		if (str_empty(scope) || is_scope(r->m, e, scope))
			add(r, file, node, e->path, false);
	}
}

void requests_find_mentions(struct requests *r)
{
	for (uint32_t i = 0; i < r->w->endpoints.count; i++)
		map_put(&r->registrations, place_key(r->w->endpoints.items[i].file, r->w->endpoints.items[i].node), 1,
			NULL);
	for (file_id file = 0; file < model_file_count(r->m); file++) {
		struct scan *s = &r->scans[file];
		for (uint32_t i = 0; i < s->mentions.count; i++) {
			if (may_run_in_browser(r->m, file))
				read_address(r, file, s->mentions.items[i]);
			read_name(r, file, s->mentions.items[i]);
		}
		vec_release(&s->mentions);
	}
	map_release(&r->registrations);
}
