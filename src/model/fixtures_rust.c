/*
 * Fixtures: modules of Rust that tests and benchmarks name and nothing else does, although their `mod` does not say so. What
 * code may use without naming its module (an impl of another's type, macros) leaves a module what it is.
 */
#include "base/path.h"
#include "model/rust.h"

/* A file or an impl block, chained with others. */
struct chained {
	uint32_t what;
	uint32_t next; /* index + 1 */
};

/* Is a file a fixture, as far as is known? Below another it is one as long as that is. */
enum supposed { NO_FIXTURE, NAMED_BY_TESTS, BELOW_FIXTURE };

struct fixtures {
	struct model *m;
	uint8_t *are; /* enum supposed of each file */
	VEC(struct chained) list; /* of files, by their modules' names */
	struct str_map by_name; /* → index + 1 of its first in `list` */
	VEC(struct chained) impls; /* by the file that they wait for */
	uint32_t *waiting; /* of each file: index + 1 of the first in `impls` */
	VEC(file_id) queue; /* other code; what it names is no fixture */
};

static bool is_for_tests(const struct model *m, file_id file)
{
	return m->files[file].class == CLASS_TEST || m->files[file].class == CLASS_EXAMPLE;
}

/* #[get("/")] fn, #[implement(Server)] fn: who calls it is the attribute's affair. */
static bool has_registered_function(const struct facts *f)
{
	for (node_id n = 1; n < f->node_count; n++)
		if (node_kind(f, n) == NODE_DECORATOR && node_kind(f, f->nodes[n].parent) == NODE_FUNCTION &&
			rust_attribute_may_declare(f, n) && !node_in_test(f, n))
			return true;
	return false;
}

static bool may_be_fixture(const struct model *m, file_id file)
{
	uint32_t index = m->files[file].class == CLASS_PRODUCTION ? m->rust->module_of[file] : NO_MODULE;
	const struct rust_module *module = index == NO_MODULE ? NULL : &m->rust->modules.items[index];
	bool is_its_own = module && module->file == file && !module->node && module->parent != NO_MODULE;
	return is_its_own && !module->macro_use && !has_registered_function(&m->files[file].facts);
}

static struct str name_of(const struct model *m, file_id file)
{
	struct str path = m->files[file].path;
	bool is_folder = str_is(path_name(path), "mod.rs");
	struct str name = path_name(is_folder ? path_dir(path) : path);
	return is_folder ? name : str_slice(name, 0, name.len - 3);
}

static void suppose(struct fixtures *s, file_id file, enum supposed supposed)
{
	if (s->are[file] || !may_be_fixture(s->m, file))
		return;
	s->are[file] = (uint8_t)supposed;
	uint32_t *first = str_map_put(&s->by_name, name_of(s->m, file), 0, NULL);
	struct chained chained = { file, *first };
	vec_push(&s->list, chained);
	*first = s->list.count;
}

/* Tests of the module's own say nothing: unused code has them, too. */
static bool is_test_elsewhere(const struct model *m, file_id file, node_id import, file_id imported)
{
	bool in_test = is_for_tests(m, file) || node_in_test(&m->files[file].facts, import);
	uint32_t from = in_test ? rust_module_around(m, file, import) : NO_MODULE, to = m->rust->module_of[imported];
	return from != NO_MODULE && to != NO_MODULE && !rust_is_within(m, from, to);
}

static void suppose_imported(struct fixtures *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = rust_import_link(s->m, file, i);
		if (link.target == IMPORT_FILE && is_test_elsewhere(s->m, file, f->imports[i].node, link.file))
			suppose(s, link.file, NAMED_BY_TESTS);
	}
}

/* Parents stand before their children. */
static void suppose_below(struct fixtures *s)
{
	const struct rust_model *rust = s->m->rust;
	for (uint32_t i = 0; i < rust->modules.count; i++) {
		uint32_t parent = rust->modules.items[i].parent;
		if (parent != NO_MODULE && s->are[rust->modules.items[parent].file])
			suppose(s, rust->modules.items[i].file, BELOW_FIXTURE);
	}
}

/* ---- what other code names ---- */

static void use(struct fixtures *s, file_id file)
{
	if (!s->are[file])
		return;
	s->are[file] = NO_FIXTURE;
	vec_push(&s->queue, file);
}

/* An impl runs for whoever knows its type and its trait, unless one of them is a fixture's. */
static void use_impl(struct fixtures *s, uint32_t index)
{
	const struct rust_impl *impl = &s->m->rust->impls.items[index];
	const struct rust_found *of[] = { &impl->type, &impl->trait };
	for (unsigned i = 0; i < 2; i++)
		if (of[i]->kind == RUST_DECLARATION && s->are[of[i]->file]) {
			struct chained waits = { index, s->waiting[of[i]->file] };
			vec_push(&s->impls, waits);
			s->waiting[of[i]->file] = s->impls.count;
			return;
		}
	if (!node_in_test(&s->m->files[impl->file].facts, impl->node))
		use(s, impl->file);
}

