/* What an expression says: literals, templates, sums, and whatever names and calls lead to. */
#include "model/text.h"

enum { MOST_STEPS = 240, DEEPEST = 40 };

void text_hole(struct reading *r, struct str name)
{
	buf_printf(&r->text, "{%.*s}", STR_ARG(path_last(name)));
}

struct str text_member(struct reading *r, struct str owner, struct str member)
{
	if (str_empty(owner) || str_empty(member))
		return str_empty(owner) ? member : owner;
	return arena_printf(&r->scratch, "%.*s.%.*s", STR_ARG(owner), STR_ARG(member));
}

void text_note_open(struct reading *r, file_id file, node_id function)
{
	struct text *a = r->answer;
	for (uint32_t i = 0; i < a->open_count; i++)
		if (a->open[i].file == file && a->open[i].node == function)
			return;
	if (a->open_count < TEXT_MOST_OPEN)
		a->open[a->open_count++] = (struct text_open){ file, function };
}

static bool is_known(struct str text)
{
	return !str_empty(text) && text.ptr[0] != '{';
}

static struct str read_from(const struct reading *r, uint32_t start)
{
	return str_slice(buf_str(&r->text), start, r->text.len);
}

/* `a ?? b`, `a || b`, `a or b`: the fallback where the first is not known. */
static bool read_either(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	uint32_t start = r->text.len;
	bool says = text_read(r, file, node_child(f, node, PART_LEFT), member);
	if (is_known(read_from(r, start)))
		return true;
	struct str open = arena_str(&r->scratch, read_from(r, start));
	r->text.len = start;
	if (text_read(r, file, node_child(f, node, PART_RIGHT), member) && r->text.len > start)
		return true;
	buf_add(&r->text, open); /* `id ?? ""` says no more than `id` */
	return says;
}

/*
 * Of two texts that may be said, one may be the other with more before it (`absolute ? url : base + url`) or behind it
 * (`query ? path + query : path`): what they share with the least assumed is told; else a hole.
 */
static struct str common_text(struct str a, struct str b)
{
	if (a.len < b.len) {
		struct str longer = b;
		b = a;
		a = longer;
	}
	if (str_empty(b) ? str_empty(a) || strchr("?&#{", a.ptr[0]) || str_is(a, "/") : str_ends(a, b))
		return a;
	if (str_empty(b))
		return (struct str){ 0 };
	return str_starts(a, b) && strchr("?{", a.ptr[b.len]) ? b : (struct str){ 0 };
}

/* The two sides; Python has value, condition, other value. */
static void sides_of(const struct facts *f, node_id node, node_id sides[2])
{
	sides[0] = node_child(f, node, PART_THEN);
	sides[1] = node_child(f, node, PART_ELSE);
	for (node_id c = node + 1; !sides[1] && c < f->nodes[node].next; c = f->nodes[c].next) {
		if (!sides[0])
			sides[0] = c;
		if (f->nodes[c].next == f->nodes[node].next)
			sides[1] = c;
	}
}

/* What one side says; .ptr is NULL for nothing. */
static struct str read_side(struct reading *r, file_id file, node_id side, struct str member)
{
	uint32_t start = r->text.len;
	bool says = text_read(r, file, side, member);
	struct str text = arena_str(&r->scratch, read_from(r, start));
	r->text.len = start;
	return says ? text : (struct str){ 0 };
}

static bool read_conditional(struct reading *r, file_id file, node_id node, struct str member)
{
	node_id sides[2];
	sides_of(&r->model->files[file].facts, node, sides);
	node_id condition = node_child(&r->model->files[file].facts, node, PART_COND);
	enum handed handed = condition ? text_is_handed(r, file, condition) : HANDED_UNKNOWN;
	if (handed != HANDED_UNKNOWN) /* `id ? base + id : base`, from a call that hands over an id, or none */
		return text_read(r, file, sides[handed == HANDED_NOTHING], member);
	struct str first = read_side(r, file, sides[0], member), second = read_side(r, file, sides[1], member);
	if (!first.ptr || !second.ptr) {
		buf_add(&r->text, first.ptr ? first : second);
		return first.ptr || second.ptr;
	}
	struct str common = common_text(first, second);
	bool is_choice = !str_contains(first, STR("://")) &&
			 !str_contains(second, STR("://")); /* of hosts there is one */
	r->answer->has_sides |= !common.ptr && is_choice;
	if (common.ptr)
		buf_add(&r->text, common);
	else if (r->side && is_choice)
		buf_add(&r->text, r->side == 1 ? first : second);
	else
		text_hole(r, STR(""));
	return true;
}

