/* Tables of what calls mean. */
#ifndef BYLAW_TESTS_MEANINGS_H
#define BYLAW_TESTS_MEANINGS_H

#include "pieces.h"

struct meaning_row {
	const char *files, *call, *means; /* the call is looked for in the first file */
};

static inline node_id find_call(const struct facts *f, const char *name)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL && str_is(node_name(f, n), name))
			return n;
	return 0;
}

/* "library net/http.Get", "declared src/b.ts:2", "builtin print", "local", "module", "unknown" */
static inline void describe_meaning(const struct model *m, struct meaning means, struct buf *out)
{
	static const char *const names[] = { "unknown", "local", "declared", "module", "library", "builtin" };
	buf_add_text(out, names[means.kind]);
	if (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN)
		buf_printf(out, " %.*s", STR_ARG(means.name));
	if (means.kind == MEANS_DECLARATION) {
		const struct model_file *file = model_file(m, means.file);
		buf_printf(out, " %.*s:%u", STR_ARG(file->path),
			facts_line(&file->facts, file->facts.nodes[means.node].start));
	}
}

static inline file_id first_file(const struct model *m, const char *files)
{
	struct str path = str_from(files);
	return model_find_file(m, str_slice(path, 0, str_find(path, '\n')));
}

static inline void check_meanings(const struct meaning_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, rows[i].files);
		file_id file = first_file(p.result.model, rows[i].files);
		node_id call = find_call(&model_file(p.result.model, file)->facts, rows[i].call);
		assert_int_not_equal(call, 0);
		describe_meaning(p.result.model, model_meaning(p.result.model, file, call), &found);
		if (!str_is(buf_str(&found), rows[i].means))
			print_message("row %zu: %s in %s\n", i, rows[i].call, rows[i].files);
		assert_string_equal(buf_cstr(&found), rows[i].means);
		buf_release(&found);
		project_close(&p);
	}
}

#define CHECK_MEANINGS(rows) check_meanings(rows, sizeof(rows) / sizeof(*(rows)))

#endif
