/* Types of JavaScript and TypeScript that no annotation says: what require() returns, and what callbacks are handed. */
#include "model/names.h"

static const struct type UNKNOWN = { .kind = MEANS_UNKNOWN };

/* require("express"), where a member is taken from it at once: the library's name stands for what it is, or the file. */
struct type resolve_required(struct resolver *r, node_id call)
{
	const struct facts *f = &r->model->files[r->file].facts;
	node_id module = call_arg(f, call, 0);
	for (uint32_t i = 0; module && i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		struct import_link link = r->model->indexes[r->file].links[i];
		struct str name = facts_str(f, import->module);
		if (!(import->flags & IMPORT_REQUIRE) || !str_eq(name, node_name(f, module)))
			continue;
		if (link.target == IMPORT_LIBRARY)
			return (struct type){ MEANS_LIBRARY, 0, 0, name };
		if (link.target == IMPORT_FILE)
			return (struct type){ .kind = MEANS_MODULE, .file = link.file };
	}
	return UNKNOWN;
}

/* `module.exports = db`: what a whole file is when it is called. */
struct meaning resolve_only_export(struct resolver *r, struct meaning module)
{
	bool is_file = str_empty(module.name) && (LANGUAGES_NODE >> r->model->files[r->file].language & 1);
	return is_file ? resolve_in_module(r, module.file, STR("default")) : module;
}

/* The call that the function of a parameter is handed to; 0. */
static node_id call_that_hands(const struct facts *f, node_id parameter)
{
	node_id function = f->nodes[parameter].parent;
	node_id call = f->nodes[function].parent;
	bool is_callback = f->nodes[function].part == PART_ARG && node_kind(f, call) == NODE_CALL;
	return is_callback && f->nodes[parameter].part == PART_PARAM ? call : 0;
}

/* Of the types of a function's parameters the one of this parameter; empty when nobody says it. */
static struct str type_at(const struct facts *f, node_id parameter, struct str types)
{
	struct str type = { 0 };
	facts_each_child(f, f->nodes[parameter].parent, other) {
		if (f->nodes[other].part != PART_PARAM)
			continue;
		if (!str_split(&types, ' ', &type))
			return STR("");
		if (other == parameter)
			break;
	}
	return str_is(type, "-") ? STR("") : type;
}

/* knex.transaction((trx) => …): the type of the parameter of a callback. */
struct type resolve_handed(struct resolver *r, node_id parameter)
{
	const struct facts *f = &r->model->files[r->file].facts;
	enum language language = r->model->files[r->file].language;
	node_id call = call_that_hands(f, parameter);
	if (!call || !model_library_word(r->model, language, path_last(node_name(f, call)), ROLE_HANDS))
		return UNKNOWN;
	struct meaning means = resolve_node(r, call);
	const struct library_entry *hands = means.kind == MEANS_LIBRARY
						    ? model_library(r->model, language, means.name, ROLE_HANDS)
						    : NULL;
	struct str type = hands ? type_at(f, parameter, library_attribute(hands, "types")) : STR("");
	return str_empty(type) ? UNKNOWN : (struct type){ MEANS_LIBRARY, 0, 0, type };
}
