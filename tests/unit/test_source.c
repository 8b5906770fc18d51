#include "source/disk.h"
#include "source/language.h"
#include "source/listing.h"
#include "source/overlay.h"
#include "source/wildmatch.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* --- a folder that is made for one test and removed after it --- */

static char root[64];

static int make_root(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/bylaw-source-XXXXXX");
	/* The user's own ignore file must not matter. */
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return mkdtemp(root) ? 0 : -1;
}

/* Folder by folder: some of the paths are longer than any system call takes. */
static void empty_folder(int parent, const char *name)
{
	DIR *stream = fdopendir(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
	assert_non_null(stream);
	for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type == DT_DIR)
			empty_folder(dirfd(stream), entry->d_name);
		unlinkat(dirfd(stream), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
	}
	closedir(stream);
}

static int remove_root(void **state)
{
	(void)state;
	empty_folder(AT_FDCWD, root);
	return rmdir(root);
}

static const char *in_root(const char *path)
{
	static char full[4096];
	snprintf(full, sizeof(full), "%s/%s", root, path);
	return full;
}

static void make_folders(const char *path)
{
	char full[4096];
	snprintf(full, sizeof(full), "%s", in_root(path));
	for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
}

static void put_bytes(const char *path, struct str bytes)
{
	make_folders(path);
	FILE *f = fopen(in_root(path), "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
	fclose(f);
}

static void put(const char *path, const char *text)
{
	put_bytes(path, str_from(text));
}

/* "path" or "path!reason" for each file, one a line. */
static struct buf listed(struct source *s)
{
	struct source_files files = { 0 };
	struct err err = { "" };
	struct buf out = { 0 };
	assert_true(source_list(s, &files, &err));
	for (uint32_t i = 0; i < files.list.count; i++) {
		const struct source_file *f = &files.list.items[i];
		buf_printf(&out, "%.*s%s%s\n", STR_ARG(f->path), f->skip ? "!" : "", skip_reason_text(f->skip));
	}
	source_files_release(&files);
	return out;
}

static void assert_lists(const struct str *paths, uint32_t count, const char *expected)
{
	struct err err = { "" };
	struct source *s = disk_source_open(root, paths, count, &err);
	assert_non_null(s);
	struct buf out = listed(s);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
	source_close(s);
}

static enum skip_reason read_path(const char *path, struct buf *bytes)
{
	struct err err = { "" };
	struct source *s = disk_source_open(root, NULL, 0, &err);
	struct source_file file = { .path = str_from(path) };
	enum skip_reason reason = source_read(s, &file, bytes);
	source_close(s);
	return reason;
}

static void assert_reads(const char *path, enum skip_reason expected)
{
	struct buf bytes = { 0 };
	assert_string_equal(skip_reason_text(read_path(path, &bytes)), skip_reason_text(expected));
	if (expected != SKIP_NONE)
		assert_int_equal(bytes.len, 0);
	buf_release(&bytes);
}

/* --- languages --- */

static void languages_by_name(void **state)
{
	static const struct {
		const char *path;
		enum language language;
	} cases[] = {
		{ "a.js", LANGUAGE_JAVASCRIPT },
		{ "src/a.mjs", LANGUAGE_JAVASCRIPT },
		{ "a.cjs", LANGUAGE_JAVASCRIPT },
		{ "a.jsx", LANGUAGE_JAVASCRIPT },
		{ "a.spec.ts", LANGUAGE_TYPESCRIPT },
		{ "a.d.ts", LANGUAGE_TYPESCRIPT },
		{ "a.mts", LANGUAGE_TYPESCRIPT },
		{ "a.tsx", LANGUAGE_TSX },
		{ "cmd/main.go", LANGUAGE_GO },
		{ "a.py", LANGUAGE_PYTHON },
		{ "a.pyi", LANGUAGE_PYTHON },
		{ "a.pyc", LANGUAGE_NONE },
		{ "a.rs", LANGUAGE_RUST },
		{ "x.proto", LANGUAGE_PROTO },
		{ "package.json", LANGUAGE_JSON },
		{ "web/package.json", LANGUAGE_JSON },
		{ "my-package.json", LANGUAGE_NONE },
		{ "package-lock.json", LANGUAGE_NONE },
		{ "tsconfig.json", LANGUAGE_JSON },
		{ "tsconfig.build.json", LANGUAGE_JSON },
		{ "tsconfig", LANGUAGE_NONE },
		{ "pyproject.toml", LANGUAGE_TOML },
		{ "Cargo.toml", LANGUAGE_TOML },
		{ "other.toml", LANGUAGE_NONE },
		{ "Pipfile", LANGUAGE_TOML },
		{ "go.mod", LANGUAGE_GOMOD },
		{ "go.work", LANGUAGE_GOMOD },
		{ "go.sum", LANGUAGE_NONE },
		{ "requirements.txt", LANGUAGE_REQUIREMENTS },
		{ "requirements-dev.txt", LANGUAGE_REQUIREMENTS },
		{ "notes.txt", LANGUAGE_NONE },
		{ ".ts", LANGUAGE_NONE },
		{ "ts", LANGUAGE_NONE },
		{ "a.ts~", LANGUAGE_NONE },
		{ "", LANGUAGE_NONE },
		{ "a.", LANGUAGE_NONE },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (language_by_name(str_from(cases[i].path)) != cases[i].language)
			fail_msg("%s", cases[i].path);
	assert_string_equal(language_name(LANGUAGE_TSX), "TypeScript");
	assert_string_equal(language_id(LANGUAGE_TSX), "tsx");
	assert_string_equal(file_class_name(CLASS_ENTRY), "entry");
	assert_string_equal(skip_reason_text(SKIP_LINK), "skip/symlink");
}

static void languages_by_first_line(void **state)
{
	static const struct {
		const char *text;
		enum language language;
	} cases[] = {
		{ "#!/usr/bin/env node\nx", LANGUAGE_JAVASCRIPT },
		{ "#!/usr/bin/node", LANGUAGE_JAVASCRIPT },
		{ "#!/usr/bin/env -S node --no-warnings\n", LANGUAGE_JAVASCRIPT },
		{ "#!/usr/bin/env -S NODE_ENV=test ts-node\n", LANGUAGE_TYPESCRIPT },
		{ "#!/usr/bin/env deno run\n", LANGUAGE_TYPESCRIPT },
		{ "#!/usr/bin/env bun\r\n", LANGUAGE_TYPESCRIPT },
		{ "#!/usr/bin/env npx tsx\n", LANGUAGE_TYPESCRIPT },
		{ "#!/usr/bin/python\n", LANGUAGE_PYTHON },
		{ "#!/usr/bin/env python3.11\n", LANGUAGE_PYTHON },
		{ "#! /usr/bin/python3 -u\n", LANGUAGE_PYTHON },
		{ "\xEF\xBB\xBF#!/usr/bin/env python\n", LANGUAGE_PYTHON },
		{ "#!/usr/bin/env -S uv run --script\n", LANGUAGE_PYTHON },
		{ "#!/bin/sh\n", LANGUAGE_NONE },
		{ "#!/bin/bash node\n", LANGUAGE_NONE },
		{ "#!\nnode", LANGUAGE_NONE },
		{ "#!", LANGUAGE_NONE },
		{ "", LANGUAGE_NONE },
		{ "node\n", LANGUAGE_NONE },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (language_by_first_line(str_from(cases[i].text)) != cases[i].language)
			fail_msg("%s", cases[i].text);
}

/* --- classes --- */

static const struct {
	const char *path;
	enum file_class class;
	const char *text;
} class_cases[] = {
	{ "src/users/users.service.ts", CLASS_PRODUCTION, "" },
	{ "internal/store/store.go", CLASS_PRODUCTION, "package store\n" },
	/* tests */
	{ "store/store_test.go", CLASS_TEST, "package store\n" },
	{ "store/latest.go", CLASS_PRODUCTION, "package store\n" },
	{ "src/a.spec.ts", CLASS_TEST, "" },
	{ "src/a.test.tsx", CLASS_TEST, "" },
	{ "src/a.e2e-spec.ts", CLASS_TEST, "" },
	{ "src/test.service.ts", CLASS_PRODUCTION, "" },
	{ "src/spec.ts", CLASS_PRODUCTION, "" },
	{ "src/Button.stories.tsx", CLASS_TEST, "" },
	{ "src/__tests__/a.ts", CLASS_TEST, "" },
	{ "src/__mocks__/fs.ts", CLASS_TEST, "" },
	{ "e2e/login.ts", CLASS_TEST, "" },
	{ "pkg/testdata/a.go", CLASS_TEST, "package a\n" },
	{ "pkg/testutils/a.go", CLASS_TEST, "package a\n" },
	{ "spec/a.ts", CLASS_TEST, "" },
	{ "src/spec/parser.ts", CLASS_PRODUCTION, "" },
	{ "app/test_a.py", CLASS_TEST, "" },
	{ "app/a_test.py", CLASS_TEST, "" },
	{ "app/contest.py", CLASS_PRODUCTION, "" },
	{ "conftest.py", CLASS_TEST, "" },
	{ "tests/it.rs", CLASS_TEST, "" },
	{ "benches/b.rs", CLASS_TEST, "" },
	{ "store/mock_store.go", CLASS_TEST, "package store\n" },
	{ "store/store_mock.go", CLASS_TEST, "package store\n" },
	{ "contests/a.ts", CLASS_PRODUCTION, "" },
	{ "tests/main.go", CLASS_TEST, "package main\n" },
	/* examples */
	{ "examples/a/main.go", CLASS_EXAMPLE, "package main\n" },
	{ "docs/snippet.ts", CLASS_EXAMPLE, "" },
	{ "src/docs/docs.service.ts", CLASS_PRODUCTION, "" },
	{ "samples/a.py", CLASS_EXAMPLE, "" },
	{ "src/samples/samples.service.ts", CLASS_PRODUCTION, "" },
	/* migrations */
	{ "apps/api/migrations/1-init.ts", CLASS_MIGRATION, "" },
	{ "alembic/versions/ab12.py", CLASS_MIGRATION, "" },
	{ "app/db/revisions/ab12.py", CLASS_MIGRATION, "revision = \"2\"\ndown_revision = \"1\"\n" },
	{ "src/db/1-init.ts", CLASS_MIGRATION, "export class A1 implements MigrationInterface {}\n" },
	{ "src/app/migrations/List.tsx", CLASS_PRODUCTION, "" },
	{ "google/bigquery/migration/v2/a.proto", CLASS_PRODUCTION, "syntax = \"proto3\";\n" },
	{ "db/seeds/users.ts", CLASS_MIGRATION, "" },
	/* scripts */
	{ "scripts/release.ts", CLASS_SCRIPT, "" },
	{ "hack/gen.go", CLASS_SCRIPT, "package main\n" },
	{ "tools/x/main.go", CLASS_SCRIPT, "package main\n" },
	{ "src/agent/tools/search.py", CLASS_PRODUCTION, "" },
	{ "build.rs", CLASS_SCRIPT, "" },
	{ "src/build.rs", CLASS_PRODUCTION, "" },
	{ "setup.py", CLASS_SCRIPT, "" },
	{ "release", CLASS_SCRIPT, "#!/usr/bin/env python3\n" },
	{ "cli/run.ts", CLASS_PRODUCTION, "" },
	/* configuration */
	{ "vite.config.ts", CLASS_CONFIG, "" },
	{ "apps/web/jest.setup.js", CLASS_CONFIG, "" },
	{ ".eslintrc.js", CLASS_CONFIG, "" },
	{ "gulpfile.js", CLASS_CONFIG, "" },
	{ "foo.config.mjs", CLASS_CONFIG, "" },
	{ "src/config/database.config.ts", CLASS_PRODUCTION, "" },
	/* entries */
	{ "src/main.ts", CLASS_ENTRY, "" },
	{ "src/index.ts", CLASS_ENTRY, "" },
	{ "src/users/index.ts", CLASS_PRODUCTION, "" },
	{ "packages/ui/src/index.ts", CLASS_PRODUCTION, "" },
	{ "apps/api/src/app.ts", CLASS_ENTRY, "" },
	{ "src/app.module.ts", CLASS_PRODUCTION, "" },
	{ "src/http/server.ts", CLASS_PRODUCTION, "" },
	{ "manage.py", CLASS_ENTRY, "#!/usr/bin/env python\n" },
	{ "app/asgi.py", CLASS_ENTRY, "" },
	{ "app/__main__.py", CLASS_ENTRY, "" },
	{ "src/worker/run.py", CLASS_ENTRY, "#!/usr/bin/python\n" },
	{ "cmd/api/serve.go", CLASS_ENTRY, "// Package comment.\npackage main // the server\n" },
	{ "cmd/api/serve.go", CLASS_PRODUCTION, "/*\npackage main\n*/\npackage api\n" },
	{ "src/main.rs", CLASS_ENTRY, "" },
	{ "src/bin/worker.rs", CLASS_ENTRY, "" },
	{ "bin/cli.ts", CLASS_SCRIPT, "" },
	{ "src/lib.rs", CLASS_PRODUCTION, "#![allow(dead_code)]\n" },
	/* generated */
	{ "api/a.pb.go", CLASS_GENERATED, "" },
	{ "api/a_pb2.py", CLASS_GENERATED, "" },
	{ "api/a_pb2_grpc.py", CLASS_GENERATED, "" },
	{ "api/a_pb.ts", CLASS_GENERATED, "" },
	{ "api/a_pb.d.ts", CLASS_GENERATED, "" },
	{ "pkg/zz_generated.deepcopy.go", CLASS_GENERATED, "" },
	{ "src/__generated__/a.ts", CLASS_GENERATED, "" },
	{ "src/graphql.generated.ts", CLASS_GENERATED, "" },
	{ "dist/main.js", CLASS_GENERATED, "" },
	{ "a.go", CLASS_GENERATED, "// Code generated by mockery. DO NOT EDIT.\n\npackage a\n" },
	{ "a.go", CLASS_PRODUCTION, "// Package a writes \"Code generated … DO NOT EDIT\" lines.\npackage a\n" },
	{ "a.go", CLASS_PRODUCTION, "package a\n\nconst h = `\n// Code generated by a. DO NOT EDIT.\n`\n" },
	{ "a.ts", CLASS_GENERATED, "/* eslint-disable */\n// @generated by protobuf-ts\n" },
	{ "a.ts", CLASS_GENERATED,
		"/**\n * This class is auto generated by OpenAPI Generator\n * Do not edit.\n */\n" },
	{ "a.ts", CLASS_GENERATED, "'use strict';\n/* Code generated by X.\n DO NOT\n * EDIT. */\n" },
	{ "a.ts", CLASS_PRODUCTION, "const a = 1;\n// @generated\n" },
	{ "a.ts", CLASS_PRODUCTION, "// Reads what was generated by the build.\n" },
	{ "a.py", CLASS_GENERATED, "\"\"\"Generated file.\n\nDo not modify.\n\"\"\"\n" },
	{ "a.py", CLASS_GENERATED, "# File generated from our OpenAPI spec by Stainless.\n" },
	{ "requirements.txt", CLASS_PRODUCTION, "# This file is autogenerated by pip-compile\n" },
	/* vendored */
	{ "vendor/github.com/a/a.go", CLASS_VENDORED, "package a\n" },
	{ "src/vendor/vendor.service.ts", CLASS_PRODUCTION, "" },
	{ "third_party/a/a.pb.go", CLASS_VENDORED, "" },
	{ "static/bower_components/a.js", CLASS_VENDORED, "" },
	/* minified, templates */
	{ "public/jquery.min.js", CLASS_MINIFIED, "" },
	{ "{{cookiecutter.slug}}/app.py", CLASS_TEMPLATE, "" },
	{ "a.py", CLASS_TEMPLATE, "import os\n{% if x %}\nimport sys\n{% endif %}\n" },
	{ "a.py", CLASS_PRODUCTION, "T = \"\"\"\n{% if x %}\n\"\"\"\n" },
	{ "a.go", CLASS_PRODUCTION, "package a\n\nconst t = `\n{{ range . }}\n`\n" },
	{ "a.ts", CLASS_PRODUCTION, "const t = `\n<% if (x) { %>\n`;\n" },
	{ "a.ts", CLASS_TEMPLATE, "<% if (x) { %>\nimport a from 'a';\n<% } %>\n" },
};

static void classes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(class_cases); i++) {
		struct str path = str_from(class_cases[i].path), text = str_from(class_cases[i].text);
		enum language language = language_by_name(path);
		if (language == LANGUAGE_NONE)
			language = language_by_first_line(text);
		struct classification c = classify(path, language, text);
		if (c.class != class_cases[i].class)
			fail_msg("%s is %s because %s", class_cases[i].path, file_class_name(c.class), c.reason);
		assert_true(strlen(c.reason) > 4);
	}
}

static void repeat(struct buf *b, const char *text, int times)
{
	while (times--)
		buf_add_text(b, text);
}

static enum file_class class_of(struct buf *text)
{
	return classify(STR("a.js"), LANGUAGE_JAVASCRIPT, buf_str(text)).class;
}

static void minified_by_content(void **state)
{
	struct buf b = { 0 };
	(void)state;
	repeat(&b, "function f(a){return a.b(function(c){return c+1})}", 200);
	assert_int_equal(class_of(&b), CLASS_MINIFIED);
	b.len = 3000;
	assert_int_equal(class_of(&b), CLASS_PRODUCTION);
	buf_clear(&b);
	repeat(&b, "const prompt = 'a long text with all its words on one line'; ", 1000);
	assert_int_equal(class_of(&b), CLASS_PRODUCTION);
	buf_clear(&b);
	repeat(&b, "const a = 1;\n", 500);
	repeat(&b, "a(){b(c)};", 3000);
	repeat(&b, "\nconst a = 1;", 500);
	assert_int_equal(class_of(&b), CLASS_MINIFIED);
	buf_release(&b);
}

/* --- ignore rules --- */

/*
 * A .gitignore at the root, a file, and what `git check-ignore --no-index` says of it.
 */
static const struct {
	const char *rules, *path;
	bool ignored;
} ignore_cases[] = {
	{ "a.ts", "a.ts", true },
	{ "a.ts", "x/a.ts", true },
	{ "a.ts", "ba.ts", false },
	{ "/a.ts", "a.ts", true },
	{ "/a.ts", "x/a.ts", false },
	{ "x/a.ts", "x/a.ts", true },
	{ "x/a.ts", "y/x/a.ts", false },
	{ "*.ts", "x/a.ts", true },
	{ "*.ts", "x/a.tsx", false },
	{ "*.min.ts", "a.min.ts", true },
	{ "*.ts\n!a.ts", "a.ts", false },
	{ "!a.ts\n*.ts", "a.ts", true },
	{ "*.ts\n!x/a.ts", "x/a.ts", false },
	{ "*.ts\n!x/a.ts", "a.ts", true },
	{ "x/\n!x/a.ts", "x/a.ts", true },
	{ "x/*\n!x/a.ts", "x/a.ts", false },
	{ "x/*\n!x/a.ts", "x/b.ts", true },
	{ "x/", "x/a.ts", true },
	{ "x/", "y/x/a.ts", true },
	{ "/x/", "y/x/a.ts", false },
	{ "x.ts/", "x.ts", false },
	{ "x", "x/a.ts", true },
	{ "x/*.ts", "x/a.ts", true },
	{ "x/*.ts", "x/y/a.ts", false },
	{ "x/**", "x/y/a.ts", true },
	{ "x/**/a.ts", "x/a.ts", true },
	{ "x/**/a.ts", "x/y/z/a.ts", true },
	{ "x/**/a.ts", "x/y/z/ba.ts", false },
	{ "**/y/a.ts", "y/a.ts", true },
	{ "**/y/a.ts", "x/y/a.ts", true },
	{ "**/y/a.ts", "x/yy/a.ts", false },
	{ "x/**y/a.ts", "x/zy/a.ts", true },
	{ "x/**y/a.ts", "x/z/y/a.ts", false },
	{ "**", "a.ts", true },
	{ "*", "x/a.ts", true },
	{ "*\n!*/\n!*.ts", "x/a.ts", false },
	{ "*\n!*/\n!*.ts", "x/a.js", true },
	{ "?.ts", "a.ts", true },
	{ "?.ts", "ab.ts", false },
	{ "x?a.ts", "x/a.ts", false },
	{ "[ab].ts", "a.ts", true },
	{ "[!ab].ts", "a.ts", false },
	{ "[^ab].ts", "c.ts", true },
	{ "[a-c].ts", "b.ts", true },
	{ "[a-c].ts", "d.ts", false },
	{ "[]a].ts", "].ts", true },
	{ "[a-].ts", "-.ts", true },
	{ "[[:digit:]]*.ts", "1a.ts", true },
	{ "[[:digit:]]*.ts", "a1.ts", false },
	{ "[\\]].ts", "].ts", true },
	{ "[ab.ts", "[ab.ts", false },
	{ "x[/]a.ts", "x/a.ts", false },
	{ "\\*.ts", "*.ts", true },
	{ "\\*.ts", "a.ts", false },
	{ "#a.ts", "#a.ts", false },
	{ "\\#a.ts", "#a.ts", true },
	{ "\\!a.ts", "!a.ts", true },
	{ "a.ts\\", "a.ts", false },
	{ "a.ts  ", "a.ts", true },
	{ "a.ts\\ ", "a.ts", false },
	{ "a.ts\r", "a.ts", true },
	{ "\xEF\xBB\xBF"
	  "a.ts",
		"a.ts", true },
	{ "/", "a.ts", false },
	{ "!", "a.ts", false },
	{ "\n\n# nothing\n", "a.ts", false },
	{ "a*b*c.ts", "axbxc.ts", true },
	{ "a*b*c.ts", "axcxb.ts", false },
	{ "*a*/b.ts", "xax/b.ts", true },
	{ "**/*a/*b/c.ts", "q/xa/xb/c.ts", true },
	{ "**/a*b/**/c.ts", "ax/ayb/z/c.ts", true },
	{ "x/y", "x/y/a.ts", true },
	{ "bin", "bin.ts", false },
};

static void ignore_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ignore_cases); i++) {
		struct err err = { "" };
		make_root(NULL);
		put(".gitignore", ignore_cases[i].rules);
		put(ignore_cases[i].path, "");
		struct source *s = disk_source_open(root, NULL, 0, &err);
		struct buf out = listed(s);
		if ((out.len == 0) != ignore_cases[i].ignored)
			fail_msg("%s on %s: %s", ignore_cases[i].rules, ignore_cases[i].path, buf_cstr(&out));
		buf_release(&out);
		source_close(s);
		remove_root(NULL);
	}
}

