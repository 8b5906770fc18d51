/* Resolving one name: the steps that names.c and types.c take together. */
#ifndef BYLAW_MODEL_NAMES_H
#define BYLAW_MODEL_NAMES_H

#include "model/internal.h"

struct resolver {
	const struct model *model;
	file_id file; /* the file whose names are being read at this step */
	file_id impl_file; /* the impl block that was last asked for its type, of Rust; `impl` is 0 for none */
	node_id impl;
	unsigned steps; /* aliases and members gone through; bounded */
	uint32_t used;
	char space[2048]; /* for names put together on the way; a longer one is nobody's */
};

void resolver_init(struct resolver *r, const struct model *m, file_id file);
/* "left.right"; the separator is the file's language's. Empty when there is no more room. */
struct str resolver_join(struct resolver *r, struct str left, struct str right);
/* "value.member", in every language. */
struct str resolver_join_member(struct resolver *r, struct str value, struct str member);
/* Lets a meaning's name outlive the resolver. */
struct meaning resolver_keep(struct resolver *r, struct meaning means);
struct type resolver_keep_type(struct resolver *r, struct type type);

/* The qualified name of a library's export: whole modules keep the rest of the path, single names stand behind them. */
struct meaning resolver_library_name(struct resolver *r, struct str module, struct str imported, struct str rest);
/* What bylaw.yaml says of a name of the project as of a library's: of the i-th import of the file, of an export. described.c */
bool described_import(struct resolver *r, uint32_t import, struct str rest, struct meaning *out);
bool described_export(struct resolver *r, file_id file, struct str name, struct str rest, struct meaning *out);

/* The object pattern that a declared name stands in, with the property it takes; 0 for none, or one inside another. */
node_id pattern_of(const struct facts *f, node_id name, struct str *property);
struct meaning resolve_path(struct resolver *r, node_id from, struct str path);
/* What a NAME, MEMBER, CALL … of the resolver's file refers to. */
struct meaning resolve_node(struct resolver *r, node_id node);
/* The same in a file of Rust: resolve_rust.c. */
struct meaning resolve_rust(struct resolver *r, node_id from, struct str path);
/* The local variable of that name, or 0 when an item or nothing is nearer. */
node_id rust_variable(const struct resolver *r, node_id from, struct str name, bool *unique);
/* What a type parameter's bounds say of it: the first trait of the project, or else of a library. */
struct type rust_bound(struct resolver *r, file_id file, node_id parameter);
/* self.a, Self::a, this.a: a member of the type around the use. */
struct meaning resolve_self(struct resolver *r, node_id from, struct str path);
/* components.c: a member of a single-file component's options, as `this` and the markup name it; UNKNOWN when there is none. */
struct meaning resolve_component_member(struct resolver *r, struct str path);
/* Is a node a part of what handles an event in a component's markup? */
bool is_in_markup(const struct model *m, file_id file, node_id node);
struct meaning resolve_variable(struct resolver *r, node_id binding, struct str rest);
struct meaning resolve_declared(struct resolver *r, file_id file, node_id node, struct str rest);
/* A file as a whole, or what it shows under a path. */
struct meaning resolve_in_module(struct resolver *r, file_id file, struct str path);
struct meaning resolve_member_of_type(struct resolver *r, struct type type, struct str rest);
/* The type of a node of any file. */
struct type resolve_type(struct resolver *r, file_id file, node_id node);
struct type resolve_spelled(struct resolver *r, file_id file, node_id type_node);
/* What a call gives back when its callee is known. */
struct type resolve_called(struct resolver *r, node_id call, struct meaning means);

/* Of JavaScript and TypeScript, in the resolver's file: types_node.c. */
struct type resolve_required(struct resolver *r, node_id call);
/* What a whole file is when it is called: the one thing that it exports; else the file again. */
struct meaning resolve_only_export(struct resolver *r, struct meaning module);
struct type resolve_handed(struct resolver *r, node_id parameter);

/* Of Rust, in the resolver's file: types_rust.c. */
/* A member of what a type is dereferenced to, by `impl Deref`. */
struct meaning resolve_dereferenced(struct resolver *r, struct type type, struct str rest);
struct type resolve_spelled_rust(struct resolver *r, node_id type_node);
struct type resolve_impl_rust(struct resolver *r, node_id impl);
struct type resolve_pattern_rust(struct resolver *r, node_id binding);
struct type resolve_call_rust(struct resolver *r, node_id call);

#endif
