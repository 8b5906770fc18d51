#include <bylaw/rule.h>

static const struct rule_option options[] = {
	{ "allow-blank", OPTION_BOOL, "false", "an error that is assigned to _ is handled" },
	{ "strict", OPTION_BOOL, "false",
		"also clean-up, writes to whoever may have gone, explained blanks, and types of the project that are errors" },
	{ 0 },
};

/* ---- which calls return an error ---- */

/* `error`, or with `strict` a type of the project that has an Error method. */
static bool is_error_type(const struct rule_context *c, file_id file, node_id result)
{
	const struct facts *f = &model_file(c->model, file)->facts;
	node_id type = node_kind(f, result) == NODE_PARAM ? node_child(f, result, PART_TYPE) : result;
	if (type && str_is(node_name(f, type), "error"))
		return true;
	if (!type || !rule_option_bool(c, "strict"))
		return false;
	struct type means = model_spelled_type(c->model, file, type);
	file_id member_file;
	node_id member;
	return means.kind == MEANS_DECLARATION &&
	       class_member(c->model, means.file, means.node, STR("Error"), &member_file, &member);
}

static node_id last_result(const struct facts *f, node_id signature)
{
	node_id last = 0;
	facts_each_child(f, signature, child)
		if (f->nodes[child].part == PART_RESULT)
			last = child;
	return last;
}

static bool signature_returns_error(const struct rule_context *c, file_id file, node_id signature)
{
	node_id last = signature ? last_result(&model_file(c->model, file)->facts, signature) : 0;
	return last && is_error_type(c, file, last);
}

static bool returns_error(const struct rule_context *c, node_id call)
{
	if (model_role(c->model, c->file, call, ROLE_RETURNS_ERROR))
		return true;
	file_id file;
	node_id signature = model_signature(c->model, c->file, call, &file);
	return signature_returns_error(c, file, signature);
}

/* ---- which errors need no handling ---- */

enum weight { NEVER_FAILS, CLEANS_UP, FAILS };

static enum weight weight_of(const struct library_entry *entry)
{
	struct str kind = library_attribute(entry, "kind");
	return str_is(kind, "never") ? NEVER_FAILS : str_is(kind, "clean-up") ? CLEANS_UP : FAILS;
}

/* Of fmt.Fprintf(w, …): what is written to decides, and where nobody knows it, `unknown` does. */
static enum weight weight_of_writing(const struct rule_context *c, node_id writer, enum weight unknown)
{
	const struct facts *f = c->facts;
	if (node_kind(f, writer) == NODE_UNARY)
		writer = node_child(f, writer, PART_VALUE);
	const struct library_entry *entry = model_role(c->model, c->file, writer, ROLE_HARMLESS_WRITER);
	struct type type = model_type(c->model, c->file, writer);
	if (!entry && type.kind == MEANS_LIBRARY)
		entry = model_library(c->model, LANGUAGE_GO, type.name, ROLE_HARMLESS_WRITER);
	if (entry)
		return weight_of(entry);
	return type.kind == MEANS_LIBRARY ? FAILS : unknown;
}

/* A literal, or a constant of the project or a library. */
static bool is_constant(const struct rule_context *c, node_id value)
{
	enum node_kind kind = node_kind(c->facts, value);
	if (kind != NODE_NAME)
		return kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_CONST;
	struct meaning means = model_meaning(c->model, c->file, value);
	return means.kind == MEANS_LIBRARY ||
	       (means.kind == MEANS_DECLARATION &&
		       node_has(&model_file(c->model, means.file)->facts, means.node, FLAG_READONLY));
}

static bool has_constants_only(const struct rule_context *c, node_id call)
{
	facts_each_child(c->facts, call, argument)
		if (!is_constant(c, argument))
			return false;
	return true;
}

static enum weight weight_of_call(const struct rule_context *c, node_id call)
{
	const struct library_entry *entry = model_role(c->model, c->file, call, ROLE_HARMLESS_ERROR);
	if (!entry || (str_is(library_attribute(entry, "of"), "constants") && !has_constants_only(c, call)))
		return FAILS;
	struct str to = library_attribute(entry, "to");
	node_id writer = str_empty(to) ? 0 : call_arg(c->facts, call, (uint32_t)(to.ptr[0] - '0'));
	return writer ? weight_of_writing(c, writer, weight_of(entry)) : weight_of(entry);
}

