/* bylaw map: a system's parts and how they hang together, in every format. */
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
	tree_write("package.json", "{ \"dependencies\": { \"@nestjs/common\": \"10\" } }");
	tree_write("src/main.ts",
		"import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\n\n"
		"NestFactory.create(AppModule).then((app) => app.listen(3000));\n");
	tree_write("src/app.module.ts",
		"import { Module } from '@nestjs/common';\nimport { OrdersController } from './orders.controller';\n\n"
		"@Module({ controllers: [OrdersController] })\nexport class AppModule {}\n");
	tree_write("src/orders.controller.ts",
		"import { Controller, Get, Param } from '@nestjs/common';\nimport { OrdersService } from './orders.service';\n\n"
		"@Controller('orders')\nexport class OrdersController {\n\tconstructor(private readonly orders: OrdersService) "
		"{}\n\n\t@Get(':id')\n\tget(@Param('id') id: string) {\n\t\treturn this.orders.find(id);\n\t}\n}\n");
	tree_write("src/orders.service.ts",
		"import { OrdersRepository } from './orders.repository';\n\nexport class OrdersService {\n\tconstructor(private "
		"readonly orders: OrdersRepository) {}\n\n\tfind(id: string) {\n\t\treturn [id].map((each) => "
		"this.orders.byId(each));\n\t}\n}\n");
	tree_write("src/orders.repository.ts",
		"import { Order } from './order.entity';\n\nexport class OrdersRepository {\n\tbyId(id: string): Order {\n"
		"\t\treturn new Order(id);\n\t}\n}\n");
	tree_write("src/order.entity.ts",
		"import { Entity } from 'typeorm';\n\n@Entity()\nexport class Order {\n\tconstructor(readonly id: string) {}\n}\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	tree_end();
	return 0;
}

static void test_text(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "map", NULL);
	expect_outcome(&o, 0,
		"GET /orders/{id}  src/orders.controller.ts:8\n"
		"    -> controller OrdersController.get  src/orders.controller.ts:9\n"
		"    -> service    OrdersService.find  src/orders.service.ts:6\n"
		"    -> repository OrdersRepository.byId  src/orders.repository.ts:4\n"
		"    -> entity     Order  src/order.entity.ts:4\n",
		NULL);
	outcome_release(&o);
}

static void test_json(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "map", "-o", "json", NULL);
	expect_outcome(&o, 0, NULL, NULL);
	cJSON *root = cJSON_Parse(buf_cstr(&o.out));
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "endpoints")), 1);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "nodes")), 5);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(root, "edges")), 4);
	cJSON_Delete(root);
	outcome_release(&o);
}

static void test_graphs(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "map", "-o", "dot", NULL);
	expect_outcome(&o, 0, "p0 [label=\"GET /orders/{id}\"]", NULL);
	assert_has(o.out, "  p0 -> p1\n");
	outcome_release(&o);
	o = run_bylaw(NULL, "map", "-o", "mermaid", NULL);
	expect_outcome(&o, 0, "p0[\"GET /orders/{id}\"]", NULL);
	assert_has(o.out, "  p0 --> p1\n");
	outcome_release(&o);
}

static void test_requests(void **state)
{
	(void)state;
	tree_write("src/client.ts", "export const get = (id: string) => fetch(`https://x.y/orders/${id}`);\n");
	struct outcome o = run_bylaw(NULL, "map", "-o", "json", NULL);
	expect_outcome(&o, 0,
		"\"requests\":[{\"protocol\":\"http\",\"methods\":[\"GET\"],\"path\":\"/orders/{id}\",\"isTail\":false,"
		"\"origin\":\"https://x.y\",\"sent\":{\"path\":\"src/client.ts\",\"line\":1},\"class\":\"production\"}]",
		NULL);
	outcome_release(&o);
}

static void test_static_files(void **state)
{
	(void)state;
	tree_write("src/files.ts",
		"import express from 'express';\n\nexpress().use('/assets', express.static('public'));\n");
	struct outcome o = run_bylaw(NULL, "map", "src/files.ts", NULL);
	expect_outcome(&o, 0, "GET /assets/{*} (static files)  src/files.ts:3\n", NULL);
	outcome_release(&o);
	o = run_bylaw(NULL, "map", "-o", "json", "src/files.ts", NULL);
	expect_outcome(&o, 0, "\"path\":\"/assets/{*}\",\"isTail\":false,\"isStatic\":true", NULL);
	outcome_release(&o);
}

/* What a name holds is called by that name: most functions of a user interface are written so. */
static void test_arrow_functions(void **state)
{
	(void)state;
	tree_write(
		"web/api.ts", "import 'react';\n\nexport const getOrder = (id: string) => fetch(`/orders/${id}`);\n");
	tree_write("web/useOrder.ts",
		"import { useQuery } from '@tanstack/react-query';\nimport { getOrder } from './api';\n\n"
		"export const useOrder = (id) => useQuery({ queryKey: [id], queryFn: () => getOrder(id) });\n");
	tree_write("web/Order.tsx", "import { useOrder } from './useOrder';\n\nexport const Order = ({ id }) => {\n"
				    "\tconst { data } = useOrder(id);\n\treturn <p>{data}</p>;\n};\n");
	struct outcome o = run_bylaw(NULL, "map", NULL);
	expect_outcome(&o, 0,
		"GET /orders/{id}  src/orders.controller.ts:8\n"
		"    <- client     getOrder  web/api.ts:3\n"
		"    <- component  Order  web/Order.tsx:3\n",
		NULL);
	outcome_release(&o);
}

/* A name of the repository cannot leave the place where the page keeps its data. */
static void test_page(void **state)
{
	(void)state;
	tree_write("src/<b>.ts",
		"import { Controller, Get } from '@nestjs/common';\n\n@Controller()\nexport class A {\n\t@Get('all')\n\t"
		"get() {}\n}\n");
	struct outcome o = run_bylaw(NULL, "map", "-o", "html", NULL);
	expect_outcome(&o, 0, "OrdersRepository.byId", NULL);
	assert_true(str_starts(buf_str(&o.out), STR("<!doctype html>")));
	assert_lacks(o.out, "<b>");
	assert_has(o.out, "\\u003c");
	outcome_release(&o);
}

static void test_mistakes(void **state)
{
	(void)state;
	struct outcome o = run_bylaw(NULL, "map", "-o", "pdf", NULL);
	expect_outcome(&o, 2, NULL, "there is no format \"pdf\" of maps");
	outcome_release(&o);
	o = run_bylaw(NULL, "map", "--colour", NULL);
	expect_outcome(&o, 2, NULL, "bylaw map takes");
	outcome_release(&o);
	o = run_bylaw(NULL, "map", "nowhere", NULL);
	expect_outcome(&o, 2, NULL, "nowhere: no such file");
	outcome_release(&o);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = { TEST(test_text), TEST(test_json), TEST(test_requests),
		TEST(test_static_files), TEST(test_graphs), TEST(test_arrow_functions), TEST(test_page),
		TEST(test_mistakes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
