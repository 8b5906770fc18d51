/* Languages and classes of files: by name, by place, by content. */
#include "source/language.h"
#include "tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

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
		{ "App.vue", LANGUAGE_COMPONENT },
		{ "orders.component.html", LANGUAGE_HTML },
		{ "views/orders.ejs", LANGUAGE_HTML },
		{ "templates/feed.xml", LANGUAGE_HTML },
		{ "+page.svelte", LANGUAGE_COMPONENT },
		{ "index.astro", LANGUAGE_COMPONENT },
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
	{ "frontend/mock-backend/server.ts", CLASS_TEST, "" },
	{ "web/mock-server.js", CLASS_TEST, "" },
	{ "tests-integration/src/cluster.rs", CLASS_TEST, "" },
	{ "fuzz/targets/parse.rs", CLASS_TEST, "" },
	{ "src/mock-server/mock-server.service.ts", CLASS_PRODUCTION, "" }, /* what the program is about */
	{ "src/demo.ts", CLASS_EXAMPLE, "" },
	{ "src/Demo.vue", CLASS_PRODUCTION, "" },
	{ "_examples/chat/index.js", CLASS_EXAMPLE, "" },
	{ "e2e/login.ts", CLASS_TEST, "" },
	{ "pkg/testdata/a.go", CLASS_TEST, "package a\n" },
	{ "pkg/testutils/a.go", CLASS_TEST, "package a\n" },
	{ "client/history/historytest/a.go", CLASS_TEST, "package historytest\n" },
	{ "tools/clitest/a.go", CLASS_TEST, "package clitest\n" },
	{ "workflow/workflow_test/a.go", CLASS_TEST, "package workflow_test\n" },
	{ "integration-test/a.go", CLASS_TEST, "package integration\n" },
	{ "contesttest/a.go", CLASS_TEST, "package contesttest\n" },
	{ "schema/latest/v1/config.go", CLASS_PRODUCTION, "package v1\n" },
	{ "schema/api-latest/config.go", CLASS_PRODUCTION, "package api\n" },
	{ "cli/attest/attest.go", CLASS_PRODUCTION, "package attest\n" },
	{ "contest/judge/judge.go", CLASS_PRODUCTION, "package judge\n" },
	{ "strategy/backtest/run.go", CLASS_PRODUCTION, "package backtest\n" },
	{ "testament/a.go", CLASS_PRODUCTION, "package testament\n" },
	{ "src/historytest/a.ts", CLASS_PRODUCTION, "" },
	{ "spec/a.ts", CLASS_TEST, "" },
	{ "src/spec/parser.ts", CLASS_PRODUCTION, "" },
	{ "app/test_a.py", CLASS_TEST, "" },
	{ "app/a_test.py", CLASS_TEST, "" },
	{ "app/contest.py", CLASS_PRODUCTION, "" },
	{ "conftest.py", CLASS_TEST, "" },
	{ "tests/it.rs", CLASS_TEST, "" },
	{ "benches/b.rs", CLASS_TEST, "" },
	{ "store/mock_store.go", CLASS_TEST, "package store\n" },
	{ "store/store_fake.go", CLASS_TEST, "package store\n" },
	{ "store/fake_store.go", CLASS_TEST, "package store\n" },
	{ "store/store_mock.go", CLASS_TEST, "package store\n" },
	{ "contests/a.ts", CLASS_PRODUCTION, "" },
	{ "tests/main.go", CLASS_TEST, "package main\n" },
	/* examples */
	{ "examples/a/main.go", CLASS_EXAMPLE, "package main\n" },
	{ "docs/snippet.ts", CLASS_EXAMPLE, "" },
	{ "src/docs/docs.service.ts", CLASS_PRODUCTION, "" },
	{ "crates/docs/src/api.rs", CLASS_PRODUCTION, "" },
	{ "samples/a.py", CLASS_EXAMPLE, "" },
	{ "src/samples/samples.service.ts", CLASS_PRODUCTION, "" },
	/* migrations */
	{ "apps/api/migrations/1-init.ts", CLASS_MIGRATION, "" },
	{ "alembic/versions/ab12.py", CLASS_MIGRATION, "" },
	{ "app/db/revisions/ab12.py", CLASS_MIGRATION, "revision = \"2\"\ndown_revision = \"1\"\n" },
	{ "src/db/1-init.ts", CLASS_MIGRATION, "export class A1 implements MigrationInterface {}\n" },
	{ "src/app/migrations/List.tsx", CLASS_PRODUCTION, "" },
	{ "db/migration/1-init.ts", CLASS_MIGRATION, "" },
	{ "apps/web/pages/api/migration/index.ts", CLASS_PRODUCTION, "" },
	{ "src/services/benchmarks/benchmarks.controller.ts", CLASS_PRODUCTION, "" },
	{ "benchmarks/read.ts", CLASS_TEST, "" },
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
	{ "a.rs", CLASS_GENERATED, "/*\n * Pets\n *\n * Generated by: https://openapi-generator.tech\n */\n" },
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
	{ "templates/app.html", CLASS_PRODUCTION, "{% if x %}\n{% endif %}\n" },
	{ "dist/index.html", CLASS_GENERATED, "" },
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

static enum file_class class_of(struct buf *text)
{
	return classify(STR("a.js"), LANGUAGE_JAVASCRIPT, buf_str(text)).class;
}

static void minified_by_content(void **state)
{
	struct buf b = { 0 };
	(void)state;
	add_repeated(&b, "function f(a){return a.b(function(c){return c+1})}", 200);
	assert_int_equal(class_of(&b), CLASS_MINIFIED);
	b.len = 3000;
	assert_int_equal(class_of(&b), CLASS_PRODUCTION);
	buf_clear(&b);
	add_repeated(&b, "const prompt = 'a long text with all its words on one line'; ", 1000);
	assert_int_equal(class_of(&b), CLASS_PRODUCTION);
	buf_clear(&b);
	add_repeated(&b, "const a = 1;\n", 500);
	add_repeated(&b, "a(){b(c)};", 3000);
	add_repeated(&b, "\nconst a = 1;", 500);
	assert_int_equal(class_of(&b), CLASS_MINIFIED);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_by_name),
		cmocka_unit_test(languages_by_first_line),
		cmocka_unit_test(classes),
		cmocka_unit_test(minified_by_content),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
