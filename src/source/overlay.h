/* Another source with some files replaced: an editor's unsaved buffers, a test's in-memory project. */
#ifndef BYLAW_SOURCE_OVERLAY_H
#define BYLAW_SOURCE_OVERLAY_H

#include "source/source.h"

/* Takes over `below` (closed with the overlay); NULL for an overlay over nothing. */
struct source *overlay_source_open(struct source *below);
/* Copies both. A later call for the same path replaces the text. */
void overlay_source_put(struct source *overlay, struct str path, struct str bytes);
/* The path is seen as deleted. */
void overlay_source_remove(struct source *overlay, struct str path);
/* Forgets what the overlay said of this path. */
void overlay_source_drop(struct source *overlay, struct str path);

#endif