static void ignore_files_of_folders(void **state)
{
	(void)state;
	put("keep.ts", "");
	put(".gitignore", "*.gen.ts\n/only-top.ts\nlogs/\n");
	put("only-top.ts", "");
	put("a.gen.ts", "");
	put("pkg/.gitignore", "!a.gen.ts\n/b.ts\nsub/c.ts\n");
	put("pkg/a.gen.ts", "");
	put("pkg/b.ts", "");
	put("pkg/only-top.ts", "");
	put("pkg/sub/b.ts", "");
	put("pkg/sub/c.ts", "");
	put("other/sub/c.ts", "");
	put("logs/.gitignore", "!*\n");
	put("logs/a.ts", "");
	put("package.json", "{}");
	put("other/.gitignore", "package.json\n");
	put("other/package.json", "{}");
	assert_lists(NULL, 0, "keep.ts\nother/sub/c.ts\npackage.json\npkg/a.gen.ts\npkg/only-top.ts\npkg/sub/b.ts\n");
	/* What is asked for is not ignored itself, the rest still is. */
	const struct str named[] = { STR("logs"), STR("pkg/b.ts"), STR("./pkg/sub/") };
	assert_lists(named, 3, "logs/a.ts\npkg/b.ts\npkg/sub/b.ts\n");
}

