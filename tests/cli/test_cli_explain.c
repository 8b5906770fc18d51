/* bylaw explain FILE:LINE: what stands at a place, and which rules speak or abstain there. */
#include "cli/process.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static int begin(void **state)
{
	(void)state;
	tree_begin();
	tree_write("package.json", "{ \"dependencies\": { \"@nestjs/common\": \"10\", \"react\": \"18\" } }\n");
	tree_write("src/orders.controller.ts",
		"import { Controller, Get, Param } from '@nestjs/common';\nimport { OrdersService } from './orders.service';\n\n"
		"@Controller('orders')\nexport class OrdersController {\n\tconstructor(private readonly orders: OrdersService) "
		"{}\n\n\t@Get(':id')\n\tget(@Param('id') id: string) {\n\t\treturn this.orders.find(id);\n\t}\n}\n");
	tree_write("src/orders.service.ts",
		"import { Injectable } from '@nestjs/common';\n\n@Injectable()\nexport class OrdersService {\n\tfind(id: string) "
		"{\n\t\treturn id;\n\t}\n}\n");
	tree_write("web/Order.tsx",
		"import { useEffect } from 'react';\n\nexport function Order({ id }) {\n\tuseEffect(() => {\n"
		"\t\tfetch(`/orders/${id}`);\n\t}, [id]);\n\treturn <p>{id}</p>;\n}\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	tree_end();
	return 0;
}

static void explain(const char *place, const char *says)
{
	struct outcome o = run_bylaw(NULL, "explain", place, NULL);
	expect_outcome(&o, 0, says, NULL);
	outcome_release(&o);
}

static void test_an_endpoint(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "explain", "src/orders.controller.ts:10", NULL);
	expect_outcome(&o, 0, "src/orders.controller.ts:10\nlanguage: TypeScript\nclass: production (", NULL);
	assert_has(o.out, "in: function get, line 9\n"
			  "in: class OrdersController, line 5; layer: controller (decorated as a controller), "
			  "src/orders.controller.ts:4\n");
	assert_has(o.out, "facts:\n  3 return\n  10 value: call \"this.orders.find\"\n");
	assert_has(o.out, "calls:\n  10 this.orders.find → declaration src/orders.service.ts:5\n");
	assert_has(o.out, "endpoint: GET /orders/{id}  src/orders.controller.ts:8\n"
			  "    <- client     Order  web/Order.tsx:5\n");
	assert_has(o.out, "    -> service    OrdersService.find  src/orders.service.ts:5\n");
	assert_has(o.out, "no rule has found anything here\n");
	outcome_release(&o);
}

static void test_a_request_and_its_findings(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "explain", "web/Order.tsx:5", NULL);
	expect_outcome(&o, 0,
		"request: GET /orders/{id}  web/Order.tsx:5\n"
		"  lands on: the whole path\n"
		"    /orders/{id}  src/orders.controller.ts:8\n"
		"    <- component  Order  web/Order.tsx:3\n",
		NULL);
	assert_has(o.out, "in: lambda useEffect, line 4\nin: function Order, line 3\n");
	assert_has(o.out, "web/Order.tsx:5: error[wiring/api-service] a component sends GET /orders/{id} itself");
	assert_has(o.out, "  web/Order.tsx:3: Order renders\n");
	assert_has(o.out, "web/Order.tsx:5: error[wiring/error-handling] nobody notices when GET /orders/{id} fails");
	outcome_release(&o);
	/* where a finding's note stands, it is shown, too */
	explain("web/Order.tsx:3", "web/Order.tsx:5: error[wiring/api-service]");
}

/* A request that nothing serves, where an import that leads nowhere may serve it. */
static void test_who_abstains(void **state)
{
	(void)state;
	tree_write("src/server.ts",
		"import express from 'express';\nimport { gone } from './gone';\n\nconst app = express();\n"
		"app.use('/lost', gone);\napp.get('/known', (req, res) => res.json([]));\napp.listen(3000);\n");
	tree_write("web/lost.ts",
		"export const a = () => fetch('/known');\nexport const b = () => fetch('/known');\n"
		"export const c = () => fetch('/known');\nexport const lost = () => fetch('/else');\n");
	explain("src/server.ts:2",
		"wiring/endpoint abstains: routes that were not read may answer what is asked for\n");
	explain("src/orders.service.ts:2", "no rule has found anything here\n");
}