/* What the project calls by the name of an ending: nobody says whether anything is lost by it. */
static bool is_clean_up(const struct rule_context *c, node_id call)
{
	static const char *const endings[] = { "stop", "shutdown", "gracefulStop", "rollback", "cleanup", "cleanUp",
		"release", "unlock", "rUnlock", "disconnect", "unsubscribe", "terminate", "kill", "abort", "cancel" };
	struct str name = path_last(node_name(c->facts, call)), rest = str_slice(name, 1, name.len);
	if (!name.len || model_meaning(c->model, c->file, call).kind == MEANS_LIBRARY)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if ((name.ptr[0] | 0x20) == endings[i][0] && str_is(rest, endings[i] + 1))
			return true;
	return str_starts(rest, STR("lose")) || str_ends(name, STR("Closer"));
}

/* Is it opened with flags that all say that it is only read? */
static bool only_reads(const struct rule_context *c, node_id opening, struct str flag)
{
	facts_each_below(c->facts, opening, n)
		if (!str_empty(flag) && node_kind(c->facts, n) == NODE_NAME &&
			str_eq(model_meaning(c->model, c->file, n).name, flag))
			return true;
	return false;
}

static bool is_passed(const struct facts *f, node_id call, struct str variable)
{
	facts_each_child(f, call, argument)
		if (node_kind(f, argument) == NODE_NAME && str_eq(node_name(f, argument), variable))
			return true;
	return false;
}

/* Who looks at the error of one Close, or syncs the file before, may leave the others. */
static bool is_ended_elsewhere(const struct facts *f, node_id call, struct str variable)
{
	facts_each_below(f, node_function(f, call), n) {
		struct str name = node_name(f, n), last = path_last(name);
		bool of_it = str_eq(path_parent(name), variable);
		if (node_kind(f, n) == NODE_CALL && n != call &&
			((of_it && str_is(last, "Close")) ||
				(str_ends(last, STR("ync")) && (of_it || is_passed(f, n, variable)))))
			return true;
	}
	return false;
}

/* The err of `if err != nil`; 0 for other conditions. */
static node_id checked_error(const struct facts *f, node_id branch)
{
	node_id cond = node_child(f, branch, PART_COND);
	if (!cond || node_kind(f, cond) != NODE_BINARY || !str_is(node_name(f, cond), "!="))
		return 0;
	node_id left = node_child(f, cond, PART_LEFT), right = node_child(f, cond, PART_RIGHT);
	struct str name = left && node_kind(f, left) == NODE_NAME ? node_name(f, left) : STR("");
	bool is_error = str_is(name, "err") || str_ends(name, STR("Err"));
	return is_error && right && str_is(node_name(f, right), "nil") ? left : 0;
}

/* Something has failed already: there is an error to tell of. */
static bool after_failure(const struct facts *f, node_id call)
{
	node_id branch = node_ancestor(f, call, KIND(IF));
	return branch && checked_error(f, branch);
}

/* f.Close() of a file that this function opened to write: a full disk shows here and nowhere else. */
static bool ends_writing(const struct rule_context *c, node_id call)
{
	const struct facts *f = c->facts;
	struct str name = node_name(f, call), variable = path_parent(name);
	if (!str_is(path_last(name), "Close") || str_empty(variable) || !str_empty(path_parent(variable)))
		return false;
	node_id binding = model_binding(c->model, c->file, call, variable);
	node_id made = f->nodes[binding].part == PART_TARGET ? f->nodes[binding].parent : binding;
	node_id opening = binding ? node_child(f, made, PART_VALUE) : 0;
	if (!opening || node_kind(f, opening) != NODE_CALL)
		return false;
	const struct library_entry *opens = model_role(c->model, c->file, opening, ROLE_OPENS_WRITER);
	return opens && !only_reads(c, opening, library_attribute(opens, "unless")) && !after_failure(f, call) &&
	       !is_ended_elsewhere(f, call, variable);
}

static bool needs_handling(const struct rule_context *c, node_id call)
{
	if (!returns_error(c, call))
		return false;
	enum weight weight = weight_of_call(c, call);
	if (weight == NEVER_FAILS || rule_option_bool(c, "strict"))
		return weight != NEVER_FAILS;
	return ends_writing(c, call) || (weight == FAILS && !is_clean_up(c, call));
}

/* ---- dropped results ---- */

static struct str called(const struct facts *f, node_id call)
{
	struct str name = node_name(f, call);
	return str_empty(name) ? STR("the function") : name;
}

