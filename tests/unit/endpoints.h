/* Rows of a project and the endpoints that it has, in the order of their text: "GET /a list; POST …/b C.create". */
#ifndef BYLAW_TESTS_ENDPOINTS_H
#define BYLAW_TESTS_ENDPOINTS_H

#include "pieces.h"

#include <stdlib.h>

struct endpoint_row {
	const char *files, *endpoints;
};

static inline void add_handler(struct buf *out, const struct model *m, const struct endpoint *e)
{
	const struct facts *f = &model_file(m, e->handler_file)->facts;
	node_id receiver = node_child(f, e->handler, PART_RECEIVER);
	node_id owner = receiver ? node_child(f, receiver, PART_TYPE) : node_ancestor(f, e->handler, KIND(CLASS));
	struct str name = node_name(f, e->handler);
	if (!str_empty(name))
		buf_printf(out, " %.*s%s%.*s", STR_ARG(owner ? node_name(f, owner) : STR("")), owner ? "." : "",
			STR_ARG(name));
}

static inline int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inline void describe_endpoints(const struct bylaw_result *result, struct buf *out)
{
	static const char *const protocols[] = { "", "grpc ", "graphql ", "websocket ", "message " };
	uint32_t count = wire_endpoint_count(result->wire);
	struct arena arena = { 0 };
	const char **lines = arena_array(&arena, const char *, count + 1);
	for (uint32_t i = 0; i < count; i++) {
		const struct endpoint *e = wire_endpoint(result->wire, i);
		char space[64];
		struct buf line = { 0 };
		if (e->protocol == PROTOCOL_HTTP)
			buf_printf(&line, "%.*s ", STR_ARG(http_methods_text(e->methods, space)));
		buf_printf(&line, "%s%s%.*s", protocols[e->protocol], e->is_tail ? "…" : "", STR_ARG(e->path));
		if (e->is_static)
			buf_add_text(&line, " files");
		if (e->handler)
			add_handler(&line, result->model, e);
		lines[i] = arena_str(&arena, buf_str(&line)).ptr;
		buf_release(&line);
	}
	qsort(lines, count, sizeof(*lines), by_text);
	for (uint32_t i = 0; i < count; i++)
		buf_printf(out, "%s%s", i ? "; " : "", lines[i]);
	arena_release(&arena);
}

static inline void check_endpoints(const struct endpoint_row *rows, size_t count)
{
	bool all = true;
	for (size_t i = 0; i < count; i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, rows[i].files);
		describe_endpoints(&p.result, &found);
		if (strcmp(buf_cstr(&found), rows[i].endpoints) != 0) {
			print_message("%s  has %s\n  not %s\n", rows[i].files, buf_cstr(&found), rows[i].endpoints);
			all = false;
		}
		buf_release(&found);
		project_close(&p);
	}
	assert_true(all);
}

#define ENDPOINT_TESTS(rows)                                                       \
	static void test_rows(void **state)                                        \
	{                                                                          \
		(void)state;                                                       \
		check_endpoints(rows, sizeof(rows) / sizeof(*(rows)));             \
	}                                                                          \
	int main(void)                                                             \
	{                                                                          \
		const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) }; \
		parse_init();                                                      \
		return cmocka_run_group_tests(tests, NULL, NULL);                  \
	}

#endif
