#include "model/internal.h"

/* At the top of a TOML or INI file stand pairs; at the top of a JSON file one object. */
void manifest_each(const struct facts *f, node_id object, struct str path, manifest_visit *visit, void *context)
{
	if (!f->node_count)
		return;
	facts_each_child(f, object, pair) {
		struct str name = node_name(f, pair);
		node_id value = node_child(f, pair, PART_VALUE);
		if (!object && node_kind(f, pair) == NODE_OBJECT)
			manifest_each(f, pair, path, visit, context);
		if (node_kind(f, pair) != NODE_PAIR || !value || str_empty(name) || !str_starts(path, name))
			continue;
		if (path.len == name.len)
			visit(context, value);
		else if (path.ptr[name.len] == '.' && node_kind(f, value) == NODE_OBJECT)
			manifest_each(f, value, str_slice(path, name.len + 1, path.len), visit, context);
	}
}
