#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "allow", OPTION_STRINGS, "", "methods that may be used, such as warn and error" },
	{ "strict", OPTION_BOOL, "false", "also packages that serve nothing, browser code and command-line entries" },
	{ 0 },
};

/* Code for browsers inside a package that serves: it has no logger of the server's. */
static bool is_browser_file(const struct rule_context *c)
{
	return model_file(c->model, c->file)->language == LANGUAGE_TSX ||
	       file_imports_role(c->model, c->file, ROLE_WEB_CLIENT_UI) ||
	       (model_sides(c->model, c->file) & SIDE_BROWSER);
}

/* "dist/cli.js" in package.json's `bin` stands for src/cli.ts. */
static bool is_stem_of(struct str built, struct str source)
{
	struct str name = built;
	uint32_t slash = str_rfind(name, '/');
	name = slash == UINT32_MAX ? name : str_slice(name, slash + 1, name.len);
	name = str_slice(name, 0, str_find(name, '.'));
	slash = str_rfind(source, '/');
	source = slash == UINT32_MAX ? source : str_slice(source, slash + 1, source.len);
	return name.len && str_eq(name, str_slice(source, 0, str_find(source, '.')));
}

static node_id bin_of(const struct rule_context *c, const struct facts **manifest)
{
	const struct package *package = model_package(c->model, model_file(c->model, c->file)->package);
	*manifest = &model_file(c->model, package->manifest)->facts;
	node_id root = node_child_of_kind(*manifest, 0, NODE_OBJECT);
	return root ? object_value(*manifest, root, STR("bin")) : 0;
}

/* An entry that `bin` names; or any file of a tool that is built on a command-line framework. */
static bool is_command_line(const struct rule_context *c)
{
	const struct model_file *file = model_file(c->model, c->file);
	const struct facts *manifest;
	node_id bin = bin_of(c, &manifest);
	if (!bin)
		return false;
	if (package_has_role(c->model, file->package, ROLE_COMMAND_LINE))
		return true;
	if (node_kind(manifest, bin) == NODE_STRING)
		return is_stem_of(node_name(manifest, bin), file->path);
	facts_each_child(manifest, bin, entry) {
		node_id value = node_child(manifest, entry, PART_VALUE);
		if (value && is_stem_of(node_name(manifest, value), file->path))
			return true;
	}
	return false;
}

/* In a package that has a user interface too, what the serving files import and the interface does not is the server's. */
static bool is_server_code(const struct rule_context *c)
{
	package_id package = model_file(c->model, c->file)->package;
	if (!package_has_role(c->model, package, ROLE_WEB_SERVER) || is_browser_file(c) || is_command_line(c))
		return false;
	if (package_has_role(c->model, package, ROLE_WEB_CLIENT_UI))
		return model_sides(c->model, c->file) == SIDE_SERVER;
	return model_in_sources(c->model, c->file);
}

/* Is this the place where another name for the console is made? `console` alone is nothing yet. */
static bool makes_alias(const struct facts *f, node_id use)
{
	enum node_kind parent = node_kind(f, f->nodes[use].parent);
	return f->nodes[use].part == PART_VALUE &&
	       (parent == NODE_VAR || parent == NODE_ASSIGN || parent == NODE_EXPORT);
}

enum { MOST_NOTES = 10 };

/* Calls in a file that reach the console through a name made at `maker`, as evidence. */
static void note_uses_in(struct rule_context *c, struct finding *finding, node_id maker, file_id file, uint32_t *notes)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	for (node_id n = 1; n < f->node_count && *notes < MOST_NOTES; n++) {
		if (node_kind(f, n) != NODE_CALL)
			continue;
		node_id binding = file == c->file ? maker
						  : model_binding(c->model, file, n, path_first(node_name(f, n)));
		if (!binding || (file != c->file && node_kind(f, binding) != NODE_IMPORT))
			continue;
		struct meaning means = model_meaning(c->model, file, n);
		bool through = means.alias && means.alias_file == c->file && means.alias >= maker &&
			       means.alias < c->facts->nodes[maker].next;
		if (through && ++*notes)
			finding_note(c, finding, file, n, "used here");
	}
}

static void note_uses(struct rule_context *c, struct finding *finding, node_id use)
{
	node_id maker = c->facts->nodes[use].parent;
	uint32_t notes = 0;
	note_uses_in(c, finding, maker, c->file, &notes);
	for (file_id file = 0; file < model_file_count(c->model) && notes < MOST_NOTES; file++)
		if (file != c->file && model_is_production(c->model, file) &&
			(LANGUAGES_NODE >> model_file(c->model, file)->language & 1))
			note_uses_in(c, finding, maker, file, &notes);
}

static void check_use(struct rule_context *c, node_id use)
{
	const struct facts *f = c->facts;
	if (f->nodes[use].part == PART_TARGET)
		return; /* `console.log = logger.info`: whoever uses it is reported */
	struct meaning means = model_meaning(c->model, c->file, use);
	if ((means.kind != MEANS_BUILTIN && means.kind != MEANS_LIBRARY) || means.alias)
		return;
	if (!model_library(c->model, model_file(c->model, c->file)->language, means.name, ROLE_CONSOLE))
		return;
	struct str method = path_last(means.name);
	bool whole = str_is(method, "console");
	if ((whole && !makes_alias(f, use)) || rule_option_has(c, "allow", method))
		return;
	if (whole) {
		note_uses(c,
			report_at(c, use,
				"another name for the console in production code: its output has no level, no fields and "
				"no request (§10). Hand in the project's logger instead."),
			use);
		return;
	}
	struct finding *finding = report_at(c, use,
		"console.%.*s in production code: its output has no fields and no request (§10). "
		"Write it through the project's structured logger.",
		STR_ARG(method));
	if (makes_alias(f, use))
		note_uses(c, finding, use);
}

static void check_file(struct rule_context *c)
{
	if (!rule_option_bool(c, "strict") && !is_server_code(c))
		return;
	bool imported = file_imports_role(c->model, c->file, ROLE_CONSOLE);
	for (node_id n = 1; n < c->facts->node_count; n++)
		if (((KIND(CALL) | KIND(NAME)) >> c->facts->nodes[n].kind & 1) &&
			(imported || str_contains(node_name(c->facts, n), STR("console"))))
			check_use(c, n);
}

const struct rule rule_node_no_console = {
	.id = "node/no-console",
	.clauses = "10",
	.title = "Production code logs through a logger, not the console",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGES_NODE,
	.options = options,
	.on_file = check_file,
	.peers = "no-console lint/suspicious/noConsole noConsole",
};
