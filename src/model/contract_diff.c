/* What changed between two revisions of the protos, by the rules of the wire and of JSON. */
#include "model/contract_proto.h"

struct diff {
	const struct proto_contract *base, *head;
	struct arena *arena;
	VEC(struct proto_change) changes;
	/* by base input: the head's package when the same file has another one; else its own */
	struct str *packages;
	bool *gone; /* by base input: the whole file, with nothing of it elsewhere */
	bool *defines; /* by base input: it defines something at all */
};

/* ---- adding changes ---- */

static struct proto_change *add(struct diff *d, enum proto_change_kind kind, const struct proto_place *base)
{
	struct proto_change change = { .kind = kind, .file = NO_FILE, .base_file = NO_FILE };
	if (base) {
		change.base_file = d->base->inputs[base->input].file;
		change.base_node = base->node;
	}
	vec_push(&d->changes, change);
	return &vec_last(&d->changes);
}

static struct proto_change *at(struct diff *d, struct proto_change *change, const struct proto_place *head)
{
	change->file = d->head->inputs[head->input].file;
	change->node = head->node;
	return change;
}

static struct str number_text(struct diff *d, int64_t number)
{
	return arena_printf(d->arena, "%lld", (long long)number);
}

/* ---- pairing ---- */

/* A name of the base as the head calls it, when its file's package was renamed. */
static struct str renamed(struct diff *d, uint32_t input, struct str name)
{
	struct str before = d->base->files[input].package, after = d->packages[input];
	if (str_eq(before, after) || !str_starts(name, before))
		return name;
	struct str rest = str_slice(name, before.len + (before.len > 0), name.len);
	return str_empty(after) ? rest : arena_printf(d->arena, "%.*s.%.*s", STR_ARG(after), STR_ARG(rest));
}

/* The same for a type, whose file may be any. */
static struct str renamed_type(struct diff *d, struct str type)
{
	const uint32_t *index = str_map_get(&d->base->message_index, type);
	return index ? renamed(d, d->base->messages.items[*index - 1].place.input, type) : type;
}

static const struct proto_message *head_message(struct diff *d, const struct proto_message *m)
{
	const uint32_t *index = str_map_get(&d->head->message_index, renamed(d, m->place.input, m->name));
	const struct proto_message *found = index ? &d->head->messages.items[*index - 1] : NULL;
	return found && found->is_enum == m->is_enum ? found : NULL;
}

static const struct proto_service *head_service(struct diff *d, const struct proto_service *s)
{
	const uint32_t *index = str_map_get(&d->head->service_index, renamed(d, s->place.input, s->name));
	return index ? &d->head->services.items[*index - 1] : NULL;
}

static const struct proto_field *by_number(const struct proto_message *m, int64_t number)
{
	const uint32_t *index = map_get(&m->by_number, (uint64_t)number);
	return index ? &m->fields.items[*index - 1] : NULL;
}

static const struct proto_field *by_name(const struct proto_message *m, struct str name)
{
	const uint32_t *index = str_map_get(&m->by_name, name);
	return index ? &m->fields.items[*index - 1] : NULL;
}

static bool in_ranges(const struct proto_range *ranges, uint32_t count, int64_t number)
{
	for (uint32_t i = 0; i < count; i++)
		if (number >= ranges[i].from && number <= ranges[i].to)
			return true;
	return false;
}

static bool number_reserved(const struct proto_message *m, int64_t number)
{
	return in_ranges(m->reserved.items, m->reserved.count, number);
}

static bool name_reserved(const struct proto_message *m, struct str name)
{
	for (uint32_t i = 0; i < m->reserved_names.count; i++)
		if (str_eq(m->reserved_names.items[i], name))
			return true;
	return false;
}

/* ---- types ---- */

/* Types that may stand for each other on the wire and in JSON; every other type stands alone. */
static const char *const groups[][2] = { { "int32", "uint32" }, { "int64", "uint64" }, { "fixed32", "sfixed32" },
	{ "fixed64", "sfixed64" } };

static bool in_group(const char *const group[2], struct str type)
{
	return str_is(type, group[0]) || str_is(type, group[1]);
}

