/* What only Go has: packages that are folders, modules of several programs, groups of goroutines, and contexts. */
#ifndef BYLAW_GO_H
#define BYLAW_GO_H

#include "bylaw/model.h"

/* ---- packages and modules ---- */

/* The folder of a Go package. */
struct str go_package_folder(const struct model *m, uint32_t package);
/* What one package clause of a folder holds. */
struct go_unit {
	struct str dir, name;
	const file_id *files; /* tests and all */
	uint32_t count;
	file_id first; /* of its production code; NO_FILE when it has none */
};

/* The Go package of a file; false when it is in none. */
bool model_go_unit(const struct model *m, file_id file, struct go_unit *unit);
/* A group of goroutines in a field of a struct, and where the package starts one in it. */
struct unwaited_group {
	file_id file, site_file;
	node_id field, site;
};

/*
 * Up to `most` groups in fields that are not exported, in which the package starts goroutines and for which nothing in it, tests and all,
 * waits: what is handed on, or given from outside, is not among them.
 */
uint32_t model_unwaited_groups(
	const struct model *m, const struct go_unit *unit, struct unwaited_group *out, uint32_t most);
/* How many programs, packages main of production code, a Go module holds. */
uint32_t model_go_programs(const struct model *m, package_id module);
/* Does another module of the repository import a package below a folder at the module's top? */
bool model_go_is_shared(const struct model *m, package_id module, struct str top);
/* How many files of production code it holds. */
uint32_t model_go_production_files(const struct model *m, package_id module);

/* ---- contexts of Go ---- */

/* How code runs, seen from the function whose context it could use; LATER: in a lambda that is kept or handed on. */
enum context_when { CONTEXT_HERE, CONTEXT_DEFERRED, CONTEXT_SPAWNED, CONTEXT_LATER };

/* The context that code could use: a parameter `ctx`, or `r`, of which `by` gets it (`Context()`). */
struct context_at_hand {
	node_id function; /* named, around the place; 0 at package level */
	node_id param; /* 0 when there is none */
	struct str by;
	enum context_when when;
	bool in_main; /* main, init, or what a framework for command lines calls in their place */
};

struct context_at_hand model_context_at(const struct model *m, file_id file, node_id node);
/*
 * `ctx, cancel := context.WithCancel(…)`: does the function keep cancel, hand it on, or call it in a lambda that it hands on, so that
 * somebody else ends the context when its own work is over?
 */
bool model_is_ended_elsewhere(const struct model *m, file_id file, node_id assign);
/* Is the type of a parameter or a field a context, rather than what has one? */
bool model_is_context(const struct model *m, file_id file, node_id bound);
/*
 * Should a function that takes no context take one: as a controller, a service or a repository, as a method among others that do,
 * or as what a request leads to? That is at *site of *file then; *site is 0 otherwise.
 */
bool model_should_take_context(const struct model *m, file_id of, node_id function, file_id *file, node_id *site);
/* Does a call that is handed a context, or what it leads to in a few steps, ask something of another process? */
bool model_leaves_process(const struct model *m, file_id file, node_id call);

#endif
