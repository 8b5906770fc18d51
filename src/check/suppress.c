/* bylaw-ignore[rule]: reason, bylaw-ignore-file[rule]: reason, until=YYYY-MM-DD. */
#include "check/state.h"

#include "check/registry.h"
#include "config/suggest.h"

struct ignore {
	const struct comment *comment;
	struct str ids, reason, until;
	bool whole_file, used, expired;
	struct facts_error covers;
};

struct ignores {
	VEC(struct ignore) list;
};

/* Reads what stands behind "bylaw-ignore"; false when the comment is something else. */
static bool read_ignore(struct str text, struct ignore *out)
{
	if (!str_starts(text, STR("bylaw-ignore")))
		return false;
	text = str_slice(text, 12, text.len);
	if (str_starts(text, STR("-file"))) {
		out->whole_file = true;
		text = str_slice(text, 5, text.len);
	}
	uint32_t close = str_find(text, ']');
	if (!text.len || text.ptr[0] != '[' || close == UINT32_MAX)
		return false;
	out->ids = str_slice(text, 1, close);
	text = str_trim(str_slice(text, close + 1, text.len));
	if (str_starts(text, STR("until="))) {
		out->until = str_slice(text, 6, 16);
		text = str_trim(str_slice(text, 16, text.len));
	}
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

static void complain(struct rule_state *s, const bool *ran, const struct model_file *at, const char *id,
		     const struct ignore *ignore, struct str message)
{
	const struct rule *rule = meta_rule(ran, id);
	if (rule)
		state_report(s, rule, at, ignore->comment->start, ignore->comment->end, message);
}

static bool id_covers(struct str id, const struct rule *rule)
{
	struct str full = str_from(rule->id);
	if (str_ends(id, STR("/*")))
		return str_starts(full, str_slice(id, 0, id.len - 1));
	return str_eq(id, full);
}

static void check_ids(struct rule_state *s, const bool *ran, const struct model_file *at, const struct ignore *ignore)
{
	struct str rest = ignore->ids, id;
	while (str_split(&rest, ',', &id)) {
		struct suggestion near = { .word = id = str_trim(id) };
		bool known = false;
		for (uint32_t i = 0; i < registry_count(); i++) {
			known |= id_covers(id, registry_rules()[i]);
			suggest_from(&near, str_from(registry_rules()[i]->id));
		}
		if (known)
			continue;
		struct str hint = near.best.len ? arena_printf(s->arena, " Did you mean %.*s?", STR_ARG(near.best)) : STR("");
		complain(s, ran, at, "meta/unknown-rule", ignore,
			 arena_printf(s->arena, "there is no rule \"%.*s\".%.*s", STR_ARG(id), STR_ARG(hint)));
	}
}

static void read_ignores(struct rule_state *s, const bool *ran, const struct model_file *at, struct ignores *out)
{
	const struct facts *f = &at->facts;
	for (uint32_t i = 0; i < f->comment_count; i++) {
		struct ignore ignore = { .comment = &f->comments[i] };
		if (!read_ignore(facts_str(f, f->comments[i].text), &ignore))
			continue;
		check_ids(s, ran, at, &ignore);
		if (str_empty(ignore.reason)) {
			complain(s, ran, at, "meta/missing-reason", &ignore,
				 STR("this comment gives no reason, so it suppresses nothing. Write "
				     "bylaw-ignore[rule]: why it is right here."));
			continue;
		}
		ignore.expired = ignore.until.len && str_cmp(ignore.until, str_from(s->input->today)) < 0;
		ignore.covers = ignore.whole_file ? (struct facts_error){ 0, f->source_len }
						  : comment_covers(f, ignore.comment);
		vec_push(&out->list, ignore);
	}
}

static bool covers_finding(const struct ignore *ignore, const struct facts *f, const struct finding *finding)
{
	struct str rest = ignore->ids, id;
	uint32_t at = finding->place.line ? f->lines[finding->place.line - 1] + finding->place.column - 1 : 0;
	if (ignore->expired || at < ignore->covers.start || at >= ignore->covers.end + (ignore->covers.end == ignore->covers.start))
		return false;
	while (str_split(&rest, ',', &id))
		if (id_covers(str_trim(id), finding->rule))
			return true;
	return false;
}

static bool any_rule_ran(const struct ignore *ignore, const bool *ran)
{
	struct str rest = ignore->ids, id;
	while (str_split(&rest, ',', &id))
		for (uint32_t i = 0; i < registry_count(); i++)
			if (ran[i] && id_covers(str_trim(id), registry_rules()[i]))
				return true;
	return false;
}

static void report_unused(struct rule_state *s, const bool *ran, const struct model_file *at, const struct ignore *ignore)
{
	if (ignore->used || at->facts.error_count || !any_rule_ran(ignore, ran))
		return;
	struct str message = ignore->expired
				     ? arena_printf(s->arena, "this suppression ended on %.*s.", STR_ARG(ignore->until))
				     : STR("nothing here needs this suppression any more. Delete the comment.");
	complain(s, ran, at, "meta/unused-suppression", ignore, message);
}

void suppress_file(struct rule_state *s, file_id file, const bool *ran)
{
	const struct model_file *at = model_file(s->input->model, file);
	struct ignores ignores = { 0 };
	uint32_t findings = s->slot->findings.count;
	read_ignores(s, ran, at, &ignores);
	for (uint32_t i = 0; i < findings; i++) {
		struct finding *finding = s->slot->findings.items[i];
		for (uint32_t k = 0; k < ignores.list.count; k++) {
			struct ignore *ignore = &ignores.list.items[k];
			if (!covers_finding(ignore, &at->facts, finding))
				continue;
			ignore->used = true;
			finding->suppression = SUPPRESSED_IN_SOURCE;
			finding->justification = ignore->reason;
		}
	}
	for (uint32_t k = 0; k < ignores.list.count; k++)
		report_unused(s, ran, at, &ignores.list.items[k]);
	vec_release(&ignores.list);
}
