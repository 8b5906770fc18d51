#include "model/contract_proto.h"

#include <stdlib.h>

struct building {
	struct proto_contract *c;
	uint32_t input;
	const struct facts *f;
};

static struct str qualified(struct arena *a, struct str scope, struct str name)
{
	return str_empty(scope) ? name : arena_printf(a, "%.*s.%.*s", STR_ARG(scope), STR_ARG(name));
}

static int64_t number_of(struct str text)
{
	char copy[32] = { 0 };
	if (str_is(text, "max"))
		return INT32_MAX;
	memcpy(copy, text.ptr, text.len < sizeof(copy) - 1 ? text.len : sizeof(copy) - 1);
	return strtoll(copy, NULL, 0);
}

/* The text of an option's value; empty when the option is not there. */
static struct str option_text(const struct facts *f, node_id parent, const char *name)
{
	facts_each_child(f, parent, option)
		if (node_kind(f, option) == NODE_OPTION && str_is(node_name(f, option), name)) {
			node_id value = node_child(f, option, PART_VALUE);
			return value ? node_name(f, value) : STR("");
		}
	return STR("");
}

static bool is_deprecated(const struct facts *f, node_id node)
{
	return str_is(option_text(f, node, "deprecated"), "true");
}

/* lowerCamel, as protobuf's JSON mapping names a field. */
static struct str camel_case(struct arena *a, struct str name)
{
	char *out = arena_alloc(a, (size_t)name.len + 1);
	uint32_t len = 0;
	bool upper = false;
	for (uint32_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (c == '_') {
			upper = true;
			continue;
		}
		out[len++] = upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		upper = false;
	}
	return (struct str){ out, len };
}

static enum proto_cardinality cardinality_of(const struct facts *f, node_id field)
{
	node_id type = node_child(f, field, PART_TYPE);
	if (type && str_is(node_name(f, type), "map") && node_child_of_kind(f, type, NODE_TYPE))
		return PROTO_MAP;
	if (node_has(f, field, FLAG_REPEATED))
		return PROTO_REPEATED;
	if (node_has(f, field, FLAG_REQUIRED) ||
		str_is(option_text(f, field, "features.field_presence"), "LEGACY_REQUIRED"))
		return PROTO_REQUIRED;
	return PROTO_SINGULAR;
}

/* The type as written; a map's is its key and value. Names are resolved once every file is read. */
static struct str written_type(struct arena *a, const struct facts *f, node_id field)
{
	node_id type = node_child(f, field, PART_TYPE);
	if (!type)
		return STR("");
	node_id key = node_child_of_kind(f, type, NODE_TYPE);
	if (!key)
		return node_name(f, type);
	node_id value = f->nodes[key].next;
	return arena_printf(a, "map<%.*s, %.*s>", STR_ARG(node_name(f, key)), STR_ARG(node_name(f, value)));
}

static void add_field(struct building *b, struct proto_message *m, node_id node, struct str oneof)
{
	const struct facts *f = b->f;
	node_id number = node_child(f, node, PART_NUMBER);
	struct proto_field field = { .place = { b->input, node }, .name = node_name(f, node), .oneof = oneof };
	field.number = number ? number_of(node_name(f, number)) : 0;
	field.type = written_type(b->c->arena, f, node);
	field.cardinality = cardinality_of(f, node);
	field.json_name = option_text(f, node, "json_name");
	if (str_empty(field.json_name))
		field.json_name = camel_case(b->c->arena, field.name);
	field.fallback = option_text(f, node, "default");
	field.deprecated = is_deprecated(f, node);
	vec_push(&m->fields, field);
}

static void add_range(struct building *b, node_id node, struct proto_message *m, bool reserved)
{
	const struct facts *f = b->f;
	node_id from = node, to = node;
	if (node_kind(f, node) == NODE_RANGE) {
		from = node_child(f, node, PART_LEFT);
		to = node_child(f, node, PART_RIGHT);
	}
	struct proto_range range = { number_of(node_name(f, from)), number_of(node_name(f, to ? to : from)) };
	if (reserved)
		vec_push(&m->reserved, range);
	else
		vec_push(&m->extensions, range);
}

static void add_reserved(struct building *b, node_id node, struct proto_message *m, bool reserved)
{
	facts_each_child(b->f, node, c) {
		enum node_kind kind = node_kind(b->f, c);
		if (kind == NODE_RANGE || kind == NODE_NUMBER)
			add_range(b, c, m, reserved);
		else if (reserved && (kind == NODE_STRING || kind == NODE_NAME))
			vec_push(&m->reserved_names, node_name(b->f, c));
	}
}