/* What to do with an error here. */
static const char *advice(const struct rule_context *c, node_id n)
{
	node_id function = node_function(c->facts, n);
	return signature_returns_error(c, c->file, function) ? "Check it, and return it wrapped with fmt.Errorf and %w"
							     : "Check it, and log it or answer with it";
}

static void check_statement(struct rule_context *c, node_id statement)
{
	const struct facts *f = c->facts;
	node_id call = node_child_of_kind(f, statement, NODE_CALL);
	if (!call || !needs_handling(c, call))
		return;
	struct str name = called(f, call);
	if (node_kind(f, statement) == NODE_SPAWN)
		report_at(c, call,
			"%.*s returns an error that the go statement throws away (§14): nobody learns that it failed. Run it in an "
			"errgroup, or log the error in the goroutine.",
			STR_ARG(name));
	else if (node_kind(f, statement) == NODE_DEFER)
		report_at(c, call,
			"the deferred %.*s returns an error that is dropped (§14): what it ends may not be complete. Hand it out "
			"through a named result, or log it in a deferred function.",
			STR_ARG(name));
	else
		report_at(c, call, "the error of %.*s is dropped (§14): what follows works as if it had succeeded. %s.",
			STR_ARG(name), advice(c, call));
}

static bool is_blank(const struct facts *f, node_id target)
{
	return node_kind(f, target) == NODE_NAME && str_is(node_name(f, target), "_");
}

/* The first target that is used although the error beside it is not looked at; 0 when all are blank. */
static node_id used_target(const struct facts *f, node_id assign)
{
	facts_each_child(f, assign, child)
		if (f->nodes[child].part == PART_TARGET && !is_blank(f, child))
			return child;
	return 0;
}

/* defer func() { _ = f() }(): nothing comes behind it that could be wrong. */
static bool is_deferred(const struct facts *f, node_id n)
{
	node_id lambda = node_function(f, n), call = lambda ? f->nodes[lambda].parent : 0;
	return call && f->nodes[lambda].part == PART_CALLEE && node_kind(f, f->nodes[call].parent) == NODE_DEFER;
}

static void report_blank(struct rule_context *c, node_id assign, node_id call, bool is_pair)
{
	const struct facts *f = c->facts;
	node_id used = is_pair ? 0 : used_target(f, assign);
	if (rule_option_bool(c, "allow-blank") || !needs_handling(c, call))
		return;
	if (!rule_option_bool(c, "strict") && (node_is_explained(f, assign) || (!used && is_deferred(f, assign))))
		return;
	if (used) {
		struct str name = node_name(f, used);
		report_at(c, call, "%.*s is used although the error of %.*s is blanked (§14). %s.",
			STR_ARG(str_empty(name) ? STR("a result") : name), STR_ARG(called(f, call)), advice(c, call));
		return;
	}
	struct finding *finding = report_at(c, call,
		"the error of %.*s is blanked without a word (§14). %s; or say beside it why it does not matter.",
		STR_ARG(called(f, call)), advice(c, call));
	finding_severity(finding, SEVERITY_WARNING);
}

/* ---- errors that are kept and never read ---- */

/* What becomes of a variable first, from here on. */
enum fate { PASSED, READ, WRITTEN, UNSURE };

static bool mentions(const struct facts *f, node_id n, struct str name)
{
	return ((KIND(NAME) | KIND(CALL)) >> f->nodes[n].kind & 1) && str_eq(path_first(node_name(f, n)), name);
}

static bool is_written(const struct facts *f, node_id n, struct str name)
{
	enum node_kind above = node_kind(f, f->nodes[n].parent);
	return f->nodes[n].part == PART_TARGET &&
	       (above == NODE_ASSIGN || above == NODE_LOOP || above == NODE_SWITCH) && str_eq(node_name(f, n), name);
}

static bool reads(const struct facts *f, node_id root, struct str name)
{
	for (node_id n = root; n < f->nodes[root].next; n++)
		if (mentions(f, n, name) && !is_written(f, n, name))
			return true;
	return false;
}

/* What a whole statement does: it reads, it assigns, or it may do either or leave. */
static enum fate fate_in(const struct facts *f, node_id statement, struct str name)
{
	enum fate fate = PASSED;
	if (reads(f, statement, name))
		return READ;
	for (node_id n = statement; n < f->nodes[statement].next && fate == PASSED; n++) {
		if ((KIND(BREAK) | KIND(CONTINUE)) >> f->nodes[n].kind & 1)
			fate = UNSURE;
		else if (node_kind(f, n) == NODE_NAME && is_written(f, n, name))
			fate = f->nodes[n].parent == statement && node_kind(f, statement) == NODE_ASSIGN ? WRITTEN
													 : UNSURE;
		else if (node_kind(f, n) == NODE_VAR && str_eq(node_name(f, n), name))
			fate = UNSURE;
	}
	return fate;
}

