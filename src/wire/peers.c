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
	struct str group = group_of(request);
	uint32_t place[3] = { model_file(w->model, request->file)->package, request->protocol, request->is_tail };
	return hash_mix(hash_bytes(place, sizeof(place)), group.ptr, group.len);
}

static uint64_t endpoint_key(const struct endpoint *endpoint)
{
	uint32_t place[2] = { endpoint->package, endpoint->protocol };
	return hash_bytes(place, sizeof(place));
}

static void count_requests(struct wire *w)
{
	struct map groups = { 0 };
	VEC(struct peers) counts = { 0 };
	for (uint32_t i = 0; i < w->requests.count; i++) {
		bool added;
		uint32_t group = *map_put(&groups, request_key(w, &w->requests.items[i]), counts.count, &added);
		struct peers none = { 0 };
		if (added)
			vec_push(&counts, none);
		counts.items[group].requests++;
		counts.items[group].landed += w->landings[i].fit != FIT_NONE;
	}
	w->peers = arena_array(&w->arena, struct peers, w->requests.count);
	for (uint32_t i = 0; i < w->requests.count; i++)
		w->peers[i] = counts.items[*map_get(&groups, request_key(w, &w->requests.items[i]))];
	map_release(&groups);
	vec_release(&counts);
}

static void count_consumers(struct wire *w)
{
	struct map consumed = { 0 };
	w->consumers = arena_array(&w->arena, struct consumers, w->endpoints.count);
	for (uint32_t i = 0; i < w->landed.count; i++)
		w->consumers[w->landed.items[i]].requests++;
	for (uint32_t i = 0; i < w->endpoints.count; i++)
		if (w->consumers[i].requests)
			++*map_put(&consumed, endpoint_key(&w->endpoints.items[i]), 0, NULL);
	for (uint32_t i = 0; i < w->endpoints.count; i++) {
		const uint32_t *count = map_get(&consumed, endpoint_key(&w->endpoints.items[i]));
		w->consumers[i].peers_consumed = count ? *count : 0;
	}
	map_release(&consumed);
}

void wire_count_peers(struct wire *w)
{
	count_requests(w);
	count_consumers(w);
}

struct peers wire_peers(const struct wire *w, uint32_t request)
{
	return w->peers[request];
}

struct consumers wire_consumers(const struct wire *w, uint32_t endpoint)
{
	return w->consumers[endpoint];
}
