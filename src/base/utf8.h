/* UTF-8 that may be broken or hostile: reading it, counting it as UTF-16, making it fit for JSON and
 * terminals. */
#ifndef BYLAW_BASE_UTF8_H
#define BYLAW_BASE_UTF8_H

#include "base/buf.h"

#define UTF8_BAD UINT32_MAX

/*
 * Reads the code point at `at` (below s.len) and returns how many bytes it takes. Where the bytes are not
 * UTF-8, *code is UTF8_BAD and the length is what one U+FFFD stands for by the WHATWG's rules: at least one
 * byte.
 */
uint32_t utf8_next(struct str s, uint32_t at, uint32_t *code);
/* UTF-16 code units of a text; each broken stretch counts as one. */
uint32_t utf8_utf16_length(struct str s);
/* Terminal columns of a code point: 0 for a combining mark, 2 for a wide letter. Independent of the locale.
 */
uint32_t utf8_columns(uint32_t code);
/* Would the code point move the cursor, turn the direction of the text or be invisible? */
bool utf8_is_unsafe(uint32_t code);
/* Adds the text with U+FFFD for what is not UTF-8, and for NUL. */
void utf8_add_valid(struct buf *out, struct str s);
/*
 * Adds the text as a terminal may show it: control characters and broken bytes as \x1b, direction overrides
 * and invisible characters as \u{202e}. After `limit` code points the rest becomes "…".
 */
void utf8_add_visible(struct buf *out, struct str s, uint32_t limit);
/* One code point of the above; `bytes` is what utf8_next read. */
void utf8_add_visible_code(struct buf *out, uint32_t code, struct str bytes);

#endif
