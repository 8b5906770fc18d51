/* Module names of Node by tsconfig: aliases and where they come from, and which config a file belongs to. */
#include "unit/imports.h"

#define ALIAS "src/a.ts\nimport '@x/b';\n--\n"
#define CONFIG(options) "tsconfig.json\n{ \"compilerOptions\": { " options " } }\n"
#define PATHS(json) "\"paths\": { " json " }"

static const struct import_case aliases[] = {
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"./src/*\"]")) "--\nsrc/b.ts\n", "src/b.ts" },
	{ ALIAS CONFIG("\"baseUrl\": \"src\", " PATHS("\"@x/*\": [\"*\"]")) "--\nsrc/b.ts\n", "src/b.ts" },
	{ ALIAS "tsconfig.json\n{ /* c */ \"compilerOptions\": { \"paths\": { \"@x/*\": [\"./src/*\",], }, }, // c\n}\n--\nsrc/b.ts\n",
		"src/b.ts" },
	/* exact before a star, then the longest text before the star; targets in their order */
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"./s/*\"], \"@x/b\": [\"./e\"]")) "--\ns/b.ts\n--\ne.ts\n", "e.ts" },
	{ ALIAS CONFIG(
		  PATHS("\"@*\": [\"./s/*\"], \"@x/*\": [\"./l/*\"], \"*\": [\"./t/*\"]")) "--\ns/x/b.ts\n--\nl/b.ts\n",
		"l/b.ts" },
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"./no/*\", \"./s/*\"]")) "--\ns/b.ts\n", "s/b.ts" },
	{ "src/a.ts\nimport 'pre-b-post';\n--\n" CONFIG(PATHS("\"pre-*-post\": [\"./s/*\"]")) "--\ns/b.ts\n",
		"s/b.ts" },
	{ "src/a.ts\nimport '/b';\n--\n" CONFIG(PATHS("\"/*\": [\"./s/*\"]")) "--\ns/b.ts\n", "s/b.ts" },
	{ "src/a.ts\nimport './b';\n--\n" CONFIG(PATHS("\"./b\": [\"./s/b\"]")) "--\ns/b.ts\n", "no such file" },
	{ "src/a.ts\nimport '@x/b.js';\n--\n" CONFIG(PATHS("\"@x/*\": [\"./dist/*\"]")) "--\nsrc/b.ts\n", "src/b.ts" },
	/* an alias that leads nowhere, unless it is a package after all */
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"./src/*\"]")), "alias without a file" },
	{ ALIAS CONFIG(
		  PATHS("\"@x/*\": [\"./src/*\"]")) "--\npackage.json\n{ \"dependencies\": { \"@x/b\": \"1\" } }\n",
		"library" },
	{ ALIAS CONFIG(PATHS("\"*\": [\"./types/*\"]")), "library" },
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"./node_modules/x/*\"]")), "library" },
	{ ALIAS CONFIG(PATHS("\"@x/*\": [\"../../x/*\"]")), "outside the project" },
	{ "src/a.ts\nimport '@x/b.svg';\n--\n" CONFIG(PATHS("\"@x/*\": [\"./src/*\"]")) "--\nsrc/b.svg\n", "asset" },
	{ "src/a.ts\nimport '@/b';\n", "alias without a file" },
	/* what frameworks set up by themselves, in the package */
	{ "web/src/a.ts\nimport '@/b';\n--\nweb/package.json\n{}\n--\nweb/src/b.vue\n--\nsrc/b.ts\n", "web/src/b.vue" },
	{ "web/a.ts\nimport '~/c/b';\n--\nweb/package.json\n{}\n--\nweb/c/b.ts\n", "web/c/b.ts" },
	{ "a.ts\nimport '~~/b';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport '$lib/b';\n--\nsrc/lib/b/index.ts\n", "src/lib/b/index.ts" },
	{ "a.ts\nimport '$lib/b';\n", "alias without a file" },
	{ "a.ts\nimport '@/b';\n--\n" CONFIG(PATHS("\"@/*\": [\"./s/*\"]")) "--\ns/b.ts\n--\nsrc/b.ts\n", "s/b.ts" },
	/* baseUrl */
	{ "src/a.ts\nimport 'src/b';\n--\n" CONFIG("\"baseUrl\": \".\"") "--\nsrc/b.ts\n", "src/b.ts" },
	{ "src/a.ts\nimport 'src/c';\n--\n" CONFIG("\"baseUrl\": \".\"") "--\nsrc/b.ts\n", "no such file" },
	{ "src/a.ts\nimport 'pg';\n--\n" CONFIG("\"baseUrl\": \".\""), "library" },
	{ "src/a.ts\nimport 'events';\n--\n" CONFIG("\"baseUrl\": \"src\"") "--\nsrc/events.ts\n", "library" },
	/* rootDirs */
	{ "src/in/a.ts\nimport './b';\n--\n" CONFIG("\"rootDirs\": [\"src\", \"gen/\"]") "--\ngen/in/b.ts\n",
		"gen/in/b.ts" },
	{ "src/in/a.ts\nimport '../b';\n--\n" CONFIG("\"rootDirs\": [\"src\", \"src/in\", \"gen\"]") "--\ngen/b.ts\n",
		"gen/b.ts" },
	{ "lib/a.ts\nimport './b';\n--\n" CONFIG("\"rootDirs\": [\"src\", \"gen\"]") "--\ngen/b.ts\n", "no such file" },
};

