#include "base/glob.h"

#include "base/mem.h"
#include "base/utf8.h"

enum { MAX_PATTERN = 4096, MAX_EXPANSIONS = 1000, MAX_BRACES = 16, FEW_STEPS = 192 };

/*
 * A pattern becomes a small program whose steps are the states of an automaton; all states are followed at
 * once, so no pattern can make it go back.
 */
enum step_kind {
	STEP_END,
	STEP_CHAR, /* code */
	STEP_ANY, /* one character, no slash */
	STEP_CLASS, /* the set at `code` in the pattern */
	STEP_STAR, /* any number of characters, no slash */
	STEP_DEEP, /* any number of characters */
	STEP_JUMP, /* on at `code` */
	STEP_SPLIT, /* the next step, and the one at `code` */
};

enum { NOWHERE = UINT16_MAX };

struct step {
	uint32_t kind;
	uint32_t code;
};

struct brace {
	uint32_t split; /* of the current alternative: where the next begins is not yet known */
	uint32_t jumps; /* ends of the alternatives before, chained through `code` */
};

struct program {
	struct step *steps;
	uint32_t count;
	uint32_t depth;
	struct brace braces[MAX_BRACES];
	struct str pattern;
	bool folder_only; /* it ended with a slash */
};

/* A character, or for a broken byte a number that stands for it and nothing else. */
static uint32_t next_code(struct str s, uint32_t *at)
{
	uint32_t code;
	uint32_t length = utf8_next(s, *at, &code);
	if (code == UTF8_BAD) {
		code = 0x110000u + (uint8_t)s.ptr[*at];
		length = 1;
	}
	*at += length;
	return code;
}

/* The offset behind the `]` of a set that begins at `at`, or 0 when it is not closed. */
static uint32_t class_end(struct str p, uint32_t at)
{
	uint32_t i = at + 1;
	if (i < p.len && (p.ptr[i] == '!' || p.ptr[i] == '^'))
		i++;
	for (uint32_t first = i; i < p.len; i++) {
		if (p.ptr[i] == ']' && i > first)
			return i + 1;
		if (p.ptr[i] == '\\')
			i++;
	}
	return 0;
}

static uint32_t class_code(struct str p, uint32_t *at)
{
	if (p.ptr[*at] == '\\' && *at + 1 < p.len)
		++*at;
	return next_code(p, at);
}

static bool class_has(struct str p, uint32_t at, uint32_t code)
{
	uint32_t end = class_end(p, at) - 1;
	bool negated = p.ptr[++at] == '!' || p.ptr[at] == '^';
	bool found = false;
	if (negated)
		at++;
	while (at < end) {
		uint32_t low = class_code(p, &at);
		uint32_t high = low;
		if (at + 1 < end && p.ptr[at] == '-') {
			at++;
			high = class_code(p, &at);
		}
		found |= low <= code && code <= high;
	}
	return found != negated && code != '/';
}

static void add_step(struct program *g, enum step_kind kind, uint32_t code)
{
	g->steps[g->count++] = (struct step){ kind, code };
}

static void open_brace(struct program *g)
{
	g->braces[g->depth++] = (struct brace){ g->count, NOWHERE };
	add_step(g, STEP_SPLIT, NOWHERE);
}

static void next_alternative(struct program *g)
{
	struct brace *b = &g->braces[g->depth - 1];
	add_step(g, STEP_JUMP, b->jumps);
	b->jumps = g->count - 1;
	g->steps[b->split].code = g->count;
	b->split = g->count;
	add_step(g, STEP_SPLIT, NOWHERE);
}

static void close_brace(struct program *g)
{
	uint32_t jump = g->braces[--g->depth].jumps;
	while (jump != NOWHERE) {
		uint32_t before = g->steps[jump].code;
		g->steps[jump].code = g->count;
		jump = before;
	}
}

static bool is_edge(const struct program *g, uint32_t at, const char *edges)
{
	char c = g->pattern.ptr[at];
	return c == '/' || (g->depth && (c == edges[0] || c == edges[1]));
}

/* Stars at `at`. A folder of its own called `**` crosses folders; two stars anywhere else are one. */
static uint32_t add_stars(struct program *g, uint32_t at)
{
	struct str p = g->pattern;
	uint32_t end = at;
	while (end < p.len && p.ptr[end] == '*')
		end++;
	bool starts = at == 0 || is_edge(g, at - 1, "{,");
	bool ends = end == p.len || is_edge(g, end, ",}");
	if (end - at != 2 || !starts || !ends) {
		add_step(g, STEP_STAR, 0);
		return end;
	}
	if (end == p.len || p.ptr[end] != '/') {
		add_step(g, STEP_DEEP, 0);
		return end;
	}
	add_step(g, STEP_SPLIT, g->count + 3);
	add_step(g, STEP_DEEP, 0);
	add_step(g, STEP_CHAR, '/');
	return end + 1;
}

