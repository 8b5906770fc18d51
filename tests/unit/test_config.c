#include "config/config.h"
#include "config/suggest.h"
#include "config/yaml.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <cjson/cJSON.h>

static const struct rule_option console_options[] = {
	{ "allow", OPTION_STRINGS, "", "methods that are right" },
	{ 0 },
};
static const struct rule_option join_options[] = {
	{ "strict", OPTION_BOOL, "false", "only a WaitGroup or errgroup counts" },
	{ "max-age", OPTION_NUMBER, "30", "seconds" },
	{ 0 },
};
static const struct rule no_console = { .id = "node/no-console",
	.clauses = "10",
	.title = "Log through a logger",
	.severity = SEVERITY_ERROR,
	.options = console_options };
static const struct rule sharp = { .id = "node/sharp", .clauses = "11", .severity = SEVERITY_WARNING };
static const struct rule join = { .id = "go/goroutine-join",
	.clauses = "16",
	.title = "Goroutines are joined",
	.severity = SEVERITY_WARNING,
	.options = join_options };
static const struct rule *const rules[] = { &no_console, &sharp, &join };
static const struct config_schema schema = { rules, 3 };

static const char whole[] = "# bylaw\n"
			    "exclude: [\"legacy/**\", '*.gen.ts']\n"
			    "peer-suppressions: false\n"
			    "rules:\n"
			    "  node/no-console: error\n"
			    "  go/*: warning\n"
			    "  go/goroutine-join:\n"
			    "    severity: error\n"
			    "    options: { strict: true, max-age: 2.95 }\n"
			    "    exclude: [\"cmd/tools/**\"]\n"
			    "  \"*\":\n"
			    "    options: {allow: [warn, error]}\n"
			    "overrides:\n"
			    "  - files: [\"admin/**\"]\n"
			    "    rules: { node/no-console: off, node/*: note }\n"
			    "  - files: admin/strict/**\n"
			    "    rules:\n"
			    "      \"*\": error\n"
			    "      node/sharp: { exclude: old.ts }\n"
			    "layers:\n"
			    "  controller: [\"src/api/**\"]\n"
			    "libraries:\n"
			    "  # ours\n"
			    "  acme/log:\n"
			    "    roles: {logger: true}\n"
			    "\n"
			    "  acme/http: {}\n"
			    "# the end\n";

static struct config parse(const char *text)
{
	struct config c;
	struct err err = { 0 };
	if (!config_parse(&c, &schema, STR("bylaw.yaml"), str_from(text), &err))
		fail_msg("%s", err.message);
	return c;
}

static void assert_str(struct str actual, const char *expected)
{
	if (!str_is(actual, expected))
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual), expected);
}

static void test_whole(void **state)
{
	(void)state;
	struct config c = parse(whole);
	assert_str(c.path, "bylaw.yaml");
	assert_int_equal(c.exclude.count, 2);
	assert_str(c.exclude.items[1], "*.gen.ts");
	assert_false(c.peer_suppressions);
	assert_int_equal(c.rules.count, 4);
	assert_str(c.rules.items[2].id, "go/goroutine-join");
	assert_int_equal(c.rules.items[2].line, 7);
	assert_int_equal(c.rules.items[2].options.count, 2);
	assert_str(c.rules.items[2].options.items[1].values.items[0], "2.95");
	assert_false(c.rules.items[3].has_severity);
	assert_int_equal(c.rules.items[3].options.items[0].values.count, 2);
	assert_int_equal(c.overrides.count, 2);
	assert_str(c.overrides.items[1].files.items[0], "admin/strict/**");
	assert_int_equal(c.layers.count, 1);
	assert_str(c.layers.items[0].name, "controller");
	assert_str(c.libraries, "  acme/log:\n    roles: {logger: true}\n\n  acme/http: {}");
	assert_int_equal(c.libraries_line, 24);
	config_release(&c);
	config_release(&c);
}

static const struct {
	const struct rule *rule;
	const char *path;
	int severity; /* -1: nobody set it */
} severities[] = {
	{ &no_console, "src/a.ts", SEVERITY_ERROR }, { &sharp, "src/a.ts", -1 },
	{ &join, "cmd/main.go", SEVERITY_ERROR }, /* its own id over its area */
	{ &no_console, "admin/a.ts", SEVERITY_OFF }, { &sharp, "admin/a.ts", SEVERITY_NOTE },
	{ &join, "admin/a.go", SEVERITY_ERROR },
	{ &no_console, "admin/strict/a.ts", SEVERITY_ERROR }, /* the later block, though it says `*` */
};

