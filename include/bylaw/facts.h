/*
 * What one file says, in one vocabulary for every language.
 *
 * A file's facts are one tree of nodes in pre-order, plus tables of imports, exports and comments. They
 * depend on the file's bytes and its language and on nothing else. Everything is flat: an index into an
 * array, or a string id into the file's own string table; there are no pointers, so the bytes in memory are
 * the bytes in the cache.
 */
#ifndef BYLAW_FACTS_H
#define BYLAW_FACTS_H

#include "bylaw/str.h"

/* Index into a file's nodes. Node 0 is the file; as a link, 0 also means "none". */
typedef uint32_t node_id;

/* kind, the name shown by `bylaw facts` */
/* clang-format off */
#define NODE_KINDS(X)                                                                               \
	X(FILE, "file")                                                                             \
	/* declarations */                                                                          \
	X(NAMESPACE, "namespace")   /* package, mod, namespace; name */                             \
	X(IMPORT, "import")         /* name = module as written; details in the import table */     \
	X(EXPORT, "export")         /* export clause or default; details in the export table */     \
	X(CLASS, "class")           /* class, struct, message; BASE children */                     \
	X(INTERFACE, "interface")   /* interface, trait, protocol, service */                       \
	X(ENUM, "enum")                                                                             \
	X(ENUM_VALUE, "enum_value")                                                                 \
	X(IMPL, "impl")             /* impl T / impl Trait for T: name = T, BASE = Trait */         \
	X(ALIAS, "alias")           /* type alias: name, TYPE */                                    \
	X(FUNCTION, "function")     /* named function or method: RECEIVER, PARAM, RESULT, BODY */   \
	X(LAMBDA, "lambda")         /* anonymous function, arrow, closure */                        \
	X(FIELD, "field")           /* member of a class: name, TYPE, VALUE */                      \
	X(PARAM, "param")           /* name, TYPE, VALUE (its default) */                           \
	X(VAR, "var")               /* one declared name: TYPE, VALUE */                            \
	X(DECORATOR, "decorator")   /* decorator, attribute, annotation: name, ARG children */      \
	X(TYPE, "type")             /* type as written: name = path; TYPE children = arguments */   \
	/* statements */                                                                            \
	X(BLOCK, "block")                                                                           \
	X(EXPR, "expr")             /* expression used as a statement: its value is dropped */      \
	X(ASSIGN, "assign")         /* name = operator; TARGET…, VALUE… */                          \
	X(IF, "if")                 /* COND, THEN, ELSE; INIT */                                    \
	X(LOOP, "loop")             /* INIT, COND, UPDATE, TARGET, ITER, BODY */                    \
	X(SWITCH, "switch")         /* switch, match: COND, CASE children */                        \
	X(SELECT, "select")         /* waits on several channels or futures: CASE children */       \
	X(CASE, "case")             /* COND (patterns), GUARD, BODY */                              \
	X(TRY, "try")               /* BODY, CATCH, ELSE, FINALLY */                                \
	X(CATCH, "catch")           /* name = the variable; TYPE; BODY */                           \
	X(RETURN, "return")                                                                         \
	X(THROW, "throw")                                                                           \
	X(YIELD, "yield")                                                                           \
	X(BREAK, "break")                                                                           \
	X(CONTINUE, "continue")     /* with a label as name; Go's fallthrough under its own */      \
	X(DEFER, "defer")                                                                           \
	X(SPAWN, "spawn")           /* go statement */                                              \
	X(WITH, "with")             /* with/using: VAR or ARG children, BODY */                     \
	X(ASSERT, "assert")                                                                         \
	/* expressions */                                                                           \
	X(NAME, "name")             /* identifier or dotted path: name */                           \
	X(MEMBER, "member")         /* name = property; OBJECT = an expression that is no path */   \
	X(INDEX, "index")           /* OBJECT, ARG */                                               \
	X(CALL, "call")             /* name = callee path; or OBJECT + name = method; or CALLEE */  \
	X(AWAIT, "await")                                                                           \
	X(BINARY, "binary")         /* name = operator; LEFT, RIGHT */                              \
	X(UNARY, "unary")           /* name = operator */                                           \
	X(CONDITIONAL, "conditional") /* COND, THEN, ELSE */                                        \
	X(STRING, "string")         /* name = decoded text */                                       \
	X(TEMPLATE, "template")     /* STRING and expression children, in order */                  \
	X(NUMBER, "number")         /* name = text */                                               \
	X(CONST, "const")           /* true, false, null, nil, None, undefined: name */             \
	X(OBJECT, "object")         /* dict, map, struct literal: TYPE, PAIR and SPREAD children */ \
	X(PAIR, "pair")             /* name = key (or KEY child); VALUE */                          \
	X(ARRAY, "array")           /* list, tuple, set */                                          \
	X(SPREAD, "spread")                                                                         \
	X(CAST, "cast")             /* VALUE, TYPE: `as`, x.(T) */                                  \
	X(UNWRAP, "unwrap")         /* rust `?`, typescript `!` (name tells) */                     \
	X(COMPREHENSION, "comprehension") /* VALUE, then TARGET, ITER, COND of each clause */       \
	X(SEND, "send")             /* channel send: TARGET, VALUE */                               \
	X(RECEIVE, "receive")       /* channel receive */                                           \
	X(JSX, "jsx")               /* name = tag; PAIR attributes, then children */                \
	/* contracts */                                                                             \
	X(RANGE, "range")           /* number range: LEFT, RIGHT */                                 \
	X(RESERVED, "reserved")     /* STRING, NAME, NUMBER and RANGE children */                   \
	X(EXTENSIONS, "extensions")                                                                 \
	X(ONEOF, "oneof")                                                                           \
	X(EXTEND, "extend")         /* name = the extended type */                                  \
	X(OPTION, "option")         /* name, VALUE */