static void add_value(struct building *b, struct proto_message *m, node_id node)
{
	node_id number = node_child(b->f, node, PART_NUMBER);
	struct proto_field value = { .place = { b->input, node },
		.name = node_name(b->f, node),
		.number = number ? number_of(node_name(b->f, number)) : 0,
		.deprecated = is_deprecated(b->f, node) };
	vec_push(&m->fields, value);
}

static void index_fields(struct proto_message *m)
{
	for (uint32_t i = 0; i < m->fields.count; i++) {
		map_put(&m->by_number, (uint64_t)m->fields.items[i].number, i + 1, NULL);
		str_map_put(&m->by_name, m->fields.items[i].name, i + 1, NULL);
	}
}

static void read_body(struct building *b, struct proto_message *m, node_id node, struct str oneof)
{
	facts_each_child(b->f, node, c) {
		switch (node_kind(b->f, c)) {
		case NODE_FIELD:
			add_field(b, m, c, oneof);
			break;
		case NODE_ONEOF:
			facts_each_child(b->f, c, member)
				if (node_kind(b->f, member) == NODE_FIELD)
					add_field(b, m, member, node_name(b->f, c));
			break;
		case NODE_ENUM_VALUE:
			add_value(b, m, c);
			break;
		case NODE_RESERVED:
		case NODE_EXTENSIONS:
			add_reserved(b, c, m, node_kind(b->f, c) == NODE_RESERVED);
			break;
		default:
			break;
		}
	}
}

static void add_message(struct building *b, node_id node, struct str name)
{
	struct proto_contract *c = b->c;
	struct proto_message m = { .place = { b->input, node }, .name = name };
	m.is_enum = node_kind(b->f, node) == NODE_ENUM;
	m.is_extend = node_kind(b->f, node) == NODE_EXTEND;
	m.deprecated = is_deprecated(b->f, node);
	read_body(b, &m, node, STR(""));
	index_fields(&m);
	vec_push(&c->messages, m);
	str_map_put(&c->message_index, name, c->messages.count, NULL);
}

static void add_rpc(struct building *b, struct proto_service *s, node_id node)
{
	const struct facts *f = b->f;
	node_id request = node_child(f, node, PART_REQUEST), response = node_child(f, node, PART_RESPONSE);
	struct proto_rpc rpc = { .place = { b->input, node }, .name = node_name(f, node) };
	rpc.request = request ? node_name(f, request) : STR("");
	rpc.response = response ? node_name(f, response) : STR("");
	rpc.request_stream = request && node_has(f, request, FLAG_STREAM);
	rpc.response_stream = response && node_has(f, response, FLAG_STREAM);
	rpc.idempotency = option_text(f, node, "idempotency_level");
	rpc.deprecated = is_deprecated(f, node);
	vec_push(&s->rpcs, rpc);
}

static void add_service(struct building *b, node_id node, struct str name)
{
	struct proto_contract *c = b->c;
	struct proto_service s = { .place = { b->input, node }, .name = name, .deprecated = is_deprecated(b->f, node) };
	facts_each_child(b->f, node, rpc)
		if (node_kind(b->f, rpc) == NODE_FUNCTION)
			add_rpc(b, &s, rpc);
	vec_push(&c->services, s);
	str_map_put(&c->service_index, name, c->services.count, NULL);
}

/*
 * protoc takes 32 messages in each other. A name that is longer than this is no name of anybody's, and the names in ever deeper
 * messages would together be as long as the square of the file.
 */
enum { LONGEST_NAME = 1024 };

/* Everything below the file in source order; nesting only shows in the names. */
static void read_file(struct building *b)
{
	struct proto_contract *c = b->c;
	struct proto_file *file = &c->files[b->input];
	struct str *scopes = arena_array(c->arena, struct str, b->f->node_count);
	scopes[0] = file->package;
	for (node_id n = 1; n < b->f->node_count; n++) {
		struct str scope = scopes[b->f->nodes[n].parent];
		scopes[n] = scope;
		if (node_name(b->f, n).len + scope.len >= LONGEST_NAME) {
			n = b->f->nodes[n].next - 1;
			continue;
		}
		switch (node_kind(b->f, n)) {
		case NODE_CLASS:
		case NODE_ENUM:
			scopes[n] = qualified(c->arena, scope, node_name(b->f, n));
			add_message(b, n, scopes[n]);
			break;
		case NODE_EXTEND:
			add_message(b, n,
				arena_printf(
					c->arena, "extend %.*s in %.*s", STR_ARG(node_name(b->f, n)), STR_ARG(scope)));
			break;
		case NODE_INTERFACE:
			add_service(b, n, qualified(c->arena, scope, node_name(b->f, n)));
			break;
		default:
			break;
		}
	}
}

