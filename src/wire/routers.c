#include "wire/routers.h"

#include "wire/internal.h"

/* More ways to one router than this are a mistake of ours or a loop of theirs. */
enum { MOST_PREFIXES = 32, LONGEST_PREFIX = 1024 };

/* A parameter stands for no more routers than this. */
enum { MOST_HANDED = 64 };

router_id routers_add(struct routers *g, struct router router)
{
	vec_push(&g->list, router);
	return g->list.count;
}

struct router *routers_get(const struct routers *g, router_id router)
{
	return &g->list.items[router - 1];
}

const struct router_prefix *routers_prefix(const struct routers *g, uint32_t index)
{
	return index ? &g->prefixes.items[index - 1] : NULL;
}

struct mount *routers_mount(struct routers *g, router_id parent, struct stretch prefix, router_id child)
{
	if (!parent || !child || parent == child)
		return NULL;
	struct router *above = routers_get(g, parent);
	prefix.text = arena_str(&g->arena, prefix.text);
	struct mount mount = { .child = child, .prefix = prefix, .next = above->first_mount };
	vec_push(&g->mounts, mount);
	above->first_mount = g->mounts.count;
	routers_get(g, child)->parents++;
	return &vec_last(&g->mounts);
}

void routers_hand(struct routers *g, router_id router, router_id parameter)
{
	struct mount *mount = routers_mount(g, router, NO_PREFIX, parameter);
	if (!mount)
		return;
	mount->is_handed = true;
	struct handed handed = { router, routers_get(g, parameter)->first_handed };
	vec_push(&g->handed, handed);
	routers_get(g, parameter)->first_handed = g->handed.count;
}

/* ---- parameters that are mounted ---- */

/* The routers that a parameter stands for, through the parameters that it was handed from. */
struct stands_for {
	router_id routers[MOST_HANDED];
	uint32_t count;
};

static void add_handed(const struct routers *g, struct stands_for *all, uint32_t first)
{
	for (uint32_t h = first; h && all->count < MOST_HANDED; h = g->handed.items[h - 1].next) {
		router_id router = g->handed.items[h - 1].router;
		uint32_t i = 0;
		while (i < all->count && all->routers[i] != router)
			i++;
		if (i == all->count)
			all->routers[all->count++] = router;
	}
}

/* def serve(app, api): app.include_router(api), serve(app, router) mounts `router`. */
static void mount_handed(struct routers *g, router_id parent, uint32_t mounted)
{
	struct mount mount = g->mounts.items[mounted], *copy;
	router_id parameter = mount.child;
	struct stands_for all = { .count = 0 };
	add_handed(g, &all, routers_get(g, parameter)->first_handed);
	for (uint32_t i = 0; i < all.count; i++) {
		uint32_t first = routers_get(g, all.routers[i])->first_handed;
		if (first)
			add_handed(g, &all, first);
		else if ((copy = routers_mount(g, parent, mount.prefix, all.routers[i])))
			copy->replaces = mount.replaces;
	}
	g->mounts.items[mounted].child = 0;
	routers_get(g, parameter)->parents--;
}

static void mount_parameters(struct routers *g)
{
	for (router_id parent = 1; parent <= g->list.count; parent++)
		for (uint32_t m = routers_get(g, parent)->first_mount; m; m = g->mounts.items[m - 1].next) {
			struct mount mount = g->mounts.items[m - 1];
			if (mount.child && !mount.is_handed && routers_get(g, mount.child)->first_handed)
				mount_handed(g, parent, m - 1);
		}
}

/* ---- prefixes ---- */

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
static void reach(struct spreading *s, router_id id, struct router_prefix prefix)
{
	struct router *router = routers_get(s->g, id);
	uint32_t count = 0;
	routers_each_prefix(s->g, id, known)
	{
		if (str_eq(known->text, prefix.text) && str_eq(known->version, prefix.version))
			return;
		count++;
	}
	if (count == MOST_PREFIXES || prefix.text.len > LONGEST_PREFIX)
		return;
	prefix.text = arena_str(&s->g->arena, prefix.text);
	prefix.next = router->first_prefix;
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

/* How much of a prefix stands at the end of what is above: of /static all below /app/static, nothing below /app. */
static uint32_t said_above(struct str above, struct str prefix)
{
	for (uint32_t i = 0; i < above.len; i++) {
		struct str end = str_slice(above, i, above.len);
		bool same = above.ptr[i] == '/' && end.len > 1 && str_starts(prefix, end);
		if (same && (end.len == prefix.len || prefix.ptr[end.len] == '/'))
			return end.len;
	}
	return 0;
}

/* above + mounted at + the router's own */
static void reach_below(struct spreading *s, const struct router_prefix *above, const struct mount *mount, bool cuts)
{
	const struct router *router = routers_get(s->g, mount->child);
	struct router_prefix prefix = *above;
	struct stretch at = mount->prefix;
	if (cuts)
		at.text = str_slice(at.text, said_above(above->text, at.text), at.text.len);
	buf_clear(&s->text);
	path_add(&s->text, above->text);
	prefix.is_tail |= stretch_add(&s->text, at);
	if (!mount->replaces)
		prefix.is_tail |= stretch_add(&s->text, router->prefix);
	if (!str_empty(router->version))
		prefix.version = router->version;
	prefix.text = buf_str(&s->text);
	reach(s, mount->child, prefix);
}

static void reach_top(struct spreading *s, router_id id)
{
	struct router_prefix top = { .text = STR(""), .is_tail = !routers_get(s->g, id)->is_root };
	reach_below(s, &top, &(struct mount){ .child = id }, false);
}

static void spread(struct spreading *s)
{
	struct routers *g = s->g;
	for (uint32_t i = 0; i < s->queue.count; i++) {
		struct reached at = s->queue.items[i];
		struct router_prefix prefix = *routers_prefix(g, at.prefix);
		for (uint32_t m = routers_get(g, at.router)->first_mount; m; m = g->mounts.items[m - 1].next)
			if (g->mounts.items[m - 1].child)
				reach_below(s, &prefix, &g->mounts.items[m - 1], routers_get(g, at.router)->cuts);
	}
	vec_clear(&s->queue);
}

/* What was gathered and is mounted nowhere lets go of what is in it. What is inside of another is older than that. */
static void release_gathered(struct routers *g)
{
	for (router_id id = g->list.count; id > 0; id--) {
		const struct router *router = routers_get(g, id);
		bool is_loose = router->is_gathered && !router->parents;
		for (uint32_t m = is_loose ? router->first_mount : 0; m; m = g->mounts.items[m - 1].next) {
			struct mount *mount = &g->mounts.items[m - 1];
			if (mount->child)
				routers_get(g, mount->child)->parents--;
			mount->child = 0;
		}
	}
}

void routers_find_prefixes(struct routers *g)
{
	struct spreading s = { .g = g };
	mount_parameters(g);
	release_gathered(g);
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
	vec_release(&g->handed);
	vec_release(&g->prefixes);
	arena_release(&g->arena);
}
