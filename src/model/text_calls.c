/* What a call says: formats and joins, functions of the project, the base of a client that a library makes. */
#include "model/text.h"

/* Methods that leave a text as it is, for what is asked of it; a replacement fills a hole that is one already. */
static const char *const keeping[] = { "toString", "trim", "trimEnd", "trimStart", "replace", "replaceAll", "href",
	"as_str", "as_ref", "to_string", "to_owned", "clone", "into", "into_string", "strip", "rstrip", "lstrip",
	"removesuffix", "removeprefix", "trim_end_matches", "trim_start_matches", "unwrap", "expect",
	"unwrap_or_default", "String", "format", "unicode_string", "human_repr", "valueOf", "borrow", "as_deref",
	"Replace", "ReplaceAll", "TrimSuffix", "TrimPrefix", "TrimSpace" };

bool text_is_kept_by(struct str method)
{
	for (size_t i = 0; i < sizeof(keeping) / sizeof(*keeping); i++)
		if (str_is(method, keeping[i]))
			return true;
	return false;
}

/* ---- formats ---- */

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

/* A format and the arguments for its placeholders, in order; `{name}` of a macro is that variable. */
static bool read_format(struct reading *r, file_id file, node_id format, node_id call, bool braces)
{
	const struct facts *f = &r->model->files[file].facts;
	if (node_kind(f, format) != NODE_STRING)
		return text_read(r, file, format, STR(""));
	struct str rest = node_name(f, format);
	bool is_method = node_child(f, call, PART_OBJECT) == format;
	uint32_t used = is_method ? 0 : 1;
	while (!str_empty(rest)) {
		uint32_t len = placeholder(rest, braces);
		struct str name = len > 2 && braces ? str_slice(rest, 1, len - 1) : STR("");
		node_id argument = len && (!braces || len == 2) ? call_arg(f, call, used++) : 0;
		if (!argument && !str_empty(name))
			argument = call_keyword(f, call, name);
		if (argument)
			text_read(r, file, argument, STR(""));
		else if (!str_empty(name) && !is_method)
			text_of_name(r, file, call, str_slice(name, 0, str_find(name, ':')), STR(""));
		else
			buf_add(&r->text, str_slice(rest, 0, len ? len : 1));
		rest = str_slice(rest, len ? len : 1, rest.len);
	}
	return true;
}

/* Children in `part` with one slash between them. */
static bool read_joined(struct reading *r, file_id file, node_id parent, enum node_part part)
{
	const struct facts *f = &r->model->files[file].facts;
	bool first = true;
	facts_each_child(f, parent, child) {
		if (f->nodes[child].part != part)
			continue;
		while (!first && r->text.len && r->text.ptr[r->text.len - 1] == '/')
			r->text.len--;
		uint32_t start = r->text.len;
		buf_add_text(&r->text, first ? "" : "/");
		text_read(r, file, child, STR(""));
		if (!first && start + 1 < r->text.len && r->text.ptr[start + 1] == '/') {
			memmove(r->text.ptr + start, r->text.ptr + start + 1, r->text.len - start - 1);
			r->text.len--;
		}
		first = false;
	}
	return true;
}

bool text_of_joined(struct reading *r, file_id file, node_id array)
{
	return read_joined(r, file, array, PART_NONE);
}

static bool argument_is_slash(const struct facts *f, node_id call)
{
	node_id argument = call_arg(f, call, 0);
	return argument && node_kind(f, argument) == NODE_STRING && str_is(node_name(f, argument), "/");
}

/* ["api", "users"].join("/"), "/".join([…]) */
static bool read_array_join(struct reading *r, file_id file, node_id call)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, call, PART_OBJECT), argument = call_arg(f, call, 0);
	bool array_first = node_kind(f, object) == NODE_ARRAY;
	node_id array = array_first ? object : argument, between = array_first ? argument : object;
	if (!array || !between || node_kind(f, array) != NODE_ARRAY || !str_is(node_name(f, between), "/"))
		return false;
	return read_joined(r, file, array, PART_NONE);
}

/* [base, "/api"].concat(), which makes one text of them in Rust */
static bool read_array_concat(struct reading *r, file_id file, node_id array)
{
	const struct facts *f = &r->model->files[file].facts;
	if (f->language != LANGUAGE_RUST || node_kind(f, array) != NODE_ARRAY)
		return false;
	facts_each_child(f, array, item)
		text_read(r, file, item, STR(""));
	return true;
}

/* ---- arguments ---- */

static bool read_receiver(struct reading *r, file_id file, node_id call, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, call, PART_OBJECT);
	struct str name = node_name(f, call), owner = path_parent(name);
	if (object)
		return text_read(r, file, object, member);
	if (str_empty(owner) && !str_eq(member, CLIENT_BASE))
		return false;
	return text_of_name(r, file, call, str_empty(owner) ? name : owner, member);
}

