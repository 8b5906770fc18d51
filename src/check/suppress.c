/*
 * bylaw-ignore[rule]: reason, bylaw-ignore-file[rule]: reason; several ids are separated by commas, an id may
 * be an area (as config.h has it), `until=YYYY-MM-DD` before the colon says how long it holds, that day
 * included.
 */
#include "check/state.h"

#include "check/registry.h"
#include "config/suggest.h"

#include <stdlib.h>

enum term { NO_TERM, RUNNING, ENDED, NO_DATE };

/* One comment. */
struct ignore {
	const struct comment *comment;
	struct str ids, reason, until;
	bool whole_file;
	enum term term;
	struct span covers;
};

/* One id of a comment: each must be needed. */
struct ignored {
	uint32_t ignore;
	struct str id;
	const struct rule *rule; /* NULL for an area */
	bool used;
};

struct ignores {
	VEC(struct ignore) comments;
	VEC(struct ignored) ids;
};

/* What one file's comments are judged with. */
struct pass {
	struct rule_state *state;
	const struct model_file *file;
	const bool *ran;
	struct outline *outline;
	struct ignores ignores;
};

static bool is_date(struct str text)
{
	static const char form[] = "0000-00-00";
	for (uint32_t i = 0; i < sizeof(form) - 1; i++)
		if (i >= text.len || (form[i] == '0' ? text.ptr[i] < '0' || text.ptr[i] > '9' : text.ptr[i] != form[i]))
			return false;
	int month = (text.ptr[5] - '0') * 10 + text.ptr[6] - '0', day = (text.ptr[8] - '0') * 10 + text.ptr[9] - '0';
	return text.len == 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Cuts "until=…" off the front of *text. */
static void read_term(struct str *text, struct str today, struct ignore *out)
{
	if (!str_starts(*text, STR("until=")))
		return;
	uint32_t end = 6;
	while (end < text->len && text->ptr[end] != ':' && text->ptr[end] != ' ')
		end++;
	out->until = str_slice(*text, 6, end);
	out->term = !is_date(out->until) ? NO_DATE : str_cmp(out->until, today) < 0 ? ENDED : RUNNING;
	*text = str_trim(str_slice(*text, end, text->len));
}

static bool id_covers(struct str id, const struct rule *rule)
{
	struct str full = str_from(rule->id);
	if (str_ends(id, STR("/*")))
		return str_starts(full, str_slice(id, 0, id.len - 1));
	return str_eq(id, full);
}

static bool is_known(struct str id)
{
	for (uint32_t i = 0; i < registry_count(); i++)
		if (id_covers(id, registry_rules()[i]))
			return true;
	return false;
}

/* Without brackets: a suppression that was written wrongly, or prose about suppressions? */
static bool is_meant(struct str text)
{
	if (str_empty(text) || text.ptr[0] == ':' || text.ptr[0] == '[')
		return true;
	uint32_t colon = str_find(text, ':');
	return text.ptr[0] == ' ' && is_known(str_trim(str_slice(text, 0, colon)));
}

/* Reads what stands behind "bylaw-ignore"; false when the comment is something else. */
static bool read_ignore(struct str text, struct str today, struct ignore *out)
{
	if (!str_starts(text, STR("bylaw-ignore")))
		return false;
	text = str_slice(text, 12, text.len);
	if (str_starts(text, STR("-file"))) {
		out->whole_file = true;
		text = str_slice(text, 5, text.len);
	}
	uint32_t close = text.len && text.ptr[0] == '[' ? str_find(text, ']') : 0;
	if (!close || close == UINT32_MAX)
		return is_meant(text);
	out->ids = str_trim(str_slice(text, 1, close));
	text = str_trim(str_slice(text, close + 1, text.len));
	read_term(&text, today, out);
	if (text.len && text.ptr[0] == ':')
		out->reason = str_trim(str_slice(text, 1, text.len));
	return true;
}

static const struct rule *meta_rule(const bool *ran, const char *id)
{
	for (uint32_t i = 0; i < registry_count(); i++)
		if (ran[i] && str_is(str_from(registry_rules()[i]->id), id))
			return registry_rules()[i];
	return NULL;
}

/* NULL when the rule did not run, or is off. */
static struct finding *complain(struct pass *p, const char *id, const struct ignore *ignore, struct str message)
{
	const struct rule *rule = meta_rule(p->ran, id);
	return rule ? state_report(p->state, rule, p->file, ignore->comment->start, ignore->comment->end, message)
		    : NULL;
}

static void complain_of_unknown(struct pass *p, const struct ignore *ignore, struct str id)
{
	struct arena *a = p->state->arena;
	struct suggestion near = { .word = id };
	for (uint32_t i = 0; i < registry_count(); i++)
		suggest_from(&near, str_from(registry_rules()[i]->id));
	struct str hint = near.best.len ? arena_printf(a, "Did you mean %.*s?", STR_ARG(near.best))
					: STR("`bylaw rules` lists them.");
	complain(p, "meta/unknown-rule", ignore,
		arena_printf(a, "there is no rule \"%.*s\", so this comment does not cover it. %.*s", STR_ARG(id),
			STR_ARG(hint)));
}

static void add_ids(struct pass *p, uint32_t index)
{
	const struct ignore *ignore = &p->ignores.comments.items[index];
	struct str rest = ignore->ids, id;
	if (str_empty(rest)) {
		complain(p, "meta/unknown-rule", ignore,
			STR("this comment names no rule, so it suppresses nothing. Write "
			    "bylaw-ignore[rule]: why it is right here."));
		return;
	}
	while (str_split(&rest, ',', &id)) {
		struct ignored ignored = { index, str_trim(id), registry_find(str_trim(id)), false };
		if (is_known(ignored.id))
			vec_push(&p->ignores.ids, ignored);
		else
			complain_of_unknown(p, ignore, ignored.id);
	}
}

static void read_ignores(struct pass *p)
{
	const struct facts *f = &p->file->facts;
	struct str today = str_from(p->state->input->today);
	for (uint32_t i = 0; i < f->comment_count; i++) {
		struct ignore ignore = { .comment = &f->comments[i] };
		if (!read_ignore(facts_str(f, f->comments[i].text), today, &ignore))
			continue;
		ignore.covers = (struct span){ 0, UINT32_MAX };
		if (!ignore.whole_file) {
			outline_make(p->outline, f);
			ignore.covers = outline_covers(p->outline, ignore.comment);
		}
		uint32_t ids = p->ignores.ids.count;
		vec_push(&p->ignores.comments, ignore);
		add_ids(p, p->ignores.comments.count - 1);
		if (str_empty(ignore.ids) || !str_empty(ignore.reason))
			continue;
		p->ignores.ids.count = ids;
		complain(p, "meta/missing-reason", &ignore,
			STR("this comment gives no reason, so it suppresses nothing. Write "
			    "bylaw-ignore[rule]: why it is right "
			    "here."));
	}
}

/* A finding with its offset. */
struct located {
	uint32_t offset;
	struct finding *finding;
};

static int by_offset(const void *left, const void *right)
{
	const struct located *a = left, *b = right;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static void locate(const struct pass *p, struct located *out, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct finding *finding = p->state->slot->findings.items[i];
		uint32_t line = finding->place.line ? finding->place.line : 1;
		out[i] = (struct located){
			p->file->facts.lines[line - 1] + finding->place.column - (finding->place.column > 0), finding
		};
	}
	if (count)
		qsort(out, count, sizeof(*out), by_offset);
}

/* The first comment that covers a finding gives the reason; all that cover it are needed. */
static void apply(struct ignored *ignored, const struct ignore *ignore, const struct located *found, uint32_t count)
{
	uint32_t low = 0, high = count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (found[middle].offset < ignore->covers.start)
			low = middle + 1;
		else
			high = middle;
	}
	for (uint32_t i = low; i < count && found[i].offset < ignore->covers.end; i++) {
		struct finding *finding = found[i].finding;
		if (ignored->rule ? ignored->rule != finding->rule : !id_covers(ignored->id, finding->rule))
			continue;
		ignored->used = true;
		if (finding->suppression != NOT_SUPPRESSED)
			continue;
		finding->suppression = SUPPRESSED_IN_SOURCE;
		finding->justification = ignore->reason;
	}
}

