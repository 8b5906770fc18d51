/* What the neighbours of a request or an endpoint tell about it. */
#include "wire/internal.h"

/* Of gRPC "package.Service", of GraphQL "Query"; nothing of a path. */
static struct str group_of(const struct request *request)
{
	if (request->protocol == PROTOCOL_GRPC)
		return str_slice(request->path, 0, str_rfind(request->path, '/'));
	if (request->protocol == PROTOCOL_GRAPHQL)
		return path_parent(request->path);
	return request->origin;
}

static uint64_t request_key(const struct wire *w, const struct request *request)
{
	struct str group = group_of(request), opening = request->opening;
	uint32_t place[3] = { model_file(w->model, request->file)->package, request->protocol, request->is_tail };
	return hash_mix(hash_mix(hash_bytes(place, sizeof(place)), group.ptr, group.len), opening.ptr, opening.len);
}

static uint64_t endpoint_key(const struct endpoint *endpoint)
{
	uint32_t place[3] = { endpoint->package, endpoint->protocol, endpoint->is_static };
	return hash_bytes(place, sizeof(place));
}

bool wire_is_interface(const struct model *m, file_id id)
{
	const struct model_file *file = model_file(m, id);
	bool is_markup = (LANGUAGES_UI >> file->language & 1) || (LANGUAGES_MARKUP >> file->language & 1);
	return (model_sides(m, id) & SIDE_BROWSER) || is_markup ||
	       package_has_role(m, file->package, ROLE_WEB_CLIENT_UI);
}

/* Does the request come from where users look? */
static bool is_of_interface(const struct wire *w, const struct request *request)
{
	return wire_is_interface(w->model, request->file);
}

/*
 * Does somebody of this repository answer? A server that asks an address from its settings for what its own package serves asks
 * another server, which serves the like.
 */
static bool lands_with_us(const struct wire *w, uint32_t i)
{
	const struct request *request = &w->requests.items[i];
	struct landing landing = w->landings[i];
	if (landing.fit == FIT_NONE || !request->is_tail || is_of_interface(w, request))
		return landing.fit != FIT_NONE;
	package_id package = model_file(w->model, request->file)->package;
	for (uint32_t k = 0; k < landing.count; k++)
		if (w->endpoints.items[landing_endpoint(w, landing, k)].package != package)
			return true;
	return false;
}

/* A file of the services where a request lands that could not be read to the end, or NO_FILE. */
static file_id unread_service(const struct wire *w, struct landing landing)
{
	for (uint32_t k = 0; k < landing.count; k++) {
		package_id package = w->endpoints.items[landing_endpoint(w, landing, k)].package;
		const uint32_t *file = map_get(&w->unread, package);
		if (file)
			return *file;
	}
	return NO_FILE;
}

static void count_requests(struct wire *w)
{
	uint32_t requests = w->requests.count, groups = 0;
	struct peers *counts = arena_array(&w->arena, struct peers, requests);
	uint32_t *group_of_request = arena_array(&w->arena, uint32_t, requests);
	struct map known = { 0 };
	for (uint32_t i = 0; i < requests; i++) {
		bool added;
		uint32_t group = *map_put(&known, request_key(w, &w->requests.items[i]), groups, &added);
		if (added)
			counts[groups++].unread = NO_FILE;
		if (counts[group].unread == NO_FILE)
			counts[group].unread = unread_service(w, w->landings[i]);
		counts[group].requests += !w->requests.items[i].is_link;
		counts[group].landed += !w->requests.items[i].is_link && lands_with_us(w, i);
		group_of_request[i] = group;
	}
	map_release(&known);
	w->peers = arena_array(&w->arena, struct peers, requests);
	for (uint32_t i = 0; i < requests; i++)
		w->peers[i] = counts[group_of_request[i]];
}

static void note_consumer(
	struct wire *w, uint32_t request, uint32_t endpoint, struct map *by_interfaces, struct map *consumed)
{
	bool first;
	if (model_file(w->model, w->requests.items[request].file)->class == CLASS_GENERATED)
		return; /* its callers are requests too: a wrapper that nobody calls consumes nothing */
	w->consumers[endpoint].requests++;
	if (!is_of_interface(w, &w->requests.items[request]))
		return;
	map_put(by_interfaces, endpoint, 1, &first);
	if (first)
		++*map_put(consumed, endpoint_key(&w->endpoints.items[endpoint]), 0, NULL);
}

static uint64_t path_key(const struct endpoint *e)
{
	return hash_mix(e->package, e->path.ptr, e->path.len);
}

/* What is said of a path explains itself where somebody asks for that path, by whatever method. */
static void count_mentions(struct wire *w)
{
	struct map asked = { 0 };
	for (uint32_t i = 0; i < w->endpoints.count; i++)
		if (w->consumers[i].requests)
			map_put(&asked, path_key(&w->endpoints.items[i]), 1, NULL);
	for (uint32_t i = 0; i < w->endpoints.count; i++)
		w->consumers[i].is_mentioned = w->mentioned[i] && !map_get(&asked, path_key(&w->endpoints.items[i]));
	map_release(&asked);
}

static void count_consumers(struct wire *w)
{
	struct map consumed = { 0 }, served = { 0 };
	w->consumers = arena_array(&w->arena, struct consumers, w->endpoints.count);
	struct map by_interfaces = { 0 };
	for (uint32_t i = 0; i < w->requests.count; i++)
		for (uint32_t k = 0; k < w->landings[i].count; k++)
			note_consumer(w, i, landing_endpoint(w, w->landings[i], k), &by_interfaces, &consumed);
	map_release(&by_interfaces);
	for (uint32_t i = 0; i < w->endpoints.count; i++)
		++*map_put(&served, endpoint_key(&w->endpoints.items[i]), 0, NULL);
	for (uint32_t i = 0; i < w->endpoints.count; i++) {
		uint64_t key = endpoint_key(&w->endpoints.items[i]);
		const uint32_t *count = map_get(&consumed, key);
		w->consumers[i].peers = *map_get(&served, key);
		w->consumers[i].peers_consumed = count ? *count : 0;
	}
	map_release(&consumed);
	map_release(&served);
}

void wire_count_peers(struct wire *w)
{
	count_requests(w);
	count_consumers(w);
	count_mentions(w);
}

struct peers wire_peers(const struct wire *w, uint32_t request)
{
	return w->peers[request];
}

struct consumers wire_consumers(const struct wire *w, uint32_t endpoint)
{
	return w->consumers[endpoint];
}
