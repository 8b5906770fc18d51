/* bylaw rules: the list, in the order of the written rules. */
#include "check/registry.h"
#include "cli/cli.h"

static const char *severity_name(enum severity severity)
{
	static const char *const names[] = { "off", "note", "warning", "error" };
	return names[severity];
}

int command_rules(int argc, char **argv)
{
	(void)argv;
	struct buf out = { 0 };
	if (argc > 1)
		return cli_usage("bylaw rules takes no arguments");
	for (uint32_t i = 0; i < registry_count(); i++) {
		const struct rule *rule = registry_rules()[i];
		buf_printf(&out, "%-26s %-8s %-9s %s\n", rule->id, rule->clauses[0] ? rule->clauses : "-",
			severity_name(rule->severity), rule->title);
	}
	int status = cli_print(buf_str(&out));
	buf_release(&out);
	return status;
}
