#include "wire/internal.h"

void wire_find_requests(struct wire *w)
{
	(void)w;
}
