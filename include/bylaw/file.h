/* A file of the project: where it is, what it is for, and whether it was read. */
#ifndef BYLAW_FILE_H
#define BYLAW_FILE_H

#include "bylaw/language.h"
#include "bylaw/str.h"

/* What a file is for. Only production code and entry points are accused unless a rule says otherwise. */
/* clang-format off */
#define FILE_CLASSES(X)                                                                         \
	X(PRODUCTION, "production")                                                             \
	X(ENTRY, "entry")           /* starts a program: main.ts, package main, asgi.py */      \
	X(TEST, "test")             /* tests, fixtures, mocks, stories, benchmarks */           \
	X(EXAMPLE, "example")       /* examples, demos, samples, documentation snippets */      \
	X(SCRIPT, "script")         /* one-off and build scripts, CLIs of the repository */     \
	X(MIGRATION, "migration")   /* schema migrations and seeds */                           \
	X(CONFIG, "config")         /* tool configuration written as code: vite.config.ts */    \
	X(GENERATED, "generated")                                                               \
	X(VENDORED, "vendored")                                                                 \
	X(MINIFIED, "minified")                                                                 \
	X(TEMPLATE, "template")     /* a template that only looks like code: Jinja, EJS */
/* clang-format on */

enum file_class {
#define X(id, name) CLASS_##id,
	FILE_CLASSES(X) CLASS_COUNT
#undef X
};

const char *file_class_name(enum file_class class);

/* Why a file was not analysed, or only partly. The texts are stable ids. */
/* clang-format off */
#define SKIP_REASONS(X)                                                                             \
	X(NONE, "")                                                                                 \
	X(SIZE, "skip/size")                 /* larger than the limit */                            \
	X(BINARY, "skip/binary")             /* NUL in its first 8 KiB */                           \
	X(ENCODING, "skip/encoding")         /* UTF-16 or UTF-32 */                                 \
	X(SPECIAL, "skip/special-file")      /* FIFO, socket, device */                             \
	X(LINK, "skip/symlink")              /* links are not followed */                           \
	X(DEPTH, "skip/depth")               /* too many folders deep */                            \
	X(MINIFIED, "skip/minified")                                                                \
	X(TEMPLATE, "skip/template")                                                                \
	X(ACCESS, "io/access")               /* may not be read */                                  \
	X(IO, "io/error")                                                                           \
	X(CHANGED, "io/changed")             /* gone or changed while it was read */                \
	X(TIME, "limit/time")                                                                       \
	X(MEMORY, "limit/memory")                                                                   \
	X(NODES, "limit/nodes")              /* more nodes than one file may have */                \
	X(OBJECT, "git/object")              /* a git object that cannot be read */
/* clang-format on */

enum skip_reason {
#define X(id, text) SKIP_##id,
	SKIP_REASONS(X) SKIP_COUNT
#undef X
};

const char *skip_reason_text(enum skip_reason reason);

typedef uint32_t file_id;
#define NO_FILE UINT32_MAX

#endif
