#include "wire/routers.h"

#include "wire/internal.h"

/* More ways to one router than this are a mistake of ours or a loop of theirs. */
enum { MOST_PREFIXES = 32, LONGEST_PREFIX = 1024 };

router_id routers_add(struct routers *g, struct router router)
{
	vec_push(&g->list, router);
	return g->list.count;
}

struct router *routers_get(struct routers *g, router_id router)
{
	return &g->list.items[router - 1];
}

const struct router_prefix *routers_prefix(const struct routers *g, uint32_t index)
{
	return index ? &g->prefixes.items[index - 1] : NULL;
}

void routers_mount(struct routers *g, router_id parent, struct stretch prefix, router_id child)
{
	if (!parent || !child || parent == child)
		return;
	struct router *above = routers_get(g, parent);
	prefix.text = arena_str(&g->arena, prefix.text);
	struct mount mount = { .child = child, .prefix = prefix, .next = above->first_mount };
	vec_push(&g->mounts, mount);
	above->first_mount = g->mounts.count;
	routers_get(g, child)->parents++;
}

struct spreading {
	struct routers *g;
	struct buf text;
	VEC(struct reached {
		router_id router;
		uint32_t prefix;
	})
	queue;
};

/* A prefix that leads to the router; nothing when it is known. */
static void reach(struct spreading *s, router_id id, struct str text, bool is_tail)
{
	struct router *router = routers_get(s->g, id);
	uint32_t count = 0;
	routers_each_prefix(s->g, id, known)
	{
		if (str_eq(known->text, text))
			return;
		count++;
	}
	if (count == MOST_PREFIXES || text.len > LONGEST_PREFIX)
		return;
	struct router_prefix prefix = { arena_str(&s->g->arena, text), is_tail, router->first_prefix };
	vec_push(&s->g->prefixes, prefix);
	router->first_prefix = s->g->prefixes.count;
	struct reached reached = { id, router->first_prefix };
	vec_push(&s->queue, reached);
}

bool stretch_add(struct buf *path, struct stretch stretch)
{
	if (stretch.is_open)
		buf_clear(path);
	path_add(path, stretch.text);
	return stretch.is_open;
}

/* above + mounted at + the router's own */
static void reach_below(struct spreading *s, const struct router_prefix *above, struct stretch at, router_id id)
{
	bool is_tail = above->is_tail;
	buf_clear(&s->text);
	path_add(&s->text, above->text);
	is_tail |= stretch_add(&s->text, at);
	is_tail |= stretch_add(&s->text, routers_get(s->g, id)->prefix);
	reach(s, id, buf_str(&s->text), is_tail);
}

static void reach_top(struct spreading *s, router_id id)
{
	struct router_prefix top = { .text = STR(""), .is_tail = !routers_get(s->g, id)->is_root };
	reach_below(s, &top, NO_PREFIX, id);
}

static void spread(struct spreading *s)
{
	struct routers *g = s->g;
	for (uint32_t i = 0; i < s->queue.count; i++) {
		struct reached at = s->queue.items[i];
		struct router_prefix prefix = *routers_prefix(g, at.prefix);
		for (uint32_t m = routers_get(g, at.router)->first_mount; m; m = g->mounts.items[m - 1].next)
			reach_below(s, &prefix, g->mounts.items[m - 1].prefix, g->mounts.items[m - 1].child);
	}
	vec_clear(&s->queue);
}

void routers_find_prefixes(struct routers *g)
{
	struct spreading s = { .g = g };
	for (router_id id = 1; id <= g->list.count; id++)
		if (!routers_get(g, id)->parents)
			reach_top(&s, id);
	spread(&s);
	/* what only a circle of mounts leads to */
	for (router_id id = 1; id <= g->list.count; id++) {
		if (!routers_get(g, id)->first_prefix)
			reach_top(&s, id);
		spread(&s);
	}
	vec_release(&s.queue);
	buf_release(&s.text);
}

void routers_release(struct routers *g)
{
	vec_release(&g->list);
	vec_release(&g->routes);
	vec_release(&g->mounts);
	vec_release(&g->prefixes);
	arena_release(&g->arena);
}