static void read_header(struct proto_contract *c, uint32_t input)
{
	const struct facts *f = c->inputs[input].facts;
	struct proto_file *file = &c->files[input];
	file->path = c->inputs[input].path;
	file->package_node = node_child_of_kind(f, 0, NODE_NAMESPACE);
	file->package = file->package_node ? node_name(f, file->package_node) : STR("");
	file->proto3 = str_is(option_text(f, 0, "syntax"), "proto3") || !str_empty(option_text(f, 0, "edition"));
	str_map_put(&c->file_index, file->path, input + 1, NULL);
}

/* ---- names of types ---- */

/* The full name of what is defined as `type` in a scope, or NULL. Both are shorter than LONGEST_NAME. */
static const struct str *defined(const struct proto_contract *c, struct str scope, struct str type)
{
	char name[2 * LONGEST_NAME];
	uint32_t length = scope.len;
	memcpy(name, scope.ptr, scope.len);
	if (length)
		name[length++] = '.';
	memcpy(name + length, type.ptr, type.len);
	const uint32_t *index = str_map_get(&c->message_index, (struct str){ name, length + type.len });
	return index ? &c->messages.items[*index - 1].name : NULL;
}

/* From the innermost scope outwards; what no file here defines stays as it is written. */
static struct str resolve_type(const struct proto_contract *c, struct str scope, struct str type)
{
	if (type.len && type.ptr[0] == '.')
		return str_slice(type, 1, type.len);
	if (str_empty(type) || type.len >= LONGEST_NAME)
		return type;
	for (;; scope = path_parent(scope)) {
		const struct str *found = defined(c, scope, type);
		if (found)
			return *found;
		if (str_empty(scope))
			return type;
	}
}

static struct str resolve_field_type(const struct proto_contract *c, struct str scope, const struct proto_field *field)
{
	if (field->cardinality != PROTO_MAP)
		return resolve_type(c, scope, field->type);
	uint32_t comma = str_find(field->type, ',');
	struct str value = str_slice(field->type, comma + 2, field->type.len - 1);
	return arena_printf(c->arena, "%.*s, %.*s>", STR_ARG(str_slice(field->type, 0, comma)),
		STR_ARG(resolve_type(c, scope, value)));
}

static void resolve_types(struct proto_contract *c)
{
	for (uint32_t i = 0; i < c->messages.count; i++) {
		struct proto_message *m = &c->messages.items[i];
		struct str scope = m->is_extend ? c->files[m->place.input].package : m->name;
		for (uint32_t k = 0; !m->is_enum && k < m->fields.count; k++)
			m->fields.items[k].type = resolve_field_type(c, scope, &m->fields.items[k]);
	}
	for (uint32_t i = 0; i < c->services.count; i++)
		for (uint32_t k = 0; k < c->services.items[i].rpcs.count; k++) {
			struct proto_rpc *rpc = &c->services.items[i].rpcs.items[k];
			rpc->request = resolve_type(c, c->services.items[i].name, rpc->request);
			rpc->response = resolve_type(c, c->services.items[i].name, rpc->response);
		}
}

void proto_contract_build(
	struct proto_contract *c, const struct proto_input *inputs, uint32_t count, struct arena *arena)
{
	*c = (struct proto_contract){ .inputs = inputs, .input_count = count, .arena = arena };
	c->files = arena_array(arena, struct proto_file, count);
	for (uint32_t i = 0; i < count; i++)
		read_header(c, i);
	for (uint32_t i = 0; i < count; i++) {
		struct building b = { c, i, inputs[i].facts };
		read_file(&b);
	}
	resolve_types(c);
}

void proto_contract_release(struct proto_contract *c)
{
	for (uint32_t i = 0; i < c->messages.count; i++) {
		struct proto_message *m = &c->messages.items[i];
		vec_release(&m->fields);
		vec_release(&m->reserved);
		vec_release(&m->extensions);
		vec_release(&m->reserved_names);
		map_release(&m->by_number);
		str_map_release(&m->by_name);
	}
	for (uint32_t i = 0; i < c->services.count; i++)
		vec_release(&c->services.items[i].rpcs);
	vec_release(&c->messages);
	vec_release(&c->services);
	str_map_release(&c->message_index);
	str_map_release(&c->service_index);
	str_map_release(&c->file_index);
}
