/* The inside of the model, shared by the files of this folder. Built by model_link, read-only afterwards. */
#ifndef BYLAW_MODEL_INTERNAL_H
#define BYLAW_MODEL_INTERNAL_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "bylaw/contract.h"
#include "bylaw/go.h"
#include "bylaw/model.h"
#include "config/config.h"
#include "model/libraries.h"

#include <pthread.h>

struct class_layer {
	node_id node;
	struct layer_evidence layer;
};

/* What the joins ask of one file again and again. */
struct file_index {
	struct map bindings; /* hash of (scope node, name) → binding node, NAME_SHARED when there are several */
	struct map exports; /* hash of name → index into facts.exports, + 1 */
	struct map changes; /* variable → enum change, where it changes after its declaration */
	struct map results; /* function → the value of its one return, NAME_SHARED when there are several */
	struct import_link *links; /* one for each import */
	struct map dotted; /* hash of a module that `import a.b.c` names → its import */
	bool has_glob_import;
	bool is_script; /* Python that is run by its path */
	bool has_all, all_is_computed; /* __all__: its names are in `exports`, or not all known */
	bool makes_server; /* a call in it makes one: http.createServer, new ws.Server */
	struct import_link *reexports; /* one for each export; unresolved for those of the file's own */
	uint32_t tsconfig; /* the config (npm.h) that claims the file; NO_CONFIG */
	uint32_t near_tsconfig; /* the nearest one, when that is another; NO_CONFIG */
	uint32_t go_package; /* index + 1; 0 for files of other languages */
	VEC(struct class_layer) classes; /* by node */
	struct layer_evidence layer; /* of the file as a whole */
};

/* Binding nodes that share a scope and a name with another. */
#define NAME_SHARED 0x80000000u

/* A Go package: the files of one folder that share a package clause. */
struct go_package {
	struct str dir;
	struct str name;
	VEC(file_id) files;
	file_id first; /* of its production code */
	struct map declarations; /* hash of name → index into `declared` */
};

struct go_declared {
	file_id file;
	node_id node;
};

struct implementation_span {
	uint32_t first, count;
};

struct go_implementations {
	VEC(struct implementation) list;
	VEC(struct implementation_span) spans;
	struct map ids; /* file and interface → index into `spans` */
};

/* A go.mod of the repository. */
struct go_module {
	struct str dir;
	uint32_t next; /* another of the same path: index + 1 */
};

struct go_modules {
	VEC(struct go_module) list;
	struct str_map by_path; /* → index + 1 of the first in `list` */
	struct str_map workspaces; /* folder of a module → the go.work that uses it, + 1 */
	struct map replaced; /* hash of (whose directive, module path) → index into `folders` */
	VEC(struct str) folders;
};

/* What a manifest of Python says of its project: a root of modules, or a project of the repository that it needs. */
struct python_root {
	struct str project; /* the folder of the manifest */
	struct str dir;
	struct str prefix; /* the package that `dir` stands for; "" when modules stand below it by their whole names */
	bool is_project; /* dir is another project's folder, to be looked into as its own files look there */
	uint32_t next; /* the project's next: index + 1 */
};

/* A folder with Python files in or below it, and the roots that begin there: those of its manifest, src, itself. */
struct python_folder {
	struct str dir;
	uint32_t first, count; /* in `places` */
};

/* A folder that has a package or module of some name. */
struct python_owner {
	struct str dir;
	uint32_t next; /* another of the same name: index + 1 */
};

struct python_place {
	struct str dir, prefix;
};

struct python_roots {
	VEC(struct python_root) list;
	struct str_map by_project; /* → index + 1 of its first in `list` */
	VEC(struct python_folder) folders;
	struct str_map folder_ids; /* → index in `folders` */
	VEC(struct python_place) places;
	VEC(struct python_owner) owner_list;
	struct map owners; /* hash of a package's name → index + 1 of its first in `owner_list` */
	struct map owned; /* hash of (name, folder) → 1 */
	struct map required; /* hash of (package, distribution) → 1 */
};

