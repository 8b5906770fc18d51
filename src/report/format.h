/* The report's formats. One row, one file. */
#ifndef BYLAW_REPORT_FORMAT_H
#define BYLAW_REPORT_FORMAT_H

#include "base/buf.h"
#include "base/err.h"
#include "report/finding.h"

struct format_options {
	bool color;
	const struct rule *const *rules; /* every rule of the program, in the order of the written rules */
	uint32_t rule_count;
	/* The page of a rule as Markdown; NULL when there is none. */
	const char *(*rule_page)(const struct rule *rule);
	/* The bytes of a file (of the base revision when in_base); false when they cannot be had. Valid until the next call. */
	bool (*text)(void *context, struct str path, bool in_base, struct str *bytes);
	void *text_context;
	struct str prefix; /* where the root lies in its repository; empty at its top */
	const char *version;
	enum severity fail_on;
	bool unsafe_fixes; /* SARIF offers those as well, which a viewer may make without asking */
	bool incomplete; /* something was skipped, or too little was resolved: SARIF's executionSuccessful */
};

struct format {
	const char *name; /* text, concise, json, sarif … */
	void (*print)(const struct report *r, const struct format_options *options, struct buf *out);
};

/* NULL when there is no such format. */
const struct format *format_find(struct str name);
/* Names of all formats, separated by ", ", for messages. */
const char *format_names(void);

#endif
