/* Packages: package.json, go.mod, pyproject.toml and requirements, Cargo.toml; what they depend on. */
#include "model/cargo.h"
#include "model/rust.h"

#include "base/buf.h"
#include "base/path.h"

struct dependencies {
	struct dependency *items;
	uint32_t count, capacity;
};

struct reader {
	struct model *m;
	file_id file;
	const struct facts *f;
	struct package *package;
	struct dependencies list;
};

/* Tables that hold dependencies: their dotted name, and whether they are for development only. */
static const struct table {
	const char *name;
	bool development;
} npm_tables[] = { { "dependencies", false }, { "peerDependencies", false }, { "optionalDependencies", false },
	{ "devDependencies", true } },
  python_tables[] = { { "tool.poetry.dependencies", false }, { "tool.poetry.dev-dependencies", true },
	  { "tool.poetry.group.dev.dependencies", true }, { "tool.poetry.group.test.dependencies", true },
	  { "packages", false }, { "dev-packages", true } };

static void add(struct reader *r, struct str name, struct str version, bool development, node_id node)
{
	struct dependency dependency = { name, version, development, node };
	vec_push(&r->list, dependency);
}

/* The value of a PAIR that stands at the top of the document. */
static node_id top(const struct reader *r, struct str key)
{
	facts_each_child(r->f, 0, c) {
		if (node_kind(r->f, c) == NODE_PAIR && str_eq(node_name(r->f, c), key))
			return node_child(r->f, c, PART_VALUE);
		if (node_kind(r->f, c) == NODE_OBJECT && object_value(r->f, c, key))
			return object_value(r->f, c, key);
	}
	return 0;
}

static struct str text_of(const struct reader *r, node_id node)
{
	return node && node_kind(r->f, node) == NODE_STRING ? node_name(r->f, node) : STR("");
}

/* name = "1.2", or name = { version = "1.2", … } */
static void read_table(struct reader *r, node_id table, bool development)
{
	facts_each_child(r->f, table, pair) {
		if (node_kind(r->f, pair) != NODE_PAIR)
			continue;
		node_id value = node_child(r->f, pair, PART_VALUE);
		struct str version = text_of(r, value);
		if (value && node_kind(r->f, value) == NODE_OBJECT)
			version = text_of(r, object_value(r->f, value, STR("version")));
		add(r, node_name(r->f, pair), version, development, pair);
	}
}

static void read_tables(struct reader *r, const struct table *tables, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		node_id table = top(r, str_from(tables[i].name));
		if (table)
			read_table(r, table, tables[i].development);
	}
}

/* "fastapi[standard]>=0.100; python_version > '3.8'" */
static void read_requirement(struct reader *r, node_id item, bool development)
{
	struct str text = str_trim(node_name(r->f, item));
	uint32_t end = 0;
	while (end < text.len && !strchr("[<>=!~; (@", text.ptr[end]))
		end++;
	struct str name = str_slice(text, 0, end), version = str_slice(text, end, text.len);
	if (version.len && version.ptr[0] == '[') {
		uint32_t close = str_find(version, ']');
		version = close == UINT32_MAX ? STR("") : str_slice(version, close + 1, version.len);
	}
	uint32_t marker = str_find(version, ';');
	if (marker != UINT32_MAX)
		version = str_slice(version, 0, marker);
	if (name.len)
		add(r, name, str_trim(version), development, item);
}

static void read_requirement_list(struct reader *r, node_id list, bool development)
{
	facts_each_child(r->f, list, item)
		if (node_kind(r->f, item) == NODE_STRING)
			read_requirement(r, item, development);
}

static void read_python(struct reader *r)
{
	node_id project = top(r, STR("project")), groups = top(r, STR("dependency-groups"));
	if (project) {
		r->package->name = text_of(r, object_value(r->f, project, STR("name")));
		node_id list = object_value(r->f, project, STR("dependencies"));
		if (list)
			read_requirement_list(r, list, false);
	}
	node_id optional = top(r, STR("project.optional-dependencies"));
	facts_each_child(r->f, optional, group)
		if (optional && node_child(r->f, group, PART_VALUE))
			read_requirement_list(r, node_child(r->f, group, PART_VALUE), false);
	facts_each_child(r->f, groups, group)
		if (groups && node_child(r->f, group, PART_VALUE))
			read_requirement_list(r, node_child(r->f, group, PART_VALUE), true);
	read_tables(r, python_tables, sizeof(python_tables) / sizeof(*python_tables));
	node_id poetry = top(r, STR("tool.poetry"));
	if (poetry && str_empty(r->package->name))
		r->package->name = text_of(r, object_value(r->f, poetry, STR("name")));
}

