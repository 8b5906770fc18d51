/* Where import paths of Go lead: modules, workspaces, replaces, internal, package clauses. */
#include "pieces.h"

/* "store", ". " for the root, "library", or the cause */
static void describe(const struct model *m, struct import_link link, struct buf *out)
{
	if (link.target == IMPORT_PACKAGE)
		buf_printf(out, "%.*s/", STR_ARG(go_package_folder(m, link.package)));
	else
		buf_add_text(out, link.target == IMPORT_LIBRARY ? "library" : import_cause_text(link.cause));
}

/* The first import of the first file. */
static const struct {
	const char *files, *leads;
} rows[] = {
	{ "a.go\npackage a\nimport \"acme.io/shop/store\"\n--\ngo.mod\nmodule acme.io/shop\n--\nstore/s.go\npackage store\n",
		"store/" },
	{ "a.go\npackage a\nimport \"acme.io/shop/gone\"\n--\ngo.mod\nmodule acme.io/shop\n", "no such module" },
	{ "a.go\npackage a\nimport \"acme.io/shopping/store\"\n--\ngo.mod\nmodule acme.io/shop\n--\nstore/s.go\npackage store\n",
		"library" },
	{ "a.go\npackage a\nimport \"shop/store\"\n--\ngo.mod\nmodule shop\n--\nstore/s.go\npackage store\n",
		"store/" },
	/* the standard library comes first, unless a module's own name begins like it */
	{ "a.go\npackage a\nimport \"log\"\n--\ngo.mod\nmodule log\n--\nl.go\npackage log\n", "library" },
	{ "a.go\npackage a\nimport \"log/sink\"\n--\ngo.mod\nmodule log\n--\nsink/s.go\npackage sink\n", "sink/" },
	/* a nested module cuts its folder out of the one above */
	{ "a.go\npackage a\nimport \"acme.io/shop/api/v1\"\n--\ngo.mod\nmodule acme.io/shop\n--\napi/go.mod\nmodule acme.io/api\n--\n"
	  "api/v1/v.go\npackage v1\n",
		"no such module" },
	{ "a.go\npackage a\nimport \"acme.io/shop/api/v1\"\n--\ngo.mod\nmodule acme.io/shop\n--\napi/go.mod\nmodule "
	  "acme.io/shop/api\n--\napi/v1/v.go\npackage v1\n",
		"api/v1/" },
	/* replace: local folders, one version, another path than the folder's own */
	{ "app/a.go\npackage a\nimport \"github.com/x/y/z\"\n--\napp/go.mod\nmodule app\nreplace github.com/x/y => "
	  "../fork\n--\nfork/go.mod\nmodule github.com/me/y\n--\nfork/z/z.go\npackage z\n",
		"fork/z/" },
	{ "app/a.go\npackage a\nimport \"x.io/y\"\n--\napp/go.mod\nmodule app\nrequire x.io/y v1.0.0\nreplace x.io/y v2.0.0 => "
	  "../y\n--\ny/y.go\npackage y\n",
		"library" },
	{ "app/a.go\npackage a\nimport \"x.io/y\"\n--\napp/go.mod\nmodule app\nrequire x.io/y v1.0.0\nreplace x.io/y v1.0.0 => "
	  "../y\n--\ny/y.go\npackage y\n",
		"y/" },
	{ "app/a.go\npackage a\nimport \"x.io/y\"\n--\napp/go.mod\nmodule app\nreplace x.io/y => github.com/me/y v1.0.0\n",
		"library" },
	/* a workspace joins modules without a dot in their names, and its replaces win */
	{ "app/a.go\npackage a\nimport \"lib/b\"\n--\ngo.work\nuse (\n\t./app\n\t./lib\n)\n--\napp/go.mod\nmodule "
	  "app\n--\nlib/go.mod\nmodule lib\n--\nlib/b/b.go\npackage b\n",
		"lib/b/" },
	{ "app/a.go\npackage a\nimport \"lib/b\"\n--\napp/go.mod\nmodule app\n--\nlib/go.mod\nmodule lib\n--\nlib/b/b.go\npackage b\n",
		"library" },
	{ "app/a.go\npackage a\nimport \"x.io/y\"\n--\ngo.work\nuse ./app\nreplace x.io/y => ./one\n--\napp/go.mod\nmodule "
	  "app\nreplace x.io/y => ../two\n--\none/y.go\npackage y\n--\ntwo/y.go\npackage y\n",
		"one/" },
	{ "app/a.go\npackage a\nimport \"x.io/y\"\n--\ngo.work\nuse (\n./app\n./lib\n)\n--\napp/go.mod\nmodule "
	  "app\n--\nlib/go.mod\nmodule lib\nreplace x.io/y => ../two\n--\ntwo/y.go\npackage y\n",
		"two/" },
	/* a module nearby that nothing joins is the same code; a fixture is not */
	{ "app/a.go\npackage a\nimport \"acme.io/lib\"\n--\napp/go.mod\nmodule app\n--\nlib/go.mod\nmodule acme.io/lib\n--\n"
	  "lib/l.go\npackage lib\n",
		"lib/" },
	{ "app/a.go\npackage a\nimport \"acme.io/lib\"\n--\napp/go.mod\nmodule app\n--\ntestdata/go.mod\nmodule acme.io/lib\n--\n"
	  "testdata/l.go\npackage lib\n",
		"library" },
	{ "two/app/a.go\npackage a\nimport \"acme.io/lib\"\n--\ntwo/app/go.mod\nmodule app\n--\none/lib/go.mod\nmodule "
	  "acme.io/lib\n--\none/lib/l.go\npackage lib\n--\ntwo/lib/go.mod\nmodule acme.io/lib\n--\ntwo/lib/l.go\npackage lib\n",
		"two/lib/" },
	/* internal */
	{ "b/b.go\npackage b\nimport \"acme.io/shop/a/internal/x\"\n--\ngo.mod\nmodule "
	  "acme.io/shop\n--\na/internal/x/x.go\npackage x\n",
		"not exported" },
	{ "a/b/b.go\npackage b\nimport \"acme.io/shop/a/internal/x\"\n--\ngo.mod\nmodule "
	  "acme.io/shop\n--\na/internal/x/x.go\npackage x\n",
		"a/internal/x/" },
	/* a folder without files that an importer sees */
	{ "a.go\npackage a\nimport \"acme.io/shop/t\"\n--\ngo.mod\nmodule acme.io/shop\n--\nt/t_test.go\npackage t\n",
		"no such module" },
	{ "a.go\npackage a\nimport \"acme.io/shop/t\"\n--\ngo.mod\nmodule acme.io/shop\n--\nt/_t.go\npackage t\n",
		"no such module" },
	{ "a.go\npackage a\nimport \"C\"\n--\ngo.mod\nmodule acme.io/shop\n", "library" },
};

