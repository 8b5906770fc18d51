/* Cargo packages: which crates they build, and which crate each dependency is. */
#include "model/cargo.h"

#include "base/path.h"
#include "model/rust.h"

/* A dependency as the manifest tells it; rows of one key are put together. */
struct declared {
	package_id package;
	enum cargo_table table;
	struct str key, crate, path;
	bool inherited;
};

struct cargo {
	struct model *m;
	struct rust_model *rust;
	VEC(struct declared) declared;
	struct map ids; /* package, kind of table and key → index in `declared` */
	package_id *workspace; /* of each package; NO_PACKAGE */
	struct str_map excluded, members; /* folders that a workspace names → the package of its manifest */
	struct map roots; /* files that are a crate's root */
	struct settings {
		bool builds; /* it has a [package]: not only a workspace */
		bool edition_2015;
		uint32_t off; /* targets that are not found by themselves, as bits */
	} * settings; /* of each package */
	package_id package; /* whose manifest is being read */
};

static const struct facts *manifest(const struct cargo *c, package_id package)
{
	return &c->m->files[c->m->packages.items[package].manifest].facts;
}

static bool is_cargo(const struct cargo *c, package_id package)
{
	return c->m->packages.items[package].ecosystem == ECOSYSTEM_CARGO;
}

/* As code spells it. */
static struct str crate_name(struct model *m, struct str name)
{
	struct str spelled = arena_str(&m->arena, name);
	char *bytes = arena_array(&m->arena, char, name.len + 1);
	for (uint32_t i = 0; i < name.len; i++)
		bytes[i] = spelled.ptr[i] == '-' ? '_' : spelled.ptr[i];
	return (struct str){ bytes, name.len };
}

static bool join(const struct cargo *c, package_id package, struct str relative, struct str *out)
{
	return path_join(&c->m->arena, c->m->packages.items[package].dir, relative, out);
}

static package_id package_at(const struct cargo *c, package_id from, struct str relative)
{
	struct str dir;
	const uint32_t *found = join(c, from, relative, &dir) ? str_map_get(&c->m->package_dirs[ECOSYSTEM_CARGO], dir)
							      : NULL;
	return found ? *found : NO_PACKAGE;
}

/* ---- workspaces ---- */

static void note_folders(struct cargo *c, package_id package, struct str key, struct str_map *folders)
{
	const struct facts *f = manifest(c, package);
	node_id list = cargo_value(f, STR("workspace"), key);
	for (node_id n = list + 1; list && n < f->nodes[list].next; n = f->nodes[n].next) {
		struct str dir;
		if (node_kind(f, n) == NODE_STRING && join(c, package, node_name(f, n), &dir))
			str_map_put(folders, dir, package, NULL);
	}
}

/* The nearest manifest upwards that has a workspace and does not exclude the package. */
static package_id workspace_of(const struct cargo *c, package_id package)
{
	struct str own = c->m->packages.items[package].dir;
	struct str named = cargo_text(manifest(c, package), STR("package"), STR("workspace"));
	package_id excluded_by = NO_PACKAGE;
	if (!str_empty(named))
		return package_at(c, package, named);
	for (struct str dir = own;; dir = path_dir(dir)) {
		const uint32_t *out = str_map_get(&c->excluded, dir);
		const uint32_t *root = str_map_get(&c->m->package_dirs[ECOSYSTEM_CARGO], dir);
		if (out)
			excluded_by = *out;
		if (root && object_value(manifest(c, *root), 0, STR("workspace"))) {
			const uint32_t *member = str_map_get(&c->members, own);
			if (excluded_by != *root || (member && *member == *root))
				return *root;
		}
		if (str_empty(dir))
			return NO_PACKAGE;
	}
}

static void find_workspaces(struct cargo *c)
{
	uint32_t count = c->m->packages.count;
	c->workspace = arena_array(&c->m->arena, package_id, count);
	for (package_id p = 0; p < count; p++) {
		if (!is_cargo(c, p))
			continue;
		note_folders(c, p, STR("exclude"), &c->excluded);
		note_folders(c, p, STR("members"), &c->members);
	}
	for (package_id p = 0; p < count; p++)
		c->workspace[p] = is_cargo(c, p) ? workspace_of(c, p) : NO_PACKAGE;
}

/* ---- dependencies ---- */

static uint64_t declared_key(package_id package, enum cargo_table table, struct str key)
{
	enum cargo_table kind = table == CARGO_BUILD || table == CARGO_DEV ? CARGO_NORMAL : table;
	return model_key((uint64_t)package << 8 | (uint64_t)kind, key);
}

static void declare(void *context, const struct cargo_row *row)
{
	struct cargo *c = context;
	struct declared fresh = { .package = c->package, .table = row->table, .key = crate_name(c->m, row->key) };
	bool added;
	uint32_t *id = map_put(&c->ids, declared_key(c->package, row->table, fresh.key), c->declared.count, &added);
	if (added)
		vec_push(&c->declared, fresh);
	struct declared *d = &c->declared.items[*id];
	d->inherited |= row->inherited;
	if (row->path.len)
		d->path = row->path;
	if (row->crate.len)
		d->crate = crate_name(c->m, row->crate);
}

