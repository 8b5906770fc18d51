#include "config/suggest.h"

enum { LONGEST = 64 };

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, changes, and neighbours that changed places: what slips of the hand are. */
static uint32_t edit_distance(struct str a, struct str b)
{
	uint32_t rows[3][LONGEST + 1];
	uint32_t *before = rows[0], *last = rows[1], *row = rows[2];
	for (uint32_t j = 0; j <= b.len; j++)
		last[j] = before[j] = j;
	for (uint32_t i = 1; i <= a.len; i++) {
		row[0] = i;
		for (uint32_t j = 1; j <= b.len; j++) {
			bool same = a.ptr[i - 1] == b.ptr[j - 1];
			row[j] = least(least(last[j] + 1, row[j - 1] + 1), last[j - 1] + (same ? 0 : 1));
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		uint32_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	return last[b.len];
}

void suggest_from(struct suggestion *s, struct str candidate)
{
	if (s->word.len > LONGEST || candidate.len > LONGEST)
		return;
	uint32_t distance = edit_distance(s->word, candidate);
	uint32_t allowed = s->word.len < 3 ? 1 : s->word.len < 12 ? 2 : 3;
	if (distance > allowed || distance >= candidate.len || (s->best.len && distance >= s->distance))
		return;
	s->best = candidate;
	s->distance = distance;
}
