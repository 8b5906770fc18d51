#include "source/language.h"

#include "base/line.h"
#include "base/path.h"

/* Sorted by nothing: a dozen rows, and the last byte of the extension rejects nearly all of them. */
static const struct {
	struct str files;
} languages[] = { [LANGUAGE_NONE] = { { "", 0 } },
#define X(ID, id, name, files) [LANGUAGE_##ID] = { { files, sizeof(files) - 1 } },
	LANGUAGES(X)
#undef X
};

/* `pattern` has at most one star. */
static bool name_matches(struct str pattern, struct str name)
{
	uint32_t star = str_find(pattern, '*');
	if (star == UINT32_MAX)
		return str_eq(pattern, name);
	struct str before = str_slice(pattern, 0, star), after = str_slice(pattern, star + 1, pattern.len);
	return name.len >= before.len + after.len && str_starts(name, before) && str_ends(name, after);
}

enum language language_by_name(struct str path)
{
	struct str name = path_name(path), extension = path_extension(name);
	for (enum language i = LANGUAGE_NONE + 1; i < LANGUAGE_COUNT; i++) {
		struct str rest = languages[i].files, pattern;
		while (str_split(&rest, ' ', &pattern)) {
			if (pattern.ptr[0] == '=' ? name_matches(str_slice(pattern, 1, pattern.len), name)
						  : str_eq(pattern, extension))
				return i;
		}
	}
	return LANGUAGE_NONE;
}

/* What may stand behind #!; versions (python3.11) and suffixes (.exe) are cut off before. */
static const struct {
	const char *name;
	enum language language;
} interpreters[] = {
	{ "node", LANGUAGE_JAVASCRIPT },
	{ "nodejs", LANGUAGE_JAVASCRIPT },
	{ "zx", LANGUAGE_JAVASCRIPT },
	{ "bun", LANGUAGE_TYPESCRIPT },
	{ "deno", LANGUAGE_TYPESCRIPT },
	{ "ts-node", LANGUAGE_TYPESCRIPT },
	{ "tsx", LANGUAGE_TYPESCRIPT },
	{ "python", LANGUAGE_PYTHON },
	{ "pypy", LANGUAGE_PYTHON },
};

static bool next_word(struct str *rest, struct str *word)
{
	*rest = str_trim(*rest);
	if (!rest->len)
		return false;
	uint32_t end = 0;
	while (end < rest->len && rest->ptr[end] != ' ' && rest->ptr[end] != '\t')
		end++;
	*word = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end, rest->len);
	return true;
}

static bool is_version(char c)
{
	return c == '.' || char_is_digit(c);
}

static enum language by_interpreter(struct str word)
{
	struct str name = path_name(word);
	while (name.len && is_version(name.ptr[name.len - 1]))
		name.len--;
	for (size_t i = 0; i < sizeof(interpreters) / sizeof(*interpreters); i++)
		if (str_is(name, interpreters[i].name))
			return interpreters[i].language;
	return LANGUAGE_NONE;
}

/* `env`, its options and assignments, and runners come before the interpreter: `env -S uv run python`. */
static bool comes_before(struct str word)
{
	static const char *const runners[] = { "env", "npx", "uv", "run", "pnpm", "yarn", "exec", "dlx", "poetry" };
	if (word.ptr[0] == '-' || str_find(word, '=') != UINT32_MAX)
		return true;
	for (size_t i = 0; i < sizeof(runners) / sizeof(*runners); i++)
		if (str_is(path_name(word), runners[i]))
			return true;
	return false;
}

/* A tsconfig may extend one of any name. */
static bool is_tsconfig(struct str path, struct str bytes)
{
	return bytes.len <= LANGUAGE_MOST_CONFIG_BYTES && str_is(path_extension(path), "json") &&
	       str_contains(bytes, STR("\"compilerOptions\""));
}

enum language language_by_content(struct str path, struct str bytes)
{
	return is_tsconfig(path, bytes) ? LANGUAGE_JSON : language_by_first_line(bytes);
}

enum language language_by_first_line(struct str bytes)
{
	struct str line = bytes, word;
	line = str_slice(line, bom_length(line), line.len);
	if (!str_starts(line, STR("#!")))
		return LANGUAGE_NONE;
	line = str_slice(line, 2, 512);
	line = str_slice(line, 0, str_find(line, '\n'));
	while (next_word(&line, &word))
		if (!comes_before(word))
			return by_interpreter(word);
	/* PEP 723 scripts name no interpreter: `uv run --script`. */
	return str_contains(str_slice(bytes, 0, 128), STR("uv run")) ? LANGUAGE_PYTHON : LANGUAGE_NONE;
}
