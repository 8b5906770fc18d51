/*
 * Rust in the model: crates, their module trees, what each scope calls what, where `use` leads, and which impl blocks
 * belong to which type. Built by model_link in the order of the functions below, and only read from then on.
 */
#ifndef BYLAW_MODEL_RUST_H
#define BYLAW_MODEL_RUST_H

#include "model/internal.h"

/* ---- packages and crates: cargo.c ---- */

/* Each target of a package is a crate of its own. In the order in which a file that several claim is given away. */
enum rust_target { RUST_LIB, RUST_BIN, RUST_BUILD, RUST_EXAMPLE, RUST_TEST, RUST_BENCH, RUST_TARGET_COUNT };

struct rust_crate {
	package_id package; /* NO_PACKAGE for a crate root without a manifest */
	struct str name; /* of a library, as code spells it */
	file_id root;
	enum rust_target target;
	bool edition_2015; /* `use` starts at the crate's root */
	uint32_t module; /* of its root */
};

/* A name that a manifest makes known to its package's code. */
struct cargo_dependency {
	struct str key; /* as code spells it: `-` is `_` */
	struct str crate; /* what the crate is really called, in the same spelling */
	package_id local; /* of this repository, or NO_PACKAGE */
};

/* ---- modules: modules_rust.c ---- */

#define NO_CRATE UINT32_MAX
#define NO_MODULE UINT32_MAX

/* A file, or an inline `mod x { … }`. A file that several crates declare belongs to the first. */
struct rust_module {
	file_id file;
	node_id node; /* 0 for a whole file */
	uint32_t crate; /* NO_CRATE: no crate root leads to it */
	uint32_t parent; /* NO_MODULE for a crate's root */
	uint32_t first, last; /* it and the modules below it, counted through the tree */
	struct str dir; /* where its `mod x;` are looked for */
	struct str beside; /* what a #[path] in it is relative to */
	uint32_t twin; /* another module of its name, for another platform; NO_MODULE at the end of them */
	bool is_twin; /* it stands among another's */
	bool macro_use; /* its macro_rules are seen around it, too */
	bool test; /* it or a module around it stands under #[cfg(test)] */
	bool macros; /* one that nobody expands here may declare more in it */
	bool attributes; /* a derive or an attribute may, beside what it stands on */
};

/* ---- names: names_rust.c ---- */

/* A name may mean a type or module, a value and a macro at once. */
enum rust_space { SPACE_TYPE, SPACE_VALUE, SPACE_MACRO, SPACE_COUNT };

enum rust_kind {
	RUST_NOTHING,
	RUST_DECLARATION, /* file, node */
	RUST_MODULE, /* node is the module's index */
	RUST_LIBRARY, /* outside of the repository */
	RUST_MADE, /* by a macro, derive or attribute of `file`: nothing else can have declared it */
	RUST_LOST, /* a `mod x;` without a file */
};

struct rust_found {
	enum rust_kind kind;
	file_id file;
	uint32_t node;
	struct str library; /* RUST_LIBRARY: the qualified name; empty when it is one of several libraries' */
};

/* Where one row of a file's import table leads. */
struct rust_import {
	struct rust_found in[SPACE_COUNT];
	enum import_cause cause; /* when it leads nowhere */
	bool own; /* it starts in this repository */
	bool done;
};

/* One meaning of a name in a scope; a scope is the node that opens it. Meanings of one name are chained. */
struct rust_name {
	enum rust_kind kind; /* RUST_NOTHING: an import, `node` is its row */
	file_id file;
	uint32_t node;
	uint8_t spaces; /* bits */
	uint8_t visibility;
	uint32_t module; /* the module around it */
	uint32_t next, last; /* index + 1; `last` counts in the first of a chain */
};

/* `use a::*` in a scope. */
struct rust_glob {
	file_id file;
	uint32_t import;
	uint8_t visibility;
	uint32_t module;
	uint32_t next, last; /* index + 1 */
};

struct rust_impl {
	file_id file;
	node_id node;
	struct rust_found type, trait;
	uint32_t next_of_type; /* index + 1 */
};

struct rust_model {
	VEC(struct rust_crate) crates;
	VEC(struct cargo_dependency) dependencies;
	struct map dependency_ids; /* package and key → index */
	uint32_t *lib_of; /* package → crate + 1 */
	VEC(struct rust_module) modules;
	struct map module_ids; /* file and node → index */
	uint32_t *module_of; /* file → index of the module it is, or is spliced into; NO_MODULE */
	VEC(struct rust_name) names;
	struct map name_ids; /* scope and name → index of the first */
	VEC(struct rust_glob) globs;
	struct map glob_ids; /* scope → index of the first */
	uint8_t **
		inner_scopes; /* by file: a bit for each node, set for scopes with names other than modules; NULL without */
	struct rust_import **imports; /* by file */
	VEC(struct rust_impl) impls;
	struct map impls_of_type; /* declaration → index + 1 of the first */
	struct map impl_ids; /* file and node of the block → index */
	struct implementation *implementations; /* by trait */
	VEC(struct implementation_span) traits;
	struct map trait_ids; /* declaration → index */
};

/* Packages, their dependencies and their crates. After model_find_packages. */
void cargo_link(struct model *m);

/* The module tree: which file is which module of which crate; files of test targets and modules become tests. */
void rust_find_modules(struct model *m);
/*
 * macros_rust.c: has an item an attribute; may a macro at the level of items declare names that the facts do not have;
 * may an attribute, beside its item?
 */