static void read_requirements(struct reader *r)
{
	facts_each_child(r->f, 0, pair)
		if (node_kind(r->f, pair) == NODE_PAIR && !str_starts(node_name(r->f, pair), STR("-")))
			add(r, node_name(r->f, pair), text_of(r, node_child(r->f, pair, PART_VALUE)), false, pair);
}

/* setup.cfg: options.install_requires is a list of lines. */
static void read_setup_cfg(struct reader *r)
{
	node_id metadata = top(r, STR("metadata")), options = top(r, STR("options"));
	node_id required = options ? object_value(r->f, options, STR("install_requires")) : 0;
	if (metadata)
		r->package->name = text_of(r, object_value(r->f, metadata, STR("name")));
	if (required)
		read_requirement_list(r, required, false);
}

/* setup.py: what setup(…) says without being run. */
static void read_setup_py(struct reader *r)
{
	node_id setup = python_setup_call(r->f);
	node_id required = call_keyword(r->f, setup, STR("install_requires"));
	r->package->name = text_of(r, call_keyword(r->f, setup, STR("name")));
	if (required)
		read_requirement_list(r, required, false);
}

/* Many a setup.cfg only sets up tools, and a setup.py may be anything. */
static bool describes_package(const struct facts *f)
{
	struct reader r = { .f = f };
	if (f->language == LANGUAGE_INI)
		return top(&r, STR("metadata")) || top(&r, STR("options"));
	return f->language != LANGUAGE_PYTHON || python_setup_call(f);
}

static void read_npm(struct reader *r)
{
	r->package->name = text_of(r, top(r, STR("name")));
	read_tables(r, npm_tables, sizeof(npm_tables) / sizeof(*npm_tables));
}

static void take_cargo_row(void *context, const struct cargo_row *row)
{
	struct reader *r = context;
	bool development = row->table == CARGO_DEV || row->table == CARGO_BUILD;
	struct str name = row->crate.len ? row->crate : row->key;
	if (row->table == CARGO_PATCH)
		return;
	bool again = r->list.count && str_eq(vec_last(&r->list).name, name); /* a.path = "…" and a.version = "…" */
	if (!again)
		add(r, name, row->version, development, row->node);
	else if (str_empty(vec_last(&r->list).version))
		vec_last(&r->list).version = row->version;
}

static void read_cargo(struct reader *r)
{
	r->package->name = cargo_text(r->f, STR("package"), STR("name"));
	cargo_each_row(r->f, take_cargo_row, r);
}

static void read_gomod(struct reader *r)
{
	facts_each_child(r->f, 0, pair) {
		node_id path = node_child(r->f, pair, PART_VALUE);
		if (!path)
			continue;
		if (str_is(node_name(r->f, pair), "module"))
			r->package->name = text_of(r, path);
		if (str_is(node_name(r->f, pair), "require")) {
			node_id version = r->f->nodes[path].next;
			bool has = version < r->f->nodes[pair].next;
			add(r, text_of(r, path), has ? text_of(r, version) : STR(""), false, pair);
		}
	}
}

static const struct manifest {
	const char *name;
	enum ecosystem ecosystem;
	void (*read)(struct reader *r);
} manifests[] = {
	{ "package.json", ECOSYSTEM_NPM, read_npm },
	{ "go.mod", ECOSYSTEM_GO, read_gomod },
	{ "pyproject.toml", ECOSYSTEM_PYTHON, read_python },
	{ "Pipfile", ECOSYSTEM_PYTHON, read_python },
	{ "requirements.txt", ECOSYSTEM_PYTHON, read_requirements },
	{ "setup.cfg", ECOSYSTEM_PYTHON, read_setup_cfg },
	{ "setup.py", ECOSYSTEM_PYTHON, read_setup_py },
	{ "Cargo.toml", ECOSYSTEM_CARGO, read_cargo },
};

static const struct manifest *manifest_of(struct str path)
{
	for (size_t i = 0; i < sizeof(manifests) / sizeof(*manifests); i++)
		if (str_is(path_name(path), manifests[i].name))
			return &manifests[i];
	return NULL;
}

/* Several manifests of one ecosystem in a folder are one package: the first names it, all add to it. */
static void read_manifest(struct model *m, file_id file, const struct manifest *manifest)
{
	struct str dir = path_dir(m->files[file].path);
	bool added;
	uint32_t *id = str_map_put(&m->package_dirs[manifest->ecosystem], dir, m->packages.count, &added);
	if (added) {
		struct package fresh = { .ecosystem = manifest->ecosystem, .dir = dir, .manifest = file };
		vec_push(&m->packages, fresh);
	}
	struct package *package = &m->packages.items[*id];
	struct reader r = { .m = m, .file = file, .f = &m->files[file].facts, .package = package };
	for (uint32_t i = 0; i < package->dependency_count; i++)
		vec_push(&r.list, package->dependencies[i]);
	manifest->read(&r);
	struct dependency *kept = arena_array(&m->arena, struct dependency, r.list.count);
	if (r.list.count)
		memcpy(kept, r.list.items, sizeof(*kept) * r.list.count);
	package->dependencies = kept;
	package->dependency_count = r.list.count;
	vec_release(&r.list);
}

