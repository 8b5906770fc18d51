/* Other linters' ignore comments, where they mean the same: a rule names their codes in `peers`. */
#include "check/state.h"

#include "check/registry.h"

#include <stdlib.h>

/* How far a comment reaches. */
enum extent {
	THIS_LINE,
	NEXT_LINE,
	THIS_OR_NEXT, /* the next line when it stands alone */
	NEXT_STATEMENT,
	WHOLE_NODES, /* whatever starts on its line, or the next one: a whole function */
	WHOLE_FILE,
	FROM_HERE,
	ENDS_HERE,
};

/* Where the codes stand. */
enum codes {
	LISTED, /* behind a blank; without any it means all */
	AFTER_COLON, /* without a colon it means all */
	CATEGORIES, /* biome: lint/group/rule …, up to a colon */
	FIRST_WORD,
	NUMBERED, /* words such as G104; without any it means all */
	NUMBERED_AFTER_COLON,
};

static const struct form {
	const char *start;
	enum extent extent;
	enum codes codes;
} forms[] = {
	{ "eslint-disable-next-line", NEXT_LINE, LISTED },
	{ "oxlint-disable-next-line", NEXT_LINE, LISTED },
	{ "eslint-disable-line", THIS_LINE, LISTED },
	{ "oxlint-disable-line", THIS_LINE, LISTED },
	{ "eslint-disable", FROM_HERE, LISTED },
	{ "oxlint-disable", FROM_HERE, LISTED },
	{ "eslint-enable", ENDS_HERE, LISTED },
	{ "oxlint-enable", ENDS_HERE, LISTED },
	{ "biome-ignore", NEXT_STATEMENT, CATEGORIES },
	{ "biome-ignore-all", WHOLE_FILE, CATEGORIES },
	{ "biome-ignore-start", FROM_HERE, CATEGORIES },
	{ "biome-ignore-end", ENDS_HERE, CATEGORIES },
	{ "nolint", WHOLE_NODES, AFTER_COLON },
	{ "lint:ignore", THIS_OR_NEXT, FIRST_WORD },
	{ "lint:file-ignore", WHOLE_FILE, FIRST_WORD },
	{ "nosec", THIS_OR_NEXT, NUMBERED },
	{ "#nosec", THIS_OR_NEXT, NUMBERED },
	{ "ruff: noqa", WHOLE_FILE, NUMBERED_AFTER_COLON },
	{ "ruff:noqa", WHOLE_FILE, NUMBERED_AFTER_COLON },
	{ "flake8: noqa", WHOLE_FILE, NUMBERED_AFTER_COLON },
	{ "noqa", THIS_LINE, NUMBERED_AFTER_COLON },
	{ "buf:lint:ignore", NEXT_STATEMENT, FIRST_WORD },
};

/* A comment or attribute of another linter. */
struct mark {
	const struct form *form; /* NULL for a Rust attribute */
	struct str text, codes;
	bool all; /* it names no code, and means every one */
	node_id attribute;
	uint32_t first, last; /* lines it reaches */
};

struct marks {
	VEC(struct mark) list;
};

/* Lines that one rule is silent on. */
struct quiet {
	uint32_t first, last;
	const struct mark *mark;
};

struct quiets {
	VEC(struct quiet) list;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return char_is_alnum(c) || c == '-' || c == '_' || c == '/' || c == ':' || c == '@' || c == '*';
}

/* `# NOQA` is written in both cases; the others mind theirs. */
static bool starts_form(struct str text, const struct form *form)
{
	struct str start = str_from(form->start), head = str_slice(text, 0, start.len);
	bool same = str_ends(start, STR("noqa")) ? str_eq_nocase(head, start) : str_eq(head, start);
	return same && (text.len == start.len || is_blank(text.ptr[start.len]) || text.ptr[start.len] == ':');
}

static const struct form *form_at(struct str text)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (starts_form(text, &forms[i]))
			return &forms[i];
	return NULL;
}

/* At the start of a comment, or behind another mark: `# type: ignore  # noqa: ASYNC210`. Moves *text there.
 */
