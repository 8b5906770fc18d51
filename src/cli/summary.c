#include "cli/summary.h"

#include "base/utf8.h"
#include "check/registry.h"

static void add_skipped(struct buf *out, const struct skipped_file *s)
{
	buf_add_text(out, "  ");
	utf8_add_visible(out, s->path, 4096);
	if (s->first_bad_line)
		buf_printf(out, ":%u: partly parsed\n", s->first_bad_line);
	else
		buf_printf(out, ": %s\n", skip_reason_text(s->reason));
}

static void add_all_skipped(struct buf *out, const struct report *r, bool every_file)
{
	enum { SHOWN = 8 };
	uint32_t shown = every_file || r->skipped.count < SHOWN ? r->skipped.count : SHOWN;
	for (uint32_t i = 0; i < shown; i++)
		add_skipped(out, &r->skipped.items[i]);
	if (shown < r->skipped.count)
		buf_printf(out, "  … and %u more (--list-skipped shows all)\n", r->skipped.count - shown);
}

/* Files of all languages that have this one's name (TypeScript and TSX); 0 for all but the first of them. */
static uint32_t files_named_like(const struct completeness *c, enum language language)
{
	const char *name = language_name(language);
	uint32_t count = 0;
	for (enum language l = LANGUAGE_NONE + 1; l < LANGUAGE_COUNT; l++) {
		if (strcmp(language_name(l), name) != 0)
			continue;
		if (l < language)
			return 0;
		count += c->files_by_language[l];
	}
	return count;
}

static void add_languages(struct buf *out, const struct completeness *c)
{
	const char *separator = " (";
	for (enum language l = LANGUAGE_NONE + 1; l < LANGUAGE_COUNT; l++) {
		uint32_t count = files_named_like(c, l);
		if (!count)
			continue;
		buf_printf(out, "%s%s %u", separator, language_name(l), count);
		separator = ", ";
	}
	buf_add_text(out, separator[0] == ',' ? ")" : "");
}

/* "; 3 of 40 in-project imports unresolved (no such file 2, ignored by git 1)" */
static void add_imports(struct buf *out, const struct completeness *c)
{
	struct import_counts imports = completeness_imports(c);
	const char *separator = " (";
	if (!imports.total)
		return;
	buf_printf(out, "; %u of %u in-project imports unresolved", imports_unresolved(&imports), imports.total);
	for (unsigned cause = 0; cause < IMPORT_CAUSE_COUNT; cause++) {
		if (!imports.unresolved[cause])
			continue;
		buf_printf(out, "%s%s %u", separator, import_cause_text((enum import_cause)cause),
			imports.unresolved[cause]);
		separator = ", ";
	}
	buf_add_text(out, separator[0] == ',' ? ")" : "");
}

static void add_abstentions(struct buf *out, const struct report *r)
{
	for (uint32_t i = 0; i < r->abstentions.count; i++) {
		const struct abstention *a = &r->abstentions.items[i];
		buf_printf(out, "  %s did not judge %u place%s: ", a->rule->id, a->count, a->count == 1 ? "" : "s");
		utf8_add_visible(out, a->reason, 1024);
		buf_add_char(out, '\n');
	}
}

void summary_add(struct buf *out, const struct report *r, bool every_file)
{
	const struct completeness *c = &r->read;
	buf_printf(out, "read %u files, %u lines", c->files, c->lines);
	add_languages(out, c);
	add_imports(out, c);
	buf_printf(out, "; %u partly parsed, %u skipped\n", c->partly_parsed, r->skipped.count - c->partly_parsed);
	add_abstentions(out, r);
	add_all_skipped(out, r, every_file);
}

void summary_add_costs(struct buf *out, const struct bylaw_result *result)
{
	for (unsigned i = 0; i < PHASE_COUNT; i++)
		buf_printf(out, "phase %-6s wall %.4f cpu %.4f\n", result->phases[i].name, result->phases[i].wall,
			result->phases[i].cpu);
	for (uint32_t i = 0; result->rules && i < registry_count(); i++)
		buf_printf(out, "rule %-28s %.4f\n", result->rules[i].rule->id, result->rules[i].seconds);
}
