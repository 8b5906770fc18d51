/* What a name says: constants wherever they are declared, members, parameters as a call fills them, patterns. */
#include "model/text.h"

/* ---- parameters ---- */

static const struct text_call *call_among(const struct text_call *calls, file_id file, node_id function)
{
	for (; calls; calls = calls->outer)
		if (calls->function == function && calls->function_file == file)
			return calls;
	return NULL;
}

static const struct text_call *call_of(const struct reading *r, file_id file, node_id function)
{
	return call_among(r->calls, file, function);
}

/* Which argument fills the parameter. Python's `self` is handed over by the receiver. */
static uint32_t position_of(const struct facts *f, node_id param)
{
	node_id function = f->nodes[param].parent;
	uint32_t position = 0;
	facts_each_child(f, function, c) {
		if (c == param)
			break;
		bool is_receiver = position == 0 && is_self(node_name(f, c)) && f->language == LANGUAGE_PYTHON;
		position += f->nodes[c].part == PART_PARAM && !is_receiver;
	}
	return position;
}

/* What fills a parameter where the function is called, or 0. Behind a spread nobody can tell. */
static node_id argument_for(const struct facts *f, node_id param, const struct facts *at, node_id call, bool *is_spread)
{
	uint32_t position = position_of(f, param);
	if (node_kind(at, call) == NODE_JSX)
		return position == 0 ? call : 0;
	node_id argument = call_keyword(at, call, node_name(f, param));
	*is_spread = node_kind(at, call) != NODE_CALL; /* handed on by its name: nobody sees with what */
	facts_each_child(at, call, c) {
		if (at->nodes[c].part != PART_ARG || node_kind(at, c) == NODE_PAIR)
			continue;
		*is_spread |= node_kind(at, c) == NODE_SPREAD;
		if (position-- == 0 && !argument)
			argument = c;
		if (argument || *is_spread)
			break;
	}
	return *is_spread ? 0 : argument;
}

static bool read_parameter(struct reading *r, file_id file, node_id param, struct str member, struct str name)
{
	const struct facts *f = &r->model->files[file].facts;
	const struct text_call *frame = call_of(r, file, f->nodes[param].parent);
	bool is_spread = node_has(f, param, FLAG_VARIADIC);
	if (!frame)
		text_note_open(r, file, f->nodes[param].parent);
	node_id argument = 0;
	if (frame && !is_spread)
		argument = argument_for(f, param, &r->model->files[frame->file].facts, frame->call, &is_spread);
	if (!frame || is_spread) {
		text_hole(r, name);
		return true;
	}
	const struct text_call *before = r->calls;
	r->calls = frame->outer;
	bool says = argument && text_read(r, frame->file, argument, member);
	r->calls = before;
	r->is_left_out = !argument;
	return says || text_read(r, file, node_child(f, param, PART_VALUE), member);
}

enum handed text_is_handed(struct reading *r, file_id file, node_id name)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id binding = node_kind(f, name) == NODE_NAME ? model_binding(r->model, file, name, node_name(f, name)) : 0;
	node_id param = binding;
	while (param && !((KIND(PARAM) | KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[param].kind & 1))
		param = f->nodes[param].parent;
	if (!param || node_kind(f, param) != NODE_PARAM || !call_of(r, file, f->nodes[param].parent))
		return HANDED_UNKNOWN;
	uint32_t start = r->text.len;
	bool says = text_read(r, file, name, STR(""));
	r->text.len = start;
	return says ? HANDED : HANDED_NOTHING;
}

/* ---- patterns ---- */

/* Where a name in a pattern comes from: `{ a: { b: name = "x" } } = value`. */
struct taken {
	node_id from; /* the declaration or parameter that is taken apart */
	node_id fallback;
	struct str member;
};

static bool is_pattern_part(const struct facts *f, node_id node)
{
	return (KIND(OBJECT) | KIND(PAIR)) >> f->nodes[node].kind & 1;
}

/* One level up: what stands around `node` in its pattern. */
static node_id out_of(const struct facts *f, node_id node, struct taken *taken)
{
	node_id up = f->nodes[node].parent;
	bool has_default = node_kind(f, up) == NODE_ASSIGN && is_pattern_part(f, f->nodes[up].parent);
	if (has_default && !taken->fallback)
		taken->fallback = node_child(f, up, PART_VALUE);
	return up;
}

static struct taken taken_apart(struct reading *r, const struct facts *f, node_id name)
{
	struct taken taken = { 0 };
	struct str property = node_name(f, name);
	node_id node = name;
	while (is_pattern_part(f, f->nodes[node].parent) || node_kind(f, f->nodes[node].parent) == NODE_ASSIGN) {
		node_id up = out_of(f, node, &taken);
		if (node_kind(f, up) == NODE_PAIR)
			property = node_name(f, up);
		if (node_kind(f, up) == NODE_OBJECT) {
			taken.member = text_member(r, property, taken.member);
			property = STR("");
		}
		if (node_kind(f, up) == NODE_ASSIGN && !is_pattern_part(f, f->nodes[up].parent))
			break;
		node = up;
	}
	if (node == name)
		return (struct taken){ 0 };
	taken.from = f->nodes[node].parent;
	return taken;
}

