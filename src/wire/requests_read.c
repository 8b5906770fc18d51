/* Reading one place that asks something: URL, method, and the base of its client. */
#include "wire/requests.h"

/* ---- clients that are changed after they were made ---- */

/* The call that made a client; for a library's own client, its name within the package. */
static uint64_t client_key(const struct requests *r, const struct text *base, file_id file, struct str library)
{
	if (base->client)
		return place_key(base->client_file, base->client);
	struct str name = path_first(library);
	return hash_mix(~(uint64_t)model_file(r->m, file)->package, name.ptr, name.len);
}

void requests_note_changes(struct requests *r)
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

static void note_text(struct read_request *out, const struct text *text)
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

/* The method that the name of what sends says: api.get, $get; what was handed over is called by another name. */
static uint32_t named_method(struct requests *r, const struct asking *a)
{
	bool is_handed = a->handed.call != 0;
	const struct facts *f = &model_file(r->m, is_handed ? a->client_file : a->file)->facts;
	struct str last = path_last(node_name(f, is_handed ? a->client : a->node));
	return http_method(str_starts(last, STR("$")) ? str_slice(last, 1, last.len) : last);
}

static uint32_t read_method(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out)
{
	struct str fixed = library_attribute(a->entry, "method"), where = library_attribute(a->entry, "method-at");
	if (!str_empty(fixed))
		return http_method(fixed);
	if (str_empty(where))
		return named_method(r, a);
	struct text method = model_argument_text(r->m, view, a->file, a->node, where);
	note_text(out, &method);
	return method.is_absent ? (uint32_t)METHOD_GET : http_method(str_trim(method.says));
}

/* The base of the client; *edited when an interceptor puts something before the path. */
static struct str read_base(struct requests *r, const struct asking *a, struct text_view view, bool *edited)
{
	struct str own = library_attribute(a->entry, "base");
	struct text base = { .is_absent = true };
	if (!str_empty(own))
		base = model_argument_text(r->m, view, a->file, a->node, own);
	if (!base.is_absent)
		return base.says;
	if (a->client)
		base = model_text_from(r->m, view, a->client_file, a->client, CLIENT_BASE);
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

static bool read_http(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out)
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
	out->request.is_link = str_is(library_attribute(a->entry, "kind"), "link");
	out->request.methods = read_method(r, a, view, out);
	out->request.path = target.path;
	out->request.origin = target.origin;
	out->request.opening = arena_str(&r->w->arena, target.opening);
	out->request.is_tail = target.is_tail || edited || (a->is_generated && str_empty(target.origin));
	out->is_known = target.is_known && (!a->is_generated || out->request.methods);
	return true;
}

static bool read_event(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out)
{
	struct text event = model_argument_text(r->m, view, a->file, a->node, library_attribute(a->entry, "event"));
	if (event.is_absent)
		return false;
	note_text(out, &event);
	out->request.path = event.says;
	out->is_known = str_find(event.says, '{') == UINT32_MAX;
	return true;
}

/* The path is the route's name until the request is added. */
static bool read_route(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out)
{
	struct text name = model_argument_text(r->m, view, a->file, a->node, library_attribute(a->entry, "url"));
	note_text(out, &name);
	out->request.path = name.says;
	out->request.is_link = true;
	out->is_known = requests_know_route(r, name.says);
	return !name.is_absent;
}

bool requests_read(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out)
{
	*out = (struct read_request){
		.request = { .protocol = a->protocol, .origin = STR(""), .file = a->file, .node = a->node }
	};
	if (names_route(a))
		return read_route(r, a, view, out);
	if (a->protocol == PROTOCOL_HTTP)
		return read_http(r, a, view, out);
	if (a->protocol == PROTOCOL_WEBSOCKET)
		return read_event(r, a, view, out);
	if (a->protocol != PROTOCOL_GRPC)
		return false;
	out->request.path = rpc_path(&r->w->arena, r->m, a->rpc);
	out->is_known = true;
	return true;
}
