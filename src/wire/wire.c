#include "wire/internal.h"

static uint64_t handler_key(file_id file, node_id function)
{
	return (uint64_t)file << 32 | function;
}

static void index_handlers(struct wire *w)
{
	for (uint32_t i = 0; i < w->endpoints.count; i++) {
		const struct endpoint *e = &w->endpoints.items[i];
		if (e->handler)
			map_put(&w->handlers, handler_key(e->handler_file, e->handler), i, NULL);
	}
}

struct wire *wire_build(const struct model *model, uint32_t workers)
{
	struct wire *w = mem_alloc(sizeof(*w));
	*w = (struct wire){ .model = model, .workers = workers };
	wire_find_endpoints(w);
	index_handlers(w);
	wire_find_requests(w);
	wire_match(w);
	wire_count_peers(w);
	wire_find_chains(w);
	wire_find_storage(w);
	wire_find_unwired(w);
	wire_find_failures(w);
	return w;
}

void wire_free(struct wire *w)
{
	if (!w)
		return;
	vec_release(&w->endpoints);
	map_release(&w->handlers);
	map_release(&w->unread);
	vec_release(&w->requests);
	vec_release(&w->mentions);
	vec_release(&w->landed);
	vec_release(&w->parts);
	vec_release(&w->links);
	vec_release(&w->part_names);
	vec_release(&w->unwired);
	vec_release(&w->failures);
	arena_release(&w->arena);
	mem_free(w);
}

uint32_t wire_endpoint_count(const struct wire *w)
{
	return w->endpoints.count;
}

const struct endpoint *wire_endpoint(const struct wire *w, uint32_t index)
{
	return &w->endpoints.items[index];
}

const struct endpoint *wire_answers(const struct wire *w, file_id file, node_id function)
{
	const uint32_t *index = map_get(&w->handlers, handler_key(file, function));
	return index ? &w->endpoints.items[*index] : NULL;
}

uint32_t wire_request_count(const struct wire *w)
{
	return w->requests.count;
}

const struct request *wire_request(const struct wire *w, uint32_t index)
{
	return &w->requests.items[index];
}

const char *column_name(enum column column)
{
	static const char *const names[] = { "component", "client", "endpoint", "controller", "service", "repository",
		"entity" };
	return names[column];
}

uint32_t wire_part_count(const struct wire *w)
{
	return w->parts.count;
}

const struct chain_part *wire_part(const struct wire *w, uint32_t index)
{
	return &w->parts.items[index];
}

struct str wire_part_name(const struct wire *w, uint32_t index)
{
	return w->part_names.items[index];
}

uint32_t wire_link_count(const struct wire *w)
{
	return w->links.count;
}

const struct chain_link *wire_link(const struct wire *w, uint32_t index)
{
	return &w->links.items[index];
}

uint32_t wire_failure_count(const struct wire *w)
{
	return w->failures.count;
}

const struct lost_failure *wire_failure(const struct wire *w, uint32_t index)
{
	return &w->failures.items[index];
}
