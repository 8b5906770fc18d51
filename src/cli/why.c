/* bylaw why FILE: how a file is seen. */
#include "check/registry.h"
#include "cli/cli.h"
#include "cli/project.h"

#include "base/threads.h"
#include "model/model.h"

static struct str folder_name(struct str dir)
{
	return str_empty(dir) ? STR(".") : dir;
}

static void add_link(struct buf *out, const struct model *m, struct import_link link)
{
	static const char *const targets[] = { "unresolved", "file", "Go package", "library",
		"a file that is not read" };
	buf_printf(out, " → %s", targets[link.target]);
	if (link.target == IMPORT_FILE)
		buf_printf(out, " %.*s", STR_ARG(model_file(m, link.file)->path));
	if (link.target == IMPORT_PACKAGE)
		buf_printf(out, " %.*s", STR_ARG(folder_name(go_package_folder(m, link.package))));
	if (link.cause != CAUSE_NONE)
		buf_printf(out, ": %s", import_cause_text(link.cause));
	buf_add_char(out, '\n');
}

/* In Rust a row is one name of a `use`, and its path ends in that name. */
static void add_module(struct buf *out, const struct model *m, file_id id, const struct import *import)
{
	const struct facts *f = &model_file(m, id)->facts;
	struct str imported = facts_str(f, import->imported);
	bool named = !str_is(imported, "*") || (import->flags & IMPORT_GLOB);
	buf_printf(out, "  %.*s%.*s", (int)import->level, "...............", STR_ARG(facts_str(f, import->module)));
	if (model_file(m, id)->language == LANGUAGE_RUST && named)
		buf_printf(out, "::%.*s", STR_ARG(imported));
}

static void add_imports(struct buf *out, const struct model *m, file_id id)
{
	const struct facts *f = &model_file(m, id)->facts;
	buf_printf(out, "imports: %u\n", f->import_count);
	for (uint32_t i = 0; i < f->import_count; i++) {
		add_module(out, m, id, &f->imports[i]);
		add_link(out, m, model_import(m, id, i));
	}
	for (uint32_t i = 0; i < f->export_count; i++) {
		if (!f->exports[i].module || node_kind(f, f->exports[i].node) != NODE_EXPORT)
			continue;
		buf_printf(out, "  export from %.*s", STR_ARG(facts_str(f, f->exports[i].module)));
		add_link(out, m, model_reexport(m, id, i));
	}
}

static void add_tsconfig(struct buf *out, const struct model *m, file_id id)
{
	bool owned;
	file_id config = model_tsconfig(m, id, &owned);
	if (config != NO_FILE)
		buf_printf(out, "tsconfig: %.*s%s\n", STR_ARG(model_file(m, config)->path),
			owned ? "" : " (the nearest; none includes this file)");
}

/* What strings stand for where a framework reads them as names. */
static void add_references(struct buf *out, const struct model *m, file_id id)
{
	const struct facts *f = &model_file(m, id)->facts;
	const char *head = "names in strings:\n";
	for (node_id n = 1; n < f->node_count; n++) {
		struct meaning means = node_kind(f, n) == NODE_STRING ? model_reference(m, id, n)
								      : (struct meaning){ 0 };
		if (means.kind == MEANS_UNKNOWN || means.kind == MEANS_LOCAL)
			continue;
		buf_printf(out, "%s  \"%.*s\" → ", head, STR_ARG(node_name(f, n)));
		head = "";
		if (means.kind == MEANS_LIBRARY) {
			buf_add_text(out, "library\n");
			continue;
		}
		const struct model_file *at = model_file(m, means.file);
		buf_printf(out, "file %.*s", STR_ARG(at->path));
		if (means.node)
			buf_printf(out, ":%u", facts_line(&at->facts, at->facts.nodes[means.node].start));
		buf_add_char(out, '\n');
	}
}

static void add_layers(struct buf *out, const struct model *m, file_id id)
{
	const struct facts *f = &model_file(m, id)->facts;
	struct layer_evidence evidence = model_file_layer(m, id);
	buf_printf(out, "layer: %s (%s)\n", layer_name(evidence.layer), evidence.reason);
	for (node_id n = 1; n < f->node_count; n++) {
		if (node_kind(f, n) != NODE_CLASS)
			continue;
		evidence = model_class_layer(m, id, n);
		if (evidence.layer != LAYER_NONE)
			buf_printf(out, "  %.*s: %s (%s)\n", STR_ARG(node_name(f, n)), layer_name(evidence.layer),
				evidence.reason);
	}
}

static void add_rules(struct buf *out, const struct config *config, const struct model_file *file, bool production)
{
	buf_add_text(out, "rules:");
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		enum severity severity = rule->severity;
		config_severity(config, rule, file->path, &severity);
		bool runs = severity != SEVERITY_OFF && (rule->languages >> file->language & 1) &&
			    (rule->all_classes || production) && !config_excludes(config, rule, file->path);
		if (runs)
			buf_printf(out, " %s", rule->id);
	}
	buf_add_char(out, '\n');
}

static void describe(struct buf *out, struct project *p, const struct model *m, file_id id)
{
	const struct model_file *file = model_file(m, id);
	buf_printf(out, "%.*s\n", STR_ARG(file->path));
	if (file->skip != SKIP_NONE) {
		buf_printf(out, "not read: %s\n", skip_reason_text(file->skip));
		return;
	}
	buf_printf(out, "language: %s\nclass: %s (%s)\n", language_name(file->language), file_class_name(file->class),
		file->class_reason);
	if (file->package != NO_PACKAGE)
		buf_printf(out, "package: %.*s (%.*s)\n", STR_ARG(model_package(m, file->package)->name),
			STR_ARG(model_file(m, model_package(m, file->package)->manifest)->path));
	if (file->facts.error_count)
		buf_printf(out, "parsed: all but %u bytes, first at line %u\n", file->facts.error_bytes,
			facts_line(&file->facts, file->facts.errors[0].start));
	static const char *const sides[] = { NULL, "the server", "the browser", "the server and the browser" };
	if (sides[model_sides(m, id)])
		buf_printf(out, "runs in: %s, by its imports\n", sides[model_sides(m, id)]);
	add_layers(out, m, id);
	add_tsconfig(out, m, id);
	add_imports(out, m, id);
	add_references(out, m, id);
	add_rules(out, &p->config, file, model_is_production(m, id));
}

int command_why(int argc, char **argv)
{
	if (argc != 2)
		return cli_usage("bylaw why takes a file");
	struct project project = { 0 };
	struct bylaw_result result = { 0 };
	struct err err = { 0 };
	struct buf out = { 0 };
	char today[11];
	bool ok = cli_takes_file(argv[1], &err) && project_open(&project, argv + 1, 1, NULL, &err);
	if (ok) {
		struct bylaw_request request = project_request(&project, threads_available(), today);
		ok = bylaw_run(&request, &result, &err);
	}
	file_id id = ok ? model_find_file(result.model, project.paths.items[0]) : NO_FILE;
	if (ok && id == NO_FILE)
		ok = err_set(&err, "%s: not looked at: ignored, excluded, or of no language bylaw reads", argv[1]);
	if (ok)
		describe(&out, &project, result.model, id);
	int status = ok ? cli_print(buf_str(&out)) : cli_fail(&err);
	buf_release(&out);
	bylaw_result_release(&result);
	project_close(&project);
	return status;
}