/* "/users/%s" % name */
static bool read_percent(struct reading *r, file_id file, node_id node)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id left = node_child(f, node, PART_LEFT);
	if (node_kind(f, left) != NODE_STRING)
		return false;
	struct str rest = node_name(f, left);
	for (uint32_t i = 0; i < rest.len; i++) {
		bool is_hole = rest.ptr[i] == '%' && i + 1 < rest.len && strchr("sdifr(", rest.ptr[i + 1]);
		if (!is_hole) {
			buf_add_char(&r->text, rest.ptr[i]);
			continue;
		}
		uint32_t close = rest.ptr[i + 1] == '(' ? str_find(str_slice(rest, i, rest.len), ')') : 0;
		text_hole(r, close < rest.len ? str_slice(rest, i + 2, i + close) : STR(""));
		i += 1 + (close < rest.len ? close : 0);
	}
	return true;
}

/* A part of a longer text. An argument that is left out adds nothing; any other nothing is not known yet. */
static void read_part(struct reading *r, file_id file, node_id part)
{
	r->is_left_out = false;
	if (!text_read(r, file, part, STR("")) && !r->is_left_out)
		text_hole(r, node_name(&r->model->files[file].facts, part));
}

static bool read_binary(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str operator= node_name(f, node);
	node_id left = node_child(f, node, PART_LEFT), right = node_child(f, node, PART_RIGHT);
	if (str_is(operator, "||") || str_is(operator, "??") || str_is(operator, "or"))
		return read_either(r, file, node, member);
	if (str_is(operator, "&&") || str_is(operator, "and"))
		return text_read(r, file, right, member);
	if (str_is(operator, "+") && !str_empty(member))
		return false; /* a text has no members */
	if (str_is(operator, "+")) {
		read_part(r, file, left);
		read_part(r, file, right);
		return true;
	}
	if (str_is(operator, "%") && str_empty(member) && read_percent(r, file, node))
		return true;
	text_hole(r, STR(""));
	return true;
}

/* A member of an object literal: what stands there, or what a spread brings in. */
static bool read_object(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	if (str_empty(member)) {
		text_hole(r, STR(""));
		return true;
	}
	node_id value = model_object_value(r->model, file, node, path_first(member));
	if (value)
		return text_read(r, file, value, path_rest(member));
	node_id spread = model_object_spread(r->model, file, node);
	for (node_id c = spread; c && c < f->nodes[node].next; c = f->nodes[c].next)
		if (node_kind(f, c) == NODE_SPREAD && text_read(r, file, c + 1 < f->nodes[c].next ? c + 1 : 0, member))
			return true;
	return false;
}

/* ["/api/users", id] at "0" */
static bool read_array(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	struct str first = path_first(member);
	if (str_eq(member, JOINED))
		return text_of_joined(r, file, node);
	if (first.len != 1 || first.ptr[0] < '0' || first.ptr[0] > '9') {
		text_hole(r, STR(""));
		return true;
	}
	uint32_t index = (uint32_t)(first.ptr[0] - '0');
	facts_each_child(f, node, c)
		if (index-- == 0)
			return text_read(r, file, c, path_rest(member));
	return false;
}

/* ROUTES["users"], os.environ["API"], queryKey[0] */
static bool read_index(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, node, PART_OBJECT), key = node_child(f, node, PART_ARG);
	bool is_key = key && (KIND(STRING) | KIND(NUMBER)) >> f->nodes[key].kind & 1;
	if (object && is_key && str_find(node_name(f, key), '.') == UINT32_MAX)
		return text_read(r, file, object, text_member(r, node_name(f, key), member));
	text_hole(r, STR(""));
	return true;
}

