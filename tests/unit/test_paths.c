/* Every framework's way to write a path, in one way. */
#include "wire/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
	const char *written, *path;
} rows[] = {
	{ "", "/" },
	{ "/", "/" },
	{ "users", "/users" },
	{ "/users/", "/users" },
	{ "//users//x", "/users/x" },
	{ "/users/:id", "/users/{id}" },
	{ "/users/:id/", "/users/{id}" },
	{ "/users/:id(\\d+)", "/users/{id}" },
	{ "/users/:id?", "/users/{id?}" },
	{ "/users/{id?}", "/users/{id?}" },
	{ "/users/v:id?", "/users/v{id}" },
	{ "/users{/:id}", "/users/{id?}" },
	{ "/files{/v}/files{.:ext}", "/files/v/files.{ext}" },
	{ "/files/*path/*", "/files/{*path}" },
	{ "/*/files/*", "/{*}/files/{*}" },
	{ "/files/:rest*", "/files/{*rest}" },
	{ "/flights/:from-:to", "/flights/{from}-{to}" },
	{ "/users/:id.json", "/users/{id}.json" },
	{ "/users/{id}", "/users/{id}" },
	{ "/users/{id:uuid}", "/users/{id}" },
	{ "/users/{id:[0-9]{2,4}}", "/users/{id}" },
	{ "/files/{path:path}", "/files/{*path}" },
	{ "/files/{path...}", "/files/{*path}" },
	{ "/files/{*path}", "/files/{*path}" },
	{ "/users/<int:id>", "/users/{id}" },
	{ "/users/<id>", "/users/{id}" },
	{ "/files/<path:rest>", "/files/{*rest}" },
	{ "/files/<rest..>", "/files/{*rest}" },
	{ "/files/*", "/files/{*}" },
	{ "/files/*rest", "/files/{*rest}" },
	{ "./api/./v1", "/api/v1" },
	{ ".well-known/x.json", "/.well-known/x.json" },
	{ "/v1/users:batchGet", "/v1/users{batchGet}" },
	{ "/a b", "/a b" },
	{ "/{", "/{}" },
	{ "/<", "/{}" },
	{ "/:", "/:" },
};

static void test_paths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = { 0 };
		path_add(&out, str_from(rows[i].written));
		assert_string_equal(buf_cstr(&out), rows[i].path);
		buf_release(&out);
	}
}

static void test_a_prefix_and_a_path(void **state)
{
	(void)state;
	struct buf out = { 0 };
	path_add(&out, STR("/api/"));
	path_add(&out, STR("users/:id"));
	path_add(&out, STR("/"));
	assert_string_equal(buf_cstr(&out), "/api/users/{id}");
	buf_release(&out);
}

static void test_files(void **state)
{
	(void)state;
	static const char *const files[] = { "/logo.svg", "/locales/en.json", "/assets/{name}",
		"/images/products/{picture}", "/humans.txt", "/intl/messages/{locale}.json" };
	static const char *const endpoints[] = { "/orders", "/images", "/orders/{id}.json", "/v1.2/orders",
		"/api/assets/{id}" };
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		assert_true(path_names_file(str_from(files[i])));
	for (size_t i = 0; i < sizeof(endpoints) / sizeof(*endpoints); i++)
		assert_false(path_names_file(str_from(endpoints[i])));
}

static void test_methods(void **state)
{
	(void)state;
	char space[64];
	assert_int_equal(http_method(STR("get")), METHOD_GET);
	assert_int_equal(http_method(STR("all")), METHOD_ANY);
	assert_int_equal(http_method(STR("fetch")), 0);
	assert_true(str_is(http_methods_text(METHOD_GET | METHOD_POST, space), "GET, POST"));
	assert_true(str_is(http_methods_text(METHOD_ANY, space), "ANY"));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_paths), cmocka_unit_test(test_a_prefix_and_a_path),
		cmocka_unit_test(test_files), cmocka_unit_test(test_methods) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
