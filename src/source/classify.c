#include "source/language.h"

#include "base/path.h"
#include "source/content.h"

/* What a row's text is compared with. */
enum where {
	NAME, /* the file's name */
	NAME_START,
	NAME_END, /* of the name, or with languages given of the name without its extension */
	STEM, /* the name without its extension */
	MIDDLE, /* a part between two dots of the name: a.spec.ts */
	FOLDER, /* a folder of the path */
	FOLDER_START,
	FOLDER_END,
	OUTER_FOLDER, /* a folder of the path that is not below the sources: in src/vendor, vendors are the
			 domain */
	OUTER_MIDDLE, /* a part of the name of a file outside the sources */
};

#define ANY UINT32_MAX
#define NODE (LANGUAGES_NODE | LANGUAGE_BIT(HTML))
#define GO LANGUAGE_BIT(GO)
#define PYTHON LANGUAGE_BIT(PYTHON)
#define RUST LANGUAGE_BIT(RUST)
/* Markup starts nothing, whatever it is called. */
#define NODE_PROGRAM (NODE & ~LANGUAGES_MARKUP)
/* Not protos: their folders are words of the domain (google/apps/script). */
#define CODE (~LANGUAGE_BIT(PROTO))

struct row {
	enum file_class class;
	enum where where;
	uint32_t languages;
	struct str text;
	const char *reason;
};

#define ROW(class, where, languages, text, reason)                                  \
	{                                                                           \
		CLASS_##class, where, languages, { text, sizeof(text) - 1 }, reason \
	}
#define IS_NAMED(class, languages, text) ROW(class, NAME, languages, text, "named " text)
#define STARTS(class, languages, text) ROW(class, NAME_START, languages, text, "name starts with " text)
#define ENDS(class, languages, text) ROW(class, NAME_END, languages, text, "name ends in " text)
#define CALLED(class, languages, text) ROW(class, STEM, languages, text, "named " text)
#define WITH(class, languages, text) ROW(class, MIDDLE, languages, text, "name has ." text ".")
#define OUTER_WITH(class, languages, text) \
	ROW(class, OUTER_MIDDLE, languages, text, "name has ." text ". and is outside the sources")
#define IN(class, languages, text) ROW(class, FOLDER, languages, text, "in a folder named " text)
#define IN_OUTER(class, languages, text) \
	ROW(class, OUTER_FOLDER, languages, text, "in a folder named " text " outside the sources")
#define IN_STARTING(class, languages, text) \
	ROW(class, FOLDER_START, languages, text, "in a folder whose name starts with " text)
#define IN_ENDING(class, languages, text) \
	ROW(class, FOLDER_END, languages, text, "in a folder whose name ends in " text)

