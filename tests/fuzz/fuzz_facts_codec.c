/* Any bytes are refused, or are facts that every reader can be let loose on. */
#include "fuzz.h"

#include "facts/codec.h"
#include "facts/dump.h"
#include "golden/goldens.h"
#include "parse/parse.h"

#include <stdlib.h>

/* Everything that a rule may do with a node. */
static uint64_t read_node(const struct facts *f, node_id id)
{
	uint64_t sum = node_name(f, id).len + path_last(node_name(f, id)).len + node_function(f, id);
	uint32_t children = 0;
	facts_each_child(f, id, c) {
		if (f->nodes[c].parent != id || ++children > f->node_count)
			abort();
		sum += c;
	}
	return sum + call_arg(f, id, 1) + call_keyword(f, id, STR("timeout")) + facts_line(f, f->nodes[id].end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { MOST_NODES = 512 }; /* deep trees make the readers quadratic; that is not what is tested here */
	static volatile uint64_t sink; /* keeps the reads */
	(void)sink;
	if (size > 1024 * 1024)
		return 0;
	uint64_t *aligned = mem_alloc(size + sizeof(*aligned));
	memcpy(aligned, data, size);
	struct facts facts;
	if (facts_decode((struct str){ (const char *)aligned, (uint32_t)size }, &facts, NULL)) {
		struct buf text = { 0 };
		for (node_id id = 0; id < facts.node_count && facts.node_count <= MOST_NODES; id++)
			sink += read_node(&facts, id);
		facts_dump(&facts, &text);
		buf_release(&text);
	}
	mem_free(aligned);
	return 0;
}

void fuzz_seeds(const char *goldens, void (*add)(const uint8_t *data, size_t size))
{
	parse_init();
	struct parser *parser = parser_new();
	glob_t pages;
	golden_pages(goldens, &pages);
	for (size_t i = 0; i < pages.gl_pathc; i++) {
		struct buf page = { 0 }, encoded = { 0 };
		struct markdown markdown;
		struct golden golden;
		markdown_read_file(pages.gl_pathv[i], &page);
		markdown_init(&markdown, buf_str(&page));
		while (golden_next(&markdown, &golden)) {
			enum language language = golden_language(markdown_language(&golden.code));
			buf_clear(&encoded);
			if (language && parse_file(parser, language, golden.code.body, &encoded) == SKIP_NONE)
				add((const uint8_t *)encoded.ptr, encoded.len);
		}
		buf_release(&page);
		buf_release(&encoded);
	}
	globfree(&pages);
	parser_free(parser);
}
