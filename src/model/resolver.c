#include "model/names.h"

void resolver_init(struct resolver *r, const struct model *m, file_id file)
{
	r->model = m;
	r->file = file;
	r->impl = 0;
	r->steps = 0;
	r->used = 0;
}

static struct str join(struct resolver *r, struct str left, struct str separator, struct str right)
{
	if (str_empty(left) || str_empty(right))
		return str_empty(left) ? right : left;
	uint32_t len = left.len + separator.len + right.len;
	if (len > sizeof(r->space) - r->used)
		return (struct str){ 0 };
	char *start = r->space + r->used;
	memcpy(start, left.ptr, left.len);
	memcpy(start + left.len, separator.ptr, separator.len);
	memcpy(start + left.len + separator.len, right.ptr, right.len);
	r->used += len;
	return (struct str){ start, len };
}

struct str resolver_join(struct resolver *r, struct str left, struct str right)
{
	return join(r, left, path_separator(r->model->files[r->file].language), right);
}

struct str resolver_join_member(struct resolver *r, struct str value, struct str member)
{
	return join(r, value, STR("."), member);
}

struct str model_keep(const struct model *m, struct str name)
{
	struct shared_names *names = m->names;
	pthread_mutex_lock(&names->lock);
	struct str kept = intern_str(&names->intern, intern_id(&names->intern, name));
	pthread_mutex_unlock(&names->lock);
	return kept;
}

static bool is_temporary(const struct resolver *r, struct str name)
{
	return name.ptr >= r->space && name.ptr < r->space + sizeof(r->space);
}

struct meaning resolver_keep(struct resolver *r, struct meaning means)
{
	if (is_temporary(r, means.name))
		means.name = model_keep(r->model, means.name);
	return means;
}

struct type resolver_keep_type(struct resolver *r, struct type type)
{
	if (is_temporary(r, type.name))
		type.name = model_keep(r->model, type.name);
	return type;
}
