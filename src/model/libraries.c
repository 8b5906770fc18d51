#include "model/libraries.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/libraries_table.h"

/* Entries of one name are chained; several roles may share a name. */
struct slot {
	struct library_entry entry;
	uint32_t next; /* index + 1 */
};

struct libraries {
	struct arena arena;
	VEC(struct slot) slots;
	struct str_map names[FAMILY_COUNT]; /* → index + 1 of the first slot */
	struct str_map modules[FAMILY_COUNT]; /* → index of its roles in `module_roles` */
	VEC(struct role_set) module_roles;
	struct map words; /* family, role and last segment of every name → 1 */
	struct str_map own[FAMILY_COUNT]; /* names that bylaw.yaml adds, and what stands before each dot in them → 1 */
};

_Static_assert(ROLE_COUNT <= 128, "roles fit a role_set");

static uint64_t word_key(enum library_family family, enum role role, struct str word)
{
	return hash_mix((uint64_t)family << 32 | role, word.ptr, word.len);
}

static void add_entry(void *context, enum library_family family, const struct library_entry *entry)
{
	struct libraries *l = context;
	struct slot slot = { .entry = *entry };
	uint32_t *first = str_map_put(&l->names[family], entry->name, 0, NULL);
	slot.next = *first;
	vec_push(&l->slots, slot);
	*first = l->slots.count;
	map_put(&l->words, word_key(family, entry->role, path_last(entry->name)), 1, NULL);
}

static void add_module(void *context, enum library_family family, struct str module, enum role role)
{
	struct libraries *l = context;
	bool added;
	uint32_t *index = str_map_put(&l->modules[family], module, l->module_roles.count, &added);
	if (added)
		vec_push(&l->module_roles, (struct role_set){ 0 });
	role_set_add(&l->module_roles.items[*index], role);
}

/* They may be the project's own: `shop.http.Client.get` says something of `shop.http.Client`, too. */
static void add_own_entry(void *context, enum library_family family, const struct library_entry *entry)
{
	struct libraries *l = context;
	add_entry(l, family, entry);
	for (uint32_t i = 0; i <= entry->name.len; i++)
		if (i == entry->name.len || entry->name.ptr[i] == '.')
			str_map_put(&l->own[family], str_slice(entry->name, 0, i), 1, NULL);
}

static bool read_config(struct libraries *l, struct str yaml, uint32_t line, struct err *err)
{
	static const struct yaml_limits limits = { .depth = 32, .nodes = 20000 };
	const struct library_sink sink = { l, add_own_entry, add_module };
	struct str text = arena_str(&l->arena, yaml), path = STR("bylaw.yaml");
	struct yaml_node *root = NULL;
	(void)line;
	if (!yaml_parse(&l->arena, path, text, &limits, &root, err))
		return false;
	if (root && root->kind != YAML_LIST)
		return yaml_fail(err, path, root, "`libraries` is a list of libraries");
	if (root)
		yaml_each(root, library)
			if (!library_yaml_read(path, library, &l->arena, &sink, err))
				return false;
	return true;
}

static struct str table_text(uint32_t id)
{
	uint32_t start = id ? library_text_ends[id - 1] : 0;
	return (struct str){ library_bytes + start, library_text_ends[id] - start };
}

static void add_tables(struct libraries *l)
{
	struct str *attributes = arena_array(&l->arena, struct str, library_attribute_texts);
	for (uint32_t i = 0; i < library_attribute_texts; i++)
		attributes[i] = table_text(library_attributes[i]);
	for (uint32_t i = 0; i < library_entry_count; i++) {
		const struct table_entry *e = &library_entries[i];
		const struct library_entry entry = { .name = table_text(e->name),
			.role = (enum role)e->role,
			.attributes = attributes + e->attributes,
			.attribute_count = e->attribute_count };
		add_entry(l, (enum library_family)e->family, &entry);
	}
	for (uint32_t i = 0; i < library_module_count; i++) {
		const struct table_module *t = &library_modules[i];
		add_module(l, (enum library_family)t->family, table_text(t->name), (enum role)t->role);
	}
}

struct libraries *libraries_new(struct str config_yaml, uint32_t line, struct err *err)
{
	struct libraries *l = mem_alloc(sizeof(*l));
	*l = (struct libraries){ 0 };
	add_tables(l);
	if (!str_empty(config_yaml) && !read_config(l, config_yaml, line, err)) {
		libraries_free(l);
		return NULL;
	}
	return l;
}

void libraries_free(struct libraries *l)
{
	if (!l)
		return;
	for (unsigned i = 0; i < FAMILY_COUNT; i++) {
		str_map_release(&l->names[i]);
		str_map_release(&l->modules[i]);
		str_map_release(&l->own[i]);
	}
	vec_release(&l->slots);
	map_release(&l->words);
	vec_release(&l->module_roles);
	arena_release(&l->arena);
	mem_free(l);
}

static enum library_family family_of(enum language language)
{
	switch (language) {
	case LANGUAGE_GO:
		return FAMILY_GO;
	case LANGUAGE_PYTHON:
		return FAMILY_PYTHON;
	case LANGUAGE_RUST:
		return FAMILY_RUST;
	default:
		return FAMILY_NODE;
	}
}

bool libraries_have_word(const struct libraries *l, enum language language, struct str word, enum role role)
{
	return map_get(&l->words, word_key(family_of(language), role, word)) != NULL;
}

enum { MOST_COVERED = 256, COVERINGS = 3 };

/*
 * console.log is covered by itself and console.*, PrismaClient.user.find by PrismaClient.*.* too: the name with so many
 * of its last segments replaced. Empty when it has no more.
 */
