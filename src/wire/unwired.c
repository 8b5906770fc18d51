/*
 * Components for an entity of the backend that show what the code spells out, or have a form, and reach no API service by any
 * path. To say so, all that a component is made of has to be read: its functions, hooks and elements, and the variables of modules. The
 * first thing that may lead anywhere else takes it out.
 */
#include "wire/domain.h"
#include "wire/functions.h"

#include "base/path.h"

struct search {
	struct wire *w;
	const struct model *m;
	struct domain domain;
	bool *asks; /* packages with a request; behind them, files of none */
	struct functions walk;
	struct unwired found; /* of the component at hand; `data` is 0 until it is seen */
};

static const struct facts *facts_of(const struct search *s, file_id file)
{
	return &model_file(s->m, file)->facts;
}

static bool is_component_file(const struct search *s, file_id file)
{
	return model_file(s->m, file)->language == LANGUAGE_COMPONENT;
}

/* ---- names ---- */

static void note_data(struct search *s, file_id file, node_id value, struct str holder)
{
	struct place entity = { s->found.entity_file, s->found.entity };
	if (!s->found.data && domain_spells(&s->domain, entity, file, value, holder)) {
		s->found.data_file = file;
		s->found.data = value;
	}
}

static bool is_spelled(const struct facts *f, node_id value)
{
	static const uint64_t spelled = KIND(STRING) | KIND(NUMBER) | KIND(CONST) | KIND(TEMPLATE) | KIND(ARRAY) |
					KIND(OBJECT);
	while (value && node_kind(f, value) == NODE_CAST)
		value = node_child(f, value, PART_VALUE);
	return value && (spelled >> f->nodes[value].kind & 1);
}

/* Is what a variable of a module holds all there, without a name of anything else? */
static bool is_constant(struct search *s, file_id file, node_id binding)
{
	static const uint64_t elsewhere = KIND(NAME) | KIND(MEMBER) | KIND(LAMBDA) | KIND(FUNCTION) | KIND(AWAIT) |
					  KIND(JSX);
	const struct facts *f = facts_of(s, file);
	node_id value = node_child(f, binding, PART_VALUE);
	if (node_kind(f, binding) != NODE_VAR || !node_has(f, binding, FLAG_READONLY) || !is_spelled(f, value))
		return false;
	facts_each_below(f, value, n) {
		bool is_made = node_kind(f, n) == NODE_CALL && node_has(f, n, FLAG_NEW) &&
			       str_is(node_name(f, n), "Date");
		if ((elsewhere >> f->nodes[n].kind & 1) || (node_kind(f, n) == NODE_CALL && !is_made))
			return false;
	}
	note_data(s, file, value, node_name(f, binding));
	return true;
}

/* What a name of a module stands for is gone into; false when that may lead anywhere. */
static bool may_name(struct search *s, struct meaning means)
{
	if (means.kind == MEANS_MODULE && means.file != NO_FILE && is_component_file(s, means.file)) {
		functions_add(&s->walk, (struct function){ means.file, 0 });
		return true;
	}
	if (means.kind != MEANS_DECLARATION && means.kind != MEANS_LOCAL)
		return false;
	const struct facts *f = facts_of(s, means.file);
	node_id function = means.node ? declared_function(f, means.node) : 0;
	if (!means.node || (function && node_ancestor(f, function, KIND(CLASS))))
		return false;
	if (function)
		functions_add(&s->walk, (struct function){ means.file, function });
	return function || node_kind(f, means.node) == NODE_ENUM || is_constant(s, means.file, means.node);
}

static bool is_local(const struct search *s, file_id file, struct meaning means)
{
	return (means.kind == MEANS_LIBRARY || means.kind == MEANS_BUILTIN) &&
	       model_library(s->m, model_file(s->m, file)->language, means.name, ROLE_LOCAL);
}

/* `component={Paper}`: a library's element, by its name, shows what it is given. */
static bool is_element(const struct search *s, file_id file, node_id node, struct meaning means)
{
	struct str last = path_last(node_name(facts_of(s, file), node));
	return means.kind == MEANS_LIBRARY && node_kind(facts_of(s, file), node) == NODE_NAME && last.ptr[0] >= 'A' &&
	       last.ptr[0] <= 'Z';
}

