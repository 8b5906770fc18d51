#include "parse/parse.h"

#include "parse/engine.h"
#include "parse/pool.h"

#include <time.h>

static const struct grammar *const grammars[LANGUAGE_COUNT] = {
#define X(ID, id, name, files) [LANGUAGE_##ID] = &grammar_##id,
	LANGUAGES(X)
#undef X
};

static uint64_t now(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static struct deadline deadline_in(uint64_t milliseconds)
{
	uint64_t span = milliseconds * 1000000u;
	return (struct deadline){ now(CLOCK_MONOTONIC) + span, now(CLOCK_THREAD_CPUTIME_ID) + span };
}

void parse_init(void)
{
	pool_install();
}

struct parser *parser_new(void)
{
	struct parser *p = mem_alloc(sizeof(*p));
	memset(p, 0, sizeof(*p));
	p->pool = pool_new(PARSE_MOST_MEMORY);
	return p;
}

void parser_free(struct parser *p)
{
	if (!p)
		return;
	facts_builder_release(&p->facts);
	pool_free(p->pool);
	arena_release(&p->grammars);
	vec_release(&p->frames);
	vec_release(&p->levels.list);
	vec_release(&p->stretches);
	buf_release(&p->scratch);
	buf_release(&p->changed);
	buf_release(&p->code);
	mem_free(p);
}

static const char *read_rest(void *payload, uint32_t offset, TSPoint at, uint32_t *size)
{
	(void)at;
	const struct str *text = payload;
	*size = offset < text->len ? text->len - offset : 0;
	return *size ? text->ptr + offset : "";
}

/* What counts is the thread's own time, so that a busy machine skips no more files than another; the wall clock costs less to ask. */
static bool past_deadline(TSParseState *state)
{
	const struct deadline *deadline = state->payload;
	return now(CLOCK_MONOTONIC) > deadline->wall && now(CLOCK_THREAD_CPUTIME_ID) > deadline->processor;
}

TSTree *parser_tree(struct parser *p, const TSLanguage *language, struct str text)
{
	if (!p->tree_parser) {
		p->tree_parser = ts_parser_new();
		ts_parser_set_language(p->tree_parser, language);
	}
	TSInput input = { .payload = &text, .read = read_rest, .encoding = TSInputEncodingUTF8 };
	TSParseOptions options = { .payload = &p->deadline, .progress_callback = past_deadline };
	TSTree *tree = ts_parser_parse_with_options(p->tree_parser, NULL, input, options);
	if (!tree)
		ts_parser_reset(p->tree_parser); /* else the next parse would go on where this one stopped */
	return tree;
}

/* What the parser made up inside a token stands under no node that the walk sees: the innermost one tells where. */
static void note_hidden_error(struct facts_builder *b, TSNode root)
{
	if (b->errors.count || !ts_node_has_error(root))
		return;
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	TSNode innermost = root;
	bool more = ts_tree_cursor_goto_first_child(&cursor);
	while (more) {
		TSNode node = ts_tree_cursor_current_node(&cursor);
		if (ts_node_has_error(node)) {
			innermost = node;
			more = ts_tree_cursor_goto_first_child(&cursor);
		} else {
			more = ts_tree_cursor_goto_next_sibling(&cursor);
		}
	}
	ts_tree_cursor_delete(&cursor);
	facts_error(b, ts_node_end_byte(innermost), ts_node_end_byte(innermost));
}

static struct str text_for_parser(struct parser *p)
{
	const struct grammar *g = grammars[p->language];
	buf_clear(&p->changed);
	return g->prepare && g->prepare(p->bytes, &p->changed) ? buf_str(&p->changed) : p->bytes;
}

static void run_walk(struct parser *p)
{
	const struct compiled_grammar *grammar = p->compiled[p->language];
	p->tree_parser = NULL; /* the last file's went with the pool */
	TSTree *tree = parser_tree(p, grammar->language, text_for_parser(p));
	if (!tree) {
		p->result = SKIP_TIME;
		return;
	}
	struct walk walk = {
		.facts = &p->facts, .grammar = grammar, .parser = p, .source = p->bytes, .scratch = &p->scratch
	};
	walk_tree(&walk, ts_tree_root_node(tree), PART_NONE);
	note_hidden_error(&p->facts, ts_tree_root_node(tree));
}

static void parse_task(void *context)
{
	struct parser *p = context;
	run_walk(p);
}

/* After a jump out of a walk: what it held on the heap. */
static void abandon(struct parser *p)
{
	for (uint32_t i = 0; i < p->stretches.count; i++)
		buf_release(&p->stretches.items[i]);
	vec_clear(&p->stretches);
	vec_clear(&p->frames);
	vec_clear(&p->levels.list);
}

/* What is parsed, and as which language: of a component its scripts. */
static const struct grammar *begin(struct parser *p, enum language language, struct str bytes)
{
	const struct grammar *g = grammars[language];
	p->language = language;
	p->bytes = bytes;
	if (g->embeds) {
		buf_clear(&p->code);
		p->language = g->embeds(bytes, &p->code);
		p->bytes = buf_str(&p->code);
		g = grammars[p->language];
	}
	if (g->language && !p->compiled[p->language])
		p->compiled[p->language] = grammar_compile(g, &p->grammars, NULL);
	return g;
}

enum skip_reason parse_file(struct parser *p, enum language language, struct str bytes, struct buf *out)
{
	facts_begin(&p->facts, language, bytes);
	p->result = SKIP_NONE;
	p->deadline = deadline_in(PARSE_MOST_MILLISECONDS);
	const struct grammar *g = begin(p, language, bytes);
	if (g->parse) {
		g->parse(&p->facts, bytes);
	} else if (!pool_run(p->pool, parse_task, p)) {
		abandon(p);
		p->result = SKIP_MEMORY;
	}
	if (grammars[language]->is_template)
		vec_clear(&p->facts.errors);
	if (p->result == SKIP_NONE && p->facts.overflow)
		p->result = SKIP_NODES;
	if (p->result == SKIP_NONE)
		facts_end(&p->facts, out);
	return p->result;
}

bool parse_check_tables(struct err *err)
{
	struct arena arena = { 0 };
	for (unsigned i = 1; i < LANGUAGE_COUNT && !err_is_set(err); i++) {
		struct err missing = { 0 };
		if (grammars[i]->language)
			grammar_compile(grammars[i], &arena, &missing);
		if (err_is_set(&missing))
			err_set(err, "%s: %s", language_id((enum language)i), missing.message);
	}
	arena_release(&arena);
	return !err_is_set(err);
}
