/* What the content of a file says about its class. Each returns a literal reason, or NULL. */
#ifndef BYLAW_SOURCE_CONTENT_H
#define BYLAW_SOURCE_CONTENT_H

#include "bylaw/language.h"

const char *content_generated(enum language language, struct str bytes);
const char *content_minified(enum language language, struct str bytes);
const char *content_template(enum language language, struct str bytes);
const char *content_migration(enum language language, struct str bytes);
const char *content_shebang(enum language language, struct str bytes);
const char *content_main_package(enum language language, struct str bytes);

#endif
