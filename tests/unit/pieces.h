/* A project given as one text: "path\ntext" pieces separated by a line "--". */
#ifndef BYLAW_TESTS_PIECES_H
#define BYLAW_TESTS_PIECES_H

#include "bylaw.h"
#include "model/model.h"
#include "parse/parse.h"
#include "source/overlay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct project {
	struct source *source;
	struct config config;
	struct libraries *libraries;
	struct bylaw_result result;
};

static inline void project_open(struct project *p, const char *files)
{
	struct err err = { 0 };
	struct str rest = str_from(files);
	*p = (struct project){ .source = overlay_source_open(NULL) };
	while (rest.len) {
		const char *cut = memmem(rest.ptr, rest.len, "\n--\n", 4);
		struct str piece = cut ? str_slice(rest, 0, (uint32_t)(cut - rest.ptr) + 1) : rest, path;
		rest = cut ? str_slice(rest, (uint32_t)(cut - rest.ptr) + 4, rest.len) : STR("");
		str_split(&piece, '\n', &path);
		overlay_source_put(p->source, path, piece);
	}
	config_defaults(&p->config);
	p->libraries = libraries_new(STR(""), 0, &err);
	struct bylaw_request request = {
		.head = p->source, .config = &p->config, .libraries = p->libraries, .workers = 1, .today = "2026-01-01"
	};
	assert_true(bylaw_run(&request, &p->result, &err));
}

/* The path of the first piece. */
static inline struct str first_path(const char *files)
{
	struct str path = str_from(files);
	return str_slice(path, 0, str_find(path, '\n'));
}

static inline void project_close(struct project *p)
{
	bylaw_result_release(&p->result);
	libraries_free(p->libraries);
	config_release(&p->config);
	source_close(p->source);
}

#endif
