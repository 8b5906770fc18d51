/* Names in strings: modules, and things in them, that Python's frameworks are told of by text. */
#include "model/names.h"

#include "base/path.h"

/* ---- what is known by a name of its own ---- */

static void register_name(struct str_map *names, struct str name, uint32_t value)
{
	bool added;
	uint32_t *slot = str_map_put(names, name, value, &added);
	if (!added && *slot != value)
		*slot = UINT32_MAX;
}

/* shop/models.py and shop/models/__init__.py hold the models of the app `shop`. */
static void register_models(struct model *m, file_id file)
{
	struct str path = m->files[file].path, dir = path_dir(path);
	if (str_is(path_name(path), "__init__.py") && str_is(path_name(dir), "models"))
		register_name(&m->python_registry.apps, path_name(path_dir(dir)), file);
	else if (str_is(path_name(path), "models.py"))
		register_name(&m->python_registry.apps, path_name(dir), file);
}

/* class ShopConfig(AppConfig): label = "store" */
static void register_label(struct model *m, file_id file)
{
	const struct facts *f = &m->files[file].facts;
	file_id models = python_module(m, path_dir(m->files[file].path), STR("models"));
	for (node_id n = 1; models != NO_FILE && n < f->node_count; n++) {
		node_id value = node_kind(f, n) == NODE_FIELD && str_is(node_name(f, n), "label")
					? node_child(f, n, PART_VALUE)
					: 0;
		if (value && node_kind(f, value) == NODE_STRING)
			register_name(&m->python_registry.apps, node_name(f, value), models);
	}
}

/* @shared_task(name="send") */
static void register_task(struct model *m, file_id file, node_id decorator)
{
	const struct facts *f = &m->files[file].facts;
	node_id name = call_keyword(f, decorator, STR("name"));
	if (!name || node_kind(f, name) != NODE_STRING || !model_role(m, file, decorator, ROLE_CONSUMER))
		return;
	struct go_declared function = { file, f->nodes[decorator].parent };
	register_name(&m->python_registry.tasks, node_name(f, name), m->python_registry.functions.count);
	vec_push(&m->python_registry.functions, function);
}

void model_find_registered(struct model *m)
{
	for (file_id file = 0; file < m->file_count; file++) {
		const struct facts *f = &m->files[file].facts;
		if (m->files[file].language != LANGUAGE_PYTHON || !f->node_count)
			continue;
		register_models(m, file);
		if (str_is(path_name(m->files[file].path), "apps.py"))
			register_label(m, file);
		for (node_id n = 1; n < f->node_count; n++)
			if (node_kind(f, n) == NODE_DECORATOR)
				register_task(m, file, n);
	}
}

/* ---- who takes the string ---- */

/* The call or assignment that a string belongs to, through lists, sums and dictionaries. */
struct taker {
	node_id node; /* CALL, ASSIGN or VAR; 0 for none */
	node_id argument; /* its direct child on the way down */
	struct str key; /* of the innermost dictionary entry on the way */
	bool in_list, first; /* of the innermost list */
};

static struct taker find_taker(const struct facts *f, node_id string)
{
	static const uint64_t between = KIND(ARRAY) | KIND(BINARY) | KIND(OBJECT) | KIND(PAIR) | KIND(SPREAD);
	struct taker t = { .argument = string, .first = true };
	for (node_id up = f->nodes[string].parent; between >> f->nodes[up].kind & 1; up = f->nodes[up].parent) {
		if (node_kind(f, up) == NODE_ARRAY && !t.in_list) {
			t.in_list = true;
			t.first = t.argument == up + 1;
		}
		bool keyword = node_has(f, up, FLAG_KEYWORD);
		if (node_kind(f, up) == NODE_PAIR && !keyword && str_empty(t.key))
			t.key = node_name(f, up);
		t.argument = up;
	}
	node_id above = f->nodes[t.argument].parent;
	bool takes = (KIND(CALL) | KIND(ASSIGN) | KIND(VAR)) >> f->nodes[above].kind & 1;
	t.node = takes ? above : 0;
	return t;
}

/* Is the argument one of those listed, by position or by keyword: "0 to"? */
static bool argument_listed(const struct facts *f, const struct taker *t, struct str listed)
{
	struct str word;
	bool keyword = node_kind(f, t->argument) == NODE_PAIR && node_has(f, t->argument, FLAG_KEYWORD);
	while (!str_empty(listed) && str_split(&listed, ' ', &word)) {
		bool position = word.len == 1 && char_is_digit(word.ptr[0]);
		if (position && call_arg(f, t->node, (uint32_t)(word.ptr[0] - '0')) == t->argument)
			return true;
		if (keyword && str_eq(word, node_name(f, t->argument)))
			return true;
	}
	return false;
}

