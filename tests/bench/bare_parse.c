/*
 * The floor bylaw is measured against: the same files, read and parsed by the same tree-sitter runtime as it comes,
 * and nothing else. bare_parse ROOT [THREADS]
 */
#include "base/threads.h"
#include "parse/grammar.h"
#include "source/disk.h"
#include "source/language.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_THREADS = 256 };

static const struct grammar *const grammars[LANGUAGE_COUNT] = {
#define X(ID, id, name, files) [LANGUAGE_##ID] = &grammar_##id,
	LANGUAGES(X)
#undef X
};

struct run {
	struct source *source;
	struct source_files files;
	struct worker {
		TSParser *parser;
		struct buf bytes, code; /* of components, their scripts */
		uint64_t lines, size;
		uint32_t files;
	} workers[MOST_THREADS];
};

static void count_lines(struct worker *w)
{
	for (uint32_t i = 0; i < w->bytes.len; i++)
		w->lines += w->bytes.ptr[i] == '\n';
	w->size += w->bytes.len;
	w->files++;
}

static void parse(void *context, uint32_t worker, uint32_t index)
{
	struct run *run = context;
	struct worker *w = &run->workers[worker];
	const struct source_file *file = &run->files.list.items[index];
	if (file->skip != SKIP_NONE || source_read(run->source, file, &w->bytes) != SKIP_NONE)
		return;
	enum language language = file->language ? file->language : language_by_content(file->path, buf_str(&w->bytes));
	enum file_class class = classify(file->path, language, buf_str(&w->bytes)).class;
	if (!language || class == CLASS_MINIFIED || class == CLASS_TEMPLATE)
		return;
	struct buf *code = &w->bytes;
	if (grammars[language]->embeds) {
		code = &w->code;
		buf_clear(code);
		language = grammars[language]->embeds(buf_str(&w->bytes), code);
	}
	if (!grammars[language]->language)
		return;
	ts_parser_set_language(w->parser, grammars[language]->language());
	ts_tree_delete(ts_parser_parse_string(w->parser, NULL, code->ptr, code->len));
	count_lines(w);
}

int main(int argc, char **argv)
{
	static struct run run;
	struct err err = { 0 };
	uint32_t threads = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
	run.source = argc > 1 ? disk_source_open(argv[1], NULL, 0, &err) : NULL;
	if (!run.source || !source_list(run.source, &run.files, &err) || threads < 1 || threads > MOST_THREADS) {
		fprintf(stderr, "bare_parse ROOT [THREADS]: %s\n", err.message);
		return 2;
	}
	for (uint32_t i = 0; i < threads; i++)
		run.workers[i].parser = ts_parser_new();
	threads_each(threads, run.files.list.count, parse, &run);
	struct worker sum = { 0 };
	for (uint32_t i = 0; i < threads; i++) {
		sum.files += run.workers[i].files;
		sum.lines += run.workers[i].lines;
		sum.size += run.workers[i].size;
		ts_parser_delete(run.workers[i].parser);
		buf_release(&run.workers[i].bytes);
		buf_release(&run.workers[i].code);
	}
	printf("%u files %llu lines %llu bytes\n", sum.files, (unsigned long long)sum.lines,
		(unsigned long long)sum.size);
	source_files_release(&run.files);
	source_close(run.source);
	return 0;
}