/* Is the name bound within a function, or by a component's own script? What it holds is seen where it is bound. */
static bool is_bound_here(const struct search *s, file_id file, node_id node, struct str name)
{
	const struct facts *f = facts_of(s, file);
	node_id binding = model_binding(s->m, file, node, name);
	if (!binding || node_kind(f, binding) == NODE_IMPORT)
		return false;
	return node_function(f, binding) || node_kind(f, binding) == NODE_PARAM || is_component_file(s, file);
}

static bool may_mention(struct search *s, file_id file, node_id node, struct str path)
{
	struct str first = path_first(path);
	bool is_method = node_child(facts_of(s, file), node, PART_OBJECT) ||
			 str_empty(first); /* of what an expression says */
	if (is_method || is_bound_here(s, file, node, first))
		return true;
	struct meaning means = model_path_meaning(s->m, file, node, path);
	return is_local(s, file, means) || is_element(s, file, node, means) ||
	       may_name(s, model_path_meaning(s->m, file, node, first));
}

/* A form edits what the component is for, unless the browser sends it by itself. */
static bool may_submit(struct search *s, file_id file, node_id form)
{
	const struct facts *f = facts_of(s, file);
	facts_each_child(f, form, c)
		if (node_kind(f, c) == NODE_SPREAD || str_is(node_name(f, c), "action"))
			return false;
	if (!s->found.data) {
		s->found.data_file = file;
		s->found.data = form;
	}
	return true;
}

/* An element of a library shows what it is given. */
static bool may_show(struct search *s, file_id file, node_id element)
{
	struct str tag = node_name(facts_of(s, file), element);
	if (str_is(tag, "form"))
		return may_submit(s, file, element);
	if (str_empty(tag) || (tag.ptr[0] >= 'a' && tag.ptr[0] <= 'z' && path_first(tag).len == tag.len))
		return true;
	struct meaning means = model_path_meaning(s->m, file, element, path_first(tag));
	return means.kind == MEANS_LIBRARY || may_name(s, means);
}

/* ---- functions ---- */

/* Of an import of a component, the template may use all. */
static bool may_import(struct search *s, file_id file)
{
	const struct facts *f = facts_of(s, file);
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = model_import(s->m, file, i);
		struct str local = facts_str(f, f->imports[i].local);
		bool is_ours = link.target == IMPORT_FILE && !(f->imports[i].flags & IMPORT_TYPE_ONLY);
		if (link.target == IMPORT_UNRESOLVED || link.target == IMPORT_PACKAGE)
			return false;
		if (is_ours && is_component_file(s, link.file))
			functions_add(&s->walk, (struct function){ link.file, 0 });
		else if (is_ours && !str_empty(local) &&
			 !may_name(s, model_path_meaning(s->m, file, f->imports[i].node, local)))
			return false;
	}
	return true;
}

/* What a component keeps: `useState([{ … }])`, `ref({ … })`, `let order = { … }`. */
static void note_kept(struct search *s, file_id file, node_id node)
{
	const struct facts *f = facts_of(s, file);
	node_id value = node_child(f, node, PART_VALUE), target = node_child(f, node, PART_TARGET);
	struct str holder = node_name(f, node_kind(f, node) == NODE_ASSIGN ? target : node);
	if (target && node_kind(f, target) == NODE_ARRAY)
		holder = node_name(f, node_child_of_kind(f, target, NODE_NAME));
	if (value && node_kind(f, value) == NODE_CALL)
		value = call_arg(f, value, 0);
	if (value)
		note_data(s, file, value, holder);
}

static bool may_hold(struct search *s, file_id file, node_id n)
{
	const struct facts *f = facts_of(s, file);
	switch (node_kind(f, n)) {
	case NODE_CALL:
	case NODE_NAME:
		return f->nodes[n].part == PART_TARGET || may_mention(s, file, n, node_name(f, n));
	case NODE_JSX:
		return may_show(s, file, n);
	case NODE_VAR:
	case NODE_ASSIGN:
		note_kept(s, file, n);
		return true;
	case NODE_CLASS:
	case NODE_EXPORT: /* `export default { data() … }` */
		return false;
	default:
		return true;
	}
}