static bool read_place(struct reading *r, file_id file, node_id call, struct str place, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str head = path_first(place), path = text_member(r, path_rest(place), member);
	if (str_is(head, "receiver"))
		return read_receiver(r, file, call, path);
	if (str_is(head, "="))
		return text_read(r, file, node_child(f, call, PART_VALUE), path);
	bool is_position = head.len == 1 && char_is_digit(head.ptr[0]);
	return text_read(r, file,
		is_position ? call_arg(f, call, (uint32_t)(head.ptr[0] - '0')) : call_keyword(f, call, head), path);
}

bool text_of_argument(struct reading *r, file_id file, node_id call, struct str where, struct str member)
{
	struct str place;
	while (str_split(&where, ' ', &place))
		if (read_place(r, file, call, place, member))
			return true;
	return false;
}

/* ---- what libraries return ---- */

/* A client's base stands where it is made, or where it is derived: ky.create().extend(), client.R(). */
static bool read_client_base(struct reading *r, file_id file, node_id call, struct str name)
{
	enum language language = r->model->files[file].language;
	const struct library_entry *entry = model_library(r->model, language, name, ROLE_CLIENT_BASE);
	r->answer->client_file = file;
	r->answer->client = call;
	if (entry && text_of_argument(r, file, call, library_attribute(entry, "base"), STR("")))
		return true;
	return read_receiver(r, file, call, CLIENT_BASE);
}

static bool read_text_role(struct reading *r, file_id file, node_id call, struct str kind, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id first = call_arg(f, call, 0), second = call_arg(f, call, 1);
	if (str_is(kind, "url"))
		return text_of_url(r, file, first, second, member);
	if (str_is(kind, "resolve"))
		return text_of_url(
			r, file, second ? second : first, second ? first : node_child(f, call, PART_OBJECT), member);
	if (first && (str_is(kind, "printf") || str_is(kind, "braces")))
		return read_format(r, file, first, call, str_is(kind, "braces"));
	if (first && str_is(kind, "join"))
		return read_joined(r, file, call, PART_ARG);
	if (str_is(kind, "same"))
		return first ? text_read(r, file, first, member) : read_receiver(r, file, call, member);
	if (str_is(kind, "fallback") && second)
		return text_read(r, file, second, member);
	text_hole(r, first && node_kind(f, first) == NODE_STRING ? node_name(f, first) : STR(""));
	return true;
}

/* useMemo(() => `/users/${id}`) */
static node_id function_argument(const struct model *m, file_id file, node_id call, struct str name)
{
	const struct facts *f = &m->files[file].facts;
	const struct library_entry *entry = model_library(m, m->files[file].language, name, ROLE_CONSTRUCTS);
	node_id argument = entry && !str_empty(library_attribute(entry, "argument")) ? call_arg(f, call, 0) : 0;
	return argument && node_kind(f, argument) == NODE_LAMBDA ? argument : 0;
}

static bool read_library_call(
	struct reading *r, file_id file, node_id call, struct str name, struct str member, bool *says)
{
	const struct model *m = r->model;
	node_id function = function_argument(m, file, call, name);
	const struct library_entry *entry = model_library(m, m->files[file].language, name, ROLE_TEXT);
	if (function)
		*says = text_of_result(r, file, 0, file, function, member);
	else if (str_eq(member, CLIENT_BASE))
		*says = read_client_base(r, file, call, name);
	else if (entry)
		*says = read_text_role(r, file, call, library_attribute(entry, "kind"), member);
	else
		return false;
	return true;
}

/* ---- calls of the project's functions ---- */

/* What a function returns; of several returns the last, which no condition guards, where it puts a text together. */
static node_id last_result(const struct model *m, file_id file, node_id function)
{
	const struct facts *f = &m->files[file].facts;
	node_id value = model_result(m, file, function), body = node_child(f, function, PART_BODY);
	if (value || !body || node_kind(f, body) != NODE_BLOCK)
		return value;
	facts_each_child(f, body, statement)
		if (node_kind(f, statement) == NODE_RETURN)
			value = node_child(f, statement, PART_VALUE);
	return value && ((KIND(TEMPLATE) | KIND(BINARY)) >> f->nodes[value].kind & 1) ? value : 0;
}

bool text_of_result(
	struct reading *r, file_id file, node_id call, file_id function_file, node_id function, struct str member)
{
	node_id value = last_result(r->model, function_file, function);
	if (!value) {
		text_hole(r, STR(""));
		return true;
	}
	const struct text_call *before = r->calls;
	struct text_call frame = { before, file, call, function_file, function };
	if (call)
		r->calls = &frame;
	bool says = text_read(r, function_file, value, member);
	r->calls = before;
	return says;
}

