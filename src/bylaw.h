/* The whole way of the data, as one call: the command line, the language server and the tests all make it. */
#ifndef BYLAW_BYLAW_H
#define BYLAW_BYLAW_H

#include "check/check.h"
#include "config/config.h"
#include "model/libraries.h"
#include "report/finding.h"
#include "source/source.h"

struct bylaw_request {
	struct source *head;
	struct source *base; /* the base revision; NULL when there is none */
	const struct config *config;
	const struct libraries *libraries;
	uint32_t workers;
	/* passed on to the check */
	const struct str *only;
	uint32_t only_count;
	bool (*wanted)(void *context, struct str path);
	void *wanted_context;
	const char *today; /* YYYY-MM-DD */
	bool timed;
	bool link_only; /* nothing is checked */
};

/* Seconds of wall clock and processor that each phase took. */
struct phase_cost {
	const char *name;
	double wall, cpu;
};

enum { PHASE_LIST, PHASE_PARSE, PHASE_LINK, PHASE_WIRE, PHASE_CHECK, PHASE_COUNT };

struct project_files;

struct bylaw_result {
	struct report report;
	struct model *model;
	struct wire *wire;
	struct phase_cost phases[PHASE_COUNT];
	struct rule_cost *rules; /* one for each rule of the registry, when timed */
	/* what the model stands on */
	struct project_files *head, *base;
};

/*
 * Lists, parses, links, wires and checks. False only when nothing could be listed; everything else that goes wrong with a
 * file is in the report. Release the result in either case.
 */
bool bylaw_run(const struct bylaw_request *request, struct bylaw_result *result, struct err *err);
void bylaw_result_release(struct bylaw_result *result);

#endif