static void test_json(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "explain", "-o", "json", "web/Order.tsx:5", NULL);
	assert_int_equal(o.status, 0);
	cJSON *place = cJSON_Parse(buf_cstr(&o.out));
	assert_string_equal(cJSON_GetObjectItem(place, "path")->valuestring, "web/Order.tsx");
	assert_int_equal(cJSON_GetObjectItem(place, "line")->valueint, 5);
	cJSON *request = cJSON_GetArrayItem(cJSON_GetObjectItem(place, "requests"), 0);
	assert_string_equal(cJSON_GetObjectItem(request, "methods")->valuestring, "GET");
	cJSON *landed = cJSON_GetArrayItem(cJSON_GetObjectItem(cJSON_GetObjectItem(request, "lands"), "on"), 0);
	assert_string_equal(cJSON_GetObjectItem(landed, "endpoint")->valuestring, "/orders/{id}");
	cJSON *call = cJSON_GetArrayItem(cJSON_GetObjectItem(place, "calls"), 0);
	assert_string_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(call, "means"), "kind")->valuestring, "builtin");
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(place, "findings")), 2);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(place, "abstentions")), 0);
	cJSON_Delete(place);
	outcome_release(&o);
}

/* FILE:LINE:COLUMN, as findings are printed; a colon in a file's own name. */
static void test_how_places_are_spelled(void **state)
{
	(void)state;
	tree_write("src/a:7", "");
	tree_write("src/b:7.ts", "f();\n");
	explain("web/Order.tsx:5:3", "web/Order.tsx:5\n");
	explain("./src/../web/Order.tsx:5", "web/Order.tsx:5\n");
	explain("src/b:7.ts:1", "src/b:7.ts:1\n");
	tree_write("src/empty.ts", "");
	explain("src/empty.ts:1", "no rule has found anything here\n");
}

static void test_places_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *arguments[4];
		const char *says;
	} rows[] = {
		{ { "web/Order.tsx:9" }, "web/Order.tsx has 8 lines" },
		{ { "web/Order.tsx:99999999999999999999" }, "web/Order.tsx has 8 lines" },
		{ { "web/Order.tsx:0" }, "web/Order.tsx:0: lines count from 1" },
		{ { "web/Order.tsx" }, "name a line of the file: web/Order.tsx:1" },
		{ { "web/Order.tsx:" }, "there is no rule \"web/Order.tsx:\"" },
		{ { "web/Order.tsx:-1" }, "there is no rule" },
		{ { "missing.ts:3" }, "missing.ts: no such file" },
		{ { "web:3" }, "web is a folder; name a file" },
		{ { "notes.txt:1" }, "notes.txt: not looked at: ignored, excluded, or of no language bylaw reads" },
		{ { "src/lib.min.js:1" }, "src/lib.min.js is not read: skip/minified" },
		{ { "-o", "yaml", "web/Order.tsx:5" }, "there is no format \"yaml\" of explanations" },
		{ { "-o", "json", "node/no-console" }, "-o goes with FILE:LINE" },
		{ { "web/Order.tsx:5", "web/Order.tsx:6" }, "bylaw explain takes a rule" },
	};
	tree_write("notes.txt", "a\n");
	tree_write_repeated("src/lib.min.js", "", "var a=1;", 20000, "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const *a = rows[i].arguments;
		struct outcome o = run_bylaw(NULL, "explain", a[0], a[1], a[2], NULL);
		expect_refusal(&o, rows[i].says);
		outcome_release(&o);
	}
}

#define EXPLAIN_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXPLAIN_TEST(test_an_endpoint),
		EXPLAIN_TEST(test_a_request_and_its_findings),
		EXPLAIN_TEST(test_who_abstains),
		EXPLAIN_TEST(test_json),
		EXPLAIN_TEST(test_how_places_are_spelled),
		EXPLAIN_TEST(test_places_that_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
