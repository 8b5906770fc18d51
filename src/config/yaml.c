#include "config/yaml.h"

#include "base/line.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <yaml.h>

/* libyaml's words for what people get wrong, in ours. */
static const struct {
	const char *theirs, *ours;
} problems[] = {
	{ "mapping values are not allowed in this context",
		"no key can stand here; check the indentation, or quote the text" },
	{ "could not find expected ':'", "expected `:` after the key" },
	{ "did not find expected key", "expected a key here; check the indentation" },
	{ "did not find expected '-' indicator", "expected `- ` here; check the indentation" },
	{ "did not find expected ',' or ']'", "a `,` is missing, or `[` is not closed" },
	{ "did not find expected ',' or '}'", "a `,` is missing, or `{` is not closed" },
	{ "did not find expected node content", "expected a value" },
	{ "found unexpected end of stream", "the quotation mark is not closed" },
	{ "found unknown escape character", "unknown escape; in single quotes a backslash is just a backslash" },
	{ "did not find expected alphabetic or numeric character", "quote text that begins with `*` or `&`" },
	{ "block sequence entries are not allowed in this context",
		"a list cannot begin here; put it on its own line" },
};

enum { MESSAGE_TEXT = 60 };

struct builder {
	struct arena *arena;
	struct str path, bytes;
	const struct yaml_limits *limits;
	struct err *err;
	yaml_parser_t parser;
	struct yaml_node *root;
	struct yaml_node **open; /* the collections around the current node, outermost first */
	struct yaml_node **keys; /* for each, the key that waits for its value */
	uint32_t depth, nodes, documents;
	uint32_t bom; /* bytes before `bytes` */
	uint32_t index, offset; /* libyaml counts characters: character `index` is byte `offset` */
};

static bool fail_at(struct err *err, struct str path, uint32_t line, uint32_t column, const char *message)
{
	struct buf name = { 0 };
	utf8_add_visible(&name, path, 200);
	err_set(err, "%s:%u:%u: %s", buf_cstr(&name), line, column, message);
	buf_release(&name);
	return false;
}

bool yaml_fail(struct err *err, struct str path, const struct yaml_node *node, const char *format, ...)
{
	char message[sizeof(err->message)];
	va_list args;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return fail_at(err, path, node->line, node->column, message);
}

static bool fail_mark(struct builder *b, const yaml_mark_t *mark, const char *message)
{
	return fail_at(b->err, b->path, (uint32_t)mark->line + 1, (uint32_t)mark->column + 1, message);
}

/* libyaml refuses these too, but without a line. */
static bool check_text(struct builder *b)
{
	uint32_t line = 1, column = 1, code, length;
	char message[80];
	if (str_starts(b->bytes, STR("\xFF\xFE")) || str_starts(b->bytes, STR("\xFE\xFF")))
		return fail_at(b->err, b->path, 1, 1, "this is UTF-16; save the file as UTF-8");
	for (uint32_t at = 0; at < b->bytes.len; at += length, column++) {
		length = utf8_next(b->bytes, at, &code);
		if (code == '\n') {
			line++;
			column = 0;
		} else if (code == UTF8_BAD) {
			snprintf(message, sizeof(message), "the byte \\x%02x is not UTF-8; save the file as UTF-8",
				(unsigned)(uint8_t)b->bytes.ptr[at]);
			return fail_at(b->err, b->path, line, column, message);
		} else if ((code < 0x20 && code != '\t' && code != '\r') ||
			   (code >= 0x7F && code < 0xA0 && code != 0x85)) {
			snprintf(message, sizeof(message), "the control character U+%04X is not allowed", code);
			return fail_at(b->err, b->path, line, column, message);
		}
	}
	return true;
}

/* Marks come in order, so the whole document is walked once. */
static uint32_t byte_offset(struct builder *b, const yaml_mark_t *mark)
{
	if (mark->index < b->index)
		b->index = b->offset = 0;
	for (uint32_t code; b->index < mark->index && b->offset < b->bytes.len; b->index++)
		b->offset += utf8_next(b->bytes, b->offset, &code);
	return b->offset;
}

static bool fail_parser(struct builder *b)
{
	const yaml_mark_t *mark = &b->parser.problem_mark;
	bool at_end = byte_offset(b, mark) == b->bytes.len;
	if (at_end && b->parser.context)
		mark = &b->parser.context_mark; /* what was not closed */
	const char *problem = b->parser.problem ? b->parser.problem : "not YAML";
	uint32_t at = byte_offset(b, mark);
	if (at < b->bytes.len && b->bytes.ptr[at] == '\t')
		return fail_mark(b, mark, "a tab cannot indent YAML; use spaces");
	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
		if (strcmp(problem, problems[i].theirs) == 0)
			problem = problems[i].ours;
	return fail_mark(b, mark, problem);
}

static bool fail_limit(struct builder *b, const yaml_mark_t *mark, const char *what, uint32_t limit)
{
	char message[80];
	snprintf(message, sizeof(message), "%s than %u", what, limit);
	return fail_mark(b, mark, message);
}

static bool attach(struct builder *b, struct yaml_node *node, const yaml_mark_t *mark)
{
	if (!b->depth) {
		b->root = node;
		return true;
	}
	struct yaml_node *parent = b->open[b->depth - 1];
	struct yaml_node **key = &b->keys[b->depth - 1];
	if (parent->kind == YAML_MAP && !*key) {
		if (node->kind != YAML_SCALAR)
			return fail_mark(b, mark, "a key must be plain text");
		*key = node;
		return true;
	}
	node->key = *key;
	*key = NULL;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
	parent->count++;
	return true;
}

