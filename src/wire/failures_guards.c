/* What takes the failures of a whole package: caches with a handler, interceptors that show, boundaries. */
#include "wire/failures.h"

struct looking {
	struct failures *a;
	file_id file;
	const struct facts *f;
};

static void add_guard(const struct looking *l, struct str of, const struct library_entry *entry)
{
	struct guard guard = { model_file(l->a->m, l->file)->package, of, path_first(entry->name) };
	uint64_t key = hash_mix(hash_mix(guard.package, of.ptr, of.len), guard.module.ptr, guard.module.len);
	bool is_new;
	map_put(&l->a->guarded, key, 1, &is_new);
	if (is_new)
		vec_push(&l->a->guards, guard);
}

/* ---- does a guard show what it takes? ---- */

static bool contains_word(struct str text, struct str words)
{
	struct str word;
	while (str_split(&words, ' ', &word))
		for (uint32_t i = 0; i + word.len <= text.len; i++)
			if (str_eq_nocase(str_slice(text, i, i + word.len), word))
				return true;
	return false;
}

/* A call, or a text such as the name of a store's action, with one of the words. */
static bool shows_below(const struct facts *f, node_id node, struct str words)
{
	facts_each_below(f, node, n)
		if (((KIND(CALL) | KIND(STRING)) >> f->nodes[n].kind & 1) && contains_word(node_name(f, n), words))
			return true;
	return false;
}

/* The handler itself, or a function of the project that it is or calls. */
static bool handler_shows(const struct looking *l, node_id handler, struct str words)
{
	struct meaning means = model_meaning(l->a->m, l->file, handler);
	bool is_name = node_kind(l->f, handler) == NODE_NAME;
	file_id file = is_name ? means.file : l->file;
	node_id function = is_name ? model_meant_function(l->a->m, means) : handler;
	struct call call;
	if (!function || shows_below(failure_facts(l->a, file), function, words))
		return true;
	for (uint32_t at = 0; model_next_call(l->a->m, file, function, &at, &call);)
		if (shows_below(failure_facts(l->a, call.file), call.callee, words))
			return true;
	return false;
}

/* ---- what a node guards ---- */

/* A route with an element of its own for errors, or a path of keys (`config.onError`), anywhere in what is handed over. */
static bool has_options(const struct looking *l, node_id node, struct str options)
{
	facts_each_below(l->f, node, n) {
		struct str words = options, word;
		bool unknown = false;
		if (node_kind(l->f, n) != NODE_PAIR)
			continue;
		while (str_split(&words, ' ', &word))
			if (str_eq(path_first(word), node_name(l->f, n)) &&
				failure_pair(l->a, l->file, n, word, &unknown))
				return true;
	}
	return false;
}

static bool has_members(const struct facts *f, node_id class_node, struct str members)
{
	facts_each_child(f, class_node, c)
		if (str_has_word(members, node_name(f, c)))
			return true;
	return false;
}

/* `of` and `handler` go in step: the first place guards the first kind. Without places it guards all. */
static void look_at_handlers(const struct looking *l, node_id node, const struct library_entry *entry)
{
	struct str of = library_attribute(entry, "of"), places = library_attribute(entry, "handler");
	struct str shows = library_attribute(entry, "shows"), kind, place = STR("");
	while (str_split(&of, ' ', &kind)) {
		bool unknown = false, has_place = str_split(&places, ' ', &place);
		node_id handler = has_place ? failure_option(l->a, l->file, node, place, &unknown) : node;
		if (unknown || (handler && (str_empty(shows) || handler_shows(l, handler, shows))))
			add_guard(l, kind, entry);
	}
}

static void look_at_name(const struct looking *l, node_id node)
{
	const struct library_entry *entry = model_role(l->a->m, l->file, node, ROLE_GUARD);
	struct str options = entry ? library_attribute(entry, "options") : STR("");
	if (!entry || !str_empty(library_attribute(entry, "members")))
		return;
	if (str_empty(options))
		look_at_handlers(l, node, entry);
	else if (has_options(l, node, options))
		add_guard(l, library_attribute(entry, "of"), entry);
}

