/* WaitGroups and task groups that lie in a field: who starts work in them, and whether anybody in the package waits for it. */
#include "model/internal.h"

#include "base/path.h"

/* The groups of a package, and what has been seen of each. */
enum { MOST_GROUPS = 64 };
struct groups {
	const struct model *m;
	struct unwaited_group list[MOST_GROUPS];
	bool settled[MOST_GROUPS]; /* waited for, or handed to somebody who may */
	uint32_t count;
};

static bool is_group_type(const struct model *m, struct type type)
{
	return type.kind == MEANS_LIBRARY && (model_library(m, LANGUAGE_GO, type.name, ROLE_WAIT_GROUP) ||
						     model_library(m, LANGUAGE_GO, type.name, ROLE_TASK_GROUP));
}

static void collect_fields(struct groups *g, file_id file)
{
	const struct facts *f = &g->m->files[file].facts;
	facts_each_below(f, 0, n) {
		node_id type = node_kind(f, n) == NODE_FIELD ? node_child(f, n, PART_TYPE) : 0;
		struct str word = type ? path_last(node_name(f, type)) : STR("");
		bool is_exported = node_name(f, n).len && node_name(f, n).ptr[0] >= 'A' &&
				   node_name(f, n).ptr[0] <= 'Z';
		if (!word.len || is_exported || g->count == MOST_GROUPS ||
			(!model_library_word(g->m, LANGUAGE_GO, word, ROLE_WAIT_GROUP) &&
				!model_library_word(g->m, LANGUAGE_GO, word, ROLE_TASK_GROUP)) ||
			!is_group_type(g->m, model_spelled_type(g->m, file, type)))
			continue;
		g->list[g->count++] = (struct unwaited_group){ .file = file, .field = n };
	}
}

static struct str field_name(const struct groups *g, uint32_t i)
{
	return node_name(&g->m->files[g->list[i].file].facts, g->list[i].field);
}

static bool starts_goroutine(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n)
		if (node_kind(f, n) == NODE_SPAWN)
			return true;
	return false;
}

/* `s.tasks.Go(…)`, or an Add beside a go statement: the call starts work in that very field. */
static bool is_fed(const struct groups *g, uint32_t i, file_id file, node_id call)
{
	const struct facts *f = &g->m->files[file].facts;
	struct str method = path_last(node_name(f, call));
	if (!str_is(method, "Go") && !str_is(method, "TryGo") &&
		(!str_is(method, "Add") || !starts_goroutine(f, node_function(f, call))))
		return false;
	struct meaning means = model_path_meaning(g->m, file, call, path_parent(node_name(f, call)));
	return means.kind == MEANS_DECLARATION && means.file == g->list[i].file && means.node == g->list[i].field;
}

/* `Server{tasks: shared}`: whoever made it may wait. What is made on the spot is the field's own. */
static bool is_shared_by(const struct model *m, file_id file, node_id pair)
{
	const struct facts *f = &m->files[file].facts;
	node_id value = node_child(f, pair, PART_VALUE);
	if (value && node_kind(f, value) == NODE_UNARY)
		value = node_child(f, value, PART_VALUE);
	bool is_made = value && (node_kind(f, value) == NODE_OBJECT || str_is(node_name(f, value), "new") ||
					model_role(m, file, value, ROLE_CONSTRUCTS));
	return !is_made;
}

/* What one node says of one group. */
static void look(struct groups *g, uint32_t i, file_id file, node_id n)
{
	const struct facts *f = &g->m->files[file].facts;
	struct str name = node_name(f, n), field = field_name(g, i), method = path_last(name);
	switch (node_kind(f, n)) {
	case NODE_CALL:
		if (!str_eq(path_last(path_parent(name)), field))
			break;
		g->settled[i] |= str_is(method, "Wait") || str_is(method, "Run");
		if (!g->list[i].site && model_is_production(g->m, file) && is_fed(g, i, file, n)) {
			g->list[i].site_file = file;
			g->list[i].site = n;
		}
		break;
	case NODE_NAME:
		if (str_eq(method, field) && !str_empty(path_parent(name)))
			g->settled[i] |= f->nodes[n].part != PART_TARGET ||
					 is_shared_by(g->m, file, f->nodes[n].parent);
		g->settled[i] |= str_eq(path_last(path_parent(name)), field);
		break;
	case NODE_PAIR:
		g->settled[i] |= str_eq(name, field) && is_shared_by(g->m, file, n);
		break;
	default:
		break;
	}
}

static void look_through(struct groups *g, file_id file)
{
	const struct facts *f = &g->m->files[file].facts;
	for (node_id n = 1; n < f->node_count; n++)
		if ((KIND(CALL) | KIND(NAME) | KIND(PAIR)) >> f->nodes[n].kind & 1)
			for (uint32_t i = 0; i < g->count; i++)
				look(g, i, file, n);
}

uint32_t model_unwaited_groups(
	const struct model *m, const struct go_unit *unit, struct unwaited_group *out, uint32_t most)
{
	struct groups g = { .m = m };
	uint32_t count = 0;
	for (uint32_t i = 0; i < unit->count; i++)
		if (model_is_production(m, unit->files[i]))
			collect_fields(&g, unit->files[i]);
	if (!g.count || g.count == MOST_GROUPS)
		return 0;
	for (uint32_t i = 0; i < unit->count; i++)
		look_through(&g, unit->files[i]);
	for (uint32_t i = 0; i < g.count && count < most; i++)
		if (g.list[i].site && !g.settled[i])
			out[count++] = g.list[i];
	return count;
}