static bool read_template(struct reading *r, file_id file, node_id node)
{
	const struct facts *f = &r->model->files[file].facts;
	facts_each_child(f, node, part)
		read_part(r, file, part);
	return true;
}

static bool read_literal(struct reading *r, struct str text, struct str member)
{
	if (str_empty(member))
		buf_add(&r->text, text);
	return str_empty(member);
}

static bool read_member(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	node_id object = node_child(f, node, PART_OBJECT);
	if (!object)
		return text_of_name(r, file, node, node_name(f, node), member);
	return text_read(r, file, object, text_member(r, node_name(f, node), member));
}

static bool read_node(struct reading *r, file_id file, node_id node, struct str member)
{
	const struct facts *f = &r->model->files[file].facts;
	switch (node_kind(f, node)) {
	case NODE_STRING:
	case NODE_NUMBER:
		return read_literal(r, node_name(f, node), member);
	case NODE_TEMPLATE:
		return str_empty(member) && read_template(r, file, node);
	case NODE_BINARY:
		return read_binary(r, file, node, member);
	case NODE_CONDITIONAL:
		return read_conditional(r, file, node, member);
	case NODE_NAME:
	case NODE_MEMBER:
		return read_member(r, file, node, member);
	case NODE_INDEX:
		return read_index(r, file, node, member);
	case NODE_CALL:
		return text_of_call(r, file, node, member);
	case NODE_OBJECT:
	case NODE_JSX: /* its attributes are the object that its component is handed */
		return read_object(r, file, node, member);
	case NODE_ARRAY:
		return read_array(r, file, node, member);
	case NODE_LAMBDA:
		return text_of_result(r, file, 0, file, node, member);
	case NODE_AWAIT:
	case NODE_CAST:
	case NODE_UNWRAP:
	case NODE_UNARY:
		return text_read(r, file, node + 1 < f->nodes[node].next ? node + 1 : 0, member);
	case NODE_CONST:
		if (str_is(node_name(f, node), "true") || str_is(node_name(f, node), "True"))
			break;
		return false;
	default:
		break;
	}
	text_hole(r, STR(""));
	return true;
}

bool text_read(struct reading *r, file_id file, node_id node, struct str member)
{
	if (!node)
		return false;
	if (r->depth == DEEPEST || r->steps++ > MOST_STEPS) {
		text_hole(r, STR(""));
		return true;
	}
	r->depth++;
	bool says = read_node(r, file, node, member);
	r->depth--;
	return says;
}

static struct text finish(struct reading *r, struct text *answer, bool says)
{
	answer->is_absent = !says;
	answer->says = says ? model_keep(r->model, buf_str(&r->text)) : STR("");
	buf_release(&r->text);
	arena_release(&r->scratch);
	return *answer;
}

struct str model_text(const struct model *m, file_id file, node_id node)
{
	struct text answer = { 0 };
	struct reading r = { .model = m, .answer = &answer };
	if (!text_read(&r, file, node, STR("")))
		text_hole(&r, node ? node_name(&m->files[file].facts, node) : STR(""));
	return finish(&r, &answer, true).says;
}

static struct reading reading_from(const struct model *m, struct text_view view, struct text *answer)
{
	return (struct reading){ .model = m, .calls = view.calls, .side = view.side, .answer = answer };
}

struct text model_text_from(const struct model *m, struct text_view view, file_id file, node_id node, struct str member)
{
	struct text answer = { 0 };
	struct reading r = reading_from(m, view, &answer);
	return finish(&r, &answer, text_read(&r, file, node, member));
}

struct text model_argument_text(
	const struct model *m, struct text_view view, file_id file, node_id call, struct str where)
{
	struct text answer = { 0 };
	struct reading r = reading_from(m, view, &answer);
	return finish(&r, &answer, text_of_argument(&r, file, call, where, STR("")));
}

struct text model_client_base(const struct model *m, struct text_view view, file_id file, node_id call)
{
	struct text answer = { 0 };
	struct reading r = reading_from(m, view, &answer);
	return finish(&r, &answer, text_of_argument(&r, file, call, STR("receiver"), CLIENT_BASE));
}
