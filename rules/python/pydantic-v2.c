#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "strict", OPTION_BOOL, "false", "serializers of Django REST framework are errors, not notes" },
	{ 0 },
};

/* ---- which Pydantic the project is on ---- */

enum pinned { PINNED_NOTHING, PINNED_V1, PINNED_V2 };

/* The major version a requirement allows at most: "<2", "==1.10", "~1.9", "^1" keep a project on V1. */
static enum pinned read_version(struct str version)
{
	for (uint32_t i = 0; i < version.len; i++) {
		char c = version.ptr[i];
		if (c < '0' || c > '9')
			continue;
		struct str before = str_trim(str_slice(version, 0, i));
		bool below = str_ends(before, STR("<"));
		bool exact = str_empty(before) || str_ends(before, STR("==")) || str_ends(before, STR("~=")) ||
			     str_ends(before, STR("^")) || str_ends(before, STR("~"));
		bool single_digit = i + 1 >= version.len || version.ptr[i + 1] < '0' || version.ptr[i + 1] > '9';
		if (below && c == '2' && single_digit)
			return PINNED_V1;
		if (exact && single_digit)
			return c == '1' || c == '0' ? PINNED_V1 : PINNED_V2;
		while (i < version.len && version.ptr[i] != ',')
			i++;
	}
	return PINNED_NOTHING;
}

static const struct dependency *pydantic_of(const struct rule_context *c, package_id package)
{
	return package == NO_PACKAGE ? NULL : package_dependency(model_package(c->model, package), STR("pydantic"));
}

static bool is_on_v1(const struct rule_context *c)
{
	const struct dependency *d = pydantic_of(c, model_file(c->model, c->file)->package);
	return d && read_version(d->version) == PINNED_V1;
}

/* A project pinned below 2 has one finding, where it is pinned. */
static void check_packages(struct rule_context *c)
{
	for (package_id p = 0; p < model_package_count(c->model); p++) {
		const struct package *package = model_package(c->model, p);
		const struct dependency *d = package->ecosystem == ECOSYSTEM_PYTHON ? pydantic_of(c, p) : NULL;
		if (d && read_version(d->version) == PINNED_V1)
			report_in(c, package->manifest, d->node,
				"this project is pinned to Pydantic V1 (%.*s), which is no longer developed (§18). Move to "
				"pydantic>=2; bump-pydantic renames most of it.",
				STR_ARG(d->version));
	}
}

/* ---- names of V1 ---- */

static const struct library_entry *by_name(const struct rule_context *c, struct str name, enum role role)
{
	return model_library(c->model, LANGUAGE_PYTHON, name, role);
}

static void report_name(struct rule_context *c, node_id node, const struct library_entry *entry)
{
	struct str instead = library_attribute(entry, "instead");
	if (str_empty(instead))
		report_at(c, node, "%.*s is gone in Pydantic V2 (§18).", STR_ARG(entry->name));
	else
		report_at(c, node, "%.*s is Pydantic V1 (§18). Use %.*s.", STR_ARG(entry->name), STR_ARG(instead));
}

static bool is_decorator_entry(const struct library_entry *entry)
{
	return str_is(library_attribute(entry, "kind"), "decorator");
}

static void check_decorator(struct rule_context *c, node_id decorator)
{
	const struct library_entry *entry = model_role(c->model, c->file, decorator, ROLE_PYDANTIC_V1);
	if (entry && is_decorator_entry(entry))
		report_name(c, decorator, entry);
}

/* from pydantic.utils import … : names that moved or went, and the bundled V1 itself. */
static void check_imports(struct rule_context *c)
{
	const struct facts *f = c->facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		struct str module = facts_str(f, import->module), name = facts_str(f, import->imported);
		if (import->flags & IMPORT_GUARDED)
			continue;
		if (str_is(module, "pydantic.v1") || str_starts(module, STR("pydantic.v1."))) {
			report_at(
				c, import->node, "pydantic.v1 is the bundled Pydantic V1 (§18). Import from pydantic.");
			continue;
		}
		char full[256];
		if (!str_starts(module, STR("pydantic")) || module.len + name.len + 1 > sizeof(full))
			continue;
		memcpy(full, module.ptr, module.len);
		full[module.len] = '.';
		memcpy(full + module.len + 1, name.ptr, name.len);
		const struct library_entry *entry = by_name(
			c, (struct str){ full, module.len + 1 + name.len }, ROLE_PYDANTIC_V1);
		if (entry && !is_decorator_entry(entry))
			report_name(c, import->node, entry);
	}
}

