/* Which findings comments cover, ours and other linters', and what is said of the comments themselves. */
#include "unit/project.h"

/* Findings that stand, as "line:rule line:rule"; suppressed ones in brackets. */
static void describe(const struct project *p, struct buf *out)
{
	for (uint32_t i = 0; i < p->result.report.findings.count; i++) {
		const struct finding *f = p->result.report.findings.items[i];
		bool covered = f->suppression != NOT_SUPPRESSED;
		buf_printf(out, "%s%s%u:%s%s", out->len ? " " : "", covered ? "[" : "", f->place.line,
			strchr(f->rule->id, '/') + 1, covered ? "]" : "");
	}
}

struct row {
	const char *path, *text, *expected;
};

#define LOG "console.log(1);\n"

static const struct row suppressions[] = {
	/* trailing: its statement */
	{ "src/a.ts", "console.log(1); // " IGNORE ": banner\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // " IGNORE ": banner\nconsole.log(2);\n", "[1:no-console] 2:no-console" },
	{ "src/a.ts", "console.log(\n\t1,\n); // " IGNORE ": banner\n", "[1:no-console]" },
	{ "src/a.ts", "f(() => {\n\tconsole.log(1);\n}); // " IGNORE ": whole statement\n", "[2:no-console]" },
	{ "src/a.ts", "console // " IGNORE ": in a chain\n\t.log(1);\n" LOG, "[1:no-console] 3:no-console" },
	{ "src/a.ts", "if (a) { // " IGNORE ": header only\n\tconsole.log(1);\n}\n",
		"1:unused-suppression 2:no-console" },
	/* alone: the next statement */
	{ "src/a.ts", "// " IGNORE ": banner\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// " IGNORE ": banner\n\n// and more\nconsole.log(1);\nconsole.log(2);\n",
		"[4:no-console] 5:no-console" },
	{ "src/a.ts", "/* " IGNORE ": banner */\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// " IGNORE ": header only\nfunction f() {\n\tconsole.log(1);\n}\n",
		"1:unused-suppression 3:no-console" },
	{ "src/a.ts", "function f() {\n\t// " IGNORE ": inner\n\tconsole.log(1);\n}\n", "[3:no-console]" },
	{ "src/a.ts", "const a = {\n\t// " IGNORE ": a property\n\tb: console.log,\n};\n", "[3:no-console]" },
	/* the whole file */
	{ "src/a.ts", "console.log(1);\nconsole.log(2);\n// bylaw-ignore-file[node/no-console]: a demo\n",
		"[1:no-console] [2:no-console]" },
	/* several rules, areas */
	{ "src/a.ts", "console.log(1); // bylaw-ignore[go/goroutine-join, node/no-console]: both\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/*]: the area\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[layers/skip]: another rule\n",
		"1:no-console 1:unused-suppression" },
	/* no reason, no rule, no need */
	{ "src/a.ts", "console.log(1); // " IGNORE "\n", "1:no-console 1:missing-reason" },
	{ "src/a.ts", "console.log(1); // " IGNORE ":\n", "1:no-console 1:missing-reason" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/no-consol]: typo\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "const a = 1; // " IGNORE ": nothing here\n", "1:unused-suppression" },
	{ "src/a.ts", "console.log(1); // see bylaw-ignore[node/no-console]: not at its start\n", "1:no-console" },
	/* until */
	{ "src/a.ts", "console.log(1); // " IGNORE " until=2026-06-15: the last day\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // " IGNORE " until=2026-06-14: over\n", "1:no-console 1:unused-suppression" },
	/* a comment in a string is none */
	{ "src/a.ts", "console.log(\"// " IGNORE ": no\");\n", "1:no-console" },
	{ "src/a.ts", "console.log(1); // " IGNORE ": crlf\r\nconsole.log(2);\r\n", "[1:no-console] 2:no-console" },
	/* other languages' comments */
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # bylaw-ignore[python/async-io]: alone\n",
		"[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    # bylaw-ignore[python/async-io]: alone\n    time.sleep(1)\n",
		"[5:async-io]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) // bylaw-ignore[go/panic-startup-only]: known\n}\n",
		"[4:panic-startup-only]" },
	/* peers */
	{ "src/a.ts", "// eslint-disable-next-line no-console\nconsole.log(1);\nconsole.log(2);\n",
		"[2:no-console] 3:no-console" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line no-console\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line\n", "[1:no-console]" },
	{ "src/a.ts", "console.log(1); // eslint-disable-line no-alert\n", "1:no-console" },
	{ "src/a.ts",
		"/* eslint-disable no-console */\nconsole.log(1);\n/* eslint-enable no-console "
		"*/\nconsole.log(2);\n",
		"[2:no-console] 4:no-console" },
	{ "src/a.ts", "/* eslint-disable no-alert, no-console -- a tool */\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// biome-ignore lint/suspicious/noConsole: start-up\nconsole.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "// oxlint-disable-next-line no-console\nconsole.log(1);\n", "[2:no-console]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: ASYNC251\n", "[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: E501\n", "4:async-io" },
	{ "app/a.py", "# ruff: noqa: ASYNC251\nimport time\n\nasync def f():\n    time.sleep(1)\n", "[5:async-io]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolint:revive,nopanic // known\n}\n",
		"[4:panic-startup-only]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolint:errcheck\n}\n", "4:panic-startup-only" },
};

#define PANIC "bylaw-ignore[go/panic-startup-only]"
#define ASYNC "bylaw-ignore[python/async-io]"
#define PRINT "bylaw-ignore[rust/no-print]"

/* How far a comment of ours reaches. */
static const struct row scopes[] = {
	/* a line that ends a compound statement, or goes on with it, is covered alone */
	{ "src/a.ts", "if (a) {\n\t" LOG "} else { // " IGNORE ": this line\n\t" LOG "}\n",
		"2:no-console 3:unused-suppression 4:no-console" },
	{ "src/a.ts", "if (a) {\n\t" LOG "} // " IGNORE ": this line\n", "2:no-console 3:unused-suppression" },
	{ "src/a.ts", "if (a) {\n} else if (console.log(1)) { // " IGNORE ": this line\n}\n", "[2:no-console]" },
	{ "src/a.ts", "while (\n\tconsole.log(1)\n) { // " IGNORE ": all of the header\n\t" LOG "}\n",
		"[2:no-console] 4:no-console" },
	/* a function in a variable is a function */
	{ "src/a.ts", "// " IGNORE ": header\nconst f = (a = console.log(1)) => {\n\t" LOG "};\n",
		"[2:no-console] 3:no-console" },
	{ "src/a.ts", "// " IGNORE ": whole\nconst f = () => console.log(1);\n", "[2:no-console]" },
	{ "src/a.ts", "class A {\n\tf = () => { // " IGNORE ": header\n\t\t" LOG "\t};\n}\n",
		"2:unused-suppression 3:no-console" },
	/* classes: up to the first member, decorators included */
	{ "src/a.ts",
		"// " IGNORE
		": header\n@D(console.log)\nclass A\n\textends f(console.log) {\n\ta = console.log(1);\n}\n",
		"[2:no-console] [4:no-console] 5:no-console" },
	{ "src/a.ts", "@D(console.log) // " IGNORE ": header\nclass A {\n\ta = console.log(1);\n}\n",
		"[1:no-console] 3:no-console" },
	{ "src/a.ts", "class A {\n\t@D()\n\t// " IGNORE ": between\n\t@E(console.log)\n\tf() {\n\t\t" LOG "\t}\n}\n",
		"[4:no-console] 6:no-console" },
	{ "src/a.ts", "// " IGNORE ": no line behind it\nclass A { a = console.log(1) }",
		"1:unused-suppression 2:no-console" },
	{ "src/a.ts", "class A {} // " IGNORE ": no line behind it", "1:unused-suppression" },
	/* in the middle of a statement: what follows */
	{ "src/a.ts", "f(\n\t// " IGNORE ": argument\n\tconsole.log(1),\n\tconsole.log(2),\n);\n",
		"[3:no-console] 4:no-console" },
	{ "src/a.ts", "const a = {\n\tb: console.log, // " IGNORE ": this property\n\tc: console.log,\n};\n",
		"[2:no-console] 3:no-console" },
	{ "src/a.tsx",
		"const a = <A>\n\t{/* " IGNORE
		": element */}\n\t<B b={console.log} />\n\t<C c={console.log} />\n</A>;\n",
		"[3:no-console] 4:no-console" },
	{ "src/a.ts", "switch (a) {\n\t// " IGNORE ": first\n\tcase 1:\n\t\t" LOG "\t\t" LOG "}\n",
		"[4:no-console] 5:no-console" },
	{ "src/a.ts", "switch (a) {\n\tcase 1:\n\t\t" LOG "\t\t// " IGNORE ": second\n\t\t" LOG "}\n",
		"3:no-console [5:no-console]" },
	/* the last thing in a block covers nothing behind it */
	{ "src/a.ts", "function f() {\n\t// " IGNORE ": nothing\n}\n" LOG, "2:unused-suppression 4:no-console" },
	{ "src/a.ts", "// " IGNORE ": nothing follows", "1:unused-suppression" },
	/* two comments for one finding are both needed */
	{ "src/a.ts", "// bylaw-ignore-file[node/no-console]: a demo\nconsole.log(1); // " IGNORE ": banner\n",
		"[2:no-console]" },
	{ "src/a.ts", "// " IGNORE ": one\n// bylaw-ignore[go/goroutine-join]: not of this language\n" LOG,
		"[3:no-console]" },
	/* each id must be needed */
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/no-console, layers/skip]: one of them\n",
		"[1:no-console] 1:unused-suppression" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[node/no-console, node/no-consol]: one of them\n",
		"[1:no-console] 1:unknown-rule" },
	/* forms that name no rule */
	{ "src/a.ts", "console.log(1); // bylaw-ignore: all of it\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[]: all of it\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore[*]: all of it\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore node/no-console: no brackets\n", "1:no-console 1:unknown-rule" },
	{ "src/a.ts", "console.log(1); // bylaw-ignore comments need a reason\n", "1:no-console" },
	{ "src/a.ts", "console.log(1); // " IGNORE " until=soon: no day\n", "1:no-console 1:unused-suppression" },
	{ "src/a.ts", "console.log(1); // " IGNORE " until=2026-13-01: no day\n", "1:no-console 1:unused-suppression" },
	/* said of nothing that was not judged: broken files, other classes */
	{ "src/a.ts", "const a = 1; // " IGNORE ": who knows\nfunction (\n", "2:parse-error" },
	{ "src/a.spec.ts", "console.log(1); // " IGNORE ": tests are not accused\n", "" },
	/* Python: a block starts with its first statement */
	{ "app/a.py", "import time\n\nasync def f():\n    # " ASYNC ": first\n    time.sleep(1)\n    time.sleep(2)\n",
		"[5:async-io] 6:async-io" },
	{ "app/a.py",
		"import time\n\nasync def f():\n    with g(time.sleep(1)):  # " ASYNC
		": header\n        time.sleep(2)\n",
		"[4:async-io] 5:async-io" },
	{ "app/a.py",
		"import time\n\nasync def f():\n    try:\n        a()\n    except E:  # " ASYNC
		": line\n        time.sleep(2)\n",
		"6:unused-suppression 7:async-io" },
	{ "app/a.py",
		"import time\n\nasync def f():\n    return time.sleep(\n        1,  # " ASYNC ": statement\n    )\n",
		"[4:async-io]" },
	/* Go: a goroutine's function is a function */
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\t// " PANIC ": header\n\tdefer func() {\n\t\tpanic(1)\n\t}()\n}\n",
		"4:unused-suppression 6:panic-startup-only" },
	{ "a.go", "package a\n\n// f does.\n// " PANIC ": header\nfunc (s *S) f() {\n\tpanic(1)\n}\n",
		"4:unused-suppression 6:panic-startup-only" },
	/* Rust: attributes stand before, an arm is covered whole */
	{ "src/a.rs", "// " PRINT ": header\n#[inline]\nfn f() {\n    println!();\n}\n",
		"1:unused-suppression 4:no-print" },
	{ "src/a.rs",
		"fn f() {\n    match a {\n        // " PRINT
		": arm\n        1 => println!(),\n        _ => println!(),\n    }\n}\n",
		"[4:no-print] 5:no-print" },
	{ "src/a.rs", "fn f() {\n    let a = if b { // " PRINT ": header\n        println!()\n    } else { 1 };\n}\n",
		"2:unused-suppression 3:no-print" },
};