static const struct declared *find_declared(
	const struct cargo *c, package_id package, enum cargo_table table, struct str key)
{
	const uint32_t *id = package == NO_PACKAGE ? NULL : map_get(&c->ids, declared_key(package, table, key));
	return id ? &c->declared.items[*id] : NULL;
}

/* Where a dependency leads: by its own path, its workspace's, or that of a patch. */
static void add_dependency(struct cargo *c, const struct declared *d)
{
	package_id root = c->workspace[d->package];
	const struct declared *inherited = d->inherited ? find_declared(c, root, CARGO_WORKSPACE, d->key) : NULL;
	const struct declared *says = inherited ? inherited : d;
	struct cargo_dependency fresh = {
		.key = d->key, .crate = says->crate.len ? says->crate : d->key, .local = NO_PACKAGE
	};
	const struct declared *patch = find_declared(c, root, CARGO_PATCH, fresh.crate);
	if (says->path.len)
		fresh.local = package_at(c, says->package, says->path);
	else if (patch && patch->path.len)
		fresh.local = package_at(c, patch->package, patch->path);
	map_put(&c->rust->dependency_ids, model_key(d->package, d->key), c->rust->dependencies.count, NULL);
	vec_push(&c->rust->dependencies, fresh);
}

static void find_dependencies(struct cargo *c)
{
	for (package_id p = 0; p < c->m->packages.count; p++) {
		c->package = p;
		if (is_cargo(c, p))
			cargo_each_row(manifest(c, p), declare, c);
	}
	for (uint32_t i = 0; i < c->declared.count; i++)
		if (c->declared.items[i].table != CARGO_WORKSPACE && c->declared.items[i].table != CARGO_PATCH)
			add_dependency(c, &c->declared.items[i]);
}

/* ---- targets ---- */

static const struct kind_of_target {
	const char *table; /* [[bin]] */
	const char *automatic; /* autobins = false */
	const char *folder; /* folder/x.rs and folder/x/main.rs */
} kinds[RUST_TARGET_COUNT] = {
	[RUST_LIB] = { "lib", NULL, NULL },
	[RUST_BIN] = { "bin", "autobins", "src/bin" },
	[RUST_BUILD] = { NULL, "build", NULL },
	[RUST_EXAMPLE] = { "example", "autoexamples", "examples" },
	[RUST_TEST] = { "test", "autotests", "tests" },
	[RUST_BENCH] = { "bench", "autobenches", "benches" },
};

static bool is_2015(const struct cargo *c, package_id package)
{
	const struct facts *f = manifest(c, package);
	struct str edition = cargo_text(f, STR("package"), STR("edition"));
	package_id root = c->workspace[package];
	bool inherited = cargo_value(f, STR("package"), STR("edition.workspace")) ||
			 (str_empty(edition) && cargo_value(f, STR("package"), STR("edition")));
	if (inherited && root != NO_PACKAGE)
		edition = cargo_text(manifest(c, root), STR("workspace.package"), STR("edition"));
	return str_empty(edition) || str_is(edition, "2015");
}

static bool is_off(const struct cargo *c, package_id package, const char *key)
{
	node_id value = key ? cargo_value(manifest(c, package), STR("package"), str_from(key)) : 0;
	return value && str_is(node_name(manifest(c, package), value), "false");
}

static void read_settings(struct cargo *c)
{
	c->settings = arena_array(&c->m->arena, struct settings, c->m->packages.count);
	for (package_id p = 0; p < c->m->packages.count; p++) {
		if (!is_cargo(c, p))
			continue;
		c->settings[p].builds = object_value(manifest(c, p), 0, STR("package")) != 0;
		c->settings[p].edition_2015 = is_2015(c, p);
		for (enum rust_target t = 0; t < RUST_TARGET_COUNT; t++)
			c->settings[p].off |= (uint32_t)is_off(c, p, kinds[t].automatic) << t;
	}
}

static struct str library_name(struct cargo *c, package_id package)
{
	struct str name = cargo_text(manifest(c, package), STR("lib"), STR("name"));
	return crate_name(c->m, name.len ? name : c->m->packages.items[package].name);
}

static void add_crate(struct cargo *c, package_id package, file_id root, enum rust_target target)
{
	bool added = false;
	if (root != NO_FILE && c->m->files[root].language == LANGUAGE_RUST)
		map_put(&c->roots, root, 0, &added);
	if (!added)
		return;
	struct rust_crate fresh = {
		.package = package, .root = root, .target = target, .edition_2015 = c->settings[package].edition_2015
	};
	if (target == RUST_LIB) {
		fresh.name = library_name(c, package);
		c->rust->lib_of[package] = c->rust->crates.count + 1;
	}
	vec_push(&c->rust->crates, fresh);
}