/* What a call of the project's code gives: a function's result, a member of a new object. */
static bool read_project_call(
	struct reading *r, file_id file, node_id call, struct meaning means, struct str member, bool *says)
{
	const struct facts *there = &r->model->files[means.file].facts;
	node_id function = declared_function(there, means.node);
	if (function) {
		*says = text_of_result(r, file, call, means.file, function, member);
		return true;
	}
	file_id at;
	node_id found;
	bool is_class = node_kind(there, means.node) == NODE_CLASS && !str_empty(member);
	if (!is_class || !class_member(r->model, means.file, means.node, path_first(member), &at, &found))
		return false;
	*says = text_of_declared(r, at, found, path_rest(member), path_first(member));
	return true;
}

/* The function that a member of a class is: `route = routes.one` is that one. */
static struct meaning member_function(const struct model *m, file_id file, node_id member)
{
	const struct facts *f = &m->files[file].facts;
	node_id function = declared_function(f, member);
	node_id value = function || node_kind(f, member) != NODE_FIELD ? 0 : node_child(f, member, PART_VALUE);
	struct meaning means = { .kind = MEANS_DECLARATION, .file = file, .node = function };
	if (value && (KIND(NAME) | KIND(MEMBER)) >> f->nodes[value].kind & 1) {
		means = model_meaning(m, file, value);
		means.node = model_meant_function(m, means);
	}
	return means;
}

/* `this.route(id)`, with what the class says that the method around is called on. */
static bool read_own_call(struct reading *r, file_id file, node_id call, struct str member, bool *says)
{
	struct str name = node_name(&r->model->files[file].facts, call), method = path_rest(name);
	file_id at;
	node_id found;
	if (!is_self(path_first(name)) || str_empty(method) || path_first(method).len != method.len ||
		!text_own_member(r, file, call, method, &at, &found))
		return false;
	struct meaning function = member_function(r->model, at, found);
	if (function.node)
		*says = text_of_result(r, file, call, function.file, function.node, member);
	return function.node != 0;
}

/* `text.replace("a", "b")`, where both are told: what the receiver says from `start` on, with one in the other's place. */
static void replace_text(struct reading *r, const struct facts *f, node_id call, uint32_t start)
{
	node_id what = call_arg(f, call, 0), with = call_arg(f, call, 1);
	if (!what || !with || node_kind(f, what) != NODE_STRING || node_kind(f, with) != NODE_STRING)
		return;
	struct str old = node_name(f, what), fresh = node_name(f, with);
	struct str text = arena_str(&r->scratch, str_slice(buf_str(&r->text), start, r->text.len));
	const char *at = old.len ? memmem(text.ptr, text.len, old.ptr, old.len) : NULL;
	if (!at)
		return;
	uint32_t offset = (uint32_t)(at - text.ptr);
	r->text.len = start + offset;
	buf_add(&r->text, fresh);
	buf_add(&r->text, str_slice(text, offset + old.len, text.len));
}

static bool read_kept(struct reading *r, file_id file, node_id call, struct str method, struct str member)
{
	uint32_t start = r->text.len;
	bool says = read_receiver(r, file, call, member);
	if (str_starts(method, STR("replace")))
		replace_text(r, &r->model->files[file].facts, call, start);
	return says;
}

bool text_of_call(struct reading *r, file_id file, node_id call, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, call, PART_OBJECT);
	struct str method = path_last(node_name(f, call));
	if (object && node_kind(f, object) == NODE_STRING && str_is(method, "format"))
		return read_format(r, file, object, call, true);
	if (object && str_is(method, "join") && read_array_join(r, file, call))
		return true;
	if (!object && str_is(method, "join") && argument_is_slash(f, call))
		return read_receiver(r, file, call, JOINED);
	if (object && str_is(method, "concat") && read_array_concat(r, file, object))
		return true;
	bool says = false;
	if (!object && read_own_call(r, file, call, member, &says))
		return says;
	struct meaning means = model_meaning(r->model, file, call);
	bool is_library = means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN;
	if (is_library && read_library_call(r, file, call, means.name, member, &says))
		return says;
	bool is_ours = means.kind == MEANS_DECLARATION || (means.kind == MEANS_LOCAL && str_empty(means.name));
	if (is_ours && read_project_call(r, file, call, means, member, &says))
		return says;
	if (text_is_kept_by(method) && (object || method.len < node_name(f, call).len))
		return read_kept(r, file, call, method, member);
	text_hole(r, STR(""));
	return true;
}
