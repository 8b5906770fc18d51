/* What functions return, as far as one expression tells. */
#include "model/internal.h"

node_id model_result(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	node_id body = node_child(f, function, PART_BODY);
	if (!body)
		return 0;
	if (node_kind(f, body) != NODE_BLOCK)
		return body;
	const uint32_t *value = map_get(&m->indexes[file].results, function);
	return value && !(*value & NAME_SHARED) ? *value : 0;
}

node_id model_result_at(const struct model *m, file_id file, node_id function, uint32_t position)
{
	const struct facts *f = &m->files[file].facts;
	node_id value = model_result(m, file, function), list = value ? f->nodes[value].parent : 0;
	bool is_list = node_kind(f, value) == NODE_ARRAY || node_kind(f, list) == NODE_RETURN;
	facts_each_child(f, node_kind(f, value) == NODE_ARRAY ? value : list, c)
		if (is_list && f->nodes[c].part == PART_VALUE && position-- == 0)
			return c;
	return 0;
}

bool is_property(const struct facts *f, node_id function)
{
	if (node_has(f, function, FLAG_ACCESSOR))
		return true;
	facts_each_child(f, function, c)
		if (node_kind(f, c) == NODE_DECORATOR && (str_is(path_last(node_name(f, c)), "property") ||
								 str_is(path_last(node_name(f, c)), "cached_property")))
			return true;
	return false;
}

/* `on:(save);`, `_=>(save(order));`: src/parse/component.c leaves them so. */
node_id model_markup_handler(const struct model *m, file_id file, node_id statement)
{
	const struct facts *f = &m->files[file].facts;
	if (m->files[file].language != LANGUAGE_COMPONENT || node_kind(f, statement) != NODE_EXPR ||
		f->nodes[statement].parent)
		return 0;
	node_id value = node_child(f, statement, PART_VALUE);
	bool is_lambda = value && node_kind(f, value) == NODE_LAMBDA;
	return is_lambda || str_is(node_name(f, statement), "on") ? value : 0;
}

node_id declared_function(const struct facts *f, node_id declaration)
{
	static const uint64_t holders = KIND(VAR) | KIND(FIELD) | KIND(PAIR) | KIND(EXPORT) | KIND(ASSIGN);
	static const uint64_t functions = KIND(FUNCTION) | KIND(LAMBDA);
	if (!declaration || (functions >> f->nodes[declaration].kind & 1))
		return declaration;
	if (f->nodes[declaration].part == PART_TARGET)
		declaration = f->nodes[declaration].parent;
	if (!(holders >> f->nodes[declaration].kind & 1))
		return 0;
	node_id value = node_child(f, declaration, PART_VALUE);
	/* `const f = useCallback(async () => …)`: what the wrapper hands back is called in its place */
	if (value && node_kind(f, value) == NODE_CALL)
		value = node_child_of_kind(f, value, NODE_LAMBDA);
	return value && (functions >> f->nodes[value].kind & 1) ? value : 0;
}

node_id model_meant_function(const struct model *m, struct meaning means)
{
	bool is_ours = means.kind == MEANS_DECLARATION || (means.kind == MEANS_LOCAL && str_empty(means.name));
	return is_ours ? declared_function(&m->files[means.file].facts, means.node) : 0;
}

/* The `func(…) …` that a type is, behind the names of types; 0 when it is none. */
static node_id function_type(const struct model *m, file_id *file, node_id type)
{
	if (type && str_is(node_name(&m->files[*file].facts, type), "func"))
		return type;
	struct type named = type ? model_spelled_type(m, *file, type) : (struct type){ .kind = MEANS_UNKNOWN };
	if (named.kind != MEANS_DECLARATION)
		return 0;
	*file = named.file;
	const struct facts *f = &m->files[named.file].facts;
	node_id spelled = node_kind(f, named.node) == NODE_ALIAS ? node_child(f, named.node, PART_TYPE) : 0;
	return spelled && str_is(node_name(f, spelled), "func") ? spelled : 0;
}