/* Other linters' comments. */
static const struct row peers[] = {
	{ "src/a.ts",
		"/* eslint-disable no-console */\n" LOG "/* eslint-enable no-alert */\n" LOG
		"/* eslint-enable */\n" LOG,
		"[2:no-console] [4:no-console] 6:no-console" },
	{ "src/a.ts", "/* eslint-disable */\n" LOG, "[2:no-console]" },
	{ "src/a.ts", LOG "/* eslint-disable */\n" LOG "/* eslint-enable */\n" LOG "// eslint-disable-next-line\n" LOG,
		"1:no-console [3:no-console] 5:no-console [7:no-console]" },
	{ "src/a.ts", "// eslint-disable-next-line -- a tool\n" LOG, "[2:no-console]" },
	{ "src/a.ts", "// eslint-disable-next-line no-alert -- not no-console\n" LOG, "2:no-console" },
	{ "src/a.ts", "// eslint-disable-next-lines no-console\n" LOG, "2:no-console" },
	{ "src/a.ts", "// biome-ignore lint/suspicious: the group\n" LOG, "[2:no-console]" },
	{ "src/a.ts", "// biome-ignore lint: all\n" LOG, "[2:no-console]" },
	{ "src/a.ts", "// biome-ignore lint/style/useConst: not noConsole\n" LOG, "2:no-console" },
	{ "src/a.ts", "// biome-ignore-all lint/suspicious/noConsole: a tool\n\n" LOG LOG,
		"[3:no-console] [4:no-console]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # NOQA\n", "[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa:E501,ASYNC251 start-up\n",
		"[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: ASYNC2\n", "[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # type: ignore  # noqa: ASYNC251\n",
		"[4:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # noqa: E501 not ASYNC251\n", "4:async-io" },
	{ "app/a.py", "# flake8: noqa\nimport time\n\nasync def f():\n    time.sleep(1)\n", "[5:async-io]" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # nosec B101\n", "4:async-io" },
	{ "app/a.py", "import time\n\nasync def f():\n    time.sleep(1)  # nosec\n", "[4:async-io]" },
	{ "a.go", "package a\n\nfunc (s *S) f() { //nolint:nopanic\n\tpanic(1)\n}\n", "[4:panic-startup-only]" },
	{ "a.go", "package a\n\n// f does.\n//\n//nolint:nopanic // known\nfunc (s *S) f() {\n\tpanic(1)\n}\n",
		"[7:panic-startup-only]" },
	{ "a.go",
		"package a\n\n//nolint:nopanic\nfunc (s *S) f() {\n\tpanic(1)\n}\n\nfunc (s *S) g() "
		"{\n\tpanic(1)\n}\n",
		"[5:panic-startup-only] 9:panic-startup-only" },
	{ "a.go", "//nolint:nopanic\npackage a\n\nfunc (s *S) f() {\n\tpanic(1)\n}\n", "[5:panic-startup-only]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolint // nopanic\n}\n", "[4:panic-startup-only]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) //nolintlint\n}\n", "4:panic-startup-only" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\t//lint:ignore nopanic known\n\tpanic(1)\n\tpanic(2)\n}\n",
		"[5:panic-startup-only] 6:panic-startup-only" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\t//lint:ignore SA1000 nopanic is another\n\tpanic(1)\n}\n",
		"5:panic-startup-only" },
	{ "a.go", "package a\n\n//lint:file-ignore nopanic known\n\nfunc (s *S) f() {\n\tpanic(1)\n}\n",
		"[6:panic-startup-only]" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) // #nosec G104 -- known\n}\n", "4:panic-startup-only" },
	{ "a.go", "package a\n\nfunc (s *S) f() {\n\tpanic(1) // #nosec\n}\n", "[4:panic-startup-only]" },
	{ "src/a.rs", "#[allow(clippy::print_stdout)]\nfn f() {\n    println!();\n}\nfn g() {\n    println!();\n}\n",
		"[3:no-print] 6:no-print" },
	{ "src/a.rs",
		"#[expect(unused, clippy::print_stdout, reason = \"a tool\")]\nimpl S {\n    fn f() {\n        "
		"println!();\n    }\n}\n",
		"[4:no-print]" },
	{ "src/a.rs", "#![allow(clippy::print_stdout)]\nfn f() {\n    println!();\n}\n", "[3:no-print]" },
	{ "src/a.rs",
		"mod m {\n    #![allow(clippy::print_stdout)]\n    fn f() {\n        println!();\n    }\n}\nfn g() "
		"{\n    println!();\n}\n",
		"[4:no-print] 8:no-print" },
	{ "src/a.rs", "#[allow(clippy::unwrap_used)]\nfn f() {\n    println!();\n}\n", "3:no-print" },
};

static void check_rows(const struct row *rows, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++) {
		struct project p;
		struct buf found = { 0 };
		project_run(&p, rows[i].path, rows[i].text, STRICT);
		describe(&p, &found);
		if (!str_is(buf_str(&found), rows[i].expected)) {
			print_message("row %zu:\n%s\nexpected %s\nfound    %s\n", i, rows[i].text, rows[i].expected,
				buf_cstr(&found));
			wrong++;
		}
		buf_release(&found);
		project_release(&p);
	}
	assert_int_equal(wrong, 0);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void test_suppressions(void **state)
{
	(void)state;
	CHECK_ROWS(suppressions);
}

static void test_scopes(void **state)
{
	(void)state;
	CHECK_ROWS(scopes);
}

static void test_peers(void **state)
{
	(void)state;
	CHECK_ROWS(peers);
}

static void test_peers_can_be_turned_off(void **state)
{
	(void)state;
	struct project p;
	project_run(&p, "src/a.ts", "console.log(1); // eslint-disable-line\n", "peer-suppressions: false\n");
	assert_int_equal(report_count(&p.result.report, SEVERITY_ERROR), 1);
	project_release(&p);
}

/* The reason is what the comment says, ours or another linter's. */
static void test_justifications(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "src/a.ts", "console.log(1); // " IGNORE ": start-up banner\n", "start-up banner" },
		{ "src/a.ts", "console.log(1); // " IGNORE " until=2027-01-01:  until then \n", "until then" },
		{ "src/a.ts", "console.log(1); // eslint-disable-line no-console -- banner\n",
			"eslint-disable-line no-console -- banner" },
		{ "src/a.rs", "#[allow(clippy::print_stdout, dead_code)]\nfn f() {\n    println!();\n}\n",
			"#[allow(clippy::print_stdout, \xE2\x80\xA6)]" },
		{ "src/a.rs", "#[expect(clippy::print_stdout, reason = \"a tool\")]\nfn f() {\n    println!();\n}\n",
			"a tool" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_run(&p, rows[i].path, rows[i].text, STRICT);
		assert_int_equal(p.result.report.findings.count, 1);
		assert_int_equal(p.result.report.suppressed, 1);
		assert_true(str_is(p.result.report.findings.items[0]->justification, rows[i].expected));
		project_release(&p);
	}
}

