/* Who mentions a name: variables in their file, functions wherever they are imported. */
#include "wire/failures.h"

/* The nodes of a file, chained by the first segment of their names. */
struct mentions {
	struct str_map first; /* segment → node */
	node_id *next; /* of each node */
	struct str_map opened; /* segments whose mentions are sorted by what binds them */
	node_id *first_use, *last_use; /* of each node that binds a name */
	node_id *next_use; /* of each node */
};

static bool is_mention(const struct facts *f, node_id n)
{
	return ((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1) && f->nodes[n].name &&
	       !node_child(f, n, PART_OBJECT);
}

static struct mentions *mentions_of(struct failures *a, file_id file)
{
	if (a->mentions[file])
		return a->mentions[file];
	const struct facts *f = failure_facts(a, file);
	struct mentions *mentions = arena_new(&a->arena, struct mentions);
	mentions->next = arena_array(&a->arena, node_id, f->node_count);
	mentions->first_use = arena_array(&a->arena, node_id, f->node_count);
	mentions->last_use = arena_array(&a->arena, node_id, f->node_count);
	mentions->next_use = arena_array(&a->arena, node_id, f->node_count);
	for (node_id n = f->node_count; n-- > 1;) {
		if (!is_mention(f, n))
			continue;
		uint32_t *first = str_map_put(&mentions->first, path_first(node_name(f, n)), 0, NULL);
		mentions->next[n] = *first;
		*first = n;
	}
	return a->mentions[file] = mentions;
}

node_id mentions_first(struct failures *a, file_id file, struct str name)
{
	const uint32_t *first = str_map_get(&mentions_of(a, file)->first, name);
	return first ? *first : 0;
}

node_id mentions_next(struct failures *a, file_id file, node_id node)
{
	return a->mentions[file]->next[node];
}

/* Hundreds of components may each have a `data`: all mentions of the name are bound at once. */
static void sort_uses(struct failures *a, file_id file, struct str name)
{
	struct mentions *mentions = a->mentions[file];
	for (node_id n = mentions_first(a, file, name); n; n = mentions->next[n]) {
		node_id binding = model_binding(a->m, file, n, name);
		if (!binding || binding == n)
			continue;
		if (mentions->first_use[binding])
			mentions->next_use[mentions->last_use[binding]] = n;
		else
			mentions->first_use[binding] = n;
		mentions->last_use[binding] = n;
	}
}

node_id uses_first(struct failures *a, file_id file, node_id binding)
{
	struct mentions *mentions = mentions_of(a, file);
	struct str name = node_name(failure_facts(a, file), binding);
	bool is_new;
	str_map_put(&mentions->opened, name, 1, &is_new);
	if (is_new)
		sort_uses(a, file, name);
	return mentions->first_use[binding];
}

node_id uses_next(struct failures *a, file_id file, node_id use)
{
	return a->mentions[file]->next_use[use];
}

bool may_be_shown(const struct failures *a, file_id file, node_id binding)
{
	return model_file(a->m, file)->language == LANGUAGE_COMPONENT &&
	       !node_function(failure_facts(a, file), binding);
}

void mentions_release(struct failures *a)
{
	for (file_id file = 0; file < model_file_count(a->m); file++) {
		if (!a->mentions[file])
			continue;
		str_map_release(&a->mentions[file]->first);
		str_map_release(&a->mentions[file]->opened);
	}
}

/* ---- imports by name ---- */

static void index_imports(struct failures *a)
{
	for (file_id file = 0; file < model_file_count(a->m); file++) {
		const struct facts *f = failure_facts(a, file);
		if (!failure_is_interface(a, file))
			continue;
		for (uint32_t i = 0; i < f->import_count; i++) {
			if (!f->imports[i].local || model_import(a->m, file, i).target != IMPORT_FILE)
				continue;
			uint32_t *first = str_map_put(&a->imported, facts_str(f, f->imports[i].imported), 0, NULL);
			struct import_row row = { file, i, *first };
			vec_push(&a->imports, row);
			*first = a->imports.count;
		}
	}
}

/* ---- names that hand functions on ---- */

static void note_handed(struct failures *a, file_id file, node_id name)
{
	struct meaning means = model_meaning(a->m, file, name);
	node_id function = model_meant_function(a->m, means);
	if (!function)
		return;
	uint32_t *first = map_put(&a->handed_on, place_key(means.file, function), 0, NULL);
	struct handed_name handed = { file, name, *first };
	vec_push(&a->handed_names, handed);
	*first = a->handed_names.count;
}

/* Resolves the names that start with what an import binds. */
static void open_mentions(struct failures *a, file_id file, struct str local)
{
	const struct facts *f = failure_facts(a, file);
	for (node_id n = mentions_first(a, file, local); n; n = mentions_next(a, file, n))
		if (node_kind(f, n) == NODE_NAME && f->nodes[n].part != PART_TARGET)
			note_handed(a, file, n);
}

/* The same in the declaration's own file. */
static void open_uses(struct failures *a, file_id file, node_id declaration)
{
	const struct facts *f = failure_facts(a, file);
	for (node_id n = uses_first(a, file, declaration); n; n = uses_next(a, file, n))
		if (node_kind(f, n) == NODE_NAME && f->nodes[n].part != PART_TARGET)
			note_handed(a, file, n);
}

/* The declaration by which others know a function: a variable, an object or a class of its module, or a local of its own. */
static node_id known_by(const struct facts *f, node_id function)
{
	static const uint64_t named = KIND(VAR) | KIND(FUNCTION) | KIND(CLASS);
	node_id known = 0;
	for (node_id n = function; n; n = f->nodes[n].parent) {
		if (n != function && known && ((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1))
			break;
		if ((named >> f->nodes[n].kind & 1) && !str_empty(node_name(f, n)))
			known = n;
	}
	return known;
}

static void open_importers(struct failures *a, file_id file, node_id declaration, struct str name)
{
	const uint32_t *first = str_map_get(&a->imported, name);
	for (uint32_t i = first ? *first : 0; i; i = a->imports.items[i - 1].next) {
		struct import_row row = a->imports.items[i - 1];
		file_id decl_file;
		node_id decl;
		const struct facts *f = failure_facts(a, row.file);
		if (model_import_declaration(a->m, row.file, row.import, &decl_file, &decl) && decl_file == file &&
			decl == declaration)
			open_mentions(a, row.file, facts_str(f, f->imports[row.import].local));
	}
}

/* What the markup calls a function by: its key in `methods`, or what `setup` returns it as; empty where it knows none. */
static struct str name_in_markup(const struct failures *a, file_id file, node_id function, node_id known)
{
	const struct facts *f = failure_facts(a, file);
	struct str key = node_name(f, f->nodes[function].parent), name = known ? node_name(f, known) : STR("");
	if (model_file(a->m, file)->language != LANGUAGE_COMPONENT)
		return STR("");
	if (model_component_member(a->m, file, key) == function)
		return key;
	return !str_empty(name) && model_component_member(a->m, file, name) ? name : STR("");
}

uint32_t names_that_hand_on(struct failures *a, file_id file, node_id function)
{
	const struct facts *f = failure_facts(a, file);
	node_id known = known_by(f, function);
	struct str name = name_in_markup(a, file, function, known);
	bool is_named = false;
	if (!str_empty(name))
		map_put(&a->opened, place_key(file, function), 1, &is_named);
	if (is_named)
		open_mentions(a, file, name);
	bool is_new = false;
	if (known)
		map_put(&a->opened, place_key(file, known), 1, &is_new);
	if (is_new && !a->imports.count)
		index_imports(a);
	if (is_new) {
		open_uses(a, file, known);
		if (!node_function(f, known))
			open_importers(a, file, known, node_name(f, known));
	}
	/* members of all the file's classes at once */
	if (is_new && node_kind(f, known) == NODE_CLASS) {
		map_put(&a->opened, place_key(file, 0), 1, &is_new);
		if (is_new)
			open_mentions(a, file, STR("this"));
	}
	const uint32_t *first = map_get(&a->handed_on, place_key(file, function));
	return first ? *first : 0;
}