static void test_imports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		struct buf leads = { 0 };
		project_open(&p, rows[i].files);
		file_id file = model_find_file(p.result.model, first_path(rows[i].files));
		describe(p.result.model, model_import(p.result.model, file, 0), &leads);
		if (!str_is(buf_str(&leads), rows[i].leads))
			print_message("row %zu: %s\n", i, rows[i].files);
		assert_string_equal(buf_cstr(&leads), rows[i].leads);
		buf_release(&leads);
		project_close(&p);
	}
}

/* What the first file's call `f()`, `x.f()` … means, by file and line. */
static const struct {
	const char *files, *call, *where;
} names[] = {
	/* a clause that says another name than the folder; helpers beside the package; files for other systems */
	{ "a.go\npackage a\nimport \"acme.io/shop/go-store\"\nfunc f() { shopstore.Open() }\n--\ngo.mod\nmodule "
	  "acme.io/shop\n--\ngo-store/s.go\npackage shopstore\nfunc Open() {}\n",
		"shopstore.Open", "go-store/s.go:2" },
	{ "a.go\npackage a\nimport \"acme.io/shop/store\"\nfunc f() { store.Open() }\n--\ngo.mod\nmodule acme.io/shop\n--\n"
	  "store/gen.go\n//go:build ignore\n\npackage main\nfunc main() {}\n--\nstore/s.go\npackage store\nfunc Open() {}\n",
		"store.Open", "store/s.go:2" },
	{ "a.go\npackage a\nimport \"acme.io/shop/store\"\nfunc f() { store.Open() }\n--\ngo.mod\nmodule acme.io/shop\n--\n"
	  "store/s_windows.go\npackage store\nfunc Open() {}\n",
		"store.Open", "store/s_windows.go:2" },
	{ "a.go\npackage a\nimport \"acme.io/shop/store_test\"\nfunc f() { store_test.Open() }\n--\ngo.mod\nmodule "
	  "acme.io/shop\n--\nstore_test/s.go\npackage store_test\nfunc Open() {}\n",
		"store_test.Open", "store_test/s.go:2" },
	{ "a.go\npackage a\nimport . \"acme.io/shop/store\"\nfunc f() { Open() }\n--\ngo.mod\nmodule acme.io/shop\n--\n"
	  "store/s.go\npackage store\nfunc Open() {}\n",
		"Open", "store/s.go:2" },
	/* methods of named types, what is embedded by its name, and from the second of two */
	{ "a.go\npackage a\ntype ID string\nfunc (id ID) Text() {}\nvar id ID\n", "id.Text", "a.go:3" },
	{ "a.go\npackage a\ntype R interface { Find() }\ntype S R\nvar s S\n", "s.Find", "a.go:2" },
	{ "a.go\npackage a\ntype A struct{}\nfunc (a A) One() {}\ntype S struct { *A }\nvar s S\n", "s.A.One",
		"a.go:3" },
	{ "a.go\npackage a\ntype A struct{}\ntype B struct{}\nfunc (b B) Two() {}\ntype S struct { A; B }\nvar s S\n",
		"s.Two", "a.go:4" },
};

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct project p;
		project_open(&p, names[i].files);
		const struct model *m = p.result.model;
		file_id file = model_find_file(m, first_path(names[i].files));
		struct meaning means = model_path_meaning(m, file, 1, str_from(names[i].call));
		if (means.kind != MEANS_DECLARATION)
			print_message("row %zu: %s\n", i, names[i].files);
		assert_int_equal(means.kind, MEANS_DECLARATION);
		const struct model_file *at = model_file(m, means.file);
		struct buf where = { 0 };
		buf_printf(&where, "%.*s:%u", STR_ARG(at->path),
			facts_line(&at->facts, at->facts.nodes[means.node].start));
		assert_string_equal(buf_cstr(&where), names[i].where);
		buf_release(&where);
		project_close(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_imports), cmocka_unit_test(test_names) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