/* What Python's frameworks know by names of their own. Several of one name are known by none. */
struct python_registry {
	struct str_map apps; /* label of a Django app → file of its models, or NO_FILE */
	struct str_map tasks; /* name given to a Celery task → index into `functions`, or UINT32_MAX */
	VEC(struct go_declared) functions;
};

struct call_edge {
	file_id file; /* of the callee */
	node_id callee;
	node_id caller; /* in the file whose edge list this is; 0 for module level */
	node_id site;
	uint32_t reach; /* when not 0: the callee is a root of this kind (a handler, a goroutine) */
};

struct known_call {
	node_id call;
	struct meaning means;
	struct role_set roles; /* of a library's name */
};

struct call_edges {
	VEC(struct call_edge) list;
	VEC(struct known_call) known; /* in source order */
	VEC(node_id) persistence; /* calls that read or write a database, in source order */
	VEC(node_id) project; /* calls of what the project declares, in source order */
	VEC(node_id) unknown; /* calls of names that lead nowhere, in source order */
	VEC(node_id) commands; /* Rust: methods of types of arguments */
};

/* Qualified names put together while resolving, one copy of each; rules resolve in parallel. */
struct shared_names {
	pthread_mutex_t lock;
	struct intern intern;
};

/* What a function does first on its way to what a role says: `callee` is 0 where the call does it itself. */
struct lead {
	node_id site;
	file_id file; /* of the callee */
	node_id callee;
};
#define NO_LEAD UINT32_MAX

struct rust_model;

/* Of each file some others: items[first[file]] up to items[first[file + 1]]. */
struct file_links {
	uint32_t *first;
	file_id *items;
};

struct model {
	struct shared_names *names;
	struct arena arena;
	struct model_file *files;
	uint32_t file_count;
	struct file_index *indexes;
	struct str_map paths;
	VEC(struct package) packages;
	struct str_map package_dirs[ECOSYSTEM_COUNT];
	struct python_registry python_registry;
	struct go_modules go_modules;
	struct go_implementations go_implementations;
	struct python_roots python_roots;
	VEC(struct go_package) go_packages;
	struct map go_programs,
		go_production; /* module → how many packages main and files of production code it holds */
	struct map go_shared; /* module and folder at its top: one with a package that other modules import */
	struct map go_package_ids; /* hash of (dir, name) → index; also hash of dir → index of its main package */
	VEC(struct go_declared) go_declared;
	struct map methods; /* hash of (language, receiver's name, folder, method) → go_declared index */
	struct npm *npm; /* npm.h */
	struct stars *stars; /* stars.h */
	struct source *source; /* knows what is ignored; may be NULL */
	struct map link_index; /* hash of what a name depends on, and the name → index into known_links */
	VEC(struct import_link) known_links;
	struct rust_model *rust;
	const struct libraries *libraries;
	const struct config *config; /* declared layers */
	bool calls_known; /* `edges[].known` is complete for every file of production */
	struct call_edges *edges; /* per file, by caller and site */
	struct map first_edge; /* file and caller → index of its first edge */
	struct map serving; /* of Rust: functions from which a way leads to what serves → 1 */
	struct map commands; /* of Rust: functions that carry out what is typed → 1 */
	struct map reach; /* file and function → reach mask */
	struct map reach_evidence; /* file and function → index into `evidence` */
	struct map handed; /* file and function: one that is handed to a call as a value */
	VEC(struct go_declared) evidence;
	struct map blocking, computing; /* file and function → index into `leads`, or NO_LEAD */
	VEC(struct lead) leads;
	struct map package_roles; /* package and role → 1 */
	uint8_t *sides; /* enum side of each file */
	uint32_t *callers; /* of each role: how many files of production have a call of it */
	uint8_t *crashes; /* of each package: what it handles */
	bool *serves; /* of each package: a server is built of it */
	struct file_links imported, importers; /* programs.c: at run time, among production files of Node */
	struct logging *logging; /* of each package */
	VEC(struct cycle) cycles;
	struct model_file *base_files;
	uint32_t base_file_count;
	bool has_base;
	struct proto_change *proto_changes;
	uint32_t proto_change_count;
	struct import_counts import_counts[ECOSYSTEM_COUNT];
};

