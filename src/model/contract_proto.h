/* The protos of one revision as one schema, and the difference of two. */
#ifndef BYLAW_MODEL_CONTRACT_PROTO_H
#define BYLAW_MODEL_CONTRACT_PROTO_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "bylaw/contract.h"

struct proto_input {
	file_id file;
	struct str path;
	const struct facts *facts;
};

enum proto_cardinality { PROTO_SINGULAR, PROTO_REQUIRED, PROTO_REPEATED, PROTO_MAP };

/* Where an element stands. */
struct proto_place {
	uint32_t input; /* index of the contract's inputs */
	node_id node;
};

struct proto_range {
	int64_t from, to; /* inclusive */
};

struct proto_field {
	struct proto_place place;
	struct str name, type; /* a primitive, or the full name of a message or enum */
	struct str oneof, json_name, fallback; /* empty when there is none */
	int64_t number;
	enum proto_cardinality cardinality;
	bool deprecated;
};

/* A message, an enum (whose values are fields), or the body of an extend. */
struct proto_message {
	struct proto_place place;
	struct str name; /* fully qualified */
	bool is_enum, is_extend, deprecated;
	VEC(struct proto_field) fields;
	VEC(struct proto_range) reserved, extensions;
	VEC(struct str) reserved_names;
	struct map by_number; /* → index of the first field with it, + 1 */
	struct str_map by_name; /* → index + 1 */
};

struct proto_rpc {
	struct proto_place place;
	struct str name, request, response, idempotency;
	bool request_stream, response_stream, deprecated;
};

struct proto_service {
	struct proto_place place;
	struct str name;
	bool deprecated;
	VEC(struct proto_rpc) rpcs;
};

struct proto_file {
	struct str path, package;
	node_id package_node;
	bool proto3; /* fields without a label have implicit presence; enums are open */
};

struct proto_contract {
	const struct proto_input *inputs;
	uint32_t input_count;
	struct proto_file *files; /* one for each input */
	VEC(struct proto_message) messages;
	VEC(struct proto_service) services;
	struct str_map message_index, service_index, file_index; /* full name or path → index + 1 */
	struct arena *arena;
};

/* The inputs and the arena must outlive the contract. */
void proto_contract_build(
	struct proto_contract *c, const struct proto_input *inputs, uint32_t count, struct arena *arena);
void proto_contract_release(struct proto_contract *c);
/* Changes from `base` to `head`; the rows and their texts live in the arena. */
void proto_contract_diff(const struct proto_contract *base, const struct proto_contract *head, struct arena *arena,
	struct proto_change **changes, uint32_t *count);

#endif
