#include "goldens.h"

#include <stdio.h>

static bool is_facts(const struct markdown_fence *fence)
{
	return str_is(markdown_language(fence), "facts");
}

bool golden_next(struct markdown *page, struct golden *golden)
{
	*golden = (struct golden){ 0 };
	struct markdown_fence fence;
	if (!markdown_next(page, &fence))
		return false;
	golden->known_gap = str_ends(fence.heading, STR("(known gap)"));
	if (is_facts(&fence)) {
		golden->facts = fence;
		golden->has_facts = true;
		return true;
	}
	golden->code = fence;
	struct markdown ahead = *page;
	golden->has_facts = markdown_next(&ahead, &fence) && is_facts(&fence) &&
			    fence.heading_line == golden->code.heading_line;
	if (golden->has_facts) {
		golden->facts = fence;
		*page = ahead;
	}
	return true;
}

static bool has_extension(struct str files, struct str word)
{
	struct str pattern;
	while (str_split(&files, ' ', &pattern))
		if (str_eq(pattern, word))
			return true;
	return false;
}

enum language golden_language(struct str word)
{
	static const struct {
		const char *id, *files;
	} rows[LANGUAGE_COUNT] = {
#define X(ID, id_text, name, files_text) [LANGUAGE_##ID] = { #id_text, files_text },
		LANGUAGES(X)
#undef X
	};
	for (unsigned i = 1; i < LANGUAGE_COUNT; i++)
		if (str_is(word, rows[i].id) || has_extension(str_from(rows[i].files), word))
			return (enum language)i;
	return LANGUAGE_NONE;
}

void golden_pages(const char *folder, glob_t *pages)
{
	char pattern[4096];
	snprintf(pattern, sizeof(pattern), "%s/*.md", folder);
	if (glob(pattern, 0, NULL, pages) != 0)
		*pages = (glob_t){ 0 };
}
