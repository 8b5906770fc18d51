/* For people: each finding with the line it is about, and its evidence. */
#include "report/formats.h"

#include "base/utf8.h"
#include "config/config.h"
#include "report/edits.h"
#include "report/frame.h"
#include "report/lines.h"

enum { MESSAGE = 600, PATH = 4096 }; /* code points that are shown at most */

struct printer {
	const struct format_options *options;
	struct buf *out;
	struct lines_cache lines;
	uint32_t gutter;
};

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define RESET "\x1b[0m"

static const char *const severity_colors[] = { [SEVERITY_OFF] = "",
	[SEVERITY_NOTE] = "\x1b[36m",
	[SEVERITY_WARNING] = "\x1b[33m",
	[SEVERITY_ERROR] = "\x1b[31m" };

static const char *paint(const struct printer *p, const char *sequence)
{
	return p->options->color ? sequence : "";
}

static uint32_t digits(uint32_t number)
{
	uint32_t n = 1;
	for (; number >= 10; number /= 10)
		n++;
	return n;
}

/* "src/a.ts:3:5"; the path alone for a finding about a whole file */
static void add_place(struct printer *p, const struct place *place)
{
	buf_add_text(p->out, paint(p, BOLD));
	utf8_add_visible(p->out, place->path, PATH);
	if (place->line)
		buf_printf(p->out, ":%u:%u", place->line, place->column ? place->column : 1);
	buf_add_text(p->out, paint(p, RESET));
	buf_add_text(p->out, place->in_base ? " (base)" : "");
}

static void add_frame(struct printer *p, const struct place *place, const char *color)
{
	struct lines *l = place->line ? lines_of(&p->lines, place->path, place->in_base) : NULL;
	if (!l)
		return;
	struct frame f = { .line = lines_get(l, place->line), .number = place->line, .gutter = p->gutter };
	f.from = place->column ? place->column - 1 : 0;
	f.to = place->end_line > place->line ? f.line.len : place->end_column ? place->end_column - 1 : f.from;
	f.dim = paint(p, DIM);
	f.mark = paint(p, color);
	f.reset = paint(p, RESET);
	frame_print(p->out, &f);
}

static uint32_t gutter_of(const struct finding *f)
{
	uint32_t widest = digits(f->place.line);
	for (uint32_t i = 0; i < f->related.count; i++) {
		uint32_t width = digits(f->related.items[i].place.line);
		widest = width > widest ? width : widest;
	}
	return widest;
}

static void add_note(struct printer *p, const struct finding_related *note)
{
	buf_add_text(p->out, "  ");
	add_place(p, &note->place);
	buf_printf(p->out, ": %snote%s: ", paint(p, severity_colors[SEVERITY_NOTE]), paint(p, RESET));
	utf8_add_visible(p->out, note->message, MESSAGE);
	buf_add_char(p->out, '\n');
	add_frame(p, &note->place, severity_colors[SEVERITY_NOTE]);
}

static void add_clause(struct printer *p, const struct rule *rule)
{
	buf_printf(p->out, " %*s %s=%s ", (int)p->gutter, "", paint(p, DIM), paint(p, RESET));
	if (rule->clauses && *rule->clauses)
		buf_printf(p->out, "§%s: ", rule->clauses);
	buf_printf(p->out, "%s\n", rule->title);
}

/* "= fix: replace `dict` by `model_dump` (--fix)" */
static void add_fix(struct printer *p, const struct finding *f)
{
	if (!finding_is_fixable(f))
		return;
	buf_printf(p->out, " %*s %s=%s fix: ", (int)p->gutter, "", paint(p, DIM), paint(p, RESET));
	edits_describe(p->out, f);
	buf_add_text(p->out, f->fix_is_unsafe ? " (--fix --unsafe-fixes)\n" : " (--fix)\n");
}

static void add_finding(struct printer *p, const struct finding *f)
{
	const char *color = severity_colors[f->severity];
	p->gutter = gutter_of(f);
	add_place(p, &f->place);
	buf_printf(p->out, ": %s%s[%s]%s ", paint(p, color), severity_name(f->severity), f->rule->id, paint(p, RESET));
	utf8_add_visible(p->out, f->message, MESSAGE);
	buf_add_char(p->out, '\n');
	add_frame(p, &f->place, color);
	for (uint32_t i = 0; i < f->related.count; i++)
		add_note(p, &f->related.items[i]);
	add_clause(p, f->rule);
	add_fix(p, f);
	buf_add_char(p->out, '\n');
}

static void add_count(struct buf *out, uint32_t count, const char *what, bool *any)
{
	if (!count)
		return;
	buf_printf(out, "%s%u %s%s", *any ? ", " : "", count, what, count == 1 ? "" : "s");
	*any = true;
}

/* "3 errors, 1 warning in 2 files (4 suppressed)" */
static void add_summary(struct buf *out, const struct report *r)
{
	uint32_t counts[SEVERITY_ERROR + 1] = { 0 }, files = 0;
	struct str last = { 0 };
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		if (f->suppression != NOT_SUPPRESSED)
			continue;
		counts[f->severity]++;
		files += !last.ptr || !str_eq(last, f->place.path);
		last = f->place.path;
	}
	bool any = false;
	for (uint32_t s = SEVERITY_ERROR; s > SEVERITY_OFF; s--)
		add_count(out, counts[s], severity_name((enum severity)s), &any);
	if (any)
		buf_printf(out, " in %u file%s", files, files == 1 ? "" : "s");
	else
		buf_add_text(out, "no findings");
	if (r->suppressed)
		buf_printf(out, " (%u suppressed)", r->suppressed);
	buf_add_char(out, '\n');
}

void format_text(const struct report *r, const struct format_options *options, struct buf *out)
{
	struct printer p = { .options = options, .out = out, .lines = { .options = options } };
	for (uint32_t i = 0; i < r->findings.count; i++)
		if (r->findings.items[i]->suppression == NOT_SUPPRESSED)
			add_finding(&p, r->findings.items[i]);
	add_summary(out, r);
	lines_release(&p.lines);
}
