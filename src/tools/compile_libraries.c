/* Build step: rules/libraries/<language>/<library>.yaml → one C file of tables. compile_libraries OUT FILE… */
#include "base/buf.h"
#include "base/intern.h"
#include "model/library_yaml.h"

#include <stdio.h>

struct output {
	struct intern texts;
	struct buf attributes, entries, modules;
	uint32_t entry_count, module_count, attribute_texts;
};

static void write_entry(void *context, enum library_family family, const struct library_entry *entry)
{
	struct output *o = context;
	buf_printf(&o->entries, "\t{ %u, %u, %u, %d, %d },\n", intern_id(&o->texts, entry->name), o->attribute_texts,
		entry->attribute_count, (int)entry->role, (int)family);
	for (uint32_t i = 0; i < entry->attribute_count * 2; i++)
		buf_printf(&o->attributes, "%u, ", intern_id(&o->texts, entry->attributes[i]));
	if (entry->attribute_count)
		buf_add_char(&o->attributes, '\n');
	o->attribute_texts += entry->attribute_count * 2;
	o->entry_count++;
}

static void write_module(void *context, enum library_family family, struct str module, enum role role)
{
	struct output *o = context;
	buf_printf(&o->modules, "\t{ %u, %d, %d },\n", intern_id(&o->texts, module), (int)role, (int)family);
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

/* As single characters: a literal may not be as long as all of them together. */
static void write_texts(FILE *out, const struct intern *texts)
{
	uint32_t end = 0;
	fprintf(out, "const char library_bytes[] = {\n");
	for (uint32_t id = 1; id < texts->strings.count; id++) {
		struct str text = intern_str(texts, id);
		for (uint32_t i = 0; i < text.len; i++)
			fprintf(out, "'\\x%02x',", (unsigned char)text.ptr[i]);
		fputc('\n', out);
	}
	fprintf(out, "0 };\nconst uint32_t library_text_ends[] = { 0");
	for (uint32_t id = 1; id < texts->strings.count; id++)
		fprintf(out, ",\n%u", end += intern_str(texts, id).len);
	fprintf(out, " };\n");
}

static bool write_tables(const char *path, const struct output *o)
{
	FILE *out = fopen(path, "wb");
	if (!out)
		return false;
	fprintf(out,
		"/* Made from rules/libraries/ by compile_libraries; do not edit. */\n#include \"model/libraries_table.h\"\n\n");
	write_texts(out, &o->texts);
	fprintf(out, "const uint32_t library_attributes[] = {\n%.*s0 };\n", STR_ARG(buf_str(&o->attributes)));
	fprintf(out, "const uint32_t library_attribute_texts = %u;\n", o->attribute_texts);
	fprintf(out, "const struct table_entry library_entries[] = {\n%.*s\t{ 0, 0, 0, 0, 0 }\n};\n",
		STR_ARG(buf_str(&o->entries)));
	fprintf(out, "const uint32_t library_entry_count = %u;\n", o->entry_count);
	fprintf(out, "const struct table_module library_modules[] = {\n%.*s\t{ 0, 0, 0 }\n};\n",
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
	intern_release(&o.texts);
	buf_release(&o.attributes);
	buf_release(&o.entries);
	buf_release(&o.modules);
	return ok ? 0 : 1;
}
