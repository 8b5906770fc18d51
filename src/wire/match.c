/*
 * Which endpoints a request may land on. A whole path first; then one whose beginning is not known on either side; then one
 * where a proxy may add or cut a beginning of plain words (`/api`).
 */
#include "wire/internal.h"

#include "wire/open_paths.h"
#include "wire/trie.h"

enum { MOST_CANDIDATES = 256, MOST_DEEPER = 256, MOST_ADDED_SEGMENTS = 3, LEAST_TELLING_WORDS = 3 };

struct candidate {
	uint32_t endpoint;
	enum fit fit;
	uint32_t score;
	bool word_for_parameter, parameter_for_word; /* on the way */
};

struct search {
	const struct wire *w;
	const struct trie *trie;
	const struct request *request;
	struct candidate candidates[MOST_CANDIDATES];
	uint32_t count;
};

static void add_candidates(struct search *s, const struct trie_node *node, enum fit fit, struct trie_state state)
{
	const struct trie_entry *entry;
	for (uint32_t e = node->first_entry; e && s->count < MOST_CANDIDATES; e = entry->next) {
		entry = &s->trie->entries.items[e - 1];
		s->candidates[s->count++] = (struct candidate){ entry->endpoint, fit, state.score,
			state.has_word_for_parameter, state.has_parameter_for_word };
	}
}

static uint32_t segment_count(struct str path)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < path.len; i++)
		count += path.ptr[i] == '/';
	return count;
}

static bool is_plain(struct str path)
{
	return str_find(path, '{') == UINT32_MAX && segment_count(path) <= MOST_ADDED_SEGMENTS;
}

/* The endpoint's path goes on where the request's begins. */
static void add_longer(struct search *s, struct trie_state state)
{
	const struct trie *t = s->trie;
	struct {
		uint32_t node, depth;
		bool plain;
	} queue[MOST_DEEPER] = { { state.node, 0, true } };
	uint32_t count = 1;
	for (uint32_t i = 0; i < count; i++) {
		const struct trie_node *node = &t->nodes.items[queue[i].node];
		if (i) {
			bool plain = queue[i].plain && queue[i].depth <= MOST_ADDED_SEGMENTS;
			if (s->request->is_tail || plain)
				add_candidates(s, node, s->request->is_tail ? FIT_TAIL : FIT_PROXY, state);
		}
		for (uint32_t c = node->first_child; c && count < MOST_DEEPER; c = t->nodes.items[c].next_sibling) {
			queue[count].node = c;
			queue[count].depth = queue[i].depth + 1;
			queue[count++].plain = queue[i].plain;
		}
		if (node->parameter && count < MOST_DEEPER) {
			queue[count].node = node->parameter;
			queue[count].depth = queue[i].depth + 1;
			queue[count++].plain = false;
		}
	}
}

/* The endpoint's path ends where some of the request's is left. */
static void add_shorter(struct search *s, const struct trie_node *node, struct trie_state state)
{
	struct str left = str_slice(s->request->path, 0, state.rest);
	uint32_t before = s->count;
	add_candidates(s, node, FIT_PROXY, state);
	for (uint32_t i = before; i < s->count; i++)
		if (s->w->endpoints.items[s->candidates[i].endpoint].is_tail)
			s->candidates[i].fit = FIT_TAIL;
		else if (!is_plain(left))
			s->candidates[i].fit = FIT_NONE;
}

static void visit(void *context, struct trie_state state)
{
	struct search *s = context;
	const struct trie_node *node = &s->trie->nodes.items[state.node];
	if (state.rest) {
		if (state.words)
			add_shorter(s, node, state);
		return;
	}
	add_candidates(s, node, FIT_WHOLE, state);
	if (state.words)
		add_longer(s, state);
}

static enum fit open_fit(
	const struct search *s, const struct open_path *open, struct str more_front, struct str more_path)
{
	if (!more_front.len && !more_path.len)
		return FIT_WHOLE;
	if (more_front.len ? s->request->is_tail : s->w->endpoints.items[open->endpoint].is_tail)
		return FIT_TAIL;
	return is_plain(more_front.len ? more_front : more_path) ? FIT_PROXY : FIT_NONE;
}

