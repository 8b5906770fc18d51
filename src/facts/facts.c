#include "bylaw/facts.h"

static const char *const kind_names[NODE_KIND_COUNT] = {
#define X(id, name) [NODE_##id] = name,
	NODE_KINDS(X)
#undef X
};

static const char *const part_names[NODE_PART_COUNT] = {
#define X(id, name) [PART_##id] = name,
	NODE_PARTS(X)
#undef X
};

const char *node_kind_name(enum node_kind kind)
{
	return kind_names[kind];
}

const char *node_part_name(enum node_part part)
{
	return part_names[part];
}

struct str facts_str(const struct facts *f, uint32_t id)
{
	uint32_t start = id ? f->string_ends[id - 1] : 0;
	return (struct str){ f->text + start, f->string_ends[id] - start };
}

node_id node_child(const struct facts *f, node_id parent, enum node_part part)
{
	facts_each_child(f, parent, c)
		if (f->nodes[c].part == part)
			return c;
	return 0;
}

node_id node_child_of_kind(const struct facts *f, node_id parent, enum node_kind kind)
{
	facts_each_child(f, parent, c)
		if (f->nodes[c].kind == kind)
			return c;
	return 0;
}

node_id call_arg(const struct facts *f, node_id call, uint32_t index)
{
	facts_each_child(f, call, c) {
		if (f->nodes[c].part != PART_ARG || f->nodes[c].kind == NODE_PAIR)
			continue;
		if (index-- == 0)
			return c;
	}
	return 0;
}

static node_id pair_value(const struct facts *f, node_id parent, struct str key)
{
	facts_each_child(f, parent, c)
		if (f->nodes[c].kind == NODE_PAIR && str_eq(node_name(f, c), key))
			return node_child(f, c, PART_VALUE);
	return 0;
}

node_id call_keyword(const struct facts *f, node_id call, struct str name)
{
	return pair_value(f, call, name);
}

node_id object_value(const struct facts *f, node_id object, struct str key)
{
	return pair_value(f, object, key);
}

node_id node_ancestor(const struct facts *f, node_id n, uint64_t kinds)
{
	while (n) {
		n = f->nodes[n].parent;
		if (n && (kinds >> f->nodes[n].kind & 1))
			return n;
	}
	return 0;
}

node_id node_function(const struct facts *f, node_id n)
{
	return node_ancestor(f, n, KIND(FUNCTION) | KIND(LAMBDA));
}

node_id node_executor(const struct facts *f, node_id n)
{
	do {
		n = f->nodes[n].parent;
		bool is_block = node_kind(f, n) == NODE_BLOCK && node_has(f, n, FLAG_ASYNC);
		if (is_block || ((KIND(FUNCTION) | KIND(LAMBDA)) >> f->nodes[n].kind & 1))
			return n;
	} while (n);
	return 0;
}

static bool is_one_of(struct str name, const char *const *names)
{
	while (*names && !str_is(name, *names))
		names++;
	return *names != NULL;
}

node_id node_chained(const struct facts *f, node_id value, const char *const *methods)
{
	for (node_id around = f->nodes[value].parent;; around = f->nodes[value].parent) {
		bool is_method = node_kind(f, around) == NODE_CALL && f->nodes[value].part == PART_OBJECT &&
				 is_one_of(path_last(node_name(f, around)), methods);
		if (!is_method && node_kind(f, around) != NODE_UNWRAP)
			return value;
		value = around;
	}
}

/* mod tests; fn new_test_server(), fn for_testing(): what tests of other crates call. */
static bool is_for_tests(const struct facts *f, node_id n)
{
	struct str name = node_name(f, n);
	if (node_kind(f, n) == NODE_NAMESPACE)
		return str_is(name, "tests") || str_is(name, "test");
	return node_kind(f, n) == NODE_FUNCTION &&
	       (str_starts(name, STR("test_")) || str_ends(name, STR("_test")) || str_contains(name, STR("_test_")) ||
		       str_ends(name, STR("_tests")) || str_ends(name, STR("for_testing")));
}

bool node_in_test(const struct facts *f, node_id n)
{
	for (; n; n = f->nodes[n].parent)
		if (node_has(f, n, FLAG_TEST) || is_for_tests(f, n))
			return true;
	return false;
}

