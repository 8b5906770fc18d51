/* check --fix and --diff: files are changed as findings say, or left as they are. */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#define MODELS                                       \
	"from pydantic import BaseModel\n\n\n"       \
	"class Order(BaseModel):\n    id: int\n\n\n" \
	"def read(order: Order, raw: dict):\n"

static int begin(void **state)
{
	tree_begin();
	tree_write("pyproject.toml", "[project]\nname = \"shop\"\ndependencies = [\"pydantic>=2\"]\n");
	tree_write("shop/models.py", MODELS "    a = order.dict(exclude_unset=True)\n"
					    "    b = order.json(encoder=str)\n"
					    "    # bylaw-ignore[python/async-io]: was slow\n"
					    "    return a, b\n");
	(void)state;
	return 0;
}

#define FIXED MODELS "    a = order.model_dump(exclude_unset=True)\n    b = order.json(encoder=str)\n    return a, b\n"

static void test_fix_changes_the_file_and_reports_the_rest(void **state)
{
	(void)state;
	assert_int_equal(chmod(tree_path("shop/models.py"), 0750), 0);
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "--fix", NULL);
	expect_outcome(&o, 1, "shop/models.py:10", "fixed 2 findings");
	assert_lacks(o.out, "dict()");
	assert_true(tree_holds("shop/models.py", FIXED));
	struct stat after;
	assert_int_equal(stat(tree_path("shop/models.py"), &after), 0);
	assert_int_equal(after.st_mode & 07777, 0750);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "-o", "concise", "--fix", NULL);
	expect_outcome(&o, 1, NULL, "fixed 0 findings");
	outcome_release(&o);
}

static void test_diff_is_a_patch_and_changes_nothing(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "check", "--diff", "-o", "json=report.json", NULL);
	expect_outcome(&o, 1, "--- a/shop/models.py\n+++ b/shop/models.py\n", NULL);
	assert_has(o.out, "-    a = order.dict(exclude_unset=True)\n+    a = order.model_dump(exclude_unset=True)\n");
	assert_has(o.out, "-    # bylaw-ignore[python/async-io]: was slow\n");
	assert_lacks(o.out, "-    b =");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", NULL);
	expect_outcome(&o, 1, "shop/models.py:9", "2 of the findings can be fixed");
	outcome_release(&o);
}

/* One id of several goes out of the brackets. */
static void test_one_of_several_ids_goes(void **state)
{
	(void)state;
	tree_write("shop/models.py", MODELS "    # bylaw-ignore[python/async-io, python/pydantic-v2]: kept for V1\n"
					    "    return order.json(encoder=str)\n");
	struct outcome o = run_bylaw(NULL, "check", "--fix", NULL);
	expect_outcome(&o, 0, NULL, "fixed 1 finding\n");
	assert_true(tree_holds("shop/models.py", MODELS "    # bylaw-ignore[python/pydantic-v2]: kept for V1\n"
							"    return order.json(encoder=str)\n"));
	outcome_release(&o);
}

static void test_unsafe_fixes_are_asked_for(void **state)
{
	(void)state;
	tree_write("package.json", "{\"name\": \"shop\", \"dependencies\": {\"express\": \"4\", \"pino\": \"9\"}}");
	tree_write("src/main.ts", "import express from 'express';\nimport pino from 'pino';\nconst logger = pino();\n"
				  "const app = express();\napp.listen(1);\nconsole.log('up');\n");
	struct outcome o = run_bylaw(NULL, "check", "--rule", "node/no-console", "--fix", NULL);
	expect_outcome(&o, 1, "src/main.ts:6", "fixed 0 findings");
	assert_has(o.out, "   = fix: replace `console.log` by `logger.info` (--fix --unsafe-fixes)\n");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "--rule", "node/no-console", "-o", "sarif", NULL);
	expect_outcome(&o, 1, "src/main.ts", "1 of the findings can be fixed by --fix --unsafe-fixes");
	assert_lacks(o.out, "\"fixes\"");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "--rule", "node/no-console", "-o", "sarif", "--unsafe-fixes", NULL);
	assert_has(o.out, "\"properties\":{\"applicability\":\"unsafe\"}}]");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "--rule", "node/no-console", "--fix", "--unsafe-fixes", NULL);
	expect_outcome(&o, 0, NULL, "fixed 1 finding\n");
	assert_true(tree_holds("src/main.ts",
		"import express from 'express';\nimport pino from 'pino';\nconst logger = pino();\n"
		"const app = express();\napp.listen(1);\nlogger.info('up');\n"));
	outcome_release(&o);
}

