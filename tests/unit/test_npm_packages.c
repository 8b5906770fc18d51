/* Module names of Node that are packages of the repository: exports, imports, workspaces, entries. */
#include "unit/imports.h"

#define IMPORTS(name) "apps/a/main.ts\nimport '" name "';\n--\n"
#define PACKAGE(json) "libs/b/package.json\n{ \"name\": \"@acme/b\"" json " }\n--\n"
#define FILES(x) "libs/b/" x

static const struct import_case entries[] = {
	{ IMPORTS("@acme/b") PACKAGE("") FILES("index.ts\n"), "libs/b/index.ts" },
	{ IMPORTS("@acme/b") PACKAGE("") FILES("src/index.ts\n"), "libs/b/src/index.ts" },
	{ IMPORTS("@acme/b") PACKAGE(", \"main\": \"dist/main.js\"") FILES("src/main.ts\n"), "libs/b/src/main.ts" },
	{ IMPORTS("@acme/b") PACKAGE(", \"main\": \"./x\", \"types\": \"dist/api.d.ts\"") FILES("src/api.ts\n"),
		"libs/b/src/api.ts" },
	{ IMPORTS("@acme/b") PACKAGE(", \"main\": \"m.js\", \"source\": \"s.ts\"") FILES("m.ts\n--\n") FILES("s.ts\n"),
		"libs/b/s.ts" },
	{ IMPORTS("@acme/b/c") PACKAGE("") FILES("c.ts\n"), "libs/b/c.ts" },
	{ IMPORTS("@acme/b/c") PACKAGE("") FILES("src/c/index.ts\n"), "libs/b/src/c/index.ts" },
	{ IMPORTS("@acme/b/dist/c") PACKAGE("") FILES("src/c.ts\n"), "libs/b/src/c.ts" },
	{ IMPORTS("@acme/b/c") PACKAGE("") FILES("d.ts\n"), "no such file" },
	{ IMPORTS("@acme/b/c") PACKAGE(", \"typesVersions\": { \"*\": { \"*\": [\"lib/*\"] } }") FILES("lib/c.ts\n"),
		"libs/b/lib/c.ts" },
	{ IMPORTS("@acme/bb") PACKAGE("") FILES("index.ts\n"), "library" },
	{ IMPORTS("fs") "libs/b/package.json\n{ \"name\": \"fs\" }\n--\n" FILES("index.ts\n"), "library" },
	{ IMPORTS("node:fs") PACKAGE("") FILES("index.ts\n"), "library" },
	{ IMPORTS("https://x.io/a.ts") PACKAGE("") FILES("index.ts\n"), "library" },
};

#define EXPORTS(json) PACKAGE(", \"exports\": " json)

