/* The top-level fields of GraphQL operations. A scanner of words and braces; the grammar of schemas is another matter. */
#include "wire/requests.h"

struct words {
	struct str text;
	uint32_t at;
};

/* Behind the string that starts at `i`: "…" or """…""". */
static uint32_t behind_string(struct str text, uint32_t i)
{
	struct str quote = str_starts(str_slice(text, i, text.len), STR("\"\"\"")) ? STR("\"\"\"") : STR("\"");
	for (i += quote.len; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			i++;
		else if (str_starts(str_slice(text, i, text.len), quote))
			return i + quote.len;
	}
	return text.len;
}

/* The next word, or one byte of punctuation; false at the end. Blanks, commas, comments and strings are skipped. */
static bool next_word(struct words *w, struct str *word)
{
	struct str text = w->text;
	for (; w->at < text.len; w->at++) {
		char c = text.ptr[w->at];
		if (c == '#')
			while (w->at + 1 < text.len && text.ptr[w->at + 1] != '\n')
				w->at++;
		else if (c == '"')
			w->at = behind_string(text, w->at) - 1;
		else if (c > ' ' && c != ',')
			break;
	}
	if (w->at >= text.len)
		return false;
	uint32_t start = w->at++;
	while (char_is_word(text.ptr[start]) && w->at < text.len && char_is_word(text.ptr[w->at]))
		w->at++;
	*word = str_slice(text, start, w->at);
	return true;
}

/* Behind the bracket that closes the one just read. */
static void skip_group(struct words *w, char open, char close)
{
	struct str word;
	for (uint32_t depth = 1; depth && next_word(w, &word);) {
		depth += word.ptr[0] == open;
		depth -= word.ptr[0] == close;
	}
}

static struct str operation_name(struct str word)
{
	static const char *const rows[][2] = { { "query", "Query" }, { "mutation", "Mutation" },
		{ "subscription", "Subscription" } };
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_is(word, rows[i][0]))
			return str_from(rows[i][1]);
	return STR("");
}

/* Goes to the selection of the next operation: `query Name($id: ID!) @live {`, or `{` alone. */
static bool next_operation(struct words *w, struct str *operation)
{
	struct str word;
	while (next_word(w, &word)) {
		*operation = str_is(word, "{") ? STR("Query") : operation_name(word);
		while (!str_is(word, "{") && next_word(w, &word))
			if (str_is(word, "("))
				skip_group(w, '(', ')');
		if (!str_empty(*operation))
			return str_is(word, "{");
		skip_group(w, '{', '}'); /* a fragment, a type */
	}
	return false;
}

/* Does `@client` stand behind the field and its arguments? Then it is the client's own, and nobody is asked. */
static bool is_of_client(struct words w)
{
	struct str word;
	bool more = next_word(&w, &word);
	for (; more && (str_is(word, "(") || str_is(word, "@")); more = next_word(&w, &word)) {
		if (str_is(word, "("))
			skip_group(&w, '(', ')');
		else if (next_word(&w, &word) && str_is(word, "client"))
			return true;
	}
	return false;
}

/* A field whose first word was read: its name, behind the alias. */
static struct str field_name(struct words *w, struct str first)
{
	struct words before = *w;
	struct str word = { 0 };
	if (next_word(w, &word) && str_is(word, ":") && next_word(w, &word))
		return word;
	*w = before;
	return first;
}

/* The next field of the selection, its alias and arguments and selection skipped; false behind its end. */
static bool next_selected(struct words *w, struct str *field)
{
	struct str word;
	while (next_word(w, &word) && !str_is(word, "}")) {
		if (str_is(word, "(")) {
			skip_group(w, '(', ')');
		} else if (str_is(word, "{")) {
			skip_group(w, '{', '}');
		} else if (str_is(word, "@") || str_is(word, ".")) { /* a directive; three dots and a fragment */
			while (str_is(word, ".") && next_word(w, &word))
				;
			if (str_is(word, "@") || str_is(word, "on"))
				next_word(w, &word);
		} else if (char_is_word(word.ptr[0])) {
			*field = field_name(w, word);
			if (!is_of_client(*w))
				return true;
		}
	}
	return false;
}

bool graphql_next_field(struct str document, uint32_t *position, struct str *operation, struct str *field)
{
	struct words w = { document, *position };
	bool found = *position && next_selected(&w, field);
	while (!found && next_operation(&w, operation))
		found = next_selected(&w, field);
	*position = w.at;
	return found;
}

struct str graphql_document(struct arena *arena, const struct facts *f, node_id literal)
{
	if (node_kind(f, literal) == NODE_STRING)
		return node_name(f, literal);
	if (node_kind(f, literal) != NODE_TEMPLATE)
		return STR("");
	struct buf text = { 0 };
	facts_each_child(f, literal, part)
		buf_add(&text, node_kind(f, part) == NODE_STRING ? node_name(f, part) : STR(" "));
	struct str document = arena_str(arena, buf_str(&text));
	buf_release(&text);
	return document;
}
