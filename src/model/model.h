/* Joins the facts of all files into one model. */
#ifndef BYLAW_MODEL_MODEL_H
#define BYLAW_MODEL_MODEL_H

#include "bylaw/model.h"
#include "config/config.h"
#include "model/libraries.h"
#include "source/source.h"

struct model_input {
	struct model_file *files; /* head, sorted by path; taken as they are, must outlive the model */
	uint32_t file_count;
	struct model_file *base_files; /* contract files of the base revision; NULL without a base */
	uint32_t base_file_count;
	bool has_base;
	const struct libraries *libraries;
	const struct config *config;
	struct source *source; /* of head: says what is ignored; may be NULL */
	uint32_t workers;
};

struct model *model_link(const struct model_input *input);
void model_free(struct model *m);
/* One for each ecosystem. */
const struct import_counts *model_import_counts(const struct model *m);
/* The tsconfig that a Node file's names are resolved by, or NO_FILE; does it claim the file as its own? */
file_id model_tsconfig(const struct model *m, file_id file, bool *owned);

#endif
