#include "facts/codec.h"

enum { MAGIC = 0x46594c42 }; /* "BLYF" */

struct header {
	uint32_t magic, version, language, source_len, error_bytes;
	uint32_t nodes, imports, exports, comments, errors, lines, strings, text;
	uint32_t reserved;
};

static struct str bytes_of(const void *items, size_t size)
{
	return (struct str){ items, (uint32_t)size };
}

#define ITEMS(vec) bytes_of((vec).items, sizeof(*(vec).items) * (vec).count)

void facts_encode(const struct facts_builder *b, struct buf *out)
{
	const struct header header = {
		.magic = MAGIC,
		.version = FACTS_VERSION,
		.language = b->language,
		.source_len = b->source_len,
		.error_bytes = b->error_bytes,
		.nodes = b->nodes.count,
		.imports = b->imports.count,
		.exports = b->exports.count,
		.comments = b->comments.count,
		.errors = b->errors.count,
		.lines = b->lines.count,
		.strings = b->strings.ends.count,
		.text = b->strings.text.len,
	};
	buf_add(out, bytes_of(&header, sizeof(header)));
	buf_add(out, ITEMS(b->nodes));
	buf_add(out, ITEMS(b->imports));
	buf_add(out, ITEMS(b->exports));
	buf_add(out, ITEMS(b->comments));
	buf_add(out, ITEMS(b->errors));
	buf_add(out, ITEMS(b->lines));
	buf_add(out, ITEMS(b->strings.ends));
	buf_add(out, buf_str(&b->strings.text));
}

/* Cuts `count` items of `size` bytes off the front of *rest. */
static const void *take(struct str *rest, uint32_t count, size_t size, bool *ok)
{
	uint64_t bytes = (uint64_t)count * size;
	if (bytes > rest->len) {
		*ok = false;
		return NULL;
	}
	const void *start = rest->ptr;
	rest->ptr += bytes;
	rest->len -= (uint32_t)bytes;
	return start;
}

static bool lay_out(struct str bytes, const struct header *h, struct facts *f)
{
	struct str rest = bytes;
	bool ok = true;
	take(&rest, 1, sizeof(*h), &ok);
	f->nodes = take(&rest, h->nodes, sizeof(struct node), &ok);
	f->imports = take(&rest, h->imports, sizeof(struct import), &ok);
	f->exports = take(&rest, h->exports, sizeof(struct export), &ok);
	f->comments = take(&rest, h->comments, sizeof(struct comment), &ok);
	f->errors = take(&rest, h->errors, sizeof(struct facts_error), &ok);
	f->lines = take(&rest, h->lines, sizeof(uint32_t), &ok);
	f->string_ends = take(&rest, h->strings, sizeof(uint32_t), &ok);
	f->text = take(&rest, h->text, 1, &ok);
	f->node_count = h->nodes;
	f->import_count = h->imports;
	f->export_count = h->exports;
	f->comment_count = h->comments;
	f->error_count = h->errors;
	f->line_count = h->lines;
	f->string_count = h->strings;
	f->text_len = h->text;
	f->source_len = h->source_len;
	f->language = h->language;
	f->error_bytes = h->error_bytes;
	return ok && rest.len == 0;
}

static bool ascending(const uint32_t *numbers, uint32_t count, uint32_t most)
{
	uint32_t last = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (numbers[i] < last || numbers[i] > most)
			return false;
		last = numbers[i];
	}
	return true;
}

static bool range_sound(const struct facts *f, uint32_t start, uint32_t end)
{
	return start <= end && end <= f->source_len;
}

/* Pre-order: a node's parent is the nearest earlier node that still reaches over it. */
static bool nodes_sound(const struct facts *f)
{
	if (!f->node_count || f->nodes[0].next != f->node_count || f->nodes[0].kind != NODE_FILE)
		return false;
	node_id expected = 0;
	for (node_id id = 0; id < f->node_count; id++) {
		const struct node *n = &f->nodes[id];
		while (id && f->nodes[expected].next <= id)
			expected = f->nodes[expected].parent;
		if (n->kind >= NODE_KIND_COUNT || n->part >= NODE_PART_COUNT || n->name >= f->string_count)
			return false;
		if (n->next <= id || n->next > f->nodes[expected].next || n->parent != expected)
			return false;
		if (!range_sound(f, n->start, n->end))
			return false;
		expected = id;
	}
	return true;
}

static bool tables_sound(const struct facts *f)
{
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *m = &f->imports[i];
		if (m->node >= f->node_count || m->module >= f->string_count || m->imported >= f->string_count ||
			m->local >= f->string_count)
			return false;
	}
	for (uint32_t i = 0; i < f->export_count; i++) {
		const struct export *e = &f->exports[i];
		if (e->node >= f->node_count || e->name >= f->string_count || e->local >= f->string_count ||
			e->module >= f->string_count)
			return false;
	}
	for (uint32_t i = 0; i < f->comment_count; i++)
		if (f->comments[i].text >= f->string_count || !range_sound(f, f->comments[i].start, f->comments[i].end))
			return false;
	for (uint32_t i = 0; i < f->error_count; i++)
		if (!range_sound(f, f->errors[i].start, f->errors[i].end))
			return false;
	return true;
}

bool facts_decode(struct str bytes, struct facts *out, struct err *err)
{
	struct header header;
	if (bytes.len < sizeof(header))
		return err_set(err, "facts: too short");
	memcpy(&header, bytes.ptr, sizeof(header));
	if (header.magic != MAGIC || header.version != FACTS_VERSION)
		return err_set(err, "facts: another version");
	if (!lay_out(bytes, &header, out))
		return err_set(err, "facts: wrong length");
	bool sound = header.language < LANGUAGE_COUNT && header.lines && header.strings && out->string_ends[0] == 0 &&
		     ascending(out->lines, out->line_count, out->source_len) &&
		     ascending(out->string_ends, out->string_count, out->text_len) && nodes_sound(out) &&
		     tables_sound(out);
	return sound || err_set(err, "facts: damaged");
}
