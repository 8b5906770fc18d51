/* The fences of a Markdown page, for tests that are written as pages: goldens and the rules' own pages. */
#ifndef BYLAW_TESTS_MARKDOWN_H
#define BYLAW_TESTS_MARKDOWN_H

#include "base/buf.h"
#include "bylaw/str.h"

/* Everything points into the page's text. */
struct markdown_fence {
	struct str heading; /* nearest heading above, without its marks */
	uint32_t heading_line;
	uint32_t heading_level;
	struct str info; /* ts file=src/a.ts rev=base */
	struct str body; /* whole lines */
	uint32_t line; /* 1-based line of the body's first line */
	uint32_t body_start, body_end; /* bytes of the page */
	uint32_t end; /* byte behind the closing fence's line */
};

struct markdown {
	struct str text;
	uint32_t at;
	uint32_t line; /* of the line at `at` */
	struct str heading;
	uint32_t heading_line, heading_level;
};

void markdown_init(struct markdown *m, struct str text);
/* The next fence of backticks or tildes; false at the end. An unclosed fence reaches to the end of the page.
 */
bool markdown_next(struct markdown *m, struct markdown_fence *fence);

/* The first word of the info string: the language. */
struct str markdown_language(const struct markdown_fence *fence);
/* `name=value` in the info string; false when it is not there. A word without `=` has an empty value. */
bool markdown_attribute(const struct markdown_fence *fence, const char *name, struct str *value);

/* The whole of a file, appended to `out`; false when it cannot be read. */
bool markdown_read_file(const char *path, struct buf *out);

#endif
