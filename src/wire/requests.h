/*
 * Finding requests. Places that ask something of a service are collected file by file, with the calls of the project's own
 * functions (requests_scan.c). Then each place is read (requests_read.c; what a URL with holes says of host and path is
 * requests_urls.c), and where it depends on a parameter, once more from every call of its function (requests_calls.c).
 */
#ifndef BYLAW_WIRE_REQUESTS_H
#define BYLAW_WIRE_REQUESTS_H

#include "wire/internal.h"

struct rpc;

/* A node that asks something. */
struct asking {
	file_id file;
	node_id node; /* a CALL; an OBJECT in generated code that hands on what a call would be handed */
	file_id client_file;
	node_id client; /* the call whose client gives the base; 0 for the receiver of `node` */
	struct text_call
		handed; /* hands a client's method to the function that calls it at `node`; of call 0 for none */
	enum protocol protocol;
	const struct library_entry *entry; /* how to read it; NULL for gRPC and for GraphQL documents */
	const struct rpc *rpc; /* gRPC */
	bool is_generated;
};

/* A call of a function of the project, or a name that hands it on. */
struct calling {
	file_id file;
	node_id node;
	file_id function_file;
	node_id function;
};

/* What changes all requests of a client: an interceptor that edits URLs, a base that is set after the client was made. */
struct client_change {
	file_id file;
	node_id node;
	node_id value; /* the base that is set; 0 for an interceptor */
	const struct library_entry *entry;
};

/* A class or an object literal that implements an interface. */
struct implementing {
	file_id interface_file;
	node_id interface;
	file_id file;
	node_id node;
};

/* What runs for all hooks of a kind in its package that are handed no function: one of the project, or a client's method. */
struct runner {
	file_id file;
	node_id client; /* the method, a value in the file; 0 for none */
	file_id function_file;
	node_id function; /* 0 for none, or one that nobody knows */
	struct str of;
};

/* What one file holds. */
struct scan {
	VEC(struct asking) askings;
	VEC(struct calling) callings;
	VEC(struct client_change) changes;
	VEC(struct implementing) implementings;
	VEC(struct runner) runners;
	VEC(node_id) mentions;
};

/* ---- requests_grpc.c ---- */

struct rpc {
	file_id file; /* a proto */
	node_id service, function;
	uint32_t next; /* another of the same name, + 1 */
};

struct rpcs {
	VEC(struct rpc) list;
	struct str_map by_name; /* lower case, without underscores → index + 1 */
	struct arena arena;
};

/* The remote procedures of the project's protos. */
void rpcs_find(struct rpcs *rpcs, const struct model *m);
void rpcs_release(struct rpcs *rpcs);
/* The procedure that a call on a generated client calls; NULL when it is none. */
const struct rpc *rpc_of_call(const struct rpcs *rpcs, const struct model *m, file_id file, node_id call);
/* "package.Service/Method" */
struct str rpc_path(struct arena *arena, const struct model *m, const struct rpc *rpc);

/* ---- requests_graphql.c ---- */

/* The next top-level field of the operations in a document, as "Query.user"; false behind the last. *position is 0 at first. */
bool graphql_next_field(struct str document, uint32_t *position, struct str *operation, struct str *field);
/* The text of a document's literal, without what is put into it; empty for anything else. */
struct str graphql_document(struct arena *arena, const struct facts *f, node_id literal);

/* ---- requests_scan.c ---- */

/* Adds what asks something, and (languages that scan_all_calls) every call. Files may be read by several threads at once. */
void requests_scan(const struct model *m, const struct rpcs *rpcs, file_id file, struct scan *out);
/* Adds the calls of functions that go by one of these names. */
void requests_scan_calls(const struct model *m, file_id file, const struct str_map *names, struct scan *out);
/* Languages where any call may send a request, because clients are called themselves: one look finds both. */
static inline bool scans_all_calls(enum language language)
{
	return (LANGUAGES_NODE | LANGUAGES_MARKUP) >> language & 1;
}

/* ---- requests_urls.c ---- */

/* Where an HTTP request goes. */
struct target {
	struct str path, origin, opening; /* in the arena, or of the URL */
	bool is_tail;
	bool is_known; /* the path says something */
};

/* Reads a URL with holes, behind the base of its client ("" for none). */
struct target target_of_url(struct arena *arena, struct str base, struct str url);

