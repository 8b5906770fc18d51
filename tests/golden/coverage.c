#include "golden/coverage.h"

#include "base/buf.h"
#include "check/registry.h"
#include "config/config.h"
#include "golden/markdown.h"

#include <stdio.h>

void coverage_message(struct coverage *c, const struct rule *rule, struct str message)
{
	struct shown shown = { rule, arena_str(&c->arena, message) };
	vec_push(&c->messages, shown);
}

void coverage_option(struct coverage *c, const struct rule *rule, struct str option)
{
	struct shown shown = { rule, arena_str(&c->arena, option) };
	vec_push(&c->options, shown);
}

void coverage_release(struct coverage *c)
{
	vec_release(&c->messages);
	vec_release(&c->options);
	arena_release(&c->arena);
}

/* ---- messages ---- */

/* The end of a conversion of printf's that begins at `at`: "%.*s", "%u". */
static uint32_t conversion_end(struct str format, uint32_t at)
{
	for (at++; at < format.len && str_find(STR("sudcxX%"), format.ptr[at]) == UINT32_MAX;)
		at++;
	return at < format.len ? at + 1 : at;
}

/* Does the text say the format's words, in its order? */
static bool says(struct str text, struct str format)
{
	for (uint32_t at = 0; at < format.len;) {
		uint32_t end = at;
		while (end < format.len && format.ptr[end] != '%')
			end++;
		const char *found = memmem(text.ptr, text.len, format.ptr + at, end - at);
		if (!found)
			return false;
		text = str_slice(text, (uint32_t)(found - text.ptr) + end - at, text.len);
		at = end < format.len ? conversion_end(format, end) : end;
	}
	return true;
}

static bool is_shown(const struct coverage *c, const struct rule *rule, struct str format)
{
	for (uint32_t i = 0; i < c->messages.count; i++)
		if (c->messages.items[i].rule == rule && says(c->messages.items[i].text, format))
			return true;
	return false;
}

/* Adds the literal that begins at `at`; the byte behind it. */
static uint32_t add_literal(struct str source, uint32_t at, struct buf *out)
{
	for (at++; at < source.len && source.ptr[at] != '"'; at++) {
		if (source.ptr[at] == '\\' && ++at < source.len)
			buf_add_char(out, source.ptr[at] == 'n' ? '\n' : source.ptr[at]);
		else
			buf_add_char(out, source.ptr[at]);
	}
	return at + 1;
}

static uint32_t skip_blank(struct str source, uint32_t at)
{
	while (at < source.len && str_find(STR(" \t\r\n"), source.ptr[at]) != UINT32_MAX)
		at++;
	return at;
}

/* A single word may be a plural's end, or the name of a library's attribute. */
static bool is_words(struct str text)
{
	return str_find(str_trim(text), ' ') != UINT32_MAX;
}

/* The texts among the arguments of the call whose parenthesis is open at `at`: the format, and what is put into it. */
static uint32_t check_call(const struct coverage *c, const struct rule *rule, struct str source, uint32_t at)
{
	uint32_t gaps = 0;
	struct buf text = { 0 };
	for (uint32_t depth = 1; at < source.len && depth > 0;) {
		char byte = source.ptr[at];
		depth += byte == '(';
		depth -= byte == ')';
		if (byte == '\'') { /* ')' is no parenthesis */
			at += source.ptr[at + 1] == '\\' ? 4 : 3;
			continue;
		}
		if (byte != '"') {
			at++;
			continue;
		}
		buf_clear(&text);
		while (at < source.len && source.ptr[at] == '"')
			at = skip_blank(source, add_literal(source, at, &text));
		if (!is_words(buf_str(&text)) || is_shown(c, rule, buf_str(&text)))
			continue;
		printf("%s: no fence gets the message \"%s\"\n", rule->id, buf_cstr(&text));
		gaps++;
	}
	buf_release(&text);
	return gaps;
}

