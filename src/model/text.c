/* What an expression says: literals, templates, sums, constants wherever they are declared, and fallbacks. */
#include "model/internal.h"

#include "base/buf.h"

enum { MOST_STEPS = 200, DEEPEST = 24 };

struct reading {
	const struct model *model;
	struct buf text;
	unsigned steps; /* a sum of sums of one constant doubles with each level */
	unsigned depth;
};

static void read_text(struct reading *r, file_id file, node_id node);

/* What is not known, under its name where it has one. */
static void add_hole(struct reading *r, struct str name)
{
	buf_printf(&r->text, "{%.*s}", STR_ARG(path_last(name)));
}

/* ---- constants ---- */

static bool assigns(const struct facts *f, node_id assign, struct str name)
{
	facts_each_child(f, assign, c)
		if (f->nodes[c].part == PART_TARGET && str_eq(node_name(f, c), name))
			return true;
	return false;
}

/* How a variable changes after its declaration: not at all, by what is put behind it, or in other ways. */
static enum change { UNCHANGED, EXTENDED, CHANGED } change_of(const struct model *m, file_id file, node_id variable)
{
	const struct facts *f = &m->files[file].facts;
	bool is_target = node_kind(f, variable) == NODE_NAME;
	if (is_target && !model_binding_is_unique(m, file, variable, node_name(f, variable)))
		return CHANGED;
	if (node_kind(f, variable) != NODE_VAR || node_has(f, variable, FLAG_READONLY))
		return UNCHANGED;
	enum change change = UNCHANGED;
	facts_each_below(f, node_function(f, variable), n) {
		if (node_kind(f, n) != NODE_ASSIGN || !assigns(f, n, node_name(f, variable)))
			continue;
		if (!str_is(node_name(f, n), "+="))
			return CHANGED;
		change = EXTENDED;
	}
	return change;
}

/* The value that a declaration gives to its name, or 0. */
static node_id declared_value(const struct facts *f, node_id binding)
{
	enum node_kind kind = node_kind(f, binding);
	if (kind == NODE_PARAM || kind == NODE_FUNCTION || kind == NODE_CLASS)
		return 0;
	if (f->nodes[binding].part != PART_TARGET)
		return node_child(f, binding, PART_VALUE);
	node_id assign = f->nodes[binding].parent;
	facts_each_child(f, assign, c)
		if (f->nodes[c].part == PART_TARGET && c != binding)
			return 0;
	return node_kind(f, assign) == NODE_ASSIGN ? node_child(f, assign, PART_VALUE) : 0;
}

/* ROUTES.users.list, where ROUTES is an object literal: the literal's value at "users.list". */
static node_id value_at(const struct facts *f, node_id value, struct str path)
{
	while (value && !str_empty(path)) {
		while (value && (KIND(CAST) | KIND(UNWRAP)) >> f->nodes[value].kind & 1)
			value = value + 1 < f->nodes[value].next ? value + 1 : 0;
		value = value && node_kind(f, value) == NODE_OBJECT ? object_value(f, value, path_first(path)) : 0;
		path = path_rest(path);
	}
	return value;
}

static void read_name(struct reading *r, file_id file, node_id node)
{
	struct meaning means = model_meaning(r->model, file, node);
	const struct facts *there = &r->model->files[means.file].facts;
	node_id value = 0;
	if (means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL)
		value = value_at(there, declared_value(there, means.node), means.name);
	enum change change = value ? change_of(r->model, means.file, means.node) : CHANGED;
	if (change != CHANGED)
		read_text(r, means.file, value);
	if (change != UNCHANGED)
		add_hole(r, node_name(&r->model->files[file].facts, node));
}

/* ---- what is put together ---- */

static bool is_known(struct str text)
{
	return !str_empty(text) && text.ptr[0] != '{';
}

/* `a ?? b`, `a || b`, `a or b`: the fallback where the first is not known. */
static void read_either(struct reading *r, file_id file, node_id left, node_id right)
{
	uint32_t start = r->text.len;
	read_text(r, file, left);
	if (is_known(str_slice(buf_str(&r->text), start, r->text.len)))
		return;
	r->text.len = start;
	read_text(r, file, right);
}

static void read_binary(struct reading *r, file_id file, node_id node)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str operator= node_name(f, node);
	node_id left = node_child(f, node, PART_LEFT), right = node_child(f, node, PART_RIGHT);
	if (str_is(operator, "+")) {
		read_text(r, file, left);
		read_text(r, file, right);
	} else if (str_is(operator, "||") || str_is(operator, "??") || str_is(operator, "or")) {
		read_either(r, file, left, right);
	} else {
		add_hole(r, STR(""));
	}
}