bool rust_has_attribute(const struct facts *f, node_id item, const char *name);
bool rust_macro_may_declare(struct str macro);
bool rust_attribute_may_declare(const struct facts *f, node_id decorator);
/* The module around a node of a file. */
uint32_t rust_module_around(const struct model *m, file_id file, node_id node);
/* Is `inner` the module itself or below it? */
bool rust_is_within(const struct model *m, uint32_t inner, uint32_t outer);

/* What every scope calls what. */
void rust_index_names(struct model *m);
enum rust_visibility { VISIBLE_EVERYWHERE, VISIBLE_IN_CRATE, VISIBLE_IN_PARENT, VISIBLE_IN_MODULE };
enum rust_visibility rust_visibility_of(const struct facts *f, node_id node);
/* The key of the scope that a node opens; and of a module, whose items may stand in several files. */
static inline uint64_t rust_scope(file_id file, node_id node)
{
	return function_key(file, node);
}
static inline uint64_t rust_module_scope(const struct rust_module *module)
{
	return function_key(module->file, module->node);
}
/* The scope of what holds for a whole crate: its macro_rules, the names of `extern crate`. */
static inline uint64_t rust_crate_scope(uint32_t crate, enum rust_space space)
{
	return function_key(NO_FILE - (uint32_t)space, crate);
}
/* The first meaning that the name has there. */
const struct rust_name *rust_add_name(
	struct model *m, uint64_t scope, struct str name, const struct rust_name *meaning);
/* r#type is called type. */
static inline struct str rust_plain(struct str name)
{
	return str_starts(name, STR("r#")) ? str_slice(name, 2, name.len) : name;
}

enum { MOST_GLOB_LIBRARIES = 4 };

/* Where a name that was not found may come from all the same. */
struct rust_misses {
	bool lost_glob; /* a glob that leads nowhere */
	bool macros; /* a macro that nobody expands here */
	uint32_t generators; /* how many modules have macros, derives or attributes that could declare it */
	uint32_t generator; /* the first of them */
	struct str libraries[MOST_GLOB_LIBRARIES]; /* those whose globs could bring it */
	uint32_t library_count;
};

/* Does the node open a scope, other than a module's, that has names in it? */
bool rust_has_inner_names(const struct model *m, file_id file, node_id node);

/* A question about a name or path; what is noted on the way stands behind it. */
struct rust_query {
	const struct model *m;
	uint32_t module; /* who asks: for self, super and what is visible */
	const struct rust_import *under_way; /* is no answer to itself */
	bool pending; /* out: an import that is not resolved yet could be the answer */
	bool lost; /* out: a module on the way has no file */
	struct rust_misses misses; /* out */
};

/* The name in a scope and, unless it stands there, in what its globs bring. `exact`: in that space and no other. */
struct rust_found rust_lookup(struct rust_query *q, uint64_t scope, struct str name, enum rust_space space, bool exact);
/* A variant of an enum. */
struct rust_found rust_variant(const struct model *m, struct rust_found owner, struct str name);
/* A crate that the asking module may name: a dependency, its own library, std. */
struct rust_found rust_crate_named(struct rust_query *q, struct str name);
/* Where every `use` leads. */
void rust_resolve_imports(struct model *m);
/* The impl blocks of every type, and the types of every trait. */
void rust_index_impls(struct model *m);
/* fixtures_rust.c: files of modules that tests alone name become tests. */
void rust_find_fixtures(struct model *m);

void rust_free(struct model *m);

/* ---- asking: paths_rust.c ---- */

/* A path as far as modules lead: what was found, and the rest of the path, from where it leads nowhere or behind the find. */
struct rust_path {
	struct rust_found found;
	struct str rest;
	bool started; /* its first segment means something */
};

/* Where `path` leads as seen from a node, its last name meant in a space. Local variables are not looked for. */
struct rust_path rust_path_from(
	struct rust_query *q, file_id file, node_id from, struct str path, enum rust_space space, bool exact);
/* The same from the inside of something found. */
struct rust_path rust_path_in(
	struct rust_query *q, struct rust_found found, struct str path, enum rust_space space, bool exact);
/* Does `::` stand behind the path's first segment? */
bool rust_is_qualified(struct str path);

/* ---- types and traits: impls_rust.c ---- */

/* The type that an impl block is of; nothing for a library's. */
struct rust_found rust_type_of_impl(const struct model *m, file_id file, node_id impl);
/* The impl blocks of a type, or the traits that a trait asks for, one after the other; NULL at the end. */
const struct rust_impl *rust_next_impl(const struct model *m, struct rust_found type, const struct rust_impl *before);
/* A field, variant, function, constant or type of a type or trait: its own, or one that its traits give it. */
bool rust_member(const struct model *m, struct rust_found type, struct str name, struct rust_found *member);
/* What model_implementations says of a trait. */
const struct implementation *implementations_rust(const struct model *m, file_id file, node_id trait, uint32_t *count);

/* What model_import says of a row; the declaration that it brings, if any; the library's name that it brings, or "". */
struct import_link rust_import_link(const struct model *m, file_id file, uint32_t import);
bool rust_import_declaration(const struct model *m, file_id file, uint32_t import, file_id *decl_file, node_id *decl);
struct str rust_import_library(const struct model *m, file_id file, uint32_t import);

#endif
