/* bylaw config check|show|schema. */
#include "check/registry.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "cli/stream.h"

#include "base/utf8.h"

#include <limits.h>
#include <unistd.h>

/* A file that is there is named from where the user stands, one that may come from the root. */
static int show(char *path)
{
	struct project project;
	struct err err = { 0 };
	struct config_schema schema = { registry_rules(), registry_count() };
	struct buf out = { 0 };
	bool exists = path && access(path, F_OK) == 0;
	int status = EXIT_FAILED;
	if (project_open(&project, &path, exists ? 1 : 0, NULL, &err)) {
		config_show(&project.config, &schema, exists ? project.paths.items[0] : str_from(path), &out);
		status = cli_print(buf_str(&out));
	} else {
		cli_fail(&err);
	}
	buf_release(&out);
	project_close(&project);
	return status;
}

static int check(const char *path)
{
	struct project project;
	struct err err = { 0 };
	struct buf out = { 0 };
	bool ok = project_open(&project, NULL, 0, path, &err);
	utf8_add_visible(&out, project.config.path, PATH_MAX);
	buf_add_text(&out, out.len ? " is right\n" : "no bylaw.yaml: the defaults hold\n");
	if (ok)
		stream_write(STDERR_FILENO, buf_str(&out));
	buf_release(&out);
	project_close(&project);
	return ok ? EXIT_CLEAN : cli_fail(&err);
}

static int print_schema(void)
{
	struct config_schema schema = { registry_rules(), registry_count() };
	struct buf out = { 0 };
	config_json_schema(&schema, &out);
	int status = cli_print(buf_str(&out));
	buf_release(&out);
	return status;
}

int command_config(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const char *path = argc > 2 ? argv[2] : NULL;
	if (strcmp(what, "check") == 0 && argc <= 3)
		return check(path);
	if (strcmp(what, "show") == 0 && argc <= 3)
		return show(argc > 2 ? argv[2] : NULL);
	if (strcmp(what, "schema") == 0 && argc == 2)
		return print_schema();
	return cli_usage("bylaw config check [FILE], bylaw config show [FILE], or bylaw config schema");
}
