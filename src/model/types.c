/* Types, as far as they stand in the code: annotations, one construction, parameters, fields, declared results. */
#include "model/names.h"

enum { MOST_TYPE_STEPS = 48 };

static const struct type UNKNOWN = { .kind = MEANS_UNKNOWN };

static struct type result_of_meaning(struct resolver *r, struct meaning means);

/* Types that stand for what they hold, with the language they belong to. */
static const struct wrapper {
	uint32_t languages;
	const char *name;
} wrappers[] = {
	{ LANGUAGE_BIT(PYTHON), "Optional" },
	{ LANGUAGE_BIT(PYTHON), "Annotated" },
	{ LANGUAGE_BIT(PYTHON), "ClassVar" },
	{ LANGUAGE_BIT(PYTHON), "Final" },
	{ LANGUAGE_BIT(PYTHON), "Mapped" },
	{ LANGUAGES_NODE, "Readonly" },
	{ LANGUAGES_NODE, "Partial" },
	{ LANGUAGES_NODE, "Required" },
	{ LANGUAGES_NODE, "NonNullable" },
	{ LANGUAGES_NODE, "Awaited" },
	{ LANGUAGE_BIT(GO), "*" },
};

/* What an awaited value of these types is. */
static const char *const promises[] = { "Promise", "Awaitable", "Coroutine" };

static bool is_nothing(struct str name)
{
	return str_is(name, "None") || str_is(name, "null") || str_is(name, "undefined");
}

static bool is_wrapper(enum language language, struct str name)
{
	for (size_t i = 0; i < sizeof(wrappers) / sizeof(*wrappers); i++)
		if ((wrappers[i].languages >> language & 1) && str_is(path_last(name), wrappers[i].name))
			return true;
	return false;
}

static bool is_promise(struct str name)
{
	for (size_t i = 0; i < sizeof(promises) / sizeof(*promises); i++)
		if (str_is(path_last(name), promises[i]))
			return true;
	return false;
}

/* `X | null` is X; a union of several real types is nothing we know. */
static node_id only_member(const struct facts *f, node_id type_node)
{
	node_id only = 0;
	facts_each_child(f, type_node, c) {
		if (is_nothing(node_name(f, c)))
			continue;
		if (only)
			return 0;
		only = c;
	}
	return only;
}

/* The TYPE node that counts, behind pointers, optionals and unions with nothing. */
static node_id unwrap_spelled(const struct facts *f, enum language language, node_id type_node)
{
	for (unsigned i = 0; type_node && i < MOST_TYPE_STEPS; i++) {
		struct str name = node_name(f, type_node);
		if (str_is(name, "|"))
			type_node = only_member(f, type_node);
		else if (is_wrapper(language, name) && node_child_of_kind(f, type_node, NODE_TYPE))
			type_node = node_child_of_kind(f, type_node, NODE_TYPE);
		else
			return type_node;
	}
	return 0;
}

static struct type from_meaning(struct meaning means)
{
	switch (means.kind) {
	case MEANS_DECLARATION:
		return (struct type){ MEANS_DECLARATION, means.file, means.node, means.name };
	case MEANS_LIBRARY:
	case MEANS_BUILTIN:
		return (struct type){ means.kind, 0, 0, means.name };
	default:
		return UNKNOWN;
	}
}

/* An alias of a type is that type; what Go declares by `type ID string` is one of its own. */
static struct type through_alias(struct resolver *r, struct type type)
{
	while (type.kind == MEANS_DECLARATION && r->steps++ < MOST_TYPE_STEPS) {
		const struct facts *f = &r->model->files[type.file].facts;
		node_id aliased = node_kind(f, type.node) == NODE_ALIAS ? node_child(f, type.node, PART_TYPE) : 0;
		if (!aliased || node_has(f, type.node, FLAG_DECLARES))
			return type;
		type = resolve_spelled(r, type.file, aliased);
	}
	return type;
}