/* What a type is called like stands for, through the names of the project: `type hooks map[string]func() error`. */
static node_id spelled_out(const struct model *m, file_id *file, node_id type)
{
	struct type named = model_spelled_type(m, *file, type);
	if (named.kind != MEANS_DECLARATION || node_kind(&m->files[named.file].facts, named.node) != NODE_ALIAS)
		return type;
	*file = named.file;
	return node_child(&m->files[named.file].facts, named.node, PART_TYPE);
}

/* The type that is written where a variable is declared: `var v T`, `v := T{…}`, `v := make(T)`. */
static node_id written_type(const struct facts *f, node_id variable)
{
	node_id type = node_child(f, variable, PART_TYPE);
	node_id made = f->nodes[variable].part == PART_TARGET ? f->nodes[variable].parent : variable;
	node_id value = node_child(f, made, PART_VALUE);
	if (type || !value)
		return type;
	if (node_kind(f, value) == NODE_OBJECT)
		return node_child(f, value, PART_TYPE);
	node_id first = node_kind(f, value) == NODE_CALL && str_is(node_name(f, value), "make") ? call_arg(f, value, 0)
												: 0;
	return node_kind(f, first) == NODE_TYPE ? first : 0;
}

static bool is_variable(struct meaning means)
{
	return means.kind == MEANS_DECLARATION || (means.kind == MEANS_LOCAL && str_empty(means.name));
}

/* The `func(…) …` that lies in a map, a slice or an array of Go. */
static node_id element_signature(const struct model *m, struct meaning holder, file_id *file)
{
	if (!is_variable(holder) || m->files[holder.file].language != LANGUAGE_GO)
		return 0;
	*file = holder.file;
	node_id type = written_type(&m->files[*file].facts, holder.node);
	type = type ? spelled_out(m, file, type) : 0;
	const struct facts *f = &m->files[*file].facts;
	struct str name = type ? node_name(f, type) : STR("");
	if (!str_is(name, "map") && !str_is(name, "[]"))
		return 0;
	node_id first = node_child_of_kind(f, type, NODE_TYPE);
	return function_type(m, file, first && str_is(name, "map") ? f->nodes[first].next : first);
}

/*
 * What `hooks["a"]()` takes its function from; 0 for other callees. `hooks[id](…)` reads like a generic function that is given a type,
 * until one knows what hooks is.
 */
static node_id indexed(const struct model *m, file_id file, node_id call, struct meaning means)
{
	const struct facts *f = &m->files[file].facts;
	node_id callee = node_child(f, call, PART_CALLEE);
	if (callee)
		return node_kind(f, callee) == NODE_INDEX ? node_child(f, callee, PART_OBJECT) : 0;
	return node_child(f, call, PART_TYPE) && is_variable(means) && !model_meant_function(m, means) ? call : 0;
}

node_id model_signature(const struct model *m, file_id file, node_id call, file_id *signature_file)
{
	const struct facts *f = &m->files[file].facts;
	node_id callee = node_child(f, call, PART_CALLEE);
	*signature_file = file;
	if (callee && node_kind(f, callee) == NODE_LAMBDA)
		return callee;
	bool is_wrapped = callee && node_kind(f, callee) == NODE_NAME; /* (f)() */
	struct meaning means = model_meaning(m, file, is_wrapped ? callee : call);
	node_id holder = indexed(m, file, call, means);
	if (holder)
		return element_signature(m, model_meaning(m, file, holder), signature_file);
	node_id function = model_meant_function(m, means);
	*signature_file = means.file;
	if (!is_variable(means))
		return 0;
	const struct facts *there = &m->files[means.file].facts;
	if (function)
		return node_kind(there, there->nodes[function].parent) == NODE_CALL ? 0 : function;
	static const uint64_t variables = KIND(VAR) | KIND(PARAM) | KIND(FIELD);
	bool has_type = variables >> there->nodes[means.node].kind & 1;
	return has_type ? function_type(m, signature_file, node_child(there, means.node, PART_TYPE)) : 0;
}
