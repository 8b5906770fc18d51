/* Runs the bylaw program as its users do, and makes folders for it to look at. */
#ifndef BYLAW_TESTS_PROCESS_H
#define BYLAW_TESTS_PROCESS_H

#include "base/buf.h"

#include <sys/resource.h>

/* What a run left behind. */
struct outcome {
	struct buf out, err;
	int status; /* exit status, or -signal */
};

enum stream {
	STREAM_CAPTURED,
	STREAM_JOINED, /* stdout and stderr are one stream, captured in out */
	STREAM_CLOSED, /* descriptors 0 to 2 are closed; nothing is captured */
	STREAM_BROKEN, /* stdout is a pipe that nobody reads */
};

struct run_limit {
	int resource; /* RLIMIT_… */
	rlim_t value;
};

struct run_options {
	const char *folder; /* to run in; the temporary one when NULL */
	const char *const *environment; /* "NAME=value", added to PATH and HOME; NULL-terminated */
	const char *stdout_path; /* instead of capturing */
	enum stream streams;
	struct run_limit limit; /* none when zero */
};

/* A fresh folder; every path below is relative to it. One at a time. */
void tree_begin(void);
void tree_end(void);
const char *tree_path(const char *path);
/* Folders on the way are made. The whole path may be longer than PATH_MAX. */
void tree_write(const char *path, const char *text);
void tree_write_bytes(const char *path, const void *bytes, size_t len);
void tree_write_repeated(const char *path, const char *before, const char *part, size_t times, const char *after);
/* Does the file hold just this text? */
bool tree_holds(const char *path, const char *text);

/* Runs bylaw with these arguments (NULL at the end). A run that takes 30 s is killed: its status is -SIGALRM. */
struct outcome run_bylaw(const struct run_options *options, const char *first, ...);
void outcome_release(struct outcome *o);

/* Fails the test, and shows the run, when it went otherwise. `says` may be NULL. */
#define expect_outcome(o, status, out_says, err_says) \
	expect_outcome_at((o), (status), (out_says), (err_says), __FILE__, __LINE__)
void expect_outcome_at(
	const struct outcome *o, int status, const char *out_says, const char *err_says, const char *file, int line);
#define assert_has(buffer, text) assert_true(str_contains(buf_str(&(buffer)), str_from(text)))
#define assert_lacks(buffer, text) assert_false(str_contains(buf_str(&(buffer)), str_from(text)))

/* A package that serves, with one finding in src/good.ts. */
void tree_write_good(void);
#define GOOD_FINDING "src/good.ts:2"

#endif