static void test_fixes_of_go(void **state)
{
	(void)state;
	tree_write("go.mod", "module shop\n\ngo 1.22\n");
	tree_write("main.go",
		"package main\n\nimport (\n\t\"context\"\n\t\"database/sql\"\n\t\"net/http\"\n\t\"sync\"\n)\n\n"
		"func read(ctx context.Context, db *sql.DB) error {\n"
		"\tif _, err := http.NewRequest(\"GET\", \"/\", nil); err != nil {\n\t\treturn err\n\t}\n"
		"\treturn db.Ping()\n}\n\n"
		"func all(items []string) {\n\tvar wg sync.WaitGroup\n\tfor range items {\n"
		"\t\tgo func() {\n\t\t\twg.Add(1)\n\t\t\tdefer wg.Done()\n\t\t}()\n\t}\n\twg.Wait()\n}\n\n"
		"func main() { all(nil) }\n");
	struct outcome o = run_bylaw(NULL, "check", "--rule", "go", "--diff", "--unsafe-fixes", NULL);
	assert_has(o.out, "+\tif _, err := http.NewRequestWithContext(ctx, \"GET\", \"/\", nil); err != nil {\n");
	assert_has(o.out, "+\treturn db.PingContext(ctx)\n");
	assert_has(o.out, "+\t\twg.Add(1)\n \t\tgo func() {\n-\t\t\twg.Add(1)\n");
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "--rule", "go", NULL);
	assert_has(o.out, "    = fix: replace `go` by `wg.Add(1) go`, remove `wg.Add` (--fix)\n");
	assert_has(o.out, "    = fix: replace `Ping(` by `PingContext(ctx` (--fix --unsafe-fixes)\n");
	outcome_release(&o);
}

/* An import that nothing uses does not compile: what would leave one is no fix. */
static void test_a_fix_of_go_leaves_no_unused_import(void **state)
{
	(void)state;
#define HANDLER                                                          \
	"package main\n\nimport (\n\t\"context\"\n\t\"net/http\"\n)\n\n" \
	"func place(w http.ResponseWriter, r *http.Request) {\n\tsave(context.Background())\n}\n"
	tree_write("go.mod", "module shop\n\ngo 1.22\n");
	tree_write("save.go", "package main\n\nimport \"context\"\n\nfunc save(ctx context.Context) {}\n");
	tree_write("main.go", HANDLER);
	struct outcome o = run_bylaw(NULL, "check", "--rule", "go/propagate-context", "--diff", "--unsafe-fixes", NULL);
	expect_outcome(&o, 1, NULL, NULL);
	assert_int_equal(o.out.len, 0);
	outcome_release(&o);
	tree_write("main.go", HANDLER "\nvar _ context.Context\n");
	o = run_bylaw(NULL, "check", "--rule", "go/propagate-context", "--diff", "--unsafe-fixes", NULL);
	assert_has(o.out, "+\tsave(r.Context())\n");
	outcome_release(&o);
}

