/* Builds the wire of a model. */
#ifndef BYLAW_WIRE_WIRE_H
#define BYLAW_WIRE_WIRE_H

#include "bylaw/wire.h"

/* The model must outlive it. */
struct wire *wire_build(const struct model *model, uint32_t workers);
void wire_free(struct wire *w);

#endif
