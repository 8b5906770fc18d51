/*
 * Who reads the parameters of a route's path in Python: the function, what is handed in to it, what is handed in for a whole router, and
 * code that asks a request for them. Whatever is not known may read any.
 */
#include "model/internal.h"

/* Dependencies of dependencies are followed so far. */
enum { MOST_DEEP = 8 };

struct path_readers {
	const struct model *m;
	struct map asked; /* hash of a name that somebody asks a request for */
	VEC(struct go_declared)
	routers; /* what hands in to all of a router: neither in a parameter nor in a decorator */
};

/* A question about one parameter. */
struct search {
	const struct path_readers *readers;
	struct str name;
	unsigned depth;
};

static bool function_may_take(struct search s, file_id file, node_id function);

static const struct facts *facts_at(const struct search *s, file_id file)
{
	return &s->readers->m->files[file].facts;
}

/* ---- a request's own table of its path ---- */

/* Is the table meant by a path, `request.path_params`? */
static bool is_table(const struct model *m, struct str path)
{
	return model_library_word(m, LANGUAGE_PYTHON, path_last(path), ROLE_PATH_VALUES);
}

/* Does a node look into the table: request.path_params["id"], request.path_params.get("id")? `key` is 0 for all of it. */
static bool reads_table(const struct model *m, file_id file, node_id n, node_id *key)
{
	const struct facts *f = &m->files[file].facts;
	bool is_name = node_kind(f, n) == NODE_NAME;
	if (!is_name && node_kind(f, n) != NODE_CALL)
		return false;
	if (!is_table(m, is_name ? node_name(f, n) : path_parent(node_name(f, n))))
		return false;
	bool is_indexed = is_name && f->nodes[n].part == PART_OBJECT && node_kind(f, f->nodes[n].parent) == NODE_INDEX;
	*key = is_indexed ? node_child(f, f->nodes[n].parent, PART_ARG) : call_arg(f, n, 0);
	if (!*key || node_kind(f, *key) != NODE_STRING)
		*key = 0;
	return true;
}

static bool reads_whole_table(const struct search *s, file_id file, node_id function)
{
	node_id key;
	facts_each_below(facts_at(s, file), function, n)
		if (reads_table(s->readers->m, file, n, &key) && !key)
			return true;
	return false;
}

/* ---- what is handed in ---- */

static bool is_role(const struct model *m, file_id file, node_id call, enum role role)
{
	return node_kind(&m->files[file].facts, call) == NODE_CALL && model_role(m, file, call, role);
}

/* The call of a role that a parameter has: its default, one in its type's Annotated[…]. Several are none that is known. */
struct marks {
	file_id file;
	node_id call, type; /* `type`: what the call hands in, if it names nothing itself */
	bool several;
};

static void mark(const struct model *m, struct marks *marks, file_id file, node_id call, node_id type, enum role role)
{
	if (!is_role(m, file, call, role))
		return;
	*marks = (struct marks){ file, call, type, marks->call != 0 };
}

/* `SessionDep = Annotated[Session, Depends(get_session)]`: the value behind the name of a type; 0 for none. */
static node_id alias_value(const struct model *m, struct meaning means)
{
	bool is_bound = means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
	const struct facts *f = is_bound ? &m->files[means.file].facts : NULL;
	if (!f || f->nodes[means.node].part != PART_TARGET)
		return 0;
	return node_child(f, f->nodes[means.node].parent, PART_VALUE);
}

/* False when a type's name leads nowhere: nobody knows what it brings along. */
static bool marks_of(const struct model *m, file_id file, node_id param, enum role role, struct marks *marks)
{
	const struct facts *f = &m->files[file].facts;
	node_id type = node_child(f, param, PART_TYPE), value = node_child(f, param, PART_VALUE);
	*marks = (struct marks){ 0 };
	if (value)
		mark(m, marks, file, value, type, role);
	if (!type)
		return true;
	facts_each_child(f, type, argument)
		mark(m, marks, file, argument, type, role);
	if (type + 1 < f->nodes[type].next)
		return true;
	struct meaning means = model_meaning(m, file, type);
	node_id alias = alias_value(m, means);
	const struct facts *there = alias ? &m->files[means.file].facts : NULL;
	if (alias && node_kind(there, alias) != NODE_INDEX)
		return false;
	if (alias)
		facts_each_child(there, alias, argument)
			mark(m, marks, means.file, argument, call_arg(there, alias, 0), role);
	return means.kind != MEANS_UNKNOWN;
}

static bool bases_are_known(const struct model *m, file_id file, node_id class_node, unsigned depth)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, class_node, base) {
		if (f->nodes[base].part != PART_BASE)
			continue;
		struct meaning means = model_meaning(m, file, base);
		bool is_ours = means.kind == MEANS_DECLARATION && depth < MOST_DEEP &&
			       bases_are_known(m, means.file, means.node, depth + 1);
		if (!is_ours && !model_role(m, file, base, ROLE_PYDANTIC_MODEL))
			return false;
	}
	return true;
}

/* A class takes what its constructor takes; without one of its own, as a model or a dataclass, a value for each field. */
static bool class_may_take(struct search s, struct type class, struct str method)
{
	const struct model *m = s.readers->m;
	file_id file;
	node_id member;
	if (class.kind != MEANS_DECLARATION || node_kind(facts_at(&s, class.file), class.node) != NODE_CLASS ||
		!bases_are_known(m, class.file, class.node, 0))
		return true;
	if (class_member(m, class.file, class.node, method, &file, &member))
		return node_kind(facts_at(&s, file), member) != NODE_FUNCTION || function_may_take(s, file, member);
	return !str_is(method, "__init__") || class_member(m, class.file, class.node, s.name, &file, &member);
}