static bool may_run(struct search *s, struct function function)
{
	const struct facts *f = facts_of(s, function.file);
	if (!function.node && !may_import(s, function.file))
		return false;
	for (node_id n = function.node + 1; n < f->nodes[function.node].next; n++) {
		if (node_kind(f, n) == NODE_TYPE || node_kind(f, n) == NODE_IMPORT || node_kind(f, n) == NODE_ALIAS ||
			node_kind(f, n) == NODE_INTERFACE)
			n = f->nodes[n].next - 1;
		else if (!may_hold(s, function.file, n))
			return false;
	}
	return true;
}

/* ---- components ---- */

/* `index.vue`, `[id].vue`, `+page.svelte`: the folder has the name. */
static struct str name_of_file(struct str path)
{
	struct str name = path_name(path), stem = str_slice(name, 0, str_find(name, '.'));
	bool is_folder = str_is(stem, "index") || str_is(stem, "page") || str_is(stem, "+page") ||
			 str_starts(stem, STR("["));
	return is_folder ? path_name(path_dir(path)) : stem;
}

/* What shows visitors what the product would look like has nothing to ask. */
static bool is_for_show(struct str path)
{
	static const char *const folders[] = { "landing", "marketing", "demo", "demos", "playground", "mockups",
		"stories" };
	struct str segment, rest = path_dir(path);
	while (str_split(&rest, '/', &segment))
		for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
			if (str_eq_nocase(segment, str_from(folders[i])))
				return true;
	return false;
}

static bool is_handed_data(const struct search *s, const struct chain_part *part)
{
	const struct facts *f = facts_of(s, part->file);
	bool is_class = node_kind(f, part->node) == NODE_CLASS;
	return is_class || node_child(f, part->node, PART_PARAM) || node_ancestor(f, part->node, KIND(CLASS));
}

static bool is_unwired(struct search *s, const struct chain_part *part)
{
	functions_begin(&s->walk, (struct function){ part->file, part->node });
	for (uint32_t i = 0; i < s->walk.queue.count; i++)
		if (!may_run(s, s->walk.queue.items[i]))
			return false;
	return s->found.data && s->walk.queue.count < MOST_WALKED;
}

static void look_at(struct search *s, uint32_t index)
{
	const struct chain_part *part = &s->w->parts.items[index];
	const struct model_file *file = model_file(s->m, part->file);
	if (!s->asks[file->package == NO_PACKAGE ? model_package_count(s->m) : file->package] ||
		is_for_show(file->path))
		return;
	struct str name = part->node ? s->w->part_names.items[index] : name_of_file(file->path);
	struct place entity = domain_of_component(&s->domain, name);
	if (!entity.node || (part->node && is_handed_data(s, part)))
		return;
	s->found = (struct unwired){ .file = part->file,
		.component = part->node,
		.name = name,
		.entity_file = entity.file,
		.entity = entity.node };
	if (is_unwired(s, part))
		vec_push(&s->w->unwired, s->found);
}

/* Packages whose code asks a backend at all: of others nobody knows how they would. */
static void find_asking_packages(struct search *s)
{
	for (uint32_t i = 0; i < s->w->requests.count; i++) {
		const struct request *request = &s->w->requests.items[i];
		package_id package = model_file(s->m, request->file)->package;
		if (!request->is_link)
			s->asks[package == NO_PACKAGE ? model_package_count(s->m) : package] = true;
	}
}

void wire_find_unwired(struct wire *w)
{
	struct arena scratch = { 0 };
	struct search s = { .w = w, .m = w->model };
	s.asks = arena_array(&scratch, bool, model_package_count(s.m) + 1);
	find_asking_packages(&s);
	domain_find(&s.domain, s.m);
	for (uint32_t i = 0; i < w->parts.count && s.domain.entities.count; i++)
		if (w->parts.items[i].column == COLUMN_COMPONENT)
			look_at(&s, i);
	domain_release(&s.domain);
	functions_release(&s.walk);
	arena_release(&scratch);
}

uint32_t wire_unwired_count(const struct wire *w)
{
	return w->unwired.count;
}

const struct unwired *wire_unwired(const struct wire *w, uint32_t index)
{
	return &w->unwired.items[index];
}