static const struct form *find_form(struct str *text)
{
	const struct form *form = form_at(*text);
	for (uint32_t i = 0; i + 1 < text->len && !form; i++) {
		if (text->ptr[i] != '#')
			continue;
		struct str rest = str_trim(str_slice(*text, i + 1, text->len));
		form = form_at(rest);
		if (form)
			*text = rest;
	}
	return form;
}

/* Up to the reason, which follows two dashes or slashes. */
static struct str before_reason(struct str text)
{
	for (uint32_t i = 0; i + 1 < text.len; i++)
		if ((text.ptr[i] == '-' || text.ptr[i] == '/') && text.ptr[i + 1] == text.ptr[i])
			return str_slice(text, 0, i);
	return text;
}

/* G104, ASYNC210: letters, then digits. */
static bool is_numbered(struct str word)
{
	uint32_t i = 0;
	while (i < word.len &&
		((word.ptr[i] >= 'A' && word.ptr[i] <= 'Z') || (word.ptr[i] >= 'a' && word.ptr[i] <= 'z')))
		i++;
	uint32_t letters = i;
	while (i < word.len && char_is_digit(word.ptr[i]))
		i++;
	return letters && i > letters && i == word.len;
}

static bool next_word(struct str *rest, struct str *word)
{
	while (rest->len && !is_word(rest->ptr[0]))
		*rest = str_slice(*rest, 1, rest->len);
	uint32_t end = 0;
	while (end < rest->len && is_word(rest->ptr[end]))
		end++;
	*word = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return word->len > 0;
}

/* The words at the front that look like G104; what follows them is a reason. */
static struct str numbered_words(struct str text)
{
	struct str rest = text, word;
	uint32_t end = 0;
	while (next_word(&rest, &word) && is_numbered(word))
		end = (uint32_t)(word.ptr - text.ptr) + word.len;
	return str_slice(text, 0, end);
}

/* Up to the colon that the reason follows; the colon of a name such as lint/a:b does not count. */
static struct str categories(struct str text)
{
	for (uint32_t i = 0; i < text.len; i++)
		if (text.ptr[i] == ':' && (i + 1 == text.len || is_blank(text.ptr[i + 1])))
			return str_slice(text, 0, i);
	return text;
}

static void read_codes(struct mark *mark)
{
	struct str rest = str_slice(mark->text, (uint32_t)strlen(mark->form->start), mark->text.len);
	bool colon = rest.len && rest.ptr[0] == ':';
	rest = str_trim(str_slice(rest, colon, rest.len));
	switch (mark->form->codes) {
	case LISTED:
		mark->codes = before_reason(rest);
		mark->all = str_empty(str_trim(mark->codes));
		break;
	case AFTER_COLON:
		mark->codes = before_reason(rest);
		mark->all = !colon;
		break;
	case CATEGORIES:
		mark->codes = categories(rest);
		break;
	case FIRST_WORD:
		for (uint32_t i = 0; i <= rest.len; i++)
			if (i == rest.len || is_blank(rest.ptr[i])) {
				mark->codes = str_slice(rest, 0, i);
				break;
			}
		break;
	case NUMBERED:
		mark->codes = numbered_words(rest);
		mark->all = str_empty(mark->codes);
		break;
	case NUMBERED_AFTER_COLON:
		mark->codes = numbered_words(rest);
		mark->all = !colon;
		break;
	}
}

static void set_lines(struct mark *mark, const struct facts *f, const struct comment *comment, struct outline *o)
{
	uint32_t at = facts_line(f, comment->start), behind = facts_line(f, comment->end) + 1;
	struct span span = { 0 };
	mark->first = mark->last = at;
	switch (mark->form->extent) {
	case THIS_LINE:
	case FROM_HERE:
	case ENDS_HERE:
		break;
	case NEXT_LINE:
		mark->first = mark->last = behind;
		break;
	case THIS_OR_NEXT:
		mark->last = comment->trailing ? at : behind;
		break;
	case NEXT_STATEMENT:
	case WHOLE_NODES:
		outline_make(o, f);
		span = mark->form->extent == WHOLE_NODES ? outline_whole(o, comment) : outline_covers(o, comment);
		mark->last = facts_line(f, span.end > span.start ? span.end - 1 : span.start);
		break;
	case WHOLE_FILE:
		mark->first = 1;
		mark->last = UINT32_MAX;
		break;
	}
}

