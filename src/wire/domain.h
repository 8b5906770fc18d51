/* The entities of the backend, as a user interface names and spells them. */
#ifndef BYLAW_WIRE_DOMAIN_H
#define BYLAW_WIRE_DOMAIN_H

#include "wire/internal.h"
#include "wire/place.h"

struct domain {
	const struct model *m;
	struct str_map by_name; /* "orderitem" → index + 1 into `entities` */
	VEC(struct place) entities; /* classes */
	struct buf scratch;
};

void domain_find(struct domain *d, const struct model *m);
void domain_release(struct domain *d);
/* The entity that a component is for by its name: OrderList, EditOrder, orders-page. Its node is 0 when there is none. */
struct place domain_of_component(struct domain *d, struct str name);
/*
 * Is it the entity itself, spelled out: an object, or a list of them, with the entity's fields and values that stand there?
 * `holder` is what the code calls it; of objects whose fields are everybody's (id, name), only that tells.
 */
bool domain_spells(struct domain *d, struct place entity, file_id file, node_id value, struct str holder);

#endif
