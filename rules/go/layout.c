#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "top", OPTION_STRINGS, "", "further folders at the top of a module that may hold packages" },
	{ 0 },
};

/* ---- paths ---- */

/* A folder as its module sees it: "" for the module's own. */
static struct str below_module(const struct rule_context *c, file_id file, struct str dir)
{
	struct str module = model_package(c->model, model_file(c->model, file)->package)->dir;
	if (str_empty(module))
		return dir;
	return str_slice(dir, module.len < dir.len ? module.len + 1 : dir.len, dir.len);
}

static struct str top_folder(struct str dir)
{
	return str_slice(dir, 0, str_find(dir, '/'));
}

static bool has_folder(struct str dir, const char *name)
{
	struct str part;
	while (str_split(&dir, '/', &part))
		if (str_is(part, name))
			return true;
	return false;
}

static bool is_one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

/* ---- programs ---- */

/* testserver, replaytester, loadtest */
static bool is_for_tests(struct str part)
{
	return str_starts(part, STR("test")) || str_ends(part, STR("test")) || str_ends(part, STR("tests")) ||
	       str_ends(part, STR("tester"));
}

/* Programs that are run beside the application: generators, tools of its repository. */
static bool is_beside(struct str dir)
{
	static const char *const folders[] = { "tools", "tool", "hack", "scripts", "misc", "contrib", "build", "deploy",
		"e2e", "gen", "generate", "codegen", "magefiles", "integration", "examples", "_examples", NULL };
	struct str part;
	while (str_split(&dir, '/', &part))
		if (is_one_of(part, folders) || is_for_tests(part))
			return true;
	return false;
}

static node_id package_clause(const struct facts *f)
{
	return node_child_of_kind(f, 0, NODE_NAMESPACE);
}

/* `//go:build ignore`: a file that is run by hand; tools: one that only names them. */
static bool is_left_out(const struct facts *f)
{
	node_id clause = package_clause(f);
	for (uint32_t i = 0; clause && i < f->comment_count && f->comments[i].start < f->nodes[clause].start; i++) {
		struct str text = facts_str(f, f->comments[i].text);
		if (str_starts(text, STR("go:build ignore")) || str_starts(text, STR("go:build tools")))
			return true;
	}
	return false;
}

static void check_program(struct rule_context *c, const struct go_unit *unit, struct str dir)
{
	const struct facts *f = &model_file(c->model, unit->first)->facts;
	if (str_empty(dir) || has_folder(dir, "cmd") || has_folder(dir, "internal") || is_beside(unit->dir) ||
		is_left_out(f))
		return;
	uint32_t slash = str_rfind(dir, '/');
	struct str name = slash == UINT32_MAX ? dir : str_slice(dir, slash + 1, dir.len);
	report_in(c, unit->first, package_clause(f),
		"the program %.*s is not below cmd/ (§13): who looks for what can be started does not find it. Move it to "
		"cmd/%.*s.",
		STR_ARG(dir), STR_ARG(name));
}

/* ---- packages of an application ---- */

/* Does any file of the module serve requests? What does not may be for others to import. */
static bool serves(const struct rule_context *c, package_id module)
{
	for (uint32_t i = 0; i < wire_endpoint_count(c->wire); i++) {
		const struct endpoint *endpoint = wire_endpoint(c->wire, i);
		if (endpoint->package == module && model_is_production(c->model, endpoint->file) &&
			!is_beside(model_file(c->model, endpoint->file)->path))
			return true;
	}
	return false;
}

static bool may_hold_packages(const struct rule_context *c, struct str dir, struct str top)
{
	static const char *const allowed[] = { "api", "proto", "protos", "gen", "docs", "web", "webapp", "ui",
		"frontend", "website", "public", "templates", "vendor", "third_party", "assets", "static", "migrations",
		"sdk", "sdks", "client", "clients", "plugin", "plugins", NULL };
	return has_folder(dir, "internal") || has_folder(dir, "pkg") || has_folder(dir, "cmd") || is_beside(dir) ||
	       is_one_of(top, allowed) || rule_option_has(c, "top", top);
}

static void report_top(struct rule_context *c, file_id file, struct str top)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	if (str_is(top, "src"))
		report_in(c, file, package_clause(f),
			"src/ says nothing in a Go module (§13): every import carries it. Move what is in it to internal/ or pkg/.");
	else
		report_in(c, file, package_clause(f),
			"packages of the application lie in %.*s/, outside internal/ and pkg/ (§13): anybody may import them, and "
			"nobody sees which are meant for it. Move them to internal/%.*s.",
			STR_ARG(top), STR_ARG(top));
}

/* ---- pkg/ ---- */

