/*
 * The wire: what a system serves, what it asks for, and which request lands where. Built after the model, once, and only
 * read from then on; strings live as long as the wire.
 */
#ifndef BYLAW_WIRE_H
#define BYLAW_WIRE_H

#include "bylaw/model.h"

struct wire;

enum protocol { PROTOCOL_HTTP, PROTOCOL_GRPC, PROTOCOL_GRAPHQL, PROTOCOL_WEBSOCKET, PROTOCOL_MESSAGE, PROTOCOL_COUNT };

/* "http", "grpc" … */
const char *protocol_name(enum protocol protocol);

/* HTTP methods, as bits of a set. */
enum http_method {
	METHOD_GET = 1,
	METHOD_HEAD = 2,
	METHOD_POST = 4,
	METHOD_PUT = 8,
	METHOD_PATCH = 16,
	METHOD_DELETE = 32,
	METHOD_OPTIONS = 64,
	METHOD_TRACE = 128,
	METHOD_CONNECT = 256,
	METHOD_QUERY = 512, /* RFC 10008 */
	METHOD_ANY = 1023,
};

/* The bit of a method's name in any case; 0 for none of them. */
uint32_t http_method(struct str name);
/* "GET", "GET, POST", "ANY". */
struct str http_methods_text(uint32_t methods, char space[64]);

/*
 * Paths are written one way, whatever the framework: they start with a slash and end in none, a parameter is `{name}`, one that
 * may be missing `{name?}`, the rest of a path is `{*name}`, and what the code does not tell is a parameter without a name, `{}`.
 */

/* Does a path name one of the page's own files (`/assets/logo.svg`, `/locales/en.json`)? No handler serves those. */
bool path_names_file(struct str path);

/* Something that a service of the repository answers. */
struct endpoint {
	enum protocol protocol;
	uint32_t methods; /* HTTP; a set */
	struct str
		path; /* HTTP: the path. gRPC: package.Service/Method. GraphQL: Query.field. WebSocket: the event's name.
			 Message: the topic or pattern */
	bool is_tail; /* it is mounted where the code does not tell: `path` is its end */
	bool is_static; /* files: of a folder (the path ends in `{*}`), or one. Nothing of the project answers, or stores */
	file_id file; /* where it is registered */
	node_id node;
	file_id handler_file; /* the function that answers; `handler` is 0 when it is not known */
	node_id handler;
	package_id package; /* of the file that registers it */
};

uint32_t wire_endpoint_count(const struct wire *w);
/* In the order of file and place. */
const struct endpoint *wire_endpoint(const struct wire *w, uint32_t index);
/* The first endpoint that a function or lambda answers; NULL when none is known. */
const struct endpoint *wire_answers(const struct wire *w, file_id file, node_id function);

/*
 * Something that code of the repository asks of a service, ours or not. It stands where the whole of it is said: at the call
 * of a wrapper (`get("/users")`) rather than in it, at the operation of a generated client and at each of its uses. Where a
 * conditional says one path or another, one place has several requests.
 */
struct request {
	enum protocol protocol;
	uint32_t methods; /* HTTP; one bit, 0 when it is not known */
	/*
	 * as of endpoints; without query and fragment. A hole that is glued to the last word is a query string: `/users${query}`
	 * is /users, unless its name says that it is more of the path
	 */
	struct str path;
	struct str origin; /* "https://api.example.com"; "" for the page's own, or one that the code does not tell */
	bool is_tail; /* what stands before the path comes from the environment: `path` is its end */
	struct str opening; /* what the code calls the part that is not known: "{API_URL}"; "" for nothing */
	/*
	 * a link, a form, a picture, a redirect: what a browser asks for by itself. It may as well lead to a page of the client or to
	 * another site, so only those are here that land
	 */
	bool is_link;
	bool is_named; /* by a route's name: it leads to that route and to no page */
	file_id file; /* the call */
	node_id node;
};

uint32_t wire_request_count(const struct wire *w);
/* In the order of file and place. */
const struct request *wire_request(const struct wire *w, uint32_t index);

/* Is it the backend that is asked, one of ours or not, rather than another site or a file of the page's own? */
bool wire_asks_backend(const struct wire *w, uint32_t request);

/* How well a request fits an endpoint, the best first. */
enum fit {
	FIT_WHOLE, /* the whole path */
	FIT_TAIL, /* all that is known: the beginning is not, on one side */
	FIT_PROXY, /* but for plain words before the one or the other, as a proxy adds and cuts them */
	FIT_NONE,
};

/* The endpoints that a request may land on: those that fit best and answer its method. */
struct landing {
	enum fit fit;
	uint32_t first, count; /* for landing_endpoint */
	uint32_t other_methods; /* what is served at just that path, but not this */
};

struct landing wire_landing(const struct wire *w, uint32_t request);
uint32_t landing_endpoint(const struct wire *w, struct landing landing, uint32_t index);