static struct yaml_node *add_node(struct builder *b, const yaml_event_t *event, enum yaml_kind kind)
{
	if (b->nodes++ == b->limits->nodes) {
		fail_limit(b, &event->start_mark, "more keys and values", b->limits->nodes);
		return NULL;
	}
	struct yaml_node *node = arena_new(b->arena, struct yaml_node);
	node->kind = kind;
	node->line = (uint32_t)event->start_mark.line + 1;
	node->column = (uint32_t)event->start_mark.column + 1;
	node->start = b->bom + byte_offset(b, &event->start_mark);
	node->end = node->start;
	return attach(b, node, &event->start_mark) ? node : NULL;
}

static bool refuse_marks(
	struct builder *b, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		return fail_mark(b, &event->start_mark,
			"anchors and aliases are not supported; quote text that begins with `*` or `&`");
	return !tag || fail_mark(b, &event->start_mark, "tags are not supported; quote text that begins with `!`");
}

static bool on_scalar(struct builder *b, const yaml_event_t *event)
{
	if (!refuse_marks(b, event, event->data.scalar.anchor, event->data.scalar.tag))
		return false;
	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	if (memchr(text, '\0', len))
		return fail_mark(b, &event->start_mark, "a NUL character is not allowed");
	struct yaml_node *node = add_node(b, event, YAML_SCALAR);
	if (!node)
		return false;
	node->text = arena_str(b->arena, (struct str){ text, (uint32_t)len });
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->end = b->bom + byte_offset(b, &event->end_mark);
	return true;
}

static bool on_open(struct builder *b, const yaml_event_t *event, enum yaml_kind kind)
{
	bool is_map = kind == YAML_MAP;
	if (!refuse_marks(b, event, is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
		    is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag))
		return false;
	if (b->depth == b->limits->depth)
		return fail_limit(b, &event->start_mark, "nested deeper", b->limits->depth);
	struct yaml_node *node = add_node(b, event, kind);
	if (!node)
		return false;
	b->keys[b->depth] = NULL;
	b->open[b->depth++] = node;
	return true;
}

static bool check_keys(struct builder *b, const struct yaml_node *map)
{
	struct str_map lines = { 0 };
	const struct yaml_node *again = NULL;
	uint32_t before = 0;
	yaml_each(map, value) {
		bool added;
		uint32_t *line = str_map_put(&lines, value->key->text, value->key->line, &added);
		if (added)
			continue;
		again = value->key;
		before = *line;
		break;
	}
	str_map_release(&lines);
	if (!again)
		return true;
	struct buf key = { 0 };
	utf8_add_visible(&key, again->text, MESSAGE_TEXT);
	yaml_fail(b->err, b->path, again, "the key \"%s\" is already on line %u; keep one", buf_cstr(&key), before);
	buf_release(&key);
	return false;
}

/* A block ends where its last child ends: its own mark stands behind the comments that follow. */
static bool on_close(struct builder *b, const yaml_event_t *event)
{
	struct yaml_node *node = b->open[--b->depth];
	bool is_flow = event->end_mark.index > event->start_mark.index;
	node->end = is_flow || !node->last ? b->bom + byte_offset(b, &event->end_mark) : node->last->end;
	return node->kind != YAML_MAP || check_keys(b, node);
}

static bool on_document(struct builder *b, const yaml_event_t *event)
{
	if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
		return fail_mark(b, &event->start_mark, "tags are not supported");
	if (b->documents++)
		return fail_mark(b, &event->start_mark, "only one document is allowed; remove the second `---`");
	return true;
}

static bool on_event(struct builder *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return on_document(b, event);
	case YAML_ALIAS_EVENT:
		return refuse_marks(b, event, event->data.alias.anchor, NULL);
	case YAML_SCALAR_EVENT:
		return on_scalar(b, event);
	case YAML_MAPPING_START_EVENT:
		return on_open(b, event, YAML_MAP);
	case YAML_SEQUENCE_START_EVENT:
		return on_open(b, event, YAML_LIST);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return on_close(b, event);
	default:
		return true;
	}
}

static bool read_events(struct builder *b)
{
	for (bool more = true; more;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&b->parser, &event))
			return fail_parser(b);
		more = event.type != YAML_STREAM_END_EVENT;
		bool good = on_event(b, &event);
		yaml_event_delete(&event);
		if (!good)
			return false;
	}
	return true;
}

bool yaml_parse(struct arena *arena, struct str path, struct str bytes, const struct yaml_limits *limits,
	struct yaml_node **root, struct err *err)
{
	struct builder b = { .arena = arena, .path = path, .bytes = bytes, .limits = limits, .err = err };
	b.bom = bom_length(bytes);
	b.bytes = str_slice(bytes, b.bom, bytes.len);
	*root = NULL;
	if (!check_text(&b))
		return false;
	b.open = arena_array(arena, struct yaml_node *, limits->depth + 1);
	b.keys = arena_array(arena, struct yaml_node *, limits->depth + 1);
	if (!yaml_parser_initialize(&b.parser))
		return err_set(err, "out of memory");
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)b.bytes.ptr, b.bytes.len);
	bool good = read_events(&b);
	yaml_parser_delete(&b.parser);
	if (good && b.root && !yaml_is_null(b.root))
		*root = b.root;
	return good;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key)
{
	yaml_each(map, value)
		if (str_eq(value->key->text, key))
			return value;
	return NULL;
}

bool yaml_is_null(const struct yaml_node *node)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };
	if (node->kind != YAML_SCALAR || !node->plain)
		return false;
	for (size_t i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++)
		if (str_is(node->text, nulls[i]))
			return true;
	return false;
}
