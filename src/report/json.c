/* Everything the report holds, as one object on one line. */
#include "report/formats.h"

#include "config/config.h"
#include "report/edits.h"
#include "report/encode.h"
#include "report/fingerprint.h"
#include "report/lines.h"

static const char *const suppressions[] = {
	[SUPPRESSED_IN_SOURCE] = "in-source", [SUPPRESSED_BY_BASELINE] = "baseline"
};
static const char *const precisions[] = { [PRECISE] = "precise", [DETECTOR] = "detector" };

static void add_place(cJSON *object, const struct place *p)
{
	json_text(object, "path", p->path);
	json_number(object, "line", p->line);
	json_number(object, "column", p->column);
	json_number(object, "endLine", p->end_line);
	json_number(object, "endColumn", p->end_column);
	json_set(object, "inBase", cJSON_CreateBool(p->in_base));
}

static void add_clauses(cJSON *object, const struct rule *rule)
{
	cJSON *clauses = json_array(object, "clauses");
	struct str rest = str_from(rule->clauses), part;
	while (str_split(&rest, ',', &part)) {
		struct buf clause = { 0 };
		buf_add(&clause, str_trim(part));
		if (clause.len)
			cJSON_AddItemToArray(clauses, cJSON_CreateString(buf_cstr(&clause)));
		buf_release(&clause);
	}
}

static void add_suppression(cJSON *object, const struct finding *f)
{
	if (f->suppression == NOT_SUPPRESSED)
		return;
	json_text(object, "suppression", str_from(suppressions[f->suppression]));
	json_text(object, "justification", f->justification);
}

static void add_edit(cJSON *list, const struct lines *l, const struct edit *e)
{
	uint32_t line, column;
	cJSON *object = json_item(list);
	json_number(object, "start", e->start);
	json_number(object, "end", e->end);
	lines_locate(l, e->start, &line, &column);
	json_number(object, "line", line);
	json_number(object, "column", column);
	lines_locate(l, e->end, &line, &column);
	json_number(object, "endLine", line);
	json_number(object, "endColumn", column);
	json_text(object, "text", e->text);
}

/* What `check --fix` would do about this one finding, as edits of the file as it is. */
static void add_fix(cJSON *object, const struct lines *l, const struct finding *f)
{
	struct edits edits = { 0 };
	struct buf description = { 0 };
	if (l && edits_of(&edits, lines_text(l), f)) {
		cJSON *fix = json_object(object, "fix");
		edits_describe(&description, f);
		json_text(fix, "applicability", str_from(f->fix_is_unsafe ? "unsafe" : "safe"));
		json_text(fix, "description", buf_str(&description));
		cJSON *list = json_array(fix, "edits");
		for (uint32_t i = 0; i < edits.list.count; i++)
			add_edit(list, l, &edits.list.items[i]);
	}
	buf_release(&description);
	edits_release(&edits);
}

static void add_finding(cJSON *list, const struct lines *l, const struct finding *f, struct fingerprint fingerprint)
{
	char text[FINGERPRINT_TEXT];
	cJSON *object = json_item(list);
	json_text(object, "rule", str_from(f->rule->id));
	add_clauses(object, f->rule);
	json_text(object, "severity", str_from(severity_name(f->severity)));
	json_text(object, "precision", str_from(precisions[f->rule->precision]));
	json_text(object, "message", f->message);
	add_place(object, &f->place);
	json_text(object, "symbol", f->symbol);
	json_text(object, "fingerprint", str_from(fingerprint_text(fingerprint, text)));
	cJSON *related = json_array(object, "related");
	for (uint32_t i = 0; i < f->related.count; i++) {
		cJSON *note = json_item(related);
		json_text(note, "message", f->related.items[i].message);
		add_place(note, &f->related.items[i].place);
	}
	add_fix(object, l, f);
	add_suppression(object, f);
}

static void add_findings(cJSON *root, const struct report *r, const struct format_options *options)
{
	cJSON *list = json_array(root, "findings");
	struct lines_cache cache = { .options = options };
	struct fingerprints all = { 0 };
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		struct lines *l = lines_of(&cache, f->place.path, f->place.in_base);
		add_finding(list, l, f, fingerprint_next(&all, f, l ? lines_get(l, f->place.line) : STR("")));
	}
	fingerprints_release(&all);
	lines_release(&cache);
}

static void add_skipped(cJSON *root, const struct report *r)
{
	cJSON *list = json_array(root, "skipped");
	for (uint32_t i = 0; i < r->skipped.count; i++) {
		const struct skipped_file *s = &r->skipped.items[i];
		cJSON *object = json_item(list);
		json_text(object, "path", s->path);
		json_text(object, "reason", str_from(skip_id(s)));
		if (s->first_bad_line)
			json_number(object, "firstBadLine", s->first_bad_line);
	}
}

static void add_abstentions(cJSON *root, const struct report *r)
{
	cJSON *list = json_array(root, "abstentions");
	for (uint32_t i = 0; i < r->abstentions.count; i++) {
		const struct abstention *a = &r->abstentions.items[i];
		cJSON *object = json_item(list);
		json_text(object, "rule", str_from(a->rule->id));
		json_text(object, "reason", a->reason);
		json_number(object, "count", a->count);
		json_text(object, "example", a->example);
	}
}

static void add_read(cJSON *root, const struct completeness *read)
{
	cJSON *object = json_object(root, "read");
	json_number(object, "files", read->files);
	json_number(object, "lines", read->lines);
	cJSON *languages = json_object(object, "languages");
	for (uint32_t i = LANGUAGE_NONE + 1; i < LANGUAGE_COUNT; i++)
		if (read->files_by_language[i])
			json_number(languages, language_id((enum language)i), read->files_by_language[i]);
	json_number(object, "partlyParsed", read->partly_parsed);
	struct import_counts imports = completeness_imports(read);
	json_number(object, "imports", imports.total);
	json_number(object, "importsUnresolved", imports_unresolved(&imports));
	cJSON *causes = json_object(object, "importCauses");
	for (unsigned cause = 0; cause < IMPORT_CAUSE_COUNT; cause++)
		if (imports.unresolved[cause])
			json_number(causes, import_cause_text((enum import_cause)cause), imports.unresolved[cause]);
}

void format_json(const struct report *r, const struct format_options *options, struct buf *out)
{
	cJSON *root = cJSON_CreateObject();
	json_text(root, "version", str_from(options->version));
	add_findings(root, r, options);
	add_skipped(root, r);
	add_abstentions(root, r);
	add_read(root, &r->read);
	json_number(root, "suppressed", r->suppressed);
	json_set(root, "complete", cJSON_CreateBool(!options->incomplete));
	json_print(root, out);
}