/* A hash of a name within something, for the maps above. */
uint64_t model_key(uint64_t within, struct str name);
static inline uint64_t function_key(file_id file, node_id node)
{
	return (uint64_t)file << 32 | node;
}

/* A copy of the text that lives as long as the model. Safe from any thread. */
struct str model_keep(const struct model *m, struct str name);

/* Steps of model_link, in this order. */
void model_index_file(struct model *m, file_id file); /* scopes.c; one file, in parallel */
void model_find_packages(struct model *m); /* manifests.c */
void model_resolve_imports(struct model *m); /* imports.c */
void model_find_go_modules(struct model *m); /* modules_go.c */
void model_find_python_roots(struct model *m); /* roots_python.c; after the packages */
void model_find_used_examples(struct model *m); /* examples.c; after the imports are resolved */
void model_index_go(struct model *m); /* packages_go.c */
void model_note_shared_packages(struct model *m); /* after imports are resolved */
void model_find_implementations(struct model *m); /* implementations_go.c; after the imports */
void model_find_registered(struct model *m); /* references_python.c; after the imports */
void model_call_edges(struct model *m, file_id file); /* reach.c; one file, in parallel */
/*
 * startup.c: `async { … }` that is handed on, or that a closure gives, and is not run where it stands: somebody else runs it.
 */
bool is_run_later(const struct model *m, file_id file, node_id block);
/* known_calls.c: asks what a call means and keeps that; calls are added in source order. Valid until the next. */
const struct known_call *known_call_add(struct model *m, file_id file, node_id call);
void model_count_callers(struct model *m); /* known_calls.c; after the calls are known */
/* NULL for what is no call, stands in no file of production, or comes up while calls are still being read. */
const struct known_call *known_call_find(const struct model *m, file_id file, node_id call);
struct role_set model_meaning_roles(const struct model *m, file_id file, const struct meaning *means);
void model_find_commands(struct model *m); /* commands_rust.c; after the call edges */
void model_spread_reach(struct model *m); /* reach.c; after the commands */
void model_find_crashes(struct model *m); /* crashes.c; after the calls are known */
void model_find_leads(struct model *m); /* trails.c; after the call edges are sorted */
void model_package_roles(struct model *m); /* manifests.c */
void model_note_servers(struct model *m); /* manifests.c; after the call edges */
void model_find_services(struct model *m); /* services.c; after the servers are noted */
void model_link_programs(struct model *m); /* programs.c; after the imports */
void model_find_sides(struct model *m); /* sides.c; after the programs */
void model_find_loggers(struct model *m); /* loggers.c; after the sides */
void model_find_layers(struct model *m, file_id file); /* layers.c; one file, in parallel; after the sides */
void model_find_cycles(struct model *m); /* cycles.c; after the layers */

/* What an exported name stands for: a declaration (node 0 is the file as a whole), or a library's name. */
struct exported {
	file_id file;
	node_id node;
	struct str module; /* of a library; no pointer otherwise */
	struct str name; /* under which that file, or the library, exports it; "*" or "default" for all of a library */
};

/* exports.c; false when unknown. */
bool model_find_export(const struct model *m, file_id file, struct str name, struct exported *out);

/* Where a module name of an import leads. One resolver for each ecosystem. */
struct import_link resolve_typescript(const struct model *m, file_id from, struct str module, bool require);
struct import_link resolve_python(const struct model *m, file_id from, const struct import *import, struct str module);
struct import_link resolve_go(const struct model *m, file_id from, struct str module);

/*
 * The folder of the repository that stands for a module path, as seen from a file: of a module that the file's own is
 * built with (itself, by a replace, in a workspace); or of one that the go command would fetch, whose source is here.
 */
bool go_module_joined(const struct model *m, file_id from, struct str path, struct str *dir);
bool go_module_nearby(const struct model *m, file_id from, struct str path, struct str *dir);
void go_modules_release(struct go_modules *modules);

void go_implementations_release(struct go_implementations *known);