/* What stands in Depends(…), called for each request: a function, a class, an object. */
static bool provider_may_take(struct search s, file_id file, node_id call, node_id type)
{
	const struct model *m = s.readers->m;
	const struct facts *f = facts_at(&s, file);
	node_id given = call_arg(f, call, 0);
	given = given ? given : call_keyword(f, call, STR("dependency"));
	if (!given && type && node_kind(f, type) == NODE_TYPE)
		return class_may_take(s, model_spelled_type(m, file, type), STR("__init__"));
	given = given ? given : type;
	if (!given)
		return true;
	struct meaning means = node_kind(f, given) == NODE_NAME ? model_meaning(m, file, given) : (struct meaning){ 0 };
	node_id function = model_meant_function(m, means);
	if (function)
		return function_may_take(s, means.file, function);
	struct type class = { means.kind, means.file, means.node, { 0 } };
	if (means.kind == MEANS_DECLARATION && node_kind(facts_at(&s, means.file), means.node) == NODE_CLASS)
		return class_may_take(s, class, STR("__init__"));
	return class_may_take(s, model_type(m, file, given), STR("__call__"));
}

static bool dependency_may_take(struct search s, file_id file, node_id param)
{
	struct marks marks;
	if (!marks_of(s.readers->m, file, param, ROLE_INJECTS, &marks) || marks.several)
		return true;
	return marks.call && provider_may_take(s, marks.file, marks.call, marks.type);
}

/* ---- who takes it ---- */

/* The name that a parameter is filled by. */
static bool is_filled_by(const struct search *s, file_id file, node_id param)
{
	struct marks marks;
	marks_of(s->readers->m, file, param, ROLE_FILLS_PARAMETER, &marks);
	node_id alias = marks.call ? call_keyword(facts_at(s, marks.file), marks.call, STR("alias")) : 0;
	if (alias)
		return str_eq(node_name(facts_at(s, marks.file), alias), s->name);
	return str_eq(node_name(facts_at(s, file), param), s->name);
}

static bool function_may_take(struct search s, file_id file, node_id function)
{
	const struct facts *f = facts_at(&s, file);
	if (s.depth++ > MOST_DEEP || reads_whole_table(&s, file, function))
		return true;
	facts_each_child(f, function, param)
		if (f->nodes[param].part == PART_PARAM && !node_has(f, param, FLAG_PRIVATE) &&
			!node_has(f, param, FLAG_VARIADIC) &&
			(is_filled_by(&s, file, param) || dependency_may_take(s, file, param)))
			return true;
	return false;
}

/* @router.get("/{id}", dependencies=[Depends(f)]) */
static bool decorator_may_take(struct search s, file_id file, node_id decorator)
{
	const struct facts *f = facts_at(&s, file);
	node_id list = call_keyword(f, decorator, STR("dependencies"));
	if (list && node_kind(f, list) != NODE_ARRAY)
		return true;
	if (list)
		facts_each_child(f, list, call)
			if (!is_role(s.readers->m, file, call, ROLE_INJECTS) || provider_may_take(s, file, call, 0))
				return true;
	return false;
}

/* A function that looks at its request may read the path there. */
static bool looks_at_request(const struct search *s, file_id file, node_id function)
{
	const struct facts *f = facts_at(s, file);
	facts_each_child(f, function, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (!type || !model_role(s->readers->m, file, type, ROLE_REQUEST))
			continue;
		facts_each_below(f, function, n)
			if ((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1 &&
				str_eq(path_first(node_name(f, n)), node_name(f, param)))
				return true;
	}
	return false;
}

bool path_parameter_is_read(const struct path_readers *readers, file_id file, node_id decorator, struct str name)
{
	struct search s = { readers, name, 0 };
	node_id function = readers->m->files[file].facts.nodes[decorator].parent;
	if (map_get(&readers->asked, model_key(0, name)) || looks_at_request(&s, file, function) ||
		function_may_take(s, file, function) || decorator_may_take(s, file, decorator))
		return true;
	for (uint32_t i = 0; i < readers->routers.count; i++)
		if (provider_may_take(s, readers->routers.items[i].file, readers->routers.items[i].node, 0))
			return true;
	return false;
}

/* ---- what the whole project says ---- */

static bool is_for_router(const struct model *m, file_id file, node_id call)
{
	const struct facts *f = &m->files[file].facts;
	return model_library_word(m, LANGUAGE_PYTHON, path_last(node_name(f, call)), ROLE_INJECTS) &&
	       is_role(m, file, call, ROLE_INJECTS) &&
	       !node_ancestor(f, call, KIND(PARAM) | KIND(DECORATOR) | KIND(INDEX));
}

static void read_file(struct path_readers *readers, file_id file)
{
	const struct model *m = readers->m;
	const struct facts *f = &m->files[file].facts;
	node_id key;
	for (node_id n = 1; n < f->node_count; n++) {
		if (reads_table(m, file, n, &key) && key)
			map_put(&readers->asked, model_key(0, node_name(f, key)), 1, NULL);
		if (node_kind(f, n) == NODE_CALL && is_for_router(m, file, n))
			vec_push(&readers->routers, ((struct go_declared){ file, n }));
	}
}

struct path_readers *model_path_readers(const struct model *m)
{
	struct path_readers *readers = mem_alloc(sizeof(*readers));
	*readers = (struct path_readers){ .m = m };
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_PYTHON && model_is_production(m, file))
			read_file(readers, file);
	return readers;
}

void path_readers_free(struct path_readers *readers)
{
	map_release(&readers->asked);
	vec_release(&readers->routers);
	mem_free(readers);
}