/* ---- models ---- */

static bool is_model(const struct rule_context *c, file_id file, node_id class_node)
{
	return class_base_role(c->model, file, class_node, ROLE_PYDANTIC_MODEL) != NULL;
}

/* class Config inside a model, with each key that changed. */
static void check_config_class(struct rule_context *c, node_id class_node)
{
	const struct facts *f = c->facts;
	node_id model = f->nodes[class_node].parent;
	if (!str_is(node_name(f, class_node), "Config") || node_kind(f, model) != NODE_CLASS ||
		!is_model(c, c->file, model))
		return;
	struct finding *finding = report_at(c, class_node,
		"class Config in %.*s is Pydantic V1 (§18). Write model_config = ConfigDict(…).",
		STR_ARG(node_name(f, model)));
	facts_each_child(f, class_node, key) {
		const struct library_entry *entry = f->nodes[key].name
							    ? by_name(c, node_name(f, key), ROLE_PYDANTIC_V1_CONFIG)
							    : NULL;
		struct str instead = entry ? library_attribute(entry, "instead") : (struct str){ 0 };
		if (entry && str_empty(instead))
			finding_note(c, finding, c->file, key, "%.*s is gone in V2", STR_ARG(entry->name));
		else if (entry)
			finding_note(
				c, finding, c->file, key, "%.*s is now %.*s", STR_ARG(entry->name), STR_ARG(instead));
	}
}

/* The class of the project that a method is called on: Model.parse_obj(…), order.dict(), self.json(). */
static bool receiver_class(const struct rule_context *c, node_id call, struct type *type)
{
	const struct facts *f = c->facts;
	struct str owner = path_parent(node_name(f, call));
	node_id object = node_child(f, call, PART_OBJECT);
	if (object) {
		*type = model_type(c->model, c->file, object);
		return type->kind == MEANS_DECLARATION;
	}
	if (str_empty(owner))
		return false;
	struct meaning means = model_path_meaning(c->model, c->file, call, owner);
	if (means.kind == MEANS_DECLARATION &&
		node_kind(&model_file(c->model, means.file)->facts, means.node) == NODE_CLASS)
		*type = (struct type){ MEANS_DECLARATION, means.file, means.node, { 0 } };
	else if (means.kind == MEANS_LOCAL || means.kind == MEANS_DECLARATION)
		*type = model_type(c->model, means.file, means.node);
	else
		return false;
	return type->kind == MEANS_DECLARATION;
}

static bool has_word(struct str words, struct str word)
{
	for (struct str each; str_split(&words, ' ', &each);)
		if (str_eq(each, word))
			return true;
	return false;
}

/* The new name takes what is handed over as the old one did. */
static bool keeps_arguments(const struct facts *f, node_id call, struct str keeps)
{
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		bool is_named = node_kind(f, argument) == NODE_PAIR;
		if (node_kind(f, argument) == NODE_SPREAD || (is_named && !has_word(keeps, node_name(f, argument))))
			return false;
	}
	return !str_empty(keeps);
}

static void offer_new_name(
	struct rule_context *c, struct finding *finding, node_id call, const struct library_entry *entry)
{
	const struct facts *f = c->facts;
	node_id object = node_child(f, call, PART_OBJECT);
	uint32_t start = object ? f->nodes[object].end : f->nodes[call].start + path_parent(node_name(f, call)).len;
	if (keeps_arguments(f, call, library_attribute(entry, "keeps")))
		finding_fix(c, finding, start, f->nodes[call].end, entry->name, library_attribute(entry, "instead"));
}

static void check_method(struct rule_context *c, node_id call)
{
	const struct library_entry *entry = by_name(c, path_last(node_name(c->facts, call)), ROLE_PYDANTIC_V1_METHOD);
	struct type type;
	file_id file;
	node_id member;
	if (!entry || !receiver_class(c, call, &type) || !is_model(c, type.file, type.node))
		return;
	if (class_member(c->model, type.file, type.node, entry->name, &file, &member))
		return; /* the model's own method of that name */
	struct finding *finding = report_at(c, call, "%.*s() on the model %.*s is Pydantic V1 (§18). Use %.*s.",
		STR_ARG(entry->name), STR_ARG(node_name(&model_file(c->model, type.file)->facts, type.node)),
		STR_ARG(library_attribute(entry, "instead")));
	offer_new_name(c, finding, call, entry);
}

