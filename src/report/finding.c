#include "report/finding.h"

#include "base/hash.h"
#include "base/map.h"

#include <stdlib.h>

void finding_release(struct finding *f)
{
	vec_release(&f->related);
	vec_release(&f->edits);
}

void report_release(struct report *r)
{
	for (uint32_t i = 0; i < r->findings.count; i++)
		finding_release(r->findings.items[i]);
	for (uint32_t i = 0; i < r->abstentions.count; i++)
		vec_release(&r->abstentions.items[i].files);
	vec_release(&r->findings);
	vec_release(&r->skipped);
	vec_release(&r->abstentions);
	arena_release(&r->arena);
	*r = (struct report){ 0 };
}

/* qsort is not stable: the place before sorting decides last. */
struct entry {
	struct finding *finding;
	uint32_t index;
};

static int compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *x = left, *y = right;
	const struct place *a = &x->finding->place, *b = &y->finding->place;
	int order = str_cmp(a->path, b->path);
	if (!order)
		order = compare_numbers(a->line, b->line);
	if (!order)
		order = compare_numbers(a->column, b->column);
	if (!order)
		order = strcmp(x->finding->rule->id, y->finding->rule->id);
	return order ? order : compare_numbers(x->index, y->index);
}

static void sort_findings(struct report *r)
{
	uint32_t count = r->findings.count;
	struct entry *entries = mem_alloc(sizeof(*entries) * count);
	for (uint32_t i = 0; i < count; i++)
		entries[i] = (struct entry){ r->findings.items[i], i };
	if (count)
		qsort(entries, count, sizeof(*entries), compare_entries);
	for (uint32_t i = 0; i < count; i++)
		r->findings.items[i] = entries[i].finding;
	mem_free(entries);
}

static uint64_t hash_finding(const struct finding *f)
{
	uint32_t numbers[] = { f->place.line, f->place.column, f->place.end_line, f->place.end_column,
		f->place.in_base };
	uint64_t hash = hash_bytes(f->place.path.ptr, f->place.path.len);
	hash = hash_mix(hash, numbers, sizeof(numbers));
	hash = hash_mix(hash, f->rule->id, strlen(f->rule->id));
	return hash_mix(hash, f->message.ptr, f->message.len);
}

static bool is_repeat(const struct finding *f, const struct finding *of)
{
	const struct place *a = &f->place, *b = &of->place;
	return a->line == b->line && a->column == b->column && a->end_line == b->end_line &&
	       a->end_column == b->end_column && a->in_base == b->in_base && str_eq(a->path, b->path) &&
	       strcmp(f->rule->id, of->rule->id) == 0 && str_eq(f->message, of->message);
}

static void drop_repeats(struct report *r)
{
	struct map first = { 0 };
	uint32_t kept = 0;
	for (uint32_t i = 0; i < r->findings.count; i++) {
		struct finding *f = r->findings.items[i];
		bool added;
		uint32_t *index = map_put(&first, hash_finding(f), kept, &added);
		if (!added && is_repeat(f, r->findings.items[*index]))
			finding_release(f);
		else
			r->findings.items[kept++] = f;
	}
	r->findings.count = kept;
	map_release(&first);
}

static int compare_skipped(const void *left, const void *right)
{
	const struct skipped_file *a = left, *b = right;
	int order = str_cmp(a->path, b->path);
	return order ? order : compare_numbers(a->reason, b->reason);
}

static int compare_abstentions(const void *left, const void *right)
{
	const struct abstention *a = left, *b = right;
	int order = strcmp(a->rule->id, b->rule->id);
	return order ? order : str_cmp(a->reason, b->reason);
}

bool finding_is_fixable(const struct finding *f)
{
	return f->edits.count && f->suppression == NOT_SUPPRESSED && !f->place.in_base;
}

void report_finish(struct report *r)
{
	sort_findings(r);
	drop_repeats(r);
	if (r->skipped.count)
		qsort(r->skipped.items, r->skipped.count, sizeof(*r->skipped.items), compare_skipped);
	if (r->abstentions.count)
		qsort(r->abstentions.items, r->abstentions.count, sizeof(*r->abstentions.items), compare_abstentions);
	r->suppressed = 0;
	for (uint32_t i = 0; i < r->findings.count; i++)
		r->suppressed += r->findings.items[i]->suppression != NOT_SUPPRESSED;
}

uint32_t report_count(const struct report *r, enum severity least)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < r->findings.count; i++) {
		const struct finding *f = r->findings.items[i];
		count += f->suppression == NOT_SUPPRESSED && f->severity >= least;
	}
	return count;
}