/* A variable that a framework reads is known by its name; an attribute by what it is one of. */
static const struct library_entry *assigned(const struct model *m, file_id file, const struct taker *t)
{
	const struct facts *f = &m->files[file].facts;
	node_id target = node_kind(f, t->node) == NODE_VAR ? t->node : node_child(f, t->node, PART_TARGET);
	if (!target || f->nodes[t->argument].part != PART_VALUE)
		return NULL;
	struct str name = node_name(f, target);
	if (str_find(name, '.') != UINT32_MAX)
		return model_role(m, file, target, ROLE_NAMES_MODULE);
	return node_function(f, target) ? NULL : model_library(m, LANGUAGE_PYTHON, name, ROLE_NAMES_MODULE);
}

/* The entry that says what the string is taken for, or NULL. */
static const struct library_entry *entry_of(const struct model *m, file_id file, node_id string)
{
	const struct facts *f = &m->files[file].facts;
	struct taker t = find_taker(f, string);
	const struct library_entry *entry = NULL;
	if (!t.node)
		return NULL;
	if (node_kind(f, t.node) == NODE_CALL)
		entry = model_role(m, file, t.node, ROLE_NAMES_MODULE);
	else
		entry = assigned(m, file, &t);
	if (!entry)
		return NULL;
	struct str key = library_attribute(entry, "key"), listed = library_attribute(entry, "argument");
	bool keyed = str_is(key, "*") || str_eq(key, t.key);
	bool placed = node_kind(f, t.node) != NODE_CALL || argument_listed(f, &t, listed);
	bool counts = t.first || !str_is(library_attribute(entry, "items"), "first");
	return keyed && placed && counts ? entry : NULL;
}

/* ---- what the string names ---- */

static const struct meaning UNKNOWN = { .kind = MEANS_UNKNOWN };

static struct meaning of_link(struct resolver *r, struct import_link link, struct str module, struct str rest)
{
	if (link.target == IMPORT_LIBRARY)
		return (struct meaning){ .kind = MEANS_LIBRARY, .name = resolver_join(r, module, rest) };
	return link.target == IMPORT_FILE ? resolve_in_module(r, link.file, rest) : UNKNOWN;
}

/* `suffix: tasks`: of the package, its module of that name; without one, the package. */
static struct meaning named_module(struct resolver *r, struct str text, struct str suffix)
{
	struct import_link link = unresolved(CAUSE_NO_MODULE);
	if (!str_empty(suffix))
		link = python_named_module(r->model, r->file, resolver_join(r, text, suffix));
	if (link.target != IMPORT_FILE)
		link = python_named_module(r->model, r->file, text);
	return of_link(r, link, text, STR(""));
}

/* "app.main:app", or "app.views.home": the longest module that there is, and what it shows. */
static struct meaning named_object(struct resolver *r, struct str text)
{
	uint32_t colon = str_find(text, ':');
	struct str module = colon == UINT32_MAX ? text : str_slice(text, 0, colon);
	struct str rest = colon == UINT32_MAX ? STR("") : str_slice(text, colon + 1, text.len);
	struct import_link link = python_named_module(r->model, r->file, module);
	while (colon == UINT32_MAX && link.target == IMPORT_UNRESOLVED && !str_empty(path_parent(module))) {
		module = path_parent(module);
		rest = str_slice(text, module.len + 1, text.len);
		link = python_named_module(r->model, r->file, module);
	}
	return of_link(r, link, module, rest);
}

/* "shop.Order", or "Order" for a model of the file's own app. */
static struct meaning named_model(struct resolver *r, struct str text)
{
	const struct model *m = r->model;
	uint32_t dot = str_find(text, '.');
	if (dot == UINT32_MAX)
		return resolve_in_module(r, r->file, text);
	const uint32_t *app = str_map_get(&m->python_registry.apps, str_slice(text, 0, dot));
	struct str class_name = str_slice(text, dot + 1, text.len);
	return app && *app != NO_FILE ? resolve_in_module(r, *app, class_name) : UNKNOWN;
}

/* By the name it was given, else by the name it has: that of its function. */
static struct meaning named_task(struct resolver *r, struct str text)
{
	const struct model *m = r->model;
	const uint32_t *task = str_map_get(&m->python_registry.tasks, text);
	if (!task)
		return named_object(r, text);
	if (*task == UINT32_MAX)
		return UNKNOWN;
	struct go_declared function = m->python_registry.functions.items[*task];
	return (struct meaning){ .kind = MEANS_DECLARATION, .file = function.file, .node = function.node };
}

struct meaning model_reference(const struct model *m, file_id file, node_id string)
{
	const struct facts *f = &m->files[file].facts;
	struct str text = node_name(f, string);
	bool is_text = m->files[file].language == LANGUAGE_PYTHON && node_kind(f, string) == NODE_STRING &&
		       !str_empty(text);
	const struct library_entry *entry = is_text ? entry_of(m, file, string) : NULL;
	if (!entry)
		return UNKNOWN;
	struct resolver r;
	struct str form = library_attribute(entry, "form");
	struct meaning means;
	resolver_init(&r, m, file);
	if (str_is(form, "object"))
		means = named_object(&r, text);
	else if (str_is(form, "model"))
		means = named_model(&r, text);
	else if (str_is(form, "task"))
		means = named_task(&r, text);
	else
		means = named_module(&r, text, library_attribute(entry, "suffix"));
	return resolver_keep(&r, means);
}