/* `SessionDep = Annotated[Session, Depends(get)]`, `S = NewType("S", Session)`: types given a name by assignment. */
static struct type named_by_assignment(struct resolver *r, struct meaning means)
{
	if (means.kind != MEANS_LOCAL && means.kind != MEANS_DECLARATION)
		return UNKNOWN;
	const struct facts *f = &r->model->files[means.file].facts;
	node_id value = f->nodes[means.node].part == PART_TARGET
				? node_child(f, f->nodes[means.node].parent, PART_VALUE)
				: node_child(f, means.node, PART_VALUE);
	node_id wrapper = value && node_kind(f, value) == NODE_INDEX ? node_child(f, value, PART_OBJECT) : 0;
	node_id first = wrapper ? node_child(f, value, PART_ARG) : 0;
	bool wrapped = wrapper && is_wrapper(r->model->files[means.file].language, node_name(f, wrapper));
	if (value && node_kind(f, value) == NODE_CALL && str_is(path_last(node_name(f, value)), "NewType")) {
		first = call_arg(f, value, 1);
		wrapped = true;
	}
	if (!first || !wrapped || node_kind(f, first) != NODE_NAME)
		return UNKNOWN;
	file_id before = r->file;
	r->file = means.file;
	struct meaning named = resolve_path(r, first, node_name(f, first));
	struct type type = r->steps++ < MOST_TYPE_STEPS ? named_by_assignment(r, named) : UNKNOWN;
	if (type.kind == MEANS_UNKNOWN)
		type = from_meaning(named);
	r->file = before;
	return type;
}

/* `typeof api`, `ReturnType<typeof create>`: the type of what the code itself says. */
static struct type type_query(struct resolver *r, node_id type_node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	bool of_result = str_is(node_name(f, type_node), "ReturnType");
	node_id query = of_result ? node_child_of_kind(f, type_node, NODE_TYPE) : type_node;
	node_id value = query && str_is(node_name(f, query), "typeof") ? node_child(f, query, PART_VALUE) : 0;
	if (!value)
		return UNKNOWN;
	return of_result ? result_of_meaning(r, resolve_path(r, value, node_name(f, value)))
			 : resolve_type(r, r->file, value);
}

static struct type spelled(struct resolver *r, node_id type_node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str name = node_name(f, type_node);
	if (str_is(name, "typeof") || str_is(name, "ReturnType"))
		return type_query(r, type_node);
	if (str_is(name, "{}"))
		return (struct type){ MEANS_DECLARATION, r->file, type_node, { 0 } };
	struct meaning means = resolve_path(r, type_node, name);
	struct type type = named_by_assignment(r, means);
	return type.kind == MEANS_UNKNOWN ? through_alias(r, from_meaning(means)) : type;
}

struct type resolve_spelled(struct resolver *r, file_id file, node_id type_node)
{
	const struct facts *f = &r->model->files[file].facts;
	bool rust = r->model->files[file].language == LANGUAGE_RUST;
	type_node = rust ? type_node : unwrap_spelled(f, r->model->files[file].language, type_node);
	if (!type_node || r->steps++ > MOST_TYPE_STEPS)
		return UNKNOWN;
	file_id before = r->file;
	r->file = file;
	struct type type = rust ? through_alias(r, resolve_spelled_rust(r, type_node)) : spelled(r, type_node);
	r->file = before;
	return type;
}

static bool is_type_declaration(const struct facts *f, node_id node)
{
	return (KIND(CLASS) | KIND(INTERFACE) | KIND(ENUM) | KIND(ALIAS)) >> f->nodes[node].kind & 1;
}

/* One of several signatures of Python: which of them a call means, its arguments tell. */
static bool is_overload(const struct facts *f, node_id function)
{
	facts_each_child(f, function, d)
		if (node_kind(f, d) == NODE_DECORATOR && str_is(path_last(node_name(f, d)), "overload"))
			return true;
	return false;
}

/* What a function of the project returns first: by its annotation, or by the one expression that it returns. */
static struct type type_of_result(struct resolver *r, file_id file, node_id function)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id result = node_child(f, function, PART_RESULT);
	if (r->model->files[file].language == LANGUAGE_PYTHON && is_overload(f, function))
		return UNKNOWN;
	if (result && node_kind(f, result) == NODE_PARAM)
		result = node_child(f, result, PART_TYPE);
	if (result && is_promise(node_name(f, result)))
		result = node_child_of_kind(f, result, NODE_TYPE);
	if (result)
		return resolve_spelled(r, file, result);
	node_id value = model_result(r->model, file, function);
	return value ? resolve_type(r, file, value) : UNKNOWN;
}