#define BASE(name, target) name "\n{ \"compilerOptions\": { \"paths\": { \"@x/*\": [\"" target "/*\"] } } }\n--\n"
#define EXTENDS(what) "tsconfig.json\n{ \"extends\": " what " }\n--\n"

static const struct import_case bases[] = {
	/* a file of any name, without its ending, a folder; values belong to the file that wrote them */
	{ ALIAS EXTENDS("\"./conf/base.json\"") BASE("conf/base.json", "../src") "src/b.ts\n", "src/b.ts" },
	{ ALIAS EXTENDS("\"./conf/base\"") BASE("conf/base.json", "./src") "conf/src/b.ts\n", "conf/src/b.ts" },
	{ ALIAS EXTENDS("\"./conf\"") BASE("conf/tsconfig.json", "../src") "src/b.ts\n", "src/b.ts" },
	{ ALIAS EXTENDS("\"./conf/base\"") BASE("conf/base.json", "${configDir}/src") "src/b.ts\n", "src/b.ts" },
	{ "a/src/m.ts\nimport '@x/b';\n--\na/" EXTENDS("\"..\"") BASE("tsconfig.json", "./s") "s/b.ts\n", "s/b.ts" },
	/* the last of several, and of what they extend; the config itself before all */
	{ ALIAS EXTENDS("[\"./one\", \"./two\"]") BASE("one.json", "./s1")
			BASE("two.json", "./s2") "s1/b.ts\n--\ns2/b.ts\n",
		"s2/b.ts" },
	{ ALIAS EXTENDS("[\"./one\", \"./two\"]") "two.json\n{ \"compilerOptions\": {}, \"extends\": \"./three\" }\n--\n" BASE(
		  "one.json", "./s1") BASE("three.json", "./s3") "s1/b.ts\n--\ns3/b.ts\n",
		"s3/b.ts" },
	{ ALIAS "tsconfig.json\n{ \"extends\": \"./one\", \"compilerOptions\": { \"paths\": { \"@y/*\": [\"./s/*\"] } } }\n--\n" BASE(
		  "one.json", "./s1") "s1/b.ts\n",
		"library" },
	{ ALIAS "tsconfig.json\n{ \"extends\": \"./one\", \"compilerOptions\": { \"baseUrl\": \"s\" } }\n--\n"
		"one.json\n{ \"compilerOptions\": { \"paths\": { \"@x/*\": [\"t/*\"] } } }\n--\ns/t/b.ts\n",
		"s/t/b.ts" },
	/* packages of the repository: exports, the tsconfig and main fields, the folder; others are not here */
	{ ALIAS EXTENDS("\"@acme/conf/base.json\"")
			BASE("conf/base.json", "../src") "conf/package.json\n{ \"name\": \"@acme/conf\" }\n"
							 "--\nsrc/b.ts\n",
		"src/b.ts" },
	{ ALIAS EXTENDS("\"@acme/conf/node\"") BASE("conf/lib/n.json",
		  "../../src") "conf/package.json\n{ \"name\": \"@acme/conf\", "
			       "\"exports\": { \"./*\": { \"default\": \"./lib/n.json\" } } }\n--\nsrc/b.ts\n",
		"src/b.ts" },
	{ ALIAS EXTENDS("\"@acme/conf\"")
			BASE("conf/n.json", "../src") "conf/package.json\n{ \"name\": \"@acme/conf\", "
						      "\"tsconfig\": \"n.json\" }\n--\nsrc/b.ts\n",
		"src/b.ts" },
	{ ALIAS EXTENDS("\"@acme/conf\"")
			BASE("conf/tsconfig.json", "../src") "conf/package.json\n{ \"name\": \"@acme/conf\" }\n"
							     "--\nsrc/b.ts\n",
		"src/b.ts" },
	{ ALIAS EXTENDS("\"#base\"") BASE(
		  "b.json", "./src") "package.json\n{ \"imports\": { \"#base\": \"./b.json\" } }\n--\nsrc/b.ts\n",
		"src/b.ts" },
	{ ALIAS EXTENDS("\"@tsconfig/node20\"") "src/b.ts\n", "library" },
	/* circles end */
	{ ALIAS EXTENDS(
		  "\"./one\"") "one.json\n{ \"extends\": [\"./tsconfig.json\", \"./one\"], \"compilerOptions\": { "
			       "\"paths\": { \"@x/*\": [\"./src/*\"] } } }\n--\nsrc/b.ts\n",
		"src/b.ts" },
};

