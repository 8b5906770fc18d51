/* The languages bylaw reads. One row, one file src/parse/<id>.c, one pinned grammar. */
#ifndef BYLAW_LANGUAGE_H
#define BYLAW_LANGUAGE_H

#include "bylaw/str.h"

/*
 * ID, id of its parser in src/parse, name for people, what picks it: extensions, or whole file names with `=`
 * (`*` stands for anything).
 */
/* clang-format off */
#define LANGUAGES(X)                                                                               \
	X(JAVASCRIPT, javascript, "JavaScript", "js mjs cjs jsx")                                  \
	X(TYPESCRIPT, typescript, "TypeScript", "ts mts cts")                                      \
	X(TSX, tsx, "TypeScript", "tsx")                                                           \
	X(GO, go, "Go", "go")                                                                      \
	X(PYTHON, python, "Python", "py pyi")                                                      \
	X(RUST, rust, "Rust", "rs")                                                                \
	X(PROTO, proto, "Protocol Buffers", "proto")                                               \
	X(JSON, json, "JSON", "=package.json =tsconfig*.json =jsconfig*.json =lerna.json =nx.json =pyrightconfig.json") \
	X(YAML, yaml, "YAML", "=pnpm-workspace.yaml")                                              \
	X(TOML, toml, "TOML", "=pyproject.toml =Cargo.toml =Pipfile")                              \
	X(GOMOD, gomod, "Go module file", "=go.mod =go.work")                                      \
	X(REQUIREMENTS, requirements, "requirements file", "=requirements*.txt")                   \
	X(INI, ini, "INI", "=setup.cfg =pytest.ini =mypy.ini")                                    \
	X(COMPONENT, component, "single-file component", "vue svelte astro")                       \
	X(HTML, html, "HTML", "html htm ejs hbs handlebars mustache njk jinja jinja2 gohtml tmpl xml")
/* clang-format on */

enum language {
	LANGUAGE_NONE,
#define X(ID, id, name, files) LANGUAGE_##ID,
	LANGUAGES(X) LANGUAGE_COUNT
#undef X
};

#define LANGUAGE_BIT(ID) (1u << LANGUAGE_##ID)
/* What renders: a server has it for mails and first pages at most. */
#define LANGUAGES_UI (LANGUAGE_BIT(TSX) | LANGUAGE_BIT(COMPONENT))
#define LANGUAGES_NODE (LANGUAGE_BIT(JAVASCRIPT) | LANGUAGE_BIT(TYPESCRIPT) | LANGUAGES_UI)
/* Pages are read for what they ask for; no rule speaks of how they are written. */
#define LANGUAGES_MARKUP (LANGUAGE_BIT(COMPONENT) | LANGUAGE_BIT(HTML))
#define LANGUAGES_MANIFEST                                                                    \
	(LANGUAGE_BIT(JSON) | LANGUAGE_BIT(YAML) | LANGUAGE_BIT(TOML) | LANGUAGE_BIT(GOMOD) | \
		LANGUAGE_BIT(REQUIREMENTS) | LANGUAGE_BIT(INI))

/* For people: "TypeScript". */
const char *language_name(enum language language);
/* For files and options: "typescript". */
const char *language_id(enum language language);

#endif
