/*
 * YAML as a small tree that knows where it stands, for configuration and other documents that people write by
 * hand. Anchors, aliases, tags, duplicate keys and more than one document are errors. Built from libyaml's
 * events: its document loader is quadratic in nesting.
 */
#ifndef BYLAW_CONFIG_YAML_H
#define BYLAW_CONFIG_YAML_H

#include "base/arena.h"
#include "base/err.h"

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

struct yaml_node {
	enum yaml_kind kind;
	bool plain; /* a scalar without quotes, which may stand for a number, true or null */
	uint32_t line, column; /* from 1; columns in characters */
	uint32_t start, end; /* bytes of the document */
	struct str text; /* of a scalar */
	struct yaml_node *key; /* in a map: the key this value belongs to, a scalar */
	struct yaml_node *first, *last; /* children */
	struct yaml_node *next;
	uint32_t count; /* of the children */
};

struct yaml_limits {
	uint32_t depth, nodes;
};

#define yaml_each(parent, child) for (const struct yaml_node *child = (parent)->first; child; child = child->next)

/*
 * The tree lives in the arena. An empty document is a NULL root. False with "path:3:5: …" in err, and what to
 * do.
 */
bool yaml_parse(struct arena *arena, struct str path, struct str bytes, const struct yaml_limits *limits,
	struct yaml_node **root, struct err *err);
/* The value of a key, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *map, struct str key);
/* Nothing, or `null` or `~` without quotes. */
bool yaml_is_null(const struct yaml_node *node);
/* Sets "path:line:column: …" for a node; always false. */
bool yaml_fail(struct err *err, struct str path, const struct yaml_node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