/* The first comment that ends at or behind an offset. */
static uint32_t comment_behind(const struct facts *f, uint32_t offset)
{
	uint32_t low = 0, high = f->comment_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (f->comments[middle].end < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool node_is_explained(const struct facts *f, node_id n)
{
	uint32_t first = facts_line(f, f->nodes[n].start), last = facts_line(f, f->nodes[n].end);
	uint32_t above = f->lines[first > 1 ? first - 2 : 0];
	for (uint32_t i = comment_behind(f, above); i < f->comment_count; i++) {
		struct str text = facts_str(f, f->comments[i].text);
		uint32_t line = facts_line(f, f->comments[i].start);
		if (line > last)
			break;
		bool is_above = line < first && !f->comments[i].trailing;
		bool is_plan = str_contains(text, STR("TODO")) || str_contains(text, STR("FIXME"));
		if ((is_above || line >= first) && !is_plan && !str_empty(text))
			return true;
	}
	return false;
}

bool node_is_awaited(const struct facts *f, node_id n)
{
	return node_kind(f, f->nodes[n].parent) == NODE_AWAIT;
}

node_id node_runs_in(const struct facts *f, node_id n)
{
	node_id executor = node_executor(f, n), other = node_ancestor(f, n, KIND(CLASS) | KIND(DECORATOR));
	return executor && other <= executor && node_kind(f, executor) == NODE_FUNCTION ? executor : 0;
}

node_id node_next_call(const struct facts *f, node_id function, node_id n)
{
	const uint64_t others = KIND(FUNCTION) | KIND(LAMBDA) | KIND(CLASS);
	for (n++; n < f->nodes[function].next;) {
		if (node_kind(f, n) == NODE_CALL)
			return n;
		n = others >> f->nodes[n].kind & 1 ? f->nodes[n].next : n + 1;
	}
	return 0;
}

/* Where the last separator (`.` or `::`) starts, or UINT32_MAX. */
static uint32_t last_separator(struct str path)
{
	for (uint32_t i = path.len; i > 0; i--) {
		if (path.ptr[i - 1] == '.')
			return i - 1;
		if (path.ptr[i - 1] == ':' && i >= 2 && path.ptr[i - 2] == ':')
			return i - 2;
	}
	return UINT32_MAX;
}

struct str path_last(struct str path)
{
	uint32_t at = last_separator(path);
	if (at == UINT32_MAX)
		return path;
	return str_slice(path, at + (path.ptr[at] == '.' ? 1 : 2), path.len);
}

struct str path_parent(struct str path)
{
	uint32_t at = last_separator(path);
	return at == UINT32_MAX ? STR("") : str_slice(path, 0, at);
}

struct str path_first(struct str path)
{
	const char *dot = path.len ? memchr(path.ptr, '.', path.len) : NULL;
	uint32_t end = dot ? (uint32_t)(dot - path.ptr) : path.len;
	const char *colon = end ? memchr(path.ptr, ':', end) : NULL;
	while (colon && (colon + 1 == path.ptr + path.len || colon[1] != ':'))
		colon = memchr(colon + 1, ':', (size_t)(path.ptr + end - colon - 1));
	return str_slice(path, 0, colon ? (uint32_t)(colon - path.ptr) : end);
}

uint32_t facts_line(const struct facts *f, uint32_t offset)
{
	uint32_t low = 0, high = f->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (f->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

uint32_t facts_column(const struct facts *f, uint32_t offset)
{
	uint32_t start = f->lines[facts_line(f, offset) - 1];
	return offset > start ? offset - start + 1 : 1;
}

/* The first comment that starts behind a line. */
static uint32_t first_comment_behind(const struct facts *f, uint32_t line)
{
	uint32_t low = 0, high = f->comment_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (facts_line(f, f->comments[middle].start) <= line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool comment_says(const struct facts *f, node_id n, const char *const *words)
{
	uint32_t line = facts_line(f, f->nodes[n].start);
	for (uint32_t i = first_comment_behind(f, line); i-- > 0;) {
		if (facts_line(f, f->comments[i].end) + 1 < line)
			return false;
		line = facts_line(f, f->comments[i].start);
		for (const char *const *word = words; *word; word++)
			if (str_contains(facts_str(f, f->comments[i].text), str_from(*word)))
				return true;
	}
	return false;
}
