#include <bylaw/contract.h>
#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "a field is never deleted, reserved or not" },
	{ 0 },
};

/* What a change means to those who still speak the old contract. {p}arent, {n}ame, {b}efore, {a}fter. */
static const struct row {
	enum severity severity, deprecated; /* when the element was deprecated in the base */
	const char *text;
} rows[] = {
	[PROTO_PACKAGE_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"the package {b} is now {a}: every rpc path and full type name in it changes (§28). Keep {b}, and put the new "
		"version beside it." },
	[PROTO_FILE_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"{n} is gone with everything it defines: clients built from it find nothing (§28). Keep it, and mark what is in "
		"it deprecated." },
	[PROTO_MESSAGE_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"the message {n} is gone: clients still send and expect it (§28). Keep it, with option deprecated = true." },
	[PROTO_ENUM_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"the enum {n} is gone: clients still send its values (§28). Keep it, with option deprecated = true." },
	[PROTO_SERVICE_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"the service {n} is gone: its clients get UNIMPLEMENTED (§28). Keep it, with option deprecated = true." },
	[PROTO_RPC_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"the rpc {p}.{n} is gone: its clients get UNIMPLEMENTED (§28). Keep it, with option deprecated = true." },
	[PROTO_FIELD_RENUMBERED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was field {b} and is now {a}: old clients read the wrong field (§28). Keep {b}, or reserve it and add a "
		"field of a new name." },
	[PROTO_FIELD_RENAMED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{b} is now called {a}: JSON clients and field masks still say {b} (§28). Keep the name, or reserve it and "
		"add a new field." },
	[PROTO_FIELD_REUSED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"the number of {p}.{n} ({b}) now belongs to {a}: old data is read as the new field (§28). Reserve the number and "
		"give {a} a new one." },
	[PROTO_FIELD_TYPE_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was {b} and is now {a}: the two are not compatible on the wire and in JSON (§28). Deprecate it and add a "
		"field of the new type." },
	[PROTO_FIELD_CARDINALITY_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was {b} and is now {a}: old clients read it wrongly (§28). Deprecate it and add a new field." },
	[PROTO_FIELD_ONEOF_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} moved into, out of or between oneofs: setting it now clears, or no longer clears, its neighbours (§28). "
		"Add a new field instead." },
	[PROTO_FIELD_JSON_NAME_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was \"{b}\" in JSON and is now \"{a}\": JSON clients lose the field (§28). Keep the json_name." },
	[PROTO_FIELD_DEFAULT_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"the default of {p}.{n} changed: old and new programs read an absent field differently (§28). Keep it." },
	[PROTO_REQUIRED_ADDED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} is new and required: every message written before lacks it and no longer parses (§28). Make it optional." },
	[PROTO_RESERVED_DROPPED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p} no longer reserves {b}: it can be given to another field, which old data would be read as (§29). Keep it "
		"reserved." },
	[PROTO_ENUM_VALUE_RENAMED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{b} is now called {a}: JSON clients still send {b} (§28). Keep it; with allow_alias both names can stand." },
	[PROTO_ENUM_VALUE_RENUMBERED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was {b} and is now {a}: old clients mean another value (§28). Keep {b}." },
	[PROTO_RPC_REQUEST_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} takes {a} instead of {b}: old clients send what the server no longer reads (§28). Add a new rpc." },
	[PROTO_RPC_RESPONSE_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} returns {a} instead of {b}: old clients cannot read the answer (§28). Add a new rpc." },
	[PROTO_RPC_STREAMING_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p}.{n} was {b} and is now {a}: old clients cannot call it (§28). Add a new rpc." },
	[PROTO_RPC_IDEMPOTENCY_CHANGED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"the idempotency level of {p}.{n} changed: clients retry or cache by it (§28). Keep it, or add a new rpc." },
	[PROTO_EXTENSIONS_DROPPED] = { SEVERITY_ERROR, SEVERITY_ERROR,
		"{p} no longer takes extensions at {b}: those that others defined there do not parse (§28). Keep the range." },
	[PROTO_EXTENSION_DELETED] = { SEVERITY_ERROR, SEVERITY_WARNING,
		"the extension {n} is gone: messages that carry it lose it (§28). Keep it, marked deprecated." },
	[PROTO_FIELD_DELETED] = { SEVERITY_ERROR, SEVERITY_ERROR, NULL },
	[PROTO_ENUM_VALUE_DELETED] = { SEVERITY_ERROR, SEVERITY_ERROR, NULL },
};

enum { MESSAGE = 700 };

struct message {
	char text[MESSAGE];
	uint32_t len;
};

static void add(struct message *m, struct str text)
{
	uint32_t room = MESSAGE - 1 - m->len;
	uint32_t len = text.len < room ? text.len : room;
	if (len)
		memcpy(m->text + m->len, text.ptr, len);
	m->len += len;
	m->text[m->len] = '\0';
}

/* The package says nothing to those who work in it. */
static struct str short_name(const struct proto_change *change)
{
	return path_last(change->parent);
}

static void fill(struct message *m, const char *template, const struct proto_change *change)
{
	for (const char *at = template; *at;) {
		const char *brace = strchr(at, '{');
		uint32_t plain = brace ? (uint32_t)(brace - at) : (uint32_t)strlen(at);
		add(m, (struct str){ at, plain });
		if (!brace)
			return;
		struct str value = brace[1] == 'p'   ? short_name(change)
				   : brace[1] == 'n' ? change->name
				   : brace[1] == 'b' ? change->before
						     : change->after;
		add(m, value);
		at = brace + 3;
	}
}

/* A deletion is right when number and name are reserved; what is missing is named. */
static const char *deletion_text(const struct proto_change *change, bool strict)
{
	if (strict && change->number_reserved && change->name_reserved)
		return "{p}.{n} ({b}) was deleted: fields are never deleted (§28, strict). Keep it, marked deprecated.";
	if (change->number_reserved && change->name_reserved)
		return "{p}.{n} ({b}) was deleted without having been deprecated first (§29). It is reserved, so it is safe on "
		       "the wire; a release with deprecated = true gives clients time.";
	if (change->number_reserved)
		return "{p}.{n} ({b}) was deleted and its name is free: another field could take it and JSON clients would mix "
		       "them up (§29). Add reserved \"{n}\";";
	if (change->name_reserved)
		return "{p}.{n} ({b}) was deleted and its number is free: another field could take it and old data would be "
		       "read as that (§29). Add reserved {b};";
	return "{p}.{n} ({b}) was deleted: its number and name can be given to another field, which old data would be read as "
	       "(§28, §29). Add reserved {b}; and reserved \"{n}\";";
}

static bool is_deletion(const struct proto_change *change)
{
	return change->kind == PROTO_FIELD_DELETED || change->kind == PROTO_ENUM_VALUE_DELETED;
}

/* Deprecated first, then deleted with number and name reserved: all that is asked. */
static bool is_right(const struct proto_change *change, bool strict)
{
	return is_deletion(change) && !strict && change->number_reserved && change->name_reserved &&
	       change->was_deprecated;
}

static bool is_foreign(enum file_class class)
{
	return class == CLASS_VENDORED || class == CLASS_GENERATED || class == CLASS_TEST || class == CLASS_EXAMPLE;
}

static void report_change(struct rule_context *c, const struct proto_change *change)
{
	const struct model_file *before = model_base_file(c->model, change->base_file);
	bool strict = rule_option_bool(c, "strict");
	const struct row *row = &rows[change->kind];
	struct message m = { .len = 0 };
	if (is_right(change, strict) || is_foreign(before->class))
		return;
	fill(&m, is_deletion(change) ? deletion_text(change, strict) : row->text, change);
	struct finding *finding = change->file == NO_FILE
					  ? report_base(c, change->base_file, change->base_node, "%s", m.text)
					  : report_in(c, change->file, change->node, "%s", m.text);
	bool reserved = is_deletion(change) && change->number_reserved && change->name_reserved;
	finding_severity(finding, reserved && !strict      ? SEVERITY_NOTE
				  : change->was_deprecated ? row->deprecated
							   : row->severity);
	if (change->file != NO_FILE)
		finding_note_base(c, finding, change->base_file, change->base_node, "as it was");
}

static void check_project(struct rule_context *c)
{
	uint32_t count;
	const struct proto_change *changes = model_proto_changes(c->model, &count);
	for (uint32_t i = 0; i < count; i++)
		report_change(c, &changes[i]);
}

const struct rule rule_grpc_compatible = {
	.id = "grpc/compatible",
	.clauses = "28, 29",
	.title = "A proto stays compatible with what was released",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PROTO),
	.all_classes = true,
	.needs_base = true,
	.options = options,
	.on_project = check_project,
};
