/*
 * What becomes of the failure of a request. It is carried from the call that asks: by a promise to who waits for it, by a
 * function's result to who calls the function, by an object to who takes the member, by a hook to who reads what it returns.
 * It ends where it is handled, where it is lost, or where the code does not tell.
 */
#ifndef BYLAW_WIRE_FAILURES_H
#define BYLAW_WIRE_FAILURES_H

#include "wire/place.h"
#include "wire/requests.h"

enum carrier {
	CARRIER_PROMISE, /* it rejects */
	CARRIER_ANSWER, /* a promise of a result that tells of the failure */
	CARRIER_OBSERVABLE,
	CARRIER_STATE, /* what a hook returns, or the result of an ANSWER */
	CARRIER_FUNCTION, /* what it returns carries the failure, when it is called */
};

struct carried {
	enum carrier by;
	enum carrier result; /* of a FUNCTION */
	const struct library_entry *hook; /* of STATE and ANSWER: which members tell */
	const struct library_entry *answer; /* of a STATE: what the hook runs promises a result that tells by itself */
	struct str member; /* the member that carries it; "" for the value itself */
};

/* Of several uses of a value, the one that is further down here counts. */
enum outcome {
	OUTCOME_NONE, /* no use, or one that asks again and no more */
	OUTCOME_READ, /* of a hook's state: what came of it is used, and not whether it failed */
	OUTCOME_LOST,
	OUTCOME_ELSEWHERE, /* carried on to other places, or to where the code does not tell */
	OUTCOME_HANDLED,
};

struct fate {
	enum outcome outcome;
	enum loss loss;
	file_id file; /* where it ends */
	node_id node;
};

static inline struct fate better_fate(struct fate a, struct fate b)
{
	return b.outcome > a.outcome ? b : a;
}

/* Where a failure comes to: a call of what fails, or a function that does. */
struct source {
	file_id file;
	node_id node;
	struct carried carried;
	uint32_t request; /* NO_REQUEST while it is not known which */
	const struct library_entry *asked; /* of the call that asks first */
	uint32_t from; /* the source whose failure this one's is, + 1 */
	struct place hook; /* by which it came from there */
};

/* What takes all failures of a kind in a package. */
struct guard {
	package_id package;
	struct str of;
	struct str module; /* of the library whose failures these are */
};

/* A name that hands a function on, and the one after it. */
struct handed_name {
	file_id file;
	node_id node;
	uint32_t next;
};

/* An import of a name, and the next of the same name. */
struct import_row {
	file_id file;
	uint32_t import;
	uint32_t next;
};

struct failures {
	struct wire *w;
	const struct model *m;
	VEC(struct source) sources;
	struct map seen; /* what was added to `sources` */
	uint32_t current; /* the source that is followed */
	unsigned
		handed; /* how many functions that were handed a carrier the walk is in: their results are not marked */
	struct place hook; /* whose state is followed */
	bool only_reads; /* a first look at who reads a hook's state: nothing is marked, and nothing started */
	struct mentions **mentions; /* of each file; NULL until somebody asks */
	VEC(struct guard) guards; /* each once */
	struct map guarded;
	VEC(struct fate) handed_fates;
	struct map handed_to; /* parameter and what is handed to it → index into `handed_fates` */
	struct map handed_on; /* function → index + 1 into `handed_names`, the first that hands it on */
	VEC(struct handed_name) handed_names;
	struct map opened; /* declarations whose mentions were resolved */
	struct str_map imported; /* imported name → index + 1 into `imports` */
	VEC(struct import_row) imports;
	struct arena arena;
};

static inline const struct facts *failure_facts(const struct failures *a, file_id file)
{
	return &model_file(a->m, file)->facts;
}

/* The kinds of code that are looked at: what runs in browsers, and what is asked through. */
bool failure_is_interface(const struct failures *a, file_id file);
/* Adds a source unless it is known. */
void failure_add_source(struct failures *a, struct source source);
/* The function's result carries the failure: to all who call it, or are handed it. */
struct fate failure_returned(struct failures *a, struct carried v, file_id file, node_id function);

/* ---- failures_follow.c ---- */

/* How deep variables, parameters and members are followed from one source. */
enum { DEEPEST_FOLLOWED = 6 };

/* Follows what an expression carries. */
struct fate failure_follow(struct failures *a, struct carried v, file_id file, node_id node, unsigned depth);
/* The same where a method is called on it by a path: `p.catch(…)`. */
struct fate failure_follow_method(
	struct failures *a, struct carried v, file_id file, node_id call, struct str method, unsigned depth);
