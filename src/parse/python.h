/* Shared by the files of the Python parser. */
#ifndef BYLAW_PARSE_PYTHON_H
#define BYLAW_PARSE_PYTHON_H

#include "parse/walk.h"

enum visit visit_python_import(struct walk *w, TSNode node, enum node_part part, node_id opened);

#endif