static struct str covering(struct str name, unsigned any, char space[static MOST_COVERED])
{
	struct str head = name;
	uint32_t keep = name.len;
	if (!any)
		return name;
	for (unsigned i = 0; i < any; i++) {
		keep = head.len - path_last(head).len;
		head = path_parent(head);
	}
	if (!keep || keep + 3 > MOST_COVERED)
		return STR("");
	memcpy(space, name.ptr, keep);
	memcpy(space + keep, "*.*", 3);
	return (struct str){ space, keep + (any == 1 ? 1 : 3) };
}

/* index + 1 of the first slot that stands for the name with so many segments replaced; 0 for none. */
static uint32_t first_slot(const struct libraries *l, enum library_family family, struct str name, unsigned any)
{
	char space[MOST_COVERED];
	struct str form = covering(name, any, space);
	const uint32_t *first = str_empty(form) ? NULL : str_map_get(&l->names[family], form);
	return first ? *first : 0;
}

static const struct library_entry *find_covered(
	const struct libraries *l, enum library_family family, struct str name, enum role role)
{
	for (unsigned any = 0; any < COVERINGS; any++)
		for (uint32_t i = first_slot(l, family, name, any); i; i = l->slots.items[i - 1].next)
			if (role == ROLE_NONE || l->slots.items[i - 1].entry.role == role)
				return &l->slots.items[i - 1].entry;
	return NULL;
}

/*
 * Where "/v4" starts in "github.com/labstack/echo/v4.Echo" or in "github.com/jackc/pgx/v5/pgxpool.Pool": a major version is
 * part of the import path; UINT32_MAX.
 */
static uint32_t major_version(struct str name)
{
	for (uint32_t i = 0; i + 2 < name.len; i++)
		if (name.ptr[i] == '/' && name.ptr[i + 1] == 'v' && char_is_digit(name.ptr[i + 2]))
			return i;
	return UINT32_MAX;
}

/* The name without its major version; empty when it has none. */
static struct str without_version(enum library_family family, struct str name, char space[static MOST_COVERED])
{
	uint32_t version = family == FAMILY_GO ? major_version(name) : UINT32_MAX;
	if (version == UINT32_MAX)
		return STR("");
	uint32_t end = version + 1;
	while (end < name.len && name.ptr[end] != '.' && name.ptr[end] != '/')
		end++;
	if (version + name.len - end > MOST_COVERED)
		return STR("");
	memcpy(space, name.ptr, version);
	memcpy(space + version, name.ptr + end, name.len - end);
	return (struct str){ space, version + name.len - end };
}

const struct library_entry *libraries_find(
	const struct libraries *l, enum language language, struct str name, enum role role)
{
	enum library_family family = family_of(language);
	char space[MOST_COVERED];
	const struct library_entry *found = find_covered(l, family, name, role);
	struct str plain = found ? STR("") : without_version(family, name, space);
	return str_empty(plain) ? found : find_covered(l, family, plain, role);
}

bool libraries_describe_own(const struct libraries *l, enum language language, struct str name)
{
	const struct str_map *own = &l->own[family_of(language)];
	char space[MOST_COVERED];
	for (unsigned any = 0; any < COVERINGS && own->count; any++) {
		struct str form = covering(name, any, space);
		if (!str_empty(form) && str_map_get(own, form))
			return true;
	}
	return false;
}

bool libraries_have_own(const struct libraries *l, enum language language)
{
	return l->own[family_of(language)].count > 0;
}

static void add_roles(const struct libraries *l, enum library_family family, struct str name, struct role_set *roles)
{
	for (unsigned any = 0; any < COVERINGS; any++)
		for (uint32_t i = first_slot(l, family, name, any); i; i = l->slots.items[i - 1].next)
			role_set_add(roles, l->slots.items[i - 1].entry.role);
}

struct role_set libraries_name_roles(const struct libraries *l, enum language language, struct str name)
{
	enum library_family family = family_of(language);
	struct role_set roles = { { 0 } };
	char space[MOST_COVERED];
	add_roles(l, family, name, &roles);
	struct str plain = without_version(family, name, space);
	if (!str_empty(plain))
		add_roles(l, family, plain, &roles);
	return roles;
}

/* "a/b/c" and "a.b.c" belong to a. */
static struct str shorter(struct str module)
{
	for (uint32_t i = module.len; i > 0; i--) {
		char c = module.ptr[i - 1];
		if (c == '/' || c == '.' || (c == ':' && i > 1 && module.ptr[i - 2] == ':'))
			return str_slice(module, 0, c == ':' ? i - 2 : i - 1);
	}
	return STR("");
}

struct role_set libraries_module_roles(const struct libraries *l, enum ecosystem ecosystem, struct str module)
{
	static const enum library_family families[] = { FAMILY_NODE, FAMILY_GO, FAMILY_PYTHON, FAMILY_RUST };
	if (str_starts(module, STR("node:")))
		module = str_slice(module, 5, module.len);
	struct role_set roles = { { 0 } };
	for (; !str_empty(module); module = shorter(module)) {
		const uint32_t *index = str_map_get(&l->modules[families[ecosystem]], module);
		if (index)
			role_set_join(&roles, l->module_roles.items[*index]);
	}
	return roles;
}

struct str library_attribute(const struct library_entry *entry, const char *key)
{
	for (uint32_t i = 0; i < entry->attribute_count; i++)
		if (str_is(entry->attributes[i * 2], key))
			return entry->attributes[i * 2 + 1];
	return (struct str){ 0 };
}
