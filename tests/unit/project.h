/* A small project run through the whole pipeline. */
#ifndef BYLAW_TESTS_PROJECT_H
#define BYLAW_TESTS_PROJECT_H

#include "bylaw.h"
#include "check/registry.h"
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

/* Runs what `source` holds, which it takes over, against a base revision, which may be NULL. */
static inline void project_run_with_base(
	struct project *p, struct source *source, struct source *base, const char *config, uint32_t workers, bool timed)
{
	struct config_schema schema = { registry_rules(), registry_count() };
	struct err err = { 0 };
	*p = (struct project){ .source = source };
	assert_true(config_parse(&p->config, &schema, STR("bylaw.yaml"), str_from(config), &err));
	p->libraries = libraries_new(STR(""), 0, &err);
	struct bylaw_request request = { .head = p->source,
		.base = base,
		.config = &p->config,
		.libraries = p->libraries,
		.workers = workers,
		.today = "2026-06-15",
		.timed = timed };
	assert_true(bylaw_run(&request, &p->result, &err));
}

static inline void project_run_source(
	struct project *p, struct source *source, const char *config, uint32_t workers, bool timed)
{
	project_run_with_base(p, source, NULL, config, workers, timed);
}

/* One file beside the manifest of a server. */
static inline void project_run(struct project *p, const char *path, const char *text, const char *config)
{
	struct source *source = overlay_source_open(NULL);
	overlay_source_put(source, STR("package.json"), STR("{ \"dependencies\": { \"express\": \"4\" } }"));
	overlay_source_put(source, str_from(path), str_from(text));
	project_run_source(p, source, config, 1, false);
}

static inline void project_release(struct project *p)
{
	bylaw_result_release(&p->result);
	libraries_free(p->libraries);
	config_release(&p->config);
	source_close(p->source);
}

/* For files that no server reaches. */
#define STRICT                                                                                               \
	"rules: { rust/no-print: { options: { strict: true } }, node/no-console: { options: { strict: true " \
	"} } }"

#define IGNORE "bylaw-ignore[node/no-console]"

#endif