/* An enum may take another's place under the same short name when it has all its values. */
static bool enum_grew(struct diff *d, struct str before, struct str after)
{
	const uint32_t *b = str_map_get(&d->base->message_index, before),
		       *h = str_map_get(&d->head->message_index, after);
	if (!b || !h || !str_eq(path_last(before), path_last(after)))
		return false;
	const struct proto_message *from = &d->base->messages.items[*b - 1], *to = &d->head->messages.items[*h - 1];
	if (!from->is_enum || !to->is_enum)
		return false;
	for (uint32_t i = 0; i < from->fields.count; i++)
		if (!by_number(to, from->fields.items[i].number))
			return false;
	return true;
}

static bool same_type(struct diff *d, struct str before, struct str after)
{
	if (str_eq(renamed_type(d, before), after) || enum_grew(d, before, after))
		return true;
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (in_group(groups[i], before) && in_group(groups[i], after))
			return true;
	return false;
}

/* ---- fields ---- */

/* The oneof has another name now, and the old name is gone: the same oneof. */
static bool oneof_renamed(const struct proto_message *head, struct str before)
{
	for (uint32_t i = 0; i < head->fields.count; i++)
		if (str_eq(head->fields.items[i].oneof, before))
			return false;
	return true;
}

static struct proto_change *field_change(struct diff *d, enum proto_change_kind kind, const struct proto_message *m,
	const struct proto_field *b, const struct proto_field *h)
{
	struct proto_change *change = at(d, add(d, kind, &b->place), &h->place);
	change->parent = m->name;
	change->name = b->name;
	change->was_deprecated = b->deprecated;
	return change;
}

static const char *cardinality_name(enum proto_cardinality cardinality)
{
	static const char *const names[] = { "singular", "required", "repeated", "map" };
	return names[cardinality];
}

static void compare_field(struct diff *d, const struct proto_message *m, const struct proto_message *head,
	const struct proto_field *b, const struct proto_field *h)
{
	if (b->cardinality != h->cardinality) {
		struct proto_change *change = field_change(d, PROTO_FIELD_CARDINALITY_CHANGED, m, b, h);
		change->before = str_from(cardinality_name(b->cardinality));
		change->after = str_from(cardinality_name(h->cardinality));
	} else if (!same_type(d, b->type, h->type)) {
		struct proto_change *change = field_change(d, PROTO_FIELD_TYPE_CHANGED, m, b, h);
		change->before = b->type;
		change->after = h->type;
	}
	bool both = !str_empty(b->oneof) && !str_empty(h->oneof);
	if (!str_eq(b->oneof, h->oneof) && !(both && oneof_renamed(head, b->oneof))) {
		struct proto_change *change = field_change(d, PROTO_FIELD_ONEOF_CHANGED, m, b, h);
		change->before = b->oneof;
		change->after = h->oneof;
	}
	if (!str_eq(b->json_name, h->json_name)) {
		struct proto_change *change = field_change(d, PROTO_FIELD_JSON_NAME_CHANGED, m, b, h);
		change->before = b->json_name;
		change->after = h->json_name;
	}
	if (!str_eq(b->fallback, h->fallback)) {
		struct proto_change *change = field_change(d, PROTO_FIELD_DEFAULT_CHANGED, m, b, h);
		change->before = b->fallback;
		change->after = h->fallback;
	}
}

static void field_gone(struct diff *d, const struct proto_message *m, const struct proto_message *head,
	const struct proto_field *b, enum proto_change_kind kind)
{
	struct proto_change *change = at(d, add(d, kind, &b->place), &head->place);
	change->parent = m->name;
	change->name = b->name;
	change->before = number_text(d, b->number);
	change->number_reserved = number_reserved(head, b->number);
	change->name_reserved = name_reserved(head, b->name);
	change->was_deprecated = b->deprecated;
}

static void renumbered(struct diff *d, enum proto_change_kind kind, const struct proto_message *m,
	const struct proto_field *b, const struct proto_field *h)
{
	struct proto_change *change = field_change(d, kind, m, b, h);
	change->before = number_text(d, b->number);
	change->after = number_text(d, h->number);
}

