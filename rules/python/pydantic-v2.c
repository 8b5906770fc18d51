#include "pydantic-v2/fixes.h"

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

static struct finding *report_name(struct rule_context *c, node_id node, const struct library_entry *entry)
{
	struct str instead = library_attribute(entry, "instead");
	if (str_empty(instead))
		return report_at(c, node, "%.*s is gone in Pydantic V2 (§18).", STR_ARG(entry->name));
	return report_at(c, node, "%.*s is Pydantic V1 (§18). Use %.*s.", STR_ARG(entry->name), STR_ARG(instead));
}

static bool is_decorator_entry(const struct library_entry *entry)
{
	return str_is(library_attribute(entry, "kind"), "decorator");
}

static void check_decorator(struct rule_context *c, node_id decorator)
{
	const struct library_entry *entry = model_role(c->model, c->file, decorator, ROLE_PYDANTIC_V1);
	if (entry && is_decorator_entry(entry))
		pydantic_fix_validator(c, report_name(c, decorator, entry), decorator, entry);
}

/* A decorator is told of where it stands; one that stands nowhere, where it is imported. */
static void check_import(struct rule_context *c, uint32_t index, const struct library_entry *entry)
{
	node_id node = c->facts->imports[index].node;
	struct finding *finding = NULL;
	if (!is_decorator_entry(entry))
		finding = report_name(c, node, entry);
	else if (pydantic_import_is_unused(c, index))
		finding = report_at(
			c, node, "%.*s is Pydantic V1 (§18), and nothing uses it here. Drop it.", STR_ARG(entry->name));
	if (finding)
		pydantic_fix_import(c, finding, index, entry);
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
		if (entry)
			check_import(c, i, entry);
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
	pydantic_fix_config(c, finding, class_node);
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

/* The new name takes what is handed over as the old one did. */
static bool keeps_arguments(const struct facts *f, node_id call, struct str keeps)
{
	facts_each_child(f, call, argument) {
		if (f->nodes[argument].part != PART_ARG)
			continue;
		bool is_named = node_kind(f, argument) == NODE_PAIR;
		if (node_kind(f, argument) == NODE_SPREAD || (is_named && !str_has_word(keeps, node_name(f, argument))))
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
	if (!model_role(c->model, c->file, call, ROLE_PYDANTIC_FIELD))
		return;
	struct str taker = path_last(node_name(c->facts, call));
	facts_each_child(c->facts, call, pair) {
		const struct library_entry *entry = node_kind(c->facts, pair) == NODE_PAIR
							    ? by_name(c, node_name(c->facts, pair),
								      ROLE_PYDANTIC_V1_ARGUMENT)
							    : NULL;
		if (!entry)
			continue;
		struct finding *finding = report_at(c, pair, "%.*s(%.*s=…) is Pydantic V1 (§18). Use %.*s.",
			STR_ARG(taker), STR_ARG(entry->name), STR_ARG(library_attribute(entry, "instead")));
		pydantic_fix_argument(c, finding, pair, entry);
	}
}

/* `__root__` of a model, `__get_validators__` of any class: V2 does not ask for them. A class may have both, for both. */
static void check_members(struct rule_context *c, node_id class_node)
{
	const struct facts *f = c->facts;
	facts_each_child(f, class_node, member) {
		bool is_field = node_kind(f, member) == NODE_FIELD;
		const struct library_entry *entry = is_field || node_kind(f, member) == NODE_FUNCTION
							    ? by_name(c, node_name(f, member), ROLE_PYDANTIC_V1_MEMBER)
							    : NULL;
		struct str instead = entry ? library_attribute(entry, "instead") : (struct str){ 0 };
		file_id file;
		node_id other;
		if (!entry || (is_field && !is_model(c, c->file, class_node)) ||
			class_member(c->model, c->file, class_node, instead, &file, &other))
			continue;
		report_at(c, member, "%.*s in %.*s is Pydantic V1 (§18). Use %.*s.", STR_ARG(entry->name),
			STR_ARG(node_name(f, class_node)), STR_ARG(instead));
	}
}

/* class Settings(pydantic.BaseSettings): a base that is imported by its own name is told of there. */
static void check_bases(struct rule_context *c, node_id class_node)
{
	facts_each_child(c->facts, class_node, base) {
		bool is_path = c->facts->nodes[base].part == PART_BASE &&
			       !str_empty(path_parent(node_name(c->facts, base)));
		const struct library_entry *entry = is_path ? model_role(c->model, c->file, base, ROLE_PYDANTIC_V1)
							    : NULL;
		if (entry)
			report_name(c, base, entry);
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

/* ---- bodies that are read by hand ---- */

static bool is_typed_route(const struct rule_context *c, node_id function)
{
	return function && file_imports_role(c->model, c->file, ROLE_TYPED_ENDPOINTS) && is_route(c, function);
}

/* Is the body looked into by the endpoint itself (`body["name"]`, `body.get("name")`), and by nobody else? */
static bool is_read_by_hand(const struct facts *f, node_id function, struct str body)
{
	bool looked_into = false;
	facts_each_below(f, function, n) {
		struct str path = (KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1 ? node_name(f, n) : STR("");
		if (f->nodes[n].part == PART_TARGET || !str_eq(path_first(path), body))
			continue;
		bool indexed = f->nodes[n].part == PART_OBJECT && node_kind(f, f->nodes[n].parent) == NODE_INDEX;
		bool asked = node_kind(f, n) == NODE_CALL || node_kind(f, f->nodes[n].parent) == NODE_BINARY;
		if (!indexed && !asked)
			return false;
		looked_into = true;
	}
	return looked_into;
}

static void check_raw_body(struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	node_id await = f->nodes[call].parent, assign = f->nodes[await].parent, function = node_runs_in(f, call);
	struct str owner = path_parent(node_name(f, call));
	if (node_kind(f, await) != NODE_AWAIT || node_kind(f, assign) != NODE_ASSIGN ||
		!str_is(path_last(node_name(f, call)), "json") || !is_typed_route(c, function))
		return;
	struct type type = model_path_type(c->model, c->file, call, owner);
	struct str body = node_name(f, node_child(f, assign, PART_TARGET));
	if (type.kind != MEANS_LIBRARY || !by_name(c, type.name, ROLE_REQUEST) || !is_read_by_hand(f, function, body))
		return;
	report_at(c, call,
		"%.*s reads its body by hand: nothing but this code knows what may stand in it (§18). Declare a Pydantic model as a "
		"parameter, or validate it with model_validate.",
		STR_ARG(node_name(f, function)));
}

/* ---- answers without a model ---- */

/* The decorator says itself what is answered, or that nobody shall know. */
static bool says_answer(const struct facts *f, node_id function)
{
	static const char *const keywords[] = { "response_model", "response_class", "status_code",
		"include_in_schema" };
	facts_each_child(f, function, d)
		for (size_t i = 0; node_kind(f, d) == NODE_DECORATOR && i < sizeof(keywords) / sizeof(*keywords); i++)
			facts_each_child(f, d, pair)
				if (node_kind(f, pair) == NODE_PAIR && str_is(node_name(f, pair), keywords[i]))
					return true;
	return false;
}

/* {"status": "ok"} says too little to need a model. */
static bool is_answer(const struct facts *f, node_id object)
{
	uint32_t values = 0;
	facts_each_child(f, object, pair) {
		node_id value = node_kind(f, pair) == NODE_PAIR ? node_child(f, pair, PART_VALUE) : 0;
		values += value &&
			  !((KIND(STRING) | KIND(NUMBER) | KIND(CONST) | KIND(TEMPLATE)) >> f->nodes[value].kind & 1);
	}
	return values > 1;
}

static node_id returned_object(const struct facts *f, node_id function)
{
	facts_each_below(f, function, n) {
		node_id value = node_kind(f, n) == NODE_RETURN && node_function(f, n) == function ? n + 1 : 0;
		if (value && value < f->nodes[n].next && node_kind(f, value) == NODE_OBJECT && is_answer(f, value))
			return value;
	}
	return 0;
}

static bool is_health(const struct rule_context *c, node_id function)
{
	static const char *const words[] = { "health", "healthz", "healthcheck", "ready", "readyz", "live", "livez",
		"ping", "status", "version", "metrics" };
	const struct endpoint *endpoint = wire_answers(c->wire, c->file, function);
	struct str segment, rest = endpoint ? endpoint->path : STR("");
	while (str_split(&rest, '/', &segment))
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_is(segment, words[i]))
				return true;
	return false;
}

/* -> dict, -> dict[str, Any]: as good as nothing said. */
static bool is_untyped_answer(const struct facts *f, node_id type)
{
	node_id inner = type;
	facts_each_child(f, type, argument)
		inner = argument;
	bool is_dict = str_is(node_name(f, type), "dict") || str_is(node_name(f, type), "Dict");
	return is_dict && (inner == type || is_untyped_body(f, inner));
}

static void check_answer(struct rule_context *c, node_id function)
{
	const struct facts *f = c->facts;
	if (!is_typed_route(c, function) || says_answer(f, function) || is_health(c, function))
		return;
	node_id type = node_child(f, function, PART_RESULT), object = returned_object(f, function);
	if (!object || (type && !is_untyped_answer(f, type)))
		return;
	struct finding *finding = report_at(c, type ? type : function,
		"%.*s answers a dict that no model describes: neither clients nor the schema know what is in it (§18). Return a "
		"Pydantic model.",
		STR_ARG(node_name(f, function)));
	finding_severity(finding, SEVERITY_WARNING);
	finding_note(c, finding, c->file, object, "this is answered");
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
		check_members(c, n);
		check_bases(c, n);
		check_other_library(c, n);
		break;
	case NODE_CALL:
		check_method(c, n);
		check_field_arguments(c, n);
		check_raw_body(c, n);
		break;
	case NODE_FUNCTION:
		check_endpoint(c, n);
		check_answer(c, n);
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