/* The strongest class first: the first row that matches decides. */
static const struct row rows[] = {
	IN_OUTER(VENDORED, ANY, "vendor"),
	IN(VENDORED, ANY, "third_party"),
	IN(VENDORED, ANY, "third-party"),
	IN(VENDORED, ANY, "thirdparty"),
	IN(VENDORED, ANY, "node_modules"),
	IN(VENDORED, ANY, "bower_components"),
	IN(VENDORED, ANY, "jspm_packages"),
	IN(VENDORED, ANY, ".yarn"),
	IN(VENDORED, ANY, "site-packages"),
	IN(VENDORED, PYTHON, "_vendor"),
	IN(VENDORED, GO, "Godeps"),

	ENDS(GENERATED, ANY, ".pb.go"),
	ENDS(GENERATED, ANY, ".pb.gw.go"),
	ENDS(GENERATED, ANY, ".pb.validate.go"),
	ENDS(GENERATED, ANY, ".connect.go"),
	ENDS(GENERATED, ANY, ".gen.go"),
	ENDS(GENERATED, ANY, "_gen.go"),
	ENDS(GENERATED, ANY, ".sql.go"),
	ENDS(GENERATED, ANY, "_pb2.py"),
	ENDS(GENERATED, ANY, "_pb2.pyi"),
	ENDS(GENERATED, ANY, "_pb2_grpc.py"),
	ENDS(GENERATED, ANY, "_pb2_grpc.pyi"),
	ENDS(GENERATED, NODE, "_pb"),
	ENDS(GENERATED, NODE, "_pb.d"),
	ENDS(GENERATED, NODE, "_connect"),
	ENDS(GENERATED, ANY, ".pb.ts"),
	ENDS(GENERATED, ANY, ".pb.js"),
	ENDS(GENERATED, ANY, ".g.ts"),
	ENDS(GENERATED, ANY, ".gen.ts"),
	WITH(GENERATED, ANY, "generated"),
	STARTS(GENERATED, GO, "zz_generated"),
	IN(GENERATED, ANY, "generated"),
	IN(GENERATED, ANY, "__generated__"),
	IN(GENERATED, ANY, ".generated"),
	IN(GENERATED, ANY, "gen"),
	IN(GENERATED, NODE, "dist"),
	IN_ENDING(GENERATED, NODE, "-dist"),
	IN(GENERATED, NODE, "lcov-report"),

	WITH(MINIFIED, NODE, "min"),
	ENDS(MINIFIED, ANY, "-min.js"),

	IN_STARTING(TEMPLATE, ANY, "{{"),
	IN_STARTING(TEMPLATE, ANY, "{%"),
	STARTS(TEMPLATE, ANY, "{{"),
	IN_ENDING(TEMPLATE, ANY, "}}"),

	ENDS(TEST, ANY, "_test.go"),
	STARTS(TEST, GO | RUST, "test_"),
	IN_STARTING(TEST, RUST, "test_"),
	IN_ENDING(TEST, GO, "test"), /* a package's helpers stand in its name's own folder: httptest, historytest */
	ENDS(TEST, ANY, "_mock.go"),
	ENDS(TEST, ANY, "_mocks.go"),
	STARTS(TEST, GO, "mock_"),
	ENDS(TEST, GO, "_fake"),
	ENDS(TEST, GO, "_fakes"),
	STARTS(TEST, GO, "fake_"),
	IS_NAMED(TEST, GO, "mock.go"),
	IS_NAMED(TEST, GO, "mocks.go"),
	IS_NAMED(TEST, GO, "testing.go"),
	STARTS(TEST, GO, "testutil"),
	WITH(TEST, ANY, "spec"),
	WITH(TEST, ANY, "test"),
	WITH(TEST, ANY, "tests"),
	WITH(TEST, ANY, "e2e-spec"),
	WITH(TEST, ANY, "int-spec"),
	WITH(TEST, ANY, "e2e"),
	WITH(TEST, ANY, "e2e-test"),
	WITH(TEST, ANY, "test-d"),
	WITH(TEST, ANY, "cy"),
	WITH(TEST, ANY, "stories"),
	WITH(TEST, ANY, "story"),
	WITH(TEST, ANY, "mock"),
	WITH(TEST, ANY, "mocks"),
	WITH(TEST, ANY, "fixture"),
	WITH(TEST, ANY, "fixtures"),
	WITH(TEST, ANY, "bench"),
	ENDS(TEST, NODE, "-test"),
	ENDS(TEST, NODE, "_test"),
	ENDS(TEST, NODE, "-spec"),
	ENDS(TEST, NODE, "_spec"),
	STARTS(TEST, PYTHON, "test_"),
	ENDS(TEST, ANY, "_test.py"),
	ENDS(TEST, ANY, "_tests.py"),
	IS_NAMED(TEST, PYTHON, "tests.py"),
	IS_NAMED(TEST, PYTHON, "conftest.py"),
	ENDS(TEST, ANY, "_test.rs"),
	ENDS(TEST, ANY, "_tests.rs"),
	IS_NAMED(TEST, RUST, "tests.rs"),
	IS_NAMED(TEST, RUST, "test.rs"),
	IN(TEST, ANY, "test"),
	IN(TEST, ANY, "tests"),
	IN_STARTING(TEST, ANY, "__test"),
	IN(TEST, ANY, "__mocks__"),
	IN(TEST, ANY, "__fixtures__"),
	IN(TEST, ANY, "__snapshots__"),
	IN(TEST, ANY, "e2e"),
	IN(TEST, ANY, "testdata"),
	IN(TEST, ANY, "test_data"),
	IN(TEST, ANY, "test-data"),
	IN(TEST, CODE, "testing"),
	IN_STARTING(TEST, ANY, "testutil"),
	IN_STARTING(TEST, ANY, "testhelper"),
	IN(TEST, ANY, "test-utils"),
	IN(TEST, ANY, "test_utils"),
	IN(TEST, ANY, "test-helpers"),
	IN(TEST, ANY, "test_helpers"),
	IN(TEST, ANY, "integration-test"),
	IN(TEST, ANY, "integration_test"),
	IN_ENDING(TEST, ANY, "-tests"),
	IN_ENDING(TEST, ANY, "_tests"),
	IN_ENDING(TEST, ANY, "-e2e"),
	IN(TEST, ANY, "fixtures"),
	IN(TEST, ANY, "mocks"),
	IN(TEST, ANY, "cypress"),
	IN(TEST, ANY, "playwright"),
	IN(TEST, CODE, "stories"),
	IN(TEST, ANY, "benches"),
	IN_OUTER(TEST, CODE, "benchmark"),
	IN_OUTER(TEST, CODE, "benchmarks"),
	IN_OUTER(TEST, CODE, "spec"),
	IN_OUTER(TEST, CODE, "specs"),
	IN_OUTER(TEST, CODE, "fuzz"),
	IN_STARTING(TEST, CODE, "tests-"),
	IN_OUTER(TEST, ANY, "mock"),
	IN_OUTER(TEST, CODE, "mock-backend"),
	IN_OUTER(TEST, CODE, "mock-server"),
	IN_OUTER(TEST, CODE, "mock-api"),
	CALLED(TEST, NODE_PROGRAM, "mock-server"),

	IN(EXAMPLE, ANY, "examples"),
	IN(EXAMPLE, ANY, "example"),
	IN(EXAMPLE, ANY, "_examples"),
	IN_STARTING(EXAMPLE, ANY, "example-"),
	IN(EXAMPLE, CODE, "demo"),
	IN(EXAMPLE, CODE, "demos"),
	IN(EXAMPLE, ANY, "docs_src"),
	IN_OUTER(EXAMPLE, ANY, "samples"),
	IN_OUTER(EXAMPLE, ANY, "sample"),
	IN_OUTER(EXAMPLE, ~RUST, "docs"), /* Rust's pages are comments; crates/docs is a crate like any other */
	IN_OUTER(EXAMPLE, ANY, "playground"),
	IN_OUTER(EXAMPLE, ANY, "quickstart"),
	IN_OUTER(EXAMPLE, ANY, "tutorials"),
	WITH(EXAMPLE, ANY, "example"),
	CALLED(EXAMPLE, NODE_PROGRAM, "demo"),

	/* not the pages about somebody's migrations, nor the routes and services that move a user's data */
	IN(MIGRATION, CODE & ~LANGUAGES_UI, "migrations"),
	IN(MIGRATION, CODE & ~NODE, "migration"),
	IN_OUTER(MIGRATION, NODE & ~LANGUAGES_UI, "migration"),
	IN(MIGRATION, PYTHON, "alembic"),
	IN(MIGRATION, CODE, "seeds"),
	IN(MIGRATION, CODE, "seeders"),
	IN(MIGRATION, NODE, "seed"),
	WITH(MIGRATION, NODE, "migration"),
	WITH(MIGRATION, NODE, "seed"),
	WITH(MIGRATION, NODE, "seeder"),
	IS_NAMED(MIGRATION, NODE, "seed.ts"),
	IS_NAMED(MIGRATION, NODE, "seed.js"),

	IS_NAMED(SCRIPT, PYTHON, "setup.py"),
	IS_NAMED(SCRIPT, PYTHON, "noxfile.py"),
	IS_NAMED(SCRIPT, PYTHON, "fabfile.py"),
	IS_NAMED(SCRIPT, GO, "magefile.go"),
	ENDS(SCRIPT, NODE, "-dev"), /* what starts a server on a developer's machine */
	WITH(SCRIPT, NODE, "dev"),
	IN(SCRIPT, CODE, "scripts"),
	IN_ENDING(SCRIPT, CODE, "-scripts"),
	IN(SCRIPT, CODE & ~RUST, "bin"),
	IN(SCRIPT, CODE, "hack"),
	IN_OUTER(SCRIPT, CODE, "script"),
	IN_OUTER(SCRIPT, CODE, "tools"),

	/* Configuration of known tools, wherever it is; other *.config.ts outside the sources (Nest has its
	   own) */
	STARTS(CONFIG, NODE, "."),
	STARTS(CONFIG, NODE, "webpack."),
	STARTS(CONFIG, NODE, "rollup."),
	STARTS(CONFIG, NODE, "jest."),
	STARTS(CONFIG, NODE, "jest-"),
	STARTS(CONFIG, NODE, "vitest."),
	STARTS(CONFIG, NODE, "vite."),
	STARTS(CONFIG, NODE, "karma."),
	STARTS(CONFIG, NODE, "eslint."),
	STARTS(CONFIG, NODE, "tailwind."),
	STARTS(CONFIG, NODE, "postcss."),
	STARTS(CONFIG, NODE, "babel."),
	STARTS(CONFIG, NODE, "playwright."),
	STARTS(CONFIG, NODE, "cypress."),
	STARTS(CONFIG, NODE, "drizzle."),
	STARTS(CONFIG, NODE, "tsup."),
	STARTS(CONFIG, NODE, "gulpfile."),
	STARTS(CONFIG, NODE, "Gruntfile."),
	CALLED(CONFIG, NODE, "knexfile"),
	CALLED(CONFIG, NODE, "ormconfig"),
	CALLED(CONFIG, NODE, "setupTests"),
	OUTER_WITH(CONFIG, NODE, "config"),
	WITH(CONFIG, NODE | PYTHON, "conf"),

	CALLED(ENTRY, NODE_PROGRAM | PYTHON | RUST, "main"),
	CALLED(ENTRY, PYTHON, "server"),
	CALLED(ENTRY, PYTHON, "app"),
	CALLED(ENTRY, NODE_PROGRAM, "bootstrap"),
	IS_NAMED(ENTRY, PYTHON, "manage.py"),
	IS_NAMED(ENTRY, PYTHON, "asgi.py"),
	IS_NAMED(ENTRY, PYTHON, "wsgi.py"),
	IS_NAMED(ENTRY, PYTHON, "__main__.py"),
	IN(ENTRY, RUST, "bin"),
};

