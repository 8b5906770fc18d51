#include "report/frame.h"

#include "base/utf8.h"

enum {
	VIEW = 100, /* columns */
	BEFORE = 40, /* of them before the underlined part, on a long line */
	NEAR = 400, /* bytes that are looked at on either side, so that a long line costs no more than a short
		       one */
	TAB = 4,
};

/* What stands for one code point on the screen. */
struct glyph {
	struct str bytes;
	uint32_t code;
	uint32_t column, width;
};

struct walk {
	struct str text;
	uint32_t at, column;
	struct buf escaped;
};

static bool next_glyph(struct walk *w, struct glyph *g)
{
	if (w->at == w->text.len)
		return false;
	uint32_t length = utf8_next(w->text, w->at, &g->code);
	g->bytes = str_slice(w->text, w->at, w->at + length);
	g->column = w->column;
	buf_clear(&w->escaped);
	if (g->code == '\t') {
		g->width = TAB - w->column % TAB;
	} else if (g->code == UTF8_BAD || utf8_is_unsafe(g->code)) {
		utf8_add_visible_code(&w->escaped, g->code, g->bytes);
		g->width = w->escaped.len;
	} else {
		g->width = utf8_columns(g->code);
	}
	w->at += length;
	w->column += g->width;
	return true;
}

/* The part of a line that is shown, and where on it the carets stand, in columns. */
struct view {
	struct str text;
	bool cut_left, cut_right;
	uint32_t from, to;
	uint32_t caret_from, caret_to;
};

static bool is_continuation(char c)
{
	return ((uint8_t)c & 0xC0) == 0x80;
}

static struct view clip(const struct frame *f)
{
	uint32_t from = f->from < f->line.len ? f->from : f->line.len;
	uint32_t start = from > NEAR ? from - NEAR : 0;
	while (start && start < from && is_continuation(f->line.ptr[start]))
		start++;
	struct view v = { .text = str_slice(f->line, start, from + NEAR) };
	v.cut_left = start > 0;
	v.cut_right = start + v.text.len < f->line.len;
	v.caret_from = from - start;
	v.caret_to = f->to > start ? f->to - start : 0;
	return v;
}

/* Turns the carets' bytes into columns, and chooses the columns that are shown. */
static void measure(struct view *v)
{
	struct walk w = { .text = v->text };
	struct glyph g;
	uint32_t from = UINT32_MAX, to = UINT32_MAX, at = 0;
	while (next_glyph(&w, &g)) {
		if (from == UINT32_MAX && w.at > v->caret_from)
			from = g.column;
		if (to == UINT32_MAX && at >= v->caret_to)
			to = g.column;
		at = w.at;
	}
	buf_release(&w.escaped);
	v->caret_from = from == UINT32_MAX ? w.column : from;
	v->caret_to = to == UINT32_MAX ? w.column : to;
	if (w.column > VIEW && v->caret_from > BEFORE)
		v->from = w.column - v->caret_from < VIEW - BEFORE ? w.column - VIEW : v->caret_from - BEFORE;
	v->to = v->from + VIEW;
	v->cut_left |= v->from > 0;
	v->cut_right |= w.column > v->to;
}

static void add_spaces(struct buf *out, uint32_t count)
{
	while (count--)
		buf_add_char(out, ' ');
}

static void add_text(struct buf *out, const struct view *v)
{
	struct walk w = { .text = v->text };
	struct glyph g;
	uint32_t column = v->from;
	buf_add_text(out, v->cut_left ? "…" : "");
	while (next_glyph(&w, &g)) {
		if (g.column < v->from || w.column > v->to)
			continue;
		add_spaces(out, g.column - column);
		if (g.code == '\t')
			add_spaces(out, g.width);
		else
			buf_add(out, w.escaped.len ? buf_str(&w.escaped) : g.bytes);
		column = w.column;
	}
	buf_release(&w.escaped);
	while (out->len && out->ptr[out->len - 1] == ' ')
		out->len--;
	buf_add_text(out, v->cut_right ? "…" : "");
}

static void add_carets(struct buf *out, const struct view *v, const struct frame *f)
{
	uint32_t end = v->caret_to < v->to ? v->caret_to : v->to;
	add_spaces(out, v->caret_from - v->from + (v->cut_left ? 1 : 0));
	buf_add_text(out, f->mark);
	for (uint32_t column = v->caret_from; column == v->caret_from || column < end; column++)
		buf_add_char(out, '^');
	buf_add_text(out, f->reset);
}

static void add_gutter(struct buf *out, const struct frame *f, bool numbered)
{
	buf_add_text(out, f->dim);
	if (numbered)
		buf_printf(out, " %*u |", (int)f->gutter, f->number);
	else
		buf_printf(out, " %*s |", (int)f->gutter, "");
	buf_add_text(out, f->reset);
}

void frame_print(struct buf *out, const struct frame *f)
{
	struct view v = clip(f);
	measure(&v);
	add_gutter(out, f, false);
	buf_add_char(out, '\n');
	add_gutter(out, f, true);
	buf_add_char(out, ' ');
	add_text(out, &v);
	buf_add_char(out, '\n');
	add_gutter(out, f, false);
	buf_add_char(out, ' ');
	add_carets(out, &v, f);
	buf_add_char(out, '\n');
}