/* clang-format on */

/* What a node is to its parent. */
/* clang-format off */
#define NODE_PARTS(X)                                                                                \
	X(NONE, "")                                                                                  \
	X(DECORATOR, "decorator") X(BASE, "base") X(TYPE, "type") X(TYPE_PARAM, "type_param")        \
	X(RECEIVER, "receiver") X(PARAM, "param") X(RESULT, "result") X(BODY, "body")                \
	X(INIT, "init") X(COND, "cond") X(UPDATE, "update") X(THEN, "then") X(ELSE, "else")          \
	X(GUARD, "guard") X(CATCH, "catch") X(FINALLY, "finally")                                    \
	X(CALLEE, "callee") X(OBJECT, "object") X(ARG, "arg")                                        \
	X(TARGET, "target") X(VALUE, "value") X(KEY, "key") X(ITER, "iter")                          \
	X(LEFT, "left") X(RIGHT, "right")                                                            \
	X(NUMBER, "number") X(REQUEST, "request") X(RESPONSE, "response")
/* clang-format on */

/* Flags: several kinds share a bit where they cannot meet. */
/* clang-format off */
#define NODE_FLAGS(X)                                                                                \
	X(ASYNC, 0, "async")           /* function, lambda, loop, with, comprehension, block */     \
	X(GENERATOR, 1, "generator")                                                                 \
	X(STATIC, 2, "static")         /* class member, module-level constant in Rust */             \
	X(ABSTRACT, 3, "abstract")     /* without a body; `mod x;` whose body is another file */     \
	X(PRIVATE, 4, "private")       /* private or protected; a parameter that cannot be named; pub(super); \
					  with EXPORTED: pub(crate), pub(in x) */ \
	X(EXPORTED, 5, "exported")     /* export, pub, upper case in Go */                           \
	X(READONLY, 6, "readonly")     /* const, final, readonly, let in Rust without mut */         \
	X(OPTIONAL, 7, "optional")     /* x?: T, a?.b, proto `optional` */                           \
	X(VARIADIC, 8, "variadic")     /* ...rest, *args; keyword rest has KEYWORD too */            \
	X(KEYWORD, 9, "keyword")       /* **kwargs; keyword argument */                              \
	X(FUNCTION_SCOPED, 10, "function_scoped") /* visible in the whole function: var, Python */   \
	X(NEW, 11, "new")              /* new T() */                                                 \
	X(MACRO, 12, "macro")          /* Rust macro invocation or definition; spelled in a macro's body */                                   \
	X(INFINITE, 13, "infinite")    /* loop with no condition, or a constantly true one */        \
	X(RANGE, 14, "range")          /* loop over the items of something */                        \
	X(DEFAULT, 15, "default")      /* default case, default export */                            \
	X(TYPE_ONLY, 16, "type_only")  /* import type, TYPE_CHECKING body */                         \
	X(UNSAFE, 17, "unsafe")                                                                      \
	X(REPEATED, 18, "repeated")    /* proto */                                                   \
	X(REQUIRED, 19, "required")    /* proto2 */                                                  \
	X(STREAM, 20, "stream")        /* rpc request or response */                                 \
	X(GROUP, 21, "group")          /* proto2 group */                                            \
	X(CONSTRUCTOR, 22, "constructor")                                                            \
	X(POINTER, 23, "pointer")      /* *T, &T as a type or a value */                             \
	X(DECLARES, 24, "declares")    /* assignment that declares its targets: :=; alias of Go that is \
					  a type of its own: type ID string */                        \
	X(TAGGED, 25, "tagged")        /* call by tagged template */                                 \
	X(BARE, 26, "bare")            /* catch-all: except:, catch {} */                            \
	X(TEST, 27, "test")            /* #[cfg(test)], #[test] */                                   \
	X(ERROR, 28, "error")          /* part of its text did not parse */                          \
	X(ACCESSOR, 29, "accessor")    /* get, set */                                                \
	X(PARAM_PROPERTY, 30, "param_property") /* constructor(private x: T) is a field too */       \
	X(BYTES, 31, "bytes")          /* byte string */
