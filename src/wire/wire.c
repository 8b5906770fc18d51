#include "wire/internal.h"

struct wire *wire_build(const struct model *model, uint32_t workers)
{
	(void)workers;
	struct wire *w = mem_alloc(sizeof(*w));
	*w = (struct wire){ .model = model };
	wire_find_endpoints(w);
	wire_find_requests(w);
	wire_match(w);
	return w;
}

void wire_free(struct wire *w)
{
	if (!w)
		return;
	vec_release(&w->endpoints);
	vec_release(&w->requests);
	vec_release(&w->landed);
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

uint32_t wire_request_count(const struct wire *w)
{
	return w->requests.count;
}

const struct request *wire_request(const struct wire *w, uint32_t index)
{
	return &w->requests.items[index];
}
