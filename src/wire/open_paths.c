#include "wire/open_paths.h"

static bool is_parameter(struct str segment)
{
	return str_find(segment, '{') < segment.len;
}

bool open_paths_add(struct open_paths *o, struct str path, uint32_t endpoint)
{
	struct open_path open = { .endpoint = endpoint };
	struct str rest = path, segment, word = STR("");
	while (str_split(&rest, '/', &segment) && !str_contains(segment, STR("{*"))) {
		open.parameters++;
		if (is_parameter(segment) || str_empty(segment))
			continue;
		word = segment;
		open.front = str_slice(path, 0, (uint32_t)(segment.ptr - path.ptr) - 1);
		open.parameters = 0;
	}
	if (str_empty(word))
		return false;
	open.back = rest;
	uint32_t *first = str_map_put(&o->by_word, word, 0, NULL);
	open.next = *first;
	vec_push(&o->list, open);
	*first = o->list.count;
	return true;
}

void open_paths_release(struct open_paths *o)
{
	vec_release(&o->list);
	str_map_release(&o->by_word);
}

static uint32_t segment_count(struct str path)
{
	uint32_t count = 0;
	struct str segment;
	while (str_split(&path, '/', &segment))
		count += !str_empty(segment);
	return count;
}

static bool fit(struct str a, struct str b)
{
	return str_eq(a, b) || is_parameter(a) || is_parameter(b);
}

/* Do the ends of both agree as far as both go? Both are cut to what is left. */
static bool ends_fit(struct str *a, struct str *b)
{
	while (a->len && b->len) {
		uint32_t a_slash = str_rfind(*a, '/'), b_slash = str_rfind(*b, '/');
		uint32_t a_start = a_slash < a->len ? a_slash + 1 : 0, b_start = b_slash < b->len ? b_slash + 1 : 0;
		if (!fit(str_slice(*a, a_start, a->len), str_slice(*b, b_start, b->len)))
			return false;
		*a = str_slice(*a, 0, a_start ? a_start - 1 : 0);
		*b = str_slice(*b, 0, b_start ? b_start - 1 : 0);
	}
	return true;
}

/* What follows the word: the parameters, the open part, and its end. */
static bool rest_fits(const struct open_path *open, struct str rest)
{
	struct str back = open->back;
	if (segment_count(rest) < open->parameters + segment_count(back))
		return false;
	return ends_fit(&back, &rest);
}

const struct open_path *open_paths_next(const struct open_paths *o, struct open_search *search)
{
	for (;;) {
		while (search->next) {
			const struct open_path *open = &o->list.items[search->next - 1];
			search->next = open->next;
			if (rest_fits(open, search->rest))
				return open;
		}
		if (!str_split(&search->rest, '/', &search->segment))
			return NULL;
		const uint32_t *first = str_map_get(&o->by_word, search->segment);
		search->next = first ? *first : 0;
	}
}

bool open_path_fits(const struct open_path *open, struct str path, const struct open_search *search,
	struct str *more_front, struct str *more_path)
{
	*more_front = open->front;
	*more_path = str_slice(path, 0, (uint32_t)(search->segment.ptr - path.ptr) - 1);
	return ends_fit(more_front, more_path);
}
