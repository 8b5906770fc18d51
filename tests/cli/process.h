/* Runs the bylaw program as its users do, in the folder of tree.h. */
#ifndef BYLAW_TESTS_PROCESS_H
#define BYLAW_TESTS_PROCESS_H

#include "base/buf.h"
#include "tree.h"

#include <sys/resource.h>
#include <sys/types.h>

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
	STREAM_PIPE, /* stdout is a pipe of one page */
	STREAM_HASTY_PIPE, /* the same, and writing to it does not wait */
};

struct run_limit {
	unsigned resource; /* RLIMIT_… */
	rlim_t value;
};

struct run_options {
	const char *folder; /* to run in; the temporary one when NULL */
	const char *const *environment; /* "NAME=value", added to PATH and HOME; NULL-terminated */
	const char *stdout_path; /* instead of capturing */
	enum stream streams;
	struct run_limit limit; /* none when zero */
	int ignored; /* a signal that is ignored from the start; none when zero */
	int signalled_by; /* a descriptor that sends its signal (F_SETSIG) to the run; none when zero */
	int onto; /* a descriptor for both streams instead of capturing; none when zero */
	bool as_nobody; /* with the rights of nobody; only for root, and the folder must be open to all */
};

/* Runs bylaw with these arguments (NULL at the end). A run that takes 30 s is killed: its status is -SIGALRM. */
struct outcome run_bylaw(const struct run_options *options, const char *first, ...);
void outcome_release(struct outcome *o);

/* The same in two steps, for what happens meanwhile. */
struct run {
	pid_t pid;
	int out, err; /* to read from; `out` is of use only as a pipe */
};
struct run start_bylaw(const struct run_options *options, const char *first, ...);
struct outcome finish_bylaw(const struct run *run);

/* Fails the test, and shows the run, when it went otherwise. `says` may be NULL. */
#define expect_outcome(o, status, out_says, err_says) \
	expect_outcome_at((o), (status), (out_says), (err_says), __FILE__, __LINE__)
void expect_outcome_at(
	const struct outcome *o, int status, const char *out_says, const char *err_says, const char *file, int line);
/* Runs check with one format and at most two arguments more, and expects this of it. */
void check_says(const char *a, const char *b, int status, const char *out_says, const char *err_says);
/* A refusal: status 2, one line on stderr that says this, nothing on stdout. */
void expect_refusal(const struct outcome *o, const char *says);
#define assert_has(buffer, text) assert_true(str_contains(buf_str(&(buffer)), str_from(text)))
#define assert_lacks(buffer, text) assert_false(str_contains(buf_str(&(buffer)), str_from(text)))

/* A package that serves, with one finding in src/good.ts. */
void tree_write_good(void);
#define GOOD_FINDING "src/good.ts:2"

/* A test that begins with it. */
int good_tree_setup(void **state);
#define CLI_TEST(name) cmocka_unit_test_setup_teardown(name, good_tree_setup, tree_teardown)
#endif
