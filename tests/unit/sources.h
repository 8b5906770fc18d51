/* What a source lists and reads, in tests. */
#ifndef BYLAW_TESTS_SOURCES_H
#define BYLAW_TESTS_SOURCES_H

#include "source/source.h"

/* What is listed: "path" or "path!reason", one a line. */
struct buf source_text(struct source *s);
void assert_lists(struct source *s, const char *expected);
/* The same of the folder of tree.h, and of these paths in it. */
void assert_disk_lists(const struct str *paths, uint32_t count, const char *expected);
void assert_content(struct source *s, const char *path, const char *text);
/* Why a file cannot be read: then nothing of it comes along. */
enum skip_reason reason_of(struct source *s, const char *path);

#endif