/* The folder around the first internal/ of an import; false when it has none. */
static bool internal_owner(struct str dir, struct str *owner)
{
	struct str rest = dir, part;
	while (str_split(&rest, '/', &part))
		if (str_is(part, "internal")) {
			uint32_t at = (uint32_t)(part.ptr - dir.ptr);
			*owner = str_slice(dir, 0, at ? at - 1 : 0);
			return true;
		}
	return false;
}

static bool check_imports(struct rule_context *c, file_id file, struct str dir)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	for (uint32_t i = 0; i < f->import_count; i++) {
		struct import_link link = model_import(c->model, file, i);
		struct str owner,
			folder = link.target == IMPORT_PACKAGE ? go_package_folder(c->model, link.package) : STR("");
		folder = below_module(c, file, folder);
		if (!internal_owner(folder, &owner) || has_folder(owner, "pkg"))
			continue;
		report_in(c, file, f->imports[i].node,
			"%.*s is for others to import, and imports %.*s (§13): what pkg/ shows then rests on what may change "
			"any day. Move what both need to pkg/, or hand it in through an interface.",
			STR_ARG(dir), STR_ARG(folder));
		return true;
	}
	return false;
}

static void check_public(struct rule_context *c, const struct go_unit *unit, struct str dir)
{
	if (!str_is(top_folder(dir), "pkg"))
		return;
	for (uint32_t i = 0; i < unit->count; i++)
		if (model_is_production(c->model, unit->files[i]) && check_imports(c, unit->files[i], dir))
			return;
}

/* ---- cmd/ ---- */

static node_id first_database_call(const struct rule_context *c, const struct go_unit *unit, file_id *file)
{
	for (uint32_t i = 0; i < unit->count; i++) {
		const node_id *calls;
		*file = unit->files[i];
		if (model_is_production(c->model, *file) && model_database_calls(c->model, *file, 0, &calls))
			return calls[0];
	}
	return 0;
}

/* What is below cmd/ puts the application together; queries are its work. */
static void check_wiring(struct rule_context *c, const struct go_unit *unit, struct str dir)
{
	file_id file;
	node_id call = str_is(top_folder(dir), "cmd") ? first_database_call(c, unit, &file) : 0;
	if (call)
		report_in(c, file, call,
			"%.*s queries the database, and cmd/ is for putting things together (§13): nothing else can use it, or "
			"test it. Move it to a repository in internal/.",
			STR_ARG(dir));
}

static void check_unit(struct rule_context *c, const struct go_unit *unit)
{
	struct str dir = below_module(c, unit->first, unit->dir);
	if (str_is(unit->name, "main"))
		check_program(c, unit, dir);
	check_public(c, unit, dir);
	check_wiring(c, unit, dir);
}

/* Something that serves, and is more than a small program beside its main.go. */
static bool is_application(const struct rule_context *c, package_id module)
{
	enum { SMALL = 10 };
	return model_go_production_files(c->model, module) > SMALL && serves(c, module);
}

/* What was looked at last: files come in the order of their paths, and what is below one folder in a row. */
struct place {
	package_id module;
	bool is_application;
	struct str reported; /* the top folder that has its finding */
};

static void check_file(struct rule_context *c, file_id file, const struct go_unit *unit, struct place *place)
{
	package_id module = model_file(c->model, file)->package;
	if (unit->first == file)
		check_unit(c, unit);
	if (module != place->module)
		*place = (struct place){ module, is_application(c, module), { 0 } };
	struct str top = top_folder(below_module(c, file, unit->dir));
	if (!place->is_application || str_empty(top) || str_eq(top, place->reported) || str_is(unit->name, "main") ||
		may_hold_packages(c, unit->dir, top) || model_go_is_shared(c->model, module, top) ||
		is_left_out(&model_file(c->model, file)->facts))
		return;
	place->reported = top;
	report_top(c, file, top);
}

static void check_project(struct rule_context *c)
{
	struct place place = { .module = NO_PACKAGE };
	for (file_id file = 0; file < model_file_count(c->model); file++) {
		const struct model_file *at = model_file(c->model, file);
		struct go_unit unit;
		if (at->language == LANGUAGE_GO && at->package != NO_PACKAGE && model_is_production(c->model, file) &&
			model_go_programs(c->model, at->package) && model_go_unit(c->model, file, &unit))
			check_file(c, file, &unit, &place);
	}
}

const struct rule rule_go_layout = {
	.id = "go/layout",
	.clauses = "13",
	.title = "An application lies in cmd/, internal/ and pkg/",
	.severity = SEVERITY_WARNING,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(GO),
	.options = options,
	.on_project = check_project,
};
