#include "cli/fix.h"

#include "base/hash.h"
#include "cli/cli.h"
#include "cli/outfile.h"
#include "facts/codec.h"
#include "parse/parse.h"
#include "report/edits.h"

#include <sys/stat.h>
#include <unistd.h>

/* One file on its way from what it says to what it is to say. */
struct fixing {
	struct project *project;
	const struct bylaw_result *result;
	struct fixes *fixes;
	struct parser *parser;
	struct buf before, after, facts;
	VEC(uint32_t) findings; /* of the report, whose fixes are to be made */
	struct edits edits;
};

bool fix_is_offered(const struct check_options *o, const struct finding *finding)
{
	return finding_is_fixable(finding) && (o->unsafe_fixes || !finding->fix_is_unsafe);
}

/* Says once why a file is left as it is, though more passes come by. */
static void refuse(struct fixing *x, const struct err *err, struct str path)
{
	bool added;
	str_map_put(&x->fixes->refused, arena_str(&x->project->arena, path), 1, &added);
	if (added)
		cli_fail(err);
}

static bool refuse_because(struct fixing *x, struct str path, const char *why)
{
	struct err err = { 0 };
	err_set(&err, "%.*s: not fixed: %s", STR_ARG(path), why);
	refuse(x, &err, path);
	return false;
}

/* Does the file still say what was checked? Positions in another text mean nothing. */
static bool reads_as_checked(struct fixing *x, file_id file, struct buf *bytes)
{
	const struct model_file *was = model_file(x->result->model, file);
	struct source_file listed = { .path = was->path };
	return source_read(x->project->source, &listed, bytes) == SKIP_NONE &&
	       hash_bytes(bytes->ptr, bytes->len) == was->content;
}

/* A fix that leaves a file that does not parse is none. */
static bool parses_as_well(struct fixing *x, file_id file)
{
	const struct model_file *was = model_file(x->result->model, file);
	struct facts facts;
	struct err err = { 0 };
	buf_clear(&x->facts);
	return parse_file(x->parser, was->language, buf_str(&x->after), &x->facts) == SKIP_NONE &&
	       facts_decode(buf_str(&x->facts), &facts, &err) && facts.error_count <= was->facts.error_count;
}

/* Makes the fixes of these findings, all about one file; how many found their place. */
static uint32_t make_fixes(struct fixing *x, const uint32_t *findings, uint32_t count)
{
	uint32_t made = 0;
	x->edits.list.count = 0;
	for (uint32_t i = 0; i < count; i++)
		made += edits_add(&x->edits, buf_str(&x->before), x->result->report.findings.items[findings[i]]);
	edits_make(&x->edits, buf_str(&x->before), &x->after);
	return made;
}

/* Each costs a parse of the file; the others wait for the next run. */
enum { MOST_TRIES = 64 };

/* Finds out by trying which of them leave a file that parses, and makes those. */
static uint32_t make_what_parses(struct fixing *x, file_id file)
{
	uint32_t *findings = x->findings.items, kept = 0;
	for (uint32_t i = 0; i < x->findings.count && i < MOST_TRIES; i++) {
		findings[kept] = findings[i];
		make_fixes(x, findings, kept + 1);
		kept += parses_as_well(x, file);
	}
	return make_fixes(x, findings, kept);
}

/* Makes the fixes of findings [first, end), which are about one file; how many of them, 0 when nothing came of it. */
static uint32_t make(struct fixing *x, const struct check_options *o, uint32_t first, uint32_t end)
{
	const struct report *r = &x->result->report;
	struct str path = r->findings.items[first]->place.path;
	file_id file = model_find_file(x->result->model, path);
	vec_clear(&x->findings);
	for (uint32_t i = first; i < end; i++)
		if (fix_is_offered(o, r->findings.items[i]))
			vec_push(&x->findings, i);
	if (!x->findings.count || file == NO_FILE)
		return 0;
	if (!reads_as_checked(x, file, &x->before))
		return refuse_because(x, path, "it changed while it was checked");
	uint32_t made = make_fixes(x, x->findings.items, x->findings.count);
	if (!made || parses_as_well(x, file))
		return made;
	refuse_because(x, path, "what comes out would not parse");
	return make_what_parses(x, file);
}

/* Calls `use` for every file that comes out changed. Findings are sorted by path. */
static void each_changed(const struct check_options *o, struct project *p, const struct bylaw_result *result,
	struct fixes *fixes, void (*use)(struct fixing *x, struct str path, uint32_t made, void *context),
	void *context)
{
	struct fixing x = { .project = p, .result = result, .fixes = fixes, .parser = parser_new() };
	const struct report *r = &result->report;
	for (uint32_t first = 0, end; first < r->findings.count; first = end) {
		struct str path = r->findings.items[first]->place.path;
		for (end = first; end < r->findings.count && str_eq(r->findings.items[end]->place.path, path);)
			end++;
		uint32_t made = make(&x, o, first, end);
		if (made)
			use(&x, path, made, context);
	}
	parser_free(x.parser);
	buf_release(&x.before);
	buf_release(&x.after);
	buf_release(&x.facts);
	vec_release(&x.findings);
	edits_release(&x.edits);
}

/* A file is replaced by another, for which its folder is asked; what it says of itself counts as well, for root too. */
static bool may_be_written(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH) && access(path, W_OK) == 0;
}

static void write_file(struct fixing *x, struct str path, uint32_t made, void *context)
{
	struct arena *a = &x->project->arena;
	struct err err = { 0 };
	struct str full = arena_printf(a, "%.*s/%.*s", STR_ARG(x->project->root), STR_ARG(path));
	(void)context;
	if (!may_be_written(full.ptr))
		refuse_because(x, path, "it is read-only");
	else if (!reads_as_checked(x, model_find_file(x->result->model, path), &x->before))
		refuse_because(x, path, "it changed while it was fixed");
	else if (outfile_write(a, full, buf_str(&x->after), &err))
		x->fixes->made += made;
	else
		refuse(x, &err, path);
}

void fix_files(const struct check_options *o, struct project *p, const struct bylaw_result *result, struct fixes *fixes)
{
	each_changed(o, p, result, fixes, write_file, NULL);
}

static void add_diff(struct fixing *x, struct str path, uint32_t made, void *context)
{
	struct err err = { 0 };
	x->fixes->made += made;
	if (!git_text_diff(path, buf_str(&x->before), buf_str(&x->after), context, &err))
		refuse(x, &err, path);
}

void fix_diff(const struct check_options *o, struct project *p, const struct bylaw_result *result, struct fixes *fixes,
	struct buf *out)
{
	each_changed(o, p, result, fixes, add_diff, out);
}