static void ignore_files_of_the_repository(void **state)
{
	(void)state;
	put(".git/HEAD", "ref: refs/heads/main\n");
	put(".git/objects/keep", "");
	put(".git/info/exclude", "excluded.ts\n");
	put(".gitignore", "*.top.ts\n/svc/anchored.ts\n!kept.top.ts\n");
	put("svc/.gitignore", "mine.ts\n");
	put("svc/api/a.ts", "");
	put("svc/api/excluded.ts", "");
	put("svc/api/x.top.ts", "");
	put("svc/api/kept.top.ts", "");
	put("svc/api/mine.ts", "");
	put("svc/anchored.ts", "");
	put("svc/submodule/.git", "gitdir: ../../.git/modules/x\n");
	put("svc/submodule/a.ts", "");
	struct err err = { "" };
	struct source *s = disk_source_open(in_root("svc"), NULL, 0, &err);
	struct buf out = listed(s);
	assert_string_equal(buf_cstr(&out), "api/a.ts\napi/kept.top.ts\n");
	buf_release(&out);
	source_close(s);
}

static void patterns_are_not_exponential(void **state)
{
	struct buf pattern = { 0 }, path = { 0 };
	uint64_t steps = 0;
	(void)state;
	repeat(&pattern, "a*", 100);
	buf_add_char(&pattern, 'b');
	repeat(&path, "a", 250);
	assert_false(wildmatch(buf_str(&pattern), buf_str(&path), &steps));
	assert_in_range(steps, 1, 100 * 250 * 2);
	buf_clear(&pattern);
	buf_clear(&path);
	repeat(&pattern, "**/a*a*a/", 20);
	buf_add_char(&pattern, 'b');
	repeat(&path, "aaaaaaaaaaaa/", 200);
	buf_add_char(&path, 'c');
	steps = 0;
	assert_false(wildmatch(buf_str(&pattern), buf_str(&path), &steps));
	assert_in_range(steps, 1, 1000 * 1000);
	buf_release(&pattern);
	buf_release(&path);
}

