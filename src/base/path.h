/* Paths relative to the root: `/` between parts, no `.` or `..`, no leading slash. Text only, no disk. */
#ifndef BYLAW_BASE_PATH_H
#define BYLAW_BASE_PATH_H

#include "base/arena.h"

/* "src/a.ts" → "a.ts"; → "src"; the folder of a top-level file is "". */
struct str path_name(struct str path);
struct str path_dir(struct str path);
/* "a.spec.ts" → "ts"; "" when there is none. */
struct str path_extension(struct str path);
/* Joins and folds `.` and `..`. False when the result would leave the root. */
bool path_join(struct arena *a, struct str dir, struct str relative, struct str *out);
/* Is `path` `dir` itself or below it? Everything is below "". */
bool path_below(struct str path, struct str dir);

#endif
