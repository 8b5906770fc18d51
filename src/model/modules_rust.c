/*
 * The module tree of Rust: from each crate's root through `mod x;` to files. A file that several crates or modules declare
 * belongs to the first; what its code says holds in all of them, or it would not compile.
 */
#include "base/path.h"
#include "model/rust.h"

/* A module that stands deeper inside of something else is nobody's. */
enum { MOST_AROUND = 64, MOST_FILES_OF_MODULE = 8 };

struct builder {
	struct model *m;
	struct rust_model *rust;
	VEC(file_id) queue; /* files that a module was made of, or that were spliced into one */
};

static const struct facts *facts_of(const struct model *m, file_id file)
{
	return &m->files[file].facts;
}

static struct str join(struct model *m, struct str dir, struct str relative)
{
	struct str joined;
	return path_join(&m->arena, dir, relative, &joined) ? joined : STR("\n");
}

static uint32_t add_module(struct builder *b, const struct rust_module *module)
{
	uint32_t index = b->rust->modules.count;
	map_put(&b->rust->module_ids, function_key(module->file, module->node), index, NULL);
	vec_push(&b->rust->modules, *module);
	if (!module->node) {
		b->rust->module_of[module->file] = index;
		vec_push(&b->queue, module->file);
	}
	return index;
}

/* ---- where the file of `mod x;` is ---- */

/* `path = "…"` among the arguments of #[cfg_attr(…)]. */
static node_id path_argument(const struct facts *f, node_id decorator)
{
	facts_each_child(f, decorator, argument)
		if (node_kind(f, argument) == NODE_PAIR && str_is(node_name(f, argument), "path"))
			return node_child(f, argument, PART_VALUE);
	return 0;
}

struct paths {
	struct str items[MOST_FILES_OF_MODULE];
	uint32_t count;
	bool only; /* #[path] without a condition: nothing else is looked for */
};

static struct paths written_paths(struct model *m, const struct facts *f, node_id module)
{
	struct paths paths = { 0 };
	facts_each_child(f, module, c) {
		if (node_kind(f, c) != NODE_DECORATOR || paths.count == MOST_FILES_OF_MODULE)
			continue;
		bool plain_path = str_is(node_name(f, c), "path");
		node_id value = plain_path                            ? node_child(f, c, PART_VALUE)
				: str_is(node_name(f, c), "cfg_attr") ? path_argument(f, c)
								      : 0;
		if (!value)
			continue;
		char *slashes = arena_array(&m->arena, char, node_name(f, value).len + 1);
		struct str path = { slashes, node_name(f, value).len };
		for (uint32_t i = 0; i < path.len; i++)
			slashes[i] = node_name(f, value).ptr[i] == '\\' ? '/' : node_name(f, value).ptr[i];
		paths.items[paths.count++] = path;
		paths.only |= plain_path;
	}
	return paths;
}

/* A file as a module: mod.rs, roots and what a #[path] names own their folder, x.rs owns the folder x. */
static struct rust_module file_module(struct model *m, file_id file, uint32_t parent, bool owns_folder)
{
	struct str path = m->files[file].path, dir = path_dir(path);
	struct str stem = str_slice(path_name(path), 0, path_name(path).len - 3);
	const struct rust_module *around = parent == NO_MODULE ? NULL : &m->rust->modules.items[parent];
	owns_folder |= str_is(stem, "mod");
	return (struct rust_module){ .file = file,
		.crate = around ? around->crate : NO_CRATE,
		.parent = parent,
		.twin = NO_MODULE,
		.dir = owns_folder ? dir : join(m, dir, stem),
		.beside = dir,
		.test = (around && around->test) ||
			(facts_of(m, file)->node_count && node_has(facts_of(m, file), 0, FLAG_TEST)) };
}

/* ---- declarations ---- */

/* Two modules of one name are variants: what is not in the first may be in the second. */
static void unite(struct rust_model *rust, uint32_t first, uint32_t second)
{
	struct rust_module *modules = rust->modules.items;
	if (first == second || modules[second].is_twin || modules[second].twin != NO_MODULE)
		return;
	modules[second].is_twin = true;
	modules[second].twin = modules[first].twin;
	modules[first].twin = second;
}

static void name_module(struct builder *b, uint32_t parent, file_id file, node_id node, uint32_t module)
{
	const struct rust_module *around = &b->rust->modules.items[parent];
	const struct facts *f = facts_of(b->m, file);
	struct rust_name name = { .kind = module == NO_MODULE ? RUST_LOST : RUST_MODULE,
		.file = file,
		.node = module == NO_MODULE ? node : module,
		.spaces = 1 << SPACE_TYPE,
		.visibility = rust_visibility_of(f, node),
		.module = parent };
	const struct rust_name *first = rust_add_name(
		b->m, rust_module_scope(around), rust_plain(node_name(f, node)), &name);
	if (module != NO_MODULE && first->kind == RUST_MODULE)
		unite(b->rust, first->node, module);
}