static const struct import_case exported[] = {
	{ IMPORTS("@acme/b") EXPORTS("\"./x.js\"") FILES("x.ts\n"), "libs/b/x.ts" },
	{ IMPORTS("@acme/b") EXPORTS("{ \".\": \"./dist/x.mjs\" }") FILES("src/x.ts\n--\n") FILES("src/x.mts\n"),
		"libs/b/src/x.mts" },
	{ IMPORTS("@acme/b/c") EXPORTS("{ \"./c\": \"./x.ts\" }") FILES("x.ts\n"), "libs/b/x.ts" },
	{ IMPORTS("@acme/b/c") EXPORTS("{ \"./c\": \"./x.ts?raw#part\" }") FILES("x.ts\n"), "libs/b/x.ts" },
	{ IMPORTS("@acme/b/c") EXPORTS("{ \".\": \"./x.ts\" }") FILES("c.ts\n"), "not exported" },
	{ IMPORTS("@acme/b/c") EXPORTS("\"./x.ts\"") FILES("c.ts\n"), "not exported" },
	/* patterns: the longest text before the star, then the longest key; folders; null */
	{ IMPORTS("@acme/b/f/a") EXPORTS("{ \"./*\": \"./x/*.ts\", \"./f/*\": \"./y/*.ts\" }") FILES("y/a.ts\n"),
		"libs/b/y/a.ts" },
	{ IMPORTS("@acme/b/f/a.js") EXPORTS("{ \"./f/*\": \"./x/*\", \"./f/*.js\": \"./y/*.ts\" }") FILES("y/a.ts\n"),
		"libs/b/y/a.ts" },
	{ IMPORTS("@acme/b/f/a") EXPORTS("{ \"./f/*\": \"./*/*.ts\" }") FILES("a/a.ts\n"), "libs/b/a/a.ts" },
	{ IMPORTS("@acme/b/f/a.ts") EXPORTS("{ \"./f/\": \"./x/\" }") FILES("x/a.ts\n"), "libs/b/x/a.ts" },
	{ IMPORTS("@acme/b/f/in/a") EXPORTS("{ \"./f/*\": \"./x/*.ts\", \"./f/in/*\": null }") FILES("x/in/a.ts\n"),
		"not exported" },
	/* no alternative at all blocks like null */
	{ IMPORTS("@acme/b") EXPORTS("{ \"node\": { \"default\": [] }, \"default\": \"./y.ts\" }") FILES("y.ts\n"),
		"not exported" },
	{ IMPORTS("@acme/b/f/") EXPORTS("{ \"./f/*\": \"./x/*.ts\" }") FILES("x/index.ts\n"), "not exported" },
	/* conditions in the order of the document; import and require; nested; alternatives */
	{ IMPORTS("@acme/b") EXPORTS("{ \"browser\": \"./x.ts\", \"default\": \"./y.ts\" }") FILES("x.ts\n--\n")
			FILES("y.ts\n"),
		"libs/b/y.ts" },
	{ IMPORTS("@acme/b") EXPORTS("{ \"require\": \"./x.ts\", \"import\": \"./y.ts\" }") FILES("x.ts\n--\n")
			FILES("y.ts\n"),
		"libs/b/y.ts" },
	{ "a.js\nrequire('@acme/b');\n--\n" EXPORTS("{ \"import\": \"./x.ts\", \"require\": \"./y.ts\" }")
			FILES("x.ts\n--\n") FILES("y.ts\n"),
		"libs/b/y.ts" },
	{ IMPORTS("@acme/b") EXPORTS("{ \"require\": \"./x.ts\" }") FILES("x.ts\n"), "libs/b/x.ts" },
	{ IMPORTS("@acme/b") EXPORTS("{ \".\": { \"node\": { \"types\": \"./dist/x.d.ts\" } } }") FILES("src/x.ts\n"),
		"libs/b/src/x.ts" },
	{ IMPORTS("@acme/b") EXPORTS("[{ \"browser\": \"./x.ts\" }, \"./y.ts\"]") FILES("x.ts\n--\n") FILES("y.ts\n"),
		"libs/b/y.ts" },
	{ IMPORTS("@acme/b") EXPORTS("{ \"acme\": \"./x.ts\", \"default\": \"./y.ts\" }") FILES("x.ts\n--\n") FILES(
		  "y.ts\n--\n") "tsconfig.json\n{ \"compilerOptions\": { \"customConditions\": [\"acme\"] } }\n",
		"libs/b/x.ts" },
	/* targets stay inside; keys are of one kind */
	{ IMPORTS("@acme/b") EXPORTS("\"./../c.ts\"") FILES("index.ts\n--\nlibs/c.ts\n"), "not exported" },
	{ IMPORTS("@acme/b") EXPORTS("{ \".\": \"./x.ts\", \"node\": \"./x.ts\" }") FILES("x.ts\n"), "not exported" },
	{ IMPORTS("@acme/b") EXPORTS("null") FILES("index.ts\n"), "libs/b/index.ts" },
	/* a build that renames: the source stands where sources stand */
	{ IMPORTS("@acme/b") EXPORTS("{ \".\": \"./dist/client/index.mjs\" }") FILES("src/index.ts\n"),
		"libs/b/src/index.ts" },
	{ IMPORTS("@acme/b/c") EXPORTS("{ \"./c\": \"./dist/server/c.mjs\" }") FILES("src/c.ts\n"), "libs/b/src/c.ts" },
	{ IMPORTS("@acme/b/c") EXPORTS("{ \"./c\": \"./dist/c.mjs\" }") FILES("src/d.ts\n"), "no such file" },
	/* itself */
	{ "libs/b/src/a.ts\nimport '@acme/b/c';\n--\n" EXPORTS("{ \"./c\": \"./x.ts\" }") FILES("x.ts\n"),
		"libs/b/x.ts" },
};

#define OWN(json) "a/package.json\n{ \"name\": \"a\", \"imports\": " json " }\n--\n"

static const struct import_case imported[] = {
	{ "a/src/m.ts\nimport '#db';\n--\n" OWN("{ \"#db\": \"./src/db.js\" }") "a/src/db.ts\n", "a/src/db.ts" },
	{ "a/src/m.ts\nimport '#lib/db';\n--\n" OWN("{ \"#lib/*\": \"./dist/lib/*.js\" }") "a/src/lib/db.ts\n",
		"a/src/lib/db.ts" },
	{ "a/src/m.ts\nimport '#/db';\n--\n" OWN("{ \"#/*\": \"./src/*\" }") "a/src/db.ts\n", "a/src/db.ts" },
	{ "a/m.ts\nimport '#x';\n--\n" OWN(
		  "{ \"#x\": { \"node\": \"b\", \"default\": \"./x.ts\" } }") "b/package.json\n{ \"name\": \"b\" }\n--\nb/index.ts\n",
		"b/index.ts" },
	{ "a/m.ts\nimport '#x';\n--\n" OWN("{ \"#x\": \"pg\" }") "a/x.ts\n", "library" },
	{ "a/m.ts\nimport '#x';\n--\n" OWN("{ \"#y\": \"./y.ts\" }") "a/x.ts\n", "alias without a file" },
	{ "a/m.ts\nimport '#x';\n--\n" OWN("{ \"#x\": \"./y.ts\" }") "a/x.ts\n", "no such file" },
	/* the manifest nearest to the file decides */
	{ "a/m/m.ts\nimport '#x';\n--\n" OWN("{ \"#x\": \"./x.ts\" }") "a/m/package.json\n{}\n--\na/x.ts\n",
		"alias without a file" },
};

