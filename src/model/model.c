#include "model/model.h"

#include "base/threads.h"
#include "model/contract_proto.h"
#include "model/npm.h"
#include "model/rust.h"
#include "model/stars.h"

static struct proto_input *proto_inputs(
	struct model *m, const struct model_file *files, uint32_t count, uint32_t *found)
{
	struct proto_input *inputs = arena_array(&m->arena, struct proto_input, count);
	for (uint32_t i = 0; i < count; i++)
		if (files[i].language == LANGUAGE_PROTO && files[i].facts.node_count)
			inputs[(*found)++] = (struct proto_input){
				.file = i, .path = files[i].path, .facts = &files[i].facts
			};
	return inputs;
}

static void compare_contracts(struct model *m)
{
	struct proto_contract base, head;
	uint32_t base_count = 0, head_count = 0;
	struct proto_input *base_inputs = proto_inputs(m, m->base_files, m->base_file_count, &base_count);
	struct proto_input *head_inputs = proto_inputs(m, m->files, m->file_count, &head_count);
	proto_contract_build(&base, base_inputs, base_count, &m->arena);
	proto_contract_build(&head, head_inputs, head_count, &m->arena);
	proto_contract_diff(&base, &head, &m->arena, &m->proto_changes, &m->proto_change_count);
	proto_contract_release(&base);
	proto_contract_release(&head);
}

static void index_task(void *context, uint32_t worker, uint32_t file)
{
	(void)worker;
	model_index_file(context, file);
}

static void edges_task(void *context, uint32_t worker, uint32_t file)
{
	(void)worker;
	model_call_edges(context, file);
}

static void layers_task(void *context, uint32_t worker, uint32_t file)
{
	(void)worker;
	model_find_layers(context, file);
}

/* Which file is which module comes first: it tells what files are for. */
static void model_link_rust(struct model *m)
{
	m->rust = arena_new(&m->arena, struct rust_model);
	cargo_link(m);
	rust_find_modules(m);
	rust_index_names(m);
	rust_resolve_imports(m);
	rust_index_impls(m);
	rust_find_fixtures(m);
}

struct model *model_link(const struct model_input *input)
{
	struct model *m = mem_alloc(sizeof(*m));
	*m = (struct model){ .files = input->files,
		.file_count = input->file_count,
		.libraries = input->libraries,
		.config = input->config,
		.source = input->source,
		.base_files = input->base_files,
		.base_file_count = input->base_file_count,
		.has_base = input->has_base };
	m->names = mem_alloc(sizeof(*m->names));
	*m->names = (struct shared_names){ 0 };
	pthread_mutex_init(&m->names->lock, NULL);
	m->indexes = arena_array(&m->arena, struct file_index, m->file_count);
	m->edges = arena_array(&m->arena, struct call_edges, m->file_count);
	for (file_id file = 0; file < m->file_count; file++)
		str_map_put(&m->paths, m->files[file].path, file, NULL);