enum ecosystem ecosystem_of(enum language language)
{
	switch (language) {
	case LANGUAGE_GO:
	case LANGUAGE_GOMOD:
		return ECOSYSTEM_GO;
	case LANGUAGE_PYTHON:
	case LANGUAGE_TOML:
	case LANGUAGE_REQUIREMENTS:
		return ECOSYSTEM_PYTHON;
	case LANGUAGE_RUST:
		return ECOSYSTEM_CARGO;
	default:
		return ECOSYSTEM_NPM;
	}
}

package_id model_package_above(const struct model *m, enum ecosystem ecosystem, struct str dir)
{
	for (;; dir = path_dir(dir)) {
		const uint32_t *id = str_map_get(&m->package_dirs[ecosystem], dir);
		if (id)
			return *id;
		if (str_empty(dir))
			return NO_PACKAGE;
	}
}

void model_find_packages(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		const struct manifest *manifest = manifest_of(m->files[file].path);
		if (manifest && m->files[file].facts.node_count && describes_package(&m->files[file].facts))
			read_manifest(m, file, manifest);
	}
	for (file_id file = 0; file < m->file_count; file++)
		m->files[file].package = model_package_above(
			m, ecosystem_of(m->files[file].language), path_dir(m->files[file].path));
}

const struct dependency *package_dependency(const struct package *p, struct str name)
{
	for (uint32_t i = 0; i < p->dependency_count; i++)
		if (str_eq_nocase(p->dependencies[i].name, name))
			return &p->dependencies[i];
	return NULL;
}

static uint64_t role_key(uint32_t owner, bool is_file, enum role role)
{
	return (uint64_t)owner << 16 | (uint64_t)is_file << 15 | (uint64_t)role;
}

static void note_module(struct model *m, file_id file, package_id package, enum ecosystem ecosystem, struct str module)
{
	struct role_set roles = libraries_module_roles(m->libraries, ecosystem, module);
	for (enum role role = (enum role)(ROLE_NONE + 1); role < ROLE_COUNT; role++) {
		if (!role_set_has(roles, role))
			continue;
		if (file != NO_FILE)
			map_put(&m->package_roles, role_key(file, true, role), 1, NULL);
		if (package != NO_PACKAGE)
			map_put(&m->package_roles, role_key(package, false, role), 1, NULL);
	}
}

/* A module's roles; in Rust those of the name, wherever the project's own re-exports take it from (grpcio::ServerBuilder). */
static void note_import(struct model *m, file_id file, package_id package, uint32_t import)
{
	const struct facts *f = &m->files[file].facts;
	enum ecosystem ecosystem = ecosystem_of(m->files[file].language);
	struct str module = facts_str(f, f->imports[import].module);
	note_module(m, file, package, ecosystem,
		ecosystem == ECOSYSTEM_CARGO ? rust_import_library(m, file, import) : module);
}

void model_package_roles(struct model *m)
{
	for (package_id p = 0; p < m->packages.count; p++)
		for (uint32_t i = 0; i < m->packages.items[p].dependency_count; i++) {
			const struct dependency *d = &m->packages.items[p].dependencies[i];
			if (!d->development)
				note_module(m, NO_FILE, p, m->packages.items[p].ecosystem, d->name);
		}
	for (file_id file = 0; file < m->file_count; file++) {
		const struct model_file *at = &m->files[file];
		for (uint32_t i = 0; i < at->facts.import_count; i++) {
			if (m->indexes[file].links[i].target != IMPORT_LIBRARY)
				continue;
			package_id package = model_is_production(m, file) ? at->package : NO_PACKAGE;
			note_import(m, file, package, i);
		}
	}
}

void model_note_servers(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		package_id package = m->files[file].package;
		if (!m->indexes[file].makes_server)
			continue;
		map_put(&m->package_roles, role_key(file, true, ROLE_WEB_SERVER), 1, NULL);
		if (package != NO_PACKAGE)
			map_put(&m->package_roles, role_key(package, false, ROLE_WEB_SERVER), 1, NULL);
	}
}

bool package_has_role(const struct model *m, package_id package, enum role role)
{
	return package != NO_PACKAGE && map_get(&m->package_roles, role_key(package, false, role));
}

bool file_imports_role(const struct model *m, file_id file, enum role role)
{
	return map_get(&m->package_roles, role_key(file, true, role)) != NULL;
}