/* The length of a placeholder of printf or of format at the start of `rest`; 0 when there is none. */
static uint32_t placeholder(struct str rest, bool braces)
{
	uint32_t close = braces && rest.ptr[0] == '{' ? str_find(rest, '}') : UINT32_MAX;
	if (close != UINT32_MAX)
		return close + 1;
	if (braces || rest.ptr[0] != '%' || rest.len < 2)
		return 0;
	uint32_t end = 1;
	while (end + 1 < rest.len && strchr("+-# 0123456789.*", rest.ptr[end]))
		end++;
	return end + 1;
}

/* A format and the arguments for its placeholders, in order; `{name}` stays as it is. */
static void read_format(struct reading *r, file_id file, node_id format, node_id call, bool braces)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str rest = node_name(f, format);
	uint32_t used = node_child(f, call, PART_OBJECT) == format ? 0 : 1;
	if (node_kind(f, format) != NODE_STRING) {
		read_text(r, file, format);
		return;
	}
	while (!str_empty(rest)) {
		uint32_t len = placeholder(rest, braces);
		node_id argument = len && (!braces || len == 2) ? call_arg(f, call, used++) : 0;
		if (argument)
			read_text(r, file, argument);
		else
			buf_add(&r->text, str_slice(rest, 0, len ? len : 1));
		rest = str_slice(rest, len ? len : 1, rest.len);
	}
}

/* Arguments with one slash between them. */
static void read_joined(struct reading *r, file_id file, node_id call)
{
	const struct facts *f = &r->model->files[file].facts;
	bool first = true;
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		while (!first && r->text.len && r->text.ptr[r->text.len - 1] == '/')
			r->text.len--;
		uint32_t start = r->text.len;
		buf_add_text(&r->text, first ? "" : "/");
		read_text(r, file, argument);
		if (!first && start + 1 < r->text.len && r->text.ptr[start + 1] == '/') {
			memmove(r->text.ptr + start, r->text.ptr + start + 1, r->text.len - start - 1);
			r->text.len--;
		}
		first = false;
	}
}

static void read_call(struct reading *r, file_id file, node_id call)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, call, PART_OBJECT);
	if (object && node_kind(f, object) == NODE_STRING && str_is(node_name(f, call), "format")) {
		read_format(r, file, object, call, true);
		return;
	}
	const struct library_entry *entry = model_role(r->model, file, call, ROLE_TEXT);
	struct str kind = entry ? library_attribute(entry, "kind") : STR("");
	node_id first = call_arg(f, call, 0), second = call_arg(f, call, 1);
	if (first && (str_is(kind, "printf") || str_is(kind, "braces")))
		read_format(r, file, first, call, str_is(kind, "braces"));
	else if (first && str_is(kind, "join"))
		read_joined(r, file, call);
	else if (first && str_is(kind, "same"))
		read_text(r, file, first);
	else if (second && str_is(kind, "fallback"))
		read_text(r, file, second);
	else
		add_hole(r, STR(""));
}

static void read_node(struct reading *r, file_id file, node_id node)
{
	const struct facts *f = &r->model->files[file].facts;
	switch (node_kind(f, node)) {
	case NODE_STRING:
	case NODE_NUMBER:
		buf_add(&r->text, node_name(f, node));
		break;
	case NODE_TEMPLATE:
		facts_each_child(f, node, part)
			read_text(r, file, part);
		break;
	case NODE_BINARY:
		read_binary(r, file, node);
		break;
	case NODE_NAME:
	case NODE_MEMBER:
		read_name(r, file, node);
		break;
	case NODE_CALL:
		read_call(r, file, node);
		break;
	case NODE_AWAIT:
	case NODE_CAST:
	case NODE_UNWRAP:
		read_text(r, file, node + 1 < f->nodes[node].next ? node + 1 : 0);
		break;
	default:
		add_hole(r, STR(""));
		break;
	}
}

static void read_text(struct reading *r, file_id file, node_id node)
{
	if (!node || r->depth == DEEPEST || r->steps++ > MOST_STEPS) {
		add_hole(r, STR(""));
		return;
	}
	r->depth++;
	read_node(r, file, node);
	r->depth--;
}

struct str model_text(const struct model *m, file_id file, node_id node)
{
	struct reading r = { .model = m };
	read_text(&r, file, node);
	struct str text = model_keep(m, buf_str(&r.text));
	buf_release(&r.text);
	return text;
}