static void test_severity(void **state)
{
	(void)state;
	struct config c = parse(whole);
	for (size_t i = 0; i < sizeof(severities) / sizeof(severities[0]); i++) {
		enum severity severity = SEVERITY_OFF;
		bool set = config_severity(&c, severities[i].rule, str_from(severities[i].path), &severity);
		assert_int_equal(set ? (int)severity : -1, severities[i].severity);
	}
	config_release(&c);
}

static void test_options(void **state)
{
	(void)state;
	struct config c = parse(whole);
	const struct config_option *o = config_option(&c, &join, STR("a.go"), STR("strict"));
	assert_non_null(o);
	assert_str(o->values.items[0], "true");
	assert_null(config_option(&c, &no_console, STR("a.ts"), STR("strict")));
	o = config_option(&c, &no_console, STR("a.ts"), STR("allow"));
	assert_non_null(o);
	assert_str(o->values.items[1], "error");
	config_release(&c);
}

static void test_excludes(void **state)
{
	(void)state;
	struct config c = parse(whole);
	assert_true(config_excludes(&c, NULL, STR("legacy/a.ts")));
	assert_true(config_excludes(&c, &join, STR("legacy/a.ts")));
	assert_false(config_excludes(&c, NULL, STR("cmd/tools/a.go")));
	assert_true(config_excludes(&c, &join, STR("cmd/tools/a.go")));
	assert_false(config_excludes(&c, &sharp, STR("cmd/tools/a.go")));
	assert_true(config_excludes(&c, &sharp, STR("admin/strict/old.ts")));
	assert_false(config_excludes(&c, &sharp, STR("admin/old.ts")));
	config_release(&c);
}

static const char *const defaults[] = {
	"",
	"# nothing\n",
	"---\n",
	"\xEF\xBB\xBF# BOM\n",
	"{}",
	"null",
	"exclude:\nrules: ~\n",
	"--- # one\nrules: {}\n...\n",
};

static void test_defaults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		struct config c = parse(defaults[i]);
		assert_true(c.peer_suppressions);
		assert_int_equal(c.rules.count + c.exclude.count + c.overrides.count, 0);
		config_release(&c);
	}
}

#define BOM "\xEF\xBB\xBF"