/* golangci-lint: beside or above the package clause it means the file. */
static bool is_at_package(const struct facts *f, const struct mark *mark)
{
	if (f->language != LANGUAGE_GO || mark->form->extent != WHOLE_NODES)
		return false;
	node_id package = node_child_of_kind(f, 0, NODE_NAMESPACE);
	uint32_t line = package ? facts_line(f, f->nodes[package].start) : 0;
	return mark->first <= line && line <= mark->last;
}

static void read_comments(struct marks *marks, const struct facts *f, struct outline *o)
{
	for (uint32_t i = 0; i < f->comment_count; i++) {
		struct mark mark = { .text = facts_str(f, f->comments[i].text) };
		mark.form = find_form(&mark.text);
		if (!mark.form)
			continue;
		read_codes(&mark);
		set_lines(&mark, f, &f->comments[i], o);
		if (is_at_package(f, &mark))
			mark.last = UINT32_MAX;
		vec_push(&marks->list, mark);
	}
}

/* #[allow(…)] on an item, #![allow(…)] in a module or at the top of the file. */
static void read_attributes(struct marks *marks, const struct facts *f)
{
	for (node_id n = 1; n < f->node_count && f->language == LANGUAGE_RUST; n++) {
		if (node_kind(f, n) != NODE_DECORATOR ||
			(!str_is(node_name(f, n), "allow") && !str_is(node_name(f, n), "expect")))
			continue;
		node_id item = f->nodes[n].parent;
		uint32_t start = f->nodes[item].start < f->nodes[n].start ? f->nodes[item].start : f->nodes[n].start;
		struct mark mark = {
			.attribute = n, .first = facts_line(f, start), .last = facts_line(f, f->nodes[item].end)
		};
		if (!item)
			mark = (struct mark){ .attribute = n, .first = 1, .last = UINT32_MAX };
		vec_push(&marks->list, mark);
	}
}

/* Does a word of a comment mean the peer's code? */
static bool means(const struct mark *mark, struct str word, struct str peer)
{
	if (word.len && word.ptr[word.len - 1] == ':')
		word.len--;
	if (word.len > 1 && word.ptr[word.len - 1] == '*') /* staticcheck: SA* */
		return str_starts(peer, str_slice(word, 0, word.len - 1));
	bool is_group = word.len && word.len < peer.len && str_eq_nocase(str_slice(peer, 0, word.len), word);
	if (is_group && mark->form->codes == CATEGORIES) /* lint, lint/suspicious */
		return peer.ptr[word.len] == '/';
	if (is_group && mark->form->codes == NUMBERED_AFTER_COLON) /* flake8: ASYNC2 */
		return char_is_alnum(peer.ptr[word.len]);
	return str_eq_nocase(word, peer);
}

static bool has_peer(const struct rule *rule, const struct mark *mark, struct str word)
{
	struct str rest = str_from(rule->peers), peer;
	while (str_split(&rest, ' ', &peer))
		if (mark->form ? means(mark, word, peer) : str_eq(word, peer))
			return true;
	return false;
}

static bool names_rule(const struct facts *f, const struct mark *mark, const struct rule *rule)
{
	struct str rest = mark->codes, word;
	if (mark->all)
		return true;
	if (mark->attribute)
		facts_each_below(f, mark->attribute, n)
			if (node_kind(f, n) == NODE_NAME && has_peer(rule, mark, node_name(f, n)))
				return true;
	while (next_word(&rest, &word))
		if (has_peer(rule, mark, word))
			return true;
	return false;
}

static int by_first(const void *left, const void *right)
{
	const struct quiet *a = left, *b = right;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->mark > b->mark) - (a->mark < b->mark);
}

