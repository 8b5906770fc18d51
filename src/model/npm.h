/*
 * Module names of Node: what the files that resolve them share. npm_files.c finds files, npm_output.c sources behind
 * build output, npm_exports.c and npm_packages.c packages, tsconfig*.c configurations; resolve_typescript.c has the order.
 */
#ifndef BYLAW_MODEL_NPM_H
#define BYLAW_MODEL_NPM_H

#include "model/internal.h"
#include "model/patterns.h"

/* ---- tsconfig ---- */

/* Options that are inherited whole, by the config that says them last. */
enum tsconfig_option {
	TSCONFIG_BASE_URL,
	TSCONFIG_PATHS,
	TSCONFIG_ROOT_DIRS,
	TSCONFIG_ROOT_DIR,
	TSCONFIG_OUT_DIR,
	TSCONFIG_DECLARATION_DIR,
	TSCONFIG_ALLOW_JS,
	TSCONFIG_CHECK_JS,
	TSCONFIG_CONDITIONS,
	TSCONFIG_FILES,
	TSCONFIG_INCLUDE,
	TSCONFIG_EXCLUDE,
	TSCONFIG_OPTIONS
};

/* Where an option was written; node 0 when it was not. */
struct tsconfig_value {
	file_id file;
	node_id node;
};

struct str_list {
	struct str *items;
	uint32_t count;
};

/* A config with what it extends. Paths are from the root; an empty pointer is what was not said or lies outside. */
struct tsconfig {
	file_id file;
	struct str dir;
	struct tsconfig_value options[TSCONFIG_OPTIONS];
	struct str base_url, paths_base, root_dir, out_dir, declaration_dir;
	struct str_list root_dirs, include, exclude;
	uint32_t paths; /* pattern table + 1 */
	uint32_t next_in_dir; /* config + 1 */
	uint32_t *references; /* configs */
	uint32_t reference_count;
	bool allow_js;
	bool lists_files; /* says `files` */
};

#define NO_CONFIG UINT32_MAX

/* Reads all configs; each file's owner goes to its file_index. */
void tsconfigs_load(struct model *m);
/* The config that a file belongs to: `files`, `include`, `exclude` and references say so. NO_CONFIG when none claims it. */
uint32_t tsconfig_owner(const struct model *m, file_id file);
/* Is a file part of a config's program? tsconfig_files.c */
bool tsconfig_includes(const struct model *m, uint32_t config, file_id file);
/* The nearest config, for a file that none claims (tests are often left out). */
uint32_t tsconfig_nearest(const struct model *m, file_id file);

/* ---- everything that is looked up ---- */

/* What is asked of a manifest again and again; 0 for what it does not say. */
struct npm_manifest {
	node_id exports, imports, types_versions;
	file_id entry; /* once it was asked for */
	bool has_entry; /* it was */
};

struct npm {
	VEC(struct tsconfig) configs;
	struct map config_of; /* file → config */
	struct str_map config_dirs; /* folder → the first config in it, by path */
	struct str_map main_configs; /* folder → its tsconfig.json, else its jsconfig.json */
	struct map listed; /* hash of config and path → 1: what `files` names */
	VEC(struct pattern_table) tables;
	struct map table_of; /* file and object → pattern table */
	struct str_map folders; /* of files of Node, and those above them */
	struct str_map names; /* package name → the first package that has it */
	struct npm_manifest *manifests; /* of each package */
	package_id *namesakes; /* of each package: the next one of its name */
	struct str *workspaces; /* of each package: the folder of the workspace it is in; no pointer for none */
	struct map dependencies; /* hash of package and name → index of its dependency */
};

/* One module name being resolved. */
struct lookup {
	const struct model *m;
	file_id from;
	bool require; /* by require(): that condition comes first */
	struct arena scratch;
	struct str missing; /* the first path that was tried and is not there */
};

void npm_load(struct model *m); /* npm_packages.c; after model_find_packages */
void npm_free(struct npm *npm);

/* The pattern table of an object, made when it is first asked for. Only while the model is built. */
const struct pattern_table *npm_table(const struct model *m, file_id file, node_id object, enum pattern_rules rules);

/* ---- files (npm_files.c) ---- */

/* The file at a path: by what it is compiled from, as it is, with the extensions that are tried; NO_FILE. */
file_id npm_file(const struct model *m, struct str path);
/* The index file of a folder. */
file_id npm_index(const struct model *m, struct str dir);
/* By its extension: a style sheet, a picture, data, a component of a language that is not read. */
bool npm_is_asset(struct str path);
/* Is there a folder with code below it? */
bool npm_is_folder(const struct model *m, struct str path);

/* The source behind a path in build output: outDir of a config nearby, or the usual names (dist, lib …); NO_FILE. */
file_id npm_source_of(const struct model *m, struct str path); /* npm_output.c */

/* What a path may mean, besides the folder's index and the source behind either. */
enum npm_kinds { NPM_FILE = 1, NPM_PACKAGE = 2 };
file_id npm_module(const struct model *m, struct str path, unsigned kinds);
/* The same for `relative` to a folder. Notes what is missing. */
struct import_link npm_at(struct lookup *l, struct str dir, struct str relative);

/* ---- packages ---- */

/* "@scope/name/a/b" → "@scope/name"; what follows goes to `rest` with its slash. */
struct str npm_package_name(struct str module, struct str *rest);
/* The package that a name means in a file: its own, one of its workspace, one its manifest points to; NO_PACKAGE. */
package_id npm_find_package(const struct model *m, file_id from, struct str name);
/* Does a manifest on the way up name it as a dependency? */
bool npm_is_declared(const struct model *m, file_id from, struct str name);
/* What the manifest calls the package's entry, or its index; NO_FILE. */
file_id npm_entry(const struct model *m, package_id package);
/* `subpath` is "" or begins with a slash. */
struct import_link npm_in_package(struct lookup *l, package_id package, struct str subpath);
/* "#name" by the `imports` of the manifest nearest to the file. */
struct import_link npm_import(struct lookup *l, struct str name); /* npm_exports.c */
/* "." or "./a/b" by the `exports` of a manifest. */
struct import_link npm_export(struct lookup *l, package_id package, node_id exports, struct str subpath);
/* A package by its name, with a path in it; LIBRARY when it is none of the project's. */
struct import_link npm_bare(struct lookup *l, struct str module);

/* "./a", "..": no name of a package. */
bool npm_is_relative(struct str module);
/* Is it among the names, of which the last is NULL? */
bool npm_is_one_of(struct str name, const char *const *names);
/* The value of a key in a JSON document's top object, or 0. */
node_id npm_top(const struct facts *f, struct str key);
/* The text of a string node; an empty slice for anything else. */
struct str npm_text(const struct facts *f, node_id node);

#endif