/* `express()` is an express.Application, whoever calls it. */
static struct type made_by_library(const struct resolver *r, struct str name)
{
	enum language language = r->model->files[r->file].language;
	const struct library_entry *entry = model_library(r->model, language, name, ROLE_CONSTRUCTS);
	bool is_fixed = entry && str_empty(library_attribute(entry, "argument"));
	return is_fixed ? (struct type){ MEANS_LIBRARY, 0, 0, library_attribute(entry, "type") } : UNKNOWN;
}

static bool is_class(const struct resolver *r, struct meaning means)
{
	return is_type_declaration(&r->model->files[means.file].facts, means.node);
}

/* What the call of a value makes: SessionLocal() of a `SessionLocal = sessionmaker(…)`, db("links") of a `db = knex(…)`. */
static struct type result_of_value(struct resolver *r, struct meaning means)
{
	uint32_t languages = LANGUAGES_NODE | LANGUAGE_BIT(PYTHON);
	if (!(languages >> r->model->files[means.file].language & 1) || r->steps++ > MOST_TYPE_STEPS)
		return UNKNOWN;
	struct type type = resolve_type(r, means.file, means.node);
	return type.kind == MEANS_UNKNOWN || is_class(r, means)
		       ? UNKNOWN
		       : result_of_meaning(r, resolve_member_of_type(r, type, STR("__call__")));
}

static struct type result_of_meaning(struct resolver *r, struct meaning means)
{
	if (means.kind == MEANS_LIBRARY)
		return made_by_library(r, means.name);
	if (means.kind == MEANS_MODULE)
		means = resolve_only_export(r, means);
	bool is_here = means.kind == MEANS_LOCAL && str_empty(means.name); /* `const f = () => …` of the same file */
	if (means.kind != MEANS_DECLARATION && !is_here)
		return UNKNOWN;
	node_id function = declared_function(&r->model->files[means.file].facts, means.node);
	return function ? type_of_result(r, means.file, function) : result_of_value(r, means);
}

static bool is_capitalised(struct str name)
{
	return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
}

/* T::new(), T::default(): constructors by convention. */
static bool is_rust_constructor(struct str name)
{
	struct str last = path_last(name);
	return is_capitalised(path_last(path_parent(name))) && (str_is(last, "new") || str_is(last, "default"));
}

/* `{}` as a type argument is written by its members elsewhere. */
static bool is_empty_type(const struct resolver *r, struct type type)
{
	const struct facts *f = &r->model->files[type.file].facts;
	return type.kind == MEANS_DECLARATION && node_kind(f, type.node) == NODE_TYPE &&
	       !node_child_of_kind(f, type.node, NODE_FIELD);
}

/*
 * inject(Users): a value of the class that the argument names. useMemo(() => create()): what the argument returns.
 * useContext(Api), createContext<Api>(…): what the argument is, or the type that is written.
 */
static struct type type_of_argument(struct resolver *r, node_id call, struct str position)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id argument = call_arg(f, call, (uint32_t)(position.ptr[0] - '0'));
	node_id written = node_child_of_kind(f, call, NODE_TYPE);
	struct type type = written ? resolve_spelled(r, r->file, written) : UNKNOWN;
	if (!argument || (type.kind != MEANS_UNKNOWN && !is_empty_type(r, type)))
		return type;
	if (node_kind(f, argument) == NODE_LAMBDA)
		return type_of_result(r, r->file, argument);
	struct meaning means = node_kind(f, argument) == NODE_NAME ? resolve_path(r, argument, node_name(f, argument))
								   : (struct meaning){ 0 };
	bool is_value = means.kind == MEANS_LOCAL || (means.kind == MEANS_DECLARATION && !is_class(r, means));
	return is_value || !means.kind ? resolve_type(r, r->file, argument) : from_meaning(means);
}

static struct type library_result(struct resolver *r, node_id call, struct str name)
{
	const struct model *m = r->model;
	const struct facts *f = &m->files[r->file].facts;
	enum language language = m->files[r->file].language;
	const struct library_entry *entry = model_library(m, language, name, ROLE_CONSTRUCTS);
	struct type made = made_by_library(r, name);
	if (made.kind != MEANS_UNKNOWN)
		return made;
	if (entry)
		return type_of_argument(r, call, library_attribute(entry, "argument"));
	if (node_has(f, call, FLAG_NEW) || (language == LANGUAGE_PYTHON && is_capitalised(path_last(name))))
		return (struct type){ MEANS_LIBRARY, 0, 0, name };
	if (language == LANGUAGE_RUST && is_rust_constructor(name))
		return (struct type){ MEANS_LIBRARY, 0, 0, path_parent(name) };
	return UNKNOWN;
}