static bool abstained(const struct slot *slot, const struct rule *rule)
{
	for (uint32_t i = 0; i < slot->abstentions.count; i++)
		if (slot->abstentions.items[i].told.rule == rule)
			return true;
	return false;
}

/* Did every rule that the id names, and that reads this language, look at this file and judge it? */
static bool was_judged(const struct pass *p, struct str id)
{
	bool any = false;
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		if (!id_covers(id, rule) || !(rule->languages >> p->file->language & 1))
			continue;
		if (!p->ran[i] || abstained(p->state->slot, rule))
			return false;
		any = true;
	}
	return any;
}

static struct str why_unused(struct pass *p, const struct ignored *ignored, const struct ignore *ignore)
{
	struct arena *a = p->state->arena;
	if (ignore->term == ENDED)
		return arena_printf(a, "this suppression ended on %.*s. Mend the code, or give it a later day.",
			STR_ARG(ignore->until));
	if (ignore->term == NO_DATE)
		return arena_printf(a, "\"%.*s\" is no day, so this suppresses nothing. Write until=YYYY-MM-DD.",
			STR_ARG(ignore->until));
	if (str_find(ignore->ids, ',') == UINT32_MAX)
		return STR("nothing here needs this suppression any more. Delete the comment.");
	return arena_printf(a, "nothing here needs the suppression of %.*s any more. Take it out of the brackets.",
		STR_ARG(ignored->id));
}