/* The case of reference/reliability.md §2.1, the file, and what is said about it. */
static const struct {
	const char *id, *text, *message;
} refused[] = {
	{ "C11", "a: &a [x]\nb: [*a, *a]\n",
		"1:4: anchors and aliases are not supported; quote text that begins with `*` or `&`" },
	{ "C11", "exclude: [*a]",
		"1:11: anchors and aliases are not supported; quote text that begins with `*` or `&`" },
	{ "C11", "exclude: [*.ts]", "1:12: quote text that begins with `*` or `&`" },
	{ "C13", "&a {b: *a}", "1:1: anchors and aliases are not supported; quote text that begins with `*` or `&`" },
	{ "C14", "exclude: []\nrules: {}\nexclude: [a]\n", "3:1: the key \"exclude\" is already on line 1; keep one" },
	{ "C14", "rules:\n  node/sharp: off\n  'node/sharp': note\n",
		"3:3: the key \"node/sharp\" is already on line 2; keep one" },
	{ "C15", "\xFF\xFEr\0", "1:1: this is UTF-16; save the file as UTF-8" },
	{ "C15", "a: b\nx: \xC3(", "2:4: the byte \\xc3 is not UTF-8; save the file as UTF-8" },
	{ "C15", "a: \x01", "1:4: the control character U+0001 is not allowed" },
	{ "C15", "rules:\n\tnode/sharp: off\n", "2:1: a tab cannot indent YAML; use spaces" },
	{ "C15", BOM "x: 1",
		"1:1: unknown key \"x\"; one of exclude, rules, overrides, layers, libraries, peer-suppressions" },
	{ "C16", "rules: {}\n---\nrules: {}\n", "2:1: only one document is allowed; remove the second `---`" },
	{ "C17", "rulez:\n", "1:1: unknown key \"rulez\"; did you mean \"rules\"?" },
	{ "C17", "ruels:\n", "1:1: unknown key \"ruels\"; did you mean \"rules\"?" },
	{ "C17", "rules: {node/no-consol: off}",
		"1:9: unknown rule \"node/no-consol\"; did you mean \"node/no-console\"?" },
	{ "C17", "rules: {nod/*: off}", "1:9: unknown rule \"nod/*\"; did you mean \"node/*\"?" },
	{ "C17", "rules: {zzz: off}", "1:9: unknown rule \"zzz\"; `bylaw rules` lists them all" },
	{ "C17", "rules: {node/sharp: of}", "1:21: unknown severity \"of\"; did you mean \"off\"?" },
	{ "C17", "rules: {node/sharp: info}", "1:21: unknown severity \"info\"; one of off, note, warning, error" },
	{ "C17", "rules: {node/sharp: ''}", "1:21: expected one of off, note, warning, error, not nothing" },
	{ "C17", "rules: {node/sharp: [off]}",
		"1:21: expected a severity, or severity, options and exclude, not a list" },
	{ "C17", "rules: {node/sharp: {sevrity: off}}", "1:22: unknown key \"sevrity\"; did you mean \"severity\"?" },
	{ "C17", "rules: {node/sharp: {options: {strict: true}}}",
		"1:32: unknown option \"strict\"; see `bylaw explain` for a rule's options" },
	{ "C17", "rules: {go/*: {options: {stict: true}}}",
		"1:26: unknown option \"stict\"; did you mean \"strict\"?" },
	{ "C17", "rules: {go/*: {options: {strict: yes}}}", "1:34: expected true or false, not \"yes\"" },
	{ "C17", "rules: {go/*: {options: {strict: 'true'}}}", "1:34: expected true or false, not \"true\"" },
#define MAX_AGE(value)                                                 \
	"rules: {go/goroutine-join: {options: {max-age: " value "}}}", \
		"1:48: expected a number from 0 to 1000000000, such as 30, not \"" value "\""
	{ "C17", MAX_AGE("-1") },
	{ "C17", MAX_AGE("1e999") },
	{ "C17", MAX_AGE("0x10") },
	{ "C17", MAX_AGE("1000000001") },
	{ "C17", MAX_AGE("1.") },
	{ "C17", MAX_AGE("1.2.3") },
	{ "C17", MAX_AGE("many") },
	{ "C17", "rules: {node/no-console: {options: {allow: {a: b}}}}",
		"1:44: expected text or a list of texts, not keys" },
	{ "C17", "exclude: {a: b}", "1:10: expected a list of path patterns, not keys" },
	{ "C17", "exclude: [[a]]", "1:11: expected a path pattern, not a list" },
	{ "C17", "peer-suppressions: 1", "1:20: expected true or false, not \"1\"" },
	{ "C17", "rules: [a]", "1:8: expected rules by id, not a list" },
	{ "C17", "layers: {controler: [a]}", "1:10: unknown layer \"controler\"; did you mean \"controller\"?" },
	{ "C17", "overrides:\n  - rules: {}\n", "2:5: an override needs `files:`, the paths it is for" },
	{ "C17", "libraries: libs.yaml", "1:12: expected libraries by name, not \"libs.yaml\"" },
	{ "C17", "just text", "1:1: expected keys, not \"just text\"" },
	{ "C17", "? [a]\n: b\n", "1:3: a key must be plain text" },
	{ "C18", "exclude: !!python/object:os.system [a]",
		"1:10: tags are not supported; quote text that begins with `!`" },
	{ "C18", "%TAG ! tag:x,2000:\n---\na: b\n", "1:1: tags are not supported" },
	{ "C19", "extends: ../../../etc/passwd",
		"1:1: unknown key \"extends\"; one of exclude, rules, overrides, layers, "
		"libraries, peer-suppressions" },
	{ "C19", "exclude: [\"a\\0b\"]", "1:11: a NUL character is not allowed" },
	{ "C22", "layers: {entity: [a, ../b]}",
		"1:22: pattern \"../b\": `..` leaves the root; patterns start at the root" },
	{ "C22", "exclude: ['[']", "1:11: pattern \"[\": `[` is not closed; write `\\[` for the character itself" },
	{ "C4", "\"ru\\e[31mles\": 1",
		"1:1: unknown key \"ru\\x1b[31mles\"; one of exclude, rules, overrides, layers, "
		"libraries, peer-suppressions" },
	{ "", "rules: {a", "1:8: a `,` is missing, or `{` is not closed" },
	{ "", "a: b: c", "1:5: no key can stand here; check the indentation, or quote the text" },
	{ "", "é: 'ü' x", "1:8: expected a key here; check the indentation" },
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct config c;
		struct err err = { 0 };
		char expected[512];
		snprintf(expected, sizeof(expected), "bylaw.yaml:%s", refused[i].message);
		if (config_parse(&c, &schema, STR("bylaw.yaml"), str_from(refused[i].text), &err))
			fail_msg("%s: accepted %s", refused[i].id, refused[i].text);
		assert_string_equal(err.message, expected);
		config_release(&c);
	}
}