static void check_field_arguments(struct rule_context *c, node_id call)
{
	if (!str_is(path_last(node_name(c->facts, call)), "Field") ||
		!str_is(model_meaning(c->model, c->file, call).name, "pydantic.Field"))
		return;
	facts_each_child(c->facts, call, pair) {
		const struct library_entry *entry = node_kind(c->facts, pair) == NODE_PAIR
							    ? by_name(c, node_name(c->facts, pair),
								      ROLE_PYDANTIC_V1_ARGUMENT)
							    : NULL;
		if (entry)
			report_at(c, pair, "Field(%.*s=…) is Pydantic V1 (§18). Use %.*s.", STR_ARG(entry->name),
				STR_ARG(library_attribute(entry, "instead")));
	}
}

/* A schema of another library; a framework's own serializers are a note, as it knows nothing else. */
static void check_other_library(struct rule_context *c, node_id class_node)
{
	const struct library_entry *entry = class_base_role(c->model, c->file, class_node, ROLE_VALIDATION);
	if (!entry)
		return;
	struct finding *finding = report_at(c, class_node,
		"%.*s validates with %.*s, not with Pydantic (§18): two sets of rules for the same data. "
		"Make it a Pydantic model.",
		STR_ARG(node_name(c->facts, class_node)), STR_ARG(entry->name));
	if (str_is(library_attribute(entry, "kind"), "framework") && !rule_option_bool(c, "strict"))
		finding_severity(finding, SEVERITY_NOTE);
}

/* ---- bodies without a model ---- */

static bool is_route(const struct rule_context *c, node_id function)
{
	facts_each_child(c->facts, function, d)
		if (node_kind(c->facts, d) == NODE_DECORATOR && model_role(c->model, c->file, d, ROLE_ROUTE) &&
			file_imports_role(c->model, c->file, ROLE_WEB_SERVER))
			return true;
	return false;
}

static bool is_untyped_body(const struct facts *f, node_id type)
{
	static const char *const names[] = { "dict", "Dict", "Any", "typing.Any", "typing.Dict" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(node_name(f, type), names[i]))
			return true;
	return false;
}

/* A parameter that FastAPI fills from somewhere else than the body. */
static bool is_not_body(const struct rule_context *c, node_id param)
{
	node_id value = node_child(c->facts, param, PART_VALUE);
	if (!value || node_kind(c->facts, value) != NODE_CALL)
		return false;
	return !str_is(path_last(node_name(c->facts, value)), "Body");
}

static void check_endpoint(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	if (!is_route(c, function))
		return;
	facts_each_child(f, function, param) {
		node_id type = f->nodes[param].part == PART_PARAM ? node_child(f, param, PART_TYPE) : 0;
		if (type && is_untyped_body(f, type) && !is_not_body(c, param))
			report_at(c, param,
				"the body of %.*s is %.*s: nothing validates what comes in (§18). Declare a Pydantic model for it.",
				STR_ARG(node_name(f, function)), STR_ARG(node_name(f, type)));
	}
}

static void check_node(struct rule_context *c, node_id n)
{
	if (is_on_v1(c))
		return;
	switch (node_kind(c->facts, n)) {
	case NODE_DECORATOR:
		check_decorator(c, n);
		break;
	case NODE_CLASS:
		check_config_class(c, n);
		check_other_library(c, n);
		break;
	case NODE_CALL:
		check_method(c, n);
		check_field_arguments(c, n);
		break;
	case NODE_FUNCTION:
		check_endpoint(c, n);
		break;
	default:
		break;
	}
}

static void check_file(struct rule_context *c)
{
	if (!is_on_v1(c))
		check_imports(c);
}

const struct rule rule_python_pydantic_v2 = {
	.id = "python/pydantic-v2",
	.clauses = "18",
	.title = "Data that crosses the boundary is a Pydantic V2 model",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(PYTHON),
	.options = options,
	.kinds = KIND(DECORATOR) | KIND(CLASS) | KIND(CALL) | KIND(FUNCTION),
	.on_node = check_node,
	.on_file = check_file,
	.on_project = check_packages,
};
