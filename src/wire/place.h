#ifndef BYLAW_WIRE_PLACE_H
#define BYLAW_WIRE_PLACE_H

#include "bylaw/wire.h"

/* A node of any file. `node` 0 means none. */
struct place {
	file_id file;
	node_id node;
};

#endif