/* The number belongs to a field of another name: renamed when it is alike, else used for something new. */
static void other_name(struct diff *d, const struct proto_message *m, const struct proto_message *base,
	const struct proto_message *head, const struct proto_field *b, const struct proto_field *h)
{
	if (by_name(base, h->name)) {
		field_gone(d, m, head, b, PROTO_FIELD_DELETED); /* h is renumbered, and says so itself */
		return;
	}
	bool alike = b->cardinality == h->cardinality && same_type(d, b->type, h->type);
	struct proto_change *change = field_change(d, alike ? PROTO_FIELD_RENAMED : PROTO_FIELD_REUSED, m, b, h);
	change->before = alike ? b->name : b->type;
	change->after = h->name;
}

static void compare_fields(struct diff *d, const struct proto_message *base, const struct proto_message *head)
{
	for (uint32_t i = 0; i < base->fields.count; i++) {
		const struct proto_field *b = &base->fields.items[i];
		const struct proto_field *named = by_name(head, b->name), *numbered = by_number(head, b->number);
		if (named && named->number == b->number)
			compare_field(d, base, head, b, named);
		else if (named)
			renumbered(d, PROTO_FIELD_RENUMBERED, base, b, named);
		else if (numbered)
			other_name(d, base, base, head, b, numbered);
		else
			field_gone(d, base, head, b, base->is_extend ? PROTO_EXTENSION_DELETED : PROTO_FIELD_DELETED);
	}
	for (uint32_t i = 0; i < head->fields.count; i++) {
		const struct proto_field *h = &head->fields.items[i];
		if (h->cardinality != PROTO_REQUIRED || by_name(base, h->name) || by_number(base, h->number))
			continue;
		struct proto_change *change = at(d, add(d, PROTO_REQUIRED_ADDED, &base->place), &h->place);
		change->parent = base->name;
		change->name = h->name;
	}
}

/* ---- enum values: a number may have several names ---- */

static bool number_has_name(const struct proto_message *m, int64_t number, struct str name)
{
	const struct proto_field *value = by_name(m, name);
	return value && value->number == number;
}

static void compare_values(struct diff *d, const struct proto_message *base, const struct proto_message *head)
{
	for (uint32_t i = 0; i < base->fields.count; i++) {
		const struct proto_field *b = &base->fields.items[i];
		const struct proto_field *named = by_name(head, b->name), *numbered = by_number(head, b->number);
		if (number_has_name(head, b->number, b->name))
			continue;
		if (named) {
			renumbered(d, PROTO_ENUM_VALUE_RENUMBERED, base, b, named);
		} else if (numbered && !by_name(base, numbered->name)) {
			struct proto_change *change = field_change(d, PROTO_ENUM_VALUE_RENAMED, base, b, numbered);
			change->before = b->name;
			change->after = numbered->name;
		} else {
			field_gone(d, base, head, b, PROTO_ENUM_VALUE_DELETED);
		}
	}
}

/* ---- reserved and extension ranges ---- */

/* The first number of the range that the other list does not hold; false when it holds all. */
static bool first_missing(struct proto_range range, const struct proto_range *ranges, uint32_t count, int64_t *missing)
{
	*missing = range.from;
	bool moved = true;
	while (moved && *missing <= range.to) {
		moved = false;
		for (uint32_t i = 0; i < count; i++)
			if (*missing >= ranges[i].from && *missing <= ranges[i].to) {
				*missing = ranges[i].to + 1;
				moved = true;
			}
	}
	return *missing <= range.to;
}

static void compare_ranges(struct diff *d, enum proto_change_kind kind, const struct proto_message *base,
	const struct proto_message *head, bool reserved)
{
	uint32_t count = reserved ? base->reserved.count : base->extensions.count;
	for (uint32_t i = 0; i < count; i++) {
		struct proto_range range = reserved ? base->reserved.items[i] : base->extensions.items[i];
		int64_t missing;
		bool gone = reserved ? first_missing(range, head->reserved.items, head->reserved.count, &missing)
				     : first_missing(range, head->extensions.items, head->extensions.count, &missing);
		if (!gone)
			continue;
		const struct proto_field *user = by_number(head, missing);
		struct proto_change *change = at(d, add(d, kind, &base->place), user ? &user->place : &head->place);
		change->parent = base->name;
		change->name = user ? user->name : STR("");
		change->before = number_text(d, missing);
	}
}