static file_id file_at(const struct cargo *c, package_id package, struct str relative)
{
	struct str path;
	return join(c, package, relative, &path) ? model_find_file(c->m, path) : NO_FILE;
}

/* A target with a path, or with a name that stands for one. */
static file_id root_of(const struct cargo *c, package_id package, node_id table, const struct kind_of_target *kind)
{
	const struct facts *f = manifest(c, package);
	node_id path = object_value(f, table, STR("path")), name = object_value(f, table, STR("name"));
	if (path)
		return file_at(c, package, node_name(f, path));
	if (!kind->folder)
		return file_at(c, package, STR("src/lib.rs"));
	if (!name)
		return NO_FILE;
	static const char *const endings[] = { ".rs", "/main.rs" };
	file_id root = NO_FILE;
	for (size_t i = 0; root == NO_FILE && i < sizeof(endings) / sizeof(*endings); i++)
		root = file_at(c, package,
			arena_printf(&c->m->arena, "%s/%.*s%s", kind->folder, STR_ARG(node_name(f, name)), endings[i]));
	return root;
}

/* What the manifest lists. */
static void add_listed(struct cargo *c, package_id package, enum rust_target target)
{
	const struct facts *f = manifest(c, package);
	const struct kind_of_target *kind = &kinds[target];
	facts_each_child(f, 0, pair) {
		node_id table = node_child(f, pair, PART_VALUE);
		if (table && kind->table && str_is(node_name(f, pair), kind->table))
			add_crate(c, package, root_of(c, package, table, kind), target);
	}
	struct str build = cargo_text(f, STR("package"), STR("build"));
	if (target == RUST_BUILD && !str_empty(build))
		add_crate(c, package, file_at(c, package, build), target);
}

/* x.rs or x/main.rs below a folder, as a path from the package. */
static bool is_in_target_folder(struct str path, const char *folder)
{
	struct str dir = path_dir(path);
	return str_is(dir, folder) || (str_is(path_name(path), "main.rs") && str_is(path_dir(dir), folder));
}

/* What a file is without being listed; RUST_TARGET_COUNT for nothing of its own. */
static enum rust_target automatic_target(struct str path)
{
	if (str_is(path, "src/lib.rs"))
		return RUST_LIB;
	if (str_is(path, "src/main.rs"))
		return RUST_BIN;
	if (str_is(path, "build.rs"))
		return RUST_BUILD;
	for (enum rust_target t = 0; t < RUST_TARGET_COUNT; t++)
		if (kinds[t].folder && is_in_target_folder(path, kinds[t].folder))
			return t;
	return RUST_TARGET_COUNT;
}

static void add_automatic(struct cargo *c, file_id file)
{
	const struct model_file *at = &c->m->files[file];
	package_id package = at->package;
	if (at->language != LANGUAGE_RUST || package == NO_PACKAGE || !c->settings[package].builds)
		return;
	struct str dir = c->m->packages.items[package].dir;
	enum rust_target target = automatic_target(str_slice(at->path, dir.len + (dir.len > 0), at->path.len));
	bool second_lib = target == RUST_LIB && c->rust->lib_of[package];
	if (target != RUST_TARGET_COUNT && !second_lib && !(c->settings[package].off >> target & 1))
		add_crate(c, package, file, target);
}

/* Code spells a dependency that is not renamed as its library is called, which need not be the package's name. */
static void name_by_library(struct cargo *c)
{
	for (uint32_t i = 0; i < c->declared.count; i++) {
		const struct declared *d = &c->declared.items[i];
		const uint32_t *id = map_get(&c->rust->dependency_ids, model_key(d->package, d->key));
		package_id local = id ? c->rust->dependencies.items[*id].local : NO_PACKAGE;
		uint32_t lib = local == NO_PACKAGE ? 0 : c->rust->lib_of[local];
		if (lib && !d->crate.len)
			map_put(&c->rust->dependency_ids, model_key(d->package, c->rust->crates.items[lib - 1].name),
				*id, NULL);
	}
}

static void find_crates(struct cargo *c)
{
	read_settings(c);
	for (enum rust_target t = 0; t < RUST_TARGET_COUNT; t++)
		for (package_id p = 0; p < c->m->packages.count; p++)
			if (is_cargo(c, p))
				add_listed(c, p, t);
	for (file_id file = 0; file < c->m->file_count; file++)
		add_automatic(c, file);
}

void cargo_link(struct model *m)
{
	struct cargo c = { .m = m, .rust = m->rust };
	m->rust->lib_of = arena_array(&m->arena, uint32_t, m->packages.count);
	find_workspaces(&c);
	find_dependencies(&c);
	find_crates(&c);
	name_by_library(&c);
	vec_release(&c.declared);
	map_release(&c.ids);
	map_release(&c.roots);
	str_map_release(&c.excluded);
	str_map_release(&c.members);
}