/* Folders whose content is the program itself. */
static bool is_sources(struct str folder)
{
	static const char *const names[] = { "src", "lib", "app", "internal", "pkg", "cmd", "source", "pages" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(folder, names[i]))
			return true;
	return false;
}

static bool ends_in_word(struct str name, struct str word)
{
	return str_ends(name, word) &&
	       (name.len == word.len || strchr("-_.", name.ptr[name.len - word.len - 1]) != NULL);
}

/* Words that end like the name of a test's folder, and tests that are what the program is about. */
static bool is_no_test(struct str folder)
{
	static const char *const words[] = { "latest", "fastest", "greatest", "shortest", "attest", "contest",
		"protest", "abtest", "backtest", "speedtest" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (ends_in_word(folder, str_from(words[i])))
			return true;
	return false;
}

static bool folder_matches(const struct row *row, struct str dir)
{
	struct str folder;
	while (dir.len && str_split(&dir, '/', &folder)) {
		bool prefix = row->where == FOLDER_START, suffix = row->where == FOLDER_END;
		if (prefix       ? str_starts(folder, row->text)
			: suffix ? str_ends(folder, row->text) && !is_no_test(folder)
				 : str_eq(folder, row->text))
			return true;
		if (row->where == OUTER_FOLDER && is_sources(folder))
			return false;
	}
	return false;
}

static bool is_outside_sources(struct str dir)
{
	struct str folder;
	while (dir.len && str_split(&dir, '/', &folder))
		if (is_sources(folder))
			return false;
	return true;
}

/* Is the text a part of the name, neither the first nor the last? */
static bool has_middle(struct str name, struct str text)
{
	struct str part;
	str_split(&name, '.', &part);
	while (str_split(&name, '.', &part) && name.ptr)
		if (str_eq(part, text))
			return true;
	return false;
}

static bool name_ends(const struct row *row, struct str name)
{
	if (row->languages != ANY)
		name = str_slice(name, 0, str_rfind(name, '.'));
	return str_ends(name, row->text);
}

static bool row_matches(const struct row *row, struct str dir, struct str name)
{
	switch (row->where) {
	case NAME:
		return str_eq(name, row->text);
	case NAME_START:
		return str_starts(name, row->text);
	case NAME_END:
		return name_ends(row, name);
	case STEM:
		return str_eq(str_slice(name, 0, str_rfind(name, '.')), row->text);
	case MIDDLE:
		return has_middle(name, row->text);
	case OUTER_MIDDLE:
		return has_middle(name, row->text) && is_outside_sources(dir);
	default:
		return folder_matches(row, dir);
	}
}

static bool has_folder(struct str dir, const char *name)
{
	struct str folder;
	while (dir.len && str_split(&dir, '/', &folder))
		if (str_is(folder, name))
			return true;
	return false;
}

/* Node programs begin in main, but also in server, app or index where a package's sources begin. */
static const char *node_entry(struct str dir, struct str stem)
{
	bool in_src = str_is(path_name(dir), "src");
	if (str_is(stem, "index") && in_src && !has_folder(dir, "packages") && !has_folder(dir, "libs"))
		return "named index, in a folder named src";
	if ((str_is(stem, "server") || str_is(stem, "app")) && (in_src || is_outside_sources(dir)))
		return "named server or app, where the sources begin";
	return NULL;
}

/* The few that no row can say. */
static struct classification by_place(struct str path, enum language language)
{
	struct str name = path_name(path), dir = path_dir(path);
	if (language == LANGUAGE_RUST && str_is(name, "build.rs") && !str_is(path_name(dir), "src"))
		return (struct classification){ CLASS_SCRIPT, "named build.rs" };
	const char *entry = NULL;
	if (NODE_PROGRAM >> language & 1)
		entry = node_entry(dir, str_slice(name, 0, str_rfind(name, '.')));
	if (entry)
		return (struct classification){ CLASS_ENTRY, entry };
	return (struct classification){ CLASS_PRODUCTION, "nothing says otherwise" };
}

static struct classification by_path(struct str path, enum language language)
{
	struct str dir = path_dir(path), name = path_name(path);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].languages >> language & 1 && row_matches(&rows[i], dir, name))
			return (struct classification){ rows[i].class, rows[i].reason };
	return by_place(path, language);
}

