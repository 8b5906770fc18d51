#include "fixes.h"

/* A comment in a stretch that is rewritten would be lost. */
static bool has_comment(const struct facts *f, uint32_t start, uint32_t end)
{
	uint32_t low = 0, high = f->comment_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (f->comments[middle].end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < f->comment_count && f->comments[low].start < end;
}

static bool is_true(const struct facts *f, node_id value)
{
	return node_kind(f, value) == NODE_CONST && str_is(node_name(f, value), "True");
}

/* ---- imports ---- */

static bool is_from_pydantic(const struct facts *f, const struct import *import)
{
	return str_is(facts_str(f, import->module), "pydantic") && import->local && !import->level;
}

/* Further names can be put behind this one. */
static bool takes_names(const struct facts *f, const struct import *import)
{
	return is_from_pydantic(f, import) && !import->flags && !str_is(facts_str(f, import->imported), "*");
}

/* May the name mean Pydantic's at a place? `behind` becomes the import that it is to be put behind; NULL where it is there. */
static bool can_import(const struct rule_context *c, node_id at, struct str name, const struct import **behind)
{
	const struct facts *f = c->facts;
	node_id binding = model_binding(c->model, c->file, at, name);
	*behind = NULL;
	for (uint32_t i = 0; i < f->import_count; i++) {
		const struct import *import = &f->imports[i];
		if (binding && import->node == binding)
			return is_from_pydantic(f, import) && str_eq(facts_str(f, import->imported), name);
		if (!binding && !*behind && import->node < at && takes_names(f, import))
			*behind = import;
	}
	return *behind != NULL;
}

static void add_import(struct rule_context *c, struct finding *finding, const struct import *behind, struct str name)
{
	uint32_t end = behind ? c->facts->nodes[behind->node].end : 0;
	if (behind)
		finding_replace(c, finding, end, end, rule_text(c, ", %.*s", STR_ARG(name)));
}

/* ---- @validator, @root_validator ---- */

/* cls, and the value or the values: nothing else is handed over in V2. */
static bool takes_one_value(const struct facts *f, node_id function)
{
	uint32_t count = 0;
	facts_each_child(f, function, param) {
		if (f->nodes[param].part != PART_PARAM)
			continue;
		if (node_has(f, param, FLAG_VARIADIC) || node_child(f, param, PART_VALUE))
			return false;
		count++;
	}
	return count == 2 && !node_has(f, function, FLAG_ASYNC);
}

/* Other decorators may want the function as V1 left it. */
static bool stands_alone(const struct facts *f, node_id function, node_id decorator, bool *is_class_method)
{
	*is_class_method = false;
	facts_each_child(f, function, d) {
		if (node_kind(f, d) != NODE_DECORATOR || d == decorator)
			continue;
		if (!str_is(node_name(f, d), "classmethod") || d < decorator)
			return false;
		*is_class_method = true;
	}
	return true;
}

/* Facts do not tell tabs from spaces: what is indented by at least two for each level is indented by spaces. */
static bool is_indented_by_spaces(const struct facts *f, node_id n, uint32_t *spaces)
{
	static const uint64_t indents = KIND(CLASS) | KIND(FUNCTION) | KIND(IF) | KIND(TRY) | KIND(WITH) | KIND(LOOP);
	uint32_t levels = 0;
	for (node_id at = node_ancestor(f, n, indents); at; at = node_ancestor(f, at, indents))
		levels++;
	*spaces = facts_column(f, f->nodes[n].start) - 1;
	return levels > 0 && *spaces >= 2 * levels;
}

/* The keyword arguments of a decorator as V2 takes them, and where they stand; false when V2 has nothing for one of them. */
struct keywords {
	uint32_t start, end;
	struct str text;
	bool is_before;
};

static bool read_keyword(
	struct rule_context *c, node_id pair, const struct library_entry *entry, struct keywords *keywords)
{
	const struct facts *f = c->facts;
	struct str name = node_name(f, pair), comma = str_empty(keywords->text) ? STR("") : STR(", ");
	node_id value = node_child(f, pair, PART_VALUE);
	if (!value || node_kind(f, value) != NODE_CONST)
		return false;
	if (str_eq(name, library_attribute(entry, "before"))) {
		keywords->is_before = is_true(f, value);
		if (keywords->is_before)
			keywords->text = rule_text(
				c, "%.*s%.*smode=\"before\"", STR_ARG(keywords->text), STR_ARG(comma));
		return true;
	}
	if (str_has_word(library_attribute(entry, "keeps"), name)) {
		keywords->text = rule_text(c, "%.*s%.*s%.*s=%.*s", STR_ARG(keywords->text), STR_ARG(comma),
			STR_ARG(name), STR_ARG(node_name(f, value)));
		return true;
	}
	return str_has_word(library_attribute(entry, "drops"), name);
}

static bool read_keywords(
	struct rule_context *c, node_id decorator, const struct library_entry *entry, struct keywords *keywords)
{
	const struct facts *f = c->facts;
	node_id last = 0;
	*keywords = (struct keywords){ .text = STR("") };
	facts_each_child(f, decorator, argument) {
		bool is_pair = node_kind(f, argument) == NODE_PAIR;
		if ((!is_pair && (node_kind(f, argument) != NODE_STRING || keywords->end)) ||
			(is_pair && !read_keyword(c, argument, entry, keywords)))
			return false;
		if (is_pair && !keywords->end)
			keywords->start = last ? f->nodes[last].end : f->nodes[argument].start;
		if (is_pair)
			keywords->end = f->nodes[argument].end;
		last = argument;
	}
	if (f->nodes[decorator + 1].parent == decorator && node_kind(f, decorator + 1) == NODE_STRING &&
		!str_empty(keywords->text))
		keywords->text = rule_text(c, ", %.*s", STR_ARG(keywords->text));
	return last && (keywords->is_before || str_empty(library_attribute(entry, "only")));
}

void pydantic_fix_validator(
	struct rule_context *c, struct finding *finding, node_id decorator, const struct library_entry *entry)
{
	const struct facts *f = c->facts;
	node_id function = f->nodes[decorator].parent;
	struct str instead = library_attribute(entry, "instead"), name = node_name(f, decorator);
	const struct import *behind = NULL;
	struct keywords keywords;
	bool is_class_method;
	uint32_t spaces;
	if (node_kind(f, function) != NODE_FUNCTION || !str_eq(path_last(name), path_last(entry->name)) ||
		!takes_one_value(f, function) || !stands_alone(f, function, decorator, &is_class_method) ||
		!is_indented_by_spaces(f, function, &spaces) || !read_keywords(c, decorator, entry, &keywords) ||
		has_comment(f, f->nodes[decorator].start, f->nodes[decorator].end) ||
		(str_empty(path_parent(name)) && !can_import(c, decorator, instead, &behind)))
		return;
	uint32_t start = f->nodes[decorator].start;
	add_import(c, finding, behind, instead);
	finding_fix(c, finding, start, start + name.len + 1, path_last(name), instead);
	if (keywords.end)
		finding_replace(c, finding, keywords.start, keywords.end, keywords.text);
	if (!is_class_method)
		finding_replace(c, finding, f->nodes[function].start, f->nodes[function].start,
			rule_text(c, "@classmethod\n%*s", (int)spaces, ""));
}

/* ---- class Config ---- */

/* The key as V2 calls it; empty when it is gone, or became something else than a key. */
static struct str new_key(const struct rule_context *c, struct str key)
{
	const struct library_entry *entry = model_library(c->model, LANGUAGE_PYTHON, key, ROLE_PYDANTIC_V1_CONFIG);
	struct str instead = entry ? library_attribute(entry, "instead") : key;
	for (uint32_t i = 0; i < instead.len; i++)
		if (instead.ptr[i] == ' ' || instead.ptr[i] == '@')
			return STR("");
	return instead;
}

/* Values that stand for themselves as an argument: no tuple without its parentheses, nothing in parentheses. */
static bool is_argument(const struct facts *f, node_id field, node_id value)
{
	static const uint64_t kinds = KIND(CONST) | KIND(NUMBER) | KIND(STRING) | KIND(NAME) | KIND(CALL) |
				      KIND(OBJECT) | KIND(LAMBDA);
	return value && (kinds >> f->nodes[value].kind & 1) && f->nodes[value].end == f->nodes[field].end;
}

/* Does a value name another key of the class? It would not be found from outside. */
static bool names_key(const struct facts *f, node_id class_node, node_id value)
{
	for (node_id n = value; n < f->nodes[value].next; n++)
		if ((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1)
			facts_each_child(f, class_node, key)
				if (str_eq(path_first(node_name(f, n)), node_name(f, key)))
					return true;
	return false;
}

static bool is_plain_config(const struct rule_context *c, node_id class_node)
{
	const struct facts *f = c->facts;
	bool any = false;
	facts_each_child(f, class_node, key) {
		node_id value = node_kind(f, key) == NODE_FIELD ? node_child(f, key, PART_VALUE) : 0;
		if (!is_argument(f, key, value) || str_empty(new_key(c, node_name(f, key))) ||
			names_key(f, class_node, value))
			return false;
		any = true;
	}
	const struct library_entry *base = class_base_role(
		c->model, c->file, f->nodes[class_node].parent, ROLE_PYDANTIC_MODEL);
	if (!base || !str_empty(library_attribute(base, "config")))
		return false;
	facts_each_child(f, f->nodes[class_node].parent, member)
		if (str_is(node_name(f, member), "model_config"))
			return false;
	uint32_t line = facts_line(f, f->nodes[class_node].end);
	uint32_t end = line < f->line_count ? f->lines[line] : f->source_len;
	return any && !has_comment(f, f->nodes[class_node].start, end);
}

/* extra = Extra.allow: V2 takes the word. */
static void fix_value(struct rule_context *c, struct finding *finding, node_id value)
{
	const struct facts *f = c->facts;
	struct meaning means = node_kind(f, value) == NODE_NAME ? model_meaning(c->model, c->file, value)
								: (struct meaning){ 0 };
	if (means.kind == MEANS_LIBRARY &&
		model_library(c->model, LANGUAGE_PYTHON, path_parent(means.name), ROLE_PYDANTIC_V1))
		finding_replace(c, finding, f->nodes[value].start, f->nodes[value].end,
			rule_text(c, "\"%.*s\"", STR_ARG(path_last(means.name))));
}

void pydantic_fix_config(struct rule_context *c, struct finding *finding, node_id class_node)
{
	const struct facts *f = c->facts;
	const struct import *behind;
	struct str maker = STR("ConfigDict");
	if (!is_plain_config(c, class_node) || !can_import(c, class_node, maker, &behind))
		return;
	uint32_t start = f->nodes[class_node].start;
	struct str before = rule_text(c, "model_config = %.*s(", STR_ARG(maker));
	add_import(c, finding, behind, maker);
	facts_each_child(f, class_node, key) {
		node_id value = node_child(f, key, PART_VALUE);
		struct str name = new_key(c, node_name(f, key));
		finding_replace(c, finding, start, f->nodes[value].start,
			rule_text(c, "%.*s%.*s=", STR_ARG(before), STR_ARG(name)));
		fix_value(c, finding, value);
		start = f->nodes[value].end;
		before = STR(", ");
	}
	finding_replace(c, finding, start, start, STR(")"));
}

/* ---- arguments ---- */

/* V2 knows neither looking around nor going back. */
static bool is_simple_pattern(struct str pattern)
{
	for (uint32_t i = 0; i + 1 < pattern.len; i++) {
		char next = pattern.ptr[i + 1];
		if ((pattern.ptr[i] == '(' && next == '?') || (pattern.ptr[i] == '\\' && char_is_digit(next)))
			return false;
	}
	return true;
}

void pydantic_fix_argument(
	struct rule_context *c, struct finding *finding, node_id pair, const struct library_entry *entry)
{
	const struct facts *f = c->facts;
	node_id value = node_child(f, pair, PART_VALUE);
	struct str keeps = library_attribute(entry, "keeps"), instead = library_attribute(entry, "instead");
	bool inverts = str_is(keeps, "opposite");
	if (!value || str_empty(keeps) || (inverts && node_kind(f, value) != NODE_CONST) ||
		(str_is(keeps, "pattern") &&
			(node_kind(f, value) != NODE_STRING || !is_simple_pattern(node_name(f, value)))))
		return;
	finding_fix(c, finding, f->nodes[pair].start, f->nodes[value].start, entry->name, instead);
	if (inverts)
		finding_replace(c, finding, f->nodes[value].start, f->nodes[value].end,
			is_true(f, value) ? STR("False") : STR("True"));
}

/* ---- names that went ---- */

static bool is_use(const struct rule_context *c, node_id n, struct str local, node_id import)
{
	static const uint64_t named = KIND(NAME) | KIND(CALL) | KIND(TYPE) | KIND(DECORATOR) | KIND(MEMBER);
	const struct facts *f = c->facts;
	return (named >> f->nodes[n].kind & 1) && str_eq(path_first(node_name(f, n)), local) &&
	       model_binding(c->model, c->file, n, local) == import;
}

/* __all__, a type in quotes. */
static bool is_spelled(const struct facts *f, node_id n, struct str local)
{
	struct str text = node_kind(f, n) == NODE_STRING ? node_name(f, n) : STR("");
	for (uint32_t i = 0; i + local.len <= text.len; i++)
		if (str_eq(str_slice(text, i, i + local.len), local))
			return true;
	return false;
}

static bool is_taken_elsewhere(const struct rule_context *c, struct str local)
{
	for (file_id file = 0; file < model_file_count(c->model); file++) {
		const struct facts *f = &model_file(c->model, file)->facts;
		for (uint32_t i = 0; i < f->import_count; i++) {
			const struct import *import = &f->imports[i];
			bool named = (import->flags & IMPORT_GLOB) || str_eq(facts_str(f, import->imported), local);
			struct import_link link = named ? model_import(c->model, file, i) : (struct import_link){ 0 };
			if (link.target == IMPORT_FILE && link.file == c->file)
				return true;
		}
	}
	return false;
}

bool pydantic_import_is_unused(const struct rule_context *c, uint32_t index)
{
	const struct facts *f = c->facts;
	const struct import *import = &f->imports[index];
	struct str local = facts_str(f, import->local);
	if (!takes_names(f, import) || str_ends(model_file(c->model, c->file)->path, STR("__init__.py")))
		return false;
	for (node_id n = 1; n < f->node_count; n++)
		if (is_use(c, n, local, import->node) || is_spelled(f, n, local))
			return false;
	return !is_taken_elsewhere(c, local);
}

/* Does a name stand in the same statement as the one before it? One of a statement of its own stands behind `from … import`. */
static bool continues(const struct facts *f, const struct import *before, const struct import *import)
{
	static const char opening[] = "from pydantic import";
	uint32_t line = facts_line(f, f->nodes[import->node].start);
	return str_eq(facts_str(f, before->module), facts_str(f, import->module)) &&
	       (facts_line(f, f->nodes[before->node].start) == line ||
		       facts_column(f, f->nodes[import->node].start) < sizeof(opening));
}

static void remove_import(struct rule_context *c, struct finding *finding, uint32_t index)
{
	const struct facts *f = c->facts;
	const struct import *import = &f->imports[index];
	uint32_t start = f->nodes[import->node].start, end = f->nodes[import->node].end;
	struct str holds = STR(",");
	if (index + 1 < f->import_count && continues(f, import, import + 1)) {
		end = f->nodes[(import + 1)->node].start;
	} else if (index > 0 && continues(f, import - 1, import)) {
		start = f->nodes[(import - 1)->node].end;
	} else {
		start = f->lines[facts_line(f, start) - 1];
		holds = rule_text(c, "from %.*s import %.*s", STR_ARG(facts_str(f, import->module)),
			STR_ARG(facts_str(f, import->local)));
	}
	if (!has_comment(f, start, end))
		finding_fix_whole(c, finding, start, end, holds);
}

/* `TypeAdapter(T).validate_python`, with `pydantic.` before it: what makes it, and its method. */
static bool split_method(struct str instead, struct str *maker, struct str *method)
{
	uint32_t at = 0;
	while (at + 3 < instead.len && !str_eq(str_slice(instead, at, at + 3), STR("(T)")))
		at++;
	*maker = path_last(str_slice(instead, 0, at));
	*method = at + 3 < instead.len ? str_slice(instead, at + 3, instead.len) : STR("");
	return !str_empty(*method) && !str_has_word(*method, STR("+"));
}

/* parse_obj_as(T, value) → TypeAdapter(T).validate_python(value) */
static bool fits_method(const struct facts *f, node_id call)
{
	uint32_t count = 0;
	facts_each_child(f, call, argument) {
		bool is_plain = node_kind(f, argument) != NODE_PAIR && node_kind(f, argument) != NODE_SPREAD;
		if (f->nodes[argument].part != PART_ARG || !is_plain)
			return false;
		count++;
	}
	return node_kind(f, call) == NODE_CALL && count > 0 && count <= 2 &&
	       !has_comment(f, f->nodes[call].start, f->nodes[call].end);
}

static void call_method(
	struct rule_context *c, struct finding *finding, node_id call, struct str maker, struct str method)
{
	const struct facts *f = c->facts;
	node_id type = call_arg(f, call, 0), value = call_arg(f, call, 1);
	uint32_t end = f->nodes[type].end;
	finding_fix(c, finding, f->nodes[call].start, f->nodes[type].start, node_name(f, call), maker);
	finding_replace(c, finding, end, value ? f->nodes[value].start : end, rule_text(c, ")%.*s(", STR_ARG(method)));
}

void pydantic_fix_import(
	struct rule_context *c, struct finding *finding, uint32_t index, const struct library_entry *entry)
{
	const struct facts *f = c->facts;
	const struct import *import = &f->imports[index], *behind;
	struct str local = facts_str(f, import->local), maker, method;
	if (str_is(library_attribute(entry, "kind"), "moved"))
		return;
	if (pydantic_import_is_unused(c, index)) {
		remove_import(c, finding, index);
		return;
	}
	if (!takes_names(f, import) || !str_eq(local, path_last(entry->name)) ||
		!split_method(library_attribute(entry, "instead"), &maker, &method) ||
		!can_import(c, f->node_count - 1, maker, &behind) || !behind)
		return;
	for (node_id n = 1; n < f->node_count; n++)
		if (is_spelled(f, n, local) || (is_use(c, n, local, import->node) && !fits_method(f, n)))
			return;
	finding_fix(c, finding, f->nodes[import->node].start, f->nodes[import->node].end, local, maker);
	for (node_id n = 1; n < f->node_count; n++)
		if (is_use(c, n, local, import->node))
			call_method(c, finding, n, maker, method);
}
