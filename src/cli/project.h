/* The project a command works on: its root, its config, its files. */
#ifndef BYLAW_CLI_PROJECT_H
#define BYLAW_CLI_PROJECT_H

#include "bylaw.h"
#include "git/git.h"

struct project {
	struct arena arena;
	struct str root; /* absolute, NUL-terminated, no slash at its end */
	struct str prefix; /* where the root lies in its git work tree; "" at its top or without git */
	VEC(struct str) paths; /* what was asked for, relative to the root; none means everything */
	struct config config;
	struct libraries *libraries;
	struct source *source;
	struct git_repo *repo;
	struct source *base;
};

/*
 * Finds the root for these paths (the nearest folder at or above the first with a bylaw.yaml, else the git work tree,
 * else the folder itself; never above the git work tree), reads the config and opens the source.
 * False with what is wrong, in the user's terms.
 */
bool project_open(struct project *p, char *const *paths, int path_count, const char *config_path, struct err *err);
/* Opens the base revision: the merge base of `revision` and HEAD. */
bool project_open_base(struct project *p, const char *revision, struct err *err);
void project_close(struct project *p);
/* Is the path one of those asked for, or below one? For bylaw_request.wanted. */
bool project_wants(void *project, struct str path);
/* The path from the root of a file that need not exist; false when it lies elsewhere. */
bool project_relative(struct project *p, const char *path, struct str *relative);
/* Fills what every request needs. */
struct bylaw_request project_request(struct project *p, uint32_t workers, char today[11]);

#endif
