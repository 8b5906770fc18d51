/* Parts of the Go parser that stand in a file of their own. */
#ifndef BYLAW_PARSE_GO_H
#define BYLAW_PARSE_GO_H

#include "parse/walk.h"

/* Hides `new(expression)` from the grammar, which only knows `new(type)`. For struct grammar's prepare. */
bool go_rename_new(struct str bytes, struct buf *changed);
/* The name that a package is assumed to have by its import path. */
struct str go_package_name(struct str path);

#endif
