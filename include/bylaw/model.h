/*
 * What the project says: the facts of all files, joined. Names are resolved through imports, aliases, re-exports,
 * shadowing and the simple kinds of types; what cannot be known is UNKNOWN, and rules are silent about it.
 *
 * Everything here may be asked from several threads at once; strings live as long as the model.
 */
#ifndef BYLAW_MODEL_H
#define BYLAW_MODEL_H

#include "bylaw/facts.h"
#include "bylaw/file.h"

struct model;

/* ---- files and packages ---- */

typedef uint32_t package_id;
#define NO_PACKAGE UINT32_MAX

struct model_file {
	struct str path;
	enum language language;
	enum file_class class;
	const char *class_reason;
	enum skip_reason skip; /* when not SKIP_NONE, `facts` is empty (node_count 0) */
	package_id package; /* of the nearest manifest of the file's ecosystem */
	struct facts facts;
	uint64_t content; /* a hash of its bytes as they were read */
};

uint32_t model_file_count(const struct model *m);
const struct model_file *model_file(const struct model *m, file_id file);
/* The file at a path, or NO_FILE. */
file_id model_find_file(const struct model *m, struct str path);

/* Production code or an entry point: what rules accuse. */
bool model_is_production(const struct model *m, file_id file);

/* ID, name for people. */
/* clang-format off */
#define ECOSYSTEMS(X)        \
	X(NPM, "Node")       \
	X(GO, "Go")          \
	X(PYTHON, "Python")  \
	X(CARGO, "Rust")
/* clang-format on */

enum ecosystem {
#define X(ID, name) ECOSYSTEM_##ID,
	ECOSYSTEMS(X) ECOSYSTEM_COUNT
#undef X
};

const char *ecosystem_name(enum ecosystem ecosystem);

struct dependency {
	struct str name; /* as the manifest spells it */
	struct str version; /* the range as written, or "" */
	bool development;
	node_id node; /* in the manifest's facts */
};

struct package {
	enum ecosystem ecosystem;
	struct str dir; /* "" for the root */
	struct str name;
	file_id manifest;
	const struct dependency *dependencies;
	uint32_t dependency_count;
};

uint32_t model_package_count(const struct model *m);
const struct package *model_package(const struct model *m, package_id package);
const struct dependency *package_dependency(const struct package *p, struct str name);

/*
 * Where a file of a Node package runs, as far as imports tell: SERVER when a file that serves imports it, BROWSER when a
 * user interface does, both for what they share, 0 for neither.
 */
enum side { SIDE_SERVER = 1, SIDE_BROWSER = 2 };
uint32_t model_sides(const struct model *m, file_id file);
/*
 * Is the file the server's alone? Where a Node package has a user interface too, only what serving files import is; in
 * other languages every file is.
 */
bool model_in_server(const struct model *m, file_id file);
/*
 * Is the file part of a service: does its package serve, or a package of the repository that depends on it? Not what talks to a
 * person at a terminal, and not an entry point that serves nothing itself.
 */
bool model_in_service(const struct model *m, file_id file);

/*
 * Production files of Node that run in one process, by what they import at run time. `unread` is one of them that was read in part, or
 * imports what leads nowhere; NO_FILE when there is none.
 */
struct program {
	file_id *files;
	uint32_t count;
	bool *has; /* by file */
	file_id unread;
};

/* All that a file leads to, itself first; NULL when that is more than `most` files. */
struct program *model_program_from(const struct model *m, file_id file, uint32_t most);
/* The same of all that lead to it: the programs that it is part of. */
struct program *model_program_of(const struct model *m, file_id file, uint32_t most);
void program_free(struct program *program);
/* Does production code of Node import the file? What none does starts a program, or is for others to import. */
bool model_is_imported(const struct model *m, file_id file);
/*
 * Code that runs while a Node server answers: its package serves, and what serves imports it. Not a command-line tool of that
 * package, nor what is run by hand (seeds, exports, checks).
 */
bool model_is_server_code(const struct model *m, file_id file);

/* A file's name up to its first dot. */
struct str path_stem(struct str path);
/* Does package.json's `bin` name a file of Node; or is it part of a tool that is built on a command-line framework? */
bool model_is_command_line(const struct model *m, file_id file);

