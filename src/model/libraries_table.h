/*
 * rules/libraries/ as tables, written by src/tools/compile_libraries.c when bylaw is built. There is no pointer in them: the
 * dynamic linker would have to put each right at every start. A text is a number, and ends where library_text_ends says.
 */
#ifndef BYLAW_MODEL_LIBRARIES_TABLE_H
#define BYLAW_MODEL_LIBRARIES_TABLE_H

#include "model/library_yaml.h"

struct table_entry {
	uint32_t name;
	uint32_t attributes; /* its first text in library_attributes */
	uint16_t attribute_count; /* pairs */
	uint8_t role, family;
};

struct table_module {
	uint32_t name;
	uint8_t role, family;
};

extern const char library_bytes[];
extern const uint32_t library_text_ends[]; /* text 0 is empty */
extern const uint32_t library_attributes[];
extern const uint32_t library_attribute_texts; /* keys and values */
extern const struct table_entry library_entries[];
extern const uint32_t library_entry_count;
extern const struct table_module library_modules[];
extern const uint32_t library_module_count;

#endif
