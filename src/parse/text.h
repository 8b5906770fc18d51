/* Text that is read by hand: escapes and comments, for the walk and for the languages that need no grammar. */
#ifndef BYLAW_PARSE_TEXT_H
#define BYLAW_PARSE_TEXT_H

#include "facts/build.h"

/* Decodes backslash escapes of text that stood between quotes. The result is `text` itself or stands in `scratch`. */
struct str text_decode(struct buf *scratch, struct str text);

/* Adds source[start, end) to the comments, without its marks. `offset` is where `source` starts in the file. */
void text_comment(struct facts_builder *b, struct str source, uint32_t start, uint32_t end, uint32_t offset);

#endif