/* Two packages of one name, one of them in the workspace. */
#define TWO                                                                                                            \
	"apps/a/main.ts\nimport 'b';\n--\nfixtures/b/package.json\n{ \"name\": \"b\" }\n--\nfixtures/b/index.ts\n--\n" \
	"libs/b/package.json\n{ \"name\": \"b\" }\n--\nlibs/b/index.ts\n--\napps/a/package.json\n{ \"name\": \"a\" }\n--\n"
#define ASKS(version)                                                                                                    \
	"apps/a/main.ts\nimport 'b';\n--\napps/a/package.json\n{ \"name\": \"a\", \"dependencies\": { \"b\": \"" version \
	"\" } }\n--\n"
#define OTHER "other/b/package.json\n{ \"name\": \"b\" }\n--\nother/b/index.ts\n"

static const struct import_case workspaces[] = {
	{ TWO "package.json\n{ \"workspaces\": [\"apps/*\", \"libs/*\"] }\n", "libs/b/index.ts" },
	{ TWO "package.json\n{ \"workspaces\": { \"packages\": [\"./apps/*/\", \"fixtures/**\"] } }\n",
		"fixtures/b/index.ts" },
	{ TWO "package.json\n{}\n--\npnpm-workspace.yaml\npackages:\n  - '**'\n  - '!fixtures/**'\n",
		"libs/b/index.ts" },
	{ TWO "package.json\n{ \"workspaces\": [\"libs/*\"] }\n--\npnpm-workspace.yaml\npackages: [apps/*, fixtures/*]\n",
		"fixtures/b/index.ts" },
	{ TWO "package.json\n{}\n--\nlerna.json\n{ \"packages\": [\"{apps,libs}/*\"] }\n", "libs/b/index.ts" },
	/* a workspace that is called like its package */
	{ TWO "package.json\n{ \"name\": \"b\", \"workspaces\": [\"apps/*\", \"libs/*\"] }\n", "libs/b/index.ts" },
	{ "more/m.ts\nimport 'b';\n--\nmore/package.json\n{ \"name\": \"more\" }\n--\nlibs/b/package.json\n{ \"name\": \"b\" }\n--\n"
	  "libs/b/index.ts\n--\npackage.json\n{ \"name\": \"b\", \"workspaces\": [\"libs/*\"] }\n",
		"libs/b/index.ts" },
	/* without a workspace: the nearer one, then the one less deep; fixtures are for themselves */
	{ TWO "apps/b/package.json\n{ \"name\": \"b\" }\n--\napps/b/index.ts\n", "apps/b/index.ts" },
	{ "a/test/m.ts\nimport 'b';\n--\na/test/fixtures/b/package.json\n{ \"name\": \"b\" }\n--\na/test/fixtures/b/index.ts\n",
		"library" },
	/* what the manifest asks for: a published version is not the one outside the workspace */
	{ ASKS("^1.0.0") OTHER "--\npackage.json\n{ \"workspaces\": [\"apps/*\"] }\n", "library" },
	{ ASKS("^1.0.0") OTHER "--\npackage.json\n{ \"workspaces\": [\"apps/*\", \"other/*\"] }\n",
		"other/b/index.ts" },
	{ ASKS("^1.0.0") OTHER, "other/b/index.ts" },
	{ ASKS("file:../../other/b") OTHER "--\npackage.json\n{ \"workspaces\": [\"apps/*\"] }\n", "other/b/index.ts" },
	{ ASKS("link:../../other/c") "other/c/package.json\n{ \"name\": \"c\" }\n--\nother/c/index.ts\n",
		"other/c/index.ts" },
	{ ASKS("workspace:c@*") "other/c/package.json\n{ \"name\": \"c\" }\n--\nother/c/index.ts\n",
		"other/c/index.ts" },
	{ ASKS("npm:@acme/c@^1") "c/package.json\n{ \"name\": \"@acme/c\" }\n--\nc/index.ts\n", "c/index.ts" },
};

static void test_entries(void **state)
{
	(void)state;
	CHECK_IMPORTS(entries);
}

static void test_exports(void **state)
{
	(void)state;
	CHECK_IMPORTS(exported);
}

static void test_imports(void **state)
{
	(void)state;
	CHECK_IMPORTS(imported);
}

static void test_workspaces(void **state)
{
	(void)state;
	CHECK_IMPORTS(workspaces);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_entries), cmocka_unit_test(test_exports),
		cmocka_unit_test(test_imports), cmocka_unit_test(test_workspaces) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