/* ---- libraries ---- */

enum role {
	ROLE_NONE,
#define ROLE(id, name, says, attributes) ROLE_##id,
#include "bylaw/roles.def"
#undef ROLE
	ROLE_COUNT
};

/* What one library name means: one role with its attributes. */
struct library_entry {
	struct str name; /* qualified: requests.get, net/http.NewRequest, tokio::spawn */
	enum role role;
	const struct str *attributes; /* key, value, key, value … */
	uint32_t attribute_count; /* pairs */
};

/* The value of an attribute, or an empty slice. */
struct str library_attribute(const struct library_entry *entry, const char *key);
/* The entry of a qualified name in a role, or NULL. `language` keeps names of other languages apart. */
const struct library_entry *model_library(
	const struct model *m, enum language language, struct str name, enum role role);
/* Can a name that ends in this segment have the role? Asked before names are resolved at all. */
bool model_library_word(const struct model *m, enum language language, struct str word, enum role role);
/* Does the package depend on, or any of its files import, a library whose module has this role? */
bool package_has_role(const struct model *m, package_id package, enum role role);
/* Does the file import such a library? */
bool file_imports_role(const struct model *m, file_id file, enum role role);

/* ---- logs ---- */

/* The form of the lines that a logger writes; of several loggers the one furthest down counts. */
enum log_form {
	LOG_NONE, /* nothing makes a logger */
	LOG_DEFAULT, /* a framework's own, which writes text */
	LOG_TEXT,
	LOG_UNKNOWN, /* something may write JSON: a wrapper, options that come from elsewhere */
	LOG_JSON,
};

/* How a Node package logs: through its own loggers, and those of the packages of the repository that it depends on. */
struct logging {
	enum log_form form;
	file_id file; /* of what makes the logger; `node` is 0 when nothing does */
	node_id node;
	file_id server; /* the first file that makes a server, NO_FILE for none */
};

struct logging model_logging(const struct model *m, package_id package);

/* ---- names ---- */

enum meaning_kind {
	MEANS_UNKNOWN, /* unresolved, dynamic, or bound more than once */
	MEANS_LOCAL, /* a parameter or variable whose value is not known; `file`, `node` say where it is bound */
	MEANS_DECLARATION, /* a function, class, method … of the project */
	MEANS_MODULE, /* a file or package of the project, as a whole */
	MEANS_LIBRARY, /* something outside the project; `name` is its qualified name */
	MEANS_BUILTIN, /* a global that nothing shadows; `name` is the path as written */
};

struct meaning {
	enum meaning_kind kind;
	file_id file;
	node_id node;
	struct str name; /* LIBRARY, BUILTIN: qualified name; otherwise the path's unresolved rest */
	file_id alias_file; /* when the name went through `const log = console.log`: the first such alias */
	node_id alias; /* 0 when none */
};

/* What a NAME, MEMBER, CALL (its callee), DECORATOR or TYPE node refers to. */
struct meaning model_meaning(const struct model *m, file_id file, node_id node);
/* The same for a path as seen from a node. */
struct meaning model_path_meaning(const struct model *m, file_id file, node_id from, struct str path);
/* The library entry of what the node refers to, in a role; NULL when it has none. */
const struct library_entry *model_role(const struct model *m, file_id file, node_id node, enum role role);

/* The node that binds a simple name, as seen from `from`: VAR, PARAM, FUNCTION, CLASS, IMPORT, a target …; or 0. */
node_id model_binding(const struct model *m, file_id file, node_id from, struct str name);
/* Is the name bound more than once in its scope? */
bool model_binding_is_unique(const struct model *m, file_id file, node_id from, struct str name);

/* The function that a declaration is or holds: a method, `const f = () => …`, a member of an object; 0 for none. */
node_id declared_function(const struct facts *f, node_id declaration);

/* The function of the project that is called by a name: what is meant itself, or what it holds; 0 for none. In `means.file`. */
node_id model_meant_function(const struct model *m, struct meaning means);

/*
 * What handles an event in the markup of a single-file component, where the node is the statement that stands for it: a function's
 * name, or a lambda; 0 for every other node.
 */