/* Adds what stands at `at` and returns the offset behind it; 0 for braces nested too deep. */
static uint32_t add_next(struct program *g, uint32_t at)
{
	struct str p = g->pattern;
	char c = p.ptr[at];
	if (c == '*')
		return add_stars(g, at);
	if (c == '{') {
		if (g->depth == MAX_BRACES)
			return 0;
		open_brace(g);
		return at + 1;
	}
	if (g->depth && c == ',') {
		next_alternative(g);
		return at + 1;
	}
	if (g->depth && c == '}') {
		close_brace(g);
		return at + 1;
	}
	uint32_t end = c == '[' ? class_end(p, at) : 0;
	if (end) {
		add_step(g, STEP_CLASS, at);
		return end;
	}
	if (c == '?') {
		add_step(g, STEP_ANY, 0);
		return at + 1;
	}
	if (c == '\\' && at + 1 < p.len)
		at++;
	add_step(g, STEP_CHAR, next_code(p, &at));
	return at;
}

/* Is there a slash before the last character, outside of sets? */
static bool has_slash(struct str p)
{
	for (uint32_t i = 0; i < p.len; i++) {
		if (p.ptr[i] == '/')
			return true;
		uint32_t end = p.ptr[i] == '[' ? class_end(p, i) : 0;
		if (end)
			i = end - 1;
	}
	return false;
}

/* At most two steps for each byte, and four more. */
static bool compile(struct program *g, struct str p)
{
	if (str_starts(p, STR("./")))
		p = str_slice(p, 1, p.len);
	g->folder_only = str_ends(p, STR("/"));
	if (g->folder_only)
		p.len--;
	bool anywhere = !has_slash(p);
	if (str_starts(p, STR("/")))
		p = str_slice(p, 1, p.len);
	g->pattern = p;
	if (anywhere) {
		add_step(g, STEP_SPLIT, 3);
		add_step(g, STEP_DEEP, 0);
		add_step(g, STEP_CHAR, '/');
	}
	for (uint32_t at = 0; at < p.len;) {
		at = add_next(g, at);
		if (at == 0)
			return false;
	}
	while (g->depth)
		close_brace(g);
	add_step(g, STEP_END, 0);
	return p.len > 0;
}

/* Where the automaton may be: the steps in `items`, each once. */
struct states {
	uint16_t *items;
	uint32_t *seen; /* the round in which a step was last added */
	uint32_t count;
};

static void add_state(struct states *s, uint32_t step, uint32_t round)
{
	if (step == NOWHERE || s->seen[step] == round)
		return;
	s->seen[step] = round;
	s->items[s->count++] = (uint16_t)step;
}

/* Follows what needs no character. True when the pattern may end here. */
static bool close_states(const struct program *g, struct states *s, uint32_t round)
{
	bool ends = false;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct step *step = &g->steps[s->items[i]];
		if (step->kind == STEP_JUMP || step->kind == STEP_SPLIT)
			add_state(s, step->code, round);
		if (step->kind == STEP_SPLIT || step->kind == STEP_STAR || step->kind == STEP_DEEP)
			add_state(s, s->items[i] + 1u, round);
		ends |= step->kind == STEP_END;
	}
	return ends;
}

static bool accepts(const struct program *g, const struct step *step, uint32_t code)
{
	switch (step->kind) {
	case STEP_CHAR:
		return step->code == code;
	case STEP_ANY:
	case STEP_STAR:
		return code != '/';
	case STEP_CLASS:
		return class_has(g->pattern, step->code, code);
	default:
		return step->kind == STEP_DEEP;
	}
}

static void advance(
	const struct program *g, const struct states *from, struct states *to, uint32_t code, uint32_t round)
{
	to->count = 0;
	for (uint32_t i = 0; i < from->count; i++) {
		const struct step *step = &g->steps[from->items[i]];
		if (!accepts(g, step, code))
			continue;
		bool stays = step->kind == STEP_STAR || step->kind == STEP_DEEP;
		add_state(to, from->items[i] + (stays ? 0u : 1u), round);
	}
}

static bool run(const struct program *g, struct states *now, struct states *then, struct str path)
{
	uint32_t round = 1;
	now->count = 0;
	add_state(now, 0, round);
	for (uint32_t at = 0; now->count; round++) {
		bool ends = close_states(g, now, round);
		if (ends && (at == path.len ? !g->folder_only : path.ptr[at] == '/'))
			return true;
		if (at == path.len)
			return false;
		advance(g, now, then, next_code(path, &at), round + 1);
		struct states *other = now;
		now = then;
		then = other;
	}
	return false;
}

static bool match_within(
	struct str pattern, struct str path, struct step *steps, uint32_t *seen, uint16_t *items, uint32_t capacity)
{
	struct program g = { .steps = steps };
	if (!compile(&g, pattern))
		return false;
	memset(seen, 0, sizeof(*seen) * g.count);
	struct states now = { items, seen, 0 }, then = { items + capacity, seen, 0 };
	return run(&g, &now, &then, path);
}