/* "path of the config", with " (nearest)" when it does not claim the first file; "" for none. */
static const struct {
	const char *files, *config;
} owners[] = {
	{ "a/m.ts\n--\ntsconfig.json\n{}\n", "tsconfig.json" },
	{ "a/m.ts\n--\na/tsconfig.json\n{}\n--\ntsconfig.json\n{}\n", "a/tsconfig.json" },
	{ "a/m.ts\n--\nb/tsconfig.json\n{}\n", "" },
	{ "a/m.ts\n--\njsconfig.json\n{}\n--\ntsconfig.json\n{}\n", "tsconfig.json" },
	{ "a/m.ts\n--\ntsconfig.build.json\n{}\n", "" },
	/* files, include, exclude */
	{ "a/m.ts\n--\ntsconfig.json\n{ \"files\": [\"a/m.ts\"], \"exclude\": [\"a\"] }\n", "tsconfig.json" },
	{ "a/m.ts\n--\ntsconfig.json\n{ \"files\": [\"a/n.ts\"] }\n", "tsconfig.json (nearest)" },
	{ "a/m.ts\n--\ntsconfig.json\n{ \"include\": [\"a\"] }\n", "tsconfig.json" },
	{ "a/m.ts\n--\ntsconfig.json\n{ \"include\": [\"*\"] }\n", "tsconfig.json (nearest)" },
	{ "a/b/m.ts\n--\ntsconfig.json\n{ \"include\": [\"./a/**/*.ts\"] }\n", "tsconfig.json" },
	{ "a/b/m.ts\n--\ntsconfig.json\n{ \"include\": [\"a/*\"] }\n", "tsconfig.json (nearest)" },
	{ "a/m.spec.ts\n--\ntsconfig.json\n{ \"exclude\": [\"**/*.spec.ts\"] }\n", "tsconfig.json (nearest)" },
	{ "a/b/m.ts\n--\ntsconfig.json\n{ \"include\": [\"a\"], \"exclude\": [\"a/b\"] }\n",
		"tsconfig.json (nearest)" },
	{ "a/m.ts\n--\ntsconfig.json\n{ \"exclude\": [\"b\"] }\n--\na/tsconfig.json\n{ \"include\": [\"src\"] }\n",
		"tsconfig.json" },
	{ "a/m.ts\n--\nb/tsconfig.json\n{ \"include\": [\"../a\"] }\n--\ntsconfig.json\n{ \"files\": [], \"references\": [{ \"path\": \"b\" }] }\n",
		"b/tsconfig.json" },
	{ "out/m.ts\n--\ntsconfig.json\n{ \"compilerOptions\": { \"outDir\": \"out\" } }\n",
		"tsconfig.json (nearest)" },
	{ "a/m.js\n--\ntsconfig.json\n{}\n", "tsconfig.json (nearest)" },
	{ "a/m.js\n--\ntsconfig.json\n{ \"compilerOptions\": { \"checkJs\": true } }\n", "tsconfig.json" },
	{ "a/m.js\n--\njsconfig.json\n{}\n", "jsconfig.json" },
	/* inherited whole, from where they are written */
	{ "a/m.ts\n--\ntsconfig.json\n{ \"extends\": \"./c/base\" }\n--\nc/base.json\n{ \"compilerOptions\": {}, \"include\": [\"../a\"] }\n",
		"tsconfig.json" },
	/* references go before the config that refers to them, in their order */
	{ "src/m.ts\n--\ntsconfig.json\n{ \"files\": [], \"references\": [{ \"path\": \"./tsconfig.app.json\" }] }\n--\n"
	  "tsconfig.app.json\n{ \"include\": [\"src\"] }\n",
		"tsconfig.app.json" },
	{ "src/m.test.ts\n--\ntsconfig.json\n{ \"references\": [{ \"path\": \"./tsconfig.app.json\" }, { \"path\": \"tsconfig.test.json\" }] }\n--\n"
	  "tsconfig.app.json\n{ \"include\": [\"src\"], \"exclude\": [\"**/*.test.ts\"] }\n--\ntsconfig.test.json\n{ \"include\": [\"src\"] }\n",
		"tsconfig.test.json" },
	{ "m.ts\n--\ntsconfig.json\n{ \"references\": [{ \"path\": \"./a\" }, { \"path\": \"./gone\" }, { \"path\": \".\" }] }\n--\n"
	  "a/tsconfig.json\n{}\n",
		"tsconfig.json" },
	/* a solution that claims nothing: the first of its references that gives names */
	{ "test/m.ts\n--\ntsconfig.json\n{ \"files\": [], \"references\": [{ \"path\": \"./a.json\" }, { \"path\": \"./b.json\" }] }\n--\n"
	  "a.json\n{ \"compilerOptions\": {}, \"include\": [\"src\"] }\n--\n"
	  "b.json\n{ \"compilerOptions\": { \"baseUrl\": \".\" }, \"include\": [\"src\"] }\n",
		"b.json (nearest)" },
};