node_id model_markup_handler(const struct model *m, file_id file, node_id statement);
/* What a name of a single-file component's markup means by its options: the value in `methods`, or in what `setup` returns; or 0. */
node_id model_component_member(const struct model *m, file_id file, struct str name);

/* What a function (or lambda) returns: its body, or the value of its one return; 0 when that is not one expression. */
node_id model_result(const struct model *m, file_id file, node_id function);
/* Of several values that the one return lists (`return users, session`, `return [users, setUsers]`) that at a position; or 0. */
node_id model_result_at(const struct model *m, file_id file, node_id function, uint32_t position);

/*
 * What says which parameters a called function takes and what it returns: its declaration, a method of an interface, a
 * lambda, or the type `func(…) …` of a variable, parameter or field of Go. 0 when that is not known or not the project's.
 */
node_id model_signature(const struct model *m, file_id file, node_id call, file_id *signature_file);

/* ---- texts ---- */

/*
 * What an expression says, as far as the code tells: literals, templates, sums, formats, constants of any file, members
 * of classes and object literals, results of functions, fallbacks of settings (`env.API ?? "/api"`). Where it is not known
 * stands a hole: `{name}`, or `{}` without a name. A path parameter that the text itself writes as `{id}` looks the same.
 */
struct str model_text(const struct model *m, file_id file, node_id node);

/* A function looked at from one of its calls: there its parameters are what the call hands over. */
struct text_call {
	const struct text_call *outer; /* what the call is looked at from itself; NULL for nothing */
	file_id file;
	node_id call; /* a CALL, a JSX element, or a NAME that hands the function over, with arguments that nobody sees */
	file_id function_file;
	node_id function;
};

/* From where a text is read. Of conditionals whose two sides differ, `side` takes the first (1) or the second (2). */
struct text_view {
	const struct text_call *calls;
	unsigned side;
};

enum { TEXT_MOST_OPEN = 4 };

struct text {
	struct str says;
	bool is_absent; /* the code says that there is none: no such argument, no such key */
	struct text_open { /* functions whose parameters (or `this`) stand in it, and that no call fills */
		file_id file;
		node_id node;
	} open[TEXT_MOST_OPEN];
	uint32_t open_count;
	bool has_sides; /* a conditional says one thing or another; a hole unless the view takes a side */
	file_id client_file; /* of model_client_base: the call that makes the client; 0 when none does */
	node_id client;
};

/* The text of an expression, or of a member of it (`method` of `{ method: "POST" }`; "" for itself). */
struct text model_text_from(
	const struct model *m, struct text_view view, file_id file, node_id node, struct str member);
/*
 * The text of an argument. `where` says which: "1" by position, "base_url" by keyword, "0.baseURL" a member of it,
 * "receiver" what the method is called on; several in order of preference with a space between.
 */
struct text model_argument_text(
	const struct model *m, struct text_view view, file_id file, node_id call, struct str where);
/* A member that every client of a library has: its base URL. */
#define CLIENT_BASE STR("base()")
/* The base URL of the client that a call is made on: `axios.create({ baseURL })` behind `api` in `api.get(…)`. */
struct text model_client_base(const struct model *m, struct text_view view, file_id file, node_id call);

/* ---- types ---- */

/* The type of an expression, variable, parameter or field: a class of the project, or a library's type. */
struct type {
	enum meaning_kind kind; /* UNKNOWN, DECLARATION or LIBRARY */
	file_id file;
	node_id node;
	struct str name;
};

struct type model_type(const struct model *m, file_id file, node_id node);
/* The type of what a path means as seen from a node. */
struct type model_path_type(const struct model *m, file_id file, node_id from, struct str path);
/* The declared type that a TYPE node spells, looking through pointers, Optional[…] and `| null`. */
struct type model_spelled_type(const struct model *m, file_id file, node_id type_node);
/* The first library name among a class's transitive bases that has the role; NULL when none is known. */
const struct library_entry *class_base_role(const struct model *m, file_id file, node_id class_node, enum role role);
/* A method or field of a class of the project, its bases included; false when there is none. */
bool class_member(const struct model *m, file_id file, node_id class_node, struct str name, file_id *member_file,
	node_id *member);

/* A type that satisfies an interface. */
struct implementation {
	file_id file;
	node_id node;
};

