/* bylaw explain RULE: the rule's page. */
#include "check/registry.h"
#include "cli/cli.h"
#include "config/suggest.h"

int command_explain(int argc, char **argv)
{
	if (argc != 2)
		return cli_usage("bylaw explain takes a rule, such as node/no-console; bylaw rules lists them");
	const struct rule *rule = registry_find(str_from(argv[1]));
	if (rule)
		return cli_print(str_from(registry_page(rule)));
	struct suggestion near = { .word = str_from(argv[1]) };
	for (uint32_t i = 0; i < registry_count(); i++)
		suggest_from(&near, str_from(registry_rules()[i]->id));
	if (str_empty(near.best))
		return cli_usage("there is no rule \"%s\"; bylaw rules lists them", argv[1]);
	return cli_usage("there is no rule \"%s\"; did you mean \"%.*s\"?", argv[1], STR_ARG(near.best));
}