/*
 * The requests of one package that go where this one goes (protocol, origin or the same unknown opening; of gRPC the service):
 * how many there are, and how many land. They tell whether somebody of this repository answers there.
 */
struct peers {
	uint32_t requests, landed;
	file_id unread; /* of a service where they land: a file that may serve more, by an import that leads nowhere or under a
			   path that the code does not tell; NO_FILE */
};
struct peers wire_peers(const struct wire *w, uint32_t request);

/* How many requests may land on an endpoint; of the endpoints of its package and protocol, how many user interfaces ask for. */
struct consumers {
	uint32_t requests, peers, peers_consumed;
	bool is_mentioned; /* nobody asks for its path, but a text of a user interface says it, or any code names its route */
};
struct consumers wire_consumers(const struct wire *w, uint32_t endpoint);

/* ---- failures ---- */

/* How the failure of a request is lost in a user interface. */
enum loss {
	LOSS_DROPPED, /* nobody waits for the promise, or listens to the observable's error */
	LOSS_UNAWAITED, /* a `try` around it does not wait for it */
	LOSS_SWALLOWED, /* a `catch` that does nothing takes it */
	LOSS_EXPLAINED, /* one that does nothing, and says why in a comment */
	LOSS_LOGGED, /* a `catch` that writes to the console or a log, and no more */
	LOSS_UNREAD, /* what a hook returns tells of it, and nobody reads that */
	LOSS_UNBOUNDED, /* it reaches what renders, and no boundary is there */
};

struct lost_failure {
	enum loss loss;
	/* what is to blame: the call that asks a client, an API service or a hook; of SWALLOWED, EXPLAINED and LOGGED the catch */
	file_id file;
	node_id node;
	uint32_t
		request; /* what is asked; NO_REQUEST where a hook asks by a document, or by an endpoint it was made of */
	file_id other_file; /* the other end: where the failure gets lost; of a catch the call that asks */
	node_id other;
};

#define NO_REQUEST UINT32_MAX

uint32_t wire_failure_count(const struct wire *w);
/* In the order of file and place. */
const struct lost_failure *wire_failure(const struct wire *w, uint32_t index);

/* ---- chains ---- */

/* What a feature is made of, from what a user sees to what is stored. */
enum column {
	COLUMN_COMPONENT, /* a function or class that renders */
	COLUMN_CLIENT, /* a request, with the function that sends it */
	COLUMN_ENDPOINT,
	COLUMN_CONTROLLER, /* an endpoint's handler */
	COLUMN_SERVICE,
	COLUMN_REPOSITORY, /* a function of a repository, or a call of a library that reads or writes a database */
	COLUMN_ENTITY,
	COLUMN_COUNT
};

struct chain_part {
	enum column column;
	file_id file;
	node_id node; /* a function or class; a call for requests and for database calls; where an endpoint is registered */
	uint32_t index; /* CLIENT: of the request. ENDPOINT: of the endpoint */
};

/* One part uses another: directly, or through functions that belong to no column. */
struct chain_link {
	uint32_t from, to; /* parts */
	file_id file; /* where */
	node_id node;
};

const char *column_name(enum column column);
uint32_t wire_part_count(const struct wire *w);
const struct chain_part *wire_part(const struct wire *w, uint32_t index);
/* "OrdersService.create", "listOrders", "Order"; lives as long as the wire. */
struct str wire_part_name(const struct wire *w, uint32_t index);
/* The component that sends a request itself, rather than through an API service; or NULL. */
const struct chain_part *wire_sending_component(const struct wire *w, uint32_t request);
/*
 * A component for an entity of the backend that shows or edits it: what it shows is spelled in the code, or it has a form, and nothing
 * that it is made of leads to an API service.
 */
struct unwired {
	file_id file;
	node_id component; /* the function that renders; of a single-file component 0 */
	struct str name;
	file_id entity_file; /* the entity's class */
	node_id entity;
	file_id data_file; /* what stands for the backend's data; a JSX form that is sent nowhere */
	node_id data;
};
uint32_t wire_unwired_count(const struct wire *w);
const struct unwired *wire_unwired(const struct wire *w, uint32_t index);
/*
 * Where what an endpoint's handler does ends up: a repository, a database call or an entity; a field of a class that holds
 * it in memory (`file`, `node` say which use of it); or somewhere that the code does not tell.
 */
enum storage { STORAGE_NONE, STORAGE_PERSISTENT, STORAGE_MEMORY, STORAGE_UNKNOWN };
struct storage_evidence {
	enum storage storage;
	file_id file;
	node_id node;
	bool repeated; /* an endpoint before it leads to the same place */
};
struct storage_evidence wire_storage(const struct wire *w, uint32_t endpoint);
uint32_t wire_link_count(const struct wire *w);
const struct chain_link *wire_link(const struct wire *w, uint32_t index);

#endif