/*
 * The types of the project that implement a trait of Rust, or satisfy an interface of Go by their methods, promoted ones
 * included; tests, examples and vendored code are left out. None when that is not known: the interface embeds a library's that is not described, lists
 * types, has no methods, or more than a few dozen types have one like its rarest.
 */
const struct implementation *model_implementations(
	const struct model *m, file_id file, node_id interface_node, uint32_t *count);

/* ---- imports ---- */

enum import_target {
	IMPORT_UNRESOLVED, /* looks like the project's own and leads nowhere; `cause` says why */
	IMPORT_FILE,
	IMPORT_PACKAGE,
	IMPORT_LIBRARY,
	IMPORT_ASSET, /* a file of the project that is not read: a style sheet, a picture, a template */
};

/* Why an import of the project's own leads nowhere. The words are for people, and short: they stand in a list. */
/* clang-format off */
#define IMPORT_CAUSES(X)                                                                      \
	X(NONE, "")                                                                           \
	X(NO_FILE, "no such file")                                                            \
	X(NO_MODULE, "no such module")            /* a package or module without files */     \
	X(NO_TARGET, "alias without a file")      /* tsconfig paths, imports of package.json */ \
	X(NOT_EXPORTED, "not exported")           /* exports of package.json, internal of Go */ \
	X(IGNORED, "ignored by git")              /* generated by a build, mostly */          \
	X(EXCLUDED, "excluded in bylaw.yaml")                                                 \
	X(GENERATED, "made by a framework's build") /* types of routes */                     \
	X(DYNAMIC, "named at run time")                                                       \
	X(SEVERAL, "in several places")           /* which of them, only a path set elsewhere tells */ \
	X(OUTSIDE, "outside the project")                                                     \
	X(NO_NAME, "no such name in its module")                                              \
	X(MACRO, "declared by a macro")           /* Rust: or not at all; bodies are not expanded */
/* clang-format on */

enum import_cause {
#define X(ID, words) CAUSE_##ID,
	IMPORT_CAUSES(X) IMPORT_CAUSE_COUNT
#undef X
};

const char *import_cause_text(enum import_cause cause);

/* Imports of one ecosystem that look like the project's own. */
struct import_counts {
	uint32_t total;
	uint32_t unresolved[IMPORT_CAUSE_COUNT]; /* by cause; NONE stays 0 */
	uint32_t judged, judged_unresolved; /* those of production code, which rules accuse */
};

struct import_link {
	enum import_target target;
	enum import_cause cause; /* of IMPORT_UNRESOLVED */
	file_id file; /* IMPORT_FILE: the file imported */
	uint32_t package; /* IMPORT_PACKAGE: index of a Go package */
	bool whole; /* the imported name is that file itself (a Python submodule) */
};

/* Where the i-th import of a file leads. */
struct import_link model_import(const struct model *m, file_id file, uint32_t import);
/* The declaration of the project that the i-th import names, through re-exports; false for a whole file and when unknown. */
bool model_import_declaration(const struct model *m, file_id file, uint32_t import, file_id *decl_file, node_id *decl);
/*
 * For the first `count` imports of a file: the first place that uses the imported name at run time, or 0 when none does.
 * A type annotation is erased and is no use, except on a constructor's parameter: that is what a container injects.
 */
void model_runtime_uses(const struct model *m, file_id file, node_id *uses, uint32_t count);
/* The same for the i-th export, when it names a module; unresolved without a cause for others. */
struct import_link model_reexport(const struct model *m, file_id file, uint32_t export);
/*
 * The declaration behind an exported name of a file, through re-exports; false when unknown. Node 0 is the file as a whole:
 * `export * as name`, a submodule of Python.
 */
bool model_exported(const struct model *m, file_id file, struct str name, file_id *decl_file, node_id *decl);

/* ---- cycles ---- */

/* One step of a cycle: the import or use that leads on to the next step's unit, and from the last to the first. */
struct cycle_step {
	file_id file;
	node_id node;
	struct str name; /* of the unit that it starts from: a file's path, a package's name, "routes::users" */
};

enum cycle_unit { CYCLE_OF_FILES, CYCLE_OF_PACKAGES, CYCLE_OF_MODULES };

