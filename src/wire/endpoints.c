#include "wire/internal.h"

void wire_find_endpoints(struct wire *w)
{
	(void)w;
}
