/* Module names of Node that are paths: endings, folders, build output, what is no code. */
#include "unit/imports.h"

static const struct import_case files[] = {
	/* endings are appended; what looks like one is part of the name */
	{ "a.ts\nimport './b';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport './b';\n--\nb.js\n--\nb.tsx\n", "b.tsx" },
	{ "a.ts\nimport './b';\n--\nb.d.ts\n--\nb.js\n", "b.d.ts" },
	{ "a.ts\nimport './users.service';\n--\nusers.service.ts\n--\nusers.ts\n", "users.service.ts" },
	{ "a.ts\nimport './users.service';\n--\nusers.ts\n", "no such file" },
	{ "a.ts\nimport './app.module';\n--\napp.module.mts\n", "app.module.mts" },
	/* what it is compiled from comes first */
	{ "a.ts\nimport './b.js';\n--\nb.js\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport './b.js';\n--\nb.tsx\n", "b.tsx" },
	{ "a.ts\nimport './b.js';\n--\nb.js\n", "b.js" },
	{ "a.ts\nimport './b.jsx';\n--\nb.tsx\n", "b.tsx" },
	{ "a.mts\nimport './b.mjs';\n--\nb.mts\n", "b.mts" },
	{ "a.cts\nimport './b.cjs';\n--\nb.d.cts\n", "b.d.cts" },
	{ "a.ts\nimport './b.js';\n--\nb.js.ts\n", "b.js.ts" },
	{ "a.ts\nimport './styles.css';\n--\nstyles.d.css.ts\n", "styles.d.css.ts" },
	/* folders */
	{ "a.ts\nimport './b';\n--\nb/index.ts\n", "b/index.ts" },
	{ "a.ts\nimport './b';\n--\nb.ts\n--\nb/index.ts\n", "b.ts" },
	{ "a.ts\nimport './b/';\n--\nb.ts\n--\nb/index.ts\n", "b/index.ts" },
	{ "b/a.ts\nimport '.';\n--\nb/index.ts\n--\nb.ts\n", "b/index.ts" },
	{ "b/c/a.ts\nimport '..';\n--\nb/index.js\n", "b/index.js" },
	{ "b/a.ts\nimport '../c/./d';\n--\nc/d.ts\n", "c/d.ts" },
	{ "a.ts\nimport './b.js';\n--\nb.js/index.ts\n", "b.js/index.ts" },
	{ "a.ts\nimport './b';\n--\nb/package.json\n{ \"main\": \"./lib/start.js\" }\n--\nb/lib/start.ts\n--\nb/index.ts\n",
		"b/lib/start.ts" },
	{ "a.ts\nimport './b';\n--\nb/package.json\n{ \"main\": \"b\" }\n--\nb/index.ts\n", "b/index.ts" },
	/* other files */
	{ "a.ts\nimport './logo.svg';\n--\nlogo.svg\n", "asset" },
	{ "a.ts\nimport './logo.svg';\n", "no such file" },
	{ "a.ts\nimport data from './data.json';\n--\ndata.json\n{}\n", "asset" },
	{ "a.ts\nimport App from './App.vue';\n--\nApp.vue\n", "App.vue" },
	{ "a.ts\nimport App from './App.vue';\n", "no such file" },
	{ "a.ts\nimport './App';\n--\nApp.vue\n", "App.vue" },
	{ "a.ts\nimport './App';\n--\nApp.vue\n--\nApp.ts\n", "App.ts" },
	{ "a.ts\nimport Menu from './menu';\n--\nmenu/index.vue\n", "menu/index.vue" },
	{ "App.vue\n<script>import './b'</script>\n--\nb.ts\n", "b.ts" },
	{ "App.svelte\n<script lang=\"ts\">import './b.js'</script>\n--\nb.ts\n", "b.ts" },
	{ "index.astro\n---\nimport Page from './Page.astro'\n---\n--\nPage.astro\n", "Page.astro" },
	{ "a.js\nrequire('./package');\n--\npackage.json\n{}\n", "asset" },
	{ "a.ts\nimport './b?worker';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport './b.js#frag';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport './#/b';\n--\n#/b.ts\n", "#/b.ts" },
	{ "a.ts\nimport text from '!!raw-loader!./b';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nimport '../b';\n", "outside the project" },
	{ "a.ts\nimport './node_modules/x/y';\n", "library" },
	{ "a.ts\nimport(name);\n", "named at run time" },
	/* types of routes; where they are kept, they lead there */
	{ "src/routes/orders/+page.ts\nimport type { PageLoad } from './$types';\n", "made by a framework's build" },
	{ "src/routes/orders/+page.ts\nimport type { PageLoad } from './$types.js';\n--\nsrc/routes/orders/$types.ts\n",
		"src/routes/orders/$types.ts" },
	{ "app/routes/order.tsx\nimport type { Route } from './+types/order';\n", "made by a framework's build" },
	{ "app/routes/order.tsx\nimport type { Route } from './made/order';\n", "no such file" },
	{ "a.js\nconst b = require(path.join('a', name));\n", "named at run time" },
	{ "a.ts\nawait import(`./b`);\n--\nb.ts\n", "b.ts" },
	{ "a.js\nconst { c } = require('./b');\n--\nb.js\n", "b.js" },
	{ "a.ts\nexport * from './b';\n--\nb.ts\n", "b.ts" },
	{ "a.ts\nexport { c } from './b';\n", "no such file" },
};