/*
 * Files that need each other to run, packages of a workspace that do, or sibling modules of a Rust crate: two of them if there are
 * such, else a short cycle.
 */
struct cycle {
	const struct cycle_step *steps;
	uint32_t count;
	uint32_t size; /* how many units hang together in it, those off this cycle too */
	enum cycle_unit unit;
};

/* One for each group that hangs together: packages, then files, then modules; in the order of their paths. */
uint32_t model_cycle_count(const struct model *m);
const struct cycle *model_cycle(const struct model *m, uint32_t index);
/* ---- names in strings ---- */

/*
 * What a string of Python stands for where a framework takes it for the name of a module or of something in one:
 * include("app.urls"), INSTALLED_APPS = ["app"], run("app.main:app"), ForeignKey("shop.Order"). A module, a declaration, a
 * name of a library; UNKNOWN for any other string and for names that lead nowhere.
 */
struct meaning model_reference(const struct model *m, file_id file, node_id string);

/* ---- calls ---- */

/*
 * How a function (or lambda) of the project is reached: from program start before serving; from a request (a route, a
 * consumer, a handler by its signature); from a task of its own (goroutine, thread); from what a container calls to make
 * something (`Depends(get_session)`); in Rust, from a command that is typed and does not serve. 0: not at all that is known.
 */
enum reach { REACH_STARTUP = 1, REACH_REQUEST = 2, REACH_TASK = 4, REACH_PROVIDER = 8, REACH_COMMAND = 16 };
/* Is it reached, and only before anything is served? */
static inline bool reach_is_early(uint32_t reach)
{
	return reach && !(reach & ~(uint32_t)(REACH_STARTUP | REACH_COMMAND));
}
uint32_t model_reach(const struct model *m, file_id file, node_id function);
/* Where a request or a task first leads to the function: a registration, a call, a spawn; false when none does. */
bool model_reach_evidence(
	const struct model *m, file_id file, node_id function, file_id *evidence_file, node_id *evidence);

/*
 * Rust: how the code at a place is reached, by the innermost closure or function of which something is known, which becomes
 * `function`; an async block that is handed on is a task.
 */
uint32_t model_reach_at(const struct model *m, file_id file, node_id place, node_id *function);
/* Rust: does a way lead from the function to the call that serves? */
bool model_starts_server(const struct model *m, file_id file, node_id function);
/* Rust: does the code at a place make things ready, by the name of its function or file: new, init, config.rs? */
bool model_sets_up(const struct model *m, file_id file, node_id place);
/* Who reads the parameters of paths in Python; looked for on demand, and freed by path_readers_free. */
struct path_readers *model_path_readers(const struct model *m);
void path_readers_free(struct path_readers *readers);
/*
 * May a parameter in the path of a route's decorator be read: does its function take it, or something that is handed in to that, or does
 * somebody ask a request for this name? True as well where what is handed in is not known, and where the function looks at its request.
 */
bool path_parameter_is_read(const struct path_readers *readers, file_id file, node_id decorator, struct str name);

/* A call whose callee is known, a lambda that a function makes, or a function that it hands on. */
struct call {
	file_id file; /* of the callee */
	node_id callee;
	node_id site; /* in the caller's file */
};

/*
 * The next call in a function's own body (0: at module level), in source order; *position is 0 at first. False when there
 * are no more. What a lambda does is the lambda's.
 */
bool model_next_call(const struct model *m, file_id file, node_id function, uint32_t *position, struct call *out);

/*
 * How the call of a synchronous function of the project comes to do what a role says (BLOCKING_IO, CPU_BOUND): calls, each in
 * the function that the one before it calls, the last of which does it itself. How many; 0 when nothing is known to, or it is
 * far. What its library calls `brief` does not count, nor what lambdas and async blocks do.
 */
enum { TRAIL_MOST = 8 };
struct trail {
	struct trail_step {
		file_id file;
		node_id call;
	} steps[TRAIL_MOST];
};
uint32_t model_trail_of(const struct model *m, file_id file, node_id call, enum role role, struct trail *out);
/*
 * The `async def` whose event loop waits while a call runs; 0 when none does: it is awaited, a thread runs it, or nothing is
 * served yet.
 */
node_id model_event_loop(const struct model *m, file_id file, node_id call);

