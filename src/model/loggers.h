/* The loggers of Node packages: what the calls that make them say of the lines they write. */
#ifndef BYLAW_MODEL_LOGGERS_H
#define BYLAW_MODEL_LOGGERS_H

#include "model/internal.h"

/* Of a call with the role log-maker. It is followed through at most so many names and functions. */
enum log_form log_form_of_maker(const struct model *m, file_id file, node_id call, unsigned steps);

#endif