struct type resolve_called(struct resolver *r, node_id call, struct meaning means)
{
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		return library_result(r, call, means.name);
	if (means.kind != MEANS_DECLARATION)
		return result_of_meaning(r, means);
	const struct facts *there = &r->model->files[means.file].facts;
	if (is_type_declaration(there, means.node))
		return (struct type){ MEANS_DECLARATION, means.file, means.node, means.name };
	return result_of_meaning(r, means);
}

static struct type type_of_call(struct resolver *r, node_id call)
{
	const struct facts *f = &r->model->files[r->file].facts;
	enum language language = r->model->files[r->file].language;
	if (language == LANGUAGE_RUST)
		return resolve_call_rust(r, call);
	if (str_is(node_name(f, call), "require") && (LANGUAGES_NODE >> language & 1))
		return resolve_required(r, call);
	return resolve_called(r, call, resolve_node(r, call));
}

/* ---- several results ---- */

/* The type of a function's result at a position: of Go's list, of `tuple[A, B]`, of `(A, B)`; 0 when it is not written. */
static node_id written_result(const struct facts *f, node_id function, uint32_t position)
{
	node_id first = node_child(f, function, PART_RESULT);
	while (first && is_wrapper((enum language)f->language, node_name(f, first)) &&
		node_child_of_kind(f, first, NODE_TYPE))
		first = node_child_of_kind(f, first, NODE_TYPE);
	struct str name = first ? path_last(node_name(f, first)) : STR("");
	bool is_tuple = str_is(name, "tuple") || str_is(name, "Tuple") || str_is(name, "()");
	if (!is_tuple && f->language != LANGUAGE_GO) /* something to be iterated */
		return 0;
	enum node_part part = is_tuple ? PART_TYPE : PART_RESULT;
	facts_each_child(f, is_tuple ? first : function, c)
		if (f->nodes[c].part == part && position-- == 0)
			return node_kind(f, c) == NODE_PARAM ? node_child(f, c, PART_TYPE) : c;
	return 0;
}

/* `a, b := f()`, `a, b = await f()`, `let (a, b) = f()?;` False when it is no function of the project that is called. */
static bool type_of_result_at(struct resolver *r, node_id value, uint32_t position, struct type *out)
{
	const struct facts *f = &r->model->files[r->file].facts;
	while ((KIND(AWAIT) | KIND(UNWRAP)) >> node_kind(f, value) & 1 && value + 1 < f->nodes[value].next)
		value++;
	struct meaning means = node_kind(f, value) == NODE_CALL ? resolve_node(r, value) : (struct meaning){ 0 };
	node_id function = model_meant_function(r->model, means);
	if (!function)
		return false;
	const struct facts *there = &r->model->files[means.file].facts;
	bool is_written = node_child(there, function, PART_RESULT);
	node_id result = is_written ? written_result(there, function, position)
				    : model_result_at(r->model, means.file, function, position);
	*out = UNKNOWN;
	if (result)
		*out = is_written ? resolve_spelled(r, means.file, result) : resolve_type(r, means.file, result);
	return true;
}

/* `a, b := x, y` pairs them up; of `a, b := f()` each has a result of its own. */
static struct type type_of_target(struct resolver *r, node_id target)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id assign = f->nodes[target].parent, value = 0;
	uint32_t position = 0, targets = 0, values = 0;
	facts_each_child(f, assign, c) {
		if (c == target)
			position = targets;
		targets += f->nodes[c].part == PART_TARGET;
	}
	facts_each_child(f, assign, c)
		if (f->nodes[c].part == PART_VALUE && values++ == position)
			value = c;
	node_id written = targets == 1 ? node_child(f, assign, PART_TYPE) : 0;
	if (written)
		return resolve_spelled(r, r->file, written);
	struct type type;
	if (targets > 1 && values == 1 && type_of_result_at(r, node_child(f, assign, PART_VALUE), position, &type))
		return type;
	if (values != targets && position != 0)
		return UNKNOWN;
	return value ? resolve_type(r, r->file, value) : UNKNOWN;
}