static uint32_t check_messages(const struct coverage *c, const struct rule *rule, struct str source)
{
	static const char *const calls[] = { "report_at(", "report_in(", "report_base(" };
	uint32_t gaps = 0;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		struct str rest = source;
		for (const char *found; (found = memmem(rest.ptr, rest.len, calls[i], strlen(calls[i])));) {
			rest = str_slice(rest, (uint32_t)(found - rest.ptr) + (uint32_t)strlen(calls[i]), rest.len);
			gaps += check_call(c, rule, rest, 0);
		}
	}
	return gaps;
}

/* ---- the rule's table ---- */

static uint32_t gap_unless(bool said, const struct rule *rule, const char *what, struct str name)
{
	if (!said)
		printf("%s: %s %.*s\n", rule->id, what, STR_ARG(name));
	return !said;
}

static bool is_used(const struct coverage *c, const struct rule *rule, struct str option)
{
	for (uint32_t i = 0; i < c->options.count; i++)
		if (c->options.items[i].rule == rule && str_eq(c->options.items[i].text, option))
			return true;
	return false;
}

/* "- `strict`: … Default: false." */
static bool documents(struct arena *a, struct str page, const struct rule_option *option)
{
	struct str bullet = arena_printf(a, "\n- `%s`: ", option->name);
	struct str fallback = arena_printf(
		a, "Default: %s.", option->fallback && *option->fallback ? option->fallback : "none");
	const char *found = memmem(page.ptr, page.len, bullet.ptr, bullet.len);
	if (!found)
		return false;
	struct str rest = str_slice(page, (uint32_t)(found - page.ptr) + bullet.len, page.len), entry = { 0 }, line;
	while (str_split(&rest, '\n', &line) && !str_empty(line) && !str_starts(line, STR("- ")))
		entry = arena_printf(a, "%.*s%s%.*s", STR_ARG(entry), entry.len ? " " : "", STR_ARG(str_trim(line)));
	return str_contains(entry, fallback);
}

static uint32_t check_table(struct arena *a, const struct coverage *c, const struct rule *rule)
{
	struct str page = str_from(registry_page(rule)), rest = str_from(rule->peers ? rule->peers : ""), peer;
	uint32_t gaps = 0;
	struct str head = str_slice(page, 0, (uint32_t)(strstr(page.ptr, "\n## ") - page.ptr));
	for (const struct rule_option *o = rule->options; o && o->name; o++) {
		gaps += gap_unless(is_used(c, rule, str_from(o->name)), rule, "no fence fails without the option",
			str_from(o->name));
		gaps += gap_unless(documents(a, page, o), rule,
			"the page lacks a line, with what holds by default, for the option", str_from(o->name));
	}
	struct str says = arena_printf(a, "%s %s by default, %s.", rule->severity == SEVERITY_ERROR ? "An" : "A",
		severity_name(rule->severity), rule->precision == PRECISE ? "precise" : "a detector");
	gaps += gap_unless(str_contains(head, says), rule, "the head of the page does not say", says);
	while (str_split(&rest, ' ', &peer))
		gaps += gap_unless(str_empty(peer) || str_contains(head, arena_printf(a, "`%.*s`", STR_ARG(peer))),
			rule, "the head of the page does not name the peer", peer);
	return gaps;
}

uint32_t coverage_gaps(const struct coverage *c, const struct rule *const *rules, uint32_t count, const char *folder)
{
	struct arena scratch = { 0 };
	struct buf source = { 0 };
	uint32_t gaps = 0;
	for (uint32_t i = 0; i < count; i++) {
		buf_clear(&source);
		if (markdown_read_file(arena_printf(&scratch, "%s/%s.c", folder, rules[i]->id).ptr, &source))
			gaps += check_messages(c, rules[i], buf_str(&source));
		gaps += check_table(&scratch, c, rules[i]);
	}
	buf_release(&source);
	arena_release(&scratch);
	return gaps;
}