/* One file of a `mod x;`; false when there is none. */
static bool declare_file(struct builder *b, uint32_t parent, file_id from, node_id node, struct str path, bool owns)
{
	file_id file = model_find_file(b->m, path);
	if (file == NO_FILE || b->m->files[file].language != LANGUAGE_RUST)
		return false;
	if (b->rust->module_of[file] == NO_MODULE) {
		struct rust_module module = file_module(b->m, file, parent, owns);
		module.test |= node_has(facts_of(b->m, from), node, FLAG_TEST);
		module.macro_use = rust_has_attribute(facts_of(b->m, from), node, "macro_use");
		add_module(b, &module);
	}
	name_module(b, parent, from, node, b->rust->module_of[file]);
	return true;
}

static void declare_outside(struct builder *b, uint32_t parent, file_id from, node_id node)
{
	struct str dir = b->rust->modules.items[parent].dir, beside = b->rust->modules.items[parent].beside;
	struct str name = rust_plain(node_name(facts_of(b->m, from), node));
	struct paths paths = written_paths(b->m, facts_of(b->m, from), node);
	bool found = false;
	for (uint32_t i = 0; i < paths.count; i++)
		found |= declare_file(b, parent, from, node, join(b->m, beside, paths.items[i]), true);
	if (!paths.only) {
		struct str stem = join(b->m, dir, name);
		found |= declare_file(
				 b, parent, from, node, arena_printf(&b->m->arena, "%.*s.rs", STR_ARG(stem)), false) ||
			 declare_file(
				 b, parent, from, node, arena_printf(&b->m->arena, "%.*s/mod.rs", STR_ARG(stem)), true);
	}
	if (!found)
		name_module(b, parent, from, node, NO_MODULE);
}

static void declare_inline(struct builder *b, uint32_t parent, file_id file, node_id node)
{
	const struct facts *f = facts_of(b->m, file);
	const struct rust_module *around = &b->rust->modules.items[parent];
	struct paths paths = written_paths(b->m, f, node);
	struct str dir = paths.count ? join(b->m, around->beside, paths.items[0])
				     : join(b->m, around->dir, rust_plain(node_name(f, node)));
	struct rust_module module = { .file = file,
		.node = node,
		.crate = around->crate,
		.parent = parent,
		.twin = NO_MODULE,
		.macro_use = rust_has_attribute(f, node, "macro_use"),
		.dir = dir,
		.beside = dir,
		.test = around->test || node_has(f, node, FLAG_TEST) };
	name_module(b, parent, file, node, add_module(b, &module));
}

/* The module that a declaration stands in; NO_MODULE too far inside of other things. */
static uint32_t module_around(const struct rust_model *rust, const struct facts *f, file_id file, node_id node)
{
	for (unsigned i = 0; i < MOST_AROUND; i++) {
		node = f->nodes[node].parent;
		if (!node)
			return rust->module_of[file];
		const uint32_t *found = node_kind(f, node) == NODE_NAMESPACE
						? map_get(&rust->module_ids, function_key(file, node))
						: NULL;
		if (found)
			return *found;
	}
	return NO_MODULE;
}

/* include!("x.rs") puts the items of x.rs in its place; any other macro may declare what we do not see. */
static void take_macro(struct builder *b, uint32_t module, file_id file, node_id call)
{
	const struct facts *f = facts_of(b->m, file);
	node_id argument = call_arg(f, call, 0);
	bool includes = str_is(node_name(f, call), "include") && argument && node_kind(f, argument) == NODE_STRING;
	struct str dir = path_dir(b->m->files[file].path);
	file_id target = includes ? model_find_file(b->m, join(b->m, dir, node_name(f, argument))) : NO_FILE;
	if (target == NO_FILE || b->m->files[target].language != LANGUAGE_RUST) {
		b->rust->modules.items[module].macros |= rust_macro_may_declare(node_name(f, call));
	} else if (b->rust->module_of[target] == NO_MODULE) {
		b->rust->module_of[target] = module;
		vec_push(&b->queue, target);
	}
}

static void take_attribute(struct builder *b, file_id file, node_id decorator)
{
	const struct facts *f = facts_of(b->m, file);
	node_id item = f->nodes[decorator].parent;
	uint32_t module = item && rust_attribute_may_declare(f, decorator) ? module_around(b->rust, f, file, item)
									   : NO_MODULE;
	if (module != NO_MODULE)
		b->rust->modules.items[module].attributes = true;
}