/* An error is thrown at a node: to the `try` around it, or to the callers. */
struct fate failure_thrown(struct failures *a, struct carried v, file_id file, node_id node);
/* The entry of `owner.name` in the role FAILURE: Promise.then, Lifecycle.ngOnInit; NULL for none. */
const struct library_entry *failure_entry(const struct failures *a, file_id file, struct str owner, struct str name);
struct fate failure_lost(enum loss loss, file_id file, node_id node);

/* ---- failures_bind.c ---- */

/* Follows what a variable, a pattern or a parameter is bound to. */
struct fate failure_bind(struct failures *a, struct carried v, file_id file, node_id target, unsigned depth);
/* What a function of the project does with what is handed to its parameter; what it returns is not marked. */
struct fate failure_handed(struct failures *a, struct carried v, file_id file, node_id parameter, unsigned depth);

/* ---- failures_hooks.c ---- */

/* Follows what a hook returns: who reads it, then who starts it. Lost when it is used and nobody looks whether it failed. */
struct fate failure_state(struct failures *a, struct carried v, file_id file, node_id node, unsigned depth);
/* What becomes of what a hook runs or asks. */
struct fate failure_hook(struct failures *a, const struct library_entry *hook, struct carried ran, file_id file,
	node_id call, unsigned depth);
/* A member of what a hook returns is read, or called. */
struct fate failure_member(
	struct failures *a, struct carried v, struct str member, file_id file, node_id node, unsigned depth);
/* The same where a pattern gives a member a name. */
struct fate failure_bind_member(
	struct failures *a, struct carried v, struct str member, file_id file, node_id target, unsigned depth);
/* What starts a hook's work is called: `result` of the FUNCTION is STATE when that returns nothing. */
struct fate failure_started(struct failures *a, struct carried v, file_id file, node_id call, unsigned depth);
/* The entry of a call in the role HOOK, its name shortened in the middle where that is needed; NULL for none. */
const struct library_entry *failure_hook_of(const struct failures *a, file_id file, struct str name);
/* Is an argument, or a member of it, one of these places ("0.queryFn 1")? */
bool failure_place_has(struct str places, uint32_t argument, struct str member);
/* What stands at the first of the places that has something; *unknown when it may stand where the code does not tell. */
node_id failure_option(const struct failures *a, file_id file, node_id call, struct str places, bool *unknown);
/* The same below a PAIR whose key is the first of a path's. */
node_id failure_pair(const struct failures *a, file_id file, node_id pair, struct str path, bool *unknown);

/* ---- failures_catches.c ---- */

enum reaction {
	REACTION_NONE,
	REACTION_EXPLAINS, /* nothing, and a comment says why */
	REACTION_LOGS,
	REACTION_RETHROWS,
	REACTION_REACTS,
};

/* What a catch block, or the body of a handler, does about the failure. */
enum reaction failure_reaction(const struct failures *a, file_id file, node_id body);
/* The same for a handler: a function, or a name of one. */
enum reaction failure_handler(const struct failures *a, file_id file, node_id handler);
/* The fate of what a catch or a handler takes; false when it throws it on. */
bool failure_taken(enum reaction reaction, file_id file, node_id node, struct fate *out);

/* ---- failures_guards.c ---- */

/* Finds what takes the failures of whole packages. */
void failure_find_guards(struct failures *a);
/* Is the failure taken by a guard of the file's package, or of one that it depends on or that depends on it? */
bool failure_is_guarded(const struct failures *a, file_id file, struct str of, struct str module);

/* ---- failures_templates.c ---- */

/* Is the function one of a component class, and called by a handler of its template? */
bool template_calls(struct failures *a, file_id file, node_id function);

/* ---- failures_mentions.c ---- */

/* The first node of a file whose name starts with a segment; 0 when none does. Then the next. */
node_id mentions_first(struct failures *a, file_id file, struct str name);
node_id mentions_next(struct failures *a, file_id file, node_id node);
/* The first mention of what a VAR, a PARAM or a name of a pattern binds, in the order of the code; then the next. */
node_id uses_first(struct failures *a, file_id file, node_id binding);
node_id uses_next(struct failures *a, file_id file, node_id use);
/* May a template that nobody reads mention it? It sees what the scripts of its component declare. */
bool may_be_shown(const struct failures *a, file_id file, node_id binding);
void mentions_release(struct failures *a);
/* Index + 1 into `handed_names` of the first name that hands a function on; 0 when none does. */
uint32_t names_that_hand_on(struct failures *a, file_id file, node_id function);

#endif