/* How strong a class is where several could be given. */
static const uint8_t strength[] = {
	[CLASS_VENDORED] = 10,
	[CLASS_GENERATED] = 9,
	[CLASS_MINIFIED] = 8,
	[CLASS_TEMPLATE] = 7,
	[CLASS_TEST] = 6,
	[CLASS_EXAMPLE] = 5,
	[CLASS_MIGRATION] = 4,
	[CLASS_SCRIPT] = 3,
	[CLASS_CONFIG] = 2,
	[CLASS_ENTRY] = 1,
	[CLASS_PRODUCTION] = 0,
};

/* What content may say, the strongest first, and the strongest class of the path that it overrules. */
static const struct {
	enum file_class class, over;
	const char *(*reason)(enum language language, struct str bytes);
} contents[] = {
	{ CLASS_GENERATED, CLASS_MINIFIED, content_generated },
	{ CLASS_MINIFIED, CLASS_TEMPLATE, content_minified },
	{ CLASS_TEMPLATE, CLASS_TEST, content_template },
	{ CLASS_MIGRATION, CLASS_SCRIPT, content_migration },
	/* manage.py has a shebang and starts the program */
	{ CLASS_SCRIPT, CLASS_PRODUCTION, content_shebang },
	{ CLASS_ENTRY, CLASS_PRODUCTION, content_main_package },
};

struct classification classify(struct str path, enum language language, struct str bytes)
{
	struct classification c = by_path(path, language);
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		if (strength[c.class] > strength[contents[i].over])
			continue;
		const char *reason = contents[i].reason(language, bytes);
		if (!reason)
			continue;
		/* Among the sources, what can be started by itself is the program. */
		if (contents[i].class == CLASS_SCRIPT && !is_outside_sources(path_dir(path)))
			return (struct classification){ CLASS_ENTRY, reason };
		return (struct classification){ contents[i].class, reason };
	}
	return c;
}
