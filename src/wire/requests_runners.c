/* What runs for all hooks that are handed no function of their own: SWRConfig's fetcher, a QueryClient's queryFn. */
#include "wire/requests.h"

/* ---- what a file sets ---- */

node_id requests_value_at(const struct facts *f, node_id node, struct str place)
{
	struct str key;
	str_split(&place, '.', &key);
	node_id value = node_kind(f, node) == NODE_JSX ? object_value(f, node, key)
						       : call_arg(f, node, (uint32_t)(key.ptr[0] - '0'));
	while (value && str_split(&place, '.', &key))
		value = node_kind(f, value) == NODE_OBJECT ? object_value(f, value, key) : 0;
	return value;
}

/* The function that a call returns: fetcherOf("/api") */
static struct meaning made_function(const struct model *m, file_id file, node_id call)
{
	struct meaning means = model_meaning(m, file, call);
	node_id maker = model_meant_function(m, means);
	node_id made = maker ? model_result(m, means.file, maker) : 0;
	bool is_function = made && node_kind(&model_file(m, means.file)->facts, made) == NODE_LAMBDA;
	means.node = is_function ? made : 0;
	return means;
}

struct meaning requests_function_run(const struct model *m, file_id file, node_id value)
{
	const struct facts *f = &model_file(m, file)->facts;
	if (node_kind(f, value) == NODE_LAMBDA)
		return (struct meaning){ .kind = MEANS_DECLARATION, .file = file, .node = value };
	if (node_kind(f, value) == NODE_CALL)
		return made_function(m, file, value);
	struct meaning means = model_meaning(m, file, value);
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		return means;
	node_id function = model_meant_function(m, means);
	const struct facts *there = &model_file(m, means.file)->facts;
	node_id made = !function && means.node ? node_child(there, means.node, PART_VALUE) : 0;
	if (made && node_kind(there, made) == NODE_CALL)
		return made_function(m, means.file, made);
	means.node = function;
	return means;
}

void requests_scan_setting_of_runner(
	const struct model *m, file_id file, node_id node, const struct library_entry *entry, struct scan *out)
{
	node_id value = requests_value_at(&model_file(m, file)->facts, node, library_attribute(entry, "function"));
	if (!value)
		return;
	struct meaning means = requests_function_run(m, file, value);
	bool is_client = (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN) &&
			 model_library(m, model_file(m, file)->language, means.name, ROLE_SENDS);
	struct runner runner = { file, is_client ? value : 0, means.file, means.node, library_attribute(entry, "of") };
	if (is_client)
		runner.function = 0;
	vec_push(&out->runners, runner);
}

/* ---- who is run by it ---- */

/* The runner of a package; NULL for none, *several when nobody can tell which. */
static const struct runner *runner_of(const struct requests *r, file_id file, struct str of, bool *several)
{
	const struct runner *found = NULL;
	*several = false;
	for (uint32_t i = 0; i < r->runners.count; i++) {
		const struct runner *runner = &r->runners.items[i];
		if (model_file(r->m, runner->file)->package != model_file(r->m, file)->package ||
			!str_eq(runner->of, of))
			continue;
		*several |= found && (found->function_file != runner->function_file ||
					     found->function != runner->function || found->client != runner->client);
		found = runner;
	}
	return found;
}

static bool has_its_own(const struct requests *r, const struct asking *a)
{
	struct str unless = library_attribute(a->entry, "unless");
	return a->client ||
	       (!str_empty(unless) &&
		       !model_argument_text(r->m, (struct text_view){ 0 }, a->file, a->node, unless).is_absent);
}

/* What runs a hook asks in its place; false when the hook goes on asking by itself. */
static bool is_run(struct requests *r, struct asking *a)
{
	struct str of = a->entry ? library_attribute(a->entry, "of") : STR("");
	bool several;
	const struct runner *runner = str_empty(of) || has_its_own(r, a) ? NULL : runner_of(r, a->file, of, &several);
	if (!runner)
		return false;
	if (!several && runner->client) {
		a->client_file = runner->file;
		a->client = runner->client;
		return false;
	}
	struct calling calling = { a->file, a->node, runner->function_file, runner->function };
	if (!several && runner->function)
		vec_push(&r->callings, calling);
	return true;
}

void requests_resolve_runners(struct requests *r)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; r->runners.count && i < r->askings.count; i++)
		if (!is_run(r, &r->askings.items[i]))
			r->askings.items[kept++] = r->askings.items[i];
	if (r->runners.count)
		r->askings.count = kept;
}
