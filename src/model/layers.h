/* Between layers.c and layers_rust.c. */
#ifndef BYLAW_MODEL_LAYERS_H
#define BYLAW_MODEL_LAYERS_H

#include "model/internal.h"

/* The layer that stands for a role, or for an identifier's ending; false when none does. */
bool layer_of_role(const struct model *m, file_id file, node_id node, bool derived, struct layer_evidence *out);
bool layer_of_name(struct str name, struct layer_evidence *out);
/* What bylaw.yaml says of the path, above all inference. */
bool layer_declared(const struct model *m, file_id file, struct layer_evidence *out);
/* What the file's name and folders claim. */
struct layer_evidence layer_of_path(const struct model *m, file_id file, bool of_class);

/* A struct by its derives, its impl blocks and the traits that these implement; false when they say nothing. */
bool rust_struct_layer(const struct model *m, file_id file, node_id struct_node, struct layer_evidence *out);
/* Has it functions? */
bool rust_struct_acts(const struct model *m, file_id file, node_id struct_node);
/* Does it hold what answers requests? Then it puts a program together, whatever its folder is called. */
bool rust_struct_composes(const struct model *m, file_id file, node_id struct_node);
/* By its folders, as Rust calls them; a folder of the database's counts for functions that are handed a connection. */
struct layer_evidence rust_path_layer(const struct model *m, file_id file, node_id node);
struct layer_evidence rust_function_layer(const struct model *m, file_id file, node_id function);

#endif
