/* Go packages: one folder and one package clause; declarations seen from every file, methods apart from types. */
#include "model/internal.h"

#include "base/path.h"

static struct str package_clause(const struct facts *f)
{
	node_id clause = f->node_count ? node_child_of_kind(f, 0, NODE_NAMESPACE) : 0;
	return clause ? node_name(f, clause) : STR("");
}

static uint32_t package_at(struct model *m, struct str dir, struct str name)
{
	bool added;
	uint32_t *id = map_put(&m->go_package_ids,
		model_key(1, arena_printf(&m->arena, "%.*s\n%.*s", STR_ARG(dir), STR_ARG(name))), m->go_packages.count,
		&added);
	uint32_t package = *id;
	if (added) {
		struct go_package fresh = { .dir = dir, .name = name, .first = NO_FILE };
		vec_push(&m->go_packages, fresh);
	}
	return package;
}

/* The go command does not see these; nothing that is built does. */
static bool is_left_out(struct str path)
{
	struct str name = path_name(path);
	return str_starts(name, STR("_")) || str_starts(name, STR("."));
}

/* Files that an importer sees, whatever they are built for. */
static uint32_t importable_files(const struct model *m, const struct go_package *p)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < p->files.count; i++)
		count += !str_ends(m->files[p->files.items[i]].path, STR("_test.go"));
	return count;
}

/* Of the package clauses of one folder: helpers that are run by hand call themselves main beside the package proper. */
static bool is_better(const struct model *m, const struct go_package *a, const struct go_package *b)
{
	bool program = str_is(a->name, "main"), other_program = str_is(b->name, "main");
	if (program != other_program)
		return other_program;
	return importable_files(m, a) > importable_files(m, b);
}

/* What an import of each folder means. */
static void choose_packages(struct model *m)
{
	for (uint32_t i = 0; i < m->go_packages.count; i++) {
		const struct go_package *p = &m->go_packages.items[i];
		if (!importable_files(m, p))
			continue;
		uint32_t *chosen = map_put(&m->go_package_ids, model_key(0, p->dir), i, NULL);
		if (is_better(m, p, &m->go_packages.items[*chosen]))
			*chosen = i;
	}
}

static void declare(struct model *m, uint32_t package, file_id file, node_id node, struct str name)
{
	struct go_declared declared = { file, node };
	map_put(&m->go_packages.items[package].declarations, model_key(0, name), m->go_declared.count, NULL);
	vec_push(&m->go_declared, declared);
}

static void declare_method(struct model *m, uint64_t owner, struct str type, file_id file, node_id method)
{
	struct go_declared declared = { file, method };
	uint64_t key = model_key(model_key(owner, type), node_name(&m->files[file].facts, method));
	map_put(&m->methods, key, m->go_declared.count, NULL);
	vec_push(&m->go_declared, declared);
}

static void index_go_file(struct model *m, uint32_t package, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	facts_each_child(f, 0, n) {
		node_id receiver = node_child(f, n, PART_RECEIVER);
		node_id type = receiver ? node_child(f, receiver, PART_TYPE) : 0;
		if (type && str_is(node_name(f, type), "*"))
			type = node_child_of_kind(f, type, NODE_TYPE);
		if (type)
			declare_method(m, package, node_name(f, type), file, n);
		else if (node_kind(f, n) == NODE_ASSIGN) {
			facts_each_child(f, n, target)
				if (f->nodes[target].part == PART_TARGET)
					declare(m, package, file, target, node_name(f, target));
		} else if (f->nodes[n].name && node_kind(f, n) != NODE_NAMESPACE && node_kind(f, n) != NODE_IMPORT)
			declare(m, package, file, n, node_name(f, n));
	}
}

static void note_production(struct model *m, struct go_package *p, file_id file)
{
	if (!model_is_production(m, file))
		return;
	++*map_put(&m->go_production, m->files[file].package, 0, NULL);
	if (p->first != NO_FILE)
		return;
	p->first = file;
	if (str_is(p->name, "main"))
		++*map_put(&m->go_programs, m->files[file].package, 0, NULL);
}

void model_index_go(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		struct str name = package_clause(&m->files[file].facts);
		if (m->files[file].language != LANGUAGE_GO || str_empty(name) || is_left_out(m->files[file].path))
			continue;
		uint32_t package = package_at(m, path_dir(m->files[file].path), name);
		vec_push(&m->go_packages.items[package].files, file);
		note_production(m, &m->go_packages.items[package], file);
		m->indexes[file].go_package = package + 1;
		index_go_file(m, package, file);
	}
	choose_packages(m);
}

struct str go_package_folder(const struct model *m, uint32_t package)
{
	return m->go_packages.items[package].dir;
}

uint32_t go_package_of_file(const struct model *m, file_id file)
{
	return m->indexes[file].go_package ? m->indexes[file].go_package - 1 : NO_PACKAGE;
}

bool go_package_declaration(const struct model *m, uint32_t package, struct str name, struct go_declared *out)
{
	const uint32_t *index = map_get(&m->go_packages.items[package].declarations, model_key(0, name));
	if (index)
		*out = m->go_declared.items[*index];
	return index != NULL;
}

bool detached_method(const struct model *m, file_id file, node_id class_node, struct str name, struct go_declared *out)
{
	uint32_t package = go_package_of_file(m, file);
	uint64_t owner = package != NO_PACKAGE ? package : (uint64_t)file << 32;
	struct str type = node_name(&m->files[file].facts, class_node);
	const uint32_t *index = map_get(&m->methods, model_key(model_key(owner, type), name));
	if (index)
		*out = m->go_declared.items[*index];
	return index != NULL;
}

bool model_go_unit(const struct model *m, file_id file, struct go_unit *unit)
{
	uint32_t package = go_package_of_file(m, file);
	if (package == NO_PACKAGE)
		return false;
	const struct go_package *p = &m->go_packages.items[package];
	*unit = (struct go_unit){ p->dir, p->name, p->files.items, p->files.count, p->first };
	return true;
}

static uint32_t count_in(const struct map *counts, package_id module)
{
	const uint32_t *count = map_get(counts, module);
	return count ? *count : 0;
}

uint32_t model_go_programs(const struct model *m, package_id module)
{
	return count_in(&m->go_programs, module);
}

static void note_import(struct model *m, file_id file, uint32_t package)
{
	const struct go_package *p = &m->go_packages.items[package];
	package_id module = p->files.count ? m->files[p->files.items[0]].package : NO_PACKAGE;
	if (module == NO_PACKAGE || module == m->files[file].package)
		return;
	struct str dir = m->packages.items[module].dir;
	struct str below = str_empty(dir) || str_eq(dir, p->dir) ? p->dir : str_slice(p->dir, dir.len + 1, p->dir.len);
	map_put(&m->go_shared, model_key(module, str_slice(below, 0, str_find(below, '/'))), 1, NULL);
}

void model_note_shared_packages(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		uint32_t count = m->files[file].language == LANGUAGE_GO ? m->files[file].facts.import_count : 0;
		for (uint32_t i = 0; i < count; i++) {
			struct import_link link = model_import(m, file, i);
			if (link.target == IMPORT_PACKAGE)
				note_import(m, file, link.package);
		}
	}
}

bool model_go_is_shared(const struct model *m, package_id module, struct str top)
{
	return map_get(&m->go_shared, model_key(module, top)) != NULL;
}

uint32_t model_go_production_files(const struct model *m, package_id module)
{
	return count_in(&m->go_production, module);
}
