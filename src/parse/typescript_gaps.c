/*
 * What the grammars (TypeScript 0.23, JavaScript 0.25) do not know yet, though compilers do. The parser sees
 * other bytes of the same length in its place; facts are named from the file's own.
 */
#include "parse/typescript.h"

/* How far is looked around from one place, so that hostile text costs no more than its length. */
enum { MOST_TYPE_ARGUMENTS = 4096, MOST_ELEMENT = 512, MOST_ANGLES = 16, MOST_PARAMETERS = 160, MOST_LINE = 240 };

struct mend {
	struct str bytes;
	struct buf *changed;
};

static void put(struct mend *m, uint32_t at, char c)
{
	if (!m->changed->len)
		buf_add(m->changed, m->bytes);
	m->changed->ptr[at] = c;
}

static void blank(struct mend *m, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++)
		if (m->bytes.ptr[i] != '\n')
			put(m, i, ' ');
}

static char byte_at(const struct mend *m, uint32_t i)
{
	return i < m->bytes.len ? m->bytes.ptr[i] : '\0';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return c == '_' || c == '$' || char_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* How deep a backward scan of type arguments stands in each kind of bracket. */
struct nesting {
	int angles, round, square, curly;
};

/* Counts the bracket at `i`, read backwards; false when it cannot be one of types. */
static bool count_bracket(const struct mend *m, uint32_t i, struct nesting *n)
{
	switch (m->bytes.ptr[i]) {
	case '>':
		n->angles += m->bytes.ptr[i - 1] != '=';
		return n->angles <= MOST_ANGLES;
	case '<':
		n->angles--;
		break;
	case ')':
		n->round++;
		break;
	case '(':
		n->round--;
		break;
	case ']':
		n->square++;
		break;
	case '[':
		n->square--;
		break;
	case '}':
		n->curly++;
		break;
	case '{':
		n->curly--;
		return m->bytes.ptr[i - 1] != '$' && n->curly >= 0;
	default:
		break;
	}
	return n->round >= 0 && n->square >= 0 && n->curly >= 0;
}

/* What types are not written with: then the angles compare. */
static bool is_of_types(const struct mend *m, uint32_t i, const struct nesting *n)
{
	char c = m->bytes.ptr[i], behind = m->bytes.ptr[i + 1];
	if (c == '=' || c == '&' || c == '|')
		return c == '=' ? behind == '>' : behind != c;
	if (c == ';' || c == '?')
		return n->curly > 0 || n->round > 0;
	return !c || !strchr("`+-*/%!^~@#\\", c);
}

/* The quote in front of the one at `i`, or 0. */
static uint32_t skip_quoted(const struct mend *m, uint32_t i, uint32_t least)
{
	char quote = m->bytes.ptr[i];
	while (--i > least)
		if (m->bytes.ptr[i] == quote)
			return i;
	return 0;
}

/* Where the `<` of the `>` at `close` stands, or 0 when there are no type arguments between them. */
static uint32_t open_angle(const struct mend *m, uint32_t close)
{
	uint32_t least = close > MOST_TYPE_ARGUMENTS ? close - MOST_TYPE_ARGUMENTS : 0;
	struct nesting n = { 0 };
	for (uint32_t i = close; i > least; i--) {
		char c = m->bytes.ptr[i];
		if (c == '"' || c == '\'') {
			i = skip_quoted(m, i, least);
			if (!i)
				return 0;
			continue;
		}
		if (!count_bracket(m, i, &n) || !is_of_types(m, i, &n))
			return 0;
		if (n.angles == 0)
			return n.round || n.square || n.curly ? 0 : i;
	}
	return 0;
}

/* <b>`…`</b> and <b>(…)</b> in JSX text: an element, and no type arguments. */
static bool is_element(const struct mend *m, uint32_t open, uint32_t close)
{
	struct str name = str_slice(m->bytes, open + 1, close);
	struct str rest = str_slice(m->bytes, close, close + MOST_ELEMENT);
	for (uint32_t i = 0; i + name.len + 2 < rest.len; i++)
		if (rest.ptr[i] == '<' && rest.ptr[i + 1] == '/' && memcmp(rest.ptr + i + 2, name.ptr, name.len) == 0)
			return true;
	return false;
}

/*
 * f<T>(x) and tag<T>`x`: the grammar knows no tagged templates with type arguments, and takes what stands in
 * front of a call with some for a part of the callee: `await f<T>(x)` would call `await f`, `a + f<T>(x)`
 * call a sum. So they go; ts_type_arguments reads them from the file's text.
 */
static void mend_type_arguments(struct mend *m, uint32_t close)
{
	char behind = byte_at(m, close + 1);
	if ((behind != '(' && behind != '`') || close < 2 || m->bytes.ptr[close - 1] == '=')
		return;
	uint32_t open = open_angle(m, close);
	if (open == 0)
		return;
	char before = m->bytes.ptr[open - 1];
	if ((is_word(before) || before == ')' || before == ']') && !is_element(m, open, close))
		blank(m, open, close + 1);
}

static bool is_type_keyword(struct str word)
{
	static const char *const words[] = { "string", "number", "boolean", "any", "unknown", "object", "symbol",
		"never", "bigint" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

/* Can it stand in a list of bare names? */
static bool is_in_list(char c)
{
	return is_word(c) || is_space(c) || c == ',' || c == '?';
}

/* (string) => void: a parameter without a type, whose name is a type's; a capital makes it any name. */
static void mend_parameters(struct mend *m, uint32_t arrow)
{
	uint32_t close = arrow, least = arrow > MOST_PARAMETERS ? arrow - MOST_PARAMETERS : 0;
	while (close > least && is_space(m->bytes.ptr[close - 1]))
		close--;
	if (close == least || m->bytes.ptr[--close] != ')')
		return;
	uint32_t open = close;
	while (open > least && is_in_list(m->bytes.ptr[open - 1]))
		open--;
	if (open == least || m->bytes.ptr[--open] != '(')
		return;
	for (uint32_t i = open + 1; i < close; i++) {
		uint32_t start = i;
		while (is_word(m->bytes.ptr[i]))
			i++;
		if (is_type_keyword(str_slice(m->bytes, start, i)))
			put(m, start, 'X');
	}
}

/* <in T>, <out T>, <in out T>: where T varies is nothing to us. */
static void mend_variance(struct mend *m, uint32_t angle)
{
	static const char *const words[] = { "in ", "out " };
	uint32_t from = angle + 1;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(str_slice(m->bytes, from, m->bytes.len), str_from(words[i]))) {
			blank(m, from, from + (uint32_t)strlen(words[i]));
			from += (uint32_t)strlen(words[i]);
		}
}

/* A member called `in` on a line of its own reads as the operator. */
static void mend_in(struct mend *m, uint32_t at)
{
	uint32_t line = at;
	while (line && (m->bytes.ptr[line - 1] == ' ' || m->bytes.ptr[line - 1] == '\t'))
		line--;
	char behind = byte_at(m, at + 2);
	if (line && m->bytes.ptr[line - 1] == '\n' && (behind == ':' || (behind == '?' && byte_at(m, at + 3) == ':')))
		put(m, at, 'X');
}

/* export type * from "m" */
static void mend_type_star(struct mend *m, uint32_t star)
{
	struct str head = STR("export type ");
	if (star >= head.len && str_eq(str_slice(m->bytes, star - head.len, star), head))
		blank(m, star - 5, star);
}

/* Is `word` what stands at `at`, with a space behind it and no word in front? */
static bool is_modifier(const struct mend *m, uint32_t at, struct str word)
{
	return str_starts(str_slice(m->bytes, at, m->bytes.len), word) && byte_at(m, at + word.len) == ' ' &&
	       (at == 0 || (!is_word(m->bytes.ptr[at - 1]) && m->bytes.ptr[at - 1] != '.'));
}

/* `using x = f()` declares as const does. */
static void mend_using(struct mend *m, uint32_t at)
{
	uint32_t i = at + 6;
	struct str await = STR("await ");
	if (!is_modifier(m, at, STR("using")) || !is_word(byte_at(m, i)))
		return;
	while (is_word(byte_at(m, i)))
		i++;
	struct str behind = str_slice(m->bytes, i, m->bytes.len);
	if (!str_starts(behind, STR(" = ")) && !str_starts(behind, STR(": ")) && !str_starts(behind, STR(" of ")))
		return;
	for (uint32_t n = 0; n < 5; n++)
		put(m, at + n, "const"[n]);
	if (at >= await.len && str_eq(str_slice(m->bytes, at - await.len, at), await))
		blank(m, at - await.len, at);
}

/* `accessor name = …` in a class is a field. */
static void mend_accessor(struct mend *m, uint32_t at)
{
	struct str word = STR("accessor");
	char behind = byte_at(m, at + word.len + 1);
	if (is_modifier(m, at, word) && (is_word(behind) || behind == '#'))
		blank(m, at, at + word.len);
}

/* href="/?a=1&b=2": does the ampersand stand in an attribute's text? */
static bool is_in_attribute(const struct mend *m, uint32_t at)
{
	uint32_t least = at > MOST_LINE ? at - MOST_LINE : 0;
	for (uint32_t i = at; i-- > least && m->bytes.ptr[i] != '\n';)
		if (m->bytes.ptr[i] == '"' || m->bytes.ptr[i] == '\'')
			return i > 0 && m->bytes.ptr[i - 1] == '=';
	return false;
}

/* The nearest byte in front of `at`, on its line, that text between elements does not have; '\n' for none. */
static char mark_before(const struct mend *m, uint32_t at)
{
	uint32_t least = at > MOST_LINE ? at - MOST_LINE : 0;
	for (uint32_t i = at; i-- > least;) {
		char c = m->bytes.ptr[i];
		if (c && strchr("\n=({[\"`<|}>", c))
			return c == '>' && i > 0 && m->bytes.ptr[i - 1] == '=' ? '=' : c;
	}
	return '\n';
}

static bool is_entity(const struct mend *m, uint32_t at)
{
	uint32_t i = at + 1;
	while (is_word(byte_at(m, i)) || byte_at(m, i) == '#')
		i++;
	return i > at + 1 && byte_at(m, i) == ';';
}

/*
 * A bare `&` in JSX text or in an attribute. In text it becomes `|`: should it be an operator after all,
 * nothing but its precedence changes.
 */
static void mend_ampersand(struct mend *m, uint32_t at)
{
	char before = at ? m->bytes.ptr[at - 1] : '\0', behind = byte_at(m, at + 1);
	if (before == '&' || behind == '&' || behind == '=' || is_entity(m, at))
		return;
	if (is_in_attribute(m, at)) {
		put(m, at, '_');
		return;
	}
	char mark = mark_before(m, at);
	if (mark == '\n' || mark == '>' || mark == '}')
		put(m, at, '|');
}

static void mend_types(struct mend *m, uint32_t i)
{
	switch (m->bytes.ptr[i]) {
	case '>':
		mend_type_arguments(m, i);
		break;
	case '=':
		if (i && byte_at(m, i + 1) == '>')
			mend_parameters(m, i);
		break;
	case '<':
		mend_variance(m, i);
		break;
	case 'i':
		if (byte_at(m, i + 1) == 'n')
			mend_in(m, i);
		break;
	case '*':
		mend_type_star(m, i);
		break;
	case 'u':
		if (byte_at(m, i + 1) == 's' && byte_at(m, i + 2) == 'i')
			mend_using(m, i);
		break;
	case 'a':
		if (byte_at(m, i + 1) == 'c' && byte_at(m, i + 2) == 'c')
			mend_accessor(m, i);
		break;
	default:
		break;
	}
}

static void mend_elements(struct mend *m)
{
	for (uint32_t i = 0; i < m->bytes.len; i++) {
		const char *hit = memchr(m->bytes.ptr + i, '&', m->bytes.len - i);
		if (!hit)
			return;
		i = (uint32_t)(hit - m->bytes.ptr);
		mend_ampersand(m, i);
	}
}

bool ts_mend(struct str bytes, struct buf *changed)
{
	struct mend m = { bytes, changed };
	for (uint32_t i = 0; i < bytes.len; i++)
		mend_types(&m, i);
	return changed->len > 0;
}

bool tsx_mend(struct str bytes, struct buf *changed)
{
	struct mend m = { bytes, changed };
	ts_mend(bytes, changed);
	mend_elements(&m);
	return changed->len > 0;
}

bool jsx_mend(struct str bytes, struct buf *changed)
{
	struct mend m = { bytes, changed };
	mend_elements(&m);
	return changed->len > 0;
}
