/* Rust modules, as far as they say what a file is for: `#[cfg(test)] mod x;` makes x's files tests. */
#include "model/internal.h"

#include "base/path.h"

/* The folder in which a file's `mod x;` are looked for. */
static struct str module_folder(struct arena *a, struct str path)
{
	struct str name = path_name(path), dir = path_dir(path);
	if (str_is(name, "mod.rs") || str_is(name, "lib.rs") || str_is(name, "main.rs"))
		return dir;
	struct str stem = str_slice(name, 0, name.len - 3), folder;
	return path_join(a, dir, stem, &folder) ? folder : dir;
}

static void mark_below(struct model *m, struct str folder)
{
	for (file_id file = 0; file < m->file_count; file++)
		if (path_below(m->files[file].path, folder) && model_is_production(m, file)) {
			m->files[file].class = CLASS_TEST;
			m->files[file].class_reason = "its module is declared under #[cfg(test)]";
		}
}

static void mark_module(struct model *m, file_id file, struct str name)
{
	struct arena scratch = { 0 };
	struct str folder, path;
	if (path_join(&scratch, module_folder(&scratch, m->files[file].path), name, &folder)) {
		path = arena_printf(&scratch, "%.*s.rs", STR_ARG(folder));
		file_id module = model_find_file(m, path);
		if (module != NO_FILE)
			mark_below(m, path);
		mark_below(m, folder);
	}
	arena_release(&scratch);
}

void model_mark_test_modules(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		for (node_id n = 1; m->files[file].language == LANGUAGE_RUST && n < f->node_count; n++)
			if (node_kind(f, n) == NODE_NAMESPACE && node_has(f, n, FLAG_TEST) &&
				!node_child(f, n, PART_BODY))
				mark_module(m, file, node_name(f, n));
	}
}