/* `const { client } = useApi()`, `({ client }: Props) => …`: a member of what is taken apart. */
static struct type type_of_taken(struct resolver *r, node_id name)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str property;
	node_id from = pattern_of(f, name, &property), source = from ? f->nodes[from].parent : 0;
	bool is_parameter = source && node_kind(f, source) == NODE_PARAM;
	node_id value = source ? node_child(f, source, is_parameter ? PART_TYPE : PART_VALUE) : 0;
	if (!value)
		return UNKNOWN;
	struct type owner = is_parameter ? resolve_spelled(r, r->file, value) : resolve_type(r, r->file, value);
	struct meaning member = resolve_member_of_type(r, owner, property);
	if (member.kind == MEANS_LIBRARY)
		return from_meaning(member);
	return member.kind == MEANS_DECLARATION ? resolve_type(r, member.file, member.node) : UNKNOWN;
}

static struct type type_of_binding(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id written = node_child(f, node, PART_TYPE);
	if (written)
		return resolve_spelled(r, r->file, written);
	node_id value = node_child(f, node, PART_VALUE);
	if (value && node_kind(f, node) != NODE_PARAM)
		return resolve_type(r, r->file, value);
	if (node_kind(f, node) == NODE_FIELD)
		value = assigned_member(r->model, r->file, f->nodes[node].parent, node_name(f, node));
	if (value)
		return resolve_type(r, r->file, value);
	if (f->nodes[node].part == PART_TARGET && node_kind(f, f->nodes[node].parent) == NODE_ASSIGN &&
		node_kind(f, f->nodes[f->nodes[node].parent].parent) != NODE_OBJECT)
		return type_of_target(r, node);
	if (r->model->files[r->file].language == LANGUAGE_RUST)
		return resolve_pattern_rust(r, node);
	if (node_kind(f, node) == NODE_PARAM)
		return resolve_handed(r, node);
	return node_kind(f, node) == NODE_NAME ? type_of_taken(r, node) : UNKNOWN;
}

static struct type type_of_path(struct resolver *r, node_id from, struct str name)
{
	const struct facts *f = &r->model->files[r->file].facts;
	bool simple = path_first(name).len == name.len;
	if (str_is(name, "this") || str_is(name, "self")) {
		node_id class_node = node_ancestor(f, from, KIND(CLASS) | KIND(INTERFACE) | KIND(IMPL));
		return class_node ? resolve_type(r, r->file, class_node) : UNKNOWN;
	}
	struct meaning means = resolve_path(r, from, name);
	if (means.kind != MEANS_LOCAL && means.kind != MEANS_DECLARATION)
		return UNKNOWN;
	if (!str_empty(means.name) || (means.file == r->file && means.node == from))
		return UNKNOWN;
	bool unique = true;
	if (simple && r->model->files[r->file].language == LANGUAGE_RUST)
		rust_variable(r, from, name, &unique);
	else if (simple && means.file == r->file)
		unique = model_binding_is_unique(r->model, r->file, from, name);
	if (!unique)
		return UNKNOWN;
	return resolve_type(r, means.file, means.node);
}

static struct type type_of_name(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str property;
	if (f->nodes[node].part == PART_TARGET || pattern_of(f, node, &property))
		return type_of_binding(r, node);
	return type_of_path(r, node, node_name(f, node));
}

/* A value beside its type: T{…}, x as T. An object literal is the type of its members itself. */
static struct type type_of_typed(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	bool is_cast = node_kind(f, node) == NODE_CAST;
	node_id first = node + 1 < f->nodes[node].next ? node + 1 : 0; /* where a literal has its type */
	node_id type = is_cast ? node_child_of_kind(f, node, NODE_TYPE) : first;
	if (type && node_kind(f, type) == NODE_TYPE && !str_is(node_name(f, type), "const"))
		return resolve_spelled(r, r->file, type);
	if (is_cast)
		return node + 1 < f->nodes[node].next ? resolve_type(r, r->file, node + 1) : UNKNOWN;
	bool is_literal = LANGUAGES_NODE >> r->model->files[r->file].language & 1;
	return is_literal ? (struct type){ MEANS_DECLARATION, r->file, node, { 0 } } : UNKNOWN;
}

