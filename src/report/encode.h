/* JSON and URIs from text that may hold anything. */
#ifndef BYLAW_REPORT_ENCODE_H
#define BYLAW_REPORT_ENCODE_H

#include "base/buf.h"

#include <cjson/cJSON.h>

/* Keys must be literals: they are not copied. Broken UTF-8 becomes U+FFFD. */
void json_set(cJSON *object, const char *key, cJSON *value);
void json_text(cJSON *object, const char *key, struct str text);
void json_number(cJSON *object, const char *key, uint32_t number);
/* A new object or array under a key; lives with `object`. */
cJSON *json_object(cJSON *object, const char *key);
cJSON *json_array(cJSON *object, const char *key);
/* A new object at the end of an array. */
cJSON *json_item(cJSON *array);
/* Adds the whole as one line, and frees it. */
void json_print(cJSON *root, struct buf *out);

/* A relative reference (RFC 3986) to a path: each byte outside of A-Z a-z 0-9 - . _ ~ as %FF, no `..`. */
void uri_add(struct buf *out, struct str path);

#endif