bool glob_match(struct str pattern, struct str path)
{
	if (!pattern.len || !path.len || pattern.len > MAX_PATTERN)
		return false;
	uint32_t capacity = 2 * pattern.len + 4;
	if (capacity <= FEW_STEPS) {
		struct step steps[FEW_STEPS];
		uint32_t seen[FEW_STEPS];
		uint16_t items[2 * FEW_STEPS];
		return match_within(pattern, path, steps, seen, items, FEW_STEPS);
	}
	struct step *steps = mem_alloc(sizeof(*steps) * capacity);
	uint32_t *seen = mem_alloc(sizeof(*seen) * capacity);
	uint16_t *items = mem_alloc(sizeof(*items) * 2 * capacity);
	bool matches = match_within(pattern, path, steps, seen, items, capacity);
	mem_free(steps);
	mem_free(seen);
	mem_free(items);
	return matches;
}

/* How many patterns the braces stand for: alternatives add up, what follows one another multiplies. */
struct expansions {
	uint32_t sum, product;
};

static bool too_many(uint32_t n)
{
	return n > MAX_EXPANSIONS;
}

static bool check_braces(struct str p, struct err *err)
{
	struct expansions levels[MAX_BRACES + 1] = { { 0, 1 } };
	uint32_t depth = 0;
	for (uint32_t i = 0; i < p.len; i++) {
		struct expansions *level = &levels[depth];
		char c = p.ptr[i];
		uint32_t end = c == '[' ? class_end(p, i) : 0;
		if (end) {
			i = end - 1;
		} else if (c == '\\') {
			i++;
		} else if (c == '{') {
			if (depth == MAX_BRACES)
				return err_set(err, "braces are nested more than %d deep", MAX_BRACES);
			levels[++depth] = (struct expansions){ 0, 1 };
		} else if (depth && (c == ',' || c == '}')) {
			level->sum += level->product;
			level->product = 1;
			if (c == '}')
				levels[--depth].product *= level->sum;
			if (too_many(level->sum) || too_many(levels[depth].product))
				return err_set(err, "braces stand for more than %d patterns", MAX_EXPANSIONS);
		}
	}
	return depth == 0 || err_set(err, "`{` is not closed; write `\\{` for the character itself");
}

static bool check_folders(struct str p, struct err *err)
{
	struct str rest = p, part;
	while (str_split(&rest, '/', &part))
		if (str_is(part, ".."))
			return err_set(err, "`..` leaves the root; patterns start at the root");
	return true;
}

bool glob_check(struct str p, struct err *err)
{
	if (!p.len || str_is(p, "/") || str_is(p, "./"))
		return err_set(err, "an empty pattern matches nothing");
	if (p.len > MAX_PATTERN)
		return err_set(err, "the pattern is longer than 4 KiB");
	if (p.ptr[0] == '!')
		return err_set(err, "`!` is not supported; write `\\!` for the character itself");
	for (uint32_t i = 0; i < p.len; i++) {
		if (p.ptr[i] == '\\') {
			if (++i == p.len)
				return err_set(err, "`\\` at the end escapes nothing");
		} else if (p.ptr[i] == '[') {
			i = class_end(p, i);
			if (!i--)
				return err_set(err, "`[` is not closed; write `\\[` for the character itself");
		}
	}
	return check_folders(p, err) && check_braces(p, err);
}

/* One segment against one name; on a mismatch the last star takes one character more. */
static bool match_name(struct str pattern, struct str name, unsigned flags)
{
	uint32_t p = 0, n = 0, star = UINT32_MAX, taken = 0;
	bool wild = pattern.len && (pattern.ptr[0] == '*' || pattern.ptr[0] == '?');
	if (wild && !(flags & GLOB_HIDDEN) && str_starts(name, STR(".")))
		return false;
	while (n < name.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = p++;
			taken = n;
		} else if (p < pattern.len && (pattern.ptr[p] == '?' || pattern.ptr[p] == name.ptr[n])) {
			p++;
			n++;
		} else if (star != UINT32_MAX) {
			p = star + 1;
			n = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}

/* May a `**` step over this folder? */
static bool is_crossed(struct str name, unsigned flags)
{
	static const char *const packages[] = { "node_modules", "bower_components", "jspm_packages" };
	bool crossed = !str_starts(name, STR("."));
	for (size_t i = 0; i < sizeof(packages) / sizeof(*packages); i++)
		crossed = crossed && !str_is(name, packages[i]);
	return crossed || (flags & GLOB_HIDDEN);
}

static bool next_segment(struct str *rest, struct str *segment)
{
	return rest->len && str_split(rest, '/', segment);
}

bool glob_match_segments(struct str pattern, struct str path, unsigned flags)
{
	struct str rest = path, part, name, behind = { 0 }, from = { 0 };
	bool crossing = false;
	for (;;) {
		struct str next = pattern;
		bool more = next_segment(&next, &part);
		if (more && str_is(part, "**")) {
			crossing = true;
			behind = pattern = next;
			from = rest;
			continue;
		}
		if (!more && (!rest.len || (flags & GLOB_BELOW) || (crossing && !behind.len)))
			return true;
		struct str left = rest;
		if (more && next_segment(&left, &name) && match_name(part, name, flags)) {
			pattern = next;
			rest = left;
			continue;
		}
		if (!crossing || !next_segment(&from, &name) || !is_crossed(name, flags))
			return false;
		pattern = behind;
		rest = from;
	}
}