static void compare_reserved_names(struct diff *d, const struct proto_message *base, const struct proto_message *head)
{
	for (uint32_t i = 0; i < base->reserved_names.count; i++) {
		struct str name = base->reserved_names.items[i];
		if (name_reserved(head, name))
			continue;
		const struct proto_field *user = by_name(head, name);
		struct proto_change *change = at(
			d, add(d, PROTO_RESERVED_DROPPED, &base->place), user ? &user->place : &head->place);
		change->parent = base->name;
		change->name = user ? user->name : STR("");
		change->before = arena_printf(d->arena, "\"%.*s\"", STR_ARG(name));
	}
}

/* ---- messages, enums, services ---- */

/* Where the deletion of a top-level or nested element is reported: its parent, else its file's package line. */
static void place_deletion(struct diff *d, struct proto_change *change, const struct proto_place *base, struct str name)
{
	const uint32_t *parent = str_map_get(&d->head->message_index, renamed(d, base->input, path_parent(name)));
	const uint32_t *file = str_map_get(&d->head->file_index, d->base->files[base->input].path);
	if (parent) {
		at(d, change, &d->head->messages.items[*parent - 1].place);
	} else if (file) {
		struct proto_place place = { *file - 1, d->head->files[*file - 1].package_node };
		at(d, change, &place);
	}
}

/* Has the element's own parent gone too? Then that one is reported. */
static bool parent_gone(struct diff *d, const struct proto_message *m)
{
	const uint32_t *index = str_map_get(&d->base->message_index, path_parent(m->name));
	return index && !head_message(d, &d->base->messages.items[*index - 1]);
}

static void element_deleted(
	struct diff *d, enum proto_change_kind kind, const struct proto_place *place, struct str name, bool deprecated)
{
	struct proto_change *change = add(d, kind, place);
	change->name = name;
	change->was_deprecated = deprecated;
	place_deletion(d, change, place, name);
}

static void compare_message(struct diff *d, const struct proto_message *m)
{
	const struct proto_message *head = head_message(d, m);
	if (!head && m->is_extend) {
		for (uint32_t i = 0; i < m->fields.count; i++)
			element_deleted(d, PROTO_EXTENSION_DELETED, &m->fields.items[i].place, m->fields.items[i].name,
				m->fields.items[i].deprecated);
	} else if (!head) {
		if (!parent_gone(d, m))
			element_deleted(d, m->is_enum ? PROTO_ENUM_DELETED : PROTO_MESSAGE_DELETED, &m->place, m->name,
				m->deprecated);
	} else {
		if (m->is_enum)
			compare_values(d, m, head);
		else
			compare_fields(d, m, head);
		compare_ranges(d, PROTO_RESERVED_DROPPED, m, head, true);
		compare_ranges(d, PROTO_EXTENSIONS_DROPPED, m, head, false);
		compare_reserved_names(d, m, head);
	}
}

static struct proto_change *rpc_change(struct diff *d, enum proto_change_kind kind, const struct proto_service *s,
	const struct proto_rpc *b, const struct proto_rpc *h)
{
	struct proto_change *change = at(d, add(d, kind, &b->place), &h->place);
	change->parent = s->name;
	change->name = b->name;
	return change;
}

static const char *streaming(const struct proto_rpc *rpc)
{
	static const char *const names[2][2] = { { "unary", "server streaming" },
		{ "client streaming", "bidirectional streaming" } };
	return names[rpc->request_stream][rpc->response_stream];
}

static void compare_rpc(
	struct diff *d, const struct proto_service *s, const struct proto_rpc *b, const struct proto_rpc *h)
{
	struct proto_change *change;
	if (!str_eq(renamed_type(d, b->request), h->request)) {
		change = rpc_change(d, PROTO_RPC_REQUEST_CHANGED, s, b, h);
		change->before = b->request;
		change->after = h->request;
	}
	if (!str_eq(renamed_type(d, b->response), h->response)) {
		change = rpc_change(d, PROTO_RPC_RESPONSE_CHANGED, s, b, h);
		change->before = b->response;
		change->after = h->response;
	}
	if (b->request_stream != h->request_stream || b->response_stream != h->response_stream) {
		change = rpc_change(d, PROTO_RPC_STREAMING_CHANGED, s, b, h);
		change->before = str_from(streaming(b));
		change->after = str_from(streaming(h));
	}
	if (!str_eq(b->idempotency, h->idempotency)) {
		change = rpc_change(d, PROTO_RPC_IDEMPOTENCY_CHANGED, s, b, h);
		change->before = b->idempotency;
		change->after = h->idempotency;
	}
}