/* --- the disk --- */

static void lists_what_it_reads(void **state)
{
	(void)state;
	put("b.ts", "");
	put("a/z.go", "");
	put("a.ts", "");
	put("a-b.ts", "");
	put("readme.md", "");
	put("node_modules/x/index.js", "");
	put("a/node_modules/x/index.js", "");
	put(".git/hooks/a.py", "");
	put(".storybook/main.ts", "");
	put(".eslintrc.js", "");
	put("folder.ts/x.txt", "");
	put("._a.ts", "");
	put("bad\xff\nname.ts", "");
	put("run", "#!/usr/bin/env node\n");
	chmod(in_root("run"), 0755);
	put("LICENSE", "free\n");
	assert_lists(NULL, 0, ".eslintrc.js\na-b.ts\na.ts\na/z.go\nb.ts\nbad\xff\nname.ts\nrun\n");
	const struct str hidden[] = { STR(".storybook"), STR("a"), STR("a/z.go"), STR("a"), STR("node_modules") };
	assert_lists(hidden, 5, ".storybook/main.ts\na/z.go\n");
	const struct str unknown[] = { STR("readme.md"), STR("LICENSE") };
	assert_lists(unknown, 2, "LICENSE\nreadme.md\n");
}

static void wrong_paths(void **state)
{
	static const struct {
		const char *path, *error;
	} cases[] = {
		{ "src/x.ts", "src/x.ts: no such file or folder" },
		{ "a.ts/x.ts", "a.ts/x.ts: no such file or folder" },
	};
	(void)state;
	put("a.ts", "");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = { "" };
		struct source_files files = { 0 };
		struct str path = str_from(cases[i].path);
		struct source *s = disk_source_open(root, &path, 1, &err);
		assert_false(source_list(s, &files, &err));
		assert_string_equal(err.message, cases[i].error);
		source_files_release(&files);
		source_close(s);
	}
	struct err err = { "" };
	struct str outside = STR("../x.ts");
	assert_null(disk_source_open(root, &outside, 1, &err));
	assert_non_null(strstr(err.message, "../x.ts is outside "));
	err.message[0] = '\0';
	assert_null(disk_source_open("/nonexistent", NULL, 0, &err));
	assert_string_equal(err.message, "/nonexistent: no such folder");
}

