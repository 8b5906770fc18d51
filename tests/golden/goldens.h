/* The pages in tests/parse: sections of a code fence and the facts it must give. */
#ifndef BYLAW_TESTS_GOLDENS_H
#define BYLAW_TESTS_GOLDENS_H

#include "bylaw/language.h"
#include "markdown.h"

#include <glob.h>

struct golden {
	struct markdown_fence code;
	struct markdown_fence facts;
	bool has_facts;
	bool known_gap; /* must not match until it is mended */
};

/* The next section of a page; false at its end. A facts fence without code before it is a golden without
 * code.info. */
bool golden_next(struct markdown *page, struct golden *golden);

/* By a language's id or one of its file extensions; LANGUAGE_NONE for any other word. */
enum language golden_language(struct str word);

/* The pages of a folder in order of their names; release with globfree. */
void golden_pages(const char *folder, glob_t *pages);

#endif