static void test_aliases(void **state)
{
	(void)state;
	CHECK_IMPORTS(aliases);
}

static void test_bases(void **state)
{
	(void)state;
	CHECK_IMPORTS(bases);
}

static void test_owners(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(owners) / sizeof(*owners); i++) {
		struct project p;
		struct buf got = { 0 };
		struct str first = str_from(owners[i].files);
		bool owned;
		project_open(&p, owners[i].files);
		const struct model *m = p.result.model;
		file_id config = model_tsconfig(
			m, model_find_file(m, str_slice(first, 0, str_find(first, '\n'))), &owned);
		if (config != NO_FILE)
			buf_printf(&got, "%.*s%s", STR_ARG(model_file(m, config)->path), owned ? "" : " (nearest)");
		if (!str_is(buf_str(&got), owners[i].config))
			fail_msg("%s\nbelongs to '%s', not '%s'", owners[i].files, buf_cstr(&got), owners[i].config);
		buf_release(&got);
		project_close(&p);
	}
}

/* Tests that no config claims mean the same by a name as what they test. */
static void test_the_nearest_config_helps_out(void **state)
{
	(void)state;
	static const struct import_case cases[] = {
		{ "src/a.spec.ts\nimport '@x/b';\n--\nsrc/b.ts\n--\ntsconfig.json\n{ \"exclude\": [\"**/*.spec.ts\"], "
		  "\"compilerOptions\": { \"paths\": { \"@x/*\": [\"./src/*\"] } } }\n",
			"src/b.ts" },
		{ "a/test/m.ts\nimport '@x/b';\n--\na/src/b.ts\n--\na/tsconfig.json\n{ \"include\": [\"src\"], "
		  "\"compilerOptions\": { \"paths\": { \"@x/*\": [\"./src/*\"] } } }\n--\njsconfig.json\n{}\n",
			"a/src/b.ts" },
	};
	CHECK_IMPORTS(cases);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_aliases), cmocka_unit_test(test_bases),
		cmocka_unit_test(test_owners), cmocka_unit_test(test_the_nearest_config_helps_out) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
