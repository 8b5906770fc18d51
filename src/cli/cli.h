/* The command line: one command, one file, one row in main.c's table. */
#ifndef BYLAW_CLI_CLI_H
#define BYLAW_CLI_CLI_H

#include "base/buf.h"
#include "base/err.h"

/* 0 clean, 1 findings at or above --fail-on, 2 the run itself failed (or too little was resolved, or it was incomplete under --strict). */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_FAILED = 2 };

struct command {
	const char *name, *usage, *says;
	int (*run)(int argc, char **argv);
};

int command_check(int argc, char **argv);
int command_rules(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_why(int argc, char **argv);
int command_map(int argc, char **argv);
int command_facts(int argc, char **argv);
int command_config(int argc, char **argv);

/* Prints "bylaw: message" to stderr; returns EXIT_FAILED. */
int cli_fail(const struct err *err);
int cli_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Is there something at the path that is no folder? What a command that takes one file asks first. */
bool cli_takes_file(const char *path, struct err *err);
/* Writes to stdout; EXIT_FAILED with a message when that fails, EXIT_CLEAN otherwise. */
int cli_print(struct str text);

#endif
