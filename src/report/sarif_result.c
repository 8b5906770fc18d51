#include "report/sarif.h"

#include "base/utf8.h"
#include "report/edits.h"

enum { MAX_RELATED = 100, MAX_TEXT = 4000 };

const char *sarif_level(enum severity severity)
{
	static const char *const levels[] = { "none", "note", "warning", "error" };
	return levels[severity];
}

/*
 * One line: in a pull request GitHub shows a result only when all its lines are in the diff. Columns are
 * UTF-16 code units. A finding about a whole file stands on its first line.
 */
static void add_region(cJSON *physical, struct lines *l, const struct place *p)
{
	uint32_t line = p->line ? p->line : 1;
	uint32_t start = p->line && p->column ? p->column : 1;
	bool to_end_of_line = p->line == 0 || p->end_line > p->line;
	uint32_t end = p->end_column > start ? p->end_column : start;
	if (l) {
		if (to_end_of_line)
			end = lines_get(l, line).len + 1;
		lines_to_utf16(l, line, &start, &end);
	}
	cJSON *region = json_object(physical, "region");
	json_number(region, "startLine", line);
	json_number(region, "startColumn", start);
	json_number(region, "endLine", line);
	json_number(region, "endColumn", end > start ? end : start);
}

static void add_artifact(const struct sarif *s, cJSON *object, struct str path)
{
	struct buf uri = { 0 };
	uri_add(&uri, s->options->prefix);
	if (uri.len)
		buf_add_char(&uri, '/');
	uri_add(&uri, path);
	cJSON *artifact = json_object(object, "artifactLocation");
	json_text(artifact, "uri", buf_str(&uri));
	json_text(artifact, "uriBaseId", STR("%SRCROOT%"));
	buf_release(&uri);
}

cJSON *sarif_file(const struct sarif *s, cJSON *location, struct str path)
{
	cJSON *physical = json_object(location, "physicalLocation");
	add_artifact(s, physical, path);
	return physical;
}

void sarif_location(struct sarif *s, cJSON *location, const struct place *place)
{
	cJSON *physical = sarif_file(s, location, place->path);
	add_region(physical, lines_of(&s->lines, place->path, place->in_base), place);
}

/* A literal `](` would turn the user's code into a link. */
static void add_plain(struct buf *out, struct str text)
{
	struct buf visible = { 0 };
	utf8_add_visible(&visible, text, MAX_TEXT);
	struct str rest = buf_str(&visible);
	for (uint32_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == ']' && i + 1 < rest.len && rest.ptr[i + 1] == '(')
			buf_add_char(out, '\\');
		buf_add_char(out, rest.ptr[i]);
	}
	buf_release(&visible);
}

static void add_link(struct buf *out, struct str text, uint32_t id)
{
	struct buf visible = { 0 };
	utf8_add_visible(&visible, text, MAX_TEXT);
	buf_add_char(out, '[');
	for (uint32_t i = 0; i < visible.len; i++) {
		char c = visible.ptr[i];
		if (c == '[' || c == ']' || c == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, c);
	}
	buf_printf(out, "](%u)", id);
	buf_release(&visible);
}

/* A place in the base revision is told in words: its lines are not those of the files that are shown. */
static void add_base_note(struct buf *out, const struct finding_related *note)
{
	add_plain(out, note->message);
	buf_add_text(out, " (in the base: ");
	add_plain(out, note->place.path);
	if (note->place.line)
		buf_printf(out, ":%u", note->place.line);
	buf_add_char(out, ')');
}

static uint32_t related_count(const struct finding *f)
{
	return f->related.count < MAX_RELATED ? f->related.count : MAX_RELATED;
}

/* The message, then its evidence; "[text](1)" links to the related location 1. */
static void add_message(cJSON *result, const struct finding *f)
{
	struct buf text = { 0 };
	add_plain(&text, f->message);
	for (uint32_t i = 0; i < related_count(f); i++) {
		const struct finding_related *note = &f->related.items[i];
		buf_add_text(&text, i ? ", " : "\nSee ");
		if (note->place.in_base)
			add_base_note(&text, note);
		else
			add_link(&text, note->message.len ? note->message : note->place.path, i + 1);
	}
	buf_add_text(&text, f->related.count ? "." : "");
	json_text(json_object(result, "message"), "text", buf_str(&text));
	buf_release(&text);
}

