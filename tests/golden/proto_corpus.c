/*
 * The tree-sitter corpus of our own proto grammar, run in C: the same trees as `tree-sitter test` expects,
 * without the tool.
 */
#include "markdown.h"

#include <tree_sitter/api.h>

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_FILES = 64 };

const TSLanguage *tree_sitter_proto(void);

struct entry {
	struct str title, input, expected;
	uint32_t line;
};

struct corpus {
	struct str rest;
	uint32_t line; /* lines taken so far */
};

static bool is_rule(struct str line, char mark)
{
	line = str_trim(line);
	for (uint32_t i = 0; i < line.len; i++)
		if (line.ptr[i] != mark)
			return false;
	return line.len >= 3;
}

static bool take_line(struct corpus *c, struct str *line)
{
	c->line++;
	return str_split(&c->rest, '\n', line);
}

/* Up to a line of nothing but marks, which is taken too (or left, before a title). */
static struct str take_until(struct corpus *c, char mark, bool leave)
{
	const char *start = c->rest.ptr;
	struct str line;
	while (c->rest.len) {
		struct corpus before = *c;
		take_line(c, &line);
		if (!is_rule(line, mark))
			continue;
		struct str taken = { start, (uint32_t)(line.ptr - start) };
		if (leave)
			*c = before;
		return taken;
	}
	return (struct str){ start, (uint32_t)(c->rest.ptr - start) };
}

static bool next_entry(struct corpus *c, struct entry *entry)
{
	take_until(c, '=', false);
	if (!c->rest.len)
		return false;
	entry->line = c->line + 1;
	entry->title = str_trim(take_until(c, '=', false));
	entry->input = take_until(c, '-', false);
	entry->expected = take_until(c, '=', true);
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Runs of blanks become one, none stands inside a bracket. */
static void normalise(struct str text, struct buf *out)
{
	text = str_trim(text);
	for (uint32_t i = 0; i < text.len; i++) {
		if (!is_space(text.ptr[i])) {
			buf_add_char(out, text.ptr[i]);
			continue;
		}
		while (is_space(text.ptr[i + 1]))
			i++;
		if (text.ptr[i + 1] != ')' && out->ptr[out->len - 1] != '(')
			buf_add_char(out, ' ');
	}
}

static bool check_entry(const char *path, const struct entry *entry)
{
	TSParser *parser = ts_parser_new();
	assert_true(ts_parser_set_language(parser, tree_sitter_proto()));
	TSTree *tree = ts_parser_parse_string(parser, NULL, entry->input.ptr, entry->input.len);
	char *tree_text = ts_node_string(ts_tree_root_node(tree));
	struct buf expected = { 0 }, actual = { 0 };
	normalise(entry->expected, &expected);
	normalise(str_from(tree_text), &actual);
	bool same = str_eq(buf_str(&expected), buf_str(&actual));
	if (!same)
		print_error("%s:%u: %.*s\n  - %s\n  + %s\n", path, entry->line, STR_ARG(entry->title),
			buf_cstr(&expected), buf_cstr(&actual));
	buf_release(&expected);
	buf_release(&actual);
	free(tree_text);
	ts_tree_delete(tree);
	ts_parser_delete(parser);
	return same;
}

static void trees_are_as_expected(void **state)
{
	const char *path = *state;
	struct buf text = { 0 };
	assert_true(markdown_read_file(path, &text));
	struct corpus corpus = { .rest = buf_str(&text) };
	struct entry entry;
	uint32_t failed = 0, count = 0;
	for (; next_entry(&corpus, &entry); count++)
		failed += !check_entry(path, &entry);
	buf_release(&text);
	assert_true(count > 0);
	assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
	glob_t files = { 0 };
	char pattern[4096];
	snprintf(pattern, sizeof(pattern), "%s/*.txt", argc > 1 ? argv[1] : BYLAW_PROTO_CORPUS);
	if (glob(pattern, 0, NULL, &files) != 0 || files.gl_pathc > MOST_FILES) {
		fprintf(stderr, "%s: no corpus, or too many files\n", pattern);
		return 1;
	}
	struct CMUnitTest tests[MOST_FILES] = { 0 };
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const char *name = strrchr(files.gl_pathv[i], '/');
		tests[i] = (struct CMUnitTest){ .name = name ? name + 1 : files.gl_pathv[i],
			.test_func = trees_are_as_expected,
			.initial_state = files.gl_pathv[i] };
	}
	int failed = cmocka_run_group_tests_name("proto corpus", tests, NULL, NULL);
	globfree(&files);
	return failed != 0;
}