static void look_at_class(const struct looking *l, node_id node)
{
	const struct library_entry *entry = class_base_role(l->a->m, l->file, node, ROLE_GUARD);
	struct str members = entry ? library_attribute(entry, "members") : STR("");
	struct str shows = entry ? library_attribute(entry, "shows") : STR("");
	bool guards = entry && (str_empty(members) || has_members(l->f, node, members)) &&
		      (str_empty(shows) || shows_below(l->f, node, shows));
	if (guards)
		add_guard(l, library_attribute(entry, "of"), entry);
}

/* `const intercept: HttpInterceptorFn = …` */
static void look_at_typed(const struct looking *l, node_id variable, node_id spelled)
{
	struct type type = model_spelled_type(l->a->m, l->file, spelled);
	const struct library_entry *entry = type.kind == MEANS_LIBRARY
						    ? model_library(l->a->m, model_file(l->a->m, l->file)->language,
							      type.name, ROLE_GUARD)
						    : NULL;
	struct str shows = entry ? library_attribute(entry, "shows") : STR("");
	if (entry && !str_empty(shows) && shows_below(l->f, variable, shows))
		add_guard(l, library_attribute(entry, "of"), entry);
}

static void look_at(const struct looking *l, node_id n)
{
	struct str last = path_last(node_name(l->f, n));
	enum language language = model_file(l->a->m, l->file)->language;
	node_id spelled;
	switch (node_kind(l->f, n)) {
	case NODE_CALL:
	case NODE_JSX:
		if (model_library_word(l->a->m, language, last, ROLE_GUARD))
			look_at_name(l, n);
		break;
	case NODE_NAME:
		if (l->f->nodes[n].part == PART_TARGET && model_library_word(l->a->m, language, last, ROLE_GUARD))
			look_at_name(l, n);
		break;
	case NODE_CLASS:
		look_at_class(l, n);
		break;
	case NODE_VAR:
		spelled = node_child(l->f, n, PART_TYPE);
		if (spelled && model_library_word(l->a->m, language, path_last(node_name(l->f, spelled)), ROLE_GUARD))
			look_at_typed(l, n, spelled);
		break;
	default:
		break;
	}
}

/* Files that a framework renders when what is below them fails, and routes that export what is rendered then. */
static void look_at_file(const struct looking *l)
{
	static const struct library_entry by_file = { .name = { "file", 4 } };
	const struct model_file *file = model_file(l->a->m, l->file);
	uint32_t slash = str_rfind(file->path, '/');
	struct str name = str_slice(file->path, slash == UINT32_MAX ? 0 : slash + 1, file->path.len);
	struct str stem = str_slice(name, 0, str_find(name, '.'));
	bool is_error_file = str_is(stem, "error") || str_is(stem, "global-error") || str_is(stem, "_error");
	bool guards = is_error_file && package_has_role(l->a->m, file->package, ROLE_FILE_ROUTES);
	for (uint32_t i = 0; i < l->f->export_count && !guards; i++)
		guards = str_is(facts_str(l->f, l->f->exports[i].name), "ErrorBoundary");
	if (guards)
		add_guard(l, STR("render"), &by_file);
}

void failure_find_guards(struct failures *a)
{
	for (file_id file = 0; file < model_file_count(a->m); file++) {
		struct looking l = { a, file, failure_facts(a, file) };
		if (!failure_is_interface(a, file))
			continue;
		look_at_file(&l);
		for (node_id n = 1; n < l.f->node_count; n++)
			look_at(&l, n);
	}
}

/* ---- asking ---- */

static bool belongs_to(const struct model *m, package_id package, package_id other)
{
	if (package == other)
		return true;
	if (package == NO_PACKAGE || other == NO_PACKAGE)
		return false;
	const struct package *p = model_package(m, package), *o = model_package(m, other);
	return package_dependency(p, o->name) || package_dependency(o, p->name);
}

bool failure_is_guarded(const struct failures *a, file_id file, struct str of, struct str module)
{
	package_id package = model_file(a->m, file)->package;
	for (uint32_t i = 0; i < a->guards.count; i++) {
		const struct guard *guard = &a->guards.items[i];
		if (str_eq(guard->of, of) && (str_empty(module) || str_eq(guard->module, module)) &&
			belongs_to(a->m, package, guard->package))
			return true;
	}
	return false;
}