static void expand_file(struct builder *b, file_id file)
{
	const struct facts *f = facts_of(b->m, file);
	for (node_id n = 1; n < f->node_count; n++) {
		bool declares = node_kind(f, n) == NODE_NAMESPACE;
		bool item = f->nodes[n].parent == 0 || node_kind(f, f->nodes[n].parent) == NODE_NAMESPACE;
		bool expands = item && node_kind(f, n) == NODE_CALL && node_has(f, n, FLAG_MACRO);
		if (node_kind(f, n) == NODE_DECORATOR)
			take_attribute(b, file, n);
		uint32_t around = declares || expands ? module_around(b->rust, f, file, n) : NO_MODULE;
		if (around == NO_MODULE)
			continue;
		if (expands)
			take_macro(b, around, file, n);
		else if (node_has(f, n, FLAG_ABSTRACT))
			declare_outside(b, around, file, n);
		else
			declare_inline(b, around, file, n);
	}
}

static void expand(struct builder *b)
{
	for (uint32_t i = 0; i < b->queue.count; i++)
		expand_file(b, b->queue.items[i]);
	vec_clear(&b->queue);
}

/* ---- roots ---- */

static void add_root(struct builder *b, uint32_t crate)
{
	struct rust_crate *c = &b->rust->crates.items[crate];
	if (b->rust->module_of[c->root] != NO_MODULE)
		c->module = b->rust->module_of[c->root]; /* a target that is another's module as well */
	else {
		struct rust_module module = file_module(b->m, c->root, NO_MODULE, true);
		module.crate = crate;
		c->module = add_module(b, &module);
	}
	expand(b);
}

static bool is_named_root(struct str path)
{
	return str_is(path_name(path), "lib.rs") || str_is(path_name(path), "main.rs");
}

/* lib.rs and main.rs that no manifest tells of. */
static void add_roots_by_name(struct builder *b)
{
	for (file_id file = 0; file < b->m->file_count; file++) {
		const struct model_file *at = &b->m->files[file];
		if (at->language != LANGUAGE_RUST || b->rust->module_of[file] != NO_MODULE || !is_named_root(at->path))
			continue;
		struct rust_crate crate = { .package = at->package, .root = file, .target = RUST_BIN };
		vec_push(&b->rust->crates, crate);
		add_root(b, b->rust->crates.count - 1);
	}
}

/* The file that would declare this one as its module, by custom. */
static file_id customary_parent(const struct builder *b, file_id file)
{
	static const char *const names[] = { "mod.rs", "lib.rs", "main.rs" };
	struct str path = b->m->files[file].path, dir = path_dir(path);
	if (str_is(path_name(path), "mod.rs"))
		dir = path_dir(dir);
	struct arena scratch = { 0 };
	file_id found = model_find_file(b->m, arena_printf(&scratch, "%.*s.rs", STR_ARG(dir)));
	for (size_t i = 0; found == NO_FILE && i < sizeof(names) / sizeof(*names); i++)
		found = model_find_file(
			b->m, arena_printf(&scratch, "%.*s%s%s", STR_ARG(dir), dir.len ? "/" : "", names[i]));
	arena_release(&scratch);
	bool rust = found != NO_FILE && found != file && b->m->files[found].language == LANGUAGE_RUST;
	return rust ? found : NO_FILE;
}

static void add_stray(struct builder *b, file_id file)
{
	file_id parent = customary_parent(b, file);
	struct rust_module module = file_module(
		b->m, file, parent == NO_FILE ? NO_MODULE : b->rust->module_of[parent], false);
	package_id package = b->m->files[file].package;
	if (module.crate == NO_CRATE && package != NO_PACKAGE && b->rust->lib_of[package])
		module.crate = b->rust->lib_of[package] - 1;
	add_module(b, &module);
	expand(b);
}

/*
 * Files that no `mod` leads to: declared by a macro, or not at all. They stand where custom would have them, and their
 * parents before them.
 */
static void add_strays(struct builder *b)
{
	enum { MOST_PARENTS = 64 };
	for (file_id file = 0; file < b->m->file_count; file++) {
		file_id chain[MOST_PARENTS];
		uint32_t count = 0;
		if (b->m->files[file].language != LANGUAGE_RUST)
			continue;
		for (file_id up = file; up != NO_FILE && count < MOST_PARENTS && b->rust->module_of[up] == NO_MODULE;
			up = customary_parent(b, up))
			chain[count++] = up;
		while (count--)
			if (b->rust->module_of[chain[count]] == NO_MODULE)
				add_stray(b, chain[count]);
	}
}

