#include "report/fingerprint.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- GitHub's: a rolling hash over UTF-16 code units; a line's value is that of the 100 units from its
 * first ---- */

enum { WINDOW = 100, FACTOR = 37, END_OF_FILE = 65535, NO_LINE = 0, LONG_LINE = 4096 };

struct roller {
	struct line_hashes *into;
	struct map counts;
	uint64_t hash, oldest_factor; /* FACTOR to the power of WINDOW */
	uint32_t units[WINDOW];
	uint32_t line_at[WINDOW]; /* the line that begins with this unit, or NO_LINE */
	uint32_t at, line;
	bool line_starts, after_cr;
};

/* The unit that leaves the window was its line's first: the hash now covers the window from there. */
static void finish_line(struct roller *r)
{
	uint32_t line = r->line_at[r->at];
	if (line == NO_LINE)
		return;
	uint32_t *count = map_put(&r->counts, r->hash, 0, NULL);
	struct fingerprint f = { r->hash, ++*count };
	vec_push(&r->into->lines, f);
	r->line_at[r->at] = NO_LINE;
}

static void roll(struct roller *r, uint32_t unit)
{
	r->hash = FACTOR * r->hash + unit - r->oldest_factor * r->units[r->at];
	r->units[r->at] = unit;
	r->at = (r->at + 1) % WINDOW;
}

static void add_unit(struct roller *r, uint32_t unit)
{
	if (unit == ' ' || unit == '\t' || (r->after_cr && unit == '\n')) {
		r->after_cr = false;
		return;
	}
	r->after_cr = unit == '\r';
	if (unit == '\r')
		unit = '\n';
	finish_line(r);
	if (r->line_starts)
		r->line_at[r->at] = ++r->line;
	r->line_starts = unit == '\n';
	roll(r, unit);
}

static void add_code(struct roller *r, uint32_t code)
{
	if (code == UTF8_BAD)
		code = 0xFFFD;
	if (code < 0x10000) {
		add_unit(r, code);
		return;
	}
	add_unit(r, 0xD800 + ((code - 0x10000) >> 10));
	add_unit(r, 0xDC00 + ((code - 0x10000) & 0x3FF));
}

void line_hashes_compute(struct line_hashes *h, struct str text)
{
	struct roller r = { .into = h, .oldest_factor = 1, .line_starts = true };
	vec_clear(&h->lines);
	for (int i = 0; i < WINDOW; i++)
		r.oldest_factor *= FACTOR;
	for (uint32_t at = 0, code; at < text.len;) {
		at += utf8_next(text, at, &code);
		add_code(&r, code);
	}
	add_unit(&r, END_OF_FILE);
	for (int i = 0; i < WINDOW; i++) {
		finish_line(&r);
		roll(&r, 0);
	}
	map_release(&r.counts);
}

void line_hashes_release(struct line_hashes *h)
{
	vec_release(&h->lines);
}

/* ---- ours ---- */

static void add_part(struct buf *b, struct str part)
{
	buf_add(b, part);
	buf_add_char(b, '\0');
}

static void add_words(struct buf *b, struct str line)
{
	for (uint32_t i = 0; i < line.len; i++)
		if (line.ptr[i] != ' ' && (line.ptr[i] < '\t' || line.ptr[i] > '\r'))
			buf_add_char(b, line.ptr[i]);
}

/* A line of a megabyte with a thousand findings must not be read a thousand times. */
static struct str near_place(const struct finding *f, struct str line)
{
	uint32_t from = f->place.column ? f->place.column - 1 : 0;
	return line.len <= LONG_LINE ? line : str_slice(line, from, from + LONG_LINE);
}

struct fingerprint fingerprint_next(struct fingerprints *all, const struct finding *f, struct str line)
{
	struct buf b = { 0 };
	add_part(&b, str_from(f->rule->id));
	add_part(&b, f->place.path);
	add_part(&b, f->symbol);
	add_words(&b, near_place(f, line));
	uint64_t hash = hash_bytes(b.ptr, b.len);
	buf_release(&b);
	uint32_t *count = map_put(&all->seen, hash, 0, NULL);
	return (struct fingerprint){ hash, ++*count };
}

void fingerprints_release(struct fingerprints *all)
{
	map_release(&all->seen);
}

const char *fingerprint_text(struct fingerprint f, char text[FINGERPRINT_TEXT])
{
	snprintf(text, FINGERPRINT_TEXT, "%" PRIx64 ":%" PRIu32, f.hash, f.nth);
	return text;
}