/* ---- everything that is known while requests are found ---- */

struct requests {
	struct wire *w;
	const struct model *m;
	struct rpcs rpcs;
	struct scan *scans; /* of each file */
	struct str_map names; /* of functions whose calls are looked for next */
	struct map wanted; /* functions whose calls matter */
	struct str_map known_names; /* whose calls were found */
	VEC(struct asking) askings;
	VEC(struct calling) callings; /* by function, then by place */
	VEC(uint8_t) readings; /* of each calling */
	VEC(struct implementing) implementings;
	VEC(struct runner) runners;
	struct map first_calling; /* function → index into `callings` */
	VEC(struct client_change) changes;
	struct map changed; /* client → index into `changes` */
	struct str_map first_of_name; /* of a route → index of an endpoint + 1; the others follow by `next_of_name` */
	uint32_t *next_of_name;
	struct map registrations; /* places of endpoints → 1 */
	struct map generated; /* functions of generated code that ask something, with what they ask → 1 */
	struct arena scratch;
};

static inline uint64_t place_key(file_id file, node_id node)
{
	return (uint64_t)file << 32 | node;
}

/* The i-th call of a function among callings that are sorted by function, in the order of the code; NULL behind the last. */
struct calling *calling_of(struct calling *callings, uint32_t count, const struct map *first_calling, file_id file,
	node_id function, uint32_t i);

/*
 * A wrapper of wrappers is followed this far. The path must have been unknown so far, but for the last step. What a
 * generator writes has a few layers more.
 */
enum { MOST_HOPS = 6, MOST_GENERATED_HOPS = 8 };

/* ---- requests_interfaces.c ---- */

/* Notes what a class, variable or function implements. */
void requests_scan_implementing(const struct model *m, file_id file, node_id node, struct scan *out);
/* Leads the calls of an interface's members on to those of the only one that implements it. */
void requests_resolve_interfaces(struct requests *r);

/* ---- requests_runners.c ---- */

/* The value at "1" or "0.defaultOptions.queries.queryFn" of a call, "value.fetcher" of an element; 0 when none stands there. */
node_id requests_value_at(const struct facts *f, node_id node, struct str place);
/* The function that a value is, or that the call which it is returns: its node is 0 when that is not known. */
struct meaning requests_function_run(const struct model *m, file_id file, node_id value);
/* Notes what a call or an element sets to run for hooks: <SWRConfig value={{ fetcher }}>. */
void requests_scan_setting_of_runner(
	const struct model *m, file_id file, node_id node, const struct library_entry *entry, struct scan *out);
/* Makes of each hook that is run so a call of what runs it. */
void requests_resolve_runners(struct requests *r);

/* ---- requests_read.c ---- */

/* What a place asks, as far as it is known. */
struct read_request {
	struct request request;
	struct text_open open[TEXT_MOST_OPEN];
	uint32_t open_count;
	bool has_sides;
	bool is_known;
};

/* Finds what edits the URLs of which client. */
void requests_note_changes(struct requests *r);
/* Reads a place that asks something. False when it turns out to ask nothing. GraphQL is read by its documents. */
bool requests_read(struct requests *r, const struct asking *a, struct text_view view, struct read_request *out);

/* ---- requests_names.c ---- */

/* Notes what the endpoints' routes are called. */
void requests_name_routes(struct requests *r);
bool requests_know_route(const struct requests *r, struct str name);
/* An endpoint, + 1, whose route is called so; 0 for none. *scope is what of the name its route does not say itself. */
uint32_t requests_route_called(const struct requests *r, struct str name, struct str *scope);
/* Adds a request for each route that is called as the path says. */
void requests_add_named(struct requests *r, struct request request);
static inline bool names_route(const struct asking *asking)
{
	return asking->entry && str_is(library_attribute(asking->entry, "kind"), "route");
}

/* ---- requests_mentions.c ---- */

/* Notes what holds a literal that may be an address, or name a route. */
void requests_scan_mention(const struct model *m, file_id file, node_id literal, struct scan *out);
/* Reads what was noted. */
void requests_find_mentions(struct requests *r);

/* ---- requests_calls.c ---- */

/* Adds the requests of a place: there, or where the functions around it are called. */
void requests_visit(struct requests *r, const struct asking *asking);
/* Adds, for each request in generated code, those of all who call its function: they ask what it asks. */
void requests_visit_generated(struct requests *r);

#endif
