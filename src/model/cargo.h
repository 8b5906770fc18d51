/* Cargo.toml, read. */
#ifndef BYLAW_MODEL_CARGO_H
#define BYLAW_MODEL_CARGO_H

#include "model/internal.h"

enum cargo_table { CARGO_NORMAL, CARGO_BUILD, CARGO_DEV, CARGO_WORKSPACE, CARGO_PATCH };

/* What one key says of a dependency; `a.version = …` and `a.path = …` are two rows. */
struct cargo_row {
	enum cargo_table table;
	struct str key;
	struct str version, path;
	struct str crate; /* `package = …`: the real name */
	bool inherited; /* `workspace = true` */
	node_id node;
};

void cargo_each_row(const struct facts *f, void (*take)(void *context, const struct cargo_row *row), void *context);
/* The value of a key in a table at the top of the document, or 0; and its text, when it is one. */
node_id cargo_value(const struct facts *f, struct str table, struct str key);
struct str cargo_text(const struct facts *f, struct str table, struct str key);

#endif