/* `given ?? client`, `fake ? a : b`: the first whose type is known. */
static struct type type_of_either(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	struct str operator= node_name(f, node);
	bool is_binary = node_kind(f, node) == NODE_BINARY;
	if (is_binary && !str_is(operator, "??") && !str_is(operator, "||") && !str_is(operator, "or"))
		return UNKNOWN;
	node_id first = node_child(f, node, is_binary ? PART_LEFT : PART_THEN);
	node_id second = node_child(f, node, is_binary ? PART_RIGHT : PART_ELSE);
	struct type type = first ? resolve_type(r, r->file, first) : UNKNOWN;
	return type.kind == MEANS_UNKNOWN && second ? resolve_type(r, r->file, second) : type;
}

static struct type type_of_node(struct resolver *r, node_id node)
{
	const struct facts *f = &r->model->files[r->file].facts;
	switch (node_kind(f, node)) {
	case NODE_CLASS:
	case NODE_INTERFACE:
		return (struct type){ MEANS_DECLARATION, r->file, node, { 0 } };
	case NODE_ALIAS:
		return through_alias(r, (struct type){ MEANS_DECLARATION, r->file, node, { 0 } });
	case NODE_IMPL:
		return resolve_impl_rust(r, node);
	case NODE_PARAM:
	case NODE_VAR:
	case NODE_FIELD:
		return type_of_binding(r, node);
	case NODE_FUNCTION:
		return is_property(f, node) ? type_of_result(r, r->file, node) : UNKNOWN;
	case NODE_TYPE: /* an embedded field of Go */
		return resolve_spelled(r, r->file, node);
	case NODE_NAME:
		return type_of_name(r, node);
	case NODE_CALL:
		return type_of_call(r, node);
	case NODE_MEMBER: {
		node_id object = node_child(f, node, PART_OBJECT);
		struct type owner = object ? resolve_type(r, r->file, object) : UNKNOWN;
		struct meaning member = resolve_member_of_type(r, owner, node_name(f, node));
		return member.kind == MEANS_DECLARATION ? resolve_type(r, member.file, member.node) : UNKNOWN;
	}
	case NODE_OBJECT:
	case NODE_CAST:
		return type_of_typed(r, node);
	case NODE_BINARY:
	case NODE_CONDITIONAL:
		return type_of_either(r, node);
	case NODE_AWAIT:
	case NODE_UNWRAP:
	case NODE_UNARY:
		return node + 1 < f->nodes[node].next ? resolve_type(r, r->file, node + 1) : UNKNOWN;
	default:
		return UNKNOWN;
	}
}

struct type resolve_type(struct resolver *r, file_id file, node_id node)
{
	if (r->steps++ > MOST_TYPE_STEPS)
		return UNKNOWN;
	file_id before = r->file;
	r->file = file;
	struct type type = type_of_node(r, node);
	r->file = before;
	return type;
}

struct type model_type(const struct model *m, file_id file, node_id node)
{
	struct resolver r;
	resolver_init(&r, m, file);
	return resolver_keep_type(&r, resolve_type(&r, file, node));
}

struct type model_path_type(const struct model *m, file_id file, node_id from, struct str path)
{
	struct resolver r;
	resolver_init(&r, m, file);
	return resolver_keep_type(&r, type_of_path(&r, from, path));
}

struct type model_spelled_type(const struct model *m, file_id file, node_id type_node)
{
	struct resolver r;
	resolver_init(&r, m, file);
	return resolver_keep_type(&r, resolve_spelled(&r, file, type_node));
}

const struct library_entry *class_base_role(const struct model *m, file_id file, node_id class_node, enum role role)
{
	enum { MOST_BASES = 64 };
	struct go_declared queue[MOST_BASES] = { { file, class_node } };
	uint32_t count = 1;
	for (uint32_t i = 0; i < count; i++) {
		const struct facts *f = &m->files[queue[i].file].facts;
		enum language language = m->files[queue[i].file].language;
		facts_each_child(f, queue[i].node, c) {
			if (f->nodes[c].part != PART_BASE)
				continue;
			struct meaning means = model_meaning(m, queue[i].file, c);
			const struct library_entry *entry = means.kind == MEANS_LIBRARY
								    ? model_library(m, language, means.name, role)
								    : NULL;
			if (entry)
				return entry;
			if (means.kind == MEANS_DECLARATION && count < MOST_BASES)
				queue[count++] = (struct go_declared){ means.file, means.node };
		}
	}
	return NULL;
}
