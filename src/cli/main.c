#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct command commands[] = {
	{ "check", "[PATH…] [-o FORMAT[=FILE]]… [--base REV] [--rule ID]… [--clause 7.3] …", "check a codebase", command_check },
	{ "explain", "RULE", "show a rule's page", command_explain },
	{ "why", "FILE", "how a file is seen: language, class, layer, imports, rules", command_why },
	{ "rules", "", "list the rules", command_rules },
	{ "facts", "FILE", "print the facts of a file", command_facts },
	{ "config", "check|show|schema", "look at the configuration", command_config },
};

static void print_help(FILE *out)
{
	fputs("bylaw checks backend codebases against written architecture rules.\n\n", out);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		fprintf(out, "  bylaw %-8s %s\n      %s\n", commands[i].name, commands[i].usage, commands[i].says);
	fputs("\n  bylaw COMMAND --help, bylaw --version\n", out);
}

int cli_fail(const struct err *err)
{
	fprintf(stderr, "bylaw: %s\n", err->message);
	return EXIT_FAILED;
}

int cli_usage(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("bylaw: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	return EXIT_FAILED;
}

int cli_print(struct str text)
{
	bool written = fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
	return written ? EXIT_CLEAN : cli_usage("the report could not be written: %s", strerror(errno));
}

/* A closed descriptor 0–2 would be handed to the first file opened. */
static void open_standard_streams(void)
{
	int fd;
	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

int main(int argc, char **argv)
{
	open_standard_streams();
	signal(SIGXFSZ, SIG_IGN);
	const char *name = argc > 1 ? argv[1] : "--help";
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		return cli_print(STR("bylaw " BYLAW_VERSION "\n"));
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
		print_help(stdout);
		return argc > 1 ? EXIT_CLEAN : EXIT_FAILED;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(name, commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	return cli_usage("there is no command \"%s\"; see bylaw --help", name);
}