/* Numbers the modules so that those below one are a stretch; parents stand before their children. */
static void number_modules(struct rust_model *rust)
{
	struct arena scratch = { 0 };
	uint32_t count = rust->modules.count, next = 0;
	uint32_t *size = arena_array(&scratch, uint32_t, count), *free_at = arena_array(&scratch, uint32_t, count);
	struct rust_module *modules = rust->modules.items;
	for (uint32_t i = count; i-- > 0;) {
		size[i]++;
		if (modules[i].parent != NO_MODULE)
			size[modules[i].parent] += size[i];
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t *at = modules[i].parent == NO_MODULE ? &next : &free_at[modules[i].parent];
		modules[i].first = *at;
		modules[i].last = *at + size[i] - 1;
		*at += size[i];
		free_at[i] = modules[i].first + 1;
	}
	arena_release(&scratch);
}

/* ---- what files are for ---- */

static void classify(struct model_file *file, enum file_class class, const char *reason)
{
	if (file->class != CLASS_PRODUCTION && !(file->class == CLASS_ENTRY && class != CLASS_ENTRY))
		return;
	file->class = class;
	file->class_reason = reason;
}

static void classify_files(struct model *m)
{
	static const struct {
		enum file_class class;
		const char *reason;
	} targets[RUST_TARGET_COUNT] = {
		[RUST_BUILD] = { CLASS_SCRIPT, "a build script of its Cargo.toml" },
		[RUST_EXAMPLE] = { CLASS_EXAMPLE, "part of an example target of its Cargo.toml" },
		[RUST_TEST] = { CLASS_TEST, "part of a test target of its Cargo.toml" },
		[RUST_BENCH] = { CLASS_TEST, "part of a benchmark of its Cargo.toml" },
	};
	for (file_id file = 0; file < m->file_count; file++) {
		if (m->rust->module_of[file] == NO_MODULE)
			continue;
		const struct rust_module *module = &m->rust->modules.items[m->rust->module_of[file]];
		enum rust_target target = module->crate == NO_CRATE ? RUST_LIB
								    : m->rust->crates.items[module->crate].target;
		if (module->test)
			classify(&m->files[file], CLASS_TEST, "its module is declared under #[cfg(test)]");
		else if (targets[target].reason)
			classify(&m->files[file], targets[target].class, targets[target].reason);
		else if (target == RUST_BIN && module->parent == NO_MODULE)
			classify(&m->files[file], CLASS_ENTRY, "the root of a binary of its Cargo.toml");
	}
}

void rust_find_modules(struct model *m)
{
	struct builder b = { .m = m, .rust = m->rust };
	m->rust->module_of = arena_array(&m->arena, uint32_t, m->file_count);
	for (file_id file = 0; file < m->file_count; file++)
		m->rust->module_of[file] = NO_MODULE;
	for (enum rust_target target = 0; target < RUST_TARGET_COUNT; target++)
		for (uint32_t i = 0; i < m->rust->crates.count; i++)
			if (m->rust->crates.items[i].target == target)
				add_root(&b, i);
	add_roots_by_name(&b);
	add_strays(&b);
	number_modules(m->rust);
	classify_files(m);
	vec_release(&b.queue);
}

uint32_t rust_module_around(const struct model *m, file_id file, node_id node)
{
	const struct facts *f = facts_of(m, file);
	for (;; node = f->nodes[node].parent) {
		if (!node)
			return m->rust->module_of[file];
		const uint32_t *found = node_kind(f, node) == NODE_NAMESPACE
						? map_get(&m->rust->module_ids, function_key(file, node))
						: NULL;
		if (found)
			return *found;
	}
}

bool rust_is_within(const struct model *m, uint32_t inner, uint32_t outer)
{
	const struct rust_module *modules = m->rust->modules.items;
	return modules[inner].first >= modules[outer].first && modules[inner].first <= modules[outer].last;
}

void rust_free(struct model *m)
{
	struct rust_model *rust = m->rust;
	vec_release(&rust->crates);
	vec_release(&rust->dependencies);
	vec_release(&rust->modules);
	vec_release(&rust->names);
	vec_release(&rust->globs);
	vec_release(&rust->impls);
	vec_release(&rust->traits);
	map_release(&rust->dependency_ids);
	map_release(&rust->module_ids);
	map_release(&rust->name_ids);
	map_release(&rust->glob_ids);
	map_release(&rust->impls_of_type);
	map_release(&rust->trait_ids);
	map_release(&rust->impl_ids);
}
