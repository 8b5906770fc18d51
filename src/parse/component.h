/* Single-file components: the scripts that stand in them. */
#ifndef BYLAW_PARSE_COMPONENT_H
#define BYLAW_PARSE_COMPONENT_H

#include "base/buf.h"
#include "bylaw/language.h"

/*
 * Writes the file with everything but its scripts blanked to `code`, so that each byte and each line stays where it is, and
 * says in which language the scripts are. For struct grammar's embeds.
 */
enum language component_scripts(struct str bytes, struct buf *code);
/* The same of a page of HTML: what its attributes lead to and its event handlers do is among the scripts. */
enum language component_page(struct str bytes, struct buf *code);

#endif