static void compare_service(struct diff *d, const struct proto_service *s)
{
	const struct proto_service *head = head_service(d, s);
	struct str_map names = { 0 };
	if (!head) {
		element_deleted(d, PROTO_SERVICE_DELETED, &s->place, s->name, s->deprecated);
		return;
	}
	for (uint32_t i = 0; i < head->rpcs.count; i++)
		str_map_put(&names, head->rpcs.items[i].name, i, NULL);
	for (uint32_t i = 0; i < s->rpcs.count; i++) {
		const struct proto_rpc *b = &s->rpcs.items[i];
		const uint32_t *index = str_map_get(&names, b->name);
		if (index) {
			compare_rpc(d, s, b, &head->rpcs.items[*index]);
			continue;
		}
		struct proto_change *change = at(d, add(d, PROTO_RPC_DELETED, &b->place), &head->place);
		change->parent = s->name;
		change->name = b->name;
		change->was_deprecated = b->deprecated;
	}
	str_map_release(&names);
}

/* ---- files ---- */

/* A file whose path is gone, and none of whose elements lives on elsewhere. */
static void find_gone_files(struct diff *d)
{
	for (uint32_t i = 0; i < d->base->input_count; i++)
		d->gone[i] = !str_map_get(&d->head->file_index, d->base->files[i].path);
	for (uint32_t i = 0; i < d->base->messages.count; i++) {
		uint32_t input = d->base->messages.items[i].place.input;
		d->defines[input] = true;
		if (head_message(d, &d->base->messages.items[i]))
			d->gone[input] = false;
	}
	for (uint32_t i = 0; i < d->base->services.count; i++) {
		uint32_t input = d->base->services.items[i].place.input;
		d->defines[input] = true;
		if (head_service(d, &d->base->services.items[i]))
			d->gone[input] = false;
	}
}

static void compare_packages(struct diff *d)
{
	for (uint32_t i = 0; i < d->base->input_count; i++) {
		const struct proto_file *b = &d->base->files[i];
		const uint32_t *index = str_map_get(&d->head->file_index, b->path);
		d->packages[i] = index ? d->head->files[*index - 1].package : b->package;
		if (str_eq(d->packages[i], b->package))
			continue;
		struct proto_place base = { i, b->package_node },
				   head = { *index - 1, d->head->files[*index - 1].package_node };
		struct proto_change *change = at(d, add(d, PROTO_PACKAGE_CHANGED, &base), &head);
		change->before = b->package;
		change->after = d->packages[i];
	}
}

static void report_gone_files(struct diff *d)
{
	for (uint32_t i = 0; i < d->base->input_count; i++) {
		struct proto_place place = { i, d->base->files[i].package_node };
		if (d->gone[i] && d->defines[i])
			add(d, PROTO_FILE_DELETED, &place)->name = d->base->files[i].path;
	}
}

void proto_contract_diff(const struct proto_contract *base, const struct proto_contract *head, struct arena *arena,
	struct proto_change **changes, uint32_t *count)
{
	struct diff d = { .base = base, .head = head, .arena = arena };
	d.packages = arena_array(arena, struct str, base->input_count);
	d.gone = arena_array(arena, bool, base->input_count);
	d.defines = arena_array(arena, bool, base->input_count);
	compare_packages(&d);
	find_gone_files(&d);
	report_gone_files(&d);
	for (uint32_t i = 0; i < base->messages.count; i++)
		if (!d.gone[base->messages.items[i].place.input])
			compare_message(&d, &base->messages.items[i]);
	for (uint32_t i = 0; i < base->services.count; i++)
		if (!d.gone[base->services.items[i].place.input])
			compare_service(&d, &base->services.items[i]);
	*count = d.changes.count;
	*changes = arena_array(arena, struct proto_change, d.changes.count);
	if (d.changes.count)
		memcpy(*changes, d.changes.items, sizeof(**changes) * d.changes.count);
	vec_release(&d.changes);
}