/* C11, C12, C22: cheap to write, dear to read. Refused long before the end. */
static const struct {
	const char *head, *piece;
	uint32_t times;
	const char *message;
} bombs[] = {
	{ "", "[", 100000, "bylaw.yaml:1:65: nested deeper than 64" },
	{ "", "{a: ", 100000, "bylaw.yaml:1:257: nested deeper than 64" },
	{ "", "- ", 100000, "bylaw.yaml:1:129: nested deeper than 64" },
	{ "", "? ", 100000, "bylaw.yaml:1:3: a key must be plain text" },
	{ "exclude:\n", "- a\n", 100000, "bylaw.yaml:9999:3: more keys and values than 10000" },
	{ "exclude: [\"", "a", 5000, "bylaw.yaml:1:11: the quotation mark is not closed" },
	{ "exclude:\n- ", "a", 5000,
		"bylaw.yaml:2:3: pattern \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\": the "
		"pattern is longer "
		"than 4 KiB" },
};

static void test_bombs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		struct config c;
		struct err err = { 0 };
		struct buf text = { 0 };
		buf_add_text(&text, bombs[i].head);
		for (uint32_t k = 0; k < bombs[i].times; k++)
			buf_add_text(&text, bombs[i].piece);
		assert_false(config_parse(&c, &schema, STR("bylaw.yaml"), buf_str(&text), &err));
		assert_string_equal(err.message, bombs[i].message);
		buf_release(&text);
	}
}

static void test_suggestions(void **state)
{
	(void)state;
	struct suggestion s = { .word = STR("servce") };
	suggest_from(&s, STR("severity"));
	assert_true(str_empty(s.best));
	suggest_from(&s, STR("service"));
	suggest_from(&s, STR("servcx"));
	assert_str(s.best, "service");
	struct suggestion swapped = { .word = STR("no") };
	suggest_from(&swapped, STR("on"));
	assert_str(swapped.best, "on");
	struct suggestion two = { .word = STR("ab") };
	suggest_from(&two, STR("cd"));
	assert_true(str_empty(two.best));
}

static void test_yaml_places(void **state)
{
	(void)state;
	static const char text[] = BOM "é: [1, \"ü\"]\nb:\n  c: |\n    x\n    y\n  # note\nd: e\n";
	struct arena arena = { 0 };
	struct err err = { 0 };
	struct yaml_node *root;
	const struct yaml_limits limits = { 4, 100 };
	assert_true(yaml_parse(&arena, STR("f"), STR(text), &limits, &root, &err));
	assert_int_equal(root->count, 3);
	const struct yaml_node *list = yaml_get(root, STR("é"));
	assert_int_equal(list->column, 4);
	assert_int_equal(list->count, 2);
	assert_str(str_slice(STR(text), list->start, list->end), "[1, \"ü\"]");
	assert_true(list->first->plain);
	assert_false(list->last->plain);
	assert_str(list->last->text, "ü");
	const struct yaml_node *b = yaml_get(root, STR("b"));
	assert_int_equal(b->line, 3);
	assert_str(str_slice(STR(text), b->start, b->end), "c: |\n    x\n    y\n");
	assert_str(yaml_get(b, STR("c"))->text, "x\ny\n");
	assert_int_equal(yaml_get(root, STR("d"))->key->line, 7);
	assert_null(yaml_get(root, STR("x")));
	arena_release(&arena);
}

/* ---- the disk ---- */

