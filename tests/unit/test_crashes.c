/* Which calls of Node handle what nobody caught, and what a package handles by all of them. */
#include "pieces.h"

#define NONE 0u
#define BOTH ((uint32_t)(CRASH_UNCAUGHT | CRASH_UNHANDLED))

struct row {
	const char *code;
	uint32_t handled;
};

/* clang-format off */
static const struct row rows[] = {
	/* the events of the process, by each way to listen, and under another name */
	{ "process.on(\"uncaughtException\", quit);", CRASH_UNCAUGHT },
	{ "process.on('unhandledRejection', quit);", CRASH_UNHANDLED },
	{ "process.once(\"uncaughtException\", quit);", CRASH_UNCAUGHT },
	{ "process.addListener(\"unhandledRejection\", quit);", CRASH_UNHANDLED },
	{ "import process from \"node:process\";\nprocess.on(\"uncaughtException\", quit);", CRASH_UNCAUGHT },
	{ "const p = process;\np.on(\"uncaughtException\", quit);", CRASH_UNCAUGHT },
	{ "process.setUncaughtExceptionCaptureCallback(quit);", CRASH_UNCAUGHT },
	{ "process.on(\"uncaughtException\", quit);\nprocess.on(\"unhandledRejection\", quit);", BOTH },
	/* an event that nobody can read may be either; another event is none */
	{ "for (const event of events) process.on(event, quit);", BOTH },
	{ "process.on(`${kind}Exception`, quit);", BOTH },
	{ "process.on(\"SIGTERM\", quit);", NONE },
	{ "process.on();", NONE },
	/* no process */
	{ "import { emitter } from \"./emitter\";\nemitter.on(\"uncaughtException\", quit);", NONE },
	{ "function watch(process) { process.on(\"uncaughtException\", quit); }", NONE },
	/* what installs handlers: both, one, or what its options say */
	{ "import * as Sentry from \"@sentry/node\";\nSentry.init({ dsn });", BOTH },
	{ "import hook from \"async-exit-hook\";\nhook.uncaughtExceptionHandler(quit);", CRASH_UNCAUGHT },
	{ "import winston from \"winston\";\nwinston.rejections.handle(transport);", CRASH_UNHANDLED },
	{ "import winston from \"winston\";\nwinston.createLogger({ level });", NONE },
	{ "import winston from \"winston\";\nwinston.createLogger({ exceptionHandlers: [file] });", CRASH_UNCAUGHT },
	{ "import winston from \"winston\";\nwinston.createLogger({ transports: [new File({ handleRejections: true })] });", CRASH_UNHANDLED },
	{ "import winston from \"winston\";\nwinston.createLogger({ exceptionHandlers, rejectionHandlers });", BOTH },
	/* importing it is enough */
	{ "import \"make-promises-safe\";", BOTH },
	{ "", NONE },
};
/* clang-format on */

/* What all calls of a file handle, asked one by one. */
static uint32_t handled_by_calls(const struct model *m, file_id file)
{
	const struct facts *f = &model_file(m, file)->facts;
	uint32_t handled = 0;
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_CALL)
			handled |= model_crashes_handled(m, file, n);
	return handled;
}

static void open_package(struct project *p, const char *path, const char *code)
{
	char files[1024];
	snprintf(files, sizeof(files), "%s\n%s\n--\npackage.json\n{ \"name\": \"api\" }\n", path, code);
	project_open(p, files);
}

static void test_handlers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		open_package(&p, "main.ts", rows[i].code);
		const struct model *m = p.result.model;
		file_id file = model_find_file(m, STR("main.ts"));
		uint32_t package = model_package_crashes(m, model_file(m, file)->package);
		bool by_import = strstr(rows[i].code, "make-promises-safe") != NULL;
		uint32_t calls = by_import ? rows[i].handled : handled_by_calls(m, file);
		if (package != rows[i].handled || calls != rows[i].handled)
			fail_msg("%s\nhandles %u, by its calls %u", rows[i].code, package, calls);
		project_close(&p);
	}
}

/* Tests and files without a package handle nothing for anybody; nor does one package for another. */
static void test_whose_handlers(void **state)
{
	static const char handler[] = "process.on(\"uncaughtException\", quit);";
	struct project p;
	(void)state;
	open_package(&p, "test/main.test.ts", handler);
	assert_int_equal(model_package_crashes(p.result.model, 0), NONE);
	project_close(&p);
	project_open(&p,
		"a/main.ts\nprocess.on(\"uncaughtException\", quit);\n--\na/package.json\n{ \"name\": \"a\" }\n--\n"
		"b/main.ts\nrun();\n--\nb/package.json\n{ \"name\": \"b\" }\n");
	const struct model *m = p.result.model;
	const struct model_file *a = model_file(m, model_find_file(m, STR("a/main.ts"))),
				*b = model_file(m, model_find_file(m, STR("b/main.ts")));
	assert_int_equal(model_package_crashes(m, a->package), CRASH_UNCAUGHT);
	assert_int_equal(model_package_crashes(m, b->package), NONE);
	assert_int_equal(model_package_crashes(m, NO_PACKAGE), NONE);
	project_close(&p);
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_handlers), cmocka_unit_test(test_whose_handlers) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