/* What is certain is rewritten as a whole, its imports with it; what is not stays. */
static void test_fixes_of_pydantic(void **state)
{
	(void)state;
	tree_write("shop/models.py",
		"from pydantic import (\n    BaseModel,\n    Extra,\n    root_validator,\n    validator,\n)\n"
		"from pydantic import Field, parse_obj_as\n\n\n"
		"class Order(BaseModel):\n"
		"    lines: list[str] = Field(min_items=1, regex=\"^a$\", allow_mutation=False)\n\n"
		"    @validator(\"a\", \"b\", pre=True, allow_reuse=True)\n    def both(cls, v):\n        return v\n\n"
		"    @validator(\"c\")\n    @classmethod\n    def one(cls, v):\n        return v\n\n"
		"    @root_validator(pre=True)\n    def whole(cls, values):\n        return values\n\n"
		"    class Config:\n        orm_mode = True\n        extra = Extra.allow\n        title = \"Order\"\n\n\n"
		"Order.update_forward_refs()\norders = parse_obj_as(list[Order], [])\n");
	struct outcome o = run_bylaw(NULL, "check", "--rule", "python/pydantic-v2", "--fix", NULL);
	expect_outcome(&o, 0, NULL, "fixed 12 findings");
	outcome_release(&o);
	assert_true(tree_holds("shop/models.py",
		"from pydantic import (\n    BaseModel, ConfigDict, model_validator, field_validator,\n)\n"
		"from pydantic import Field, TypeAdapter\n\n\n"
		"class Order(BaseModel):\n"
		"    lines: list[str] = Field(min_length=1, pattern=\"^a$\", frozen=True)\n\n"
		"    @field_validator(\"a\", \"b\", mode=\"before\")\n    @classmethod\n    def both(cls, v):\n"
		"        return v\n\n"
		"    @field_validator(\"c\")\n    @classmethod\n    def one(cls, v):\n        return v\n\n"
		"    @model_validator(mode=\"before\")\n    @classmethod\n    def whole(cls, values):\n"
		"        return values\n\n"
		"    model_config = ConfigDict(from_attributes=True, extra=\"allow\", title=\"Order\")\n\n\n"
		"Order.model_rebuild()\norders = TypeAdapter(list[Order]).validate_python([])\n"));
}

static void test_what_is_not_certain_in_pydantic_is_left(void **state)
{
	(void)state;
	static const char text[] =
		"from pydantic import BaseModel, BaseSettings, Field, parse_obj_as, root_validator, validator\n\n\n"
		"def reuse(value):\n    return value\n\n\n"
		"class Order(BaseModel):\n"
		"    name: str = Field(regex=\"(?=a)\", const=True)\n\n"
		"    @validator(\"a\", always=True)\n    def always(cls, v):\n        return v\n\n"
		"    @validator(\"a\")\n    def others(cls, v, values):\n        return v\n\n"
		"    @validator(\"a\")\n    @reuse\n    def decorated(cls, v):\n        return v\n\n"
		"    @validator(\n        \"a\",  # the first\n        pre=True,\n    )\n    def said(cls, v):\n        return v\n\n"
		"    @root_validator\n    def whole(cls, values):\n        return values\n\n"
		"    class Config:\n        orm_mode = True  # rows\n\n\n"
		"class Line(BaseModel):\n    class Config:\n        json_encoders = {}\n\n\n"
		"class Pair(BaseModel):\n    class Config:\n        keep_untouched = (int, str)\n\n\n"
		"class Tabs(BaseModel):\n\t@validator(\"a\")\n\tdef one(cls, v):\n\t\treturn v\n\n\n"
		"class Settings(BaseSettings):\n    class Config:\n        env_prefix = \"shop\"\n\n\n"
		"Order.update_forward_refs(Line=Line)\norders = parse_obj_as(list[Order], [], type_name=\"o\")\n";
	tree_write("shop/models.py", text);
	struct outcome o = run_bylaw(NULL, "check", "--rule", "python/pydantic-v2", "--fix", NULL);
	expect_outcome(&o, 1, "shop/models.py:11", "fixed 0 findings");
	outcome_release(&o);
	assert_true(tree_holds("shop/models.py", text));
}

static void test_options_that_do_not_go_together(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[2], *says;
	} rows[] = {
		{ { "--fix", "--diff" }, "give one of them" },
		{ { "--unsafe-fixes" }, "--unsafe-fixes goes with --fix, --diff or -o sarif" },
		{ { "--diff", "-ojson" }, "--diff prints a patch to stdout" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o = run_bylaw(NULL, "check", rows[i].arguments[0], rows[i].arguments[1], NULL);
		expect_refusal(&o, rows[i].says);
		outcome_release(&o);
	}
}

#define FIX_TEST(name) cmocka_unit_test_setup_teardown(name, begin, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIX_TEST(test_fix_changes_the_file_and_reports_the_rest),
		FIX_TEST(test_diff_is_a_patch_and_changes_nothing),
		FIX_TEST(test_one_of_several_ids_goes),
		FIX_TEST(test_unsafe_fixes_are_asked_for),
		FIX_TEST(test_fixes_of_go),
		FIX_TEST(test_fixes_of_pydantic),
		FIX_TEST(test_what_is_not_certain_in_pydantic_is_left),
		FIX_TEST(test_a_fix_of_go_leaves_no_unused_import),
		FIX_TEST(test_options_that_do_not_go_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
