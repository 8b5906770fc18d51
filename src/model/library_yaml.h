/* Reads one library description: a file of rules/libraries/, or an item under `libraries:` in bylaw.yaml. */
#ifndef BYLAW_MODEL_LIBRARY_YAML_H
#define BYLAW_MODEL_LIBRARY_YAML_H

#include "bylaw/model.h"
#include "config/yaml.h"

/* Names of different language families never meet. */
enum library_family { FAMILY_NODE, FAMILY_GO, FAMILY_PYTHON, FAMILY_RUST, FAMILY_COUNT };

/* What is read, piece by piece. Slices live as long as the YAML tree. */
struct library_sink {
	void *context;
	void (*entry)(void *context, enum library_family family, const struct library_entry *entry);
	void (*module)(void *context, enum library_family family, struct str module, enum role role);
};

/* False with "path:line:column: …" for an unknown key, role or attribute. `arena` takes normalised names. */
bool library_yaml_read(struct str path, const struct yaml_node *root, struct arena *arena,
	const struct library_sink *sink, struct err *err);

const char *role_name(enum role role);

#endif
