/* The options of `bylaw check`. */
#ifndef BYLAW_CLI_OPTIONS_H
#define BYLAW_CLI_OPTIONS_H

#include "base/err.h"
#include "base/vec.h"
#include "report/format.h"

struct output {
	const struct format *format;
	struct str file; /* empty for stdout */
};

struct check_options {
	char **paths; /* in argv */
	int path_count;
	VEC(struct output) outputs; /* the one to stdout, if any, is the last */
	VEC(struct str) only; /* rules and clauses */
	const char *config, *base;
	enum severity fail_on;
	uint32_t workers; /* 0: as many as there are processors */
	bool strict, stats, color, list_skipped;
	bool fix, diff, unsafe_fixes;
};

extern const char check_help[];

/* False with what is wrong. *help is set when help was asked for. */
bool check_options_read(struct check_options *o, int argc, char **argv, bool *help, struct err *err);
void check_options_release(struct check_options *o);

#endif