/* `/files/{*path}`: the rest may be anything. */
static void add_open_ended(struct search *s, const struct open_paths *paths)
{
	struct open_search at = { .rest = s->request->path };
	const struct open_path *open;
	struct str more_front, more_path;
	while (s->count < MOST_CANDIDATES && (open = open_paths_next(paths, &at)))
		if (open_path_fits(open, s->request->path, &at, &more_front, &more_path))
			s->candidates[s->count++] = (struct candidate){ open->endpoint,
				open_fit(s, open, more_front, more_path), 0, false, false };
}

static bool answers(const struct endpoint *endpoint, const struct request *request)
{
	return request->methods == 0 || endpoint->methods == 0 || (endpoint->methods & request->methods);
}

/* Keeps what fits best among the endpoints that answer the method; notes the methods of those that fit but do not answer. */
static void choose(struct wire *w, const struct search *s, struct landing *landing)
{
	enum fit best = FIT_NONE;
	uint32_t score = 0;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct candidate *c = &s->candidates[i];
		if (c->fit == FIT_NONE)
			continue;
		const struct endpoint *endpoint = &w->endpoints.items[c->endpoint];
		if (!answers(endpoint, s->request)) {
			bool serves_path = c->fit == FIT_WHOLE && !endpoint->is_static;
			landing->other_methods |= serves_path ? endpoint->methods : 0;
			continue;
		}
		if (best == FIT_NONE || c->fit < best || (c->fit == best && c->score > score)) {
			best = c->fit;
			score = c->score;
		}
	}
	landing->fit = best;
	landing->first = w->landed.count;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct candidate *c = &s->candidates[i];
		bool chosen = best != FIT_NONE && c->fit == best && c->score == score;
		if (chosen && answers(&w->endpoints.items[c->endpoint], s->request))
			vec_push(&w->landed, c->endpoint);
	}
	landing->count = w->landed.count - landing->first;
}

/* ---- protocols with names instead of paths ---- */

static uint64_t name_key(enum protocol protocol, struct str name)
{
	return hash_mix(protocol, name.ptr, name.len);
}

/* `Query.{findOneName}`: a base class of resolvers whose fields are named where it is made. */
static bool is_named_elsewhere(const struct endpoint *endpoint)
{
	return endpoint->protocol == PROTOCOL_GRAPHQL && str_find(endpoint->path, '{') != UINT32_MAX;
}

static void land_by_name(
	struct wire *w, const struct map *names, const struct request *request, struct landing *landing)
{
	const uint32_t *endpoint = map_get(names, name_key(request->protocol, request->path));
	enum fit fit = FIT_WHOLE;
	if (!endpoint && request->protocol == PROTOCOL_GRAPHQL) {
		endpoint = map_get(names, name_key(request->protocol, path_parent(request->path)));
		fit = FIT_TAIL;
	}
	*landing = (struct landing){ .fit = FIT_NONE, .first = w->landed.count };
	if (!endpoint)
		return;
	landing->fit = fit;
	landing->count = 1;
	vec_push(&w->landed, *endpoint);
}

/* ---- all of them ---- */

struct tables {
	struct trie trie;
	struct map names;
	struct open_paths open;
};

static void index_endpoints(const struct wire *w, struct tables *t)
{
	trie_init(&t->trie);
	for (uint32_t i = w->endpoints.count; i-- > 0;) {
		const struct endpoint *endpoint = &w->endpoints.items[i];
		if (is_named_elsewhere(endpoint))
			*map_put(&t->names, name_key(endpoint->protocol, path_parent(endpoint->path)), i, NULL) = i;
		else if (endpoint->protocol != PROTOCOL_HTTP)
			*map_put(&t->names, name_key(endpoint->protocol, endpoint->path), i, NULL) = i;
		else if (!str_contains(endpoint->path, STR("{*")))
			trie_add(&t->trie, endpoint->path, i);
		else if (!open_paths_add(&t->open, endpoint->path, i) && !str_ends(endpoint->path, STR("}")))
			trie_add(&t->trie, endpoint->path, i); /* `/{locale}/{*part}/authors`: only its end tells */
	}
}

static void find_candidates(struct search *s, const struct tables *t)
{
	struct str path = s->request->path;
	if (path.len > 1 && !path_says_something(path))
		return;
	trie_walk(&t->trie, path, visit, s);
	add_open_ended(s, &t->open);
}

static struct landing land(struct wire *w, const struct tables *t, const struct request *request)
{
	struct landing landing = { 0 };
	struct search s = { .w = w, .trie = &t->trie, .request = request };
	if (request->protocol != PROTOCOL_HTTP) {
		land_by_name(w, &t->names, request, &landing);
		return landing;
	}
	find_candidates(&s, t);
	choose(w, &s, &landing);
	return landing;
}

