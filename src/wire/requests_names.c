/* Requests by the name of a route: url_for("orders:get", id=1). */
#include "wire/requests.h"

#include "base/path.h"

/* `@router.get("/", name="orders:list")`; without one, a route is called after its handler. */
static struct str name_of(const struct model *m, const struct endpoint *e)
{
	const struct facts *f = &model_file(m, e->file)->facts;
	node_id said = call_keyword(f, e->node, STR("name"));
	if (said && node_kind(f, said) == NODE_STRING)
		return node_name(f, said);
	return e->handler ? node_name(&model_file(m, e->handler_file)->facts, e->handler) : STR("");
}

void requests_name_routes(struct requests *r)
{
	uint32_t count = r->w->endpoints.count;
	r->next_of_name = arena_array(&r->scratch, uint32_t, count);
	for (uint32_t i = count; i-- > 0;) {
		const struct endpoint *e = &r->w->endpoints.items[i];
		struct str name = e->protocol == PROTOCOL_HTTP ? name_of(r->m, e) : STR("");
		if (str_empty(name))
			continue;
		bool added;
		uint32_t *first = str_map_put(&r->first_of_name, name, i + 1, &added);
		r->next_of_name[i] = added ? 0 : *first;
		*first = i + 1;
	}
}

/* Behind the namespace or the blueprint. */
static struct str behind_scope(struct str name)
{
	uint32_t colon = str_rfind(name, ':'), dot = str_rfind(name, '.');
	uint32_t scope = colon != UINT32_MAX ? colon : dot;
	return scope == UINT32_MAX ? name : str_slice(name, scope + 1, name.len);
}

uint32_t requests_route_called(const struct requests *r, struct str name, struct str *scope)
{
	const uint32_t *first = str_map_get(&r->first_of_name, name);
	struct str own = behind_scope(name);
	*scope = first || own.len == name.len ? STR("") : str_slice(name, 0, name.len - own.len - 1);
	if (!first)
		first = str_map_get(&r->first_of_name, own);
	return first ? *first : 0;
}

bool requests_know_route(const struct requests *r, struct str name)
{
	struct str scope;
	return requests_route_called(r, name, &scope) != 0;
}

void requests_add_named(struct requests *r, struct request request)
{
	struct str scope;
	for (uint32_t i = requests_route_called(r, request.path, &scope); i; i = r->next_of_name[i - 1]) {
		const struct endpoint *e = &r->w->endpoints.items[i - 1];
		struct request named = request;
		named.path = e->path;
		named.is_tail = e->is_tail;
		named.is_named = true;
		vec_push(&r->w->requests, named);
	}
}