/* What a comment's own faults say. */
static void test_faults_say_what_to_do(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "src/a.ts", "const a = 1; // " IGNORE ": x\n", "Delete the comment." },
		{ "src/a.ts", "const a = 1; // " IGNORE " until=2026-06-14: x\n", "ended on 2026-06-14" },
		{ "src/a.ts", "const a = 1; // " IGNORE " until=June: x\n", "\"June\" is no day" },
		{ "src/a.ts", "f(console.log); // bylaw-ignore[node/no-console, layers/skip]: x\n",
			"suppression of layers/skip" },
		{ "src/a.ts", "const a = 1; // bylaw-ignore[node/noconsole]: x\n", "Did you mean node/no-console?" },
		{ "src/a.ts", "const a = 1; // bylaw-ignore[nothing/near-it-at-all]: x\n", "`bylaw rules` lists them" },
		{ "src/a.ts", "const a = 1; // bylaw-ignore: x\n", "names no rule" },
		{ "src/a.ts", "const a = 1; // " IGNORE "\n", "gives no reason" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct project p;
		project_run(&p, rows[i].path, rows[i].text, "");
		const struct report *r = &p.result.report;
		assert_true(r->findings.count > 0);
		assert_true(str_contains(vec_last(&r->findings)->message, str_from(rows[i].expected)));
		project_release(&p);
	}
}

int main(void)
{
	parse_init();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suppressions),
		cmocka_unit_test(test_scopes),
		cmocka_unit_test(test_peers),
		cmocka_unit_test(test_peers_can_be_turned_off),
		cmocka_unit_test(test_justifications),
		cmocka_unit_test(test_faults_say_what_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
