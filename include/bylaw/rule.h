/*
 * A rule: one clause of the written rules as code. It sees facts and the model, and nothing else.
 *
 * A rule may look at single nodes (`on_node`, called once for each node of the kinds it names), at a whole
 * file (`on_file`), or at the joined project (`on_project`, called once). All run after linking.
 */
#ifndef BYLAW_RULE_H
#define BYLAW_RULE_H

#include "bylaw/facts.h"
#include "bylaw/file.h"
#include "bylaw/go.h"
#include "bylaw/model.h"
#include "bylaw/wire.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* PRECISE: what it says is so. DETECTOR: a strong hint; a warning at most by default. */
enum precision { PRECISE, DETECTOR };

enum option_type { OPTION_BOOL, OPTION_STRINGS, OPTION_NUMBER };

struct rule_option {
	const char *name;
	enum option_type type;
	const char *fallback; /* "false", "", "30" */
	const char *help; /* one line, for `bylaw explain` and the config schema */
};

struct rule_context;

struct rule {
	const char *id; /* area/name; public and fixed */
	const char *clauses; /* the sentences it enforces: "10", "28, 29" */
	const char *title; /* one line: what good code does */
	enum severity severity;
	enum precision precision;
	uint32_t languages; /* LANGUAGE_BIT(…) of the files that on_node and on_file see */
	bool all_classes; /* also tests, scripts, generated files …; otherwise production and entry only */
	bool needs_base; /* compares with a base revision; idle without --base */
	const struct rule_option *options; /* ends with a row without a name; may be NULL */
	uint64_t kinds; /* KIND(CALL) | …: the nodes on_node wants */
	void (*on_node)(struct rule_context *context, node_id node);
	void (*on_file)(struct rule_context *context);
	void (*on_project)(struct rule_context *context);
	/* codes of other linters that mean the same, for their ignore comments: "no-console ASYNC230" */
	const char *peers;
};

/* What a rule is looking at. In on_project, `file` is NO_FILE and `facts` NULL. */
struct rule_context {
	const struct rule *rule;
	const struct model *model;
	const struct wire *wire;
	file_id file;
	const struct facts *facts;
	struct rule_state *state; /* the checker's */
};

bool rule_option_bool(const struct rule_context *context, const char *name);
double rule_option_number(const struct rule_context *context, const char *name);
/* Whether `value` is one of a list option's entries. */
bool rule_option_has(const struct rule_context *context, const char *name, struct str value);

/*
 * Reports a finding at a node of the current file, or of any file. The message says what is wrong in the user's
 * names, why in half a line, and what to do; it is copied. The result takes notes and is never NULL.
 */
struct finding *report_at(struct rule_context *context, node_id node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct finding *report_in(struct rule_context *context, file_id file, node_id node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same for a place that only the base revision has: the file is gone. */
struct finding *report_base(struct rule_context *context, file_id base_file, node_id node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Lowers or raises one finding; a user's configured severity still wins. */
void finding_severity(struct finding *finding, enum severity severity);
/* Adds a piece of evidence: another place, with what it shows. */
void finding_note(struct rule_context *context, struct finding *finding, file_id file, node_id node, const char *format,
	...) __attribute__((format(printf, 5, 6)));
/* Adds where a request, or a task, first leads to a function of the current file, when that is known. */
void finding_note_request(struct rule_context *context, struct finding *finding, node_id function);
/* The same for a place in the base revision. */
void finding_note_base(struct rule_context *context, struct finding *finding, file_id base_file, node_id node,
	const char *format, ...) __attribute__((format(printf, 5, 6)));
/*
 * Offers a fix for `check --fix`: the first `old` between two bytes of the finding's file becomes `text`, both copied. What
 * is offered for one finding is done as a whole, or not at all where the file says something else by then.
 */
void finding_fix(struct rule_context *context, struct finding *finding, uint32_t start, uint32_t end, struct str old,
	struct str text);
/* The same: what stands between the two bytes goes, provided that `old` is in it; and its line, where it stood alone. */
void finding_fix_whole(
	struct rule_context *context, struct finding *finding, uint32_t start, uint32_t end, struct str old);
/* The same: what stands between the two bytes becomes `text`, whatever it is; an insertion when they are one. */
void finding_replace(
	struct rule_context *context, struct finding *finding, uint32_t start, uint32_t end, struct str text);
/* A text for a fix; lives as long as the report. */
struct str rule_text(struct rule_context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What was offered may change what the program does: only `--unsafe-fixes` does it. */
void finding_fix_is_unsafe(struct finding *finding);
/* Of on_project: true the first time that the rule asks with this key. One cause, one finding. */
bool rule_first(struct rule_context *context, uint64_t key);
/* The rule could not judge here because something it needs was not read. Counted, and shown with the reason. */
void rule_abstain(struct rule_context *context, file_id file, const char *reason);

#endif
