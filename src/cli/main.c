#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/stream.h"

#include "base/utf8.h"
#include "config/suggest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct command commands[] = {
	{ "check", "[PATH…] [-o FORMAT[=FILE]]… [--base REV] [--rule ID]… [--clause 7.3] …", "check a codebase",
		command_check },
	{ "explain", "RULE, or FILE:LINE [-o text|json]",
		"a rule's page; or what stands at a place, what it means, and which rules speak or abstain there",
		command_explain },
	{ "why", "FILE", "how a file is seen: language, class, layer, imports, rules", command_why },
	{ "map", "[PATH…] [-o text|json|dot|mermaid|html]",
		"how a system hangs together, from UI to database: endpoints, who uses them, what they reach",
		command_map },
	{ "rules", "", "list the rules", command_rules },
	{ "facts", "FILE", "print the facts of a file", command_facts },
	{ "config", "check|show|schema", "look at the configuration", command_config },
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands), LONGEST_LINE = 2048 };

static void add_command(struct buf *out, const struct command *command)
{
	buf_printf(out, "  bylaw %-8s %s\n      %s\n", command->name, command->usage, command->says);
}

static int print_help(bool asked_for)
{
	struct buf out = { 0 };
	buf_add_text(&out, "bylaw checks backend codebases against written architecture rules.\n\n");
	for (size_t i = 0; i < COMMANDS; i++)
		add_command(&out, &commands[i]);
	buf_add_text(&out, "\n  bylaw COMMAND --help, bylaw --version\n");
	int status = EXIT_FAILED;
	if (asked_for)
		status = cli_print(buf_str(&out));
	else
		stream_write(STDERR_FILENO, buf_str(&out));
	buf_release(&out);
	return status;
}

static int print_command_help(const struct command *command)
{
	struct buf out = { 0 };
	add_command(&out, command);
	int status = cli_print(buf_str(&out));
	buf_release(&out);
	return status;
}

/* Names of files and words of the user come along in messages: a terminal shows them and does not obey them. */
int cli_fail(const struct err *err)
{
	struct buf line = { 0 };
	buf_add_text(&line, "bylaw: ");
	utf8_add_visible(&line, str_from(err->message), LONGEST_LINE);
	buf_add_char(&line, '\n');
	stream_write(STDERR_FILENO, buf_str(&line));
	buf_release(&line);
	return EXIT_FAILED;
}

int cli_usage(const char *format, ...)
{
	struct err err = { 0 };
	va_list args;
	va_start(args, format);
	vsnprintf(err.message, sizeof(err.message), format, args);
	va_end(args);
	return cli_fail(&err);
}

int cli_print(struct str text)
{
	if (stream_write(STDOUT_FILENO, text))
		return EXIT_CLEAN;
	return cli_usage("the report could not be written: %s", strerror(errno));
}

bool cli_takes_file(const char *path, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return err_set(err, "%s: %s", path, errno == ENOENT ? "no such file" : strerror(errno));
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(err, "%s is a folder; name a file", path);
	return true;
}

static bool is_one_of(const char *word, const char *a, const char *b)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

/* check reads its own options. */
static int run(const struct command *command, int argc, char **argv)
{
	bool help = argc > 1 && is_one_of(argv[1], "--help", "-h");
	if (help && command->run != command_check)
		return print_command_help(command);
	return command->run(argc, argv);
}

static int unknown_command(const char *name)
{
	struct suggestion near = { .word = str_from(name) };
	for (size_t i = 0; i < COMMANDS; i++)
		suggest_from(&near, str_from(commands[i].name));
	if (str_empty(near.best))
		return cli_usage("there is no command \"%s\"; see bylaw --help", name);
	return cli_usage("there is no command \"%s\"; did you mean \"%.*s\"?", name, STR_ARG(near.best));
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
	signal(SIGPIPE, SIG_DFL); /* a reader that goes away is no failure, whoever started us and ignored it */
	interrupt_announce();
	if (argc < 2)
		return print_help(false);
	const char *name = argv[1];
	if (is_one_of(name, "--version", "-V"))
		return cli_print(STR("bylaw " BYLAW_VERSION "\n"));
	if (is_one_of(name, "--help", "-h") || strcmp(name, "help") == 0)
		return print_help(true);
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(name, commands[i].name) == 0)
			return run(&commands[i], argc - 1, argv + 1);
	return unknown_command(name);
}
