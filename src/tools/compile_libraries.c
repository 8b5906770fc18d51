/* Build step: rules/libraries/<language>/<library>.yaml → one C file of tables. compile_libraries OUT FILE… */
#include "base/buf.h"
#include "model/library_yaml.h"

#include <stdio.h>

struct output {
	struct buf attributes, entries, modules;
	uint32_t entry_count, module_count, attribute_lists;
};

static void add_literal(struct buf *b, struct str text)
{
	buf_add_text(b, "{ \"");
	for (uint32_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			buf_add_char(b, '\\');
		buf_add_char(b, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	}
	buf_printf(b, "\", %u }", text.len);
}

static void write_entry(void *context, enum library_family family, const struct library_entry *entry)
{
	struct output *o = context;
	buf_add_text(&o->entries, "\t{ { ");
	add_literal(&o->entries, entry->name);
	if (entry->attribute_count) {
		buf_printf(&o->attributes, "static const struct str attributes_%u[] = {", o->attribute_lists);
		for (uint32_t i = 0; i < entry->attribute_count * 2; i++) {
			add_literal(&o->attributes, entry->attributes[i]);
			buf_add_text(&o->attributes, ", ");
		}
		buf_add_text(&o->attributes, "};\n");
		buf_printf(&o->entries, ", (enum role)%d, attributes_%u, %u }", (int)entry->role, o->attribute_lists++,
			entry->attribute_count);
	} else {
		buf_printf(&o->entries, ", (enum role)%d, NULL, 0 }", (int)entry->role);
	}
	buf_printf(&o->entries, ", (enum library_family)%d },\n", (int)family);
	o->entry_count++;
}

static void write_module(void *context, enum library_family family, struct str module, enum role role)
{
	struct output *o = context;
	buf_add_text(&o->modules, "\t{ ");
	add_literal(&o->modules, module);
	buf_printf(&o->modules, ", (enum role)%d, (enum library_family)%d },\n", (int)role, (int)family);
	o->module_count++;
}

static bool read_whole(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	size_t got;
	while ((got = fread(buf_reserve(out, 65536), 1, 65536, file)) > 0)
		out->len += (uint32_t)got;
	bool ok = !ferror(file);
	fclose(file);
	return ok;
}

static bool compile(const char *path, struct output *o)
{
	static const struct yaml_limits limits = { .depth = 16, .nodes = 100000 };
	const struct library_sink sink = { o, write_entry, write_module };
	struct arena arena = { 0 };
	struct buf bytes = { 0 };
	struct err err = { 0 };
	struct yaml_node *root = NULL;
	bool ok = read_whole(path, &bytes) || err_set(&err, "%s: cannot be read", path);
	ok = ok && yaml_parse(&arena, str_from(path), buf_str(&bytes), &limits, &root, &err);
	ok = ok && (root || err_set(&err, "%s: is empty", path));
	ok = ok && library_yaml_read(str_from(path), root, &arena, &sink, &err);
	if (!ok)
		fprintf(stderr, "%s\n", err.message);
	arena_release(&arena);
	buf_release(&bytes);
	return ok;
}

static bool write_tables(const char *path, const struct output *o)
{
	FILE *out = fopen(path, "wb");
	if (!out)
		return false;
	fprintf(out,
		"/* Made from rules/libraries/ by compile_libraries; do not edit. */\n#include \"model/libraries_table.h\"\n\n");
	fprintf(out,
		"%.*s\nconst struct table_entry library_entries[] = {\n%.*s\t{ { { 0 }, ROLE_NONE, 0, 0 }, FAMILY_NODE }\n};\n",
		STR_ARG(buf_str(&o->attributes)), STR_ARG(buf_str(&o->entries)));
	fprintf(out, "const uint32_t library_entry_count = %u;\n", o->entry_count);
	fprintf(out, "const struct table_module library_modules[] = {\n%.*s\t{ { 0 }, ROLE_NONE, FAMILY_NODE }\n};\n",
		STR_ARG(buf_str(&o->modules)));
	fprintf(out, "const uint32_t library_module_count = %u;\n", o->module_count);
	return fclose(out) == 0;
}

int main(int argc, char **argv)
{
	struct output o = { 0 };
	bool ok = argc >= 2;
	for (int i = 2; i < argc; i++)
		ok &= compile(argv[i], &o);
	ok = ok && write_tables(argv[1], &o);
	buf_release(&o.attributes);
	buf_release(&o.entries);
	buf_release(&o.modules);
	return ok ? 0 : 1;
}
