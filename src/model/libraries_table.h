/* rules/libraries/ as tables, written by src/tools/compile_libraries.c when bylaw is built. */
#ifndef BYLAW_MODEL_LIBRARIES_TABLE_H
#define BYLAW_MODEL_LIBRARIES_TABLE_H

#include "model/library_yaml.h"

struct table_entry {
	struct library_entry entry;
	enum library_family family;
};

struct table_module {
	struct str module;
	enum role role;
	enum library_family family;
};

extern const struct table_entry library_entries[];
extern const uint32_t library_entry_count;
extern const struct table_module library_modules[];
extern const uint32_t library_module_count;

#endif
