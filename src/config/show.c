/* The configuration in force, as YAML that can be read back. */
#include "config/config.h"

#include "config/internal.h"

static void add_quoted(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	for (uint32_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '"' || c == '\\')
			buf_add_char(out, '\\');
		if ((unsigned char)c < 0x20 || c == 0x7F)
			buf_printf(out, "\\x%02x", (unsigned)(unsigned char)c);
		else
			buf_add_char(out, c);
	}
	buf_add_char(out, '"');
}

static void add_list(struct buf *out, const struct str *items, uint32_t count)
{
	buf_add_char(out, '[');
	for (uint32_t i = 0; i < count; i++) {
		buf_add_text(out, i ? ", " : "");
		add_quoted(out, items[i]);
	}
	buf_add_char(out, ']');
}

/* Booleans and numbers stand bare, texts in quotes. */
static void add_value(struct buf *out, const struct rule_option *row, const struct str *values, uint32_t count)
{
	if (row->type == OPTION_STRINGS)
		add_list(out, values, count);
	else if (count)
		buf_add(out, values[0]);
}

static void add_default(struct buf *out, const struct rule_option *row)
{
	struct str value = str_from(row->fallback);
	add_value(out, row, &value, value.len ? 1 : 0);
}

/* " # bylaw.yaml:12" or " # default" */
static void add_source(struct buf *out, const struct config *c, const struct config_source *source, uint32_t line)
{
	if (!source->rule)
		buf_add_text(out, " # default\n");
	else
		buf_printf(out, " # %.*s:%u%s\n", STR_ARG(c->path), line, source->override ? ", an override" : "");
}

static void show_option(const struct config *c, const struct rule *rule, const struct rule_option *row, struct str path,
	struct buf *out)
{
	struct config_source source = config_find(c, rule, path, str_from(row->name));
	const struct config_option *set = source.option;
	buf_printf(out, "      %s: ", row->name);
	if (set)
		add_value(out, row, set->values.items, set->values.count);
	else
		add_default(out, row);
	add_source(out, c, &source, set ? set->line : 0);
}

static void show_excludes(const struct config *c, const struct rule *rule, struct buf *out)
{
	bool any = false;
	for (uint32_t i = 0; i < c->rules.count; i++) {
		const struct config_rule *r = &c->rules.items[i];
		for (uint32_t k = 0; config_closeness(r->id, rule) && k < r->exclude.count; k++) {
			buf_add_text(out, any ? ", " : "    exclude: [");
			add_quoted(out, r->exclude.items[k]);
			any = true;
		}
	}
	buf_add_text(out, any ? "]\n" : "");
}

static void show_rule(const struct config *c, const struct rule *rule, struct str path, struct buf *out)
{
	enum severity severity = rule->severity;
	struct config_source source = config_find(c, rule, path, STR(""));
	if (source.rule)
		severity = source.rule->severity;
	buf_printf(out, "  %s:\n    severity: %s", rule->id, config_severities[severity]);
	add_source(out, c, &source, source.rule ? source.rule->line : 0);
	if (rule->options && rule->options->name)
		buf_add_text(out, "    options:\n");
	for (const struct rule_option *row = rule->options; row && row->name; row++)
		show_option(c, rule, row, path, out);
	show_excludes(c, rule, out);
	if (path.len && !config_excludes(c, NULL, path) && config_excludes(c, rule, path))
		buf_add_text(out, "    # silent at this path: excluded\n");
}

/* The first rule of the schema that an id names and that knows the option: they agree on its type. */
static const struct rule_option *find_row(const struct config_schema *schema, struct str id, struct str name)
{
	for (uint32_t i = 0; i < schema->rule_count; i++) {
		const struct rule_option *row = config_rule_option(schema->rules[i], name);
		if (row && config_closeness(id, schema->rules[i]))
			return row;
	}
	return NULL;
}

static void show_override_rule(const struct config_rule *rule, const struct config_schema *schema, struct buf *out)
{
	buf_add_text(out, "      ");
	add_quoted(out, rule->id);
	buf_add_text(out, ":\n");
	if (rule->has_severity)
		buf_printf(out, "        severity: %s\n", config_severities[rule->severity]);
	if (rule->options.count)
		buf_add_text(out, "        options:\n");
	for (uint32_t i = 0; i < rule->options.count; i++) {
		const struct config_option *o = &rule->options.items[i];
		const struct rule_option *row = find_row(schema, rule->id, o->name);
		buf_printf(out, "          %.*s: ", STR_ARG(o->name));
		if (row)
			add_value(out, row, o->values.items, o->values.count);
		buf_add_char(out, '\n');
	}
	if (rule->exclude.count) {
		buf_add_text(out, "        exclude: ");
		add_list(out, rule->exclude.items, rule->exclude.count);
		buf_add_char(out, '\n');
	}
	if (!rule->has_severity && !rule->options.count && !rule->exclude.count)
		buf_add_text(out, "        {}\n");
}

static void show_overrides(const struct config *c, const struct config_schema *schema, struct buf *out)
{
	buf_add_text(out, c->overrides.count ? "overrides:\n" : "overrides: []\n");
	for (uint32_t i = 0; i < c->overrides.count; i++) {
		const struct config_override *block = &c->overrides.items[i];
		buf_add_text(out, "  - files: ");
		add_list(out, block->files.items, block->files.count);
		buf_add_text(out, block->rules.count ? "\n    rules:\n" : "\n");
		for (uint32_t k = 0; k < block->rules.count; k++)
			show_override_rule(&block->rules.items[k], schema, out);
	}
}

static void show_layers(const struct config *c, struct buf *out)
{
	buf_add_text(out, c->layers.count ? "layers:\n" : "layers: {}\n");
	for (uint32_t i = 0; i < c->layers.count; i++) {
		buf_printf(out, "  %.*s: ", STR_ARG(c->layers.items[i].name));
		add_list(out, c->layers.items[i].files.items, c->layers.items[i].files.count);
		buf_add_char(out, '\n');
	}
}

static void show_libraries(const struct config *c, struct buf *out)
{
	if (!c->libraries.len)
		return;
	bool is_flow = c->libraries.ptr[0] == '{' || c->libraries.ptr[0] == '[';
	buf_printf(out, "libraries:%s%.*s\n", is_flow ? " " : "\n", STR_ARG(c->libraries));
}

void config_show(const struct config *c, const struct config_schema *schema, struct str path, struct buf *out)
{
	if (c->path.len)
		buf_printf(out, "# from %.*s", STR_ARG(c->path));
	else
		buf_add_text(out, "# no bylaw.yaml: the defaults");
	if (path.len)
		buf_printf(out, ", as it holds for %.*s", STR_ARG(path));
	buf_add_text(out, "\nexclude: ");
	add_list(out, c->exclude.items, c->exclude.count);
	if (path.len && config_excludes(c, NULL, path))
		buf_add_text(out, " # this path is not read");
	buf_printf(out, "\npeer-suppressions: %s\n", c->peer_suppressions ? "true" : "false");
	show_layers(c, out);
	buf_add_text(out, "rules:\n");
	for (uint32_t i = 0; i < schema->rule_count; i++)
		show_rule(c, schema->rules[i], path, out);
	if (!path.len)
		show_overrides(c, schema, out);
	show_libraries(c, out);
}