void python_roots_release(struct python_roots *roots);
/* Does a manifest at or above the folder name a distribution called like the module? */
bool python_requires(const struct model *m, struct str dir, struct str module);
/* setup(…) in a setup.py, or 0. */
node_id python_setup_call(const struct facts *f);
/* Where a module leads that is named as a whole, not by an import statement; leading dots make it relative. */
struct import_link python_named_module(const struct model *m, file_id from, struct str module);
/* The file of a dotted module below a folder, or NO_FILE. An empty name is the folder's own __init__. */
file_id python_module(const struct model *m, struct str dir, struct str module);
/* The file of package a, from that of a.b.c; or NO_FILE. */
file_id python_top_package(const struct model *m, file_id file, struct str module);
/* Is it `import a.b.c`, which binds a? */
bool python_binds_top(const struct facts *f, const struct import *import);
/* The file of the submodule `name` of the package that `file` is the __init__ of, or NO_FILE. */
file_id python_submodule(const struct model *m, file_id file, struct str name);

/* Does `from module import *` bind the name? By __all__ where the module has one, else by its first letter. */
bool python_star_has(const struct model *m, file_id file, struct str name);
/*
 * The module from which stars bring a name into a file; NO_FILE when none of the project's has it. `library` becomes the
 * library's module whose star may have it, when there is one.
 */
file_id python_star_origin(const struct model *m, file_id file, struct str name, struct str *library);
void python_index_module(struct model *m, file_id file); /* exports_python.c; what model_index_file asks of Python */

/* Calls `visit` for each value at a dotted path below `object` of a TOML, JSON or INI file (0: from the top). */
typedef void manifest_visit(void *context, node_id value);
void manifest_each(const struct facts *f, node_id object, struct str path, manifest_visit *visit, void *context);

/* An import of the project's own that leads nowhere. */
static inline struct import_link unresolved(enum import_cause cause)
{
	return (struct import_link){ .target = IMPORT_UNRESOLVED, .cause = cause };
}

/* The same for a path with nothing at it: ignored, excluded, or `otherwise`. Only while the model is built. */
struct import_link unresolved_at(const struct model *m, struct str path, enum import_cause otherwise);

/* The nearest package of an ecosystem at or above a folder; NO_PACKAGE when there is none. */
package_id model_package_above(const struct model *m, enum ecosystem ecosystem, struct str dir);
enum ecosystem ecosystem_of(enum language language);

/* The name's binding in one scope only; the raw value with NAME_SHARED, or 0. */
uint32_t binding_in_scope(const struct model *m, file_id file, node_id scope, struct str name);
/* The value of a key in an object literal, or 0; as quick for a long one as for a short one. */
node_id model_object_value(const struct model *m, file_id file, node_id object, struct str key);
/* Its first spread, or 0. */
node_id model_object_spread(const struct model *m, file_id file, node_id object);
bool is_self(struct str name);
/* `get base()`, `@property def base`: read like a value. */
bool is_property(const struct facts *f, node_id function);
/* How a variable changes after its declaration: not at all, by what is put behind it, by more of a path, or in other ways. */
enum change { UNCHANGED, EXTENDED, LENGTHENED, CHANGED };
enum change model_change(const struct model *m, file_id file, node_id variable);
/* `url.trim()`: does the method leave a text as it is? */
bool text_is_kept_by(struct str method);
/* `this.name = …`, `self.name = …` inside the class: the first such target, or 0. */
node_id assigned_member(const struct model *m, file_id file, node_id class_node, struct str name);
/* A declaration of a Go package, seen from one of its files. */
bool go_package_declaration(const struct model *m, uint32_t package, struct str name, struct go_declared *out);
uint32_t go_package_of_file(const struct model *m, file_id file);
/* A method declared apart from its type (Go receivers). */
bool detached_method(const struct model *m, file_id file, node_id class_node, struct str name, struct go_declared *out);

/* The import of this node that binds this local name; UINT32_MAX when none does. */
uint32_t import_that_binds(const struct model *m, file_id file, node_id node, struct str local);
/* Gives an import of the file a further name, unless the file binds that itself. While imports are resolved. */
void bind_import_as(struct model *m, file_id file, uint32_t import, struct str name);

/* "." or "::" */
struct str path_separator(enum language language);
/* Behind the first segment and its separator; empty when there is none. */
struct str path_rest(struct str path);
/* The same where the first segment is known. */
struct str path_behind(struct str path, struct str first);

#endif
