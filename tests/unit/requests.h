/* Projects given as one text, and the requests that are found in them: "file:line METHOD origin path", a line each. */
#ifndef BYLAW_TESTS_REQUESTS_H
#define BYLAW_TESTS_REQUESTS_H

#include "pieces.h"

#include "base/buf.h"
#include "bylaw/wire.h"

struct row {
	const char *files, *requests;
};

static inline void print_request(struct buf *out, const struct project *p, const struct request *r)
{
	static const char *const protocols[] = {
		[PROTOCOL_GRPC] = "grpc", [PROTOCOL_GRAPHQL] = "graphql", [PROTOCOL_WEBSOCKET] = "websocket"
	};
	const struct model_file *file = model_file(p->result.model, r->file);
	char space[64];
	buf_printf(out, "%.*s:%u ", STR_ARG(file->path), facts_line(&file->facts, file->facts.nodes[r->node].start));
	if (r->protocol == PROTOCOL_HTTP)
		buf_printf(out, "%.*s", STR_ARG(r->methods ? http_methods_text(r->methods, space) : STR("?")));
	else
		buf_add_text(out, protocols[r->protocol]);
	buf_printf(out, " %.*s%s%s%.*s\n", STR_ARG(r->origin), r->origin.len ? " " : "", r->is_tail ? "…" : "",
		STR_ARG(r->path));
}

static inline void check_rows(const struct row *rows, size_t count)
{
	unsigned failed = 0;
	for (size_t i = 0; i < count; i++) {
		struct project p;
		struct buf found = { 0 };
		project_open(&p, rows[i].files);
		for (uint32_t k = 0; k < wire_request_count(p.result.wire); k++)
			print_request(&found, &p, wire_request(p.result.wire, k));
		if (!str_is(buf_str(&found), rows[i].requests)) {
			print_message("%s\nasks:\n%s\nnot:\n%s\n", rows[i].files, buf_cstr(&found), rows[i].requests);
			failed++;
		}
		buf_release(&found);
		project_close(&p);
	}
	assert_int_equal(failed, 0);
}

#endif
