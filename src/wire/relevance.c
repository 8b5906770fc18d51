/* Which calls can say something about routes: most cannot, and to read a call is to resolve its receiver and its callee. */
#include "wire/reading.h"

#include "base/hash.h"

#include <stdlib.h>

/* What a call of a library's name may do to the graph of routers. */
static const enum role roles[] = { ROLE_ROUTE, ROLE_MOUNT, ROLE_GROUP, ROLE_ROUTE_METHODS, ROLE_ROUTE_PREFIX,
	ROLE_ROUTE_VERSION, ROLE_MODULE_PATH, ROLE_RPC_SERVICE, ROLE_FOLDER_ROUTES, ROLE_STATIC_FILES,
	ROLE_GRAPHQL_RESOLVERS };

static bool is_word(struct reading *r, enum language language, struct str word)
{
	bool added;
	uint32_t *known = map_put(&r->words, hash_mix(language, word.ptr, word.len), false, &added);
	for (size_t i = 0; added && !*known && i < sizeof(roles) / sizeof(*roles); i++)
		*known = model_library_word(r->model, language, word, roles[i]);
	return *known;
}

static bool calls_project(const struct reading *r, file_id file, node_id call)
{
	const node_id *calls;
	uint32_t count = model_project_calls(r->model, file, call, &calls);
	return count && calls[0] == call;
}

/*
 * Go and Rust say what every call calls. In the other languages a name may stand for anything, and an application may hand
 * its router to it.
 */
bool may_register(struct reading *r, struct place call)
{
	const struct facts *f = facts_of(r, call.file);
	if ((f->language != LANGUAGE_GO && f->language != LANGUAGE_RUST) || !model_is_production(r->model, call.file))
		return true;
	for (node_id n = call.node; n && node_kind(f, n) == NODE_CALL; n = node_child(f, n, PART_OBJECT))
		if (node_child(f, n, PART_CALLEE) || is_word(r, f->language, path_last(node_name(f, n))) ||
			calls_project(r, call.file, n))
			return true;
	return false;
}
