#include "base/intern.h"

uint32_t intern_id(struct intern *in, struct str s)
{
	if (in->strings.count == 0)
		vec_push(&in->strings, STR(""));
	if (s.len == 0)
		return 0;
	uint32_t *known = str_map_get(&in->ids, s);
	if (known)
		return *known;
	struct str copy = arena_str(&in->text, s);
	vec_push(&in->strings, copy);
	return *str_map_put(&in->ids, copy, in->strings.count - 1, NULL);
}

uint32_t intern_find(const struct intern *in, struct str s)
{
	const uint32_t *known = s.len ? str_map_get(&in->ids, s) : NULL;
	return known ? *known : 0;
}

struct str intern_str(const struct intern *in, uint32_t id)
{
	return id < in->strings.count ? in->strings.items[id] : STR("");
}

void intern_clear(struct intern *in)
{
	str_map_clear(&in->ids);
	vec_clear(&in->strings);
	arena_clear(&in->text);
}

void intern_release(struct intern *in)
{
	str_map_release(&in->ids);
	vec_release(&in->strings);
	arena_release(&in->text);
}
