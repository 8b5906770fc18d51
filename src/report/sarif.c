/* SARIF 2.1.0 as GitHub code scanning reads it. */
#include "report/sarif.h"

#include "report/formats.h"

enum { MAX_RESULTS = 25000, MAX_TAGS = 10, MAX_DESCRIPTION = 1024, MAX_NAME = 255 };

static const char *const problem_severities[] = { "recommendation", "recommendation", "warning", "error" };
static const char *const precisions[] = { [PRECISE] = "very-high", [DETECTOR] = "medium" };

static void add_message(cJSON *object, const char *key, struct str text)
{
	json_text(json_object(object, key), "text", text);
}

/* "node/no-console" → "NodeNoConsole" */
static void add_name(cJSON *object, const char *id)
{
	struct buf name = { 0 };
	bool upper = true;
	for (; *id && name.len < MAX_NAME; id++) {
		if (*id == '/' || *id == '-') {
			upper = true;
			continue;
		}
		buf_add_char(&name, upper && *id >= 'a' && *id <= 'z' ? (char)(*id - 'a' + 'A') : *id);
		upper = false;
	}
	json_text(object, "name", buf_str(&name));
	buf_release(&name);
}

static void add_descriptions(cJSON *object, const struct rule *rule)
{
	struct buf full = { 0 };
	buf_add_text(&full, rule->title);
	if (rule->clauses && *rule->clauses)
		buf_printf(&full, " (§%s of the written rules)", rule->clauses);
	if (full.len > MAX_DESCRIPTION)
		full.len = MAX_DESCRIPTION;
	add_message(object, "shortDescription", str_slice(str_from(rule->title), 0, MAX_DESCRIPTION));
	add_message(object, "fullDescription", buf_str(&full));
	buf_release(&full);
}

static void add_help(cJSON *object, const struct rule *rule, const struct format_options *options)
{
	const char *page = options->rule_page ? options->rule_page(rule) : NULL;
	cJSON *help = json_object(object, "help");
	json_text(help, "text", str_from(page && *page ? page : rule->title));
	if (page && *page)
		json_text(help, "markdown", str_from(page));
}

static void add_tag(cJSON *tags, const char *prefix, struct str text)
{
	struct buf tag = { 0 };
	buf_add_text(&tag, prefix);
	buf_add(&tag, text);
	if (text.len && cJSON_GetArraySize(tags) < MAX_TAGS)
		cJSON_AddItemToArray(tags, cJSON_CreateString(buf_cstr(&tag)));
	buf_release(&tag);
}

static void add_properties(cJSON *object, const struct rule *rule)
{
	cJSON *properties = json_object(object, "properties");
	cJSON *tags = json_array(properties, "tags");
	struct str id = str_from(rule->id), rest = str_from(rule->clauses), clause;
	uint32_t slash = str_find(id, '/');
	add_tag(tags, "", str_slice(id, 0, slash == UINT32_MAX ? 0 : slash));
	while (str_split(&rest, ',', &clause))
		add_tag(tags, "clause-", str_trim(clause));
	json_text(properties, "precision", str_from(precisions[rule->precision]));
	json_text(properties, "problem.severity", str_from(problem_severities[rule->severity]));
}

static void add_rule(struct sarif *s, cJSON *rules, const struct rule *rule)
{
	str_map_put(&s->rule_index, str_from(rule->id), (uint32_t)cJSON_GetArraySize(rules), NULL);
	cJSON *object = json_item(rules);
	json_text(object, "id", str_from(rule->id));
	add_name(object, rule->id);
	add_descriptions(object, rule);
	add_help(object, rule, s->options);
	cJSON *configuration = json_object(object, "defaultConfiguration");
	if (rule->severity == SEVERITY_OFF)
		json_set(configuration, "enabled", cJSON_CreateFalse());
	else
		json_text(configuration, "level", str_from(sarif_level(rule->severity)));
	add_properties(object, rule);
}

static void add_tool(struct sarif *s, cJSON *run)
{
	cJSON *driver = json_object(json_object(run, "tool"), "driver");
	json_text(driver, "name", STR("bylaw"));
	json_text(driver, "version", str_from(s->options->version));
	json_text(driver, "semanticVersion", str_from(s->options->version));
	cJSON *rules = json_array(driver, "rules");
	for (uint32_t i = 0; i < s->options->rule_count; i++)
		add_rule(s, rules, s->options->rules[i]);
}

static cJSON *add_notification(cJSON *list, const char *id, const char *level, struct str text)
{
	cJSON *notification = json_item(list);
	json_text(json_object(notification, "descriptor"), "id", str_from(id));
	json_text(notification, "level", str_from(level));
	add_message(notification, "message", text);
	return notification;
}