static const struct import_case outputs[] = {
	/* outDir and rootDir, inherited too; by names where there is no config */
	{ "bin/a.js\nrequire('../dist/main');\n--\nsrc/main.ts\n", "src/main.ts" },
	{ "bin/a.js\nrequire('../dist/src/main.js');\n--\nsrc/main.ts\n", "src/main.ts" },
	{ "bin/a.js\nrequire('../dist');\n--\nsrc/index.ts\n", "src/index.ts" },
	{ "bin/a.js\nrequire('../dist/esm/main.mjs');\n--\nsrc/main.mts\n", "src/main.mts" },
	{ "bin/a.js\nrequire('../built/main');\n--\nsource/main.ts\n--\n"
	  "tsconfig.json\n{ \"compilerOptions\": { \"outDir\": \"built\", \"rootDir\": \"source\" } }\n",
		"source/main.ts" },
	{ "bin/a.js\nrequire('../built/main');\n--\nsource/main.ts\n--\nbase.json\n{ \"compilerOptions\": { \"outDir\": "
	  "\"${configDir}/built\", \"rootDir\": \"${configDir}/source\" } }\n--\ntsconfig.json\n{ \"extends\": \"./base\" }\n",
		"source/main.ts" },
	{ "a.ts\nimport './types/user.d.ts';\n--\ntypes/user.d.ts\n--\nsrc/user.ts\n", "types/user.d.ts" },
	/* a bundle that was committed */
	{ "a.ts\nimport './dist/index.js';\n--\ndist/index.js\n--\nsrc/index.ts\n", "src/index.ts" },
	{ "a.ts\nimport './dist/index.js';\n--\ndist/index.js\n", "dist/index.js" },
	/* folders that are called so and hold sources */
	{ "a.ts\nimport './lib/b';\n--\nlib/b.ts\n--\nsrc/b.ts\n", "lib/b.ts" },
	{ "src/a.ts\nimport './build/b';\n--\nsrc/build/b.ts\n--\nsrc/b.ts\n", "src/build/b.ts" },
	{ "src/a.ts\nimport './other/b';\n--\nsrc/b.ts\n", "no such file" },
};

static void test_files(void **state)
{
	(void)state;
	CHECK_IMPORTS(files);
}

static void test_outputs(void **state)
{
	(void)state;
	CHECK_IMPORTS(outputs);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_files), cmocka_unit_test(test_outputs) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
