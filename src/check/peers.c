/* Other linters' ignore comments, where they mean the same: a rule names their codes in `peers`. */
#include "check/state.h"

/* How far a comment reaches. */
enum reach_of { THIS_LINE, NEXT_LINE, WHOLE_FILE, FROM_HERE, ENDS_HERE };

static const struct form {
	const char *start;
	enum reach_of reach;
} forms[] = {
	{ "eslint-disable-next-line", NEXT_LINE }, { "oxlint-disable-next-line", NEXT_LINE },
	{ "eslint-disable-line", THIS_LINE },	   { "oxlint-disable-line", THIS_LINE },
	{ "eslint-disable", FROM_HERE },	   { "oxlint-disable", FROM_HERE },
	{ "eslint-enable", ENDS_HERE },		   { "oxlint-enable", ENDS_HERE },
	{ "biome-ignore", NEXT_LINE },		   { "nolint", THIS_LINE },
	{ "lint:ignore", NEXT_LINE },		   { "ruff: noqa", WHOLE_FILE },
	{ "noqa", THIS_LINE },
};

static const struct form *form_of(struct str text)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct str start = str_from(forms[i].start);
		if (!str_starts(text, start))
			continue;
		char next = text.len > start.len ? text.ptr[start.len] : ' ';
		if (next == ' ' || next == ':' || next == '\t')
			return &forms[i];
	}
	return NULL;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '/' ||
	       c == ':' || c == '@';
}

/* Does the list of codes behind the form name one of the rule's? Without a list it names all. */
static bool names_rule(struct str text, const struct form *form, const struct rule *rule)
{
	struct str codes = str_slice(text, (uint32_t)strlen(form->start), text.len);
	while (codes.len && (codes.ptr[0] == ':' || codes.ptr[0] == ' '))
		codes = str_slice(codes, 1, codes.len);
	for (uint32_t i = 0; i + 1 < codes.len; i++)
		if ((codes.ptr[i] == '-' && codes.ptr[i + 1] == '-') || (codes.ptr[i] == '/' && codes.ptr[i + 1] == '/'))
			codes = str_slice(codes, 0, i); /* the reason */
	if (str_empty(str_trim(codes)))
		return true;
	for (uint32_t i = 0; i < codes.len;) {
		uint32_t start = i;
		while (i < codes.len && is_word(codes.ptr[i]))
			i++;
		struct str word = str_slice(codes, start, i), rest = str_from(rule->peers), peer;
		if (word.len && word.ptr[word.len - 1] == ':')
			word.len--;
		while (str_split(&rest, ' ', &peer))
			if (str_eq_nocase(peer, word))
				return true;
		i += i == start;
	}
	return false;
}

static bool reaches(const struct facts *f, const struct comment *comment, enum reach_of reach, uint32_t line)
{
	uint32_t at = facts_line(f, comment->start), end = facts_line(f, comment->end);
	switch (reach) {
	case THIS_LINE:
		return line == at || (!comment->trailing && line == end + 1);
	case NEXT_LINE:
		return line == end + 1;
	case WHOLE_FILE:
		return true;
	case FROM_HERE:
	case ENDS_HERE:
		return line >= at;
	}
	return false;
}

/* The last comment that says something of this finding decides. */
static const struct comment *covered_by_comment(const struct facts *f, const struct finding *finding)
{
	const struct comment *covering = NULL;
	for (uint32_t i = 0; i < f->comment_count; i++) {
		struct str text = facts_str(f, f->comments[i].text);
		const struct form *form = form_of(text);
		if (!form || !reaches(f, &f->comments[i], form->reach, finding->place.line) ||
		    !names_rule(text, form, finding->rule))
			continue;
		if (form->reach != ENDS_HERE)
			covering = &f->comments[i];
		else
			covering = NULL;
	}
	return covering;
}

static bool allows(const struct facts *f, node_id decorator, const struct rule *rule)
{
	struct str name = node_name(f, decorator);
	if (!str_is(name, "allow") && !str_is(name, "expect"))
		return false;
	facts_each_below(f, decorator, argument) {
		struct str rest = str_from(rule->peers), peer;
		while (str_split(&rest, ' ', &peer))
			if (str_eq(peer, node_name(f, argument)))
				return true;
	}
	return false;
}

/* #[allow(clippy::print_stdout)] on the item, on one around it, or on the file. */
static node_id covered_by_attribute(const struct facts *f, const struct finding *finding)
{
	uint32_t at = f->lines[finding->place.line - 1] + finding->place.column - 1;
	for (node_id n = 1; n < f->node_count; n++) {
		const struct node *parent = &f->nodes[f->nodes[n].parent];
		if (node_kind(f, n) == NODE_DECORATOR && at >= parent->start && at < parent->end && allows(f, n, finding->rule))
			return n;
	}
	return 0;
}

void suppress_by_peers(struct rule_state *s, file_id file)
{
	const struct facts *f = &model_file(s->input->model, file)->facts;
	for (uint32_t i = 0; i < s->slot->findings.count; i++) {
		struct finding *finding = s->slot->findings.items[i];
		if (finding->suppression != NOT_SUPPRESSED || !finding->rule->peers || !finding->place.line)
			continue;
		const struct comment *comment = covered_by_comment(f, finding);
		node_id attribute = comment ? 0 : covered_by_attribute(f, finding);
		if (!comment && !attribute)
			continue;
		finding->suppression = SUPPRESSED_IN_SOURCE;
		finding->justification = comment ? facts_str(f, comment->text) : node_name(f, attribute);
	}
}