/* "a, b, c" without b. */
static struct str without_id(struct arena *a, struct str ids, struct str id)
{
	struct buf rest = { 0 };
	for (struct str each; str_split(&ids, ',', &each);)
		if (!str_eq(str_trim(each), id))
			buf_printf(&rest, "%s%.*s", rest.len ? ", " : "", STR_ARG(str_trim(each)));
	struct str result = arena_str(a, buf_str(&rest));
	buf_release(&rest);
	return result;
}

/* The comment goes, or the id out of its brackets. */
static void offer_removal(
	struct pass *p, struct finding *finding, const struct ignored *ignored, const struct ignore *ignore)
{
	struct edit edit = { .start = ignore->comment->start, .end = ignore->comment->end };
	struct str rest = without_id(p->state->arena, ignore->ids, ignored->id);
	edit.whole = str_empty(rest);
	edit.old = edit.whole ? STR("bylaw-ignore") : ignore->ids;
	edit.text = rest;
	vec_push(&finding->edits, edit);
}

/* Only what surely is: the rules ran here, and the file was read whole. */
static void report_unused(struct pass *p)
{
	if (p->file->facts.error_count)
		return;
	for (uint32_t i = 0; i < p->ignores.ids.count; i++) {
		const struct ignored *ignored = &p->ignores.ids.items[i];
		const struct ignore *ignore = &p->ignores.comments.items[ignored->ignore];
		if (ignored->used || !was_judged(p, ignored->id))
			continue;
		struct finding *finding = complain(
			p, "meta/unused-suppression", ignore, why_unused(p, ignored, ignore));
		if (finding && ignore->term == NO_TERM)
			offer_removal(p, finding, ignored, ignore);
	}
}

void suppress_file(struct rule_state *s, file_id file, const bool *ran, struct outline *outline)
{
	struct pass p = { .state = s, .file = model_file(s->input->model, file), .ran = ran, .outline = outline };
	uint32_t count = s->slot->findings.count;
	read_ignores(&p);
	if (p.ignores.ids.count) {
		struct located *found = mem_alloc(sizeof(*found) * (count + 1));
		locate(&p, found, count);
		for (uint32_t i = 0; i < p.ignores.ids.count; i++) {
			const struct ignore *ignore = &p.ignores.comments.items[p.ignores.ids.items[i].ignore];
			if (ignore->term == NO_TERM || ignore->term == RUNNING)
				apply(&p.ignores.ids.items[i], ignore, found, count);
		}
		mem_free(found);
		report_unused(&p);
	}
	vec_release(&p.ignores.comments);
	vec_release(&p.ignores.ids);
}
