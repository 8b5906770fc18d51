/* Which files of Node run together: what an entry leads to, what leads to a file, and where nobody can tell. */
#include "pieces.h"

enum from { FROM_ENTRY, FROM_FILE };

/* The first file's program, sorted by path; "!" in front of the file that is not followed. */
static const struct {
	enum from from;
	uint32_t most;
	const char *files, *program;
} rows[] = {
	{ FROM_ENTRY, 9, "a.ts\nimport './b';\n--\nb.ts\nexport * from './c';\n--\nc.ts\n--\nd.ts\nimport './a';\n",
		"a.ts b.ts c.ts" },
	{ FROM_FILE, 9, "a.ts\n--\nb.ts\nimport './a';\nimport './c';\n--\nc.ts\n--\nd.ts\n", "a.ts b.ts c.ts" },
	/* types are no part of what runs, nor are tests and other languages */
	{ FROM_ENTRY, 9,
		"a.ts\nimport type { B } from './b';\nexport type { C } from './c';\n--\nb.ts\nexport type B = 1;\n--\nc.ts\nexport "
		"type C = 1;\n",
		"a.ts" },
	{ FROM_FILE, 9, "a.ts\n--\na.test.ts\nimport './a';\n--\nb.py\nimport a\n", "a.ts" },
	{ FROM_ENTRY, 9, "a.ts\nimport './b';\n--\nb.ts\nimport './a';\n", "a.ts b.ts" },
	/* what is not there may do anything */
	{ FROM_ENTRY, 9, "a.ts\nimport './b';\n--\nb.ts\nimport './gone';\n", "a.ts !b.ts" },
	{ FROM_ENTRY, 9, "a.ts\nimport type { G } from './gone';\nimport 'express';\n", "a.ts" },
	{ FROM_ENTRY, 9, "a.ts\nimport './b';\n--\nb.ts\nfunction ( {\n", "a.ts !b.ts" },
	/* more files than are to be followed */
	{ FROM_ENTRY, 2, "a.ts\nimport './b';\n--\nb.ts\nimport './c';\n--\nc.ts\n", "too large" },
	{ FROM_ENTRY, 3, "a.ts\nimport './b';\n--\nb.ts\nimport './c';\n--\nc.ts\n", "a.ts b.ts c.ts" },
};

static void print_program(const struct model *m, const struct program *program, struct buf *out)
{
	if (!program)
		buf_printf(out, "too large");
	for (file_id file = 0; program && file < model_file_count(m); file++)
		if (program->has[file])
			buf_printf(out, "%s%s%.*s", out->len ? " " : "", file == program->unread ? "!" : "",
				STR_ARG(model_file(m, file)->path));
}

static void programs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, rows[i].files);
		const struct model *m = p.result.model;
		file_id first = model_find_file(m, STR("a.ts"));
		struct program *program = rows[i].from == FROM_ENTRY ? model_program_from(m, first, rows[i].most)
								     : model_program_of(m, first, rows[i].most);
		print_program(m, program, &found);
		assert_string_equal(buf_cstr(&found), rows[i].program);
		program_free(program);
		buf_release(&found);
		project_close(&p);
	}
}

static void imported(void **state)
{
	(void)state;
	struct project p;
	project_open(&p,
		"a.ts\nimport './b';\nimport type { C } from './c';\n--\na.test.ts\nimport './a';\n--\nb.ts\n--\nc.ts\nexport type C = "
		"1;\n");
	const struct model *m = p.result.model;
	assert_false(model_is_imported(m, model_find_file(m, STR("a.ts")))); /* by a test alone */
	assert_true(model_is_imported(m, model_find_file(m, STR("b.ts"))));
	assert_false(model_is_imported(m, model_find_file(m, STR("c.ts")))); /* as a type alone */
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(programs), cmocka_unit_test(imported) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
