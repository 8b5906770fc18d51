#include "facts/dump.h"

static const char *const flag_names[32] = {
#define X(id, bit, name) [bit] = name,
	NODE_FLAGS(X)
#undef X
};

static void add_quoted(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (uint32_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c == '\n')
			buf_add_text(out, "\\n");
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\x%02x", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

static void dump_node(const struct facts *f, node_id id, struct buf *out)
{
	const struct node *n = facts_node(f, id);
	for (uint16_t i = 1; i < n->depth && i < 64; i++)
		buf_add_text(out, "  ");
	if (n->part)
		buf_printf(out, "%s: ", node_part_name((enum node_part)n->part));
	buf_add_text(out, node_kind_name((enum node_kind)n->kind));
	if (n->name) {
		buf_add_char(out, ' ');
		add_quoted(out, facts_str(f, n->name));
	}
	for (unsigned bit = 0; bit < 32; bit++)
		if (n->flags >> bit & 1 && flag_names[bit])
			buf_printf(out, " +%s", flag_names[bit]);
	buf_printf(out, "  @%u:%u\n", facts_line(f, n->start), facts_column(f, n->start));
}

static void dump_imports(const struct facts *f, struct buf *out)
{
	static const char *const names[] = { "type_only", "glob", "dynamic", "require", "lazy", "side_effect",
		"guarded", "absolute" };
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *m = &f->imports[i];
		buf_add_text(out, "import ");
		for (uint8_t dot = 0; dot < m->level; dot++)
			buf_add_char(out, '.');
		add_quoted(out, facts_str(f, m->module));
		buf_printf(out, " %.*s as %.*s", STR_ARG(facts_str(f, m->imported)), STR_ARG(facts_str(f, m->local)));
		for (unsigned bit = 0; bit < sizeof(names) / sizeof(*names); bit++)
			if (m->flags >> bit & 1)
				buf_printf(out, " +%s", names[bit]);
		buf_add_char(out, '\n');
	}
}

static void dump_exports(const struct facts *f, struct buf *out)
{
	for (uint32_t i = 0; i < f->export_count; i++) {
		const struct export *e = &f->exports[i];
		buf_printf(out, "export %.*s = %.*s", STR_ARG(facts_str(f, e->name)), STR_ARG(facts_str(f, e->local)));
		if (e->module) {
			buf_add_text(out, " from ");
			add_quoted(out, facts_str(f, e->module));
		}
		buf_add_text(out, e->flags & EXPORT_STAR ? " +star" : "");
		buf_add_text(out, e->flags & EXPORT_TYPE_ONLY ? " +type_only\n" : "\n");
	}
}

void facts_dump(const struct facts *f, struct buf *out)
{
	for (node_id id = 1; id < f->node_count; id++)
		dump_node(f, id, out);
	dump_imports(f, out);
	dump_exports(f, out);
	for (uint32_t i = 0; i < f->comment_count; i++) {
		buf_printf(out, "comment %u%s ", facts_line(f, f->comments[i].start),
			f->comments[i].trailing ? " +trailing" : "");
		add_quoted(out, facts_str(f, f->comments[i].text));
		buf_add_char(out, '\n');
	}
	for (uint32_t i = 0; i < f->error_count; i++)
		buf_printf(out, "error %u\n", facts_line(f, f->errors[i].start));
}
