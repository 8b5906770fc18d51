/* JSON Schema (draft 7) of bylaw.yaml, for editors. */
#include "config/config.h"

#include "base/mem.h"
#include "config/internal.h"

#include <cjson/cJSON.h>

static void set(cJSON *object, const char *key, cJSON *value)
{
	cJSON_AddItemToObjectCS(object, key, value);
}

static cJSON *typed(const char *type, const char *description)
{
	cJSON *schema = cJSON_CreateObject();
	set(schema, "type", cJSON_CreateString(type));
	if (description)
		set(schema, "description", cJSON_CreateString(description));
	return schema;
}

static cJSON *reference(const char *where)
{
	cJSON *schema = cJSON_CreateObject();
	set(schema, "$ref", cJSON_CreateString(where));
	return schema;
}

/* draft 7 ignores what stands beside a $ref */
static cJSON *described(cJSON *schema, const char *description)
{
	cJSON *outer = cJSON_CreateObject(), *all = cJSON_CreateArray();
	cJSON_AddItemToArray(all, schema);
	set(outer, "description", cJSON_CreateString(description));
	set(outer, "allOf", all);
	return outer;
}

/* An object that takes the given keys and no other. */
static cJSON *closed(cJSON *properties, const char *description)
{
	cJSON *schema = typed("object", description);
	set(schema, "additionalProperties", cJSON_CreateFalse());
	set(schema, "properties", properties);
	return schema;
}

static cJSON *either(cJSON *a, cJSON *b)
{
	cJSON *schema = cJSON_CreateObject(), *list = cJSON_CreateArray();
	cJSON_AddItemToArray(list, a);
	cJSON_AddItemToArray(list, b);
	set(schema, "anyOf", list);
	return schema;
}

static cJSON *texts(void)
{
	cJSON *list = typed("array", NULL);
	set(list, "items", typed("string", NULL));
	return either(typed("string", NULL), list);
}

static cJSON *option_schema(const struct rule_option *row)
{
	cJSON *schema;
	switch (row->type) {
	case OPTION_BOOL:
		schema = typed("boolean", row->help);
		set(schema, "default", cJSON_CreateBool(strcmp(row->fallback, "true") == 0));
		return schema;
	case OPTION_NUMBER:
		schema = typed("number", row->help);
		set(schema, "minimum", cJSON_CreateNumber(0));
		set(schema, "maximum", cJSON_CreateNumber(CONFIG_MAX_NUMBER));
		set(schema, "default", cJSON_CreateRaw(row->fallback));
		return schema;
	default:
		return described(texts(), row->help);
	}
}

/* A severity alone, or the long form. `rule` is NULL for areas and `*`, whose options are those of many
 * rules. */
static cJSON *rule_schema(const struct rule *rule, const char *description)
{
	cJSON *options = cJSON_CreateObject(), *properties = cJSON_CreateObject();
	for (const struct rule_option *row = rule ? rule->options : NULL; row && row->name; row++)
		set(options, row->name, option_schema(row));
	set(properties, "severity", reference("#/definitions/severity"));
	set(properties, "options", rule ? closed(options, NULL) : typed("object", "Options of these rules"));
	set(properties, "exclude", described(reference("#/definitions/paths"), "Where the rule is silent"));
	if (!rule)
		cJSON_Delete(options);
	return described(either(reference("#/definitions/severity"), closed(properties, NULL)), description);
}

static void add_area(cJSON *properties, const struct rule *rule)
{
	struct buf id = { 0 };
	buf_printf(&id, "%.*s/*", STR_ARG(config_area(rule)));
	if (!cJSON_GetObjectItemCaseSensitive(properties, buf_cstr(&id)))
		cJSON_AddItemToObject(properties, buf_cstr(&id), rule_schema(NULL, "All rules of this area"));
	buf_release(&id);
}

static cJSON *rules_schema(const struct config_schema *schema)
{
	cJSON *properties = cJSON_CreateObject();
	set(properties, "*", rule_schema(NULL, "All rules"));
	for (uint32_t i = 0; i < schema->rule_count; i++) {
		const struct rule *rule = schema->rules[i];
		struct buf description = { 0 };
		buf_printf(&description, "§%s: %s", rule->clauses, rule->title);
		add_area(properties, rule);
		set(properties, rule->id, rule_schema(rule, buf_cstr(&description)));
		buf_release(&description);
	}
	return closed(properties, "Severity and options by rule, by area (`node/*`) or for all (`*`)");
}

static cJSON *overrides_schema(void)
{
	cJSON *properties = cJSON_CreateObject(), *required = cJSON_CreateArray();
	set(properties, "files", reference("#/definitions/paths"));
	set(properties, "rules", reference("#/definitions/rules"));
	cJSON *block = closed(properties, NULL);
	cJSON_AddItemToArray(required, cJSON_CreateString("files"));
	set(block, "required", required);
	cJSON *list = typed("array", "Rules for some paths only; later blocks win");
	set(list, "items", block);
	return list;
}

static cJSON *layers_schema(void)
{
	cJSON *properties = cJSON_CreateObject();
	for (uint32_t i = 0; i < LAYER_COUNT; i++)
		set(properties, config_layers[i], reference("#/definitions/paths"));
	return closed(properties, "Which files belong to a layer, where names and decorators do not tell");
}

static cJSON *definitions(const struct config_schema *schema)
{
	cJSON *all = cJSON_CreateObject(), *severity = typed("string", NULL);
	set(severity, "enum", cJSON_CreateStringArray(config_severities, SEVERITY_COUNT));
	set(all, "severity", severity);
	set(all, "paths", described(texts(), "Path patterns from the root: *, **, ?, [a-z], {a,b}"));
	set(all, "rules", rules_schema(schema));
	return all;
}

static cJSON *top_level(void)
{
	cJSON *properties = cJSON_CreateObject();
	set(properties, "exclude", described(reference("#/definitions/paths"), "Files that are not read at all"));
	set(properties, "peer-suppressions",
		typed("boolean", "Honour the ignore comments of other linters for rules that mean the same"));
	set(properties, "rules", reference("#/definitions/rules"));
	set(properties, "overrides", overrides_schema());
	set(properties, "layers", layers_schema());
	set(properties, "libraries", typed("object", "What the names of in-house libraries mean"));
	return properties;
}

void config_json_schema(const struct config_schema *schema, struct buf *out)
{
	cJSON *root = closed(top_level(), "Settings of bylaw");
	cJSON_AddStringToObject(root, "$schema", "http://json-schema.org/draft-07/schema#");
	cJSON_AddStringToObject(root, "title", "bylaw.yaml");
	set(root, "definitions", definitions(schema));
	char *text = cJSON_Print(root);
	buf_add_text(out, text);
	buf_add_char(out, '\n');
	cJSON_free(text);
	cJSON_Delete(root);
}
