/*
 * Finding requests. Places that ask something of a service are collected file by file, with the calls of the project's own
 * functions (requests_scan.c). Then each place is read, and where it depends on a parameter, once more from every call of its
 * function (requests.c); what a URL with holes says of host and path is requests_urls.c.
 */
#ifndef BYLAW_WIRE_REQUESTS_H
#define BYLAW_WIRE_REQUESTS_H

#include "wire/internal.h"

struct rpc;

/* A node that asks something. */
struct asking {
	file_id file;
	node_id node; /* a CALL; an OBJECT in generated code that hands on what a call would be handed */
	node_id client; /* the call whose client gives the base; 0 for the receiver of `node` */
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

/* What one file holds. */
struct scan {
	VEC(struct asking) askings;
	VEC(struct calling) callings;
	VEC(struct client_change) changes;
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

/* Everything of one file; `out` is empty. Files may be read by several threads at once. */
void requests_scan(const struct model *m, const struct rpcs *rpcs, file_id file, struct scan *out);

/* ---- requests_urls.c ---- */

/* Where an HTTP request goes. */
struct target {
	struct str path, origin; /* in the arena */
	bool is_tail;
	bool is_known; /* the path says something */
};

/* Reads a URL with holes, behind the base of its client ("" for none). */
struct target target_of_url(struct arena *arena, struct str base, struct str url);

#endif