/* The lines one rule is silent on; each entry then reaches as far as any before it, so that one look-up
 * decides. */
static void find_quiets(const struct facts *f, const struct marks *marks, const struct rule *rule, struct quiets *out)
{
	const struct mark *open = NULL;
	for (uint32_t i = 0; i < marks->list.count; i++) {
		const struct mark *mark = &marks->list.items[i];
		if (!names_rule(f, mark, rule))
			continue;
		enum extent extent = mark->form ? mark->form->extent : WHOLE_FILE;
		struct quiet quiet = { mark->first, mark->last, mark };
		if (extent == FROM_HERE) {
			open = open ? open : mark;
			continue;
		}
		if (extent == ENDS_HERE && !open)
			continue;
		if (extent == ENDS_HERE) {
			quiet = (struct quiet){ open->first, mark->first, open };
			open = NULL;
		}
		vec_push(&out->list, quiet);
	}
	if (open) {
		struct quiet quiet = { open->first, UINT32_MAX, open };
		vec_push(&out->list, quiet);
	}
	if (out->list.count)
		qsort(out->list.items, out->list.count, sizeof(*out->list.items), by_first);
	for (uint32_t i = 1; i < out->list.count; i++) {
		struct quiet *quiet = &out->list.items[i];
		if (quiet[-1].last > quiet->last) {
			quiet->last = quiet[-1].last;
			quiet->mark = quiet[-1].mark;
		}
	}
}

static const struct mark *covering(const struct quiets *quiets, uint32_t line)
{
	uint32_t low = 0, high = quiets->list.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (quiets->list.items[middle].first <= line)
			low = middle + 1;
		else
			high = middle;
	}
	const struct quiet *last = low ? &quiets->list.items[low - 1] : NULL;
	return last && last->last >= line ? last->mark : NULL;
}

/* A comment's text; an attribute's reason, or the attribute. */
static struct str justification(struct arena *a, const struct facts *f, const struct mark *mark)
{
	if (!mark->attribute)
		return mark->text;
	node_id reason = object_value(f, mark->attribute, STR("reason"));
	if (reason)
		return node_name(f, reason);
	node_id code = node_child_of_kind(f, mark->attribute, NODE_NAME);
	return arena_printf(a, "#[%.*s(%.*s%s)]", STR_ARG(node_name(f, mark->attribute)), STR_ARG(node_name(f, code)),
		f->nodes[code].next < f->nodes[mark->attribute].next ? ", …" : "");
}

static bool is_open(const struct finding *finding, const struct rule *rule)
{
	return finding->rule == rule && finding->suppression == NOT_SUPPRESSED && finding->place.line;
}

static void cover(struct rule_state *s, const struct facts *f, const struct marks *marks, const struct rule *rule)
{
	struct quiets quiets = { 0 };
	find_quiets(f, marks, rule, &quiets);
	for (uint32_t i = 0; i < s->slot->findings.count; i++) {
		struct finding *finding = s->slot->findings.items[i];
		const struct mark *mark = is_open(finding, rule) ? covering(&quiets, finding->place.line) : NULL;
		if (!mark)
			continue;
		finding->suppression = SUPPRESSED_IN_SOURCE;
		finding->justification = justification(s->arena, f, mark);
	}
	vec_release(&quiets.list);
}

static bool has_open(const struct slot *slot, const struct rule *rule)
{
	for (uint32_t i = 0; i < slot->findings.count; i++)
		if (is_open(slot->findings.items[i], rule))
			return true;
	return false;
}

void suppress_by_peers(struct rule_state *s, file_id file, struct outline *outline)
{
	const struct facts *f = &model_file(s->input->model, file)->facts;
	struct marks marks = { 0 };
	bool read = false;
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		if (!rule->peers || !has_open(s->slot, rule))
			continue;
		if (!read) {
			read_comments(&marks, f, outline);
			read_attributes(&marks, f);
			read = true;
		}
		cover(s, f, &marks, rule);
	}
	vec_release(&marks.list);
}
