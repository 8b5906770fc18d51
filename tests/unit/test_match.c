/* Where requests land: whole paths, unknown beginnings, proxies, methods. */
#include "wire/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* What is served; "~" before a path: mounted where the code does not tell. */
static const char *const served[] = { "GET /", "GET /api/v1/users", "POST /api/v1/users", "GET /api/v1/users/{id}",
	"GET /api/v1/users/me", "DELETE /api/v1/users/{user_id}", "GET /api/v1/orders/{id}/lines/{line}",
	"GET ~/health/ready", "GET /files/{*path}", "GET /pages/{*}", "ANY /graphql", "GET /{*}",
	"POST /login/access-token", "GET /a/b/c/d/e/things", "ANY ~/{id}/cluster/{*}", "GET /mirror/{*name}/issues",
	"GET /dl/{kind}/{*}", "GET /archive/of/posts/{year?}/{month?}", "GET /{locale}/{*part}/authors",
	"DELETE /users/{id}/stats" };

static const struct {
	const char *request; /* "~": what stands before the path is not known; no method: any */
	enum fit fit;
	const char *lands; /* the endpoints, joined by ", " */
} rows[] = {
	{ "GET /", FIT_WHOLE, "GET /" },
	{ "GET /api/v1/users", FIT_WHOLE, "GET /api/v1/users" },
	{ "POST /api/v1/users", FIT_WHOLE, "POST /api/v1/users" },
	{ " /api/v1/users", FIT_WHOLE, "GET /api/v1/users, POST /api/v1/users" },
	{ "GET /api/v1/users/{}", FIT_WHOLE, "GET /api/v1/users/{id}" },
	{ "GET /api/v1/users/17", FIT_WHOLE, "GET /api/v1/users/{id}" },
	{ "GET /api/v1/users/me", FIT_WHOLE, "GET /api/v1/users/me" },
	{ "DELETE /api/v1/users/me", FIT_WHOLE, "DELETE /api/v1/users/{user_id}" },
	{ "PUT /api/v1/users/{id}", FIT_NONE, "" },
	{ "GET /api/v1/{kind}", FIT_WHOLE, "GET /api/v1/users" },
	{ "GET /api/v1/orders/{}/lines/{}", FIT_WHOLE, "GET /api/v1/orders/{id}/lines/{line}" },
	{ "GET ~/users", FIT_TAIL, "GET /api/v1/users" },
	{ "GET ~/users/{}", FIT_TAIL, "GET /api/v1/users/{id}" },
	{ "GET /users", FIT_PROXY, "GET /api/v1/users" },
	{ "GET /things", FIT_NONE, "" },
	{ "GET /gateway/api/v1/users", FIT_PROXY, "GET /api/v1/users" },
	{ "GET /internal/health/ready", FIT_TAIL, "GET ~/health/ready" },
	{ "GET /{tenant}/health/ready", FIT_TAIL, "GET ~/health/ready" },
	{ "GET /files/a/b.txt", FIT_WHOLE, "GET /files/{*path}" },
	{ "GET /files", FIT_WHOLE, "GET /files/{*path}" },
	{ "GET /api/files/a", FIT_PROXY, "GET /files/{*path}" },
	{ "GET /{host}/files/a", FIT_NONE, "" },
	{ "PUT /environments/{}/cluster/api/v1/pods", FIT_TAIL, "ANY ~/{id}/cluster/{*}" },
	{ "PUT /cluster/pods", FIT_NONE, "" },
	{ "GET ~/cluster/pods", FIT_TAIL, "ANY ~/{id}/cluster/{*}" },
	{ "GET /mirror/{owner}/{name}/issues", FIT_WHOLE, "GET /mirror/{*name}/issues" },
	{ "GET /mirror/{owner}/{name}/pulls", FIT_NONE, "" },
	{ "GET /dl/linux/a/b", FIT_WHOLE, "GET /dl/{kind}/{*}" },
	{ "GET /dl", FIT_NONE, "" },
	{ "GET /pages", FIT_WHOLE, "GET /pages/{*}" },
	{ "POST /pages/a", FIT_NONE, "" },
	{ "GET /archive/of/posts", FIT_WHOLE, "GET /archive/of/posts/{year?}/{month?}" },
	{ "GET /archive/of/posts/2024", FIT_WHOLE, "GET /archive/of/posts/{year?}/{month?}" },
	{ "GET /archive/of/posts/2024/{}", FIT_WHOLE, "GET /archive/of/posts/{year?}/{month?}" },
	{ "GET /archive/of/posts/2024/5/6", FIT_NONE, "" },
	{ "POST /graphql", FIT_WHOLE, "ANY /graphql" },
	{ "GET /nothing/there", FIT_NONE, "" },
	{ "GET /{}", FIT_NONE, "" },
	{ "GET /{locale}/{part}/authors", FIT_WHOLE, "GET /{locale}/{*part}/authors" },
	/* a word put in for a parameter, and a word for what is left open: too much of a guess */
	{ "DELETE /users/filters/{}", FIT_NONE, "" },
	{ "POST /api/login/access-token", FIT_PROXY, "POST /login/access-token" },
};

