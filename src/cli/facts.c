/* bylaw facts FILE: what a file says, one node a line. */
#include "cli/cli.h"
#include "facts/codec.h"
#include "facts/dump.h"
#include "parse/parse.h"
#include "source/disk.h"
#include "source/language.h"

#include "base/path.h"

static int print_facts(struct str path, struct str bytes)
{
	struct parser *parser = parser_new();
	struct buf encoded = { 0 }, out = { 0 };
	struct facts facts;
	struct err err = { 0 };
	int status;
	enum language language = language_by_name(path);
	if (language == LANGUAGE_NONE)
		language = language_by_content(path, bytes);
	enum skip_reason skip = language ? parse_file(parser, language, bytes, &encoded) : SKIP_NONE;
	if (!language)
		status = cli_usage("%.*s: of no language bylaw reads", STR_ARG(path));
	else if (skip != SKIP_NONE)
		status = cli_usage("%.*s: %s", STR_ARG(path), skip_reason_text(skip));
	else if (!facts_decode(buf_str(&encoded), &facts, &err))
		status = cli_fail(&err);
	else {
		facts_dump(&facts, &out);
		status = cli_print(buf_str(&out));
	}
	parser_free(parser);
	buf_release(&encoded);
	buf_release(&out);
	return status;
}

int command_facts(int argc, char **argv)
{
	if (argc != 2)
		return cli_usage("bylaw facts takes a file");
	struct err err = { 0 };
	if (!cli_takes_file(argv[1], &err))
		return cli_fail(&err);
	struct arena arena = { 0 };
	struct str path = str_from(argv[1]), dir = path_dir(path);
	if (str_empty(dir))
		dir = path.len && path.ptr[0] == '/' ? STR("/") : STR(".");
	struct buf bytes = { 0 };
	struct source_file file = { .path = path_name(path) };
	parse_init();
	struct source *source = disk_source_open(arena_str(&arena, dir).ptr, NULL, 0, &err);
	enum skip_reason skip = source ? source_read(source, &file, &bytes) : SKIP_NONE;
	int status = !source             ? cli_fail(&err)
		     : skip != SKIP_NONE ? cli_usage("%s: %s", argv[1], skip_reason_text(skip))
					 : print_facts(path, buf_str(&bytes));
	source_close(source);
	buf_release(&bytes);
	arena_release(&arena);
	return status;
}