static char folder[64];

static void put(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/bylaw-config-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	static const char *const names[] = { "bylaw.yaml", "other.yaml", "bylaw.yml", "sub" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		remove(path);
	}
	return rmdir(folder);
}

static const char *load_error(const char *root, const char *explicit_path)
{
	static struct err err;
	struct config c;
	err = (struct err){ 0 };
	bool good = config_load(&c, &schema, root, explicit_path, &err);
	config_release(&c);
	return good ? "" : err.message;
}

static void test_load(void **state)
{
	(void)state;
	char path[128];
	assert_string_equal(load_error(folder, NULL), ""); /* C6 */
	put("bylaw.yaml", "rules: {x: off}");
	assert_string_equal(
		load_error(folder, NULL), "bylaw.yaml:1:9: unknown rule \"x\"; `bylaw rules` lists them all");
	snprintf(path, sizeof(path), "%s/sub", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_string_equal(load_error(path, NULL), ""); /* C7: a parent's is not read */
	put("other.yaml", "exclude: [a]");
	snprintf(path, sizeof(path), "%s/other.yaml", folder);
	assert_string_equal(load_error(folder, path), "");
	assert_string_equal(
		load_error(folder, "/nonexistent/b.yaml"), "/nonexistent/b.yaml: No such file or directory");
	assert_string_equal(load_error("/nonexistent", NULL), "/nonexistent: No such file or directory");
}

static void test_load_wrong_name(void **state)
{
	(void)state;
	put("bylaw.yml", "");
	assert_string_equal(load_error(folder, NULL), "bylaw.yml: not read under this name; rename it to bylaw.yaml");
}

static void test_load_special(void **state)
{
	(void)state;
	char path[128];
	snprintf(path, sizeof(path), "%s/bylaw.yaml", folder);
	assert_int_equal(mkfifo(path, 0600), 0); /* C9 */
	assert_string_equal(load_error(folder, NULL), "bylaw.yaml: not a regular file");
	remove(path);
	assert_int_equal(symlink("/etc/hostname", path), 0);
	assert_string_equal(load_error(folder, NULL), "bylaw.yaml: not a regular file");
	remove(path);
	assert_int_equal(symlink("/nonexistent", path), 0);
	assert_string_equal(load_error(folder, NULL), "bylaw.yaml: not a regular file");
	remove(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_string_equal(load_error(folder, NULL), "bylaw.yaml: not a regular file");
	remove(path);
	assert_string_equal(load_error(folder, "/dev/zero"), "/dev/zero: not a regular file");
	put("bylaw.yaml", "#");
	assert_int_equal(truncate(path, 1024 * 1024 + 1), 0); /* C10 */
	assert_string_equal(load_error(folder, NULL), "bylaw.yaml: config larger than 1 MiB");
}

/* ---- what is shown ---- */

static void test_show(void **state)
{
	(void)state;
	struct config c = parse("exclude: ['a\"b']\nrules:\n  go/*: {severity: error, options: {strict: true}}\n"
				"overrides: [{files: x/**, rules: {node/sharp: off, go/*: {options: {max-age: 1}}}}]\n"
				"libraries:\n  acme: {}\n");
	struct buf out = { 0 };
	config_show(&c, &schema, STR(""), &out);
	assert_string_equal(buf_cstr(&out), "# from bylaw.yaml\n"
					    "exclude: [\"a\\\"b\"]\n"
					    "peer-suppressions: true\n"
					    "layers: {}\n"
					    "rules:\n"
					    "  node/no-console:\n"
					    "    severity: error # default\n"
					    "    options:\n"
					    "      allow: [] # default\n"
					    "  node/sharp:\n"
					    "    severity: warning # default\n"
					    "  go/goroutine-join:\n"
					    "    severity: error # bylaw.yaml:3\n"
					    "    options:\n"
					    "      strict: true # bylaw.yaml:3\n"
					    "      max-age: 30 # default\n"
					    "overrides:\n"
					    "  - files: [\"x/**\"]\n"
					    "    rules:\n"
					    "      \"node/sharp\":\n"
					    "        severity: off\n"
					    "      \"go/*\":\n"
					    "        options:\n"
					    "          max-age: 1\n"
					    "libraries:\n"
					    "  acme: {}\n");
	struct config again = parse(buf_cstr(&out));
	assert_int_equal(again.rules.count, 3);
	config_release(&again);
	buf_clear(&out);
	config_show(&c, &schema, STR("x/a.ts"), &out);
	assert_non_null(strstr(buf_cstr(&out), "severity: off # bylaw.yaml:4, an override"));
	assert_non_null(strstr(buf_cstr(&out), "max-age: 1 # bylaw.yaml:4, an override"));
	assert_null(strstr(buf_cstr(&out), "overrides:"));
	buf_release(&out);
	config_release(&c);
}

static void test_show_reads_back(void **state)
{
	(void)state;
	struct config c = parse(whole);
	struct buf out = { 0 };
	config_show(&c, &schema, STR(""), &out);
	struct config again = parse(buf_cstr(&out));
	for (size_t i = 0; i < sizeof(severities) / sizeof(severities[0]); i++) {
		enum severity severity = severities[i].rule->severity, shown = SEVERITY_OFF;
		struct str path = str_from(severities[i].path);
		config_severity(&c, severities[i].rule, path, &severity);
		assert_true(config_severity(&again, severities[i].rule, path, &shown));
		assert_int_equal(shown, severity);
		assert_int_equal(config_excludes(&again, severities[i].rule, STR("admin/strict/old.ts")),
			config_excludes(&c, severities[i].rule, STR("admin/strict/old.ts")));
	}
	assert_false(again.peer_suppressions);
	assert_str(again.libraries, "  acme/log:\n    roles: {logger: true}\n\n  acme/http: {}");
	buf_clear(&out);
	config_show(&c, &schema, STR("legacy/a.go"), &out);
	assert_non_null(strstr(buf_cstr(&out), "# this path is not read\n"));
	buf_clear(&out);
	config_show(&c, &schema, STR("cmd/tools/a.go"), &out);
	assert_null(strstr(buf_cstr(&out), "# this path is not read"));
	assert_non_null(strstr(buf_cstr(&out), "# silent at this path: excluded\n"));
	buf_release(&out);
	config_release(&again);
	config_release(&c);
}

static void test_show_flow_libraries(void **state)
{
	(void)state;
	struct config c = parse("libraries: {a: {}}\n");
	struct buf out = { 0 };
	config_show(&c, &schema, STR(""), &out);
	assert_non_null(strstr(buf_cstr(&out), "\nlibraries: {a: {}}\n"));
	buf_release(&out);
	config_release(&c);
}

static const cJSON *dig(const cJSON *at, const char *const *keys)
{
	for (; *keys; keys++) {
		at = **keys >= '0' && **keys <= '9' ? cJSON_GetArrayItem(at, atoi(*keys))
						    : cJSON_GetObjectItemCaseSensitive(at, *keys);
		assert_non_null(at);
	}
	return at;
}

static void test_json_schema(void **state)
{
	(void)state;
	struct buf out = { 0 };
	config_json_schema(&schema, &out);
	cJSON *root = cJSON_Parse(buf_cstr(&out));
	assert_non_null(root);
	const cJSON *ids = dig(root, (const char *const[]){ "definitions", "rules", "properties", NULL });
	assert_int_equal(cJSON_GetArraySize(ids), 6); /* three rules, two areas, `*` */
	const cJSON *join_schema = dig(ids, (const char *const[]){ "go/goroutine-join", NULL });
	assert_string_equal(dig(join_schema, (const char *const[]){ "description", NULL })->valuestring,
		"§16: Goroutines are joined");
	const cJSON *age = dig(join_schema, (const char *const[]){ "allOf", "0", "anyOf", "1", "properties", "options",
						    "properties", "max-age", NULL });
	assert_string_equal(dig(age, (const char *const[]){ "type", NULL })->valuestring, "number");
	assert_int_equal(dig(age, (const char *const[]){ "default", NULL })->valueint, 30);
	cJSON_Delete(root);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_severity),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_excludes),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_suggestions),
		cmocka_unit_test(test_yaml_places),
		cmocka_unit_test(test_show),
		cmocka_unit_test(test_show_reads_back),
		cmocka_unit_test(test_json_schema),
		cmocka_unit_test(test_show_flow_libraries),
		cmocka_unit_test_setup_teardown(test_load, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_load_wrong_name, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(test_load_special, make_folder, remove_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