/* "GET ~/users" → methods, is_tail, path */
static void read_row(const char *text, uint32_t *methods, bool *is_tail, struct str *path)
{
	struct str rest = str_from(text);
	uint32_t space = str_find(rest, ' ');
	*methods = http_method(str_slice(rest, 0, space));
	*path = str_slice(rest, space + 1, rest.len);
	*is_tail = path->ptr[0] == '~';
	if (*is_tail)
		*path = str_slice(*path, 1, path->len);
}

static void describe(const struct wire *w, struct landing landing, struct buf *out)
{
	buf_clear(out);
	for (uint32_t i = 0; i < landing.count; i++)
		buf_printf(out, "%s%s", i ? ", " : "", served[landing_endpoint(w, landing, i)]);
}

static void test_landings(void **state)
{
	(void)state;
	struct wire *w = mem_alloc(sizeof(*w));
	struct buf lands = { 0 };
	*w = (struct wire){ 0 };
	for (size_t i = 0; i < sizeof(served) / sizeof(*served); i++) {
		struct endpoint endpoint = { .protocol = PROTOCOL_HTTP };
		read_row(served[i], &endpoint.methods, &endpoint.is_tail, &endpoint.path);
		endpoint.is_static = str_starts(endpoint.path, STR("/pages"));
		vec_push(&w->endpoints, endpoint);
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct request request = { .protocol = PROTOCOL_HTTP };
		read_row(rows[i].request, &request.methods, &request.is_tail, &request.path);
		vec_push(&w->requests, request);
	}
	wire_match(w);
	for (uint32_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct landing landing = wire_landing(w, i);
		describe(w, landing, &lands);
		if (landing.fit == rows[i].fit && str_is(buf_str(&lands), rows[i].lands))
			continue;
		print_message("%s: fit %d, \"%s\"; wanted %d, \"%s\"\n", rows[i].request, landing.fit, buf_cstr(&lands),
			rows[i].fit, rows[i].lands);
		fail();
	}
	assert_int_equal(wire_landing(w, 8).other_methods, METHOD_GET | METHOD_DELETE);
	buf_release(&lands);
	wire_free(w);
}

/* Paths are read from their ends: a request that ends in a hole may end like any endpoint of a large service. Words tell more. */
static void test_many_ends(void **state)
{
	(void)state;
	struct wire *w = mem_alloc(sizeof(*w));
	*w = (struct wire){ 0 };
	struct endpoint wanted = { .protocol = PROTOCOL_HTTP, .path = STR("/translations/approve") };
	struct request request = { .protocol = PROTOCOL_HTTP, .path = STR("/translations/{change}") };
	for (int i = 0; i < 500; i++) {
		struct endpoint other = { .protocol = PROTOCOL_HTTP,
			.path = arena_printf(&w->arena, "/other/end%d", i) };
		vec_push(&w->endpoints, other);
	}
	struct endpoint any = { .protocol = PROTOCOL_HTTP, .path = STR("/{locale}/{project}") };
	vec_push(&w->endpoints, wanted);
	vec_push(&w->endpoints, any);
	vec_push(&w->requests, request);
	wire_match(w);
	struct landing landing = wire_landing(w, 0);
	assert_int_equal(landing.fit, FIT_WHOLE);
	assert_int_equal(landing.count, 1);
	assert_int_equal(landing_endpoint(w, landing, 0), 500);
	wire_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_landings), cmocka_unit_test(test_many_ends) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