/* S12, S13, S14 */
static void special_files_and_links(void **state)
{
	(void)state;
	put("a.ts", "a");
	put("dir/b.ts", "b");
	assert_int_equal(mkfifo(in_root("fifo.ts"), 0644), 0);
	assert_int_equal(mkfifo(in_root("fifo.txt"), 0644), 0);
	assert_int_equal(mkfifo(in_root(".gitignore"), 0644), 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/socket.go", root);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
	assert_int_equal(symlink("a.ts", in_root("link.ts")), 0);
	assert_int_equal(symlink("/dev/zero", in_root("zero.ts")), 0);
	assert_int_equal(symlink("nowhere", in_root("dangling.py")), 0);
	assert_int_equal(symlink("..", in_root("dir/loop")), 0);
	assert_int_equal(symlink("/etc", in_root("out")), 0);
	assert_int_equal(symlink("loop.rs", in_root("loop.rs")), 0);
	mkdir(in_root("x.ts"), 0755);
	assert_lists(NULL, 0,
		"a.ts\ndangling.py!skip/symlink\ndir/b.ts\nfifo.ts!skip/special-file\nlink.ts!skip/symlink\n"
		"loop.rs!skip/symlink\nsocket.go!skip/special-file\nzero.ts!skip/symlink\n");
	const struct str named[] = { STR("fifo.txt"), STR("out"), STR("out/passwd"), STR("dir/loop/a.ts") };
	assert_lists(named, 1, "fifo.txt!skip/special-file\n");
	assert_lists(named + 1, 1, "out!skip/symlink\n");
	assert_reads("a.ts", SKIP_NONE);
	assert_reads("fifo.ts", SKIP_SPECIAL);
	assert_reads("socket.go", SKIP_SPECIAL);
	assert_reads("link.ts", SKIP_LINK);
	assert_reads("zero.ts", SKIP_LINK);
	assert_reads("x.ts", SKIP_SPECIAL);
	assert_reads("gone.ts", SKIP_CHANGED);
	assert_reads("gone/a.ts", SKIP_CHANGED);
	/* A link on the way is not followed either. */
	struct buf bytes = { 0 };
	assert_int_not_equal(read_path("dir/loop/a.ts", &bytes), SKIP_NONE);
	assert_int_not_equal(read_path("out/passwd", &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 0);
	buf_release(&bytes);
}

/* S15 */
static void unreadable(void **state)
{
	(void)state;
	if (geteuid() == 0)
		skip();
	put("a.ts", "");
	put("dir/b.ts", "");
	chmod(in_root("a.ts"), 0);
	chmod(in_root("dir"), 0);
	assert_lists(NULL, 0, "a.ts\ndir!io/access\n");
	assert_reads("a.ts", SKIP_ACCESS);
	chmod(in_root("dir"), 0755);
}

static void put_size(const char *path, off_t size)
{
	put(path, "a\n");
	assert_int_equal(truncate(in_root(path), size), 0);
}

static void sizes_and_encodings(void **state)
{
	struct buf big = { 0 }, bytes = { 0 };
	(void)state;
	put_size("big.ts", SOURCE_MOST_BYTES + 1);
	put("small.ts", "a\n");
	assert_lists(NULL, 0, "big.ts!skip/size\nsmall.ts\n");
	assert_reads("big.ts", SKIP_SIZE);
	repeat(&big, "0123456789abcdef", SOURCE_MOST_BYTES / 16);
	put_bytes("full.ts", buf_str(&big));
	assert_int_equal(read_path("full.ts", &bytes), SKIP_NONE);
	assert_true(str_eq(buf_str(&bytes), buf_str(&big)));
	big.ptr[8191] = '\0';
	put_bytes("binary.ts", str_slice(buf_str(&big), 0, 9000));
	big.ptr[8191] = 'x';
	big.ptr[8192] = '\0';
	put_bytes("late-nul.ts", str_slice(buf_str(&big), 0, 9000));
	assert_reads("binary.ts", SKIP_BINARY);
	assert_reads("late-nul.ts", SKIP_NONE);
	put_bytes("utf16le.ts", STR("\xFF\xFE"
				    "a\0"));
	put_bytes("utf16be.ts", STR("\xFE\xFF\0a"));
	put_bytes("utf32le.ts", STR("\xFF\xFE\0\0a\0\0\0"));
	put_bytes("utf32be.ts", STR("\0\0\xFE\xFF\0\0\0a"));
	put("bom.ts", "\xEF\xBB\xBF"
		      "a");
	put("empty.ts", "");
	assert_reads("utf16le.ts", SKIP_ENCODING);
	assert_reads("utf16be.ts", SKIP_ENCODING);
	assert_reads("utf32le.ts", SKIP_ENCODING);
	assert_reads("utf32be.ts", SKIP_ENCODING);
	assert_reads("empty.ts", SKIP_NONE);
	assert_int_equal(read_path("bom.ts", &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 4);
	buf_release(&bytes);
	buf_release(&big);
}

/* S18 */
static void deep_folders(void **state)
{
	struct source_files files = { 0 };
	struct err err = { "" };
	(void)state;
	int fd = open(root, O_RDONLY | O_DIRECTORY);
	/* Long names, so that the path is longer than PATH_MAX. */
	char name[101];
	memset(name, 'd', 100);
	name[100] = '\0';
	for (int i = 0; i < 300; i++) {
		int file = openat(fd, "a.ts", O_CREAT | O_WRONLY, 0644);
		assert_int_equal(write(file, "x", 1), 1);
		close(file);
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		int below = openat(fd, name, O_RDONLY | O_DIRECTORY);
		close(fd);
		fd = below;
	}
	close(fd);
	struct source *s = disk_source_open(root, NULL, 0, &err);
	assert_true(source_list(s, &files, &err));
	/* The files in the root and 256 folders, and the folder that is too deep. */
	assert_int_equal(files.list.count, SOURCE_MOST_DEPTH + 2);
	assert_int_equal(files.list.items[SOURCE_MOST_DEPTH + 1].skip, SKIP_DEPTH);
	const struct source_file *last = &files.list.items[SOURCE_MOST_DEPTH];
	struct buf bytes = { 0 };
	assert_true(last->path.len > 4096);
	assert_int_equal(source_read(s, last, &bytes), SKIP_NONE);
	assert_int_equal(bytes.len, 1);
	buf_release(&bytes);
	source_files_release(&files);
	source_close(s);
}

/* --- overlays --- */

static void assert_content(struct source *s, const char *path, const char *text)
{
	struct buf bytes = { 0 };
	struct source_file file = { .path = str_from(path) };
	assert_int_equal(source_read(s, &file, &bytes), SKIP_NONE);
	assert_string_equal(buf_cstr(&bytes), text);
	buf_release(&bytes);
}

static void assert_listed(struct source *s, const char *expected)
{
	struct buf out = listed(s);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

static void overlay_over_disk(void **state)
{
	struct err err = { "" };
	struct buf bytes = { 0 };
	(void)state;
	put("a.ts", "disk a");
	put("b.ts", "disk b");
	struct source *s = overlay_source_open(disk_source_open(root, NULL, 0, &err));
	overlay_source_put(s, STR("b.ts"), STR("edited b"));
	overlay_source_put(s, STR("c/new.go"), STR("package c"));
	assert_listed(s, "a.ts\nb.ts\nc/new.go\n");
	assert_content(s, "a.ts", "disk a");
	assert_content(s, "b.ts", "edited b");
	overlay_source_put(s, STR("b.ts"), STR("again"));
	assert_content(s, "b.ts", "again");
	overlay_source_remove(s, STR("a.ts"));
	assert_listed(s, "b.ts\nc/new.go\n");
	struct source_file gone = { .path = STR("a.ts") };
	assert_int_equal(source_read(s, &gone, &bytes), SKIP_CHANGED);
	overlay_source_drop(s, STR("a.ts"));
	overlay_source_drop(s, STR("b.ts"));
	overlay_source_drop(s, STR("c/new.go"));
	assert_listed(s, "a.ts\nb.ts\n");
	assert_content(s, "b.ts", "disk b");
	buf_release(&bytes);
	source_close(s);
}

static void overlay_over_nothing(void **state)
{
	struct buf bytes = { 0 };
	(void)state;
	struct source *s = overlay_source_open(NULL);
	assert_listed(s, "");
	overlay_source_put(s, STR("b.py"), STR(""));
	overlay_source_put(s, STR("a.py"), STR("x = 1"));
	overlay_source_put(s, STR("notes.txt"), STR("x"));
	overlay_source_put(s, STR("run"), STR("#!/usr/bin/env python\n"));
	overlay_source_put(s, STR("node_modules/a.js"), STR("x"));
	assert_listed(s, "a.py\nb.py\nrun\n");
	assert_content(s, "a.py", "x = 1");
	assert_content(s, "b.py", "");
	struct source_file unknown = { .path = STR("c.py") };
	assert_int_equal(source_read(s, &unknown, &bytes), SKIP_CHANGED);
	overlay_source_put(s, STR("a.py"), (struct str){ "x\0y", 3 });
	struct source_file binary = { .path = STR("a.py") };
	assert_int_equal(source_read(s, &binary, &bytes), SKIP_BINARY);
	buf_release(&bytes);
	source_close(s);
}

int main(void)
{
#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_by_name),
		cmocka_unit_test(languages_by_first_line),
		cmocka_unit_test(classes),
		cmocka_unit_test(minified_by_content),
		cmocka_unit_test(ignore_rules),
		IN_ROOT(ignore_files_of_folders),
		IN_ROOT(ignore_files_of_the_repository),
		cmocka_unit_test(patterns_are_not_exponential),
		IN_ROOT(lists_what_it_reads),
		IN_ROOT(wrong_paths),
		IN_ROOT(special_files_and_links),
		IN_ROOT(unreadable),
		IN_ROOT(sizes_and_encodings),
		IN_ROOT(deep_folders),
		IN_ROOT(overlay_over_disk),
		cmocka_unit_test(overlay_over_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
