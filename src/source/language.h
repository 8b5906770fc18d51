/* Which language a file is in, and what it is for. */
#ifndef BYLAW_SOURCE_LANGUAGE_H
#define BYLAW_SOURCE_LANGUAGE_H

#include "bylaw/file.h"

/* By name alone; LANGUAGE_NONE when the name says nothing. */
enum language language_by_name(struct str path);
/* For a file whose name says nothing: by what is in it. No configuration is larger than this. */
enum { LANGUAGE_MOST_CONFIG_BYTES = 64 * 1024 };
enum language language_by_content(struct str path, struct str bytes);
/* By the first line of a file without a telling name (`#!/usr/bin/env node`). */
enum language language_by_first_line(struct str bytes);

/* A file's class and what decided it, such as "name ends in _test.go". The reason is a literal. */
struct classification {
	enum file_class class;
	const char *reason;
};

/* By path and content. `bytes` is the whole file. */
struct classification classify(struct str path, enum language language, struct str bytes);

#endif