/* The calls below a node that read or write a database themselves, in source order; how many. */
uint32_t model_database_calls(const struct model *m, file_id file, node_id node, const node_id **calls);
/* The calls below a node of what the project declares, a class that is constructed among it. */
uint32_t model_project_calls(const struct model *m, file_id file, node_id node, const node_id **calls);
/* The calls below a node whose callee has a name that leads nowhere. */
uint32_t model_unknown_calls(const struct model *m, file_id file, node_id node, const node_id **calls);

/*
 * How many files may be followed from each file that has a call of this role, so that all of these together read every file some
 * dozens of times at most.
 */
uint32_t model_files_each(const struct model *m, enum role role);

/* ---- applications ---- */

/* An application of a web framework of Node: the call that makes it. */
struct web_application {
	const struct library_entry *kind; /* its role `application` */
	file_id file;
	node_id call;
	struct str holder; /* the variable or field that it is put into: "app", "this.app"; "" for none */
};

enum sameness { SAME_NO, SAME_PERHAPS, SAME_YES };

/* Does a call make an application? */
bool model_application(const struct model *m, file_id file, node_id call, struct web_application *out);
/* Does an expression, or the value that a method is called on, stand for the application? PERHAPS when nobody knows what it is. */
enum sameness application_is(const struct model *m, const struct web_application *a, file_id file, node_id expression);
enum sameness application_is_called(const struct model *m, const struct web_application *a, file_id file, node_id call);
/* Does a call start to serve the application: its listen, or a server that it is handed to? */
enum sameness application_is_served(const struct model *m, const struct web_application *a, file_id file, node_id call);
/* What a call does by its role; where nobody knows what it is called on, what it would do to the application. */
const struct library_entry *application_role(
	const struct model *m, const struct web_application *a, file_id file, node_id call, enum role role);

/* What a process of Node hears of when nobody caught it: uncaughtException, unhandledRejection. */
enum { CRASH_UNCAUGHT = 1, CRASH_UNHANDLED = 2 };
/* Which of them a call handles, itself (process.on) or by what it installs (Sentry.init). */
uint32_t model_crashes_handled(const struct model *m, file_id file, node_id call);
/* Which of them any production code of the package does. */
uint32_t model_package_crashes(const struct model *m, package_id package);

/* ---- promises ---- */

/* What an expression of JavaScript promises, as far as the code tells. */
struct promise {
	bool is_promise; /* known to be one, or a list of some */
	bool is_list; /* a list: awaiting it waits for none of them */
	bool is_handled; /* something takes its rejection: catch, the second argument of then */
	bool may_reject;
	file_id file; /* of the function of the project that makes it; `function` is 0 when a library does */
	node_id function;
	struct str name; /* what makes it, as the code calls it: this.save, fetch; "" without a name */
};

struct promise model_promise(const struct model *m, file_id file, node_id expression);
/* The promise that a function (or lambda) of the project returns when it is called. */
struct promise model_function_promise(const struct model *m, file_id file, node_id function);
/*
 * The function that an expression is, itself or by its name, `bind` and all; 0 when it is not known, or made by another
 * function (`wrap(async () => …)`). In *function_file.
 */
node_id model_function_value(const struct model *m, file_id file, node_id expression, file_id *function_file);

/* ---- layers ---- */

enum layer { LAYER_NONE, LAYER_CONTROLLER, LAYER_SERVICE, LAYER_REPOSITORY, LAYER_ENTITY };

struct layer_evidence {
	enum layer layer;
	const char *reason; /* "decorated with @Controller" … */
	file_id file;
	node_id node; /* where the evidence stands; 0 for the path */
};

const char *layer_name(enum layer layer);
/* The layer of a class; LAYER_NONE with a reason when it is exempt (module, port, DTO …) or unknown. */
struct layer_evidence model_class_layer(const struct model *m, file_id file, node_id class_node);
/* The layer of a file as a whole, for languages without classes in every layer. */
struct layer_evidence model_file_layer(const struct model *m, file_id file);
/* The layer of the code at a node: of the class or impl block around it, of a function of its own (Rust), or of its file. */
struct layer_evidence model_layer_of(const struct model *m, file_id file, node_id node);

#endif