static void use_imported(struct fixtures *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = rust_import_link(s->m, file, i);
		if (link.target == IMPORT_FILE && s->are[link.file] && !node_in_test(f, f->imports[i].node))
			use(s, link.file);
	}
}

/* The next word of a path; false when there is none left. */
static bool next_segment(struct str *rest, struct str *word)
{
	uint32_t from = 0, to;
	while (from < rest->len && !char_is_word(rest->ptr[from]))
		from++;
	for (to = from; to < rest->len && char_is_word(rest->ptr[to]);)
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return from < to;
}

static bool names_one(const struct fixtures *s, struct str path)
{
	struct str word;
	if (str_find(path, ':') == UINT32_MAX)
		return false;
	while (next_segment(&path, &word))
		if (str_map_get(&s->by_name, word))
			return true;
	return false;
}

/* All modules that are called like a word of the path: which of them it leads to does not matter. */
static void use_named(struct fixtures *s, struct str path)
{
	struct str word;
	while (next_segment(&path, &word)) {
		uint32_t *first = str_map_get(&s->by_name, word);
		for (uint32_t i = first ? *first : 0; i; i = s->list.items[i - 1].next)
			use(s, s->list.items[i - 1].what);
		if (first)
			*first = 0;
	}
}

/* a::fixtures::make(), and in a string, for derives: #[serde(with = "a::fixtures")]. */
static void use_paths(struct fixtures *s, file_id file)
{
	const struct facts *f = &s->m->files[file].facts;
	struct arena scratch = { 0 };
	bool *names = arena_array(&scratch, bool, f->string_count + 1), any = false;
	for (uint32_t id = 1; id < f->string_count; id++)
		any |= names[id] = names_one(s, facts_str(f, id));
	for (node_id n = 1; any && n < f->node_count; n++)
		if (names[f->nodes[n].name] && node_kind(f, n) != NODE_IMPORT && !node_in_test(f, n))
			use_named(s, node_name(f, n));
	arena_release(&scratch);
}

static void use_waiting(struct fixtures *s, file_id file)
{
	uint32_t i = s->waiting[file];
	s->waiting[file] = 0;
	for (; i; i = s->impls.items[i - 1].next)
		use_impl(s, s->impls.items[i - 1].what);
}

/* The module around a module that is used is on the way to it. */
static void use_parent(struct fixtures *s, file_id file)
{
	const struct rust_model *rust = s->m->rust;
	uint32_t module = rust->module_of[file];
	uint32_t parent = module == NO_MODULE ? NO_MODULE : rust->modules.items[module].parent;
	if (parent != NO_MODULE)
		use(s, rust->modules.items[parent].file);
}

static void follow(struct fixtures *s)
{
	for (uint32_t i = 0; i < s->queue.count; i++) {
		use_parent(s, s->queue.items[i]);
		use_imported(s, s->queue.items[i]);
		use_paths(s, s->queue.items[i]);
		use_waiting(s, s->queue.items[i]);
	}
}

static void classify(struct fixtures *s)
{
	const struct rust_model *rust = s->m->rust;
	for (uint32_t i = 0; i < rust->modules.count; i++) {
		const struct rust_module *module = &rust->modules.items[i];
		if (s->are[module->file] == NO_FIXTURE || module->node)
			continue;
		if (s->are[module->file] == BELOW_FIXTURE && !s->are[rust->modules.items[module->parent].file]) {
			s->are[module->file] = NO_FIXTURE; /* of another module, and nobody names it */
			continue;
		}
		s->m->files[module->file].class = CLASS_TEST;
		s->m->files[module->file].class_reason = "tests and benchmarks alone name its module";
	}
}

void rust_find_fixtures(struct model *m)
{
	struct arena scratch = { 0 };
	struct fixtures s = { .m = m,
		.are = arena_array(&scratch, uint8_t, m->file_count),
		.waiting = arena_array(&scratch, uint32_t, m->file_count) };
	for (file_id file = 0; file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_RUST)
			suppose_imported(&s, file);
	suppose_below(&s);
	for (file_id file = 0; s.list.count && file < m->file_count; file++)
		if (m->files[file].language == LANGUAGE_RUST && !s.are[file] && !is_for_tests(m, file))
			vec_push(&s.queue, file);
	for (uint32_t i = 0; s.list.count && i < m->rust->impls.count; i++)
		use_impl(&s, i);
	follow(&s);
	classify(&s);
	vec_release(&s.list);
	vec_release(&s.impls);
	vec_release(&s.queue);
	str_map_release(&s.by_name);
	arena_release(&scratch);
}
