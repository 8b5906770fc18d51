/* What every source shares: which names are listed at all, sorting the list, checking the bytes. */
#ifndef BYLAW_SOURCE_LISTING_H
#define BYLAW_SOURCE_LISTING_H

#include "source/source.h"

/* Folders that no walk enters: hidden ones and node_modules. */
bool listing_skips_folder(struct str name);
/* Folders that are not even entered when they are named: git's own, and node_modules. */
bool listing_bars_folder(struct str name);
/* Would a walk skip a folder on the way to this path? */
bool listing_skips_path(struct str path);
/*
 * Is a file of this name listed? With its language, or LANGUAGE_NONE when what is in it will tell: a name without
 * extension, which is listed only when it may be executed, or a JSON file of moderate size.
 */
bool listing_wants(struct str name, enum language *language);
/* Is such a file listed, with its size and permission to be executed? */
bool listing_wants_unknown(struct str name, uint64_t size, bool executable);

/* Adds a file; the path is copied. */
void source_files_add(struct source_files *files, struct source_file file);
/* Sorts by path and drops what is listed twice. */
void source_files_finish(struct source_files *files);

/* What errno says of a file or folder that could not be opened or read. */
enum skip_reason source_errno(int error);
/* Why these bytes are not text that bylaw reads, or SKIP_NONE. */
enum skip_reason source_check_bytes(struct str bytes);
/* The same for a buffer just read, which is cleared when it is not to be used. */
enum skip_reason source_checked(struct buf *bytes);

#endif