static void add_related(struct sarif *s, cJSON *result, const struct finding *f)
{
	cJSON *list = NULL;
	for (uint32_t i = 0; i < related_count(f); i++) {
		const struct finding_related *note = &f->related.items[i];
		if (note->place.in_base)
			continue;
		if (!list)
			list = json_array(result, "relatedLocations");
		cJSON *location = json_item(list);
		json_number(location, "id", i + 1);
		sarif_location(s, location, &note->place);
		if (note->message.len)
			json_text(json_object(location, "message"), "text", note->message);
	}
}

static void add_line_hash(struct sarif *s, cJSON *prints, const struct lines *l, const struct place *p)
{
	char text[FINGERPRINT_TEXT];
	uint32_t line = p->line ? p->line : 1;
	if (!l || p->in_base)
		return;
	if (!s->hashed.ptr || !str_eq(s->hashed, p->path)) {
		line_hashes_compute(&s->hashes, lines_text(l));
		s->hashed = p->path;
	}
	if (line <= s->hashes.lines.count)
		json_text(prints, "primaryLocationLineHash",
			str_from(fingerprint_text(s->hashes.lines.items[line - 1], text)));
}

/* The whole stretch, over as many lines as it has: its end may be the first column of the line behind. */
static void add_deleted(cJSON *replacement, struct lines *l, const struct edit *e)
{
	static const char *const keys[][2] = { { "startLine", "startColumn" }, { "endLine", "endColumn" } };
	cJSON *region = json_object(replacement, "deletedRegion");
	for (int i = 0; i < 2; i++) {
		uint32_t line, column;
		lines_locate(l, i ? e->end : e->start, &line, &column);
		lines_to_utf16(l, line, &column, &(uint32_t){ column });
		json_number(region, keys[i][0], line);
		json_number(region, keys[i][1], column);
	}
}

/* A viewer makes them at a click, and reads no property that warns: unsafe ones only for who asked for them. */
static void add_fixes(struct sarif *s, cJSON *result, const struct finding *f)
{
	struct edits edits = { 0 };
	struct buf description = { 0 };
	bool wanted = f->edits.count && (s->options->unsafe_fixes || !f->fix_is_unsafe);
	struct lines *l = wanted ? lines_of(&s->lines, f->place.path, f->place.in_base) : NULL;
	if (l && edits_of(&edits, lines_text(l), f)) {
		cJSON *fix = json_item(json_array(result, "fixes"));
		edits_describe(&description, f);
		json_text(json_object(fix, "description"), "text", buf_str(&description));
		cJSON *change = json_item(json_array(fix, "artifactChanges"));
		add_artifact(s, change, f->place.path);
		cJSON *replacements = json_array(change, "replacements");
		for (uint32_t i = 0; i < edits.list.count; i++) {
			cJSON *replacement = json_item(replacements);
			add_deleted(replacement, l, &edits.list.items[i]);
			json_text(json_object(replacement, "insertedContent"), "text", edits.list.items[i].text);
		}
		json_text(json_object(fix, "properties"), "applicability",
			str_from(f->fix_is_unsafe ? "unsafe" : "safe"));
	}
	buf_release(&description);
	edits_release(&edits);
}

void sarif_result(struct sarif *s, cJSON *list, const struct finding *f)
{
	char text[FINGERPRINT_TEXT];
	struct lines *l = lines_of(&s->lines, f->place.path, f->place.in_base);
	struct fingerprint own = fingerprint_next(&s->fingerprints, f, l ? lines_get(l, f->place.line) : STR(""));
	if (!list)
		return;
	cJSON *result = json_item(list);
	const uint32_t *index = str_map_get(&s->rule_index, str_from(f->rule->id));
	json_text(result, "ruleId", str_from(f->rule->id));
	if (index)
		json_number(result, "ruleIndex", *index);
	json_text(result, "level", str_from(sarif_level(f->severity)));
	add_message(result, f);
	cJSON *prints = cJSON_CreateObject();
	add_line_hash(s, prints, l, &f->place);
	json_text(prints, "bylaw/v1", str_from(fingerprint_text(own, text)));
	sarif_location(s, json_item(json_array(result, "locations")), &f->place);
	add_related(s, result, f);
	add_fixes(s, result, f);
	json_set(result, "partialFingerprints", prints);
}
