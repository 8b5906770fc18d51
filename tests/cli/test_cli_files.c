/*
 * Source files as they come: group S of the bad-input list. Beside each hostile file stands a good one with one
 * finding: it is always found, and what was not read is named.
 */
#include "cli/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* Runs, finds the good file's finding, and hears `named` about the hostile one (NULL: it was read). */
static void expect(const char *named)
{
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", "--list-skipped", NULL);
	if (o.status != 1 || (named && !str_contains(buf_str(&o.err), str_from(named))))
		print_message("status %d, wanted %s:\n%s\n", o.status, named ? named : "-", buf_cstr(&o.err));
	assert_int_equal(o.status, 1);
	assert_has(o.out, GOOD_FINDING);
	if (named)
		assert_has(o.err, named);
	outcome_release(&o);
}

/* S1 */
static void test_deep_nesting(void **state)
{
	(void)state;
	static const struct {
		const char *path, *before, *part, *after;
	} rows[] = {
		{ "src/parens.ts", "x = ", "(", "1" },
		{ "src/arrays.ts", "x = ", "[", "" },
		{ "src/objects.js", "x = ", "{a:", "1" },
		{ "src/calls.js", "x", ".f()", ";" },
		{ "src/else.ts", "", "if (a) {} else ", "{}" },
		{ "src/binary.tsx", "x = 1", " + 1", ";" },
		{ "src/jsx.tsx", "x = ", "<a>", "" },
		{ "a.go", "package a\nvar x = ", "(", "1" },
		{ "b.go", "package a\nfunc f() ", "{", "" },
		{ "a.py", "x = ", "[", "" },
		{ "b.py", "x = ", "(", "1" },
		{ "src/a.rs", "fn f() { let x = ", "(", "1" },
		{ "src/b.rs", "fn f() ", "{", "" },
		{ "a.proto", "syntax = \"proto3\";", "message A {", "" },
		{ "tsconfig.json", "", "[", "" },
		{ "Cargo.toml", "x = ", "[", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		tree_write_repeated(rows[i].path, rows[i].before, rows[i].part, 50000, rows[i].after);
	expect(NULL);
}

/* S2: the lexer is quadratic here; the deadline ends it. */
static void test_a_file_that_takes_too_long(void **state)
{
	(void)state;
	tree_write_repeated("src/slow.rs", "", "r#\"", 60000, "");
	expect("src/slow.rs");
}

/* S3, S4 */
static void test_too_large_and_minified(void **state)
{
	(void)state;
	tree_write_repeated("src/large.ts", "", "const a = 1;\n", 200000, "");
	expect("src/large.ts: skip/size");
	tree_write_repeated("src/lib.min.js", "", "var a=1;", 20000, "");
	expect("src/lib.min.js: skip/minified");
}

/* S5 */
static void test_files_with_little_in_them(void **state)
{
	(void)state;
	tree_write("src/empty.ts", "");
	tree_write("src/mark.ts", "\xef\xbb\xbf");
	tree_write("src/comment.ts", "// nothing");
	tree_write("src/blank.py", "\n\n\x0c\n");
	tree_write("src/open.ts", "console.log(1)");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, "src/open.ts:1:1:", "0 partly parsed, 0 skipped");
	assert_has(o.out, GOOD_FINDING);
	outcome_release(&o);
}

/* S6, S10: lines and columns are those of editors, and the line that is shown is the one that is meant. */
static void test_marks_and_line_ends(void **state)
{
	(void)state;
	static const struct {
		const char *path, *text, *place;
	} rows[] = {
		{ "src/bom.ts",
			"\xef\xbb\xbf"
			"console.log(1);\n",
			"src/bom.ts:1:1: " },
		{ "src/bom2.ts",
			"\xef\xbb\xbf"
			"const a = 1;\n  console.log(1);\n",
			"src/bom2.ts:2:3: " },
		{ "src/crlf.ts", "const a = 1;\r\nconsole.log(1);\r\n", "src/crlf.ts:2:1: " },
		{ "src/cr.ts", "const a = 1;\rconst b = 2;\rconsole.log(1);\rb();\r", "src/cr.ts:3:1: " },
		{ "src/crcrlf.ts", "const a = 1;\r\r\nconsole.log(1);\r\r\n", "src/crcrlf.ts:3:1: " },
		{ "src/separators.ts", "const a = '\u2028\u2029';\x0c\x0b\nconsole.log(1);",
			"src/separators.ts:2:1: " },
		{ "src/tabs.ts", "\t\tconsole.log(1);\n", "src/tabs.ts:1:3: " },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		tree_write(rows[i].path, rows[i].text);
		struct outcome o = run_bylaw(NULL, "check", rows[i].path, NULL);
		expect_outcome(&o, 1, rows[i].place, "0 skipped");
		assert_has(o.out, "console.log(1);\n");
		assert_has(o.out, " ^^^^^^^^^^^^^^\n");
		outcome_release(&o);
	}
	tree_write("src/bom.ts", "\xef\xbb\xbf"
				 "console.log(1); // bylaw-ignore[node/no-console]: a banner\n");
	struct outcome o = run_bylaw(NULL, "check", "src/bom.ts", NULL);
	expect_outcome(&o, 0, "(1 suppressed)", NULL);
	outcome_release(&o);
}

/* S11: a line as long as a file may be; columns are bytes for people and UTF-16 units in SARIF. */
static void test_a_very_long_line(void **state)
{
	(void)state;
	enum { FACES = 200000 };
	char bytes[64], units[64];
	tree_write_repeated("src/wide.ts", "const s = '", "\xf0\x9f\x98\x80", FACES, "'; console.log(s);\n");
	snprintf(bytes, sizeof(bytes), "src/wide.ts:1:%d: ", 11 + 4 * FACES + 4);
	snprintf(units, sizeof(units), "\"startColumn\":%d,", 11 + 2 * FACES + 4);
	struct outcome o = run_bylaw(NULL, "check", "src/wide.ts", NULL);
	expect_outcome(&o, 1, bytes, "0 skipped");
	assert_has(o.out, "console.log(s);\n");
	assert_true(o.out.len < 4096);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", "-o", "sarif", "src/wide.ts", NULL);
	expect_outcome(&o, 1, units, NULL);
	outcome_release(&o);
}

/* S7, S8, S9 */
static void test_encodings(void **state)
{
	(void)state;
	static const char utf16[] = "\xff\xfe"
				    "c\0o\0n\0s\0t\0";
	tree_write_bytes("src/utf16.ts", utf16, sizeof(utf16) - 1);
	expect("src/utf16.ts: skip/encoding");
	tree_write_bytes("src/binary.ts", "const a\0b = 1;", 14);
	expect("src/binary.ts: skip/binary");
	tree_write("src/broken.ts", "const a = \"\xff\xfe\xfd\";\nconsole.log(a);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	assert_has(o.out, "src/broken.ts:2:1:");
	outcome_release(&o);
}

/* S12, S13, S14 */
static void test_things_that_are_no_files(void **state)
{
	(void)state;
	assert_int_equal(mkfifo(tree_path("src/pipe.ts"), 0644), 0);
	expect("src/pipe.ts: skip/special-file");
	assert_int_equal(symlink("/dev/zero", tree_path("src/zero.ts")), 0);
	assert_int_equal(symlink("nowhere.ts", tree_path("src/dangling.ts")), 0);
	assert_int_equal(symlink("..", tree_path("src/loop")), 0);
	assert_int_equal(symlink("/etc", tree_path("src/outside")), 0);
	expect("src/zero.ts: skip/symlink");
	assert_int_equal(mkdir(tree_path("src/folder.ts"), 0755), 0);
	expect(NULL);
}

/* S15: for root nothing is closed, so that it looks as nobody. */
static void test_unreadable(void **state)
{
	(void)state;
	struct run_options options = { .as_nobody = geteuid() == 0 };
	tree_write("src/secret.ts", "console.log(1);\n");
	tree_write("src/closed/a.ts", "console.log(1);\n");
	assert_int_equal(chmod(tree_root(), 0755), 0);
	assert_int_equal(chmod(tree_path("src/secret.ts"), 0), 0);
	assert_int_equal(chmod(tree_path("src/closed"), 0), 0);
	struct outcome o = run_bylaw(&options, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, GOOD_FINDING, "src/secret.ts: io/access");
	assert_has(o.err, "src/closed: io/access");
	outcome_release(&o);
	o = run_bylaw(&options, "check", "src/closed", NULL);
	expect_outcome(&o, 2, NULL, "src/closed: Permission denied");
	outcome_release(&o);
	assert_int_equal(chmod(tree_path("src/closed"), 0755), 0);
}

/* S18 */
static void test_deep_folders_and_long_names(void **state)
{
	(void)state;
	struct buf path = { 0 };
	add_repeated(&path, "d/", 400);
	buf_add_text(&path, "a.ts");
	tree_write(buf_cstr(&path), "console.log(1);\n");
	expect("skip/depth");
	buf_clear(&path);
	buf_add_text(&path, "src/");
	add_repeated(&path, "n", 252);
	buf_add_text(&path, ".ts");
	tree_write(buf_cstr(&path), "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, buf_cstr(&path), NULL);
	outcome_release(&o);
	buf_release(&path);
}

/* S19: what one folder holds is a list, and no more. */
static void test_many_files_in_one_folder(void **state)
{
	(void)state;
	enum { FILES = 20000 };
	char path[32];
	for (unsigned i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "src/many/f%u.ts", i);
		tree_write(path, i == 12345 ? "console.log(1);\n" : "let a;\n");
	}
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, "src/many/f12345.ts:1:1:", "read 20002 files");
	assert_has(o.out, GOOD_FINDING);
	outcome_release(&o);
}

/* S20 */
static void test_editor_files(void **state)
{
	(void)state;
	assert_int_equal(symlink("user@host.1:2", tree_path("src/.#good.ts")), 0);
	tree_write("src/good.ts~", "console.log(1);\n");
	tree_write("src/.good.ts.swp", "console.log(1);\n");
	tree_write("src/._good.ts", "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(
		&o, 1, GOOD_FINDING, "read 2 files, 6 lines (TypeScript 1, JSON 1); 0 partly parsed, 0 skipped\n");
	assert_int_equal(str_find(buf_str(&o.out), '\n'), o.out.len - 1);
	outcome_release(&o);
}

/* S21: what is in a file need not be what its name says. */
static void test_wrong_languages(void **state)
{
	(void)state;
	tree_write("src/csharp.ts",
		"using System;\nnamespace A { class B { static void Main(string[] a) { Console.WriteLine(1); } } }\n");
	tree_write("src/data.ts", "{\"a\": [1, 2, 3]}\n");
	tree_write("src/types.d.ts", "declare const a: number;\n");
	tree_write("src/shell.py", "#!/bin/sh\nfor i in 1 2; do echo $i; done\n");
	expect("src/csharp.ts:");
	expect("src/shell.py:");
	tree_write("src/run", "#!/usr/bin/env node\nconsole.log(1);\n");
	assert_int_equal(chmod(tree_path("src/run"), 0755), 0);
	struct outcome o = run_bylaw(NULL, "why", "src/run", NULL);
	expect_outcome(&o, 0, "language: JavaScript", NULL);
	outcome_release(&o);
}

/* S22 */
static void test_python_indentation(void **state)
{
	(void)state;
	struct buf text = { 0 };
	for (unsigned level = 0; level < 1100; level++) {
		for (unsigned i = 0; i < level; i++)
			buf_add_char(&text, ' ');
		buf_add_text(&text, "if x:\n");
	}
	tree_write_bytes("app/deep.py", text.ptr, text.len);
	buf_release(&text);
	expect(NULL);
}

/* S23: protos, the one kind of contract that is read. What a file imports is looked up among the files of the project. */
static void test_hostile_protos(void **state)
{
	(void)state;
	static const struct {
		const char *path, *before, *part;
		size_t times;
		const char *after;
	} rows[] = {
		{ "a/open.proto", "syntax = \"proto3\";", "message A {", 100000, "" },
		{ "a/extend.proto", "syntax = \"proto2\";", "message A { extend B { optional group C = 1 {", 20000,
			"" },
		{ "a/options.proto", "option (a) = ", "{ a: ", 50000, "1" },
		{ "a/oneofs.proto", "message A {", "oneof b { string c = 1; } ", 20000, "}" },
		{ "a/string.proto", "syntax = \"proto3\"; import \"", "a/", 1000, "" },
		{ "a/comment.proto", "/* ", "/* ", 50000, "" },
		{ "a/map.proto", "message A { ", "map<string, ", 50000, "int32> a = 1; }" },
		{ "a/number.proto", "enum A { B = ", "9", 100000, "; }" },
		{ "a/imports.proto", "",
			"import \"../../../../etc/passwd\"; import \"/etc/shadow\"; import \"a/imports.proto\"; "
			"import \"https://example.org/a.proto\";\n",
			100, "" },
		{ "a/one.proto", "import public \"a/two.proto\"; message One { Two a = ", "1", 1, "; }" },
		{ "a/two.proto", "import public \"a/one.proto\"; message Two { One a = ", "1", 1, "; }" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		tree_write_repeated(rows[i].path, rows[i].before, rows[i].part, rows[i].times, rows[i].after);
	expect("a/string.proto:1: partly parsed");
}

/* S24 */
static void test_hostile_names_are_shown_safely(void **state)
{
	(void)state;
	tree_write("src/a\x1b[31m\nb.ts", "console.log(1);\n");
	tree_write("src/\xff.ts", "console.log(1);\n");
	tree_write("src/-rf.ts", "console.log(1);\n");
	struct outcome o = run_bylaw(NULL, "check", NULL);
	assert_int_equal(o.status, 1);
	assert_lacks(o.out, "\x1b[31m");
	assert_has(o.out, "\\x1b");
	assert_has(o.out, "\\xff.ts");
	assert_has(o.out, "src/-rf.ts:1:1");
	outcome_release(&o);
}

/* S24: the user's words in a message. */
static void test_hostile_words_are_shown_safely(void **state)
{
	(void)state;
	tree_write("package.json", "{ \"dependencies\": { \"@nestjs/common\": \"10\", \"typeorm\": \"1\" } }");
	tree_write_repeated("src/a.controller.ts",
		"import { Controller } from '@nestjs/common';\nimport { Repository } from 'typeorm';\n@Controller()\nexport class ",
		"Long", 250000, "Controller {\n\tconstructor(private readonly a: Repository<A>) {}\n}\n");
	tree_write("src/b.controller.ts", "import '@nestjs/common';\nconsole.log('\x1b[31m\xe2\x80\xae');\n");
	struct outcome o = run_bylaw(NULL, "check", NULL);
	expect_outcome(&o, 1, "error[layers/skip] LongLong", NULL);
	assert_has(o.out, "console.log('\\x1b[31m\\u{202e}');\n");
	assert_lacks(o.out, "\x1b");
	assert_true(o.out.len < 8192);
	outcome_release(&o);
}

/* S25: a file whose tree would need more memory than one file may have. */
static void test_a_file_that_needs_too_much_memory(void **state)
{
	(void)state;
	tree_write_repeated("src/garbage.ts", "", "@<(`{[}$%^&*\n", 150000, "");
	expect("src/garbage.ts");
}

/* S26: two names of one file are two files. */
/* So many servers in one program that to follow each would take the square of them. */
static void test_many_servers_in_one_program(void **state)
{
	(void)state;
	enum { FEW = 20, MANY = 200 };
	struct buf index = { 0 };
	for (unsigned i = 0; i < MANY; i++) {
		char path[32], text[256];
		snprintf(path, sizeof(path), "src/server%u.ts", i);
		snprintf(text, sizeof(text),
			"import express from 'express';\nconst app = express();\n"
			"app.get('/', async (req, res) => res.send(await fetch('https://a.example')));\napp.listen(%u);\n",
			i);
		tree_write(path, text);
		buf_printf(&index, "import './server%u';\n", i);
		tree_write("src/index.ts", buf_cstr(&index));
		if (i + 1 == FEW)
			check_says("--rule", "node/exception-filter", 1, "src/server0.ts:2", "0 skipped");
	}
	check_says("--rule", "node/exception-filter", 0, NULL, "too many applications");
	check_says("--rule", "node/process-handlers", 0, NULL, "too many servers");
	buf_release(&index);
}

static void test_hard_links(void **state)
{
	(void)state;
	assert_int_equal(link(tree_path("src/good.ts"), tree_path("src/again.ts")), 0);
	struct outcome o = run_bylaw(NULL, "check", "-o", "concise", NULL);
	expect_outcome(&o, 1, GOOD_FINDING, "read 3 files");
	assert_has(o.out, "src/again.ts:2:");
	outcome_release(&o);
}

static void test_strict_counts_what_was_not_read(void **state)
{
	(void)state;
	tree_write("src/good.ts", "export const fine = 1;\n");
	struct outcome o = run_bylaw(NULL, "check", "--strict", NULL);
	assert_int_equal(o.status, 0);
	outcome_release(&o);
	tree_write_bytes("src/binary.ts", "a\0b", 3);
	o = run_bylaw(NULL, "check", "--strict", NULL);
	assert_int_equal(o.status, 2);
	outcome_release(&o);
	o = run_bylaw(NULL, "check", NULL);
	assert_int_equal(o.status, 0);
	assert_has(o.err, "1 skipped");
	outcome_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLI_TEST(test_deep_nesting),
		CLI_TEST(test_a_file_that_takes_too_long),
		CLI_TEST(test_too_large_and_minified),
		CLI_TEST(test_files_with_little_in_them),
		CLI_TEST(test_marks_and_line_ends),
		CLI_TEST(test_a_very_long_line),
		CLI_TEST(test_encodings),
		CLI_TEST(test_things_that_are_no_files),
		CLI_TEST(test_unreadable),
		CLI_TEST(test_deep_folders_and_long_names),
		CLI_TEST(test_many_files_in_one_folder),
		CLI_TEST(test_editor_files),
		CLI_TEST(test_wrong_languages),
		CLI_TEST(test_python_indentation),
		CLI_TEST(test_hostile_protos),
		CLI_TEST(test_hostile_names_are_shown_safely),
		CLI_TEST(test_hostile_words_are_shown_safely),
		CLI_TEST(test_a_file_that_needs_too_much_memory),
		CLI_TEST(test_many_servers_in_one_program),
		CLI_TEST(test_hard_links),
		CLI_TEST(test_strict_counts_what_was_not_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