/*
 * A walk from an assignment over the statements behind it, and behind those around it. `at` is where the value is lost: the
 * assignment that replaces it, or what the variable ends with.
 */
struct walk {
	const struct facts *f;
	node_id assign, function, at;
	struct str name;
};

/* x := …, var x = … */
static bool declares_own(const struct facts *f, node_id assign)
{
	return node_kind(f, assign) == NODE_VAR || node_has(f, assign, FLAG_DECLARES);
}

/* x, err := … twice in one block means one variable; anything else that declares it means another. */
static bool is_same_variable(const struct walk *w, node_id later)
{
	if (!node_has(w->f, later, FLAG_DECLARES))
		return true;
	return declares_own(w->f, w->assign) && w->f->nodes[later].parent == w->f->nodes[w->assign].parent;
}

/* Behind one statement, to the end of what it stands in. */
static enum fate fate_behind(struct walk *w, node_id statement)
{
	const struct facts *f = w->f;
	node_id end = f->nodes[f->nodes[statement].parent].next;
	for (node_id s = f->nodes[statement].next; s < end; s = f->nodes[s].next) {
		enum fate fate = fate_in(f, s, w->name);
		w->at = s;
		if (fate == WRITTEN && !is_same_variable(w, s))
			return UNSURE;
		if (fate != PASSED)
			return fate;
		if (node_kind(f, s) == NODE_RETURN)
			return WRITTEN;
	}
	return PASSED;
}

static enum fate fate_of(struct walk *w)
{
	const struct facts *f = w->f;
	enum fate fate = PASSED;
	bool declares = declares_own(f, w->assign);
	for (node_id n = w->assign; n != w->function && fate == PASSED; n = f->nodes[n].parent) {
		fate = fate_behind(w, n);
		node_id around = f->nodes[n].parent;
		if (fate == PASSED && node_kind(f, around) == NODE_LOOP && reads(f, around, w->name))
			fate = READ; /* the next time round */
		if (fate == PASSED && declares && n == w->assign)
			break; /* the variable ends here */
	}
	return fate == PASSED ? WRITTEN : fate;
}

/* A function that is not known to be all there is: it captures the variable, returns it by name, or is too long to search. */
static bool escapes(const struct facts *f, node_id function, struct str name)
{
	enum { LONG = 20000 };
	if (f->nodes[function].next - function > LONG)
		return true;
	facts_each_below(f, function, n) {
		bool is_result = f->nodes[n].part == PART_RESULT && node_kind(f, n) == NODE_PARAM;
		if (is_result && f->nodes[n].parent == function && str_eq(node_name(f, n), name))
			return true;
		if (node_kind(f, n) == NODE_UNARY && str_is(node_name(f, n), "&") && reads(f, n, name))
			return true;
		if (mentions(f, n, name) && node_function(f, n) != function)
			return true;
	}
	return false;
}

/* `target` is what the error is kept in: of `var err = f()`, the declaration itself. */
static void check_unread(struct rule_context *c, node_id assign, node_id target, node_id call)
{
	const struct facts *f = c->facts;
	struct walk w = { f, assign, node_function(f, assign), assign, node_name(f, target) };
	node_id binding = target == assign ? assign : model_binding(c->model, c->file, target, w.name);
	if (!w.function || !binding || node_function(f, binding) != w.function || !str_empty(path_parent(w.name)))
		return;
	if (fate_of(&w) != WRITTEN || escapes(f, w.function, w.name))
		return;
	bool replaced = node_kind(f, w.at) == NODE_ASSIGN && w.at != assign;
	struct finding *finding = report_at(c, call, "the error of %.*s is kept in %.*s and never looked at (§14). %s.",
		STR_ARG(called(f, call)), STR_ARG(w.name), advice(c, call));
	if (replaced)
		finding_note(c, finding, c->file, w.at, "here the next value replaces it");
}

static void check_value(struct rule_context *c, node_id assign, node_id target, node_id call, bool is_pair)
{
	const struct facts *f = c->facts;
	if (node_kind(f, call) != NODE_CALL)
		return;
	if (is_blank(f, target))
		report_blank(c, assign, call, is_pair);
	else if (node_kind(f, target) == NODE_NAME && returns_error(c, call))
		check_unread(c, assign, target, call);
}

