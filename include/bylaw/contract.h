/*
 * Contracts: protos now, OpenAPI and GraphQL by the same shape later. A contract is normalised from the facts of all
 * its files; the difference of two is a list of typed changes with positions on both sides.
 */
#ifndef BYLAW_CONTRACT_H
#define BYLAW_CONTRACT_H

#include "bylaw/model.h"

enum proto_change_kind {
	PROTO_PACKAGE_CHANGED,
	PROTO_FILE_DELETED,
	PROTO_MESSAGE_DELETED,
	PROTO_ENUM_DELETED,
	PROTO_SERVICE_DELETED,
	PROTO_RPC_DELETED,
	PROTO_ONEOF_DELETED,
	PROTO_FIELD_DELETED, /* see number_reserved, name_reserved */
	PROTO_FIELD_RENUMBERED,
	PROTO_FIELD_RENAMED,
	PROTO_FIELD_REUSED, /* its number now belongs to a field of another name and type */
	PROTO_FIELD_TYPE_CHANGED,
	PROTO_FIELD_CARDINALITY_CHANGED,
	PROTO_FIELD_ONEOF_CHANGED,
	PROTO_FIELD_JSON_NAME_CHANGED,
	PROTO_FIELD_DEFAULT_CHANGED,
	PROTO_REQUIRED_ADDED,
	PROTO_REQUIRED_REMOVED,
	PROTO_RESERVED_DROPPED,
	PROTO_ENUM_VALUE_DELETED,
	PROTO_ENUM_VALUE_RENAMED,
	PROTO_ENUM_VALUE_RENUMBERED,
	PROTO_RPC_REQUEST_CHANGED,
	PROTO_RPC_RESPONSE_CHANGED,
	PROTO_RPC_STREAMING_CHANGED,
	PROTO_RPC_IDEMPOTENCY_CHANGED,
	PROTO_EXTENSIONS_DROPPED,
	PROTO_EXTENSION_DELETED,
};

/* One difference. Texts live as long as the model. */
struct proto_change {
	enum proto_change_kind kind;
	/* where the fix goes in the head revision: the message of a deleted field, the new line of a renumbered one */
	file_id file; /* NO_FILE when the file is gone */
	node_id node;
	/* where it was in the base revision */
	file_id base_file;
	node_id base_node;
	struct str parent; /* qualified name of the message, enum or service it happened in */
	struct str name; /* the element's name; in the base when it is gone */
	struct str before, after; /* number, type, cardinality … */
	bool number_reserved, name_reserved;
	bool was_deprecated; /* in the base */
};

/* Changes between the base's and the head's protos, in the order of the head's files. Empty without a base. */
const struct proto_change *model_proto_changes(const struct model *m, uint32_t *count);

/* A file of the base revision; its ids are apart from the head's. */
const struct model_file *model_base_file(const struct model *m, file_id base_file);
bool model_has_base(const struct model *m);

#endif