static bool read_taken(struct reading *r, file_id file, const struct taken *taken, struct str member, struct str name)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str path = text_member(r, taken->member, member);
	bool says = true;
	if (node_kind(f, taken->from) == NODE_PARAM)
		says = read_parameter(r, file, taken->from, path, name);
	else if (node_kind(f, taken->from) == NODE_ASSIGN)
		says = text_read(r, file, node_child(f, taken->from, PART_VALUE), path);
	else
		text_hole(r, name);
	return says || text_read(r, file, taken->fallback, member);
}

/* ---- declarations ---- */

/* The value that a declaration gives to its name, or 0. */
static node_id declared_value(const struct model *m, file_id file, node_id binding)
{
	const struct facts *f = &m->files[file].facts;
	if (f->nodes[binding].part != PART_TARGET) {
		node_id value = node_child(f, binding, PART_VALUE);
		if (value || node_kind(f, binding) != NODE_FIELD)
			return value;
		binding = assigned_member(m, file, f->nodes[binding].parent, node_name(f, binding));
	}
	node_id assign = binding ? f->nodes[binding].parent : 0;
	if (!assign || node_kind(f, assign) != NODE_ASSIGN)
		return 0;
	facts_each_child(f, assign, c)
		if (f->nodes[c].part == PART_TARGET && c != binding)
			return 0;
	return node_child(f, assign, PART_VALUE);
}

/* A field that says something and is set again: `base = ""; constructor(url) { this.base = url; }`. */
static bool is_set_again(const struct model *m, file_id file, node_id field)
{
	const struct facts *f = &m->files[file].facts;
	return node_kind(f, field) == NODE_FIELD && node_child(f, field, PART_VALUE) &&
	       assigned_member(m, file, f->nodes[field].parent, node_name(f, field));
}

static bool read_variable(struct reading *r, file_id file, node_id binding, struct str member, struct str name)
{
	enum change change = is_set_again(r->model, file, binding) ? CHANGED : model_change(r->model, file, binding);
	node_id value = change == CHANGED ? 0 : declared_value(r->model, file, binding);
	uint32_t start = r->text.len;
	bool says = value && text_read(r, file, value, member);
	if (!value || (change != UNCHANGED && str_empty(member))) {
		bool ends_open = r->text.len > start && r->text.ptr[r->text.len - 1] == '/';
		r->text.len -= ends_open; /* `url = base + "users/"; url += id`: more of a path, too */
		text_hole(r, change == LENGTHENED || ends_open ? STR("path") : name);
		return true;
	}
	return says;
}

bool text_of_declared(struct reading *r, file_id file, node_id node, struct str member, struct str name)
{
	const struct facts *f = &r->model->files[file].facts;
	switch (node_kind(f, node)) {
	case NODE_PARAM:
		return read_parameter(r, file, node, member, name);
	case NODE_NAME: {
		struct taken taken = taken_apart(r, f, node);
		if (taken.from)
			return read_taken(r, file, &taken, member, name);
		return read_variable(r, file, node, member, name);
	}
	case NODE_VAR:
	case NODE_FIELD:
	case NODE_ENUM_VALUE:
		return read_variable(r, file, node, member, name);
	case NODE_EXPORT:
		return text_read(r, file, node_child(f, node, PART_VALUE), member);
	case NODE_FUNCTION:
		if (is_property(f, node))
			return text_of_result(r, file, 0, file, node, member);
		break;
	case NODE_CLASS:
	case NODE_INTERFACE:
	case NODE_ENUM:
	case NODE_LAMBDA:
	case NODE_IMPORT:
		break;
	default: /* an expression that a member of a literal stands for */
		return text_read(r, file, node, member);
	}
	text_hole(r, name);
	return true;
}

/* ---- members of the class around ---- */

/* The method of the class that `from` stands in, through the functions inside it. */
static node_id method_around(const struct facts *f, node_id from, node_id class_node)
{
	node_id function = node_function(f, from);
	while (function && f->nodes[function].parent != class_node)
		function = node_function(f, function);
	return function;
}

/* What the object of a method is, as far as calls say: where they go no further, the function that would say more. */
struct seen {
	struct type type;
	file_id file;
	node_id open;
};

static struct seen seen_receiver(const struct model *m, const struct text_call *call);