/* clang-format on */

enum node_kind {
#define X(id, name) NODE_##id,
	NODE_KINDS(X) NODE_KIND_COUNT
#undef X
};

enum node_part {
#define X(id, name) PART_##id,
	NODE_PARTS(X) NODE_PART_COUNT
#undef X
};

enum node_flag {
#define X(id, bit, name) FLAG_##id = (int)(1u << (bit)),
	NODE_FLAGS(X)
#undef X
};

/* One node. Children stand right behind it; `next` is the first node that is not below it. */
struct node {
	uint8_t kind;
	uint8_t part;
	uint16_t depth; /* 0 for the file; saturates */
	uint32_t flags;
	uint32_t name; /* string id, 0 when it has none */
	uint32_t start, end; /* bytes of the source, end exclusive */
	node_id next;
	node_id parent;
};

/* One name that an import binds. `import {a as b} from "m"`: module m, imported a, local b. */
struct import {
	node_id node;
	uint32_t module; /* as written, decoded; 0 when it is named at run time: import(path) */
	uint32_t imported; /* "*" for the whole module, "default" for a default import */
	uint32_t local; /* 0 when it binds nothing: side effect, Rust glob, Go dot import */
	uint8_t level; /* leading dots of a relative Python import */
	uint8_t flags; /* IMPORT_… */
	uint16_t reserved;
};

enum import_flag {
	IMPORT_TYPE_ONLY = 1, /* erased before run time */
	IMPORT_GLOB = 2, /* binds every public name of the module */
	IMPORT_DYNAMIC = 4, /* import("m"), importlib.import_module */
	IMPORT_REQUIRE = 8, /* CommonJS */
	IMPORT_LAZY = 16, /* inside a function */
	IMPORT_SIDE_EFFECT = 32,
	IMPORT_GUARDED = 64, /* inside try/except ImportError */
	IMPORT_ABSOLUTE = 128, /* Rust: `use ::a`, `extern crate a`: a is a crate, whatever the module calls a */
};

/* One name that a file exports. Re-export: `module` says from where. */
struct export
{
	node_id node;
	uint32_t name; /* exported name; "default"; 0 with EXPORT_STAR without a name */
	uint32_t local; /* the name inside this file (or inside `module`) */
	uint32_t module; /* 0 when it is this file's own */
	uint32_t flags; /* EXPORT_… */
};

enum export_flag { EXPORT_STAR = 1, EXPORT_TYPE_ONLY = 2 };

/* In source order, each once. */
struct comment {
	uint32_t start, end;
	uint32_t text; /* without the comment marks */
	uint32_t trailing; /* 1 when code stands before it on its line */
};

struct facts_error {
	uint32_t start, end;
};

/* An open view of a file's facts. The arrays belong to the arena that the facts were opened in. */
struct facts {
	const struct node *nodes;
	const struct import *imports;
	const struct export *exports;
	const struct comment *comments;
	const struct facts_error *errors; /* stretches that did not parse */
	const uint32_t *lines; /* offset of each line's first byte */
	const uint32_t *string_ends; /* end offset of each string in `text` */
	const char *text;
	uint32_t node_count, import_count, export_count, comment_count, error_count, line_count, string_count;
	uint32_t text_len;
	uint32_t source_len; /* bytes of the file */
	uint32_t language; /* enum language */
	uint32_t error_bytes; /* how much of the file did not parse */
};

