/* Any bytes in any language give facts that open. The first byte picks the language. */
#include "fuzz.h"

#include "facts/codec.h"
#include "facts/dump.h"
#include "golden/goldens.h"
#include "parse/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parser *parser;
	if (!parser) {
		parse_init();
		parser = parser_new();
	}
	if (size == 0 || size > 1024 * 1024)
		return 0;
	enum language language = (enum language)(1 + data[0] % (LANGUAGE_COUNT - 1));
	struct str bytes = { (const char *)data + 1, (uint32_t)size - 1 };
	struct buf encoded = { 0 }, text = { 0 };
	struct facts facts;
	if (parse_file(parser, language, bytes, &encoded) == SKIP_NONE) {
		if (!facts_decode(buf_str(&encoded), &facts, NULL))
			abort();
		facts_dump(&facts, &text);
	}
	buf_release(&encoded);
	buf_release(&text);
	return 0;
}

void fuzz_seeds(const char *goldens, void (*add)(const uint8_t *data, size_t size))
{
	glob_t pages;
	golden_pages(goldens, &pages);
	for (size_t i = 0; i < pages.gl_pathc; i++) {
		struct buf page = { 0 }, input = { 0 };
		struct markdown markdown;
		struct golden golden;
		markdown_read_file(pages.gl_pathv[i], &page);
		markdown_init(&markdown, buf_str(&page));
		while (golden_next(&markdown, &golden)) {
			enum language language = golden_language(markdown_language(&golden.code));
			buf_clear(&input);
			buf_add_char(&input, (char)(language ? language - 1 : 0));
			buf_add(&input, golden.code.body);
			add((const uint8_t *)input.ptr, input.len);
		}
		buf_release(&page);
		buf_release(&input);
	}
	globfree(&pages);
}
