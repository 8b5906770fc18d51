/*
 * Applications of web frameworks: the call that makes one, and what stands for it: variables, fields, results of functions,
 * chains of calls on it.
 */
#include "model/internal.h"

#include "base/buf.h"

enum { DEEPEST = 4 };

struct place {
	file_id file;
	node_id node;
};

static const struct facts *facts_at(const struct model *m, file_id file)
{
	return &m->files[file].facts;
}

static const struct library_entry *kind_of(const struct model *m, file_id file, node_id call)
{
	bool is_call = node_kind(facts_at(m, file), call) == NODE_CALL;
	return is_call ? model_role(m, file, call, ROLE_APPLICATION) : NULL;
}

/* The variable or field that the value of a call is put into. */
static struct str holder_of(const struct facts *f, node_id call)
{
	static const uint64_t around = KIND(AWAIT) | KIND(CAST) | KIND(UNWRAP);
	node_id value = call;
	while (around >> f->nodes[f->nodes[value].parent].kind & 1)
		value = f->nodes[value].parent;
	node_id parent = f->nodes[value].parent;
	if (f->nodes[value].part != PART_VALUE)
		return STR("");
	node_id target = node_kind(f, parent) == NODE_ASSIGN ? node_child(f, parent, PART_TARGET) : parent;
	bool is_named = target && ((KIND(VAR) | KIND(NAME)) >> f->nodes[target].kind & 1);
	return is_named ? node_name(f, target) : STR("");
}

bool model_application(const struct model *m, file_id file, node_id call, struct web_application *out)
{
	*out = (struct web_application){ .kind = kind_of(m, file, call), .file = file, .call = call };
	if (out->kind)
		out->holder = holder_of(facts_at(m, file), call);
	return out->kind != NULL;
}

/* ---- what stands for one ---- */

static struct place made_by(const struct model *m, struct place at, unsigned depth);

static struct place made_by_path(const struct model *m, file_id file, node_id from, struct str path, unsigned depth)
{
	struct meaning means = model_path_meaning(m, file, from, path);
	bool is_bound = means.kind == MEANS_DECLARATION || means.kind == MEANS_LOCAL;
	if (!means.node || !is_bound || !str_empty(means.name))
		return (struct place){ 0 };
	struct place value = { means.file, node_child(facts_at(m, means.file), means.node, PART_VALUE) };
	return value.node ? made_by(m, value, depth + 1) : (struct place){ 0 };
}

static struct place made_by_call(const struct model *m, struct place at, unsigned depth)
{
	const struct facts *f = facts_at(m, at.file);
	if (kind_of(m, at.file, at.node))
		return at;
	struct place object = { at.file, node_child(f, at.node, PART_OBJECT) };
	if (object.node)
		return made_by(m, object, depth + 1); /* new Hono().basePath("/v1") */
	struct meaning means = model_meaning(m, at.file, at.node);
	struct place result = { means.file, 0 };
	node_id function = model_meant_function(m, means);
	result.node = function ? model_result(m, means.file, function) : 0;
	if (result.node)
		return made_by(m, result, depth + 1);
	struct str receiver = path_parent(node_name(f, at.node)); /* app.callback() */
	return str_empty(receiver) ? (struct place){ 0 } : made_by_path(m, at.file, at.node, receiver, depth);
}

/* The call that makes what an expression stands for; node 0 when that is not known. */
static struct place made_by(const struct model *m, struct place at, unsigned depth)
{
	const struct facts *f = facts_at(m, at.file);
	if (depth > DEEPEST)
		return (struct place){ 0 };
	switch (node_kind(f, at.node)) {
	case NODE_AWAIT:
	case NODE_CAST:
	case NODE_UNWRAP:
		return made_by(m, (struct place){ at.file, at.node + 1 }, depth + 1);
	case NODE_CALL:
		return made_by_call(m, at, depth);
	case NODE_NAME:
		return made_by_path(m, at.file, at.node, node_name(f, at.node), depth);
	default:
		return (struct place){ 0 };
	}
}

static enum sameness compare(const struct web_application *a, struct place other)
{
	if (!other.node)
		return SAME_PERHAPS;
	return other.file == a->file && other.node == a->call ? SAME_YES : SAME_NO;
}

/* By the name of its holder, too: that may be filled in several places. */
static enum sameness path_is(
	const struct model *m, const struct web_application *a, file_id file, node_id from, struct str path)
{
	struct str first = path_first(path);
	if (str_empty(path))
		return SAME_PERHAPS;
	if (file == a->file && str_eq(path, a->holder) &&
		model_binding(m, file, from, first) == model_binding(m, file, a->call, first))
		return SAME_YES;
	return compare(a, made_by_path(m, file, from, path, 0));
}

enum sameness application_is(const struct model *m, const struct web_application *a, file_id file, node_id expression)
{
	const struct facts *f = facts_at(m, file);
	struct str path = node_name(f, expression);
	enum node_kind kind = node_kind(f, expression);
	bool by_member = kind == NODE_NAME && path_is(m, a, file, expression, path_parent(path)) == SAME_YES;
	if (by_member) /* app.fetch */
		return SAME_YES;
	if (kind == NODE_NAME)
		return path_is(m, a, file, expression, path);
	if (kind == NODE_CALL && !kind_of(m, file, expression) &&
		path_is(m, a, file, expression, path_parent(path)) == SAME_YES)
		return SAME_YES;
	return compare(a, made_by(m, (struct place){ file, expression }, 0));
}

enum sameness application_is_called(const struct model *m, const struct web_application *a, file_id file, node_id call)
{
	const struct facts *f = facts_at(m, file);
	node_id object = node_child(f, call, PART_OBJECT);
	return object ? application_is(m, a, file, object) : path_is(m, a, file, call, path_parent(node_name(f, call)));
}

const struct library_entry *application_role(
	const struct model *m, const struct web_application *a, file_id file, node_id call, enum role role)
{
	enum language language = (enum language)facts_at(m, file)->language;
	struct str word = path_last(node_name(facts_at(m, file), call));
	const struct library_entry *known = model_role(m, file, call, role);
	if (known || !model_library_word(m, language, word, role))
		return known;
	enum meaning_kind means = model_meaning(m, file, call).kind;
	if (means != MEANS_UNKNOWN && means != MEANS_LOCAL)
		return NULL;
	struct buf name = { 0 };
	buf_printf(&name, "%.*s.%.*s", STR_ARG(library_attribute(a->kind, "type")), STR_ARG(word));
	known = model_library(m, language, buf_str(&name), role);
	buf_release(&name);
	return known;
}

enum sameness application_is_served(const struct model *m, const struct web_application *a, file_id file, node_id call)
{
	const struct facts *f = facts_at(m, file);
	const struct library_entry *entry = application_role(m, a, file, call, ROLE_SERVE);
	if (!entry)
		return SAME_NO;
	if (str_empty(library_attribute(entry, "application")))
		return application_is_called(m, a, file, call);
	facts_each_below(f, call, n)
		if (((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1) && application_is(m, a, file, n) == SAME_YES)
			return SAME_YES;
	return SAME_NO;
}
