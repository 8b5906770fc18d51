#include "cli/fix.h"

#include "cli/cli.h"
#include "cli/outfile.h"
#include "facts/codec.h"
#include "parse/parse.h"
#include "report/edits.h"

/* One file on its way from what it says to what it is to say. */
struct fixing {
	struct project *project;
	const struct bylaw_result *result;
	struct parser *parser;
	struct buf before, after, facts;
	struct edits edits;
};

bool fix_is_offered(const struct check_options *o, const struct finding *finding)
{
	return finding_is_fixable(finding) && (o->unsafe_fixes || !finding->fix_is_unsafe);
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

/* Makes the fixes of findings [first, end), which are about one file; how many of them, 0 when nothing came of it. */
static uint32_t make(struct fixing *x, const struct check_options *o, uint32_t first, uint32_t end)
{
	const struct report *r = &x->result->report;
	struct str path = r->findings.items[first]->place.path;
	struct source_file listed = { .path = path };
	file_id file = model_find_file(x->result->model, path);
	uint32_t made = 0;
	x->edits.list.count = 0;
	if (file == NO_FILE || source_read(x->project->source, &listed, &x->before) != SKIP_NONE)
		return 0;
	for (uint32_t i = first; i < end; i++)
		if (fix_is_offered(o, r->findings.items[i]))
			made += edits_add(&x->edits, buf_str(&x->before), r->findings.items[i]);
	edits_make(&x->edits, buf_str(&x->before), &x->after);
	return made && parses_as_well(x, file) ? made : 0;
}

/* Calls `use` for every file that comes out changed. Findings are sorted by path. */
static void each_changed(const struct check_options *o, struct project *p, const struct bylaw_result *result,
	void (*use)(struct fixing *x, struct str path, uint32_t made, void *context), void *context)
{
	struct fixing x = { .project = p, .result = result, .parser = parser_new() };
	const struct report *r = &result->report;
	for (uint32_t first = 0, end; first < r->findings.count; first = end) {
		struct str path = r->findings.items[first]->place.path;
		bool any = false;
		for (end = first; end < r->findings.count && str_eq(r->findings.items[end]->place.path, path); end++)
			any |= fix_is_offered(o, r->findings.items[end]);
		uint32_t made = any ? make(&x, o, first, end) : 0;
		if (made)
			use(&x, path, made, context);
	}
	parser_free(x.parser);
	buf_release(&x.before);
	buf_release(&x.after);
	buf_release(&x.facts);
	edits_release(&x.edits);
}

static void write_file(struct fixing *x, struct str path, uint32_t made, void *context)
{
	uint32_t *fixed = context;
	struct arena *a = &x->project->arena;
	struct err err = { 0 };
	struct str full = arena_printf(a, "%.*s/%.*s", STR_ARG(x->project->root), STR_ARG(path));
	if (outfile_write(a, full, buf_str(&x->after), &err))
		*fixed += made;
	else
		cli_fail(&err);
}

uint32_t fix_files(const struct check_options *o, struct project *p, const struct bylaw_result *result)
{
	uint32_t fixed = 0;
	each_changed(o, p, result, write_file, &fixed);
	return fixed;
}

static void add_diff(struct fixing *x, struct str path, uint32_t made, void *context)
{
	struct err err = { 0 };
	(void)made;
	if (!git_text_diff(path, buf_str(&x->before), buf_str(&x->after), context, &err))
		cli_fail(&err);
}

void fix_diff(const struct check_options *o, struct project *p, const struct bylaw_result *result, struct buf *out)
{
	each_changed(o, p, result, add_diff, out);
}
