/* Where the first import (or re-export) of a small project's first file leads. */
#ifndef BYLAW_TESTS_IMPORTS_H
#define BYLAW_TESTS_IMPORTS_H

#include "unit/pieces.h"

struct import_case {
	const char *files; /* pieces, the importing file first */
	const char *leads; /* a path, "library", "asset", or why it is unresolved */
};

static inline struct import_link first_link(const struct model *m, file_id file)
{
	const struct facts *f = &model_file(m, file)->facts;
	if (f->import_count)
		return model_import(m, file, 0);
	for (uint32_t i = 0; i < f->export_count; i++)
		if (f->exports[i].module)
			return model_reexport(m, file, i);
	fail_msg("%.*s imports nothing", STR_ARG(model_file(m, file)->path));
	return (struct import_link){ 0 };
}

static inline struct str describe_link(const struct model *m, struct import_link link)
{
	static const char *const targets[] = {
		[IMPORT_PACKAGE] = "package", [IMPORT_LIBRARY] = "library", [IMPORT_ASSET] = "asset"
	};
	if (link.target == IMPORT_UNRESOLVED)
		return str_from(import_cause_text(link.cause));
	return link.target == IMPORT_FILE ? model_file(m, link.file)->path : str_from(targets[link.target]);
}

static inline void check_imports(const struct import_case *cases, size_t count)
{
	unsigned failed = 0;
	for (size_t i = 0; i < count; i++) {
		struct project p;
		project_open(&p, cases[i].files);
		struct str importer = str_from(cases[i].files);
		file_id file = model_find_file(p.result.model, str_slice(importer, 0, str_find(importer, '\n')));
		struct str leads = describe_link(p.result.model, first_link(p.result.model, file));
		if (!str_is(leads, cases[i].leads)) {
			print_message("%s\nleads to %.*s, not %s\n", cases[i].files, STR_ARG(leads), cases[i].leads);
			failed++;
		}
		project_close(&p);
	}
	assert_int_equal(failed, 0);
}

#define CHECK_IMPORTS(cases) check_imports((cases), sizeof(cases) / sizeof(*(cases)))

#endif
