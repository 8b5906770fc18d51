/* The files below a folder, as git would see them: .gitignore honoured, links never followed. */
#ifndef BYLAW_SOURCE_DISK_H
#define BYLAW_SOURCE_DISK_H

#include "source/source.h"

/*
 * `root` is an existing folder. `paths` (relative to it) restrict the list to those files and what lies below
 * those folders; none means everything. Free with source_close.
 */
struct source *disk_source_open(const char *root, const struct str *paths, uint32_t path_count, struct err *err);

#endif
