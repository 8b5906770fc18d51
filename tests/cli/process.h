/* Runs the bylaw program as its users do, and makes folders for it to look at. */
#ifndef BYLAW_TESTS_PROCESS_H
#define BYLAW_TESTS_PROCESS_H

#include "base/buf.h"

/* What a run left behind. */
struct outcome {
	struct buf out, err;
	int status; /* exit status, or -signal */
};

struct run_options {
	const char *folder; /* to run in; the temporary one when NULL */
	const char *const *environment; /* "NAME=value", added; NULL-terminated */
	const char *stdout_path; /* instead of capturing */
	long file_size_limit; /* bytes; 0 for none */
	bool close_streams; /* run with descriptors 0 to 2 closed; nothing is captured */
};

/* A fresh folder; every path below is relative to it. One at a time. */
void tree_begin(void);
void tree_end(void);
const char *tree_path(const char *path);
/* Folders on the way are made. */
void tree_write(const char *path, const char *text);
void tree_write_bytes(const char *path, const void *bytes, size_t len);

/* Runs bylaw with these arguments (NULL at the end). A run that hangs is killed after 30 s: its status is -SIGKILL. */
struct outcome run_bylaw(const struct run_options *options, const char *first, ...);
void outcome_release(struct outcome *o);

#define assert_has(buffer, text) assert_true(str_contains(buf_str(&(buffer)), str_from(text)))
#define assert_lacks(buffer, text) assert_false(str_contains(buf_str(&(buffer)), str_from(text)))

/* A package that serves, with one finding in src/good.ts. */
void tree_write_good(void);
#define GOOD_FINDING "src/good.ts:2"

#endif
