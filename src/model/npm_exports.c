/* The `exports` and `imports` of package.json: conditions, patterns, alternatives, null. */
#include "model/npm.h"

#include "base/path.h"

/* Conditions that hold; of `import` and `require` the one that the statement asks for comes first. */
static bool is_condition(struct str key)
{
	static const char *const names[] = { "source", "types", "import", "require", "module", "module-sync", "node",
		"node-addons", "development", "default", NULL };
	return npm_is_one_of(key, names) || str_starts(key, STR("types@"));
}

/* `customConditions` of the config that the file belongs to. */
static bool is_custom_condition(const struct lookup *l, struct str key)
{
	const struct file_index *index = &l->m->indexes[l->from];
	uint32_t owner = index->tsconfig == NO_CONFIG ? index->near_tsconfig : index->tsconfig;
	if (owner == NO_CONFIG)
		return false;
	struct tsconfig_value value = l->m->npm->configs.items[owner].options[TSCONFIG_CONDITIONS];
	if (!value.node)
		return false;
	const struct facts *f = &l->m->files[value.file].facts;
	facts_each_child(f, value.node, name)
		if (str_eq(npm_text(f, name), key))
			return true;
	return false;
}

/* A walk over what a key of `exports` or `imports` leads to. */
struct target {
	struct lookup *lookup;
	package_id package;
	const struct facts *f;
	struct str star;
	bool imports; /* may name another package */
	bool strict; /* only the one of `import` and `require` that was asked for */
};

static bool holds(const struct target *t, struct str key)
{
	bool other = str_is(key, t->lookup->require ? "import" : "require");
	if (other && t->strict)
		return false;
	return is_condition(key) || is_custom_condition(t->lookup, key);
}

/* Targets stay in the package; what its dependencies hold is not theirs to give. */
static bool stays_inside(struct str target)
{
	struct str part;
	while (str_split(&target, '/', &part))
		if (str_is(part, "..") || str_is(part, "node_modules"))
			return false;
	return true;
}

/* "./a.js?raw", "./a.js#part": the rest is for bundlers. */
static struct str without_query(struct str target)
{
	target = str_slice(target, 0, str_find(target, '?'));
	return str_slice(target, 0, str_find(target, '#'));
}

static struct import_link by_text(struct target *t, struct str text)
{
	struct lookup *l = t->lookup;
	struct str target = pattern_expand(&l->scratch, text, t->star);
	bool relative = str_starts(target, STR("./"));
	if (!stays_inside(target) || (!relative && !t->imports))
		return unresolved(CAUSE_NOT_EXPORTED);
	if (relative)
		return npm_at(l, l->m->packages.items[t->package].dir, without_query(target));
	bool name = !str_starts(target, STR(".")) && !str_starts(target, STR("/")) && !str_starts(target, STR("#"));
	return name ? npm_bare(l, target) : unresolved(CAUSE_NOT_EXPORTED);
}

/* Null, or no alternative at all. */
static bool is_nothing(const struct facts *f, node_id n)
{
	bool empty = node_kind(f, n) == NODE_ARRAY && f->nodes[n].next == n + 1;
	return empty || (node_kind(f, n) == NODE_CONST && str_is(node_name(f, n), "null"));
}

/*
 * The first target that leads somewhere, in the order of the document. Nodes stand in that order too: what does not hold is
 * stepped over. Null and [] block, except among alternatives. The cause is that of the first target.
 */
static struct import_link first_target(struct target *t, node_id root)
{
	const struct facts *f = t->f;
	struct import_link first = { 0 };
	for (node_id n = root, end = f->nodes[root].next; n < end;) {
		bool skipped = node_kind(f, n) == NODE_PAIR && !holds(t, node_name(f, n));
		bool among = n != root && node_kind(f, f->nodes[n].parent) == NODE_ARRAY;
		if (is_nothing(f, n) && !among)
			break;
		if (node_kind(f, n) == NODE_STRING) {
			struct import_link link = by_text(t, node_name(f, n));
			if (link.target != IMPORT_UNRESOLVED)
				return link;
			if (!first.cause)
				first = link;
		}
		n = skipped ? f->nodes[n].next : n + 1;
	}
	return first.cause ? first : unresolved(CAUSE_NOT_EXPORTED);
}

static struct import_link resolve_target(struct target *t, node_id root)
{
	t->strict = true;
	struct import_link link = first_target(t, root);
	if (link.target != IMPORT_UNRESOLVED)
		return link;
	t->strict = false;
	struct import_link any = first_target(t, root);
	return any.target == IMPORT_UNRESOLVED ? link : any;
}

static struct import_link by_key(
	struct target *t, const struct pattern_table *table, struct str name, enum import_cause none)
{
	node_id pair = pattern_table_find(table, name, &t->star);
	node_id value = pair ? node_child(t->f, pair, PART_VALUE) : 0;
	return value ? resolve_target(t, value) : unresolved(none);
}

/* Keys of subpaths begin with a dot; without them the whole is the target of ".". Both in one object are a mistake. */
struct import_link npm_export(struct lookup *l, package_id package, node_id exports, struct str subpath)
{
	file_id manifest = l->m->packages.items[package].manifest;
	struct target t = { .lookup = l, .package = package, .f = &l->m->files[manifest].facts };
	const struct pattern_table *table = NULL;
	if (node_kind(t.f, exports) == NODE_OBJECT)
		table = npm_table(l->m, manifest, exports, PATTERNS_OF_PACKAGES);
	if (table && table->has_dotted && !table->has_plain)
		return by_key(&t, table, subpath, CAUSE_NOT_EXPORTED);
	bool whole = str_is(subpath, ".") && !(table && table->has_dotted);
	return whole ? resolve_target(&t, exports) : unresolved(CAUSE_NOT_EXPORTED);
}

struct import_link npm_import(struct lookup *l, struct str name)
{
	package_id package = l->m->files[l->from].package;
	if (package == NO_PACKAGE)
		return unresolved(CAUSE_NO_TARGET);
	file_id manifest = l->m->packages.items[package].manifest;
	struct target t = { .lookup = l, .package = package, .f = &l->m->files[manifest].facts, .imports = true };
	node_id imports = l->m->npm->manifests[package].imports;
	if (!imports || node_kind(t.f, imports) != NODE_OBJECT)
		return unresolved(CAUSE_NO_TARGET);
	return by_key(&t, npm_table(l->m, manifest, imports, PATTERNS_OF_PACKAGES), name, CAUSE_NO_TARGET);
}