/* One call gives all its results to the targets, the error to the last; or each value has a target of its own. */
static void check_assignment(struct rule_context *c, node_id assign)
{
	const struct facts *f = c->facts;
	node_id target = node_child(f, assign, PART_TARGET), last = 0;
	uint32_t values = 0;
	struct str operator= node_name(f, assign);
	if (!target || (!str_is(operator, "=") && !str_is(operator, ":=") && !str_empty(operator)))
		return;
	facts_each_child(f, assign, child) {
		values += f->nodes[child].part == PART_VALUE;
		last = f->nodes[child].part == PART_TARGET ? child : last;
	}
	facts_each_child(f, assign, child) {
		if (f->nodes[child].part != PART_VALUE)
			continue;
		check_value(c, assign, values == 1 ? last : target, child, values > 1);
		target = f->nodes[target].next;
	}
}

/* var err = f() */
static void check_variable(struct rule_context *c, node_id var)
{
	const struct facts *f = c->facts;
	node_id call = node_child(f, var, PART_VALUE);
	if (!call || node_kind(f, call) != NODE_CALL || !node_function(f, var))
		return;
	if (str_is(node_name(f, var), "_"))
		report_blank(c, var, call, true);
	else if (returns_error(c, call))
		check_unread(c, var, var, call);
}

/* ---- errors that are looked at, and for nothing ---- */

/* Is this block nothing but a return whose error is nil? */
static bool returns_nil(const struct rule_context *c, node_id block)
{
	const struct facts *f = c->facts;
	node_id only = block + 1, value = 0;
	if (node_kind(f, block) != NODE_BLOCK || node_kind(f, only) != NODE_RETURN ||
		f->nodes[only].next != f->nodes[block].next)
		return false;
	facts_each_child(f, only, child)
		value = child;
	return value && node_kind(f, value) == NODE_CONST && str_is(node_name(f, value), "nil") &&
	       signature_returns_error(c, c->file, node_function(f, block));
}

/* What the branch itself calls, where it does: a write to whoever has gone may end the work. */
static bool source_fails(const struct rule_context *c, node_id branch)
{
	const struct facts *f = c->facts;
	node_id init = node_child(f, branch, PART_INIT);
	node_id call = init ? node_child_of_kind(f, init, NODE_CALL) : 0;
	return !call || weight_of_call(c, call) == FAILS;
}

static void check_branch(struct rule_context *c, node_id branch)
{
	const struct facts *f = c->facts;
	node_id error = checked_error(f, branch), block = error ? node_child(f, branch, PART_THEN) : 0;
	if (!block || (!rule_option_bool(c, "strict") && node_is_explained(f, block)))
		return;
	struct str name = node_name(f, error);
	if (f->nodes[block].next == block + 1 && !node_child(f, branch, PART_ELSE))
		report_at(c, branch, "nothing is done about %.*s (§14). %s.", STR_ARG(name), advice(c, branch));
	node_id binding = model_binding(c->model, c->file, error, name);
	if (!binding || node_kind(f, binding) == NODE_PARAM || !returns_nil(c, block) || reads(f, block, name) ||
		!source_fails(c, branch))
		return;
	struct finding *finding = report_at(c, block + 1,
		"%.*s is not nil, and nil is returned (§14): the caller takes the failure for a success. Return it, or log it and say "
		"why it does not matter.",
		STR_ARG(name));
	finding_severity(finding, SEVERITY_WARNING);
}

static void check_node(struct rule_context *c, node_id n)
{
	const struct facts *f = c->facts;
	switch (node_kind(f, n)) {
	case NODE_EXPR:
	case NODE_SPAWN:
	case NODE_DEFER:
		check_statement(c, n);
		break;
	case NODE_ASSIGN:
		check_assignment(c, n);
		break;
	case NODE_VAR:
		check_variable(c, n);
		break;
	case NODE_IF:
		check_branch(c, n);
		break;
	default:
		break;
	}
}

const struct rule rule_go_handle_errors = {
	.id = "go/handle-errors",
	.clauses = "14",
	.title = "No error is dropped",
	.severity = SEVERITY_ERROR,
	.precision = PRECISE,
	.languages = LANGUAGE_BIT(GO),
	.options = options,
	.kinds = KIND(EXPR) | KIND(SPAWN) | KIND(DEFER) | KIND(ASSIGN) | KIND(VAR) | KIND(IF),
	.on_node = check_node,
	.peers = "errcheck G104 unhandled-error nilerr ineffassign SA4006 SA9003 staticcheck",
};