static void add_skipped(struct sarif *s, cJSON *list, const struct skipped_file *file)
{
	const char *id = skip_id(file);
	struct str text = file->reason == SKIP_NONE ? STR("Only parts of this file could be parsed.")
						    : STR("This file was not analysed.");
	struct place place = { .path = file->path, .line = file->first_bad_line, .end_line = file->first_bad_line + 1 };
	cJSON *notification = add_notification(list, id, "warning", text);
	cJSON *location = json_item(json_array(notification, "locations"));
	if (file->first_bad_line)
		sarif_location(s, location, &place);
	else
		sarif_file(s, location, file->path); /* not opened again: it may be a FIFO by now */
}

static void add_abstention(struct sarif *s, cJSON *list, const struct abstention *a)
{
	struct buf text = { 0 };
	buf_add(&text, a->reason);
	buf_printf(&text, " (%u file%s)", a->count, a->count == 1 ? "" : "s");
	cJSON *notification = add_notification(list, "abstention", "note", buf_str(&text));
	cJSON *rule = json_object(notification, "associatedRule");
	json_text(rule, "id", str_from(a->rule->id));
	const uint32_t *index = str_map_get(&s->rule_index, str_from(a->rule->id));
	if (index)
		json_number(rule, "index", *index);
	buf_release(&text);
}

static void add_invocation(struct sarif *s, cJSON *run, const struct report *r)
{
	cJSON *invocation = json_item(json_array(run, "invocations"));
	json_set(invocation, "executionSuccessful", cJSON_CreateBool(!s->options->incomplete));
	cJSON *list = json_array(invocation, "toolExecutionNotifications");
	for (uint32_t i = 0; i < r->skipped.count; i++)
		add_skipped(s, list, &r->skipped.items[i]);
	for (uint32_t i = 0; i < r->abstentions.count; i++)
		add_abstention(s, list, &r->abstentions.items[i]);
	uint32_t count = report_count(r, SEVERITY_OFF);
	if (count > MAX_RESULTS) {
		struct buf text = { 0 };
		buf_printf(&text, "%u findings; the %d gravest are listed, which is as many as GitHub takes.", count,
			MAX_RESULTS);
		add_notification(list, "limit/results", "warning", buf_str(&text));
		buf_release(&text);
	}
}

static void add_bases(cJSON *run)
{
	cJSON *base = json_object(json_object(run, "originalUriBaseIds"), "%SRCROOT%");
	add_message(base, "description", STR("The root of the repository."));
}

/* Where lines end by base/line.h: a lone \r is not among what SARIF takes for granted. */
static void add_line_ends(cJSON *run)
{
	static const char *const sequences[] = { "\r\n", "\n", "\r" };
	cJSON *list = json_array(run, "newlineSequences");
	for (size_t i = 0; i < sizeof(sequences) / sizeof(*sequences); i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(sequences[i]));
}

/*
 * The gravest that fit. Suppressed ones stay away: GitHub does not read `suppressions` and would open an alert for each. They
 * are counted all the same, so that fingerprints are those of the other formats.
 */
static void add_results(struct sarif *s, cJSON *run, const struct report *r)
{
	cJSON *list = json_array(run, "results");
	uint32_t room[SEVERITY_ERROR + 1] = { 0 }, left = MAX_RESULTS;
	for (uint32_t i = 0; i < r->findings.count; i++)
		if (r->findings.items[i]->suppression == NOT_SUPPRESSED)
			room[r->findings.items[i]->severity]++;
	for (uint32_t severity = SEVERITY_ERROR + 1; severity-- > 0;) {
		room[severity] = room[severity] < left ? room[severity] : left;
		left -= room[severity];
	}
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		bool fits = f->suppression == NOT_SUPPRESSED && room[f->severity] > 0;
		room[f->severity] -= fits;
		sarif_result(s, fits ? list : NULL, f);
	}
}

void format_sarif(const struct report *r, const struct format_options *options, struct buf *out)
{
	struct sarif s = { .options = options, .lines = { .options = options } };
	cJSON *root = cJSON_CreateObject();
	json_text(root, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
	json_text(root, "version", STR("2.1.0"));
	cJSON *run = json_item(json_array(root, "runs"));
	add_tool(&s, run);
	add_invocation(&s, run, r);
	add_bases(run);
	json_text(run, "columnKind", STR("utf16CodeUnits"));
	add_line_ends(run);
	json_text(json_object(run, "automationDetails"), "id", STR("bylaw/"));
	add_results(&s, run, r);
	json_print(root, out);
	lines_release(&s.lines);
	line_hashes_release(&s.hashes);
	fingerprints_release(&s.fingerprints);
	str_map_release(&s.rule_index);
}