const char *node_kind_name(enum node_kind kind);
const char *node_part_name(enum node_part part);

struct str facts_str(const struct facts *f, uint32_t id);

static inline const struct node *facts_node(const struct facts *f, node_id id)
{
	return &f->nodes[id];
}

static inline struct str node_name(const struct facts *f, node_id id)
{
	return facts_str(f, f->nodes[id].name);
}

static inline enum node_kind node_kind(const struct facts *f, node_id id)
{
	return (enum node_kind)f->nodes[id].kind;
}

static inline bool node_has(const struct facts *f, node_id id, enum node_flag flag)
{
	return (f->nodes[id].flags & (uint32_t)flag) != 0;
}

/* for (node_id c …) over the direct children of `parent`. */
#define facts_each_child(f, parent, c) \
	for (node_id c = (parent) + 1; c < (f)->nodes[parent].next; c = (f)->nodes[c].next)

/* for (node_id n …) over everything below `root`, in source order. */
#define facts_each_below(f, root, n) for (node_id n = (root) + 1; n < (f)->nodes[root].next; n++)

/* First direct child that is this part or kind, or 0. */
node_id node_child(const struct facts *f, node_id parent, enum node_part part);
node_id node_child_of_kind(const struct facts *f, node_id parent, enum node_kind kind);
/* The index-th ARG child of a call, or 0; keyword arguments do not count. */
node_id call_arg(const struct facts *f, node_id call, uint32_t index);
/* The value of a keyword argument (Python), or of a key in an object literal; or 0. */
node_id call_keyword(const struct facts *f, node_id call, struct str name);
node_id object_value(const struct facts *f, node_id object, struct str key);
/* Nearest ancestor (not `n` itself) whose kind is in the mask, or 0. */
#define KIND(id) (1ull << NODE_##id)
node_id node_ancestor(const struct facts *f, node_id n, uint64_t kinds);
/* Nearest enclosing FUNCTION or LAMBDA, or 0 at module level. */
node_id node_function(const struct facts *f, node_id n);
/* The function, closure or async block of Rust that runs a place; 0 at module level. */
node_id node_executor(const struct facts *f, node_id n);
/* The outermost call of such methods that a value is the receiver of: lock().unwrap()? of lock(). Ends with NULL. */
node_id node_chained(const struct facts *f, node_id value, const char *const *methods);
/* Does it stand in code for tests: below #[cfg(test)], #[test], `mod tests` or `fn test_…`? */
bool node_in_test(const struct facts *f, node_id n);
/* Does a comment stand on the node's line or the line above it? One that says what is still to do does not count. */
bool node_is_explained(const struct facts *f, node_id n);
/* Is it the operand of an await? */
bool node_is_awaited(const struct facts *f, node_id n);
/* The FUNCTION in whose body a node runs when it is called, or 0: lambdas, async blocks, class bodies and decorators run by themselves. */
node_id node_runs_in(const struct facts *f, node_id n);
/* The next call behind `n` in a function's own body, functions, lambdas and classes in it left out; 0 for none. Starts at the function. */
node_id node_next_call(const struct facts *f, node_id function, node_id n);
/* The last segment of a dotted or `::` path; and what stands before it (empty for a simple name). */
struct str path_last(struct str path);
struct str path_parent(struct str path);
struct str path_first(struct str path);
/*
 * Where a way that starts behind a statement leaves its block without having met a name, or a path that starts with it: a return,
 * a break, the block itself for its end; 0 when every way meets it, and when that is not known.
 */
node_id way_out_without(const struct facts *f, node_id statement, struct str path);
/* The same from the beginning of a block. */
node_id way_through_without(const struct facts *f, node_id block, struct str path);
/* Does an assignment, or a variable before it in its block, declare the name? Others may outlive the block. */
bool is_declared_beside(const struct facts *f, node_id statement, struct str name);
/* Has a comment on the line of a node, or right above it, one of these words? The last word is NULL. */
bool comment_says(const struct facts *f, node_id n, const char *const *words);
/* 1-based line of a byte offset. */
uint32_t facts_line(const struct facts *f, uint32_t offset);
/* Its 1-based column in bytes. A byte order mark takes none. */
uint32_t facts_column(const struct facts *f, uint32_t offset);

_Static_assert(NODE_KIND_COUNT <= 64, "kinds fit a 64-bit mask");

#endif
