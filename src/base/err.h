/* What went wrong in the environment (config, repository, disk), in the user's terms: one line. */
#ifndef BYLAW_BASE_ERR_H
#define BYLAW_BASE_ERR_H

#include "bylaw/str.h"

struct err {
	char message[1024];
};

/* Always false, so that a function can `return err_set(…)`. A later error does not replace the first. */
bool err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline bool err_is_set(const struct err *err)
{
	return err->message[0] != '\0';
}

#endif