/* What is at a path: `this` is what its method is called on, a parameter what its function is called with. */
static struct seen seen_path(
	const struct model *m, const struct text_call *calls, file_id file, node_id from, struct str path)
{
	const struct facts *f = &m->files[file].facts;
	struct seen seen = { .type = model_path_type(m, file, from, path), .file = file };
	node_id class_node = is_self(path) ? node_ancestor(f, from, KIND(CLASS)) : 0;
	node_id param = class_node ? 0 : model_binding(m, file, from, path);
	if (class_node)
		seen.open = method_around(f, from, class_node);
	else if (param && node_kind(f, param) == NODE_PARAM)
		seen.open = f->nodes[param].parent;
	const struct text_call *call = seen.open ? call_among(calls, file, seen.open) : NULL;
	bool is_spread = false;
	if (call && class_node)
		return seen_receiver(m, call);
	const struct facts *at = call ? &m->files[call->file].facts : NULL;
	node_id argument = call ? argument_for(f, param, at, call->call, &is_spread) : 0;
	if (!argument)
		return seen;
	if (node_kind(at, argument) == NODE_NAME)
		return seen_path(m, call->outer, call->file, argument, node_name(at, argument));
	return (struct seen){ .type = model_type(m, call->file, argument) };
}

static struct seen seen_receiver(const struct model *m, const struct text_call *call)
{
	const struct facts *f = &m->files[call->file].facts;
	node_id object = node_child(f, call->call, PART_OBJECT);
	if (object)
		return (struct seen){ .type = model_type(m, call->file, object) };
	return seen_path(m, call->outer, call->file, call->call, path_parent(node_name(f, call->call)));
}

/* A field without a value, a method without a body: what derives from the class says it. */
static bool is_abstract(const struct model *m, file_id file, node_id member)
{
	const struct facts *f = &m->files[file].facts;
	if (node_kind(f, member) == NODE_FUNCTION)
		return !node_child(f, member, PART_BODY);
	return node_kind(f, member) == NODE_FIELD && !declared_value(m, file, member);
}

bool text_own_member(
	struct reading *r, file_id file, node_id from, struct str name, file_id *member_file, node_id *member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id class_node = node_ancestor(f, from, KIND(CLASS));
	node_id method = class_node ? method_around(f, from, class_node) : 0;
	if (!method)
		return false;
	const struct text_call *call = call_of(r, file, method);
	struct seen seen = { .type = { MEANS_UNKNOWN, 0, 0, { 0 } }, .file = file, .open = method };
	if (call)
		seen = seen_receiver(r->model, call);
	struct type type = seen.type;
	if (type.kind != MEANS_DECLARATION)
		type = (struct type){ MEANS_DECLARATION, file, class_node, { 0 } };
	if (!class_member(r->model, type.file, type.node, name, member_file, member))
		return false;
	if (seen.open && is_abstract(r->model, *member_file, *member))
		text_note_open(r, seen.file, seen.open);
	return true;
}

/* `this.resource` of an abstract class is what the class of the call's receiver says. */
static bool read_own_member(
	struct reading *r, file_id file, node_id from, struct str path, struct str member, bool *says)
{
	file_id at;
	node_id found;
	struct str name = path_first(path_rest(path)), rest = path_rest(path_rest(path));
	if (!text_own_member(r, file, from, name, &at, &found))
		return false;
	*says = text_of_declared(r, at, found, text_member(r, rest, member), name);
	return true;
}

static bool is_ours(struct meaning means)
{
	return means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
}

/* A name of a library, or a member of a variable of the project whose type is a library's: `url.pathname`. */
static bool read_library_name(
	struct reading *r, file_id file, node_id from, struct str path, struct str library, struct str member)
{
	struct str first = path_first(path);
	struct meaning owner = { 0 };
	if (first.len < path.len)
		owner = model_path_meaning(r->model, file, from, first);
	bool of_client = str_eq(member, CLIENT_BASE);
	if (is_ours(owner))
		return text_of_declared(r, owner.file, owner.node,
			of_client ? member : text_member(r, path_rest(path), member), path_last(path));
	if (of_client)
		return false; /* the library's own */
	enum language language = r->model->files[file].language;
	const struct library_entry *entry = model_library(r->model, language, library, ROLE_TEXT);
	if (entry && str_is(library_attribute(entry, "kind"), "literal"))
		buf_add(&r->text, library_attribute(entry, "says"));
	else
		text_hole(r, str_empty(member) ? path : member);
	return true;
}

bool text_of_name(struct reading *r, file_id file, node_id from, struct str path, struct str member)
{
	struct str first = path_first(path);
	bool says = false;
	if (is_self(first) && first.len < path.len && read_own_member(r, file, from, path, member, &says))
		return says;
	struct meaning means = model_path_meaning(r->model, file, from, path);
	bool is_itself = means.file == file && means.node == from && is_ours(means); /* `a = a + b` */
	if (is_ours(means) && !is_itself)
		return text_of_declared(r, means.file, means.node, text_member(r, means.name, member), path_last(path));
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		return read_library_name(r, file, from, path, means.name, member);
	bool is_asked_of = str_eq(member, CLIENT_BASE) || str_eq(member, JOINED); /* no member by that name */
	text_hole(r, str_empty(member) || is_asked_of ? path : member);
	return true;
}