static uint32_t word_count(struct str path)
{
	struct str segment;
	uint32_t count = 0;
	while (str_split(&path, '/', &segment))
		count += segment.len && str_find(segment, '{') == UINT32_MAX;
	return count;
}

static bool is_elsewhere(struct str origin)
{
	return !str_empty(origin) && !str_contains(origin, STR("://localhost")) &&
	       !str_contains(origin, STR("://127.0.0.1"));
}

/*
 * Most links lead to pages: they are taken for requests where they fit an endpoint as they stand, or say that it is a server they
 * lead to. One to another site is ours where its path has several words and fits as a whole: a default may be the public
 * address. Endpoints without a word (`/`, `/{slug}`) answer for pages.
 */
static bool leads_to_page(const struct wire *w, const struct request *request, struct landing landing)
{
	if (landing.fit == FIT_NONE || !word_count(w->endpoints.items[w->landed.items[landing.first]].path))
		return true;
	if (is_elsewhere(request->origin))
		return landing.fit != FIT_WHOLE || word_count(request->path) < LEAST_TELLING_WORDS;
	return landing.fit != FIT_WHOLE && !request->is_tail && !str_starts(request->path, STR("/api/"));
}

static bool is_open(const struct request *mention)
{
	return str_contains(mention->path, STR("{}"));
}

/* As a whole; or as an end or behind a proxy, where its words are words there, and its holes parameters. `/settings` is a page. */
static bool may_mean(const struct request *mention, const struct candidate *c)
{
	if (c->fit == FIT_WHOLE || c->fit == FIT_NONE)
		return c->fit == FIT_WHOLE;
	bool is_telling = c->fit == FIT_TAIL || word_count(mention->path) > 1;
	return is_telling && !c->word_for_parameter && (!c->parameter_for_word || is_open(mention));
}

/* A text may be the address of what it fits best; with a hole that nobody knows a name for, of all that it fits. */
static void note_mention(struct wire *w, const struct search *s)
{
	const struct candidate *best = NULL;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct candidate *c = &s->candidates[i];
		bool is_better = !best || c->fit < best->fit || (c->fit == best->fit && c->score > best->score);
		if (is_better && may_mean(s->request, c))
			best = c;
	}
	for (uint32_t i = 0; best && i < s->count; i++) {
		const struct candidate *c = &s->candidates[i];
		bool is_as_good = c->fit == best->fit && c->score == best->score;
		if ((is_as_good || is_open(s->request)) && may_mean(s->request, c))
			w->mentioned[c->endpoint] = true;
	}
}

static void note_mentions(struct wire *w, const struct tables *t)
{
	w->mentioned = arena_array(&w->arena, bool, w->endpoints.count);
	for (uint32_t i = 0; i < w->mentions.count; i++) {
		struct search s = { .w = w, .trie = &t->trie, .request = &w->mentions.items[i] };
		find_candidates(&s, t);
		note_mention(w, &s);
	}
}

void wire_match(struct wire *w)
{
	struct tables t = { 0 };
	uint32_t kept = 0;
	index_endpoints(w, &t);
	w->landings = arena_array(&w->arena, struct landing, w->requests.count);
	for (uint32_t i = 0; i < w->requests.count; i++) {
		const struct request *request = &w->requests.items[i];
		struct landing landing = land(w, &t, request);
		if (request->is_link && !request->is_named && leads_to_page(w, request, landing))
			continue;
		w->landings[kept] = landing;
		w->requests.items[kept++] = *request;
	}
	w->requests.count = kept;
	note_mentions(w, &t);
	trie_release(&t.trie);
	map_release(&t.names);
	open_paths_release(&t.open);
}

struct landing wire_landing(const struct wire *w, uint32_t request)
{
	return w->landings[request];
}

bool wire_asks_backend(const struct wire *w, uint32_t request)
{
	const struct request *r = &w->requests.items[request];
	struct landing landing = w->landings[request];
	if (landing.count)
		return !w->endpoints.items[landing_endpoint(w, landing, 0)].is_static;
	return str_empty(r->origin) && !path_names_file(r->path) && r->path.len > 1;
}

uint32_t landing_endpoint(const struct wire *w, struct landing landing, uint32_t index)
{
	return w->landed.items[landing.first + index];
}