	threads_each(input->workers, m->file_count, index_task, m);
	model_find_packages(m);
	model_link_rust(m);
	npm_load(m);
	tsconfigs_load(m);
	model_find_go_modules(m);
	model_find_python_roots(m);
	model_index_go(m);
	model_resolve_imports(m);
	model_note_shared_packages(m);
	stars_find(m);
	model_find_used_examples(m);
	model_find_registered(m);
	model_find_implementations(m);
	model_package_roles(m);
	threads_each(input->workers, m->file_count, edges_task, m);
	m->calls_known = true;
	model_count_callers(m);
	model_note_servers(m);
	model_link_programs(m);
	model_find_crashes(m);
	model_find_sides(m);
	model_find_services(m);
	model_find_loggers(m);
	threads_each(input->workers, m->file_count, layers_task, m);
	model_find_cycles(m);
	model_find_commands(m);
	model_spread_reach(m);
	model_find_leads(m);
	if (m->has_base)
		compare_contracts(m);
	return m;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	for (file_id file = 0; file < m->file_count; file++) {
		map_release(&m->indexes[file].bindings);
		map_release(&m->indexes[file].exports);
		map_release(&m->indexes[file].changes);
		map_release(&m->indexes[file].results);
		map_release(&m->indexes[file].dotted);
		vec_release(&m->indexes[file].classes);
		vec_release(&m->edges[file].list);
		vec_release(&m->edges[file].known);
		vec_release(&m->edges[file].persistence);
		vec_release(&m->edges[file].unknown);
		vec_release(&m->edges[file].commands);
		vec_release(&m->edges[file].project);
	}
	for (uint32_t i = 0; i < m->go_packages.count; i++) {
		vec_release(&m->go_packages.items[i].files);
		map_release(&m->go_packages.items[i].declarations);
	}
	for (unsigned i = 0; i < ECOSYSTEM_COUNT; i++)
		str_map_release(&m->package_dirs[i]);
	vec_release(&m->packages);
	go_modules_release(&m->go_modules);
	go_implementations_release(&m->go_implementations);
	python_roots_release(&m->python_roots);
	str_map_release(&m->python_registry.apps);
	str_map_release(&m->python_registry.tasks);
	vec_release(&m->python_registry.functions);
	vec_release(&m->go_packages);
	vec_release(&m->go_declared);
	vec_release(&m->evidence);
	vec_release(&m->cycles);
	npm_free(m->npm);
	stars_free(m->stars);
	map_release(&m->go_package_ids);
	map_release(&m->go_programs);
	map_release(&m->go_production);
	map_release(&m->go_shared);
	map_release(&m->link_index);
	vec_release(&m->known_links);
	map_release(&m->methods);
	map_release(&m->serving);
	map_release(&m->commands);
	map_release(&m->reach);
	map_release(&m->first_edge);
	map_release(&m->reach_evidence);
	map_release(&m->handed);
	map_release(&m->blocking);
	map_release(&m->computing);
	vec_release(&m->leads);
	map_release(&m->package_roles);
	rust_free(m);
	str_map_release(&m->paths);
	pthread_mutex_destroy(&m->names->lock);
	intern_release(&m->names->intern);
	mem_free(m->names);
	arena_release(&m->arena);
	mem_free(m);
}

uint32_t model_file_count(const struct model *m)
{
	return m->file_count;
}

const struct model_file *model_file(const struct model *m, file_id file)
{
	return &m->files[file];
}

file_id model_find_file(const struct model *m, struct str path)
{
	const uint32_t *file = str_map_get(&m->paths, path);
	return file ? *file : NO_FILE;
}

bool model_is_production(const struct model *m, file_id file)
{
	return m->files[file].class == CLASS_PRODUCTION || m->files[file].class == CLASS_ENTRY;
}

uint32_t model_package_count(const struct model *m)
{
	return m->packages.count;
}

const struct package *model_package(const struct model *m, package_id package)
{
	return &m->packages.items[package];
}

const struct library_entry *model_library(
	const struct model *m, enum language language, struct str name, enum role role)
{
	return libraries_find(m->libraries, language, name, role);
}

bool model_library_word(const struct model *m, enum language language, struct str word, enum role role)
{
	return libraries_have_word(m->libraries, language, word, role);
}

const struct import_counts *model_import_counts(const struct model *m)
{
	return m->import_counts;
}

file_id model_tsconfig(const struct model *m, file_id file, bool *owned)
{
	const struct file_index *index = &m->indexes[file];
	*owned = index->tsconfig != NO_CONFIG;
	uint32_t config = *owned ? index->tsconfig : index->near_tsconfig;
	return config == NO_CONFIG ? NO_FILE : m->npm->configs.items[config].file;
}

const struct proto_change *model_proto_changes(const struct model *m, uint32_t *count)
{
	*count = m->proto_change_count;
	return m->proto_changes;
}

const struct model_file *model_base_file(const struct model *m, file_id base_file)
{
	return &m->base_files[base_file];
}

bool model_has_base(const struct model *m)
{
	return m->has_base;
}
