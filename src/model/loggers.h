/* The loggers of Node packages: what the calls that make them say of the lines they write. */
#ifndef BYLAW_MODEL_LOGGERS_H
#define BYLAW_MODEL_LOGGERS_H

#include "model/internal.h"

/* JSON.stringify(…); `value` may be 0. */
bool log_is_stringify(const struct facts *f, node_id value);
/* Of a call with the role log-maker; unknown when it takes too many steps to tell. */
enum log_form log_form_of_maker(const struct model *m, file_id file, node_id call);

#endif
