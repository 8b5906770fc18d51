/* Build step: rules/rules.def and rules/<area>/<name>.md → one C file with the pages. embed_pages OUT FILE…
 */
#include "base/buf.h"
#include "base/mem.h"

#include <assert.h>
#include <stdio.h>

#define RULE(symbol) #symbol,
static const char *const symbols[] = {
#include "rules.def"
};
#undef RULE

enum { COUNT = sizeof(symbols) / sizeof(*symbols) };

static bool read_whole(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "rb");
	size_t got;
	if (!file)
		return false;
	while ((got = fread(buf_reserve(out, 65536), 1, 65536, file)) > 0)
		out->len += (uint32_t)got;
	bool ok = !ferror(file);
	return fclose(file) == 0 && ok;
}

/* "…/rules/node/no-console.c" → "node_no_console" */
static void symbol_of(const char *path, struct buf *out)
{
	assert(path);
	struct str p = str_from(path);
	uint32_t dot = str_rfind(p, '.'), slash = str_rfind(p, '/');
	uint32_t before = str_rfind(str_slice(p, 0, slash), '/');
	buf_clear(out);
	for (uint32_t i = before + 1; i < dot; i++)
		buf_add_char(out, p.ptr[i] == '/' || p.ptr[i] == '-' ? '_' : p.ptr[i]);
}

static const char *find_page(const char *symbol, char **files, int count, const char *ending)
{
	struct buf name = { 0 };
	const char *found = NULL;
	for (int i = 0; i < count && !found; i++) {
		symbol_of(files[i], &name);
		if (str_ends(str_from(files[i]), str_from(ending)) && str_is(buf_str(&name), symbol))
			found = files[i];
	}
	buf_release(&name);
	return found;
}

static bool has_row(const char *path)
{
	struct buf name = { 0 };
	bool found = false;
	symbol_of(path, &name);
	for (unsigned i = 0; i < COUNT; i++)
		found |= str_is(buf_str(&name), symbols[i]);
	buf_release(&name);
	return found;
}

/* As an array of characters: string literals may not be as long as a page. */
static void write_page(FILE *out, unsigned index, struct str text)
{
	fprintf(out, "static const char page_%u[] = {", index);
	for (uint32_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		fprintf(out, c < 0x80 ? "%s%u," : "%s'\\x%x',", i % 24 ? "" : "\n\t", c);
	}
	fputs("\n\t0\n};\n", out);
}

/* Each row has its .c and .md, each .c and .md its row. */
static bool complete(char **files, int count)
{
	bool ok = true;
	for (unsigned i = 0; i < COUNT; i++) {
		static const char *const endings[] = { ".c", ".md" };
		for (unsigned e = 0; e < 2; e++)
			if (!find_page(symbols[i], files, count, endings[e])) {
				fprintf(stderr, "rules.def has a row %s, but there is no %s file for it\n", symbols[i],
					endings[e]);
				ok = false;
			}
	}
	for (int i = 0; i < count; i++)
		if (!has_row(files[i])) {
			fprintf(stderr, "%s has no row in rules/rules.def\n", files[i]);
			ok = false;
		}
	return ok;
}

static bool write_pages(FILE *out, char **files, int count)
{
	bool ok = true;
	fputs("/* Made from the rules' pages by embed_pages; do not edit. */\n#include <stddef.h>\n\n"
	      "extern const char *const rule_pages[];\n\n",
		out);
	for (unsigned i = 0; i < COUNT; i++) {
		const char *page = find_page(symbols[i], files, count, ".md");
		struct buf text = { 0 };
		if (!read_whole(page, &text)) {
			fprintf(stderr, "%s cannot be read\n", page);
			ok = false;
		}
		write_page(out, i, buf_str(&text));
		buf_release(&text);
	}
	fputs("const char *const rule_pages[] = {\n", out);
	for (unsigned i = 0; i < COUNT; i++)
		fprintf(out, "\tpage_%u,\n", i);
	fputs("};\n", out);
	return ok;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("embed_pages OUT FILE…\n", stderr);
		return 1;
	}
	if (!complete(argv + 2, argc - 2))
		return 1;
	FILE *out = fopen(argv[1], "wb");
	if (!out) {
		fprintf(stderr, "%s cannot be written\n", argv[1]);
		return 1;
	}
	bool ok = write_pages(out, argv + 2, argc - 2);
	if (fclose(out) == 0 && ok)
		return 0;
	remove(argv[1]);
	return 1;
}
