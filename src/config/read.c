/* From the YAML tree to struct config: tables of keys, each with the function that reads its value. */
#include "config/config.h"

#include "base/glob.h"
#include "base/utf8.h"
#include "config/internal.h"
#include "config/suggest.h"
#include "config/yaml.h"

enum { SHOWN_TEXT = 60 };

static const struct yaml_limits limits = { .depth = 64, .nodes = 10000 };

struct reader {
	struct config *c;
	const struct config_schema *schema;
	struct str path, bytes;
	struct err *err;
};

struct key {
	const char *name;
	bool (*read)(struct reader *r, const struct yaml_node *value, void *into);
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Text from the file as a message may show it. */
static const char *shown(struct reader *r, struct str text)
{
	struct buf visible = { 0 };
	utf8_add_visible(&visible, text, SHOWN_TEXT);
	struct str copy = arena_str(&r->c->arena, buf_str(&visible));
	buf_release(&visible);
	return copy.ptr;
}

static bool fail_expected(struct reader *r, const struct yaml_node *node, const char *expected)
{
	if (node->kind == YAML_SCALAR && node->text.len)
		return yaml_fail(r->err, r->path, node, "expected %s, not \"%s\"", expected, shown(r, node->text));
	static const char *const kinds[] = { "nothing", "keys", "a list" };
	return yaml_fail(r->err, r->path, node, "expected %s, not %s", expected, kinds[node->kind]);
}

static bool fail_unknown(struct reader *r, const struct yaml_node *node, const char *what, const struct suggestion *s,
	const char *advice)
{
	if (s->best.len)
		return yaml_fail(r->err, r->path, node, "unknown %s \"%s\"; did you mean \"%.*s\"?", what,
			shown(r, s->word), STR_ARG(s->best));
	return yaml_fail(r->err, r->path, node, "unknown %s \"%s\"; %s", what, shown(r, s->word), advice);
}

/* "one of a, b, c" */
static const char *one_of(struct reader *r, const char *const *words, size_t count)
{
	struct buf list = { 0 };
	buf_add_text(&list, "one of ");
	for (size_t i = 0; i < count; i++) {
		buf_add_text(&list, i ? ", " : "");
		buf_add_text(&list, words[i]);
	}
	struct str copy = arena_str(&r->c->arena, buf_str(&list));
	buf_release(&list);
	return copy.ptr;
}

/* The index of a scalar among a few words, or `count` with an error. */
static uint32_t read_word(
	struct reader *r, const struct yaml_node *node, const char *what, const char *const *words, uint32_t count)
{
	const char *expected = one_of(r, words, count);
	if (node->kind != YAML_SCALAR || !node->text.len) {
		fail_expected(r, node, expected);
		return count;
	}
	struct suggestion nearest = { .word = node->text };
	for (uint32_t i = 0; i < count; i++) {
		if (str_is(node->text, words[i]))
			return i;
		suggest_from(&nearest, str_from(words[i]));
	}
	fail_unknown(r, node, what, &nearest, expected);
	return count;
}

static const struct key *find_key(struct reader *r, const struct yaml_node *node, const struct key *keys, size_t count)
{
	struct suggestion nearest = { .word = node->text };
	const char *names[8];
	for (size_t i = 0; i < count; i++) {
		if (str_is(node->text, keys[i].name))
			return &keys[i];
		names[i] = keys[i].name;
		suggest_from(&nearest, str_from(keys[i].name));
	}
	fail_unknown(r, node, "key", &nearest, one_of(r, names, count));
	return NULL;
}

static bool read_keys(struct reader *r, const struct yaml_node *map, const struct key *keys, size_t count, void *into)
{
	if (map->kind != YAML_MAP)
		return fail_expected(r, map, "keys");
	yaml_each(map, value) {
		const struct key *key = find_key(r, value->key, keys, count);
		if (!key || (!yaml_is_null(value) && !key->read(r, value, into)))
			return false;
	}
	return true;
}

static bool is_text(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR && !yaml_is_null(node);
}

static bool is_texts(const struct yaml_node *node)
{
	if (node->kind != YAML_LIST)
		return is_text(node);
	yaml_each(node, item)
		if (!is_text(item))
			return false;
	return true;
}

static bool check_glob(struct reader *r, const struct yaml_node *node)
{
	struct err problem = { 0 };
	if (!is_text(node))
		return fail_expected(r, node, "a path pattern");
	return glob_check(node->text, &problem) ||
	       yaml_fail(r->err, r->path, node, "pattern \"%s\": %s", shown(r, node->text), problem.message);
}

static bool check_globs(struct reader *r, const struct yaml_node *node)
{
	if (node->kind == YAML_MAP)
		return fail_expected(r, node, "a list of path patterns");
	if (node->kind == YAML_SCALAR)
		return check_glob(r, node);
	yaml_each(node, item)
		if (!check_glob(r, item))
			return false;
	return true;
}

/* The texts of a list, or of a scalar as a list of one. A macro, since each VEC is a type of its own. */
#define take_texts(vec, node)                                                                   \
	do {                                                                                    \
		if ((node)->kind == YAML_SCALAR)                                                \
			vec_push((vec), (node)->text);                                          \
		for (const struct yaml_node *item_ = (node)->first; item_; item_ = item_->next) \
			vec_push((vec), item_->text);                                           \
	} while (0)

static bool read_exclude(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config *c = into;
	if (!check_globs(r, value))
		return false;
	take_texts(&c->exclude, value);
	return true;
}

static bool is_bool(const struct yaml_node *node)
{
	return node->kind == YAML_SCALAR && node->plain && (str_is(node->text, "true") || str_is(node->text, "false"));
}

/* Decimal digits with a fraction or without. Signs, exponents and hexadecimal are more often slips than
 * meant. */
static bool is_number(const struct yaml_node *node)
{
	double value = 0, scale = 1;
	uint32_t digits = 0, points = 0;
	for (uint32_t i = 0; i < node->text.len; i++) {
		char c = node->text.ptr[i];
		if (c == '.' && digits && !points++)
			continue;
		if (c < '0' || c > '9' || ++digits > 30)
			return false;
		scale *= points ? 10 : 1;
		value = value * 10 + (c - '0');
	}
	bool ends_well = digits && node->text.ptr[node->text.len - 1] != '.';
	return node->kind == YAML_SCALAR && node->plain && ends_well && value / scale <= CONFIG_MAX_NUMBER;
}

static bool read_peers(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config *c = into;
	if (!is_bool(value))
		return fail_expected(r, value, "true or false");
	c->peer_suppressions = str_is(value->text, "true");
	return true;
}

static const struct {
	const char *expected;
	bool (*fits)(const struct yaml_node *node);
} option_types[] = {
	[OPTION_BOOL] = { "true or false", is_bool },
	[OPTION_STRINGS] = { "text or a list of texts", is_texts },
	[OPTION_NUMBER] = { "a number from 0 to 1000000000, such as 30", is_number },
};

/* The option must be known to one of the rules that the id names, and fit all that know it. */
static bool check_option(struct reader *r, const struct yaml_node *value, struct str id)
{
	struct suggestion nearest = { .word = value->key->text };
	bool known = false;
	for (uint32_t i = 0; i < r->schema->rule_count; i++) {
		const struct rule *rule = r->schema->rules[i];
		if (!config_closeness(id, rule))
			continue;
		for (const struct rule_option *o = rule->options; o && o->name; o++)
			suggest_from(&nearest, str_from(o->name));
		const struct rule_option *o = config_rule_option(rule, value->key->text);
		known |= o != NULL;
		if (o && !option_types[o->type].fits(value))
			return fail_expected(r, value, option_types[o->type].expected);
	}
	return known || fail_unknown(r, value->key, "option", &nearest, "see `bylaw explain` for a rule's options");
}

static bool read_options(struct reader *r, const struct yaml_node *map, void *into)
{
	struct config_rule *rule = into;
	if (map->kind != YAML_MAP)
		return fail_expected(r, map, "options by name");
	yaml_each(map, value) {
		if (!check_option(r, value, rule->id))
			return false;
		struct config_option option = { .name = value->key->text, .line = value->key->line };
		take_texts(&option.values, value);
		vec_push(&rule->options, option);
	}
	return true;
}

static bool read_severity(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config_rule *rule = into;
	uint32_t severity = read_word(r, value, "severity", config_severities, SEVERITY_COUNT);
	if (severity == SEVERITY_COUNT)
		return false;
	rule->has_severity = true;
	rule->severity = (enum severity)severity;
	return true;
}

static bool read_rule_exclude(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config_rule *rule = into;
	if (!check_globs(r, value))
		return false;
	take_texts(&rule->exclude, value);
	return true;
}

static const struct key rule_keys[] = {
	{ "severity", read_severity },
	{ "options", read_options },
	{ "exclude", read_rule_exclude },
};

static bool check_rule_id(struct reader *r, const struct yaml_node *key)
{
	struct suggestion nearest = { .word = key->text };
	for (uint32_t i = 0; i < r->schema->rule_count; i++) {
		const struct rule *rule = r->schema->rules[i];
		if (config_closeness(key->text, rule))
			return true;
		suggest_from(&nearest, str_from(rule->id));
		if (str_ends(key->text, STR("/*")))
			suggest_from(&nearest, arena_printf(&r->c->arena, "%.*s/*", STR_ARG(config_area(rule))));
	}
	return str_is(key->text, "*") || fail_unknown(r, key, "rule", &nearest, "`bylaw rules` lists them all");
}

static bool read_rule(struct reader *r, const struct yaml_node *value, struct config_rule *rule)
{
	if (value->kind == YAML_MAP)
		return read_keys(r, value, rule_keys, COUNT(rule_keys), rule);
	if (is_text(value))
		return read_severity(r, value, rule);
	return fail_expected(r, value, "a severity, or severity, options and exclude");
}

static bool read_rules(struct reader *r, const struct yaml_node *map, void *into)
{
	struct config_override *block = into;
	if (map->kind != YAML_MAP)
		return fail_expected(r, map, "rules by id");
	yaml_each(map, value) {
		if (!check_rule_id(r, value->key))
			return false;
		struct config_rule rule = { .id = value->key->text, .line = value->key->line };
		vec_push(&block->rules, rule);
		if (!read_rule(r, value, &vec_last(&block->rules)))
			return false;
	}
	return true;
}

static bool read_top_rules(struct reader *r, const struct yaml_node *map, void *into)
{
	struct config *c = into;
	struct config_override block = { 0 };
	bool good = read_rules(r, map, &block);
	c->rules.items = block.rules.items;
	c->rules.count = block.rules.count;
	c->rules.capacity = block.rules.capacity;
	return good;
}

static bool read_files(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config_override *block = into;
	if (!check_globs(r, value))
		return false;
	take_texts(&block->files, value);
	return true;
}

static const struct key override_keys[] = {
	{ "files", read_files },
	{ "rules", read_rules },
};

static bool read_overrides(struct reader *r, const struct yaml_node *list, void *into)
{
	struct config *c = into;
	if (list->kind != YAML_LIST)
		return fail_expected(r, list, "a list of blocks with files and rules");
	yaml_each(list, item) {
		struct config_override empty = { 0 };
		vec_push(&c->overrides, empty);
		struct config_override *block = &vec_last(&c->overrides);
		if (!read_keys(r, item, override_keys, COUNT(override_keys), block))
			return false;
		if (!block->files.count)
			return yaml_fail(r->err, r->path, item, "an override needs `files:`, the paths it is for");
	}
	return true;
}

static bool read_layers(struct reader *r, const struct yaml_node *map, void *into)
{
	struct config *c = into;
	if (map->kind != YAML_MAP)
		return fail_expected(r, map, "layers by name");
	yaml_each(map, value) {
		if (read_word(r, value->key, "layer", config_layers, LAYER_COUNT) == LAYER_COUNT)
			return false;
		if (!check_globs(r, value))
			return false;
		struct config_layer layer = { .name = value->key->text };
		take_texts(&layer.files, value);
		vec_push(&c->layers, layer);
	}
	return true;
}

/* Text for the model's own reader: from the beginning of the line, so that the indentation stays whole. */
static bool read_libraries(struct reader *r, const struct yaml_node *value, void *into)
{
	struct config *c = into;
	if (value->kind == YAML_SCALAR)
		return fail_expected(r, value, "libraries by name");
	uint32_t start = value->start;
	while (start && r->bytes.ptr[start - 1] == ' ')
		start--;
	if (start && r->bytes.ptr[start - 1] != '\n')
		start = value->start;
	c->libraries = arena_str(&c->arena, str_slice(r->bytes, start, value->end));
	c->libraries_line = value->line;
	return true;
}

static const struct key top_keys[] = {
	{ "exclude", read_exclude },
	{ "rules", read_top_rules },
	{ "overrides", read_overrides },
	{ "layers", read_layers },
	{ "libraries", read_libraries },
	{ "peer-suppressions", read_peers },
};

bool config_parse(
	struct config *c, const struct config_schema *schema, struct str path, struct str bytes, struct err *err)
{
	config_defaults(c);
	c->path = arena_str(&c->arena, path);
	struct reader r = { c, schema, path, bytes, err };
	struct yaml_node *root;
	bool good = yaml_parse(&c->arena, path, bytes, &limits, &root, err);
	if (good && root)
		good = read_keys(&r, root, top_keys, COUNT(top_keys), c);
	if (!good)
		config_release(c);
	return good;
}
